"""The places where a report credits an agency: dateline, byline, credit line, picture.

Owns which segment may hold which form. An agency named inside running text ("told AFP") is no credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.lexicon.agencies import NamedAgency, agencies_in, agency_like, is_picture_agency
from retold.lexicon.calendar import dates_in, weekday_names
from retold.lexicon.credit_forms import credit_form, credited_words, picture_credit_at_end
from retold.lexicon.datelines import DatelineForm
from retold.model.page import Declared, Page
from retold.model.report import Credit, CreditForm, Segment, SegmentKind
from retold.stages.marks.pictures import own_at_end, own_names, unlisted_in
from retold.text.spans import Span, trim
from retold.text.words import words_of

# A credit at the end of the report's last paragraphs: "(AP)", "— AFP", "/ritzau/".
_TAIL = re.compile(r"(?:[(\[/]|(?:^|\s)(?:--|[–—-])\s?)(?P<who>[^()\[\]/–—\n]{2,40}?)[)\]/]?\.?\s*$")
_TAIL_WINDOW = 60
_LAST_PARAGRAPHS = 2
_COPYRIGHT = re.compile(r"\s*\W{0,3}(?:copyright\b|©|\(c\)\s)", re.IGNORECASE)
_MAX_COPYRIGHT_WORDS = 30
_BYLINE_PARTS = re.compile(r"[,|/•·\n]|\s[–—-]\s|\bfor\b|\bund\b|\band\b|\bwith\b")


def credits_of(
    page: Page, segments: Sequence[Segment], dateline: DatelineForm | None, declared: Sequence[Declared] = ()
) -> tuple[Credit, ...]:
    """Return every credit of a report, in the order of its text."""
    own = own_names(declared)
    found: list[Credit] = []
    if dateline and dateline.agency and dateline.source_span:
        found.append(Credit(page.page, dateline.agency, CreditForm.DATELINE, dateline.source_span))
    for i in range(len(segments)):
        found.extend(_of_segment(page, segments, i, own))
    found.extend(_of_tail(page, segments))
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda credit: (credit.span, credit.agency)))


def _of_segment(page: Page, segments: Sequence[Segment], i: int, own: Sequence[str]) -> Iterator[Credit]:
    segment = segments[i]
    if segment.kind is SegmentKind.CAPTION:
        yield from _of_caption(page, segment, own)
    elif segment.kind is SegmentKind.CREDIT:
        yield from _of_credit_line(page, segments, i, own)
    elif segment.kind is SegmentKind.BYLINE:
        yield from _of_byline(page, segment)
    elif segment.kind is SegmentKind.FURNITURE:
        yield from _of_copyright(page, segment)


def _of_caption(page: Page, segment: Segment, own: Sequence[str]) -> Iterator[Credit]:
    span = picture_credit_at_end(page.text, segment.span) or own_at_end(page.text, segment.span, own)
    if span is None:
        return
    names = list(dict.fromkeys(agency.name for agency in agencies_in(page.text, span)))
    if not names:
        words = page.text[span.start : span.end]
        parts = re.split(r"[/,:()]|\bvia\b", words)
        names = [name for part in parts if (name := agency_like(part))] or list(unlisted_in(words, own))
    for name in names:
        yield Credit(page.page, name, CreditForm.PICTURE, span)


def _of_credit_line(page: Page, segments: Sequence[Segment], i: int, own: Sequence[str]) -> Iterator[Credit]:
    span = trim(page.text, segments[i].span)
    words = page.text[span.start : span.end]
    named = agencies_in(page.text, span)
    form = CreditForm.PICTURE if _is_picture(segments, i, words, named) else CreditForm.CREDIT_LINE
    for name in dict.fromkeys(agency.name for agency in named):
        yield Credit(page.page, name, form, span)
    if named:
        return
    if unknown := _unknown_agency(words):
        yield Credit(page.page, unknown, form, span)
    elif form is CreditForm.PICTURE:
        for name in unlisted_in(words, own):
            yield Credit(page.page, name, form, span)


def _is_picture(segments: Sequence[Segment], i: int, words: str, named: Sequence[NamedAgency]) -> bool:
    if credit_form(words, len(words.split())) == "picture":
        return True
    beside_caption = i > 0 and segments[i - 1].kind is SegmentKind.CAPTION
    only_pictures = bool(named) and all(is_picture_agency(agency.name) for agency in named)
    # Under a caption a bare "AP" is the picture's; "with AP" is the report's.
    is_bare = len(named) == 1 and named[0].span.size == len(words.strip())
    return only_pictures or (beside_caption and (is_bare or credited_words(words) is None))


def _unknown_agency(words: str) -> str | None:
    """Return the agency that a credit line names in the form of one, though no list has it."""
    who = credited_words(words)
    if who and (name := agency_like(who)):
        return name
    head = re.split(r"\bcontributed\b", words, maxsplit=1)[0]
    return agency_like(head) if head != words else None


def _of_byline(page: Page, segment: Segment) -> Iterator[Credit]:
    span = trim(page.text, segment.span)
    named = agencies_in(page.text, span)
    for agency in named:
        if not is_picture_agency(agency.name):
            yield Credit(page.page, agency.name, CreditForm.BYLINE, agency.span)
    if named:
        return
    dates = dates_in(page.text, span)
    end = dates[0].span.start if dates else span.end
    at = span.start
    for part in _BYLINE_PARTS.split(page.text[span.start : end]):
        begin = page.text.index(part, at)
        at = begin + len(part)
        words = part.split()
        while words and words[-1].casefold().strip(",.") in weekday_names():
            words.pop()
        if words and (name := agency_like(" ".join(words))):
            stop = page.text.index(words[-1], begin) + len(words[-1])
            yield Credit(page.page, name, CreditForm.BYLINE, trim(page.text, (begin, stop)))


def _of_copyright(page: Page, segment: Segment) -> Iterator[Credit]:
    if not _COPYRIGHT.match(page.text, segment.start, segment.end):
        return
    span = trim(page.text, segment.span)
    if len(words_of(page.text, span)) > _MAX_COPYRIGHT_WORDS:
        return
    for agency in agencies_in(page.text, span)[:2]:
        if not is_picture_agency(agency.name):
            yield Credit(page.page, agency.name, CreditForm.CREDIT_LINE, span)


def _of_tail(page: Page, segments: Sequence[Segment]) -> Iterator[Credit]:
    bodies = [segment for segment in segments if segment.kind is SegmentKind.BODY]
    for segment in bodies[-_LAST_PARAGRAPHS:]:
        span = trim(page.text, segment.span)
        base = max(span.start, span.end - _TAIL_WINDOW)
        match = _TAIL.search(page.text[base : span.end])
        if match is None:
            continue
        words = page.text[base + match.start("who") : base + match.end("who")]
        if credited_words(words) is None:
            continue
        whole = trim(page.text, (base + match.start(), span.end))
        for agency in agencies_in(words):
            yield Credit(page.page, agency.name, CreditForm.CREDIT_LINE, Span(*whole))
