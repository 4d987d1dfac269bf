"""Made transmissions of sealed reports: what was done to them, and who took the text from whom, is found again.

Floors are what this version reaches on these stories, rounded down; docs/benchmarks.md tells the figures on others.
"""

from collections import Counter
from pathlib import Path

import pytest

from bench.transmission.__main__ import Figures, expected_error, f1, measure
from bench.transmission.articles import pool_of


@pytest.fixture(scope="module")
def figures(shared: Path) -> Figures:  # asked for, so that the data stands there
    return measure(pool_of(1), "small", range(5000, 5015))


def share(counts: Counter[str], name: str) -> float:
    return counts[f"{name} right"] / counts[name]


def test_sentences_are_aligned(figures):
    assert f1(figures.collation, "links") >= 0.985


@pytest.mark.parametrize(
    ("change", "floor"),
    [("kept", 0.999), ("edited", 0.975), ("split", 0.78), ("merged", 0.68), ("cut", 0.996), ("added", 0.996)],
    # cut and added were .998 before statements in wholly other words were looked for: links of real reports read by hand,
    # sealed, gained (.874 to .886), and here two statements in a thousand that have no counterpart are given one
)
def test_changes_are_told(figures, change, floor):
    assert share(figures.collation, f"change {change}") >= floor


def test_kinds_of_edits_are_told(figures):
    assert share(figures.collation, "kinds") >= 0.99


def test_edges_are_found(figures):
    # .80 before the words of an unseen source were elected slot by slot: two edges fewer here (.794), while other made
    # stories gained (development, 60 small: .826 to .875; fresh, 9 middle: .884 to .900)
    assert f1(figures.stemma.counts, "edges") >= 0.79
    assert f1(figures.stemma.counts, "edges") > f1(figures.stemma.counts, "star")


def test_origins_are_counted(figures):
    assert figures.stemma.counts["origins exact"] >= 13


def test_the_text_of_unseen_originals_is_told(figures):
    assert f1(figures.stemma.counts, "characters") >= 0.81


def test_confidence_is_near_the_share_that_is_right(figures):
    assert expected_error(figures.stemma.judged) <= 0.09


def test_breakages_are_right(figures):
    counts = figures.breakages
    told = sum(n for name, n in counts.items() if name.endswith(": told"))
    right = sum(n for name, n in counts.items() if name.endswith(": told right"))
    assert right / told >= 0.74
