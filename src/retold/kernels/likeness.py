"""Scores of reports that share a rare word, compiled. ``plain.likeness`` defines it.

Reports come as one sparse vector each, in whole numbers, so sums are exact. Those a report is asked against are found
in lists of who holds which word. Its products with them are summed along the lists of its terms, or vector by vector
where those lists are longer (after Moffat and Zobel, Self-indexing inverted files, 1996); what lies too many days back
is dropped from the head of a list when it is met.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

UNKNOWN_DAY = -1
STEPS_A_TERM = 8
"""Steps along lists that cost as much as one term of two vectors compared: 8 beats 4 by a quarter on crowded weeks.
Only where all reports are near-identical are the lists longer than this."""


@njit(cache=True)
def scored(
    days: NDArray[np.int64], texts: NDArray[np.uint64],
    finder_starts: NDArray[np.int64], finders: NDArray[np.int64], n_words: int,
    starts: NDArray[np.int64], terms: NDArray[np.int64], n_terms: int, weights: NDArray[np.int32],
    decay: NDArray[np.int64], unknown: int, needed: NDArray[np.int64], unit: int, least: int,
    first: int, among_all: bool,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]:  # fmt: skip
    """Return index, index and score of pairs from ``least`` on, each ``(n_pairs,)``, and how many pairs were asked.

    Every report from ``first`` on is asked against all before it that share a finder, or with ``among_all`` False
    against those before ``first`` only. ``days`` ``(n,)`` are UNKNOWN_DAY where not known, ``texts`` ``(n,)`` hashes of
    main texts, 0 for none. Report ``i`` is found by ``finders[finder_starts[i]:finder_starts[i + 1]]`` (numbers below
    ``n_words``) and has ``weights`` of rising ``terms`` (numbers below ``n_terms``) in ``starts[i]:starts[i + 1]``.
    ``decay[d]`` is what is left of a likeness of ``unit`` squared after ``d`` days, ``needed[d]`` how many finders two
    reports so far apart must share (the last one of ``needed`` for an unknown day); no pair further apart than these
    reach is asked.
    """
    n = days.size
    oldest = _oldest(days, decay.size - 1)
    word_heads, term_heads = _places(finders, n_words), _places(terms, n_terms)
    word_ends, term_ends = word_heads.copy(), term_heads.copy()
    holders, term_holders = np.empty(finders.size, np.int32), np.empty(terms.size, np.int32)
    held = np.empty(terms.size, np.int32)
    n_shared, sharing, factors = np.zeros(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int64)
    alike, left_from = np.zeros(n, np.int64), 0
    n_found, n_asked = 0, 0
    a, b, found = np.empty(1 << 16, np.int64), np.empty(1 << 16, np.int64), np.empty(1 << 16, np.int64)
    for i in range(n):
        if i >= first:
            own = finders[finder_starts[i] : finder_starts[i + 1]]
            n_sharing = _sharing(own, word_heads, word_ends, holders, days, oldest[i], n_shared, sharing)
            n_here = 0
            for at in range(n_sharing):
                j = sharing[at]
                factor, n_needed = _left(days[i], days[j], decay, unknown, needed)
                if factor >= 0 and n_shared[j] >= n_needed:
                    sharing[n_here], factors[n_here] = j, factor
                    n_here += 1
                n_shared[j] = 0
            n_asked += n_here
            start, end = starts[i], starts[i + 1]
            vector = terms[start:end]
            n_steps = _steps(vector, term_heads, term_ends, term_holders, days, oldest[i])
            along_lists = n_steps < STEPS_A_TERM * n_here * vector.size
            if along_lists:
                while left_from < i and days[left_from] != UNKNOWN_DAY and days[left_from] < oldest[i]:
                    left_from += 1
                alike[left_from:i] = 0
                _sum_along(vector, weights[start:end], term_heads, term_ends, term_holders, held, alike)
            for at in range(n_here):
                j = int(sharing[at])
                if texts[i] != 0 and texts[i] == texts[j]:
                    likeness = unit * unit
                elif along_lists:
                    likeness = min(unit * unit, alike[j])
                else:
                    likeness = min(unit * unit, _dot(start, end, starts[j], starts[j + 1], terms, weights))
                score = likeness * factors[at] // (unit * unit)
                if score >= least:
                    if n_found == a.size:
                        a, b, found = _longer(a), _longer(b), _longer(found)
                    a[n_found], b[n_found], found[n_found] = j, i, score
                    n_found += 1
        if i < first or among_all:
            for at in range(finder_starts[i], finder_starts[i + 1]):
                holders[word_ends[finders[at]]] = i
                word_ends[finders[at]] += 1
            for at in range(starts[i], starts[i + 1]):
                place = term_ends[terms[at]]
                term_holders[place], held[place] = i, weights[at]
                term_ends[terms[at]] += 1
    return a[:n_found].copy(), b[:n_found].copy(), found[:n_found].copy(), n_asked


@njit(cache=True)
def _sharing(
    words: NDArray[np.int64], heads: NDArray[np.int64], ends: NDArray[np.int64], holders: NDArray[np.int32],
    days: NDArray[np.int64], oldest: int, n_shared: NDArray[np.int32], sharing: NDArray[np.int32],
) -> int:  # fmt: skip
    """Write which reports hold any of these words, and how many; return the number of reports."""
    n_sharing = 0
    for word in words:
        heads[word] = _head(heads[word], ends[word], holders, days, oldest)
        for place in range(heads[word], ends[word]):
            j = holders[place]
            if n_shared[j] == 0:
                sharing[n_sharing] = j
                n_sharing += 1
            n_shared[j] += 1
    return n_sharing


@njit(cache=True)
def _steps(
    terms: NDArray[np.int64], heads: NDArray[np.int64], ends: NDArray[np.int64], holders: NDArray[np.int32],
    days: NDArray[np.int64], oldest: int,
) -> int:  # fmt: skip
    """Return how long the lists of these terms are together."""
    n_steps = 0
    for term in terms:
        heads[term] = _head(heads[term], ends[term], holders, days, oldest)
        n_steps += ends[term] - heads[term]
    return n_steps


@njit(cache=True)
def _sum_along(
    terms: NDArray[np.int64], weights: NDArray[np.int32], heads: NDArray[np.int64], ends: NDArray[np.int64],
    holders: NDArray[np.int32], held: NDArray[np.int32], sums: NDArray[np.int64],
) -> None:  # fmt: skip
    """Add the products of these terms' weights with those of every holder."""
    for at in range(terms.size):
        weight = int(weights[at])
        for place in range(heads[terms[at]], ends[terms[at]]):
            sums[holders[place]] += weight * held[place]


@njit(cache=True)
def _oldest(days: NDArray[np.int64], window: int) -> NDArray[np.int64]:
    """Return for each report the first day that is near it, or near any after it ``(n,)``."""
    found = np.empty(days.size, np.int64)
    first = np.iinfo(np.int64).max
    for i in range(days.size - 1, -1, -1):
        first = min(first, days[i] - window) if days[i] != UNKNOWN_DAY else UNKNOWN_DAY
        found[i] = first
    return found


@njit(cache=True)
def _head(
    head: int, end: int, holders: NDArray[np.int32], days: NDArray[np.int64], oldest: int
) -> int:  # fmt: skip
    """Return where a list begins without the reports at its head that are too old for all to come."""
    while head < end and days[holders[head]] != UNKNOWN_DAY and days[holders[head]] < oldest:
        head += 1
    return head


@njit(cache=True)
def _places(numbers: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return where the list of each number's holders begins ``(n,)``."""
    places = np.zeros(n + 1, np.int64)
    for number in numbers:
        places[number + 1] += 1
    return np.cumsum(places)[:n].copy()


@njit(cache=True)
def _left(
    day: int, other: int, decay: NDArray[np.int64], unknown: int, needed: NDArray[np.int64]
) -> tuple[int, int]:  # fmt: skip
    """Return what time leaves of a likeness and the finders it takes; -1 where the days are too far apart."""
    if day == UNKNOWN_DAY or other == UNKNOWN_DAY:
        return unknown, int(needed[decay.size])
    apart = abs(day - other)
    if apart >= decay.size:
        return -1, 0
    return int(decay[apart]), int(needed[apart])


@njit(cache=True)
def _dot(
    i: int, i_end: int, j: int, j_end: int, terms: NDArray[np.int64], weights: NDArray[np.int32]
) -> int:  # fmt: skip
    """Return the scalar product of two stretches of rising terms with their weights."""
    total = 0
    while i < i_end and j < j_end:
        if terms[i] == terms[j]:
            total += int(weights[i]) * int(weights[j])
            i += 1
            j += 1
        elif terms[i] < terms[j]:
            i += 1
        else:
            j += 1
    return total


@njit(cache=True)
def _longer(column: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the column with room for as many again."""
    twice = np.empty(column.size * 2, np.int64)
    twice[: column.size] = column
    return twice
