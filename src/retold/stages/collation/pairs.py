"""Which units of one report answer which of another: assignment, split and merged units, the main order.

Works on two ``Side``s and gives index groups; spans, edits and kinds are put on in ``describe.py``. The answer
does not depend on which side is called a: the pair is worked in a canonical order and turned back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from rapidfuzz.distance import LCSseq

from retold.stages.collation.assignment import heaviest_matching, main_order
from retold.stages.collation.counterparts import counterparts
from retold.stages.collation.likeness import (
    Weights,
    candidates,
    is_edited,
    is_same_in_place,
    is_same_statement,
)
from retold.stages.collation.tokens import Side, Unit, Wording


@dataclass(frozen=True, slots=True)
class Group:
    """Units of a that answer units of b, as indices; one side may have several, adjacent ones.

    ``same`` counts words equal in the same order; ``is_kept`` that all keys are equal; ``is_edited`` that most are.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    same: int
    is_kept: bool
    is_edited: bool
    moved: bool = False

    def turned(self) -> Group:
        """Return the group with a and b exchanged."""
        return replace(self, a=self.b, b=self.a)


def pair(a: Side, b: Side, weights: Weights) -> list[Group]:
    """Return the groups of units that say the same, in order of a; units in no group are cut or added."""
    if _order_key(b) < _order_key(a):
        return sorted((group.turned() for group in pair(b, a, weights)), key=lambda g: g.a)
    exact = _equal_units(a, b)
    groups = [_one_to_one(a, b, i, j, weights) for i, j in exact]
    groups += _alike_units(a, b, exact, weights)
    groups += _between_anchors(a, b, groups, weights)
    groups = _extend(a, b, groups, weights)
    linked = [link for group in groups for link in product(group.a, group.b)]
    groups += [_one_to_one(a, b, i, j, weights) for i, j in counterparts(a, b, linked, weights)]
    groups.sort(key=lambda g: g.a)
    stays = main_order([(group.b[0], group.same) for group in groups])
    return [replace(group, moved=i not in stays) for i, group in enumerate(groups)]


def _order_key(side: Side) -> tuple[int, tuple[tuple[str, ...], ...]]:
    return len(side.units), tuple(unit.keys for unit in side.units)


def _equal_units(a: Side, b: Side) -> list[tuple[int, int]]:
    """Pair units with equal keys: first those in a common order, then the n-th left copy with the n-th."""
    keys_a, keys_b = [unit.keys for unit in a.units], [unit.keys for unit in b.units]
    found: list[tuple[int, int]] = []
    for op in LCSseq.opcodes(keys_a, keys_b):
        if op.tag == "equal":
            found += zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)
    taken_a, taken_b = {i for i, _ in found}, {j for _, j in found}
    left: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, key in enumerate(keys_b):
        if j not in taken_b:
            left[key].append(j)
    for i, key in enumerate(keys_a):
        if i not in taken_a and left.get(key):
            found.append((i, left[key].pop(0)))
    return sorted(found)


NEIGHBOUR = 0.02
"""A pair counts so much more beside a pair of equal units: a report may print the same words twice."""


def _alike_units(a: Side, b: Side, exact: Sequence[tuple[int, int]], weights: Weights) -> list[Group]:
    """Pair the units left over by the heaviest assignment among those that are the same statement."""
    taken_a, taken_b = {i for i, _ in exact}, {j for _, j in exact}
    anchors = set(exact)
    scored: dict[tuple[int, int], float] = {}
    for i, j in candidates(a, b, weights, taken_a):
        if j in taken_b:
            continue
        like = weights.likeness(a.units[i], b.units[j])
        if is_same_statement(like):
            drift = abs(i / len(a.units) - j / len(b.units))
            beside = NEIGHBOUR * ((i - 1, j - 1) in anchors or (i + 1, j + 1) in anchors)
            scored[i, j] = like.score + beside - 1e-3 * drift  # among equals, the one that stands alike
    return [_one_to_one(a, b, i, j, weights) for i, j in heaviest_matching(scored)]


GAP = 4
"""Between two anchors at most so many units of either side are looked at."""


def _between_anchors(a: Side, b: Side, groups: list[Group], weights: Weights) -> list[Group]:
    """Pair units left over between neighbours that are surely aligned, by the lower border their place allows."""
    anchors = sorted((g for g in groups if g.is_kept or g.is_edited), key=lambda g: g.a)
    stays = main_order([(group.b[0], group.same) for group in anchors])
    taken_a, taken_b = {i for g in groups for i in g.a}, {j for g in groups for j in g.b}
    places = [(anchors[i].a[0], anchors[i].b[0]) for i in sorted(stays)]
    scored: dict[tuple[int, int], float] = {}
    for (i1, j1), (i2, j2) in pairwise(places):
        free_a = [i for i in range(i1 + 1, i2) if i not in taken_a]
        free_b = [j for j in range(j1 + 1, j2) if j not in taken_b]
        if len(free_a) <= GAP and len(free_b) <= GAP:
            for i, j in product(free_a, free_b):
                like = weights.likeness(a.units[i], b.units[j])
                if is_same_in_place(like):
                    scored[i, j] = like.score
    return [_one_to_one(a, b, i, j, weights) for i, j in heaviest_matching(scored)]


def _one_to_one(a: Side, b: Side, i: int, j: int, weights: Weights) -> Group:
    return _group(a, b, (i,), (j,), weights)


def _group(a: Side, b: Side, group_a: tuple[int, ...], group_b: tuple[int, ...], weights: Weights) -> Group:
    one, other = joined([a.units[i] for i in group_a]), joined([b.units[j] for j in group_b])
    if one.keys == other.keys:
        return Group(group_a, group_b, len(one.keys), True, False)
    like = weights.likeness(one, other)
    same = round(like.same * (len(one.folds) + len(other.folds)) / 2)
    return Group(group_a, group_b, same, False, is_edited(like))


def joined(units: Sequence[Unit]) -> Unit:
    """Return adjacent units read as one."""
    if len(units) == 1:
        return units[0]
    return Unit(
        units[0].span,
        tuple(token for unit in units for token in unit.tokens),
        tuple(key for unit in units for key in unit.keys),
        tuple(fold for unit in units for fold in unit.folds),
        sum((unit.counts for unit in units), Counter()),
        sum((unit.telling for unit in units), Counter()),
        frozenset[str]().union(*(unit.names for unit in units)),
        tuple(tells for unit in units for tells in unit.tells),
        _joined_wording([unit.wording for unit in units]),
    )


def _joined_wording(wordings: Sequence[Wording]) -> Wording:
    """Return a wording that no single unit has: a line end stands between the parts."""
    quoted: list[tuple[int, int]] = []
    at = 0
    for characters, stretches in wordings:
        quoted += [(at + start, at + end) for start, end in stretches]
        at += len(characters) + 2
    return "\n\n".join(characters for characters, _ in wordings), tuple(quoted)


MAX_PARTS = 6
"""A unit is split into at most so many: a quotation with its speaker is one sentence, be it of five."""
PART_CONTAINED = 0.6
"""So much (by weight) of a further part must stand in the unit and in no part before it."""
PART_COMMON = 3
"""So many telling words at least ..."""
PART_WHOLE = 0.9
"""... or nearly all of it, be it short."""


def _extend(a: Side, b: Side, groups: list[Group], weights: Weights) -> list[Group]:
    """Let pairs take in free neighbours that hold what their partner has over: split and merged units."""
    free_a = set(range(len(a.units))) - {i for group in groups for i in group.a}
    free_b = set(range(len(b.units))) - {j for group in groups for j in group.b}
    done = []
    for group in sorted(groups, key=lambda g: g.a):
        if group.is_kept:
            done.append(group)
            continue
        wide_b = _widened(a.units[group.a[0]], b, group.b[0], free_b, weights)
        wide_a = _widened(b.units[group.b[0]], a, group.a[0], free_a, weights) if len(wide_b) == 1 else group.a
        if len(wide_a) + len(wide_b) > 2:
            free_a -= set(wide_a)
            free_b -= set(wide_b)
            group = _group(a, b, wide_a, wide_b, weights)
        done.append(group)
    return done


def _widened(whole: Unit, side: Side, at: int, free: set[int], weights: Weights) -> tuple[int, ...]:
    """Return ``at`` and its free neighbours that are parts of the whole, adjacent and in order."""
    first = last = at
    left = whole.counts - side.units[at].counts
    while last - first + 1 < MAX_PARTS:
        options = [i for i in (last + 1, first - 1) if i in free and _is_part(side.units[i], left, weights)]
        if not options:
            break
        left = left - side.units[options[0]].counts
        first, last = min(first, options[0]), max(last, options[0])
    return tuple(range(first, last + 1))


def _is_part(unit: Unit, left: Counter[str], weights: Weights) -> bool:
    common = unit.counts & left
    n_telling = (unit.telling & common).total()
    shared = weights.total(common) / weights.of_unit(unit) if unit.tokens else 0.0
    if n_telling >= PART_COMMON:
        return shared >= PART_CONTAINED
    return n_telling > 0 and shared >= PART_WHOLE
