"""The number a word is compared by, and words of a text as numbers with their places. Twin of ``kernels.words``.

Numbers are keyed: who does not know the key cannot write two words that meet in one number.

Scripts without spaces have no words to read off. A run of them is cut between two characters wherever these two say so,
by a hash: two texts that share characters are cut at the same places, whatever stands around, and the pieces are about
as long as words. Every character by itself would not do: five characters in a row, the length of a shingle, stand in
many unrelated pages. Source: content-defined chunking, Muthitacharoen, Chen, Mazières, "A Low-bandwidth Network File
System", 2001.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from retold.text.unspaced import CJK, SOUTH_EAST_ASIAN, STOPS, is_unspaced
from retold.text.words import Word, key_of, words_of

_MASK = (1 << 64) - 1
CUTS, CUTS_SYLLABLES = 2, 4
"""A cut before every second character of Chinese and Japanese, on average, and every fourth of Thai, Lao, Khmer and
Burmese that is no mark: about the length of their words (``text.unspaced``)."""
_ANY = CJK + SOUTH_EAST_ASIAN
_PIECE = re.compile(rf"\d+(?:[.,]\d+)+|(?:(?![{STOPS}])[{_ANY}])+|[^\W{_ANY}]+(?:['’ʼ＇][^\W{_ANY}]+)*")
_UNSPACED = re.compile(f"[{_ANY}]")
_SYLLABLE = re.compile(f"[{SOUTH_EAST_ASIAN}]")
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


def units_of(text: str, span: tuple[int, int] | None = None, key: int = 0) -> list[Word]:
    """Return the words inside the span, and pieces of about their length where the script has no spaces.

    >>> [unit.key for unit in units_of("AFP 港口工人罢工")] == ["afp", *(unit.key for unit in units_of("港口工人罢工"))]
    True
    """
    start, end = span or (0, len(text))
    if not is_unspaced(text):
        return words_of(text, (start, end))
    found: list[Word] = []
    for match in _PIECE.finditer(text, start, end):
        cuts = [match.start(), *_cuts(text, match, key), match.end()]
        found += [Word(a, b, key_of(text[a:b])) for a, b in pairwise(cuts)]
    return found


def _cuts(text: str, match: re.Match[str], key: int) -> Iterator[int]:
    """Give the places inside a run of a script without spaces before which it is cut; none in other words."""
    if _UNSPACED.match(text, match.start()) is None or _is_number(match.group()):
        return
    seed = _mixed(key + _FACTOR & _MASK)
    for at in range(match.start() + 1, match.end()):
        if text[at].isalnum() and not text[at].isdecimal():
            value = (seed ^ ord(text[at - 1])) * _FACTOR & _MASK
            value = (value ^ value >> 32 ^ ord(text[at])) * _FACTOR & _MASK
            if (_mixed(value) >> 32) % (CUTS_SYLLABLES if _SYLLABLE.match(text[at]) else CUTS) == 0:
                yield at


def _is_number(word: str) -> bool:
    return "," in word or "." in word


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
        for start, end, word in units_of(text, span, key):
            numbers.append(number_of(word, key))
            starts.append(start)
            ends.append(end)
            is_border.append(breaks)
            breaks = False
        before = span[1]
    return numbers, starts, ends, is_border
