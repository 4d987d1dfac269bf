"""Fingerprints of texts: the k-word shingle hashes that winnowing keeps. Twin of ``kernels.winnow``.

Texts come as word hashes, one page after the other. Two pages that share ``k + w - 1`` words in a row share at least
one fingerprint. Source: Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", 2003.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

MASK = (1 << 64) - 1
FACTOR = 0x9E3779B97F4A7C15
"""Odd multiplier of the polynomial over words (2^64 divided by the golden ratio)."""


def winnow(
    words: Sequence[int], starts: Sequence[int], k: int, w: int, without: Collection[int] = ()
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return hash, page, word position and tag of every fingerprint, in order of position.

    The tag says what stands before: the upper bits of the hash of the fingerprint before in the page (those that
    ``before`` keeps), and how many words before it stands, 7 at most; 0 for the first of a page. Where two fingerprints
    are equal and their tags too, the two before are a hit already. Pages ``without`` fingerprints have none.

    ``words`` ``(n_words,)`` 64-bit hashes; ``starts`` ``(n_pages + 1,)`` the first word of each page and the end.
    Positions count through all words. Of equal least hashes in a window the rightmost is taken; a page with
    fewer than ``w`` shingles is one window.
    """
    hashes: list[int] = []
    pages: list[int] = []
    positions: list[int] = []
    tags: list[int] = []
    for i_page in range(len(starts) - 1):
        if i_page in without:
            continue
        first, end = starts[i_page], starts[i_page + 1]
        shingles = _shingles(words, first, end, k)
        tag = last = 0
        for i in _least_of_windows(shingles, w):
            hashes.append(shingles[i])
            pages.append(i_page)
            positions.append(first + i)
            tags.append(tag and tag | min(i - last, 7))
            tag, last = before(shingles[i]), i
    return hashes, pages, positions, tags


def before(hash_: int) -> int:
    """Return what a tag keeps of a hash: bits 35 to 63, three bits up."""
    return hash_ >> 35 << 3


def _shingles(words: Sequence[int], first: int, end: int, k: int) -> list[int]:
    """Return the mixed hash of every run of ``k`` words in ``[first, end)``."""
    found: list[int] = []
    top = pow(FACTOR, k - 1, 1 << 64)
    rolling = 0
    for at in range(first, end):
        if at >= first + k:
            rolling -= words[at - k] * top
        rolling = (rolling * FACTOR + words[at]) & MASK
        if at >= first + k - 1:
            mixed = ((rolling ^ (rolling >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
            found.append(mixed ^ (mixed >> 31))
    return found


def _least_of_windows(shingles: Sequence[int], w: int) -> list[int]:
    """Return the positions of the least shingle of each window of ``w``, each once."""
    found: list[int] = []
    for right in range(max(min(w, len(shingles)) - 1, 0), len(shingles)):
        left = max(right - w + 1, 0)
        if found and found[-1] >= left:
            least = right if shingles[right] <= shingles[found[-1]] else found[-1]
        else:
            least = left
            for i in range(left + 1, right + 1):
                if shingles[i] <= shingles[least]:
                    least = i
        if not found or found[-1] != least:
            found.append(least)
    return found
