"""The self-join of all fingerprints by hash, compiled. ``plain.join`` defines it.

Hits come as rows of an ``(n_hits, 4)`` array: page a, page b, word in a, word in b; ``a < b``; rows sorted.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

PER_PAGE = 4
GROUP = 64
RING = 8


def join(hashes: NDArray[np.uint64], pages: NDArray[np.int64], positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the sorted hits ``(n_hits, 4)`` of fingerprints ``(n_fingerprints,)`` in order of position."""
    order = np.argsort(hashes, kind="stable")
    hits = _hits(hashes[order], pages[order], positions[order])
    return np.ascontiguousarray(hits[np.lexsort((hits[:, 3], hits[:, 2], hits[:, 1], hits[:, 0]))])


@njit(cache=True)
def _hits(hashes: NDArray[np.uint64], pages: NDArray[np.int64], positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the hits of fingerprints sorted by hash, page, position: counted first, then written."""
    n_hits = 0
    hits = np.empty((0, 4), np.int64)
    for writes in range(2):
        if writes == 1:
            hits = np.empty((n_hits, 4), np.int64)
            n_hits = 0
        start = 0
        while start < hashes.size:
            end = start
            while end < hashes.size and hashes[end] == hashes[start]:
                end += 1
            if pages[end - 1] != pages[start]:
                n_hits = _group(pages[start:end], positions[start:end], hits, n_hits, writes == 1)
            start = end
    return hits


@njit(cache=True)
def _group(
    pages: NDArray[np.int64], positions: NDArray[np.int64], hits: NDArray[np.int64], n_hits: int, writes: bool
) -> int:
    """Count (and write from row ``n_hits`` on) the hits of one hash; return the new number of hits."""
    firsts = np.empty(pages.size + 1, np.int64)
    n_pages = 0
    for i in range(pages.size):
        if i == 0 or pages[i] != pages[i - 1]:
            firsts[n_pages] = i
            n_pages += 1
    firsts[n_pages] = pages.size
    reach = n_pages if n_pages <= GROUP else RING
    for i in range(n_pages - 1):
        n_i = min(firsts[i + 1] - firsts[i], PER_PAGE)
        for j in range(i + 1, min(i + 1 + reach, n_pages)):
            n_j = min(firsts[j + 1] - firsts[j], PER_PAGE)
            if writes:
                for x in range(firsts[i], firsts[i] + n_i):
                    for y in range(firsts[j], firsts[j] + n_j):
                        hits[n_hits, 0], hits[n_hits, 1] = pages[x], pages[y]
                        hits[n_hits, 2], hits[n_hits, 3] = positions[x], positions[y]
                        n_hits += 1
            else:
                n_hits += n_i * n_j
    return n_hits
