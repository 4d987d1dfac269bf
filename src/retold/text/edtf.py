"""Days, months, years and intervals in EDTF, and what can be asked of two of them.

Owns the part of the Extended Date/Time Format (ISO 8601-2:2019, levels 0 and 1) that Retold writes: ``2020-02-16``,
``2020-02``, ``2020``, ``198X``, ``a/b`` and an open side ``../b`` or ``a/..``. A date is compared by the range of days
it may mean, days counted as ordinals (``date.toordinal``). Where words give such a date is said by ``text.times``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

FIRST_DAY = 1
LAST_DAY = date.max.toordinal()

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d{3})X|(\d\d)XX", re.ASCII)


class Days(NamedTuple):
    """The days from ``first`` to ``last``, both meant, as ordinals."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """Number of days."""
        return self.last - self.first + 1


def parse(edtf: str) -> Days | None:
    """Return the days an EDTF date or interval may mean, or None when it is no date of the kinds kept here.

    >>> parse("2020-02") == Days(parse("2020-02-01").first, parse("2020-02-29").last)
    True
    >>> parse("2020-02-31") is None
    True
    """
    if "/" not in edtf:
        return _parse_point(edtf)
    before, _, after = edtf.partition("/")
    first = Days(FIRST_DAY, FIRST_DAY) if before in ("..", "") else _parse_point(before)
    last = Days(LAST_DAY, LAST_DAY) if after in ("..", "") else _parse_point(after)
    if first is None or last is None or first.first > last.last:
        return None
    return Days(first.first, last.last)


def _parse_point(point: str) -> Days | None:
    match = _POINT.fullmatch(point)
    if match is None:
        return None
    if match[4] or match[5]:
        first, length = (int(match[4]) * 10, 10) if match[4] else (int(match[5]) * 100, 100)
        return Days(year_days(max(first, 1)).first, year_days(first + length - 1).last)
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[2] is None:
        return year_days(year) if year else None
    if match[3] is None:
        return month_days(year, month)
    ordinal = day_ordinal(year, month, day)
    return None if ordinal is None else Days(ordinal, ordinal)


def day_ordinal(year: int, month: int, day: int) -> int | None:
    """Return the ordinal of a calendar day, or None when there is no such day."""
    try:
        return date(year, month, day).toordinal()
    except (ValueError, OverflowError):
        return None


def month_days(year: int, month: int) -> Days | None:
    """Return the days of a month, or None when there is no such month."""
    first = day_ordinal(year, month, 1)
    if first is None:
        return None
    following = day_ordinal(year + month // 12, month % 12 + 1, 1)
    return Days(first, LAST_DAY if following is None else following - 1)


def year_days(year: int) -> Days:
    """Return the days of a year between 1 and 9999; years outside are moved to the nearer end."""
    year = min(max(year, 1), 9999)
    return Days(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())


def format_day(ordinal: int) -> str:
    """Return a day as ``YYYY-MM-DD``; days outside the calendar are moved to its nearer end."""
    return date.fromordinal(min(max(ordinal, FIRST_DAY), LAST_DAY)).isoformat()


def format_days(days: Days) -> str:
    """Return a range of days in the shortest EDTF that means it.

    >>> format_days(parse("2020-02-01/2020-02-29"))
    '2020-02'
    >>> format_days(parse("2019-12-21/2020-01-31"))
    '2019-12-21/2020-01-31'
    """
    if days.first == days.last:
        return format_day(days.first)
    if days.first <= FIRST_DAY or days.last >= LAST_DAY:
        left = ".." if days.first <= FIRST_DAY else format_day(days.first)
        return f"{left}/{'..' if days.last >= LAST_DAY else format_day(days.last)}"
    first = date.fromordinal(days.first)
    if days == year_days(first.year):
        return f"{first.year:04}"
    if days == month_days(first.year, first.month):
        return f"{first.year:04}-{first.month:02}"
    return f"{format_day(days.first)}/{format_day(days.last)}"


def interval(first: str, last: str) -> str:
    """Join two EDTF dates, either of which may be an interval, into the interval from one to the other.

    >>> interval("2019-10", "2020-02-16")
    '2019-10/2020-02-16'
    """
    left, right = first.partition("/")[0], last.rpartition("/")[2]
    return left if left == right else f"{left}/{right}"


def overlaps(a: str, b: str) -> bool:
    """Tell whether two dates may be the same day; unreadable dates overlap nothing."""
    return intersect(a, b) is not None


def intersect(a: str, b: str) -> str | None:
    """Return the days that both dates may mean, or None when there are none.

    >>> intersect("2019-12", "2019-12-21/2020-01-31")
    '2019-12-21/2019-12-31'
    """
    one, two = parse(a), parse(b)
    if one is None or two is None:
        return None
    first, last = max(one.first, two.first), min(one.last, two.last)
    if first > last:
        return None
    if (first, last) == one:
        return a
    return b if (first, last) == two else format_days(Days(first, last))


def compare(a: str, b: str) -> int | None:
    """Return -1 when every day of a lies before every day of b, 1 the other way round, 0 when both mean the same days.

    None when the ranges overlap without being equal, or one cannot be read.

    >>> compare("2019-12", "2020-01-03"), compare("2020-01", "2020-01-03")
    (-1, None)
    """
    one, two = parse(a), parse(b)
    if one is None or two is None:
        return None
    if one == two:
        return 0
    if one.last < two.first:
        return -1
    return 1 if two.last < one.first else None
