"""Pairs of pages compared word by word, block by block of first pages; what earlier runs compared is taken over.

What two pages share depends on these two alone, and on which of their words are masked as standing text. So a pair that
was compared before, and whose pages are masked as they were, is not compared again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retold.engine.exchange import Exchange
from retold.kernels import align as align_kernel
from retold.kernels import passages as passages_kernel
from retold.kernels import refine as refine_kernel
from retold.kernels import types as types_kernel
from retold.stages.matches.texts import Texts, Words

BLOCK = 65_536
"""Pages whose pairs with later pages are brought together at a time: at 20 pairs a page, these take 10 MB, and what is
found in them some 40."""
PAIRS = 16_384
"""Pairs of pages aligned at a time."""
PAIR = np.dtype([("a", "<u4"), ("b", "<u4")])
PLACE = np.dtype([("page", "<u4"), ("place", "<u4")])
FOUND = np.dtype([
    ("a", "<u4"), ("b", "<u4"), ("words", "<u4", (4,)), ("n", "<u4"), ("is_quoted", "?"), ("span", "<u4", (4,)),
])  # fmt: skip
"""A passage: page a, page b, first word and end in a and b, equal words, whether both quote it, its characters."""
_S32 = np.uint64(32)

Keys = NDArray[np.uint64]
"""Two pages as one number, the lower number of a page above; sorted, each once."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs that earlier runs compared and the passages found, in order of key; how each page was masked."""

    keys: Keys
    rows: NDArray[Any]
    masks: NDArray[np.uint64]


def none_compared() -> Compared:
    """Return that nothing was compared yet."""
    return Compared(np.empty(0, np.uint64), np.empty(0, FOUND), np.empty(0, np.uint64))


class Masks:
    """The places of standing text, by page, and one number a page that says which they are."""

    def __init__(self, standing: Exchange, n_pages: int, path: Path) -> None:
        self.marks = np.zeros(n_pages, np.uint64)
        self._path = path
        with path.open("wb") as file:
            for block in range(standing.n_partitions):
                places = standing.take(block)
                places = places[np.argsort(places["page"], kind="stable")]
                np.add.at(self.marks, places["page"], _mixed(places["place"]))
                file.write(places.view("u1").data)

    def put(self, texts: Texts, pages: NDArray[np.bool_], n_words: int) -> None:
        """Mask the standing text of pages."""
        places = of_file(self._path, PLACE)
        for first in range(0, places.size, 1 << 20):
            some = np.array(places[first : first + (1 << 20)])
            some = some[pages[some["page"]]]
            texts.mask(some["page"], some["place"], n_words)


def _mixed(places: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return numbers whose sum tells sets of places apart (the last steps of splitmix64)."""
    value = (places.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(27))


@dataclass(frozen=True, slots=True)
class Comparing:
    """What comparing needs: words, ranks of pages, what was compared before, which pages are masked as they were.

    ``fetch`` reads the words of pages that are not in ``texts`` yet. ``keys`` and ``found`` take what is compared and
    what is found, by block of the lower page. Pages of ``most_words`` are compared at a time, and
    places in a quarter of them looked up; of two pages however long.
    """

    texts: Texts
    rank: NDArray[np.int64]
    before: Compared
    is_same: NDArray[np.bool_]
    fetch: Callable[[NDArray[np.bool_]], None]
    keys: Exchange
    found: Exchange
    most_words: int


def send(rows: NDArray[np.uint32], pairs: Exchange) -> None:
    """Send pairs ``(n_pairs, 2)``, the lower number of a page first, to the block of that page."""
    pairs.send((rows[:, 0] // BLOCK).astype(np.uint16), np.ascontiguousarray(rows).view(PAIR).reshape(-1))


def compare(pairs: Exchange, doing: Comparing) -> None:
    """Compare all pairs sent that were not compared yet; send their keys and passages, those of a pair together."""
    is_needed = np.zeros(doing.rank.size, np.bool_)
    for block in range(pairs.n_partitions):
        keys = _keys(pairs.take(block))
        keys = keys[~_is_in(keys, doing.keys.look(block))]
        is_known = _is_in(keys, _stretch(doing.before.keys, keys))
        is_known &= doing.is_same[keys >> _S32] & doing.is_same[_low(keys)]
        doing.found.append(block, _rows_of(doing.before.rows, keys[is_known]))
        fresh = keys[~is_known]
        is_needed[fresh >> _S32] = True
        is_needed[_low(fresh)] = True
        rows = np.empty(fresh.size, PAIR)
        rows["a"], rows["b"] = fresh >> _S32, _low(fresh)
        pairs.append(block, rows)
        doing.keys.append(block, keys)
    doing.fetch(is_needed)
    for block in range(pairs.n_partitions):
        for rows in _passages(pairs.take(block), doing):
            doing.found.append(block, rows)


def gathered(doing: Comparing, folder: Path) -> tuple[Keys, NDArray[Any]]:
    """Return the keys of all pairs compared and all passages, in order of key, as rows of two files of a folder."""
    names = ("compared-keys", "compared-rows")
    with (folder / names[0]).open("wb") as keys_file, (folder / names[1]).open("wb") as rows_file:
        for block in range(doing.keys.n_partitions):
            keys_file.write(np.sort(doing.keys.take(block)).data)
            rows = doing.found.take(block)
            rows_file.write(rows[np.argsort(keys_of(rows), kind="stable")].view("u1").data)
    return of_file(folder / names[0], np.dtype(np.uint64)), of_file(folder / names[1], FOUND)


def of_file(path: Path, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return the rows of a file, which are read where they are looked at."""
    return np.memmap(path, dtype, "r") if path.stat().st_size else np.empty(0, dtype)


def _stretch(among: Keys, keys: Keys) -> Keys:
    """Return the stretch of sorted keys that holds all of some."""
    if keys.size == 0:
        return among[:0]
    return np.array(among[np.searchsorted(among, keys[0]) : np.searchsorted(among, keys[-1], side="right")])


def _low(keys: Keys) -> NDArray[np.uint64]:
    return keys & np.uint64(0xFFFFFFFF)


def _keys(pairs: NDArray[Any]) -> Keys:
    keys: Keys = (pairs["a"].astype(np.uint64) << _S32) | pairs["b"]
    keys.sort()
    return np.asarray(keys[np.concatenate([np.ones(min(keys.size, 1), np.bool_), keys[1:] != keys[:-1]])])


def _is_in(keys: Keys, among: Keys) -> NDArray[np.bool_]:
    """Tell of each key whether it is among sorted ones."""
    if among.size == 0:
        return np.zeros(keys.size, np.bool_)
    return np.asarray(among[np.searchsorted(among, keys).clip(0, among.size - 1)] == keys)


def keys_of(rows: NDArray[Any]) -> NDArray[np.uint64]:
    """Return the key of the pair of each passage."""
    low, high = np.minimum(rows["a"], rows["b"]), np.maximum(rows["a"], rows["b"])
    return np.asarray((low.astype(np.uint64) << _S32) | high)


def _rows_of(rows: NDArray[Any], keys: Keys) -> NDArray[Any]:
    """Return the passages of some pairs out of rows in order of key; only the stretch that holds them is read."""
    if keys.size == 0 or rows.size == 0:
        return np.empty(0, FOUND)
    first, end = _place(rows, keys[0]), _place(rows, keys[-1] + np.uint64(1))
    own = np.array(rows[first:end])
    return own[_is_in(keys_of(own), keys)]


def _place(rows: NDArray[Any], key: np.uint64) -> int:
    """Return the first row whose key is not below this one."""
    low, high = 0, rows.size
    while low < high:
        middle = (low + high) // 2
        if keys_of(rows[middle : middle + 1])[0] < key:
            low = middle + 1
        else:
            high = middle
    return low


def _passages(pairs: NDArray[Any], doing: Comparing) -> Iterator[NDArray[Any]]:
    """Yield the passages of all pairs of a block, some thousand pairs at a time."""
    texts, rank = doing.texts, doing.rank
    turned = rank[pairs["a"]] > rank[pairs["b"]]
    a, b = np.where(turned, pairs["b"], pairs["a"]), np.where(turned, pairs["a"], pairs["b"])
    waiting = [np.stack([a, b], axis=1).astype(np.int64)]
    while waiting:
        rows = waiting.pop()
        own = np.unique(rows)
        if len(rows) > 1 and texts.n_words(own).sum() > doing.most_words:
            waiting += _halves(rows, texts)
        elif len(rows):
            rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
            yield from _passages_at_once(rows, own, texts, doing.most_words // 4)


def _halves(pairs: NDArray[np.int64], texts: Texts) -> list[NDArray[np.int64]]:
    """Return the pairs in two parts, cut on the side that has more words, where half of these words are."""
    sides = [np.unique(pairs[:, side]) for side in range(2)]
    n_words = [np.cumsum(texts.n_words(pages)) for pages in sides]
    side = int(n_words[1][-1] > n_words[0][-1])
    if sides[side].size == 1:
        return [pairs[len(pairs) // 2 :], pairs[: len(pairs) // 2]]
    middle = np.searchsorted(n_words[side][:-1], n_words[side][-1] / 2)
    is_low = pairs[:, side] <= sides[side][min(middle, sides[side].size - 2)]
    return [pairs[~is_low], pairs[is_low]]


def _passages_at_once(
    pairs: NDArray[np.int64], own: NDArray[np.int64], texts: Texts, most_words: int
) -> Iterator[NDArray[Any]]:
    """Yield the passages of pairs whose pages ``own`` are held together; places are read of those with any."""
    firsts, numbers = texts.numbers(own)
    pairs = np.searchsorted(own, pairs)
    runs = refine_kernel.runs(numbers)
    for some in _in_pieces(pairs, np.diff(firsts), most_words):
        hits = refine_kernel.refine(numbers, runs, firsts, some)
        chains, blocks = align_kernel.align(numbers, firsts, hits, refine_kernel.RUN)
        if not len(chains):
            continue
        pages = np.unique(chains[:, :2])
        taken = texts.take(own[pages])
        local = np.searchsorted(pages, chains[:, :2])
        n_blocks = chains[:, 3] - chains[:, 2]
        for side in range(2):
            shift = taken.firsts[local[:, side]] - firsts[chains[:, side]]
            blocks[:, side] += np.repeat(shift, n_blocks)
        chains[:, :2] = local
        yield rows_of(chains, blocks, taken, own[pages])


def _in_pieces(pairs: NDArray[np.int64], n_words: NDArray[np.int64], most_words: int) -> Iterator[NDArray[np.int64]]:
    """Give pairs, sorted by their first page, in pieces whose pages have so many words at most, or one pair."""
    is_new = np.concatenate([[True], pairs[1:, 0] != pairs[:-1, 0]])
    ends = np.cumsum(n_words[pairs[:, 1]] + np.where(is_new, n_words[pairs[:, 0]], 0))
    first = 0
    while first < len(pairs):
        before = int(ends[first - 1]) if first else 0
        end = max(int(np.searchsorted(ends, before + most_words, side="right")), first + 1)
        yield pairs[first : min(end, first + PAIRS)]
        first = min(end, first + PAIRS)


def rows_of(chains: NDArray[np.int64], blocks: NDArray[np.int64], taken: Words, own: NDArray[np.int64]) -> NDArray[Any]:
    """Return the passages of chains of words taken, as rows of ``FOUND``; ``own`` numbers the pages taken."""
    found = passages_kernel.passages(
        chains, blocks, taken.borders, taken.quoted, taken.all_sentences, taken.sentence_firsts
    )
    rows = np.empty(found.shape[0], FOUND)
    n = found[:, 6]
    rows["a"], rows["b"], rows["n"] = own[found[:, 0]], own[found[:, 1]], n
    rows["is_quoted"] = np.minimum(found[:, 7], found[:, 8]) >= types_kernel.QUOTED_SHARE * n
    for side in range(2):
        start, end = found[:, 2 + 2 * side], found[:, 3 + 2 * side]
        rows["words"][:, 2 * side] = start - taken.firsts[found[:, side]]
        rows["words"][:, 2 * side + 1] = end - taken.firsts[found[:, side]]
        rows["span"][:, 2 * side], rows["span"][:, 2 * side + 1] = taken.starts[start], taken.ends[end - 1]
    return rows
