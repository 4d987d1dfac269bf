"""Annotated pages as examples for the segmenter: the blocks of each page with their signs and their gold kinds.

Owns the reading of pages/fundus, pages/trafilatura and lines/, and the matching of gold fields to blocks. Texts stay in
memory; nothing of them is written but the names of signs seen at several publishers (``fit_segments``).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import tarfile
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from retold.model.page import Block, Characters, Declared, Page, PageFormat, Rejected, page_id_of
from retold.model.report import SegmentKind
from retold.readers.plain_text import blocks_of
from retold.readers.read import read_source
from retold.stages.segments.features import Seen, see
from retold.stages.segments.fitted import ALWAYS
from retold.stages.segments.heads import read_declarations
from retold.stages.segments.passes import label
from retold.stages.segments.sign_names import names_of
from retold.stages.segments.signs import is_date_alone, keys_of
from retold.stages.segments.wraps import unwrap

DATA = Path(os.environ.get("RETOLD_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"
WORDS = re.compile(r"\w+")
# A block belongs to a gold field when this share of its words stands in 3-word shingles of the field.
_INSIDE = 0.6
# A short block is taken for text only so near the paragraphs (menus repeat headings).
_MENU_WORDS, _ABOVE, _BELOW = 10, 15, 5
# Words of a host that are no publisher's name.
_FRONT, _SECOND = frozenset({"www", "m", "amp", "edition"}), frozenset({"co", "com", "org", "gov", "ac", "net"})

Gold = str | None
"""A gold label: those of lines/, "in" (some part of the report), "out" (none), None where nothing is annotated."""


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated page. ``signs`` holds every block's signs as numbers in ``names``, none where it is not weighed."""

    source: str
    record: dict[str, Any]
    publisher: str
    text: str
    starts: tuple[int, ...]
    n_words: tuple[int, ...]
    by_rules: tuple[SegmentKind, ...]
    signs: tuple[array[int], ...]
    gold: tuple[Gold, ...]
    is_date: tuple[bool, ...]

    @property
    def is_sealed(self) -> bool:
        """Tell whether the document is scored and never opened."""
        return int(sha256(self.record["id"].encode()).hexdigest(), 16) % 2 == 1


def publisher_of(url: str) -> str:
    """Return the registered host.

    >>> publisher_of("https://www.porthaldenpost.example/news/1")
    'porthaldenpost.example'
    """
    parts = (urlsplit(url).hostname or url).lower().split(".")
    while len(parts) > 2 and parts[0] in _FRONT:
        parts = parts[1:]
    n = 3 if len(parts) > 2 and parts[-2] in _SECOND and len(parts[-1]) == 2 else 2
    return ".".join(parts[-n:])


def _folded(text: str) -> list[str]:
    return [word.casefold() for word in WORDS.findall(text)]


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def _share_inside(words: Sequence[str], shingles: set[tuple[str, ...]]) -> float:
    inside = [False] * len(words)
    for i in range(len(words) - 2):
        if tuple(words[i : i + 3]) in shingles:
            inside[i : i + 3] = [True] * 3
    return sum(inside) / (len(words) or 1)


def _fields(record: dict[str, Any]) -> dict[str, list[list[str]]]:
    roles: dict[str, list[str]] = {"title": [record["title"] or ""], "summary": [], "para": [], "subhead": []}
    for part in record["body"]:
        roles[part["role"]].append(part["text"])
    roles |= {"caption": record["captions"], "credit": record["credits"]}
    return {role: [_folded(text) for text in texts] for role, texts in roles.items()}


def fundus_gold(record: dict[str, Any], seen: Sequence[Seen]) -> list[Gold]:
    """Return the gold label of every block of a page of pages/fundus."""
    fields = _fields(record)
    whole = {role: {" ".join(words) for words in texts} for role, texts in fields.items()}
    shingles = {role: set().union(*map(_shingles, texts)) for role, texts in fields.items()}
    gold: list[Gold] = []
    for one in seen:
        words = _folded(one.text)
        exact = next((role for role in fields if words and " ".join(words) in whole[role]), None)
        best = max(("para", "summary", "caption", "title", "credit"), key=lambda r: _share_inside(words, shingles[r]))
        near = best if words and _share_inside(words, shingles[best]) >= _INSIDE else "furniture"
        gold.append(exact or near)
    text = [i for i, name in enumerate(gold) if name == "para" and seen[i].n_words >= _MENU_WORDS]
    for i, name in enumerate(gold):
        far = text and not text[0] - _ABOVE <= i <= text[-1] + _BELOW
        if far and name in ("para", "subhead") and seen[i].n_words < _MENU_WORDS:
            gold[i] = "furniture"
    return gold


def trafilatura_gold(record: dict[str, Any], seen: Sequence[Seen]) -> list[Gold]:
    """Return "in" and "out" for blocks that hold a segment a reader wanted, or did not want; None for all others."""
    texts = [" ".join(one.text.split()) for one in seen]
    found: list[set[str]] = [set() for _ in seen]
    for name, field in (("in", "must_have"), ("out", "must_not_have")):
        for segment in record[field]:
            wanted = " ".join(segment.split())
            holding = [i for i, text in enumerate(texts) if wanted in text]
            if name == "in" and len(holding) > 1:  # a menu repeats it
                holding = [max(holding, key=lambda i: seen[i].n_words)]
            for i in holding:
                found[i].add(name)
    return [next(iter(names)) if len(names) == 1 else None for names in found]


def _line_gold(record: dict[str, Any], blocks: Sequence[Block]) -> list[Gold]:
    gold: list[Gold] = []
    for block in blocks:
        shares: Counter[str] = Counter()
        for start, end, name in record["lines"]:
            shares[name] += max(0, min(end, block.end) - max(start, block.start))
        gold.append(shares.most_common(1)[0][0])
    return gold


def _example(
    source: str, record: dict[str, Any], page: Page, blocks: Sequence[Block], declared: Sequence[Declared],
    names: dict[str, int],
) -> Example:  # fmt: skip
    blocks = unwrap(page.text, sorted(blocks, key=lambda block: block.start))
    seen, declarations = see(page.text, blocks), read_declarations(declared)
    labels = label(seen, declarations, explained=False)
    keys = keys_of(page.text, seen, labels, declarations)
    rows = [names_of(row) for row in keys]
    if source == "fundus":
        gold = fundus_gold(record, seen)
    else:
        gold = trafilatura_gold(record, seen) if source == "trafilatura" else _line_gold(record, blocks)
    return Example(
        source,
        record,
        publisher_of(record["url"] or record["id"]),
        page.text,
        tuple(block.start for block in blocks),
        tuple(one.n_words for one in seen),
        tuple(kind or SegmentKind.FURNITURE for kind in labels.kinds),
        tuple(
            array("i", (names.setdefault(sign, len(names)) for sign in ((ALWAYS, *row) if row else ()))) for row in rows
        ),
        tuple(gold),
        tuple(is_date_alone(row) for row in keys),
    )


def html_examples(names: dict[str, int], sources: Sequence[str] = ("fundus", "trafilatura")) -> Iterator[Example]:
    """Give the pages of pages/fundus and pages/trafilatura; new signs are added to ``names``."""
    for source in sources:
        with tarfile.open(DATA / "pages" / f"{source}.tar.gz") as bundle:
            lines = bundle.extractfile("gold.jsonl").read().decode("utf8").splitlines()  # type: ignore[union-attr]  # a file
            for record in map(json.loads, lines):
                raw = gzip.decompress(bundle.extractfile(record["file"]).read())  # type: ignore[union-attr]  # a file
                read = read_source(record["url"] or record["id"], raw)
                if not isinstance(read, Rejected) and read.blocks:
                    yield _example(source, record, read.page, read.blocks, read.declared, names)


def line_examples(names: dict[str, int]) -> Iterator[Example]:
    """Give the plain-text dumps of lines/; new signs are added to ``names``."""
    no_page = Page(page_id_of("", b""), "", None, PageFormat.TEXT, "utf-8", 0, "", "1", "", Characters(0, 0, 0))
    for source in ("inscriptis", "wetlike"):
        path = DATA / "lines" / f"fundus-{source}.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf8", errors="surrogatepass") as handle:
            for record in map(json.loads, handle):
                page = replace(no_page, text=record["text"])
                yield _example(source, record, page, blocks_of(page.page, page.text), (), names)
