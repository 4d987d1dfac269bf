"""Dates as datelines and date lines print them, read into ISO 8601 with ``X`` for what is missing.

Owns the few fixed forms of a printed calendar date (``Feb 16, 2020``, ``16. März 2020``, ``3 JAN 90``, ``2020-02-16``,
``2020年2月16日``).
Expressions of running text ("last Tuesday") belong to the stage of time expressions.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from retold.lexicon.load import entries
from retold.lexicon.phrases import any_of
from retold.text.spans import Span

# Two-digit years from 50 up are 19xx: no news archive in digital form reaches back before 1950.
_CENTURY_PIVOT = 50


class PrintedDate(NamedTuple):
    """A date at ``span``: ``value`` is ISO, with ``XXXX`` for a missing year; ``time`` is ``HH:MM`` or None."""

    span: Span
    value: str
    time: str | None


@cache
def month_numbers() -> dict[str, int]:
    """Return month names and short forms of all languages, casefolded, with their number from 1."""
    numbers: dict[str, int] = {}
    for months in entries("calendar")["months"].values():
        for number, names in enumerate(months, start=1):
            for name in names:
                numbers.setdefault(name.casefold(), number)
    return numbers


@cache
def weekday_names() -> frozenset[str]:
    """Return weekday names and short forms of all languages, casefolded."""
    days = entries("calendar")["weekdays"].values()
    return frozenset(name.casefold() for week in days for names in week for name in names)


@cache
def _date_pattern() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, month_numbers()), key=len, reverse=True))
    year = r"(?:,?\s+(?:de\s+|del\s+)?(?P<y{0}>(?:1[89]|20)\d\d|'?\d\d(?![\d:.,]|\s*(?:uhr|h\b|am\b|pm\b))))?"
    day_first = rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?\s*(?:de\s+|of\s+)?(?P<m1>{months})\.?(?!\w)" + year.format(
        "1"
    )
    month_first = rf"(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])" + year.format("2")
    iso = r"(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)"
    dotted = r"(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})\.\s?(?P<y4>(?:19|20)\d\d|\d\d)(?!\d)"
    counted = r"(?P<y5>(?:19|20)\d\d)\s?[年년]\s?(?P<m5>\d{1,2})\s?[月월]\s?(?P<d5>\d{1,2})\s?[日일]"
    return re.compile(
        rf"(?<![\w]){iso}|(?<!\w){counted}|(?<![\w.]){dotted}|(?<![\w.]){day_first}"
        rf"|(?<!\w)(?={any_of(month_numbers())}){month_first}",
        re.IGNORECASE,
    )


_TIME = re.compile(
    r"(?:\s*(?:,|-|–|—|\||at|um|à|a las|kl\.?|@|·)?\s*)(?P<h>\d{1,2})(?:[:.h](?P<m>\d\d))?(?::\d\d)?"
    r"\s*(?P<half>a\.?m\.?|p\.?m\.?)?(?:\s*(?P<uhr>uhr|h)\b)?(?!\d)",
    re.IGNORECASE,
)


def _year(digits: str | None) -> str:
    if digits is None:
        return "XXXX"
    digits = digits.lstrip("'")
    if len(digits) == 4:
        return digits
    return f"19{digits}" if int(digits) >= _CENTURY_PIVOT else f"20{digits}"


def _value(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    for form in "12345":
        if found.get(f"d{form}"):
            month_word = found[f"m{form}"].casefold()
            month = int(month_word) if month_word.isdecimal() else month_numbers()[month_word]
            day = int(found[f"d{form}"])
            if not (1 <= month <= 12 and 1 <= day <= 31):
                return None
            return f"{_year(found.get(f'y{form}'))}-{month:02}-{day:02}"
    return None


def _time_after(text: str, at: int) -> str | None:
    match = _TIME.match(text, at)
    if match is None or not (match["m"] or match["half"] or match["uhr"]):
        return None
    hour, minute = int(match["h"]), int(match["m"] or 0)
    half = (match["half"] or "").casefold().replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def dates_in(text: str, span: tuple[int, int] | None = None) -> list[PrintedDate]:
    """Return the calendar dates printed inside the span (default: the whole text), in order.

    >>> [date.value for date in dates_in("Updated 3 March 2019, 14:05; first filed Mar. 2")]
    ['2019-03-03', 'XXXX-03-02']
    """
    start, end = span or (0, len(text))
    found = []
    for match in _date_pattern().finditer(text, start, end):
        value = _value(match)
        if value is not None:
            found.append(PrintedDate(Span(*match.span()), value, _time_after(text, match.end())))
    return found


def date_at(text: str, at: int) -> PrintedDate | None:
    """Return the date that begins exactly here, or None."""
    match = _date_pattern().match(text, at)
    value = _value(match) if match else None
    if match is None or value is None:
        return None
    return PrintedDate(Span(*match.span()), value, _time_after(text, match.end()))
