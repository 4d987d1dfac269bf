"""What every two of many reports have in common, counted at once: one product a place, not one comparison a pair.

The answer is that of ``pairs.counts_of`` for each pair; a test holds the two equal. Memory: five numbers a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from retold.model.page import PageId
from retold.model.story import MatchType
from retold.stages.stemma.pairs import SUBSTANTIAL_WORDS, Counts, Key, Spans, counts_of
from retold.stages.stemma.places import Place
from retold.stages.stemma.witnesses import Witness

Places = dict[int, Place]
"""Places by their index, in reading order."""

COMMON, SAME, SUBSTANTIAL, WORDS, SPOKEN = range(5)


def counted_at_once(
    witnesses: Mapping[PageId, Witness], places: Sequence[Place], spans: Spans
) -> Iterator[tuple[Key, Counts]]:
    """Give the counts of every two reports that have a sentence or a passage in common, ids in order."""
    pages = sorted(witnesses)
    at = {page: i for i, page in enumerate(pages)}
    totals = np.zeros((5, len(pages), len(pages)), np.int32)
    for place in places:
        if len(place.variant) > 1:
            _add_place(totals, place, at)
    found = totals[WORDS] + totals[SPOKEN] > 0
    has: dict[PageId, Places] = {page: {} for page in pages}
    for i, place in enumerate(places):
        for page in place.variant:
            has[page][i] = place
    typed = {pair for pair, inside in spans.items() if any(span.type is not MatchType.COPY for span in inside)}
    for a, b in spans:
        found[at[a], at[b]] = True
    rows, columns = np.nonzero(np.triu(found, 1))
    counted = totals[:, rows, columns].T.tolist()
    for i, j, numbers in zip(rows.tolist(), columns.tolist(), counted, strict=True):
        pair = (pages[i], pages[j])
        yield pair, _counts_of(pair, witnesses, has, spans) if pair in typed else Counts(*numbers)


def _counts_of(pair: Key, witnesses: Mapping[PageId, Witness], has: Mapping[PageId, Places], spans: Spans) -> Counts:
    """Return the counts of a pair some passages of which are quotations or boilerplate."""
    a, b = pair
    shared = [place for i, place in has[a].items() if i in has[b]]
    return counts_of(witnesses[a], witnesses[b], shared, spans[pair])


def _add_place(totals: npt.NDArray[np.int32], place: Place, at: Mapping[PageId, int]) -> None:
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
