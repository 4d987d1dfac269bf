"""Scores of an engine on a planted corpus.

**Pairs.** Two pages share as many words as their uses of the same wires have wire words in common, before edits. A
*wanted* pair shares 60 or more (planted), or has natural copies of 60 or more words. It is *found* when the engine
gives it a span of type copy or quote: wires of real text hold quotations, and an excerpt may be little else. Recall is
the share of wanted pairs found. A pair told with a copy span is *wrong* when its pages share no wire word and no
natural run of twelve words; pairs that share a little are neither wanted nor wrong. Precision is wanted pairs found
over those and the wrong ones. Pairs of pages with the same text count like any other; so do all expanded pairs.

**Low share.** The same recall over planted pairs that share less than 35 % of the words of the longer page.

**Spans.** For a sample of wanted planted pairs, drawn by a seed: on each page, gold are the characters from the first
to the last wire word that both pages kept, for each wire the two share; told are the characters of copy spans.
Precision, recall and F1 over all characters of the sample; a pair not found counts in full as missed.

**Every n-th wire.** Of a corpus with a hundred million pairs, only the pages that carry one of every n-th wire may be
scored: all pairs of these pages, by the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numba import njit
from numpy.typing import NDArray

WANTED = 60
LOW_SHARE = 0.35
KEPT = 0x8000
SAMPLE = 40_000
"""Pairs whose spans are scored."""

Keys = NDArray[np.uint64]
"""Two pages as one number: the lower number of a page in the upper half."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is shared. ``planted`` and ``natural`` are sorted; words stand beside them; uses are sorted by page.

    Of pages that are not ``is_scored`` ``(n_pages,)`` nothing is here.
    """

    n_words: NDArray[np.int64]
    planted: Keys
    planted_words: NDArray[np.int32]
    natural: Keys
    natural_words: NDArray[np.int64]
    page: NDArray[np.int64]
    wire: NDArray[np.int64]
    first: NDArray[np.int64]
    start: NDArray[np.int64]
    cells: NDArray[np.uint16]
    cell_starts: NDArray[np.int64]
    is_scored: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PairScore:
    """Counts of pairs, and the shares they make; ``low`` are planted pairs that share little of the longer page."""

    n_wanted: int
    n_found: int
    n_wrong: int
    n_low: int
    n_low_found: int

    @property
    def recall(self) -> float:
        """The share of wanted pairs found."""
        return self.n_found / max(self.n_wanted, 1)

    @property
    def precision(self) -> float:
        """Wanted pairs found over those and the wrong ones."""
        return self.n_found / max(self.n_found + self.n_wrong, 1)

    @property
    def low_recall(self) -> float:
        """The share found of planted pairs that share little of the longer page."""
        return self.n_low_found / max(self.n_low, 1)


def keys_of(a: NDArray[np.int64], b: NDArray[np.int64]) -> Keys:
    """Return the pairs as keys, in any order of the two pages."""
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    return (low << np.uint64(32)) | high


def load_truth(folder: Path, every: int = 1) -> Truth:
    """Return the truth of a corpus, with its pairs expanded, about pages with one of every so many wires."""
    n_words = _n_words(folder)
    uses = pq.read_table(folder / "uses.parquet")
    is_scored = np.full(n_words.size, every == 1)
    is_scored[uses.column("page").to_numpy()[uses.column("wire").to_numpy() % every == 0]] = True
    uses = uses.filter(is_scored[uses.column("page").to_numpy()])
    page, wire, first, start = (
        uses.column(name).to_numpy().astype(np.int64) for name in ("page", "wire", "first", "start")
    )
    lists = uses.column("cells").combine_chunks()
    cells, cell_starts = lists.flatten().to_numpy(), np.concatenate([[0], np.cumsum(lists.value_lengths().to_numpy())])
    order = np.argsort(wire, kind="stable")
    keys, words = _planted(wire[order], page[order], first[order], np.diff(cell_starts)[order])
    keys, words = _summed(keys, words)
    natural = pq.read_table(folder / "natural.parquet")
    natural = natural.filter(is_scored[natural.column("a").to_numpy()] & is_scored[natural.column("b").to_numpy()])
    natural_keys = keys_of(natural.column("a").to_numpy(), natural.column("b").to_numpy())
    by_key = np.argsort(natural_keys)
    return Truth(
        n_words, keys, words, natural_keys[by_key], natural.column("words").to_numpy()[by_key],
        page, wire, first, start, cells, cell_starts, is_scored,
    )  # fmt: skip


def _n_words(folder: Path) -> NDArray[np.int64]:
    """Return the words of each page: its runs without white space."""
    counts = []
    for batch in pq.ParquetFile(folder / "pages.parquet").iter_batches(4_096, columns=["text"]):
        texts = batch.column(0)
        offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
        counts.append(_counted(np.frombuffer(texts.buffers()[2], np.uint8), offsets))
    return np.concatenate(counts)


@njit(cache=True)
def _counted(text: NDArray[np.uint8], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    found = np.zeros(offsets.size - 1, np.int64)
    for page in range(found.size):
        after_space = True
        for at in range(offsets[page], offsets[page + 1]):
            is_space = text[at] <= 32
            if after_space and not is_space:
                found[page] += 1
            after_space = is_space
    return found


@njit(cache=True)
def _planted(
    wire: NDArray[np.int64], page: NDArray[np.int64], first: NDArray[np.int64], length: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return every two uses of one wire that have words in common, as keys, and how many words."""
    n = 0
    keys = np.empty(0, np.uint64)
    words = np.empty(0, np.int32)
    for writes in range(2):
        if writes == 1:
            keys, words = np.empty(n, np.uint64), np.empty(n, np.int32)
            n = 0
        for i in range(wire.size):
            j = i + 1
            while j < wire.size and wire[j] == wire[i]:
                common = min(first[i] + length[i], first[j] + length[j]) - max(first[i], first[j])
                if common > 0 and page[i] != page[j]:
                    if writes == 1:
                        low, high = min(page[i], page[j]), max(page[i], page[j])
                        keys[n] = (np.uint64(low) << np.uint64(32)) | np.uint64(high)
                        words[n] = common
                    n += 1
                j += 1
    return keys, words


def _summed(keys: Keys, words: NDArray[np.int32]) -> tuple[Keys, NDArray[np.int32]]:
    """Return distinct keys, sorted, and the sum of their words."""
    order = np.argsort(keys, kind="stable")
    keys, words = keys[order], words[order]
    is_first = np.ones(keys.size, np.bool_)
    is_first[1:] = keys[1:] != keys[:-1]
    firsts = np.flatnonzero(is_first)
    return keys[firsts], np.add.reduceat(words, firsts) if firsts.size else words


def score_pairs(truth: Truth, copies: Keys, quotes: Keys) -> PairScore:
    """Return the score of pairs told with a copy span, and of those told with a quote span alone."""
    copies, quotes = np.unique(copies), np.unique(quotes)
    is_wanted = truth.planted_words >= WANTED
    wanted = truth.planted[is_wanted]
    found = _is_in(wanted, copies) | _is_in(wanted, quotes)
    natural = np.setdiff1d(truth.natural[truth.natural_words >= WANTED], wanted, assume_unique=True)
    n_natural = int((_is_in(natural, copies) | _is_in(natural, quotes)).sum())
    is_right = _is_in(copies, truth.planted) | _is_in(copies, truth.natural)
    longer = np.maximum(truth.n_words[wanted >> np.uint64(32)], truth.n_words[wanted & np.uint64(0xFFFFFFFF)])
    is_low = truth.planted_words[is_wanted] < LOW_SHARE * longer
    return PairScore(
        wanted.size + natural.size, int(found.sum()) + n_natural, int((~is_right).sum()), int(is_low.sum()),
        int((found & is_low).sum()),
    )  # fmt: skip


def _is_in(keys: Keys, among: Keys) -> NDArray[np.bool_]:
    """Tell of each key whether it is among sorted keys."""
    if among.size == 0:
        return np.zeros(keys.size, np.bool_)
    return among[np.searchsorted(among, keys).clip(0, among.size - 1)] == keys


def sample_of(truth: Truth, seed: int = 0) -> Keys:
    """Return the wanted planted pairs whose spans are scored, sorted."""
    wanted = truth.planted[truth.planted_words >= WANTED]
    picked = np.random.default_rng(seed).permutation(wanted.size)[:SAMPLE]
    return wanted[np.sort(picked)]


Spans = dict[int, list[tuple[int, int, int, int]]]
"""Copy spans ``(a0, a1, b0, b1)`` by key; ``a`` is the page with the lower number."""


def score_spans(truth: Truth, sample: Keys, told: Spans) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the characters of copy spans in the sampled pairs."""
    n_common = n_told = n_gold = 0
    use_starts = np.searchsorted(truth.page, np.arange(truth.n_words.size + 1))
    for key in sample.tolist():
        a, b = key >> 32, key & 0xFFFFFFFF
        gold = _gold(truth, range(*use_starts[[a, a + 1]]), range(*use_starts[[b, b + 1]]))
        spans = told.get(key, [])
        for side in (0, 2):
            right = _covered((row[side], row[side + 1]) for row in gold)
            said = _covered((row[side], row[side + 1]) for row in spans)
            n_common += len(right & said)
            n_told += len(said)
            n_gold += len(right)
    precision, recall = n_common / max(n_told, 1), n_common / max(n_gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _covered(spans: object) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}  # type: ignore[attr-defined]


def _gold(truth: Truth, uses_a: range, uses_b: range) -> list[tuple[int, int, int, int]]:
    """Return the gold spans of two pages: one for each wire they share."""
    found = []
    for i in uses_a:
        for j in uses_b:
            if truth.wire[i] != truth.wire[j]:
                continue
            cells_i = truth.cells[truth.cell_starts[i] : truth.cell_starts[i + 1]]
            cells_j = truth.cells[truth.cell_starts[j] : truth.cell_starts[j + 1]]
            low = max(truth.first[i], truth.first[j])
            high = min(truth.first[i] + cells_i.size, truth.first[j] + cells_j.size)
            if high <= low:
                continue
            of_i, of_j = low - truth.first[i], low - truth.first[j]
            both = (cells_i[of_i : of_i + high - low] & cells_j[of_j : of_j + high - low] & KEPT) > 0
            kept = np.flatnonzero(both)
            if kept.size:
                found.append((
                    *_place(truth.start[i], cells_i, of_i + kept[0], of_i + kept[-1]),
                    *_place(truth.start[j], cells_j, of_j + kept[0], of_j + kept[-1]),
                ))  # fmt: skip
    return found


def _place(start: int, cells: NDArray[np.uint16], first: int, last: int) -> tuple[int, int]:
    """Return the characters from the first word to the last, both kept, white space behind the last left out."""
    sizes = (cells & (KEPT - 1)).astype(np.int64)
    return int(start + sizes[:first].sum()), int(start + sizes[: last + 1].sum() - 1)
