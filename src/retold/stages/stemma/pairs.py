"""What two reports of a story have in common, and whether it is copying.

Owns the evidence of one pair: units kept or edited, their order, the words outside quotations, passages typed as
copies by the matches. Quotations and boilerplate make no evidence (two reporters who heard one speech share its words),
unless one of the two names the other as its source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from retold.model.page import PageId
from retold.model.story import Match, MatchSpan, MatchType
from retold.stages.stemma.naming import names_as_source, outlet_forms
from retold.stages.stemma.places import Place
from retold.stages.stemma.witnesses import Witness

SUBSTANTIAL_WORDS = 8
"""A common unit counts as copied text from this many words outside quotations; shorter ones arise by chance."""

COPIED_UNITS = 2
"""This many substantial common units are copying ..."""

COPIED_SHARE = 0.25
"""... and so is this share of one report's main text, if it is at least ``COPIED_WORDS`` words."""

COPIED_WORDS = 12

NAMED_WORDS = 25
"""So many common words, quoted or not, come from the outlet that a report names as a source: a long sentence, more than
the name of a thing. Set by hand on open groups of two reports."""

MANY_REPORTS = 24
"""From so many reports the common sentences of all pairs are counted at once."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What two reports have in common, place by place.

    ``common`` units stand in both, ``same`` of them word for word; ``substantial`` are long enough to be no chance;
    ``words`` is the number of common words outside quotations, ``spoken`` that of all.
    """

    common: int
    same: int
    substantial: int
    words: int
    spoken: int


@dataclass(frozen=True, slots=True)
class Pair:
    """The evidence of one pair, ``a < b``: see ``Counts`` for the first four.

    ``source`` is the report whose outlet the other one names as a source, where a passage is common, be it quoted.
    """

    a: PageId
    b: PageId
    common: int
    same: int
    substantial: int
    words: int
    share_a: float
    share_b: float
    source: PageId | None = None

    @property
    def is_copying(self) -> bool:
        """Tell whether text went from one to the other or to both from a third."""
        share = max(self.share_a, self.share_b)
        return (
            self.source is not None
            or self.substantial >= COPIED_UNITS
            or (share >= COPIED_SHARE and self.words >= COPIED_WORDS)
        )

    def share_of(self, page: PageId) -> float:
        """Share (0..1) of the report's main text that is common."""
        return self.share_a if page == self.a else self.share_b


Key = tuple[PageId, PageId]
Spans = Mapping[Key, tuple[MatchSpan, ...]]


class Found(Protocol):
    """The pairs that have anything in common: held one by one (``OneByOne``), or in tables for many reports."""

    def pair(self, a: PageId, b: PageId) -> Pair | None:
        """Return the evidence of two reports, ``a < b``, or None where nothing is common."""

    def copying(self) -> Mapping[PageId, frozenset[PageId]]:
        """Return for each report those that share copied text with it."""

    def most_words(self, page: PageId) -> Sequence[tuple[int, PageId]]:
        """Return the reports that have words in common with one, with how many, most first."""


@dataclass(frozen=True)
class OneByOne:
    """The pairs by their two ids in order: what defines the answers."""

    pairs: Mapping[Key, Pair]
    pages: Sequence[PageId]

    def pair(self, a: PageId, b: PageId) -> Pair | None:
        """Return the evidence of two reports, ``a < b``, or None where nothing is common."""
        return self.pairs.get((a, b))

    def copying(self) -> Mapping[PageId, frozenset[PageId]]:
        """Return for each report those that share copied text with it."""
        near: dict[PageId, set[PageId]] = {page: set() for page in self.pages}
        for pair in self.pairs.values():
            if pair.is_copying:
                near[pair.a].add(pair.b)
                near[pair.b].add(pair.a)
        return {page: frozenset(others) for page, others in near.items()}

    @cached_property
    def _ranked(self) -> Mapping[PageId, Sequence[tuple[int, PageId]]]:
        ranked: dict[PageId, list[tuple[int, PageId]]] = {page: [] for page in self.pages}
        for (a, b), pair in self.pairs.items():
            ranked[a].append((pair.words, b))
            ranked[b].append((pair.words, a))
        return {page: sorted(others, reverse=True) for page, others in ranked.items()}

    def most_words(self, page: PageId) -> Sequence[tuple[int, PageId]]:
        """Return the reports that have words in common with one, with how many, most first."""
        return self._ranked[page]


@dataclass(frozen=True)
class Pairs:
    """The pairs of a story that have anything in common, and what they were read off."""

    found: Found
    witnesses: Mapping[PageId, Witness]
    places: Sequence[Place]
    spans: Spans

    @cached_property
    def _at(self) -> Mapping[PageId, frozenset[int]]:
        return places_by_page(self.witnesses, self.places)

    def places_of(self, page: PageId) -> frozenset[int]:
        """Return the places that a report has, by index."""
        return self._at[page]

    def closest(self, page: PageId, others: Sequence[PageId]) -> PageId | None:
        """Return the report that has most text in common with this one; the first of ``others`` on a tie."""
        order = {other: i for i, other in enumerate(others)}
        most, best = 0, None
        for words, other in self.found.most_words(page):
            if words < most:
                break
            if other in order and (best is None or order[other] < order[best]):
                most, best = words, other
        return best

    def ordered(self, pair: Pair) -> int:
        """Return how many of a pair's common units stand in one order in both."""
        shared = sorted(self._at[pair.a] & self._at[pair.b])
        a, b = self.witnesses[pair.a], self.witnesses[pair.b]
        common = common_places(a, b, [self.places[i] for i in shared], self.spans.get((pair.a, pair.b), ()))
        return _longest_order([(place.start(pair.a), place.start(pair.b)) for place, _ in common])


def pairs_of(
    witnesses: Mapping[PageId, Witness],
    places: Sequence[Place],
    matches: Iterable[Match],
    *,
    many_from: int = MANY_REPORTS,
) -> Pairs:
    """Return the pairs that have anything in common; from ``many_from`` reports on all are counted at once."""
    spans = {(match.a, match.b): match.spans for match in matches if match.a in witnesses and match.b in witnesses}
    naming = _naming(witnesses)
    if len(witnesses) >= many_from:
        from retold.stages.stemma.crowd import counted_at_once

        return Pairs(counted_at_once(witnesses, places, spans, naming), witnesses, places, spans)
    found: dict[Key, Pair] = {}
    for (a, b), counts in _counted(witnesses, places, spans):
        pair = pair_from(witnesses[a], witnesses[b], counts, spans.get((a, b), ()), naming)
        if pair.words or pair.source:
            found[a, b] = pair
    return Pairs(OneByOne(found, tuple(witnesses)), witnesses, places, spans)


def pair_of(pairs: Pairs, a: PageId, b: PageId) -> Pair | None:
    """Return the evidence of two reports in either order, or None where nothing is common."""
    return pairs.found.pair(*((a, b) if a < b else (b, a)))


def places_by_page(witnesses: Mapping[PageId, Witness], places: Sequence[Place]) -> dict[PageId, frozenset[int]]:
    """Return for each report the places it has, by index."""
    at: dict[PageId, list[int]] = {page: [] for page in witnesses}
    for i, place in enumerate(places):
        for page in place.variant:
            at[page].append(i)
    return {page: frozenset(inside) for page, inside in at.items()}


def _counted(
    witnesses: Mapping[PageId, Witness], places: Sequence[Place], spans: Spans
) -> Iterator[tuple[Key, Counts]]:
    at, pages = places_by_page(witnesses, places), sorted(witnesses)
    for i, a in enumerate(pages):
        for b in pages[i + 1 :]:
            shared = [places[k] for k in sorted(at[a] & at[b])]
            yield (a, b), counts_of(witnesses[a], witnesses[b], shared, spans.get((a, b), ()))


def common_places(
    a: Witness, b: Witness, shared: Iterable[Place], spans: Sequence[MatchSpan]
) -> Iterator[tuple[Place, int]]:
    """Give the places both reports have whose text is common, with its words outside quotations.

    Left out are places inside passages typed as quotation or boilerplate, and wordings that are not alike.
    """
    typed = sorted((s.a0, s.a1) for s in spans if s.type is not MatchType.COPY)
    for place in shared:
        start, end = place.start(a.page), place.spans[a.page][-1].end
        if not any(x <= start and end <= y for x, y in typed) and (n_open := n_common(place, a.page, b.page)):
            yield place, n_open


def n_common(place: Place, a: PageId, b: PageId) -> int:
    """Return how many words outside quotations two reports share at a place; 0 where their wordings are not alike."""
    i, j = place.variant[a], place.variant[b]
    n_open = min(place.open_words[a], place.open_words[b], place.common_words(i, j))
    return n_open if 2 * n_open >= len(place.keys[i]) and place.is_alike(i, j) else 0


def counts_of(a: Witness, b: Witness, shared: Sequence[Place], spans: Sequence[MatchSpan]) -> Counts:
    """Return what two reports have in common at the places both have."""
    common = same = substantial = words = spoken = 0
    for place in shared:
        i, j = place.variant[a.page], place.variant[b.page]
        spoken += place.common_words(i, j) if place.is_alike(i, j) else 0
    for place, n_open in common_places(a, b, shared, spans):
        common += 1
        same += place.variant[a.page] == place.variant[b.page]
        substantial += n_open >= SUBSTANTIAL_WORDS
        words += n_open
    return Counts(common, same, substantial, words, spoken)


def pair_from(
    a: Witness, b: Witness, counts: Counts, spans: Sequence[MatchSpan], naming: Mapping[PageId, frozenset[str]]
) -> Pair:
    """Return the evidence of two reports from what they have in common, their passages and who names whom."""
    copied = sum(a.n_open_in((s.a0, s.a1)) for s in spans if s.type is MatchType.COPY)
    words, spoken = max(counts.words, copied), counts.spoken
    for span in spans:
        if span.type is not MatchType.BOILERPLATE:
            spoken = max(spoken, a.n_words_in((span.a0, span.a1)))
    return Pair(
        a.page, b.page, counts.common, counts.same, counts.substantial, words,
        min(1.0, words / max(1, a.n_words)), min(1.0, words / max(1, b.n_words)),
        _named(a, b, naming) if spoken >= NAMED_WORDS else None,
    )  # fmt: skip


def _naming(witnesses: Mapping[PageId, Witness]) -> dict[PageId, frozenset[str]]:
    """Return for each report the outlets of the story that it names as a source."""
    outlets = sorted({witness.outlet for witness in witnesses.values() if witness.outlet})
    forms: dict[str, list[tuple[str, str]]] = {}
    for outlet in outlets:
        for form in outlet_forms(outlet):
            forms.setdefault(form.split()[0], []).append((form, outlet))
    found: dict[PageId, frozenset[str]] = {}
    for page, witness in witnesses.items():
        text = witness.text
        named = {outlet for word, held in forms.items() if word in text for form, outlet in held if form in text}
        found[page] = frozenset(outlet for outlet in named if names_as_source(text, outlet))
    return found


def _named(a: Witness, b: Witness, naming: Mapping[PageId, frozenset[str]]) -> PageId | None:
    """Return the report whose outlet the other names as a source, where it does not name the other's too."""
    a_names, b_names = b.outlet in naming[a.page], a.outlet in naming[b.page]
    if a_names == b_names or set(outlet_forms(a.outlet)) & set(outlet_forms(b.outlet)):
        return None
    return b.page if a_names else a.page


def _longest_order(starts: Iterable[tuple[int, int]]) -> int:
    """Return the length of the longest run of places that stand in one order in both (patience sorting)."""
    tails: list[int] = []
    for _, other in sorted(starts):
        i = bisect_left(tails, other)
        tails[i : i + 1] = [other]
    return len(tails)
