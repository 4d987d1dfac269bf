"""Pairs of pages that carry the same words of a third, which no fingerprint has shown. Twin of ``kernels.siblings``.

Two outlets that each edited every third word of a wire share few runs of five words with each other, and many more with
an outlet that edited less. Asked are only pages that most of their partners know best (hubs), so the number of pairs
looked at stays linear in the number of pages. Two pages that are linked to a representative are left to ``expand``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from retold.plain.align import LEAST

MOST = 512
"""Partners of a hub at most. A text with more carriers has hashes of large groups, and so a representative."""

Shared = tuple[int, int, int, int]
"""A passage by its words: first and end in page a, first and end in page b."""


def siblings(
    found: Mapping[tuple[int, int], Sequence[Shared]], ranks: Sequence[int], leads: Collection[int]
) -> list[tuple[int, int]]:
    """Return the pairs of pages ``(a, b)``, ``a < b``, sorted, that share ``LEAST`` words or more of a hub.

    ``found`` gives the passages of every pair that has any; ``ranks`` order pages that know equally many others.
    """
    partners: dict[int, list[tuple[int, int, int]]] = {}
    known: dict[int, set[int]] = {}
    for (a, b), passages in found.items():
        known.setdefault(a, set()).add(b)
        known.setdefault(b, set()).add(a)
        for a0, a1, b0, b1 in passages:
            partners.setdefault(a, []).append((b, a0, a1))
            partners.setdefault(b, []).append((a, b0, b1))
    hubs = {max((page, *known[page]), key=lambda one: (len(known[one]), -ranks[one])) for page in known}
    linked = {page for lead in leads for page in known.get(lead, ())}
    pairs: set[tuple[int, int]] = set()
    for hub in hubs - set(leads):
        if len(known[hub]) > MOST:
            continue
        for i, (x, first, end) in enumerate(partners[hub]):
            for y, other_first, other_end in partners[hub][:i]:
                if x == y or y in known[x] or (x in linked and y in linked):
                    continue
                if min(end, other_end) - max(first, other_first) >= LEAST:
                    pairs.add((min(x, y), max(x, y)))
    return sorted(pairs)
