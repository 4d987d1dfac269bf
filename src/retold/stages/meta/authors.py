"""The authors of a report: one name each, without "By", titles, roles and the outlet's own name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.lexicon.agencies import agencies_in
from retold.lexicon.bylines import MAX_NAME_WORDS, PARTICLES, is_address, is_full_name, names_in, roles
from retold.lexicon.calendar import dates_in
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
    ("*", "dc:creator"),
    ("*", "dcterms.creator"),
    ("*", "shareaholic:article_author_name"),
    ("*", "sailthru.author"),
    ("microdata", "author"),
)
# Origins that give every author as an item of its own.
_NAMED = frozenset({"json-ld", "record"})
_BRACKETED = re.compile(r"\s*\([^()]{1,20}\)$")
_HOST = re.compile(r"^https?://(?:www\.)?(?P<host>[^/?#\s@:]+)", re.IGNORECASE)
_LEAST_HOST, _LONG_HOST = 2, 5
"""Characters of a name that an address begins with, and of an address that a name begins with."""


def _squeezed(words: str) -> str:
    return "".join(re.findall(r"\w+", words.casefold()))


def authors_of(
    page: Page,
    segments: Sequence[Segment],
    declared: Sequence[Declared],
    outlet: str | None,
    runs: Sequence[Run] = (),
    url: str | None = None,
) -> tuple[MetaValue, ...]:
    """Return the authors: persons, from the most trusted place that names one; where none does, the desk or outlet.

    What is declared goes before what is printed, but an outlet that is declared as its own author does not hide the
    full name of a byline.
    """
    house: list[MetaValue] = []
    desks: list[MetaValue] = []
    for origin, rows in _by_field(declared):
        plain = [" ".join(row.value.split()) for row in rows if not is_address(row.value)]
        whole = [value for value in plain if _is_outlet(value, outlet, url)]
        others = [value for value in plain if value not in whole]
        names = dict.fromkeys(_BRACKETED.sub("", name) for value in others for name, _ in names_in(value))
        named = list(names) or whole or (_desks(plain) if origin in _NAMED else [])
        persons = [name for name in named if not _is_outlet(name, outlet, url)]
        if persons:
            return _values(page, persons, origin)
        house = house or list(_values(page, named, origin))
        desks = desks or list(_values(page, _roles_alone(plain), origin))
    visible = list(_visible(page, segments, runs))
    if any(is_full_name(value.value) for value in visible) or not house:
        return tuple(visible or desks)
    return tuple(house)


def _values(page: Page, names: Sequence[str], origin: str) -> tuple[MetaValue, ...]:
    return tuple(MetaValue(page.page, MetaField.AUTHORS, name, origin) for name in names)


def _is_outlet(name: str, outlet: str | None, url: str | None) -> bool:
    """Tell whether a name is the outlet's own, by its name or that of its address: "PHP" at phpost.example."""
    squeezed = _squeezed(name)
    if outlet is not None and squeezed == _squeezed(outlet):
        return True
    found = _HOST.match(url or "")
    host = _squeezed(found["host"].rpartition(".")[0]) if found else ""
    if len(host) >= _LONG_HOST and squeezed.startswith(host):
        return True
    return len(squeezed) >= _LEAST_HOST and host.startswith(squeezed)


def _desks(values: Sequence[str]) -> list[str]:
    """Return what is named as author and no person: a desk, by the name it goes by."""
    named = [value for value in dict.fromkeys(values) if len(value.split()) <= MAX_NAME_WORDS]
    return [value for value in named if _names_somebody(value)]


def _roles_alone(values: Sequence[str]) -> list[str]:
    """Return what says no more than a role: "Redaktion"."""
    return [value for value in dict.fromkeys(values) if value.casefold() in roles()]


def _names_somebody(value: str) -> bool:
    """Tell whether more is said than a role: "Redaktion Port Halden", and not "Redaktion"."""
    return value.casefold() not in roles() and any(c.isalpha() for c in value) and not dates_in(value)


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
            if name not in seen and not _is_agency(name) and not _trails_off(name):
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


def _trails_off(name: str) -> bool:
    """Tell whether several words end in a small one, as names do not: "Comments closed"."""
    words = name.split()
    return len(words) > 1 and words[0][0].isupper() and words[-1].islower() and words[-1] not in PARTICLES


def _is_agency(name: str) -> bool:
    return sum(agency.span.size for agency in agencies_in(name)) * 2 > len(name)
