"""Readers' leases: small locked files that keep the parts a reader may still open from being removed.

A lease says which version of the manifest its reader sees. Its lock ends with its process, so a dead reader holds
nothing. Where the folder cannot be written to, no lease is taken, and nobody there can remove parts either.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

FOLDER = "leases"
ANY_VERSION = 0
"""What a lease says before its reader has seen the manifest: it holds everything."""
_numbers = count()


class Lease:
    """A lease under way; ``narrow`` tells which version is read."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def narrow(self, version: int) -> None:
        """Say that parts dropped before this version are not needed."""
        if self._descriptor is not None:
            with suppress(OSError):  # a full disk: the lease stays as wide as it was
                os.pwrite(self._descriptor, f"{version:020d}".encode(), 0)


@contextmanager
def lease(folder: Path) -> Iterator[Lease]:
    """Hold a lease on the archive in this folder, of any version until it is narrowed."""
    path = folder / FOLDER / f"{os.getpid()}-{next(_numbers)}.lease"
    descriptor = _locked(path)
    try:
        yield Lease(descriptor)
    finally:
        if descriptor is not None:
            with suppress(OSError):
                path.unlink()
            os.close(descriptor)


def oldest_version(folder: Path) -> int | None:
    """Return the oldest version a living reader sees, None where nobody reads; removes the leases of dead readers."""
    found: list[int] = []
    try:
        leases = sorted((folder / FOLDER).iterdir())
    except OSError:
        return None
    for path in leases:
        version = _living(path)
        if version is not None:
            found.append(version)
    return min(found, default=None)


def _locked(path: Path) -> int | None:
    """Return the descriptor of a new lease, locked; None where the folder cannot be written to."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            return None
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists():
                return descriptor
        os.close(descriptor)  # a writer took it for a dead reader's in the moment before it was locked


def _living(path: Path) -> int | None:
    """Return the version of a lease whose reader lives; remove it where the reader is dead."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink(missing_ok=True)
        return None
    except OSError:
        told = os.pread(descriptor, 20, 0)
        return int(told) if told.isdigit() else ANY_VERSION
    finally:
        os.close(descriptor)
