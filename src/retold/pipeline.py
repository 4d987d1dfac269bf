"""The stages in order, on one screen, and the verbs that run them over pages.

Owns which stages run and in what order; what a stage does stands in ``retold.stages``, how rows are held in
``retold.engine``, how the answer is shown in ``retold.views``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retold.engine.memory import MemoryTables, page_rows, run_stages, story_rows
from retold.engine.stage import Stage
from retold.errors import NoInputError, UnknownPageError
from retold.model.page import Rejected
from retold.readers.read import ReadPage, read_paths
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
    report_dates,
    segments,
    sentences,
    stemma,
    stories,
    timeline,
    times,
)
from retold.tables import table as t
from retold.views.story_view import PageView, StoryView, page_view_of, view_of

PAGE_STAGES: tuple[Stage, ...] = (segments.STAGE, marks.STAGE, meta.STAGE, sentences.STAGE)
"""What is marked on every page."""

FACT_STAGES: tuple[Stage, ...] = (times.STAGE, quantities.STAGE, mentions.STAGE, claims.STAGE)
"""What every page asserts."""

STORY_STAGES: tuple[Stage, ...] = (
    matches.STAGE,
    stories.STAGE,
    report_dates.STAGE,
    collation.STAGE,
    stemma.STAGE,
    breakages.STAGE,
    entities.STAGE,
    agreement.STAGE,
    timeline.STAGE,
)
"""What reports are to each other."""

STAGES: tuple[Stage, ...] = PAGE_STAGES + FACT_STAGES + STORY_STAGES
"""The way of the data."""

COMPILED_FROM_PAGES = 50
"""From this many pages the reuse kernels pay for their compilation; below it their plain twins run."""


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


def read(*paths: str, stdin: bytes | None = None, facts: bool = False) -> Reading:
    """Label the pages at these paths; with ``facts`` also mark claims, times, quantities and names.

    Raises NoInputError when not one page could be read.
    """
    tables, rejected = _load(paths, stdin)
    run_stages(tables, PAGE_STAGES + FACT_STAGES if facts else PAGE_STAGES)
    views = tuple(page_view_of(page, page_rows(tables, page.page)) for page in tables.rows(t.PAGES))
    return Reading(views, rejected)


def retell(*paths: str, stdin: bytes | None = None) -> Retelling:
    """Give back the stories that the pages at these paths tell.

    Raises NoInputError when not one page could be read.
    """
    tables, rejected = _load(paths, stdin)
    run_stages(tables, stages_for(len(tables.rows(t.PAGES))))
    stories_in_order = sorted(tables.rows(t.STORIES), key=lambda story: (story.first or "9999", story.story))
    return Retelling(tuple(view_of(story, story_rows(tables, story)) for story in stories_in_order), rejected)


def evidence(a: str, b: str, *, among: Sequence[str] = (), stdin: bytes | None = None) -> Retelling:
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


def largest_first(stories: Sequence[StoryView]) -> tuple[StoryView, ...]:
    """Return the stories as a person wants them: those of most reports first, else in order of first report."""
    return tuple(sorted(stories, key=lambda view: -len(view.witnesses)))


def stages_for(n_pages: int) -> tuple[Stage, ...]:
    """Return the stages to run on this many pages: compiled kernels for many, their plain twins for few."""
    if n_pages < COMPILED_FROM_PAGES:
        return STAGES
    return tuple(matches.STAGE_COMPILED if stage is matches.STAGE else stage for stage in STAGES)


def _load(paths: Sequence[str], stdin: bytes | None) -> tuple[MemoryTables, tuple[Rejected, ...]]:
    found = read_paths(paths, stdin=stdin)
    pages = sorted((i for i in found if isinstance(i, ReadPage)), key=lambda i: (i.page.source, i.page.page))
    rejected = tuple(item for item in found if isinstance(item, Rejected))
    if not pages:
        is_missing = any(item.n_bytes is None and item.source in paths for item in rejected)
        raise NoInputError(tuple(paths), tuple(item.reason for item in rejected), is_missing=is_missing)
    tables = MemoryTables()
    tables.put(t.PAGES, (item.page for item in pages))
    tables.put(t.RUNS, (run for item in pages for run in item.runs))
    tables.put(t.BLOCKS, (block for item in pages for block in item.blocks))
    tables.put(t.DECLARED, (declared for item in pages for declared in item.declared))
    tables.put(t.REJECTED, rejected)
    return tables, rejected
