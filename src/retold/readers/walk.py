"""From paths to what is in their files, unread and in order: one file open at a time, one record of it in memory.

``Walk`` also says how far it has come, for whoever shows progress; ``Repeats`` knows which pages came before.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, TypeAlias, assert_never

from retold.model.page import Page, PageId, Rejected
from retold.readers import records, warc
from retold.readers.formats import HEAD_BYTES, Kind, kind_of
from retold.readers.gunzip import Unpacked, unpacked_head
from retold.readers.items import Found, WholeFile, WholeKind
from retold.readers.paths import STANDARD_INPUT, Source, find_sources
from retold.readers.single import MOST_BYTES, rejected

_File: TypeAlias = "io.BufferedReader[Any]"
Stdin: TypeAlias = bytes | BinaryIO | None
"""What ``-`` stands for: all of it, or a stream of bytes to read from."""

MOST_REMEMBERED = 200_000
"""Pages of which it is remembered that they came: 20 MB. In more, only repeats this near are noticed."""


class Walk:
    """A walk through files, folders and patterns; iterating gives what is in them, and ``more`` after it."""

    def __init__(self, paths: Sequence[str], *, stdin: Stdin = None, more: Iterable[Found] = ()) -> None:
        self.sources = find_sources(paths)
        self._more = more
        self.n_bytes = 0
        """Bytes of files read so far."""
        self._stdin = stdin

    def __iter__(self) -> Iterator[Found]:
        for source in self.sources:
            yield from (source,) if isinstance(source, Rejected) else self._items_of(source)
        yield from self._more

    def size_bytes(self) -> int | None:
        """Return the size of all files together, None where one has none (standard input)."""
        sizes = [_size_of(source) for source in self.sources if isinstance(source, Source)]
        return None if None in sizes else sum(size for size in sizes if size is not None)

    def _items_of(self, source: Source) -> Iterator[Found]:
        """Give what is in one source that was found."""
        try:
            if source.path is not None:
                with io.BufferedReader(_Counted(io.FileIO(source.path), self), HEAD_BYTES) as file:
                    yield from _items_in_file(source.address, file)
            elif self._stdin is not None:
                stream = io.BytesIO(self._stdin) if isinstance(self._stdin, bytes) else self._stdin
                yield from _items_in_file(source.address, io.BufferedReader(_Counted(stream, self), HEAD_BYTES))
            else:
                raise OSError(0, f"'{STANDARD_INPUT}' stands for standard input, and there is none")
        except OSError as error:
            why = error.strerror or "the system gave no reason"
            reason = f"'{source.address}' cannot be read: {why}; check that it is a file you may read"
            yield Rejected(source.address, reason, None)


class _Counted(io.RawIOBase):
    """A file that tells its walk how much of it was read."""

    def __init__(self, file: Any, walk: Walk) -> None:
        self._file, self._walk = file, walk

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any, /) -> int:
        n_read = self._file.readinto(buffer) or 0
        self._walk.n_bytes += n_read
        return int(n_read)

    def close(self) -> None:
        if not self.closed and isinstance(self._file, io.FileIO):
            self._file.close()
        super().close()


def items_of_bytes(name: str, raw: bytes) -> Iterator[Found]:
    """Give what is in a file of this name and content."""
    yield from _items_in_file(name, io.BufferedReader(io.BytesIO(raw), HEAD_BYTES))


class Repeats:
    """Which pages came before, with one address and the same bytes, and how often each came."""

    def __init__(self, sources: Sequence[Source | Rejected]) -> None:
        many = (one for one in sources if isinstance(one, Source) and one.n_given > 1)
        self._given = {source.address: source.n_given for source in many}
        self._counts: dict[PageId, int] = {}
        self.n_repeats = 0

    def is_first(self, page: Page) -> bool:
        """Count the page; tell whether it is the first of its kind."""
        is_known = page.page in self._counts
        self.n_repeats += is_known
        if len(self._counts) >= MOST_REMEMBERED:
            self._counts.clear()
        self._counts[page.page] = self._counts.get(page.page, 0) + self._given.get(_file_of(page), 1)
        return not is_known

    def told(self, page: Page) -> Page:
        """Return the page with a remark where it came more than once so far."""
        count = self._counts.get(page.page, 1)
        if count == 1:
            return page
        return replace(page, remarks=(*page.remarks, f"given {count} times, read once"))


def _file_of(page: Page) -> str:
    """Return the address of the file that a page came in."""
    return (page.place.rpartition("#")[0] or page.place) if page.place else page.source


def _size_of(source: Source) -> int | None:
    try:
        return None if source.path is None else source.path.stat().st_size
    except OSError:
        return 0


def _items_in_file(name: str, file: _File) -> Iterator[Found]:
    """Give what is in a file; of a packed one, what is in what is packed."""
    head = file.peek(HEAD_BYTES)[:HEAD_BYTES]
    kind = kind_of(name, head)
    if kind is not Kind.GZIP:
        yield from _or_none(name, len(head), _items_of_kind(kind, name, file))
        return
    inner = kind_of(name, unpacked_head(head))
    if inner is Kind.WARC or ".warc" in name.lower():
        yield from warc.items_of(name, file)
        return
    unpacked = Unpacked(file)
    yield from _or_none(name, len(head), _items_of_kind(inner, name, io.BufferedReader(unpacked, HEAD_BYTES)))
    if unpacked.damage is not None:
        found = f"is packed and cannot be unpacked from byte {unpacked.damage.offset:,} on: {unpacked.damage.what}"
        yield rejected(f"{name}#damage", None, found, "what stands before is read", offset=unpacked.damage.offset)


def _or_none(name: str, n_bytes: int, items: Iterator[Found]) -> Iterator[Found]:
    """Give the items of a file, or say that it has none."""
    is_there = False
    for item in items:
        is_there = True
        yield item
    if not is_there:
        yield rejected(name, n_bytes, "holds no record" if n_bytes else "is empty", "leave it out")


def _in_utf8(file: _File) -> BinaryIO:
    """Return a file of lines in UTF-8, written anew where its byte-order mark says that it is in UTF-16."""
    head = file.peek(2)[:2]
    if head not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return file
    return io.BufferedReader(_Recoded(file, "utf-16"), HEAD_BYTES)


class _Recoded(io.RawIOBase):
    """A file of another encoding, read as UTF-8; what does not fit becomes U+FFFD."""

    def __init__(self, file: _File, encoding: str) -> None:
        self._file, self._decoder = file, codecs.getincrementaldecoder(encoding)("replace")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._left and (raw := self._file.read(HEAD_BYTES)):
            self._left = self._decoder.decode(raw).encode("utf-8", "replace")
        n_given = min(len(buffer), len(self._left))
        buffer[:n_given] = self._left[:n_given]
        self._left = self._left[n_given:]
        return n_given


def _items_of_kind(kind: Kind, name: str, file: _File) -> Iterator[Found]:
    """Give what is in a file of a known format."""
    match kind:
        case Kind.WARC:
            yield from warc.items_of(name, file)
        case Kind.JSON_LINES:
            yield from records.json_line_items(name, _in_utf8(file))
        case Kind.CSV:
            yield from records.csv_items(name, _in_utf8(file))
        case Kind.PARQUET:
            yield from records.parquet_items(name, file if file.seekable() else io.BytesIO(file.read(MOST_BYTES)))
        case Kind.JSON | Kind.FEED | Kind.WIRE:
            yield WholeFile(name, file.read(MOST_BYTES + 1), WholeKind(kind.value))
        case Kind.PAGE | Kind.GZIP:
            yield WholeFile(name, file.read(MOST_BYTES + 1), WholeKind.PAGE)
        case _:
            assert_never(kind)
