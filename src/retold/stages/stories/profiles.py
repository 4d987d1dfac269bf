"""What the stage knows of each report: main text, headline, lead, moment of publication, credits.

Owns the reading of the upstream tables into one ``Profile`` a page, in order of page id, so that nothing after it
depends on the order of rows. Judges nothing about pairs of reports (see ``scores``, ``evidence``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import Protocol, TypeVar

from retold.model.page import Page, PageId
from retold.model.report import (
    COLLATED_KINDS,
    Credit,
    CreditForm,
    Dateline,
    MetaField,
    MetaValue,
    Segment,
    SegmentKind,
    Sentence,
)
from retold.stages.stories.features import Features, features_of, weights_of_parts
from retold.tables.table import CREDITS, DATELINES, META, PAGES, SEGMENTS, SENTENCES, Rows
from retold.text.spans import Span, trim
from retold.text.words import Word, words_of

SHORT_LEAD = 5
"""A first sentence of fewer words is a label or a cry, not a lead; the next one is taken."""
TITLE_WORDS = 12
"""Words of the lead that stand for a headline where there is none."""
FEW_WORDS = 5
"""Main texts of fewer words are no evidence of identity (an empty page, a notice)."""

CLOCK_ZEROS = frozenset(
    date(*day)
    for day in ((1, 1, 1), (1601, 1, 1), (1900, 1, 1), (1969, 12, 31), (1970, 1, 1), (1980, 1, 1), (2038, 1, 19))
)
"""Days at which clocks and formats begin or overflow: a page dated so has lost its date."""
LAST_YEAR = 2068
"""A later year is none of publication: two-digit years are read up to this one (POSIX)."""

R = TypeVar("R", Segment, Sentence, MetaValue, Dateline, Credit)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a report was published: the day as printed, and the instant reports are ordered by.

    A day without a time stands at that day's end in UTC. ``offset`` is the zone printed with a time; without one
    ``instant`` is as if in UTC, and reports are ordered as if in the zone of the others. ``printed`` is False where the
    day is the dateline's.
    """

    day: date
    instant: datetime
    printed: bool
    offset: timedelta | None = None


class Compared(Protocol):
    """What grouping asks of a report: enough to score it against another, to order it and to name its story."""

    @property
    def page(self) -> PageId:
        """The id of the page."""
        ...

    @property
    def source(self) -> str:
        """Its address."""
        ...

    @property
    def heading(self) -> str:
        """What stands for the report where it names its story."""
        ...

    @property
    def outlet(self) -> str | None:
        """The outlet as the page names it, else the host of its address."""
        ...

    @property
    def same(self) -> str | None:
        """A hash that reports of one day share when all that is compared is the same; None for next to none."""
        ...

    @property
    def text_hash(self) -> str | None:
        """The hash of the main text's word keys, None for next to none."""
        ...

    @property
    def features(self) -> Features:
        """The vectors."""
        ...

    @property
    def moment(self) -> Moment | None:
        """When it was published."""
        ...

    @property
    def n_words(self) -> int:
        """The number of main-text words."""
        ...

    def words_in(self, start: int, end: int) -> int:
        """Return how many words of the main text begin inside a span."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """A report as this stage sees it. ``text_hash`` is of the main text's word keys, None for next to none.

    ``wrong_clock`` is the date the page gives where that counts as unknown.
    """

    page: PageId
    source: str
    outlet: str | None
    text: str
    headline: Span | None
    title: str | None
    lead: Span | None
    units: tuple[Span, ...]
    words: tuple[Word, ...]
    text_hash: str | None
    features: Features
    moment: Moment | None
    wrong_clock: str | None
    credits: frozenset[str]

    @property
    def n_words(self) -> int:
        """The number of main-text words."""
        return len(self.words)

    @property
    def same(self) -> str | None:
        """A hash that reports of one day share when all that is compared is the same; None for next to none."""
        if self.text_hash is None:
            return None
        day = self.moment.day.isoformat() if self.moment else ""
        told = f"{day} {self.text_hash} {self.features.finders} {sorted(self.features.vector.items())}"
        return blake2b(told.encode(), digest_size=16).hexdigest()

    def words_in(self, start: int, end: int) -> int:
        """Return how many words of the main text begin inside a span."""
        return bisect_left(self.words, (end,)) - bisect_left(self.words, (start,))

    @property
    def heading(self) -> str:
        """The headline on one line; else the declared title; else the first words of the lead or text."""
        if self.headline:
            return " ".join(self.text[slice(*self.headline)].split())
        if self.title and self.title.split():
            return " ".join(self.title.split())
        words = (self.text[slice(*self.lead)] if self.lead else self.text[:1000]).split()
        return " ".join(words[:TITLE_WORDS]) + (" …" if len(words) > TITLE_WORDS else "")

    def part_weights(self) -> tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]:
        """Return the weights of the words of text, names, and headline and lead."""
        opening = _opening_keys(self.text, self.headline, self.title, self.lead, self.words)
        return weights_of_parts(self.text, self.words, *opening)

    def printed(self) -> dict[str, str]:
        """Return how each word of main text and headline is printed first, by its key."""
        heading = words_of(self.text, self.headline) if self.headline else words_of(self.title or "")
        found = {word.key: self.text[word.start : word.end] for word in reversed(self.words)}
        source = self.text if self.headline else self.title or ""
        return {**{word.key: source[word.start : word.end] for word in reversed(heading)}, **found}

    @property
    def label(self) -> str:
        """The report's short name in a reason: the last part of its address."""
        return self.source.rstrip("/").replace("\\", "/").rsplit("/", 1)[-1] or self.source


def moment_of(value: str, *, printed: bool) -> Moment | None:
    """Return the moment an ISO 8601 date or time names; None for partial or broken ones.

    >>> moment_of("2031-05-02T23:30:00-03:00", printed=True).day.isoformat()
    '2031-05-02'
    >>> moment_of("XXXX-05-02", printed=True) is None
    True
    """
    try:
        if len(value) <= len("2031-05-02"):
            day = date.fromisoformat(value)
            return Moment(day, datetime.combine(day, time.max, UTC), printed, timedelta())
        at = datetime.fromisoformat(value)
        return Moment(at.date(), at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC), printed, at.utcoffset())
    except (ValueError, OverflowError):
        return None


def _by_page(rows: Iterable[R]) -> dict[PageId, list[R]]:
    grouped: defaultdict[PageId, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.page].append(row)
    return grouped


def _main_words(page: Page, segments: Sequence[Segment]) -> tuple[Word, ...]:
    """Return the words of body and standfirst in order; of the whole text where no segment is either."""
    spans = sorted(segment.span for segment in segments if segment.kind in COLLATED_KINDS)
    return tuple(word for span in spans or [Span(0, len(page.text))] for word in words_of(page.text, span))


def _lead(text: str, sentences: Sequence[Sentence]) -> Span | None:
    """Return the first body sentence long enough for a lead; else the first collated one."""
    body = [sentence.span for sentence in sentences if sentence.kind is SegmentKind.BODY]
    long_enough = (span for span in body if len(words_of(text, span)) >= SHORT_LEAD)
    return next(long_enough, None) or next((s.span for s in sentences if s.kind in COLLATED_KINDS), None)


def _headline(text: str, segments: Sequence[Segment]) -> Span | None:
    spans = (trim(text, s.span) for s in sorted(segments, key=lambda s: s.start) if s.kind is SegmentKind.HEADLINE)
    return next((span for span in spans if span.size), None)


def is_wrong_clock(day: date) -> bool:
    """Tell whether a day says more of a clock than of a publication: where clocks begin, or too far ahead.

    >>> is_wrong_clock(date(1970, 1, 1)), is_wrong_clock(date(2099, 12, 31)), is_wrong_clock(date(1970, 5, 4))
    (True, True, False)
    """
    return day in CLOCK_ZEROS or day.year > LAST_YEAR


def _moments(meta: Sequence[MetaValue], datelines: Sequence[Dateline]) -> tuple[Moment | None, str | None]:
    """Return when a report was published, and the first date that was passed over as that of a wrong clock."""
    published = [row for row in meta if row.field is MetaField.PUBLISHED]
    told = [m for row in published if (m := moment_of(row.value, printed=row.came_from != "dateline"))]
    known = [moment for moment in told if not is_wrong_clock(moment.day)]
    known = known or [
        m for row in datelines if row.date and (m := moment_of(row.date, printed=False)) and not is_wrong_clock(m.day)
    ]
    wrong = min((moment.day.isoformat() for moment in told if is_wrong_clock(moment.day)), default=None)
    return min(known, key=lambda moment: (moment.instant, moment.day), default=None), None if known else wrong


def _credited(credits: Sequence[Credit], datelines: Sequence[Dateline]) -> frozenset[str]:
    in_words = {credit.agency for credit in credits if credit.form is not CreditForm.PICTURE}
    return frozenset(in_words | {row.agency for row in datelines if row.agency})


def _outlet(page: Page, meta: Sequence[MetaValue]) -> str | None:
    told = min((row.value for row in meta if row.field is MetaField.OUTLET), default=None)
    scheme, parted, rest = page.source.partition("://")
    host = rest.partition("/")[0].casefold().removeprefix("www.") if parted and scheme in ("http", "https") else None
    return told or host or None


def _text_hash(words: Sequence[Word]) -> str | None:
    if len(words) < FEW_WORDS:
        return None
    keys = " ".join(word.key for word in words).encode("utf-8", "surrogatepass")
    return blake2b(keys, digest_size=16).hexdigest()


def _opening_keys(
    text: str, headline: Span | None, title: str | None, lead: Span | None, words: Sequence[Word]
) -> tuple[list[str], list[str]]:
    """Return the keys of the headline, else the declared title, and of the lead, else the first words."""
    heading = words_of(text, headline) if headline else words_of(title or "")
    opening = words_of(text, lead) if lead else words[:25]
    return [word.key for word in heading], [word.key for word in opening]


def profiles_of(rows: Rows) -> list[Profile]:
    """Return the profile of every page, in order of page id."""
    segments, sentences = _by_page(rows.rows(SEGMENTS)), _by_page(rows.rows(SENTENCES))
    meta, datelines, credits = _by_page(rows.rows(META)), _by_page(rows.rows(DATELINES)), _by_page(rows.rows(CREDITS))
    return [
        _profile(
            page,
            segments.get(page.page, []),
            sorted(sentences.get(page.page, []), key=lambda sentence: sentence.span),
            meta.get(page.page, []),
            _moments(meta.get(page.page, []), datelines.get(page.page, [])),
            _credited(credits.get(page.page, []), datelines.get(page.page, [])),
        )
        for page in sorted(rows.rows(PAGES), key=lambda page: page.page)
    ]


def _profile(
    page: Page,
    segments: Sequence[Segment],
    sentences: Sequence[Sentence],
    meta: Sequence[MetaValue],
    moments: tuple[Moment | None, str | None],
    credited: frozenset[str],
) -> Profile:
    words = _main_words(page, segments)
    lead, headline = _lead(page.text, sentences), _headline(page.text, segments)
    title = min((row.value for row in meta if row.field is MetaField.TITLE), default=None)
    headline_keys, lead_keys = _opening_keys(page.text, headline, title, lead, words)
    return Profile(
        page=page.page,
        source=page.source,
        outlet=_outlet(page, meta),
        text=page.text,
        headline=headline,
        title=title,
        lead=lead,
        units=tuple(sentence.span for sentence in sentences if sentence.kind in COLLATED_KINDS),
        words=words,
        text_hash=_text_hash(words),
        features=features_of(page.text, words, headline_keys, lead_keys),
        moment=moments[0],
        wrong_clock=moments[1],
        credits=credited,
    )
