"""``retold show`` and what else tells stories of an archive in full: from stored rows to a StoryView.

What a build leaves out because it is costly (facts of pages, collation, lineage, timeline) is worked out here, from the
rows of the story's pages, and is the same as ``retell`` gives for these pages alone. Nothing is stored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from retold.archives.amending import amend
from retold.archives.labelling import page_tables
from retold.archives.read_model import open_model
from retold.engine.archive.snapshot import Snapshot, open_snapshot
from retold.engine.memory import MemoryTables, run_stages, story_rows
from retold.errors import RetoldError, UnknownPageError
from retold.model.fix import standing
from retold.model.story import Story
from retold.pipeline import FACT_STAGES, STORY_STAGES
from retold.stages import matches
from retold.tables import table as t
from retold.tables.table import Grain
from retold.views.story_view import StoryView, view_of

_TELLING = tuple(stage for stage in STORY_STAGES if stage.grain is Grain.STORY)
_KNOWN_PAGES = 5
"""Pages named where one was asked for that is not there."""


class UnknownArchiveStoryError(RetoldError):
    """A story was asked for that the archive does not hold."""

    def __init__(self, asked: str, archive: str, candidates: Sequence[str]) -> None:
        self.asked = asked
        found = f"it begins the ids of {', '.join(candidates)}" if candidates else "no id, page or report has that name"
        super().__init__(f"no story '{asked}' in '{archive}': {found}; list them with `retold stories {archive}`")


def stories_told(folder: str | Path, asked: Sequence[str]) -> tuple[StoryView, ...]:
    """Tell the stories asked for by id, the start of one, or one of their reports (page id, source id or address).

    Raises UnknownArchiveStoryError, and what ``open_snapshot`` raises.
    """
    with open_snapshot(Path(folder)) as snapshot, open_model(snapshot) as model:
        ids = dict.fromkeys(story_id(model, one, str(folder)) for one in asked)
        return tuple(_told(snapshot, model, story) for story in ids)


def evidence_in(folder: Path, a: str, b: str) -> tuple[tuple[StoryView, ...], str, str]:
    """Tell the story, or the two stories, that hold two reports; and the addresses of the two.

    Raises UnknownPageError where either is not in the archive.
    """
    with open_snapshot(folder) as snapshot, open_model(snapshot) as model:
        found = [report_of(model, one) for one in (a, b)]
        for asked, row in zip((a, b), found, strict=True):
            if row is None:
                known = model.execute(
                    "SELECT coalesce(source_id, source) FROM reports ORDER BY page LIMIT ?", (_KNOWN_PAGES,)
                )
                raise UnknownPageError(asked, (*(name for (name,) in known), "..."), None)
        rows = [row for row in found if row is not None]
        ids = dict.fromkeys(row["story"] for row in rows)
        return tuple(_told(snapshot, model, story) for story in ids), rows[0]["source"], rows[1]["source"]


def story_id(model: sqlite3.Connection, asked: str, archive: str) -> str:
    """Return the id of the story asked for by id, the start of one, or one of its reports.

    Raises UnknownArchiveStoryError where there is none, or more than one.
    """
    report = report_of(model, asked)
    if report is not None:
        return str(report["story"])
    likely = [
        row["story"]
        for row in model.execute(
            "SELECT story FROM stories WHERE substr(story, 1, ?) = ? ORDER BY story LIMIT 4", (len(asked), asked)
        )
    ]
    if not likely and asked:
        # An id that this or an earlier build gave a story founded by another of its reports leads to it for ever.
        rows = model.execute("SELECT DISTINCT story FROM reports WHERE substr(own, 1, ?) = ?", (len(asked), asked))
        likely = sorted(row["story"] for row in rows)
    if len(likely) != 1 or not asked:
        raise UnknownArchiveStoryError(asked, archive, [story[:12] for story in likely])
    return str(likely[0])


def report_of(model: sqlite3.Connection, asked: str) -> sqlite3.Row | None:
    """Return page, address and story of the report with this id, source id or address; None where there is none."""
    for column in ("page", "source_id", "source"):
        found = model.execute(f"SELECT page, source, story FROM reports WHERE {column} = ?", (asked,)).fetchone()
        if found is not None:
            row: sqlite3.Row = found
            return row
    return None


def _told(snapshot: Snapshot, model: sqlite3.Connection, story: str) -> StoryView:
    """Work out one story from the rows of its pages."""
    rows = model.execute("SELECT page, batch FROM reports WHERE story = ? ORDER BY place", (story,)).fetchall()
    pages, batches = [row["page"] for row in rows], {row["batch"] for row in rows}
    tables = MemoryTables()
    for table in page_tables(facts=False):
        tables.put(table, snapshot.rows_of_pages(table, pages, batches=batches))
    for stage in FACT_STAGES:
        if snapshot.parts(stage.writes[0].name, batches=batches):
            for table in stage.writes:
                tables.put(table, snapshot.rows_of_pages(table, pages, batches=batches))
        else:
            run_stages(tables, (stage,))
    if len(pages) < matches.SMALL:
        run_stages(tables, (matches.STAGE,))
    else:
        tables.put(t.MATCHES, snapshot.rows_of_pages(t.MATCHES, pages))
    tables.put(t.STORIES, snapshot.rows_of_story(t.STORIES, story))
    tables.put(t.STORY_LINKS, snapshot.rows_of_story(t.STORY_LINKS, story))
    run_stages(tables, _TELLING)
    (told,) = tables.rows(t.STORIES)
    amend(tables, told, standing(snapshot.rows(t.FIXES)))
    return view_of(told, story_rows(tables, told))


def all_story_ids(folder: Path) -> tuple[str, ...]:
    """Return the ids of all stories of the archive, in order of first report."""
    with open_snapshot(folder) as snapshot:
        found: Iterable[Story] = snapshot.rows(t.STORIES)
        return tuple(story.story for story in sorted(found, key=lambda one: (one.first or "9999", one.story)))
