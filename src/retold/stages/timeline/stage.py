"""The stage itself: tellings of every report, joined, dated, ordered, and laid out as the story's timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.engine.stage import Stage, Written
from retold.model.facts import Event, Factuality, TimeType
from retold.model.page import Page, PageId, Pointer
from retold.model.story import ReportDate, ReportOrigin, StoryId
from retold.stages.timeline.anchoring import anchored, by_page
from retold.stages.timeline.joining import join
from retold.stages.timeline.judging import has_own_subject
from retold.stages.timeline.solving import Before, Window, solve
from retold.stages.timeline.telling import Telling, is_open
from retold.stages.timeline.tellings import tellings_of
from retold.tables.table import (
    ALIGNMENTS,
    CLAIMS,
    EVENTS,
    META,
    PAGES,
    REPORT_DATES,
    REPORT_ORIGINS,
    SENTENCES,
    STORIES,
    TIMES,
    Grain,
    Rows,
)
from retold.text.edtf import FIRST_DAY, Days, format_days, parse

WIDEST_BY_ORDER_DAYS = 62
"""An event without a date of its own is placed by what it follows and precedes only where that leaves two months."""


def tell_events(rows: Rows) -> Written:
    """Return the story's events in order of time, then of telling."""
    (story,) = rows.rows(STORIES)
    pages = {page.page: page for page in rows.rows(PAGES)}
    dates = {date.page: date for date in rows.rows(REPORT_DATES)}
    times = by_page(rows.rows(TIMES))
    tellings: list[Telling] = []
    for page in story.pages:
        sentences = [sentence for sentence in rows.rows(SENTENCES) if sentence.page == page]
        claims = [claim for claim in rows.rows(CLAIMS) if claim.page == page]
        here = anchored(pages[page], times.get(page, []), sentences, dates.get(page))
        tellings += tellings_of(page, pages[page].text, sentences, here, claims, _published(dates.get(page)))
    groups = join(tellings, rows.rows(ALIGNMENTS), pages)
    windows, constraints = solve([_window(group, dates) for group in groups], _constraints(groups))
    dated = [i for i in range(len(groups)) if _is_dated(groups[i], windows[i], pages)]
    order = sorted(dated, key=lambda i: (*_place(windows[i]), _clock(groups[i]), i))
    order = _topological(order, constraints)
    names = {i: f"E{n + 1}" for n, i in enumerate(order)}
    origins = {origin.page: origin for origin in rows.rows(REPORT_ORIGINS)}
    return {EVENTS: [_event(story.story, i, groups[i], windows[i], names, constraints, origins, pages) for i in order]}


def _place(window: Window) -> tuple[int, int]:
    """Return what an event is sorted by: its first day, of one that only lies before print the day of print."""
    first, last = window.first or 0, window.last or 0
    return (first, last) if first > FIRST_DAY else (last, last)


def _clock(group: Sequence[Telling]) -> str:
    """Return the clock time of an event as its words give it; midday where they give none."""
    clocks = [t.time.value.partition("T")[2] for t in group if t.time is not None and t.time.type is TimeType.TIME]
    return next((clock for clock in clocks if clock[:2].isdigit()), "12")


def _published(date: ReportDate | None) -> str | None:
    return date.value[:10] if date is not None and date.value else None


def _window(group: Sequence[Telling], dates: Mapping[PageId, ReportDate]) -> Window:
    """Return the days the group's own dates allow; a past event lies not after the first report of it."""
    days: Days | None = None
    for telling in group:
        own = parse(telling.date) if telling.date is not None and not telling.refers else None
        if own is None:
            continue
        met = Days(max(days.first, own.first), min(days.last, own.last)) if days is not None else own
        days = met if met.first <= met.last else days
    told = [dates[t.page].value for t in group if t.page in dates]
    published = min((day.last for value in told if value and (day := parse(value)) is not None), default=None)
    to_come = any(telling.factuality is Factuality.EXPECTED for telling in group)
    if days is None:
        return Window(None, None if to_come else published)
    if published is not None and not to_come and days.first <= published < days.last:
        return Window(days.first, published)
    return Window(days.first, days.last)


def _constraints(groups: Sequence[Sequence[Telling]]) -> list[Before]:
    home = {id(telling): i for i, group in enumerate(groups) for telling in group}
    found: list[Before] = []
    for i, group in enumerate(groups):
        for telling in group:
            for earlier in telling.after:
                j = home.get(id(earlier))
                if j is not None and j != i:
                    found.append(Before(j, i, any(earlier is other for other in telling.close_after)))
    return found


def _is_dated(group: Sequence[Telling], window: Window, pages: Mapping[PageId, Page]) -> bool:
    """Tell whether an event has a place in time: a day, a month, an interval with both ends.

    One placed by order alone needs a subject, and an interval that says something.
    """
    if window.first is None or window.last is None or all(t.refers for t in group):
        return False
    if not any(t.series or has_own_subject(pages[t.page].text, t.shown) for t in group if not t.refers):
        return False
    if any(t.date is not None for t in group):
        return True
    if not any(has_own_subject(pages[t.page].text, t.span) for t in group):
        return False
    return window.last - window.first <= WIDEST_BY_ORDER_DAYS


def _topological(order: Sequence[int], constraints: Sequence[Before]) -> list[int]:
    """Return the events in the order given, moved only where a constraint says so."""
    inside, done, result = set(order), set[int](), list[int]()
    waiting = {i: {c.earlier for c in constraints if c.later == i and c.earlier in inside} for i in order}
    while len(result) < len(order):
        for i in order:
            if i not in done and waiting[i] <= done:
                result.append(i)
                done.add(i)
                break
    return result


def _event(
    story: StoryId,
    i: int,
    group: Sequence[Telling],
    window: Window,
    names: Mapping[int, str],
    constraints: Sequence[Before],
    origins: Mapping[PageId, ReportOrigin],
    pages: Mapping[PageId, Page],
) -> Event:
    assert window.first is not None
    assert window.last is not None
    what = _best(group, pages)
    words = next((t.time for t in group if t.time is not None and t is what), None)
    return Event(
        story=story,
        event=names[i],
        date=_date_of(group, window),
        words=Pointer(what.page, words.span.start, words.span.end) if words is not None else None,
        after=tuple(dict.fromkeys(names[c.earlier] for c in constraints if c.later == i and c.earlier in names)),
        before=tuple(dict.fromkeys(names[c.later] for c in constraints if c.earlier == i and c.later in names)),
        what=Pointer(what.page, what.shown.start, what.shown.end),
        mentions=tuple(Pointer(t.page, t.span.start, t.span.end) for t in group),
        factuality=what.factuality,
        origins=tuple(dict.fromkeys(origins[t.page].source_name for t in group if t.page in origins)),
        series=any(telling.series for telling in group),
    )


def _best(group: Sequence[Telling], pages: Mapping[PageId, Page]) -> Telling:
    """Return the clause that tells the event best: dated, with a subject of its own, told first."""
    direct = [telling for telling in group if not telling.refers]
    direct = [telling for telling in direct if not telling.named] or direct
    direct = [telling for telling in direct if not telling.loose] or direct
    dated = [t for t in direct if t.date is not None and not is_open(t.date)]
    dated = dated or [telling for telling in direct if telling.date is not None] or direct
    named = [t for t in dated if has_own_subject(pages[t.page].text, t.shown)]
    whole = [t for t in named if t.shown == t.span]
    return (whole or named or dated)[0]


def _date_of(group: Sequence[Telling], window: Window) -> str:
    """Return the date as its words gave it where the order did not narrow it, else the narrowed days."""
    assert window.first is not None
    assert window.last is not None
    days = Days(window.first, window.last)
    for telling in group:
        if telling.date is not None and parse(telling.date) == days:
            return telling.date
    return format_days(days)


STAGE = Stage(
    name="timeline",
    reads=(STORIES, PAGES, SENTENCES, META, TIMES, CLAIMS, ALIGNMENTS, REPORT_DATES, REPORT_ORIGINS),
    writes=(EVENTS,),
    grain=Grain.STORY,
    version=4,
    run=tell_events,
)
