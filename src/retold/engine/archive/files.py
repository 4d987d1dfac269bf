"""The one way an archive's bytes reach the disk: a few calls that tests can make fail or die at any moment.

Owns nothing but the order in which a file becomes whole: written beside its place, synced, renamed, folder synced.
"""

from __future__ import annotations

import os
from pathlib import Path

PARTIAL = ".partial"
"""Ending of a file that is not whole yet; whoever opens the archive for writing removes it."""


class Disk:
    """The calls that change files. Each may fail with OSError, and a power cut may come between any two."""

    def make_folder(self, path: Path) -> None:
        """Make the folder and those above it, where they are not there."""
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write a new file; it may be torn until it is synced."""
        path.write_bytes(content)

    def sync(self, path: Path) -> None:
        """Wait until the bytes of the file, or the names in the folder, are on the disk."""
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def rename(self, path: Path, target: Path) -> None:
        """Give the file its name, replacing what has it."""
        path.replace(target)

    def remove(self, path: Path) -> None:
        """Remove the file, if it is there."""
        path.unlink(missing_ok=True)


DISK = Disk()


def publish(files: Disk, target: Path, content: bytes) -> None:
    """Make ``target`` hold the content: after a crash it holds all of it, or what it held before."""
    partial = target.with_name(target.name + PARTIAL)
    files.write(partial, content)
    files.sync(partial)
    files.rename(partial, target)
    files.sync(target.parent)
