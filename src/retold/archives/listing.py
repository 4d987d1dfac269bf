"""``retold stories``: the stories of an archive as rows, chosen by day, outlet, agency, size and words.

Asks the read model; ``telling`` tells one story in full.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retold.archives.read_model import open_model
from retold.engine.archive.snapshot import open_snapshot
from retold.errors import RetoldError


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which stories to list: from and to ISO days (both included), one outlet, one agency, at least so many, words."""

    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    wire: str | None = None
    min_origins: int = 1
    min_reports: int = 1
    words: str | None = None


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story in a list; ``reports`` are source ids or addresses, ``origins`` name and number of reports."""

    story: str
    saga: str
    title: str
    first: str | None
    last: str | None
    reports: tuple[str, ...]
    origins: tuple[tuple[str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the row in the form of ``docs/schema/story_row.json``."""
        return {
            "story": self.story,
            "saga": self.saga,
            "title": self.title,
            "first": self.first,
            "last": self.last,
            "reports": list(self.reports),
            "origins": [{"name": name, "reports": n_reports} for name, n_reports in self.origins],
        }


class SearchError(RetoldError):
    """Words to search for could not be understood."""

    def __init__(self, asked: str, found: str) -> None:
        self.asked = asked
        super().__init__(f"cannot search for '{asked}': {found}; put words in quotation marks to find them together")


def stories_in(folder: str | Path, wanted: Wanted | None = None) -> Iterator[StoryRow]:
    """Give the stories of the archive that are wanted, in order of first report, those without a day last.

    Raises SearchError where the words are no search, and what ``open_snapshot`` raises.
    """
    asked = wanted or Wanted()
    conditions, values = _conditions(asked)
    ask = (
        "SELECT story, saga, title, first, last, origins FROM stories"
        f" WHERE {' AND '.join(conditions)} ORDER BY first IS NULL, first, story"
    )
    with open_snapshot(Path(folder)) as snapshot, open_model(snapshot) as model:
        try:
            for row in model.execute(ask, values):
                reports = model.execute(
                    "SELECT coalesce(source_id, source) FROM reports WHERE story = ? ORDER BY place", (row["story"],)
                )
                origins = tuple((one["name"], one["reports"]) for one in json.loads(row["origins"]))
                told = (row["story"], row["saga"], row["title"], row["first"], row["last"])
                yield StoryRow(*told, tuple(name for (name,) in reports), origins)
        except sqlite3.OperationalError as error:
            if not asked.words:
                raise
            raise SearchError(asked.words, str(error)) from error


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
    """Return the SQL conditions of what is wanted, and their values."""
    conditions = ["n_reports >= ?", "n_origins >= ?"]
    values: list[Any] = [wanted.min_reports, wanted.min_origins]
    if wanted.since:
        conditions.append("last >= ?")
        values.append(wanted.since)
    if wanted.until:
        conditions.append("first <= ?")
        values.append(wanted.until)
    if wanted.outlet:
        conditions.append("story IN (SELECT story FROM reports WHERE outlet = ? COLLATE NOCASE)")
        values.append(wanted.outlet)
    if wanted.wire:
        conditions.append(
            "story IN (SELECT story FROM reports, json_each(agencies) WHERE json_each.value = ? COLLATE NOCASE)"
        )
        values.append(wanted.wire)
    if wanted.words:
        found = "SELECT rowid FROM words WHERE words MATCH ?"
        conditions.append(f"story IN (SELECT story FROM reports WHERE i IN ({found}))")
        values.append(_as_search(wanted.words))
    return conditions, values


def _as_search(words: str) -> str:
    """Return the words as a search for all of them; what stands in quotation marks is searched for as it stands.

    >>> _as_search('ferry "crane fell" O-Neill')
    '"ferry" "crane fell" "O-Neill"'
    """
    pieces = words.split('"')
    quoted = [piece.strip() for piece in pieces[1::2]]
    found = []
    for i, piece in enumerate(pieces[0::2]):
        found.extend(piece.split())
        if i < len(quoted):
            found.append(quoted[i])
    return " ".join(f'"{piece}"' for piece in found if piece)
