"""The forms of datelines: where, when and for whom a report was filed, at the head of its text.

Owns the grammar (``PORT CITY, March 3 (Halden Wire) —``, ``(Reuters) -``, ``Port City, 3 JAN 90 /PRNewswire/ --``) and
the weighing of its evidence. Which block of a page it is tried on is decided by the stages that use it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from retold.lexicon.agencies import agencies_in, canonical_agency
from retold.lexicon.calendar import date_at, weekday_names
from retold.lexicon.load import entries
from retold.text.spans import Span

# A head longer than this is running text (longest agency head seen in muc4's dev part: 83 characters).
_MAX_HEAD = 140
_MAX_PLACE_WORDS = 8
_MOST_UNCLOSED_PLACE = 4
"""Words of a place with no dash after it ("West Port City, Westland (CNN) Rain fell")."""

_DASH = re.compile(r"\s*(?:(?P<strong>--+|[–—―]|\.\s?[-–—])|(?P<weak>-(?=\s|$|[A-Z\"“])|:(?=\s)|\|(?=\s)))\s*")
_SOURCE = re.compile(r"\s*(?:\(\s*(?P<round>[^()\n]{1,70}(?:\n[^()\n]{1,40})?)\)|/(?P<slash>[^/\n]{2,40})/)")
_COUNTRY = re.compile(r"\s*\((?P<country>[^()\d]{2,40})\)(?=\s*,)")
_PLACE = re.compile(r"[^\W\d_][\w.'’´`-]*(?:(?:\s*/\s*|\s*,\s+|\s+)[^\W\d_][\w.'’´`-]*)*")
_QUOTES = "\"'“‘«„"
_PARTICLES = frozenset(
    {"of", "the", "on", "upon", "de", "la", "las", "los", "le", "les", "el", "al", "del", "do", "da", "dos",
     "das", "di", "du", "des", "and", "und", "y", "e", "en", "am", "an", "der", "bei", "im", "in", "near", "sur"}
)  # fmt: skip
_NO_DATE = re.compile(r"NO DATE(?!\w)")
_BACKGROUND = re.compile(r"\[[^\[\]]{1,300}\]\s*")
_PARTY = re.compile(r"^[A-Z]{1,3}\s*[-–—]\s*[A-Z]")
_HOUSE_NAME = re.compile(r"^[A-Z][\w.&'’-]*(?:\s+[A-Z\d][\w.&'’-]*){0,4}(?:\s*\[[A-Z]+\])?$")


class DatelineForm(NamedTuple):
    """A dateline at ``span`` (dash included); the report's own words go on at ``body_start``.

    ``place`` and ``source`` are as printed with single spaces; ``date`` is ISO with ``X`` for a missing year;
    ``agency`` is the canonical name of a known source, else the source itself.
    """

    span: Span
    place: str | None
    country: str | None
    date: str | None
    source: str | None
    source_span: Span | None
    agency: str | None
    body_start: int


class _Head(NamedTuple):
    """The parts found at the head, before it is judged."""

    at: int
    place: str | None
    country: str | None
    date: str | None
    dated: bool
    source: str | None
    source_span: Span | None


def _place_words(words: list[str]) -> int:
    """Count the leading words that a place name may have."""
    n = 0
    for word in words[:_MAX_PLACE_WORDS]:
        if not (word[0].isupper() or word.casefold() in _PARTICLES) or word.casefold().strip(".,") in weekday_names():
            break
        n += 1
    return n


def _read_place(text: str, at: int, limit: int) -> tuple[str | None, int]:
    match = _PLACE.match(text, at, limit)
    if match is None:
        return None, at
    pieces = list(re.finditer(r"[^\s/,]+", match.group()))
    n = _place_words([piece.group() for piece in pieces])
    n = next((i for i in range(1, n) if date_at(text, at + pieces[i].start())), n)
    no_date = next((i for i in range(n) if _NO_DATE.match(text, at + pieces[i].start())), n)
    n = min(n, no_date)
    if not n:
        return None, at
    end = at + pieces[n - 1].end()
    return " ".join(text[at:end].split()).rstrip(" ,-–—"), end


def _skip(text: str, at: int, characters: str) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at


def _read_date(text: str, at: int) -> tuple[str | None, bool, int]:
    begin = _skip(text, at, " \t\n,")
    if _NO_DATE.match(text, begin):
        return None, True, begin + len("NO DATE")
    word = re.compile(r"[^\W\d_]+").match(text, begin)
    if word and word.group().casefold() in weekday_names():
        after = _skip(text, word.end(), " \t\n,.")
        if date_at(text, after):
            begin = after
    date = date_at(text, begin)
    return (date.value, True, date.span.end) if date else (None, False, at)


def _read_source(text: str, at: int, limit: int) -> tuple[str | None, Span | None, int]:
    match = _SOURCE.match(text, _skip(text, at, " ,\t\n"), limit)
    if match is None:
        return None, None, at
    group = "round" if match["round"] is not None else "slash"
    source = " ".join(match[group].split())
    return source, Span(*match.span(group)), match.end()


def _read_head(text: str, at: int, limit: int) -> _Head:
    place, where = _read_place(text, at, limit)
    country = None
    if place and (match := _COUNTRY.match(text, where, limit)):
        country, where = " ".join(match["country"].split()), match.end()
    date, dated, where = _read_date(text, where)
    source, span, where = _read_source(text, where, limit)
    if source and not dated and canonical_agency(source) is None:
        # "(March 3)" where the source should stand
        inner, dated, _ = _read_date(source, 0)
        if dated:
            date, source, span = inner, None, None
    return _Head(where, place, country, date, dated, source, span)


@cache
def _not_places() -> frozenset[str]:
    return frozenset(entries("credits")["dateline"]["not_places"])


@cache
def _signing_outlets() -> frozenset[str]:
    return frozenset(entries("credits")["dateline"]["outlets"])


def _opens_sentence(text: str, at: int) -> bool:
    """Tell whether a sentence may begin here, after a blank: with a capital, a figure or a quotation mark."""
    after = text[at : at + 4].lstrip(" \t\u00a0")
    return (
        text[at : at + 1].isspace()
        and bool(after)
        and (after[0].isupper() or after[0].isdigit() or after[0] in _QUOTES)
    )


def _known(source: str | None) -> str | None:
    if source is None:
        return None
    known = canonical_agency(source)
    if known is None and (named := agencies_in(source)) and sum(n.span.size for n in named) * 2 >= len(source):
        known = named[0].name
    return known


def _is_capitals(place: str | None) -> bool:
    """Tell whether the place stands in capitals, its first part at least (``PORT CITY, Country``)."""
    if place is None:
        return False
    first = place.split(",")[0]
    letters = [c for c in first if c.isalpha()]
    return len(letters) >= 3 and all(not c.islower() for c in letters)


def _is_dateline(text: str, head: _Head, dash: re.Match[str] | None, ends_line: bool) -> bool:
    """Weigh the parts: two strong ones, or one strong one in a form that nothing else has."""
    if head.place and head.place.casefold().strip(" .") in _not_places():
        return False
    known = _known(head.source) is not None
    strong_dash = dash is not None and dash["strong"] is not None
    spaced_dash = dash is not None and (dash["strong"] is not None or dash.group().strip() == "-")
    closed = dash is not None or ends_line
    if known:
        glued = dash is None and head.place is None
        return closed or glued or (head.dated and head.place is not None)
    if head.source is not None:
        if _PARTY.match(head.source) or not _HOUSE_NAME.match(head.source):
            return False
        if head.dated and head.place:
            return closed
        if dash is None and head.source in _signing_outlets() and _opens_sentence(text, head.at):
            return head.place is None or len(head.place.split()) <= _MOST_UNCLOSED_PLACE
        short = head.place is None or _is_capitals(head.place) or len(head.place.split()) <= 2
        return spaced_dash and (short or strong_dash)
    if head.dated and head.place:
        return spaced_dash or (ends_line and _is_capitals(head.place))
    if head.place and spaced_dash and _is_capitals(head.place):
        after = text[dash.end() if dash else head.at :][:40]
        return len(head.place.split()) <= 4 and any(c.islower() for c in after)
    return False


def dateline_at(text: str, at: int = 0, end: int | None = None) -> DatelineForm | None:
    """Return the dateline that stands at the head of ``text[at:end]``, or None.

    >>> dateline_at("PORT CITY, March 3 (Halden Wire) - Dockers walked out on Monday.").agency
    'Halden Wire'
    """
    end = len(text) if end is None else end
    begin = at
    while begin < end and text[begin].isspace():
        begin += 1
    limit = min(end, begin + _MAX_HEAD)
    head = _read_head(text, begin, limit)
    if head.at == begin:
        return None
    dash = _DASH.match(text, head.at, end)
    after = text[head.at : end].lstrip(" \t")
    ends_line = not after or after[0] in "\r\n" or not after.strip()
    if not _is_dateline(text, head, dash, ends_line and dash is None):
        return None
    stop = head.at + (len(dash.group().rstrip()) if dash else 0)
    body = dash.end() if dash else head.at
    body = _skip(text, body, " \t\r\n\u00a0")
    while note := _BACKGROUND.match(text, body, end):
        body = note.end()
    agency = (_known(head.source) or head.source) if head.source else None
    return DatelineForm(
        Span(begin, stop), head.place, head.country, head.date, head.source, head.source_span, agency, min(body, end)
    )
