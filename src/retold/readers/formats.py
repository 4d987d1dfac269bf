"""Which reader a file belongs to, by its first bytes and, where they leave it open, by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

from retold.readers import feeds, wire
from retold.readers.gunzip import MAGIC
from retold.readers.warc import MARK


class Kind(StrEnum):
    """What a file is read as; a page is one text or HTML document."""

    PAGE = "page"
    GZIP = "gzip"
    WARC = "warc"
    FEED = "feed"
    WIRE = "wire"
    JSON = "json"
    JSON_LINES = "json lines"
    CSV = "csv"
    PARQUET = "parquet"


HEAD_BYTES = 1 << 16
_LINE_ENDINGS = frozenset({".jsonl", ".ndjson", ".jl"})
_CSV_ENDINGS = frozenset({".csv", ".tsv"})
_PROLOG = re.compile(
    r"\s*(?:<\?[^>]{0,2000}>\s*|<!--(?:[^-]|-(?!->)){0,20000}-->\s*"
    r"|<!doctype[^>\[]{0,500}(?:\[[^\]]{0,20000}\]\s{0,20})?>\s*)",
    re.IGNORECASE,
)
_ROOT = re.compile(r"\s*(?:<!doctype[^>]*[>\[].{0,200}?)?<([a-zA-Z][\w.:-]{0,60})[\s/>]", re.IGNORECASE | re.DOTALL)
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ROOT_WITHIN = 1 << 15


def kind_of(name: str, head: bytes) -> Kind:
    """Return what a file of this name that begins with these bytes is read as.

    >>> kind_of("news.rss", b'<?xml version="1.0"?><rss version="2.0">').value
    'feed'
    """
    if head.startswith(MAGIC):
        return Kind.GZIP
    if head.startswith(MARK):
        return Kind.WARC
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    ending = PurePosixPath(name.lower().removesuffix(".gz")).suffix
    if ending in _LINE_ENDINGS:
        return Kind.JSON_LINES
    if ending in _CSV_ENDINGS:
        return Kind.CSV
    start = _text(head).lstrip("\ufeff \t\r\n")
    if start[:1] in ("{", "["):
        return _json_kind(start, ending)
    return _xml_kind(start) if start[:1] == "<" else Kind.PAGE


def _json_kind(start: str, ending: str) -> Kind:
    """Tell JSON from JSON lines, and both from a text that begins with a bracket."""
    if ending == ".json":
        return Kind.JSON_LINES if _is_line_of_many(start) else Kind.JSON
    if start[0] == "{" and re.match(r'\{\s*"', start):
        return Kind.JSON_LINES if _is_line_of_many(start) else Kind.JSON
    return Kind.JSON if re.match(r'\[\s*\{\s*"', start) else Kind.PAGE


def _is_line_of_many(start: str) -> bool:
    """Tell whether the first line ends an object and the next begins one."""
    first, _, rest = start.partition("\n")
    return first.rstrip().endswith("}") and rest.lstrip()[:1] == "{"


def _xml_kind(start: str) -> Kind:
    """Tell feeds and wire formats from pages by the name of the root."""
    start = start[:_ROOT_WITHIN]
    at = 0
    while (found := _PROLOG.match(start, at)) is not None:
        at = found.end()
    root = _ROOT.match(start, at)
    name = root[1].rpartition(":")[2].lower() if root else ""
    if name in feeds.ROOTS:
        return Kind.FEED
    return Kind.WIRE if name in wire.ROOTS else Kind.PAGE


def _text(head: bytes) -> str:
    for mark, encoding in _WIDE:
        if head.startswith(mark):
            return head[: len(head) // 2 * 2].decode(encoding, "replace")
    return head.decode("utf-8", "replace")
