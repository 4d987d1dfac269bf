"""Made transmissions of sealed reports: what was done to their sentences is found again."""

from pathlib import Path

import pytest

from bench.transmission_collation import Scores, measure


@pytest.fixture(scope="module")
def scores(shared: Path) -> Scores:
    return measure(shared, n=200, seed=7)


@pytest.mark.parametrize(
    ("change", "recall", "precision"),
    [
        ("kept", 0.999, 0.999),
        ("edited", 0.985, 0.985),
        ("split", 0.95, 0.95),
        ("merged", 0.97, 0.97),
        ("cut", 0.99, 0.985),
        ("added", 0.99, 0.985),
        ("moved", 0.98, 0.98),
    ],
)
def test_changes_are_found_again(scores, change, recall, precision):
    assert scores.recall(change) >= recall
    assert scores.precision(change) >= precision


@pytest.mark.parametrize("kind", ["wording", "number", "date", "hedge", "attribution", "house style", "trivial"])
def test_kinds_are_shown(scores, kind):
    assert scores.recall(f"kind {kind}") >= 0.92
