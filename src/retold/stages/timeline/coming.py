"""What is to come when a report is printed: due by a day, within some days, or told in the present for a later day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.model.facts import Factuality, TimeExpression
from retold.stages.timeline.telling import Telling
from retold.text.edtf import Days, format_days, parse


def is_coming(text: str, telling: Telling, published: str | None) -> bool:
    """Tell whether a present progressive has a day after print: "is coming back next week"."""
    day, date = parse(published) if published else None, parse(telling.date) if telling.date else None
    if day is None or date is None or date.first <= day.last or telling.factuality is not Factuality.HAPPENED:
        return False
    return re.search(r"\b(?:is|are)\s(?:\w+ly\s)?\w+ing\b", text[slice(*telling.span)]) is not None


def by_then(text: str, telling: Telling, published: str | None) -> str | None:
    """Return the telling's date; for what is due "by Friday" the days from print to then."""
    if telling.time is None or telling.date is None or not re.search(r"\bby\s\Z", text[: telling.time.span.start][-4:]):
        return telling.date
    day, date = parse(published) if published else None, parse(telling.date)
    if day is None or date is None or telling.factuality is not Factuality.EXPECTED or date.last < day.first:
        return None
    return format_days(Days(day.first, date.last))


def deadline(text: str, telling: Telling, times: Sequence[TimeExpression], published: str | None) -> str | None:
    """Return the days up to a deadline counted from the day of print: "will report within 30 days"."""
    day = parse(published) if published else None
    if telling.factuality is not Factuality.EXPECTED or day is None:
        return None
    for time in times:
        length = re.fullmatch(r"P(\d{1,3})([DW])", time.value)
        if length and telling.span.holds(time.span) and text[: time.span.start].rstrip().endswith("within"):
            n_days = int(length[1]) * (7 if length[2] == "W" else 1)
            return format_days(Days(day.first, day.first + n_days))
    return None


def is_due(text: str, telling: Telling) -> bool:
    """Tell whether the clause sets a deadline counted in days or weeks: "will report within 30 days"."""
    words = text[telling.span.start : telling.span.end]
    return telling.factuality is Factuality.EXPECTED and re.search(r"\bwithin\b", words) is not None
