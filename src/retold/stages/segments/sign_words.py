"""The keys of a block's words alone, read once for every wording: lengths, marks, capitals, figures.

Owns what needs no page around it; ``signs`` puts these keys beside those of the page.
"""

from __future__ import annotations

from bisect import bisect_right

from retold.stages.segments.wording import Wording

Key = tuple[object, ...]
"""A few values that are read together, the first of them the name of the kind of key."""

LENGTHS = (1, 2, 3, 5, 8, 12, 17, 25, 40, 70)
SIZES = ("tiny", "short", "mid", "long")
_MARKS = (
    ("|", "bar"), ("©", "copyright"), ("@", "at"), ("http", "address"), ("/", "slash"), ("»", "guillemet"),
    (":", "colon"), ("€", "euro"), ("$", "dollar"), ("→", "arrow"), ("…", "dots"), ("#", "hash"), ("(", "bracket"),
    ("[", "square"), ("+", "plus"), ("&", "and"), ("%", "percent"), ("*", "star"),
)  # fmt: skip
_QUOTES = frozenset('"“”„»«')
_LAST = frozenset(".?!:…,;)]\"”“»|>'’")
_MARK_CHARACTERS = frozenset(mark[0] for mark, _ in _MARKS)
_SHORT, _MID, _LONG = 5, 12, 30
"""Words from which a text is short, of middle length, long."""
_SIZE_OF = tuple(SIZES[bisect_right((_SHORT, _MID, _LONG), n)] for n in range(_LONG + 1))


def size_of(n_words: int) -> str:
    """Return the size of a text of so many words.

    >>> size_of(4), size_of(400)
    ('tiny', 'long')
    """
    return _SIZE_OF[n_words] if n_words < _LONG else "long"


def _last_mark(text: str) -> str:
    mark = text[-1:]
    return mark if mark in _LAST else "letter" if mark.isalpha() else "figure" if mark.isdigit() else "other"


def _first_mark(text: str) -> str:
    mark = text[:1]
    if mark.isupper():
        return "capital"
    if mark.islower():
        return "lower"
    if mark.isdigit():
        return "figure"
    if mark in "\"“„«‘'»":
        return "quote"
    return "bullet" if mark in "*+•·-–—|[(" else mark if mark in "©#@" else "other"


def wording_keys(wording: Wording, *, known: bool) -> tuple[Key, ...]:
    """Keys of the words alone, read once for every wording; ``known`` says that the page's language has a list."""
    if wording.signs is None:
        wording.signs = {}
    found = wording.signs.get(known)
    if found is None:
        found = wording.signs[known] = _read_wording(wording, known=known)
    return found


def _read_wording(wording: Wording, *, known: bool) -> tuple[Key, ...]:
    text, n = wording.text, wording.n_words
    size, end = size_of(n), "." if wording.ends_sentence else "-"
    function = bisect_right((0.05, 0.12, 0.2, 0.3, 0.4), wording.function_share) if known else "unknown"
    capitals = bisect_right((0.1, 0.2, 0.35, 0.6, 0.9), wording.capital_share)
    figures = bisect_right((0.001, 0.05, 0.15, 0.3), wording.digit_share)
    characters = set(text)
    has_marks = not _MARK_CHARACTERS.isdisjoint(characters)
    marks = tuple([name for mark, name in _MARKS if mark in text]) if has_marks else ()
    n_quotes = 0 if _QUOTES.isdisjoint(characters) else min(2, sum(map(text.count, _QUOTES)))
    return (
        ("length", bisect_right(LENGTHS, n), size, end, _last_mark(text), _first_mark(text)),
        ("make", function, n >= 5, capitals, size, figures, min(3, text.count(","))),
        ("marks", marks, n >= 12, n_quotes, size),
        ("form", wording.inner_sentences, wording.is_question, wording.bullet, n > 0 and text.isupper(), size, end),
    )
