"""Which files an archive has taken in whole: by address and the hash of their bytes, so that a rerun passes them over.

A file that has changed is read again; pages of it that are in already are known by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

TABLE = "archive.sources"
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is in: its address, its size, the blake2b-128 of its bytes."""

    address: str
    size_bytes: int
    hash: str


def look(address: str, path: Path) -> Taken | None:
    """Return what the file is now; None where it cannot be read (its reader will say why)."""
    digest, size_bytes = blake2b(digest_size=16), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_AT_ONCE):
                digest.update(piece)
                size_bytes += len(piece)
    except OSError:
        return None
    return Taken(address, size_bytes, digest.hexdigest())


def rows_of(taken: Iterable[Taken]) -> pa.Table:
    """Return the files as an Arrow table."""
    import pyarrow as pa

    found = sorted(taken, key=lambda one: (one.address, one.hash))
    return pa.table(
        {
            "address": pa.array([one.address.encode("utf-8", "replace").decode() for one in found], pa.string()),
            "size_bytes": pa.array([one.size_bytes for one in found], pa.int64()),
            "hash": pa.array([one.hash for one in found], pa.string()),
        }
    )


def from_rows(rows: pa.Table) -> set[Taken]:
    """Return the files of an Arrow table."""
    return {Taken(**row) for row in rows.to_pylist()}
