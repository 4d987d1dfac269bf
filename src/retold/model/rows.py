"""Frozen rows made from columns, for stages that make hundreds on every page."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from itertools import repeat
from typing import Any, TypeVar

R = TypeVar("R")


def rows_of(kind: type[R], first: Sequence[object], *others: Iterable[object]) -> tuple[R, ...]:
    """Return the rows of a frozen dataclass with slots, given the columns of all its fields in order.

    The same as calling it row by row, at half the cost: a frozen dataclass sets its fields one call at a time.

    >>> from retold.model.page import Run
    >>> rows_of(Run, ["p", "p"], [0, 5], [4, 9], ["body", "body"], [0, 6])[1]
    Run(page='p', start=5, end=9, path='body', offset=6)
    """
    rows = tuple(map(object.__new__, repeat(kind, len(first))))
    if not first:
        return ()
    setters = _setters(kind)  # type: ignore[arg-type]  # a class is hashable
    for put, column in zip(setters, (first, *others), strict=True):
        deque(map(put, rows, column), maxlen=0)
    return rows


@cache
def _setters(kind: Hashable) -> tuple[Any, ...]:
    names: tuple[str, ...] = kind.__slots__  # type: ignore[attr-defined]  # a class with slots
    return tuple([getattr(kind, name).__set__ for name in names])
