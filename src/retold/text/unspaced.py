"""Scripts written without spaces between words: how many words a stretch of them is, and what stands for its words.

Owns the counting by length, which is all that telling a paragraph from a menu needs; real words would take a dictionary
for each language. Korean parts its words and is none of these.
"""

from __future__ import annotations

import re

# Ranges of characters, as they stand between the brackets of a pattern.
CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df"
STOPS = "\u0e3f\u0e4f\u0e5a\u0e5b\u104a-\u104f\u17d4-\u17d6\u17d8-\u17db"
"""Punctuation among the ranges of these scripts."""
_ANY = re.compile(f"[{CJK}{SOUTH_EAST_ASIAN}]")
# Words of news: Chinese about 1.7 characters, Japanese about 2; Thai, Lao, Burmese and Khmer four to five with marks.
_WORD = re.compile(
    f"[{CJK}]{{1,2}}|[{SOUTH_EAST_ASIAN}]{{1,5}}"
    rf"|(?:(?![{CJK}{SOUTH_EAST_ASIAN}])\w)+(?:['’](?:(?![{CJK}{SOUTH_EAST_ASIAN}])\w)+)*"
)
_RUN = re.compile(f"[{CJK}]+|[{SOUTH_EAST_ASIAN}]+")
_THAI = re.compile("[\u0e01-\u0eff]")
_THAI_SHARE = 0.5
_BIGRAM, _SYLLABLES = 2, 4


def is_unspaced(text: str) -> bool:
    """Tell whether any of the text is written without spaces between words.

    >>> is_unspaced("港口罢工"), is_unspaced("Dockers – Häfen")
    (True, False)
    """
    return not text.isascii() and _ANY.search(text) is not None


def pieces(text: str) -> list[str]:
    """Return pieces of about the length of words, and the words of other scripts as they are.

    >>> pieces("港口罢工 AFP")
    ['港口', '罢工', 'AFP']
    """
    return _WORD.findall(text)


def overlapping(text: str) -> set[str]:
    """Return pieces that two texts share wherever they share words: every two characters of a run, or every four.

    >>> sorted(overlapping("港口罢")) == ["口罢", "港口"]
    True
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        n = _SYLLABLES if _THAI.match(run) or run[0] < "\u2000" else _BIGRAM
        found.update(run[i : i + n] for i in range(max(1, len(run) - n + 1)))
    return found


def has_no_stops(text: str) -> bool:
    """Tell whether the text is mostly of scripts whose sentences end in nothing but a space (Thai, Lao)."""
    return len(_THAI.findall(text)) >= _THAI_SHARE * len(text)
