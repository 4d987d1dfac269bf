"""Rensa on a planted corpus: threshold MinHash over shingles of five words, 128 permutations, 32 bands.

    pip install rensa && python -m bench.reuse_peers FOLDER       (a folder that bench.planted made)

It gives pairs of pages and no spans. Its cost is that of shingles, sketches and all queries, read from the same file.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from bench.planted.score import keys_of, load_truth, score_pairs

K = 5
PERMUTATIONS, BANDS, SEED = 128, 32, 42


def pairs_of(folder: Path) -> np.ndarray:
    """Return the pairs that share a band, as rows of two numbers of pages."""
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found, unused-ignore]  # measured, not needed

    index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)
    found = []
    n_pages = 0
    for batch in pq.ParquetFile(folder / "pages.parquet").iter_batches(4_096, columns=["text"]):
        for text in batch.column(0).to_pylist():
            words = text.lower().split()
            sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
            sketch.update([" ".join(words[i : i + K]) for i in range(max(len(words) - K + 1, 1))])
            found.extend((other, n_pages) for other in index.query(sketch))
            index.insert(n_pages, sketch)
            n_pages += 1
    return np.array(found, np.int64).reshape(-1, 2)


def main() -> None:
    """Print cost and scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    begin = time.process_time()
    pairs = pairs_of(folder)
    seconds = time.process_time() - begin
    n_pages = pq.ParquetFile(folder / "pages.parquet").metadata.num_rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"rensa: pages {n_pages}, CPU-seconds {seconds:.1f}, pages a CPU-second {n_pages / seconds:.0f}, "
          f"peak MB {peak:.0f}, pairs {len(pairs)}")  # fmt: skip
    score = score_pairs(load_truth(folder), keys_of(pairs[:, 0], pairs[:, 1]), np.empty(0, np.uint64))
    print(f"pairs {score}; recall {score.recall:.5f} precision {score.precision:.4f} low {score.low_recall:.5f}")


if __name__ == "__main__":
    main()
