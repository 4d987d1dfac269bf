"""From paths to pages: each file goes to the reader of its format, and comes back as pages and rejected rows.

``items_in`` walks through files and gives what is in them unread; ``read_item`` reads one; ``iter_pages`` does both,
in worker processes where there is enough to do, and holds what is under way and no more. ``read_paths`` holds all
pages, for small input. What cannot be read is a row of ``rejected``, never an error.
"""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, assert_never

from retold.engine.worker import Caps, Failed, said_of
from retold.model.page import Rejected
from retold.readers import feeds, records, warc, wire
from retold.readers.decode import NotText, decode
from retold.readers.items import Fields, Found, Item, JsonLine, ServedPage, WholeFile, WholeKind, parts_of, size_of
from retold.readers.single import MOST_BYTES, ReadPage, Record, read_record, read_source, rejected
from retold.readers.walk import Repeats, Stdin, Walk

R = TypeVar("R")
__all__ = [
    "MOST_BYTES", "ReadPage", "Record", "items_in", "iter_pages", "map_items", "read_item", "read_paths", "read_record",
    "read_source",
]  # fmt: skip

PAGE_CAPS = Caps(cpu_s=10.0, wall_s=300.0, memory_mb=400)
"""For reading one page; what pages take stands in docs/benchmarks.md."""
SMALL_BYTES = 512 << 10
"""A page up to here is read in the caller's process while there are few (97 % of the 1,248 of pages/ are smaller)."""
FEW_BYTES = 4 << 20
"""So much is read in the caller's process before workers are started: about 50 pages of the median size of pages/."""
SMALL_PARTS = 20_000
"""Tags and lines of a page that is still small (99 % of the pages of pages/ have under 17,200): those of one made to be
slow take .2 ms each."""
FEW_PARTS = 60_000


def read_paths(paths: Sequence[str], *, stdin: Stdin = None, jobs: int | None = None) -> list[ReadPage | Rejected]:
    """Read the files, folders and patterns given, in order; ``-`` stands for ``stdin``.

    A page that comes twice, with one address and the same bytes, is kept once and says so.
    """
    walk = Walk(paths, stdin=stdin)
    repeats = Repeats(walk.sources)
    found = [one for one in _pages(walk, jobs) if isinstance(one, Rejected) or repeats.is_first(one.page)]
    return [one if isinstance(one, Rejected) else replace(one, page=repeats.told(one.page)) for one in found]


def iter_pages(
    paths: Sequence[str | Path] | str | Path, *, stdin: Stdin = None, jobs: int | None = None
) -> Iterator[ReadPage | Rejected]:
    """Give the pages of any mix of files, folders and patterns as they are read, in order.

    Little input is read here; more by ``jobs`` worker processes (default: one per processor) under ``PAGE_CAPS``. With
    ``jobs=0`` all is read here, without caps on time and memory. Nothing is held but what is under way; a page that
    comes twice is given twice.
    """
    named = [paths] if isinstance(paths, (str, Path)) else paths
    yield from _pages(Walk([str(path) for path in named], stdin=stdin), jobs)


def items_in(paths: Sequence[str], *, stdin: Stdin = None) -> Iterator[Found]:
    """Give what is in files, folders and patterns, unread and in order."""
    yield from Walk(paths, stdin=stdin)


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
    n_bytes = n_parts = 0
    for item in items:
        size, parts = size_of(item), parts_of(item)
        n_bytes, n_parts = n_bytes + size, n_parts + parts
        if n_bytes > FEW_BYTES or size > SMALL_BYTES or n_parts > FEW_PARTS or parts > SMALL_PARTS:
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


def _pages(walk: Walk, jobs: int | None) -> Iterator[ReadPage | Rejected]:
    """Give the pages on a walk, with what could not be found in its place."""
    for answer in map_items(read_item, iter(walk), jobs=jobs):
        yield from (answer,) if isinstance(answer, Rejected) else answer


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
