"""What one story of many reports costs: CPU-seconds of collation and stemma, and how they grow with the reports.

    python -m bench.transmission.cost [--sizes 2 50 500]

The matches are made beforehand and told apart. Growth is the exponent between one size and the next.
"""

from __future__ import annotations

import argparse
import time
from itertools import pairwise
from math import log

from bench.transmission.articles import pool_of
from bench.transmission.rows import tables_of
from bench.transmission.tree import transmit
from retold.engine.memory import MemoryTables, run_stages
from retold.engine.stage import Stage
from retold.stages import breakages, collation, matches, mentions, stemma

SEED = 11


def seconds(tables: MemoryTables, *stages: Stage) -> float:
    """Return the CPU-seconds that these stages take."""
    start = time.process_time()
    run_stages(tables, stages)
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", nargs="+", type=int, default=(2, 50, 500))
    sizes = parser.parse_args().sizes
    pool = pool_of(0)
    warm, _ = tables_of(transmit(pool, SEED + 1, 2))
    seconds(warm, matches.STAGE_COMPILED, collation.STAGE, stemma.STAGE, mentions.STAGE, breakages.STAGE)
    spent: list[tuple[int, float]] = []
    print("| reports | words | matches | collation | stemma | collation + stemma | breakages |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        tables, printed = tables_of(transmit(pool, SEED, size))
        words = sum(len(p.text.split()) for p in printed.values())
        found = [seconds(tables, stage) for stage in (matches.STAGE_COMPILED, collation.STAGE, stemma.STAGE)]
        run_stages(tables, [mentions.STAGE])
        broken = seconds(tables, breakages.STAGE)
        spent.append((len(printed), found[1] + found[2]))
        print(
            f"| {len(printed)} | {words} | {found[0]:.2f} | {found[1]:.2f} | {found[2]:.2f} | "
            f"{found[1] + found[2]:.2f} | {broken:.2f} |",
            flush=True,
        )
    for (n, one), (m, other) in pairwise(spent):
        print(f"growth from {n} to {m} reports: n^{log(other / one) / log(m / n):.2f}")


if __name__ == "__main__":
    main()
