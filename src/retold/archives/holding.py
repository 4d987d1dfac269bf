"""``retold why ARCHIVE STORY``: what holds a story together, and which other story it came closest to joining.

Reads the links that the build stored, and the scores of pairs it kept; decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.archives.fixing import fixes_about
from retold.archives.read_model import open_model
from retold.archives.telling import story_id
from retold.engine.archive.snapshot import Snapshot, open_snapshot
from retold.model.fix import Fix
from retold.stages.stories.archive import SCORES
from retold.stages.stories.scores import SCALE
from retold.stages.stories.stage import CUT
from retold.tables import table as t

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports (source ids or addresses) that hold a story together, their score, and the reasons."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The story this one is most like: the mean score of all pairs across the two (0..1)."""

    story: str
    title: str
    score: float


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
            "links": [{"a": one.a, "b": one.b, "score": one.score, "reasons": list(one.reasons)} for one in self.links],
            "runner_up": other and {"story": other.story, "title": other.title, "score": round(other.score, 4)},
            "needed": self.needed,
            "fixes": [asdict(fix) for fix in self.fixes],
        }


def holding(folder: Path, asked: str) -> Holding:
    """Return what holds a story together; it is asked for as ``stories_told`` asks."""
    with open_snapshot(folder) as snapshot, open_model(snapshot) as model:
        story = story_id(model, asked, str(folder))
        names = {
            row["page"]: row["name"]
            for row in model.execute(
                "SELECT page, coalesce(source_id, source) AS name FROM reports WHERE story = ? ORDER BY place", (story,)
            )
        }
        title = model.execute("SELECT title FROM stories WHERE story = ?", (story,)).fetchone()["title"]
        links = tuple(
            Link(names[link.a], names[link.b], link.score, link.reasons)
            for link in sorted(snapshot.rows_of_story(t.STORY_LINKS, story), key=lambda one: -one.score)
        )
        runner_up = _runner_up(snapshot, model, names.keys())
        fixes = fixes_about(snapshot, tuple(names))
        return Holding(story, title, tuple(names.values()), links, runner_up, CUT, fixes)


def _runner_up(snapshot: Snapshot, model: sqlite3.Connection, pages: Collection[str]) -> RunnerUp | None:
    """Return the story with the highest mean score over all pairs across; None where no pair across has any."""
    sums: defaultdict[str, float] = defaultdict(float)
    for other, score in _scores_across(snapshot, pages):
        sums[model.execute("SELECT story FROM reports WHERE page = ?", (other,)).fetchone()["story"]] += score / SCALE
    found: list[RunnerUp] = []
    for story, total in sums.items():
        row = model.execute("SELECT title, n_reports FROM stories WHERE story = ?", (story,)).fetchone()
        found.append(RunnerUp(story, row["title"], total / (len(pages) * row["n_reports"])))
    return max(found, key=lambda one: (one.score, one.story), default=None)


def _scores_across(snapshot: Snapshot, pages: Collection[str]) -> list[tuple[str, int]]:
    """Return the other page and the score of every pair that one of these pages has with one that is not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = pa.array(sorted(pages), pa.string())
    found: list[tuple[str, int]] = []
    for rows in snapshot.stream(SCORES):
        is_a, is_b = pc.is_in(rows.column("a"), ids), pc.is_in(rows.column("b"), ids)
        rows = rows.filter(pc.xor(is_a, is_b))
        others = zip(*(rows.column(name).to_pylist() for name in ("a", "b", "score")), strict=True)
        found.extend((b if a in pages else a, score) for a, b, score in others)
    return found
