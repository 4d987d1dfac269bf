"""What the phrases that name months, quarters, halves, seasons, years, decades and centuries mean.

Owns the side of the anchor on which "December" or "the third quarter" lies, and what "the year-ago quarter" is set
against. Uses ``Reader`` and ``Meaning`` of ``text.times_values``.
"""

from __future__ import annotations

from retold.text.times_calendar import SEASONS, Grain, Period, period_of
from retold.text.times_rules import Phrase
from retold.text.times_tense import FUTURE, PAST
from retold.text.times_values import Meaning, Reader, edge_of, meaning_of, number, year_number
from retold.text.times_words import Token

YOUNG_DAYS = 5
"""Days of a month in which what happened in it is told by weekdays, not by the month's name."""


def read_month(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "March", "late December", "last May", "mid-March 2019"."""
    month, year = phrase.get("MONTH"), phrase.get("YEAR", "SHORT_YEAR")
    if month is None:
        return None
    if phrase.get("EVERY"):
        return Meaning("SET", f"XXXX-{number(month):02}")
    if year is not None:
        return meaning_of(Period(Grain.MONTH, year_number(year) * 12 + number(month) - 1), edge_of(phrase))
    now = reader.now(Grain.MONTH)
    if now is None:
        return Meaning("DATE", f"XXXX-{number(month):02}")
    return meaning_of(_nth_of(now, number(month) - 1, 12, phrase, reader), edge_of(phrase))


def _nth_of(now: Period, n: int, size: int, phrase: Phrase, reader: Reader) -> Period:
    """Return the period whose number in its year is n, on the side of ``now`` that the phrase's words or tense say."""
    ahead = (n - now.nth) % size
    if phrase.get("NEXT"):
        return now.shift(ahead or size)
    if phrase.get("LAST"):
        return now.shift(ahead - size)
    if phrase.get("THIS"):
        return now.shift(n - now.nth % size)
    if phrase.get("FOLLOWING", "PREVIOUS") and reader.told is not None:
        told = period_of(now.grain, reader.told.days().first)
        ahead = (n - told.nth) % size
        return told.shift(ahead or size) if phrase.get("FOLLOWING") else told.shift(ahead - size)
    tense = reader.tense_of(phrase)
    if ahead == 0:
        return now.shift(-size) if _has_hardly_begun(now, reader) and tense == PAST else now
    return now.shift(ahead) if tense == FUTURE and ahead <= size * 3 // 4 else now.shift(ahead - size)


def _has_hardly_begun(now: Period, reader: Reader) -> bool:
    """Tell whether the month that the anchor lies in is a few days old: "in December" of what was is the last one."""
    return now.grain is Grain.MONTH and reader.anchor is not None and reader.anchor - now.days().first < YOUNG_DAYS


def read_quarter(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the third quarter of 1984", "third-quarter", "this year's first half"."""
    nth, half = number(phrase.get("ORDINAL")), phrase.get("HALF") is not None
    grain, size = (Grain.HALF, 2) if half else (Grain.QUARTER, 4)
    if not 1 <= nth <= size:
        return None
    year = phrase.get("YEAR")
    if year is not None:
        return _quarter(Period(grain, year_number(year) * size + nth - 1), phrase, reader)
    now = reader.now(grain)
    if now is None:
        return Meaning("DATE", f"XXXX-{'H' if half else 'Q'}{nth}")
    if phrase.get("YEAR_WORD") is not None and phrase.get("LAST", "THIS", "NEXT"):
        offset = number(phrase.get("LAST", "THIS", "NEXT"))
        return _quarter(Period(grain, (now.nth // size + offset) * size + nth - 1), phrase, reader)
    ahead = (nth - 1 - now.nth) % size
    comes = ahead == 1 and reader.tense_of(phrase) == FUTURE
    return _quarter(now.shift(ahead if comes or not ahead else ahead - size), phrase, reader)


def _quarter(period: Period, phrase: Phrase, reader: Reader) -> Meaning | None:
    reader.tell_quarter(period)
    return meaning_of(period, phrase.get("EDGE_NOUN"))


def read_half_of(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the last half of 1989", "the last half of the '80s"."""
    decade, year = phrase.get("DECADE"), phrase.get("YEAR")
    if decade is not None:
        period = _decade(decade)
        return meaning_of(period, decade._replace(value="END"))
    now = reader.now(Grain.YEAR)
    at = year_number(year) if year is not None else now.nth if now is not None else None
    if at is None:
        return Meaning("DATE", "XXXX-H2")
    return meaning_of(Period(Grain.HALF, at * 2 + 1))


def read_year_quarter(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the 1988 quarter": the quarter last told of, in that year."""
    token, now = phrase.get("YEAR"), reader.now(Grain.YEAR)
    if token is None and now is None:
        return Meaning("DATE", "XXXX-QX")
    relation = number(phrase.get("LAST", "THIS"))
    year = Period(Grain.YEAR, year_number(token)) if token is not None else now.shift(relation) if now else None
    if year is None:
        return None
    if reader.quarter is None or reader.quarter.grain is not Grain.QUARTER:
        return Meaning("DATE", f"{year.value()}-QX", year.edtf(), None, year)
    return meaning_of(Period(Grain.QUARTER, year.nth * 4 + reader.quarter.nth % 4))


def read_year_ago(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the year-ago quarter": the quarter last told of, a year before."""
    ordinal = phrase.get("ORDINAL")
    quarter = reader.quarter
    if ordinal is not None and reader.anchor is not None:
        quarter = Period(Grain.QUARTER, period_of(Grain.YEAR, reader.anchor).nth * 4 + number(ordinal) - 1)
    if quarter is not None:
        return meaning_of(quarter.shift(-2 if quarter.grain is Grain.HALF else -4))
    now = reader.now(Grain.YEAR)
    return meaning_of(now.shift(-1)) if now is not None else Meaning("DATE", "XXXX")


def read_year(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "1990", "the end of 1990", "fiscal 1989", "the year 2000"."""
    year = phrase.get("YEAR")
    if year is None:
        return None
    if phrase.last - phrase.first == 1 and int(year.value) < _OLDEST_BARE_YEAR and not _is_placed(phrase):
        return None
    return meaning_of(Period(Grain.YEAR, year_number(year)), edge_of(phrase))


_OLDEST_BARE_YEAR = 1800


def _is_placed(phrase: Phrase) -> bool:
    before = phrase.before()
    return before is not None and before.name in ("IN", "OF", "SINCE", "FROM", "TO", "BETWEEN", "BY", "AND")


def read_year_range(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "1950-53": the value is the first year's, the EDTF the whole."""
    first, last = (number(phrase.get(name)) for name in ("YEAR", "INT"))
    last += first - first % 100
    if len(phrase.inside()[-1].key) != 2 or not 0 < last - first < 100:
        return None
    period = Period(Grain.YEAR, first)
    return Meaning("DATE", period.value(), f"{first:04}/{last:04}", None, period)


def read_same_period(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the same period last year": the quarter told of a year before, else last year."""
    quarter, now = reader.compared_quarter(), reader.now(Grain.YEAR)
    if quarter is not None:
        return meaning_of(quarter.shift(-2 if quarter.grain is Grain.HALF else -4))
    return meaning_of(now.shift(-1)) if now is not None else Meaning("DATE", "XXXX")


def read_spelled_year(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read a year in words, as transcripts have it: "nineteen ninety-six", "the year two thousand"."""
    numbers = [number(token) for token in phrase.inside() if token.name == "NUMBER"]
    if len(numbers) == 1:
        return meaning_of(Period(Grain.YEAR, numbers[0] * 1000)) if numbers[0] == 2 else None
    if numbers[0] not in (18, 19, 20) or numbers[1] < 10 or (len(numbers) == 3 and numbers[1] % 10):
        return None
    return meaning_of(Period(Grain.YEAR, numbers[0] * 100 + sum(numbers[1:])))


def read_decade(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the 1990s", "the mid-'80s", "the nineties"."""
    token = phrase.get("DECADE", "DECADE_WORD")
    return meaning_of(_decade(token), edge_of(phrase)) if token is not None else None


def _decade(token: Token) -> Period:
    if token.name == "DECADE_WORD":
        return Period(Grain.DECADE, (1900 + int(token.value)) // 10)
    digits = token.key.replace("'", "").rstrip("s")
    year = int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 30 else 1900)
    return Period(Grain.DECADE, year // 10)


def read_century(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the 20th century", "the early 19th century"."""
    nth = number(phrase.get("ORDINAL"))
    return meaning_of(Period(Grain.CENTURY, nth - 1), edge_of(phrase)) if 10 < nth <= 30 else None


def read_season(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "last summer", "the spring of 2011", "this winter"."""
    season, year = phrase.get("SEASON"), phrase.get("YEAR")
    if season is None:
        return None
    n = SEASONS.index(season.value)
    if year is not None:
        return meaning_of(Period(Grain.SEASON, year_number(year) * 4 + n), edge_of(phrase))
    now = reader.now(Grain.SEASON)
    if now is None:
        return Meaning("DATE", f"XXXX-{season.value}")
    return meaning_of(_nth_of(now, n, 4, phrase, reader), edge_of(phrase))
