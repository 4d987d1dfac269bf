"""How sure a claim is by its own words: "may", "reportedly", "believed to", in the main clause of what is said.

Owns which word of the content or the cue hedges the whole. What a relative clause, a purpose or an adjective before a
noun holds back ("a plan that could fail", "the alleged fraud") is no doubt about the claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.speakers import Spoken, quotes_in
from retold.stages.claims.verbs import nouns_too, uses
from retold.text.spans import Span

_HEDGE_GROUPS = ("hearsay", "belief", "appearance", "unknown", "chance")


def hedge_of(text: str, spoken: Spoken, quotes: Sequence[Span]) -> Span | None:
    """Return the first hedging words of the content's main clause, outside quotations; a cue tells its own doubt."""
    for piece in spoken.cue:
        told = _by_hearsay().search(text, piece.start, piece.end)
        if told is not None and spoken.source:
            return Span(told.start(), told.end())  # "Roe supposedly said"
    pattern = _hedge_pattern()
    for piece in spoken.content:
        for match in pattern.finditer(text, piece.start, _main_clause_end(text, piece)):
            span = Span(match.start(), match.end())
            if _is_ability(text, spoken, span) or text[span.start : span.end] == "May" or _is_summons(text, span):
                continue  # the month; a question "May we …" is none of the news
            if _is_inside(text, piece, span) or (spoken.group in _RULINGS and text[slice(*span)].lower() == "may"):
                continue
            if not any(quote.holds(span) for quote in quotes_in(quotes, span)):
                return span
    return None


def _main_clause_end(text: str, piece: Span) -> int:
    """Return where the first clause below the main one begins: "because", "so he", a noun's "that"."""
    start = min(piece.start + _CLAUSE_WORD, piece.end)
    below = _SUBORDINATE.search(text, start, piece.end)
    end = below.start() if below else piece.end
    for match in _THAT.finditer(text, piece.start, end):
        in_subject = match.start() - piece.start < _SUBJECT and not _hedge_pattern().match(text, match.end())
        if in_subject or match.end() <= start:
            continue  # "any bill that raised it could fail"
        if match.group(1).casefold() not in _before_that() and not match.group(1).endswith("ly"):
            return match.end(1)  # "a plan that could fail"; but "believes that it could"
    return end


def _is_inside(text: str, piece: Span, word: Span) -> bool:
    """Tell whether the word hedges a noun or what is said of it: "the alleged fraud", "steps he might take"."""
    before = text[piece.start : word.start].split()
    low = text[word.start : word.end].casefold()
    if low in _ADJECTIVES and len(before) > _FIRST_WORDS:
        return True
    if low == "possible" and before[-1:] == ["as"]:
        return True  # "as much as possible"
    is_said_of = bool(before) and before[-1].casefold() in _COPULAS
    if low in _ATTRIBUTES and not is_said_of and _NOUN_BEHIND.match(text, word.end):
        return True  # "to face possible fines", "an unknown drug"
    if low in _CLAIMED:
        return len(before) < 2 or before[-2].casefold() != "what"  # "what she claimed was a spy plane"
    is_pronoun = len(before) > 2 and before[-1].casefold() in _PRONOUNS
    return is_pronoun and before[-2].isalpha() and before[-2].casefold() not in _before_that() | _OPENING


_RULINGS = frozenset({"rule", "hold"})
"""Groups whose "may" allows: "held that the mayor may veto it"."""
_ADJECTIVES = frozenset({"alleged", "supposed", "suspected", "apparent", "purported", "presumed"})
_COPULAS = frozenset(
    {"is", "was", "be", "are", "were", "it's", "it’s", "that's", "that’s", "still", "also", "quite", "not", "seems"}
)
_ATTRIBUTES = frozenset({"possible", "probable", "unknown", "uncertain", "apparent"})
_NOUN_BEHIND = re.compile(r"\s(?!(?:that|to|for|if|in|when|whether|how|who|what|where|at|by|and|but|or|on)\b)\w")
_FIRST_WORDS = 2
"""Words before an adjective that is the claim's own: "an alleged fraud"."""
_CLAIMED = frozenset({"claiming", "claimed", "claims", "purported", "purporting"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you"})
_OPENING = frozenset(
    {"that", "if", "whether", "and", "but", "or", "then", "now", "because", "also", "so", "when", "as"}
)
_THAT = re.compile(r"([\w’'-]+)[”\"]?,?\s+that\s", re.IGNORECASE)


@cache
def _before_that() -> frozenset[str]:
    """Return the words behind which "that" opens what is said or thought, and no noun's clause."""
    adjectives = entries("reporting_verbs")["adjectives"]["that"]
    verbs = frozenset(form for form in uses() if form not in nouns_too())
    return verbs | frozenset(adjectives) | _LINKS


_SUBJECT = 24
"""Characters at the start of a content in which a subject stands with its relative clause."""
_LINKS = frozenset(
    {"is", "was", "be", "so", "such", "and", "but", "or", "it", "him", "her", "them", "us", "me", "likely", "possible",
     "unlikely", "probable", "true", "known", "out", "appears", "seems", "said", "say", "says", "than", "feel", "feels",
     "felt", "know", "knows", "knew", "hope", "hopes", "fear", "fears", "claim", "claims"}
)  # fmt: skip


@cache
def _by_hearsay() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(entries("hedges")["unattributed"]["adverbs"]) + r")\b", re.IGNORECASE)


def _is_summons(text: str, words: Span) -> bool:
    """Tell whether "appear to" tells of a court or a board: "ordered him to appear to testify"."""
    is_bidden = text[max(0, words.start - 3) : words.start].casefold() == "to "
    return is_bidden and text[words.start : words.end].casefold().startswith("appear")


_SUBORDINATE = re.compile(
    r"\b(?:before|after|because|until|since|unless|which|who|whom|when|while|where"
    r"|so\s+(?:that\s+)?(?=(?:he|she|they|it|we|i|the)\s))\b",
    re.IGNORECASE,
)
_CLAUSE_WORD = 8
"""Characters at the start of a content in which its own conjunction stands: "whether", "because"."""


def _is_ability(text: str, spoken: Spoken, could: Span) -> bool:
    """Tell whether "could" says what somebody was able to do: "said she could not swim", "could hear it"."""
    if spoken.strength != "neutral" or text[could.start : could.end].lower() != "could":
        return False
    return _ABLE.match(text, could.end) is not None


_ABLE = re.compile(
    r"(?:n['’]t|\s+not|\s+no\s+longer|\s+only|\s+barely|\s+hardly)\b(?!\s+(?:have|be|rule|exclude)\b)"
    r"|\s+(?:see|hear|feel|smell|remember|tell|afford|make\s+out)\b",
    re.IGNORECASE,
)


_SCARE_WORDS = frozenset({"so-called", "self-styled"})
"""Words that keep a name at a distance and leave what is told as sure as it was."""


@cache
def _hedge_pattern() -> re.Pattern[str]:
    groups = entries("hedges")["groups"]
    forms = {form for name in _HEDGE_GROUPS for form in groups[name]["forms"]}
    claimed = [form for form in entries("reporting_verbs")["groups"]["claim"]["forms"] if form not in nouns_too()]
    words = sorted((forms - _SCARE_WORDS) | set(claimed), key=lambda form: (-len(form), form))
    return re.compile(r"\b(?!supposed to\b)(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)
