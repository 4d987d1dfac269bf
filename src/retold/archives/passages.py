"""``retold matches``: the passages that reports of an archive share, chosen by size, type and outlet.

Streams the ``matches`` table; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.archives.read_model import open_model
from retold.engine.archive.snapshot import open_snapshot
from retold.tables import table as t

if TYPE_CHECKING:
    import sqlite3

    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class WantedMatches:
    """Which matches to give: at least so many words shared, a span of this type, a report of one of these outlets."""

    min_words: int = 1
    type: str | None = None
    outlets: tuple[str, ...] = ()


def matches_in(folder: Path, wanted: WantedMatches) -> Iterator[dict[str, Any]]:
    """Give the matches that are wanted in the form of ``docs/schema/match.json``, part after part.

    With a type, spans of other types are left out, and so are matches without one of it.
    """
    with open_snapshot(folder) as snapshot, open_model(snapshot) as model:
        for rows in snapshot.stream(t.MATCHES.name, rows=4096):
            rows = _long_enough(rows, wanted.min_words)
            named = _named(model, rows)
            for row in rows.to_pylist():
                spans = [span for span in row["spans"] if wanted.type in (None, span["type"])]
                a, b = named[row["a"]], named[row["b"]]
                if spans and (not wanted.outlets or {a[1], b[1]} & set(wanted.outlets)):
                    yield {
                        "a": a[0],
                        "b": b[0],
                        "shared_words": row["shared_words"],
                        "containment_a": row["containment_a"],
                        "containment_b": row["containment_b"],
                        "spans": [[span[name] for name in ("a0", "a1", "b0", "b1", "type")] for span in spans],
                    }


def _long_enough(rows: pa.RecordBatch, min_words: int) -> pa.RecordBatch:
    import pyarrow.compute as pc

    return rows.filter(pc.greater_equal(rows.column("shared_words"), min_words))


def _named(model: sqlite3.Connection, rows: pa.RecordBatch) -> dict[str, tuple[str, str | None]]:
    """Return name and outlet of every page in the rows."""
    pages = {page for column in ("a", "b") for page in rows.column(column).to_pylist()}
    found: dict[str, tuple[str, str | None]] = {}
    for page in pages:
        name, outlet = model.execute(
            "SELECT coalesce(source_id, source), outlet FROM reports WHERE page = ?", (page,)
        ).fetchone()
        found[page] = (name, outlet)
    return found
