"""Every passage that two of many reports share, in bounded memory.

``exchange(hash) -> join per partition -> exchange(pair) -> refine, align, passages -> types``: the kernels define
nothing of their own (their twins do), the exchange is the engine's. Hashes that many pages hold link each page to one
representative; ``expanded`` gives the pairs behind the links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retold.engine.exchange import Exchange
from retold.kernels import align as align_kernel
from retold.kernels import join as join_kernel
from retold.kernels import passages as passages_kernel
from retold.kernels import refine as refine_kernel
from retold.kernels import siblings as siblings_kernel
from retold.kernels import types as types_kernel
from retold.kernels import winnow as winnow_kernel
from retold.kernels import words as words_kernel
from retold.stages.matches.texts import Texts, Words, words_of

if TYPE_CHECKING:
    import pyarrow as pa

K, W = 5, 4
"""Words of a shingle and shingles of a window over a corpus: eight equal words in a row are always seen."""
BLOCK = 8_192
"""Pages whose passages with later pages are found at a time."""
PAIRS = 16_384
"""Pairs of pages aligned at a time."""
PRINT = np.dtype([("hash", "<u8"), ("page", "<u4"), ("place", "<u4"), ("tag", "<u4")])
PAIR = np.dtype([("a", "<u4"), ("b", "<u4")])
PLACE = np.dtype([("page", "<u4"), ("place", "<u4")])
FOUND = np.dtype([
    ("a", "<u4"), ("b", "<u4"), ("words", "<u4", (4,)), ("n", "<u4"), ("is_quoted", "?"), ("span", "<u4", (4,)),
])  # fmt: skip
"""A passage: page a, page b, first word and end in a and b, equal words, whether both quote it, its characters."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What is known of every page, by number.

    ``rank`` is its place in order of id; ``days`` and ``outlets`` are numbers, -1 where unknown; ``whole`` is equal for
    pages whose words are equal.
    """

    ids: pa.Array
    rank: NDArray[np.int64]
    days: NDArray[np.int32]
    outlets: NDArray[np.int32]
    n_words: NDArray[np.int64]
    whole: NDArray[np.uint64]


def partitions_for(n_pages: int) -> int:
    """Return how many partitions hashes go to, a power of two: a partition holds up to a million of them."""
    return 1 << int(np.clip(n_pages // 4_000, 1, 512)).bit_length()


def found_of(
    reports: Iterable[pa.Table], scratch: Path, *, n_partitions: int, key: int = 0, k: int = K, w: int = W
) -> Found:
    """Return every passage that two reports share, typed; ``scratch`` is an empty folder for what memory does not hold.

    Reports come as tables with the columns ``page, day, outlet, text, main, sentences`` (see the archive's reports).
    Numbers of words, and so which words are fingerprints and which page stands for many, depend on ``key``.
    """
    with ExitStack() as stack:
        texts = Texts(scratch)
        prints = stack.enter_context(Exchange(scratch, "prints", n_partitions, PRINT))
        pages = _fingerprinted(reports, texts, prints, key, k, w)
        n_blocks = -(-texts.n_pages // BLOCK)
        standing = stack.enter_context(Exchange(scratch, "standing", max(n_blocks, 1), PLACE))
        pairs = stack.enter_context(Exchange(scratch, "pairs", max(n_blocks, 1), PAIR))
        leads = _joined(pages, prints, standing, pairs)
        for block in range(n_blocks):
            places = standing.take(block)
            texts.mask(places["page"], places["place"], k)
        rows = _found(pairs, texts, pages)
        _send(_siblings(rows, leads, pages), pairs)
        rows = np.concatenate([rows, _found(pairs, texts, pages)])
    return Found(pages, texts, leads, rows, _typed(rows, pages))


@dataclass(frozen=True, slots=True)
class Found:
    """All passages, those of one pair of pages together, and their types (``kernels.types``).

    ``leads`` are the pages that represent a large group: pages linked to one of them may share more than is told.
    """

    pages: Pages
    texts: Texts
    leads: NDArray[np.int64]
    rows: NDArray[Any]
    types: NDArray[np.uint8]


def _fingerprinted(reports: Iterable[pa.Table], texts: Texts, prints: Exchange, key: int, k: int, w: int) -> Pages:
    """Write the words of all pages, send their fingerprints by hash, and return what is known of the pages."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ids, days, outlets, whole = [], [], [], []
    n_pages = 0
    for table in reports:
        found = words_of(table, key)
        texts.append(found)
        hashes, pages, positions, tags = winnow_kernel.winnow(found.numbers, found.firsts, k, w)
        rows = np.empty(hashes.size, PRINT)
        rows["hash"], rows["page"], rows["tag"] = hashes, pages + n_pages, tags
        rows["place"] = positions - found.firsts[pages]
        prints.send((hashes & np.uint64(prints.n_partitions - 1)).astype(np.uint16), rows)
        ids.append(table.column("page").combine_chunks().cast(pa.string()))
        days.append(table.column("day").combine_chunks().cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False))
        outlets.append(table.column("outlet").combine_chunks().cast(pa.string()))
        whole.append(words_kernel.whole(found.numbers, found.firsts))
        n_pages += table.num_rows
    texts.close()
    if not ids:
        none = np.empty(0, np.int32)
        return Pages(pa.array([], pa.string()), np.empty(0, np.int64), none, none, np.empty(0, np.int64),
                     np.empty(0, np.uint64))  # fmt: skip
    all_ids = pa.concat_arrays(ids)
    rank = np.empty(n_pages, np.int64)
    rank[pc.sort_indices(all_ids).to_numpy()] = np.arange(n_pages)
    encoded = pa.concat_arrays(outlets).dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return Pages(
        all_ids, rank, np.concatenate(days), encoded.astype(np.int32), np.diff(texts.firsts), np.concatenate(whole)
    )


def _joined(pages: Pages, prints: Exchange, standing: Exchange, pairs: Exchange) -> NDArray[np.int64]:
    """Send the places of standing text by page, and the pairs by their first page; return the representatives."""
    leads = _copies(pages)
    weights = np.zeros(pages.rank.size, np.int64)
    frequent = []
    for i in range(prints.n_partitions):
        rows = prints.take(i)
        rows = _grouped(rows[leads[rows["page"]] == rows["page"]])
        hashes, carriers = _columns(rows, "hash", "page")
        kinds = join_kernel.survey(hashes, carriers, pages.days, pages.outlets)
        np.add.at(weights, rows["page"][kinds == join_kernel.LARGE], 1)
        frequent.append(np.unique(rows["hash"][kinds != join_kernel.SMALL]))
        places = np.empty(int((kinds == join_kernel.STANDING).sum()), PLACE)
        for name in ("page", "place"):
            places[name] = rows[name][kinds == join_kernel.STANDING]
        standing.send((places["page"] // BLOCK).astype(np.uint16), places)
        prints.append(i, rows[kinds != join_kernel.STANDING])
    before = np.unique((np.concatenate(frequent) >> np.uint64(35)).astype(np.uint32) << np.uint32(3))
    weights = (weights << 32) - pages.rank
    by_weight = np.argsort(weights)
    found = [np.unique(leads[leads != np.arange(leads.size)])]
    for i in range(prints.n_partitions):
        rows = prints.take(i)
        hashes, carriers, tags = _columns(rows, "hash", "page", "tag")
        kinds = join_kernel.survey(hashes, carriers, pages.days, pages.outlets)
        _send(join_kernel.join(hashes, carriers, tags, kinds, weights, before), pairs)
        found.append(by_weight[np.searchsorted(weights[by_weight], _greatest(hashes, carriers, kinds, weights))])
    copies = np.flatnonzero(leads != np.arange(leads.size))
    _send(np.sort(np.stack([copies, leads[copies]], axis=1), axis=1).astype(np.uint32), pairs)
    return np.unique(np.concatenate(found))


def _greatest(
    hashes: NDArray[np.uint64], carriers: NDArray[np.uint32], kinds: NDArray[np.uint8], weights: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the greatest weight in each large group."""
    is_large = kinds == join_kernel.LARGE
    hashes, own = hashes[is_large], weights[carriers[is_large]]
    if hashes.size == 0:
        return np.empty(0, np.int64)
    return np.maximum.reduceat(own, np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])))


def _send(rows: NDArray[np.uint32], pairs: Exchange) -> None:
    pairs.send((rows[:, 0] // BLOCK).astype(np.uint16), np.ascontiguousarray(rows).view(PAIR).reshape(-1))


def _columns(rows: NDArray[Any], *names: str) -> list[NDArray[Any]]:
    return [np.ascontiguousarray(rows[name]) for name in names]


def _grouped(rows: NDArray[Any]) -> NDArray[Any]:
    """Return fingerprints sorted by hash, those of one hash in their order; hashes that stand once are left out.

    The lower bits of a hash, which give way to the place in the partition, are the same in all of it or tell no more
    than chance would; ``align`` looks at the words in any case.
    """
    n_bits = np.uint64(max(len(rows) - 1, 1).bit_length())
    keys = (rows["hash"] >> n_bits << n_bits) | np.arange(len(rows), dtype=np.uint64)
    keys.sort()
    heads = keys >> n_bits
    again = heads[1:] == heads[:-1]
    is_kept = np.zeros(len(rows), np.bool_)
    is_kept[1:] = again
    is_kept[:-1] |= again
    return rows[(keys & ((np.uint64(1) << n_bits) - np.uint64(1)))[is_kept].astype(np.int64)]


def _copies(pages: Pages) -> NDArray[np.int64]:
    """Return for each page the page that stands for it: itself, or of many pages with equal words the first by id."""
    leads = np.arange(pages.rank.size)
    order = np.lexsort((pages.rank, pages.whole))
    whole = pages.whole[order]
    firsts = np.flatnonzero(np.concatenate([[True], whole[1:] != whole[:-1]])) if whole.size else np.empty(0, np.int64)
    sizes = np.diff(np.concatenate([firsts, [whole.size]]))
    for first, size in zip(firsts[sizes > join_kernel.GROUP], sizes[sizes > join_kernel.GROUP], strict=True):
        leads[order[first : first + size]] = order[first]
    return leads


def _siblings(rows: NDArray[Any], leads: NDArray[np.int64], pages: Pages) -> NDArray[np.uint32]:
    """Return the pairs of pages that share words of a third."""
    is_lead = np.zeros(pages.rank.size, np.bool_)
    is_lead[leads] = True
    a, b, words = _columns(rows, "a", "b", "words")
    return siblings_kernel.siblings(a, b, words, pages.rank, is_lead)


def _found(pairs: Exchange, texts: Texts, pages: Pages) -> NDArray[Any]:
    """Return the passages of all pairs sent, block by block."""
    found = [np.empty(0, FOUND)]
    for block in range(pairs.n_partitions):
        found.extend(_passages(pairs.take(block), texts, pages))
    return np.concatenate(found)


def _passages(pairs: NDArray[Any], texts: Texts, pages: Pages) -> Iterator[NDArray[Any]]:
    """Yield the passages of all pairs of a block, some thousand pairs at a time."""
    if pairs.size == 0:
        return
    turned = pages.rank[pairs["a"]] > pages.rank[pairs["b"]]
    a, b = np.where(turned, pairs["b"], pairs["a"]), np.where(turned, pairs["a"], pairs["b"])
    own = _distinct(a, b, pages.rank.size)
    taken = texts.take(own)
    of_page = np.zeros(pages.rank.size, np.uint64)
    of_page[own] = np.arange(own.size)
    keys = _distinct_keys((of_page[a] << np.uint64(32)) | of_page[b])
    rows = np.stack([keys >> np.uint64(32), keys & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)
    runs = refine_kernel.runs(taken.numbers)
    for first in range(0, len(rows), PAIRS):
        hits = refine_kernel.refine(taken.numbers, runs, taken.firsts, rows[first : first + PAIRS])
        chains, blocks = align_kernel.align(taken.numbers, taken.firsts, hits, refine_kernel.RUN)
        yield rows_of(chains, blocks, taken, own)


def _distinct(a: NDArray[np.uint32], b: NDArray[np.uint32], n_pages: int) -> NDArray[np.int64]:
    """Return the pages of either side, sorted."""
    is_own = np.zeros(n_pages, np.bool_)
    is_own[a] = True
    is_own[b] = True
    return np.flatnonzero(is_own)


def _distinct_keys(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the keys sorted, each once."""
    keys.sort()
    is_first = np.ones(keys.size, np.bool_)
    is_first[1:] = keys[1:] != keys[:-1]
    return keys[is_first]


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


def _typed(rows: NDArray[Any], pages: Pages) -> NDArray[np.uint8]:
    """Return the type of every passage."""
    columns = np.empty((rows.size, 7), np.int32)
    columns[:, 0], columns[:, 1], columns[:, 2:6], columns[:, 6] = rows["a"], rows["b"], rows["words"], rows["n"]
    changes = (columns[1:, 0] != columns[:-1, 0]) | (columns[1:, 1] != columns[:-1, 1])
    pairs = np.concatenate([np.zeros(min(rows.size, 1), np.int32), np.cumsum(changes, dtype=np.int32)])
    return types_kernel.typed(
        columns, np.ascontiguousarray(rows["is_quoted"]), pairs, pages.n_words, pages.days, pages.outlets
    )
