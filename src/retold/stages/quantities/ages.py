"""Numbers that are somebody's age: after a name between commas, after "age of", after "she was"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retold.lexicon import entries
from retold.lexicon.calendar import month_numbers, weekday_names
from retold.stages.quantities.numbers import Number, Token

OLDEST = 115
"""No report gives the age of an older person."""


def is_age(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number is somebody's age: "Ann Poe, 54, ..."; "aged 54"; "ages 10-13"."""
    top = number.value if number.value is not None else number.high
    if number.first < 1 or top is None or top > OLDEST or not tokens[number.first].text.isdigit():
        return False
    before = tokens[number.first - 1]
    if before.low in {"aged", "age", "ages"}:
        return True
    after = tokens[number.last].low if number.last < len(tokens) else "."
    if after not in _AFTER_AGES and (after[0].isalnum() or after in _NO_END):
        return False
    prior = [token.low for token in tokens[max(0, number.first - 4) : number.first]]
    if prior[-1:] == ["was"] and after == "when" and len(prior) > 1 and tokens[number.first - 2].text.istitle():
        return True  # "Ann Poe was 45 when she"
    if prior[-3:] == ["at", "the", "age"] or prior[-2:] == ["age", "of"] or prior[-2:] == [",", "now"]:
        return True
    if prior[-2:-1] and prior[-2] in {"he", "she", "who"} and prior[-1] in {"is", "was", "turned", "turns"}:
        return True
    if prior[-1:] and prior[-1] in _TURNING | _CONTRACTED:
        return True  # "having turned 18", "when he's 25"
    if _is_at_an_age(tokens, number):
        return True
    if before.text == "," and after in {",", ".", ";"}:
        return _is_named(tokens, number) or _is_second_of_two(tokens, number)
    return _is_age_limit(tokens, number)


_AFTER_AGES = frozenset({"when", "after", "and", "if", "at", "in", "but", "while", "as", "before", "who", "by", "to"})
"""Words that follow a bare age: "when she was 16 after ..."."""

_NO_END = frozenset("$£€%-–—‑/:°")
"""Signs with which the number goes on."""


_TURNING = frozenset({"turned", "turning", "turns"})
_CONTRACTED = frozenset({"he's", "he’s", "she's", "she’s", "you're", "you’re", "they're", "they’re", "i'm", "i’m"})
_YOUNGEST = 5
"""No report tells what somebody younger did "at 4"."""


def _is_at_an_age(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether "at" before the number tells how old somebody was: "At 16, she sailed", "her mother, at 16, had"."""
    if tokens[number.first - 1].low != "at" or number.value is None or number.value < _YOUNGEST:
        return False
    after = tokens[number.last].text if number.last < len(tokens) else "."
    opens = number.first == 1
    between = number.first > 1 and tokens[number.first - 2].text == ","
    is_being = number.first > 2 and tokens[number.first - 2].low == "was" and tokens[number.first - 3].low in _PERSONS
    return (after == "," and (opens or between)) or is_being


_PERSONS = frozenset({"he", "she"})


def _is_second_of_two(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether an age stands behind the second of two given names: "Ann, 18, and Lee, 15"."""
    words = [token.text for token in tokens[max(0, number.first - 6) : number.first]]
    if len(words) < 6 or words[1] != "," or words[3:4] != [","]:
        words = words[-6:]
    return (
        len(words) == 6
        and words[-1] == ","
        and words[-2].istitle()
        and words[-3] == "and"
        and words[-4] == ","
        and words[-5].isdigit()
    )


def _is_named(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether a person's name stands before the comma before the number: "Ann Poe, 54", "Poe, 54, left"."""
    names = [token.text for token in tokens[max(0, number.first - 3) : number.first - 1]]
    if len(names) == 2 and all(name.istitle() for name in names):
        return True
    is_surname = bool(names) and names[-1].istitle() and len(names[-1]) > 1 and names[-1] not in _not_surnames()
    return is_surname and number.last < len(tokens) and tokens[number.last].text == ","


@cache
def _not_surnames() -> frozenset[str]:
    places = entries("places")
    known = {*places["countries"], *places["regions"]["names"], *places["cities"]["names"]}
    return frozenset(known | {word.title() for word in {*month_numbers(), *weekday_names()}})


def _is_age_limit(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether an age is set: "raised the age for buying rum to 21"."""
    before = tokens[number.first - 1].low
    within = {token.low for token in tokens[max(0, number.first - AGE_REACH) : number.first]}
    return before in {"to", "from", "at"} and "age" in within


AGE_REACH = 12
"""Words between "age" and the number it is set to; laws name what is bought or done between them."""
