"""What an archive costs: CPU-seconds and peak memory of the whole process tree, and bytes on disk.

    python -m bench.archive [--pages 1000 5000 20156] [--jobs 2]

AllSides articles as JSON Lines, with their own dates only. Each command runs in a process of its own; memory is the sum
over the process tree of what each process holds alone or its share of what it holds with others (PSS), looked at five
times a second. The update adds 1 page in 50 to an archive of the others.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from bench.read_groups import DATA, rows_of

EVERY_S = 0.2
_ARTICLES = DATA / "allsides/articles.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took."""

    cpu_s: float
    peak_mb: float


def write_records(path: Path, n_pages: int) -> None:
    """Write the first articles as JSON Lines."""
    with path.open("w", encoding="utf-8", errors="surrogatepass") as out:
        for row in itertools.islice(rows_of(_ARTICLES), n_pages):
            known = row.get("date") and row.get("date_from") != "event-mate"
            record = {"id": row["id"], "url": row["url"], "outlet": row["source"], "title": row["title"]}
            record |= {"published": row["date"]} if known else {}
            out.write(json.dumps({**record, "text": row["text"]}) + "\n")


def cost(*arguments: str) -> Cost:
    """Run a command of ``retold``; return what its process tree took."""
    command = [sys.executable, "-m", "retold", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = [0.0]
        is_over = threading.Event()

        def watch() -> None:
            while not is_over.wait(EVERY_S):
                peak[0] = max(peak[0], sum(map(_pss_mb, _tree(process.pid))))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        is_over.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"bench: retold {' '.join(arguments)} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, peak[0])


def _tree(pid: int) -> list[int]:
    """Return the process and all below it."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(below for child in children for below in _tree(child))]


def _pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def size_mb(folder: Path) -> float:
    """Return the bytes of all files in a folder, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, nargs="+", default=[1000])
    parser.add_argument("--jobs", default="2")
    asked = parser.parse_args()
    print(
        "| case | CPU-seconds | peak memory, MB | input, MB | parts, MB | read.sqlite, MB |\n|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as place:
        for n_pages in asked.pages:
            folder = Path(place) / f"{n_pages}.retold"
            most, rest, every = (Path(place) / f"{name}.jsonl" for name in ("most", "rest", "every"))
            write_records(every, n_pages)
            n_rest = n_pages // 50
            _split(every, most, rest, 50)
            for case, path in ((f"build of {n_pages - n_rest:,} pages", most), (f"{n_rest:,} more", rest)):
                took = cost("build", str(path), "-o", str(folder), "--jobs", asked.jobs)
                parts = size_mb(folder / "parts")
                sizes = (path.stat().st_size / 1e6, parts, size_mb(folder) - parts)
                told = " | ".join(f"{size:.1f}" for size in sizes)
                print(f"| {case} | {took.cpu_s:.1f} | {took.peak_mb:.0f} | {told} |", flush=True)
            again = cost("build", str(most), str(rest), "-o", str(folder), "--jobs", asked.jobs)
            print(f"| nothing new | {again.cpu_s:.1f} | {again.peak_mb:.0f} | | | |", flush=True)
            listed = cost("stories", str(folder), "--json", "-q", "president")
            print(f"| stories that hold a word | {listed.cpu_s:.1f} | {listed.peak_mb:.0f} | | | |", flush=True)


def _split(every: Path, most: Path, rest: Path, step: int) -> None:
    """Put every so many lines into one file, the others into another."""
    with every.open("rb") as lines, most.open("wb") as out_most, rest.open("wb") as out_rest:
        for number, line in enumerate(lines):
            (out_rest if number % step == step - 1 else out_most).write(line)


if __name__ == "__main__":
    main()
