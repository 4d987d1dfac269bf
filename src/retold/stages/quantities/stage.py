"""The stage itself: numbers of every sentence, cleared of days and clock times, with what they count."""

from __future__ import annotations

from collections.abc import Sequence

from retold.engine.stage import Stage, Written
from retold.model.facts import Quantity, TimeType
from retold.model.page import PageId
from retold.model.report import SegmentKind
from retold.stages.quantities.counted import (
    PREPOSITIONS_TOO,
    approximator_after,
    approximator_before,
    counted_by,
    is_during,
    unit_after,
)
from retold.stages.quantities.no_counts import is_idle_one, is_no_quantity
from retold.stages.quantities.numbers import Number, Token, lexicon, numbers_of, tokens_of
from retold.tables.table import PAGES, QUANTITIES, SEGMENTS, SENTENCES, TIMES, Grain, Rows
from retold.text.spans import Span

NOT_READ = frozenset({SegmentKind.CROSSHEAD})


def quantities_of(text: str, sentence: tuple[int, int], page: PageId) -> list[Quantity]:
    """Return the quantities of one sentence, in order.

    >>> found = quantities_of("Roughly 5,200 dock workers walked out.", (0, 38), PageId("0" * 32))
    >>> [(q.value, q.approximate, q.counted) for q in found]
    [(5200.0, 'Roughly', Span(start=14, end=26))]
    """
    tokens = tokens_of(text, sentence)
    numbers = [number for number in numbers_of(tokens) if not is_no_quantity(tokens, number)]
    found = [_quantity(text, tokens, number, page, others=_is_among_others(number, numbers)) for number in numbers]
    return [quantity for quantity in found if quantity is not None]


def _is_among_others(number: Number, numbers: Sequence[Number]) -> bool:
    """Tell whether another number stands close by: "one Portuguese citizen, three Indian"."""
    return any(
        other is not number and abs(other.first - number.first) <= CLOSE_WORDS and not other.ordinal
        for other in numbers
    )


CLOSE_WORDS = 8
"""Words between two counts that belong together."""


def _quantity(text: str, tokens: Sequence[Token], number: Number, page: PageId, *, others: bool) -> Quantity | None:
    unit, after = unit_after(tokens, number)
    counted = counted_by(tokens, number, unit, after)
    approximate = None if number.ordinal else _approximator(text, tokens, number, unit, after)
    if number.ordinal and counted is None:
        return None
    if unit is None and text[number.start : number.end].lower() == "one":
        head = text[slice(*counted)].split()[-1].lower() if counted is not None else ""
        if not head or is_idle_one(tokens, number, head, others=others):
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


def _approximator(text: str, tokens: Sequence[Token], number: Number, unit: str | None, after: int) -> Span | None:
    """Return the number's approximator: before "hundreds" and the like a preposition is none."""
    before = approximator_before(tokens, number.first)
    if before is not None and number.value is None and text[slice(*before)].lower() in PREPOSITIONS_TOO:
        return None  # "upset about hundreds of cuts"
    if before is not None and is_during(tokens, number.first, unit):
        return None
    return before or approximator_after(tokens, number, after)


_DOLLARS = frozenset({"US", "A", "AU", "C", "CA", "NZ", "HK", "S", "NT"})


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
    version=5,
    run=mark_quantities,
)
