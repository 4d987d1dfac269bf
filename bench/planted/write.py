"""Write a corpus: pages, the truth about planted copies, and the natural copies among its real texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.planted.natural import natural_pairs
from bench.planted.pages import Pieces, assemble, pieces_of, text_of
from bench.planted.plan import Plan, plan
from bench.planted.vocabulary import RealTexts, Vocabulary, load

CHUNK = 8_192
"""Pages in memory at a time."""
YEAR = datetime(2023, 1, 1, tzinfo=UTC)

PAGES = pa.schema([
    ("id", pa.string()), ("url", pa.string()), ("outlet", pa.string()), ("published", pa.string()),
    ("text", pa.large_string()),
])  # fmt: skip
USES = pa.schema([
    ("page", pa.int32()), ("wire", pa.int32()), ("first", pa.int32()), ("start", pa.int32()),
    ("cells", pa.list_(pa.uint16())),
])  # fmt: skip


def write(folder: Path, data: Path, n_pages: int, seed: int, *, hard: bool = False, as_json: bool = False) -> None:
    """Write ``pages.parquet`` (or ``pages.jsonl``), ``uses.parquet``, ``natural.parquet`` and ``about.json``.

    ``uses``: each use of a wire by number of page and wire, the first wire word used, the character of the page where
    it begins, and a cell for each wire word from there on (``pages.KEPT``). ``natural``: pairs of pages whose own real
    texts share a run of twelve words, and the words in such runs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary, real = load(data)
    natural = natural_pairs(vocabulary, real)
    lone = np.setdiff1d(np.arange(real.starts.size - 1), natural[:, :2])
    drawn = plan(n_pages, seed, hard=hard, lengths=np.diff(real.starts), lone=lone)
    pieces = pieces_of(drawn, vocabulary, real, seed)
    _write_chunks(folder, drawn, pieces, vocabulary, real, seed, as_json=as_json)
    of_pages = _by_page(natural, drawn.page_real, real.starts.size - 1)
    pq.write_table(pa.table(dict(zip("ab", of_pages.T[:2], strict=True)) | {"words": of_pages[:, 2]}),
                   folder / "natural.parquet")  # fmt: skip
    about = {
        "pages": n_pages, "seed": seed, "hard": hard, "wires": int(drawn.wire_real.size),
        "wires of real text": int((drawn.wire_real >= 0).sum()), "uses": int(drawn.use_wire.size),
        "pages of real text": int((drawn.page_real >= 0).sum()), "outlets": drawn.n_outlets,
        "natural pairs": len(of_pages),
    }  # fmt: skip
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", "utf8")


def _by_page(natural: NDArray[np.int64], page_real: NDArray[np.int64], n_real: int) -> NDArray[np.int64]:
    """Return the natural pairs by number of page; those of texts that are no page are left out."""
    page_of = np.full(n_real, -1, np.int64)
    page_of[page_real[page_real >= 0]] = np.flatnonzero(page_real >= 0)
    a, b = page_of[natural[:, 0]], page_of[natural[:, 1]]
    rows = np.stack([np.minimum(a, b), np.maximum(a, b), natural[:, 2]], axis=1)
    return rows[(a >= 0) & (b >= 0)]


def _write_chunks(
    folder: Path, drawn: Plan, pieces: Pieces, vocabulary: Vocabulary, real: RealTexts, seed: int, *, as_json: bool
) -> None:
    pages_path = folder / ("pages.jsonl" if as_json else "pages.parquet")
    with pq.ParquetWriter(folder / "uses.parquet", USES, compression="zstd") as uses:
        if as_json:
            with pages_path.open("w", encoding="utf8") as lines:
                for pages, truth in _chunks(drawn, pieces, vocabulary, real, seed):
                    lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in pages.to_pylist())
                    uses.write_batch(truth)
        else:
            with pq.ParquetWriter(pages_path, PAGES, compression="zstd", compression_level=1) as out:
                for pages, truth in _chunks(drawn, pieces, vocabulary, real, seed):
                    out.write_batch(pages)
                    uses.write_batch(truth)


def _chunks(
    drawn: Plan, pieces: Pieces, vocabulary: Vocabulary, real: RealTexts, seed: int
) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    n_pages = drawn.page_time.size
    use_starts = np.searchsorted(drawn.use_page, np.arange(n_pages + 1)).astype(np.int64)
    for first in range(0, n_pages, CHUNK):
        end = min(first + CHUNK, n_pages)
        tokens, starts, places, cells, cell_starts = assemble(
            first, end, use_starts, drawn.use_wire, drawn.use_first, drawn.use_length, drawn.use_edited,
            drawn.page_outlet, drawn.page_real, drawn.page_length, drawn.page_quote, real.tokens, real.starts,
            pieces.tokens, pieces.starts, pieces.n_wires, pieces.n_outlets, vocabulary.made, vocabulary.draws,
            vocabulary.n_chars, vocabulary.is_stop, np.uint64(seed),
        )  # fmt: skip
        text, offsets = text_of(tokens, starts, vocabulary.text, vocabulary.starts)
        texts = pa.LargeStringArray.from_buffers(end - first, pa.py_buffer(offsets), pa.py_buffer(text))
        ids = [page_id(seed, page) for page in range(first, end)]
        outlets = [f"outlet-{outlet:04}" for outlet in drawn.page_outlet[first:end].tolist()]
        urls = [f"https://{outlet}.example/{id_}" for outlet, id_ in zip(outlets, ids, strict=True)]
        times = [(YEAR + timedelta(seconds=second)).isoformat() for second in drawn.page_time[first:end].tolist()]
        uses = slice(use_starts[first], use_starts[end])
        lists = pa.ListArray.from_arrays(pa.array(cell_starts.astype(np.int32)), pa.array(cells))
        columns = (drawn.use_page[uses], drawn.use_wire[uses], drawn.use_first[uses], places)
        truth = pa.record_batch([*(pa.array(column.astype(np.int32)) for column in columns), lists], schema=USES)
        yield pa.record_batch([pa.array(ids), pa.array(urls), pa.array(outlets), pa.array(times), texts], PAGES), truth


def page_id(seed: int, page: int) -> str:
    """Return the id of a page: 32 hex digits that say nothing of its place in the corpus."""
    return hashlib.blake2b(f"{seed}/{page}".encode(), digest_size=16).hexdigest()
