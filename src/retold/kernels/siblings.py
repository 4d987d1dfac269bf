"""Pairs of pages that carry the same words of a third, compiled. ``plain.siblings`` defines it and says why."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

MOST = 512
LEAST = 12
_S32 = np.uint64(32)


@njit(cache=True)
def siblings(
    a: NDArray[np.uint32], b: NDArray[np.uint32], words: NDArray[np.uint32], ranks: NDArray[np.int64],
    is_lead: NDArray[np.bool_],
) -> NDArray[np.uint32]:  # fmt: skip
    """Return the pairs of pages ``(n_pairs, 2)``, ``a < b``, in no order, some of them several times.

    Passages ``(n_passages,)``: page a, page b, ``words`` ``(n_passages, 4)`` first and end in each; those of one pair
    stand together. ``ranks``, ``is_lead`` ``(n_pages,)``.
    """
    degrees = _degrees(a, b, ranks.size)
    starts, entries = _sides(a, b, words, _hubs(a, b, degrees, ranks, is_lead))
    known = _keys(a, b)
    is_linked = _linked(a, b, is_lead)
    pairs = np.empty((1024, 2), np.uint32)
    n = 0
    for hub in range(ranks.size):
        for i in range(starts[hub], starts[hub + 1]):
            pairs = _room(pairs, n + i - starts[hub])
            n = _pairs_of(entries, starts[hub], i, known, is_linked, pairs, n)
    return pairs[:n].copy()


@njit(cache=True)
def _degrees(a: NDArray[np.uint32], b: NDArray[np.uint32], n_pages: int) -> NDArray[np.int64]:
    """Return with how many others each page shares a passage."""
    found = np.zeros(n_pages, np.int64)
    for i in range(a.size):
        if i == 0 or a[i] != a[i - 1] or b[i] != b[i - 1]:
            found[a[i]] += 1
            found[b[i]] += 1
    return found


@njit(cache=True)
def _hubs(
    a: NDArray[np.uint32], b: NDArray[np.uint32], degrees: NDArray[np.int64], ranks: NDArray[np.int64],
    is_lead: NDArray[np.bool_],
) -> NDArray[np.bool_]:  # fmt: skip
    """Tell which pages know most others, for themselves or for a partner, and may be asked."""
    best = np.arange(ranks.size)
    for i in range(a.size):
        for side in range(2):
            page, other = (a[i], b[i]) if side == 0 else (b[i], a[i])
            known = best[page]
            if degrees[other] > degrees[known] or (degrees[other] == degrees[known] and ranks[other] < ranks[known]):
                best[page] = other
    found = np.zeros(ranks.size, np.bool_)
    for page in range(ranks.size):
        hub = best[page]
        found[hub] = 2 <= degrees[hub] <= MOST and not is_lead[hub]
    return found


@njit(cache=True)
def _sides(
    a: NDArray[np.uint32], b: NDArray[np.uint32], words: NDArray[np.uint32], is_hub: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return where each hub's passages begin, and of each the other page, first and end word in the hub."""
    starts = np.zeros(is_hub.size + 2, np.int64)
    for i in range(a.size):
        starts[a[i] + 2] += is_hub[a[i]]
        starts[b[i] + 2] += is_hub[b[i]]
    for page in range(2, starts.size):
        starts[page] += starts[page - 1]
    entries = np.empty((starts[-1], 3), np.uint32)
    for i in range(a.size):
        for side in range(2):
            page, other = (a[i], b[i]) if side == 0 else (b[i], a[i])
            if is_hub[page]:
                at = starts[page + 1]
                entries[at, 0], entries[at, 1], entries[at, 2] = other, words[i, 2 * side], words[i, 2 * side + 1]
                starts[page + 1] += 1
    return starts[:-1], entries


@njit(cache=True)
def _linked(a: NDArray[np.uint32], b: NDArray[np.uint32], is_lead: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which pages share a passage with one that stands for many."""
    found = np.zeros(is_lead.size, np.bool_)
    for i in range(a.size):
        found[a[i]] |= is_lead[b[i]]
        found[b[i]] |= is_lead[a[i]]
    return found


@njit(cache=True)
def _keys(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return every pair as one number, the lower page above, sorted."""
    found = np.empty(a.size, np.uint64)
    for i in range(a.size):
        found[i] = (np.uint64(min(a[i], b[i])) << _S32) | np.uint64(max(a[i], b[i]))
    return np.sort(found)


@njit(cache=True)
def _pairs_of(
    entries: NDArray[np.uint32], first: int, i: int, known: NDArray[np.uint64], is_linked: NDArray[np.bool_],
    pairs: NDArray[np.uint32], n: int,
) -> int:  # fmt: skip
    """Write the pairs of entry ``i`` with those before it that are not known; return the new number."""
    for j in range(first, i):
        if min(entries[i, 2], entries[j, 2]) < max(entries[i, 1], entries[j, 1]) + LEAST:
            continue
        low, high = min(entries[i, 0], entries[j, 0]), max(entries[i, 0], entries[j, 0])
        if low == high or (is_linked[low] and is_linked[high]):
            continue
        key = (np.uint64(low) << _S32) | np.uint64(high)
        at = np.searchsorted(known, key)
        if at == known.size or known[at] != key:
            pairs[n, 0], pairs[n, 1] = low, high
            n += 1
    return n


@njit(cache=True)
def _room(rows: NDArray[np.uint32], n_rows: int) -> NDArray[np.uint32]:
    """Return the rows, copied to twice the room when ``n_rows`` do not fit."""
    if n_rows <= rows.shape[0]:
        return rows
    wider = np.empty((2 * n_rows, rows.shape[1]), np.uint32)
    wider[: rows.shape[0]] = rows
    return wider
