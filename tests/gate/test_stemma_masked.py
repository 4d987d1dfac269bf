"""Direction of copying between real reports with the names of outlets and agencies masked in text and metadata."""

from __future__ import annotations

from bench.masked_direction import counted, wilson

N_PAIRS = 17
LEAST_RIGHT = 11
MOST_WRONG = 0
"""What this version reaches: the others are not told, for without names nothing shows which way the text went."""


def test_direction_is_told_from_text_and_clock_alone_and_never_the_wrong_way(shared):
    found = counted(shared)
    low, high = wilson(found["right"], found["right"] + found["wrong"])
    print(
        f"masked: right {found['right']}, wrong {found['wrong']}, not told {found['not told']} [{low:.2f}, {high:.2f}]"
    )
    assert found.total() == N_PAIRS
    assert found["right"] >= LEAST_RIGHT
    assert found["wrong"] <= MOST_WRONG
