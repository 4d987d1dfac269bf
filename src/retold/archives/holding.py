"""``retold why ARCHIVE STORY``: what holds a story together, and which other story it came closest to joining.

Reads the links that the build stored, and the scores of pairs it kept; decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.archives.fixing import fixes_about
from retold.archives.near_scores import Scores, bar_for, cohesion, distinct, near
from retold.archives.read_model import open_model
from retold.archives.telling import report_of, story_id
from retold.engine.archive.snapshot import Snapshot, open_snapshot
from retold.engine.memory import MemoryTables
from retold.model.fix import Fix
from retold.model.page import PageId
from retold.model.story import Weighing
from retold.stages.stories.profiles import profiles_of
from retold.stages.stories.stage import CUT
from retold.stages.stories.weighing import weighed
from retold.tables import table as t
from retold.views.json_view import weighing_json

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports (source ids or addresses) that hold a story together, their score, and the reasons."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]
    weighing: Weighing

    def as_json(self) -> dict[str, Any]:
        """Return it as plain dicts and lists."""
        told = {"a": self.a, "b": self.b, "score": self.score, "reasons": list(self.reasons)}
        return {**told, "weighing": weighing_json(self.weighing)}


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The story this one is most like: the mean score of all pairs across the two (0..1).

    ``bar`` is what that mean would have to be: the cut, or more where both stories are alike within.
    """

    story: str
    title: str
    score: float
    bar: float

    @property
    def lost_by(self) -> float:
        """How much was missing; 0 where the two may join and something else was nearer."""
        return max(0.0, self.bar - self.score)


@dataclass(frozen=True, slots=True)
class Holding:
    """A story, what holds it together, and its runner-up; ``needed`` is the mean score from which stories may join."""

    story: str
    title: str
    reports: tuple[str, ...]
    links: tuple[Link, ...]
    runner_up: RunnerUp | None
    needed: float
    fixes: tuple[Fix, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain dicts and lists."""
        other = self.runner_up
        return {
            "story": self.story,
            "title": self.title,
            "reports": list(self.reports),
            "links": [one.as_json() for one in self.links],
            "runner_up": other
            and {
                "story": other.story,
                "title": other.title,
                "score": round(other.score, 4),
                "bar": round(other.bar, 4),
                "lost_by": round(other.lost_by, 4),
            },
            "needed": self.needed,
            "fixes": [asdict(fix) for fix in self.fixes],
        }


def holding(folder: Path, asked: str) -> Holding:
    """Return what holds a story together; it is asked for as ``stories_told`` asks."""
    with open_snapshot(folder) as snapshot, open_model(snapshot) as model:
        story = story_id(model, asked, str(folder))
        rows = model.execute(
            "SELECT page, batch, coalesce(source_id, source) AS name FROM reports WHERE story = ? ORDER BY place",
            (story,),
        ).fetchall()
        names = {row["page"]: row["name"] for row in rows}
        title = model.execute("SELECT title FROM stories WHERE story = ?", (story,)).fetchone()["title"]
        scores = near(snapshot, names)
        profiles = profiles_of(_tables(snapshot, names, {row["batch"] for row in rows}))
        known = {profile.page: profile for profile in profiles}
        links = tuple(
            Link(
                names[link.a],
                names[link.b],
                link.score,
                link.reasons,
                weighed(known[link.a], known[link.b], scores.lent),
            )
            for link in sorted(snapshot.rows_of_story(t.STORY_LINKS, story), key=lambda one: -one.score)
        )
        runner_up = _runner_up(snapshot, model, names.keys(), scores.scores)
        fixes = fixes_about(snapshot, tuple(names))
        return Holding(story, title, tuple(names.values()), links, runner_up, CUT, fixes)


def lent_in(folder: Path, sources: Collection[str]) -> Mapping[PageId, str]:
    """Return the days lent to reports, at these addresses, that have none, by page."""
    with open_snapshot(folder) as snapshot, open_model(snapshot) as model:
        pages = [report_of(model, source) for source in sources]
        return near(snapshot, [row["page"] for row in pages if row]).lent


def _tables(snapshot: Snapshot, pages: Collection[str], batches: Collection[str]) -> MemoryTables:
    """Return what grouping reads of these pages."""
    tables = MemoryTables()
    for table in (t.PAGES, t.SEGMENTS, t.SENTENCES, t.META, t.DATELINES, t.CREDITS):
        tables.put(table, snapshot.rows_of_pages(table, pages, batches=batches))
    return tables


def _runner_up(
    snapshot: Snapshot, model: sqlite3.Connection, pages: Collection[str], scores: Scores
) -> RunnerUp | None:
    """Return the story with the highest mean score over all pairs across; None where no pair across has any."""
    sums: defaultdict[str, float] = defaultdict(float)
    for (a, b), score in scores.items():
        if (a in pages) != (b in pages):
            other = b if a in pages else a
            sums[model.execute("SELECT story FROM reports WHERE page = ?", (other,)).fetchone()["story"]] += score
    found: list[tuple[float, str, frozenset[str]]] = []
    own = distinct(snapshot, pages)
    members = {
        story: [row["page"] for row in model.execute("SELECT page FROM reports WHERE story = ?", (story,))]
        for story in sums
    }
    compared = distinct(snapshot, [page for some in members.values() for page in some])
    for story, total in sums.items():
        others = compared.intersection(members[story])
        found.append((total / (len(own) * len(others)), story, others))
    if not found:
        return None
    mean, story, others = max(found, key=lambda one: one[:2])
    bar = bar_for(cohesion(scores, own), cohesion(near(snapshot, others).scores, others))
    title = model.execute("SELECT title FROM stories WHERE story = ?", (story,)).fetchone()["title"]
    return RunnerUp(story, title, mean, bar)
