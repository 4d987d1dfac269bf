"""The whole collation of one pair of witnesses: aligned groups, cut and added units in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retold.model.story import Change, Edit, EditKind
from retold.stages.collation.describe import Known, tell
from retold.stages.collation.likeness import Weights, weigh
from retold.stages.collation.pairs import Group, pair
from retold.stages.collation.tokens import Side, read_side


@dataclass(frozen=True, slots=True)
class Aligned:
    """Units of a and of b, as indices, and what became of them; ``a`` is empty for added, ``b`` for cut."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    change: Change
    moved: bool = False
    kinds: tuple[EditKind, ...] = ()
    edits: tuple[Edit, ...] = ()


def align(a: Sequence[str], b: Sequence[str]) -> list[Aligned]:
    """Return what became of the sentences of a in b: every sentence of either in exactly one row.

    Pure; ``a`` is the earlier report. Sentences must hold more than white space, or have no row. The spans of edits
    are code points of the sentences joined by line ends. Rows stand in the order of a; what b
    adds follows what stands before it in b. Cost: near linear in sentences, by an index of telling words.

    >>> rows = align(["Dams held.", "Yusef Ariri left for Kell."], ["Youssef Ariri left for Kell.", "Rain is due."])
    >>> [(row.a, row.b, str(row.change)) for row in rows]
    [((0,), (), 'cut'), ((1,), (0,), 'edited'), ((), (1,), 'added')]
    """
    sides = _side_of(a), _side_of(b)
    return collate(*sides, pair(*sides, weigh(sides)))


def _side_of(sentences: Sequence[str]) -> Side:
    lines = [sentence.replace("\n", " ") for sentence in sentences]
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return read_side("\n".join(lines), spans)


def pair_of(a: Side, b: Side, weights: Weights) -> list[Aligned]:
    """Return the collation of two witnesses."""
    return collate(a, b, pair(a, b, weights))


def collate(a: Side, b: Side, groups: Sequence[Group], known: Known | None = None) -> list[Aligned]:
    """Return the rows of a collation: the groups told, and every other unit cut or added."""
    in_a = {i: group for group in groups for i in group.a}
    in_b = {j for group in groups for j in group.b}
    added = _added_after(len(b.units), in_b)
    rows = [Aligned((), (j,), Change.ADDED) for j in added.get(-1, ())]
    for i in range(len(a.units)):
        group = in_a.get(i)
        if group is None:
            rows.append(Aligned((i,), (), Change.CUT))
        elif i == group.a[0]:
            told = tell(a, b, group, known)
            rows.append(Aligned(group.a, group.b, told.change, group.moved, told.kinds, told.edits))
            rows += [Aligned((), (j,), Change.ADDED) for k in group.b for j in added.get(k, ())]
    return rows


def _added_after(n_units: int, taken: set[int]) -> dict[int, list[int]]:
    """Return the units in no group by the aligned unit before them (-1: none)."""
    after: dict[int, list[int]] = {}
    last = -1
    for j in range(n_units):
        if j in taken:
            last = j
        else:
            after.setdefault(last, []).append(j)
    return after
