"""Shared passages among real Arabic news: how many of the pairs known to be alike are found.

    python -m bench.saudinewsnet

The set lists all pairs of two outlets whose shingles of four words have a Jaccard share of .3 or more (an exact scan).
A pair is found when it is told with a passage that is no boilerplate, by itself or behind a representative.
"""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.planted.score import keys_of
from bench.read_groups import DATA
from retold.kernels.types import BOILERPLATE
from retold.stages.matches.expand import expanded
from retold.stages.matches.scaled import found_of, partitions_for

FOLDER = DATA.parent / "reuse/saudinewsnet"
BATCH = 4_096
SPANS = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of the set."""
    with gzip.open(FOLDER / name, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def reports(articles: list[dict[str, str]]) -> Iterator[pa.Table]:
    """Yield the articles as the archive gives reports: all of the text is main text."""
    for first in range(0, len(articles), BATCH):
        some = articles[first : first + BATCH]
        yield pa.table({
            "page": [one["id"] for one in some],
            "day": pa.array([one["date"][:10] for one in some]).cast(pa.date32()),
            "outlet": [one["source"] for one in some],
            "text": pa.array([one["text"] for one in some], pa.large_string()),
            "main": pa.array([[{"start": 0, "end": len(one["text"])}] for one in some], SPANS),
            "sentences": pa.array([[] for _ in some], SPANS),
        })  # fmt: skip


def main() -> None:
    """Print cost and recall."""
    articles = rows_of("articles.jsonl.gz")
    number = {one["id"]: i for i, one in enumerate(articles)}
    wanted = rows_of("reuse-candidates.jsonl.gz")
    with tempfile.TemporaryDirectory() as scratch:
        begin = time.process_time()
        found = found_of(reports(articles), Path(scratch), n_partitions=partitions_for(len(articles)))
        seconds = time.process_time() - begin
        is_told = found.types != BOILERPLATE
        told = [keys_of(found.rows["a"], found.rows["b"])[is_told]]
        told += [keys_of(rows["a"], rows["b"]) for rows in expanded(found)]
    all_told = np.unique(np.concatenate(told))
    pairs = np.array([[number[row["a"]], number[row["b"]]] for row in wanted])
    is_found = np.isin(keys_of(pairs[:, 0], pairs[:, 1]), all_told)
    high = np.array([float(row["jaccard4"]) for row in wanted])
    print(f"articles {len(articles)}, CPU-seconds {seconds:.1f}, pairs told {all_told.size}")
    for low in (0.3, 0.5, 0.9):
        print(f"Jaccard >= {low}: {int((high >= low).sum())} pairs, found {is_found[high >= low].mean():.5f}")


if __name__ == "__main__":
    main()
