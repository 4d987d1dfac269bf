"""Builds the rows of a story from invented reports, as the stages before the stemma would have written them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
from retold.model.story import Change, Locus, Reading, ReportDate, Story, StoryId
from retold.tables import table as t
from retold.text.spans import Span
from retold.text.words import words_of

STORY = StoryId("5" * 32)


@dataclass
class Told:
    """An invented report: its units by place, and what stands around them."""

    units: Mapping[int, str]
    dateline: str | None = None
    agency_of_dateline: str | None = None
    credit: str | None = None
    agency_of_credit: str | None = None
    picture: str | None = None
    outlet: str | None = None
    published: str | None = None
    correction: str | None = None
    page: PageId = field(default=PageId(""))
    spans: dict[int, Span] = field(default_factory=dict)


def story(reports: Mapping[str, Told], *, order: Sequence[str] | None = None) -> tuple[MemoryTables, dict[str, PageId]]:
    """Return the tables of one story and the ids of its reports by name."""
    tables = MemoryTables()
    rows: dict[str, list[object]] = {}
    for name in order or list(reports):
        _add(name, reports[name], rows)
    pages = {name: told.page for name, told in reports.items()}
    known = sorted(reports.values(), key=lambda told: (told.published or "9999", told.page))
    rows["stories"] = [Story(STORY, STORY, "", None, None, tuple(told.page for told in known))]
    rows["loci"] = _loci(known)
    rows["report_dates"] = [
        ReportDate(STORY, told.page, told.published[:10] if told.published else None, "printed") for told in known
    ]
    for table in t.ALL_TABLES:
        tables.put(table, rows.get(table.name, ()))
    return tables, pages


def _add(name: str, told: Told, rows: dict[str, list[object]]) -> None:
    parts: list[tuple[str, SegmentKind, int | None]] = []
    if told.dateline:
        parts.append((told.dateline, SegmentKind.DATELINE, None))
    parts += [(text, SegmentKind.BODY, place) for place, text in told.units.items()]
    if told.credit:
        parts.append((told.credit, SegmentKind.CREDIT, None))
    if told.correction:
        parts.append((told.correction, SegmentKind.CORRECTION, None))
    if told.picture:
        parts.append((told.picture, SegmentKind.CAPTION, None))
    text = "\n\n".join(part for part, _, _ in parts)
    told.page = page_id_of(name, text.encode())
    told.spans = {}
    rows.setdefault("pages", []).append(
        Page(told.page, f"{name}.txt", None, PageFormat.TEXT, "utf-8", len(text), "", "1", text, Characters(0, 0, 0))
    )
    at = 0
    for part, kind, place in parts:
        span = Span(at, at + len(part))
        rows.setdefault("segments", []).append(Segment(told.page, span.start, min(len(text), span.end + 2), kind))
        if kind is SegmentKind.BODY:
            rows.setdefault("sentences", []).append(Sentence(told.page, *span, kind))
        if place is not None:
            told.spans[place] = span
        _mark(told, span, kind, part, rows)
        at = span.end + 2
    for field_, value in ((MetaField.OUTLET, told.outlet), (MetaField.PUBLISHED, told.published)):
        if value:
            rows.setdefault("meta", []).append(MetaValue(told.page, field_, value, "record"))


def _mark(told: Told, span: Span, kind: SegmentKind, part: str, rows: dict[str, list[object]]) -> None:
    if kind is SegmentKind.DATELINE and told.agency_of_dateline:
        rows.setdefault("datelines", []).append(Dateline(told.page, span, None, None, told.agency_of_dateline))
        rows.setdefault("credits", []).append(Credit(told.page, told.agency_of_dateline, CreditForm.DATELINE, span))
    if kind is SegmentKind.CREDIT and told.agency_of_credit:
        start = span.start + part.index(told.agency_of_credit)
        where = Span(start, start + len(told.agency_of_credit))
        rows.setdefault("credits", []).append(Credit(told.page, told.agency_of_credit, CreditForm.CREDIT_LINE, where))
    if kind is SegmentKind.CAPTION:
        rows.setdefault("credits", []).append(Credit(told.page, part.split()[-1], CreditForm.PICTURE, span))
    if kind is SegmentKind.CORRECTION:
        rows.setdefault("notes", []).append(Note(told.page, NoteKind.CORRECTION, span))


def _loci(known: Sequence[Told]) -> list[Locus]:
    made = []
    for i, place in enumerate(sorted({place for told in known for place in told.units})):
        having = [told for told in known if place in told.units]
        lemma = having[0]
        readings = tuple(
            Reading(told.page, (told.spans[place],), _change(lemma, told, place), False) for told in having
        )
        made.append(Locus(STORY, i, lemma.page, readings))
    return made


def _change(lemma: Told, told: Told, place: int) -> Change:
    same = [w.key for w in words_of(lemma.units[place])] == [w.key for w in words_of(told.units[place])]
    return Change.KEPT if same else Change.EDITED
