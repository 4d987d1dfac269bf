"""Makes src/retold/lexicon/idf_en.txt: in how many reports each common word stands.

Reads the measuring data beside the repository (``../shared`` or RETOLD_SHARED); only counts of words leave it.
The labelled AllSides reports are left out, so that stories can be scored on texts the table was not counted over.
Run: ``python bench/make_idf.py [--without NAME] [--out FILE]``; NAME is allsides, reuters21578 or bbc2225.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from retold.text.words import words_of

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("RETOLD_SHARED") or REPOSITORY.parent / "shared")
TARGET = REPOSITORY / "src" / "retold" / "lexicon" / "idf_en.txt"
SETS = {
    "allsides": "stories/allsides/articles.jsonl.gz",
    "reuters21578": "scale/reuters21578.jsonl.gz",
    "bbc2225": "scale/bbc2225.jsonl.gz",
}
LABELS = "stories/allsides/stories.jsonl"
N_WORDS = 30_000
"""Words kept; beyond them a word stands in fewer than 12 reports, which the reader takes as one level."""
STEPS_PER_OCTAVE = 4
"""Levels per halving of the count: 19 % between neighbours, finer than the counts deserve."""
LINE_WIDTH = 100
DATED = "2026-11-21"


def _labelled() -> frozenset[str]:
    with (SHARED / "data" / LABELS).open(encoding="utf-8") as lines:
        return frozenset(article for line in lines for article in json.loads(line)["articles"])


def _texts(names: Iterable[str]) -> Iterator[str]:
    labelled = _labelled()
    for name in names:
        with gzip.open(SHARED / "data" / SETS[name], "rt", encoding="utf-8", errors="surrogatepass") as lines:
            for line in lines:
                record = json.loads(line)
                if record.get("id") not in labelled:
                    yield f"{record.get('title') or ''}\n{record.get('text') or ''}"


def count_documents(texts: Iterable[str]) -> tuple[Counter[str], int]:
    """Return for each word key the number of texts that hold it, and the number of texts."""
    counts: Counter[str] = Counter()
    n_texts = 0
    for text in texts:
        keys = {word.key for word in words_of(text)}
        if keys:
            n_texts += 1
            counts.update(keys)
    return counts, n_texts


def levels_of(counts: Counter[str], n_texts: int) -> dict[int, list[str]]:
    """Return the most common words by level ``round(STEPS_PER_OCTAVE * log2(n_texts / count))``."""
    kept = sorted(counts, key=lambda word: (-counts[word], word))[:N_WORDS]
    levels: dict[int, list[str]] = {}
    for word in sorted(kept):
        levels.setdefault(round(STEPS_PER_OCTAVE * math.log2(n_texts / counts[word])), []).append(word)
    return levels


def _lines(level: int, words: list[str]) -> Iterator[str]:
    line = str(level)
    for word in words:
        if len(line) + 1 + len(word) > LINE_WIDTH:
            yield line
            line = str(level)
        line += " " + word
    yield line


def render(levels: dict[int, list[str]], n_texts: int, names: list[str]) -> str:
    """Return the data file: a commented head, then lines of a level and its words."""
    head = [
        "# Rarity of English words in news: each line is a level and the words of that level.",
        f"# level = {STEPS_PER_OCTAVE} * log2(reports / reports that hold the word); a word not listed is rarer.",
        f"# version: 1   dated: {DATED}   reports: {n_texts}   words: {sum(map(len, levels.values()))}",
        f"# counted over: {', '.join(names)}; labelled reports left out (made by bench/make_idf.py)",
    ]
    body = [line for level in sorted(levels) for line in _lines(level, levels[level])]
    return "\n".join(head + body) + "\n"


def main() -> None:
    """Count, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", action="append", default=[], choices=sorted(SETS))
    parser.add_argument("--out", type=Path, default=TARGET)
    asked = parser.parse_args()
    names = [name for name in SETS if name not in asked.without]
    counts, n_texts = count_documents(_texts(names))
    content = render(levels_of(counts, n_texts), n_texts, names)
    asked.out.write_text(content, encoding="utf-8")
    print(f"{asked.out.name}: {n_texts} reports, {len(content.encode())} bytes")


if __name__ == "__main__":
    main()
