"""The stage itself: numbers of every sentence, cleared of days and clock times, with what they count."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retold.engine.stage import Stage, Written
from retold.lexicon import entries
from retold.model.facts import Quantity, TimeType
from retold.model.page import PageId
from retold.model.report import SegmentKind
from retold.stages.quantities.counted import approximator_before, counted_after, unit_after
from retold.stages.quantities.numbers import Number, Token, lexicon, numbers_of, tokens_of
from retold.tables.table import PAGES, QUANTITIES, SEGMENTS, SENTENCES, TIMES, Grain, Rows
from retold.text.spans import Span

LENGTHS_OF_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
"""Behind these stands what lasts so long only after "of"; else the next clause ("30 days unless ...")."""

NOT_READ = frozenset({SegmentKind.CROSSHEAD})


def quantities_of(text: str, sentence: tuple[int, int], page: PageId) -> list[Quantity]:
    """Return the quantities of one sentence, in order.

    >>> found = quantities_of("Roughly 5,200 dock workers walked out.", (0, 38), PageId("0" * 32))
    >>> [(q.value, q.approximate, q.counted) for q in found]
    [(5200.0, 'Roughly', Span(start=14, end=26))]
    """
    tokens = tokens_of(text, sentence)
    return [
        quantity
        for number in numbers_of(tokens)
        if not _is_no_quantity(tokens, number)
        for quantity in [_quantity(text, tokens, number, page)]
        if quantity is not None
    ]


def _quantity(text: str, tokens: Sequence[Token], number: Number, page: PageId) -> Quantity | None:
    unit, after = unit_after(tokens, number)
    is_length = unit in LENGTHS_OF_TIME and not (after < len(tokens) and tokens[after].low == "of")
    counted = None if is_length else counted_after(tokens, after)
    approximate = None if number.ordinal else approximator_before(tokens, number.first)
    if number.ordinal and counted is None:
        return None
    if unit is None and counted is None and text[number.start : number.end].lower() == "one":
        return None
    start = number.start
    if number.first > 0 and tokens[number.first - 1].text in lexicon()["currency_signs"]:
        start = tokens[number.first - 1].start
        country = tokens[number.first - 2] if number.first > 1 else None
        if country is not None and country.text in _DOLLARS and country.end == start:
            start = country.start
    end = tokens[after - 1].end if unit is not None and after > number.last else number.end
    return Quantity(
        page=page,
        span=Span(start, end),
        value=number.value,
        low=number.low,
        high=number.high,
        unit=unit,
        counted=counted,
        approximate=text[approximate.start : approximate.end] if approximate else None,
        ordinal=number.ordinal,
    )


def _is_no_quantity(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number is part of a name, a pronoun or an adverb: "K1", "no one", "first of all"."""
    before = tokens[number.first - 1] if number.first else None
    after = tokens[number.last] if number.last < len(tokens) else None
    word = tokens[number.first].low
    if _is_in_a_name(tokens, number) or _is_an_hour(tokens, number) or _is_an_idiom(tokens, number):
        return True
    if before is not None and before.end == number.start and (before.text[-1].isalnum() or before.text in "-:/'’#"):
        return True
    if after is not None and after.start == number.end and after.text in {":", "/"}:
        return True
    if before is not None and before.low in _NUMBERED and number.last == number.first + 1:
        return True  # "week five of the tour"
    digits = tokens[number.last + 1].text[0].isdigit() if number.last + 1 < len(tokens) else False
    if number.low is None and after is not None and after.text == "-" and digits:
        return True  # "555-0100"
    if word == "one" and number.last == number.first + 1:
        prior = before.low if before else ""
        later = after.low if after else ""
        return prior in {"no", "any", "every", "some", "each", "this", "that", "the", "another"} or later in {
            "another", "of", "day", "that", "who", "can", "might", "would", "is", "was", "by", "may", "could",
        }  # fmt: skip
    if number.ordinal and word in {"first", "second"} and number.last == number.first + 1:
        # "at first", "who first said": an adverb. "For the first time" stays.
        return (before is not None and before.low in {"at", "when", "was", "were", "who"}) or after is None
    return False


_NUMBERED = frozenset({"week", "day", "page", "chapter", "grade", "phase", "part", "room", "gate", "act", "step"})
_DOLLARS = frozenset({"US", "A", "AU", "C", "CA", "NZ", "HK", "S", "NT"})


def _words(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(token.low for token in tokens[max(0, first) : last])


def _is_an_hour(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number is a clock time that no date was read from: "at five in the morning"."""
    later = _words(tokens, number.last, number.last + 3)
    return (
        number.value is not None and 1 <= number.value <= 12 and later.startswith(tuple(lexicon()["idioms"]["hours"]))
    )


def _is_an_idiom(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number counts nothing: "the eleventh hour", "the Group of Seven"."""
    idioms = lexicon()["idioms"]
    if number.ordinal:
        return _words(tokens, number.first, number.last + 1) in idioms["ordinals"]
    before = tokens[number.first - 1] if number.first else None
    named = before is not None and tokens[number.first].text[0].isupper() and number.last == number.first + 1
    group = _words(tokens, number.first - 2, number.first) == "group of" or (
        before is not None and before.text == "Big"
    )
    return group and (named or tokens[number.first].text.isdigit())


def _is_in_a_name(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number is part of a name: "Berth 9", "Model 410 Sea 2", "the 4th District"."""
    before = tokens[number.first - 1] if number.first > 1 else None
    after = tokens[number.last] if number.last < len(tokens) else None
    capital_after = after is not None and after.text[0].isupper() and len(after.text) > 1
    if number.ordinal:
        return capital_after and after is not None and not after.text.endswith("s") and not _is_people(after.text)
    if number.last != number.first + 1 or not tokens[number.first].text.isdigit():
        return False
    later = tokens[number.last + 1] if number.last + 1 < len(tokens) else None
    if capital_after and later is not None and later.text[0].isdigit():
        return True
    named = before is not None and before.text[0].isupper() and before.text.lower() not in _BEFORE_COUNTS
    owner = before is not None and before.low.endswith(("'s", "’s", "s'", "s’"))
    return named and before is not None and not owner and before.low not in lexicon()["counted"]["stop"]


_BEFORE_COUNTS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "some", "nearly", "almost", "about", "around", "roughly", "only", "just", "all", "at",
    "least", "over",
})  # fmt: skip


@cache
def _people() -> frozenset[str]:
    return frozenset(form for forms in entries("places")["countries"].values() for form in forms)


def _is_people(word: str) -> bool:
    return word in _people()


def mark_quantities(rows: Rows) -> Written:
    """Return the quantities of the page's sentences that are no part of a date or clock time."""
    (page,) = rows.rows(PAGES)
    told = [time.span for time in rows.rows(TIMES) if time.type in (TimeType.DATE, TimeType.TIME, TimeType.SET)]
    found = [
        quantity
        for sentence in rows.rows(SENTENCES)
        if sentence.kind not in NOT_READ
        for quantity in quantities_of(page.text, sentence.span, page.page)
        if not any(quantity.span.overlaps(span) for span in told)
    ]
    return {QUANTITIES: found}


STAGE = Stage(
    name="quantities",
    reads=(PAGES, SEGMENTS, SENTENCES, TIMES),
    writes=(QUANTITIES,),
    grain=Grain.PAGE,
    version=2,
    run=mark_quantities,
)
