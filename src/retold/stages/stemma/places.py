"""The places of a story's text where reports have a reading, with the readings compared by their words.

Owns ``Place``: which report has which wording at one locus, how alike two wordings are, and how much of a reading
is a speaker's words. Made from ``loci``; a story without any gives none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from retold.model.page import PageId
from retold.model.story import Change, EditKind, Locus
from retold.stages.stemma.witnesses import Witness
from retold.stages.stemma.wordings import Compared, Key, are_alike, compared
from retold.text.spans import Span

MANY_WORDINGS = 24
"""From so many wordings of one sentence they are compared all at once; for fewer it would cost more than it saves."""


@dataclass(slots=True)
class Place:
    """A locus: ``variant`` numbers each report's wording among ``keys``.

    ``open_words`` counts the words of each report's reading that stand outside quotations.
    """

    i_locus: int
    spans: Mapping[PageId, tuple[Span, ...]]
    variant: Mapping[PageId, int]
    keys: tuple[Key, ...]
    open_words: Mapping[PageId, int]
    _common: dict[tuple[int, int], int] = field(default_factory=dict)
    _counts: dict[int, Counter[str]] = field(default_factory=dict)
    _compared: Compared | None = None
    _holding: Counter[int] | None = None
    _rows: tuple[list[list[int]], list[list[bool]]] | None = None

    def counts(self, i: int) -> Counter[str]:
        """Return how often each word stands in a wording; do not change it."""
        if i not in self._counts:
            self._counts[i] = Counter(self.keys[i])
        return self._counts[i]

    def compared(self) -> Compared:
        """Return all wordings against each other."""
        if self._compared is None:
            self._compared = compared(self.keys)
        return self._compared

    def _row(self) -> tuple[list[list[int]], list[list[bool]]]:
        """Return the same as lists, which are faster to ask for one pair."""
        if self._rows is None:
            found = self.compared()
            self._rows = found.common.tolist(), found.alike.tolist()
        return self._rows

    def common_words(self, i: int, j: int) -> int:
        """Number of words that two wordings share, each counted as often as it stands in both."""
        if i == j:
            return len(self.keys[i])
        if len(self.keys) >= MANY_WORDINGS:
            return self._row()[0][i][j]
        pair = (i, j) if i < j else (j, i)
        if pair not in self._common:
            self._common[pair] = (self.counts(i) & self.counts(j)).total()
        return self._common[pair]

    def is_alike(self, i: int, j: int) -> bool:
        """Tell whether two wordings are one sentence, kept or edited, and not told anew."""
        if i == j:
            return True
        if len(self.keys) >= MANY_WORDINGS:
            return self._row()[1][i][j]
        return are_alike(len(self.keys[i]), len(self.keys[j]), self.common_words(i, j))

    def elsewhere(self, i: int) -> Counter[str]:
        """Return how often each word of a wording stands in another that is alike, at most; do not change it."""
        if len(self.keys) >= MANY_WORDINGS:
            return self.compared().elsewhere[i]
        found: Counter[str] = Counter()
        for j in range(len(self.keys)):
            if j != i and self.is_alike(i, j):
                found |= self.counts(i) & self.counts(j)
        return found

    def n_holding(self, variant: int) -> int:
        """Number of reports with this wording."""
        if self._holding is None:
            self._holding = Counter(self.variant.values())
        return self._holding[variant]

    def holders(self, variant: int) -> tuple[PageId, ...]:
        """Return the reports with this wording, sorted by id."""
        return tuple(sorted(page for page, number in self.variant.items() if number == variant))

    def start(self, page: PageId) -> int:
        """Where the report's reading begins."""
        return self.spans[page][0].start


def places_of(loci: Iterable[Locus], witnesses: Mapping[PageId, Witness]) -> tuple[Place, ...]:
    """Return the places where at least one report has words, in reading order."""
    made = (_place(locus, witnesses) for locus in sorted(loci, key=lambda locus: locus.i_locus))
    return tuple(place for place in made if place is not None)


def _place(locus: Locus, witnesses: Mapping[PageId, Witness]) -> Place | None:
    readings = [reading for reading in locus.readings if reading.spans and reading.page in witnesses]
    if not readings:
        return None
    spans = {reading.page: tuple(sorted(reading.spans)) for reading in sorted(readings, key=lambda r: r.page)}
    as_lemma = {reading.page for reading in readings if _is_trivial(reading.change, reading.kinds)}
    key_by_page = {page: _key(witnesses[page], at) for page, at in spans.items()}
    lemma_key = key_by_page.get(locus.lemma)
    if lemma_key is not None:
        key_by_page = {page: lemma_key if page in as_lemma else key for page, key in key_by_page.items()}
    keys = tuple(sorted(set(key_by_page.values())))
    number = {key: i for i, key in enumerate(keys)}
    return Place(
        i_locus=locus.i_locus,
        spans=spans,
        variant={page: number[key] for page, key in key_by_page.items()},
        keys=keys,
        open_words={page: sum(witnesses[page].n_open_in(span) for span in at) for page, at in spans.items()},
    )


def _is_trivial(change: Change, kinds: tuple[EditKind, ...]) -> bool:
    return change is Change.EDITED and kinds == (EditKind.TRIVIAL,)


def _key(witness: Witness, spans: tuple[Span, ...]) -> Key:
    return tuple(word.key for span in spans for word in witness.words_in(span))
