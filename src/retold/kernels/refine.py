"""Every run of three equal words of two pages, compiled. ``plain.refine`` defines it and says why."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

RUN = 3
OFTEN = 4
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_S29, _S32 = np.uint64(29), np.uint64(32)
BITS = 512
"""Words of 64 bits: 4 kB, of which a page of a thousand words sets one bit in thirty."""


@njit(cache=True)
def refine(
    words: NDArray[np.uint32], hashes: NDArray[np.uint32], starts: NDArray[np.int64], pairs: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the hits ``(n_hits, 4)`` of pairs of pages ``(n_pairs, 2)``: page a, page b, word in a, word in b.

    ``hashes`` as ``runs`` gives them. Quick where pairs of one page a stand together: its runs are put into a table of
    hashes once.
    """
    hits = np.empty((1024, 4), np.int64)
    n = 0
    slots, counts, seen, seen_for = _table(1024)
    after = np.empty(1024, np.int32)
    bits = np.zeros(BITS, np.uint64)
    heads = slots
    last_a = np.int64(-1)
    for i_pair in range(pairs.shape[0]):
        a, b = pairs[i_pair, 0], pairs[i_pair, 1]
        first, end = starts[a], starts[a + 1]
        if a != last_a:
            n_slots = 1024
            while n_slots < 2 * (end - first):
                n_slots *= 2
            if slots.size < n_slots:
                slots, counts, seen, seen_for = _table(n_slots)
            if after.size < end - first:
                after = np.empty(2 * (end - first), np.int32)
            heads = slots[:n_slots]
            heads[:] = -1
            bits[:] = 0
            _put(words, hashes, first, end, heads, counts, after, bits)
            last_a = a
        hits = _room(hits, n + OFTEN * ((starts[b + 1] - starts[b]) // RUN + 1))
        before = n
        n = _hits(
            words, hashes, first, end, starts[b], starts[b + 1], heads, after, bits, seen, seen_for, i_pair, hits, n
        )
        for i in range(before, n):
            hits[i, 0], hits[i, 1] = a, b
    return hits[:n].copy()


@njit(cache=True)
def _hits(
    words: NDArray[np.uint32], hashes: NDArray[np.uint32], first: int, end: int, y: int, end_b: int,
    heads: NDArray[np.int32], after: NDArray[np.int32], bits: NDArray[np.uint64], seen: NDArray[np.int32],
    seen_for: NDArray[np.int64], i_pair: int, hits: NDArray[np.int64], n: int,
) -> int:  # fmt: skip
    """Write the words at which hits of one pair begin; return the new number of hits.

    Arrays come as arguments, never made anew here: a loop over references costs twenty times as much.
    """
    while y + RUN <= end_b:
        value = np.int64(hashes[y])
        if value == 0 or not (bits[(value >> 6) & (BITS - 1)] >> np.uint64(value & 63)) & np.uint64(1):
            y += 1
            continue
        slot = _slot(words, hashes, y, first, heads)
        at = np.int64(heads[slot])
        if at >= 0 and seen_for[slot] != i_pair:
            seen[slot], seen_for[slot] = 0, i_pair
        if at < 0 or seen[slot] == OFTEN:
            y += 1
            continue
        seen[slot] += 1
        n_most = RUN
        while at >= 0:
            x = first + at
            hits[n, 2], hits[n, 3] = x, y
            n += 1
            n_equal = RUN
            while (
                x + n_equal < end
                and y + n_equal < end_b
                and (words[x + n_equal] == words[y + n_equal] and words[x + n_equal] != 0)
            ):
                n_equal += 1
            n_most = max(n_most, n_equal)
            at = np.int64(after[at])
        y += n_most
    return n


@njit(cache=True)
def _table(n_slots: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Return room for a table of hashes: first place, number of places, times seen, and for which pair."""
    return (
        np.empty(n_slots, np.int32), np.empty(n_slots, np.int32), np.zeros(n_slots, np.int32),
        np.full(n_slots, -1, np.int64),
    )  # fmt: skip


@njit(cache=True)
def runs(words: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return a hash of the run that begins at each word ``(n_words,)``, 0 where one of its words is masked."""
    found = np.zeros(words.size, np.uint32)
    for at in range(words.size - RUN + 1):
        value = np.uint64(0)
        is_masked = False
        for i in range(RUN):
            is_masked = is_masked or words[at + i] == 0
            value = (value ^ np.uint64(words[at + i])) * _FACTOR
            value ^= value >> _S29
        if not is_masked:
            found[at] = max(np.uint32((value * _MIX) >> _S32), np.uint32(1))
    return found


@njit(cache=True)
def _slot(words: NDArray[np.uint32], hashes: NDArray[np.uint32], at: int, first: int, heads: NDArray[np.int32]) -> int:
    """Return the place in the table of the run that begins at a word: its own, or the free one it would take."""
    last = heads.size - 1
    own = hashes[at]
    slot = np.int64(own) >> 5 & last
    head = np.int64(heads[slot])
    while head >= 0:
        x = first + head
        if (
            hashes[x] == own
            and words[x] == words[at]
            and words[x + 1] == words[at + 1]
            and words[x + 2] == words[at + 2]
        ):
            break
        slot = (slot + 1) & last
        head = np.int64(heads[slot])
    return int(slot)


@njit(cache=True)
def _put(
    words: NDArray[np.uint32], hashes: NDArray[np.uint32], first: int, end: int, heads: NDArray[np.int32],
    counts: NDArray[np.int32], after: NDArray[np.int32], bits: NDArray[np.uint64],
) -> None:  # fmt: skip
    """Put the runs of a page into the table: ``heads`` the first place of each, ``after`` the next of the same.

    ``bits`` gets one for each: nearly all runs of another page are turned away by it.
    """
    for x in range(first, end - RUN + 1):
        if hashes[x] == 0:
            continue
        value = np.int64(hashes[x])
        bits[(value >> 6) & (BITS - 1)] |= np.uint64(1) << np.uint64(value & 63)
        slot = _slot(words, hashes, x, first, heads)
        if heads[slot] < 0:
            heads[slot], counts[slot] = x - first, 1
            after[x - first] = -1
        elif counts[slot] < OFTEN:
            last = np.int64(heads[slot])
            while after[last] >= 0:
                last = np.int64(after[last])
            after[last], after[x - first] = x - first, -1
            counts[slot] += 1


@njit(cache=True)
def _room(rows: NDArray[np.int64], n_rows: int) -> NDArray[np.int64]:
    """Return the rows, copied to twice the room when ``n_rows`` do not fit."""
    if n_rows <= rows.shape[0]:
        return rows
    wider = np.empty((2 * n_rows, rows.shape[1]), np.int64)
    wider[: rows.shape[0]] = rows
    return wider
