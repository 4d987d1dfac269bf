"""Spans, tilings and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.errors import SpanError
from retold.text.spans import Span, check_span, check_tiling, tile, trim
from retold.text.words import words_of


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [("  a b ", (0, 6), (2, 5)), ("   ", (0, 3), (0, 0)), ("ab", (0, 2), (0, 2)), ("", (0, 0), (0, 0))],
)
def test_trim_leaves_no_white_space_at_the_ends(text, span, expected):
    assert trim(text, span) == expected


@given(st.lists(st.integers(0, 50)), st.integers(0, 60))
def test_tiles_cover_the_length_once(starts, length):
    spans = tile([start for start in starts if start <= length], length)
    check_tiling(spans, length, page="p")


@pytest.mark.parametrize(
    ("spans", "says"),
    [([(0, 3), (4, 9)], "ends at 3"), ([(0, 3)], "does not reach the end"), ([(0, 0), (0, 9)], "ends at 0")],
)
def test_a_gap_is_told_with_its_place(spans, says):
    with pytest.raises(SpanError, match=says):
        check_tiling(spans, 9, page="p")


def test_a_span_outside_the_text_is_told():
    with pytest.raises(SpanError, match="the text has 5 characters"):
        check_span((3, 9), 5, page="p")


@given(st.text())
def test_words_point_at_themselves(text):
    for word in words_of(text):
        assert text[word.start : word.end].strip() != ""
        assert word.key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The port’s crane", ["the", "ports", "crane"]),
        ("It's 1,200.50 tons", ["its", "1,200.50", "tons"]),
        ("dock-workers — all", ["dock", "workers", "all"]),
        ("«Café» ÉTÉ", ["café", "été"]),
    ],
)
def test_words_compare_without_case_and_apostrophes(text, keys):
    assert [word.key for word in words_of(text)] == keys


def test_spans_overlap_and_hold():
    assert Span(0, 4).overlaps((3, 9))
    assert not Span(0, 3).overlaps((3, 9))
    assert Span(0, 9).holds((3, 9))
