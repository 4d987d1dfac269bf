"""Words behind pointers, addresses of pages, and the dates an EDTF value starts and ends with.

Owns what every export asks of a StoryView beyond its fields. Addresses are untrusted: only http and https pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from retold.model.page import PageId, Pointer
from retold.model.report import MetaField
from retold.text import edtf
from retold.text.spans import Span
from retold.views.story_view import StoryView, Witness

_WEB = re.compile(r"https?://[^\s<>\"'{}|\\^`\x00-\x20\x7f-\xa0\ud800-\udfff]+", re.IGNORECASE)
_POINT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_ROUGH_YEAR = re.compile(r"(\d{2})XX|(\d{3})X", re.ASCII)
GAP = " […] "
"""Stands between the pieces of a claim that other words part."""


class Point(NamedTuple):
    """A year, month or day, as precise as it is known."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The witnesses of a story by page, found at once: a story may have hundreds, and places by the ten thousand."""

    witnesses: dict[PageId, Witness]

    def siglum(self, page: PageId) -> str:
        """Return the letter of the report that is this page."""
        return self.witnesses[page].siglum

    def text(self, page: PageId) -> str:
        """Return the whole text of the page."""
        return self.witnesses[page].report.page.text

    def words(self, pointer: Pointer | None) -> str:
        """Return the characters a pointer opens, or nothing where there is no pointer."""
        return "" if pointer is None else self.text(pointer.page)[pointer.start : pointer.end]


def places_of(view: StoryView) -> Places:
    """Return the witnesses of the story by page."""
    return Places({witness.page: witness for witness in view.witnesses})


def words_of_spans(text: str, spans: Iterable[Span]) -> str:
    """Return the words of spans in their order, a gap sign between pieces.

    >>> words_of_spans("The pier, he said, is shut", [Span(0, 8), Span(19, 26)])
    'The pier […] is shut'
    """
    return GAP.join(text[span.start : span.end] for span in spans)


def web_address(witness: Witness) -> str | None:
    """Return the http(s) address of the report, or None where the page gives none."""
    for address in (witness.report.meta_value(MetaField.URL), witness.report.page.source):
        if address and _WEB.fullmatch(address):
            return address
    return None


def page_urn(page: PageId) -> str:
    """Return the name of a page as a URN, for where a format wants an IRI."""
    return f"urn:retold:page:{page}"


def address_of(witness: Witness) -> str:
    """Return the report's web address, else the URN of its page."""
    return web_address(witness) or page_urn(witness.page)


def title_of(witness: Witness) -> str:
    """Return the report's headline, or nothing where none was found."""
    return witness.report.meta_value(MetaField.TITLE) or ""


def outlet_of(witness: Witness) -> str:
    """Return the outlet as the page gives it, or nothing."""
    return witness.report.meta_value(MetaField.OUTLET) or ""


def published_of(witness: Witness) -> str:
    """Return the day the report was published, printed or inferred, or nothing."""
    return (witness.published.value or "") if witness.published else ""


def dates_of(value: str | None) -> tuple[Point, Point] | None:
    """Return the first and last date of a closed EDTF date or interval, or None for any other.

    >>> dates_of("2024-10/2025-03-03")
    (Point(year=2024, month=10, day=None), Point(year=2025, month=3, day=3))
    >>> dates_of("../2025-03-03") is None
    True
    """
    if value is None or edtf.parse(value) is None:
        return None
    before, _, after = value.partition("/")
    first, last = _point(before, last=False), _point(after if "/" in value else before, last=True)
    return (first, last) if first and last else None


def _point(point: str, *, last: bool) -> Point | None:
    if rough := _ROUGH_YEAR.fullmatch(point):
        missing = 100 if rough[1] else 10
        year = int(rough[1] or rough[2]) * missing + (missing - 1 if last else 0)
        return Point(year)
    found = _POINT.fullmatch(point)
    if found is None:
        return None
    return Point(int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None)
