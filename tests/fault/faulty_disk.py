"""A disk that fails at a chosen call: it is full from then on, or the power goes out at its worst moment.

At a power cut, whatever was not synced is lost: files written but not synced are torn, and names given but not synced
with their folder are as they were.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from retold.engine.archive.files import Disk


class PowerCut(BaseException):
    """The machine went out: no cleaning up gets to the disk after it."""


class CountingDisk(Disk):
    """Counts its calls and does nothing else."""

    def __init__(self) -> None:
        self.n_calls = 0
        self.told: list[str] = []

    def before(self, call: str, path: Path) -> None:
        self.n_calls += 1
        self.told.append(f"{call} {path.name}")

    def make_folder(self, path: Path) -> None:
        self.before("make_folder", path)
        super().make_folder(path)

    def write(self, path: Path, content: bytes) -> None:
        self.before("write", path)
        super().write(path, content)

    def sync(self, path: Path) -> None:
        self.before("sync", path)
        super().sync(path)

    def rename(self, path: Path, target: Path) -> None:
        self.before("rename", path)
        super().rename(path, target)

    def remove(self, path: Path) -> None:
        self.before("remove", path)
        super().remove(path)


class FullDisk(CountingDisk):
    """Has room for ``n`` calls; from then on every write fails, after half of it."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n

    def write(self, path: Path, content: bytes) -> None:
        self.before("write", path)
        if self.n_calls > self.n:
            path.write_bytes(content[: len(content) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(content)


class FailingDisk(CountingDisk):
    """Fails at every call of one kind from the n-th call on, as a folder does that may only be read."""

    def __init__(self, kinds: frozenset[str], n: int = 0) -> None:
        super().__init__()
        self.kinds, self.n = kinds, n

    def before(self, call: str, path: Path) -> None:
        super().before(call, path)
        if call in self.kinds and self.n_calls > self.n:
            raise OSError(errno.EROFS, "Read-only file system")


class CutDisk(CountingDisk):
    """Loses its power before call ``n`` (counted from 0), with everything that was not synced."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n
        self.is_out = False
        self.unsynced: dict[Path, bytes] = {}
        self.undo: dict[Path, list[Callable[[], None]]] = {}

    def before(self, call: str, path: Path) -> None:
        if self.is_out:
            raise PowerCut
        if self.n_calls == self.n:
            self.is_out = True
            self._lose()
            raise PowerCut
        super().before(call, path)

    def write(self, path: Path, content: bytes) -> None:
        super().write(path, content)
        self.unsynced[path] = content

    def sync(self, path: Path) -> None:
        super().sync(path)
        self.unsynced.pop(path, None)
        self.undo.pop(path, None)

    def rename(self, path: Path, target: Path) -> None:
        old = target.read_bytes() if target.exists() else None
        content = path.read_bytes()
        super().rename(path, target)
        if path in self.unsynced:
            self.unsynced[target] = self.unsynced.pop(path)

        def undo() -> None:
            path.write_bytes(content)
            if old is None:
                target.unlink()
            else:
                target.write_bytes(old)

        self.undo.setdefault(target.parent, []).append(undo)

    def _lose(self) -> None:
        for path, content in self.unsynced.items():
            if path.exists():
                path.write_bytes(content[: len(content) // 2])
        for undos in self.undo.values():
            for undo in reversed(undos):
                undo()
