"""Which tokens of a unit name a source, a cue or an addressee, by position round reporting verbs.

A coarse, linear reading that serves only to say where an edit lies; claims are found by the claims stage.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from retold.lexicon.agencies import agency_first_words, canonical_agency
from retold.stages.collation.tokens import Token
from retold.stages.collation.trade import (
    ADJECTIVES,
    DESCRIPTORS,
    JOURNALISTS,
    PERCEIVING,
    REPORTING,
    TELLING,
)
from retold.stages.collation.words import STOPWORDS, word_set

MAX_SOURCE = 14
"""Words a source may have before its cue; longer stretches are content (measured by eye on AllSides reports)."""
MAX_ADDRESSEE = 6
OCCASIONS = word_set(
    "in on at during to via through late early monday tuesday wednesday thursday friday saturday sunday"
)
"""Words that open what is said of where and when somebody spoke, right after the cue ("said in a statement")."""
_PREPOSITIONS = word_set("in on at during after before by about earlier later over for to")


_CUES = REPORTING | PERCEIVING
BESIDE_SPEECH = word_set("continued continues continuing replied replies responded responds adding wrote joked quipped")
"""Verbs that hand words to a source where they stand at a quotation or a colon ("He continued: ...")."""


def attribution_zone(text: str, tokens: Sequence[Token], agencies: Collection[int]) -> frozenset[int]:
    """Return the indices of tokens inside a source, cue or addressee.

    A source runs from the last comma, closing quotation or start to its cue, and the other way round after
    "according to"; an addressee follows "told" up to a preposition, "that", a comma or a quotation; the occasion
    follows other cues ("said in a statement"). The tokens that name ``agencies`` are inside: in a report's text an
    agency is a source or is spoken to.
    """
    zone = set(agencies)
    for i, token in enumerate(tokens):
        is_cue = token.fold in _CUES or (token.fold in BESIDE_SPEECH and _is_at_mark(text, tokens, i))
        if token.quoted or not is_cue or _is_adjective(tokens, i):
            continue
        if token.fold == "according":
            zone.update(range(i, _forward(text, tokens, i, MAX_SOURCE)))
            continue
        start = _backward(text, tokens, i)
        if token.fold in PERCEIVING and not _has_reporter(tokens, agencies, start, i):
            continue
        zone.update(range(start, i + 1))
        if token.fold in TELLING:
            zone.update(range(i + 1, _before_preposition(tokens, i, _forward(text, tokens, i, MAX_ADDRESSEE))))
        elif i + 1 < len(tokens) and tokens[i + 1].fold in OCCASIONS:
            zone.update(range(i + 1, _forward(text, tokens, i, MAX_ADDRESSEE)))
    return frozenset(zone)


_BEFORE_ADJECTIVE = word_set("the a an his her their its of for about over with against any other")


def _is_adjective(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a participle stands before its noun ("the reported deal", "discuss alleged fraud")."""
    if tokens[i].fold not in ADJECTIVES:
        return False
    before = tokens[i - 1].fold if i else ""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    is_before_noun = after is not None and not after.capital and after.fold not in STOPWORDS
    return is_before_noun and (before in _BEFORE_ADJECTIVE or tokens[i].fold == "alleged")


def _is_at_mark(text: str, tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a quotation opens or closes right beside the word, or a colon follows it."""
    after = text[tokens[i].end : tokens[i + 1].start] if i + 1 < len(tokens) else text[tokens[i].end :][:2]
    beside = [tokens[k].quoted for k in (i - 1, i - 2, i + 1) if 0 <= k < len(tokens)]
    return ":" in after or any(beside)


def _has_reporter(tokens: Sequence[Token], agencies: Collection[int], start: int, end: int) -> bool:
    return any(tokens[i].fold in JOURNALISTS or i in agencies for i in range(start, end))


def _backward(text: str, tokens: Sequence[Token], at: int) -> int:
    """Return where the source before a cue starts."""
    start = at
    while start > 0 and at - start < MAX_SOURCE:
        gap = text[tokens[start - 1].end : tokens[start].start]
        if any(c in gap for c in ',;:"“”—–') or tokens[start - 1].quoted:
            break
        if tokens[start - 1].fold in REPORTING:
            break
        start -= 1
    return start


def _before_preposition(tokens: Sequence[Token], at: int, end: int) -> int:
    """Return where an addressee ends: at the first preposition after its first word."""
    return next((k for k in range(at + 2, end) if tokens[k].fold in _PREPOSITIONS), end)


def _forward(text: str, tokens: Sequence[Token], at: int, most: int) -> int:
    """Return where the stretch after a cue ends."""
    end = at + 1
    while end < len(tokens) and end - at <= most:
        gap = text[tokens[end - 1].end : tokens[end].start]
        if any(c in gap for c in ',;:"“”—–.') or tokens[end].quoted or tokens[end].fold in ("that", "how", "why"):
            break
        end += 1
    return end


LONGEST_NAME = 5
"""Words in the longest agency name looked for."""


def agency_names(text: str, tokens: Sequence[Token]) -> dict[int, str]:
    """Return the tokens that name an agency, with its short name.

    Words that say what the agency is ("French news agency AFP") and its journalists next to it belong to the name.
    """
    found: dict[int, str] = {}
    i = 0
    while i < len(tokens):
        end, name = _agency_at(text, tokens, i)
        if name is None:
            i += 1
            continue
        start, end = _with_neighbours(tokens, i, end)
        found.update(dict.fromkeys(range(start, end), name))
        i = end
    return found


_FIRST_WORD = re.compile(r"\w+")


def _agency_at(text: str, tokens: Sequence[Token], start: int) -> tuple[int, str | None]:
    """Return the end of the longest agency name that starts here, and its short name."""
    if not (tokens[start].capital or tokens[start].chain):
        return start, None
    first = _FIRST_WORD.match(text[tokens[start].start : tokens[start].end].casefold())
    if first and first.group() != "the" and first.group() not in agency_first_words():
        return start, None
    for end in range(min(start + LONGEST_NAME, len(tokens)), start, -1):
        words = text[tokens[start].start : tokens[end - 1].end]
        name = canonical_agency(words.removesuffix("'s").removesuffix("’s"))
        if name is not None:
            return end, name
    return start, None


def _with_neighbours(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    while start > 0 and tokens[start - 1].fold in DESCRIPTORS:
        start -= 1
    while end < len(tokens) and tokens[end].fold in DESCRIPTORS | JOURNALISTS:
        end += 1
    return start, end
