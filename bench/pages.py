"""What labelling a page costs beside what other readers of pages cost: CPU-seconds and memory on the same pages.

    python -m bench.pages [--every N]      the table, every tool in a process of its own, one after the other
    python -m bench.pages --tool NAME      one tool, its figures as JSON

Pages are those of pages/fundus and pages/trafilatura. The first ``WARM`` are read before the clock starts, so that
imports and tables do not count, only what a page costs. A ratio is only told between tools of one run: a shared machine
changes seconds, and CPU-seconds too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("RETOLD_SHARED", Path(__file__).resolve().parent.parent.parent / "shared")) / "data/pages"
WARM = 60
"""Pages read before the clock starts: enough for what is kept of words and class names to fill."""
PEER = "trafilatura, with metadata"


def pages(every: int) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of every n-th page."""
    for name in ("fundus", "trafilatura"):
        with tarfile.open(DATA / f"{name}.tar.gz") as bundle:
            lines = bundle.extractfile("gold.jsonl").read().decode("utf8").splitlines()  # type: ignore[union-attr]  # a file
            for record in map(json.loads, lines[::every]):
                raw = bundle.extractfile(record["file"]).read()  # type: ignore[union-attr]  # a file
                yield record["url"] or record["id"], gzip.decompress(raw)


def _retold() -> Callable[[str, bytes], object]:
    """Read, label every part, mark datelines, credits, notes and pictures, take metadata, as workers do."""
    from retold.engine.memory import MemoryTables, run_stages
    from retold.engine.worker import collect_seldom
    from retold.model.page import Rejected
    from retold.readers.read import read_source
    from retold.stages import marks, meta, segments
    from retold.tables import table as t

    def label(url: str, raw: bytes) -> object:
        read = read_source(url, raw)
        if isinstance(read, Rejected):
            return None
        tables = MemoryTables()
        tables.put(t.PAGES, [read.page])
        tables.put(t.BLOCKS, read.blocks)
        tables.put(t.DECLARED, read.declared)
        return run_stages(tables, (segments.STAGE, marks.STAGE, meta.STAGE))

    collect_seldom()
    return label


def _read_only() -> Callable[[str, bytes], object]:
    from retold.engine.worker import collect_seldom
    from retold.readers.read import read_source

    collect_seldom()
    return read_source


def _trafilatura() -> Callable[[str, bytes], object]:
    import trafilatura

    return lambda url, raw: trafilatura.bare_extraction(raw, url=url, with_metadata=True)


def _resiliparse() -> Callable[[str, bytes], object]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return lambda _, raw: extract_plain_text(bytes_to_str(raw, detect_encoding(raw)), main_content=True)


def _selectolax() -> Callable[[str, bytes], object]:
    from selectolax.lexbor import LexborHTMLParser

    def walk(_: str, raw: bytes) -> object:
        tree = LexborHTMLParser(raw)
        root = tree.root
        return None if root is None else [node.text_content for node in root.traverse(include_text=True)]

    return walk


TOOLS: dict[str, Callable[[], Callable[[str, bytes], object]]] = {
    "retold: read, label, metadata": _retold,
    "retold: read alone": _read_only,
    PEER: _trafilatura,
    "resiliparse, body alone": _resiliparse,
    "selectolax, parse and walk": _selectolax,
}


def measure(name: str, every: int) -> dict[str, Any]:
    """Return what one tool costs: CPU-seconds before the clock starts, CPU-milliseconds a page, peak memory in MB."""
    found = list(pages(every))
    run = TOOLS[name]()
    for url, raw in found[:WARM]:
        run(url, raw)
    start = time.process_time()
    for url, raw in found[WARM:]:
        run(url, raw)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    n_pages = len(found) - WARM
    return {"tool": name, "pages": n_pages, "start_s": start, "ms_a_page": 1000 * spent / n_pages, "peak_mb": peak}


def table(every: int) -> list[str]:
    """Return the table, one line a tool."""
    rows = []
    for name in TOOLS:
        command = [sys.executable, "-m", "bench.pages", "--tool", name, "--every", str(every)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"bench: {name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        rows.append(json.loads(done.stdout.splitlines()[-1]))
    peer = next((row["ms_a_page"] for row in rows if row["tool"] == PEER), None)
    lines = [
        "| tool | pages | CPU-ms a page | pages a CPU-second | times trafilatura | peak memory, MB |",
        "|---|" + "---|" * 5,
    ]
    for row in rows:
        times = f"{peer / row['ms_a_page']:.1f}" if peer else ""
        lines.append(
            f"| {row['tool']} | {row['pages']} | {row['ms_a_page']:.1f} | {1000 / row['ms_a_page']:.0f} | {times}"
            f" | {row['peak_mb']:.0f} |"
        )
    return lines


def main() -> None:
    """Print the table, or the figures of one tool."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", choices=TOOLS)
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"bench: no measuring data at {DATA}")
    print(json.dumps(measure(given.tool, given.every)) if given.tool else "\n".join(table(given.every)))


if __name__ == "__main__":
    main()
