"""``retold compact``: many small batches into few large ones, many small parts of a corpus table into one.

Says nothing new: the digest stays. A step whose batches go into a batch of an earlier step goes with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from retold.engine.archive.manifest import Batch, Manifest, Part, Step, batch_id
from retold.engine.archive.writer import Writer
from retold.tables import table as t

MOST_PAGES = 4096
"""Pages of a compacted batch, as of one that is read."""
MOST_ROWS = 500_000
"""Rows of a compacted part of a corpus table."""
_MERGED_TABLES = frozenset({t.MATCHES.name, t.STORIES.name, t.STORY_LINKS.name, t.REJECTED.name, "archive.sources"})
"""Corpus tables in which the order of rows says nothing. Private tables may be sorted: they are left alone."""


def compact(writer: Writer) -> int:
    """Merge what is small, each group in a commit of its own; return how many parts there are fewer."""
    before = len(writer.manifest.parts)
    for group in list(_groups(writer.manifest)):
        _merge_batches(writer, group)
    for parts in list(_small_parts(writer.manifest)):
        _merge_parts(writer, parts)
    return before - len(writer.manifest.parts)


def _groups(manifest: Manifest) -> Iterator[list[Batch]]:
    """Give runs of batches that fit into one, and that the same stages have seen."""
    group: list[Batch] = []
    for batch in manifest.batches:
        fits = sum(one.pages for one in group) + batch.pages <= MOST_PAGES
        if group and not (fits and _seen_by(manifest, batch) == _seen_by(manifest, group[0])):
            if len(group) > 1:
                yield group
            group = []
        group.append(batch)
    if len(group) > 1:
        yield group


def _seen_by(manifest: Manifest, batch: Batch) -> tuple[str, ...]:
    return tuple(state.name for state in manifest.stages if batch.batch in state.batches)


def _merge_batches(writer: Writer, group: Sequence[Batch]) -> None:
    import pyarrow as pa

    snapshot = writer.snapshot()
    old = [part for part in snapshot.manifest.parts if part.batch in {batch.batch for batch in group}]
    pages = [part for part in old if part.table == t.PAGES.name]
    ids = [page for part in pages for page in snapshot.read(part, columns=["page"]).column("page").to_pylist()]
    days = [day for batch in group for day in (batch.first, batch.last) if day]
    merged = Batch(batch_id(sorted(ids)), len(ids), min(days, default=None), max(days, default=None))
    new: list[Part] = []
    for table in dict.fromkeys(part.table for part in old):
        own = [part for part in old if part.table == table]
        rows = pa.concat_tables([snapshot.read(part) for part in own]).sort_by("page")
        new.append(writer.put(table, rows, stage=own[0].stage, batch=merged.batch))
    names = tuple(batch.batch for batch in group)
    writer.commit(add=new, drop=old, change=lambda manifest: renamed(manifest, names, merged))


def renamed(manifest: Manifest, names: Sequence[str], new: Batch | None) -> Manifest:
    """Return the manifest with one batch (or none) in the place of the first of these, and without the others."""
    ids = {names[0]: new.batch} if new else {}
    gone = set(names)

    def told(batches: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ids.get(name, name) for name in batches if name not in gone or name in ids))

    batches = tuple(
        new if batch.batch in ids and new else batch
        for batch in manifest.batches
        if batch.batch not in gone or batch.batch in ids
    )
    steps = (Step(step.step, told(step.batches)) for step in manifest.steps)
    stages = tuple(replace(state, batches=told(state.batches)) for state in manifest.stages)
    return replace(manifest, batches=batches, steps=tuple(s for s in steps if s.batches), stages=stages)


def _small_parts(manifest: Manifest) -> Iterator[list[Part]]:
    def kind(part: Part) -> tuple[str, str]:
        return part.table, part.stage

    own = sorted((part for part in manifest.parts if not part.batch and part.table in _MERGED_TABLES), key=kind)
    for _, parts in groupby(own, key=kind):
        group: list[Part] = []
        for part in parts:
            if sum(one.rows for one in group) + part.rows > MOST_ROWS:
                if len(group) > 1:
                    yield group
                group = []
            group.append(part)
        if len(group) > 1:
            yield group


def _merge_parts(writer: Writer, parts: Sequence[Part]) -> None:
    import pyarrow as pa

    snapshot = writer.snapshot()
    rows = pa.concat_tables([snapshot.read(part) for part in parts])
    first = parts[0]
    writer.commit(add=[writer.put(first.table, rows, stage=first.stage, key=first.key)], drop=parts)
