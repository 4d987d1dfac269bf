"""The timeline as a list that reads aloud, and as a strip: days as marks, intervals as bars, near days wide apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log1p

from retold.model.facts import Event, Factuality
from retold.report.dates import days_of, in_words
from retold.report.origins import told_origins
from retold.report.places import Link, Places, Quote
from retold.views.story_view import StoryView

PART = "Timeline"
MOST_LINKS = 24
STRIP_WIDTH = 960
STRIP_MARGIN = 24
LANE_HEIGHT = 14
MARK_WIDTH = 9
SCALE_DAYS = 3.0
"""Days around the first report drawn at nearly even distance; further ones close up with the logarithm."""

TICKS_DAYS = (-36525, -18262, -7305, -3652, -1461, -365, -91, -28, -7, 0, 7, 28, 91, 365, 3652)
TICK_GAP = 112
"""Pixels between the middles of two labels: "28 September 2019" takes some hundred (looked at in a browser)."""

FACTUALITY = {
    Factuality.HAPPENED: "",
    Factuality.DENIED: "denied",
    Factuality.UNCERTAIN: "not certain",
    Factuality.EXPECTED: "expected, not yet happened when told",
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """An order that a report tells: this entry comes after or before another."""

    relation: str
    href: str
    what: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the list."""

    id: str
    date: str
    edtf: str
    words: Quote | None
    what: Quote
    factuality: str
    is_series: bool
    constraints: tuple[Constraint, ...]
    origins: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One event on the strip."""

    x: float
    width: float
    y: int
    is_solid: bool
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the strip's scale."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The strip and its size in user units."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    says: str


def _date_told(event: Event) -> str:
    """Return the event's date in words; of a day of print that stands for an untold one, that it does."""
    if not event.date:
        return "Date not told"
    is_open = ".." in event.date.split("/")
    return in_words(event.date) + (", no day told" if is_open and event.words is None else "")


def entries(view: StoryView, places: Places) -> list[Entry]:
    """Return the events in timeline order."""
    known = {event.event: event for event in view.events}
    return [
        Entry(
            id=_entry_id(places, event.event),
            date=_date_told(event),
            edtf=event.date or "",
            words=places.quote_at(event.words, 8) if event.words is not None else None,
            what=places.quote_at(event.what),
            factuality=FACTUALITY[event.factuality],
            is_series=event.series,
            constraints=tuple(_constraints(event, known, places)),
            origins=told_origins(view, event.origins, [mention.page for mention in event.mentions]),
            links=places.once_a_report(event.mentions, PART, MOST_LINKS),
        )
        for event in view.events
    ]


def _entry_id(places: Places, event: str) -> str:
    return f"{places.prefix}event-{''.join(c if c.isalnum() else '-' for c in event)}"


def _constraints(event: Event, known: dict[str, Event], places: Places) -> Iterator[Constraint]:
    for relation, others in (("after", event.after), ("before", event.before)):
        for other in others:
            if other in known:
                what = places.quote_at(known[other].what, 8).text.split()
                told = " ".join(what[:8]) + (" …" if len(what) > 8 else "")
                yield Constraint(relation, f"#{_entry_id(places, other)}", told)


def strip(view: StoryView) -> Strip | None:
    """Return the dated events on a scale, or None where fewer than two have a date."""
    dated = [(event, days) for event in view.events if event.date and (days := days_of(event.date)) is not None]
    if len(dated) < 2:
        return None
    centre = _centre(view, [days[0] for _, days in dated])
    low = _stretch(min(days[0] for _, days in dated) - centre)
    high = _stretch(max(days[1] for _, days in dated) - centre)
    unit = (STRIP_WIDTH - 2 * STRIP_MARGIN) / max(high - low, 0.5)

    def at(day: int) -> float:
        return round(STRIP_MARGIN + (_stretch(day - centre) - low) * unit, 1)

    marks = tuple(_marks([(event, at(days[0]), at(days[1])) for event, days in dated]))
    height = max(mark.y for mark in marks) + LANE_HEIGHT + 30
    ticks = tuple(_ticks(centre, min(days[0] for _, days in dated), max(days[1] for _, days in dated), at))
    first, last = in_words(dated[0][0].date or ""), in_words(dated[-1][0].date or "")
    return Strip(STRIP_WIDTH, height, marks, ticks, f"{len(dated)} dated entries, {first} to {last}")


def _centre(view: StoryView, days: Sequence[int]) -> int:
    first = days_of((view.story.first or "")[:10])
    return first[0] if first is not None else sorted(days)[len(days) // 2]


def _stretch(n_days: int) -> float:
    return log1p(abs(n_days) / SCALE_DAYS) * (1 if n_days >= 0 else -1)


def _marks(placed: Sequence[tuple[Event, float, float]]) -> Iterator[Mark]:
    """Put each mark into the first lane where it touches no earlier one."""
    ends: list[float] = []
    for event, x0, x1 in sorted(placed, key=lambda item: (item[1], item[2])):
        width = max(x1 - x0, MARK_WIDTH)
        lane = next((i for i, end in enumerate(ends) if end + 3 <= x0), len(ends))
        if lane == len(ends):
            ends.append(0.0)
        ends[lane] = x0 + width
        solid = event.factuality is Factuality.HAPPENED
        yield Mark(x0, round(width, 1), 26 + lane * LANE_HEIGHT, solid, in_words(event.date or ""))


def _ticks(centre: int, first: int, last: int, at: Callable[[int], float]) -> Iterator[Tick]:
    """Yield the dates that fit on the scale: first report, outermost, then round distances."""
    taken: list[float] = []
    ranked = sorted(TICKS_DAYS, key=lambda days: (days != 0, abs(days)))
    for days in (0, first - centre, last - centre, *ranked):
        if not 1 <= centre + days <= date.max.toordinal():
            continue
        x = at(centre + days)
        anchor = "start" if x < 60 else "end" if x > STRIP_WIDTH - 60 else "middle"
        middle = x + {"start": TICK_GAP / 2, "middle": 0, "end": -TICK_GAP / 2}[anchor]  # of its label
        is_inside = STRIP_MARGIN - 1 <= x <= STRIP_WIDTH - STRIP_MARGIN + 1
        if not is_inside or any(abs(middle - t) < TICK_GAP for t in taken):
            continue
        taken.append(middle)
        day = date.fromordinal(centre + days)
        label = in_words(day.isoformat()[: 10 if abs(days) <= 28 else 7 if abs(days) <= 400 else 4])
        yield Tick(x, label.partition(" ")[2] if abs(days) <= 28 else label, anchor)
