"""The StoryView: one frozen value that feeds the terminal, ``--json``, the report and the web page.

Built from the rows of one story by ``view_of``; knows nothing of files, engines or markup. Pages go by their siglum
in everything a person reads, by their id in everything that points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from retold.model.facts import Agreement, Claim, Entity, Event, Mention, Quantity, TimeExpression
from retold.model.page import Page, PageId
from retold.model.report import COLLATED_KINDS, Credit, Dateline, Image, MetaField, MetaValue, Note, Segment, Sentence
from retold.model.story import (
    Alignment,
    ArchetypeReading,
    Breakage,
    Change,
    Derivation,
    Locus,
    Match,
    ReportDate,
    ReportOrigin,
    StemmaEdge,
    StemmaNode,
    Story,
    StoryLink,
)
from retold.tables import table as t
from retold.tables.table import R, Rows, Table
from retold.views.sigla import name_pages, sigla_of


@dataclass(frozen=True, slots=True)
class PageView:
    """One page with everything marked on it."""

    page: Page
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    meta: tuple[MetaValue, ...]
    dateline: Dateline | None
    credits: tuple[Credit, ...]
    notes: tuple[Note, ...]
    images: tuple[Image, ...]
    claims: tuple[Claim, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]

    def meta_value(self, field: MetaField) -> str | None:
        """Return the first value of the field, or None where the page does not give it."""
        return next((value.value for value in self.meta if value.field is field), None)


@dataclass(frozen=True, slots=True)
class Witness:
    """A report as its story knows it: its siglum, its page, its day, and where its text comes from."""

    siglum: str
    report: PageView
    published: ReportDate | None
    origin: ReportOrigin | None

    @property
    def page(self) -> PageId:
        """The id of the page."""
        return self.report.page.page

    @property
    def has_report_text(self) -> bool:
        """Whether the page has any body or standfirst."""
        return any(segment.kind in COLLATED_KINDS for segment in self.report.segments)

    @property
    def name(self) -> str:
        """The outlet where known, else the last part of the address."""
        outlet = self.report.meta_value(MetaField.OUTLET)
        return outlet or self.report.page.source.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Pair:
    """The alignments of two witnesses, b told against a, and how many there are of each change."""

    a: str
    b: str
    totals: dict[Change, int]
    alignments: tuple[Alignment, ...]

    @property
    def n_shared(self) -> int:
        """Number of alignments with something on both sides."""
        return sum(n for change, n in self.totals.items() if change not in (Change.CUT, Change.ADDED))


@dataclass(frozen=True, slots=True)
class OriginCount:
    """An independent source and the sigla of the reports whose main text comes from it.

    ``own`` says that the source is the reports' own outlet.
    """

    name: str
    reports: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class StoryView:
    """Everything Retold tells about one story."""

    story: Story
    witnesses: tuple[Witness, ...]
    links: tuple[StoryLink, ...]
    matches: tuple[Match, ...]
    pairs: tuple[Pair, ...]
    loci: tuple[Locus, ...]
    breakages: tuple[Breakage, ...]
    nodes: tuple[StemmaNode, ...]
    edges: tuple[StemmaEdge, ...]
    archetype_readings: tuple[ArchetypeReading, ...]
    origins: tuple[OriginCount, ...]
    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]
    events: tuple[Event, ...]

    @property
    def sigla(self) -> dict[PageId, str]:
        """The siglum of each page of the story."""
        return {witness.page: witness.siglum for witness in self.witnesses}

    def witness(self, page: PageId) -> Witness:
        """Return the witness that is this page."""
        return next(witness for witness in self.witnesses if witness.page == page)

    def closest_pairs(self) -> tuple[Pair, ...]:
        """Return each report against the earlier report it shares most sentences with, in story order."""
        best: dict[str, Pair] = {}
        for pair in self.pairs:
            if pair.b not in best or pair.n_shared > best[pair.b].n_shared:
                best[pair.b] = pair
        return tuple(best[witness.siglum] for witness in self.witnesses if witness.siglum in best)

    def node_name(self, node: str) -> str:
        """Return the siglum of a report's node, or the node's own name (``AFP*``)."""
        return self.sigla.get(PageId(node), node)


def page_view_of(page: Page, rows: Rows) -> PageView:
    """Gather what is marked on one page."""

    def own(table: Table[R]) -> tuple[R, ...]:
        return tuple(row for row in rows.rows(table) if getattr(row, "page", None) == page.page)

    datelines = own(t.DATELINES)
    return PageView(
        page=page,
        segments=own(t.SEGMENTS),
        sentences=own(t.SENTENCES),
        meta=own(t.META),
        dateline=datelines[0] if datelines else None,
        credits=own(t.CREDITS),
        notes=own(t.NOTES),
        images=own(t.IMAGES),
        claims=own(t.CLAIMS),
        times=own(t.TIMES),
        quantities=own(t.QUANTITIES),
        mentions=own(t.MENTIONS),
    )


def view_of(story: Story, rows: Rows) -> StoryView:
    """Gather everything told about one story; ``rows`` holds the rows of this story and its pages."""
    sigla = sigla_of(story.pages)
    return StoryView(
        story=story,
        witnesses=_witnesses(story, rows, sigla),
        links=tuple(replace(link, reasons=_named(link.reasons, sigla)) for link in rows.rows(t.STORY_LINKS)),
        matches=rows.rows(t.MATCHES),
        pairs=_pairs(rows.rows(t.ALIGNMENTS), sigla),
        loci=rows.rows(t.LOCI),
        breakages=tuple(replace(row, says=name_pages(row.says, sigla)) for row in rows.rows(t.BREAKAGES)),
        nodes=tuple(replace(node, name=name_pages(node.name, sigla)) for node in rows.rows(t.STEMMA_NODES)),
        edges=tuple(_named_edge(edge, sigla) for edge in rows.rows(t.STEMMA_EDGES)),
        archetype_readings=rows.rows(t.ARCHETYPE_READINGS),
        origins=_origins(rows.rows(t.REPORT_ORIGINS), sigla),
        entities=rows.rows(t.ENTITIES),
        agreements=tuple(
            replace(row, says=name_pages(row.says, sigla), origins=_named(row.origins, sigla))
            for row in rows.rows(t.AGREEMENTS)
        ),
        events=tuple(replace(row, origins=_named(row.origins, sigla)) for row in rows.rows(t.EVENTS)),
    )


def _witnesses(story: Story, rows: Rows, sigla: dict[PageId, str]) -> tuple[Witness, ...]:
    pages = {page.page: page for page in rows.rows(t.PAGES)}
    dates = {date.page: date for date in rows.rows(t.REPORT_DATES)}
    origins = {origin.page: origin for origin in rows.rows(t.REPORT_ORIGINS)}
    return tuple(
        Witness(
            siglum=sigla[page],
            report=page_view_of(pages[page], rows),
            published=_named_date(dates.get(page), sigla),
            origin=_named_origin(origins.get(page), sigla),
        )
        for page in story.pages
    )


def _named_date(date: ReportDate | None, sigla: dict[PageId, str]) -> ReportDate | None:
    if date is None or date.because is None:
        return date
    return replace(date, because=name_pages(date.because, sigla))


def _named_origin(origin: ReportOrigin | None, sigla: dict[PageId, str]) -> ReportOrigin | None:
    if origin is None:
        return None
    return replace(origin, origin=name_pages(origin.origin, sigla), because=_named(origin.because, sigla))


def _named_edge(edge: StemmaEdge, sigla: dict[PageId, str]) -> StemmaEdge:
    runner_up = edge.runner_up and name_pages(edge.runner_up, sigla)
    return replace(edge, evidence=_named(edge.evidence, sigla), runner_up=runner_up)


def _named(sentences: Iterable[str], sigla: dict[PageId, str]) -> tuple[str, ...]:
    return tuple(name_pages(sentence, sigla) for sentence in sentences)


def _pairs(alignments: tuple[Alignment, ...], sigla: dict[PageId, str]) -> tuple[Pair, ...]:
    by_pair: dict[tuple[PageId, PageId], list[Alignment]] = {}
    for alignment in alignments:
        by_pair.setdefault((alignment.a, alignment.b), []).append(alignment)
    pairs = []
    for (a, b), told in by_pair.items():
        counts = Counter(alignment.change for alignment in told)
        totals = {change: counts[change] for change in Change}
        pairs.append(Pair(sigla[a], sigla[b], totals, tuple(told)))
    return tuple(pairs)


def _origins(origins: tuple[ReportOrigin, ...], sigla: dict[PageId, str]) -> tuple[OriginCount, ...]:
    reports: dict[str, list[ReportOrigin]] = {}
    for origin in origins:
        reports.setdefault(name_pages(origin.source_name, sigla), []).append(origin)
    counts = [
        OriginCount(
            name,
            tuple(sigla[origin.page] for origin in carried),
            own=all(origin.derivation is Derivation.NOT for origin in carried),
        )
        for name, carried in reports.items()
    ]
    return tuple(sorted(counts, key=lambda count: (-len(count.reports), count.reports)))
