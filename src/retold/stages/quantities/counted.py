"""What stands around a number: its approximator before it, its unit and the phrase it counts after it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retold.lexicon import entries
from retold.stages.quantities.numbers import Number, Token, lexicon, span_of_tokens
from retold.text.spans import Span

MOST_COUNTED_WORDS = 5
"""A counted phrase in news has one to four words before its head; more is a clause read too far."""


@cache
def _approximators() -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(words.split()), sense) for sense, group in lexicon()["approximators"].items() for words in group]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


@cache
def _units() -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(words.lower().split()), unit) for unit, forms in lexicon()["units"].items() for words in forms]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def approximator_before(tokens: Sequence[Token], first: int) -> Span | None:
    """Return the approximator's words right before the token, currency signs and "the" passed over."""
    at = first
    while at > 0 and (tokens[at - 1].text in lexicon()["currency_signs"] or tokens[at - 1].low in {"the", "a"}):
        at -= 1
    for words, _ in _approximators():
        begin = at - len(words)
        if begin >= 0 and tuple(token.low for token in tokens[begin:at]) == words:
            return span_of_tokens(tokens, begin, at)
    return None


def unit_after(tokens: Sequence[Token], number: Number) -> tuple[str | None, int]:
    """Return the unit (canonical English singular) and the index of the token after it.

    A currency sign before the number is its unit; "percent", "km", "-year" after it as well.
    """
    at = number.last
    if number.first > 0 and tokens[number.first - 1].text in lexicon()["currency_signs"]:
        return lexicon()["currency_signs"][tokens[number.first - 1].text], at
    if number.ordinal:
        return None, at
    if at + 1 < len(tokens) and tokens[at].text == "-":
        at += 1
    if number.low is not None and number.high is None and at + 1 < len(tokens) and tokens[at].low == "of":
        at += 1  # "billions of dollars"
    for words, unit in _units():
        if tuple(token.low for token in tokens[at : at + len(words)]) == words:
            return unit, at + len(words)
    return None, number.last


def counted_after(tokens: Sequence[Token], at: int) -> Span | None:
    """Return the phrase that tokens from ``at`` give as counted: up to its head noun, "of the" passed over."""
    if at + 1 < len(tokens) and tokens[at].text in _CLOSING_QUOTES and tokens[at + 1].text[0].isalpha():
        at += 1  # '"at least 10" senators'
    at = _past_describing(tokens, _past_of(tokens, at))
    last = at
    while last < len(tokens) and last - at < MOST_COUNTED_WORDS and _may_be_counted(tokens, last, last > at):
        last += 1
    while last > at and (not _ends_a_noun(tokens[last - 1].text) or tokens[last - 1].low in _adjectives()):
        last -= 1
    if last == at + 1 and _is_participle(tokens[at].low):
        return None
    return span_of_tokens(tokens, at, last) if last > at else None


def _past_describing(tokens: Sequence[Token], at: int) -> int:
    """Return the place behind an adverb ("44 previously unseen letters") or an owner ("the state's 18 seats")."""
    if at + 1 < len(tokens) and tokens[at].low.endswith("ly"):
        at += 2 if tokens[at + 1].text == "-" else 1
    owner = at + 1 < len(tokens) and tokens[at].low.endswith(("'s", "’s"))
    if owner and (tokens[at + 1].text.isdigit() or tokens[at + 1].low in lexicon()["words"]):
        at += 2
    return at


@cache
def _past_forms() -> frozenset[str]:
    return frozenset(entries("events")["verbs"]["past"])


_CLOSING_QUOTES = frozenset({'"', "”"})


def _ends_a_noun(word: str) -> bool:
    return word[-1].isalpha() and not (len(word) == 1 and word.isupper())


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(lexicon()["counted"]["adjectives"])


def _is_participle(word: str) -> bool:
    rules = lexicon()["counted"]
    past = word.endswith("ed") and word not in rules["ed_nouns"]
    return past or (word.endswith("ing") and word not in rules["ing_nouns"])


def _past_of(tokens: Sequence[Token], at: int) -> int:
    if at < len(tokens) and tokens[at].low == "of":
        at += 1
        if at < len(tokens) and tokens[at].low in _DETERMINERS:
            at += 1
    return at


_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "those", "these", "our", "all"})


def _may_be_counted(tokens: Sequence[Token], i: int, begun: bool) -> bool:
    token, rules = tokens[i], lexicon()["counted"]
    if not token.text[0].isalpha():
        return token.text == "-" and begun and i + 1 < len(tokens) and tokens[i + 1].text[0].isalpha()
    if token.low in rules["stop"]:
        return False
    if begun and token.low in lexicon()["words"]:
        return False
    if not begun:
        return True
    # A participle after the noun begins what is said of it: "troops stationed", "people killed", "sites bearing".
    if token.low.endswith("ed") and token.low not in rules["ed_nouns"]:
        return False
    if token.low.endswith("ly") or token.low in _past_forms():
        return False
    return not (token.low.endswith("ing") and token.low not in rules["ing_nouns"])
