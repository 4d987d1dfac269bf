"""Loci: the places where the witnesses of a story have readings, common to all, in one order.

Clusters units by their pair alignments, orders the clusters by merging the witnesses' orders, chooses each lemma
and tells the readings against it. Every unit of every witness stands in exactly one locus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retold.model.page import PageId
from retold.model.story import Change, Locus, Reading, StoryId
from retold.stages.collation.assignment import main_order
from retold.stages.collation.describe import Known, Told, tell
from retold.stages.collation.likeness import Weights, is_edited
from retold.stages.collation.pairs import Group, joined
from retold.stages.collation.tokens import Side

Place = tuple[int, int]
"""Witness and unit, as indices."""

Pairs = Mapping[tuple[int, int], Sequence[Group]]
"""The groups of each collated pair of witnesses."""

DERIVES_LOCI = 3
DERIVES_SHARE = 0.3
"""A witness has a place cut when it keeps so many loci of the lemma's witness, or such a share of its own units."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Units that are one place: for each witness that has it, its units in order."""

    units: Mapping[int, tuple[int, ...]]


def clusters(sides: Sequence[Side], pairs: Pairs) -> list[Cluster]:
    """Return the clusters of all units, joined along aligned groups from the surest to the least sure.

    A join that would give one witness two places that no group joins is left out.
    """
    of: dict[Place, int] = {}
    members: list[dict[int, frozenset[int]]] = []
    for w, side in enumerate(sides):
        for i in range(len(side.units)):
            of[w, i] = len(members)
            members.append({w: frozenset({i})})
    allowed = _wholes(pairs)
    for w, v, group in _surest_first(pairs):
        _join(of, members, [(w, i) for i in group.a] + [(v, j) for j in group.b], allowed)
    found = sorted((m for m in members if m), key=lambda m: min((w, min(units)) for w, units in m.items()))
    return [Cluster({w: tuple(sorted(u)) for w, u in sorted(m.items())}) for m in found]


def _wholes(pairs: Pairs) -> frozenset[tuple[int, frozenset[int]]]:
    """Return the sets of a witness's units that some group has as one side."""
    found = set()
    for (w, v), groups in pairs.items():
        for group in groups:
            found.add((w, frozenset(group.a)))
            found.add((v, frozenset(group.b)))
    return frozenset(found)


def _surest_first(pairs: Pairs) -> Iterator[tuple[int, int, Group]]:
    rows = [(w, v, group) for (w, v), groups in pairs.items() for group in groups]

    def sureness(row: tuple[int, int, Group]) -> tuple[int, int, int, int, tuple[int, ...]]:
        w, v, group = row
        rank = 0 if group.is_kept else 1 if group.is_edited else 2
        return rank, -group.same, w, v, group.a

    yield from sorted(rows, key=sureness)


def _join(
    of: dict[Place, int],
    members: list[dict[int, frozenset[int]]],
    places: Sequence[Place],
    allowed: frozenset[tuple[int, frozenset[int]]],
) -> None:
    keep, *others = sorted({of[place] for place in places}, key=lambda i: -len(members[i]))
    union: dict[int, frozenset[int]] = {}
    for i in others:
        for w, units in members[i].items():
            union[w] = union.get(w, members[keep].get(w, frozenset())) | units
    if any(len(units) > 1 and (w, units) not in allowed for w, units in union.items()):
        return
    for i in others:
        members[i] = {}
    members[keep].update(union)
    for w, units in union.items():
        for unit in units:
            of[w, unit] = keep


def _common_words(sides: Sequence[Side], cluster: Cluster, w: int, v: int) -> int:
    """Count the words two witnesses share at a place."""
    one, other = (sum((sides[x].units[i].counts for i in cluster.units[x]), Counter[str]()) for x in (w, v))
    return (one & other).total()


def ordered(found: Sequence[Cluster], sides: Sequence[Side]) -> list[Cluster]:
    """Return the clusters in reading order: the earliest witness's order, each later one's own places put in.

    A place only later witnesses have follows the place before it in the first of them; places a witness has
    elsewhere (moved) do not pull others along.
    """
    line: list[int] = []
    for w in range(len(sides)):
        mine = sorted((c.units[w][0], i) for i, c in enumerate(found) if w in c.units)
        place = {i: at for at, i in enumerate(line)}
        at = [place[i] for _, i in mine if i in place]
        stays = frozenset(range(len(at)))
        if not _is_rising(at):
            words = [_common_words(sides, found[i], min(found[i].units), w) for _, i in mine if i in place]
            stays = main_order(list(zip(at, words, strict=True)))
        line = _merged(line, _anchored([i for _, i in mine], place, stays))
    return [found[i] for i in line]


def _is_rising(places: Sequence[int]) -> bool:
    """Tell whether every place stands behind the one before it: then none has moved."""
    return all(one < other for one, other in pairwise(places))


def _anchored(mine: Sequence[int], place: Mapping[int, int], stays: frozenset[int]) -> dict[int, list[int]]:
    """Return the new places of a witness by the place in line they follow (-1: the start)."""
    after: dict[int, list[int]] = defaultdict(list)
    anchor: int | None = None
    leading: list[int] = []
    n_known = -1
    for i in mine:
        if i in place:
            n_known += 1
            if n_known in stays:
                if anchor is None:
                    after[place[i] - 1].extend(leading)
                anchor = place[i]
        elif anchor is None:
            leading.append(i)
        else:
            after[anchor].append(i)
    if anchor is None:
        after[len(place) - 1].extend(leading)
    return after


def _merged(line: Sequence[int], after: Mapping[int, Sequence[int]]) -> list[int]:
    merged = list(after.get(-1, ()))
    for at, i in enumerate(line):
        merged.append(i)
        merged.extend(after.get(at, ()))
    return merged


def loci_of(
    story: StoryId, pages: Sequence[PageId], sides: Sequence[Side], pairs: Pairs, weights: Weights, known: Known
) -> list[Locus]:
    """Return the loci of a story with their readings, in reading order."""
    line = ordered(clusters(sides, pairs), sides)
    lemmas = [_lemma(cluster, sides) for cluster in line]
    deriving = _deriving(line, lemmas, sides)
    moved = _moved(line, lemmas, sides)
    cut = [Reading(page, (), Change.CUT, False) for page in pages]
    found = []
    for i, (cluster, lemma) in enumerate(zip(line, lemmas, strict=True)):
        readings = []
        for w in sorted(cluster.units.keys() | deriving[lemma]):
            if w in cluster.units:
                told = _told(sides, cluster, lemma, w, weights, known)
                spans = tuple(sides[w].units[k].span for k in cluster.units[w])
                readings.append(Reading(pages[w], spans, told.change, (i, w) in moved, told.kinds))
            else:
                readings.append(cut[w])
        found.append(Locus(story, i, pages[lemma], tuple(readings)))
    return found


def _keys(side: Side, units: Sequence[int]) -> tuple[str, ...]:
    return joined([side.units[i] for i in units]).keys


def _lemma(cluster: Cluster, sides: Sequence[Side]) -> int:
    """Return the witness whose words most witnesses share; ties go to the earliest."""
    support = Counter(_keys(sides[w], units) for w, units in cluster.units.items())
    return min(cluster.units, key=lambda w: (-support[_keys(sides[w], cluster.units[w])], w))


def _deriving(line: Sequence[Cluster], lemmas: Sequence[int], sides: Sequence[Side]) -> dict[int, frozenset[int]]:
    """Return for each lemma's witness the witnesses that have its text, and so have cut what they lack of it."""
    has: list[set[int]] = [set() for _ in sides]
    for i, cluster in enumerate(line):
        for w in cluster.units:
            has[w].add(i)
    return {lemma: frozenset(w for w in range(len(sides)) if _derives(w, lemma, has, sides)) for lemma in set(lemmas)}


def _derives(w: int, lemma: int, has: Sequence[set[int]], sides: Sequence[Side]) -> bool:
    n = len(has[w] & has[lemma])
    return n >= DERIVES_LOCI or (n > 0 and n >= DERIVES_SHARE * len(sides[w].units))


def _moved(line: Sequence[Cluster], lemmas: Sequence[int], sides: Sequence[Side]) -> set[Place]:
    """Return the loci (with the witness) that a witness has in another order than the loci's lemmas."""
    found: set[Place] = set()
    for w in range(len(sides)):
        mine = sorted((c.units[w][0], i) for i, c in enumerate(line) if w in c.units)
        for lemma in sorted({lemmas[i] for _, i in mine} - {w}):
            both = [(line[i].units[lemma][0], i) for _, i in mine if lemma in line[i].units]
            if _is_rising([place for place, _ in both]):
                continue
            stays = main_order([(place, _common_words(sides, line[i], w, lemma)) for place, i in both])
            found |= {(i, w) for n, (_, i) in enumerate(both) if n not in stays and lemmas[i] == lemma}
    return found


def _told(sides: Sequence[Side], cluster: Cluster, lemma: int, w: int, weights: Weights, known: Known) -> Told:
    """Return what became of the lemma at a place in one witness."""
    if w == lemma:
        return Told(Change.KEPT, ())
    units = cluster.units[w]
    one = joined([sides[lemma].units[i] for i in cluster.units[lemma]])
    other = joined([sides[w].units[i] for i in units])
    is_kept = one.keys == other.keys
    group = Group(cluster.units[lemma], units, 0, is_kept, is_kept or is_edited(weights.likeness(one, other)))
    return tell(sides[lemma], sides[w], group, known)
