"""``retold matches``: the passages that reports of an archive share, chosen by size, type and outlet.

Streams the ``matches`` table; pairs behind a page that stands for many are worked out in ``behind_links``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.archives.read_model import open_model
from retold.engine.archive.snapshot import Snapshot, open_snapshot
from retold.errors import OutputError
from retold.tables import table as t

if TYPE_CHECKING:
    import sqlite3

    import pyarrow as pa


_SPAN = ("a0", "a1", "b0", "b1", "type")


@dataclass(frozen=True, slots=True)
class WantedMatches:
    """Which matches to give: at least so many words shared, a span of this type, a report of one of these outlets.

    ``expand`` adds the pairs of reports that are linked to one that stands for many, and not to each other.
    """

    min_words: int = 1
    type: str | None = None
    outlets: tuple[str, ...] = ()
    expand: bool = False


def matches_in(folder: str | Path, wanted: WantedMatches | None = None) -> Iterator[dict[str, Any]]:
    """Give the matches that are wanted in the form of ``docs/schema/match.json``, part after part.

    With a type, spans of other types are left out, and so are matches without one of it.
    """
    asked = wanted or WantedMatches()
    with open_snapshot(Path(folder)) as snapshot, open_model(snapshot) as model:
        for rows in _stored_and_more(snapshot, model, expand=asked.expand):
            rows = _long_enough(rows, asked.min_words)
            named = _named(model, rows)
            for row in rows.to_pylist():
                spans = [span for span in row["spans"] if asked.type in (None, span["type"])]
                a, b = named[row["a"]], named[row["b"]]
                if spans and (not asked.outlets or {a[1], b[1]} & set(asked.outlets)):
                    yield {
                        "a": a[0],
                        "b": b[0],
                        "shared_words": row["shared_words"],
                        "containment_a": row["containment_a"],
                        "containment_b": row["containment_b"],
                        "spans": [[span[name] for name in _SPAN] for span in spans],
                    }


def _stored_and_more(snapshot: Snapshot, model: sqlite3.Connection, *, expand: bool) -> Iterator[pa.RecordBatch]:
    """Give the rows of the table, and those behind links."""
    yield from snapshot.stream(t.MATCHES.name, rows=4096)
    if expand:
        from retold.archives.behind_links import pairs_behind

        yield from pairs_behind(snapshot, model)


def write_parquet(folder: Path, wanted: WantedMatches, path: Path) -> int:
    """Write the matches that are wanted as a Parquet file, which appears when it is whole; return how many there are.

    Raises OutputError where it cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    part = path.with_name(f".{path.name}.part")
    n_found = 0
    try:
        with pq.ParquetWriter(part, _schema(), compression="zstd") as out:
            for rows in _in_hundreds(matches_in(folder, wanted)):
                n_found += len(rows)
                out.write_table(pa.Table.from_pylist(rows, schema=_schema()))
        part.replace(path)
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return n_found


def _schema() -> pa.Schema:
    import pyarrow as pa

    span = pa.struct([(name, pa.int64()) for name in ("a0", "a1", "b0", "b1")] + [("type", pa.string())])
    shares = [("shared_words", pa.int64()), ("containment_a", pa.float64()), ("containment_b", pa.float64())]
    return pa.schema([("a", pa.string()), ("b", pa.string()), *shares, ("spans", pa.list_(span))])


def _in_hundreds(found: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Give the matches in lists, their spans by name."""
    rows = ({**row, "spans": [dict(zip(_SPAN, span, strict=True)) for span in row["spans"]]} for row in found)
    while some := list(islice(rows, 1000)):
        yield some


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
