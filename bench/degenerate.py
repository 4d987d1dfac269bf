"""Corpora that break careless engines: what the reuse engine costs on them, and how that grows.

    python -m bench.degenerate [--pages 5000]

Each case is made with so many pages and with four times as many; growth is the exponent between the two.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from retold.stages.matches.scaled import Found, found_of, partitions_for

BATCH = 4_096
SPANS = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))
Case = Callable[[int], list[str]]


def made(seed: int, n: int) -> str:
    """Return a text of words that no other seed gives in that order."""
    draw = random.Random(seed)
    return " ".join(f"w{draw.randrange(50_000)}" for _ in range(n))


def copies(n: int) -> list[str]:
    """Return one page many times."""
    return [made(1, 200)] * n


def footer(n: int) -> list[str]:
    """Return pages of a hundred words of their own and one footer of ten thousand; a tenth as many pages."""
    long = made(1, 10_000)
    return [f"{made(2 + i, 100)} {long}" for i in range(n // 10)]


def chain(n: int) -> list[str]:
    """Return pages of which each shares one half with the page before and one with the page behind."""
    parts = [made(i, 60) for i in range(n + 1)]
    return [f"{parts[i]} {parts[i + 1]}" for i in range(n)]


def one_word(n: int) -> list[str]:
    """Return two texts of one word repeated, so long that they hold as many words as the other cases."""
    return ["ha " * (100 * n), "ha " * (90 * n)]


def cost(texts: list[str]) -> tuple[float, Found]:
    """Return the CPU-seconds of finding all passages, and these; pages come out one a day, all of one outlet."""
    tables = []
    for first in range(0, len(texts), BATCH):
        some = texts[first : first + BATCH]
        tables.append(
            pa.table({
                "page": [f"{first + i:032x}" for i in range(len(some))],
                "day": pa.array([(first + i) % 3650 for i in range(len(some))], pa.int32()).cast(pa.date32()),
                "outlet": ["the outlet"] * len(some),
                "text": pa.array(some, pa.large_string()),
                "main": pa.array([[{"start": 0, "end": len(text)}] for text in some], SPANS),
                "sentences": pa.array([[] for _ in some], SPANS),
            })
        )  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        begin = time.process_time()
        found = found_of(tables, Path(scratch), n_partitions=partitions_for(len(texts)))
        return time.process_time() - begin, found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=5_000)
    n_pages = parser.parse_args().pages
    cost(chain(200))
    print("| case | pages | CPU-seconds | passages | growth |\n|---|---|---|---|---|")
    for case in (copies, footer, chain, one_word):
        before = 0.0
        for n in (n_pages, 4 * n_pages):
            texts = case(n)
            took, found = cost(texts)
            growth = f"n^{math.log(took / before, 4):.2f}" if before else ""
            print(f"| {case.__name__} | {len(texts):,} | {took:.2f} | {len(found.rows):,} | {growth} |", flush=True)
            before = took


if __name__ == "__main__":
    main()
