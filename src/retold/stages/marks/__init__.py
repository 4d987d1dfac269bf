"""Marks: the dateline of a report, the agencies it credits, its notes, and its pictures with their credits.

Owns the stage and the judgement of which segment may hold what; the forms themselves stand in ``retold.lexicon``.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.engine.stage import Stage, Written
from retold.lexicon.datelines import DatelineForm, dateline_at
from retold.model.page import Page
from retold.model.report import Dateline, Segment, SegmentKind
from retold.stages.marks.credits import credits_of
from retold.stages.marks.images import images_of
from retold.stages.marks.notes import notes_of
from retold.tables.table import CREDITS, DATELINES, DECLARED, IMAGES, NOTES, PAGES, SEGMENTS, Grain, Rows
from retold.text.spans import Span

__all__ = ["STAGE", "dateline_of"]


def _dateline_form(page: Page, segments: Sequence[Segment]) -> DatelineForm | None:
    for segment in segments:
        if segment.kind is SegmentKind.DATELINE:
            form = dateline_at(page.text, segment.start, segment.end)
            if form:
                return form
    return None


def dateline_of(page: Page, segments: Sequence[Segment]) -> Dateline | None:
    """Return the report's dateline, the first that a dateline segment holds."""
    form = _dateline_form(page, segments)
    if form is None:
        return None
    return Dateline(page.page, Span(*form.span), form.place, form.date, form.agency)


def _run(rows: Rows) -> Written:
    written: dict[str, list[object]] = {"datelines": [], "credits": [], "notes": [], "images": []}
    segments, declared = rows.rows(SEGMENTS), rows.rows(DECLARED)
    for page in rows.rows(PAGES):
        form = _dateline_form(page, segments)
        if form:
            written["datelines"].append(Dateline(page.page, form.span, form.place, form.date, form.agency))
        written["credits"].extend(credits_of(page, segments, form, declared))
        written["notes"].extend(notes_of(page, segments))
        written["images"].extend(images_of(page, segments))
    return {table: written[table.name] for table in (DATELINES, CREDITS, NOTES, IMAGES)}


STAGE = Stage("marks", (PAGES, SEGMENTS, DECLARED), (DATELINES, CREDITS, NOTES, IMAGES), Grain.PAGE, 2, _run)
