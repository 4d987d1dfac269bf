"""Which pages share which fingerprints: the self-join of all fingerprints by hash. Twin of ``kernels.join``.

Owns three rules that keep the number of pairs small and lose no passage:

- A pair of pages is told only where a common passage begins: not where the fingerprints before are equal too (their
  tags are equal). ``refine`` then finds every run of equal words of the pair.
- A hash that many pages hold would give a quadratic number of pairs. Each of its pages is linked to one representative,
  the page with the most such hashes: whole copies before excerpts.
- A hash that many pages hold all the year, or that one outlet prints again and again, is a standing text: a footer, a
  sign-up line, a stock phrase. It gives no pair, and its words are masked, or it would come back at its borders.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from retold.plain.winnow import before

PER_PAGE = 4
"""Occurrences of one hash looked at in one page, from its start: a refrain says no more the tenth time."""
GROUP = 64
"""Pages with one hash up to which all pairs are told."""
REPEATED = 16
"""Pages with one hash from which on it is a standing text if one outlet prints it again and again, all the year."""
BURST_DAYS = 4
"""Days in which at least half of the pages of a wire text come out; those of a standing text do not."""
PER_OUTLET = 10
"""Pages of one outlet with a hash, on average, from which it is a standing text of these outlets."""
SAMPLE = 7
"""Inside a passage, hashes with none of these bits are told of a representative all the same: it may be another than
that of the hash before."""

SMALL, LARGE, STANDING = 0, 1, 2
"""What a hash is: all pairs are told, representatives are linked, or nothing is told."""


def survey(hashes: Sequence[int], pages: Sequence[int], days: Sequence[int], outlets: Sequence[int]) -> list[int]:
    """Return what each fingerprint's hash is: ``SMALL``, ``LARGE`` or ``STANDING``.

    ``days`` and ``outlets`` ``(n_pages,)`` are numbers, -1 where unknown.
    """
    carriers: dict[int, set[int]] = {}
    for hash_, page in zip(hashes, pages, strict=True):
        carriers.setdefault(hash_, set()).add(page)
    kinds = {}
    for hash_, members in carriers.items():
        kinds[hash_] = LARGE if len(members) > GROUP else SMALL
        if len(members) > REPEATED:
            repeats = _repeats([outlets[page] for page in members])
            lasts = _lasts([days[page] for page in members])
            if (repeats and lasts) or (len(members) > GROUP and (repeats or lasts)):
                kinds[hash_] = STANDING
    return [kinds[hash_] for hash_ in hashes]


def _repeats(outlets: Sequence[int]) -> bool:
    """Tell whether the outlets print a text again and again."""
    n_unknown = sum(outlet < 0 for outlet in outlets)
    return len(outlets) >= PER_OUTLET * (len({outlet for outlet in outlets if outlet >= 0}) + n_unknown)


def _lasts(days: Sequence[int]) -> bool:
    """Tell whether the pages lie too far apart for one text going round; unknown days count against it."""
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


def leads_of(hashes: Sequence[int], pages: Sequence[int], kinds: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Return the pages that represent a large group."""
    leads: dict[int, int] = {}
    for hash_, page, kind in zip(hashes, pages, kinds, strict=True):
        if kind == LARGE:
            leads[hash_] = max(page, leads.get(hash_, page), key=lambda one: (weights[one], -one))
    return set(leads.values())


def frequent_tags(hashes: Sequence[int], kinds: Sequence[int]) -> set[int]:
    """Return what tags keep of hashes that do not give all pairs: a passage may begin behind them."""
    return {before(hash_) for hash_, kind in zip(hashes, kinds, strict=True) if kind != SMALL}


def join(
    hashes: Sequence[int],
    pages: Sequence[int],
    tags: Sequence[int],
    kinds: Sequence[int],
    weights: Sequence[int],
    frequent: Collection[int],
) -> list[tuple[int, int]]:
    """Return the pairs of pages ``(a, b)``, ``a < b``, that may share a passage, sorted, each once.

    The inputs ``(n_fingerprints,)`` are in order of position, as ``winnow`` gives them; ``kinds`` as of ``survey``.
    """
    groups: dict[int, dict[int, list[int]]] = {}
    kind_of: dict[int, int] = {}
    for hash_, page, tag, kind in zip(hashes, pages, tags, kinds, strict=True):
        found = groups.setdefault(hash_, {}).setdefault(page, [])
        kind_of[hash_] = kind
        if len(found) < PER_PAGE:
            found.append(0 if tag >> 3 << 3 in frequent else tag)
    pairs: set[tuple[int, int]] = set()
    for hash_, members in groups.items():
        if kind_of[hash_] == SMALL:
            carriers = sorted(members)
            for i, a in enumerate(carriers):
                pairs.update((a, b) for b in carriers[i + 1 :] if _begins(members[a], members[b]))
        elif kind_of[hash_] == LARGE:
            lead = max(members, key=lambda page: (weights[page], -page))
            for page in members:
                if page != lead and (hash_ & SAMPLE == 0 or _begins(members[lead], members[page])):
                    pairs.add((min(page, lead), max(page, lead)))
    return sorted(pairs)


def _begins(tags_a: Sequence[int], tags_b: Sequence[int]) -> bool:
    """Tell whether a passage of two pages may begin at one of their fingerprints with a hash."""
    return any(one == 0 or one != other for one in tags_a for other in tags_b)
