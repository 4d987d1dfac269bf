"""A corpus-grain stage over an archive: what it is given, what it gives back.

Owns the declaration only. A stage reads a snapshot, writes parts through ``CorpusWork.put`` and returns which parts
to name and which to drop; ``running`` commits that in one manifest with the batches the stage has now seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from retold.engine.archive.manifest import Part
from retold.engine.archive.snapshot import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa


class Put(Protocol):
    """Writes rows of a table as a part of the archive; ``key`` tells the parts of one table apart."""

    def __call__(self, table: str, rows: pa.Table, *, key: str = "", rows_in_a_group: int = ...) -> Part:
        """Return the part, safe on disk but in no manifest yet; ``rows_in_a_group`` are read at once."""
        ...


@dataclass(frozen=True, slots=True)
class CorpusWork:
    """What a corpus-grain stage is given.

    ``new`` are the batches it has not seen; ``scratch`` is an empty folder of its own, removed afterwards; ``say``
    takes what is done, how much of it, out of how much.
    """

    snapshot: Snapshot
    new: tuple[str, ...]
    put: Put
    scratch: Path
    memory_bytes: int
    jobs: int
    say: Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """The parts a stage adds to the archive and those it drops from it."""

    add: tuple[Part, ...] = ()
    drop: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchiveStage:
    """A corpus-grain stage over an archive; ``version`` grows when its answer changes.

    ``writes`` names every table of its own, private ones too; ``reads`` those of other stages.
    """

    name: str
    version: int
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[CorpusWork], Change]
