"""``retold build``: pages of any source into an archive, in committed batches, then the corpus-grain stages.

Owns what is committed when: a build killed at any moment leaves whole batches, and the next one does what is missing.
What is read and passed over stands in ``arriving``, how pages are labelled in ``labelling``, how corpus-grain stages run
in ``engine.archive.running``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from retold.archives import sources
from retold.archives.arriving import Arrived, arrivals, chunked
from retold.archives.labelling import Chunk, joined, label, page_tables
from retold.archives.read_model import renew
from retold.engine.archive.files import DISK, Disk
from retold.engine.archive.manifest import Batch, Manifest, Part, Step
from retold.engine.archive.running import Means, run_corpus_stages, whole
from retold.engine.archive.stage import ArchiveStage
from retold.engine.archive.writer import Writer, open_writer
from retold.engine.stage import Written
from retold.errors import NoInputError
from retold.model.page import Rejected
from retold.model.report import MetaField
from retold.pipeline import COMPILED_FROM_PAGES
from retold.stages import matches, stories
from retold.tables import table as t
from retold.tables.arrow import to_arrow
from retold.tables.table import Rows

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



def _matches(rows: Rows) -> Written:
    """Find matches with the compiled kernels where there are pages enough to pay for compiling them."""
    few = len(rows.rows(t.PAGES)) < COMPILED_FROM_PAGES
    return (matches.STAGE if few else matches.STAGE_COMPILED).run(rows)


CORPUS_STAGES: tuple[ArchiveStage, ...] = (whole(replace(matches.STAGE, run=_matches)), whole(stories.STAGE))
"""What pages are to each other, in order."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: worker processes (0: none), bytes of memory to aim at, facts of every page too; who hears of it."""

    jobs: int = 0
    memory_bytes: int = MEMORY_BYTES
    facts: bool = False
    started: str | None = None
    say: Callable[[str, int, int], None] = lambda what, done, of: None
    warn: Callable[[str], None] = lambda sentence: None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: pages added and passed over, what could not be read, and what the archive holds now."""

    added: int
    known: int
    rejected: tuple[Rejected, ...]
    manifest: Manifest


def build(
    paths: Sequence[str],
    folder: Path,
    *,
    options: Options | None = None,
    stdin: bytes | None = None,
    files: Disk = DISK,
    stages: Sequence[ArchiveStage] = CORPUS_STAGES,
) -> Built:
    """Take the pages at these paths into the archive in a folder, made where there is none, and bring it up to date.

    Raises NoInputError when there is not one page, in the paths or in the archive; what ``open_writer`` raises.
    """
    asked = options or Options()
    with open_writer(folder, files=files, started=asked.started, make=True, say=asked.warn) as writer:
        intake = _Intake(writer, asked)
        intake.take(paths, stdin)
        if not writer.manifest.n_pages:
            reasons = tuple(item.reason for item in intake.rejected)
            is_missing = any(item.n_bytes is None and item.source in paths for item in intake.rejected)
            raise NoInputError(tuple(paths), reasons, is_missing=is_missing)
        run_corpus_stages(writer, stages, Means(asked.memory_bytes, asked.jobs, asked.say))
        renew(writer)
        return Built(intake.n_added, intake.n_known, tuple(intake.rejected), writer.manifest)


class _Intake:
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
        for arrived in chunked(found, _known(self.writer)):
            if arrived.pages:
                self._labelled.append(label(Chunk(arrived.pages, self.options.facts)))
            self._arrived.append(arrived)
            n_pages += len(arrived.pages)
            n_characters += sum(len(one.page.text) for one in arrived.pages)
            if n_pages >= MOST_PAGES or n_characters >= most:
                self._commit()
                n_pages = n_characters = 0
        self._commit()

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
            self.writer.commit(add=parts, change=lambda manifest: _with_batch(manifest, batch, self._step))
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
        told = _rejected_before(self.writer) if rejected else set()
        new = [item for item in rejected if item not in told]
        parts = [self.writer.put(sources.TABLE, sources.rows_of(taken), stage=READ)] if taken else []
        if new:
            parts.append(self.writer.put(t.REJECTED.name, to_arrow(t.REJECTED, new), stage=READ))
        return parts


def _known(writer: Writer) -> set[bytes]:
    """Return the ids of the pages that are in, and of those never to be taken in again."""
    snapshot = writer.snapshot()
    pages = (batch.column(0).to_pylist() for batch in snapshot.stream(t.PAGES.name, columns=["page"]))
    return {bytes.fromhex(page) for ids in (*pages, writer.manifest.forgotten) for page in ids}


def _rejected_before(writer: Writer) -> set[Rejected]:
    return set(writer.snapshot().rows(t.REJECTED))


def _batch_of(tables: dict[str, pa.Table]) -> Batch:
    """Return the batch of these tables: its id is the hash of its pages' ids, which stand in order."""
    pages = tables[t.PAGES.name].column("page").to_pylist()
    meta = tables[t.META.name].select(["field", "value"]).to_pylist()
    days = sorted(row["value"][:10] for row in meta if row["field"] == MetaField.PUBLISHED)
    batch = blake2b("\n".join(pages).encode(), digest_size=16).hexdigest()
    return Batch(batch, len(pages), days[0] if days else None, days[-1] if days else None)


def _with_batch(manifest: Manifest, batch: Batch | None, step: int) -> Manifest:
    """Return the manifest with the batch as the last of this step."""
    if batch is None:
        return manifest
    before = tuple(known for known in manifest.steps if known.step < step)
    own = tuple(one for known in manifest.steps if known.step == step for one in known.batches)
    return replace(
        manifest, batches=(*manifest.batches, batch), steps=(*before, Step(step, (*own, batch.batch)))
    )
