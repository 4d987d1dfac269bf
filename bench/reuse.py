"""The reuse engine on a planted corpus: cost and scores.

python -m bench.reuse FOLDER              (a folder that bench.planted made)
python -m bench.reuse FOLDER --new 1000   what the last 1,000 pages cost where all before them are known
python -m bench.reuse FOLDER --every 8    scored are the pages that carry one of every eighth wire
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.planted.score import Truth, keys_of, load_truth, sample_of, score_pairs, score_spans
from retold.kernels.types import COPY, QUOTE
from retold.stages.matches.compared import Compared
from retold.stages.matches.expand import expanded
from retold.stages.matches.scaled import Before, Found, Options, found_of, partitions_for

BATCH = 4_096
SPAN = pa.struct([("start", pa.int64()), ("end", pa.int64())])


def reports(folder: Path) -> Iterator[pa.Table]:
    """Yield the corpus as the archive gives it: every page is one segment of main text, without sentences."""
    # Buffered beforehand, all bytes of the file stay in memory until its end.
    for batch in pq.ParquetFile(folder / "pages.parquet", pre_buffer=False).iter_batches(BATCH):
        lengths = pc.utf8_length(batch.column("text"))
        n = batch.num_rows
        spans = pa.StructArray.from_arrays([pa.array(np.zeros(n, np.int64)), lengths], fields=list(SPAN))
        yield pa.table({
            "page": batch.column("id"),
            "day": pc.cast(pc.utf8_slice_codeunits(batch.column("published"), 0, 10), pa.date32()),
            "outlet": batch.column("outlet"),
            "text": batch.column("text"),
            "main": pa.ListArray.from_arrays(pa.array(np.arange(n + 1, dtype=np.int32)), spans),
            "sentences": pa.array([[]] * n, pa.list_(SPAN)),
        })  # fmt: skip


def update(folder: Path, n_pages: int, n_new: int) -> None:
    """Print what all pages but the last ones cost, and what these cost then; what is kept stays in memory."""
    tables = list(reports(folder))
    everything = pa.concat_tables(tables)
    n_old = n_pages - n_new
    prints: list[np.ndarray] = []
    costs = []
    before = Before(keep=prints.append)
    for first, end in ((0, n_old), (n_old, n_pages)):
        some = [everything.slice(at, min(BATCH, end - at)) for at in range(first, end, BATCH)]
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            begin = time.process_time()
            found = found_of(some, Path(scratch), n_partitions=partitions_for(n_pages), before=before)
            costs.append(time.process_time() - begin)
            compared = Compared(np.array(found.keys), np.array(found.rows), found.masks)
        kept = list(prints)
        before = Before(
            found.known, lambda kept=kept: iter(kept), compared, lambda asked: old_reports(everything, asked)
        )
    print(f"{n_old} pages: CPU-seconds {costs[0]:.2f}; {n_new} more: {costs[1]:.2f}, share {costs[1] / costs[0]:.4f}")


def old_reports(everything: pa.Table, asked: np.ndarray) -> Iterator[tuple[np.ndarray, pa.Table]]:
    """Yield the reports asked for, with their numbers."""
    numbers = np.flatnonzero(asked)
    for first in range(0, numbers.size, BATCH):
        some = numbers[first : first + BATCH]
        yield some, everything.take(pa.array(some))


def main() -> None:
    """Print cost and scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-score", action="store_true")
    parser.add_argument("--new", type=int, default=0)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--memory", type=int, default=1024, help="MB to aim at")
    asked = parser.parse_args()
    folder = asked.folder
    n_pages = pq.ParquetFile(folder / "pages.parquet").metadata.num_rows
    if asked.new:
        update(folder, n_pages, asked.new)
        return
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        begin = time.process_time()
        options = Options(memory_bytes=asked.memory << 20)
        found = found_of(reports(folder), Path(scratch), n_partitions=partitions_for(n_pages), options=options)
        seconds = time.process_time() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"pages {n_pages}, passages {len(found.rows)}, CPU-seconds {seconds:.2f}, pages a CPU-second "
              f"{n_pages / seconds:.0f}, peak MB {peak:.0f}, leads {found.leads.size}", flush=True)  # fmt: skip
        if asked.no_score:
            return
        truth = load_truth(folder, asked.every)
        sample = sample_of(truth)
        found = _scored(found, truth)
        copies, quotes = ([_keys(found.rows[found.types == kind], truth)] for kind in (COPY, QUOTE))
        told: dict[int, list[tuple[int, int, int, int]]] = {}
        _tell(told, sample, found.rows[found.types == COPY])
        begin = time.process_time()
        n_expanded = 0
        for rows in expanded(found):
            _tell(told, sample, rows[~rows["is_quoted"]])
            n_expanded += len(rows)
            copies.append(np.unique(_keys(rows[~rows["is_quoted"]], truth)))
            quotes.append(np.unique(_keys(rows[rows["is_quoted"]], truth)))
        print(f"expanded passages {n_expanded}, CPU-seconds {time.process_time() - begin:.1f}")
    score = score_pairs(truth, np.concatenate(copies), np.concatenate(quotes))
    print(f"pairs {score}; recall {score.recall:.5f} precision {score.precision:.4f} low {score.low_recall:.5f}")
    print("spans: precision {:.4f} recall {:.4f} F1 {:.4f}".format(*score_spans(truth, sample, told)))


def _scored(found: Found, truth: Truth) -> Found:
    """Return what is found of pages that are scored, and of representatives."""
    is_told = truth.is_scored.copy()
    is_told[found.leads] = True
    is_kept = is_told[found.rows["a"]] & is_told[found.rows["b"]]
    return replace(found, rows=found.rows[is_kept], types=found.types[is_kept])


def _keys(rows: np.ndarray, truth: Truth) -> np.ndarray:
    """Return the pairs of pages that are scored."""
    rows = rows[truth.is_scored[rows["a"]] & truth.is_scored[rows["b"]]]
    return keys_of(rows["a"], rows["b"])


def _tell(told: dict[int, list[tuple[int, int, int, int]]], sample: np.ndarray, rows: np.ndarray) -> None:
    """Add the copy spans of sampled pairs."""
    keys = keys_of(rows["a"], rows["b"])
    is_asked = sample[np.searchsorted(sample, keys).clip(0, sample.size - 1)] == keys
    for key, row in zip(keys[is_asked].tolist(), rows[is_asked], strict=True):
        a0, a1, b0, b1 = row["span"].tolist()
        told.setdefault(key, []).append((a0, a1, b0, b1) if row["a"] < row["b"] else (b0, b1, a0, a1))


if __name__ == "__main__":
    main()
