"""What an archive holds, as a JSON file a person can read: parts, batches, steps, what each stage has seen.

Owns the values and their JSON form, sealed by a hash. Reading and swapping the file is left to ``snapshot`` and
``writer``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import Any, TypeVar

from retold.errors import BrokenManifestError, NewerArchiveError, OlderArchiveError

FORMAT = 2
"""Grows when an older Retold could not read what is written, or this one not what an older one wrote: a table of pages
gains a column, and its parts are never rewritten. 2: the counts of hidden, script and style text."""
NAME = "manifest.json"
PREVIOUS = "manifest.previous.json"

_OPENING, _AFTER_SEAL = '{\n "seal": "', '",\n'

Item = TypeVar("Item", "Part", "Batch", "Step", "StageState", "Dropped")


@dataclass(frozen=True, slots=True)
class Part:
    """An immutable Parquet file of one table. ``name`` is the blake2b-128 of its bytes.

    ``batch`` is empty where the rows belong to no one batch; ``key`` tells the parts of one table apart (a hash
    partition, a day); ``stage`` wrote it.
    """

    table: str
    name: str
    rows: int
    size_bytes: int
    batch: str
    key: str
    stage: str

    @property
    def place(self) -> str:
        """The part's path below the archive's folder."""
        return f"parts/{self.table}/{self.name}.parquet"


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages that were committed together; ``batch`` is the hash of their ids, ``first`` and ``last`` ISO days."""

    batch: str
    pages: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """The batches that one build added, in order."""

    step: int
    batches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageState:
    """A stage that has run, in which version, and the batches it has seen."""

    name: str
    version: int
    batches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part no longer named, kept on disk for readers that opened before manifest ``version``."""

    place: str
    version: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything an archive holds at one moment. ``forgotten`` are ids of pages never to be taken in again."""

    version: int = 0
    parts: tuple[Part, ...] = ()
    batches: tuple[Batch, ...] = ()
    steps: tuple[Step, ...] = ()
    stages: tuple[StageState, ...] = ()
    forgotten: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def stage(self, name: str) -> StageState | None:
        """Return what is known of the stage; None where it has not run."""
        return next((state for state in self.stages if state.name == name), None)

    def with_stage(self, state: StageState) -> Manifest:
        """Return the manifest with this state of a stage."""
        others = (known for known in self.stages if known.name != state.name)
        return replace(self, stages=tuple(sorted((*others, state), key=lambda known: known.name)))

    @property
    def n_pages(self) -> int:
        """The number of pages in the archive."""
        return sum(part.rows for part in self.parts if part.table == "pages")


def batch_id(pages: Sequence[str]) -> str:
    """Return the id of a batch of these pages, whose ids stand in order (blake2b-128)."""
    return blake2b("\n".join(pages).encode(), digest_size=16).hexdigest()


def to_json(manifest: Manifest) -> str:
    """Return the manifest as JSON, one part, batch or step a line; its first member seals the rest."""
    members: dict[str, Any] = {"format": FORMAT}
    members.update((field.name, getattr(manifest, field.name)) for field in fields(Manifest))
    body = ",\n".join(_member(name, value) for name, value in members.items()) + "\n}\n"
    return f"{_OPENING}{_seal(body)}{_AFTER_SEAL}{body}"


def from_json(place: str, content: bytes) -> Manifest:
    """Return the manifest of a file's bytes.

    Raises NewerArchiveError or OlderArchiveError for another format, BrokenManifestError where it is torn or changed.
    """
    try:
        text = content.decode("utf-8")
        members = json.loads(text)
        found = int(members["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenManifestError(place, "it is no manifest, or torn") from error
    if found > FORMAT:
        raise NewerArchiveError(place, f"format {found}", f"format {FORMAT}")
    if found < FORMAT:
        raise OlderArchiveError(place, f"format {found}", f"format {FORMAT}")
    if text != f"{_OPENING}{_seal(text.partition(_AFTER_SEAL)[2])}{_AFTER_SEAL}{text.partition(_AFTER_SEAL)[2]}":
        raise BrokenManifestError(place, "its seal does not fit: a byte of it was changed")
    return Manifest(
        version=members["version"],
        parts=_rows(Part, members["parts"]),
        batches=_rows(Batch, members["batches"]),
        steps=_rows(Step, members["steps"]),
        stages=_rows(StageState, members["stages"]),
        forgotten=tuple(members["forgotten"]),
        dropped=_rows(Dropped, members["dropped"]),
    )


def _member(name: str, value: Any) -> str:
    if not isinstance(value, tuple):
        return f" {json.dumps(name)}: {json.dumps(value)}"
    rows = ",\n".join(f"  {json.dumps(_plain(row))}" for row in value)
    return f" {json.dumps(name)}: [\n{rows}\n ]" if rows else f" {json.dumps(name)}: []"


def _plain(row: Any) -> Any:
    return row if isinstance(row, str) else {field.name: getattr(row, field.name) for field in fields(row)}


def _rows(row: Callable[..., Item], found: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    lists_as_tuples = ({k: tuple(v) if isinstance(v, list) else v for k, v in one.items()} for one in found)
    return tuple(row(**one) for one in lists_as_tuples)


def _seal(body: str) -> str:
    return blake2b(body.encode(), digest_size=16).hexdigest()
