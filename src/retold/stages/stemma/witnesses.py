"""What each report of a story brings to the question of its origin: main text, credits, outlet, clock.

Owns the reading of page-grain rows into one ``Witness`` a report. What reports share is ``pairs``'.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlsplit

from retold.lexicon.agencies import canonical_agency
from retold.model.page import Page, PageId
from retold.model.report import (
    COLLATED_KINDS,
    Credit,
    CreditForm,
    Dateline,
    MetaField,
    MetaValue,
    NoteKind,
    Segment,
)
from retold.model.story import ReportDate
from retold.plain.quotations import posts, quotations
from retold.stages.stemma.agencies import agency_of_host
from retold.stages.stemma.clock import Clock, clock_of
from retold.stages.stemma.forms import SPEECH, is_live, prints_speech
from retold.stages.stemma.naming import outlet_forms
from retold.tables import table as t
from retold.tables.table import Rows
from retold.text.spans import Span
from retold.text.words import Word, words_of

# "with AFP", "additional reporting by Reuters", "AP contributed to this report": the agency gave a part.
_SHARED_WORK = re.compile(r"\b(?:contribut\w+|additional|files? from)\b", re.IGNORECASE)
# "Owen Reed and AFP", "with AFP": joined to the agency's name itself, not to another in the line.
_JOINED = re.compile(r"(?:\b(?:with|and|plus)|[&+])\s+(?:the\s+)?\Z", re.IGNORECASE)
_CONTRIBUTION = re.compile(r"\b(?:contribut\w+|additional)\b", re.IGNORECASE)
_AROUND_CREDIT = 60
_AGENCY_WORDS = re.compile(r"\b(?:agency|agencies|wires?|newswire|service|press|presse)\b", re.IGNORECASE)
"""Words that make a name that of a news agency, listed or not."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A report as a witness of the story's text.

    ``words`` are those of the main text (body and standfirst), ``starts`` where they begin, ``open_starts`` where those
    outside its quotations do. ``agencies`` are those
    credited in words, picture credits left out; ``own`` is the agency whose own page this is. ``shares_work`` says
    that the credit itself is for a part only ("with AFP"), ``contribution`` that it is for help, not for text.
    ``n_repeated`` words stand in paragraphs it printed before and are no part of ``words``. A live blog has no clock.
    ``corrected`` are the figures that its notes of correction name, old and new.
    """

    page: PageId
    source: str
    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    open_starts: tuple[int, ...]
    agencies: tuple[str, ...]
    credits: tuple[Credit, ...]
    dateline_agency: str | None
    outlet: str | None
    host: str | None
    own: str | None
    shares_work: bool
    contribution: bool
    clock: Clock
    updated: bool
    address: str | None = None
    language: str | None = None
    is_live: bool = False
    is_speech: bool = False
    n_repeated: int = 0
    corrected: frozenset[str] = frozenset()

    @property
    def n_words(self) -> int:
        """Number of words of the main text."""
        return len(self.words)

    def words_in(self, span: tuple[int, int]) -> tuple[Word, ...]:
        """Return the words of the main text that lie in the span."""
        return self.words[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]

    def n_words_in(self, span: tuple[int, int]) -> int:
        """Number of words of the main text that lie in the span."""
        return bisect_left(self.starts, span[1]) - bisect_left(self.starts, span[0])

    def n_open_in(self, span: tuple[int, int]) -> int:
        """Number of words of the main text that lie in the span and outside quotations."""
        return bisect_left(self.open_starts, span[1]) - bisect_left(self.open_starts, span[0])

    @property
    def order_key(self) -> tuple[str, str, str]:
        """By first publication, unknown last, then by content id."""
        return (*self.clock.key, self.page)

    def credits_in_words(self, agency: str) -> bool:
        """Tell whether the report names the agency as the source of its text."""
        return agency in self.agencies

    @property
    def gives_itself_as_agency_copy(self) -> bool:
        """Tell whether the page presents itself as one agency's copy and names nobody beside it."""
        return len(self.agencies) == 1 and not self.shares_work and not self.contribution


R = TypeVar("R", Segment, Credit, Dateline, MetaValue, ReportDate)


def witnesses_of(rows: Rows, pages: Iterable[PageId]) -> dict[PageId, Witness]:
    """Return the story's reports as witnesses, in order of first publication (unknown last), ties by id."""
    wanted = frozenset(pages)
    segments = _by_page(rows.rows(t.SEGMENTS))
    credits = _by_page(rows.rows(t.CREDITS))
    datelines = _by_page(rows.rows(t.DATELINES))
    metas = _by_page(rows.rows(t.META))
    dates = _by_page(rows.rows(t.REPORT_DATES))
    updated = {note.page for note in rows.rows(t.NOTES) if note.kind is NoteKind.UPDATE}
    corrections = defaultdict[PageId, list[Span]](list)
    for note in rows.rows(t.NOTES):
        if note.kind is NoteKind.CORRECTION:
            corrections[note.page].append(note.span)
    found = [
        _witness(
            page,
            segments[page.page],
            credits[page.page],
            datelines[page.page],
            metas[page.page],
            dates[page.page],
            page.page in updated,
            corrections[page.page],
        )
        for page in {page.page: page for page in rows.rows(t.PAGES)}.values()
        if page.page in wanted
    ]
    ordered = sorted(_with_speeches(_with_own_datelines(found)), key=lambda witness: witness.order_key)
    return {witness.page: witness for witness in ordered}


def _with_own_datelines(found: list[Witness]) -> list[Witness]:
    """Take a page that nobody else names for that of the outlet in its dateline, where this is no news agency.

    A newspaper's or broadcaster's name in a dateline ("(Channel Six) Losk") is as a rule the page's own. With two
    such pages in one story nothing says which is the outlet's and which a customer's.
    """
    holders = Counter(witness.dateline_agency for witness in found)
    return [
        replace(witness, own=witness.dateline_agency)
        if witness.own is None
        and witness.outlet is None
        and witness.host is None
        and holders[witness.dateline_agency] == 1
        and witness.agencies == (witness.dateline_agency,)
        and canonical_agency(witness.agencies[0]) is None
        and not _AGENCY_WORDS.search(witness.agencies[0])
        else witness
        for witness in found
    ]


def _with_speeches(found: list[Witness]) -> list[Witness]:
    """Let reports that print one speech in full name it as their source, where there are several."""
    if sum(witness.is_speech for witness in found) < 2:
        return found
    return [
        replace(witness, agencies=(*witness.agencies, SPEECH)) if witness.is_speech else witness for witness in found
    ]


REPEATED_WORDS = 8
"""A paragraph of so many words that stands in a report before is the same text printed again, and counts once."""


def _read_once(words: Sequence[Sequence[Word]]) -> list[Word]:
    """Return the words of the paragraphs, those left out that were printed before."""
    seen: set[tuple[str, ...]] = set()
    found: list[Word] = []
    for paragraph in words:
        keys = tuple(word.key for word in paragraph)
        if len(keys) < REPEATED_WORDS or keys not in seen:
            found += paragraph
        seen.add(keys)
    return found


def _paragraphs(text: str, main: Iterable[Span]) -> Iterator[Span]:
    for span in main:
        start = span.start
        for line in text[span.start : span.end].split("\n"):
            yield Span(start, start + len(line))
            start += len(line) + 1


def _address(fields: Mapping[MetaField, str], source: str) -> str | None:
    """Return the web address of a page without its query's end and fragment; None for a file."""
    address = fields.get(MetaField.URL) or source
    if not address.startswith(("http://", "https://")):
        return None
    return address.partition("#")[0].rstrip("/").casefold()


def _quoted(text: str, main: Iterable[Span]) -> tuple[Span, ...]:
    """Return the quotations and embedded posts of the main text."""
    marks = [mark for span in main for mark in quotations(text, span)]
    return tuple(sorted({Span(mark.start, mark.end) for mark in (*marks, *posts(text))}))


def _outside(starts: Iterable[int], quoted: Sequence[Span], n: int) -> Iterator[int]:
    """Give the places that stand outside quotations; of quotations that begin at one place the longer one counts."""
    for start in starts:
        i = bisect_right(quoted, (start, n + 1)) - 1
        if i < 0 or start >= quoted[i].end:
            yield start


def _is_joined(text: str, credit: Credit) -> bool:
    """Tell whether the credit joins the agency to others or to the outlet: "with AFP", "Owen Reed and AFP"."""
    before = text[max(0, credit.span.start - _AROUND_CREDIT) : credit.span.start].rpartition("\n")[2]
    words = text[credit.span.start : credit.span.end]
    return _JOINED.search(before) is not None or _OPENS_WITH.match(words) is not None


_OPENS_WITH = re.compile(r"(?:with|and|plus)\s", re.IGNORECASE)


def _credited_to_itself(outlet: str | None, dateline: str | None, named: Iterable[str]) -> str | None:
    """Return the agency that is the page's own outlet by name: its dateline credits the outlet itself."""
    if outlet is None or dateline is None or set(named) != {dateline}:
        return None
    forms = {form.casefold() for form in outlet_forms(outlet)}
    return dateline if dateline.casefold().removeprefix("the ") in forms else None


def _by_page(rows: Iterable[R]) -> defaultdict[PageId, list[R]]:
    grouped: defaultdict[PageId, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.page].append(row)
    return grouped


def _witness(
    page: Page,
    segments: list[Segment],
    credits: list[Credit],
    datelines: list[Dateline],
    metas: list[MetaValue],
    dates: list[ReportDate],
    updated: bool,
    corrections: list[Span],
) -> Witness:
    text = page.text
    main = sorted(s.span for s in segments if s.kind in COLLATED_KINDS)
    fields = {value.field: value.value for value in sorted(metas, key=lambda m: (m.field, m.value), reverse=True)}
    outlet = fields.get(MetaField.OUTLET)
    textual = tuple(
        sorted({c for c in credits if c.form is not CreditForm.PICTURE}, key=lambda c: (c.span, c.agency, c.form))
    )
    dateline = min((d.agency for d in datelines if d.agency), default=None)
    named = sorted({c.agency for c in textual} | ({dateline} if dateline else set()))
    host = _host(fields.get(MetaField.URL) or page.source)
    own = (canonical_agency(outlet) if outlet else None) or _credited_to_itself(outlet, dateline, named)
    own = own or agency_of_host(host)
    paragraphs = [words_of(text, span) for span in _paragraphs(text, main)]
    words = tuple(_read_once(paragraphs))
    title = fields.get(MetaField.TITLE) or ""
    told = "\n".join(text[span.start : span.end] for span in main)
    live = is_live(title, told)
    starts = tuple(word.start for word in words)
    around = [text[max(0, c.span.start - _AROUND_CREDIT) : c.span.end + _AROUND_CREDIT] for c in textual]
    lines = [_line_of(text, c.span) for c in textual if c.form in {CreditForm.CREDIT_LINE, CreditForm.BYLINE}]
    return Witness(
        page=page.page,
        source=page.source,
        text=text,
        words=words,
        starts=starts,
        open_starts=tuple(_outside(starts, _quoted(text, main), len(text))),
        agencies=tuple(named),
        credits=textual,
        dateline_agency=dateline,
        outlet=outlet,
        host=host,
        own=own,
        shares_work=any(_SHARED_WORK.search(line) for line in lines) or any(_is_joined(text, c) for c in textual),
        contribution=bool(around) and all(_CONTRIBUTION.search(line) for line in lines) and bool(lines),
        clock=Clock() if live else _clock(fields, dates),
        updated=updated,
        address=_address(fields, page.source),
        language=fields.get(MetaField.LANGUAGE),
        is_live=live,
        is_speech=prints_speech(title, told),
        n_repeated=sum(map(len, paragraphs)) - len(words),
        corrected=frozenset(w.key for span in corrections for w in words_of(text, span) if w.key[:1].isdigit()),
    )


def _clock(fields: dict[MetaField, str], dates: list[ReportDate]) -> Clock:
    clock = clock_of(fields.get(MetaField.PUBLISHED))
    if clock.day is not None:
        return clock
    printed = sorted(date.value for date in dates if date.how == "printed" and date.value)
    return clock_of(printed[0]) if printed else clock


def _line_of(text: str, span: Span) -> str:
    """Return the credit with the rest of its line, at most sixty characters each way."""
    low, high = max(0, span.start - _AROUND_CREDIT), min(len(text), span.end + _AROUND_CREDIT)
    start = max(low, text.rfind("\n", low, span.start) + 1)
    end = text.find("\n", span.end, high)
    return text[start : end if end >= 0 else high]


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
