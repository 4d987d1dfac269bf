"""Periods of the calendar - day, week, month, quarter, season, year, decade - that can be counted on and back.

Owns ``Period``: a grain and the number of the period among its kind, so that "the month before" is a subtraction.
Gives its TIMEX3 value and its EDTF. Weeks begin on Monday and are numbered as ISO 8601 does.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from retold.text.edtf import FIRST_DAY, LAST_DAY, Days, day_ordinal, format_day, format_days, month_days, year_days


class Grain(StrEnum):
    """The kind of a period, from small to large; its value is the unit letter of the lexicon."""

    DAY = "D"
    WEEKEND = "WE"
    WEEK = "W"
    MONTH = "M"
    QUARTER = "Q"
    SEASON = "SE"
    HALF = "H2"
    YEAR = "Y"
    DECADE = "E"
    CENTURY = "C"


SEASONS = ("SP", "SU", "FA", "WI")
_SEASON_MONTHS = (3, 6, 9, 12)
_MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}
_YEARS_IN = {Grain.YEAR: 1, Grain.DECADE: 10, Grain.CENTURY: 100}


class Period(NamedTuple):
    """The ``nth``-th period of its grain."""

    grain: Grain
    nth: int

    def shift(self, n: int) -> Period:
        """Return the period n later (earlier when n is negative)."""
        return Period(self.grain, self.nth + n)

    def days(self) -> Days:
        """Return its days, kept inside the calendar."""
        first, last = self._bounds()
        return Days(min(max(first, FIRST_DAY), LAST_DAY), min(max(last, FIRST_DAY), LAST_DAY))

    def _bounds(self) -> tuple[int, int]:
        match self.grain:
            case Grain.DAY:
                return self.nth, self.nth
            case Grain.WEEK:
                return self.nth * 7 + 1, self.nth * 7 + 7
            case Grain.WEEKEND:
                return self.nth * 7 + 6, self.nth * 7 + 7
            case Grain.SEASON:
                first = self.nth // 4 * 12 + _SEASON_MONTHS[self.nth % 4] - 1
                return _month(first).first, _month(first + 2).last
            case Grain.MONTH | Grain.QUARTER | Grain.HALF:
                size = _MONTHS_IN[self.grain]
                return _month(self.nth * size).first, _month(self.nth * size + size - 1).last
            case Grain.YEAR | Grain.DECADE | Grain.CENTURY:
                size = _YEARS_IN[self.grain]
                return year_days(self.nth * size).first, year_days(self.nth * size + size - 1).last

    def value(self) -> str:
        """Return the TIMEX3 value.

        >>> period_of(Grain.WEEK, 737471).value()
        '2020-W07'
        """
        i = self.nth
        match self.grain:
            case Grain.DAY:
                return format_day(i)
            case Grain.WEEK | Grain.WEEKEND:
                year, week, _ = date.fromordinal(self.days().first).isocalendar()
                return f"{year:04}-W{week:02}" + ("-WE" if self.grain is Grain.WEEKEND else "")
            case Grain.MONTH:
                return f"{i // 12:04}-{i % 12 + 1:02}"
            case Grain.QUARTER:
                return f"{i // 4:04}-Q{i % 4 + 1}"
            case Grain.HALF:
                return f"{i // 2:04}-H{i % 2 + 1}"
            case Grain.SEASON:
                return f"{i // 4:04}-{SEASONS[i % 4]}"
            case Grain.YEAR:
                return f"{i:04}"
            case Grain.DECADE:
                return f"{i:03}"
            case Grain.CENTURY:
                return f"{i:02}"

    def edtf(self) -> str:
        """Return the shortest EDTF that means its days."""
        if self.grain in (Grain.DECADE, Grain.CENTURY):
            size = _YEARS_IN[self.grain]
            return f"{self.nth * size:04}/{self.nth * size + size - 1:04}"
        if self.grain in (Grain.SEASON, Grain.QUARTER, Grain.HALF):
            days = self.days()
            return f"{format_day(days.first)[:7]}/{format_day(days.last)[:7]}"
        return format_days(self.days())

    def is_sane(self) -> bool:
        """Tell whether it lies in the years a news text may speak of."""
        return date(1000, 1, 1).toordinal() <= self.days().first and self.days().last < date(3000, 1, 1).toordinal()


def _month(index: int) -> Days:
    year = min(max(index // 12, 1), 9999)
    days = month_days(year, index % 12 + 1)
    return days or Days(FIRST_DAY, FIRST_DAY)


def period_of(grain: Grain, day: int) -> Period:
    """Return the period of this grain that holds the day."""
    at = date.fromordinal(min(max(day, FIRST_DAY), LAST_DAY))
    months = at.year * 12 + at.month - 1
    match grain:
        case Grain.DAY:
            return Period(grain, at.toordinal())
        case Grain.WEEK | Grain.WEEKEND:
            return Period(grain, (at.toordinal() - 1) // 7)
        case Grain.MONTH | Grain.QUARTER | Grain.HALF:
            return Period(grain, months // _MONTHS_IN[grain])
        case Grain.SEASON:
            return Period(grain, (months - 2) // 12 * 4 + (months - 2) % 12 // 3)
        case Grain.YEAR | Grain.DECADE | Grain.CENTURY:
            return Period(grain, at.year // _YEARS_IN[grain])


_SIZES = tuple(Grain)
"""Grains from small to large."""


def is_within(grain: Grain, other: Grain) -> bool:
    """Tell whether the grain is no larger than the other."""
    return _SIZES.index(grain) <= _SIZES.index(other)


def day_period(year: int, month: int, day: int) -> Period | None:
    """Return a calendar day, or None when there is no such day."""
    ordinal = day_ordinal(year, month, day)
    return None if ordinal is None else Period(Grain.DAY, ordinal)


def easter(year: int) -> int:
    """Return the ordinal of Easter Sunday (Gregorian; the anonymous computus of 1876)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1).toordinal()


_FEWEST_TO_CUT = 3


def part_of(period: Period, edge: str) -> Days:
    """Return the days of the start, middle or end of a period.

    A month's start is days 1 to 10, its middle 11 to 20, its end from 21; other periods are cut in three alike, years
    at the ends of March and September.
    """
    days = period.days()
    if days.size < _FEWEST_TO_CUT:
        return days
    if period.grain is Grain.MONTH:
        first, second = days.first + 10, days.first + 20
    elif period.grain is Grain.YEAR:
        first, second = (Period(Grain.QUARTER, period.nth * 4 + n).days().first for n in (1, 3))
    elif period.grain in (Grain.DECADE, Grain.CENTURY):
        size = _YEARS_IN[period.grain]
        start = period.nth * size
        first, second = year_days(start + size * 3 // 10).first, year_days(start + size * 7 // 10).first
    else:
        third = max(days.size // 3, 1)
        first, second = days.first + third, days.last + 1 - third
    return {"START": Days(days.first, first - 1), "MID": Days(first, second - 1)}.get(edge, Days(second, days.last))
