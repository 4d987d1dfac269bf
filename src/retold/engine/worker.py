"""A worker process: it takes items from its standard input, one at a time, and answers on its standard output.

Started by ``engine.pool`` and by nothing else. It ends itself when an item takes too long (the timer's signal ends it
even inside a library that holds the interpreter) and when its parent is gone; it shares nothing with its parent but the
two pipes. Whatever libraries print is thrown away.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import struct
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

_LENGTH = struct.Struct(">Q")
_LOOK_FOR_PARENT_S = 1.0
_MOST_SAID = 300
_COLLECT_AFTER = 50_000
"""New objects that can hold others: what three pages make."""
_ROOM_MB = 1_536
"""Address space over the memory cap: libraries reserve what they never touch (Arrow's allocator 1 GB at a time)."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What one item may take: seconds of the processor, seconds by the clock, and its worker's memory in MB.

    The processor's seconds are what bounds work, and are the same on a busy machine; the clock is for what waits.
    """

    cpu_s: float = 10.0
    wall_s: float = 300.0
    memory_mb: int = 400


class Failure(StrEnum):
    """Why an item has no answer."""

    TIME = "time"
    MEMORY = "memory"
    DIED = "died"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Failed:
    """An item that has no answer, and what happened as the end of a sentence about it."""

    kind: Failure
    said: str


def write_frame(pipe: IO[bytes], content: bytes) -> None:
    """Write the length of the content and the content."""
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """Read what ``write_frame`` wrote; None where the pipe ends before its end."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = pipe.read(length)
    return content if len(content) == length else None


def said_of(error: BaseException) -> str:
    """Return an error as the end of a sentence, on one line."""
    words = " ".join(f"{type(error).__name__}: {error}".split())
    return f"could not be worked on ({words[:_MOST_SAID]})"


def memory_said(caps: Caps) -> str:
    """Return that an item needed too much memory."""
    return f"needed more than {caps.memory_mb:,} MB of memory"


def main() -> None:
    """Answer items until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    begin = read_frame(asked)
    if begin is None:
        return
    try:
        function, caps = pickle.loads(begin)
    except Exception as error:
        write_frame(answers, pickle.dumps(said_of(error)))
        return
    collect_seldom()
    write_frame(answers, pickle.dumps(None))
    while (frame := read_frame(asked)) is not None:
        write_frame(answers, _answer(function, frame, caps))


def collect_seldom() -> None:
    """Look for cyclic garbage once in so many new objects, and never again among what is loaded by now.

    Pages are rows without cycles, which go when nothing holds them; with Python's own 700 one seventh of the time of
    labelling pages goes into looking.
    """
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


def _answer(function: Any, frame: bytes, caps: Caps) -> bytes:
    """Return the pickled answer to one pickled item, or how it failed."""
    try:
        with _capped(caps):
            return pickle.dumps(function(pickle.loads(frame)), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Failed(Failure.MEMORY, memory_said(caps)))
    except Exception as error:
        return pickle.dumps(Failed(Failure.RAISED, said_of(error)))


@contextlib.contextmanager
def _capped(caps: Caps) -> Iterator[None]:
    """Limit what is done inside; the timers' signals end the process, as nothing else is sure to."""
    if sys.platform == "win32":  # the parent's clock is the only cap there
        yield
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _address_space() + ((caps.memory_mb + _ROOM_MB) << 20)
    with contextlib.suppress(ValueError, OSError):  # not every system can limit it
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
    signal.setitimer(signal.ITIMER_PROF, caps.cpu_s)
    signal.setitimer(signal.ITIMER_REAL, caps.wall_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _address_space() -> int:
    """Return the bytes of address space in use, 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as counts:  # noqa: PTH123  # asked for every item
            return int(counts.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _leave_with_parent(parent: int) -> None:
    """End the process when its parent has ended, whatever it is doing."""
    while os.getppid() == parent:
        time.sleep(_LOOK_FOR_PARENT_S)
    os._exit(1)
