"""From paths to pages: each file goes to the reader of its format, and comes back as pages and rejected rows.

``items_in`` walks through files and gives what is in them unread; ``read_item`` reads one; ``iter_pages`` does both,
in worker processes where there is enough to do, and holds what is under way and no more. ``read_paths`` holds all
pages, for small input. What cannot be read is a row of ``rejected``, never an error.
"""

from __future__ import annotations

import io
import itertools
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, TypeVar, assert_never

from retold.engine.worker import Caps, Failed, said_of
from retold.model.page import PageId, Rejected
from retold.readers import feeds, records, warc, wire
from retold.readers.decode import NotText, decode
from retold.readers.formats import HEAD_BYTES, Kind, kind_of
from retold.readers.gunzip import Unpacked, unpacked_head
from retold.readers.items import Fields, Found, Item, JsonLine, ServedPage, WholeFile, WholeKind, size_of
from retold.readers.paths import STANDARD_INPUT, Source, find_sources
from retold.readers.single import MOST_BYTES, ReadPage, Record, read_record, read_source, rejected

R = TypeVar("R")
_File: TypeAlias = "io.BufferedReader[Any]"
Stdin: TypeAlias = bytes | BinaryIO | None
"""What ``-`` stands for: all of it, or a stream of bytes to read from."""

__all__ = [
    "MOST_BYTES", "ReadPage", "Record", "items_in", "iter_pages", "map_items", "read_item", "read_paths", "read_record",
    "read_source",
]  # fmt: skip

PAGE_CAPS = Caps(cpu_s=10.0, wall_s=60.0, memory_mb=400)
"""For reading one page: those of pages/ take under 0.2 s and 120 MB, the largest (4 MB) 0.5 s."""
SMALL_BYTES = 512 << 10
"""A page up to here is read in the caller's process while there are few (of 1,248 measured pages 97 % are smaller)."""
FEW_BYTES = 4 << 20
"""So much is read in the caller's process before workers are started: about 20 pages and half a second, which is what
starting workers takes."""


def read_paths(paths: Sequence[str], *, stdin: Stdin = None, jobs: int | None = None) -> list[ReadPage | Rejected]:
    """Read the files, folders and patterns given, in order; ``-`` stands for ``stdin``.

    A page that comes twice, with one address and the same bytes, is kept once and says so.
    """
    found: list[ReadPage | Rejected] = []
    places: dict[PageId, int] = {}
    counts: dict[int, int] = {}
    given: dict[str, int] = {}
    sources = find_sources(paths)
    for source in sources:
        if isinstance(source, Source) and source.n_given > 1:
            given[source.address] = source.n_given
    for one in _pages(sources, stdin, jobs):
        if isinstance(one, ReadPage):
            place = places.setdefault(one.page.page, len(found))
            counts[place] = counts.get(place, 0) + given.get(_file_of(one), 1)
            if place < len(found):
                continue
        found.append(one)
    for place, count in counts.items():
        page = found[place]
        if count > 1 and isinstance(page, ReadPage):
            remark = f"given {count} times, read once"
            found[place] = replace(page, page=replace(page.page, remarks=(*page.page.remarks, remark)))
    return found


def iter_pages(
    paths: Sequence[str | Path] | str | Path, *, stdin: Stdin = None, jobs: int | None = None
) -> Iterator[ReadPage | Rejected]:
    """Give the pages of any mix of files, folders and patterns as they are read, in order.

    Little input is read here; more by ``jobs`` worker processes (default: one per processor) under ``PAGE_CAPS``. With
    ``jobs=0`` all is read here, without caps on time and memory. Nothing is held but what is under way; a page that
    comes twice is given twice.
    """
    named = [paths] if isinstance(paths, (str, Path)) else paths
    yield from _pages(find_sources([str(path) for path in named]), stdin, jobs)


def items_in(paths: Sequence[str], *, stdin: Stdin = None) -> Iterator[Found]:
    """Give what is in files, folders and patterns, unread and in order."""
    for source in find_sources(paths):
        yield from (source,) if isinstance(source, Rejected) else _items_of(source, stdin)


def read_item(item: Found) -> tuple[ReadPage | Rejected, ...]:
    """Read one item: mostly one page; of a feed, a JSON file or a file of a wire format all that it holds."""
    match item:
        case Rejected():
            return (item,)
        case WholeFile():
            return tuple(_pages_of_whole(item))
        case ServedPage():
            return (_placed(warc.page_of(item), item),)
        case JsonLine():
            return (_placed(records.json_line_page(item), item),)
        case Fields():
            return (_placed(records.fields_page(item.place, item.values, item.remarks), item),)
        case _:
            assert_never(item)


def map_items(
    function: Callable[[Found], R], items: Iterator[Found], *, jobs: int | None = None, caps: Caps = PAGE_CAPS
) -> Iterator[R | Rejected]:
    """Work on items in order: a few small ones here, from a large one or after some megabytes on in worker processes.

    ``function`` must be importable by its name and its answers picklable. An item over its caps, or on which the
    function fails, is a rejected row. With ``jobs=0`` all is done here, and what the function raises is passed on.
    """
    n_jobs = (os.cpu_count() or 1) if jobs is None else jobs
    if not n_jobs:
        yield from map(function, items)
        return
    n_done = 0
    for item in items:
        n_done += size_of(item)
        if n_done > FEW_BYTES or size_of(item) > SMALL_BYTES:
            yield from _map_in_workers(function, itertools.chain((item,), items), n_jobs, caps)
            return
        try:
            answer: R | Rejected = function(item)
        except Exception as error:
            answer = _failed(item, said_of(error))
        yield answer


def _map_in_workers(
    function: Callable[[Found], R], items: Iterator[Found], jobs: int, caps: Caps
) -> Iterator[R | Rejected]:
    """Work on items in worker processes, remembering those under way to name them where they fail."""
    from retold.engine.pool import map_capped  # few pages need no processes, and not the time to load what starts them

    under_way: deque[Found] = deque()

    def taken() -> Iterator[Found]:
        for item in items:
            under_way.append(item)
            yield item

    for answer in map_capped(function, taken(), jobs=jobs, caps=caps, weight_of=size_of):
        item = under_way.popleft()
        yield _failed(item, answer.said) if isinstance(answer, Failed) else answer


def _failed(item: Found, said: str) -> Rejected:
    """Return the row of an item that could not be worked on."""
    if isinstance(item, Rejected):
        return item
    where = f"(at byte {item.offset:,}) " if item.offset is not None else ""
    return rejected(item.place, size_of(item), where + said, "it is left out", offset=item.offset)


def _pages(sources: Sequence[Source | Rejected], stdin: Stdin, jobs: int | None) -> Iterator[ReadPage | Rejected]:
    """Give the pages of sources, with what could not be found in its place."""
    items = (
        item for source in sources for item in ((source,) if isinstance(source, Rejected) else _items_of(source, stdin))
    )
    for answer in map_items(read_item, items, jobs=jobs):
        yield from (answer,) if isinstance(answer, Rejected) else answer


def _file_of(page: ReadPage) -> str:
    """Return the address of the file that a page came in."""
    place = page.page.place
    return (place.rpartition("#")[0] or place) if place else page.page.source


def _items_of(source: Source, stdin: Stdin) -> Iterator[Found]:
    """Give what is in one source that was found."""
    try:
        if source.path is not None:
            with io.BufferedReader(io.FileIO(source.path), HEAD_BYTES) as file:
                yield from _items_in_file(source.address, file)
        elif stdin is not None:
            stream = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
            yield from _items_in_file(source.address, io.BufferedReader(stream, HEAD_BYTES))
        else:
            raise OSError(0, f"'{STANDARD_INPUT}' stands for standard input, and there is none")
    except OSError as error:
        why = error.strerror or "the system gave no reason"
        reason = f"'{source.address}' cannot be read: {why}; check that it is a file you may read"
        yield Rejected(source.address, reason, None)


def _items_in_file(name: str, file: _File) -> Iterator[Found]:
    """Give what is in a file; of a packed one, what is in what is packed."""
    head = file.peek(HEAD_BYTES)[:HEAD_BYTES]
    kind = kind_of(name, head)
    if kind is not Kind.GZIP:
        yield from _items_of_kind(kind, name, file)
        return
    inner = kind_of(name, unpacked_head(head))
    if inner is Kind.WARC or ".warc" in name.lower():
        yield from warc.items_of(name, file)
        return
    unpacked = Unpacked(file)
    yield from _items_of_kind(inner, name, io.BufferedReader(unpacked, HEAD_BYTES))
    if unpacked.damage is not None:
        found = f"is packed and cannot be unpacked from byte {unpacked.damage.offset:,} on: {unpacked.damage.what}"
        yield rejected(f"{name}#damage", None, found, "what stands before is read", offset=unpacked.damage.offset)


def _items_of_kind(kind: Kind, name: str, file: _File) -> Iterator[Found]:
    """Give what is in a file of a known format."""
    match kind:
        case Kind.WARC:
            yield from warc.items_of(name, file)
        case Kind.JSON_LINES:
            yield from records.json_line_items(name, file)
        case Kind.CSV:
            yield from records.csv_items(name, file)
        case Kind.PARQUET:
            yield from records.parquet_items(name, file if file.seekable() else io.BytesIO(file.read(MOST_BYTES)))
        case Kind.JSON | Kind.FEED | Kind.WIRE:
            yield WholeFile(name, file.read(MOST_BYTES + 1), WholeKind(kind.value))
        case Kind.PAGE | Kind.GZIP:
            yield WholeFile(name, file.read(MOST_BYTES + 1), WholeKind.PAGE)
        case _:
            assert_never(kind)


def _placed(done: ReadPage | Rejected, item: Item) -> ReadPage | Rejected:
    """Say of a page in which record it came, and where that begins."""
    if isinstance(done, Rejected):
        return done if done.offset is not None else replace(done, offset=item.offset)
    return replace(done, page=replace(done.page, place=item.place, offset=item.offset))


def _pages_of_whole(item: WholeFile) -> Iterator[ReadPage | Rejected]:
    """Give the pages of a file whose format needs it whole; one that is too large is refused as a page is."""
    name, raw = item.place, item.raw
    if len(raw) > MOST_BYTES or item.kind is WholeKind.PAGE:
        yield read_source(name, raw)
    elif item.kind is WholeKind.JSON:
        yield from records.json_pages(name, raw)
    elif isinstance(decoded := decode(raw), NotText):
        yield rejected(name, len(raw), f"is {decoded.what}, not XML", decoded.advice)
    else:
        reader = feeds if item.kind is WholeKind.FEED else wire
        yield from reader.pages_of(name, decoded.text, size_bytes=len(raw))
