"""What reuse and stories ask of every page, joined batch by batch from the page-grain parts: who, when, which words.

Rows stand in order of page id; spans are in code points of the text as ``tables.arrow.unescaped`` gives it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from retold.engine.archive.snapshot import Snapshot
from retold.model.report import COLLATED_KINDS, MetaField
from retold.tables import table as t

if TYPE_CHECKING:
    import pyarrow as pa

_KINDS = sorted(COLLATED_KINDS)
_PLACE = ["page", "start", "end", "kind"]


def reports(
    snapshot: Snapshot, *, batches: Collection[str] | None = None, pages: pa.Array | None = None
) -> Iterator[pa.Table]:
    """Give one table a batch: ``page, source, day, outlet, language, text, main, sentences``; of some pages only.

    ``day`` is the day the page gives (null where none can be read), ``outlet`` its name, else the host of its address;
    ``main`` and ``sentences`` are lists of ``{start, end}`` of the segments and sentences that are collated.
    """
    import pyarrow as pa

    for batch in snapshot.manifest.batches:
        if batches is not None and batch.batch not in batches:
            continue
        own_pages = _of(snapshot, t.PAGES.name, batch.batch, ["page", "source", "text"], pages)
        meta = _meta(snapshot, batch.batch, pages)
        ids = own_pages.column("page")
        sources = own_pages.column("source").to_pylist()
        own = [meta.get(page, {}) for page in ids.to_pylist()]
        yield pa.table(
            {
                "page": ids,
                "source": own_pages.column("source"),
                "day": pa.array([_day(one.get(MetaField.PUBLISHED)) for one in own], pa.date32()),
                "outlet": pa.array(
                    [one.get(MetaField.OUTLET) or _host(source) for one, source in zip(own, sources, strict=True)],
                    pa.string(),
                ),
                "language": pa.array([one.get(MetaField.LANGUAGE) for one in own], pa.string()),
                "text": own_pages.column("text").cast(pa.large_string()),
                "main": _spans(ids, _of(snapshot, t.SEGMENTS.name, batch.batch, _PLACE, pages)),
                "sentences": _spans(ids, _of(snapshot, t.SENTENCES.name, batch.batch, _PLACE, pages)),
            }
        )


def _of(snapshot: Snapshot, table: str, batch: str, columns: list[str], pages: pa.Array | None) -> pa.Table:
    """Return the rows of one batch, or of some pages of it, in one chunk; none where it has none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = snapshot.parts(table, batches=(batch,))
    if not parts:
        types = {name: pa.int64() if name in ("start", "end") else pa.string() for name in columns}
        return pa.table({name: pa.array([], type_) for name, type_ in types.items()})
    rows = pa.concat_tables([snapshot.read(part, columns=columns) for part in parts])
    if pages is not None:
        rows = rows.filter(pc.is_in(rows.column("page"), pages))
    return rows.combine_chunks()


def _spans(ids: pa.ChunkedArray, rows: pa.Table) -> pa.Array:
    """Return for each page the spans of its rows of a collated kind, in order of place."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = rows.filter(pc.is_in(rows.column("kind"), pa.array(_KINDS)))
    place = pc.index_in(rows.column("page"), pa.array(ids.to_pylist(), pa.string())).to_numpy()
    start, end = rows.column("start").to_numpy(), rows.column("end").to_numpy()
    order = np.lexsort((end, start, place))
    offsets = np.searchsorted(place[order], np.arange(len(ids) + 1)).astype(np.int32)
    spans = pa.StructArray.from_arrays([pa.array(start[order]), pa.array(end[order])], ["start", "end"])
    return pa.ListArray.from_arrays(pa.array(offsets), spans)


def _meta(snapshot: Snapshot, batch: str, pages: pa.Array | None) -> dict[str, dict[str, str]]:
    """Return outlet, day and language by page; of several values the last, as the stage over memory takes it."""
    found: dict[str, dict[str, str]] = {}
    rows = _of(snapshot, t.META.name, batch, ["page", "field", "value"], pages)
    for page, field, value in zip(*(rows.column(name).to_pylist() for name in rows.column_names), strict=True):
        if field in (MetaField.OUTLET, MetaField.LANGUAGE) or (field == MetaField.PUBLISHED and _day(value)):
            found.setdefault(page, {})[field] = value
    return found


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def _host(source: str) -> str | None:
    try:
        return urlsplit(source).hostname
    except ValueError:
        return None
