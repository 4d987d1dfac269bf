"""Scores as grouping saw them: of the reports of a story and all that share a rare word with them.

Reads what a build kept (scores of pairs, days, which reports are equal) and lends days as the build did. For ``why``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from retold.engine.archive.snapshot import Snapshot
from retold.model.page import PageId
from retold.stages.stories import sketches
from retold.stages.stories.archive import SCORES
from retold.stages.stories.grouping import COHESION_SHARE, ENOUGH
from retold.stages.stories.lending import NO_DAY, lent_days, with_lent_days
from retold.stages.stories.scores import SCALE
from retold.stages.stories.stage import CUT

if TYPE_CHECKING:
    import pyarrow as pa

Scores = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Near:
    """Scores (0..1) of pairs with one side among the reports asked for, and the days lent, by page.

    Of equal reports of one day only the first has scores (see ``distinct``).
    """

    scores: Scores
    lent: Mapping[PageId, str]


def near(snapshot: Snapshot, pages: Collection[str]) -> Near:
    """Return the scores that these reports have with any other, lent days counted."""
    own = _rows(snapshot, pages)
    days = _days(snapshot, {*pages, *(page for pair in own for page in pair)})
    undated = {page for page, day in days.items() if day == NO_DAY}
    rows = {**_rows(snapshot, undated), **own} if undated else own
    days.update(_days(snapshot, {page for pair in rows for page in pair} - days.keys()))
    order = sorted(days)
    index = {page: i for i, page in enumerate(order)}
    told = {(index[a], index[b]): score for (a, b), score in rows.items()}
    by_index = [days[page] for page in order]
    lent = {
        PageId(order[i]): date.fromordinal(day).isoformat()
        for i, day in enumerate(lent_days(by_index, told))
        if day != by_index[i]
    }
    scores = {(order[i], order[j]): score / SCALE for (i, j), score in with_lent_days(by_index, told).items()}
    return Near({pair: score for pair, score in scores.items() if pair in own}, lent)


def distinct(snapshot: Snapshot, pages: Collection[str]) -> frozenset[str]:
    """Return the pages without those that equal an earlier one, in order of id, of their day: these are compared."""
    found: dict[str, str] = {}
    for row in _sketched(snapshot, pages, ["page", "same"]):
        key = row["same"] or row["page"]
        found[key] = min(found.get(key, row["page"]), row["page"])
    return frozenset(found.values())


def cohesion(scores: Scores, pages: Collection[str]) -> float:
    """Return the mean score of all pairs inside a story; 0 for a single report."""
    n = len(pages)
    inside = sum(score for (a, b), score in scores.items() if a in pages and b in pages)
    return inside / (n * (n - 1) / 2) if n > 1 else 0.0


def bar_for(one: float, other: float) -> float:
    """Return the mean score from which two stories so alike within may join."""
    return max(CUT, min(ENOUGH, COHESION_SHARE * min(one, other)))


def _rows(snapshot: Snapshot, pages: Collection[str]) -> dict[tuple[str, str], int]:
    """Return the stored scores of all pairs with one side among these pages."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = pa.array(sorted(pages), pa.string())
    found: dict[tuple[str, str], int] = {}
    for rows in snapshot.stream(SCORES):
        some: pa.RecordBatch = rows.filter(pc.or_(pc.is_in(rows.column("a"), ids), pc.is_in(rows.column("b"), ids)))
        for a, b, score in zip(*(some.column(name).to_pylist() for name in ("a", "b", "score")), strict=True):
            found[a, b] = score
    return found


def _days(snapshot: Snapshot, pages: Collection[str]) -> dict[str, int]:
    rows = _sketched(snapshot, pages, ["page", "day"])
    return {row["page"]: date.fromisoformat(row["day"]).toordinal() if row["day"] else NO_DAY for row in rows}


def _sketched(snapshot: Snapshot, pages: Collection[str], columns: list[str]) -> Iterable[dict[str, Any]]:
    """Give some columns of the sketches of these pages."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = pa.array(sorted(pages), pa.string())
    for rows in snapshot.stream(sketches.TABLE, columns=columns) if pages else ():
        yield from rows.filter(pc.is_in(rows.column("page"), ids)).to_pylist()
