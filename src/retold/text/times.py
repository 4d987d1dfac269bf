"""Time expressions of English news: found, and resolved against a day of publication.

``recognise`` finds the phrases of a text (no date is needed for that), ``resolve`` says what they mean seen from an
anchor, so that a report without a date can be read again when its story lends it one; ``find_times`` does both.
Pure functions of their arguments; the word tables come from ``retold.lexicon.times.time_words``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from retold.text import times_days as days
from retold.text import times_lengths as lengths
from retold.text import times_values as values
from retold.text import times_years as years
from retold.text.edtf import compare, format_day, interval
from retold.text.spans import Span
from retold.text.times_calendar import day_period
from retold.text.times_rules import Phrase, phrases_of
from retold.text.times_values import Meaning, Reader, TimeKind
from retold.text.times_words import TimeWords, tokens_of

READERS: dict[str, Callable[[Phrase, Reader], Meaning | None]] = {
    "age": lengths.read_age,
    "dated_feast": values.read_dated_feast,
    "clock_date": days.read_clock,
    "clock": days.read_clock,
    "iso": values.read_iso,
    "slash": values.read_slash,
    "day_range": values.read_day_range,
    "week_of": values.read_week_of,
    "month_day": values.read_month_day,
    "feast": values.read_feast,
    "month_year": years.read_month,
    "month": years.read_month,
    "quarter_of": years.read_quarter,
    "quarter_adjective": years.read_quarter,
    "half_of": years.read_half_of,
    "year_ago": years.read_year_ago,
    "year_quarter": years.read_year_quarter,
    "century": years.read_century,
    "decade": years.read_decade,
    "season": years.read_season,
    "year": years.read_year,
    "spelled_year": years.read_spelled_year,
    "weekday": days.read_weekday,
    "weekday_part": days.read_weekday_part,
    "deixis": days.read_deixis,
    "relative": days.read_relative,
    "same_period": years.read_same_period,
    "year_range": years.read_year_range,
    "the_unit": days.read_the_unit,
    "unit_end": days.read_unit_end,
    "part": days.read_part,
    "overnight": days.read_overnight,
    "set_weekday": lengths.read_set_weekday,
    "set_every": lengths.read_set_every,
    "set_times": lengths.read_set_times,
    "frequency": lengths.read_frequency,
    "ago": lengths.read_ago,
    "past_n": lengths.read_past_n,
    "recent": lengths.read_recent,
    "later_than": lengths.read_later,
    "later": lengths.read_bare_later,
    "earlier": lengths.read_bare_earlier,
    "duration": lengths.read_duration,
    "present": lengths.read_reference,
    "past": lengths.read_reference,
    "current": lengths.read_reference,
    "vague_past": lengths.read_vague_past,
    "vague_future": lengths.read_vague_future,
}
"""What reads the matches of each rule of the grammar."""


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time expression: where it stands, its TIMEX3 type and value, the days it means, or the order it tells.

    ``edtf`` is None when the phrase only orders or only measures, or no anchor is known; ``order`` is "after" or
    "before".
    """

    span: Span
    type: TimeKind
    value: str
    edtf: str | None
    anchor: str | None
    order: str | None = None


def find_times(
    text: str, sentences: Iterable[tuple[int, int]], anchor: str | None, words: TimeWords
) -> list[FoundTime]:
    """Return the time expressions inside the sentences, read from the anchor (an ISO day, or None).

    >>> from retold.lexicon.times import time_words
    >>> text = "Rain closed the port early Sunday; it reopened two days later."
    >>> [(text[a:b], found.edtf, found.order) for found in find_times(text, [(0, 62)], "2020-02-19", time_words())
    ...  for a, b in [found.span]]
    [('early Sunday', '2020-02-16', None), ('two days later', None, 'after')]
    """
    return resolve(recognise(text, sentences, words), anchor, words)


def recognise(text: str, sentences: Iterable[tuple[int, int]], words: TimeWords) -> list[Phrase]:
    """Return the phrases of time inside the sentences, in their order, none overlapping."""
    found: list[Phrase] = []
    for start, end in sentences:
        found.extend(phrases_of(tokens_of(text, start, end, words)))
    return found


def resolve(phrases: Sequence[Phrase], anchor: str | None, words: TimeWords) -> list[FoundTime]:
    """Return what the phrases mean seen from the anchor; phrases that turn out to be no time are left out."""
    ordinal = days.anchor_ordinal(anchor)
    day = format_day(ordinal) if ordinal is not None else None
    reader = Reader(words, ordinal)
    read: list[tuple[Phrase, Meaning]] = []
    for i, phrase in enumerate(phrases):
        reader.n_since_quarter += 1
        meaning = READERS[phrase.rule](_with_year(phrase, phrases[i + 1 : i + 2]), reader)
        if meaning is None:
            continue
        if meaning.period is not None:
            reader.told = meaning.period
        read.append((phrase, meaning))
    edtfs = _with_ranges(read, day)
    return [
        FoundTime(Span(phrase.start, phrase.end), meaning.type, meaning.value, edtf, day, meaning.order)
        for (phrase, meaning), edtf in zip(read, edtfs, strict=True)
    ]


def _with_year(phrase: Phrase, following: Sequence[Phrase]) -> Phrase:
    """Return the first end of "from March to May 2017" with the year that only the second one prints."""
    if not following or phrase.rule not in ("month", "month_day") or phrase.get("YEAR", "LAST", "NEXT"):
        return phrase
    year, month, last = following[0].get("YEAR"), phrase.get("MONTH"), following[0].get("MONTH")
    if year is None or month is None or last is None or not _is_range(phrase, following[0]):
        return phrase
    if int(month.value) > int(last.value):
        year = year._replace(value=str(int(year.value) - 1))
    tokens = [*phrase.inside(), year]
    return Phrase(phrase.rule, tokens, 0, len(tokens))


def _with_ranges(read: list[tuple[Phrase, Meaning]], day: str | None) -> list[str | None]:
    """Give both ends of "from March to May" the whole interval, and "since October" its reach to the anchor."""
    edtfs = [meaning.edtf for _, meaning in read]
    for i, (phrase, meaning) in enumerate(read):
        if meaning.edtf is None:
            continue
        before = phrase.before()
        if before is not None and before.key == "since" and day is not None and compare(meaning.edtf, day) == -1:
            edtfs[i] = interval(meaning.edtf, day)
        elif i + 1 < len(read) and _is_range(phrase, read[i + 1][0]):
            last = read[i + 1][1].edtf
            if last is not None and compare(meaning.edtf, last) == -1:
                edtfs[i] = edtfs[i + 1] = interval(meaning.edtf, last)
    return edtfs


def _is_range(one: Phrase, two: Phrase) -> bool:
    """Tell whether the words between two phrases make them the ends of a range."""
    if one.tokens is not two.tokens or two.first - one.last != 1:
        return False
    joint, before = one.tokens[one.last], one.before()
    opening = before.name if before is not None else ""
    if opening == "BETWEEN":
        return joint.name == "AND"
    return (joint.name == "TO" and (opening == "FROM" or joint.key in ("to", "through"))) or joint.name == "DASH"


_NUMERIC = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])|(?<![\w/.])\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?![\w/])")


def find_numeric_dates(text: str, sentences: Iterable[tuple[int, int]], anchor: str | None) -> list[FoundTime]:
    """Return only the dates that need no language: ``2020-02-16`` and ``16.02.2020``."""
    ordinal = days.anchor_ordinal(anchor)
    day = format_day(ordinal) if ordinal is not None else None
    found = []
    for start, end in sentences:
        for match in _NUMERIC.finditer(text, start, end):
            edtf = _numeric_day(match.group())
            if edtf is not None:
                found.append(FoundTime(Span(*match.span()), "DATE", edtf, edtf, day))
    return found


def _numeric_day(found: str) -> str | None:
    pieces = [int(piece) for piece in re.split(r"[.-]", found)]
    year, month, day = pieces[::-1] if "." in found else pieces
    period = day_period(year, month, day)
    return period.value() if period is not None and period.is_sane() else None
