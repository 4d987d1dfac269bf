"""The executor for small inputs: what a stage sees, what it may write."""

from __future__ import annotations

import pytest

from retold.engine.memory import MemoryTables, run_stages, story_rows
from retold.engine.stage import Stage
from retold.errors import TableError
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import Segment, SegmentKind
from retold.model.story import Match, MatchSpan, MatchType, Story, StoryId
from retold.tables.table import MATCHES, PAGES, SEGMENTS, SENTENCES, STORIES, Grain

A, B, C = (PageId(letter * 32) for letter in "abc")


def page(page_id: PageId, text: str = "Rain fell.") -> Page:
    return Page(
        page_id, f"{page_id[0]}.txt", None, PageFormat.TEXT, "utf-8", len(text), "", "text-1", text, Characters(9, 9, 0)
    )


def tables() -> MemoryTables:
    held = MemoryTables()
    held.put(PAGES, [page(A), page(B), page(C)])
    held.put(
        STORIES,
        [
            Story(StoryId(A), StoryId(A), "Rain", None, None, (B, A)),
            Story(StoryId(C), StoryId(C), "", None, None, (C,)),
        ],
    )
    span = MatchSpan(0, 9, 0, 9, MatchType.COPY)
    held.put(MATCHES, [Match(A, B, 2, 1.0, 1.0, (span,)), Match(A, C, 2, 1.0, 1.0, (span,))])
    return held


def stage(grain: Grain, run) -> Stage:
    return Stage("trial", (PAGES,), (SEGMENTS,), grain, 1, run)


def test_a_page_stage_sees_one_page_at_a_time():
    seen = []
    run_stages(tables(), [stage(Grain.PAGE, lambda rows: seen.append([p.page for p in rows.rows(PAGES)]) or {})])
    assert seen == [[A], [B], [C]]


def test_a_story_stage_sees_its_pages_in_story_order_and_their_matches_only():
    seen = []

    def run(rows):
        seen.append(([p.page for p in rows.rows(PAGES)], [(m.a, m.b) for m in rows.rows(MATCHES)]))
        return {}

    run_stages(tables(), [stage(Grain.STORY, run)])
    assert seen == [([B, A], [(A, B)]), ([C], [])]


def test_a_corpus_stage_sees_everything_at_once():
    seen = []
    run_stages(tables(), [stage(Grain.CORPUS, lambda rows: seen.append(len(rows.rows(PAGES))) or {})])
    assert seen == [3]


def test_written_rows_are_there_for_the_next_stage():
    def run(rows):
        (only,) = rows.rows(PAGES)
        return {SEGMENTS: [Segment(only.page, 0, len(only.text), SegmentKind.BODY)]}

    held = run_stages(tables(), [stage(Grain.PAGE, run)])
    assert [s.page for s in held.rows(SEGMENTS)] == [A, B, C]
    assert [s.page for s in story_rows(held, held.rows(STORIES)[0]).rows(SEGMENTS)] == [B, A]


def test_a_table_nobody_declared_is_refused():
    with pytest.raises(TableError, match="stage 'trial' wrote it without declaring it"):
        run_stages(tables(), [stage(Grain.CORPUS, lambda rows: {SENTENCES: []})])


def test_a_row_of_another_class_is_refused():
    with pytest.raises(TableError, match="got a row of class Page, not Segment"):
        MemoryTables().put(SEGMENTS, [page(A)])
