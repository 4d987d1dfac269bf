"""A consistent view of an archive: the parts one manifest names, held by a lease until it is closed.

Owns reading by table, by batch and by page. What is written stands in ``writer``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from retold.engine.archive import manifest as manifests
from retold.engine.archive import parts as parts_on_disk
from retold.engine.archive.leases import lease
from retold.engine.archive.manifest import Manifest, Part
from retold.errors import NotAnArchiveError
from retold.tables.arrow import from_arrow
from retold.tables.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

R = TypeVar("R")


class Snapshot:
    """The rows of an archive as of one manifest."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest

    def parts(self, table: str, *, batches: Collection[str] | None = None, key: str | None = None) -> tuple[Part, ...]:
        """Return the parts of a table, in the order they were committed."""
        wanted = None if batches is None else frozenset(batches)
        return tuple(
            part
            for part in self.manifest.parts
            if part.table == table and (wanted is None or part.batch in wanted) and key in (None, part.key)
        )

    def read(self, part: Part, *, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of one part."""
        return parts_on_disk.read(self.folder, part, columns)

    def read_where(self, part: Part, column: str, value: str, *, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of one part in which a column has a value; groups of rows without it are not read."""
        return parts_on_disk.read(self.folder, part, columns, (column, value))

    def stream(
        self,
        table: str,
        *,
        batches: Collection[str] | None = None,
        key: str | None = None,
        columns: Sequence[str] | None = None,
        rows: int = parts_on_disk.ROWS_IN_A_GROUP,
    ) -> Iterator[pa.RecordBatch]:
        """Give the rows of a table, part after part."""
        for part in self.parts(table, batches=batches, key=key):
            yield from parts_on_disk.stream(self.folder, part, columns, rows)

    def rows(self, table: Table[R], *, batches: Collection[str] | None = None) -> Iterator[R]:
        """Give the rows of a table as row classes, part after part."""
        for part in self.parts(table.name, batches=batches):
            yield from from_arrow(table, self.read(part))

    def rows_of_pages(
        self, table: Table[R], pages: Collection[str], *, batches: Collection[str] | None = None
    ) -> tuple[R, ...]:
        """Return the rows of some pages, which are known to be in these batches; of ``matches`` those between two."""
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = pa.array(sorted(pages), pa.string())
        found: list[R] = []
        for part in self.parts(table.name, batches=batches):
            rows = self.read(part)
            for name in ("page",) if "page" in rows.column_names else ("a", "b"):
                rows = rows.filter(pc.is_in(rows.column(name), wanted))
            found.extend(from_arrow(table, rows))
        return tuple(found)

    def rows_of_story(self, table: Table[R], story: str) -> tuple[R, ...]:
        """Return the rows of one story."""
        import pyarrow.compute as pc

        found: list[R] = []
        for part in self.parts(table.name):
            rows = self.read(part)
            found.extend(from_arrow(table, rows.filter(pc.equal(rows.column("story"), story))))
        return tuple(found)


def read_manifest(folder: Path, name: str = manifests.NAME) -> Manifest:
    """Return the manifest of the archive in a folder.

    Raises NotAnArchiveError where there is none, and what ``manifest.from_json`` raises.
    """
    path = folder / name
    try:
        return manifests.from_json(str(path), path.read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        found = "there is no such folder" if not folder.exists() else f"it has no {name}"
        raise NotAnArchiveError(str(folder), found) from error
    except OSError as error:
        raise NotAnArchiveError(str(folder), f"{name} cannot be read ({error.strerror or error})") from error


@contextmanager
def open_snapshot(folder: Path) -> Iterator[Snapshot]:
    """Open the archive in a folder for reading: what is committed now, unchanged until it is closed."""
    read_manifest(folder)  # no lease is left in a folder that is no archive
    with lease(folder) as held:
        manifest = read_manifest(folder)
        held.narrow(manifest.version)
        yield Snapshot(folder, manifest)
