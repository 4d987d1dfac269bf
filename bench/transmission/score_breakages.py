"""Scores of the breakages: what a cut or an edit broke, told and true.

Recall counts what the simulator broke on purpose. Precision also judges what is told of the article's own words, by
what the report lacks of the original around them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict

from bench.transmission.lines import Token
from bench.transmission.rows import Printed
from bench.transmission.tree import ORIGINAL, Transmission
from bench.transmission.truth import leaning
from retold.engine.memory import MemoryTables
from retold.model.story import Breakage
from retold.tables import table as t
from retold.text.spans import Span

CHANGED = {"changed number": "number", "changed date": "date", "changed quote": "quote"}
LOST = {"lost hedge": "hedge", "lost attribution": "attribution"}


def count_breakages(made: Transmission, tables: MemoryTables, printed: dict[str, Printed]) -> Counter[str]:
    """Count by kind what is true, what is told, what of the told is right and what of the true is found."""
    by_page = {p.page: p for p in printed.values()}
    rows = tables.rows(t.BREAKAGES)
    counts: Counter[str] = Counter()
    for row in rows:
        counts[f"{row.kind}: told"] += 1
        counts[f"{row.kind}: told right"] += is_right(made, row, by_page)  # type: ignore[arg-type]
    for kind, items in _true_items(made, printed).items():
        for item in items:
            counts[f"{kind}: true"] += 1
            counts[f"{kind}: found"] += any(_finds(row, kind, item, by_page) for row in rows)  # type: ignore[arg-type]
    return counts


Item = tuple[str, frozenset[int]]
"""A report's name ("" any), and the roots of the words that are broken there."""


def _true_items(made: Transmission, printed: dict[str, Printed]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for name, items in leaning(made).items():
        for kind, roots in items:
            found[kind].append((name, roots))
    tokens: dict[int, dict[str, Token]] = defaultdict(dict)
    for name, p in printed.items():
        for line in p.node.lines:
            for token in line.tokens:
                tokens[token.root][name] = token
    for root, by_name in tokens.items():
        kinds = {made.edits.kinds[edit] for token in by_name.values() for edit in token.edits}
        texts = {token.text for token in by_name.values()}
        for kind, edited in CHANGED.items():
            if len(texts) > 1 and edited in kinds and not (made.correction and root == made.correction.root):
                found[kind].append(("", frozenset({root})))
    for name, p in printed.items():
        for line in p.node.lines:
            for kind, edited in LOST.items():
                lost = {r for r, (edit, _) in line.gone.items() if made.edits.kinds[edit] == edited and r in tokens}
                if lost:
                    found[kind].append((name, frozenset(line.roots)))
    found["missed correction"] = [(name, frozenset({root})) for name, root in _uncorrected(made, printed)]
    return found


def _uncorrected(made: Transmission, printed: dict[str, Printed]) -> list[tuple[str, int]]:
    correction = made.correction
    noted = [p.node.shown for p in printed.values() if p.node.note and p.node.shown is not None]
    if correction is None or not noted:
        return []
    return [
        (name, correction.root)
        for name, p in printed.items()
        if p.node.shown is not None and p.node.shown > min(noted) and p.node.note is None
        for line in p.node.lines
        for token in line.tokens
        if token.root == correction.root and token.text == correction.old
    ]


def _finds(row: Breakage, kind: str, item: Item, by_page: dict[str, Printed]) -> bool:
    name, roots = item
    if row.kind != kind:
        return False
    mine = by_page[row.page]
    places = [(mine, row.span)]
    if not name and row.elsewhere is not None:
        places.append((by_page[row.elsewhere.page], row.elsewhere.span))
    return any((not name or p.node.name == name) and any(r in roots for r in _roots_at(p, span)) for p, span in places)


def _roots_at(p: Printed, span: Span) -> list[int]:
    return [root for root, where in p.words().items() if where.overlaps(span)]


def is_right(made: Transmission, row: Breakage, by_page: dict[str, Printed]) -> bool:
    """Tell whether a breakage that is told is one."""
    mine = by_page[row.page]
    if row.kind in CHANGED or row.kind == "missed correction":
        other = row.elsewhere and by_page[row.elsewhere.page]
        here = _tokens(mine)
        there = _tokens(other) if other else {}
        is_other = any(here[r].text != there[r].text for r in _roots_at(mine, row.span) if r in there)
        wanted = made.correction
        if row.kind == "missed correction":
            return wanted is not None and wanted.root in _roots_at(mine, row.span)
        return is_other
    if row.kind in LOST:
        return _is_lost(made, row, mine, by_page)
    return _is_orphan(made, row, mine)


def _tokens(p: Printed) -> dict[int, Token]:
    return {token.root: token for line in p.node.lines for token in line.tokens}


def _is_lost(made: Transmission, row: Breakage, mine: Printed, by_page: dict[str, Printed]) -> bool:
    """Tell whether the words that the other report has are missing here by an edit of that kind on either side."""
    if row.elsewhere is None:
        return False
    other = by_page[row.elsewhere.page]
    lost = set(_roots_at(other, row.elsewhere.span)) - _tokens(mine).keys()
    gone = {r: edit for line in mine.node.lines for r, (edit, _) in line.gone.items()}
    theirs = _tokens(other)
    return any(
        made.edits.kinds[edit] == LOST[row.kind]
        for r in lost
        for edit in ((gone[r],) if r in gone else theirs[r].edits[:1])
    ) or any(r in theirs and len(theirs[r].edits) > 0 for r in lost)


def _is_orphan(made: Transmission, row: Breakage, mine: Printed) -> bool:
    """Tell whether the word lost what it leans on: planted, or by what the report lacks of the lines before it."""
    roots = set(_roots_at(mine, row.span))
    inside = {root for line in mine.node.lines for root in line.roots}
    for item in made.planted:
        if roots & item.roots:
            return not item.leans_on & inside
    i = bisect_right([span.start for span in mine.lines], row.span.start) - 1
    if row.kind == "orphaned name":
        before = mine.text[: row.span.start]
        return re.search(rf"[A-Z]\w*\.? {re.escape(row.word)}\b", before) is None
    original = made.nodes[ORIGINAL].lines
    k = next((k for k, line in enumerate(original) if line.roots & mine.node.lines[i].roots), None)
    if not k:
        return True
    before_it = mine.node.lines[i - 1].roots if i else frozenset()
    return not original[k - 1].roots & before_it
