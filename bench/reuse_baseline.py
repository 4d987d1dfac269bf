"""The in-memory reuse stage on a planted corpus: the figures that the archive's engine is measured against.

python -m bench.reuse_baseline FOLDER       (a folder that bench.planted made)
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from bench.planted.score import keys_of, load_truth, sample_of, score_pairs, score_spans
from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.model.story import MatchType
from retold.stages import matches
from retold.tables.table import MATCHES, META, PAGES, SEGMENTS


def tables_of(folder: Path) -> MemoryTables:
    """Return the corpus as rows: every page is one body segment with its outlet and time."""
    tables = MemoryTables()
    rows = pq.read_table(folder / "pages.parquet").to_pylist()
    none = Characters(0, 0, 0)
    tables.put(
        PAGES,
        (Page(PageId(r["id"]), r["url"], None, PageFormat.TEXT, "utf-8", 0, "", "1", r["text"], none) for r in rows),
    )
    tables.put(SEGMENTS, (Segment(PageId(r["id"]), 0, len(r["text"]), SegmentKind.BODY) for r in rows))
    fields = ((MetaField.PUBLISHED, "published"), (MetaField.OUTLET, "outlet"))
    tables.put(META, (MetaValue(PageId(r["id"]), field, r[name], "record") for r in rows for field, name in fields))
    return tables


def main() -> None:
    """Print cost and scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    tables = tables_of(folder)
    run_stages(MemoryTables(), [matches.STAGE_COMPILED])
    begin = time.process_time()
    run_stages(tables, [matches.STAGE_COMPILED])
    seconds = time.process_time() - begin
    number = {row.page: i for i, row in enumerate(tables.rows(PAGES))}
    truth = load_truth(folder)
    rows = tables.rows(MATCHES)
    keys = keys_of(np.array([number[r.a] for r in rows]), np.array([number[r.b] for r in rows]))
    types = [{span.type for span in row.spans} for row in rows]
    score = score_pairs(
        truth,
        keys[[MatchType.COPY in t for t in types]],
        keys[[MatchType.QUOTE in t for t in types]],
    )
    told = {}
    for key, row in zip(keys.tolist(), rows, strict=True):
        turned = number[row.a] > number[row.b]
        told[key] = [
            (s.b0, s.b1, s.a0, s.a1) if turned else (s.a0, s.a1, s.b0, s.b1)
            for s in row.spans
            if s.type is MatchType.COPY
        ]
    spans = score_spans(truth, sample_of(truth), told)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"pages {len(number)}, matches {len(rows)}, CPU-seconds {seconds:.1f}, peak MB {peak:.0f}")
    print(f"pairs {score}; recall {score.recall:.4f} precision {score.precision:.4f} low {score.low_recall:.4f}")
    print("spans: precision {:.4f} recall {:.4f} F1 {:.4f}".format(*spans))


if __name__ == "__main__":
    main()
