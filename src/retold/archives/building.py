"""``retold build``: pages of any source into an archive, then every stage that has not seen them.

Owns the order of the whole; what is read stands in ``arriving``, what is committed together in ``intake``, how
corpus-grain stages run in ``engine.archive.running``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retold.archives.intake import Intake, Options
from retold.archives.read_model import renew
from retold.archives.relabelling import relabel
from retold.engine.archive.files import DISK, Disk
from retold.engine.archive.manifest import Manifest
from retold.engine.archive.running import Means, run_corpus_stages
from retold.engine.archive.snapshot import Snapshot
from retold.engine.archive.stage import ArchiveStage
from retold.engine.archive.writer import open_writer
from retold.errors import NoInputError
from retold.model.page import Rejected
from retold.readers.walk import Stdin
from retold.stages.matches import archive as matches_of_archive
from retold.stages.stories import archive as stories_of_archive

CORPUS_STAGES: tuple[ArchiveStage, ...] = (
    matches_of_archive.ARCHIVE_STAGE,
    stories_of_archive.ARCHIVE_STAGE,
)
"""What pages are to each other, in order."""


def stages_behind(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the stages that must run though no page is new: people have overruled something since."""
    return (stories_of_archive.ARCHIVE_STAGE.name,) if stories_of_archive.is_behind(snapshot) else ()


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: pages added and passed over, what could not be read, and what the archive holds now."""

    added: int
    known: int
    rejected: tuple[Rejected, ...]
    manifest: Manifest


def build(
    paths: Sequence[str],
    folder: str | Path,
    *,
    options: Options | None = None,
    stdin: Stdin = None,
    files: Disk = DISK,
    stages: Sequence[ArchiveStage] = CORPUS_STAGES,
) -> Built:
    """Take the pages at these paths into the archive in a folder, made where there is none, and bring it up to date.

    Raises NoInputError when there is not one page, in the paths or in the archive; what ``open_writer`` raises.
    """
    asked = options or Options()
    with open_writer(Path(folder), files=files, started=asked.started, make=True, say=asked.warn) as writer:
        relabel(writer, stages, facts=asked.facts)
        intake = Intake(writer, asked)
        intake.take(paths, stdin)
        if not writer.manifest.n_pages:
            reasons = tuple(item.reason for item in intake.rejected)
            is_missing = any(item.n_bytes is None and item.source in paths for item in intake.rejected)
            raise NoInputError(tuple(paths), reasons, is_missing=is_missing)
        means = Means(asked.memory_bytes, asked.jobs, asked.say)
        run_corpus_stages(writer, stages, means, due=stages_behind(writer.snapshot()))
        renew(writer)
        return Built(intake.n_added, intake.n_known, tuple(intake.rejected), writer.manifest)
