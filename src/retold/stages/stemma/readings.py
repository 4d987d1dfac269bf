"""What stood at each place of a group's source, as far as its carriers tell.

Owns the choice of a source's reading from several: the source's own where it is a report; else the wording of most
carriers, where a carrier's description of the agency ("the news agency AFP") yields to the agency's own way of
naming itself, and the best witness breaks ties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from retold.model.page import PageId
from retold.stages.stemma.clock import is_before
from retold.stages.stemma.places import Place
from retold.stages.stemma.witnesses import Witness

WHOLE_WEIGHT = 1.5
"""Vote of a report that gives itself as nothing but the agency's copy, against 1 for any other: set by hand, so that
two such reports outvote two that edit, and one does not outvote two."""

RARE_SHARE = 0.45
"""A place that fewer than this share of the carriers around it have was added by one of them and handed on: cuts from
the middle that many make alike are rarer than that."""

ALONE = 1.3
"""What one carrier and its copies count together at most: a place that only they have is no place of the source."""

FEW_AROUND = 2.0
"""Of so many carriers around it, itself among them, one that gives itself as the agency's copy is enough."""

_DESCRIPTION = frozenset({"agency", "agencys", "newswire", "wire", "newsagency"})
_REACH = 3


def best_first(
    pages: Sequence[PageId], witnesses: Mapping[PageId, Witness], places: Sequence[Place]
) -> tuple[PageId, ...]:
    """Return the carriers, best witness of the common source first.

    Best is who gives itself as the agency's copy, then who came out first, then who has most of what several have.
    """
    inside = frozenset(pages)
    shared: Counter[PageId] = Counter()
    for place in places:
        holding = [page for page in place.variant if page in inside]
        if len(holding) > 1:
            shared.update(holding)
    return tuple(
        sorted(
            pages,
            key=lambda page: (
                not witnesses[page].gives_itself_as_agency_copy,
                any(is_before(witnesses[other].clock, witnesses[page].clock) for other in pages),
                -shared[page],
                witnesses[page].order_key,
            ),
        )
    )


def source_variants(
    places: Sequence[Place],
    carriers: Sequence[PageId],
    witnesses: Mapping[PageId, Witness],
    *,
    agency: str | None,
    whole: frozenset[PageId] = frozenset(),
    weights: Mapping[PageId, float] | None = None,
) -> dict[int, int]:
    """Return, by index of the place, the variant that an unseen source had.

    ``carriers`` come best witness first, ``weights`` say how much each counts (default: 1). A place counts when
    carriers of together more than ``ALONE`` have it in one wording or as edits of one sentence, or when it stands in
    one of the ``whole`` carriers.
    """
    found: dict[int, int] = {}
    votes = weights or dict.fromkeys(carriers, 1.0)
    rank = {page: i for i, page in enumerate(carriers)}
    trusted = {page for page in carriers if witnesses[page].gives_itself_as_agency_copy}
    for i, (place, covering) in enumerate(zip(places, _covering(places, votes), strict=True)):
        holding = sorted(place.variant.keys() & rank.keys(), key=rank.__getitem__)
        held = sum(votes[page] for page in holding)
        is_trusted = covering <= FEW_AROUND and not trusted.isdisjoint(holding)
        if RARE_SHARE * covering > held or (held < ALONE and whole.isdisjoint(holding) and not is_trusted):
            continue
        alike = [p for p in holding if any(_alike(place, p, q) for q in holding if q != p)]
        if alike:
            found[i] = _elected(place, alike, witnesses, agency, votes)
        elif here := [page for page in holding if page in whole or page in trusted]:
            found[i] = place.variant[here[0]]
    return found


def _covering(places: Sequence[Place], votes: Mapping[PageId, float]) -> Iterator[float]:
    """Give for each place the votes of the carriers that have it between their first and their last common reading."""
    reach: dict[PageId, tuple[int, int]] = {}
    for i, place in enumerate(places):
        for page in place.variant if len(place.variant) > 1 else ():
            reach[page] = (reach.get(page, (i, i))[0], i)
    change = [0.0] * (len(places) + 1)
    for page, (low, high) in reach.items():
        change[low] += votes.get(page, 0.0)
        change[high + 1] -= votes.get(page, 0.0)
    return (round(n, 6) for n in accumulate(change[:-1]))


def _alike(place: Place, p: PageId, q: PageId) -> bool:
    return place.is_alike(place.variant[p], place.variant[q])


def _elected(
    place: Place,
    holding: list[PageId],
    witnesses: Mapping[PageId, Witness],
    agency: str | None,
    weights: Mapping[PageId, float],
) -> int:
    """Return the wording of most votes; where all differ, the one nearest to all others."""
    votes: dict[int, float] = {}
    for page in holding:
        weight = WHOLE_WEIGHT if witnesses[page].gives_itself_as_agency_copy else 1.0
        votes[place.variant[page]] = votes.get(place.variant[page], 0.0) + weight * weights[page]
    rank = {place.variant[page]: -i for i, page in reversed(list(enumerate(holding)))}
    plain = {variant for variant in votes if not describes_agency(place.keys[variant], agency)} or set(votes)
    if len(plain) < FEW_WORDINGS or max(votes[variant] for variant in plain) > WHOLE_WEIGHT:
        return max(plain, key=lambda variant: (votes[variant], rank[variant]))
    return max(plain, key=lambda variant: (_nearness(place, variant, votes), rank[variant]))


FEW_WORDINGS = 3
"""From so many wordings on, none of them in two carriers, the middle one is nearest to the source."""


def _nearness(place: Place, variant: int, votes: Mapping[int, float]) -> float:
    """Return how much of the other wordings a wording has, less what it has alone."""
    n = len(place.keys[variant])
    return sum(vote * (2 * place.common_words(variant, other) - n) for other, vote in votes.items() if other != variant)


def describes_agency(key: Sequence[str], agency: str | None) -> bool:
    """Tell whether a wording explains who the agency is, as only another's house style does.

    >>> describes_agency(("told", "the", "news", "agency", "afp"), "AFP")
    True
    """
    if not agency:
        return False
    name = agency.casefold().split()[0]
    return any(
        word == name and not _DESCRIPTION.isdisjoint(key[max(0, i - _REACH) : i + _REACH]) for i, word in enumerate(key)
    )
