"""Copies that stand in the real texts already: an exact scan of all pairs for runs of twelve equal words."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bench.planted.vocabulary import RealTexts, Vocabulary

RUN = 12
"""Equal words in a row that count as a copy: fewer than this no two made texts share by chance."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def natural_pairs(vocabulary: Vocabulary, real: RealTexts) -> NDArray[np.int64]:
    """Return rows ``(text a, text b, words of a in common runs)``, ``a < b``, for all pairs with a common run.

    Words are compared without case and marks; tokens that are marks alone are passed over.
    """
    keys = vocabulary.key[real.tokens]
    is_word = keys > 0
    texts = np.repeat(np.arange(real.starts.size - 1), np.diff(real.starts))[is_word]
    words = keys[is_word]
    hashes = _runs(words, texts)
    order = np.argsort(hashes, kind="stable")
    order = order[hashes[order] != 0]
    pairs = _hits(hashes[order], texts[order], order)
    pairs = pairs[np.lexsort((pairs[:, 2], pairs[:, 1], pairs[:, 0]))]
    return _covered(pairs)


@njit(cache=True)
def _runs(words: NDArray[np.int64], texts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the hash of the run that begins at each word; 0 where the text ends within it."""
    found = np.zeros(words.size, np.uint64)
    for at in range(words.size - RUN + 1):
        if texts[at] != texts[at + RUN - 1]:
            continue
        value = np.uint64(1)
        for i in range(RUN):
            value = (value ^ np.uint64(words[at + i])) * _FACTOR
            value ^= value >> np.uint64(29)
        found[at] = value | np.uint64(1)
    return found


@njit(cache=True)
def _hits(hashes: NDArray[np.uint64], texts: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return rows ``(text a, text b, word in a)`` for every two texts with one hash; places grow with the text."""
    n = 0
    rows = np.empty((0, 3), np.int64)
    for writes in range(2):
        if writes == 1:
            rows = np.empty((n, 3), np.int64)
            n = 0
        start = 0
        while start < hashes.size:
            end = start + 1
            while end < hashes.size and hashes[end] == hashes[start]:
                end += 1
            for i in range(start, end):
                last = texts[i]
                for j in range(i + 1, end):
                    if texts[j] == last:
                        continue
                    last = texts[j]
                    if writes == 1:
                        rows[n, 0], rows[n, 1], rows[n, 2] = texts[i], texts[j], places[i]
                    n += 1
            start = end
    return rows


@njit(cache=True)
def _covered(hits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return rows ``(text a, text b, words of a covered)`` of hits sorted by pair and place."""
    rows = np.empty((hits.shape[0], 3), np.int64)
    n = 0
    end = 0
    for i in range(hits.shape[0]):
        place = hits[i, 2]
        if n == 0 or hits[i, 0] != rows[n - 1, 0] or hits[i, 1] != rows[n - 1, 1]:
            rows[n, 0], rows[n, 1], rows[n, 2] = hits[i, 0], hits[i, 1], 0
            n += 1
            end = 0
        rows[n - 1, 2] += place + RUN - max(place, end)
        end = place + RUN
    return rows[:n].copy()
