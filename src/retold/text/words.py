"""Words of a text with their comparison keys, each mapping back to its characters.

Owns what counts as a word and when two words compare as equal: case, the shape of quotes and dashes and
apostrophes inside words do not count. The text itself is never changed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from retold.text.spans import Span

# A number keeps its separators; a word keeps inner apostrophes; hyphens and everything else separate.
_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:['’ʼ＇]\w+)*")
_APOSTROPHES = str.maketrans("", "", "'’ʼ＇")


class Word(NamedTuple):
    """A word at ``[start, end)`` of the text and the key it is compared by."""

    start: int
    end: int
    key: str


def key_of(word: str) -> str:
    """Return the comparison key of one word.

    >>> key_of("Minister’s")
    'ministers'
    """
    return word.casefold() if word.isascii() and word.isalnum() else word.translate(_APOSTROPHES).casefold()


def words_of(text: str, span: tuple[int, int] | None = None) -> list[Word]:
    """Return the words inside the span (default: the whole text), offsets counted in ``text``.

    >>> [w.key for w in words_of("The port's 1,200 dock-workers")]
    ['the', 'ports', '1,200', 'dock', 'workers']
    """
    start, end = span or (0, len(text))
    return [Word(m.start(), m.end(), key_of(m.group())) for m in _WORD.finditer(text, start, end)]


def span_of(words: list[Word]) -> Span:
    """Return the span from the first word's start to the last word's end."""
    return Span(words[0].start, words[-1].end)
