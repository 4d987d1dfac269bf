"""Pages as they were read -> the page-grain tables of a batch, in Arrow columns.

``label`` runs in worker processes, on some hundred pages at a time; ``joined`` brings their tables together in order
of page id, so that a batch is the same whoever labelled it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retold.engine.memory import MemoryTables, run_stages
from retold.engine.stage import Stage
from retold.pipeline import FACT_STAGES, PAGE_STAGES
from retold.readers.read import ReadPage
from retold.tables import table as t
from retold.tables.arrow import schema_of, to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

READ_TABLES: tuple[t.Table[Any], ...] = (t.PAGES, t.RUNS, t.BLOCKS, t.DECLARED)
"""What the readers write of each page."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pages to label at once, and whether their facts are wanted as well."""

    pages: tuple[ReadPage, ...]
    facts: bool


def page_stages(*, facts: bool) -> tuple[Stage, ...]:
    """Return the page-grain stages of a build."""
    return PAGE_STAGES + FACT_STAGES if facts else PAGE_STAGES


def page_tables(*, facts: bool) -> tuple[t.Table[Any], ...]:
    """Return the tables a batch has a part of."""
    return READ_TABLES + tuple(table for stage in page_stages(facts=facts) for table in stage.writes)


def label(chunk: Chunk) -> dict[str, pa.Table]:
    """Return the page-grain tables of these pages by name."""
    pages = sorted(chunk.pages, key=lambda one: one.page.page)
    tables = MemoryTables()
    tables.put(t.PAGES, (one.page for one in pages))
    tables.put(t.RUNS, (run for one in pages for run in one.runs))
    tables.put(t.BLOCKS, (block for one in pages for block in one.blocks))
    tables.put(t.DECLARED, (declared for one in pages for declared in one.declared))
    run_stages(tables, page_stages(facts=chunk.facts))
    return {table.name: to_arrow(table, tables.rows(table)) for table in page_tables(facts=chunk.facts)}


def joined(parts: Sequence[dict[str, pa.Table]], table: t.Table[Any]) -> pa.Table:
    """Return the rows of one table of all parts, in order of page id, those of a page as they were."""
    import pyarrow as pa

    rows = pa.concat_tables([part[table.name] for part in parts]) if parts else schema_of(table).empty_table()
    return rows.sort_by("page")
