"""Parquet parts: Arrow tables to sealed bytes, and bytes back to Arrow, with every fault named.

A part's name is the hash of its bytes, so a torn or changed file shows itself, and writing a part twice is harmless.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from retold.engine.archive.manifest import Part
from retold.errors import ArchiveChangedError, BrokenPartError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_IN_A_GROUP = 65_536
"""Rows of a Parquet row group: what a stream holds at once."""


def packed(rows: pa.Table, rows_in_a_group: int = ROWS_IN_A_GROUP) -> bytes:
    """Return the rows as the bytes of a Parquet file, zstd inside."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", row_group_size=rows_in_a_group)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def name_of(content: bytes) -> str:
    """Return the name of a part with these bytes (blake2b, 16 bytes, as hexadecimal digits)."""
    return blake2b(content, digest_size=16).hexdigest()


def verify(folder: Path, part: Part) -> None:
    """Read the part's file whole. Raises BrokenPartError where it is gone or not the bytes that were written."""
    path = folder / part.place
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BrokenPartError(part.place, "is gone") from error
    except OSError as error:
        raise BrokenPartError(part.place, f"cannot be read ({error.strerror or error})") from error
    if len(content) != part.size_bytes:
        raise BrokenPartError(part.place, f"has {len(content):,} bytes, not {part.size_bytes:,}: it is torn")
    if name_of(content) != part.name:
        raise BrokenPartError(part.place, "does not fit its checksum: bytes of it were changed")


def read(
    folder: Path, part: Part, columns: Sequence[str] | None = None, where: tuple[str, str] | None = None
) -> pa.Table:
    """Return the rows of a part, or those where a column has a value.

    Raises ArchiveChangedError where it is gone, BrokenPartError where it is broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(folder / part.place, columns=columns, partitioning=None, filters=_filters(where))
    except FileNotFoundError as error:
        raise ArchiveChangedError(part.place) from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BrokenPartError(part.place, f"is broken: {_first_line(error)}") from error


def _filters(where: tuple[str, str] | None) -> list[tuple[str, str, str]] | None:
    return None if where is None else [(where[0], "=", where[1])]


def stream(folder: Path, part: Part, columns: Sequence[str] | None, rows: int) -> Iterator[pa.RecordBatch]:
    """Give the rows of a part as record batches of at most ``rows``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(folder / part.place) as file:
            yield from file.iter_batches(batch_size=rows, columns=columns)
    except FileNotFoundError as error:
        raise ArchiveChangedError(part.place) from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BrokenPartError(part.place, f"is broken: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["no reason given"])[0][:200]
