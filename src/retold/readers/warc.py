"""WARC and WET archives (ISO 28500), packed or not: the pages in them, one at a time.

``records`` reads the archive and finds its way again after a damaged record; ``items_of`` takes out responses,
resources and conversions, and ``page_of`` reads one of them. FastWARC was tried first: it stops at the first damage
and passes a torn record off as whole.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retold.model.page import Rejected
from retold.readers.gunzip import MAGIC, Damage, Piece, Readable, pieces
from retold.readers.items import ServedPage
from retold.readers.single import MOST_BYTES, ReadPage, Record, read_record, read_source, with_facts

_READ = 1 << 16
_MOST_HEADER = 1 << 16
_LONG_HEADER = 1 << 13
"""Bytes that hold any header in use (they have under 2,000)."""
MARK = b"WARC/"
_BEGIN = re.compile(rb"WARC/\d\.\d\r?\n(?=[!-~]{1,60}:)")
_BETWEEN = b"\r\n \t"
_OVERLAP = 80
"""Bytes kept while looking for the next record: more than its first line and the first field's name."""
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_RESPONSES = frozenset({"response", "resource", "conversion"})
_KEPT = ("warc-date", "warc-truncated", "warc-identified-content-language")


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A whole record: its number and place in the file, its fields with names in lower case, its content block."""

    number: int
    offset: int
    fields: dict[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Torn:
    """A record that cannot be read, what is wrong with it, and its address where that can still be read."""

    number: int
    offset: int
    what: str
    url: str | None = None


class _Window:
    """The unpacked archive from the present record on, as far as it was read."""

    def __init__(self, found: Iterator[Piece | Damage]) -> None:
        self._found = found
        self._starts: list[tuple[int, int]] = []
        self.content = bytearray()
        self.position = 0
        self.damage: Damage | None = None

    def fill(self) -> bool:
        """Read one piece more; False at the end of the archive or where it is damaged."""
        if self.damage is not None:
            return False
        found = next(self._found, None)
        if found is None:
            return False
        if isinstance(found, Damage):
            self.damage = found
            return False
        self._starts.append((self.position + len(self.content), found.offset))
        self.content += found.content
        return True

    def reach(self, size: int) -> bool:
        """Read until there are so many bytes; tell whether there are."""
        while len(self.content) < size:
            if not self.fill():
                return False
        return True

    def drop(self, size: int) -> None:
        """Go on by so many bytes."""
        del self.content[:size]
        self.position += size
        while len(self._starts) > 1 and self._starts[1][0] <= self.position:
            del self._starts[0]

    def offset(self, *, is_packed: bool) -> int:
        """Return where in the file the present bytes stand; of a packed file, where their member begins."""
        if not self._starts:
            return 0
        start, offset = self._starts[0]
        return offset if is_packed else offset + self.position - start


def records(file: Readable) -> Iterator[WarcRecord | Torn]:
    """Give the records of an archive in order, and in the place of one that cannot be read, what is wrong with it."""
    first = file.read(_READ)
    is_packed = first.startswith(MAGIC)
    window = _Window(pieces(_Rest(first, file), mark=MARK) if is_packed else _plain(first, file))
    number = 0
    while True:
        while window.content[:1] and window.content[0] in _BETWEEN:
            window.drop(len(window.content) - len(window.content.lstrip(_BETWEEN)))
        if not window.content and window.fill():
            continue
        number += 1
        offset = window.offset(is_packed=is_packed)
        if window.content:
            found = _next_record(window, number, offset)
            yield found
            if window.damage is None or isinstance(found, WarcRecord) or window.content:
                continue
        elif window.damage is not None:
            yield Torn(number, window.damage.offset, window.damage.what)
        else:
            return
        window.damage = None


class _Rest:
    """A file whose first bytes were read already."""

    def __init__(self, first: bytes, file: Readable) -> None:
        self._first, self._file = first, file

    def read(self, size: int, /) -> bytes:
        found, self._first = self._first, b""
        return found or self._file.read(size)


def _plain(first: bytes, file: Readable) -> Iterator[Piece | Damage]:
    offset, content = 0, first
    while content:
        yield Piece(content, offset)
        offset += len(content)
        content = file.read(_READ)


def _next_record(window: _Window, number: int, offset: int) -> WarcRecord | Torn:
    """Take the record at the window's start, or go on to the next one and say what was wrong with this."""
    window.reach(_OVERLAP)
    if _BEGIN.match(window.content) is None:
        what = "no record begins here" if window.reach(_OVERLAP) else "the file is cut off in its first line"
        _look_on(window, 1, None)
        return Torn(number, offset, _because(window, what))
    while (end := _HEADER_END.search(window.content, 0, _MOST_HEADER)) is None:
        if len(window.content) >= _MOST_HEADER or not window.fill():
            is_long = len(window.content) >= _MOST_HEADER
            what = "its header does not end" if is_long else "it is cut off in its header"
            # No header ends in this stretch, so none but at its end can begin there: time stays linear.
            _look_on(window, _MOST_HEADER - _LONG_HEADER if is_long else 1, None)
            return Torn(number, offset, _because(window, what))
    fields = _fields(bytes(window.content[: end.start()]))
    url = fields.get("warc-target-uri", "").strip("<> ") or None
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        _look_on(window, end.end() - 2, None)
        return Torn(number, offset, f"its length is '{length[:30]}'", url)
    return _content(window, end.end(), int(length), WarcRecord(number, offset, fields, b""), url)


def _content(window: _Window, start: int, length: int, record: WarcRecord, url: str | None) -> WarcRecord | Torn:
    """Take the content of a record, if what follows it shows that its length is right."""
    if length > MOST_BYTES:
        _look_on(window, start - 2, start + length)
        what = f"it has {length:,} bytes, more than the {MOST_BYTES >> 20} MB a page can have"
        return Torn(record.number, record.offset, what, url)
    if not window.reach(start + length):
        n_found = len(window.content) - start
        what = f"it is cut off: {n_found:,} of its {length:,} bytes are there"
        _look_on(window, start - 2, None)
        what = _because(window, what) if not window.content else "its length is wrong: the next record begins inside it"
        return Torn(record.number, record.offset, what, url)
    window.reach(start + length + _OVERLAP)
    after = bytes(window.content[start + length : start + length + _OVERLAP])
    if after and b"\n" not in after[:4] and not after.startswith(MARK):
        _look_on(window, start - 2, None)
        return Torn(record.number, record.offset, f"its length is wrong: no record ends after {length:,} bytes", url)
    if not MARK.startswith(after.lstrip(_BETWEEN)[: len(MARK)]):
        found = _BEGIN.search(window.content, start, start + length)
        if found is not None:
            window.drop(found.start())
            return Torn(record.number, record.offset, "its length is wrong: the next record begins inside it", url)
    content = bytes(window.content[start : start + length])
    window.drop(start + length)
    return replace(record, content=content)


def _look_on(window: _Window, start: int, stop: int | None) -> None:
    """Go on to where the next record begins, at ``stop`` (counted from here) at the latest."""
    window.drop(min(start, len(window.content)))
    left = None if stop is None else stop - start
    while True:
        found = _BEGIN.search(window.content)
        if found is not None and (left is None or found.start() < left):
            window.drop(found.start())
            return
        if left is not None and left <= len(window.content):
            window.drop(left)
            return
        n_done = max(0, len(window.content) - _OVERLAP)
        window.drop(n_done)
        left = None if left is None else left - n_done
        if not window.fill():
            window.drop(len(window.content))
            return


def _because(window: _Window, what: str) -> str:
    return f"{what}; in the packed file {window.damage.what}" if window.damage is not None else what


def _fields(header: bytes) -> dict[str, str]:
    """Return the fields of a header, the first of each name."""
    fields: dict[str, str] = {}
    for line in header.decode("utf-8", "replace").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def items_of(name: str, file: Readable) -> Iterator[ServedPage | Rejected]:
    """Give the pages of an archive unread; at its end one row that says which records are no pages."""
    others: Counter[str] = Counter()
    for record in records(file):
        place = f"{name}#{record.number}"
        if isinstance(record, Torn):
            of = f" of '{record.url}'" if record.url else ""
            reason = f"'{name}', record {record.number}{of} at byte {record.offset:,}: {record.what}; it is left out"
            yield Rejected(place, reason, None, record.offset)
            continue
        kind = record.fields.get("warc-type", "").lower()
        if kind in _RESPONSES:
            found = _item_of(place, record, kind)
            if isinstance(found, str):
                others[found] += 1
            else:
                yield found
    if others:
        kinds = ", ".join(f"{count:,} {what}" for what, count in sorted(others.items(), key=lambda i: (-i[1], i[0])))
        reason = f"'{name}' holds {others.total():,} records that are no pages: {kinds[:300]}; they are left out"
        yield Rejected(f"{name}#others", reason, None)


def _item_of(place: str, record: WarcRecord, kind: str) -> ServedPage | Rejected | str:
    """Take out the page of a record; a record of another kind gives the name of its kind."""
    fields = record.fields
    url = fields.get("warc-target-uri", "").strip("<> ")
    item = ServedPage(
        place, record.content, record.offset, url or None, fields.get("warc-record-id", "").strip("<> ") or None,
        facts=(("url", url), *((name, fields.get(name, "")) for name in _KEPT)), is_text=kind == "conversion",
    )  # fmt: skip
    if item.is_text:
        return item
    type_of = fields.get("content-type", "")
    if kind == "response" and "http" in type_of.lower().partition(";")[0]:
        end = _HEADER_END.search(record.content, 0, _MOST_HEADER)
        if end is None:
            return _refused(item, "has an HTTP header that does not end")
        header = record.content[: end.start()]
        head = _fields(header)
        status = header.split(None, 2)[1:2]
        if not (status and status[0][:1] == b"2"):
            return f"of status {(status[0] if status else b'unknown').decode('latin-1')[:10]}"
        type_of = head.get("content-type", "")
        packing = tuple(head.get(name, "").lower() for name in ("transfer-encoding", "content-encoding"))
        item = replace(item, raw=record.content[end.end() :], packing=(packing[0], packing[1]))
    media = type_of.partition(";")[0].strip().lower()
    if media not in PAGE_TYPES:
        return f"of type {media[:60]}"
    charset = _CHARSET.search(type_of)
    return replace(item, charset=charset[1] if charset else None)


def page_of(item: ServedPage) -> ReadPage | Rejected:
    """Read a page as a server gave it."""
    why = dict(item.facts).get("warc-truncated", "")
    cut = (f"cut off when it was fetched, its archive says ({why[:40]})",) if why else ()
    if item.is_text:
        text = item.raw.decode("utf-8", "replace")
        return read_record(Record(item.place, text, False, item.url, item.source_id, item.facts, cut))
    body = unpacked(item.raw, *item.packing)
    if isinstance(body, str):
        return _refused(item, body)
    done = read_source(item.url or item.place, body, source_id=item.source_id, charset=item.charset)
    if isinstance(done, Rejected):
        number = item.place.rpartition("#")[2]
        where = f" (record {number} at byte {item.offset:,})" if item.offset is not None else ""
        return Rejected(item.place, f"{done.reason}{where}", done.n_bytes, item.offset)
    if cut:
        done = replace(done, page=replace(done.page, remarks=(*done.page.remarks, *cut)))
    return with_facts(done, item.facts)


def _refused(item: ServedPage, found: str) -> Rejected:
    where = f" at byte {item.offset:,}" if item.offset is not None else ""
    return Rejected(item.place, f"'{item.place}'{where} {found}; it is left out", len(item.raw), item.offset)


def unpacked(body: bytes, transfer: str, coding: str) -> bytes | str:
    """Undo what the server packed a body in, where the archive has not; or say what is wrong."""
    if "chunked" in transfer:
        body = _joined(body)
    if not (("gzip" in coding and body.startswith(MAGIC)) or coding == "deflate"):
        return "is packed with brotli" if coding == "br" and not _is_utf8(body) else body
    for wbits in (31,) if "gzip" in coding else (15, -15):
        unpacker = zlib.decompressobj(wbits=wbits)
        try:
            content = unpacker.decompress(body, MOST_BYTES + 1)
        except zlib.error:
            continue
        return content if len(content) <= MOST_BYTES else f"unpacks to over {MOST_BYTES >> 20} MB"
    return body if coding == "deflate" else "is damaged where the server packed it"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _joined(body: bytes) -> bytes:
    """Join the chunks of a body; one that is not in chunks stays as it is."""
    found: list[bytes] = []
    at = 0
    while (size := _CHUNK_SIZE.match(body, at)) is not None:
        n_bytes = int(size[1], 16)
        if not n_bytes:
            return b"".join(found)
        found.append(body[size.end() : size.end() + n_bytes])
        at = size.end() + n_bytes + 2
    return b"".join(found) if found and at >= len(body) else body
