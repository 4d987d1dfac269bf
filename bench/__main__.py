"""What the command costs: CPU-seconds of the whole process tree and peak memory, each case in a process of its own.

    python -m bench [--runs N]

Seconds of the wall clock are left out on purpose: a shared machine changes them, CPU-seconds much less. Quality figures
are not here but in ``make gate``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import pages
from bench.read_groups import DATA

REPOSITORY = Path(__file__).resolve().parent.parent
MANY = 60
"""A folder of some size."""


@dataclass(frozen=True, slots=True)
class Case:
    """One command line, and the number of pages it reads."""

    name: str
    arguments: tuple[str, ...]
    n_pages: int


def cost(arguments: tuple[str, ...]) -> tuple[float, float]:
    """Run a command; return its CPU-seconds with all children, and its peak memory in MB."""
    pid = os.spawnvp(os.P_NOWAIT, arguments[0], list(arguments))
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"bench: {' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def cases(folder: Path) -> list[Case]:
    """Return the cases; those on real pages only where the measuring data stands."""
    retold = (sys.executable, "-m", "retold")
    found = [
        Case("python, nothing imported", (sys.executable, "-c", "pass"), 0),
        Case("retold --help", (*retold, "--help"), 0),
        Case("the example, told", (*retold, str(REPOSITORY / "examples/harbour")), 9),
        Case(
            "the example, as a report", (*retold, "report", str(REPOSITORY / "examples/harbour"), "-o", os.devnull), 9
        ),
    ]
    seeds = sorted(str(path) for path in (DATA.parent / "seeds").glob("*.txt"))
    if not seeds:
        print(f"no measuring data at {DATA.parent}: only the example is measured")
        return found
    found.append(Case("two seed pages, told", (*retold, *seeds), 2))
    for n_pages in (20, MANY):
        place = folder / str(n_pages)
        # In a process of its own: a child's peak memory counts from its parent's.
        write = f"import pathlib, bench.read_groups as g; g.write_articles(pathlib.Path({str(place)!r}), {n_pages})"
        subprocess.run([sys.executable, "-c", write], check=True, cwd=REPOSITORY)
        found.append(Case(f"{n_pages} AllSides articles, told", (*retold, "--json", str(place)), n_pages))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    n_runs = parser.parse_args().runs
    silent = open(os.devnull, "w")  # noqa: SIM115, PTH123  # stays open for every child
    table = os.dup(1)
    with tempfile.TemporaryDirectory() as folder:
        found = cases(Path(folder))
        rows = []
        for case in found:
            os.dup2(silent.fileno(), 1)
            runs = [cost(case.arguments) for _ in range(n_runs)]
            os.dup2(table, 1)
            rows.append((case, statistics.median(run[0] for run in runs), max(run[1] for run in runs)))
    print(f"\nmedian of {n_runs} runs; Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    print("| case | pages | CPU-seconds | peak memory, MB |\n|---|---|---|---|")
    for case, seconds, megabytes in rows:
        print(f"| {case.name} | {case.n_pages or ''} | {seconds:.2f} | {megabytes:.0f} |")
    if pages.DATA.is_dir():
        print("\n" + "\n".join(pages.table(every=1)))


if __name__ == "__main__":
    main()
