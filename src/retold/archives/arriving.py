"""Paths -> what is in their files, unread, in chunks for the workers, with the ends of the files they came from.

Owns what is passed over whole (files taken in already) and how much goes to a worker at once. Nothing is held but one
chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from retold.archives.sources import Taken, look
from retold.model.page import Rejected
from retold.readers.items import Item, size_of
from retold.readers.paths import Source, find_sources
from retold.readers.read import items_in
from retold.readers.walk import Stdin

CHUNK_ITEMS = 128
"""Items read and labelled at once by a worker: some seconds' work."""
CHUNK_BYTES = 2 << 20
"""Bytes of a chunk: some tens of web pages, some hundred texts."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of a file: what it was (None: standard input, or not readable), and what could not be taken out of it."""

    taken: Taken | None
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Items to read and label, and the files that end with them."""

    items: tuple[Item, ...]
    ends: tuple[End, ...]


Arrival: TypeAlias = Item | End


def arrivals(
    paths: Sequence[str], stdin: Stdin, is_taken: Callable[[Taken], bool], say: Callable[[str, int, int], None]
) -> Iterator[Arrival]:
    """Give the items of all files that are not taken in whole, each file followed by its end."""
    found = find_sources(paths)
    sizes = [_size(one) for one in found]
    done, total = 0, sum(sizes)
    for source, size in zip(found, sizes, strict=True):
        say("read", done, total)
        if isinstance(source, Rejected):
            yield End(None, (source,))
            continue
        taken = look(source.address, source.path) if source.path else None
        if taken is None or not is_taken(taken):
            for one in _items_of(source, taken, stdin):
                yield one
                if not isinstance(one, End) and one.offset is not None:
                    say("read", done + min(one.offset, size), total)
        done += size
    say("read", total, total)


def chunked(found: Iterable[Arrival]) -> Iterator[Arrived]:
    """Give the items in chunks; a file ends with the chunk that holds its last item."""
    items: list[Item] = []
    ends: list[End] = []
    n_bytes = 0
    for one in found:
        if isinstance(one, End):
            ends.append(one)
            continue
        if items and (len(items) >= CHUNK_ITEMS or n_bytes + size_of(one) > CHUNK_BYTES):
            yield Arrived(tuple(items), tuple(ends))
            items, ends, n_bytes = [], [], 0
        items.append(one)
        n_bytes += size_of(one)
    yield Arrived(tuple(items), tuple(ends))


def _items_of(source: Source, taken: Taken | None, stdin: Stdin) -> Iterator[Arrival]:
    """Give the items of one file, then its end; ``items_in`` knows a path that is there from a pattern."""
    rejected: list[Rejected] = []
    for one in items_in([source.address if source.path is None else str(source.path)], stdin=stdin):
        if isinstance(one, Rejected):
            rejected.append(one)
        else:
            yield one
    yield End(taken, tuple(rejected))


def input_bytes(paths: Sequence[str]) -> int | None:
    """Return how many bytes the files of these paths have; None where standard input is among them."""
    found = find_sources(paths)
    if any(isinstance(one, Source) and one.path is None for one in found):
        return None
    return sum(map(_size, found))


def _size(source: Source | Rejected) -> int:
    if isinstance(source, Rejected) or source.path is None:
        return 0
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
