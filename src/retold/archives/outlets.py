"""``retold outlets``: the stories of an archive told as far as lineage, and each outlet's profile over them.

Stories are told by chunks of some thousand pages, so that every part is read a few times and not once a story; facts,
which say nothing of who copied whom, are left out. What is counted stands in ``retold.views.outlets``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from retold.archives.labelling import page_tables
from retold.archives.read_model import open_model
from retold.engine.archive.snapshot import Snapshot, open_snapshot
from retold.engine.memory import MemoryTables, run_stages, story_rows
from retold.model.page import PageId
from retold.model.story import Match, Story
from retold.stages import collation, matches, report_dates, stemma
from retold.tables import table as t
from retold.tables.table import Rows
from retold.views.outlets import OutletProfile, ToldReport, profiles_of, told_reports

CHUNK_PAGES = 2_000
"""Pages of the stories told together: some 100 MB of rows. Set by hand."""

NO_OUTLET = "(outlet unknown)"

_LINEAGE = (report_dates.STAGE, collation.STAGE, stemma.STAGE)


def outlet_profiles(
    folder: str | Path, *, since: str | None = None, until: str | None = None
) -> tuple[OutletProfile, ...]:
    """Return the profile of every outlet of the archive, over stories that had not ended before ``since`` (ISO day).

    Stories that began after ``until`` are left out too, and those without a day where either is given. Raises what
    ``open_snapshot`` raises.
    """
    with open_snapshot(Path(folder)) as snapshot, open_model(snapshot) as model:
        chunks = _chunks(model, since, until)
        return profiles_of(report for chunk in chunks for report in _told(snapshot, model, chunk))


def _chunks(model: sqlite3.Connection, since: str | None, until: str | None) -> Iterator[list[str]]:
    """Give the ids of the stories asked for, in order of first report, by chunks."""
    ask = (
        "SELECT story, n_reports FROM stories WHERE (?1 IS NULL OR last >= ?1) AND (?2 IS NULL OR first <= ?2)"
        " ORDER BY first IS NULL, first, story"
    )
    chunk: list[str] = []
    n_pages = 0
    for story, n_reports in model.execute(ask, (since, until)).fetchall():
        chunk.append(story)
        n_pages += n_reports
        if n_pages >= CHUNK_PAGES:
            yield chunk
            chunk, n_pages = [], 0
    if chunk:
        yield chunk


def _told(snapshot: Snapshot, model: sqlite3.Connection, stories: Sequence[str]) -> Iterator[ToldReport]:
    """Tell some stories as far as lineage and give their reports."""
    pages: list[str] = []
    batches: set[str] = set()
    outlets: dict[PageId, str] = {}
    for story in stories:
        ask = "SELECT page, batch, outlet, source FROM reports WHERE story = ? ORDER BY place"
        for page, batch, outlet, source in model.execute(ask, (story,)):
            pages.append(page)
            batches.add(batch)
            outlets[PageId(page)] = outlet or _host(source) or NO_OUTLET
    tables = MemoryTables()
    for table in page_tables(facts=False):
        tables.put(table, snapshot.rows_of_pages(table, pages, batches=batches))
    wanted = frozenset(stories)
    tables.put(t.STORIES, (story for story in snapshot.rows(t.STORIES) if story.story in wanted))
    tables.put(t.MATCHES, _matches(snapshot, tables))
    run_stages(tables, _LINEAGE)
    for one in tables.rows(t.STORIES):
        rows = story_rows(tables, one)
        yield from told_reports(
            one.story,
            {page: outlets[page] for page in one.pages},
            _credited(rows),
            rows.rows(t.REPORT_ORIGINS),
            rows.rows(t.STEMMA_EDGES),
            rows.rows(t.LOCI),
            rows.rows(t.ARCHETYPE_READINGS),
        )


def _matches(snapshot: Snapshot, tables: MemoryTables) -> Iterator[Match]:
    """Give the passages of each story as ``retold show`` finds them: by fine fingerprints where its reports are few."""
    large: list[Story] = []
    for story in tables.rows(t.STORIES):
        if len(story.pages) < matches.SMALL:
            yield from matches.STAGE.run(story_rows(tables, story))[t.MATCHES]
        else:
            large.append(story)
    pages = [page for story in large for page in story.pages]
    yield from snapshot.rows_of_pages(t.MATCHES, pages) if pages else ()


def _credited(rows: Rows) -> frozenset[str]:
    """Return the agencies that reports of a story name in a credit or a dateline."""
    datelines = {row.agency for row in rows.rows(t.DATELINES) if row.agency}
    return frozenset(datelines | {row.agency for row in rows.rows(t.CREDITS)})


def _host(source: str) -> str | None:
    try:
        return urlsplit(source).hostname
    except ValueError:
        return None
