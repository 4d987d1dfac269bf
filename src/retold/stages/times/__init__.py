"""The stage that marks time expressions in the prose of a page.

Owns the choice of the anchor (the report's day of publication) and of what is read in which language; the grammar and
its meaning stand in ``text.times``, its words in ``lexicon.times``.
"""

from __future__ import annotations

from retold.engine.stage import Stage, Written
from retold.lexicon.times import time_words
from retold.model.facts import TimeExpression, TimeType
from retold.model.page import PageId
from retold.model.report import MetaField
from retold.tables.table import DATELINES, META, PAGES, SEGMENTS, SENTENCES, TIMES, Grain, Rows
from retold.text.edtf import parse
from retold.text.spans import Span
from retold.text.times import FoundTime, find_numeric_dates, find_times

__all__ = ["STAGE"]


def run(rows: Rows) -> Written:
    """Return the time expressions of the page's sentences, in their order."""
    anchors = _anchors(rows)
    foreign = {row.page for row in rows.rows(META) if row.field is MetaField.LANGUAGE and not _is_english(row.value)}
    sentences: dict[PageId, list[Span]] = {}
    for sentence in rows.rows(SENTENCES):
        sentences.setdefault(sentence.page, []).append(sentence.span)
    times: list[TimeExpression] = []
    for page in rows.rows(PAGES):
        spans, anchor = sorted(sentences.get(page.page, ())), anchors.get(page.page)
        if page.page in foreign:
            found = find_numeric_dates(page.text, spans, anchor)
        else:
            found = find_times(page.text, spans, anchor, time_words())
        times.extend(_row(page.page, time) for time in found)
    return {TIMES: times}


def _row(page: PageId, found: FoundTime) -> TimeExpression:
    return TimeExpression(page, found.span, TimeType(found.type), found.value, found.edtf, found.anchor, found.order)


def _anchors(rows: Rows) -> dict[PageId, str]:
    """Return each page's day of publication: what it declares, else its complete dateline."""
    anchors: dict[PageId, str] = {}
    for dateline in rows.rows(DATELINES):
        if (day := _day(dateline.date)) is not None:
            anchors[dateline.page] = day
    declared: dict[PageId, str] = {}
    for row in rows.rows(META):
        if row.field is MetaField.PUBLISHED and (day := _day(row.value)) is not None:
            declared.setdefault(row.page, day)
    return anchors | declared


def _day(value: str | None) -> str | None:
    """Return the day of an ISO date or time, or None where it does not name one."""
    if value is None or len(value) < 10:
        return None
    days = parse(value[:10])
    return value[:10] if days is not None and days.size == 1 else None


def _is_english(language: str) -> bool:
    return language.casefold().replace("_", "-").split("-")[0] in ("en", "eng", "english", "und", "")


STAGE = Stage("times", (PAGES, SEGMENTS, SENTENCES, META, DATELINES), (TIMES,), Grain.PAGE, 2, run)
