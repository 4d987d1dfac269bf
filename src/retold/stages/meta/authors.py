"""The authors of a report: one name each, without "By", titles, roles and the outlet's own name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from retold.lexicon.agencies import agencies_in
from retold.lexicon.calendar import dates_in
from retold.lexicon.load import entries
from retold.model.page import Declared, Page, Run
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.stages.meta.declarations import Wanted, values_of
from retold.text.spans import Span, trim

_DECLARED: Wanted = (
    ("json-ld", "author"),
    ("json-ld", "creator"),
    ("record", "author"),
    ("record", "authors"),
    ("meta", "author"),
    ("*", "article:author"),
    ("*", "parsely-author"),
    ("*", "byl"),
    ("*", "dc.creator"),
    ("*", "dcterms.creator"),
    ("*", "sailthru.author"),
    ("microdata", "author"),
)
# Origins that give every author as an item of its own.
_NAMED = frozenset({"json-ld", "record"})
_MAX_NAME_WORDS = 6
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|org|net|html)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\([^()]{1,20}\)$")


@cache
def _opening() -> re.Pattern[str]:
    opens = sorted(entries("credits")["byline"]["opens"], key=len, reverse=True)
    return re.compile(rf"^\s*(?:{'|'.join(map(re.escape, opens))})(?:\s*:\s*|\s+)", re.IGNORECASE)


@cache
def _split() -> re.Pattern[str]:
    joins = [join for join in entries("credits")["byline"]["joins"] if join.isalpha()]
    return re.compile(rf"\s*[,;|/•·\n&]\s*|\s+(?:{'|'.join(joins)})\s+")


@cache
def _roles() -> frozenset[str]:
    return frozenset(entries("credits")["byline"]["roles"])


@cache
def _titles() -> re.Pattern[str]:
    titles = "|".join(re.escape(title) for title in entries("credits")["byline"]["titles"])
    return re.compile(rf"^(?:(?:{titles})\.?\s+)+")


def _squeezed(words: str) -> str:
    return "".join(re.findall(r"\w+", words.casefold()))


def names_in(byline: str) -> Iterator[tuple[str, Span]]:
    """Yield the names of a byline with their places in it.

    >>> [name for name, _ in names_in("By Dr. Ann Poe and Bo Lund, political editor")]
    ['Ann Poe', 'Bo Lund']
    """
    if _ADDRESS.search(byline):
        return
    opening = _opening().match(byline)
    at = opening.end() if opening else 0
    for part in _split().split(byline[at:]):
        begin = byline.index(part, at)
        at = begin + len(part)
        name = _titles().sub("", part).strip(" .:-–—\t\r\n")
        if not name or not _is_name(name):
            continue
        start = byline.index(name, begin)
        yield name, Span(start, start + len(name))


def _is_name(name: str) -> bool:
    folded = name.casefold().strip(" .")
    if folded in _roles() or any(folded.startswith(f"{role} ") for role in _roles()):
        return False
    if _ADDRESS.search(name) or len(name.split()) > _MAX_NAME_WORDS or dates_in(name):
        return False
    return any(c.isalpha() for c in name)


def authors_of(
    page: Page,
    segments: Sequence[Segment],
    declared: Sequence[Declared],
    outlet: str | None,
    runs: Sequence[Run] = (),
) -> tuple[MetaValue, ...]:
    """Return the authors, from the most trusted place that names one."""
    for origin, rows in _by_field(declared):
        plain = [" ".join(row.value.split()) for row in rows if not _ADDRESS.search(row.value)]
        names = dict.fromkeys(_BRACKETED.sub("", name) for value in plain for name, _ in names_in(value))
        persons = [name for name in names if outlet is None or _squeezed(name) != _squeezed(outlet)]
        kept = persons or list(names) or (_desks(plain) if origin in _NAMED else [])
        if kept:
            return tuple(MetaValue(page.page, MetaField.AUTHORS, name, origin) for name in kept)
    return tuple(_visible(page, segments, runs))


def _desks(values: Sequence[str]) -> list[str]:
    """Return what is named as author and no person: a desk, by the name it goes by."""
    return [
        value for value in dict.fromkeys(values) if len(value.split()) <= _MAX_NAME_WORDS and _names_somebody(value)
    ]


def _names_somebody(value: str) -> bool:
    """Tell whether more is said than a role: "Redaktion Port Halden", and not "Redaktion"."""
    return value.casefold() not in _roles() and any(c.isalpha() for c in value) and not dates_in(value)


def _by_field(declared: Sequence[Declared]) -> Iterator[tuple[str, list[Declared]]]:
    for wanted in _DECLARED:
        rows = list(values_of(declared, (wanted,)))
        if rows:
            yield rows[0].origin, rows


def _visible(page: Page, segments: Sequence[Segment], runs: Sequence[Run]) -> Iterator[MetaValue]:
    seen: set[str] = set()
    for segment in segments:
        if segment.kind is not SegmentKind.BYLINE:
            continue
        span = trim(page.text, segment.span)
        for name, where in list(_names_at(page.text, span)) or _names_in_runs(page.text, span, runs):
            if name not in seen and not _is_agency(name):
                seen.add(name)
                yield MetaValue(page.page, MetaField.AUTHORS, name, "visible", where)


def _names_at(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    for name, place in names_in(text[span.start : span.end]):
        yield name, Span(span.start + place.start, span.start + place.end)


def _names_in_runs(text: str, byline: Span, runs: Sequence[Run]) -> list[tuple[str, Span]]:
    """Return the names of a byline that nothing parts but the elements they stand in, each of two words and more."""
    inside = [Span(run.start, run.end) for run in runs if byline.start <= run.start and run.end <= byline.end]
    found = [named for run in inside for named in _names_at(text, run) if " " in named[0]]
    return found if len(found) > 1 else []


def _is_agency(name: str) -> bool:
    return sum(agency.span.size for agency in agencies_in(name)) * 2 > len(name)
