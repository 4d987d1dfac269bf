"""Forty groups of two reports read by hand: their format, and how far two readings, or Retold and a reading, agree.

    python -m bench.group_gold [--sealed | --open]

The files stand in ``tests/gate/groups``: ``index.json`` names the two reports of each group (ids of
../shared/data/stories/allsides) and the offsets of the sentences the readers were given, numbered from 1; a reading is
one tab-separated file a group (see its README). No text of a report is kept.

Everything is counted in links: a pair of one sentence of A and one of B that tell the same statement, all groups
together. A sentence that either side of a comparison calls furniture is still counted: what is not aligned for that
reason is a miss.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.group_rows import Reading, Report, Row
from bench.group_told import told_rows
from bench.read_groups import articles, is_open

FOLDER = Path(__file__).resolve().parent.parent / "tests/gate/groups"
READINGS = ("reader-1", "reader-2", "agreed")
SIDES = ("A", "B")
NO_MATTER = frozenset({"house", "trivial"})
"""Kinds that are left out where kinds are compared: readers seldom note a changed dash."""


@dataclass(frozen=True, slots=True)
class Group:
    """Two reports by side, and their sentences as offsets, in order."""

    name: str
    reports: dict[str, Report]

    @property
    def is_open(self) -> bool:
        """Tell whether both reports may be opened by those who write rules."""
        return all(is_open(report.id) for report in self.reports.values())


def groups(folder: Path = FOLDER) -> list[Group]:
    """Return the forty groups, in order of name."""
    index = json.loads((folder / "index.json").read_text("utf-8"))
    return [
        Group(name, {side: Report(row[side], tuple(map(tuple, row["sentences"][side]))) for side in SIDES})
        for name, row in sorted(index.items())
    ]


def reading(name: str, group: str, folder: Path = FOLDER) -> Reading:
    """Return a reading (``reader-1``, ``reader-2`` or ``agreed``) of a group."""
    rows: list[Row] = []
    relation, derivation, breakages = "", {}, set()
    with (folder / name / f"{group}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[0] == "align":
                kinds = frozenset(kind for kind in row[5].split(",") if kind not in ("", "-"))
                rows.append(Row(numbers(row[1]), numbers(row[2]), row[3], row[4] == "yes", kinds))
            elif row[0] == "stemma":
                relation = row[1]
                derivation = dict(part.split(":", 1) for part in row[3:] if ":" in part)
            elif row[0] == "breakage":
                breakages.update((row[1], number, row[4]) for number in numbers(row[2]))
    return Reading(tuple(rows), relation, derivation, frozenset(breakages))


def numbers(words: str) -> tuple[int, ...]:
    """Return the sentence numbers that a cell lists.

    >>> numbers("3,7-9")
    (3, 7, 8, 9)
    """
    found: list[int] = []
    for part in filter(None, words.split(",")):
        first, _, last = part.strip().partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


@dataclass(slots=True)
class Counts:
    """What a comparison counts; ``gold`` is the side that is taken as right."""

    gold: int = 0
    found: int = 0
    both: int = 0
    same: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        """F1 over links."""
        return 2 * self.both / max(1, self.gold + self.found)

    def share(self, name: str) -> float:
        """Return the share of what was asked under a name that was the same."""
        return self.same[name] / max(1, self.asked[name])


def compare(pairs: Iterable[tuple[Reading, Reading]]) -> Counts:
    """Compare readings, gold first: links; and on links of both the change, whether it moved, the kinds that matter.

    Relations are compared where both readings have one; breakages as sets of side, sentence and kind, changed values
    by the kinds of edits.
    """
    counts = Counts()
    for gold, found in pairs:
        links, given = gold.links, found.links
        shared = sorted(links.keys() & given.keys())
        counts.gold += len(links)
        counts.found += len(given)
        counts.both += len(shared)
        for link in shared:
            one, other = links[link], given[link]
            counts.changes[one.change, other.change] += 1
            is_change, is_kinds = one.change == other.change, one.kinds - NO_MATTER == other.kinds - NO_MATTER
            _ask(counts, "change", is_change)
            _ask(counts, "moved", one.moved == other.moved)
            _ask(counts, "kinds", is_kinds)
            _ask(counts, "change and kinds", is_change and is_kinds)
        if gold.relation and found.relation:
            _ask(counts, "relation", gold.relation.partition(":")[0] == found.relation.partition(":")[0])
        for side in gold.derivation.keys() & found.derivation.keys():
            _ask(counts, "derivation", gold.derivation[side] == found.derivation[side])
        _count_breakages(counts, gold, found)
    return counts


VALUES = {"changed quote": "quote", "changed number": "number", "changed date": "date"}
"""Breakages that the readers wrote down as kinds of an edit, not as breakages."""


def _count_breakages(counts: Counts, gold: Reading, found: Reading) -> None:
    """Count what cuts and edits broke; changed values apart, against the kinds of the rows that hold their sentence."""
    made, told = ({row for row in side.breakages if row[2] not in VALUES} for side in (gold, found))
    counts.same["breakages"] += len(made & told)
    counts.asked["breakages made"] += len(made)
    counts.asked["breakages told"] += len(told)
    for side, number, kind in found.breakages - told:
        rows = [row for row in gold.rows if number in (row.a if side == "A" else row.b)]
        _ask(counts, "changed values", any(VALUES[kind] in row.kinds for row in rows))


def _ask(counts: Counts, name: str, is_same: bool) -> None:
    counts.asked[name] += 1
    counts.same[name] += is_same


def told(group: Group, known: Mapping[str, Mapping[str, object]]) -> Reading:
    """Return a group as Retold tells it, its places mapped to the numbered sentences."""
    return told_rows(group.reports, known)


def show(title: str, counts: Counts) -> None:
    """Print the figures of a comparison."""
    precision, recall = counts.both / max(1, counts.found), counts.both / max(1, counts.gold)
    print(f"{title}: links F1 {counts.f1:.3f} (precision {precision:.3f} recall {recall:.3f}; {counts.gold} links)")
    for name in ("change", "kinds", "change and kinds", "moved", "relation", "derivation"):
        if counts.asked[name]:
            print(f"  {name:18} the same {counts.share(name):.3f} of {counts.asked[name]}")
    made, given, right = counts.asked["breakages made"], counts.asked["breakages told"], counts.same["breakages"]
    print(f"  breakages          made {made}, told {given}, the same {right}")
    if counts.asked["changed values"]:
        n, same = counts.asked["changed values"], counts.same["changed values"]
        print(f"  changed values     told {n}, the other names the same kind of edit there {same}")


def chosen(sealed: bool | None) -> Iterator[Group]:
    """Yield all groups, or those with a sealed report, or those that may be opened."""
    return (group for group in groups() if sealed is None or group.is_open != sealed)


def both(one: str, other: str, among: Sequence[Group]) -> list[tuple[Reading, Reading]]:
    """Return two readings of each group."""
    return [(reading(one, group.name), reading(other, group.name)) for group in among]


def main() -> None:
    """Print how far the two readers agree, and how far Retold agrees with what they agreed on."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--sealed", action="store_const", const=True, dest="sealed", help="groups never opened")
    which.add_argument("--open", action="store_const", const=False, dest="sealed", help="groups that may be opened")
    parser.add_argument("--by-group", action="store_true", help="also a line a group (open groups only)")
    asked = parser.parse_args()
    among = list(chosen(asked.sealed))
    show("the two readers", compare(both("reader-1", "reader-2", among)))
    known = articles()
    given = {group.name: told(group, known) for group in among}
    show("Retold", compare((reading("agreed", group.name), given[group.name]) for group in among))
    if asked.by_group:
        for group in filter(lambda group: group.is_open, among):
            show(group.name, compare([(reading("agreed", group.name), given[group.name])]))


if __name__ == "__main__":
    main()
