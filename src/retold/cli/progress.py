"""Progress of a long command on standard error: a line that renews itself on a terminal, plain lines otherwise.

The only place that looks at the clock: rates and time left are for people and never enter an answer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

EVERY_S = 10.0
"""Seconds to the first plain line of a stage, and between two: what is done before it is told by the result alone."""
JSON_EVERY_S = 1.0
TERMINAL_EVERY_S = 0.2

Say = Callable[[str, int, int], None]


@dataclass(slots=True)
class _Stage:
    """A stage under way: when it began and with how much done, when it was last told of, and whether it ever was."""

    began_s: float
    first: int
    told_s: float
    is_told: bool = False


def progress(*, as_json: bool, clock: Callable[[], float] = monotonic) -> Say:
    """Return the function that tells how much of a stage is done; with ``as_json`` it prints one object a line."""
    is_live = sys.stderr.isatty() and not as_json
    every_s = JSON_EVERY_S if as_json else TERMINAL_EVERY_S if is_live else EVERY_S
    stages: dict[str, _Stage] = {}

    def say(stage: str, done: int, of: int) -> None:
        now = clock()
        one = stages.setdefault(stage, _Stage(now, done, now))
        is_due = now - one.told_s >= every_s or (done >= of and (one.is_told or as_json))
        if not is_due:
            return
        one.told_s, one.is_told = now, True
        seconds = now - one.began_s
        rate = (done - one.first) / seconds if seconds > 0 else 0.0
        left_s = (of - done) / rate if rate > 0 else None
        if as_json:
            told = {
                "stage": stage,
                "done": done,
                "of": of,
                "rate_per_s": round(rate, 1),
                "left_s": left_s and round(left_s),
            }
            print(json.dumps(told), file=sys.stderr, flush=True)
        else:
            _print(_line(stage, done, of, rate, left_s), is_live=is_live, is_last=done >= of)

    return say


def _line(stage: str, done: int, of: int, rate: float, left_s: float | None) -> str:
    share = f"{done / of:4.0%}" if of else "done"
    left = f", {_time_told(left_s)} left" if left_s is not None and done < of else ""
    return f"{stage}: {share} ({done:,} of {of:,}, {rate:,.0f} a second{left})"


def _time_told(seconds: float) -> str:
    """Return a length of time as people say it.

    >>> _time_told(42), _time_told(3900)
    ('42 s', '1 h 5 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _print(line: str, *, is_live: bool, is_last: bool) -> None:
    if is_live:
        print(f"\r\x1b[K{line}", end="\n" if is_last else "", file=sys.stderr, flush=True)
    else:
        print(f"retold: {line}", file=sys.stderr, flush=True)
