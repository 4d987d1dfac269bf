"""Lookups among the things a page declares of itself, in a given order of trust."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.model.page import Declared

Wanted = tuple[tuple[str, str], ...]
"""Origins and names in order of trust; origin ``*`` stands for any."""


def values_of(declared: Sequence[Declared], wanted: Wanted) -> Iterator[Declared]:
    """Yield the rows of the wanted fields, most trusted first, rows of one field in page order."""
    for origin, name in wanted:
        for row in declared:
            if row.name == name and origin in ("*", row.origin) and row.value.strip():
                yield row
