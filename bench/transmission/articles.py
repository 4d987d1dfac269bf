"""The articles that are handed down: open or sealed ones of AllSides, with other reports of the same event.

Read from the measuring data at run time. The half is chosen by the hash of the id: 0 is open, 1 is sealed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SHORTEST, LONGEST = 12, 45
"""Sentences an article has to be handed down."""

_SENTENCE_END = re.compile(r"(?<=[a-z0-9]{2}[.!?])[”\"]?\s+(?=[A-Z“\"])")
_SHINGLE = 5


@dataclass(frozen=True, slots=True)
class Article:
    """An article's sentences, and the event it reports."""

    id: str
    event: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Articles in file order, and by event."""

    articles: tuple[Article, ...]
    by_event: dict[str, tuple[Article, ...]]

    def mates(self, article: Article) -> tuple[Article, ...]:
        """Return the other reports of the article's event."""
        return tuple(other for other in self.by_event[article.event] if other.id != article.id)


def pool_of(half: int) -> Pool:
    """Return the labelled articles of one half (0: open, 1: sealed)."""
    shared = Path(os.environ.get("RETOLD_SHARED") or REPOSITORY.parent / "shared")
    folder = shared / "data" / "stories" / "allsides"
    events = {
        article: story["event_id"]
        for story in map(json.loads, (folder / "stories.jsonl").read_text("utf-8").splitlines())
        for article in story["articles"]
    }
    found: list[Article] = []
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8", errors="surrogatepass") as handle:
        for line in handle:
            record = json.loads(line)
            if record["id"] not in events or is_sealed(record["id"]) != bool(half):
                continue
            lines = _sentences(record["text"])
            if len(lines) >= SHORTEST:
                found.append(Article(record["id"], events[record["id"]], lines[:LONGEST]))
    by_event: dict[str, list[Article]] = defaultdict(list)
    for article in found:
        by_event[article.event].append(article)
    return Pool(tuple(found), {event: tuple(members) for event, members in by_event.items()})


def is_sealed(name: str) -> bool:
    """Tell whether a document is scored and never opened."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 1


def _sentences(text: str) -> tuple[str, ...]:
    parts = [" ".join(part.split()) for line in text.split("\n") for part in _SENTENCE_END.split(line)]
    return tuple(dict.fromkeys(part for part in parts if 6 <= len(part.split()) <= 60))


def foreign_lines(lines: tuple[str, ...], original: tuple[str, ...]) -> list[str]:
    """Return the lines that share no five words in a row with the original: what another report says otherwise."""
    taken = {shingle for line in original for shingle in _shingles(line)}
    return [line for line in lines if not taken & _shingles(line)]


def _shingles(line: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", line.casefold())
    return {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
