"""Who published a report, at which address, in which section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.model.page import Declared, Page
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.stages.meta.declarations import Wanted, values_of
from retold.stages.meta.titles import title_suffix
from retold.text.spans import trim

_OUTLET: Wanted = (
    ("opengraph", "og:site_name"),
    ("json-ld", "publisher"),
    ("record", "outlet"),
    ("microdata", "publisher"),
    ("*", "application-name"),
    ("*", "dc.publisher"),
)
_URL: Wanted = (
    ("link", "canonical"),
    ("opengraph", "og:url"),
    ("record", "url"),
    ("json-ld", "url"),
    ("json-ld", "mainentityofpage"),
)
_SECTION: Wanted = (
    ("json-ld", "articlesection"),
    ("*", "article:section"),
    ("record", "section"),
    ("microdata", "articlesection"),
    ("*", "section"),
    ("*", "parsely-section"),
)
_HTTP = re.compile(r"^https?://(?P<host>[^/?#\s@:]+)", re.IGNORECASE)


def url_of(page: Page, declared: Sequence[Declared]) -> MetaValue | None:
    """Return the page's own address; where none is declared, the source it was read from if that is one."""
    for row in values_of(declared, _URL):
        if _HTTP.match(row.value):
            return MetaValue(page.page, MetaField.URL, row.value, row.origin)
    if _HTTP.match(page.source):
        return MetaValue(page.page, MetaField.URL, page.source, "url")
    return None


_MASTHEAD_LINES = 4
_MASTHEAD_WORDS = 5
_SHORT_WORD = 5
_RIGHTS = re.compile(r"©|\(c\)|\bcopyright\b|all rights reserved", re.IGNORECASE)


def _masthead(page: Page, segments: Sequence[Segment]) -> MetaValue | None:
    """Return the name on one of the page's first lines that its line of rights names again."""
    rights = [page.text[s.start : s.end].casefold() for s in segments if _RIGHTS.search(page.text, s.start, s.end)]
    for segment in segments[:_MASTHEAD_LINES]:
        span = trim(page.text, segment.span)
        name = " ".join(page.text[span.start : span.end].split())
        fits = segment.kind is SegmentKind.FURNITURE and 0 < len(name.split()) <= _MASTHEAD_WORDS and len(name) > 2
        if fits and any(_names(line, name.casefold()) for line in rights if line.strip() != name.casefold()):
            shown = name.title() if name.isupper() and " " in name else name
            return MetaValue(page.page, MetaField.OUTLET, shown, "visible", span)
    return None


def _names(rights: str, name: str) -> bool:
    """Tell whether a line of rights holds the name, or the telling first word of it: "© 2025 Coastlight Media"."""
    first = name.split()[0]
    return name in rights or (len(first) > _SHORT_WORD and re.search(rf"\b{re.escape(first)}\b", rights) is not None)


def outlet_of(
    page: Page, segments: Sequence[Segment], declared: Sequence[Declared], url: str | None
) -> MetaValue | None:
    """Return the outlet's name as the page gives it, else the host of its address."""
    for row in values_of(declared, _OUTLET):
        if not _HTTP.match(row.value):
            return MetaValue(page.page, MetaField.OUTLET, " ".join(row.value.split()), row.origin)
    for row in values_of(declared, (("title", "title"),)):
        if suffix := title_suffix(row.value):
            return MetaValue(page.page, MetaField.OUTLET, suffix, "title")
    masthead = _masthead(page, segments)
    if masthead is not None:
        return masthead
    match = _HTTP.match(url or "")
    if match:
        return MetaValue(page.page, MetaField.OUTLET, match["host"].lower().removeprefix("www."), "url")
    return None


def section_of(page: Page, declared: Sequence[Declared]) -> MetaValue | None:
    """Return the section the report stands in."""
    for row in values_of(declared, _SECTION):
        return MetaValue(page.page, MetaField.SECTION, " ".join(row.value.split()), row.origin)
    return None
