"""Dates as people say them: EDTF dates and intervals in English words, and as days on a scale.

What is not understood is told as it stands; nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}

_DATE = re.compile(r"(\d{4}|\d{3}X|XXXX)(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d)(?::[\d.]+)?(Z|[+-][\d:]+)?)?([~?%]?)")
_QUALIFIERS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}


def in_words(edtf: str) -> str:
    """Return an EDTF date or interval in words, the string itself where it is not understood.

    >>> in_words("2025-03-03")
    'Monday 3 March 2025'
    >>> in_words("2025-01-21/2025-01-31")
    '21 January to 31 January 2025'
    >>> in_words("../2024")
    'by 2024'
    """
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(edtf, weekday=True)
    if start in ("", ".."):
        return f"by {_one(end)}"
    if end in ("", ".."):
        return f"{_one(start)} or later"
    first, last = _one(start), _one(end)
    year = end[:4]
    if start[:4] == year and first.endswith(f" {year}"):
        first = first.removesuffix(f" {year}")
    return f"{first} to {last}"


def _one(edtf: str, *, weekday: bool = False) -> str:
    found = _DATE.fullmatch(edtf)
    if found is None:
        return edtf
    year, month, day, clock, zone, qualifier = found.groups()
    told = _day(year, month, day, weekday=weekday)
    if told is None:
        return edtf
    zoned = f" UTC{zone}" if zone and zone != "Z" else " UTC" if zone else ""
    return _QUALIFIERS[qualifier] + told + (f", {clock}{zoned}" if clock else "")


def _day(year: str, month: str | None, day: str | None, *, weekday: bool) -> str | None:
    told_year = {"X": f"{year[:3]}0s"}.get(year[-1], year) if year != "XXXX" else ""
    if month is None:
        return told_year or None
    if month in SEASONS:
        return f"{SEASONS[month]} {told_year}".strip()
    if not 1 <= int(month) <= 12:
        return None
    name = MONTHS[int(month) - 1]
    if day is None:
        return f"{name} {told_year}".strip()
    told = f"{int(day)} {name}"
    if not year.isdigit():
        return f"{told} {told_year}".strip() if told_year else f"{told}, year not given"
    whole = _date(int(year), int(month), int(day))
    if whole is None:
        return None
    return f"{DAYS[whole.weekday()]} {told} {year}" if weekday else f"{told} {year}"


def days_of(edtf: str) -> tuple[int, int] | None:
    """Return the first and last day an EDTF value may mean, as proleptic ordinals; None for open or unclear values.

    >>> days_of("2025-02") == (date(2025, 2, 1).toordinal(), date(2025, 2, 28).toordinal())
    True
    """
    start, slash, end = edtf.partition("/")
    first, last = _bounds(start), _bounds(end if slash else start)
    if first is None or last is None:
        return None
    return min(first[0], last[0]), max(first[1], last[1])


def _bounds(edtf: str) -> tuple[int, int] | None:
    found = _DATE.fullmatch(edtf)
    if found is None or not found[1].isdigit():
        return None
    year, month, day = int(found[1]), found[2], found[3]
    if month is None or not 1 <= int(month) <= 12:
        first, last = _date(year, 1, 1), _date(year, 12, 31)
    elif day is None:
        first, following = _date(year, int(month), 1), _date(year + int(month) // 12, int(month) % 12 + 1, 1)
        last = following - timedelta(days=1) if following else None
    else:
        first = last = _date(year, int(month), int(day))
    return (first.toordinal(), last.toordinal()) if first and last else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
