"""Whether the words around a time expression speak of what was or of what will be.

Owns the reading of tense from auxiliaries and past forms near the expression: the nearest to its left inside the
clause, else to its right. Knows no syntax beyond that.
"""

from __future__ import annotations

from retold.text.times_rules import Phrase
from retold.text.times_words import TimeWords, Token

PAST, UNKNOWN, FUTURE = -1, 0, 1

_REACH = 14
"""Words looked at on either side. Beyond it the verb is rarely the expression's (even TimeBank documents)."""

_POSSESSED = 6
"""Words after "Wednesday's" in which the verb of what it owns is looked for."""

_COMING_NOUN = "deadline"

_CLAUSE_SIGNS = frozenset({";", ":", "--", "—", "(", ")", '"', "“", "”"})


def tense_of(phrase: Phrase, words: TimeWords) -> int:
    """Return PAST, FUTURE or UNKNOWN for the clause of the phrase.

    "said" and its kind to the right of a phrase are not asked: they tell of the telling.
    """
    after = phrase.after()
    if after is not None and after.name == "CLITIC":
        # "Wednesday's ruling": its own verb follows, else what has a name has mostly been.
        return _scan(phrase.tokens[phrase.last : phrase.last + _POSSESSED], words, rightwards=True) or PAST
    if any(token.key == _COMING_NOUN for token in phrase.tokens[phrase.last : phrase.last + 3]):
        return FUTURE
    left = _scan(phrase.tokens[max(phrase.first - _REACH, 0) : phrase.first][::-1], words, rightwards=False)
    if left != UNKNOWN:
        return left
    before = phrase.before()
    right = _scan(phrase.tokens[phrase.last : phrase.last + _REACH], words, rightwards=True)
    if right == UNKNOWN and before is not None and before.key in ("by", "until"):
        return FUTURE
    return right


def _scan(tokens: list[Token], words: TimeWords, *, rightwards: bool) -> int:
    for i, token in enumerate(tokens):
        key = token.key
        if key in _CLAUSE_SIGNS or (rightwards and key in words.breaks):
            return UNKNOWN
        if key in words.future and token.name != "NAME":
            return FUTURE
        if not rightwards and _is_infinitive(tokens, i, words):
            governor = tokens[i + 1].key if i + 1 < len(tokens) else ""
            return PAST if governor in words.past_with_to else FUTURE
        if is_past(key, words):
            before = tokens[i + 1] if not rightwards and i + 1 < len(tokens) else None
            if before is not None and before.key in ("be", "been", "is", "are"):
                continue
            return PAST
        if not rightwards and i and _is_break(tokens, i, words):
            return UNKNOWN
    return UNKNOWN


def _is_break(tokens: list[Token], i: int, words: TimeWords) -> bool:
    """Tell whether a clause begins with this word, seen in reverse; "and" begins one only after a comma.

    With no verb behind them "before" and "after" open a phrase: "is to speak before the port board on Friday".
    """
    if tokens[i].key in ("before", "after"):
        return False
    if tokens[i].key == "and":
        return i + 1 < len(tokens) and tokens[i + 1].name == "COMMA"
    return tokens[i].key in words.breaks


def is_past(key: str, words: TimeWords) -> bool:
    """Tell whether the word is a past form."""
    return key in words.past or (len(key) > 3 and key.endswith("ed") and key not in words.not_past)


def _is_infinitive(tokens: list[Token], i: int, words: TimeWords) -> bool:
    """Tell whether "to" stands here before a verb ("to meet", "to be held"): what is to come.

    The words stand in reverse. A plural after "to" is no verb ("told to reporters"), nor is a name.
    """
    if tokens[i].name != "TO" or tokens[i].key != "to" or not i:
        return False
    key = tokens[i - 1].key
    is_word = tokens[i - 1].name == "" and key.isalpha() and key not in words.not_infinitive
    return is_word and (not key.endswith("s") or key.endswith(("ss", "us")))
