"""Page-grain stages on batches that have not seen them: a stage whose answer changed, or facts wanted afterwards.

Works batch by batch from the rows that the readers wrote; a stage that depends on one done anew is done anew too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from retold.archives.labelling import page_stages
from retold.engine.archive.manifest import Manifest, StageState
from retold.engine.archive.running import refuse_newer_stage, unseen
from retold.engine.archive.stage import ArchiveStage
from retold.engine.archive.writer import Writer
from retold.engine.memory import MemoryTables, run_stages
from retold.engine.stage import Stage
from retold.tables.arrow import to_arrow
from retold.tables.table import Table


def relabel(writer: Writer, after: Sequence[ArchiveStage], *, facts: bool) -> None:
    """Bring the page-grain stages up to date on every batch; what of ``after`` reads their tables has seen nothing."""
    for batch in writer.manifest.batches:
        due = due_stages(writer, batch.batch, page_stages(facts=facts))
        if due:
            _run(writer, batch.batch, due, after)


def due_stages(writer: Writer, batch: str, stages: Sequence[Stage]) -> list[Stage]:
    """Return the stages whose answer for this batch is missing, of another version, or made from one that is."""
    due: list[Stage] = []
    anew: set[str] = set()
    for stage in stages:
        state = writer.manifest.stage(stage.name)
        refuse_newer_stage(str(writer.folder), state, stage.version)
        is_done = state is not None and state.version == stage.version and batch in state.batches
        if not is_done or any(table.name in anew for table in stage.reads):
            due.append(stage)
            anew.update(table.name for table in stage.writes)
    return due


def _run(writer: Writer, batch: str, due: Sequence[Stage], after: Sequence[ArchiveStage]) -> None:
    snapshot = writer.snapshot()
    tables = MemoryTables()
    for table in _read_by(due):
        tables.put(table, snapshot.rows(table, batches=(batch,)))
    run_stages(tables, due)
    written = [table for stage in due for table in stage.writes]
    old = [part for table in written for part in snapshot.parts(table.name, batches=(batch,))]
    new = [
        writer.put(table.name, to_arrow(table, rows), stage="read", batch=batch)
        for table in written
        if (rows := tables.rows(table))
    ]

    def told(manifest: Manifest) -> Manifest:
        manifest = unseen(manifest, after, [table.name for table in written])
        for stage in due:
            manifest = manifest.with_stage(_seen(manifest.stage(stage.name), stage, batch))
        return manifest

    writer.commit(add=new, drop=old, change=told)


def _read_by(stages: Sequence[Stage]) -> Iterator[Table[Any]]:
    """Give the tables that the stages read and do not write themselves."""
    written = {table.name for stage in stages for table in stage.writes}
    yield from {t.name: t for stage in stages for t in stage.reads if t.name not in written}.values()


def _seen(state: StageState | None, stage: Stage, batch: str) -> StageState:
    same = state.batches if state is not None and state.version == stage.version else ()
    return StageState(stage.name, stage.version, tuple(dict.fromkeys((*same, batch))))
