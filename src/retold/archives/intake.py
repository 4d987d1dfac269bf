"""What arrives -> committed batches: read and labelled by workers, written as parts, named by a new manifest.

Owns what is committed together: a batch of pages with all its page-grain rows, and the files that ended in it. Killed
at any moment, an intake leaves whole batches.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retold.archives import sources
from retold.archives.arriving import Arrived, End, arrivals, chunked, input_bytes
from retold.archives.labelling import Chunk, Labelled, joined, label, page_stages, page_tables, without, write_known
from retold.engine.archive.manifest import Batch, Manifest, Part, StageState, Step, batch_id
from retold.engine.archive.writer import SCRATCH, Writer
from retold.engine.pool import Caps, Failed, Failure, map_capped
from retold.engine.worker import said_of
from retold.model.page import Rejected
from retold.model.report import MetaField
from retold.readers.items import size_of
from retold.readers.read import PAGE_CAPS, SMALL_BYTES
from retold.readers.single import rejected
from retold.readers.walk import Stdin
from retold.tables import table as t
from retold.tables.arrow import to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

MOST_PAGES = 4096
"""Pages of a batch: a part of each table then has some tens of thousands of rows, a few MB."""
MOST_BYTES = 64 << 20
"""Bytes of the Arrow tables of a batch."""
MEMORY_SHARE = 16
"""Of the memory a batch's tables may have one part in so many: sorting and packing them takes as much again, and
workers and what they have done wait beside it."""
MEMORY_BYTES = 2 << 30
WORKER_BYTES = 300 << 20
"""What a worker holds: 150 MB of code and word lists and a chunk's rows. Fewer workers are started where memory is
small."""
READ = "read"
CHUNK_CAPS = Caps(cpu_s=120.0, wall_s=600.0, memory_mb=1_200)
"""For a chunk of items: some 30 times what 128 long pages take. What is over it is tried item by item."""
AHEAD = 2
"""Chunks under way or waiting per worker."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: worker processes (0: none), bytes of memory to aim at, facts of every page too; who hears of it."""

    jobs: int = 0
    memory_bytes: int = MEMORY_BYTES
    facts: bool = False
    started: str | None = None
    say: Callable[[str, int, int], None] = lambda what, done, of: None
    warn: Callable[[str], None] = lambda sentence: None

    @property
    def n_workers(self) -> int:
        """As many workers as were asked for and half of the memory holds; none only where none were asked for."""
        return min(self.jobs, max(1, self.memory_bytes // 2 // WORKER_BYTES))


class Intake:
    """Labelling and committing what arrives, batch by batch; all batches of one intake are one step."""

    def __init__(self, writer: Writer, options: Options) -> None:
        self.writer, self.options = writer, options
        self.rejected: list[Rejected] = []
        self.n_added = self.n_known = 0
        snapshot = writer.snapshot()
        self._taken = {one for part in snapshot.parts(sources.TABLE) for one in sources.from_rows(snapshot.read(part))}
        self._step = 1 + max((step.step for step in writer.manifest.steps), default=0)
        self._known_file = writer.folder / SCRATCH / "known-pages.ids"
        self._added: set[bytes] = set()
        self._labelled: list[Labelled] = []
        self._ends: list[End] = []

    def take(self, paths: Sequence[str], stdin: Stdin) -> None:
        """Take in every page of these paths that is not in yet."""
        self._known_file.parent.mkdir(exist_ok=True)
        write_known(self._known_file, _known(self.writer))
        found = arrivals(paths, stdin, self._taken.__contains__, self.options.say)
        most = min(MOST_BYTES, self.options.memory_bytes // MEMORY_SHARE)
        n_pages = n_bytes = 0
        for arrived, labelled in self._label(chunked(found), self._n_workers(paths)):
            self._ends.extend(arrived.ends)
            for one in map(self._each_once, labelled):
                self._labelled.append(one)
                n_pages += len(one.pages)
                n_bytes += sum(rows.nbytes for rows in one.tables.values())
            if n_pages >= MOST_PAGES or n_bytes >= most:
                self._commit()
                n_pages = n_bytes = 0
        self._commit()
        self._known_file.unlink()

    def _n_workers(self, paths: Sequence[str]) -> int:
        """Return how many workers this much input is worth: none for so little that starting them takes longer."""
        n_bytes = input_bytes(paths)
        return self.options.n_workers if n_bytes is None or n_bytes > SMALL_BYTES else 0

    def _label(self, found: Iterator[Arrived], jobs: int) -> Iterator[tuple[Arrived, list[Labelled]]]:
        """Give what arrived with its tables, in order; an item that no worker can label becomes a rejected row."""
        waiting: deque[Arrived] = deque()

        def chunks() -> Iterator[Chunk]:
            for arrived in found:
                waiting.append(arrived)
                yield Chunk(arrived.items, str(self._known_file), self.options.facts)

        if jobs:
            answers = map_capped(label, chunks(), jobs=jobs, caps=CHUNK_CAPS, most_ahead=AHEAD)
        else:
            answers = map(_label_here, chunks())
        for labelled in answers:
            arrived = waiting.popleft()
            if isinstance(labelled, Failed):
                yield self._label_singly(arrived)
            else:
                yield arrived, [labelled]

    def _label_singly(self, arrived: Arrived) -> tuple[Arrived, list[Labelled]]:
        """Label the items of a chunk that failed, one by one under the caps of a page."""
        singles = (Chunk((item,), str(self._known_file), self.options.facts) for item in arrived.items)
        done: list[Labelled] = []
        failed: list[Rejected] = []
        for item, answer in zip(arrived.items, map_capped(label, singles, jobs=1, caps=PAGE_CAPS), strict=True):
            if isinstance(answer, Failed):
                failed.append(rejected(item.place, size_of(item), answer.said, "it is left out", offset=item.offset))
            else:
                done.append(answer)
        return replace(arrived, ends=(*arrived.ends, End(None, tuple(failed)))), done

    def _each_once(self, labelled: Labelled) -> Labelled:
        """Return what is labelled without pages that this intake has added before."""
        twice = [page for page in labelled.pages if bytes.fromhex(page) in self._added]
        self._added.update(bytes.fromhex(page) for page in labelled.pages)
        self.n_known += labelled.n_known + len(twice)
        return without(labelled, twice) if twice else labelled

    def _commit(self) -> None:
        """Commit what is labelled as one batch, with the files that end in it."""
        parts: list[Part] = []
        batch = None
        if any(one.pages for one in self._labelled):
            tables = {table.name: joined(self._labelled, table) for table in page_tables(facts=self.options.facts)}
            batch = _batch_of(tables)
            parts = [
                self.writer.put(name, rows, stage=READ, batch=batch.batch)
                for name, rows in tables.items()
                if rows.num_rows
            ]
        parts.extend(self._put_ends())
        if parts:
            self.writer.commit(add=parts, change=lambda manifest: self._with_batch(manifest, batch))
        self.n_added += batch.pages if batch else 0
        self._labelled, self._ends = [], []

    def _put_ends(self) -> list[Part]:
        """Write which files are in whole now, and what could not be read, if that is new."""
        taken = {end.taken for end in self._ends if end.taken is not None} - self._taken
        self._taken |= taken
        found = [item for end in self._ends for item in end.rejected]
        found += [item for one in self._labelled for item in one.rejected]
        self.rejected.extend(dict.fromkeys(found))
        told = set(self.writer.snapshot().rows(t.REJECTED)) if found else set()
        new = [item for item in dict.fromkeys(found) if item not in told]
        parts = [self.writer.put(sources.TABLE, sources.rows_of(taken), stage=READ)] if taken else []
        if new:
            parts.append(self.writer.put(t.REJECTED.name, to_arrow(t.REJECTED, new), stage=READ))
        return parts

    def _with_batch(self, manifest: Manifest, batch: Batch | None) -> Manifest:
        """Return the manifest with the batch as the last of this step, seen by every page-grain stage."""
        if batch is None:
            return manifest
        before = tuple(known for known in manifest.steps if known.step < self._step)
        own = tuple(one for known in manifest.steps if known.step == self._step for one in known.batches)
        for stage in page_stages(facts=self.options.facts):
            state = manifest.stage(stage.name) or StageState(stage.name, stage.version, ())
            manifest = manifest.with_stage(replace(state, batches=(*state.batches, batch.batch)))
        steps = (*before, Step(self._step, (*own, batch.batch)))
        return replace(manifest, batches=(*manifest.batches, batch), steps=steps)


def _label_here(chunk: Chunk) -> Labelled | Failed:
    """Return the labelled chunk, or that it failed: then its items are tried one by one in a worker."""
    try:
        return label(chunk)
    except Exception as error:
        return Failed(Failure.RAISED, said_of(error))


def _known(writer: Writer) -> Iterator[str]:
    """Give the ids of the pages that are in, and of those never to be taken in again."""
    for rows in writer.snapshot().stream(t.PAGES.name, columns=["page"]):
        yield from rows.column(0).to_pylist()
    yield from writer.manifest.forgotten


def _batch_of(tables: dict[str, pa.Table]) -> Batch:
    """Return the batch of these tables: its id is the hash of its pages' ids, which stand in order."""
    pages = tables[t.PAGES.name].column("page").to_pylist()
    meta = tables[t.META.name].select(["field", "value"]).to_pylist()
    days = sorted(row["value"][:10] for row in meta if row["field"] == MetaField.PUBLISHED)
    return Batch(batch_id(pages), len(pages), days[0] if days else None, days[-1] if days else None)
