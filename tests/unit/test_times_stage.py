"""The stage of time expressions: its anchor, its language, its rows."""

from typing import Any

import pytest

from retold.model.facts import TimeExpression
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import Dateline, MetaField, MetaValue, Segment, SegmentKind, Sentence
from retold.stages.times import STAGE
from retold.tables import table as t
from retold.text.spans import Span

PAGE = PageId("a" * 32)
TEXT = "Shells hit the depot early Sunday.\nMore followed on 2020-02-10.\nCopyright 2020 The Harbour Post."


class Rows:
    """The tables of one page."""

    def __init__(self, **tables: tuple[Any, ...]) -> None:
        self.tables = tables

    def rows(self, table: t.Table[Any]) -> tuple[Any, ...]:
        return self.tables.get(table.name, ())


def page_of(text: str) -> Page:
    characters = Characters(len(text), len(text), 0)
    return Page(PAGE, "a.txt", None, PageFormat.TEXT, "utf-8", len(text), "", "text-1", text, characters)


def times(
    *meta: MetaValue,
    dateline: Dateline | None = None,
    text: str = TEXT,
    spans: tuple[tuple[int, int], ...] = ((0, 34), (35, 63)),
) -> list[TimeExpression]:
    rows = Rows(
        pages=(page_of(text),),
        segments=(Segment(PAGE, 0, len(text), SegmentKind.BODY),),
        sentences=tuple(Sentence(PAGE, a, b, SegmentKind.BODY) for a, b in spans),
        meta=meta,
        datelines=(dateline,) if dateline else (),
    )
    return list(STAGE.run(rows)[t.TIMES])


def published(value: str) -> MetaValue:
    return MetaValue(PAGE, MetaField.PUBLISHED, value, "meta")


def filed(date: str | None) -> Dateline:
    return Dateline(PAGE, Span(0, 5), "Harbour City", date, None)


@pytest.mark.parametrize(
    ("meta", "dateline", "edtf", "anchor"),
    [
        ((published("2020-02-16"),), None, "2020-02-16", "2020-02-16"),
        ((published("2020-02-17T09:00:00+01:00"),), None, "2020-02-16", "2020-02-17"),
        ((), filed("2020-02-18"), "2020-02-16", "2020-02-18"),
        ((published("2020-02-24"),), filed("2020-02-18"), "2020-02-23", "2020-02-24"),
        ((), filed("XXXX-02-18"), None, None),
        ((published("2020-02"),), None, None, None),
        ((), None, None, None),
    ],
)
def test_the_anchor_is_the_day_of_publication_else_of_a_complete_dateline(
    meta: tuple[MetaValue, ...], dateline: Dateline | None, edtf: str | None, anchor: str | None
) -> None:
    found = times(*meta, dateline=dateline)[0]
    assert (found.edtf, found.anchor) == (edtf, anchor)
    assert TEXT[found.span.start : found.span.end] == "early Sunday"


def test_only_sentences_are_read() -> None:
    assert [TEXT[row.span.start : row.span.end] for row in times(published("2020-02-16"))] == [
        "early Sunday",
        "2020-02-10",
    ]


def test_a_page_in_another_language_is_read_for_numeric_dates_only() -> None:
    rows = times(published("2020-02-16"), MetaValue(PAGE, MetaField.LANGUAGE, "de", "html"))
    assert [row.value for row in rows] == ["2020-02-10"]
    assert len(times(published("2020-02-16"), MetaValue(PAGE, MetaField.LANGUAGE, "en-GB", "html"))) == 2


@pytest.mark.parametrize("text", ["", "\x00", "\U0001f680 Sunday", "\ud800 on Monday"])
def test_any_text_is_read(text: str) -> None:
    times(published("2020-02-16"), text=text, spans=((0, len(text)),) if text else ())
