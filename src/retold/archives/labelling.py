"""Items of files -> pages read and labelled, as the page-grain tables of a batch in Arrow columns.

``label`` runs in worker processes, on some hundred items at a time, and passes over pages that are in the archive
already; ``joined`` brings the tables of a batch together in order of page id, so that it is the same whoever labelled
it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.engine.memory import MemoryTables, run_stages
from retold.engine.stage import Stage
from retold.model.page import Rejected
from retold.pipeline import FACT_STAGES, PAGE_STAGES
from retold.readers.items import Item
from retold.readers.read import ReadPage, read_item
from retold.tables import table as t
from retold.tables.arrow import schema_of, to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

READ_TABLES: tuple[t.Table[Any], ...] = (t.PAGES, t.RUNS, t.BLOCKS, t.DECLARED)
"""What the readers write of each page."""
ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items to read and label at once; ``known`` is the file of ids to pass over, ``facts`` whether they are wanted."""

    items: tuple[Item, ...]
    known: str
    facts: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """The tables of a chunk by name, how many pages were passed over, and what could not be read."""

    tables: dict[str, pa.Table]
    n_known: int
    rejected: tuple[Rejected, ...]

    @property
    def pages(self) -> list[str]:
        """The ids of the pages, in order."""
        ids: list[str] = self.tables[t.PAGES.name].column("page").to_pylist()
        return ids


class KnownIds:
    """Sorted ids of pages in a file of 16 bytes each, looked up where it lies: millions take no memory."""

    def __init__(self, path: str) -> None:
        self._n = Path(path).stat().st_size // ID_BYTES
        with Path(path).open("rb") as file:
            self._ids = mmap(file.fileno(), 0, access=ACCESS_READ) if self._n else b""

    def __len__(self) -> int:
        return self._n

    def __getitem__(self, at: int) -> bytes:
        return bytes(self._ids[at * ID_BYTES : (at + 1) * ID_BYTES])

    def __contains__(self, page: str) -> bool:
        asked = bytes.fromhex(page)
        at = bisect_left(self, asked)
        return at < self._n and self[at] == asked


def write_known(path: Path, pages: Iterable[str]) -> None:
    """Write the file of ids."""
    path.write_bytes(b"".join(sorted(bytes.fromhex(page) for page in pages)))


def page_stages(*, facts: bool) -> tuple[Stage, ...]:
    """Return the page-grain stages of a build."""
    return PAGE_STAGES + FACT_STAGES if facts else PAGE_STAGES


def page_tables(*, facts: bool) -> tuple[t.Table[Any], ...]:
    """Return the tables a batch has a part of."""
    return READ_TABLES + tuple(table for stage in page_stages(facts=facts) for table in stage.writes)


def label(chunk: Chunk) -> Labelled:
    """Return the page-grain tables of the pages in these items that are not known, each page once."""
    known = KnownIds(chunk.known)
    pages: dict[str, ReadPage] = {}
    rejected: list[Rejected] = []
    n_known = 0
    for one in (one for item in chunk.items for one in read_item(item)):
        if isinstance(one, Rejected):
            rejected.append(one)
        elif one.page.page in known:
            n_known += 1
        else:
            pages.setdefault(one.page.page, one)
    tables = _labelled([pages[page] for page in sorted(pages)], facts=chunk.facts)
    return Labelled(tables, n_known, tuple(rejected))


def _labelled(pages: Sequence[ReadPage], *, facts: bool) -> dict[str, pa.Table]:
    tables = MemoryTables()
    tables.put(t.PAGES, (one.page for one in pages))
    tables.put(t.RUNS, (run for one in pages for run in one.runs))
    tables.put(t.BLOCKS, (block for one in pages for block in one.blocks))
    tables.put(t.DECLARED, (declared for one in pages for declared in one.declared))
    run_stages(tables, page_stages(facts=facts))
    return {table.name: to_arrow(table, tables.rows(table)) for table in page_tables(facts=facts)}


def without(labelled: Labelled, pages: Iterable[str]) -> Labelled:
    """Return what is labelled without the rows of these pages."""
    import pyarrow as pa
    import pyarrow.compute as pc

    gone = pa.array(sorted(pages), pa.string())
    tables = {
        name: rows.filter(pc.invert(pc.is_in(rows.column("page"), gone))) for name, rows in labelled.tables.items()
    }
    return Labelled(tables, labelled.n_known, labelled.rejected)


def joined(parts: Sequence[Labelled], table: t.Table[Any]) -> pa.Table:
    """Return the rows of one table of all parts, in order of page id, those of a page as they were."""
    import pyarrow as pa

    rows = pa.concat_tables([part.tables[table.name] for part in parts]) if parts else schema_of(table).empty_table()
    return rows.sort_by("page")
