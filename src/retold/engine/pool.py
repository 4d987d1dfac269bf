"""Work on many items in worker processes, each item with caps on time and memory, answers in the order of the items.

``map_capped`` is for input that nobody vouches for: an item that hangs, swells or kills its worker costs itself only,
and comes back as ``Failed`` with the reason. Workers are fresh processes, not forks (Arrow and numba run threads), and
need no guard around the caller's main module. What is held at once is bounded, however many items there are.

One thread of the parent owns one worker and waits for it; one more watches clocks and memory. concurrent.futures and
multiprocessing were looked at first: neither can end one item and keep the others, and both run the caller's script
again in every worker. pebble can, under a licence that cannot be used.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

from retold.engine.worker import Caps, Failed, Failure, memory_said, read_frame, write_frame
from retold.errors import WorkerError

__all__ = ["Caps", "Failed", "Failure", "map_capped"]

T = TypeVar("T")
R = TypeVar("R")

MOST_AHEAD = 64
"""Items under way, or done and waiting for an earlier one, per worker. Answers wait in memory, and pages are
large. (1,000 items of 10 ms and a hang of 5 s, two workers, 7.5 s at best: 8 ahead 10.8 s, 64 10.1, 512 8.4)."""
MOST_WEIGHT = 64 << 20
"""Bytes of items ahead (one item over it goes alone)."""
_WATCH_S = 0.02
"""A worker can fill about 20 MB between two looks."""
_SPENT_SHARE = 0.6
"""Of the memory cap: a worker that keeps more after an item is replaced, so that the next one is not blamed for it."""
_GRACE_S = 1.0
_START_S = 300.0
"""Starting takes 0.2 s; on a machine of two processors with ten programs running it took over 60."""
_BEGIN = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from retold.engine.worker import main; main()"


def map_capped(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    jobs: int,
    caps: Caps,
    weight_of: Callable[[T], int] | None = None,
    most_ahead: int = MOST_AHEAD,
) -> Iterator[R | Failed]:
    """Give the answer to every item, in order, worked out by ``jobs`` processes under ``caps``.

    ``function`` must be importable by its name; items and answers must be picklable. ``weight_of`` says how many bytes
    an item holds. With ``jobs=0`` the work is done here, without caps: for items that are trusted. Closing the iterator
    ends the workers.

    Raises WorkerError when no worker can be started at all; what ``items`` raises is passed on.
    """
    if jobs == 0:
        yield from map(function, items)
        return
    with ExitStack() as closing:
        pool = _Pool(function, jobs, caps)
        closing.callback(pool.close)
        ahead: deque[tuple[Future[R | Failed], int]] = deque()
        weight = 0
        for item in items:
            weighs = weight_of(item) if weight_of else 0
            while ahead and (len(ahead) >= most_ahead * jobs or weight + weighs > MOST_WEIGHT):
                future, done = ahead.popleft()
                weight -= done
                yield future.result()
            ahead.append((pool.submit(item), weighs))
            weight += weighs
            while ahead and ahead[0][0].done():
                future, done = ahead.popleft()
                weight -= done
                yield future.result()
        while ahead:
            yield ahead.popleft()[0].result()


class _Pool:
    """The threads that own workers, their workers, and the thread that watches them."""

    def __init__(self, function: Callable[[Any], Any], jobs: int, caps: Caps) -> None:
        self._begin = pickle.dumps((function, caps))
        self._caps = caps
        self._workers: list[_Worker] = []
        self._mine = threading.local()
        self._is_closing = threading.Event()
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="retold-pool")
        self._watch = threading.Thread(target=self._watch_all, daemon=True)
        self._watch.start()

    def submit(self, item: Any) -> Future[Any]:
        return self._threads.submit(self._work, item)

    def close(self) -> None:
        """End everything that runs; safe to call at any time."""
        self._is_closing.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in tuple(self._workers):
            worker.kill(Failure.DIED)
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.end()
        self._watch.join()

    def _work(self, item: Any) -> Any:
        """Have this thread's worker answer the item; a worker that is spent is replaced for the next."""
        worker: _Worker | None = getattr(self._mine, "worker", None)
        if worker is None:
            worker = self._mine.worker = _Worker(self._begin, self._caps, self._is_closing)
            self._workers.append(worker)
        if self._is_closing.is_set():
            return Failed(Failure.DIED, "was not begun")
        return worker.answer(item)

    def _watch_all(self) -> None:
        """End workers that are over their caps and did not notice."""
        while not self._is_closing.wait(_WATCH_S):
            for worker in tuple(self._workers):
                worker.look()


class _Worker:
    """One worker process, started when first needed and again after it ended."""

    def __init__(self, begin: bytes, caps: Caps, is_closing: threading.Event) -> None:
        self._begin, self._caps, self._is_closing = begin, caps, is_closing
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._killed_for: Failure | None = None

    def answer(self, item: Any) -> Any:
        """Return the answer to the item, or how it failed."""
        frame = pickle.dumps(item, protocol=pickle.HIGHEST_PROTOCOL)
        process = self._started()
        self._deadline = time.monotonic() + self._caps.wall_s + _GRACE_S
        found = _exchange(process, frame)
        self._deadline = None
        if found is None:
            failed = self._autopsy(process)
            self.end()
            return failed
        answer = pickle.loads(found)
        is_spent = isinstance(answer, Failed) and answer.kind is Failure.MEMORY
        if is_spent or _resident_mb(process.pid) > self._caps.memory_mb * _SPENT_SHARE:
            self.end()
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        """Return the running process, a new one if there is none."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        self._killed_for = None
        process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN, json.dumps(sys.path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self._process = process
        if self._is_closing.is_set():
            self.kill(Failure.DIED)  # the pool looked for workers to end before this one could be seen
        began = time.monotonic()
        self._deadline = began + _START_S
        found = _exchange(process, self._begin)
        self._deadline = None
        is_late = time.monotonic() > began + _START_S
        ended = f"it was not ready after {_START_S:g} s" if is_late else "it ended at once"
        problem = ended if found is None else pickle.loads(found)
        if problem is not None:
            self.end()
            raise WorkerError(str(problem))
        return process

    def _autopsy(self, process: subprocess.Popen[bytes]) -> Failed:
        """Say why the process ended in the middle of an item."""
        code = process.wait()
        caps = self._caps
        if self._killed_for is Failure.MEMORY:
            return Failed(Failure.MEMORY, memory_said(caps))
        if self._killed_for is Failure.TIME or code == -signal.SIGALRM:
            return Failed(Failure.TIME, f"was not done after {caps.wall_s:g} s")
        if code == -signal.SIGPROF:
            return Failed(Failure.TIME, f"was not done after {caps.cpu_s:g} s of the processor's time")
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return Failed(Failure.DIED, f"ended the process that worked on it ({how})")

    def look(self) -> None:
        """Kill the process if it is over time or memory."""
        process, deadline = self._process, self._deadline
        if process is None or deadline is None:
            return
        if time.monotonic() > deadline:
            self.kill(Failure.TIME)
        elif _resident_mb(process.pid) > self._caps.memory_mb:
            self.kill(Failure.MEMORY)

    def kill(self, why: Failure) -> None:
        """End the process at once, and keep for which reason."""
        process = self._process
        if process is not None and process.returncode is None:
            self._killed_for = why
            process.kill()

    def end(self) -> None:
        """End the process and take it off the system's list."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                try:
                    if pipe is not None:
                        pipe.close()
                except OSError:  # what was not yet written cannot be any more
                    pass


def _exchange(process: subprocess.Popen[bytes], frame: bytes) -> bytes | None:
    """Send a frame and return the answer, None where the process ended before it gave one."""
    assert process.stdin is not None, "it was started with pipes"
    assert process.stdout is not None, "it was started with pipes"
    try:
        write_frame(process.stdin, frame)
        return read_frame(process.stdout)
    except (OSError, ValueError):
        return None


def _resident_mb(pid: int) -> int:
    """Return the memory a process holds, 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except (OSError, ValueError, IndexError):
        return 0
