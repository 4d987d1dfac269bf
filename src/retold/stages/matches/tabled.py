"""Rows in and out of the engine: reports as it reads them, matches as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retold.model.story import MatchType
from retold.stages.matches.corpus import Corpus
from retold.tables.arrow import escaped, schema_of
from retold.tables.table import MATCHES

if TYPE_CHECKING:
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


def matches_table(found: Found) -> pa.Table:
    """Return one row for each two pages that share a passage, in order of their ids."""
    import pyarrow as pa

    rows, types, pages = found.rows, found.types, found.pages
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
