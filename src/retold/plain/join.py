"""Which pages share which fingerprints: the self-join of all fingerprints by hash. Twin of ``kernels.join``.

Owns three rules that keep the number of hits small and lose no passage:

- A hit is told only where a common passage begins: not where the fingerprints before are a hit too (their tags are
  equal). ``align`` goes on from there word by word.
- A hash that many pages hold would give a quadratic number of hits. Each of its pages is linked to one representative,
  the page with the most such hashes: whole copies before excerpts.
- A hash that many pages hold all the year, or that one outlet prints again and again, is a standing text: a footer, a
  sign-up line, a stock phrase. It gives no hit, and its words are masked, or it would come back at its borders.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from retold.plain.winnow import before

PER_PAGE = 4
"""Occurrences of one hash looked at in one page, from its start: a refrain says no more the tenth time."""
GROUP = 64
"""Pages with one hash up to which all pairs are hits."""
BURST_DAYS = 4
"""Days in which at least half of the pages of a wire text come out; those of a standing text do not."""
PER_OUTLET = 10
"""Pages of one outlet with a hash, on average, from which it is a standing text of these outlets."""
SAMPLE = 7
"""Of hits inside a passage, those whose hash has none of these bits are told of a representative: it may be another
than that of the hash before."""

REPEAT = 64
"""Words between two hits of pages with all words equal, of which only one takes part in the join."""

SMALL, LARGE, STANDING = 0, 1, 2
"""What a hash is: all pairs are hits, representatives are linked, or no hit."""

Hits = list[tuple[int, int, int, int]]


def survey(hashes: Sequence[int], pages: Sequence[int], days: Sequence[int], outlets: Sequence[int]) -> list[int]:
    """Return what each fingerprint's hash is: ``SMALL``, ``LARGE`` or ``STANDING``.

    ``days`` and ``outlets`` ``(n_pages,)`` are numbers, -1 where unknown.
    """
    carriers: dict[int, set[int]] = {}
    for hash_, page in zip(hashes, pages, strict=True):
        carriers.setdefault(hash_, set()).add(page)
    kinds = {}
    for hash_, members in carriers.items():
        kinds[hash_] = SMALL
        if len(members) > GROUP:
            is_standing = _is_standing([days[page] for page in members], [outlets[page] for page in members])
            kinds[hash_] = STANDING if is_standing else LARGE
    return [kinds[hash_] for hash_ in hashes]


def _is_standing(days: Sequence[int], outlets: Sequence[int]) -> bool:
    """Tell whether the pages lie too far apart for one text going round; unknown days count for it."""
    n_unknown = sum(outlet < 0 for outlet in outlets)
    if len(outlets) >= PER_OUTLET * (len({outlet for outlet in outlets if outlet >= 0}) + n_unknown):
        return True
    known = sorted(day for day in days if day >= 0)
    most = first = 0
    for i, day in enumerate(known):
        while known[first] <= day - BURST_DAYS:
            first += 1
        most = max(most, i + 1 - first)
    return 2 * (most + len(days) - len(known)) < len(days)


def weights_of(pages: Sequence[int], kinds: Sequence[int], n_pages: int) -> list[int]:
    """Return for each page how many of its fingerprints are of large groups: who has most represents them."""
    weights = [0] * n_pages
    for page, kind in zip(pages, kinds, strict=True):
        weights[page] += kind == LARGE
    return weights


def frequent_tags(hashes: Sequence[int], kinds: Sequence[int]) -> set[int]:
    """Return what tags keep of hashes that do not give all pairs: a passage may begin behind them."""
    return {before(hash_) for hash_, kind in zip(hashes, kinds, strict=True) if kind != SMALL}


def join(
    hashes: Sequence[int],
    pages: Sequence[int],
    positions: Sequence[int],
    tags: Sequence[int],
    kinds: Sequence[int],
    weights: Sequence[int],
    frequent: Collection[int],
) -> Hits:
    """Return the hits ``(page a, page b, word in a, word in b)``, ``a < b``, sorted.

    The inputs ``(n_fingerprints,)`` are in order of position, as ``winnow`` gives them; ``kinds`` as of ``survey``. A
    hit says that the shingles at both words are equal.
    """
    groups: dict[int, dict[int, list[tuple[int, int]]]] = {}
    kind_of: dict[int, int] = {}
    for hash_, page, position, tag, kind in zip(hashes, pages, positions, tags, kinds, strict=True):
        found = groups.setdefault(hash_, {}).setdefault(page, [])
        kind_of[hash_] = kind
        if len(found) < PER_PAGE:
            found.append((position, 0 if tag >> 3 << 3 in frequent else tag))
    hits: Hits = []
    for hash_, members in groups.items():
        if kind_of[hash_] == SMALL:
            carriers = sorted(members)
            for i, a in enumerate(carriers):
                for b in carriers[i + 1 :]:
                    hits.extend(_beginning(a, b, members, is_told=False))
        elif kind_of[hash_] == LARGE:
            representative = max(members, key=lambda page: (weights[page], -page))
            for page in members:
                if page != representative:
                    a, b = min(page, representative), max(page, representative)
                    hits.extend(_beginning(a, b, members, is_told=hash_ & SAMPLE == 0))
    return sorted(hits)


def _beginning(a: int, b: int, members: dict[int, list[tuple[int, int]]], *, is_told: bool) -> Hits:
    """Return the hits of two pages with which a passage may begin, or all of them."""
    return [
        (a, b, x, y)
        for x, tag_x in members[a]
        for y, tag_y in members[b]
        if is_told or tag_x != tag_y or tag_x == 0
    ]  # fmt: skip
