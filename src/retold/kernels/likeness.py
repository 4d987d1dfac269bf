"""Scores of reports that share a rare word, compiled. ``stages.stories.scores`` defines them.

Reports come as one sparse vector each, in whole numbers, so sums are exact. Those a report is asked against are found
in lists of who holds which word, newest first.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

UNKNOWN_DAY = -1


@njit(cache=True)
def scored(
    days: NDArray[np.int64], texts: NDArray[np.uint64],
    finder_starts: NDArray[np.int64], finders: NDArray[np.int64], n_words: int,
    starts: NDArray[np.int64], terms: NDArray[np.uint64], weights: NDArray[np.int32],
    decay: NDArray[np.int64], unknown: int, needed: NDArray[np.int64], unit: int, first: int, among_all: bool,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]:  # fmt: skip
    """Return index, index and score above 0 of every pair asked, each ``(n_pairs,)``, and how many were asked.

    Every report from ``first`` on is asked against all before it that share a finder, or with ``among_all`` False
    against those before ``first`` only. ``days`` ``(n,)`` are UNKNOWN_DAY where not known, ``texts`` ``(n,)`` hashes of
    main texts, 0 for none. Report ``i`` is found by ``finders[finder_starts[i]:finder_starts[i + 1]]`` (numbers below
    ``n_words``) and has ``weights`` of rising ``terms`` in ``starts[i]:starts[i + 1]``. ``decay[d]`` is what is left of
    a likeness of ``unit`` squared after ``d`` days, ``needed[d]`` how many finders two reports so far apart must share
    (the last one of ``needed`` for an unknown day); no pair further apart than these reach is asked.
    """
    n = days.size
    newest = np.full(n_words, -1, np.int64)
    before = np.full(finders.size, -1, np.int64)
    holder = np.empty(finders.size, np.int64)
    n_shared = np.zeros(n, np.int64)
    sharing = np.empty(n, np.int64)
    n_found, n_asked = 0, 0
    a, b, found = np.empty(1 << 16, np.int64), np.empty(1 << 16, np.int64), np.empty(1 << 16, np.int64)
    for i in range(n):
        if i >= first:
            n_sharing = 0
            for at in range(finder_starts[i], finder_starts[i + 1]):
                place = newest[finders[at]]
                while place >= 0:
                    j = holder[place]
                    place = before[place]
                    if n_shared[j] == 0:
                        sharing[n_sharing] = j
                        n_sharing += 1
                    n_shared[j] += 1
            for at in range(n_sharing):
                j = sharing[at]
                shared = n_shared[j]
                n_shared[j] = 0
                factor, n_needed = _left(days[i], days[j], decay, unknown, needed)
                if factor < 0 or shared < n_needed:
                    continue
                n_asked += 1
                if texts[i] != 0 and texts[i] == texts[j]:
                    alike = unit * unit
                else:
                    alike = min(unit * unit, _dot(starts[i], starts[i + 1], starts[j], starts[j + 1], terms, weights))
                score = alike * factor // (unit * unit)
                if score > 0:
                    if n_found == a.size:
                        a, b, found = _longer(a), _longer(b), _longer(found)
                    a[n_found], b[n_found], found[n_found] = j, i, score
                    n_found += 1
        if i < first or among_all:
            for at in range(finder_starts[i], finder_starts[i + 1]):
                holder[at] = i
                before[at] = newest[finders[at]]
                newest[finders[at]] = at
    return a[:n_found].copy(), b[:n_found].copy(), found[:n_found].copy(), n_asked


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
    i: int, i_end: int, j: int, j_end: int, terms: NDArray[np.uint64], weights: NDArray[np.int32]
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
