"""``retold check``, ``compact`` and ``forget``: what keeps an archive whole, small, and rid of what must go.

Owns what is mended from what; finding faults, merging and removing stand in ``engine.archive``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retold.archives import read_model, sources
from retold.archives.building import CORPUS_STAGES
from retold.archives.labelling import READ_TABLES, page_stages
from retold.archives.relabelling import relabel
from retold.engine.archive import compact as compacting
from retold.engine.archive import forget as forgetting
from retold.engine.archive import manifest as manifests
from retold.engine.archive.check import Problem, problems_in
from retold.engine.archive.compact import renamed
from retold.engine.archive.digest import table_digests
from retold.engine.archive.files import DISK, Disk, publish
from retold.engine.archive.manifest import Manifest, Part
from retold.engine.archive.running import Means, run_corpus_stages, unseen
from retold.engine.archive.snapshot import Snapshot, open_snapshot, read_manifest
from retold.engine.archive.stage import ArchiveStage
from retold.engine.archive.writer import SCRATCH, Writer, open_writer
from retold.errors import BrokenManifestError, NotAnArchiveError, RetoldError
from retold.tables import table as t

Say = Callable[[str, int, int], None]
_READ = frozenset(table.name for table in READ_TABLES)


class UnknownPagesError(RetoldError):
    """Pages to forget that are not in the archive."""

    exit_code = 1

    def __init__(self, asked: Sequence[str], archive: str) -> None:
        self.asked = asked
        super().__init__(
            f"no page {', '.join(repr(one) for one in asked)} in '{archive}'; give a page's id, the id its record came "
            "with, or its address"
        )


@dataclass(frozen=True, slots=True)
class Mended:
    """What a repair did: pages that are lost and must be read again, tables worked out anew."""

    lost_pages: int
    lost_parts: tuple[Part, ...]


def check(folder: Path, say: Say) -> tuple[Problem, ...]:
    """Return all that is broken in the archive. Raises BrokenManifestError where its manifest is."""
    with open_snapshot(folder) as snapshot:
        found = list(problems_in(snapshot, say))
    fault = read_model.fault_in(folder)
    if fault is not None:
        found.append(Problem(read_model.NAME, f"'{read_model.NAME}' is broken: {fault}", None))
    return tuple(found)


def check_fresh(folder: Path, means: Means, stages: Sequence[ArchiveStage] = CORPUS_STAGES) -> tuple[str, ...]:
    """Return the tables that a fresh build of the same pages, in one step, would give otherwise."""
    with open_writer(folder) as writer:
        fresh = writer.folder / SCRATCH / "fresh"
        kept = tuple(part for part in writer.manifest.parts if part.batch or part.table == t.FIXES.name)
        for part in kept:
            place = fresh / part.place
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(writer.folder / part.place, place)
        names = {stage.name for stage in stages}
        states = tuple(state for state in writer.manifest.stages if state.name not in names)
        again = Writer(fresh, writer.files, replace(writer.manifest, parts=kept, stages=states, dropped=()))
        run_corpus_stages(again, stages, means)
        ours, theirs = table_digests(writer.snapshot()), table_digests(again.snapshot())
        written = [table for stage in stages for table in stage.writes]
        different = tuple(name for name in written if ours.get(name) != theirs.get(name))
        writer.empty_scratch()
        return different


def repair(folder: Path, means: Means, *, files: Disk = DISK, stages: Sequence[ArchiveStage] = CORPUS_STAGES) -> Mended:
    """Mend what is broken: a torn manifest by the one before, derived parts by working them out again.

    A batch whose pages themselves are broken is given up, and its sources are read again by the next build.
    """
    _repair_manifest(folder, files)
    with open_writer(folder, files=files) as writer:
        found = problems_in(writer.snapshot(), lambda what, done, of: None)
        broken = [problem.part for problem in found if problem.part is not None]
        if read_model.fault_in(folder) is not None:
            files.remove(folder / read_model.NAME)
        mended = _mend(writer, broken, stages)
        relabel(writer, stages, facts=_has_facts(writer.manifest))
        run_corpus_stages(writer, stages, means)
        read_model.renew(writer)
        return mended


def _repair_manifest(folder: Path, files: Disk) -> None:
    try:
        read_manifest(folder)
    except BrokenManifestError:
        before = read_manifest(folder, manifests.PREVIOUS)
        publish(files, folder / manifests.NAME, manifests.to_json(before).encode())
    except NotAnArchiveError:
        if not (folder / manifests.PREVIOUS).exists():
            raise
        before = read_manifest(folder, manifests.PREVIOUS)
        publish(files, folder / manifests.NAME, manifests.to_json(before).encode())


def _mend(writer: Writer, broken: Iterable[Part], stages: Sequence[ArchiveStage]) -> Mended:
    """Name broken parts no more, and what they were made by has seen nothing."""
    gone = tuple(dict.fromkeys(broken))
    if not gone:
        return Mended(0, ())
    lost = {part.batch for part in gone if part.table in _READ}
    dropped = [part for part in writer.manifest.parts if part in gone or (part.batch and part.batch in lost)]
    if lost:
        dropped.extend(writer.snapshot().parts(sources.TABLE))
    n_lost = sum(batch.pages for batch in writer.manifest.batches if batch.batch in lost)

    def change(manifest: Manifest) -> Manifest:
        for batch in lost:
            manifest = renamed(manifest, (batch,), None)
        tables = {part.table for part in dropped}
        manifest = _relabelled_later(manifest, [part for part in gone if part.batch and part.batch not in lost])
        own = {stage.name for stage in stages if tables & set(stage.writes)}
        manifest = replace(manifest, stages=tuple(state for state in manifest.stages if state.name not in own))
        return unseen(manifest, stages, tables)

    writer.commit(add=(), drop=dropped, change=change)
    return Mended(n_lost, gone)


def _relabelled_later(manifest: Manifest, broken: Iterable[Part]) -> Manifest:
    """Return the manifest in which the page-grain stages that wrote these parts have not seen their batches."""
    for part in broken:
        for stage in page_stages(facts=True):
            state = manifest.stage(stage.name)
            if state is not None and part.table in {table.name for table in stage.writes}:
                left = tuple(batch for batch in state.batches if batch != part.batch)
                manifest = manifest.with_stage(replace(state, batches=left))
    return manifest


def _has_facts(manifest: Manifest) -> bool:
    """Tell whether the facts of every page have been asked for in this archive."""
    facts = {stage.name for stage in page_stages(facts=True)} - {stage.name for stage in page_stages(facts=False)}
    return any(state.name in facts for state in manifest.stages)


def compact(folder: Path, *, files: Disk = DISK) -> int:
    """Merge small parts; return how many there are fewer."""
    with open_writer(folder, files=files) as writer:
        n_fewer = compacting.compact(writer)
        read_model.renew(writer)
        return n_fewer


def forget(
    folder: Path,
    asked: Sequence[str],
    means: Means,
    *,
    by_source: bool = False,
    files: Disk = DISK,
    stages: Sequence[ArchiveStage] = CORPUS_STAGES,
) -> int:
    """Remove pages for good; return how many. With ``by_source`` all pages of these addresses or files.

    Raises UnknownPagesError where one of those asked for is not there; then nothing is forgotten.
    """
    with open_writer(folder, files=files) as writer:
        pages = _pages_asked(writer.snapshot(), asked, str(folder), by_source=by_source)
        files.remove(folder / read_model.NAME)
        n_forgotten = forgetting.forget(writer, pages)
        if writer.manifest.n_pages:
            run_corpus_stages(writer, stages, means)
        read_model.renew(writer)
        return n_forgotten


def _pages_asked(snapshot: Snapshot, asked: Sequence[str], archive: str, *, by_source: bool) -> Collection[str]:
    columns = ("source", "place") if by_source else ("page", "source_id", "source")
    found: dict[str, set[str]] = {one: set() for one in asked}
    for rows in snapshot.stream(t.PAGES.name, columns=["page", "source_id", "source", "place"]):
        for row in rows.to_pylist():
            names = {row[column] for column in columns}
            if by_source and row["place"]:
                names.add(row["place"].rpartition("#")[0])
            for one in names & found.keys():
                found[one].add(row["page"])
    missing = [one for one, pages in found.items() if not pages]
    if missing:
        raise UnknownPagesError(missing, archive)
    return {page for pages in found.values() for page in pages}
