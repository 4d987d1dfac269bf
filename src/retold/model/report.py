"""What one page says, marked on its text: segments, sentences, metadata, datelines, credits, notes, pictures.

Page-grain rows; every judgement carries its evidence. Relations between pages stand in ``model.story``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retold.model.page import PageId
from retold.text.spans import Span


class SegmentKind(StrEnum):
    """What a segment is to the page."""

    HEADLINE = "headline"
    KICKER = "kicker"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    CROSSHEAD = "crosshead"
    PULLQUOTE = "pullquote"
    CAPTION = "caption"
    CREDIT = "credit"
    CORRECTION = "correction"
    RELATED = "related"
    ADVERT = "advert"
    CONTACT = "contact"
    FURNITURE = "furniture"


COLLATED_KINDS = frozenset({SegmentKind.BODY, SegmentKind.STANDFIRST})
"""Segments whose sentences are collated."""

PROSE_KINDS = frozenset(
    {
        SegmentKind.HEADLINE,
        SegmentKind.STANDFIRST,
        SegmentKind.BODY,
        SegmentKind.CROSSHEAD,
        SegmentKind.PULLQUOTE,
        SegmentKind.CAPTION,
        SegmentKind.CORRECTION,
    }
)
"""Segments that are cut into sentences and read for facts."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A labelled stretch of a page. Row of ``segments``; a page's segments tile its text.

    ``why`` lists the evidence for the kind, strongest first.
    """

    page: PageId
    start: int
    end: int
    kind: SegmentKind
    why: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The characters of the segment, white space after it included."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class SegmentReasons:
    """Why a segment got its kind.

    ``says`` is what the rules saw, which alone would call it ``by_rules``. Where fitted weights had a say, ``shares``
    gives every weighed kind its share (0..1), likeliest first, and ``signs`` what each sign adds (log-odds) for the
    kind against ``runner_up``, strongest first, those against it below zero; both are empty where rules decided.
    """

    page: PageId
    span: Span
    kind: SegmentKind
    by_rules: SegmentKind
    says: tuple[str, ...]
    shares: tuple[tuple[SegmentKind, float], ...]
    runner_up: SegmentKind | None
    signs: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, trimmed, inside one segment of a prose kind. Row of ``sentences``."""

    page: PageId
    start: int
    end: int
    kind: SegmentKind

    @property
    def span(self) -> Span:
        """The characters of the sentence."""
        return Span(self.start, self.end)


class MetaField(StrEnum):
    """What is known about a report as a whole."""

    TITLE = "title"
    AUTHORS = "authors"
    PUBLISHED = "published"
    MODIFIED = "modified"
    OUTLET = "outlet"
    URL = "url"
    SECTION = "section"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class MetaValue:
    """The value chosen for one field, and where the page gives it. Row of ``meta``; authors give one row each.

    ``came_from`` is a ``Declared.origin``, "dateline", "visible", "url", "path" or "text". Times are ISO 8601
    as precise as the page gives them (``2025-03-03``, ``2025-03-03T14:05:00+01:00``). ``span`` is set where the
    value stands in the page's text.
    """

    page: PageId
    field: MetaField
    value: str
    came_from: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report says it was filed, and for which agency. Row of ``datelines``; at most one a page.

    ``date`` is ISO ``YYYY-MM-DD``, or EDTF with ``X`` for what is missing (``XXXX-02-16``), or None.
    """

    page: PageId
    span: Span
    place: str | None
    date: str | None
    agency: str | None


class CreditForm(StrEnum):
    """How a report names the agency (or other source) whose copy or picture it prints."""

    DATELINE = "dateline"
    BYLINE = "byline"
    CREDIT_LINE = "credit line"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Credit:
    """One place where a report credits an agency. Row of ``credits``."""

    page: PageId
    agency: str
    form: CreditForm
    span: Span


class NoteKind(StrEnum):
    """What a note on a report is."""

    CORRECTION = "correction"
    EDITOR = "editor's note"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Note:
    """A correction, editor's note or update notice. Row of ``notes``."""

    page: PageId
    kind: NoteKind
    span: Span


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's caption and credit, where the page prints them. Row of ``images``."""

    page: PageId
    caption: Span | None
    credit: Span | None
