"""JSON, JSON lines, CSV and Parquet: one page per record, one record in memory at a time where the format allows.

``*_items`` find the records of a file, ``*_page`` and ``json_pages`` read them. A record that cannot be read is
rejected with its number and place; those around it are read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from retold.model.page import Rejected
from retold.readers.decode import NotText, decode
from retold.readers.fields import has_text, record_of
from retold.readers.items import Fields, JsonLine
from retold.readers.single import MOST_BYTES, ReadPage, Record, read_record, read_source, rejected
from retold.readers.wire import is_ninjs, ninjs_record

_NO_TEXT = "has no field for a text (text, html, maintext; ninjs: body_html, bodies)"
_RENAME = "name the field that holds it 'text' or 'html'"
_MOST_FIELD = 16 << 20
"""Characters of one CSV field: an open quote swallows what follows, up to here."""
_ROWS_AT_ONCE = 64
_LISTS = ("items", "articles", "records", "docs")
"""Where a JSON object that is no record itself keeps its records."""


def json_pages(name: str, raw: bytes) -> Iterator[ReadPage | Rejected]:
    """Give the records of a JSON file: one object, a list of them, or an object with a list of them."""
    found = _loaded(raw)
    if isinstance(found, str) and ".json" not in name.lower():
        yield read_source(name, raw)  # a text that begins as JSON does
        return
    if isinstance(found, str):
        yield rejected(name, len(raw), f"is no JSON: {found}", "mend it first")
        return
    value, remarks = found
    items = value
    if isinstance(value, dict) and not (has_text(value) or is_ninjs(value)):
        items = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        if items is None:
            yield rejected(name, len(raw), f"is JSON that {_NO_TEXT}", _RENAME)
            return
    if isinstance(items, dict):
        yield fields_page(name, items, remarks)
    elif isinstance(items, list) and any(isinstance(item, dict) for item in items):
        for number, item in enumerate(items, 1):
            yield fields_page(f"{name}#{number}", item, remarks)
    else:
        yield rejected(name, len(raw), "is JSON without a record", "leave it out")


def json_line_items(name: str, file: BinaryIO) -> Iterator[JsonLine | Rejected]:
    """Give the lines of a file with one JSON object a line."""
    for number, offset, line in _lines(file):
        place = f"{name}#{number}"
        if len(line) > MOST_BYTES:
            found = f"(at byte {offset:,}) has over {MOST_BYTES >> 20} MB, more than a page can have"
            yield rejected(place, len(line), found, "cut it up first", offset=offset)
        elif line.strip(b"\0 \t\r\n\xef\xbb\xbf"):
            yield JsonLine(place, line, offset)


def json_line_page(line: JsonLine) -> ReadPage | Rejected:
    """Read the page of one line."""
    loaded = _loaded(line.raw)
    if isinstance(loaded, str):
        found = f"(at byte {line.offset:,}) is no JSON: {loaded}"
        return rejected(line.place, len(line.raw), found, "mend it first", offset=line.offset)
    return fields_page(line.place, loaded[0], loaded[1])


def csv_items(name: str, file: BinaryIO) -> Iterator[Fields | Rejected]:
    """Give the records of a CSV file whose first line names the fields; the delimiter is the commonest there."""
    n_quotes = 0

    def counted() -> Iterator[str]:
        nonlocal n_quotes
        for _, _, raw in _lines(file):
            n_quotes += raw.count(b'"')
            yield _escaped(raw)

    lines = counted()
    head = next(lines, "")
    delimiter = max(",;\t|", key=head.count)
    csv.field_size_limit(max(csv.field_size_limit(), _MOST_FIELD))
    rows = csv.reader(_chain(head, lines), delimiter=delimiter)
    names: list[str] | None = None
    number = n_lines = 0
    while True:
        n_quotes = 0
        try:
            row = next(rows, None)
        except csv.Error as error:
            number += 1
            yield rejected(
                f"{name}#{number}", None, f"(near line {rows.line_num:,}) is no CSV: {error}", "mend it first"
            )
            continue
        if row is None:
            return
        if names is None:
            names = [cell.strip() for cell in row]
            if not has_text(names):
                yield rejected(name, len(head), f"is CSV that {_NO_TEXT}", _RENAME)
                return
            continue
        n_spanned, n_lines = rows.line_num - n_lines, rows.line_num
        if not any(row):
            continue
        number += 1
        place = f"{name}#{number}"
        if len(row) != len(names):
            found = f"(near line {rows.line_num:,}) has {len(row)} fields, but {len(names)} are named"
            yield rejected(place, None, found, "mend its quotes")
            continue
        cells = [_mended(cell) for cell in row]
        remarks = ("its bytes are no UTF-8",) if cells != row else ()
        if n_quotes % 2 and n_spanned != 1:
            remarks = (*remarks, f"a quotation mark in it is not closed: {n_spanned:,} lines are read as one record")
        yield Fields(place, dict(zip(names, cells, strict=True)), remarks)


def parquet_items(name: str, file: BinaryIO) -> Iterator[Fields | Rejected]:
    """Give the records of a Parquet file."""
    import pyarrow
    import pyarrow.parquet

    number = 0
    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            if not has_text(table.schema_arrow.names):
                yield rejected(name, table.metadata.serialized_size, f"is Parquet that {_NO_TEXT}", _RENAME)
                return
            for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE):
                for i_row in range(batch.num_rows):
                    number += 1
                    yield Fields(f"{name}#{number}", batch.slice(i_row, 1).to_pylist()[0])
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError) as error:
        why = (str(error).splitlines() or ["no reason given"])[0][:200]
        if number:
            found = f"is broken Parquet after record {number:,}: {why}"
            yield rejected(f"{name}#{number + 1}", None, found, "the records before are read")
        else:
            yield rejected(name, file.seek(0, io.SEEK_END), f"is broken Parquet: {why}", "write it anew")


def fields_page(place: str, fields: object, remarks: tuple[str, ...] = ()) -> ReadPage | Rejected:
    """Read the page of one record, of ninjs or with named fields."""
    if not isinstance(fields, dict):
        return rejected(place, None, "is JSON, but no record with named fields", "leave it out")
    record: Record
    if is_ninjs(fields) and not isinstance(fields.get("text"), str):
        record = ninjs_record(place, fields)
    elif has_text(fields):
        record = record_of(place, fields, remarks=remarks)
    else:
        return rejected(place, None, _NO_TEXT, _RENAME)
    return read_record(record)


def _loaded(raw: bytes) -> tuple[Any, tuple[str, ...]] | str:
    """Return the JSON value of bytes with remarks on their encoding, or why there is none."""
    decoded = decode(raw)
    if isinstance(decoded, NotText):
        return f"it is {decoded.what}"
    try:
        return json.loads(decoded.text.strip("\0 \t\r\n"), object_pairs_hook=_object), decoded.remarks
    except RecursionError:
        return "its values stand too deep inside each other"
    except ValueError as error:
        return str(error)[:200]


def _object(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    """Return an object; of a field named twice the last value, and the earlier ones under a name of their own."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: dict[str, int] = {}
        for name, value in reversed(pairs):
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                found.setdefault(f"{name} ({seen[name]})", value)
    return found


def _lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Give the lines with their number and place in bytes; of one over the size of a page, its start."""
    number = offset = 0
    while line := file.readline(MOST_BYTES + 1):
        number += 1
        n_bytes = len(line)
        while len(line) > MOST_BYTES and not line.endswith(b"\n"):
            rest = file.readline(1 << 20)
            n_bytes += len(rest)
            if not rest or rest.endswith(b"\n"):
                break
        yield number, offset, line
        offset += n_bytes


def _chain(first: str, others: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from others


def _escaped(line: bytes) -> str:
    return line.decode("utf-8-sig" if line.startswith(b"\xef\xbb\xbf") else "utf-8", "surrogateescape")


def _mended(cell: str) -> str:
    """Read a cell whose bytes are no UTF-8 as any other text."""
    if cell.isascii():
        return cell
    try:
        cell.encode()
    except UnicodeEncodeError:
        raw = cell.encode("utf-8", "surrogateescape")
        decoded = decode(raw)
        return raw.decode("cp1252", "replace") if isinstance(decoded, NotText) else decoded.text
    return cell
