"""Every kernel, compiled and as plain function, equals its plain-Python twin on random arrays."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.plain import align as plain_align
from retold.plain import join as plain_join
from retold.plain import refine as plain_refine
from retold.plain import siblings as plain_siblings
from retold.plain import winnow as plain_winnow

kernel_align = pytest.importorskip("retold.kernels.align")
kernel_join = pytest.importorskip("retold.kernels.join")
kernel_refine = pytest.importorskip("retold.kernels.refine")
kernel_siblings = pytest.importorskip("retold.kernels.siblings")
kernel_winnow = pytest.importorskip("retold.kernels.winnow")

# Few distinct words, so that runs repeat inside and between pages; their numbers fill all 32 bits. 0 is masked.
VOCABULARY = [(i + 1) * 0x9E3779B9 % 2**32 for i in range(60)]
pages_of_words = st.lists(
    st.one_of(
        st.lists(st.sampled_from(VOCABULARY), max_size=60),
        st.lists(st.sampled_from(VOCABULARY[:4]), max_size=30),
        st.lists(st.sampled_from([0, *VOCABULARY[:9]]), max_size=40),
        # Pages cut from one running text, some words lost: long colinear passages with gaps.
        st.builds(
            lambda start, size, lost: [
                VOCABULARY[i * i % 59] for i in range(start, start + size) if lost == 0 or i % lost
            ],
            st.integers(0, 30), st.integers(0, 80), st.integers(0, 9),
        ),
    ),
    max_size=9,
)  # fmt: skip
sizes = st.tuples(st.integers(1, 6), st.integers(1, 6))


publications = st.tuples(*(st.lists(st.integers(-1, 9), min_size=9, max_size=9) for _ in range(2)))
SMALLER = {"GROUP": 5, "REPEATED": 2, "PER_OUTLET": 3}
"""Limits that nine pages reach."""


def _joined_alike(prints, days, outlets):
    """Return the pairs of the plain twin, after holding the kernels to it, with limits that few pages reach too."""
    for limits in (SMALLER, {}):
        with pytest.MonkeyPatch.context() as patch:
            for name, value in limits.items():
                patch.setattr(plain_join, name, value)
                patch.setattr(kernel_join, name, value)
            pairs, *told = _plainly_joined(prints, days, outlets)
            # A compiled kernel keeps the limits it was compiled with.
            if not limits:
                assert _kernels_joined(prints, days, outlets) == [pairs, *told]
            for name in ("survey", "_firsts", "_repeats", "_lasts", "join", "_is_in", "_lead", "_room", "_begins"):
                patch.setattr(kernel_join, name, getattr(kernel_join, name).py_func)
            assert _kernels_joined(prints, days, outlets) == [pairs, *told]
    return pairs


def _plainly_joined(prints, days, outlets):
    hashes, pages, _, tags = prints
    kinds = plain_join.survey(hashes, pages, days, outlets)
    weights = plain_join.weights_of(pages, kinds, len(days))
    pairs = plain_join.join(hashes, pages, tags, kinds, weights, plain_join.frequent_tags(hashes, kinds))
    return pairs, kinds, weights


def _kernels_joined(prints, days, outlets):
    hashes, pages, _, tags = (
        np.array(column, dtype)
        for column, dtype in zip(prints, (np.uint64, np.uint32, np.uint32, np.uint32), strict=True)
    )
    order = np.argsort(hashes, kind="stable")
    hashes, pages, tags = hashes[order], pages[order], tags[order]
    kinds = kernel_join.survey(hashes, pages, np.array(days, np.int32), np.array(outlets, np.int32))
    weights = np.bincount(pages[kinds == kernel_join.LARGE], minlength=len(days)).astype(np.int64)
    frequent = np.unique((hashes[kinds != 0] >> np.uint64(35)).astype(np.uint32) << np.uint32(3))
    pairs = kernel_join.join(hashes, pages, tags, kinds, weights, frequent)
    in_order = np.empty_like(kinds)
    in_order[order] = kinds
    return [sorted(set(map(tuple, pairs.tolist()))), in_order.tolist(), weights.tolist()]


def _flat(pages: list[list[int]]) -> tuple[list[int], list[int]]:
    starts = [0]
    for page in pages:
        starts.append(starts[-1] + len(page))
    return [word for page in pages for word in page], starts


def _compiled_and_not(module: Any, name: str, inner: tuple[str, ...]) -> Iterator[Callable[..., Any]]:
    """Yield the function as compiled, then with every kernel of its file replaced by its plain function."""
    yield getattr(module, name)
    with pytest.MonkeyPatch.context() as patch:
        for kernel in (name, *inner):
            patch.setattr(module, kernel, getattr(getattr(module, kernel), "py_func", getattr(module, kernel)))
        with np.errstate(over="ignore"):
            yield getattr(module, name)


@settings(max_examples=40)
@given(pages_of_words, sizes, publications)
def test_all_kernels_equal_their_twins_when_run_one_after_the_other(pages, size, published):
    k, w = size
    words, starts = _flat(pages)
    word_array, start_array = np.array(words, np.uint32), np.array(starts, np.int64)
    prints = plain_winnow.winnow(words, starts, k, w)
    for winnow in _compiled_and_not(kernel_winnow, "winnow", ("_fill_shingles",)):
        assert [column.tolist() for column in winnow(word_array, start_array, k, w)] == list(prints)
    days, outlets = published
    pairs = _joined_alike(prints, days[: len(pages)], outlets[: len(pages)])
    hits = plain_refine.refine(words, starts, pairs)
    pair_array, hit_array = np.array(pairs, np.int64).reshape(-1, 2), np.array(hits, np.int64).reshape(-1, 4)
    for refine in _compiled_and_not(kernel_refine, "refine", ("runs", "_table", "_hits", "_slot", "_put", "_room")):
        assert (
            refine(word_array, kernel_refine.runs(word_array), start_array, pair_array).tolist() == hit_array.tolist()
        )
    chains = plain_align.align(words, starts, hits, plain_refine.RUN)
    for align in _compiled_and_not(kernel_align, "align", INNER):
        assert _chains_of(*align(word_array, start_array, hit_array, plain_refine.RUN)) == chains
    _check_composed(words, starts, chains)


INNER = (
    "_room", "_n_words", "_append", "_same", "_runs", "_order", "_in_order", "_chains", "_aligned", "_extend", "_skip",
    "_between", "_common",
)  # fmt: skip


def _chains_of(rows, blocks):
    """Return chains with their equal words one by one."""
    return [
        (a, b, [(x + i, y + i) for x, y, length in blocks[first:end].tolist() for i in range(length)])
        for a, b, first, end in rows.tolist()
    ]


def _check_composed(words, starts, chains):
    """Compose the alignments of all pages with page 0, as plain lists and compiled."""
    carriers = sorted({b for a, b, _ in chains if a == 0})
    if len(carriers) < 2:
        return
    partners = [[-1] * (starts[1] - starts[0]) for _ in carriers]
    for a, b, pairs in chains:
        if a == 0:
            for x, y in pairs:
                partners[carriers.index(b)][x] = y
    wanted = [(i, j) for i in range(len(carriers)) for j in range(i + 1, len(carriers))]
    expected = plain_align.composed(words, starts, partners, carriers, wanted)
    arguments = np.array(words, np.uint32), np.array(starts), np.array(partners, np.int32), np.array(carriers)
    for composed in _compiled_and_not(kernel_align, "composed", INNER):
        assert _chains_of(*composed(*arguments, np.array(wanted))) == expected


def test_join_equals_its_twin_when_groups_are_large():
    pages = [[*range(i + 1, i + 3), *VOCABULARY[:9], *VOCABULARY[20 : 20 + i % 30]] for i in range(200)]
    words, starts = _flat(pages)
    prints = plain_winnow.winnow(words, starts, 3, 3)
    for days, outlets in (
        ([0] * 200, [-1] * 200),
        (list(range(200)), [-1] * 200),
        ([-1] * 200, [i % 20 for i in range(200)]),
    ):
        assert len(_joined_alike(prints, days, outlets)) < len(pages) * 100


shared_words = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 40), st.integers(0, 40))


@settings(max_examples=60)
@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] != p[1]),
                       st.lists(shared_words, min_size=1, max_size=2), max_size=20), st.sets(st.integers(0, 7), max_size=2),
       st.permutations(range(8)))  # fmt: skip
def test_siblings_equal_their_twin(drawn, leads, ranks):
    found = {}
    for (a, b), passages in drawn.items():
        rows = [(x, x + 13, y, y + 13) if x + y < 12 else (min(x, u), max(x, u) + 1, min(y, v), max(y, v) + 1)
                for x, y, u, v in passages]  # fmt: skip
        if (b, a) not in found:
            found[a, b] = rows
    expected = plain_siblings.siblings(found, ranks, leads)
    flat = [(a, b, *row) for (a, b), rows in found.items() for row in rows]
    table = np.array(flat, np.uint32).reshape(-1, 6)
    is_lead = np.isin(np.arange(8), list(leads))
    columns = [np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]), np.ascontiguousarray(table[:, 2:])]
    inner = ("_degrees", "_hubs", "_sides", "_linked", "_keys", "_pairs_of", "_room")
    for siblings in _compiled_and_not(kernel_siblings, "siblings", inner):
        pairs = siblings(*columns, np.array(ranks), is_lead)
        assert sorted(set(map(tuple, pairs.tolist()))) == expected


def test_kernels_hold_the_same_numbers_as_their_twins():
    for name in ("PER_PAGE", "GROUP", "REPEATED", "BURST_DAYS", "PER_OUTLET", "SAMPLE", "SMALL", "LARGE", "STANDING"):
        assert getattr(kernel_join, name) == getattr(plain_join, name)
    for name in ("RUN", "OFTEN"):
        assert getattr(kernel_refine, name) == getattr(plain_refine, name)
    for name in ("MOST", "LEAST"):
        assert getattr(kernel_siblings, name) == getattr(plain_siblings, name)
    for name in ("GAP", "DRIFT", "X_DROP", "CELLS", "LEAST"):
        assert getattr(kernel_align, name) == getattr(plain_align, name)
