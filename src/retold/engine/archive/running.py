"""Runs corpus-grain stages over an archive: those that have not seen every batch, and those that depend on them.

A stage whose version grew, or which reads a table that was written anew, starts from nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from retold.engine.archive.manifest import Manifest, Part, StageState
from retold.engine.archive.parts import ROWS_IN_A_GROUP
from retold.engine.archive.stage import ArchiveStage, Change, CorpusWork
from retold.engine.archive.writer import SCRATCH, Writer
from retold.engine.memory import MemoryTables, run_stages
from retold.engine.stage import Stage
from retold.errors import ArchiveWriteError, NewerArchiveError
from retold.tables.arrow import to_arrow
from retold.tables.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_IN_A_PART = 500_000
"""Rows of a table written whole that go into one part."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a run may use: bytes of memory, worker processes; and who hears of progress."""

    memory_bytes: int
    jobs: int
    say: Callable[[str, int, int], None]


def run_corpus_stages(
    writer: Writer, stages: Sequence[ArchiveStage], means: Means, *, due: Collection[str] = ()
) -> None:
    """Bring every stage up to date, in order; each is committed by itself. Those named as ``due`` run in any case."""
    for i, stage in enumerate(stages):
        state = writer.manifest.stage(stage.name)
        refuse_newer_stage(str(writer.folder), state, stage.version)
        is_anew = state is None or state.version != stage.version
        seen = frozenset() if is_anew or state is None else frozenset(state.batches)
        new = tuple(batch.batch for batch in writer.manifest.batches if batch.batch not in seen)
        if new or is_anew or stage.name in due:
            _run(writer, stage, new, means, after=stages[i + 1 :], is_anew=is_anew)


def unseen(manifest: Manifest, stages: Sequence[ArchiveStage], tables: Collection[str]) -> Manifest:
    """Return the manifest in which the stages that depend on these tables have seen nothing."""
    changed, stale = set(tables), set()
    for stage in stages:
        if not changed.isdisjoint(stage.reads):
            changed.update(stage.writes)
            stale.add(stage.name)
    return replace(manifest, stages=tuple(state for state in manifest.stages if state.name not in stale))


def refuse_newer_stage(archive: str, state: StageState | None, version: int) -> None:
    """Raise NewerArchiveError where a newer Retold has run the stage: its answer would be undone."""
    if state is not None and state.version > version:
        raise NewerArchiveError(archive, f"'{state.name}' of version {state.version}", f"version {version}")


def _run(
    writer: Writer,
    stage: ArchiveStage,
    new: tuple[str, ...],
    means: Means,
    *,
    after: Sequence[ArchiveStage],
    is_anew: bool,
) -> None:
    """Run one stage and commit it; where it starts from nothing, so must those after it that read what it writes."""
    old = tuple(part for part in writer.manifest.parts if part.table in stage.writes) if is_anew else ()
    snapshot = writer.snapshot()
    if is_anew:
        snapshot.manifest = replace(
            snapshot.manifest, parts=tuple(part for part in snapshot.manifest.parts if part.table not in stage.writes)
        )

    def put(table: str, rows: pa.Table, *, key: str = "", rows_in_a_group: int = ROWS_IN_A_GROUP) -> Part:
        return writer.put(table, rows, stage=stage.name, key=key, rows_in_a_group=rows_in_a_group)

    scratch = writer.folder / SCRATCH / stage.name
    scratch.mkdir(parents=True, exist_ok=True)
    work = CorpusWork(snapshot, new, put, scratch, means.memory_bytes, means.jobs, means.say)
    with _telling(scratch):
        change = stage.run(work)
    batches = tuple(batch.batch for batch in writer.manifest.batches)
    state = StageState(stage.name, stage.version, batches)

    def told(manifest: Manifest) -> Manifest:
        return (unseen(manifest, after, stage.writes) if is_anew else manifest).with_stage(state)

    writer.commit(add=change.add, drop=(*old, *change.drop), change=told)
    writer.empty_scratch()


@contextmanager
def _telling(scratch: Path) -> Iterator[None]:
    """Say that what a stage spills could not be written: the disk is full, or its folder may only be read."""
    try:
        yield
    except OSError as error:
        raise ArchiveWriteError(error.filename or str(scratch), error.strerror or str(error)) from error


def whole(stage: Stage) -> ArchiveStage:
    """Return the archive's form of a stage that holds all rows in memory: every run reads and writes everything."""
    return ArchiveStage(
        stage.name,
        stage.version,
        tuple(table.name for table in stage.reads),
        tuple(table.name for table in stage.writes),
        partial(_run_whole, stage),
    )


def _run_whole(stage: Stage, work: CorpusWork) -> Change:
    tables = MemoryTables()
    for table in stage.reads:
        tables.put(table, work.snapshot.rows(table))
    work.say(stage.name, 0, 1)
    run_stages(tables, (stage,))
    added = tuple(part for table in stage.writes for part in _put_all(work, table, tables))
    work.say(stage.name, 1, 1)
    return Change(added, tuple(part for table in stage.writes for part in work.snapshot.parts(table.name)))


def _put_all(work: CorpusWork, table: Table[object], tables: MemoryTables) -> list[Part]:
    rows = tables.rows(table)
    return [
        work.put(table.name, to_arrow(table, rows[at : at + ROWS_IN_A_PART]), key=f"{at // ROWS_IN_A_PART:04}")
        for at in range(0, len(rows), ROWS_IN_A_PART)
    ]
