"""Peers on a planted corpus: what they find of its pairs, and at what cost. They give pairs of pages and no spans.

    pip install rensa datasketch
    python -m bench.reuse_peers FOLDER [--peer rensa | lshensemble]       (a folder that bench.planted made)

rensa: threshold MinHash over shingles of five words, 128 permutations, 32 bands. lshensemble (datasketch): containment
MinHash over the same shingles, 128 permutations, 32 parts; asked is which pages hold 35 % of a page's shingles. Costs
are those of shingles, sketches and all queries, read from the same file.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from bench.planted.score import keys_of, load_truth, score_pairs

K = 5
PERMUTATIONS, BANDS, SEED = 128, 32, 42
PARTS, CONTAINED = 32, 0.35


def shingles(folder: Path) -> Iterator[list[str]]:
    """Yield the shingles of each page."""
    for batch in pq.ParquetFile(folder / "pages.parquet").iter_batches(4_096, columns=["text"]):
        for text in batch.column(0).to_pylist():
            words = text.lower().split()
            yield [" ".join(words[i : i + K]) for i in range(max(len(words) - K + 1, 1))]


def by_rensa(folder: Path) -> np.ndarray:
    """Return the pairs that share a band, as rows of two numbers of pages."""
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found, unused-ignore]  # measured, not needed

    index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)
    found = []
    for page, own in enumerate(shingles(folder)):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(own)
        found.extend((other, page) for other in index.query(sketch))
        index.insert(page, sketch)
    return np.array(found, np.int64).reshape(-1, 2)


def by_lshensemble(folder: Path) -> np.ndarray:
    """Return the pairs of which one page is told to hold enough of the other, as rows of two numbers of pages."""
    from datasketch import (  # type: ignore[import-not-found, unused-ignore]  # measured, not needed
        MinHash,
        MinHashLSHEnsemble,
    )

    sketches = []
    for own in shingles(folder):
        sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update_batch([shingle.encode() for shingle in set(own)])
        sketches.append((sketch, len(set(own))))
    index = MinHashLSHEnsemble(threshold=CONTAINED, num_perm=PERMUTATIONS, num_part=PARTS)
    index.index((page, sketch, size) for page, (sketch, size) in enumerate(sketches))
    found = [
        (min(page, other), max(page, other))
        for page, (sketch, size) in enumerate(sketches)
        for other in index.query(sketch, size)
        if other != page
    ]
    return np.unique(np.array(found, np.int64).reshape(-1, 2), axis=0)


PEERS = {"rensa": by_rensa, "lshensemble": by_lshensemble}


def main() -> None:
    """Print cost and scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peer", choices=PEERS, default="rensa")
    asked = parser.parse_args()
    begin = time.process_time()
    pairs = PEERS[asked.peer](asked.folder)
    seconds = time.process_time() - begin
    n_pages = pq.ParquetFile(asked.folder / "pages.parquet").metadata.num_rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{asked.peer}: pages {n_pages}, CPU-seconds {seconds:.1f}, pages a CPU-second {n_pages / seconds:.0f}, "
          f"peak MB {peak:.0f}, pairs {len(pairs)}")  # fmt: skip
    score = score_pairs(load_truth(asked.folder), keys_of(pairs[:, 0], pairs[:, 1]), np.empty(0, np.uint64))
    print(f"pairs {score}; recall {score.recall:.5f} precision {score.precision:.4f} low {score.low_recall:.5f}")


if __name__ == "__main__":
    main()
