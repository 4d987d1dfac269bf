"""What the phrases mean that are reckoned from the anchor or from what was told: weekdays, "last month", "that night".

Owns weekdays (the tense decides the direction), today and its neighbours, units with a relation, parts of day and clock
times. Uses ``Reader`` and ``Meaning`` of ``text.times_values``.
"""

from __future__ import annotations

from datetime import date

from retold.text.edtf import Days, format_days, interval
from retold.text.times_calendar import Grain, Period, is_within, period_of
from retold.text.times_rules import Phrase
from retold.text.times_tense import FUTURE
from retold.text.times_values import (
    Meaning,
    Reader,
    meaning_of,
    number,
    read_iso,
    read_month_day,
    read_slash,
)
from retold.text.times_words import Token

_GRAINS = {
    "D": Grain.DAY,
    "W": Grain.WEEK,
    "WE": Grain.WEEKEND,
    "M": Grain.MONTH,
    "Q": Grain.QUARTER,
    "X": Grain.QUARTER,  # "the same period": of figures, and those come by the quarter
    "Y": Grain.YEAR,
    "E": Grain.DECADE,
    "C": Grain.CENTURY,
}
_UNKNOWN_VALUES = {
    Grain.DAY: "XXXX-XX-XX",
    Grain.WEEK: "XXXX-WXX",
    Grain.WEEKEND: "XXXX-WXX-WE",
    Grain.MONTH: "XXXX-XX",
    Grain.QUARTER: "XXXX-QX",
    Grain.YEAR: "XXXX",
    Grain.DECADE: "XXX",
    Grain.CENTURY: "XX",
}


def read_weekday(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "Monday", "last Friday evening": the last such day unless the clause speaks of the future."""
    token = phrase.get("WDAY")
    if token is None:
        return None
    day = _weekday(number(token), phrase, reader)
    if day is None:
        return Meaning("DATE", f"XXXX-WXX-{token.value}")
    return meaning_of(day, part=phrase.get("PART"))


def _weekday(weekday: int, phrase: Phrase, reader: Reader) -> Period | None:
    if reader.anchor is None:
        return None
    if phrase.get("FOLLOWING", "PREVIOUS") and reader.told is not None and reader.told.grain is Grain.DAY:
        told = reader.told.nth
        back, ahead = (told - weekday) % 7 or 7, (weekday - told) % 7 or 7
        return Period(Grain.DAY, told + ahead if phrase.get("FOLLOWING") else told - back)
    back, ahead = (reader.anchor - weekday) % 7, (weekday - reader.anchor) % 7
    if phrase.get("LAST", "PREVIOUS"):
        return Period(Grain.DAY, reader.anchor - (back or 7))
    if phrase.get("NEXT", "FOLLOWING"):
        return Period(Grain.DAY, reader.anchor + (ahead or 7))
    if back == 0:
        return Period(Grain.DAY, reader.anchor)
    if phrase.get("THIS"):
        return Period(Grain.DAY, reader.anchor + ahead)
    tense = reader.tense_of(phrase)
    return Period(Grain.DAY, reader.anchor + ahead if tense == FUTURE else reader.anchor - back)


def read_weekday_part(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the night of Friday", "mid-afternoon yesterday"."""
    return read_weekday(phrase, reader) if phrase.get("WDAY") else read_deixis(phrase, reader)


def read_deixis(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "today", "yesterday morning", "tonight"."""
    token = phrase.get("DEIXIS")
    if token is None:
        return None
    now = reader.now(Grain.DAY)
    if token.value.startswith("T"):
        return meaning_of(now, part=token) if now is not None else Meaning("TIME", "XXXX-XX-XX" + token.value)
    part = phrase.get("PART")
    if now is None:
        return Meaning("TIME" if part else "DATE", "XXXX-XX-XX" + (part.value if part else ""))
    return meaning_of(now.shift(number(token)), part=part)


def read_relative(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "last month", "earlier this week", "at the end of next year", "the following day", "that year"."""
    if phrase.get("UNITS"):
        return _these_units(phrase)
    unit = phrase.get("UNIT", "QUARTER", "YEAR_WORD", "CENTURY", "PERIOD")
    grain = _GRAINS.get(unit.value) if unit is not None else None
    if unit is None or grain is None or (unit.name == "PERIOD" and reader.compared_quarter() is None):
        return None
    if phrase.get("THAT", "SAME", "FOLLOWING", "PREVIOUS") or (phrase.get("NEXT") and phrase.get("THE")):
        return _told_relative(grain, phrase, reader)
    relation = phrase.get("LAST", "NEXT", "THIS", "LATEST", "CURRENT")
    now = reader.now(grain)
    if relation is None or (relation.name == "LAST" and grain is Grain.DAY):
        return None
    if now is None:
        return Meaning("DATE", _UNKNOWN_VALUES[grain])
    if relation.name == "LATEST":
        return _latest(grain, now, reader)
    period = now.shift(number(relation))
    if grain is Grain.QUARTER:
        reader.tell_quarter(period)
    return _part_told(period, phrase, reader)


def _these_units(phrase: Phrase) -> Meaning | None:
    units = phrase.get("UNITS")
    if phrase.get("THIS") and units is not None and units.value == "D":
        return Meaning("DATE", "PRESENT_REF")
    return None


def _latest(grain: Grain, now: Period, reader: Reader) -> Meaning | None:
    period = reader.quarter if grain is Grain.QUARTER and reader.quarter else now.shift(-1)
    if grain is Grain.QUARTER:
        reader.tell_quarter(period)
    return meaning_of(period)


def _told_relative(grain: Grain, phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read what is reckoned from the time told last: its value is filled in, but it is only an order."""
    told = reader.context(grain)
    offset = number(phrase.get("FOLLOWING", "PREVIOUS", "NEXT", "SAME", "THAT"))
    order = {1: "after", -1: "before"}.get(offset)
    if told is None:
        return Meaning("DATE", _UNKNOWN_VALUES[grain], None, order)
    if order is None:
        sure = reader.told is not None and is_within(reader.told.grain, grain)
        return meaning_of(told) if sure else Meaning("DATE", told.value(), None, None, told)
    period = told.shift(offset)
    return Meaning("DATE", period.value(), None, order, period) if period.is_sane() else None


def _part_told(period: Period, phrase: Phrase, reader: Reader) -> Meaning | None:
    """Return the period, or the part of it that "early", "the end of", "earlier" or "later" leave."""
    found = meaning_of(period, phrase.get("EDGE", "EDGE_NOUN"))
    side = phrase.get("EARLIER", "LATER")
    if found is None or side is None or reader.anchor is None:
        return found
    days = period.days()
    if not days.first <= reader.anchor <= days.last:
        return found
    cut = Days(days.first, reader.anchor) if side.name == "EARLIER" else Days(reader.anchor, days.last)
    return found._replace(edtf=format_days(cut))


def read_the_unit(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the week", "the end of the year", "the quarter"; "the day before" is an order."""
    unit = phrase.get("UNIT", "QUARTER", "YEAR_WORD", "CENTURY")
    grain = _GRAINS.get(unit.value) if unit is not None else None
    if unit is None or grain is None:
        return None
    after = phrase.after()
    if after is not None and after.name in ("AFTER", "BEFORE"):
        told = reader.context(grain)
        period = told.shift(1 if after.name == "AFTER" else -1) if told is not None else None
        value = period.value() if period is not None and period.is_sane() else _UNKNOWN_VALUES[grain]
        return Meaning("DATE", value, None, after.value)
    if grain is Grain.DAY and not phrase.get("EDGE", "EDGE_NOUN"):
        return None if after is None or after.name == "OF" else _contextual(Grain.DAY, phrase, reader)
    if grain is Grain.QUARTER:
        return _told_quarter(reader)
    if grain is Grain.WEEKEND:
        return _weekend(phrase, reader)
    if grain is Grain.YEAR and after is not None and after.key in ("ended", "ending"):
        return Meaning("DURATION", "P1Y")
    of_told_day = reader.told is not None and reader.told.grain is Grain.DAY and grain is Grain.WEEK
    now = reader.context(grain) if of_told_day else reader.now(grain)
    if now is None:
        return Meaning("DATE", _UNKNOWN_VALUES[grain])
    return _part_told(now, phrase, reader)


def _contextual(grain: Grain, phrase: Phrase, reader: Reader) -> Meaning | None:
    told = reader.context(grain)
    if told is None:
        return Meaning("DATE", _UNKNOWN_VALUES[grain])
    sure = told == reader.told and phrase.get("EARLIER", "LATER") is not None
    return Meaning("DATE", told.value(), told.edtf() if sure else None, None, told)


def _told_quarter(reader: Reader) -> Meaning | None:
    if reader.quarter is None and reader.anchor is not None:
        reader.tell_quarter(period_of(Grain.QUARTER, reader.anchor).shift(-1))
    return meaning_of(reader.quarter) if reader.quarter is not None else Meaning("DATE", "XXXX-QX")


def _weekend(phrase: Phrase, reader: Reader) -> Meaning | None:
    now = reader.now(Grain.WEEKEND)
    if now is None or reader.anchor is None:
        return Meaning("DATE", _UNKNOWN_VALUES[Grain.WEEKEND])
    begun = now.days().first <= reader.anchor
    return meaning_of(now if begun or reader.tense_of(phrase) == FUTURE else now.shift(-1))


def read_unit_end(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "year-end", "month's end": the last days of the period that holds the anchor."""
    unit, edge = phrase.get("UNIT", "QUARTER", "YEAR_WORD"), phrase.get("EDGE_NOUN")
    grain = _GRAINS.get(unit.value) if unit is not None else None
    if grain is None or edge is None or edge.key not in ("end", "start", "close"):
        return None
    now = reader.now(grain)
    return meaning_of(now, edge) if now is not None else Meaning("DATE", _UNKNOWN_VALUES[grain])


def read_part(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "this morning", "last night", "the next evening", "at dawn"."""
    part = phrase.get("PART")
    if part is None:
        return None
    if phrase.get("FOLLOWING", "PREVIOUS", "THAT", "SAME") or (phrase.get("THE") and phrase.get("NEXT")):
        found = _told_relative(Grain.DAY, phrase, reader)
        return found._replace(type="TIME", value=found.value + part.value) if found is not None else None
    if phrase.get("LAST"):
        now = reader.now(Grain.DAY)
        return meaning_of(now.shift(-1), part=part) if now else Meaning("TIME", "XXXX-XX-XX" + part.value)
    return _part_of_day(part, phrase, reader)


def _part_of_day(part: Token, phrase: Phrase, reader: Reader) -> Meaning | None:
    after = phrase.after()
    day = reader.now(Grain.DAY) if phrase.get("THIS") else reader.context(Grain.DAY)
    order = after.value if after is not None and after.name in ("AFTER", "BEFORE") and phrase.get("THE") else None
    if day is None or order is not None:
        return Meaning("TIME", (day.value() if day else "XXXX-XX-XX") + part.value, None, order)
    if reader.told is not None and reader.told.grain is not Grain.DAY and not phrase.get("THIS"):
        day = reader.now(Grain.DAY) or day
    return meaning_of(day, part=part)


def read_overnight(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "overnight": the night that ends on the anchor's day, or the one before the day told of."""
    now = reader.now(Grain.DAY)
    if now is None:
        return Meaning("TIME", "XXXX-XX-XXTNI")
    before = now.shift(-1)
    return Meaning("TIME", before.value() + "TNI", interval(before.edtf(), now.edtf()))


def read_clock(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "10:30 a.m.", "1430 GMT", "noon", "5 p.m. EST, Nov. 6"."""
    clock = _clock_value(phrase)
    if clock is None:
        return None
    day = _clock_day(phrase, reader)
    if day is None:
        return Meaning("TIME", "XXXX-XX-XX" + clock)
    return Meaning("TIME", day.value() + clock, day.edtf(), None, day)


def _clock_day(phrase: Phrase, reader: Reader) -> Period | None:
    for names, read in (
        (("MONTH",), read_month_day),
        (("WDAY",), read_weekday),
        (("DEIXIS",), read_deixis),
        (("ISO",), read_iso),
        (("SLASH",), read_slash),
    ):
        if phrase.get(*names):
            found = read(_without_clock(phrase), reader)
            return found.period if found is not None else None
    if reader.told is not None and reader.told.grain is Grain.DAY:
        return reader.told
    return reader.now(Grain.DAY)


def _without_clock(phrase: Phrase) -> Phrase:
    """Return the phrase from its first word of a date on."""
    names = ("MONTH", "WDAY", "DEIXIS", "ISO", "SLASH")
    first = next(i for i in range(phrase.first, phrase.last) if phrase.tokens[i].name in names)
    day_first = ("INT", "ORDINAL", "OF") if phrase.tokens[first].name == "MONTH" else ()
    while first > phrase.first and phrase.tokens[first - 1].name in day_first:
        first -= 1
    return phrase._replace(first=first)


def _clock_value(phrase: Phrase) -> str | None:
    token = phrase.inside()[0]
    if token.name == "HOUR_WORD":
        return token.value
    if token.name == "CLOCK" and phrase.last - phrase.first == 1 and not _is_placed(phrase):
        return None
    digits = token.value.replace(".", ":")
    zone, half = phrase.get("ZONE"), phrase.get("AMPM")
    if token.name in ("INT", "YEAR") and len(digits) == 4:
        digits = f"{digits[:2]}:{digits[2:]}"
    hour, _, minute = digits.partition(":")
    if not hour.isdecimal() or (half is None and phrase.get("OCLOCK") is None and ":" not in digits):
        return None
    at = int(hour) % 12 + int(half.value) if half is not None and int(hour) <= 12 else int(hour)
    if at > 24 or (minute and not "00" <= minute[:2] <= "59"):
        return None
    offset = zone.value if zone is not None and zone.value == "+0000" else ""
    return f"T{at:02}:{minute[:2] or '00'}" + ("Z" if offset else "")


def _is_placed(phrase: Phrase) -> bool:
    """Tell a time of day ("at 14:30") from the length of a film or a verse of a book ("02:38")."""
    before = phrase.before()
    return before is not None and before.name in (
        "AT",
        "ABOUT",
        "BY",
        "FROM",
        "TO",
        "SINCE",
        "BEFORE",
        "AFTER",
        "BETWEEN",
        "AND",
    )


def anchor_ordinal(anchor: str | None) -> int | None:
    """Return the ordinal of an ISO day (a time after it is dropped), or None; no news is older than 1600."""
    try:
        day = date.fromisoformat(anchor[:10]) if anchor else None
    except ValueError:
        return None
    return day.toordinal() if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


_FIRST_YEAR, _LAST_YEAR = 1600, 2900
