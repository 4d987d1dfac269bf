"""Kernels on sizes that small counters or slow growth would not survive; their meaning is tested with their twins."""

import numpy as np
import pytest

pytest.importorskip("numba")

from retold.kernels import align as align_kernel
from retold.kernels import join as join_kernel
from retold.kernels import refine as refine_kernel
from retold.kernels import winnow as winnow_kernel

N_WORDS = 70_000
"""More than 16 bits count."""


@pytest.fixture(scope="module")
def twice():
    """Give the words of two equal long pages and where each begins."""
    page = np.arange(1, N_WORDS + 1, dtype=np.uint32) * np.uint32(0x9E3779B9)
    return np.concatenate([page, page]), np.array([0, N_WORDS, 2 * N_WORDS], np.int64)


def _pairs(words, starts):
    hashes, pages, _, tags = winnow_kernel.winnow(words, starts, 5, 4)
    order = np.argsort(hashes, kind="stable")
    columns = hashes[order], pages[order].astype(np.uint32), tags[order]
    small, none = np.zeros(hashes.size, np.uint8), np.empty(0, np.uint32)
    return join_kernel.join(*columns, small, np.zeros(starts.size - 1, np.int64), none).astype(np.int64)


def _hits(words, starts):
    return refine_kernel.refine(words, refine_kernel.runs(words), starts, _pairs(words, starts))


def test_a_page_longer_than_16_bits_count_is_one_chain_of_all_its_words(twice):
    words, starts = twice
    hits = _hits(words, starts)
    assert len(hits) == 1
    chains, equal = align_kernel.align(words, starts, hits, 3)
    assert chains.tolist() == [[0, 1, 0, 1]]
    assert equal.tolist() == [[0, N_WORDS, N_WORDS]]


def test_fingerprints_are_about_two_in_five_of_all_shingles(twice):
    words, starts = twice
    hashes, pages, positions, _ = winnow_kernel.winnow(words, starts, 5, 4)
    # The expected density of winnowing is 2 / (w + 1).
    assert hashes.size / words.size == pytest.approx(2 / 5, abs=0.02)
    assert (hashes.dtype, pages.dtype, positions.dtype) == (np.uint64, np.int64, np.int64)


def test_no_words_give_no_rows():
    nothing = np.empty(0, np.uint32), np.zeros(1, np.int64)
    hits = _hits(*nothing)
    assert hits.shape == (0, 4)
    chains, equal = align_kernel.align(*nothing, hits, 3)
    assert (chains.shape, equal.shape) == ((0, 4), (0, 3))
