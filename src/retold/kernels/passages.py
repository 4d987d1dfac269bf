"""From chains of equal words to passages, compiled. ``plain.passages`` defines it.

Chains and blocks of equal words come as ``align`` gives them.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

GAIN = 2
LEAST = 12
LEAST_SENTENCE = 4
COLUMNS = 9


@njit(cache=True)
def passages(
    chains: NDArray[np.int64], blocks: NDArray[np.int64], borders: NDArray[np.int32], quoted: NDArray[np.int32],
    sentences: NDArray[np.int64], sentence_starts: NDArray[np.int64],
) -> NDArray[np.int64]:  # fmt: skip
    """Return the passages of all pairs of pages, in order of pair and place.

    A row ``(n_passages, 9)``: page a, page b, first word and end in a, in b, equal words, of them quoted in a, in b.
    ``borders`` and ``quoted`` ``(n_words + 1,)``: how many words before each are the first of a stretch, or quoted;
    ``sentences`` ``(n_sentences, 2)`` first word and end of each, in order of place, those of page ``i`` from
    ``sentence_starts[i]`` to ``sentence_starts[i + 1]``.
    """
    found = np.empty((16, COLUMNS), np.int64)
    taken = np.zeros((borders.size, 2), np.bool_)
    free, kept, left = np.empty((64, 3), np.int64), np.empty((64, 3), np.int64), np.empty((64, 3), np.int64)
    n_found = 0
    at = 0
    while at < chains.shape[0]:
        a, b = chains[at, 0], chains[at, 1]
        end = at + 1
        while end < chains.shape[0] and chains[end, 0] == a and chains[end, 1] == b:
            end += 1
        own_a = sentences[sentence_starts[a] : sentence_starts[a + 1]]
        own_b = sentences[sentence_starts[b] : sentence_starts[b + 1]]
        order = _longest_first(chains[at:end], blocks)
        first_found = n_found
        for i_chain in order:
            first, last = chains[at + i_chain, 2], chains[at + i_chain, 3]
            free = _room(free, 2 * _n_words(blocks, first, last) + 1)
            kept, left = _room(kept, free.shape[0]), _room(left, free.shape[0])
            n_free = _untaken(blocks, first, last, taken, free, end - at > 1)
            n_kept = _kept(free, n_free, kept, left, own_a, own_b)
            i = 0
            while i < n_kept:
                j = i + 1
                while j < n_kept and kept[j, 2] > 0:
                    j += 1
                found = _room(found, n_found + _n_words(kept, i + 1, j))
                n_found = _cut(kept, i + 1, j, borders, quoted, a, b, found, n_found)
                if end - at > 1:
                    _take(kept, i + 1, j, taken, True)
                i = j
        if end - at > 1:
            for i in range(at, end):
                _take(blocks, chains[i, 2], chains[i, 3], taken, False)
            found[first_found:n_found] = found[first_found:n_found][_order(found[first_found:n_found, 2])]
        elif n_found - first_found > 1:
            found[first_found:n_found] = found[first_found:n_found][_order(found[first_found:n_found, 2])]
        at = end
    return found[:n_found].copy()


@njit(cache=True)
def _room(rows: NDArray[np.int64], n_rows: int) -> NDArray[np.int64]:
    """Return the rows, copied to twice the room when ``n_rows`` do not fit."""
    if n_rows <= rows.shape[0]:
        return rows
    wider = np.empty((2 * n_rows, rows.shape[1]), np.int64)
    wider[: rows.shape[0]] = rows
    return wider


@njit(cache=True)
def _n_words(blocks: NDArray[np.int64], first: int, end: int) -> int:
    """Return the words of some blocks."""
    n = 0
    for i in range(first, end):
        n += blocks[i, 2]
    return n


@njit(cache=True)
def _order(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the order of keys, equal ones as they stand."""
    return np.argsort(keys, kind="mergesort")


@njit(cache=True)
def _longest_first(chains: NDArray[np.int64], blocks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the chains' order: the longest first, of equal ones that with the first place."""
    order = np.arange(chains.shape[0])
    if order.size == 1:
        return order
    lengths = np.empty(order.size, np.int64)
    for i in range(order.size):
        lengths[i] = -_n_words(blocks, chains[i, 2], chains[i, 3])
    order = _order(blocks[chains[:, 2], 1])
    order = order[_order(blocks[chains[order, 2], 0])]
    return order[_order(lengths[order])]


@njit(cache=True)
def _take(blocks: NDArray[np.int64], first: int, end: int, taken: NDArray[np.bool_], value: bool) -> None:
    """Mark the words of blocks as taken, or as free again."""
    for i in range(first, end):
        for j in range(blocks[i, 2]):
            taken[blocks[i, 0] + j, 0] = value
            taken[blocks[i, 1] + j, 1] = value


@njit(cache=True)
def _untaken(
    blocks: NDArray[np.int64], first: int, end: int, taken: NDArray[np.bool_], free: NDArray[np.int64], looks: bool
) -> int:
    """Write what is free of a chain's blocks; return how many."""
    n = 0
    for i in range(first, end):
        x, y, length = blocks[i, 0], blocks[i, 1], blocks[i, 2]
        if not looks:
            free[n, 0], free[n, 1], free[n, 2] = x, y, length
            n += 1
            continue
        goes_on = False
        for j in range(length):
            if taken[x + j, 0] or taken[y + j, 1]:
                goes_on = False
            elif goes_on:
                free[n - 1, 2] += 1
            else:
                free[n, 0], free[n, 1], free[n, 2] = x + j, y + j, 1
                n += 1
                goes_on = True
    return n


@njit(cache=True)
def _kept(
    free: NDArray[np.int64], n_free: int, kept: NDArray[np.int64], left: NDArray[np.int64],
    sentences_a: NDArray[np.int64], sentences_b: NDArray[np.int64],
) -> int:  # fmt: skip
    """Write the blocks that are kept, before each passage a row of zeros; return the number of rows."""
    n = n_left = 0
    at = 0
    while at < n_free:
        end = _paying(free, n_free, at)
        is_kept = _n_words(free, at, end) >= LEAST
        if is_kept:
            kept[n, 2] = 0
            n += 1
        for i in range(at, end):
            if is_kept:
                kept[n, 0], kept[n, 1], kept[n, 2] = free[i, 0], free[i, 1], free[i, 2]
                n += 1
            else:
                left[n_left, 0], left[n_left, 1], left[n_left, 2] = free[i, 0], free[i, 1], free[i, 2]
                n_left += 1
        at = end
    if n and n_left and sentences_a.shape[0] and sentences_b.shape[0]:
        n = _whole_sentences(left, n_left, kept, n, sentences_a, sentences_b)
    return n


@njit(cache=True)
def _paying(blocks: NDArray[np.int64], n_blocks: int, at: int) -> int:
    """Return the end of the stretch from ``at`` on in which equal words outweigh gaps most."""
    score = best = GAIN * blocks[at, 2]
    best_end = end = at + 1
    while end < n_blocks:
        gap_x = blocks[end, 0] - blocks[end - 1, 0] - blocks[end - 1, 2]
        gap_y = blocks[end, 1] - blocks[end - 1, 1] - blocks[end - 1, 2]
        score -= max(gap_x, gap_y)
        if score <= 0:
            break
        score += GAIN * blocks[end, 2]
        end += 1
        if score > best:
            best, best_end = score, end
    return best_end


@njit(cache=True)
def _cut(
    kept: NDArray[np.int64], first: int, end: int, borders: NDArray[np.int32], quoted: NDArray[np.int32], a: int,
    b: int, found: NDArray[np.int64], n_found: int,
) -> int:  # fmt: skip
    """Write a passage, cut where words of another kind of segment stand between two of its words; return the number."""
    is_new = True
    for i in range(first, end):
        x, y, length = kept[i, 0], kept[i, 1], kept[i, 2]
        if i > first:
            last_x, last_y = kept[i - 1, 0] + kept[i - 1, 2], kept[i - 1, 1] + kept[i - 1, 2]
            is_new = borders[x + 1] > borders[last_x] or borders[y + 1] > borders[last_y]
        at = 0
        while at < length:
            size = length - at
            if borders[x + length] > borders[x + at + 1] or borders[y + length] > borders[y + at + 1]:
                size = 1
                while borders[x + at + size + 1] == borders[x + at + 1] and (
                    borders[y + at + size + 1] == borders[y + at + 1]
                ):
                    size += 1
            if is_new:
                found[n_found, 0], found[n_found, 1] = a, b
                found[n_found, 2], found[n_found, 4] = x + at, y + at
                found[n_found, 6] = found[n_found, 7] = found[n_found, 8] = 0
                n_found += 1
            found[n_found - 1, 3], found[n_found - 1, 5] = x + at + size, y + at + size
            found[n_found - 1, 6] += size
            found[n_found - 1, 7] += quoted[x + at + size] - quoted[x + at]
            found[n_found - 1, 8] += quoted[y + at + size] - quoted[y + at]
            at += size
            is_new = True
    return n_found


@njit(cache=True)
def _whole_sentences(
    left: NDArray[np.int64], n_left: int, kept: NDArray[np.int64], n: int, sentences_a: NDArray[np.int64],
    sentences_b: NDArray[np.int64],
) -> int:  # fmt: skip
    """Write the sentences of a whose every word equals, one by one, every word of one of b; return the new number."""
    for i_sentence in range(sentences_a.shape[0]):
        first, end = sentences_a[i_sentence, 0], sentences_a[i_sentence, 1]
        i = np.searchsorted(left[:n_left, 0], first, side="right") - 1
        if end - first < LEAST_SENTENCE or i < 0 or left[i, 0] + left[i, 2] < end:
            continue
        first_b = left[i, 1] + first - left[i, 0]
        i_b = np.searchsorted(sentences_b[:, 0], first_b)
        while i_b < sentences_b.shape[0] and sentences_b[i_b, 0] == first_b:
            if sentences_b[i_b, 1] == first_b + end - first:
                kept[n, 2] = 0
                kept[n + 1, 0], kept[n + 1, 1], kept[n + 1, 2] = first, first_b, end - first
                n += 2
                break
            i_b += 1
    return n
