"""A made transmission as the rows that the page stages would have written: one page a report, one unit a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.transmission.lines import Line
from bench.transmission.tree import Node, Transmission
from retold.engine.memory import MemoryTables
from retold.model.page import Characters, Page, PageFormat, PageId, page_id_of
from retold.model.report import (
    Credit,
    CreditForm,
    Dateline,
    MetaField,
    MetaValue,
    Note,
    NoteKind,
    Segment,
    SegmentKind,
    Sentence,
)
from retold.model.story import ReportDate, Story, StoryId
from retold.tables import table as t
from retold.text.spans import Span

START = datetime(2024, 3, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Printed:
    """A report of a transmission on its page: where each of its lines and words stands."""

    node: Node
    page: PageId
    text: str
    lines: tuple[Span, ...]

    def words(self) -> dict[int, Span]:
        """Return the span of each word by its root."""
        found: dict[int, Span] = {}
        for line, span in zip(self.node.lines, self.lines, strict=True):
            found |= words_at(line, span.start)
        return found


def words_at(line: Line, start: int) -> dict[int, Span]:
    """Return the span of each word of a line that is printed from ``start``."""
    found = {}
    for token in line.tokens:
        found[token.root] = Span(start, start + len(token.text))
        start += len(token.text) + 1
    return found


def tables_of(made: Transmission) -> tuple[MemoryTables, dict[str, Printed]]:
    """Return the tables of one story, and its reports by name."""
    rows: dict[str, list[object]] = {table.name: [] for table in t.ALL_TABLES}
    printed = {node.name: _print(node, made, rows) for node in made.reports}
    story = StoryId(f"{made.seed:032x}")
    order = sorted(printed.values(), key=lambda p: ("9999" if p.node.shown is None else _when(p.node.shown), p.page))
    rows["stories"] = [Story(story, story, "", None, None, tuple(p.page for p in order))]
    rows["report_dates"] = [
        ReportDate(story, p.page, _when(p.node.shown)[:10], "printed")
        if p.node.shown is not None
        else ReportDate(story, p.page, None, "inferred")
        for p in order
    ]
    tables = MemoryTables()
    for table in t.ALL_TABLES:
        tables.put(table, rows[table.name])
    return tables, printed


def _when(hour: float) -> str:
    return (START + timedelta(seconds=round(hour * 3600))).isoformat()


def _print(node: Node, made: Transmission, rows: dict[str, list[object]]) -> Printed:
    parts: list[tuple[str, SegmentKind]] = [(line.text, SegmentKind.BODY) for line in node.lines]
    if node.form == "dateline":
        parts.insert(0, (f"OSSEL, March 3 ({made.agency}) -", SegmentKind.DATELINE))
    if node.form in ("with", "line"):
        parts.append((f"{'with ' if node.form == 'with' else ''}{made.agency}", SegmentKind.CREDIT))
    if node.note:
        parts.append((node.note, SegmentKind.CORRECTION))
    text = "\n\n".join(part for part, _ in parts)
    name = f"{made.seed}-{len(made.nodes)}-{node.name}"
    page = page_id_of(name, text.encode("utf-8", "surrogatepass"))
    spans, at = [], 0
    for part, kind in parts:
        span = Span(at, at + len(part))
        spans += [span] if kind is SegmentKind.BODY else []
        rows["segments"].append(Segment(page, at, min(len(text), span.end + 2), kind))
        _mark(page, part, span, kind, made.agency, rows)
        at = span.end + 2
    rows["pages"].append(
        Page(page, f"{name}.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))
    )
    rows["meta"].append(MetaValue(page, MetaField.OUTLET, node.outlet or made.agency, "record"))
    if node.shown is not None:
        rows["meta"].append(MetaValue(page, MetaField.PUBLISHED, _when(node.shown), "record"))
    return Printed(node, page, text, tuple(spans))


def _mark(page: PageId, part: str, span: Span, kind: SegmentKind, agency: str, rows: dict[str, list[object]]) -> None:
    start = span.start + part.find(agency)
    where = Span(start, start + len(agency))
    match kind:
        case SegmentKind.BODY:
            rows["sentences"].append(Sentence(page, span.start, span.end, kind))
        case SegmentKind.DATELINE:
            rows["datelines"].append(Dateline(page, span, None, None, agency))
            rows["credits"].append(Credit(page, agency, CreditForm.DATELINE, where))
        case SegmentKind.CREDIT:
            rows["credits"].append(Credit(page, agency, CreditForm.CREDIT_LINE, where))
        case SegmentKind.CORRECTION:
            rows["notes"].append(Note(page, NoteKind.CORRECTION, span))
