"""What a file holds before it is read: one item per page or record, small enough to be handed to another process.

Finding the items of a file is cheap and goes from its start to its end (``warc``, ``records``, ``read``); reading an
item (``read.read_item``) is the costly part, needs nothing but the item, and is where hostile input does its harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from retold.model.page import Rejected


class WholeKind(StrEnum):
    """A file that is read in one piece: one page, or a small format of many."""

    PAGE = "page"
    JSON = "json"
    FEED = "feed"
    WIRE = "wire"


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file read in one piece; ``place`` is its address."""

    place: str
    raw: bytes
    kind: WholeKind
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class ServedPage:
    """The answer of a server as an archive keeps it (or what it was made of): bytes, and what was said of them.

    ``packing`` holds the values of Transfer-Encoding and Content-Encoding, empty where there was none.
    """

    place: str
    raw: bytes
    offset: int | None
    url: str | None = None
    source_id: str | None = None
    charset: str | None = None
    packing: tuple[str, str] = ("", "")
    facts: tuple[tuple[str, str], ...] = ()
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class JsonLine:
    """One line of a file with a JSON object a line."""

    place: str
    raw: bytes
    offset: int | None


@dataclass(frozen=True, slots=True)
class Fields:
    """One record with named fields: a row of CSV or Parquet."""

    place: str
    values: Mapping[str, Any]
    remarks: tuple[str, ...] = ()
    offset: int | None = None


Item: TypeAlias = WholeFile | ServedPage | JsonLine | Fields
Found: TypeAlias = Item | Rejected
"""What walking through files gives: items, and what cannot even be taken out."""


def parts_of(item: Found) -> int:
    """Return about how many tags and lines an item holds: labelling takes its time by these, not by bytes."""
    match item:
        case Fields():
            texts = [value for value in item.values.values() if isinstance(value, str)]
            return sum(text.count("<") + text.count("\n") for text in texts)
        case Rejected():
            return 0
        case _:
            return item.raw.count(b"<") + item.raw.count(b"\n")


def size_of(item: Found) -> int:
    """Return about how many bytes an item holds."""
    match item:
        case Fields():
            return sum(len(value) for value in item.values.values() if isinstance(value, str)) + 100
        case Rejected():
            return len(item.reason)
        case _:
            return len(item.raw)
