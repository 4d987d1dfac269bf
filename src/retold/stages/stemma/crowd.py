"""What every two of many reports have in common, counted at once: one product a place, not one comparison a pair.

The answer is that of ``pairs.counts_of`` and ``pairs.pair_from`` for each pair; a test holds the two equal. Memory:
five numbers a pair; a row of evidence is made for those pairs only that are asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retold.model.page import PageId
from retold.model.story import MatchSpan, MatchType
from retold.stages.stemma.pairs import (
    COPIED_SHARE,
    COPIED_UNITS,
    COPIED_WORDS,
    SUBSTANTIAL_WORDS,
    Counts,
    Key,
    Pair,
    Spans,
    n_common,
    pair_from,
)
from retold.stages.stemma.places import Place
from retold.stages.stemma.witnesses import Witness

COMMON, SAME, SUBSTANTIAL, WORDS, SPOKEN = range(5)

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class AtOnce:
    """The pairs of many reports: ``totals`` ``(5, n, n)`` of ``Counts``, words of copied passages taken in.

    ``special`` pairs were told one by one: those of which one names the other's outlet.
    """

    pages: Sequence[PageId]
    at: Mapping[PageId, int]
    n_words: Numbers
    totals: Numbers
    special: Mapping[Key, Pair | None]

    def pair(self, a: PageId, b: PageId) -> Pair | None:
        """Return the evidence of two reports, ``a < b``, or None where nothing is common."""
        if (a, b) in self.special:
            return self.special[a, b]
        i, j = self.at[a], self.at[b]
        common, same, substantial, words, _ = self.totals[:, i, j].tolist()
        if not words:
            return None
        n_a, n_b = max(1, int(self.n_words[i])), max(1, int(self.n_words[j]))
        return Pair(a, b, common, same, substantial, words, min(1.0, words / n_a), min(1.0, words / n_b))

    @cached_property
    def _words(self) -> Numbers:
        """Return the common words of each two reports, in both orders; -1 where they are no pair."""
        words = np.where(self.totals[WORDS] > 0, self.totals[WORDS], -1)
        words = np.triu(words, 1) + np.triu(words, 1).T
        for (a, b), pair in self.special.items():
            i, j = self.at[a], self.at[b]
            words[i, j] = words[j, i] = -1 if pair is None else pair.words
        np.fill_diagonal(words, -1)
        return words

    def copying(self) -> Mapping[PageId, frozenset[PageId]]:
        """Return for each report those that share copied text with it."""
        words = self.totals[WORDS]
        share = np.minimum(1.0, words / np.maximum(1, np.minimum(self.n_words[:, None], self.n_words)))
        found = (self.totals[SUBSTANTIAL] >= COPIED_UNITS) | ((share >= COPIED_SHARE) & (words >= COPIED_WORDS))
        found = np.triu(found & (words > 0), 1)
        for (a, b), pair in self.special.items():
            found[self.at[a], self.at[b]] = pair is not None and pair.is_copying
        found |= found.T
        return {
            page: frozenset(self.pages[j] for j in np.flatnonzero(row).tolist())
            for page, row in zip(self.pages, found, strict=True)
        }

    def most_words(self, page: PageId) -> Sequence[tuple[int, PageId]]:
        """Return the reports that have words in common with one, with how many, most first."""
        words = self._words[self.at[page]]
        ranked = np.argsort(words, kind="stable")[::-1]
        return [(n, self.pages[j]) for n, j in zip(words[ranked].tolist(), ranked.tolist(), strict=True) if n >= 0]


def counted_at_once(
    witnesses: Mapping[PageId, Witness],
    places: Sequence[Place],
    spans: Spans,
    naming: Mapping[PageId, frozenset[str]],
) -> AtOnce:
    """Return the pairs of many reports that have a sentence or a passage in common."""
    pages = sorted(witnesses)
    at = {page: i for i, page in enumerate(pages)}
    totals = np.zeros((5, len(pages), len(pages)), np.int32)
    for place in places:
        if len(place.variant) > 1:
            _add_place(totals, place, at)
    _take_typed_away(totals, witnesses, places, spans, at)
    special = dict(_special(totals, witnesses, spans, naming, at))
    _add_copied(totals, witnesses, spans, at)
    n_words = np.array([witnesses[page].n_words for page in pages], np.int32)
    return AtOnce(pages, at, n_words, totals, special)


def _special(
    totals: Numbers,
    witnesses: Mapping[PageId, Witness],
    spans: Spans,
    naming: Mapping[PageId, frozenset[str]],
    at: Mapping[PageId, int],
) -> Iterator[tuple[Key, Pair | None]]:
    """Give the pairs of which one names the other's outlet, told one by one."""
    of_outlet: dict[str, list[PageId]] = {}
    for page, witness in witnesses.items():
        of_outlet.setdefault(witness.outlet or "", []).append(page)
    for page, named in naming.items():
        for other in (other for outlet in named for other in of_outlet[outlet] if other != page):
            a, b = (page, other) if page < other else (other, page)
            counts = Counts(*totals[:, at[a], at[b]].tolist())
            pair = pair_from(witnesses[a], witnesses[b], counts, spans.get((a, b), ()), naming)
            yield (a, b), pair if pair.words or pair.source else None


def _add_place(totals: Numbers, place: Place, at: Mapping[PageId, int]) -> None:
    """Add what a place gives to each two reports that have it; only those with a < b are read later."""
    holders = sorted(place.variant, key=at.__getitem__)
    variant = np.array([place.variant[page] for page in holders])
    n_open = np.array([place.open_words[page] for page in holders], np.int32)
    n_words = np.array([len(key) for key in place.keys], np.int32)[variant]
    compared = place.compared()
    common = compared.common[variant[:, None], variant]
    alike = compared.alike[variant[:, None], variant]
    outside = np.minimum(np.minimum(n_open[:, None], n_open), common)
    counts = alike & (outside > 0) & (2 * outside >= n_words[:, None])
    where = np.array([at[page] for page in holders])
    block = np.ix_(where, where)
    totals[COMMON][block] += counts
    totals[SAME][block] += counts & (variant[:, None] == variant)
    totals[SUBSTANTIAL][block] += counts & (outside >= SUBSTANTIAL_WORDS)
    totals[WORDS][block] += outside * counts
    totals[SPOKEN][block] += common * alike


def _take_typed_away(
    totals: Numbers,
    witnesses: Mapping[PageId, Witness],
    places: Sequence[Place],
    spans: Spans,
    at: Mapping[PageId, int],
) -> None:
    """Take off what stands in passages typed as quotation or boilerplate."""
    by_start: dict[PageId, list[tuple[int, int, int]]] = {page: [] for page in witnesses}
    for i, place in enumerate(places):
        for page, inside in place.spans.items():
            by_start[page].append((inside[0].start, inside[-1].end, i))
    for held in by_start.values():
        held.sort()
    for (a, b), found in spans.items():
        typed = [span for span in found if span.type is not MatchType.COPY]
        gone = {i for span in typed for i in _inside(span, by_start[a])}
        for place in (places[i] for i in gone if b in places[i].variant):
            n_open = n_common(place, a, b)
            if n_open:
                is_same = place.variant[a] == place.variant[b]
                totals[:SPOKEN, at[a], at[b]] -= (1, is_same, n_open >= SUBSTANTIAL_WORDS, n_open)


def _inside(span: MatchSpan, held: Sequence[tuple[int, int, int]]) -> Iterator[int]:
    for start, end, i in held[bisect_left(held, (span.a0,)) :]:
        if start >= span.a1:
            return
        if end <= span.a1:
            yield i


def _add_copied(totals: Numbers, witnesses: Mapping[PageId, Witness], spans: Spans, at: Mapping[PageId, int]) -> None:
    """Let the words of copied passages stand for those of common places where they are more."""
    pages = sorted(witnesses)
    starts = [witnesses[page].open_starts for page in pages]
    copied = [
        (at[a], at[b], span.a0, span.a1)
        for (a, b), found in spans.items()
        for span in found
        if span.type is MatchType.COPY
    ]
    if not copied:
        return
    i, j, low, high = np.array(copied, np.int64).T
    longest = max(max(len(witness.text) for witness in witnesses.values()), int(high.max())) + 1
    flat = np.concatenate([np.array(held, np.int64) + longest * k for k, held in enumerate(starts)])
    n = np.searchsorted(flat, high + longest * i) - np.searchsorted(flat, low + longest * i)
    words = np.zeros(totals.shape[1:], np.int32)
    np.add.at(words, (i, j), n.astype(np.int32))
    totals[WORDS] = np.maximum(totals[WORDS], words)
