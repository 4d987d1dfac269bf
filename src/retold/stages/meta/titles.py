"""The title of a report: the visible headline where the page's declared title agrees with it, else the declared one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.model.page import Declared, Page
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.stages.meta.declarations import Wanted, values_of
from retold.text.spans import Span, trim

_DECLARED: Wanted = (
    ("json-ld", "headline"),
    ("opengraph", "og:title"),
    ("*", "twitter:title"),
    ("microdata", "headline"),
    ("record", "title"),
    ("title", "title"),
)
# A visible headline is the declared title when so much of their words is shared.
_AGREES = 0.6
_SUFFIX = re.compile(r"\s+(?:[|•·»«–—]|-{1,2}|::)\s+(?=[^|•·»«–—]*$)")
_MAX_SUFFIX_WORDS = 5
_SPACE = re.compile(r"\s+")


def _bag(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words.casefold()))


def _squeezed(words: str) -> str:
    return "".join(re.findall(r"\w+", words.casefold()))


def without_outlet(title: str, outlet: str | None, others: Sequence[str] = ()) -> str:
    """Return the title without the outlet's name at its end (``" | Port City Post"``).

    A short ending is also dropped when another declared title, or the headline, is the rest.

    >>> without_outlet("Storm shuts harbour | Port City Post", "Port City Post")
    'Storm shuts harbour'
    """
    rest = _SPACE.sub(" ", title).strip()
    while match := _SUFFIX.search(rest):
        ending, head = rest[match.end() :], rest[: match.start()].rstrip()
        named = outlet is not None and _is_same_outlet(ending, outlet)
        known = any(_squeezed(head) == _squeezed(other) for other in others)
        if not head or not (named or known) or len(ending.split()) > _MAX_SUFFIX_WORDS:
            break
        rest = head
    return rest


def _is_same_outlet(ending: str, outlet: str) -> bool:
    one, other = _squeezed(ending), _squeezed(outlet)
    return bool(one) and (one in other or other in one)


def title_suffix(title: str) -> str | None:
    """Return the ending of a title that has the form of an outlet's name, or None."""
    match = _SUFFIX.search(_SPACE.sub(" ", title).strip())
    if match is None:
        return None
    ending = _SPACE.sub(" ", title).strip()[match.end() :]
    return ending if 1 <= len(ending.split()) <= _MAX_SUFFIX_WORDS else None


def _headlines(page: Page, segments: Sequence[Segment]) -> list[Span]:
    spans = [trim(page.text, segment.span) for segment in segments if segment.kind is SegmentKind.HEADLINE]
    first_body = next((segment.start for segment in segments if segment.kind is SegmentKind.BODY), 0)
    return sorted(spans, key=lambda span: (span.start > first_body, abs(first_body - span.start)))


def title_of(
    page: Page, segments: Sequence[Segment], declared: Sequence[Declared], outlet: str | None
) -> MetaValue | None:
    """Return the report's title and where it was found."""
    headlines = _headlines(page, segments)
    visible = [_SPACE.sub(" ", page.text[span.start : span.end]) for span in headlines]
    rows = list(values_of(declared, _DECLARED))
    cleaned = [without_outlet(row.value, outlet, (*visible, *(r.value for r in rows))) for row in rows]
    for span, words in zip(headlines, visible, strict=True):
        if not rows or any(_agree(words, title) for title in cleaned):
            return MetaValue(page.page, MetaField.TITLE, words, "visible", span)
    if rows:
        return MetaValue(page.page, MetaField.TITLE, cleaned[0], rows[0].origin)
    return None


def _agree(visible: str, declared: str) -> bool:
    one, other = _bag(visible), _bag(declared)
    return len(one & other) >= _AGREES * (len(one | other) or 1)
