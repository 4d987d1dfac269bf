"""Paths -> pages that are not in the archive yet, in chunks to label, with the ends of the files they came from.

Owns what is passed over: files taken in whole, pages known by their id. Nothing is held but one chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from retold.archives.sources import Taken, look
from retold.model.page import Rejected
from retold.readers.paths import Source, find_sources
from retold.readers.read import ReadPage, iter_pages, read_paths

CHUNK_PAGES = 128
"""Pages labelled at once by a worker: about a second's work."""
CHUNK_CHARACTERS = 4 << 20
"""Characters of a chunk, so that a few long pages make one too."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of a file: what it was (None: standard input, or not readable), and what of it could not be read."""

    taken: Taken | None
    rejected: tuple[Rejected, ...]


Arrival: TypeAlias = ReadPage | End


@dataclass(frozen=True, slots=True)
class Arrived:
    """Pages to label, the files that end with them, and how many pages were passed over as known."""

    pages: tuple[ReadPage, ...]
    ends: tuple[End, ...]
    n_known: int


def arrivals(
    paths: Sequence[str], stdin: bytes | None, is_taken: Callable[[Taken], bool], say: Callable[[str, int, int], None]
) -> Iterator[Arrival]:
    """Give the pages of all files that are not taken in whole, each file followed by its end."""
    found = find_sources(paths)
    sizes = [_size(one) for one in found]
    done, total = 0, sum(sizes)
    for source, size in zip(found, sizes, strict=True):
        say("read", done, total)
        done += size
        if isinstance(source, Rejected):
            yield End(None, (source,))
            continue
        taken = look(source.address, source.path) if source.path else None
        if taken is None or not is_taken(taken):
            yield from _pages_of(source, taken, stdin)
    say("read", total, total)


def chunked(found: Iterable[Arrival], known: set[bytes]) -> Iterator[Arrived]:
    """Give the pages whose ids are not known, in chunks; their ids are known from then on."""
    pages: list[ReadPage] = []
    ends: list[End] = []
    n_known = n_characters = 0
    for one in found:
        if isinstance(one, End):
            ends.append(one)
            continue
        page = bytes.fromhex(one.page.page)
        if page in known:
            n_known += 1
            continue
        known.add(page)
        pages.append(one)
        n_characters += len(one.page.text)
        if len(pages) >= CHUNK_PAGES or n_characters >= CHUNK_CHARACTERS:
            yield Arrived(tuple(pages), tuple(ends), n_known)
            pages, ends, n_known, n_characters = [], [], 0, 0
    yield Arrived(tuple(pages), tuple(ends), n_known)


def _pages_of(source: Source, taken: Taken | None, stdin: bytes | None) -> Iterator[Arrival]:
    rejected: list[Rejected] = []
    for one in read_paths([source.address], stdin=stdin) if source.path is None else iter_pages(source.path):
        if isinstance(one, Rejected):
            rejected.append(one)
        else:
            yield one
    yield End(taken, tuple(rejected))


def _size(source: Source | Rejected) -> int:
    if isinstance(source, Rejected) or source.path is None:
        return 0
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
