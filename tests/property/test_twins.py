"""Every kernel, compiled and as plain function, equals its plain-Python twin on random arrays."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.plain import align as plain_align
from retold.plain import join as plain_join
from retold.plain import winnow as plain_winnow

kernel_align = pytest.importorskip("retold.kernels.align")
kernel_join = pytest.importorskip("retold.kernels.join")
kernel_winnow = pytest.importorskip("retold.kernels.winnow")

# Few distinct words, so that runs repeat inside and between pages; their hashes fill all 64 bits.
VOCABULARY = [(i + 1) * 0x9E3779B97F4A7C15 % 2**64 for i in range(60)]
pages_of_words = st.lists(
    st.one_of(
        st.lists(st.sampled_from(VOCABULARY), max_size=60),
        st.lists(st.sampled_from(VOCABULARY[:4]), max_size=30),
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


@settings(max_examples=120)
@given(pages_of_words, sizes)
def test_all_kernels_equal_their_twins_when_run_one_after_the_other(pages, size):
    k, w = size
    words, starts = _flat(pages)
    word_array, start_array = np.array(words, np.uint64), np.array(starts, np.int64)
    prints = plain_winnow.winnow(words, starts, k, w)
    for winnow in _compiled_and_not(kernel_winnow, "winnow", ("_fill_shingles",)):
        assert [column.tolist() for column in winnow(word_array, start_array, k, w)] == list(prints)
    columns = np.array(prints[0], np.uint64), np.array(prints[1], np.int64), np.array(prints[2], np.int64)
    hits = plain_join.join(*prints)
    for join in _compiled_and_not(kernel_join, "join", ("_hits", "_group")):
        assert join(*columns).tolist() == [list(hit) for hit in hits]
    hit_array = np.array(hits, np.int64).reshape(-1, 4)
    chains = plain_align.align(words, starts, hits, k)
    inner = ("_room", "_chains", "_aligned", "_extend", "_skip", "_between", "_common")
    for align in _compiled_and_not(kernel_align, "align", inner):
        rows, equal = align(word_array, start_array, hit_array, k)
        found = [(a, b, [(x, y) for x, y in equal[first:end].tolist()]) for a, b, first, end in rows.tolist()]
        assert found == chains


def test_join_equals_its_twin_when_a_group_is_larger_than_the_ring():
    pages = [[*range(i, i + 2), *VOCABULARY[:9]] for i in range(0, 400, 2)]
    words, starts = _flat(pages)
    prints = plain_winnow.winnow(words, starts, 3, 3)
    columns = np.array(prints[0], np.uint64), np.array(prints[1], np.int64), np.array(prints[2], np.int64)
    hits = plain_join.join(*prints)
    assert kernel_join.join(*columns).tolist() == [list(hit) for hit in hits]
    assert len(hits) < len(pages) * 10 * plain_join.RING


def test_kernels_hold_the_same_numbers_as_their_twins():
    for name in ("PER_PAGE", "GROUP", "RING"):
        assert getattr(kernel_join, name) == getattr(plain_join, name)
    for name in ("GAP", "DRIFT", "X_DROP", "CELLS", "LEAST"):
        assert getattr(kernel_align, name) == getattr(plain_align, name)
