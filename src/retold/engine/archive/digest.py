"""The digest of an archive: the same for the same rows, however they lie in parts and in whatever order they came.

A table's digest is the sum of the hashes of its rows (a multiset hash: order and partition do not enter); the archive's
is the hash of its public tables' digests. Left out are private tables, which files were read, and in which of them a
page was met first.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from retold.engine.archive.snapshot import Snapshot
from retold.tables.table import ALL_TABLES, PAGES

_BITS = 128
_WAYS_IN = frozenset({"place", "offset"})
"""Columns of ``pages`` that say in which file a page came: another order of files brings it in another one."""


def table_digests(snapshot: Snapshot) -> dict[str, str]:
    """Return the digest of every public table that has rows."""
    names = [table.name for table in ALL_TABLES if snapshot.parts(table.name)]
    return {name: f"{_sum_of_rows(snapshot, name):032x}" for name in names}


def digest_of(digests: Mapping[str, str]) -> str:
    """Return the digest of an archive whose tables have these digests."""
    told = "\n".join(f"{name} {digest}" for name, digest in sorted(digests.items()))
    return blake2b(told.encode(), digest_size=16).hexdigest()


def digest(snapshot: Snapshot) -> str:
    """Return the digest of the archive."""
    return digest_of(table_digests(snapshot))


def _sum_of_rows(snapshot: Snapshot, table: str) -> int:
    total = 0
    for rows in snapshot.stream(table, rows=4096):
        names = [name for name in rows.schema.names if table != PAGES.name or name not in _WAYS_IN]
        columns = (rows.column(name).to_pylist() for name in names)
        for row in zip(*columns, strict=True):  # every value of every row enters: there is no shorter way
            total += int.from_bytes(blake2b(repr(row).encode(), digest_size=_BITS // 8).digest(), "big")
    return total % (1 << _BITS)
