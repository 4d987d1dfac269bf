"""Tallies of one vote that reports write in their own ways: "240-190", "240 to 190", "240 in favor and 190 against".

A tally stands in a sentence of voting and has the higher number first, as no range has. Shares of seats are none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from retold.model.page import PageId
from retold.stages.agreement.elsewhere import TELLING_LEVEL, level_of_stem, stem_of
from retold.stages.agreement.material import Material
from retold.text.spans import Span
from retold.text.words import words_of

SMALL_HOUSE = 30
"""Votes of fewer are told by tallies that many votes have: their sentences must share more."""

LEAST_SHARED = 1
"""Telling words that two sentences with one tally share."""

LEAST_SHARED_SMALL = 3
"""The same for a court or a council."""

_TALLY = re.compile(
    r"(?<![\d,.$£€/-])(\d{1,3})(?:[-–]|[ -]to[ -])(\d{1,3})"
    r"(?![\d/%]|[,.-]\d|-[A-Za-z]| (?:percent|per cent|points?|votes|seats)\b)"
    r"|(?<![\d,.$£€/-])(\d{1,3}) (?:votes )?(?:in favou?r|for|yes|yeas?|ayes?)"
    r"(?: of it)?[ ,]{1,2}(?:and |to |with |but )?(\d{1,3}) (?:votes )?(?:against|opposed|no|noes|nays?)\b"
)
_VOTING = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|pass(?:es|ed)?|approv(?:es|ed|al)|reject(?:s|ed)|confirm(?:s|ed)|defeat(?:s|ed)|rul(?:ed|ing)|"
    r"decision|ballot|resolution)\b",
    re.IGNORECASE,
)
_NO_VOTE = re.compile(
    r"\b(?:controls|controlled|control the|majority|seats?|leads?|polls?|survey|won|beat|score|odds)\b", re.IGNORECASE
)


def tallies_told_alike(material: Material) -> list[tuple[tuple[PageId, Span], ...]]:
    """Return the tallies that several reports give of one vote, each with its first place in every one of them."""
    found: dict[tuple[int, int], dict[PageId, tuple[Span, frozenset[str]]]] = defaultdict(dict)
    for page in material.pages:
        for tally, span, stems in _tallies(material, page):
            told = found[tally]
            if page in told:
                continue
            if not told or any(_are_of_one_vote(tally, stems, others) for _, others in told.values()):
                told[page] = span, stems
    return [tuple((page, span) for page, (span, _) in told.items()) for told in found.values() if len(told) > 1]


def _tallies(material: Material, page: PageId) -> Iterator[tuple[tuple[int, int], Span, frozenset[str]]]:
    """Yield the tallies of a page with the telling stems of their sentences."""
    text = material.texts[page]
    for match in _TALLY.finditer(text):
        high, low = (int(number) for number in match.groups() if number)
        span = Span(*match.span())
        home = material.home(page, span)
        sentence = text[home.start : home.end]
        if high > low and home != span and _VOTING.search(sentence) and not _NO_VOTE.search(sentence):
            stems = {
                stem_of(word.key) for word in words_of(text, home) if not span.overlaps(Span(word.start, word.end))
            }
            yield (high, low), span, frozenset(stem for stem in stems if level_of_stem(stem) >= TELLING_LEVEL)


def _are_of_one_vote(tally: tuple[int, int], a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= (LEAST_SHARED_SMALL if sum(tally) <= SMALL_HOUSE else LEAST_SHARED)
