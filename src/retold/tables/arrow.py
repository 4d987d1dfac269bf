"""Arrow schemas made from the row classes, and rows to Arrow tables and back without loss.

Owns the one mapping of Python types to Arrow types; what a column means stands in ``tables.meanings``. pyarrow is
imported inside functions, so small inputs never load it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from retold.errors import TableError
from retold.tables.hints import Hint, bare, is_optional, item, members
from retold.tables.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

R = TypeVar("R")

# Arrow strings are UTF-8, which has no lone surrogates. A lone surrogate, and the mark itself, are written as the mark
# and four hexadecimal digits (the mark is a noncharacter of Unicode, so almost no text holds it).
_MARK = "\ufdd0"
_PLAIN: dict[type, str] = {str: "string", int: "int64", float: "float64", bool: "bool_"}


def schema_of(table: Table[Any]) -> pa.Schema:
    """Return the Arrow schema of a table: one field per field of its row class, nullable where None is allowed."""
    import pyarrow as pa

    return pa.schema(_arrow_fields(table.row))


def to_arrow(table: Table[R], rows: Iterable[R]) -> pa.Table:
    """Return the rows as an Arrow table in the table's schema.

    Lone surrogates in text, which UTF-8 cannot hold, are stored escaped; ``from_arrow`` gives them back. Raises
    TableError where a value does not fit its column.
    """
    import pyarrow as pa

    schema = schema_of(table)
    kept = list(rows)
    try:
        columns = [
            pa.array([store(getattr(row, name)) for row in kept], schema.field(name).type)
            for name, store in ((name, _stored(hint)) for name, hint in members(table.row))
        ]
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise TableError(table.name, f"a value does not fit its column: {error}") from error
    return pa.Table.from_arrays(columns, schema=schema)


def from_arrow(table: Table[R], arrow_table: pa.Table) -> tuple[R, ...]:
    """Return the rows of an Arrow table. Raises TableError when its columns are not those of the table."""
    columns = members(table.row)
    names = [name for name, _ in columns]
    if arrow_table.column_names != names:
        raise TableError(table.name, f"got the columns {arrow_table.column_names}, not {names}")
    values = [map(_restored(hint), arrow_table.column(name).to_pylist()) for name, hint in columns]
    return tuple(table.row(*row) for row in zip(*values, strict=True))


def escaped(text: str) -> str:
    """Return the text with lone surrogates, and the mark itself, written as mark and hexadecimal digits.

    >>> escaped("rain") == "rain", len(escaped(chr(0xD800)))
    (True, 5)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(_escape(character) for character in text)
    return text if _MARK not in text else "".join(_escape(character) for character in text)


def unescaped(text: str) -> str:
    """Return the text as it was before ``escaped``."""
    head, *parts = text.split(_MARK)
    return head + "".join(chr(int(part[:4], 16)) + part[4:] for part in parts)


def _escape(character: str) -> str:
    is_special = character == _MARK or "\ud800" <= character <= "\udfff"
    return f"{_MARK}{ord(character):04x}" if is_special else character


def _arrow_fields(row: Hint) -> list[pa.Field]:
    import pyarrow as pa

    return [pa.field(name, _arrow_type(bare(hint)), nullable=is_optional(hint)) for name, hint in members(row)]


def _arrow_type(hint: Hint) -> pa.DataType:
    """Return the Arrow type of a bare Python type."""
    import pyarrow as pa

    if hint in _PLAIN:
        built: pa.DataType = getattr(pa, _PLAIN[hint])()
        return built
    if inner := item(hint):
        return pa.list_(pa.field("item", _arrow_type(bare(inner)), nullable=is_optional(inner)))
    if issubclass(hint, StrEnum):
        return pa.string()
    return pa.struct(_arrow_fields(hint))


@cache
def _stored(hint: Hint) -> Callable[[Any], Any]:
    """Return the function from a value of this type to what pyarrow takes."""
    if is_optional(hint):
        store_bare = _stored(bare(hint))
        return lambda value: None if value is None else store_bare(value)
    hint = bare(hint)
    if hint is str or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return lambda value: escaped(str(value))
    if hint in _PLAIN:
        return lambda value: value
    if inner := item(hint):
        store_item = _stored(inner)
        return lambda values: [store_item(value) for value in values]
    stores = [(name, _stored(member)) for name, member in members(hint)]
    return lambda value: {name: store(getattr(value, name)) for name, store in stores}


@cache
def _restored(hint: Hint) -> Callable[[Any], Any]:
    """Return the function from what pyarrow gives to a value of this type."""
    if is_optional(hint):
        restore_bare = _restored(bare(hint))
        return lambda value: None if value is None else restore_bare(value)
    hint = bare(hint)
    if hint is str:
        return unescaped
    if hint in _PLAIN:
        return lambda value: value
    if inner := item(hint):
        restore_item = _restored(inner)
        return lambda values: tuple(restore_item(value) for value in values)
    if issubclass(hint, StrEnum):
        return lambda value: hint(unescaped(value))
    restores = [(name, _restored(member)) for name, member in members(hint)]
    return lambda value: hint(*(restore(value[name]) for name, restore in restores))
