"""What the phrases that name a calendar day mean, and what all readers of phrases share.

Owns ``Meaning`` and ``Reader`` (the anchor, and what was named last), and the reading of calendar days. Months and
longer stand in ``text.times_years``, weekdays and the clock in ``text.times_days``, lengths in ``text.times_lengths``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from retold.text.edtf import Days, format_days
from retold.text.times_calendar import Grain, Period, day_period, easter, is_within, part_of, period_of
from retold.text.times_rules import Phrase
from retold.text.times_tense import FUTURE, PAST, UNKNOWN, tense_of
from retold.text.times_words import TimeWords, Token

_QUARTER_REACH = 4
"""Phrases after which "a year earlier" no longer means the quarter told of (even TimeBank documents)."""

TimeKind = Literal["DATE", "TIME", "DURATION", "SET"]

NEAR_FUTURE_DAYS = 75
"""A day without its year and without tense is taken as coming when it lies this near ahead, else as past."""

LONG_PAST_DAYS = 270
"""A day further back than this is printed with its year (Associated Press Stylebook: the year stands unless it is the
current one)."""

MONTH_DAYS = 31
"""A coming day this near is preferred to the same day a year back, even beside a past tense."""

_CENTURY_PIVOT = 50
"""Two-digit years from here on are 19xx, as in lexicon.calendar."""


class Meaning(NamedTuple):
    """What a phrase means. ``period`` is what a later "that year" may refer to."""

    type: TimeKind
    value: str
    edtf: str | None = None
    order: str | None = None
    period: Period | None = None


@dataclass(slots=True)
class Reader:
    """Reads phrases in their order: ``anchor`` is the publication day as an ordinal, ``told`` what was named last."""

    words: TimeWords
    anchor: int | None
    told: Period | None = None
    quarter: Period | None = None
    n_since_quarter: int = 0

    def tense_of(self, phrase: Phrase) -> int:
        """Return the tense of the phrase's clause."""
        return tense_of(phrase, self.words)

    def tell_quarter(self, quarter: Period | None) -> None:
        """Remember the quarter (or half) that "a year earlier" may be set against."""
        self.quarter, self.n_since_quarter = quarter, 0

    def compared_quarter(self) -> Period | None:
        """Return the quarter told of in the last few phrases."""
        return self.quarter if self.n_since_quarter <= _QUARTER_REACH else None

    def now(self, grain: Grain) -> Period | None:
        """Return the period of this grain that holds the anchor."""
        return None if self.anchor is None else period_of(grain, self.anchor)

    def context(self, grain: Grain) -> Period | None:
        """Return the period of this grain last told of; the anchor's where none, or only a longer one, was told of."""
        if self.told is not None and is_within(self.told.grain, grain):
            return period_of(grain, self.told.days().first)
        return self.now(grain)


def meaning_of(period: Period, edge: Token | None = None, part: Token | None = None) -> Meaning | None:
    """Return the meaning of a period, of an edge of it ("late December") or of a part of day in it."""
    if not period.is_sane():
        return None
    edtf = format_days(part_of(period, edge.value)) if edge is not None and edge.value in _EDGES else period.edtf()
    if part is not None and period.grain is Grain.DAY:
        return Meaning("TIME", period.value() + part.value, edtf, None, period)
    return Meaning("DATE", period.value(), edtf, None, period)


_EDGES = ("START", "MID", "END")


def number(token: Token | None) -> int:
    """Return the number a word stands for, 0 when it is none."""
    try:
        return int(token.value) if token is not None else 0
    except ValueError:
        return 0


def edge_of(phrase: Phrase) -> Token | None:
    """Return the word that cuts a period ("late", "the end of"), or None."""
    return phrase.get("EDGE", "EDGE_NOUN")


def year_number(token: Token) -> int:
    """Return the year that a class YEAR or SHORT_YEAR word names."""
    if token.name == "SHORT_YEAR":
        short = int(token.key.lstrip("'"))
        return short + (1900 if short >= _CENTURY_PIVOT else 2000)
    return int(token.value)


def read_iso(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read ``2020-02-16`` and ``2020-02-16T10:30Z``."""
    found = phrase.inside()[0].key.upper()
    period = day_period(int(found[:4]), int(found[5:7]), int(found[8:10]))
    if period is None:
        return None
    if len(found) > 10:
        return Meaning("TIME", found, period.edtf(), None, period)
    return meaning_of(period)


def read_slash(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read ``02/16/2020`` (month first unless it cannot be) and ``16.02.2020`` (day first)."""
    found = phrase.inside()[0].key
    sign = "/" if "/" in found else "."
    one, two, year = (int(piece) for piece in found.split(sign))
    if year < 100:
        year += 1900 if year >= _CENTURY_PIVOT else 2000
    month, day = (one, two) if sign == "/" and one <= 12 else (two, one)
    period = day_period(year, month, day)
    return meaning_of(period) if period is not None else None


def read_dated_feast(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read a day known by its date ("9/11")."""
    period = day_period(*(int(piece) for piece in phrase.inside()[0].value.split("-")))
    return meaning_of(period) if period is not None else None


def read_month_day(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "Friday, Oct. 23", "16 February 2020", "early on March 3"."""
    return _month_day(phrase, reader, phrase.get("PART"))


def _month_day(phrase: Phrase, reader: Reader, part: Token | None = None) -> Meaning | None:
    month, day, year = phrase.get("MONTH"), phrase.get("INT", "ORDINAL"), phrase.get("YEAR", "SHORT_YEAR")
    if month is None or day is None:
        return None
    if year is not None:
        period = day_period(year_number(year), number(month), number(day))
    else:
        if not 1 <= number(day) <= 31:
            return None
        period = _nearest_day(phrase, reader, number(month), number(day))
        if period is None:
            return Meaning("DATE", f"XXXX-{number(month):02}-{number(day):02}")
    return meaning_of(period, edge_of(phrase), part) if period is not None else None


def _nearest_day(phrase: Phrase, reader: Reader, month: int, day: int) -> Period | None:
    if reader.anchor is None:
        return None
    year = date.fromordinal(reader.anchor).year
    candidates = [found for y in (year - 1, year, year + 1) if (found := day_period(y, month, day))]
    past = [found for found in candidates if found.nth <= reader.anchor]
    coming = [found for found in candidates if found.nth >= reader.anchor]
    tense = reader.tense_of(phrase)
    if tense == PAST and past and coming and reader.anchor - past[-1].nth > LONG_PAST_DAYS:
        # A year-old day would be printed with its year.
        return coming[0] if coming[0].nth - reader.anchor <= MONTH_DAYS else past[-1]
    wants_coming = tense == FUTURE or (
        tense == UNKNOWN and bool(coming) and coming[0].nth - reader.anchor <= NEAR_FUTURE_DAYS
        and not (past and reader.anchor - past[-1].nth < coming[0].nth - reader.anchor)
    )  # fmt: skip
    if wants_coming and coming and (tense != FUTURE or coming[0].nth - reader.anchor < 300):
        return coming[0]
    return past[-1] if past else (coming[0] if coming else None)


def read_day_range(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "Feb. 16-18, 2020": the value is the first day's, the EDTF the whole."""
    first = _month_day(phrase, reader)
    days = [token for token in phrase.inside() if token.name in ("INT", "ORDINAL")]
    if first is None or first.period is None or len(days) != 2:
        return first
    size = number(days[1]) - number(days[0])
    if not 0 < size < 31:
        return None
    last = first.period.shift(size)
    return first._replace(edtf=format_days(Days(first.period.nth, last.nth)))


def read_week_of(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the week of March 6"."""
    day = _month_day(phrase, reader)
    unit = phrase.get("UNIT")
    if day is None or unit is None or unit.value != "W":
        return None
    return meaning_of(period_of(Grain.WEEK, day.period.nth)) if day.period is not None else day


def read_feast(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "Thanksgiving", "last Christmas", "Good Friday 2019"."""
    feast, year = phrase.get("FEAST"), phrase.get("YEAR")
    if feast is None:
        return None
    if year is not None:
        return meaning_of(Period(Grain.DAY, feast_day(feast.value, year_number(year))))
    if reader.anchor is None:
        return Meaning("DATE", "XXXX-XX-XX")
    this_year = date.fromordinal(reader.anchor).year
    days = [feast_day(feast.value, y) for y in (this_year - 1, this_year, this_year + 1)]
    past, coming = [d for d in days if d <= reader.anchor], [d for d in days if d >= reader.anchor]
    comes = phrase.get("NEXT") is not None or (phrase.get("LAST") is None and reader.tense_of(phrase) == FUTURE)
    near = coming[0] - reader.anchor < reader.anchor - past[-1] and reader.tense_of(phrase) != PAST
    return meaning_of(Period(Grain.DAY, coming[0] if comes or (near and phrase.get("LAST") is None) else past[-1]))


def feast_day(rule: str, year: int) -> int:
    """Return the ordinal of a feast in a year; rules as in lexicon/times.toml."""
    if rule.startswith("easter"):
        return easter(year) + int(rule[6:])
    rule, _, plus = rule.partition("+")
    if rule.count("-") < 2:
        return date(year, int(rule[:2]), int(rule[3:])).toordinal()
    month, weekday, which = (int(piece) for piece in rule.split("-", 2))
    if which < 0:
        last = Period(Grain.MONTH, year * 12 + month - 1).days().last
        return last - (last - weekday) % 7 + int(plus or 0)
    first = date(year, month, 1).toordinal()
    return first + (weekday - first) % 7 + 7 * (which - 1) + int(plus or 0)
