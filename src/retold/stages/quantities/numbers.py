"""Numbers as news prints them: digits, words, magnitudes, fractions, ordinals, ranges, approximators.

Works on one sentence; offsets are those of the text it stands in. What is counted is found by ``counted``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from retold.lexicon import entries
from retold.text.spans import Span


class Token(NamedTuple):
    """A word, number, or sign in a sentence; ``low`` is its lower-case form."""

    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number found at ``[start, end)``; tokens ``[first, last)`` hold it with unit and approximator left out.

    ``tally_end`` is the token after the two sides of a vote this number is one of, 0 for others.
    """

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    ordinal: bool
    first: int
    last: int
    tally_end: int = 0


_TOKEN = re.compile(
    r"(?<![^\W_])(?:[A-Z]\.){2,4}(?=\s[^\W_])"  # "U.S." before its noun, "H.R." before its number are one word
    r"|\d[\d,.]*(?<![,.])(?:st|nd|rd|th)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_"
)
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_ORDINAL = re.compile(r"(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)")
_DASHES = frozenset("-–—‑")


@cache
def lexicon() -> dict[str, Any]:
    """Return the number words, units and stop words."""
    return entries("numbers")


def tokens_of(text: str, span: tuple[int, int]) -> list[Token]:
    """Return the words, numbers and signs of the span in order."""
    return [Token(m.start(), m.end(), m.group(), m.group().lower()) for m in _TOKEN.finditer(text, span[0], span[1])]


def numbers_of(tokens: Sequence[Token]) -> list[Number]:
    """Return the numbers among the tokens, longest reading first, ranges joined.

    >>> [(n.value, n.ordinal) for n in numbers_of(tokens_of("the third of 5,200 seats, 1.3 million votes", (0, 43)))]
    [(3.0, True), (5200.0, False), (1300000.0, False)]
    """
    found: list[Number] = []
    i = 0
    while i < len(tokens):
        number = _number_at(tokens, i)
        if number is None:
            i += 1
            continue
        found.append(number)
        i = number.last
    return _joined_ranges(tokens, found)


def _number_at(tokens: Sequence[Token], i: int) -> Number | None:
    for read in (_ordinal_at, _fraction_at, _cardinal_at, _vague_at):
        number = read(tokens, i)
        if number is not None:
            return number
    return None


def _ordinal_at(tokens: Sequence[Token], i: int) -> Number | None:
    token = tokens[i]
    numeric = _ORDINAL.fullmatch(token.low)
    if numeric:
        return _plain(tokens, i, i + 1, float(numeric[1].replace(",", "")), ordinal=True)
    words, ordinals = lexicon()["words"], lexicon()["ordinals"]
    if token.low in ordinals:
        return _plain(tokens, i, i + 1, float(ordinals[token.low]), ordinal=True)
    tens = words.get(token.low, 0)
    if tens >= 20 and i + 2 < len(tokens) and tokens[i + 1].text in _DASHES and tokens[i + 2].low in ordinals:
        return _plain(tokens, i, i + 3, float(tens + ordinals[tokens[i + 2].low]), ordinal=True)
    return None


def _fraction_at(tokens: Sequence[Token], i: int) -> Number | None:
    words, fractions = lexicon()["words"], lexicon()["fractions"]
    token = tokens[i]
    if token.low == "half" and (whole := _half_of_a_magnitude(tokens, i)) is not None:
        return whole
    if token.low == "half" and _is(tokens, i + 1, "a", "of", "the"):
        return _plain(tokens, i, i + 1, 0.5)
    count = 1 if token.low == "a" else words.get(token.low)
    j = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text in _DASHES else i + 1
    if count and j < len(tokens) and tokens[j].low in fractions and _is(tokens, j + 1, "of", "the"):
        return _plain(tokens, i, j + 1, count * fractions[tokens[j].low])
    return None


def _half_of_a_magnitude(tokens: Sequence[Token], i: int) -> Number | None:
    """Read "half a dozen", "half-a-million"."""
    words = [k for k in range(i + 1, min(len(tokens), i + 5)) if tokens[k].text not in _DASHES]
    magnitudes, short = lexicon()["magnitudes"], set(lexicon()["magnitudes_after_digits_only"]["words"])
    if len(words) < 2 or tokens[words[0]].low != "a":
        return None
    low = tokens[words[1]].low
    if low not in magnitudes or low in short:
        return None
    return _plain(tokens, i, words[1] + 1, 0.5 * magnitudes[low])


def _cardinal_at(tokens: Sequence[Token], i: int) -> Number | None:
    magnitudes = lexicon()["magnitudes"]
    digits = _DIGITS.fullmatch(tokens[i].text)
    if digits:
        value, j = float(digits[1].replace(",", "") + (digits[2] or "")), i + 1
        while j < len(tokens) and tokens[j].low in magnitudes and not _clock_or_name(tokens, j):
            value, j = value * magnitudes[tokens[j].low], j + 1
        if j < len(tokens) and tokens[j].text in _HALVES and tokens[j].start == tokens[j - 1].end:
            value, j = value + _HALVES[tokens[j].text], j + 1
        return _with_inches(tokens, i, j, value) or _share_at(tokens, i, j, value) or _plain(tokens, i, j, value)
    return _words_at(tokens, i)


_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def _with_inches(tokens: Sequence[Token], i: int, j: int, value: float) -> Number | None:
    """Read a height: "6-foot-8" is six feet and two thirds, up to the unit, which ``unit_after`` finds again."""
    words = [token.low for token in tokens[j : j + 4]]
    if len(words) < 4 or (words[0], words[1], words[2]) != ("-", "foot", "-") or not words[3].isdigit():
        return None
    if int(words[3]) > 11 or tokens[j + 3].start != tokens[j + 2].end:
        return None
    return _plain(tokens, i, j + 4, value + int(words[3]) / 12)


def _share_at(tokens: Sequence[Token], i: int, j: int, value: float) -> Number | None:
    """Read a share told by two numbers: "one in five", "9 out of 10"."""
    words, first = lexicon()["words"], j + 1
    if _is(tokens, j, "out") and _is(tokens, j + 1, "of"):
        first = j + 2
    elif not _is(tokens, j, "in"):
        return None
    if first >= len(tokens):
        return None
    whole = words.get(tokens[first].low)
    whole = int(tokens[first].text) if whole is None and tokens[first].text.isdigit() else whole
    is_whole = whole is not None and (2 <= whole <= 10 or whole in {20, 50, 100, 1000})
    return _plain(tokens, i, first + 1, value / whole) if whole and is_whole and 1 <= value < whole else None


def _words_at(tokens: Sequence[Token], i: int) -> Number | None:
    """Read a number in words: "twenty-one", "a hundred and five", "two dozen"."""
    words, magnitudes = lexicon()["words"], lexicon()["magnitudes"]
    short = set(lexicon()["magnitudes_after_digits_only"]["words"])
    total, part, j = 0.0, None, i
    if tokens[i].low == "a" and i + 1 < len(tokens) and tokens[i + 1].low in set(magnitudes) - short:
        part, j = 1.0, i + 1
    while j < len(tokens):
        low = tokens[j].low
        if low in words and (part is None or part % 100 == 0 or (part % 10 == 0 and words[low] < 10)):
            part = (part or 0.0) + words[low]
        elif low in magnitudes and low not in short and part is not None:
            part *= magnitudes[low]
            if part >= 1000:
                total, part = total + part, None
        elif _links_words(tokens, j, part):
            pass
        else:
            break
        j += 1
    value = total + (part or 0.0)
    if j == i or (part is None and not total):
        return None
    return _share_at(tokens, i, j, value) or _plain(tokens, i, j, value)


def _links_words(tokens: Sequence[Token], j: int, part: float | None) -> bool:
    """Tell whether a hyphen or "and" at j stands inside a number in words."""
    words = lexicon()["words"]
    follows = j + 1 < len(tokens) and tokens[j + 1].low in words
    if tokens[j].text in _DASHES:
        if j + 1 < len(tokens) and tokens[j + 1].low in _long_magnitudes() and tokens[j + 1].start == tokens[j].end:
            return part is not None and tokens[j].start == tokens[j - 1].end  # "twenty-billion dollar"
        tight = follows and tokens[j].start == tokens[j - 1].end and tokens[j].end == tokens[j + 1].start
        return tight and part is not None and 20 <= part % 100 <= 90 and words[tokens[j + 1].low] < 10
    return tokens[j].low == "and" and follows and part is not None and part >= 100 and part % 100 == 0


@cache
def _long_magnitudes() -> frozenset[str]:
    short = set(lexicon()["magnitudes_after_digits_only"]["words"])
    return frozenset(set(lexicon()["magnitudes"]) - short)


def _vague_at(tokens: Sequence[Token], i: int) -> Number | None:
    vague = lexicon()["vague"]
    if tokens[i].low in lexicon()["vague_before_magnitude"] and _is(tokens, i + 1, *_long_magnitudes()):
        times = lexicon()["vague_before_magnitude"][tokens[i].low]
        low = float(times * lexicon()["magnitudes"][tokens[i + 1].low])
        return Number(tokens[i].start, tokens[i + 1].end, None, low, None, False, i, i + 2)
    named = i > 0 and tokens[i].text != tokens[i].low
    if tokens[i].low not in vague or named or (tokens[i].low == "tens" and not _is(tokens, i + 1, "of")):
        return None
    j = i + 1
    low = float(vague[tokens[i].low])
    if _is(tokens, j, "of") and j + 1 < len(tokens) and tokens[j + 1].low in vague:
        low, j = low * vague[tokens[j + 1].low] / 2, j + 2
    return Number(tokens[i].start, tokens[j - 1].end, None, low, None, False, i, j)


def _joined_ranges(tokens: Sequence[Token], found: list[Number]) -> list[Number]:
    """Join "10 to 20", "10-20", "between 10 and 20" into one number with low and high."""
    joined: list[Number] = []
    for number in found:
        before = joined[-1] if joined else None
        if before is not None and _makes_range(tokens, before, number):
            assert before.value is not None
            assert number.value is not None
            joined[-1] = Number(
                before.start, number.end, None, before.value, number.value, False, before.first, number.last
            )
        elif before is not None and _is_tally(tokens, before, number):
            joined[-1:] = [replace(before, tally_end=number.last), replace(number, tally_end=number.last)]
        else:
            joined.append(number)
    return joined


def _is_tally(tokens: Sequence[Token], a: Number, b: Number) -> bool:
    """Tell whether two numbers are the two sides of a vote: "the 240-190 vote", "51-49"."""
    if a.value is None or b.value is None or b.first != a.last + 1 or not a.value > b.value >= 0:
        return False
    sides = (tokens[a.first].text, tokens[b.first].text)
    digits = all(side.isdigit() and side == str(int(side)) and len(side) <= 3 for side in sides)
    tight = tokens[a.last].text in _DASHES and tokens[a.last].start == a.end and tokens[a.last].end == b.start
    around = (tokens[a.first - 1] if a.first else None, tokens[b.last] if b.last < len(tokens) else None)
    alone = not any(token is not None and token.text in _DASHES for token in around)
    near = {token.low for token in around if token is not None} | {token.low for token in tokens[a.first - 3 : a.first]}
    return digits and tight and alone and b.last == b.first + 1 and bool(near & set(lexicon()["tally"]["words"]))


def _makes_range(tokens: Sequence[Token], a: Number, b: Number) -> bool:
    if a.ordinal or b.ordinal or a.value is None or b.value is None or b.first != a.last + 1 or a.value >= b.value:
        return False
    link = tokens[a.last]
    if link.low == "to" and a.first > 0 and tokens[a.first - 1].low == "from" and _is_change(tokens, a.first):
        return False
    between = a.first > 0 and tokens[a.first - 1].low == "between"
    near = link.low == "or" and a.value >= 1 and b.value <= 2 * a.value  # "31 or 32", "one or two"
    return link.text in _DASHES or link.low == "to" or (between and link.low == "and") or near


def _is_change(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether something goes from the number to another: "fees rose from 5 to 9 percent" tells no range."""
    changes = lexicon()["changes"]["words"]
    return any(token.low in changes for token in tokens[max(0, first - CHANGE_REACH) : first])


CHANGE_REACH = 12
"""Words between a verb of change and "from": what is changed stands there ("raise the age for buying rum from")."""


def _clock_or_name(tokens: Sequence[Token], j: int) -> bool:
    """Tell whether the magnitude letter at j is none: "10 m" before "." of "p.m." or a capital K of a name."""
    return tokens[j].low in {"m", "k"} and tokens[j].start > tokens[j - 1].end


def _plain(tokens: Sequence[Token], first: int, last: int, value: float, *, ordinal: bool = False) -> Number:
    return Number(tokens[first].start, tokens[last - 1].end, value, None, None, ordinal, first, last)


def _is(tokens: Sequence[Token], i: int, *words: str) -> bool:
    return i < len(tokens) and tokens[i].low in words


def span_of_tokens(tokens: Sequence[Token], first: int, last: int) -> Span:
    """Return the span of tokens ``[first, last)``."""
    return Span(tokens[first].start, tokens[last - 1].end)
