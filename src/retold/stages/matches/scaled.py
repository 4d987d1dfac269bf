"""Every passage that two of many reports share, in bounded memory.

``exchange(hash) -> join per partition -> exchange(pair) -> refine, align, passages -> types``: the kernels define
nothing of their own (their twins do), the exchange is the engine's. Hashes that many pages hold link each page to one
representative; ``expanded`` gives the pairs behind the links. What an earlier run left is taken over (``Before``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retold.engine.exchange import Exchange
from retold.kernels import join as join_kernel
from retold.kernels import siblings as siblings_kernel
from retold.kernels import types as types_kernel
from retold.kernels import winnow as winnow_kernel
from retold.kernels import words as words_kernel
from retold.stages.matches.compared import (
    BLOCK,
    FOUND,
    PAIR,
    PLACE,
    Compared,
    Comparing,
    Masks,
    compare,
    gathered,
    none_compared,
    send,
)
from retold.stages.matches.texts import Texts, words_of

if TYPE_CHECKING:
    import pyarrow as pa

K, W = 5, 4
"""Words of a shingle and shingles of a window over a corpus: eight equal words in a row are always seen."""
PRINT = np.dtype([("hash", "<u8"), ("page", "<u4"), ("place", "<u4"), ("tag", "<u4")])
ROWS = 1 << 18
"""Passages read at a time."""
PAGES = 1_024
"""Reports whose words are numbered at a time."""
BYTES_A_WORD = 96
"""Of memory for each word that is compared at a time: it takes 12, a quarter of them 35 more, and the rest is for all
else."""
KNOWN = ("page", "day", "outlet", "n_words", "whole")
"""Columns of what is known of every page."""


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


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier runs left: pages, in order of their numbers, their fingerprints, the pairs compared.

    ``reports`` reads the reports of such pages again, with their numbers; ``keep`` is given new fingerprints.
    """

    known: pa.Table | None = None
    prints: Callable[[], Iterator[NDArray[Any]]] = lambda: iter(())
    compared: Compared = field(default_factory=none_compared)
    reports: Callable[[NDArray[np.bool_]], Iterator[tuple[NDArray[np.int64], pa.Table]]] = lambda asked: iter(())
    keep: Callable[[NDArray[Any]], None] = lambda rows: None


@dataclass(frozen=True, slots=True)
class Options:
    """How to look: the key that words are numbered under, words of a shingle, shingles of a window, and memory."""

    key: int = 0
    k: int = K
    w: int = W
    memory_bytes: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Found:
    """All passages, those of one pair of pages together, and their types (``kernels.types``).

    ``leads`` are the pages that represent a large group: pages linked to one of them may share more than is told.
    ``known``, ``keys`` of the pairs compared and ``masks`` are what a later run takes over.
    """

    known: pa.Table
    pages: Pages
    texts: Texts
    leads: NDArray[np.int64]
    rows: NDArray[Any]
    types: NDArray[np.uint8]
    keys: NDArray[np.uint64]
    masks: NDArray[np.uint64]


def found_of(
    reports: Iterable[pa.Table],
    scratch: Path,
    *,
    n_partitions: int,
    before: Before | None = None,
    options: Options | None = None,
) -> Found:
    """Return every passage that two reports share, typed; ``scratch`` is an empty folder for what memory does not hold.

    Reports come as tables with the columns ``page, day, outlet, text, main, sentences`` (see the archive's reports),
    without those of ``before``. Which words are fingerprints, and which page stands for many, depends on the key.
    """
    asked, old = options or Options(), before or Before()
    with ExitStack() as stack:
        texts = Texts(scratch)
        prints = stack.enter_context(Exchange(scratch, "prints", n_partitions, PRINT))
        for rows in old.prints():
            _send_prints(rows, prints)
        known = _fingerprinted(reports, texts, prints, old, asked)
        pages = _pages_of(known)
        n_blocks = max(-(-pages.rank.size // BLOCK), 1)
        standing = stack.enter_context(Exchange(scratch, "standing", n_blocks, PLACE))
        pairs = stack.enter_context(Exchange(scratch, "pairs", n_blocks, PAIR))
        leads = _joined(pages, prints, standing, pairs)
        masks = Masks(standing, pages.rank.size, scratch / "masks")
        masks.put(texts, texts.has_words, asked.k)
        doing = Comparing(
            texts, pages.rank, old.compared, _masked_as_before(masks.marks, old.compared.masks),
            lambda wanted: _fetch(wanted & ~texts.has_words, old, texts, masks, asked),
            stack.enter_context(Exchange(scratch, "keys", n_blocks, np.dtype(np.uint64))),
            stack.enter_context(Exchange(scratch, "found", n_blocks, FOUND)), asked.memory_bytes // BYTES_A_WORD,
        )  # fmt: skip
        compare(pairs, doing)
        send(_siblings(doing.found, leads, pages), pairs)
        compare(pairs, doing)
        keys, rows = gathered(doing, scratch)
    return Found(known, pages, texts, leads, rows, _typed(rows, pages), keys, masks.marks)


def _masked_as_before(marks: NDArray[np.uint64], before: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Tell of each page whether it was there before, with the same words masked."""
    is_same = np.zeros(marks.size, np.bool_)
    is_same[: before.size] = marks[: before.size] == before
    return is_same


def _fetch(wanted: NDArray[np.bool_], old: Before, texts: Texts, masks: Masks, asked: Options) -> None:
    """Read the words of old pages that must be compared again, and mask them."""
    if wanted.any():
        for numbers, table in old.reports(wanted):
            texts.append(words_of(table, asked.key), numbers)
        texts.close()
        masks.put(texts, wanted, asked.k)


def _send_prints(rows: NDArray[Any], prints: Exchange) -> None:
    prints.send((rows["hash"] & np.uint64(prints.n_partitions - 1)).astype(np.uint16), rows)


def _fingerprinted(
    reports: Iterable[pa.Table], texts: Texts, prints: Exchange, old: Before, asked: Options
) -> pa.Table:
    """Write the words of new pages, send their fingerprints by hash, and return what is known of all pages."""
    import pyarrow as pa

    known = [] if old.known is None else [old.known]
    n_pages = sum(table.num_rows for table in known)
    for table in (batch.slice(at, PAGES) for batch in reports for at in range(0, batch.num_rows, PAGES)):
        found = words_of(table, asked.key)
        texts.append(found, np.arange(n_pages, n_pages + table.num_rows))
        hashes, pages, positions, tags = winnow_kernel.winnow(found.numbers, found.firsts, asked.k, asked.w)
        rows = np.empty(hashes.size, PRINT)
        rows["hash"], rows["page"], rows["tag"] = hashes, pages + n_pages, tags
        rows["place"] = positions - found.firsts[pages]
        old.keep(rows)
        _send_prints(rows, prints)
        columns = [
            table.column("page").cast(pa.string()), table.column("day").cast(pa.int32()),
            table.column("outlet").cast(pa.string()), pa.array(np.diff(found.firsts)),
            pa.array(words_kernel.whole(found.numbers, found.firsts)),
        ]  # fmt: skip
        known.append(pa.table(columns, names=list(KNOWN)))
        n_pages += table.num_rows
    texts.n_pages = n_pages
    texts.close()
    if not known:
        types = (pa.string(), pa.int32(), pa.string(), pa.int64(), pa.uint64())
        return pa.table([pa.array([], type_) for type_ in types], names=list(KNOWN))
    return pa.concat_tables(known).combine_chunks()


def _pages_of(known: pa.Table) -> Pages:
    """Return what is known of the pages as arrays."""
    import pyarrow.compute as pc

    ids = known.column("page").combine_chunks()
    rank = np.empty(len(ids), np.int64)
    rank[pc.sort_indices(ids).to_numpy()] = np.arange(len(ids))
    outlets = known.column("outlet").combine_chunks().dictionary_encode().indices.fill_null(-1)
    return Pages(
        ids, rank, known.column("day").fill_null(-1).to_numpy().astype(np.int32),
        outlets.to_numpy(zero_copy_only=False).astype(np.int32), known.column("n_words").to_numpy(),
        known.column("whole").to_numpy(),
    )  # fmt: skip


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
        send(join_kernel.join(hashes, carriers, tags, kinds, weights, before), pairs)
        found.append(by_weight[np.searchsorted(weights[by_weight], _greatest(hashes, carriers, kinds, weights))])
    copies = np.flatnonzero(leads != np.arange(leads.size))
    send(np.sort(np.stack([copies, leads[copies]], axis=1), axis=1).astype(np.uint32), pairs)
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


def _siblings(found: Exchange, leads: NDArray[np.int64], pages: Pages) -> NDArray[np.uint32]:
    """Return the pairs of pages that share words of a third."""
    is_lead = np.zeros(pages.rank.size, np.bool_)
    is_lead[leads] = True
    ends = np.cumsum([found.size(block) for block in range(found.n_partitions)])
    a, b, words = np.empty(ends[-1], np.uint32), np.empty(ends[-1], np.uint32), np.empty((ends[-1], 4), np.uint32)
    for block, end in enumerate(ends.tolist()):
        rows = found.look(block)
        own = slice(end - rows.size, end)
        a[own], b[own], words[own] = rows["a"], rows["b"], rows["words"]
    return siblings_kernel.siblings(a, b, words, pages.rank, is_lead)


def _typed(rows: NDArray[Any], pages: Pages) -> NDArray[np.uint8]:
    """Return the type of every passage, those of one pair together."""
    columns, quoted = np.empty((rows.size, 7), np.int32), np.empty(rows.size, np.bool_)
    for first in range(0, rows.size, ROWS):
        some, own = np.array(rows[first : first + ROWS]), columns[first : first + ROWS]
        own[:, 0], own[:, 1], own[:, 2:6], own[:, 6] = some["a"], some["b"], some["words"], some["n"]
        quoted[first : first + ROWS] = some["is_quoted"]
    pairs = np.zeros(rows.size, np.int32)
    np.cumsum((columns[1:, :2] != columns[:-1, :2]).any(axis=1), out=pairs[1:])
    return types_kernel.typed(columns, quoted, pairs, pages.n_words, pages.days, pages.outlets)
