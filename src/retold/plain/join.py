"""Which pages share which fingerprints: the self-join of all fingerprints by hash. Twin of ``kernels.join``.

A hash that stands in many pages would give a quadratic number of hits; there each page is linked to the next few
pages that hold the hash, which keeps every group connected at linear cost.
"""

from __future__ import annotations

from collections.abc import Sequence

PER_PAGE = 4
"""Occurrences of one hash looked at in one page, from its start: a refrain says no more the tenth time."""
GROUP = 64
"""Pages with one hash up to which all pairs are hits."""
RING = 8
"""Next pages each page is linked to in a larger group: 2 x 8 neighbours a page keep a group in one piece."""

Hits = list[tuple[int, int, int, int]]


def join(hashes: Sequence[int], pages: Sequence[int], positions: Sequence[int]) -> Hits:
    """Return the hits ``(page a, page b, word in a, word in b)``, ``a < b``, sorted.

    The inputs ``(n_fingerprints,)`` are in order of position. A hit says that the shingles at both words are equal.
    """
    groups: dict[int, list[list[int]]] = {}
    last_page: dict[int, int] = {}
    for hash_, page, position in zip(hashes, pages, positions, strict=True):
        members = groups.setdefault(hash_, [])
        if last_page.get(hash_) != page:
            members.append([page])
            last_page[hash_] = page
        if len(members[-1]) <= PER_PAGE:
            members[-1].append(position)
    hits: Hits = []
    for members in groups.values():
        n_pages = len(members)
        reach = n_pages if n_pages <= GROUP else RING
        for i in range(n_pages - 1):
            for j in range(i + 1, min(i + 1 + reach, n_pages)):
                a, b = members[i][0], members[j][0]
                hits.extend((a, b, x, y) for x in members[i][1:] for y in members[j][1:])
    return sorted(hits)
