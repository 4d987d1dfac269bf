"""The pool on functions that hang, swell and die: the item is reported, its neighbours are answered, nothing stays."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from retold.engine.pool import Caps, Failed, Failure, _Worker, map_capped
from retold.errors import WorkerError
from tests.conftest import REPOSITORY
from tests.fault.pool_functions import double, misbehave, process_id, slow_first

CAPS = Caps(cpu_s=5, wall_s=60, memory_mb=300)
TIGHT = Caps(cpu_s=0.5, wall_s=120, memory_mb=150)
HASTY = Caps(cpu_s=5, wall_s=2, memory_mb=300)
HAS_PROC = Path("/proc/self/statm").exists()


def children() -> set[int]:
    """Return the processes whose parent this one is."""
    return {int(pid) for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()} | {
        int(pid)
        for task in Path(f"/proc/{os.getpid()}/task").iterdir()
        for pid in (task / "children").read_text().split()
    }


def test_answers_come_in_the_order_of_the_items():
    assert list(map_capped(double, range(500), jobs=2, caps=CAPS)) == [n * 2 for n in range(500)]
    assert list(map_capped(slow_first, range(50), jobs=2, caps=CAPS)) == list(range(50))


def test_no_items_start_no_worker():
    assert list(map_capped(double, [], jobs=2, caps=CAPS)) == []


def test_no_jobs_work_here_without_caps():
    assert list(map_capped(process_id, [1], jobs=0, caps=CAPS)) == [os.getpid()]


def test_one_job_is_a_process_of_its_own():
    (pid,) = map_capped(process_id, [1], jobs=1, caps=CAPS)
    assert pid != os.getpid()


BAD = {
    "sleep": (Failure.TIME, "was not done after 2 s"),
    "spin": (Failure.TIME, "was not done after 0.5 s of the processor's time"),
    "spin in a library": (Failure.TIME, "was not done after 0.5 s of the processor's time"),
    "swell": (Failure.MEMORY, "needed more than 150 MB of memory"),
    "swell at once": (Failure.MEMORY, "needed more than 150 MB of memory"),
    "exit": (Failure.DIED, "ended the process that worked on it (exit code 7)"),
    "leave": (Failure.DIED, "ended the process that worked on it (exit code 1)"),
    "crash": (Failure.DIED, "ended the process that worked on it (signal SIGSEGV)"),
    "kill": (Failure.DIED, "ended the process that worked on it (signal SIGKILL)"),
    "raise": (Failure.RAISED, "could not be worked on (ValueError: no such port)"),
    "unpicklable": (Failure.RAISED, "could not be worked on ("),
    "deep": (Failure.RAISED, "could not be worked on (RecursionError"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_item_is_reported_and_its_neighbours_are_answered(what):
    kind, said = BAD[what]
    caps = HASTY if what == "sleep" else TIGHT
    found = list(map_capped(misbehave, [1, 2, what, 3, 4, 5], jobs=2, caps=caps))
    assert found[:2] + found[3:] == [2, 4, 6, 8, 10]
    assert isinstance(found[2], Failed)
    assert found[2].kind is kind
    assert found[2].said.startswith(said)


def test_a_worker_that_hears_no_timer_is_killed_from_outside():
    found = list(map_capped(misbehave, ["deaf", 1], jobs=1, caps=HASTY))
    assert found == [Failed(Failure.TIME, "was not done after 2 s"), 2]


def test_what_a_library_prints_does_not_spoil_the_answer():
    assert list(map_capped(misbehave, ["print", 1], jobs=1, caps=CAPS)) == ["printed", 2]


def test_many_bad_items_in_a_row_end():
    items = ["exit", "raise", "kill", 1] * 5
    found = list(map_capped(misbehave, items, jobs=2, caps=TIGHT))
    assert [isinstance(one, Failed) for one in found] == [True, True, True, False] * 5


def test_items_are_taken_only_a_bounded_way_ahead():
    taken = []

    def items():
        for number in range(1_000):
            taken.append(number)
            yield number

    answers = map_capped(double, items(), jobs=2, caps=CAPS, most_ahead=4)
    for n_done, _ in enumerate(answers, 1):
        assert len(taken) - n_done <= 8


def test_heavy_items_are_taken_one_at_a_time():
    taken = []

    def items():
        for number in range(6):
            taken.append(number)
            yield number

    answers = map_capped(double, items(), jobs=2, caps=CAPS, weight_of=lambda _: 1 << 40)
    for n_done, _ in enumerate(answers, 1):
        assert len(taken) - n_done <= 1


def test_a_function_that_cannot_be_imported_is_no_fault_of_an_item(monkeypatch):
    monkeypatch.setattr(double, "__module__", "tests.no_such_module")
    monkeypatch.setitem(sys.modules, "tests.no_such_module", sys.modules[misbehave.__module__])
    with pytest.raises(WorkerError, match="no_such_module"):
        list(map_capped(double, [1], jobs=1, caps=CAPS))


def test_what_the_items_raise_is_passed_on():
    def items():
        yield 1
        raise KeyError("torn")

    with pytest.raises(KeyError, match="torn"):
        list(map_capped(double, items(), jobs=1, caps=CAPS))


@pytest.mark.skipif(not HAS_PROC, reason="needs /proc to see processes")
def test_no_process_stays_when_the_answers_are_not_all_taken():
    before = children()
    answers = map_capped(misbehave, [1, "sleep", "sleep"], jobs=2, caps=CAPS)
    assert next(answers) == 2
    answers.close()
    assert children() <= before


_INTERRUPTED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started us with interrupts ignored
from retold.engine.pool import Caps, map_capped
from tests.fault.pool_functions import misbehave
print("begun", flush=True)
for answer in map_capped(misbehave, [1, "{what}", "{what}", 2], jobs=2, caps=Caps(cpu_s=60, wall_s=60)):
    print(answer, flush=True)
"""


def begin(what: str) -> tuple[subprocess.Popen[str], set[int]]:
    """Start a program whose workers hang; return it with its workers."""
    program = subprocess.Popen(
        [sys.executable, "-c", _INTERRUPTED.format(what=what)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY,
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stdout.readline() == "begun\n"
    assert program.stdout.readline() == "2\n"
    for _ in range(100):
        tasks = Path(f"/proc/{program.pid}/task").iterdir()
        workers = {int(pid) for task in tasks for pid in (task / "children").read_text().split()}
        if len(workers) == 2:
            return program, workers
        time.sleep(0.05)
    raise AssertionError("no workers")


def are_gone(pids: set[int], *, within_s: float) -> bool:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() and "Z" not in _state(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


@pytest.mark.skipif(not HAS_PROC, reason="needs /proc to see processes")
@pytest.mark.parametrize("how", ["interrupt", "kill"])
@pytest.mark.parametrize("what", ["sleep", "spin"])
def test_no_worker_outlives_its_parent(how, what):
    import signal

    program, workers = begin(what)
    program.send_signal(signal.SIGINT if how == "interrupt" else signal.SIGKILL)
    _, errors = program.communicate(timeout=20)
    assert program.returncode != 0
    assert are_gone(workers, within_s=10)
    if how == "interrupt":
        assert "KeyboardInterrupt" in errors


def test_a_worker_that_starts_while_the_pool_closes_ends_at_once():
    closing = threading.Event()
    closing.set()
    worker = _Worker(pickle.dumps((misbehave, CAPS)), CAPS, closing)
    with pytest.raises(WorkerError):
        worker.answer("sleep")
