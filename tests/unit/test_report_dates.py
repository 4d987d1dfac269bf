"""The day of invented reports as their story knows it."""

import pytest

from retold.engine.memory import run_stages
from retold.model.page import Pointer
from retold.model.report import Dateline
from retold.model.story import ReportDate, Story, StoryId
from retold.stages.report_dates import STAGE
from retold.tables import table as t
from retold.text.spans import Span
from tests.unit.test_stories import Report, tables_of

LEAD = "A ferry with 80 passengers ran aground off Skagen early Tuesday, the Danish coastguard said."
ON_TUESDAY = "2031-03-04"
AFTER_TUESDAY = "2031-03-05"


def dates_of(*reports: Report) -> list[ReportDate]:
    tables = tables_of(list(reports))
    id = StoryId("0" * 32)
    tables.put(t.STORIES, [Story(id, id, "Ferry", None, None, tuple(r.page for r in reports))])
    return list(run_stages(tables, (STAGE,)).rows(t.REPORT_DATES))


def told(row: ReportDate) -> tuple[str | None, str]:
    return row.value, row.how


def test_what_a_page_prints_is_its_day() -> None:
    rows = dates_of(
        Report("a.txt", [LEAD], None, "2031-03-04T23:30:00-09:00", "2031-03-01"),
        Report("b.txt", [LEAD], None, None, "2031-03-03"),
    )
    assert [told(row) for row in rows] == [("2031-03-04", "printed"), ("2031-03-03", "printed")]
    assert rows[1].pointer == Pointer(rows[1].page, 0, 1)


def test_a_report_takes_the_day_of_its_leads_twin() -> None:
    rows = dates_of(Report("in/a.txt", [LEAD], None, ON_TUESDAY), Report("b.txt", [LEAD], "Ferry aground"))
    assert told(rows[1]) == (ON_TUESDAY, "inferred")
    assert rows[1].because == (
        "its lead is a.txt's lead word for word, and that lead says 'early Tuesday'; a.txt is dated 2031-03-04"
    )
    at = rows[1].pointer
    assert at
    assert f"Ferry aground\n{LEAD}"[at.start : at.end] == "early Tuesday"


def test_a_lead_nearly_the_same_lends_its_day_and_the_reason_says_so() -> None:
    changed = LEAD.replace("passengers", "people")
    rows = dates_of(Report("a.txt", [LEAD], None, AFTER_TUESDAY), Report("b.txt", [changed]))
    assert told(rows[1]) == (AFTER_TUESDAY, "inferred")
    assert rows[1].because
    assert "but for 1 word, and both say 'early Tuesday'" in rows[1].because


@pytest.mark.parametrize(
    "lead",
    [
        "A ferry with 80 passengers ran aground off Skagen, the Danish coastguard said.",
        "A ferry with 80 passengers ran aground off Skagen last Tuesday, the Danish coastguard said.",
        "Stores cut their prices for Black Friday as shoppers stayed at home, the retail union said.",
        "The club plays on most Tuesdays and Fridays in the old hall, the town council said.",
        "It rained on Tuesday.",
    ],
)
def test_a_lead_that_pins_no_day_lends_none(lead: str) -> None:
    rows = dates_of(Report("a.txt", [lead], None, ON_TUESDAY), Report("b.txt", [lead]))
    assert told(rows[1]) == (None, "unknown")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on Tuesday", ON_TUESDAY),
        ("late on Tuesday evening", ON_TUESDAY),
        ("today", ON_TUESDAY),
        ("this morning", ON_TUESDAY),
        ("on Thursday", None),
        ("on Saturday", None),
    ],
)
def test_the_words_must_fit_the_day_that_is_lent(words: str, value: str | None) -> None:
    lead = f"A ferry with 80 passengers ran aground off Skagen {words}, the Danish coastguard said."
    rows = dates_of(Report("a.txt", [lead], None, ON_TUESDAY), Report("b.txt", [lead]))
    assert rows[1].value == value


def test_of_dated_twins_the_one_of_the_named_day_lends() -> None:
    a, b = Report("a.txt", [LEAD], None, AFTER_TUESDAY), Report("b.txt", [LEAD], None, ON_TUESDAY)
    assert dates_of(a, b, Report("c.txt", [LEAD]))[2].value == ON_TUESDAY


def test_twins_that_disagree_lend_nothing() -> None:
    a, b = Report("a.txt", [LEAD], None, AFTER_TUESDAY), Report("b.txt", [LEAD], None, "2031-03-03")
    assert told(dates_of(a, b, Report("c.txt", [LEAD]))[2]) == (None, "unknown")


def test_a_report_with_another_lead_takes_the_day_of_a_sibling_that_speaks_of_its_weekday() -> None:
    other = "Rescuers took all passengers off a stranded ferry on Tuesday evening, the operator said."
    rows = dates_of(Report("a.txt", [LEAD], None, AFTER_TUESDAY), Report("b.txt", [other]))
    assert told(rows[1]) == (AFTER_TUESDAY, "inferred")
    assert rows[1].because == (
        "lent by a.txt of the same story, which is dated 2031-03-05; both speak of 'on Tuesday evening'"
    )


def test_siblings_whose_days_lie_apart_lend_none() -> None:
    other = "Rescuers took all passengers off a stranded ferry on Tuesday evening, the operator said."
    a, b = Report("a.txt", [LEAD], None, ON_TUESDAY), Report("b.txt", ["Calm."], None, "2031-03-09")
    assert told(dates_of(a, b, Report("c.txt", [other]))[2]) == (None, "unknown")


def test_an_inferred_day_is_not_lent_on() -> None:
    near = LEAD.replace("passengers", "people")
    nearer = near.replace("ran aground", "ran ashore")
    rows = dates_of(Report("a.txt", [LEAD], None, ON_TUESDAY), Report("b.txt", [near]), Report("c.txt", [nearer]))
    assert [row.how for row in rows] == ["printed", "inferred", "inferred"]
    assert rows[2].because
    assert rows[2].because.startswith("lent by a.txt")


def test_a_dateline_without_year_takes_it_from_the_text() -> None:
    report = Report("a.txt", ["The ferry sailed on March 4, 2031 with 80 aboard.", LEAD], None, None, "XXXX-03-04")
    (row,) = dates_of(report)
    assert told(row) == ("2031-03-04", "inferred")
    assert row.because == "its dateline gives no year; its text says 'March 4, 2031'"


def test_a_dateline_without_year_takes_it_from_a_sibling() -> None:
    rows = dates_of(Report("a.txt", [LEAD], None, "2032-01-01"), Report("b.txt", ["Calm."], None, None, "XXXX-12-31"))
    assert told(rows[1]) == ("2031-12-31", "inferred")
    assert rows[1].because == "its dateline gives no year; a.txt of the same story is dated 2032-01-01"


@pytest.mark.parametrize("partial", ["XXXX-07-04", "XXXX-02-30", "XXXX-99-99", "2031-XX-XX"])
def test_a_dateline_that_fits_no_sibling_stays_unknown(partial: str) -> None:
    rows = dates_of(Report("a.txt", ["Calm."], None, ON_TUESDAY), Report("b.txt", ["Calm."], None, None, partial))
    assert told(rows[1]) == (None, "unknown")


def test_siblings_of_one_name_are_told_by_their_whole_address() -> None:
    rows = dates_of(Report("x/index.html", [LEAD], None, ON_TUESDAY), Report("y/index.html", [LEAD]))
    assert rows[1].because
    assert "x/index.html's lead" in rows[1].because


def test_pages_without_sentences_are_unknown() -> None:
    tables = tables_of([Report("a.txt", [LEAD])])
    page = tables.rows(t.PAGES)[0].page
    id = StoryId("0" * 32)
    tables.put(t.STORIES, [Story(id, id, "", None, None, (page,))])
    tables.put(t.SENTENCES, [])
    tables.put(t.DATELINES, [Dateline(page, Span(0, 1), None, None, None)])
    assert run_stages(tables, (STAGE,)).rows(t.REPORT_DATES) == (ReportDate(id, page, None, "unknown"),)
