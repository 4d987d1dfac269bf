"""The places of a story's text where reports have a reading, with the readings compared by their words.

Owns ``Place``: which report has which wording at one locus, how alike two wordings are, and how much of a reading
is a speaker's words. Made from ``loci``; a story without any gives none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from retold.model.page import PageId
from retold.model.story import Change, EditKind, Locus
from retold.stages.stemma.witnesses import Witness
from retold.text.spans import Span
from retold.text.words import words_of

ALIKE_SHARE = 0.6
"""From this share of common words (of the mean length) two readings are one sentence, kept or edited.

Chosen so that a sentence with a clause of two fifths cut still counts; rewritten sentences of invented and even-hash
reports share under half of their words.
"""

HELD_SHARE = 0.85
"""A reading of ``HELD_WORDS`` words or more also counts when this share of it stands in the other's longer one."""

HELD_WORDS = 8

Key = tuple[str, ...]


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

    def counts(self, i: int) -> Counter[str]:
        """Return how often each word stands in a wording; do not change it."""
        if i not in self._counts:
            self._counts[i] = Counter(self.keys[i])
        return self._counts[i]

    def common_words(self, i: int, j: int) -> int:
        """Number of words that two wordings share, each counted as often as it stands in both."""
        if i == j:
            return len(self.keys[i])
        pair = (i, j) if i < j else (j, i)
        if pair not in self._common:
            self._common[pair] = (self.counts(i) & self.counts(j)).total()
        return self._common[pair]

    def is_alike(self, i: int, j: int) -> bool:
        """Tell whether two wordings are one sentence, kept or edited, and not told anew."""
        if i == j:
            return True
        n_i, n_j, common = len(self.keys[i]), len(self.keys[j]), self.common_words(i, j)
        shorter = min(n_i, n_j)
        if shorter >= HELD_WORDS and common >= HELD_SHARE * shorter:
            return True
        return 2 * common >= ALIKE_SHARE * (n_i + n_j)

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
    spans = {
        reading.page: tuple(sorted(reading.spans))
        for reading in sorted(locus.readings, key=lambda reading: reading.page)
        if reading.spans and reading.page in witnesses
    }
    if not spans:
        return None
    as_lemma = {reading.page for reading in locus.readings if _is_trivial(reading.change, reading.kinds)}
    key_by_page = {page: _key(witnesses[page].text, at) for page, at in spans.items()}
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
        open_words={page: _open_words(witnesses[page], at) for page, at in spans.items()},
    )


def _is_trivial(change: Change, kinds: tuple[EditKind, ...]) -> bool:
    return change is Change.EDITED and kinds == (EditKind.TRIVIAL,)


def _key(text: str, spans: tuple[Span, ...]) -> Key:
    return tuple(word.key for span in spans for word in words_of(text, span))


def _open_words(witness: Witness, spans: tuple[Span, ...]) -> int:
    return sum(not is_quoted(witness, word.start) for span in spans for word in words_of(witness.text, span))


def is_quoted(witness: Witness, at: int) -> bool:
    """Tell whether the character stands inside a quotation of the main text."""
    i = bisect_right(witness.quoted, (at, len(witness.text) + 1)) - 1
    return i >= 0 and at < witness.quoted[i].end
