"""Rows brought together by key: what an engine for one machine does between two kernels.

``exchange(key) -> kernel per partition -> exchange(pair) -> combine``: a corpus stage sends fixed-size rows to numbered
partitions and takes each partition whole. Here partitions are files of the stage's scratch folder, so memory holds one
of them at a time whatever the corpus; on a cluster the same is a shuffle. Nothing else of a stage knows the engine.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Exchange:
    """Partitions that rows of one structure are sent to and taken from. Use as a context manager.

    Rows of a partition come back in the order in which they were sent.
    """

    def __init__(self, folder: Path, name: str, n_partitions: int, dtype: np.dtype[Any]) -> None:
        self.n_partitions = n_partitions
        self._dtype = dtype
        self._paths = [folder / f"{name}-{i:04}" for i in range(n_partitions)]

    def __enter__(self) -> Exchange:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for i in range(self.n_partitions):
            self.drop(i)

    def send(self, partitions: NDArray[np.uint16], rows: NDArray[Any]) -> None:
        """Send each row to its partition."""
        import numpy as np

        order = np.argsort(partitions, kind="stable")
        rows = rows[order]
        ends = np.cumsum(np.bincount(partitions, minlength=self.n_partitions))
        first = 0
        for i, end in enumerate(ends.tolist()):
            if end > first:
                self.append(i, rows[first:end])
            first = end

    def append(self, partition: int, rows: NDArray[Any]) -> None:
        """Send all rows to one partition. No file stays open: there may be more of them than a process may open."""
        if rows.size:
            with self._paths[partition].open("ab") as file:
                file.write(rows.view("u1").data)

    def size(self, partition: int) -> int:
        """Return how many rows a partition has."""
        path = self._paths[partition]
        return path.stat().st_size // self._dtype.itemsize if path.exists() else 0

    def look(self, partition: int) -> NDArray[Any]:
        """Return the rows of a partition, which stay."""
        import numpy as np

        path = self._paths[partition]
        return np.fromfile(path, self._dtype) if path.exists() else np.empty(0, self._dtype)

    def take(self, partition: int) -> NDArray[Any]:
        """Return the rows of a partition, which is empty from then on."""
        rows = self.look(partition)
        self.drop(partition)
        return rows

    def drop(self, partition: int) -> None:
        """Forget the rows of a partition."""
        self._paths[partition].unlink(missing_ok=True)
