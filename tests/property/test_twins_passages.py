"""Passages and their types, compiled, equal their plain-Python twins on random chains of equal words."""

from datetime import date
from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model.story import MatchType
from retold.plain import passages as plain_passages
from retold.plain import types as plain_types

kernel_passages = pytest.importorskip("retold.kernels.passages")
kernel_types = pytest.importorskip("retold.kernels.types")

N_PAGES, LENGTH = 5, 60
"""Pages of so many words each."""


@st.composite
def chains(draw):
    """Chains of equal words between the pages, in order of pages, growing on both sides."""
    found = []
    for a in range(N_PAGES):
        for b in range(a + 1, N_PAGES):
            for _ in range(draw(st.integers(0, 3))):
                x, y = draw(st.integers(0, 20)), draw(st.integers(0, 20))
                pairs = []
                for step in draw(st.lists(st.sampled_from([1, 1, 1, 1, 1, 1, 2, 9]), min_size=1, max_size=40)):
                    x, y = x + step, y + draw(st.sampled_from([step, step, step, 1]))
                    if x < LENGTH and y < LENGTH:
                        pairs.append((a * LENGTH + x, b * LENGTH + y))
                if pairs:
                    found.append((a, b, pairs))
    return found


flags = st.lists(st.booleans(), min_size=N_PAGES * LENGTH, max_size=N_PAGES * LENGTH)
cuts = st.lists(
    st.lists(st.integers(0, LENGTH), max_size=9, unique=True).map(sorted), min_size=N_PAGES, max_size=N_PAGES
)
published = st.lists(
    st.builds(
        plain_types.Publication,
        st.sampled_from([None, "Coast Post", "Quay News"]),
        st.one_of(st.none(), st.integers(1, 12).map(lambda day: date(2020, 1, day))),
        st.just(LENGTH),
    ),
    min_size=N_PAGES, max_size=N_PAGES,
)  # fmt: skip


def _compiled_and_not(module, inner):
    yield
    with pytest.MonkeyPatch.context() as patch:
        for name in inner:
            patch.setattr(module, name, getattr(module, name).py_func)
        yield


def _blocks(pairs):
    """Return equal words as blocks: first word in a, first word in b, how many."""
    found = []
    for x, y in pairs:
        if found and (x, y) == (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]):
            found[-1][2] += 1
        else:
            found.append([x, y, 1])
    return found


def _plain(found, borders, sentences):
    return {
        (a, b): plain_passages.passages_of([pairs for *_, pairs in chains], borders, sentences[a], sentences[b])
        for (a, b), chains in groupby(found, key=lambda chain: chain[:2])
        for chains in [list(chains)]
    }


def _check_types(expected, quoted, pages):
    expected = {pair: passages for pair, passages in expected.items() if passages}
    words = {
        page: {word for word in range(page * LENGTH, page * LENGTH + LENGTH) if quoted[word]} for page in range(N_PAGES)
    }
    types = plain_types.typed(expected, words, pages)
    rows, is_quoted, pairs = [], [], []
    for number, ((a, b), passages) in enumerate(expected.items()):
        for passage in passages:
            rows.append((a, b, passage.a.start, passage.a.stop, passage.b.start, passage.b.stop, len(passage.pairs)))
            is_quoted.append(plain_types._is_quotation(passage, words[a], words[b]))
            pairs.append(number)
    outlets = {None: -1, "Coast Post": 0, "Quay News": 1}
    arguments = (
        np.array(rows, np.int32).reshape(-1, 7), np.array(is_quoted, np.bool_), np.array(pairs, np.int32),
        np.full(N_PAGES, LENGTH), np.array([-1 if p.day is None else p.day.toordinal() for p in pages], np.int32),
        np.array([outlets[p.outlet] for p in pages], np.int32),
    )  # fmt: skip
    names = (MatchType.COPY, MatchType.QUOTE, MatchType.BOILERPLATE)
    for _ in _compiled_and_not(kernel_types, ("typed", "_by_page", "_is_unrelated", "_apart")):
        assert [names[i] for i in kernel_types.typed(*arguments)] == [kind for pair in expected for kind in types[pair]]


@settings(max_examples=25)
@given(chains(), flags, flags, cuts, published)
def test_passages_and_types_equal_their_twins(found, borders, quoted, ends, pages):
    borders = [border and other for border, other in zip(borders, quoted, strict=True)]
    sentences = [[range(i * LENGTH + a, i * LENGTH + b) for a, b in pairwise(cut)] for i, cut in enumerate(ends)]
    expected = _plain(found, borders, sentences)
    blocks = [_blocks(pairs) for *_, pairs in found]
    sizes = np.cumsum([0, *map(len, blocks)])
    arguments = (
        np.array([(a, b, sizes[i], sizes[i + 1]) for i, (a, b, _) in enumerate(found)], np.int64).reshape(-1, 4),
        np.array([block for own in blocks for block in own], np.int64).reshape(-1, 3),
        np.cumsum([0, *borders]).astype(np.int32), np.cumsum([0, *quoted]).astype(np.int32),
        np.array([(s.start, s.stop) for own in sentences for s in own], np.int64).reshape(-1, 2),
        np.cumsum([0, *map(len, sentences)]),
    )  # fmt: skip
    told = [
        [
            a,
            b,
            p.a.start,
            p.a.stop,
            p.b.start,
            p.b.stop,
            len(p.pairs),
            sum(quoted[x] for x, _ in p.pairs),
            sum(quoted[y] for _, y in p.pairs),
        ]
        for (a, b), own in expected.items()
        for p in own
    ]
    inner = (
        "passages", "_room", "_n_words", "_order", "_longest_first", "_take", "_untaken", "_kept", "_paying", "_cut",
        "_whole_sentences",
    )  # fmt: skip
    for _ in _compiled_and_not(kernel_passages, inner):
        assert kernel_passages.passages(*arguments).tolist() == told
    _check_types(expected, quoted, pages)


def test_kernels_hold_the_same_numbers_as_their_twins():
    for name in ("GAIN", "LEAST", "LEAST_SENTENCE"):
        assert getattr(kernel_passages, name) == getattr(plain_passages, name)
    for name in (
        "QUOTED_SHARE",
        "COVERED_SHARE",
        "UNRELATED",
        "LITTLE_SHARE",
        "ONE_TEXT",
        "APART_DAYS",
        "ROUNDS",
        "LEAST",
    ):
        assert getattr(kernel_types, name) == getattr(plain_types, name)
