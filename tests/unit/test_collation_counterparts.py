"""Statements told in wholly other words: aligned where neither has a better counterpart."""

import pytest

from retold.stages.collation.likeness import is_same_statement, weigh
from retold.stages.collation.pairs import pair
from retold.stages.collation.tokens import read_side
from retold.text.spans import Span

STORM = "Waves broke over the outer wall of Ossel harbour during the night."
CRANES = "Four cranes on the eastern quay were bent by the gusts."
FERRIES = "The ferries stayed in their berths until noon on Tuesday."


def _side(sentences: list[str]):
    text, spans, at = " ".join(sentences), [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return read_side(text, spans)


def _links(one: list[str], other: list[str]) -> set[tuple[int, int]]:
    a, b = _side(one), _side(other)
    return {(i, j) for group in pair(a, b, weigh((a, b))) for i in group.a for j in group.b}


def test_a_statement_in_other_words_between_aligned_neighbours_is_aligned():
    told = "Engineers from the pilots' guild needed two days to lift the sunken ferry."
    retold = "It took until Thursday before the sunken ferry was raised by a crew of divers and engineers."
    a, b = [STORM, CRANES, told, FERRIES], [STORM, CRANES, retold, FERRIES]
    weights = weigh((_side(a), _side(b)))
    assert not is_same_statement(weights.likeness(_side(a).units[2], _side(b).units[2]))
    assert (2, 2) in _links(a, b)


@pytest.mark.parametrize(
    "retold",
    [
        "The mayor of Ossel opened a school in the old town on the same day.",
        "Who pays?",
    ],
)
def test_what_tells_something_else_between_aligned_neighbours_is_not(retold):
    told = "Engineers from the pilots' guild needed two days to lift the sunken ferry."
    a, b = [STORM, CRANES, told, FERRIES], [STORM, CRANES, retold, FERRIES]
    assert (2, 2) not in _links(a, b)
