"""Fingerprints of texts, compiled. ``plain.winnow`` defines it and names the source."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S3, _S35 = np.uint32(3), np.uint64(35)
_S27, _S30, _S31 = np.uint64(27), np.uint64(30), np.uint64(31)


@njit(cache=True)
def winnow(
    words: NDArray[np.uint32], starts: NDArray[np.int64], k: int, w: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
    """Return hash, page, word position and tag of every fingerprint, each ``(n_fingerprints,)``, by position.

    ``words`` ``(n_words,)``; ``starts`` ``(n_pages + 1,)`` the first word of each page and the end.
    """
    hashes = np.empty(words.size, np.uint64)
    pages = np.empty(words.size, np.int64)
    positions = np.empty(words.size, np.int64)
    tags = np.empty(words.size, np.uint32)
    shingles = np.empty(words.size, np.uint64)
    top = np.uint64(1)
    for _ in range(k - 1):
        top *= _FACTOR
    n = 0
    for i_page in range(starts.size - 1):
        first, end = starts[i_page], starts[i_page + 1]
        n_shingles = _fill_shingles(words, first, end, k, top, shingles)
        last = -1
        tag = np.uint32(0)
        for right in range(max(min(w, n_shingles) - 1, 0), n_shingles):
            left = max(right - w + 1, 0)
            if last >= left:
                least = right if shingles[right] <= shingles[last] else last
            else:
                least = left
                for i in range(left + 1, right + 1):
                    if shingles[i] <= shingles[least]:
                        least = i
            if least != last:
                hashes[n], pages[n], positions[n] = shingles[least], i_page, first + least
                tags[n] = tag | np.uint32(min(least - last, 7)) if tag != 0 else np.uint32(0)
                tag = np.uint32(shingles[least] >> _S35) << _S3
                n += 1
                last = least
    return hashes[:n].copy(), pages[:n].copy(), positions[:n].copy(), tags[:n].copy()


@njit(cache=True)
def _fill_shingles(
    words: NDArray[np.uint32], first: int, end: int, k: int, top: np.uint64, shingles: NDArray[np.uint64]
) -> int:
    """Write the mixed hash of every run of ``k`` words in ``[first, end)``; return how many there are."""
    rolling = np.uint64(0)
    n = 0
    for at in range(first, end):
        if at >= first + k:
            rolling -= np.uint64(words[at - k]) * top
        rolling = rolling * _FACTOR + np.uint64(words[at])
        if at >= first + k - 1:
            mixed = (rolling ^ (rolling >> _S30)) * _MIX_1
            mixed = (mixed ^ (mixed >> _S27)) * _MIX_2
            shingles[n] = mixed ^ (mixed >> _S31)
            n += 1
    return n
