"""``retold forget``: no byte of some pages stays in the folder, and they are never taken in again.

Page-grain parts are written again without the pages; what was worked out between pages is dropped whole, for it may
hold their words, and is worked out again by the stages. Older manifests, dropped parts and the read model go at once,
whoever reads them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retold.engine.archive.compact import renamed
from retold.engine.archive.manifest import Batch, Manifest, Part, batch_id
from retold.engine.archive.writer import Writer
from retold.tables import table as t

if TYPE_CHECKING:
    import pyarrow as pa

KEPT_TABLES = frozenset({t.REJECTED.name, t.FIXES.name, "archive.sources"})
"""Tables of no batch that are not worked out from pages: what could not be read, which files are in, what was fixed."""


@dataclass(slots=True)
class _Rewriting:
    """What one forgetting changes."""

    add: list[Part]
    drop: list[Part]
    batches: dict[str, Batch | None]


def forget(writer: Writer, pages: Collection[str]) -> int:
    """Remove the pages; return how many were there. Stages that saw them have seen nothing afterwards."""
    snapshot = writer.snapshot()
    rewriting = _Rewriting([], [], {})
    n_found = 0
    for part in snapshot.parts(t.PAGES.name):
        ids = snapshot.read(part, columns=["page"]).column("page").to_pylist()
        left = [page for page in ids if page not in pages]
        if len(left) < len(ids):
            n_found += len(ids) - len(left)
            _rewrite_batch(writer, part.batch, left, pages, rewriting)
    if not n_found:
        return 0
    between = [part for part in writer.manifest.parts if not part.batch and part.table not in KEPT_TABLES]
    corpus_stages = {part.stage for part in between}
    _rewrite_log(writer, pages, rewriting)

    def change(manifest: Manifest) -> Manifest:
        for name, new in rewriting.batches.items():
            manifest = renamed(manifest, (name,), new)
        stages = tuple(state for state in manifest.stages if state.name not in corpus_stages)
        forgotten = tuple(sorted({*manifest.forgotten, *pages}))
        return replace(manifest, stages=stages, forgotten=forgotten)

    writer.commit(add=rewriting.add, drop=(*rewriting.drop, *between), change=change, keep_previous=False)
    writer.sweep()
    return n_found


def _rewrite_batch(writer: Writer, batch: str, left: list[str], pages: Collection[str], rewriting: _Rewriting) -> None:
    """Write the parts of a batch again without the pages."""
    snapshot = writer.snapshot()
    known = next(one for one in writer.manifest.batches if one.batch == batch)
    new = replace(known, batch=batch_id(left), pages=len(left)) if left else None
    rewriting.batches[batch] = new
    for part in (part for part in writer.manifest.parts if part.batch == batch):
        rewriting.drop.append(part)
        rows = _without(snapshot.read(part), pages)
        if new is not None and rows.num_rows:
            rewriting.add.append(writer.put(part.table, rows, stage=part.stage, batch=new.batch, key=part.key))


def _rewrite_log(writer: Writer, pages: Collection[str], rewriting: _Rewriting) -> None:
    """Write the log of fixes again without entries that name one of the pages: their words may be its words."""
    snapshot = writer.snapshot()
    for part in snapshot.parts(t.FIXES.name):
        rows = snapshot.read(part)
        named = [{*one, *other}.isdisjoint(pages) for one, other in zip(*_named(rows), strict=True)]
        if not all(named):
            rewriting.drop.append(part)
            rewriting.add.append(writer.put(part.table, rows.filter(named), stage=part.stage, key=part.key))


def _named(rows: pa.Table) -> tuple[list[list[str]], list[list[str]]]:
    return rows.column("pages").to_pylist(), rows.column("others").to_pylist()


def _without(rows: pa.Table, pages: Collection[str]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    return rows.filter(pc.invert(pc.is_in(rows.column("page"), pa.array(sorted(pages), pa.string()))))
