"""When a report was published and modified: declared times first, then dates in the page's text, dateline, address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from retold.lexicon.calendar import dates_in
from retold.model.page import Declared, Page
from retold.model.report import Dateline, MetaField, MetaValue, Segment, SegmentKind
from retold.stages.meta.declarations import Wanted, values_of
from retold.text.spans import Span, trim

_PUBLISHED: Wanted = (
    ("json-ld", "datepublished"),
    ("*", "article:published_time"),
    ("record", "published"),
    ("microdata", "datepublished"),
    ("*", "og:published_time"),
    ("*", "og:article:published_time"),
    ("*", "datepublished"),
    ("*", "publishdate"),
    ("*", "publish-date"),
    ("*", "pubdate"),
    ("*", "publication_date"),
    ("*", "publication-date"),
    ("*", "parsely-pub-date"),
    ("*", "sailthru.date"),
    ("*", "article.published"),
    ("*", "cxenseparse:recs:publishtime"),
    ("*", "dc.date.issued"),
    ("*", "shareaholic:article_published_time"),
    ("*", "dcterms.created"),
    ("*", "dcterms.date"),
    ("*", "dc.date"),
    ("*", "date"),
    ("json-ld", "datecreated"),
)
_MODIFIED: Wanted = (
    ("json-ld", "datemodified"),
    ("*", "article:modified_time"),
    ("record", "modified"),
    ("*", "og:updated_time"),
    ("microdata", "datemodified"),
    ("*", "last-modified"),
    ("*", "lastmod"),
    ("*", "dcterms.modified"),
)
_ISO = re.compile(
    r"\s*(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?:[T ]\s?(?P<time>\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*"
    r"(?P<zone>Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
)
# "Tue, 04 Mar 2025 23:30:00 +0100" (RFC 5322).
_MAIL_TIME = re.compile(
    r"\s*[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{1,3})\s*$"
)
_UTC = re.compile(r"T.*(?:Z|[+-]00:00)$")
_COMPACT = re.compile(
    r"^(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
    r"(?:T?(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?P<s>[0-5]\d)?(?P<zone>Z|[+-]\d\d:?\d\d)?|T?\d{4,6}Z?|Z)?$"
)
_URL_DATE = re.compile(
    r"[/_-](?P<y>(?:19|20)\d\d)[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)
_UPDATED = re.compile(
    r"updated|modified|aktualisiert|stand:|mis à jour|actualizado|aggiornat|bijgewerkt|oppdatert|uppdaterad",
    re.IGNORECASE,
)
_PUBLISHED_WORD = re.compile(
    r"published|posted|veröffentlicht|erstellt|publié|publicado|pubblicat|gepubliceerd|publisert|publicerad",
    re.IGNORECASE,
)
# How far from headline or first paragraph, in segments, a printed date may stand.
_REACH = 12
_MAX_DATE_LINE = 160


def iso_time(value: str) -> str | None:
    """Return a declared time as ISO 8601, as precise as it is given, or None when it is none.

    >>> iso_time("2025-03-03 14:05:00+0100")
    '2025-03-03T14:05:00+01:00'
    """
    if match := _ISO.match(value):
        if not match["time"]:
            return match["date"]
        return f"{match['date']}T{match['time'].replace(',', '.')}{_zone(match['zone'])}"
    if match := _COMPACT.match(value.strip()):
        day = f"{match['y']}-{match['m']}-{match['d']}"
        if not match["h"]:
            return day
        return f"{day}T{match['h']}:{match['min']}{':' + match['s'] if match['s'] else ''}{_zone(match['zone'])}"
    if _MAIL_TIME.match(value):
        try:
            return parsedate_to_datetime(value).isoformat()
        except ValueError:
            return None
    dates = [date for date in dates_in(value) if not date.value.startswith("X")]
    return dates[0].value if dates else None


def _zone(zone: str | None) -> str:
    """Return a zone with a colon between its hours and minutes, nothing where there is none."""
    return f"{zone[:3]}:{zone[3:]}" if zone and len(zone) == 5 else zone or ""


def _declared(page: Page, declared: Sequence[Declared], wanted: Wanted, field: MetaField) -> MetaValue | None:
    """Return the most trusted declared time; where it is given in UTC, and elsewhere in the outlet's own zone, in that.

    A report published at 23:30 UTC is dated the next day where its outlet is, and the outlet's day is the one meant.
    """
    found = [(value, row.origin) for row in values_of(declared, wanted) if (value := iso_time(row.value))]
    if not found:
        return None
    instant = _instant(found[0][0])
    local = (one for one in found if instant and _instant(one[0]) == instant and not _UTC.search(one[0]))
    value, origin = next(local, found[0]) if _UTC.search(found[0][0]) else found[0]
    return MetaValue(page.page, field, value, origin)


def _instant(value: str) -> datetime | None:
    """Return the instant, to the minute, that a time with a zone names."""
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return None
    return time.astimezone(UTC).replace(second=0, microsecond=0) if time.tzinfo else None


def _date_lines(page: Page, segments: Sequence[Segment]) -> list[tuple[str, Span, str]]:
    """Return the dates printed around the head of the report: value, place, and the words of their line."""
    anchors = [i for i, one in enumerate(segments) if one.kind is SegmentKind.HEADLINE]
    body = next((i for i, one in enumerate(segments) if one.kind is SegmentKind.BODY), None)
    if body is not None:
        anchors.append(body)
    near = sorted({j for i in anchors for j in range(i - 3, i + _REACH) if 0 <= j < len(segments)})
    skipped = (SegmentKind.BODY, SegmentKind.CAPTION, SegmentKind.HEADLINE, SegmentKind.DATELINE, SegmentKind.CREDIT)
    found = []
    for j in near:
        span = trim(page.text, segments[j].span)
        if segments[j].kind in skipped or span.size > _MAX_DATE_LINE:
            continue
        for date in dates_in(page.text, span):
            if not date.value.startswith("X"):
                value = f"{date.value}T{date.time}{_zone_after(page.text, date.span)}" if date.time else date.value
                found.append((value, date.span, _around(page.text, span, date.span)))
    return found


_ZONES = {
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
    "PST": "-08:00", "PDT": "-07:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "MEZ": "+01:00",
    "MESZ": "+02:00", "AEST": "+10:00", "AEDT": "+11:00", "IST": "+05:30", "JST": "+09:00",
}  # fmt: skip
_ZONE = re.compile(
    r"[,|\s]*(?:at\s+)?(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?)?\s*\(?"
    r"(?:(?P<base>GMT|UTC)(?:\s?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?"
    rf"|(?P<name>{'|'.join(_ZONES)}))\b",
    re.IGNORECASE,
)


def _zone_after(text: str, date: Span) -> str:
    """Return the offset printed right after a time, or an empty string; letters that mean several zones give none."""
    found = _ZONE.match(text, date.end)
    if found is None:
        return ""
    if found["name"]:
        return _ZONES[found["name"].upper()]
    return f"{found['sign'] or '+'}{int(found['hours'] or 0):02}:{found['minutes'] or '00'}"


def _around(text: str, line: Span, date: Span) -> str:
    """Return the words of the line right before a date."""
    return text[max(line.start, date.start - 30) : date.start]


def _visible(page: Page, segments: Sequence[Segment], field: MetaField) -> MetaValue | None:
    lines = _date_lines(page, segments)
    updated = [line for line in lines if _UPDATED.search(line[2])]
    others = [line for line in lines if line not in updated]
    if field is MetaField.MODIFIED:
        chosen = updated
    else:
        chosen = [line for line in others if _PUBLISHED_WORD.search(line[2])] or others or updated
    if not chosen:
        return None
    value, span, _ = chosen[0]
    return MetaValue(page.page, field, value, "visible", span)


def _of_times(page: Page, declared: Sequence[Declared], field: MetaField) -> MetaValue | None:
    """Take the first ``<time>`` of the page."""
    for row in declared:
        if row.origin == "html" and row.name.startswith("time") and (value := iso_time(row.value)):
            return MetaValue(page.page, field, value, "html")
    return None


def published_of(
    page: Page,
    segments: Sequence[Segment],
    declared: Sequence[Declared],
    dateline: Dateline | None,
    url: str | None,
) -> MetaValue | None:
    """Return when the report was published and where the page says so."""
    field = MetaField.PUBLISHED
    found = _declared(page, declared, _PUBLISHED, field)
    found = found or _visible(page, segments, field) or _of_times(page, declared, field)
    if found:
        return found
    if dateline and dateline.date and not dateline.date.startswith("X"):
        return MetaValue(page.page, field, dateline.date, "dateline", dateline.span)
    match = _URL_DATE.search(url or page.source)
    if match:
        return MetaValue(page.page, field, f"{match['y']}-{match['m']}-{match['d']}", "url" if url else "path")
    return None


def modified_of(page: Page, segments: Sequence[Segment], declared: Sequence[Declared]) -> MetaValue | None:
    """Return when the report was last modified and where the page says so."""
    return _declared(page, declared, _MODIFIED, MetaField.MODIFIED) or _visible(page, segments, MetaField.MODIFIED)
