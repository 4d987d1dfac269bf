"""The stages in order, on one screen, and the verbs that run them over pages.

Owns which stages run and in what order; what a stage does stands in ``retold.stages``, how rows are held in
``retold.engine``, how the answer is shown in ``retold.views``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from retold.engine.memory import MemoryTables, page_rows, run_stages, story_rows
from retold.engine.stage import Stage
from retold.engine.worker import Caps
from retold.errors import (
    NoInputError,
    NoSuchPlaceError,
    SeveralPagesError,
    UnknownEntityError,
    UnknownPageError,
)
from retold.model.entity_timeline import EntityEntry
from retold.model.page import Page, PageId, Rejected, Repeat
from retold.model.report import SegmentReasons
from retold.model.story import Weighing
from retold.readers import single
from retold.readers.items import Found
from retold.readers.paths import file_of
from retold.readers.read import ReadPage, map_items, read_item
from retold.readers.walk import Repeats, Stdin, Walk
from retold.stages import (
    agreement,
    breakages,
    claims,
    collation,
    entities,
    marks,
    matches,
    mentions,
    meta,
    quantities,
    repeats,
    report_dates,
    segments,
    sentences,
    stemma,
    stories,
    timeline,
    times,
)
from retold.stages.segments.reasons import reasons_at
from retold.stages.stories.weighing import weighing_of
from retold.stages.timeline import Told, anchored
from retold.stages.timeline import entity_timeline as timeline_of_entity
from retold.tables import table as t
from retold.text.spans import Span
from retold.views.story_view import PageView, StoryView, Witness, page_view_of, view_of

PAGE_STAGES: tuple[Stage, ...] = (segments.STAGE, marks.STAGE, meta.STAGE, sentences.STAGE)
"""What is marked on every page."""

FACT_STAGES: tuple[Stage, ...] = (times.STAGE, quantities.STAGE, mentions.STAGE, claims.STAGE)
"""What every page asserts."""

EXPLAINED_STAGES: tuple[Stage, ...] = (segments.STAGE_EXPLAINED, *PAGE_STAGES[1:], *FACT_STAGES)
"""The same for stories, which show why a segment got its kind."""

STORY_STAGES: tuple[Stage, ...] = (
    matches.STAGE,
    stories.STAGE,
    report_dates.STAGE,
    collation.STAGE,
    stemma.STAGE,
    breakages.STAGE,
    entities.STAGE,
    timeline.STAGE,
    agreement.STAGE,
)
"""What reports are to each other."""

STAGES: tuple[Stage, ...] = (repeats.STAGE, *PAGE_STAGES, *FACT_STAGES, *STORY_STAGES)
"""The way of the data."""

MOST_ASSERTING = 1_000_000
"""Characters of a page up to which it is asked what it asserts: ten times the longest text of the open half of pages/.
A line of 10 MB takes a minute of the processor to ask, twice its cap."""

MARK_CAPS = Caps(cpu_s=30.0, wall_s=600.0, memory_mb=450)
"""For reading and marking one page, with what it asserts."""


Watch: TypeAlias = Callable[[Iterator["MarkedPage | Rejected"]], Iterator["MarkedPage | Rejected"]]

MOST_HELD_BYTES = 32 << 20
"""Of input up to this size all pages are held until they are printed: 300 pages of the median size of pages/."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages labelled one by one, and what could not be read."""

    pages: tuple[PageView, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Retelling:
    """The stories behind some pages, in order of first report, and what could not be read."""

    stories: tuple[StoryView, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page as it was read, and the rows that stages of page grain wrote about it, by table."""

    read: ReadPage
    rows: Mapping[str, tuple[Any, ...]]


def read(*paths: str, stdin: Stdin = None, facts: bool = False, jobs: int | None = None) -> Reading:
    """Label the pages at these paths; with ``facts`` also mark claims, times, quantities and names.

    Raises NoInputError when not one page could be read.
    """
    tables, rejected = _load(paths, stdin, jobs, facts=facts)
    views = tuple(page_view_of(page, page_rows(tables, page.page)) for page in tables.rows(t.PAGES))
    return Reading(views, rejected)


def iter_read(
    walk: Walk, *, facts: bool = False, jobs: int | None = None, watch: Watch = iter
) -> Iterator[PageView | Rejected]:
    """Label the pages on a walk one after the other; pages that came before are left out and counted last.

    Of little input all pages are held, so that what an outlet repeats on them is known; of more, none. ``watch`` passes
    on what is read as it comes, for whoever shows progress.
    """
    twice = Repeats(walk.sources)
    found = watch(_once(_marked(walk, jobs, facts=facts), twice))
    size = walk.size_bytes()
    for one in _together(list(found), facts=facts) if size is not None and size <= MOST_HELD_BYTES else found:
        if isinstance(one, Rejected):
            yield one
        else:
            tables = _tables_of([one])
            yield page_view_of(tables.rows(t.PAGES)[0], page_rows(tables, one.read.page.page))
    if twice.n_repeats:
        reason = f"{twice.n_repeats:,} pages came again, with the address and the bytes of one before; read once"
        yield Rejected("repeats", reason, 0)


def _once(marked: Iterable[MarkedPage | Rejected], twice: Repeats) -> Iterator[MarkedPage | Rejected]:
    """Give each page the first time it comes, with a remark where it came before."""
    for one in marked:
        if isinstance(one, Rejected):
            yield one
        elif twice.is_first(one.read.page):
            yield _told_twice(one, twice)


def _told_twice(one: MarkedPage | Rejected, twice: Repeats) -> MarkedPage | Rejected:
    """Return the page with a remark where it came more than once so far."""
    return one if isinstance(one, Rejected) else replace(one, read=replace(one.read, page=twice.told(one.read.page)))


def _together(marked: Sequence[MarkedPage | Rejected], *, facts: bool) -> list[MarkedPage | Rejected]:
    """Return the pages as they are labelled with the others at hand: what an outlet repeats is no report's text."""
    read = [one.read for one in marked if isinstance(one, MarkedPage)]
    by_page: dict[PageId, list[Repeat]] = {}
    for repeat in repeats.repeats_among([(one.page, one.blocks, one.declared) for one in read]):
        by_page.setdefault(repeat.page, []).append(repeat)
    stages = EXPLAINED_STAGES if facts else PAGE_STAGES
    return [
        _marked_anew(one, by_page[one.read.page.page], stages)
        if isinstance(one, MarkedPage) and one.read.page.page in by_page
        else one
        for one in marked
    ]


def _marked_anew(one: MarkedPage, repeated: Sequence[Repeat], stages: Sequence[Stage]) -> MarkedPage:
    """Return a page with what its outlet repeats on it, marked anew where that was taken for the report's."""
    known = {**one.rows, t.REPEATS.name: tuple(repeated)}
    if not segments.are_reported(one.rows[t.SEGMENTS.name], repeated):
        return replace(one, rows=known)
    stages = [stage for stage in stages if all(table.name in one.rows for table in stage.writes)]
    tables = run_stages(_tables_of([MarkedPage(one.read, {t.REPEATS.name: tuple(repeated)})]), stages)
    written = {table.name: tables.rows(table) for stage in stages for table in stage.writes}
    return MarkedPage(one.read, {**written, t.REPEATS.name: tuple(repeated)})


def retell(*paths: str, stdin: Stdin = None, jobs: int | None = None) -> Retelling:
    """Give back the stories that the pages at these paths tell.

    ``jobs`` is the number of worker processes for large input (default: one per processor; 0: none, and no caps).
    Raises NoInputError when not one page could be read.
    """
    tables, rejected = _load(paths, stdin, jobs, facts=True, told=True)
    run_stages(tables, story_stages_for(len(tables.rows(t.PAGES))))
    stories_in_order = sorted(tables.rows(t.STORIES), key=lambda story: (story.first or "9999", story.story))
    return Retelling(tuple(view_of(story, story_rows(tables, story)) for story in stories_in_order), rejected)


def evidence(a: str, b: str, *, among: Sequence[str] = (), stdin: Stdin = None) -> Retelling:
    """Tell the story (or the two stories) that hold pages a and b, read alone or among others.

    Raises UnknownPageError when either could not be read.
    """
    told = retell(a, b, *among, stdin=stdin)
    sources = {w.report.page.source: view for view in told.stories for w in view.witnesses}
    for asked in (a, b):
        if asked not in sources:
            reason = next((item.reason for item in told.rejected if item.source == asked), None)
            raise UnknownPageError(asked, tuple(sorted(sources)), reason)
    wanted = tuple(view for view in told.stories if view in (sources[a], sources[b]))
    return Retelling(wanted, told.rejected)


def weigh(views: Sequence[StoryView], a: str, b: str, lent: Mapping[PageId, str] | None = None) -> Weighing:
    """Return how alike the reports at two addresses are, and which words and days weigh in it.

    ``lent`` are the days that reports without one count as of in an archive.
    """
    found = {w.report.page.source: w.report for view in views for w in view.witnesses}
    tables = MemoryTables()
    reports = {found[source].page.page: found[source] for source in (a, b)}.values()
    tables.put(t.PAGES, (one.page for one in reports))
    tables.put(t.SEGMENTS, (row for one in reports for row in one.segments))
    tables.put(t.SENTENCES, (row for one in reports for row in one.sentences))
    tables.put(t.META, (row for one in reports for row in one.meta))
    tables.put(t.DATELINES, (one.dateline for one in reports if one.dateline))
    tables.put(t.CREDITS, (row for one in reports for row in one.credits))
    return weighing_of(tables, found[a].page.page, found[b].page.page, lent)


def entity_timeline(views: Sequence[StoryView], name: str) -> tuple[EntityEntry, ...]:
    """Return what the stories tell of one entity, dated or not, in order.

    Raises UnknownEntityError where no report tells anything of it.
    """
    found = timeline_of_entity(name, [_told(witness, view, name) for view in views for witness in view.witnesses])
    if not found:
        raise UnknownEntityError(name, tuple(sorted({entity.name for view in views for entity in view.entities})))
    return found


def _told(witness: Witness, view: StoryView, name: str) -> Told:
    """Return a report with the places that are known to mean the entity."""
    report, known = witness.report, name.casefold()
    mentions = tuple(
        Span(pointer.start, pointer.end)
        for entity in view.entities
        if known in {variant.casefold() for variant in (entity.name, *entity.variants)}
        for pointer in entity.mentions
        if pointer.page == witness.page
    )
    times = anchored(report.page, report.times, report.sentences, witness.published)
    published = witness.published.value[:10] if witness.published and witness.published.value else None
    return Told(witness.page, report.page.text, tuple(report.sentences), tuple(times), mentions, published)


def reasons(path: str, offset: int, *, among: Sequence[str] = (), stdin: Stdin = None) -> tuple[Page, SegmentReasons]:
    """Return the page at a path, and why the segment that holds its character ``offset`` got its kind.

    A page of a file of many is named by its number: ``news.jsonl#12``. ``among`` are other pages, of which it is known
    then what the outlet repeats.

    Raises NoInputError when the page cannot be read, SeveralPagesError when there are several, NoSuchPlaceError when
    its text has no such character.
    """
    tables, _ = _load((file_of(path), *among), stdin, 0, facts=False)
    everything = tables.rows(t.PAGES)
    pages = [page for page in everything if path in (page.source, page.place)] or list(everything)
    if len(pages) > 1:
        raise SeveralPagesError(path, tuple(page.place or page.source for page in pages))
    of_page = page_rows(tables, pages[0].page)
    found = reasons_at(pages[0], of_page.rows(t.BLOCKS), of_page.rows(t.DECLARED), of_page.rows(t.REPEATS), offset)
    if found is None:
        raise NoSuchPlaceError(path, offset, len(pages[0].text))
    return pages[0], found


def largest_first(stories: Sequence[StoryView]) -> tuple[StoryView, ...]:
    """Return the stories as a person wants them: those of most reports first, else in order of first report."""
    return tuple(sorted(stories, key=lambda view: -len(view.witnesses)))


def story_stages_for(n_pages: int) -> tuple[Stage, ...]:
    """Return the stages from matches on: compiled kernels for many pages, their plain twins for few."""
    if n_pages < matches.COMPILED_FROM:
        return STORY_STAGES
    return tuple(matches.STAGE_COMPILED if stage is matches.STAGE else stage for stage in STORY_STAGES)


def mark_item(item: Found) -> tuple[MarkedPage | Rejected, ...]:
    """Read an item and mark its pages."""
    return tuple(_mark(one, PAGE_STAGES) for one in read_item(item))


def mark_item_with_facts(item: Found) -> tuple[MarkedPage | Rejected, ...]:
    """Read an item, mark its pages and find what they assert."""
    return tuple(_mark(one, EXPLAINED_STAGES) for one in read_item(item))


def _mark(one: ReadPage | Rejected, stages: Sequence[Stage]) -> MarkedPage | Rejected:
    """Run stages of page grain over one page."""
    if isinstance(one, Rejected):
        return one
    if len(one.page.text) > MOST_ASSERTING and not set(FACT_STAGES).isdisjoint(stages):
        remark = (
            f"has {len(one.page.text):,} characters, more than a report can have: what it asserts is not looked for"
        )
        one = replace(one, page=replace(one.page, remarks=(*one.page.remarks, remark)))
        stages = [stage for stage in stages if stage not in FACT_STAGES]
    tables = run_stages(_tables_of([MarkedPage(one, {})]), stages)
    return MarkedPage(one, {table.name: tables.rows(table) for stage in stages for table in stage.writes})


def _marked(walk: Walk, jobs: int | None, *, facts: bool) -> Iterator[MarkedPage | Rejected]:
    """Give the marked pages on a walk, in order."""
    mark = mark_item_with_facts if facts else mark_item
    for answer in map_items(mark, iter(walk), jobs=jobs, caps=MARK_CAPS):
        yield from (answer,) if isinstance(answer, Rejected) else answer


def _tables_of(marked: Sequence[MarkedPage]) -> MemoryTables:
    """Return the tables of these pages."""
    tables = MemoryTables()
    read = [one.read for one in marked]
    tables.put(t.PAGES, (item.page for item in read))
    tables.put(t.RUNS, (run for item in read for run in item.runs))
    tables.put(t.BLOCKS, (block for item in read for block in item.blocks))
    tables.put(t.DECLARED, (declared for item in read for declared in item.declared))
    for table in t.ALL_TABLES:
        if any(table.name in one.rows for one in marked):
            tables.put(table, (row for one in marked for row in one.rows.get(table.name, ())))
    return tables


def _load(
    paths: Sequence[str], stdin: Stdin, jobs: int | None, *, facts: bool, told: bool = False
) -> tuple[MemoryTables, tuple[Rejected, ...]]:
    """Return the tables of all pages at these paths, in order of address, and what could not be read.

    Pages that are to be ``told`` are no larger than a report can be.
    """
    walk = Walk(paths, stdin=stdin)
    twice = Repeats(walk.sources)
    once = [
        one for one in _marked(walk, jobs, facts=facts) if isinstance(one, Rejected) or twice.is_first(one.read.page)
    ]
    fit = [_fit_to_tell(one) for one in once] if told else once
    found = _together([_told_twice(one, twice) for one in fit], facts=facts)
    rejected = tuple(item for item in found if isinstance(item, Rejected))
    pages = [one for one in found if isinstance(one, MarkedPage)]
    if not pages:
        is_missing = any(item.n_bytes is None and item.source in paths for item in rejected)
        raise NoInputError(tuple(paths), tuple(item.reason for item in rejected), is_missing=is_missing)
    tables = _tables_of(sorted(pages, key=lambda one: (one.read.page.source, one.read.page.page)))
    tables.put(t.REJECTED, rejected)
    return tables, rejected


def _fit_to_tell(one: MarkedPage | Rejected) -> MarkedPage | Rejected:
    """Return the page, or that it is too large to be told: the stages that compare reports have no caps."""
    if isinstance(one, Rejected) or len(one.read.page.text) <= MOST_ASSERTING:
        return one
    page = one.read.page
    found = f"has {len(page.text):,} characters, more than a report can have"
    advice = "it is left out of the stories; `retold read` labels it"
    return single.rejected(page.place or page.source, page.n_bytes, found, advice, offset=page.offset)
