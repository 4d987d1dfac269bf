"""Pages that arrive -> committed batches: labelled by workers, written as parts, named by a new manifest.

Owns what is committed together: a batch of pages with all its page-grain rows, and the files that ended in it. Killed
at any moment, an intake leaves whole batches.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from retold.archives import sources
from retold.archives.arriving import Arrived, End, arrivals, chunked
from retold.archives.labelling import Chunk, joined, label, page_stages, page_tables
from retold.engine.archive.manifest import Batch, Manifest, Part, StageState, Step
from retold.engine.archive.writer import Writer
from retold.engine.pool import Caps, Failed, map_capped
from retold.model.page import Rejected
from retold.model.report import MetaField
from retold.tables import table as t
from retold.tables.arrow import to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

MOST_PAGES = 4096
"""Pages of a batch: a part of each table then has some tens of thousands of rows, a few MB."""
MOST_CHARACTERS = 32 << 20
"""Characters of a batch."""
MEMORY_SHARE = 64
"""Of the memory a batch's text may have one part in so many: labelled rows take some twenty times the text."""
MEMORY_BYTES = 2 << 30
READ = "read"
CHUNK_CAPS = Caps(cpu_s=120.0, wall_s=600.0, memory_mb=1_200)
"""For a chunk of pages: some 30 times what 128 long pages take. What is over it is tried page by page."""
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


class Intake:
    """Labelling and committing what arrives, batch by batch; all batches of one intake are one step."""

    def __init__(self, writer: Writer, options: Options) -> None:
        self.writer, self.options = writer, options
        self.rejected: list[Rejected] = []
        self.n_added = self.n_known = 0
        snapshot = writer.snapshot()
        self._taken = {one for part in snapshot.parts(sources.TABLE) for one in sources.from_rows(snapshot.read(part))}
        self._step = len(writer.manifest.steps) + 1
        self._labelled: list[dict[str, pa.Table]] = []
        self._arrived: list[Arrived] = []

    def take(self, paths: Sequence[str], stdin: bytes | None) -> None:
        """Take in every page of these paths that is not in yet."""
        found = arrivals(paths, stdin, self._taken.__contains__, self.options.say)
        most = min(MOST_CHARACTERS, self.options.memory_bytes // MEMORY_SHARE)
        n_pages = n_characters = 0
        for arrived, labelled in self._label(chunked(found, _known(self.writer))):
            self._arrived.append(arrived)
            self._labelled.extend(labelled)
            n_pages += len(arrived.pages)
            n_characters += sum(len(one.page.text) for one in arrived.pages)
            if n_pages >= MOST_PAGES or n_characters >= most:
                self._commit()
                n_pages = n_characters = 0
        self._commit()

    def _label(self, found: Iterator[Arrived]) -> Iterator[tuple[Arrived, list[dict[str, pa.Table]]]]:
        """Give what arrived with its tables, in order; a page that no worker can label becomes a rejected row."""
        waiting: deque[Arrived] = deque()

        def chunks() -> Iterator[Chunk]:
            for arrived in found:
                waiting.append(arrived)
                yield Chunk(arrived.pages, self.options.facts)

        jobs = self.options.jobs
        for labelled in map_capped(label, chunks(), jobs=jobs, caps=CHUNK_CAPS, most_ahead=AHEAD):
            arrived = waiting.popleft()
            if isinstance(labelled, Failed):
                yield self._label_singly(arrived)
            else:
                yield arrived, [labelled] if arrived.pages else []

    def _label_singly(self, arrived: Arrived) -> tuple[Arrived, list[dict[str, pa.Table]]]:
        singles = (Chunk((page,), self.options.facts) for page in arrived.pages)
        answers = list(map_capped(label, singles, jobs=1, caps=Caps()))
        failed = tuple(
            Rejected(page.page.source, f"'{page.page.source}' {answer.said}; leave it out", page.page.n_bytes)
            for page, answer in zip(arrived.pages, answers, strict=True)
            if isinstance(answer, Failed)
        )
        kept = tuple(
            page for page, answer in zip(arrived.pages, answers, strict=True) if not isinstance(answer, Failed)
        )
        told = replace(arrived, pages=kept, ends=(*arrived.ends, End(None, failed)))
        return told, [answer for answer in answers if not isinstance(answer, Failed)]

    def _commit(self) -> None:
        """Commit what is labelled as one batch, with the files that end in it."""
        parts: list[Part] = []
        batch = None
        if self._labelled:
            tables = {table.name: joined(self._labelled, table) for table in page_tables(facts=self.options.facts)}
            batch = _batch_of(tables)
            parts = [
                self.writer.put(name, rows, stage=READ, batch=batch.batch)
                for name, rows in tables.items()
                if rows.num_rows
            ]
        parts.extend(self._ends())
        if parts:
            self.writer.commit(add=parts, change=lambda manifest: self._with_batch(manifest, batch))
        self.n_added += batch.pages if batch else 0
        self.n_known += sum(arrived.n_known for arrived in self._arrived)
        self._labelled, self._arrived = [], []

    def _ends(self) -> list[Part]:
        """Write which files are in whole now, and what of them could not be read, if that is new."""
        ends = [end for arrived in self._arrived for end in arrived.ends]
        taken = {end.taken for end in ends if end.taken is not None} - self._taken
        rejected = list(dict.fromkeys(item for end in ends for item in end.rejected))
        self.rejected.extend(rejected)
        self._taken |= taken
        told = set(self.writer.snapshot().rows(t.REJECTED)) if rejected else set()
        new = [item for item in rejected if item not in told]
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


def _known(writer: Writer) -> set[bytes]:
    """Return the ids of the pages that are in, and of those never to be taken in again."""
    snapshot = writer.snapshot()
    pages = (batch.column(0).to_pylist() for batch in snapshot.stream(t.PAGES.name, columns=["page"]))
    return {bytes.fromhex(page) for ids in (*pages, writer.manifest.forgotten) for page in ids}


def _batch_of(tables: dict[str, pa.Table]) -> Batch:
    """Return the batch of these tables: its id is the hash of its pages' ids, which stand in order."""
    pages = tables[t.PAGES.name].column("page").to_pylist()
    meta = tables[t.META.name].select(["field", "value"]).to_pylist()
    days = sorted(row["value"][:10] for row in meta if row["field"] == MetaField.PUBLISHED)
    batch = blake2b("\n".join(pages).encode(), digest_size=16).hexdigest()
    return Batch(batch, len(pages), days[0] if days else None, days[-1] if days else None)
