"""From paths to pages: each file goes to the reader of its format, and comes back as pages and rejected rows.

``iter_pages`` gives the pages of one file as they are read, so that an archive of millions needs the memory of one
record; ``read_paths`` holds those of all files. What cannot be read is a row of ``rejected``, never an error.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias, assert_never

from retold.model.page import PageId, Rejected
from retold.readers import feeds, records, warc, wire
from retold.readers.decode import NotText, decode
from retold.readers.formats import HEAD_BYTES, Kind, kind_of
from retold.readers.gunzip import Unpacked, unpacked_head
from retold.readers.paths import STANDARD_INPUT, Source, address_of, find_sources
from retold.readers.single import MOST_BYTES, ReadPage, Record, read_record, read_source, rejected

_File: TypeAlias = "io.BufferedReader[Any]"

__all__ = ["MOST_BYTES", "ReadPage", "Record", "iter_pages", "read_paths", "read_record", "read_source"]


def read_paths(paths: Sequence[str], *, stdin: bytes | None = None) -> list[ReadPage | Rejected]:
    """Read the files, folders and patterns given, in order; ``-`` stands for ``stdin``.

    A page that comes twice, with one address and the same bytes, is kept once and says so.
    """
    found: list[ReadPage | Rejected] = []
    places: dict[PageId, int] = {}
    counts: dict[int, int] = {}
    for source in find_sources(paths):
        for one in (source,) if isinstance(source, Rejected) else _read_file(source, stdin):
            if isinstance(one, ReadPage):
                place = places.setdefault(one.page.page, len(found))
                n_given = 1 if isinstance(source, Rejected) else source.n_given
                counts[place] = counts.get(place, 0) + n_given
                if place < len(found):
                    continue
            found.append(one)
    for place, count in counts.items():
        page = found[place]
        if count > 1 and isinstance(page, ReadPage):
            remark = f"given {count} times, read once"
            found[place] = replace(page, page=replace(page.page, remarks=(*page.page.remarks, remark)))
    return found


def iter_pages(path: str | Path) -> Iterator[ReadPage | Rejected]:
    """Give the pages of one file as they are read, whatever its format."""
    yield from _read_file(Source(address_of(path), Path(path)), None)


def _read_file(source: Source, stdin: bytes | None) -> Iterator[ReadPage | Rejected]:
    """Read one source that was found."""
    try:
        if source.path is not None:
            with io.BufferedReader(io.FileIO(source.path), HEAD_BYTES) as file:
                yield from _pages_in(source.address, file)
        elif stdin is not None:
            yield from _pages_in(source.address, io.BufferedReader(io.BytesIO(stdin), HEAD_BYTES))
        else:
            raise OSError(0, f"'{STANDARD_INPUT}' stands for standard input, and there is none")
    except OSError as error:
        why = error.strerror or "the system gave no reason"
        reason = f"'{source.address}' cannot be read: {why}; check that it is a file you may read"
        yield Rejected(source.address, reason, None)


def _pages_in(name: str, file: _File) -> Iterator[ReadPage | Rejected]:
    """Give the pages of a file; of a packed one, those of what is packed."""
    head = file.peek(HEAD_BYTES)[:HEAD_BYTES]
    kind = kind_of(name, head)
    if kind is not Kind.GZIP:
        yield from _pages_of_kind(kind, name, file)
        return
    inner = kind_of(name, unpacked_head(head))
    if inner is Kind.WARC or ".warc" in name.lower():
        yield from warc.pages_of(name, file)
        return
    unpacked = Unpacked(file)
    yield from _pages_of_kind(inner, name, io.BufferedReader(unpacked, HEAD_BYTES))
    if unpacked.damage is not None:
        found = f"is packed and cannot be unpacked from byte {unpacked.damage.offset:,} on: {unpacked.damage.what}"
        yield rejected(f"{name}#damage", None, found, "what stands before is read")


def _pages_of_kind(kind: Kind, name: str, file: _File) -> Iterator[ReadPage | Rejected]:
    """Give the pages of a file of a known format."""
    match kind:
        case Kind.WARC:
            yield from warc.pages_of(name, file)
        case Kind.JSON_LINES:
            yield from records.json_line_pages(name, file)
        case Kind.CSV:
            yield from records.csv_pages(name, file)
        case Kind.PARQUET:
            yield from records.parquet_pages(name, file if file.seekable() else io.BytesIO(file.read(MOST_BYTES)))
        case Kind.JSON | Kind.FEED | Kind.WIRE | Kind.PAGE | Kind.GZIP:
            yield from _pages_of_whole(kind, name, file.read(MOST_BYTES + 1))
        case _:
            assert_never(kind)


def _pages_of_whole(kind: Kind, name: str, raw: bytes) -> Iterator[ReadPage | Rejected]:
    """Give the pages of a file whose format needs it whole; one that is too large is refused as a page is."""
    if len(raw) > MOST_BYTES or kind in (Kind.PAGE, Kind.GZIP):
        yield read_source(name, raw)
    elif kind is Kind.JSON:
        yield from records.json_pages(name, raw)
    elif isinstance(decoded := decode(raw), NotText):
        yield rejected(name, len(raw), f"is {decoded.what}, not XML", decoded.advice)
    else:
        reader = feeds if kind is Kind.FEED else wire
        yield from reader.pages_of(name, decoded.text, size_bytes=len(raw))
