"""What matches keep in an archive between runs, so that new pages are compared with all, and old pairs not again.

Private tables: ``matches.pages`` and ``matches.prints`` grow by a few parts a run; ``matches.pairs``, ``matches.found``
and ``matches.masks`` are written anew, for a new page can make a text standing text. Pages are numbered in the order in
which they were seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retold.engine.archive.manifest import Part
from retold.engine.archive.reports import reports
from retold.engine.archive.stage import CorpusWork
from retold.stages.matches.compared import FOUND, Compared, of_file
from retold.stages.matches.scaled import PRINT, Before, Found
from retold.tables.table import PAGES

if TYPE_CHECKING:
    import pyarrow as pa

SEEN, PRINTS = "matches.pages", "matches.prints"
PAIRS, FOUNDS, MASKS = "matches.pairs", "matches.found", "matches.masks"
TABLES = (SEEN, PRINTS, PAIRS, FOUNDS, MASKS)
ROWS_IN_A_PART = 1_000_000
PAIR_KEY = np.dtype([("pair", "<u8")])


class Kept:
    """What one run reads of the runs before and leaves for the next. Parts are written as rows come."""

    def __init__(self, work: CorpusWork) -> None:
        self._work = work
        self._run = f"{len(work.snapshot.parts(SEEN)):05}"
        self._prints: list[Part] = []
        self._waiting: list[NDArray[Any]] = []

    @property
    def is_first(self) -> bool:
        """Tell whether no run before left anything."""
        return not self._work.snapshot.parts(SEEN)

    def before(self) -> Before:
        """Return what the runs before left, and take in what this one finds."""
        import pyarrow as pa

        if self.is_first:
            return Before(keep=self._keep)
        snapshot = self._work.snapshot
        known = pa.concat_tables([snapshot.read(part) for part in snapshot.parts(SEEN)])
        masks = np.concatenate([snapshot.read(part).column(0).to_numpy() for part in snapshot.parts(MASKS)])
        compared = Compared(self._spilled(PAIRS, PAIR_KEY)["pair"], self._spilled(FOUNDS, FOUND), masks)
        return Before(
            known, self._old_prints, compared,
            lambda asked: self._reports(known.column("page"), asked), self._keep,
        )  # fmt: skip

    def parts(self, found: Found) -> tuple[Part, ...]:
        """Write what the next run takes over; return all parts that are new."""
        import pyarrow as pa

        n_before = sum(part.rows for part in self._work.snapshot.parts(SEEN))
        new = found.known.slice(n_before)
        tables = (
            *((PAIRS, pa.table({"pair": np.array(some)})) for some in _in_parts(found.keys)),
            *((MASKS, pa.table({"mask": some})) for some in _in_parts(found.masks)),
            *((FOUNDS, _table(np.array(some))) for some in _in_parts(found.rows)),
        )
        self._write_prints()
        told = [self._work.put(SEEN, new, key=self._run)] if new.num_rows else []
        written = [self._work.put(name, rows, key=f"{i:05}") for i, (name, rows) in enumerate(tables)]
        return (*self._prints, *told, *written)

    def stale(self) -> tuple[Part, ...]:
        """Return the parts that give way to new ones."""
        return tuple(part for table in (PAIRS, FOUNDS, MASKS) for part in self._work.snapshot.parts(table))

    def _keep(self, rows: NDArray[Any]) -> None:
        """Write new fingerprints when there are enough for a part."""
        self._waiting.append(rows)
        if sum(some.size for some in self._waiting) >= ROWS_IN_A_PART:
            self._write_prints()

    def _write_prints(self) -> None:
        if self._waiting:
            key = f"{self._run}-{len(self._prints):05}"
            self._prints.append(self._work.put(PRINTS, _table(np.concatenate(self._waiting)), key=key))
            self._waiting = []

    def _old_prints(self) -> Iterator[NDArray[Any]]:
        for batch in self._work.snapshot.stream(PRINTS, rows=1 << 20):
            yield _rows(batch, PRINT)

    def _spilled(self, table: str, dtype: np.dtype[Any]) -> NDArray[Any]:
        """Return the rows of a table as rows of a file."""
        path = self._work.scratch / f"{table}-before"
        with path.open("wb") as file:
            for batch in self._work.snapshot.stream(table):
                file.write(_rows(batch, dtype).view("u1").data)
        return of_file(path, dtype)

    def _reports(self, ids: pa.ChunkedArray, asked: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.int64], pa.Table]]:
        """Give the reports of old pages with their numbers; of batches without such a page only ids are read."""
        import pyarrow as pa
        import pyarrow.compute as pc

        snapshot = self._work.snapshot
        numbers = np.flatnonzero(asked)
        wanted = ids.take(pa.array(numbers)).combine_chunks()
        for batch in snapshot.manifest.batches:
            own = [snapshot.read(part, columns=["page"]) for part in snapshot.parts(PAGES.name, batches=(batch.batch,))]
            if not any(pc.any(pc.is_in(part.column("page"), wanted)).as_py() for part in own):
                continue
            for table in reports(snapshot, batches=(batch.batch,), pages=wanted):
                places = pc.index_in(table.column("page"), wanted).to_numpy().astype(np.int64)
                order = np.argsort(places)
                yield numbers[places[order]], table.take(pa.array(order))


def _in_parts(rows: NDArray[Any]) -> Iterator[NDArray[Any]]:
    for first in range(0, rows.size, ROWS_IN_A_PART):
        yield rows[first : first + ROWS_IN_A_PART]


def _columns(dtype: np.dtype[Any]) -> Sequence[tuple[str, str, int | None]]:
    """Return name, field and place in it of every column that rows of a structure are stored as."""
    found: list[tuple[str, str, int | None]] = []
    for name in dtype.names or ():
        shape = dtype[name].shape
        found += [(f"{name}{i}", name, i) for i in range(shape[0])] if shape else [(name, name, None)]
    return found


def _table(rows: NDArray[Any]) -> pa.Table:
    """Return rows of a structure as a table."""
    import pyarrow as pa

    columns = {
        column: pa.array(np.ascontiguousarray(rows[name] if i is None else rows[name][:, i]))
        for column, name, i in _columns(rows.dtype)
    }
    return pa.table(columns)


def _rows(batch: pa.RecordBatch, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return a table as rows of a structure."""
    rows = np.empty(batch.num_rows, dtype)
    for column, name, i in _columns(dtype):
        values = batch.column(column).to_numpy(zero_copy_only=False)
        if i is None:
            rows[name] = values
        else:
            rows[name][:, i] = values
    return rows
