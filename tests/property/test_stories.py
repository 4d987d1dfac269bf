"""Stories partition the pages, whatever the texts, and the order of rows does not matter."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.engine.memory import run_stages
from retold.stages.report_dates import STAGE as REPORT_DATES_STAGE
from retold.stages.stories import STAGE
from retold.tables import table as t
from tests.unit.test_stories import BUDGET, FERRY, FERRY_OTHER, Report, tables_of

LINES = st.one_of(
    st.sampled_from(
        [*FERRY, *FERRY_OTHER, *BUDGET, "No.", "MORE", "!!!", "一二三", "😀 😀", "a\0b", "Ünïcode İİ", "\ud800 lone"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
)
DATES = st.sampled_from(
    [None, "1970-01-01", "2031-03-04", "2031-03-04T10:00:00+01:00", "2099-12-31", "XXXX-03-04", "2031-03", "?"]
)


@st.composite
def reports(draw: st.DrawFn) -> list[Report]:
    n = draw(st.integers(0, 7))
    return [
        Report(
            f"{draw(st.sampled_from(['a', 'b/', '']))}{i}",
            draw(st.lists(LINES, max_size=5)),
            draw(st.sampled_from([None, "Storm", "Ferry runs aground"])),
            draw(DATES),
            draw(DATES),
        )
        for i in range(n)
    ]


def _outcome(some: list[Report]) -> tuple:
    tables = run_stages(tables_of(some), (STAGE, REPORT_DATES_STAGE))
    return tables.rows(t.STORIES), tables.rows(t.STORY_LINKS), tables.rows(t.REPORT_DATES)


@given(reports(), st.randoms(use_true_random=False))
@settings(max_examples=120)
def test_stories_partition_the_pages_in_any_order_of_rows(some: list[Report], rng: random.Random) -> None:
    stories, links, dates = _outcome(some)
    assert sorted(page for story in stories for page in story.pages) == sorted(r.page for r in some)
    story_of = {page: story.story for story in stories for page in story.pages}
    assert all(story_of[link.a] == story_of[link.b] == link.story for link in links)
    assert all(0 <= link.score <= 1 and link.reasons and link.a != link.b for link in links)
    assert sum(len(story.pages) - 1 for story in stories) <= len(links)
    assert [(d.story, d.page) for d in dates] == [(s.story, page) for s in stories for page in s.pages]
    shuffled = rng.sample(some, len(some))
    assert _outcome(shuffled) == (stories, links, dates)


@given(reports())
@settings(max_examples=60)
def test_every_date_is_printed_inferred_with_a_reason_or_unknown(some: list[Report]) -> None:
    text_of = {r.page: r.text for r in some}
    for row in _outcome(some)[2]:
        assert row.how in {"printed", "inferred", "unknown"}
        assert (row.value is None) == (row.how == "unknown")
        if row.how == "inferred":
            assert row.because
            assert row.pointer
            assert row.pointer.page == row.page
            assert 0 <= row.pointer.start < row.pointer.end <= len(text_of[row.page])


@given(st.lists(st.sampled_from(FERRY + FERRY_OTHER + BUDGET), min_size=1, max_size=4), st.integers(1, 6))
@settings(max_examples=30)
def test_copies_of_one_text_are_one_story(sentences: list[str], n: int) -> None:
    stories, _, _ = _outcome([Report(f"{i}.txt", sentences) for i in range(n)])
    assert len(stories) == 1
