"""The dated events as an iCalendar of all-day events (RFC 5545).

Only days, months and intervals between such have a place in a calendar: an event known by its year, or open on one
side, is left out. No clock is read: the stamp is an argument, else the event's own day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from retold.exports.characters import on_one_line, printable
from retold.exports.places import Places, address_of, dates_of, outlet_of, places_of
from retold.model.facts import Event
from retold.text import edtf
from retold.views.story_view import StoryView

LINE_OCTETS = 75
"""Longest content line, its break not counted (RFC 5545, 3.1)."""

_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def to_ics(view: StoryView, *, stamp: str | None = None) -> str:
    """Return the calendar; ``stamp`` is a UTC time like ``20250303T000000Z``."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Retold//Story//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(view.story.title)}")
    places = places_of(view)
    for event in view.events:
        lines += _event(view.story.story, places, event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(folded for line in lines for folded in fold(line))


def days_of(value: str | None) -> tuple[date, date] | None:
    """Return the first and last day of a day, month or closed interval of such, else None.

    >>> days_of("2025-02")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    >>> days_of("1996") is None
    True
    """
    points = dates_of(value)
    if value is None or points is None or any(point.month is None for point in points):
        return None
    days = edtf.parse(value)
    return None if days is None else (date.fromordinal(days.first), date.fromordinal(days.last))


def _event(story: str, places: Places, event: Event, stamp: str | None) -> Iterator[str]:
    days = days_of(event.date)
    if days is None:
        return
    first, last = days
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(f'{story}-{event.event}@retold')}"
    yield f"DTSTAMP:{stamp or f'{_day(first)}T000000Z'}"
    yield f"DTSTART;VALUE=DATE:{_day(first)}"
    if last < date.max:
        yield f"DTEND;VALUE=DATE:{_day(date.fromordinal(last.toordinal() + 1))}"
    yield f"SUMMARY:{escaped(on_one_line(places.words(event.what)))}"
    yield f"DESCRIPTION:{escaped(_told(places, event))}"
    yield f"CATEGORIES:{escaped(event.factuality.value)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _told(places: Places, event: Event) -> str:
    lines = [f"Date: {event.date}"]
    words = places.words(event.words)
    lines += [f"Given by: {on_one_line(words)}"] if words else []
    lines += [f"Origins: {', '.join(event.origins)}"] if event.origins else []
    for page in dict.fromkeys(mention.page for mention in event.mentions):
        witness = places.witnesses[page]
        told = filter(None, (f"{witness.siglum}:", outlet_of(witness), address_of(witness)))
        lines.append(" ".join(told))
    return "\n".join(lines)


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def escaped(text: str) -> str:
    r"""Return text for a TEXT value: backslash, semicolon, comma and line ends escaped, control characters replaced.

    >>> print(escaped("Pier 4; shut,\nsays mayor"))
    Pier 4\; shut\,\nsays mayor
    """
    plain = printable(_BREAKS.sub("\n", text)).replace("\\", "\\\\")
    return plain.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """Yield a content line in pieces of at most 75 octets, each with its break; characters are never cut in two."""
    piece, size, room = "", 0, LINE_OCTETS
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > room:
            yield f"{piece}\r\n"
            piece, size, room = " ", 1, LINE_OCTETS
        piece += character
        size += octets
    yield f"{piece}\r\n"
