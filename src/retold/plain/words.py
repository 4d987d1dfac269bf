"""The number a word is compared by, and words of a text as numbers with their places. Twin of ``kernels.words``.

Numbers are keyed: who does not know the key cannot write two words that meet in one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from retold.text.words import words_of

_MASK = (1 << 64) - 1
_FACTOR = 0x9E3779B97F4A7C15
"""Odd multiplier (2^64 divided by the golden ratio)."""


@lru_cache(maxsize=1 << 16)
def number_of(word: str, key: int = 0) -> int:
    """Return the number (1 to 2^32 - 1) of a word's comparison key; 0 is kept for words that are masked.

    >>> number_of("ferry") == number_of("ferry"), number_of("ferry") == number_of("ferry", key=7)
    (True, False)
    """
    value = _mixed(key + _FACTOR & _MASK)
    for character in word:
        value = (value ^ ord(character)) * _FACTOR & _MASK
        value ^= value >> 32
    return _mixed(value) >> 32 or 1


def _mixed(value: int) -> int:
    """Return the 64 bits stirred (the last steps of splitmix64)."""
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & _MASK
    return value ^ value >> 31


def numbered(
    text: str, spans: Sequence[tuple[int, int]], key: int = 0
) -> tuple[list[int], list[int], list[int], list[bool]]:
    """Return number, start and end of every word inside the spans, and whether it is the first behind a break.

    ``spans`` are sorted and disjoint, in code points; a break is where one does not begin at the end of the one before.
    """
    numbers: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    is_border: list[bool] = []
    before, breaks = -1, False
    for span in spans:
        breaks = breaks or span[0] != before
        for start, end, word in words_of(text, span):
            numbers.append(number_of(word, key))
            starts.append(start)
            ends.append(end)
            is_border.append(breaks)
            breaks = False
        before = span[1]
    return numbers, starts, ends, is_border
