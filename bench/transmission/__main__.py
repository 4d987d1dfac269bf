"""Run the simulator and print the figures of collation and stemma.

Development, fixed seeds and open articles: ``python -m bench.transmission --seeds 0 20``. Published, fresh seeds and
sealed articles: ``python -m bench.transmission --seeds 7100 7140 --sealed``. One band, with the edges that differ:
``python -m bench.transmission --bands small --seeds 0 5 --wrong``.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from bench.transmission.articles import Pool, pool_of
from bench.transmission.rows import tables_of
from bench.transmission.score_breakages import count_breakages
from bench.transmission.score_collation import count_collation
from bench.transmission.score_stemma import StemmaScore, score_stemma
from bench.transmission.tree import transmit
from retold.engine.memory import run_stages
from retold.stages import breakages, collation, matches, mentions, stemma

BANDS = {"small": (2, 10), "middle": (11, 50), "large": (51, 200)}
SHARES = {"small": 1.0, "middle": 0.3, "large": 0.1}
"""Stories of each band for one of the seeds asked for: a story of the large band costs what thirty small ones do."""


@dataclass
class Figures:
    """All counts of one band."""

    collation: Counter[str] = field(default_factory=Counter)
    stemma: StemmaScore = field(default_factory=StemmaScore)
    breakages: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def measure(pool: Pool, band: str, seeds: Sequence[int], *, with_breakages: bool = True) -> Figures:
    """Return the figures of the seeds in one band of sizes."""
    figures = Figures()
    for seed in seeds:
        made = transmit(pool, seed, Random(f"{band}/{seed}").randint(*BANDS[band]))
        tables, printed = tables_of(made)
        is_large = len(printed) > 50
        run_stages(tables, [matches.STAGE_COMPILED if is_large else matches.STAGE])
        start = time.process_time()
        run_stages(tables, [collation.STAGE, stemma.STAGE])
        figures.seconds += time.process_time() - start
        figures.collation += count_collation(made, tables, printed)
        figures.stemma.add(score_stemma(made, tables, printed))
        if with_breakages and not is_large:
            run_stages(tables, [mentions.STAGE, breakages.STAGE])
            figures.breakages += count_breakages(made, tables, printed)
    return figures


def seeds_of(band: str, first: int, last: int) -> list[int]:
    """Return the seeds a band uses of those asked for."""
    return list(range(first, first + max(1, round((last - first) * SHARES[band]))))


def expected_error(judged: Sequence[tuple[float, bool]], n_bins: int = 10) -> float:
    """Return the expected calibration error: the mean distance of confidence and share right, over equal bins."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in judged:
        bins.setdefault(min(n_bins - 1, int(confidence * n_bins)), []).append((confidence, is_right))
    return sum(abs(sum(c for c, _ in inside) - sum(r for _, r in inside)) for inside in bins.values()) / max(
        1, len(judged)
    )


def f1(counts: Counter[str], name: str) -> float:
    """Return F1 from the counts "... right" and "... both"."""
    return 2 * counts[f"{name} right"] / max(1, counts[f"{name} both"])


def _print_band(band: str, figures: Figures) -> None:
    c, s = figures.collation, figures.stemma.counts
    print(f"\n{band}: {s['stories']} stories, {figures.seconds:.1f} CPU-seconds")
    print(f"  sentence alignment F1 {f1(c, 'links'):.4f}")
    print(f"  change accuracy {c['changes right'] / max(1, c['changes']):.4f} of {c['changes']}")
    for name in ("kept", "edited", "rewritten", "split", "merged", "cut", "added"):
        if c[f"change {name}"]:
            print(f"    {name:10} {c[f'change {name} right'] / c[f'change {name}']:.3f} of {c[f'change {name}']}")
    print(f"  kinds exact {c['kinds right'] / max(1, c['kinds']):.4f} of {c['kinds']}")
    for kind in sorted(key.removeprefix("kind ").removesuffix(" told") for key in c if key.endswith(" told")):
        told, true, right = (c[f"kind {kind}{end}"] for end in (" told", "", " right"))
        print(f"    {kind:14} precision {right / max(1, told):.3f} recall {right / max(1, true):.3f} of {true}")
    print(f"  stemma edges F1 {f1(s, 'edges'):.4f} (all from the original: {f1(s, 'star'):.4f})")
    print(f"  origins: number exact {s['origins exact']}/{s['stories']}, all right {s['origins all right']}")
    print(f"  archetype characters F1 {f1(s, 'characters'):.4f}")
    print(f"  confidence: expected error {expected_error(figures.stemma.judged):.4f} of {len(figures.stemma.judged)}")


def _print_breakages(counts: Counter[str]) -> None:
    kinds = sorted({name.split(":")[0] for name in counts})
    total = {end: sum(counts[f"{kind}: {end}"] for kind in kinds) for end in ("told", "told right", "true", "found")}
    print(
        f"\nbreakages: precision {total['told right'] / max(1, total['told']):.3f} of {total['told']}, "
        f"recall {total['found'] / max(1, total['true']):.3f} of {total['true']}"
    )
    for kind in kinds:
        told, right, true, found = (counts[f"{kind}: {end}"] for end in ("told", "told right", "true", "found"))
        print(f"  {kind:18} told {told:4} right {right:4}   true {true:4} found {found:4}")


def main() -> None:
    """Run the seeds asked for and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 20), metavar=("FIRST", "LAST"))
    parser.add_argument("--bands", nargs="+", choices=list(BANDS), default=list(BANDS))
    parser.add_argument("--sealed", action="store_true", help="use the sealed half of the articles")
    parser.add_argument("--wrong", action="store_true", help="print the edges that differ")
    asked = parser.parse_args()
    pool = pool_of(int(asked.sealed))
    broken: Counter[str] = Counter()
    judged: list[tuple[float, bool]] = []
    for band in asked.bands:
        figures = measure(pool, band, seeds_of(band, *asked.seeds))
        _print_band(band, figures)
        broken += figures.breakages
        judged += figures.stemma.judged
        if asked.wrong:
            print(*figures.stemma.wrong, sep="\n")
    _print_breakages(broken)
    print(f"\nconfidence, all bands: expected error {expected_error(judged):.4f} of {len(judged)} edges")


if __name__ == "__main__":
    main()
