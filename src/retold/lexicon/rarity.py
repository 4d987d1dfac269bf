"""How rare a word is in English news, as the frozen table ``idf_en.txt`` (made by ``bench/make_idf.py``) has it.

Owns reading the table. What weight a stage gives to a level belongs to the stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

UNLISTED_LEVEL = 52
"""Level of a word that is not in the table: the rarest listed ones stand at 47, in some 12 of 41,000 reports."""


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
