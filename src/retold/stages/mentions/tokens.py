"""Words and signs of a sentence, as a name finder needs them: initials and abbreviations keep their full stop."""

from __future__ import annotations

import re
from typing import NamedTuple

# "U.S.", "J.", "Gen." keep their stop; a word keeps inner apostrophes apart ("Iran's" is "Iran" and "'s").
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Gov|Sen|Sens|Rep|Reps|Rev|Prof|St|Jr|Sr|Inc|Ltd|Corp|Cmdr)\."
    r"|[A-Z]\.(?=\s[A-Z])|['’]s\b|[^\W_]+|[^\w\s]|_"
)


class Token(NamedTuple):
    """A word or sign; ``cap`` tells whether it begins with a capital letter, ``first`` that it opens its sentence."""

    start: int
    end: int
    text: str
    cap: bool
    first: bool


def tokens_of(text: str, span: tuple[int, int]) -> list[Token]:
    """Return the tokens of a sentence in order.

    >>> [token.text for token in tokens_of("Gen. J. Poe left Iran's U.S. office.", (0, 36))]
    ['Gen.', 'J.', 'Poe', 'left', 'Iran', "'s", 'U.S.', 'office', '.']
    """
    tokens: list[Token] = []
    opened = False
    for found in _TOKEN.finditer(text, span[0], span[1]):
        word = found.group()
        is_word = word[0].isalnum()
        tokens.append(Token(found.start(), found.end(), word, word[0].isupper(), is_word and not opened))
        opened = opened or is_word
    return tokens
