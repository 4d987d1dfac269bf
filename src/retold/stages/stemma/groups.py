"""Which reports hang together by copying, and which take text from two such groups.

Owns derivation groups: reports connected by real copying, cut apart at the reports that hold text of both sides
(contamination). Who stands at a group's head is ``sources``'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retold.model.page import PageId
from retold.stages.stemma.clock import is_before
from retold.stages.stemma.pairs import Pairs, pair_of
from retold.stages.stemma.witnesses import Witness

Neighbours = Mapping[PageId, frozenset[PageId]]


@dataclass(frozen=True, slots=True)
class Group:
    """Reports connected by copying, in order of publication.

    ``guests`` hold text of this group too, but more of another's, to which they belong.
    """

    members: tuple[PageId, ...]
    guests: tuple[PageId, ...] = ()


def groups_of(witnesses: Mapping[PageId, Witness], pairs: Pairs) -> tuple[Group, ...]:
    """Return the groups in order of their first report; a report that shares nothing is a group of its own."""
    neighbours = pairs.found.copying()
    found: list[Group] = []
    for component in _components(witnesses, neighbours):
        found += _cut_apart(component, witnesses, neighbours, pairs)
    order = {page: i for i, page in enumerate(witnesses)}
    return tuple(sorted(found, key=lambda group: order[group.members[0]]))


def _components(pages: Iterable[PageId], neighbours: Neighbours) -> list[tuple[PageId, ...]]:
    """Return the connected parts of these pages, each in the order of ``pages``."""
    order = {page: i for i, page in enumerate(pages)}
    seen: set[PageId] = set()
    parts: list[tuple[PageId, ...]] = []
    for page in order:
        if page in seen:
            continue
        seen.add(page)
        part, todo = [page], [page]
        while todo:
            for other in sorted(neighbours[todo.pop()] & order.keys() - seen):
                seen.add(other)
                part.append(other)
                todo.append(other)
        parts.append(tuple(sorted(part, key=order.__getitem__)))
    return parts


def _cut_apart(
    component: tuple[PageId, ...], witnesses: Mapping[PageId, Witness], neighbours: Neighbours, pairs: Pairs
) -> list[Group]:
    for page in component if len(component) > SMALLEST_WITH_LENDER else ():
        others = tuple(other for other in component if other != page)
        if _is_lender(page, others, witnesses, neighbours, pairs):
            pieces = _components(others, {other: neighbours[other] - {page} for other in others})
            apart = [group for piece in pieces for group in _cut_apart(piece, witnesses, neighbours, pairs)]
            return [*apart, Group((page,), tuple(other for other in others if other in neighbours[page]))]
    bridges = _joining_strangers(component, neighbours)
    rest = [page for page in component if page not in bridges]
    if not bridges or not rest:
        return [Group(component)]
    parts = [part for part in _components(rest, neighbours) if _is_source(part, bridges, witnesses)]
    if len(parts) < 2 or _credit_one_agency(parts, witnesses):
        return [Group(component)]
    homes: dict[PageId, list[int]] = {}
    for page in component:
        if not any(page in part for part in parts):
            homes[page] = _by_common_words(page, parts, pairs)
    members = [[*part] for part in parts]
    guests: list[list[PageId]] = [[] for _ in parts]
    for page, ranked in homes.items():
        members[ranked[0]].append(page)
        for second in ranked[1:]:
            guests[second].append(page)
    order = {page: i for i, page in enumerate(component)}
    return [
        Group(tuple(sorted(inside, key=order.__getitem__)), tuple(outside))
        for inside, outside in zip(members, guests, strict=True)
    ]


SMALLEST_WITH_LENDER = 2
LENT = 0.5
"""A report that lends a part of its text to carriers of another has at most this share of it in them, and they of
theirs in it."""


def _is_lender(
    page: PageId, rest: tuple[PageId, ...], witnesses: Mapping[PageId, Witness], neighbours: Neighbours, pairs: Pairs
) -> bool:
    """Tell whether a report is a source of its own, from which some carriers of another text took a passage.

    It credits no agency, shares text with some of the others only, and each of those has more in common with others;
    it did not come out after all of them.
    """
    takers = [other for other in rest if other in neighbours[page]]
    if witnesses[page].agencies or not takers or (len(takers) == len(rest) > 1 and len(rest) > 2):
        return False
    if all(is_before(witnesses[taker].clock, witnesses[page].clock) for taker in takers):
        return False
    inside = frozenset(rest)
    for taker in takers:
        lent = pair_of(pairs, page, taker)
        if lent is None or max(lent.share_a, lent.share_b) > LENT:
            return False
        if next((words for words, other in pairs.found.most_words(taker) if other in inside), 0) <= lent.words:
            return False
    return True


def _joining_strangers(component: tuple[PageId, ...], neighbours: Neighbours) -> list[PageId]:
    """Return the reports that share text with two which share none with each other."""
    bit = {page: 1 << i for i, page in enumerate(sorted({p for page in component for p in neighbours[page]}))}
    # a neighbour's own neighbours may lie beyond a piece that was cut out: those decide nothing
    near = {page: sum(bit.get(other, 0) for other in neighbours[page]) for page in bit.keys() | set(component)}
    return [
        page
        for page in component
        if any((near[other] & near[page]).bit_count() < near[page].bit_count() - 1 for other in neighbours[page])
    ]


def _is_source(part: tuple[PageId, ...], bridges: list[PageId], witnesses: Mapping[PageId, Witness]) -> bool:
    """Tell whether a part can be where the reports between parts took text from."""
    if len(part) > 1:
        return True
    alone = witnesses[part[0]]
    if alone.own or alone.gives_itself_as_agency_copy:
        return True
    return all(is_before(alone.clock, witnesses[bridge].clock) for bridge in bridges)


def _credit_one_agency(parts: list[tuple[PageId, ...]], witnesses: Mapping[PageId, Witness]) -> bool:
    """Tell whether the parts only hold different stretches of one agency's copy."""
    named = [frozenset(name for page in part for name in witnesses[page].agencies) for part in parts]
    return bool(frozenset.intersection(*named))


def _by_common_words(page: PageId, parts: list[tuple[PageId, ...]], pairs: Pairs) -> list[int]:
    """Return the parts that the report copies with, most common words first; the first part where none."""
    words = []
    for i, part in enumerate(parts):
        found = [pair for other in part if (pair := pair_of(pairs, page, other)) and pair.is_copying]
        if found:
            words.append((-max(pair.words for pair in found), i))
    return [i for _, i in sorted(words)] or [0]
