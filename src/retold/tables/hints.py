"""Type annotations of row classes taken apart: optional or not, what a NewType stands for, the members of a record."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

Hint: TypeAlias = Any
"""A type as ``typing.get_type_hints`` gives it: a class, a NewType, a union with None, or a tuple of one type."""


def is_optional(hint: Hint) -> bool:
    """Tell whether None is allowed."""
    origin: Any = get_origin(hint)
    return origin in (Union, UnionType) and NoneType in get_args(hint)


def bare(hint: Hint) -> Hint:
    """Return the type without None and without the names given to it by NewType."""
    if is_optional(hint):
        hint = next(arg for arg in get_args(hint) if arg is not NoneType)
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    return hint


def item(hint: Hint) -> Hint:
    """Return the type of a tuple's items, None when the type is no tuple of one type."""
    origin: Any = get_origin(hint)
    return get_args(hint)[0] if origin is tuple else None


def members(row: Hint) -> list[tuple[str, Hint]]:
    """Return names and types of the fields of a dataclass or named tuple, in order."""
    hints = get_type_hints(row)
    names = [field.name for field in fields(row)] if is_dataclass(row) else row._fields
    return [(name, hints[name]) for name in names]
