"""Rows in and out of the engine: reports as it reads them, matches as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retold.engine.exchange import Exchange
from retold.model.story import MatchType
from retold.stages.matches.compared import FOUND
from retold.stages.matches.corpus import Corpus
from retold.tables.arrow import escaped, schema_of
from retold.tables.table import MATCHES

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from retold.plain.types import Publication
    from retold.stages.matches.scaled import Found

TYPES = (MatchType.COPY, MatchType.QUOTE, MatchType.BOILERPLATE)
"""The types in the order of ``kernels.types``."""


def reports_of(corpus: Corpus, published: list[Publication]) -> pa.Table:
    """Return the pages of a corpus as a table of reports."""
    import pyarrow as pa

    spans = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))
    columns = {
        "page": pa.array([page.page for page in corpus.pages], pa.string()),
        "day": pa.array([one.day for one in published], pa.date32()),
        "outlet": pa.array([one.outlet for one in published], pa.string()),
        "text": pa.array([escaped(page.text) for page in corpus.pages], pa.large_string()),
    }
    for name, column in (("main", "segments"), ("sentences", "sentences")):
        rows = [[{"start": s.start, "end": s.end} for s in getattr(page, column)] for page in corpus.pages]
        columns[name] = pa.array(rows, spans)
    return pa.table(columns)


TOLD = np.dtype([("row", FOUND), ("type", "u1")])
ROWS_IN_A_TABLE = 1 << 19
"""Passages in a table of matches, and more where one page has more."""
ROWS = 1 << 18
"""Passages read at a time."""


def matches_tables(found: Found, scratch: Path) -> Iterator[pa.Table]:
    """Give one row for each two pages that share a passage, in order of their ids, some hundred thousand at a time."""
    rank = found.pages.rank
    n_rows = np.zeros(rank.size, np.int64)
    for first in range(0, found.rows.size, ROWS):
        n_rows += np.bincount(rank[found.rows["a"][first : first + ROWS]], minlength=rank.size)
    table_of = ((np.cumsum(n_rows) - n_rows) // ROWS_IN_A_TABLE).astype(np.uint16)
    n_tables = int(table_of[-1]) + 1 if rank.size else 0
    with Exchange(scratch, "told", n_tables, TOLD) as told:
        for first in range(0, found.rows.size, ROWS):
            rows = np.empty(min(ROWS, found.rows.size - first), TOLD)
            rows["row"], rows["type"] = found.rows[first : first + ROWS], found.types[first : first + ROWS]
            told.send(table_of[rank[rows["row"]["a"]]], rows)
        for i in range(n_tables):
            rows = told.take(i)
            if rows.size:
                yield _matches_table(rows["row"], rows["type"], found)


def _matches_table(rows: NDArray[Any], types: NDArray[np.uint8], found: Found) -> pa.Table:
    """Return one row for each two pages that share one of these passages, in order of their ids."""
    import pyarrow as pa

    pages = found.pages
    order = np.lexsort((rows["words"][:, 0], pages.rank[rows["b"]], pages.rank[rows["a"]]))
    rows, types = rows[order], types[order]
    a, b = rows["a"].astype(np.int64), rows["b"].astype(np.int64)
    is_first = np.ones(rows.size, np.bool_)
    is_first[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    firsts = np.flatnonzero(is_first)
    counted = np.where(types == TYPES.index(MatchType.BOILERPLATE), 0, rows["n"]).astype(np.int64)
    n_shared = np.add.reduceat(counted, firsts) if firsts.size else counted
    names = pa.DictionaryArray.from_arrays(types.astype(np.int8), [str(name) for name in TYPES]).cast(pa.string())
    schema = schema_of(MATCHES)
    item = schema.field("spans").type.value_field
    sides = [pa.array(rows["span"][:, side].astype(np.int64)) for side in range(4)]
    spans = pa.StructArray.from_arrays([*sides, names], fields=list(item.type))
    offsets = pa.array(np.append(firsts, rows.size).astype(np.int32))
    a, b = a[firsts], b[firsts]
    columns = [
        pages.ids.take(pa.array(a)),
        pages.ids.take(pa.array(b)),
        pa.array(n_shared),
        pa.array(n_shared / pages.n_words[a]),
        pa.array(n_shared / pages.n_words[b]),
        pa.ListArray.from_arrays(offsets, spans, type=schema.field("spans").type),
    ]
    return pa.Table.from_arrays(columns, schema=schema)
