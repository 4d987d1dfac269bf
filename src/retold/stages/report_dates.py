"""The day of each report as its story knows it: printed, inferred with its reason, or unknown.

Owns the borrowing of dates between the reports of a story; what a page says of itself stands in ``meta`` and
``datelines`` and is never overwritten. A date is lent only where the lead is the same and names the day, or where
a dateline lacks nothing but its year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import TypeVar

from retold.engine.stage import Stage, Written
from retold.model.page import Page, PageId, Pointer
from retold.model.report import Dateline, MetaField, MetaValue, SegmentKind, Sentence
from retold.model.story import ReportDate, Story, StoryId
from retold.tables.table import (
    DATELINES,
    META,
    PAGES,
    REPORT_DATES,
    SENTENCES,
    STORIES,
    Grain,
    Rows,
)
from retold.text.spans import Span
from retold.text.words import words_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SHORT_LEAD = 8
"""A lead of fewer words may be the same by chance; dates are not lent on it."""
LEAD_OPENS = 5
"""Body sentences of fewer words are labels, not leads."""
OPENING = 8
"""Body sentences in which two reports must name one weekday before one lends the other its day."""
LONG_LEAD = 120
"""Words of a lead that are compared."""
NEARLY = 0.9
"""Share of words in common, in order, from which a lead is nearly the same (2 words of 25 changed)."""
LEEWAY = timedelta(days=1)
"""A report may be dated the day after the one its lead names, or the day before."""
NEAR_YEAR = timedelta(days=30)
"""A dateline without a year takes the year in which it stands this near to a dated report of its story."""
NOT_OF_PUBLICATION = {
    "dateline": "the date of its dateline",
    "url": "the date in its address",
    "path": "the date in its file's path",
}
"""What is said of a day that the page gives, but not as its day of publication (keys: ``MetaValue.came_from``)."""

_WEEKDAY = re.compile(
    r"\b(?:(?:early|late|earlier|later) )?(?:on )?(?:(?:early|late) )?"
    r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"(?: (?:morning|afternoon|evening|night)\b)?",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
_OTHER_WEEK = re.compile(
    r"\b(?:last|next|every|each|previous|following|black|good|bloody|super|cyber|easter|palm|ash|shrove|holy) $",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    r"\b(?:(?P<d1>\d{1,2}) (?P<m1>[A-Za-z]{3,9})\.?|(?P<m2>[A-Za-z]{3,9})\.? (?P<d2>\d{1,2})),? (?P<year>\d{4})\b"
)
_NO_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)")


R = TypeVar("R", Sentence, MetaValue, Dateline)


@dataclass(frozen=True, slots=True)
class _Report:
    """A report of the story: its page, its lead, what it prints of its day."""

    page: Page
    lead: Span | None
    keys: tuple[str, ...]
    printed: ReportDate | None
    dateline: Dateline | None
    opening: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _DayWords:
    """Words in a lead that name a day; ``weekday`` is None for "today"."""

    span: Span
    weekday: int | None


def _day(value: str) -> date | None:
    """Return the day an ISO date or time names as printed; None for partial or broken ones."""
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _printed(story: StoryId, page: PageId, meta: Sequence[MetaValue], dateline: Dateline | None) -> ReportDate | None:
    """Return the day the page prints: of its metadata, else of its dateline when that is complete."""
    days = [(day, row) for row in meta if row.field is MetaField.PUBLISHED and (day := _day(row.value))]
    if days:
        day, row = min(days, key=lambda found: (found[0], found[1].value, found[1].came_from))
        pointer = Pointer(page, *row.span) if row.span else None
        return ReportDate(story, page, day.isoformat(), "printed", NOT_OF_PUBLICATION.get(row.came_from), pointer)
    if dateline and dateline.date and (told := _day(dateline.date)):
        return ReportDate(
            story, page, told.isoformat(), "printed", NOT_OF_PUBLICATION["dateline"], Pointer(page, *dateline.span)
        )
    return None


def _lead(text: str, sentences: Sequence[Sentence]) -> Span | None:
    """Return the first body sentence that is long enough for a lead."""
    body = sorted(sentence.span for sentence in sentences if sentence.kind is SegmentKind.BODY)
    return next((span for span in body if len(words_of(text, span)) >= LEAD_OPENS), None)


def _opening(text: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """Return the first body sentences that are no labels."""
    body = sorted(sentence.span for sentence in sentences if sentence.kind is SegmentKind.BODY)[:OPENING]
    return tuple(span for span in body if len(words_of(text, span)) >= LEAD_OPENS)


def _day_words(text: str, lead: Span) -> _DayWords | None:
    """Return the first words in the lead that name a day near its publication."""
    found = [
        _DayWords(Span(m.start(), m.end()), WEEKDAYS.index(m["weekday"].lower()))
        for m in _WEEKDAY.finditer(text, *lead)
        if not _OTHER_WEEK.search(text, max(lead.start, m.start() - 10), m.start())
    ]
    found += [_DayWords(Span(m.start(), m.end()), None) for m in _TODAY.finditer(text, *lead)]
    return min(found, key=lambda words: words.span, default=None)


def _fits(day: date, weekday: int | None) -> bool:
    """Tell whether a report of that day may well name that weekday as it does."""
    near = (day - LEEWAY, day, day + LEEWAY)
    return weekday is None or any(other.weekday() == weekday for other in near)


def _words_changed(a: _Report, b: _Report) -> int | None:
    """Return how many words of the longer lead are not in the other in order; None if the leads are not nearly one."""
    if min(len(a.keys), len(b.keys)) < SHORT_LEAD:
        return None
    if a.keys == b.keys:
        return 0
    longer = max(len(a.keys), len(b.keys))
    if longer > LONG_LEAD:
        return None
    first, second = sorted((a.keys, b.keys))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    changed = longer - sum(block.size for block in blocks)
    return changed if changed <= (1 - NEARLY) * longer else None


def _label(report: _Report, reports: Sequence[_Report]) -> str:
    """Return the last part of the report's address; the whole of it where another report has the same."""
    tails = [r.page.source.rstrip("/").replace("\\", "/").rsplit("/", 1)[-1] for r in reports]
    tail = report.page.source.rstrip("/").replace("\\", "/").rsplit("/", 1)[-1]
    return tail if tail and tails.count(tail) == 1 else report.page.source


def _lenders(report: _Report, reports: Sequence[_Report], words: _DayWords) -> Iterator[tuple[date, int, _Report]]:
    """Yield the dated reports with the same lead and day words, with their day and the words changed."""
    told = report.page.text[slice(*words.span)].casefold()
    for other in reports:
        if not other.printed or not other.printed.value or not other.lead:
            continue
        changed = _words_changed(report, other)
        their = _day_words(other.page.text, other.lead)
        if changed is None or their is None or other.page.text[slice(*their.span)].casefold() != told:
            continue
        day = date.fromisoformat(other.printed.value)
        if _fits(day, words.weekday):
            yield day, changed, other


def _borrowed(story: StoryId, report: _Report, reports: Sequence[_Report]) -> ReportDate | None:
    """Return the day of dated reports with the same lead, if that lead names a day and they agree."""
    words = _day_words(report.page.text, report.lead) if report.lead else None
    if words is None:
        return None
    lenders = list(_lenders(report, reports, words))
    on_the_day = [lender for lender in lenders if lender[0].weekday() == words.weekday]
    lenders = on_the_day or lenders
    if len({day for day, _, _ in lenders}) != 1:
        return None
    day, changed, sibling = min(lenders, key=lambda lender: (lender[1], lender[2].page.source, lender[2].page.page))
    name, told = _label(sibling, reports), report.page.text[slice(*words.span)]
    how_near = "word for word" if not changed else f"but for {changed} word{'s' if changed > 1 else ''}"
    both = "that lead says" if not changed else "both say"
    return ReportDate(
        story,
        report.page.page,
        day.isoformat(),
        "inferred",
        f"its lead is {name}'s lead {how_near}, and {both} '{told}'; {name} is dated {day.isoformat()}",
        Pointer(report.page.page, *words.span),
    )


def _weekdays_told(report: _Report) -> dict[int, Span]:
    """Return the weekdays that the report's opening names, with the first place of each."""
    found: dict[int, Span] = {}
    for sentence in report.opening:
        for match in _WEEKDAY.finditer(report.page.text, *sentence):
            if not _OTHER_WEEK.search(report.page.text, max(sentence.start, match.start() - 10), match.start()):
                found.setdefault(WEEKDAYS.index(match["weekday"].lower()), Span(match.start(), match.end()))
    return found


def _lent(story: StoryId, report: _Report, reports: Sequence[_Report]) -> ReportDate | None:
    """Return the day that reports of the same story lend, if they agree and speak of the same weekday as it does."""
    told = _weekdays_told(report)
    lenders = [
        (date.fromisoformat(other.printed.value), other)
        for other in reports
        if other.printed and other.printed.value and other is not report
    ]
    near = [day for day, _ in lenders]
    if not told or not near or max(near) - min(near) > LEEWAY:
        return None
    sharing = [
        (day, other, weekday)
        for day, other in lenders
        for weekday in sorted(told.keys() & _weekdays_told(other))
        if _fits(day, weekday)
    ]
    if not sharing:
        return None
    day, sibling, weekday = max(
        sharing, key=lambda found: (found[0], found[1].page.source, found[1].page.page, found[2])
    )
    name, words = _label(sibling, reports), report.page.text[slice(*told[weekday])]
    return ReportDate(
        story,
        report.page.page,
        day.isoformat(),
        "inferred",
        f"lent by {name} of the same story, which is dated {day.isoformat()}; both speak of '{words}'",
        Pointer(report.page.page, *told[weekday]),
    )


def _with_year(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_in_text(report: _Report, month: int, day: int) -> tuple[date, str] | None:
    """Return the one full date in the text with the dateline's month and day, and the reason."""
    found = {
        (full, m.group())
        for m in _FULL_DATE.finditer(report.page.text)
        if (m["m1"] or m["m2"])[:3].lower() == MONTHS[month - 1] and int(m["d1"] or m["d2"]) == day
        if (full := _with_year(int(m["year"]), month, day))
    }
    if len({full for full, _ in found}) != 1:
        return None
    full, words = min(found)
    return full, f"its dateline gives no year; its text says '{words}'"


def _year_of_sibling(report: _Report, reports: Sequence[_Report], month: int, day: int) -> tuple[date, str] | None:
    """Return the dateline's day in the year that puts it nearest to a dated report of the story, and the reason."""
    near: list[tuple[timedelta, date, str, str]] = []
    for other in reports:
        if not other.printed or not other.printed.value or other is report:
            continue
        known = date.fromisoformat(other.printed.value)
        for year in (known.year - 1, known.year, known.year + 1):
            full = _with_year(year, month, day)
            if full and abs(full - known) <= NEAR_YEAR:
                near.append((abs(full - known), full, _label(other, reports), known.isoformat()))
    if len({full for _, full, _, _ in near}) != 1:
        return None
    _, full, name, known_day = min(near)
    return full, f"its dateline gives no year; {name} of the same story is dated {known_day}"


def _completed(story: StoryId, report: _Report, reports: Sequence[_Report]) -> ReportDate | None:
    """Return the day of a dateline that lacks its year, completed from the text or a sibling."""
    told = _NO_YEAR.fullmatch(report.dateline.date or "") if report.dateline else None
    if told is None or report.dateline is None or not 1 <= int(told[1]) <= len(MONTHS):
        return None
    month, day = int(told[1]), int(told[2])
    found = _year_in_text(report, month, day) or _year_of_sibling(report, reports, month, day)
    if found is None:
        return None
    pointer = Pointer(report.page.page, *report.dateline.span)
    return ReportDate(story, report.page.page, found[0].isoformat(), "inferred", found[1], pointer)


def _by_page(rows: Iterable[R]) -> Mapping[PageId, list[R]]:
    grouped: defaultdict[PageId, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.page].append(row)
    return grouped


def _reports_of(story: Story, rows: Rows) -> list[_Report]:
    """Return the reports of the story in its order."""
    pages = {page.page: page for page in rows.rows(PAGES)}
    sentences, meta = _by_page(rows.rows(SENTENCES)), _by_page(rows.rows(META))
    datelines = _by_page(rows.rows(DATELINES))
    reports = []
    for page_id in (page_id for page_id in story.pages if page_id in pages):
        page = pages[page_id]
        dateline = min(datelines.get(page_id, ()), key=lambda row: row.span, default=None)
        lead = _lead(page.text, sentences.get(page_id, ()))
        keys = tuple(word.key for word in words_of(page.text, lead)) if lead else ()
        printed = _printed(story.story, page_id, meta.get(page_id, ()), dateline)
        opening = _opening(page.text, sentences.get(page_id, ()))
        reports.append(_Report(page, lead, keys, printed, dateline, opening))
    return reports


def run(rows: Rows) -> Written:
    """Return one row for each report of the story, in the story's order."""
    dates: list[ReportDate] = []
    for story in rows.rows(STORIES):
        reports = _reports_of(story, rows)
        for report in reports:
            known = (
                report.printed
                or _completed(story.story, report, reports)
                or _borrowed(story.story, report, reports)
                or _lent(story.story, report, reports)
                or ReportDate(story.story, report.page.page, None, "unknown")
            )
            dates.append(known)
    return {REPORT_DATES: dates}


STAGE = Stage(
    name="report_dates",
    reads=(STORIES, PAGES, SENTENCES, META, DATELINES),
    writes=(REPORT_DATES,),
    grain=Grain.STORY,
    version=2,
    run=run,
)
"""Gives each report of a story its day, printed or inferred with a reason."""
