"""How rare words are in news: the frozen table that weighs what two reports have in common.

Owns reading ``lexicon/idf_en.txt`` (made by ``bench/make_idf.py``) and the weight of a word it does not list.
The table is shipped and versioned, never counted from the pages at hand, so a report weighs the same in any company.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

STEPS_PER_OCTAVE = 4
"""Levels of the table per halving of the count, as ``bench/make_idf.py`` writes them."""
UNLISTED_LEVEL = 52
"""Level of a word that is not in the table: the rarest listed ones stand at 47, in some 12 of 41,000 reports."""
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
def levels() -> Mapping[str, int]:
    """Return the level of each listed word; do not change it."""
    return read_levels((files("retold.lexicon") / "idf_en.txt").read_text(encoding="utf-8"))


def read_levels(content: str) -> Mapping[str, int]:
    r"""Return the level of each word of a table: lines of a level and its words, ``#`` before comments.

    >>> read_levels("# invented\n9 harbour pier\n14 rudder")["rudder"]
    14
    """
    table: dict[str, int] = {}
    for line in content.splitlines():
        if not line.startswith("#"):
            level, *words = line.split()
            table.update(dict.fromkeys(words, int(level)))
    return table


def level_of(key: str) -> int:
    """Return the level of a word: 0 in every report, 4 in half of them, 8 in a quarter, and so on."""
    return levels().get(key, UNLISTED_LEVEL)


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
