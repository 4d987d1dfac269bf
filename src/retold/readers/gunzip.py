"""Gzip, a piece at a time: bounded memory, bombs refused, and a way on after a damaged member.

``pieces`` gives what could be unpacked and, where something was damaged, a ``Damage`` in its place; with a mark
(``WARC/``) it goes on at the next member that begins with it. ``Unpacked`` is a file over one gzip stream.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Protocol


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""
        ...


MAGIC = b"\x1f\x8b\x08"
_READ = 1 << 14
"""Bytes unpacked at once: little enough that a damaged member takes few whole records of its own with it."""
_MOST_AT_ONCE = 1 << 20
_MOST_RATIO = 200
"""Unpacked to packed bytes of a member (measured news pages: under 30; deflate's own limit is 1,032)."""
_SMALL_ENOUGH = 4 << 20
"""A member that unpacks to less is no bomb, whatever its ratio."""
_LOOK = 1 << 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Unpacked bytes, and where the member (or, unpacked, the bytes) begin in the file."""

    content: bytes
    offset: int


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with the member that begins at this byte of the file."""

    what: str
    offset: int


class _Packed:
    """The packed file, with bytes that were read ahead put back in front."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._ahead = b""
        self.position = 0

    def read(self) -> bytes:
        found = self._ahead or self._file.read(_READ)
        self._ahead = b""
        self.position += len(found)
        return found

    def put_back(self, content: bytes) -> None:
        self._ahead = content + self._ahead
        self.position -= len(content)

    def extend(self, content: bytes, size: int) -> bytes:
        """Return the bytes put after what was read, until there are as many as asked or no more."""
        while len(content) < size and (more := self.read()):
            content += more
        return content


def pieces(file: Readable, *, mark: bytes = b"") -> Iterator[Piece | Damage]:
    """Unpack the members of a gzip file; after a damaged one go on at the next that begins with ``mark``, if given."""
    packed = _Packed(file)
    while start := packed.extend(b"", len(MAGIC)):
        offset = packed.position - len(start)
        if not start.startswith(MAGIC):
            if not start.strip(b"\0"):  # padding to a full block
                continue
            yield Damage("no gzip member begins here", offset)
            rest = start
        else:
            packed.put_back(start)
            failed = yield from _member(packed, offset)
            if failed is None:
                continue
            what, rest = failed
            yield Damage(what, offset)
        if not mark or not _resynchronise(packed, rest, mark):
            return


def _member(packed: _Packed, offset: int) -> Generator[Piece | Damage, None, tuple[str, bytes] | None]:
    """Unpack one member; return None, or what is wrong and the packed bytes from which to look on."""
    unpacker = zlib.decompressobj(wbits=31)
    n_packed = n_unpacked = 0
    held = b""
    while not unpacker.eof:
        fresh = b"" if unpacker.unconsumed_tail else packed.read()
        given = unpacker.unconsumed_tail or fresh
        if not given:
            yield Piece(held, offset)
            return "it is cut off", b""
        try:
            content = unpacker.decompress(given, _MOST_AT_ONCE)
        except zlib.error as error:
            # The sum at a member's end may be what failed: its last bytes are not to be believed.
            return f"it is damaged ({str(error).rpartition(': ')[2]})", given if n_packed else given[1:]
        n_packed += len(given) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
        n_unpacked += len(content)
        if n_unpacked > _SMALL_ENOUGH and n_unpacked > _MOST_RATIO * n_packed:
            return f"it unpacks to over {_MOST_RATIO} times its size", unpacker.unconsumed_tail
        if held:
            yield Piece(held, offset)
        held = content
    packed.put_back(unpacker.unused_data)
    if held:
        yield Piece(held, offset)
    return None


def _resynchronise(packed: _Packed, rest: bytes, mark: bytes) -> bool:
    """Go on to the next member whose content begins with the mark; tell whether there is one."""
    while True:
        at = rest.find(MAGIC)
        if at < 0:
            tail = rest[-(len(MAGIC) - 1) :]
            more = packed.read()
            if not more:
                return False
            rest = tail + more
            continue
        rest = packed.extend(rest[at:], _LOOK)
        try:
            begin = zlib.decompressobj(wbits=31).decompress(rest[:_LOOK], len(mark))
        except zlib.error:
            begin = b""
        if begin == mark:
            packed.put_back(rest)
            return True
        rest = rest[1:]


def unpacked_head(head: bytes) -> bytes:
    """Return the first bytes of what is packed, as far as the packed ones go; nothing when they are damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, _MOST_AT_ONCE >> 4)
    except zlib.error:
        return b""


class Unpacked(io.RawIOBase):
    """The content of a gzip file, to be read as a file; ``damage`` says what ended it early."""

    def __init__(self, file: Readable) -> None:
        self._pieces = pieces(file)
        self._left = b""
        self.damage: Damage | None = None

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the next piece goes."""
        while not self._left and self.damage is None:
            found = next(self._pieces, None)
            if found is None:
                return 0
            if isinstance(found, Damage):
                self.damage = found
            else:
                self._left = found.content
        n_given = min(len(buffer), len(self._left))
        buffer[:n_given] = self._left[:n_given]
        self._left = self._left[n_given:]
        return n_given
