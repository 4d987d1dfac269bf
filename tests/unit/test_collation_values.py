"""Values in another style are no new values: amounts, times of day, days of a month."""

from __future__ import annotations

import pytest

from retold.stages.collation import align


def kinds(a: str, b: str) -> set[str]:
    (row,) = align([a], [b])
    return {kind.value for kind in row.kinds} - {"trivial"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The boom fell at 7:40 a.m. on the pier.", "The boom fell at 7.40am on the pier."),
        ("The boom fell at 7:40 p.m. on the pier.", "The boom fell at 19:40 on the pier."),
        ("The gates of the old pier open at 6:00 p.m. on Monday.", "The gates of the old pier open at 6pm on Monday."),
        ("The crane cost $1.5 million, the port said.", "The crane cost 1.5m dollars, the port said."),
        ("The crane cost $3 billion, the port said.", "The crane cost $3bn, the port said."),
        ("The clerk paid £20 for it on the day.", "The clerk paid 20 pounds for it on the day."),
        ("Some 1,200 men left and 12 percent stayed.", "Some 1200 men left and twelve per cent stayed."),
        ("The old pier was shut on March 5 by the town.", "The old pier was shut on 5 March by the town."),
        ("The road of 20 kilometers was shut by the town.", "The road of 20km was shut by the town."),
    ],
)
def test_a_value_in_another_style_is_house_style(a, b):
    assert kinds(a, b) == {"house style"}


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("The boom fell at 7:40 a.m. on the pier.", "The boom fell at 7.45am on the pier.", "number"),
        ("The boom fell at 7:40 a.m. on the pier.", "The boom fell at 7.40pm on the pier.", "number"),
        ("The crane cost $1.5 million, the port said.", "The crane cost 1.5bn dollars, the port said.", "number"),
        ("The clerk paid £20 for it on the day.", "The clerk paid 20 dollars for it on the day.", "number"),
        ("The old pier was shut on March 5 by the town.", "The old pier was shut on 6 March by the town.", "date"),
        ("The road of 20 kilometers was shut by the town.", "The road of 20 miles was shut by the town.", "wording"),
    ],
)
def test_another_value_is_not(a, b, kind):
    assert kind in kinds(a, b)
