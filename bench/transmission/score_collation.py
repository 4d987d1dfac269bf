"""Scores of the collation: links between sentences, what became of each statement, the kinds of its edits."""

from __future__ import annotations

from collections import Counter, defaultdict

from bench.transmission.rows import Printed
from bench.transmission.tree import Transmission
from bench.transmission.truth import statements
from retold.engine.memory import MemoryTables
from retold.model.story import Alignment
from retold.tables import table as t


def count_collation(made: Transmission, tables: MemoryTables, printed: dict[str, Printed]) -> Counter[str]:
    """Count links, changes and kinds over the pairs of reports that were collated.

    A link joins two lines that are one statement, wholly or in part. A statement's change is right when exactly its
    lines are aligned and the change is a true one; kinds, told where one line answers one, are right as a set.
    """
    by_page = {p.page: p for p in printed.values()}
    rows: dict[tuple[str, str], list[Alignment]] = defaultdict(list)
    for row in tables.rows(t.ALIGNMENTS):
        rows[row.a, row.b].append(row)
    counts: Counter[str] = Counter()
    for (a, b), found in rows.items():
        counts += _count_pair(made, by_page[a], by_page[b], found)  # type: ignore[index]
    return counts


def _count_pair(made: Transmission, a: Printed, b: Printed, rows: list[Alignment]) -> Counter[str]:
    counts: Counter[str] = Counter()
    at_a, at_b = ({span.start: i for i, span in enumerate(side.lines)} for side in (a, b))
    given = {
        (tuple(at_a[unit.start] for unit in row.a_units), tuple(at_b[unit.start] for unit in row.b_units)): row
        for row in rows
    }
    true = statements(a.node.lines, b.node.lines, made)
    true_links = {(i, j) for s in true for i in s.a for j in s.b}
    found_links = {(i, j) for left, right in given for i in left for j in right}
    counts["links right"] += len(true_links & found_links)
    counts["links both"] += len(true_links) + len(found_links)
    for statement in true:
        row = given.get((statement.a, statement.b))
        name = min(statement.changes)
        is_right = row is not None and str(row.change) in statement.changes
        counts["changes"] += 1
        counts[f"change {name}"] += 1
        counts["changes right"] += is_right
        counts[f"change {name} right"] += is_right
        if statement.kinds and row is not None:
            shown = {str(kind) for kind in row.kinds} - statement.free
            counts["kinds"] += 1
            counts["kinds right"] += shown == statement.kinds - statement.free
            for kind in statement.kinds | shown:
                counts[f"kind {kind}"] += kind in statement.kinds
                counts[f"kind {kind} told"] += kind in shown
                counts[f"kind {kind} right"] += kind in shown and kind in statement.kinds
    return counts
