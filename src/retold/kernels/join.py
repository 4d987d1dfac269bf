"""The self-join of all fingerprints by hash, compiled. ``plain.join`` defines it and says why.

Fingerprints come sorted by hash, page, position. Pairs come as rows of an ``(n_pairs, 2)`` array, ``a < b``, in no
order, some of them several times.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

PER_PAGE = 4
GROUP = 64
REPEATED = 16
BURST_DAYS = 4
PER_OUTLET = 10
SAMPLE = 7
SMALL, LARGE, STANDING = 0, 1, 2
_S3 = np.uint32(3)


@njit(cache=True)
def survey(
    hashes: NDArray[np.uint64], pages: NDArray[np.uint32], days: NDArray[np.int32], outlets: NDArray[np.int32]
) -> NDArray[np.uint8]:
    """Return what each fingerprint's hash is ``(n_fingerprints,)``; ``days``, ``outlets`` ``(n_pages,)``."""
    kinds = np.zeros(hashes.size, np.uint8)
    start = 0
    while start < hashes.size:
        end = start + 1
        while end < hashes.size and hashes[end] == hashes[start]:
            end += 1
        if end - start > REPEATED:
            firsts = _firsts(pages[start:end])
            n_pages = firsts.size - 1
            members = pages[start:end][firsts[:-1]]
            if n_pages > GROUP:
                is_standing = _repeats(outlets[members]) or _lasts(days[members])
                kinds[start:end] = STANDING if is_standing else LARGE
            elif n_pages > REPEATED and _repeats(outlets[members]) and _lasts(days[members]):
                kinds[start:end] = STANDING
        start = end
    return kinds


@njit(cache=True)
def _firsts(pages: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return where each page's run begins, and the end."""
    firsts = np.empty(pages.size + 1, np.int64)
    n = 0
    for i in range(pages.size):
        if i == 0 or pages[i] != pages[i - 1]:
            firsts[n] = i
            n += 1
    firsts[n] = pages.size
    return firsts[: n + 1]


@njit(cache=True)
def _repeats(outlets: NDArray[np.int32]) -> bool:
    """Tell whether the outlets print a text again and again."""
    by_outlet = np.sort(outlets)
    n_outlets = 0
    for i in range(by_outlet.size):
        n_outlets += by_outlet[i] < 0 or i == 0 or by_outlet[i] != by_outlet[i - 1]
    return bool(outlets.size >= PER_OUTLET * n_outlets)


@njit(cache=True)
def _lasts(days: NDArray[np.int32]) -> bool:
    """Tell whether the pages lie too far apart for one text going round."""
    by_day = np.sort(days)
    n_unknown = np.searchsorted(by_day, 0)
    most, first = 0, int(n_unknown)
    for i in range(n_unknown, by_day.size):
        while by_day[first] <= by_day[i] - BURST_DAYS:
            first += 1
        most = max(most, i + 1 - first)
    return bool(2 * (most + n_unknown) < by_day.size)


@njit(cache=True)
def join(
    hashes: NDArray[np.uint64], pages: NDArray[np.uint32], tags: NDArray[np.uint32], kinds: NDArray[np.uint8],
    weights: NDArray[np.int64], frequent: NDArray[np.uint32],
) -> NDArray[np.uint32]:  # fmt: skip
    """Return the pairs of pages ``(n_pairs, 2)``. ``frequent`` is sorted; ``weights`` ``(n_pages,)``."""
    n_pairs = 0
    pairs = np.empty((1024, 2), np.uint32)
    firsts = np.empty(1024, np.int64)
    cleared = np.empty(1024, np.uint32)
    start = 0
    while start < hashes.size:
        end = start + 1
        while end < hashes.size and hashes[end] == hashes[start]:
            end += 1
        if pages[end - 1] == pages[start] or kinds[start] == STANDING:
            start = end
            continue
        if firsts.size <= end - start:
            firsts, cleared = np.empty(2 * (end - start), np.int64), np.empty(2 * (end - start), np.uint32)
        n_pages = 0
        for i in range(start, end):
            if i == start or pages[i] != pages[i - 1]:
                firsts[n_pages] = i
                n_pages += 1
            cleared[i - start] = tags[i]
            if tags[i] != 0 and _is_in(tags[i] >> _S3 << _S3, frequent):
                cleared[i - start] = 0
        firsts[n_pages] = end
        is_large = kinds[start] == LARGE
        lead = _lead(pages, firsts, n_pages, weights) if is_large else 0
        is_told = is_large and hashes[start] & np.uint64(SAMPLE) == np.uint64(0)
        for i in range(lead, lead + 1 if is_large else n_pages):
            pairs = _room(pairs, n_pairs + n_pages)
            for j in range(0 if is_large else i + 1, n_pages):
                if i != j and (is_told or _begins(cleared, start, firsts, i, j)):
                    pairs[n_pairs, 0], pairs[n_pairs, 1] = pages[firsts[min(i, j)]], pages[firsts[max(i, j)]]
                    n_pairs += 1
        start = end
    return pairs[:n_pairs].copy()


@njit(cache=True)
def _is_in(value: np.uint32, among: NDArray[np.uint32]) -> bool:
    """Tell whether a value is among sorted ones."""
    at = np.searchsorted(among, value)
    return bool(at < among.size and among[at] == value)


@njit(cache=True)
def _lead(pages: NDArray[np.uint32], firsts: NDArray[np.int64], n_pages: int, weights: NDArray[np.int64]) -> int:
    """Return which page has the greatest weight, the first of equal ones."""
    best = 0
    for i in range(1, n_pages):
        if weights[pages[firsts[i]]] > weights[pages[firsts[best]]]:
            best = i
    return best


@njit(cache=True)
def _room(rows: NDArray[np.uint32], n_rows: int) -> NDArray[np.uint32]:
    """Return the rows, copied to twice the room when ``n_rows`` do not fit."""
    if n_rows <= rows.shape[0]:
        return rows
    wider = np.empty((2 * n_rows, rows.shape[1]), np.uint32)
    wider[: rows.shape[0]] = rows
    return wider


@njit(cache=True)
def _begins(tags: NDArray[np.uint32], start: int, firsts: NDArray[np.int64], i: int, j: int) -> bool:
    """Tell whether a passage of two pages may begin at one of their fingerprints with this hash."""
    for x in range(firsts[i], min(firsts[i + 1], firsts[i] + PER_PAGE)):
        for y in range(firsts[j], min(firsts[j + 1], firsts[j] + PER_PAGE)):
            if tags[x - start] == 0 or tags[x - start] != tags[y - start]:
                return True
    return False
