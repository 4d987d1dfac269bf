"""The one writer of an archive: parts are written whole, then a new manifest names them, all or nothing.

Owns the order of writes, the lock, and the removal of parts that nobody names or reads any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from retold.engine.archive import leases, lock, manifest, parts
from retold.engine.archive.files import DISK, Disk, publish
from retold.engine.archive.manifest import Dropped, Manifest, Part
from retold.engine.archive.snapshot import Snapshot, read_manifest
from retold.errors import ArchiveError, ArchiveWriteError, NotAnArchiveError

if TYPE_CHECKING:
    import pyarrow as pa

SCRATCH = "scratch"


class Writer:
    """An archive open for writing."""

    def __init__(self, folder: Path, files: Disk, current: Manifest) -> None:
        self.folder, self.files, self.manifest = folder, files, current

    def snapshot(self) -> Snapshot:
        """Return what is committed now; the writer needs no lease, nobody else removes parts."""
        return Snapshot(self.folder, self.manifest)

    def put(
        self,
        table: str,
        rows: pa.Table,
        *,
        stage: str,
        batch: str = "",
        key: str = "",
        rows_in_a_group: int = parts.ROWS_IN_A_GROUP,
    ) -> Part:
        """Write the rows as a part, safe on disk but in no manifest yet."""
        content = parts.packed(rows, rows_in_a_group)
        part = Part(table, parts.name_of(content), rows.num_rows, len(content), batch, key, stage)
        path = self.folder / part.place
        with self._telling(path):
            if not path.parent.is_dir():
                self.files.make_folder(path.parent)
                self.files.sync(path.parent.parent)
            publish(self.files, path, content)
        return part

    def commit(
        self,
        *,
        add: Iterable[Part] = (),
        drop: Iterable[Part] = (),
        change: Callable[[Manifest], Manifest] = lambda same: same,
        keep_previous: bool = True,
    ) -> Manifest:
        """Make a manifest the current one that names the parts added, not those dropped, and has ``change`` applied.

        Without ``keep_previous`` nothing of the manifest before stays, and dropped parts go at once.
        """
        added, gone = tuple(add), set(drop)
        version = self.manifest.version + 1
        kept = tuple(part for part in self.manifest.parts if part not in gone)
        named = tuple(dict.fromkeys((*kept, *added)))
        places = {part.place for part in named}
        waiting = [Dropped(part.place, version) for part in sorted(gone, key=lambda part: part.place)]
        dropped = tuple(item for item in (*self.manifest.dropped, *waiting) if item.place not in places)
        new = change(replace(self.manifest, version=version, parts=named, dropped=dropped))
        self._swap(new, keep_previous=keep_previous)
        self.collect(hold=keep_previous)
        return self.manifest

    def collect(self, *, hold: bool = True) -> None:
        """Remove dropped parts; with ``hold`` not those that a reader or the previous manifest may still open."""
        oldest = leases.oldest_version(self.folder) if hold else None
        named_before = (self.folder / manifest.PREVIOUS).exists()
        last = min(self.manifest.version - named_before, oldest if oldest is not None else self.manifest.version)
        free = [item for item in self.manifest.dropped if item.version <= last or not hold]
        for item in free:
            self._remove(self.folder / item.place)
        if free:
            left = tuple(item for item in self.manifest.dropped if item not in free)
            self.manifest = replace(self.manifest, dropped=left)

    def finish_forgetting(self) -> None:
        """Remove the previous manifest where it still holds pages that this one has forgotten."""
        previous = self.folder / manifest.PREVIOUS
        if previous.exists() and set(_forgotten_in(self.folder)) != set(self.manifest.forgotten):
            self._remove(previous)
            self.collect(hold=False)

    def sweep(self) -> None:
        """Remove what a killed writer left: files that no manifest names, partial files, scratch."""
        held = self._places_held()
        for path in sorted(self.folder.glob("parts/*/*")):
            if path.relative_to(self.folder).as_posix() not in held:
                self._remove(path)
        for path in sorted(self.folder.glob("*.partial")):
            self._remove(path)
        self.empty_scratch()

    def empty_scratch(self) -> None:
        """Remove what a stage spilled."""
        for path in sorted(self.folder.glob(f"{SCRATCH}/**/*"), reverse=True):
            if path.is_dir():
                path.rmdir()
            else:
                self._remove(path)

    def _places_held(self) -> Collection[str]:
        known = [self.manifest]
        if (self.folder / manifest.PREVIOUS).exists():  # else a broken one was removed when the archive was opened
            known.append(read_manifest(self.folder, manifest.PREVIOUS))
        return {part.place for one in known for part in one.parts} | {
            item.place for one in known for item in one.dropped
        }

    def _swap(self, new: Manifest, *, keep_previous: bool) -> None:
        path, previous = self.folder / manifest.NAME, self.folder / manifest.PREVIOUS
        with self._telling(path):
            if keep_previous and path.exists():
                publish(self.files, previous, path.read_bytes())
            publish(self.files, path, manifest.to_json(new).encode())
            self.manifest = new
            if not keep_previous:
                self.files.remove(previous)
                self.files.sync(self.folder)

    def _remove(self, path: Path) -> None:
        with self._telling(path):
            self.files.remove(path)

    @contextmanager
    def _telling(self, path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ArchiveWriteError(str(path), error.strerror or str(error)) from error


@contextmanager
def open_writer(
    folder: Path,
    *,
    files: Disk = DISK,
    started: str | None = None,
    make: bool = False,
    say: Callable[[str], None] = lambda sentence: None,
) -> Iterator[Writer]:
    """Open the archive in a folder for writing; with ``make`` a new one where there is none.

    Raises ArchiveLockedError where another writer lives, NotAnArchiveError where there is no archive (or, to make one,
    a folder of other files), ArchiveWriteError where the folder cannot be written to.
    """
    _look(folder, make=make)
    with lock.writer_lock(folder, files, started=started, say=say):
        current = read_manifest(folder) if (folder / manifest.NAME).exists() else Manifest()
        writer = Writer(folder, files, current)
        writer.finish_forgetting()
        writer.sweep()
        writer.collect()
        yield writer


def _forgotten_in(folder: Path) -> tuple[str, ...]:
    """Return the pages forgotten by the previous manifest; one that is broken holds nothing worth keeping."""
    try:
        return read_manifest(folder, manifest.PREVIOUS).forgotten
    except ArchiveError:
        return ("broken",)


def _look(folder: Path, *, make: bool) -> None:
    """Refuse a folder that is no archive, or that would become one among other files."""
    if (folder / manifest.NAME).exists():
        read_manifest(folder)
        return
    if not make:
        read_manifest(folder)
    if folder.exists() and (not folder.is_dir() or {path.name for path in folder.iterdir()} - _OWN):
        raise NotAnArchiveError(str(folder), "there are other files in its place")


_OWN = frozenset({lock.NAME, manifest.NAME + ".partial", "parts", leases.FOLDER, SCRATCH})
"""What a build killed before its first commit may have left."""
