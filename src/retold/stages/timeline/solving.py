"""Solving the order of events: dates narrowed by what must come before and after, nothing guessed.

Each event has the days it may lie on; ``a before b`` moves b's first day up to a's and a's last day down to b's.
A constraint that would leave an event no day is dropped: the words contradict each other and neither is preferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """The days an event may lie on, as ordinals; None where nothing bounds that side."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """Event ``earlier`` lies before event ``later`` (indices); ``close`` within a day."""

    earlier: int
    later: int
    close: bool


def solve(windows: Sequence[Window], constraints: Sequence[Before]) -> tuple[list[Window], list[Before]]:
    """Return the narrowed windows and the constraints that hold together.

    >>> day = 737000
    >>> windows, kept = solve([Window(day, day), Window(None, day + 9)], [Before(0, 1, False)])
    >>> windows[1] == Window(day, day + 9), len(kept)
    (True, 1)
    """
    kept: list[Before] = []
    narrowed = list(windows)
    for constraint in dict.fromkeys(constraints):
        if _reaches(kept, constraint.later, constraint.earlier):
            continue
        tried = _narrow(windows, [*kept, constraint])
        if tried is not None:
            narrowed, kept = tried, [*kept, constraint]
    return narrowed, kept


def _reaches(constraints: Sequence[Before], start: int, goal: int) -> bool:
    """Tell whether the constraints already put ``start`` before ``goal`` (or the two are one)."""
    seen, open_ = {start}, [start]
    while open_:
        at = open_.pop()
        for constraint in constraints:
            if constraint.earlier == at and constraint.later not in seen:
                seen.add(constraint.later)
                open_.append(constraint.later)
    return goal in seen


def _narrow(windows: Sequence[Window], constraints: Sequence[Before]) -> list[Window] | None:
    """Return the windows after all constraints, or None when one event is left without a day."""
    now = list(windows)
    for _ in range(len(constraints) + 1):
        before = list(now)
        for c in constraints:
            a, b = now[c.earlier], now[c.later]
            last = b.last if not c.close or a.last is None else _earliest(b.last, a.last + 1)
            now[c.later] = Window(_latest(b.first, a.first), last)
            first = a.first if not c.close or b.first is None else _latest(a.first, b.first - 1)
            now[c.earlier] = Window(first, _earliest(a.last, b.last))
        if any(w.first is not None and w.last is not None and w.first > w.last for w in now):
            return None
        if now == before:
            break
    return now


def _latest(a: int | None, b: int | None) -> int | None:
    return max((day for day in (a, b) if day is not None), default=None)


def _earliest(a: int | None, b: int | None) -> int | None:
    return min((day for day in (a, b) if day is not None), default=None)
