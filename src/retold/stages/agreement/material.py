"""What the agreement stage looks at, findable by place: numbers, claims, times and names of every page of a story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from retold.model.facts import Claim, Mention, Quantity, TimeExpression, TimeType
from retold.model.page import PageId
from retold.model.report import Note, Sentence
from retold.model.story import Derivation, ReportOrigin
from retold.plain.link_text import link_texts, without_link_text
from retold.tables.table import (
    CLAIMS,
    MENTIONS,
    NOTES,
    PAGES,
    QUANTITIES,
    REPORT_DATES,
    REPORT_ORIGINS,
    SENTENCES,
    STORIES,
    TIMES,
    Rows,
)
from retold.text.spans import Span

_DAYS = frozenset({TimeType.DATE, TimeType.TIME})


class _Placed(Protocol):
    @property
    def page(self) -> PageId: ...


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=_Placed)
S = TypeVar("S", bound=_Spanned)
Q = TypeVar("Q", Quantity, TimeExpression, Mention)


@dataclass(frozen=True, slots=True)
class Material:
    """The rows of a story's pages, by page."""

    pages: tuple[PageId, ...]
    texts: dict[PageId, str]
    sentences: dict[PageId, list[Sentence]]
    quantities: dict[PageId, list[Quantity]]
    claims: dict[PageId, list[Claim]]
    times: dict[PageId, list[TimeExpression]]
    mentions: dict[PageId, list[Mention]]
    notes: dict[PageId, list[Note]]
    origins: dict[PageId, ReportOrigin]
    published: dict[PageId, str | None]

    def words(self, page: PageId, span: tuple[int, int]) -> str:
        """Return the words at a place on one line."""
        return " ".join(self.texts[page][span[0] : span[1]].split())

    def quantities_in(self, page: PageId, spans: Sequence[Span]) -> list[Quantity]:
        """Return the quantities inside the spans, in order."""
        return [q for q in _between(self.quantities[page], spans) if any(span.holds(q.span) for span in spans)]

    def claims_in(self, page: PageId, spans: Sequence[Span]) -> list[Claim]:
        """Return the claims whose content begins inside the spans."""
        return [c for c in self.claims[page] if c.content and any(s.start <= c.content[0].start < s.end for s in spans)]

    def home(self, page: PageId, span: Span) -> Span:
        """Return the sentence that holds a place; the place itself where none does."""
        rows = self.sentences[page]
        i = bisect_left(rows, span.start + 1, key=lambda row: row.span.start) - 1
        return rows[i].span if i >= 0 and rows[i].span.holds(span) else span

    def is_quoted(self, page: PageId, span: Span) -> bool:
        """Tell whether a place stands inside double quotation marks of its sentence."""
        home = self.home(page, span)
        before = self.texts[page][home.start : span.start]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def day_of(self, page: PageId) -> str:
        """Return the day a report was published; "" where it is not known."""
        return (self.published.get(page) or "").partition("T")[0]

    def is_checkable(self, page: PageId, spans: Sequence[Span]) -> bool:
        """Tell whether the spans hold something that can be checked: a number, a claim, a day."""
        return bool(
            self.quantities_in(page, spans)
            or self.claims_in(page, spans)
            or any(t.type in _DAYS and span.holds(t.span) for t in _between(self.times[page], spans) for span in spans)
        )

    def origins_of(self, pages: Sequence[PageId], *, alone: bool = False) -> tuple[str, ...]:
        """Return the independent sources of these pages' statement; ``alone`` when one page only has it.

        What a partly derived report has alone is of unknown source: its own, or a part of the copy others cut.
        """
        names: list[str] = []
        for page in pages:
            origin = self.origins.get(page)
            if origin is None:
                continue
            unknown = alone and origin.derivation is Derivation.PARTLY
            names.append(f"own or unknown ({{{page}}})" if unknown else origin.source_name)
        return tuple(dict.fromkeys(names))


def _between(rows: Sequence[S], spans: Sequence[Span]) -> Sequence[S]:
    """Return the rows, sorted by place, from the first span's start to the last one's end."""
    if not spans:
        return ()
    low = bisect_left(rows, min(span.start for span in spans), key=lambda row: row.span.start)
    high = bisect_left(rows, max(span.end for span in spans), key=lambda row: row.span.start)
    return rows[low:high]


def _spans(row: Quantity | TimeExpression | Mention) -> tuple[Span, ...]:
    counted = row.counted if isinstance(row, Quantity) else None
    return (row.span,) if counted is None else (row.span, counted)


def material_of(rows: Rows) -> Material:
    """Gather the rows of the story at hand."""
    (story,) = rows.rows(STORIES)
    links = {page.page: link_texts(page.text) for page in rows.rows(PAGES)}

    def in_prose(found: Sequence[Q]) -> list[Q]:
        """Leave out what touches headlines run into a sentence: they are blank in the texts here."""
        return [row for row in found if not any(x.overlaps(span) for x in links[row.page] for span in _spans(row))]

    def by_page(found: Sequence[P]) -> dict[PageId, list[P]]:
        placed: dict[PageId, list[P]] = {page: [] for page in story.pages}
        for row in found:
            placed[row.page].append(row)
        return placed

    return Material(
        pages=story.pages,
        texts={page.page: without_link_text(page.text) for page in rows.rows(PAGES)},
        sentences=by_page(sorted(rows.rows(SENTENCES), key=lambda row: row.span)),
        quantities=by_page(sorted(in_prose(rows.rows(QUANTITIES)), key=lambda row: row.span)),
        claims=by_page(rows.rows(CLAIMS)),
        times=by_page(sorted(in_prose(rows.rows(TIMES)), key=lambda row: row.span)),
        mentions=by_page(in_prose(rows.rows(MENTIONS))),
        notes=by_page(rows.rows(NOTES)),
        origins={origin.page: origin for origin in rows.rows(REPORT_ORIGINS)},
        published={row.page: row.value for row in rows.rows(REPORT_DATES)},
    )
