"""One writer at a time: a locked file that names its owner, free again the moment its process ends.

The lock is a POSIX record lock, which the system releases however a process dies; what the file says is for people.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retold.engine.archive.files import Disk
from retold.errors import ArchiveLockedError, ArchiveWriteError

NAME = "writer.lock"
_held: set[str] = set()
"""Archives this process writes: record locks do not keep a process from itself."""


@contextmanager
def writer_lock(folder: Path, files: Disk, *, started: str | None, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the archive's lock. ``started`` tells people since when; ``say`` hears of a dead owner's lock taken over.

    Raises ArchiveLockedError where another writer lives, ArchiveWriteError where the folder cannot be written to.
    """
    place = str(folder.resolve())
    if place in _held:  # before the file is opened: closing a second descriptor would give this process's lock away
        raise ArchiveLockedError(str(folder), "this process")
    try:
        files.make_folder(folder)
        descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ArchiveWriteError(str(folder), error.strerror or str(error)) from error
    try:
        _take(descriptor, folder)
        _held.add(place)
        before = _owner(descriptor)
        if before is not None:
            say(f"the lock of {before}, which ended without finishing, is taken over")
        _tell(descriptor, {"host": socket.gethostname(), "pid": os.getpid(), "started": started})
        yield
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
    finally:
        _held.discard(place)
        os.close(descriptor)


def _take(descriptor: int, folder: Path) -> None:
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise ArchiveLockedError(str(folder), _owner(descriptor) or "another process") from error


def _owner(descriptor: int) -> str | None:
    """Return who wrote the lock file, in words; None where it is empty."""
    content = os.pread(descriptor, 4096, 0)
    if not content.strip():
        return None
    try:
        told = json.loads(content)
        since = f", started {told['started']}" if told.get("started") else ""
        return f"process {told['pid']} on {told['host']}{since}"
    except (ValueError, KeyError, TypeError):
        return "an unnamed process"


def _tell(descriptor: int, owner: dict[str, object]) -> None:
    with suppress(OSError):  # a full disk: the lock holds all the same, it only goes unnamed
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(owner).encode() + b"\n", 0)
