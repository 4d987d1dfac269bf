"""How rare words are in news: the frozen table that weighs what two reports have in common.

Owns the weight of a level, that of a word the table does not list too; reading it belongs to ``lexicon.rarity``.
The table is shipped and versioned, never counted from the pages at hand, so a report weighs the same in any company.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from retold.lexicon.rarity import UNLISTED_LEVEL, levels
from retold.lexicon.rarity import level_of as level_of
from retold.lexicon.rarity import read_levels as read_levels

STEPS_PER_OCTAVE = 4
"""Levels of the table per halving of the count, as ``bench/make_idf.py`` writes them."""
COMMON_LEVEL = 8
"""Words below this level stand in more than a quarter of all reports and say nothing of the event."""
RARE_LEVEL = 28
"""Words from this level on stand in fewer than 1 of 128 reports: worth showing as evidence."""
SOFTENING = 0.8
"""Power on the logarithmic rarity; .6 to 1.0 differ by .01 of B-cubed F1 on each set (basil, ecbplus train,
allsides), .8 is best on two."""
FOREIGN_SHARE = 0.5
"""A page with more running words than this outside the table is not English; its words weigh by length."""
LONG_WORD = 8
"""Letters from which a word of another language weighs fully (in most languages common words are short)."""


@cache
def _weight_of_level(level: int) -> float:
    return float((level / STEPS_PER_OCTAVE * math.log(2)) ** SOFTENING)


def is_foreign(keys: Sequence[str]) -> bool:
    """Tell whether most running words are outside the table: the page is in another language.

    >>> is_foreign(["der", "hafen", "wurde", "am", "abend", "geräumt"])
    True
    """
    table = levels()
    return sum(key not in table for key in keys) > FOREIGN_SHARE * len(keys)


def weight_of(key: str, *, foreign: bool = False) -> float:
    """Return how much a word tells of its event, 0 for a common one.

    >>> weight_of("the"), weight_of("flood") < weight_of("smolensk")
    (0.0, True)
    """
    if foreign:
        return _weight_of_level(UNLISTED_LEVEL) * min(1.0, max(0.0, (len(key) - 2) / (LONG_WORD - 2)))
    level = level_of(key)
    return _weight_of_level(level) if level >= COMMON_LEVEL else 0.0
