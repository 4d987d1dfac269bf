"""From chains of equal words to passages, compiled. ``plain.passages`` defines it.

Chains and equal words come as ``align`` gives them; passages go out the same way, as rows of an ``(n_passages, 4)``
array: page a, page b, first row and end row of its equal words.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

GAIN = 2
LEAST = 12
LEAST_SENTENCE = 4


@njit(cache=True)
def passages(
    chains: NDArray[np.int64], equal: NDArray[np.int64], borders: NDArray[np.bool_], sentences: NDArray[np.int64],
    sentence_starts: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:  # fmt: skip
    """Return the passages of all pairs of pages, in order of pair and place, and their equal words.

    ``borders`` ``(n_words,)``; ``sentences`` ``(n_sentences, 2)`` first word and end of each, in order of place, those
    of page ``i`` from ``sentence_starts[i]`` to ``sentence_starts[i + 1]``.
    """
    found = np.empty((16, 4), np.int64)
    kept = np.empty((1024, 3), np.int64)
    n_found = n_kept = 0
    taken = np.zeros((borders.size, 2), np.bool_)
    at = 0
    while at < chains.shape[0]:
        a, b = chains[at, 0], chains[at, 1]
        end = at
        n_most = 0
        while end < chains.shape[0] and chains[end, 0] == a and chains[end, 1] == b:
            n_most += chains[end, 3] - chains[end, 2]
            end += 1
        kept = _room(kept, n_kept + n_most)
        first_found = n_found
        for i_chain in _longest_first(chains[at:end], equal):
            chain = equal[chains[at + i_chain, 2] : chains[at + i_chain, 3]]
            before = n_kept
            n_kept = _take(
                chain, taken, kept, n_kept, sentences[sentence_starts[a] : sentence_starts[a + 1]],
                sentences[sentence_starts[b] : sentence_starts[b + 1]],
            )  # fmt: skip
            first = before
            for i in range(before, n_kept):
                x, y = kept[i, 0], kept[i, 1]
                taken[x, 0], taken[y, 1] = True, True
                if i + 1 == n_kept or kept[i + 1, 2] == 1 or _parts(kept[i], kept[i + 1], borders):
                    found = _room(found, n_found + 1)
                    found[n_found, 0], found[n_found, 1], found[n_found, 2], found[n_found, 3] = a, b, first, i + 1
                    n_found += 1
                    first = i + 1
        for row in found[first_found:n_found]:
            for i in range(row[2], row[3]):
                taken[kept[i, 0], 0], taken[kept[i, 1], 1] = False, False
        found[first_found:n_found] = _sorted(found[first_found:n_found], kept)
        at = end
    return found[:n_found].copy(), kept[:n_kept, :2].copy()


@njit(cache=True)
def _room(rows: NDArray[np.int64], n_rows: int) -> NDArray[np.int64]:
    """Return the rows, copied to twice the room when ``n_rows`` do not fit."""
    if n_rows <= rows.shape[0]:
        return rows
    wider = np.empty((2 * n_rows, rows.shape[1]), np.int64)
    wider[: rows.shape[0]] = rows
    return wider


@njit(cache=True)
def _longest_first(chains: NDArray[np.int64], equal: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the chains' order: the longest first, of equal ones that with the first place."""
    order = np.argsort(equal[chains[:, 2], 1], kind="mergesort")
    order = order[np.argsort(equal[chains[order, 2], 0], kind="mergesort")]
    return order[np.argsort(chains[order, 2] - chains[order, 3], kind="mergesort")]


@njit(cache=True)
def _sorted(found: NDArray[np.int64], kept: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the passages of one pair in order of their place in a."""
    return found[np.argsort(kept[found[:, 2], 0], kind="mergesort")]


@njit(cache=True)
def _take(
    chain: NDArray[np.int64], taken: NDArray[np.bool_], kept: NDArray[np.int64], n_kept: int,
    sentences_a: NDArray[np.int64], sentences_b: NDArray[np.int64],
) -> int:  # fmt: skip
    """Write the words of a chain that are kept, 1 beside the first of each passage, else 0; return the new number."""
    free = np.empty((chain.shape[0], 2), np.int64)
    n_free = 0
    for i in range(chain.shape[0]):
        if not taken[chain[i, 0], 0] and not taken[chain[i, 1], 1]:
            free[n_free] = chain[i]
            n_free += 1
    left = np.empty((n_free, 2), np.int64)
    n_left = 0
    first_kept = n_kept
    at = 0
    while at < n_free:
        end = _paying(free[:n_free], at)
        if end - at >= LEAST:
            kept[n_kept : n_kept + end - at, :2] = free[at:end]
            kept[n_kept : n_kept + end - at, 2] = 0
            kept[n_kept, 2] = 1
            n_kept += end - at
        else:
            left[n_left : n_left + end - at] = free[at:end]
            n_left += end - at
        at = end
    if n_kept > first_kept and n_left:
        n_kept = _whole_sentences(left[:n_left], kept, n_kept, sentences_a, sentences_b)
    return n_kept


@njit(cache=True)
def _paying(pairs: NDArray[np.int64], at: int) -> int:
    """Return the end of the stretch from ``at`` on in which equal words outweigh gaps most."""
    score = best = GAIN
    best_end = end = at + 1
    while end < pairs.shape[0]:
        score -= max(pairs[end, 0] - pairs[end - 1, 0], pairs[end, 1] - pairs[end - 1, 1]) - 1
        if score <= 0:
            break
        score += GAIN
        end += 1
        if score > best:
            best, best_end = score, end
    return best_end


@njit(cache=True)
def _parts(one: NDArray[np.int64], other: NDArray[np.int64], borders: NDArray[np.bool_]) -> bool:
    """Tell whether words of another kind of segment stand between two pairs of equal words."""
    for side in range(2):
        for word in range(one[side] + 1, other[side] + 1):
            if borders[word]:
                return True
    return False


@njit(cache=True)
def _whole_sentences(
    pairs: NDArray[np.int64], kept: NDArray[np.int64], n_kept: int, sentences_a: NDArray[np.int64],
    sentences_b: NDArray[np.int64],
) -> int:  # fmt: skip
    """Write the sentences of a whose every word equals, one by one, every word of one of b; return the new number."""
    firsts_b = sentences_b[:, 0]
    for i_sentence in range(sentences_a.shape[0]):
        first, length = sentences_a[i_sentence, 0], sentences_a[i_sentence, 1] - sentences_a[i_sentence, 0]
        i = np.searchsorted(pairs[:, 0], first)
        if length < LEAST_SENTENCE or i + length > pairs.shape[0] or pairs[i, 0] != first:
            continue
        first_b = pairs[i, 1]
        i_b = np.searchsorted(firsts_b, first_b)
        while i_b < firsts_b.size and firsts_b[i_b] == first_b and sentences_b[i_b, 1] != first_b + length:
            i_b += 1
        is_whole = i_b < firsts_b.size and firsts_b[i_b] == first_b
        for j in range(length):
            is_whole = is_whole and pairs[i + j, 0] == first + j and pairs[i + j, 1] == first_b + j
        if is_whole:
            kept[n_kept : n_kept + length, :2] = pairs[i : i + length]
            kept[n_kept : n_kept + length, 2] = 0
            kept[n_kept, 2] = 1
            n_kept += length
    return n_kept
