"""Times of a story's reports, read again where the story lent a report its date.

A report that prints no day has times without an anchor; once a sibling lends it one, "last month" means something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.lexicon.times import time_words
from retold.model.facts import TimeExpression, TimeType
from retold.model.page import Page, PageId
from retold.model.report import Sentence
from retold.model.story import ReportDate
from retold.text.times import FoundTime, find_times


def anchored(
    page: Page, times: Sequence[TimeExpression], sentences: Sequence[Sentence], date: ReportDate | None
) -> Sequence[TimeExpression]:
    """Return the page's times, anchored at the day its story lent it where it has none of its own."""
    lent = date.value if date is not None and date.how == "inferred" else None
    if lent is None or not times or any(time.anchor is not None for time in times):
        return times
    return [
        _row(page.page, found)
        for found in find_times(page.text, [sentence.span for sentence in sentences], lent, time_words())
    ]


def _row(page: PageId, found: FoundTime) -> TimeExpression:
    return TimeExpression(page, found.span, TimeType(found.type), found.value, found.edtf, found.anchor, found.order)


def by_page(rows: Sequence[TimeExpression]) -> Mapping[PageId, list[TimeExpression]]:
    """Return the times of each page."""
    placed: dict[PageId, list[TimeExpression]] = {}
    for row in rows:
        placed.setdefault(row.page, []).append(row)
    return placed
