"""What collation knows of the trade: hedges, reporting verbs, words for journalists.

Hedges are read from ``retold.lexicon``. The reporting verbs are a short list of their own: the lexicon's is made for
finding claims and holds many words ("like", "back") that alone say nothing of where an edit lies. The zones of a
sentence that name a source are found in ``attribution.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retold.lexicon.load import entries
from retold.lexicon.spellings import spelling_fold
from retold.stages.collation.tokens import Token
from retold.stages.collation.words import is_number, word_set
from retold.text.words import words_of

REPORTING = word_set(
    """
    said says say saying told tells tell telling according announced announces announce added adds wrote
    writes tweeted tweets posted stated states claimed claims claim alleged alleges insisted insists denied
    denies deny confirmed confirms reported reports report warned warns argued argues admitted admits
    acknowledged acknowledges explained explains noted notes declared declares vowed vows testified recalled
    recounted complained replied asserted asserts suggested suggests revealed reveals disclosed estimated
    estimates predicted predicts urged urges asked asks contended contends maintained maintains quoted
    quoting cited citing commented concluded accused briefed informed described promised pledged pledges
    threatened
    """
)  # fmt: skip
"""Verbs (and ``according``) that hand words to a source."""

ADJECTIVES = word_set(
    "alleged claimed reported suggested disclosed estimated predicted quoted cited promised pledged stated"
)
"""Reporting verbs that also stand before a noun as adjectives ("the reported deal")."""

TELLING = word_set("told tells tell telling asked informed briefed urged warned")
"""Reporting verbs that take an addressee."""

PERCEIVING = word_set(
    """
    heard hears saw sees witnessed watched counted photographed filmed visited
    """
)
"""Verbs by which reporters and witnesses stand for what they tell."""

JOURNALISTS = word_set(
    """
    correspondent correspondents reporter reporters journalist journalists photographer photographers
    stringer stringers crew crews witness witnesses resident residents bureau
    """
)

DESCRIPTORS = word_set(
    """
    news press agency agencies wire service the a french british german russian american us u.s. state run
    owned international national official chinese japanese italian spanish turkish
    """
)
"""Words by which a report says what an agency is before or after it names it."""


@cache
def hedge_phrases() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Return the hedges of ``lexicon/hedges.toml`` by their first word, each with whether it is an approximator.

    An approximator ("about", "more than") hedges only before a number.
    """
    found: dict[str, set[tuple[tuple[str, ...], bool]]] = {}
    for group in entries("hedges")["groups"].values():
        for form in group["forms"]:
            words = tuple(word.key for word in words_of(form))
            found.setdefault(words[0], set()).add((words, group["strength"] == "approximation"))
    return {first: tuple(sorted(phrases)) for first, phrases in found.items()}


_BEFORE_POSSIBLE = word_set("make makes made making as if where wherever whenever")
"""What is "made possible" is no guess, nor is what is done "as soon as possible"."""


def hedges_in(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the indices of the words that hedge ("May" is a month)."""
    keys = ["" if token.key == "may" and token.capital else token.key for token in tokens]
    phrases = hedge_phrases()
    found: set[int] = set()
    for i, key in enumerate(keys):
        for words, is_approximator in phrases.get(key, ()):
            end = i + len(words)
            if key == "possible" and i and keys[i - 1] in _BEFORE_POSSIBLE:
                continue
            if tuple(keys[i:end]) == words and (not is_approximator or _is_amount(keys[end : end + 1])):
                found.update(range(i, end))
    return frozenset(found)


def _is_amount(keys: Sequence[str]) -> bool:
    return any(key[:1] in "0123456789$£€¥₹" or is_number(spelling_fold(key)) for key in keys)
