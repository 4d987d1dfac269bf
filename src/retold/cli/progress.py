"""Progress of a long command on standard error: a line that renews itself on a terminal, plain lines otherwise.

The only place that looks at the clock: rates and time left are for people and never enter an answer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import monotonic

EVERY_S = 5.0
"""Seconds between two plain lines of one stage."""
TERMINAL_EVERY_S = 0.2

Say = Callable[[str, int, int], None]


def progress(*, as_json: bool, clock: Callable[[], float] = monotonic) -> Say:
    """Return the function that tells how much of a stage is done; with ``as_json`` it prints one object a line."""
    is_live = sys.stderr.isatty() and not as_json
    every = TERMINAL_EVERY_S if is_live else EVERY_S
    state: dict[str, tuple[float, int, float]] = {}

    def say(stage: str, done: int, of: int) -> None:
        now = clock()
        started, first, last = state.get(stage, (now, done, now - every))
        if done < of and now - last < every:
            return
        state[stage] = (started, first, now)
        seconds = now - started
        rate = (done - first) / seconds if seconds > 0 else 0.0
        left = (of - done) / rate if rate > 0 else None
        if as_json:
            told = {
                "stage": stage,
                "done": done,
                "of": of,
                "rate_per_s": round(rate, 1),
                "left_s": left and round(left),
            }
            print(json.dumps(told), file=sys.stderr, flush=True)
        else:
            _print(_line(stage, done, of, left), is_live=is_live, is_last=done >= of)

    return say


def _line(stage: str, done: int, of: int, left_s: float | None) -> str:
    share = f"{done / of:4.0%}" if of else "done"
    left = f", {_time_told(left_s)} left" if left_s is not None and done < of else ""
    return f"{stage}: {share} ({done:,} of {of:,}{left})"


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
