"""What of a report is compared when stories are formed: its words, its names, its headline and lead.

Owns the three sparse vectors of a report, each of length 1. Which characters are main text, headline and lead
is said by ``profiles``; how vectors of two reports are compared by ``scores``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from retold.stages.stories import rarity
from retold.text.words import Word

Vector = Mapping[str, float]

FIRST_WORDS = 300
"""Words of main text that are compared: news tells the event first and its background after. 300 and 400 beat
the whole text by .01 of B-cubed F1 on allsides and are level on basil and ecbplus."""
HEADLINE_COUNT = 2
"""How often a headline's words count beside the lead's (2 beats 1 by .003 on allsides, level elsewhere)."""
NAME_LEVEL = 24
"""A capitalised word that begins a sentence is a name only when it is rarer than 1 in 64 reports or stands
capitalised inside a sentence elsewhere (24 and 40 are level on all three sets)."""
SENTENCE_OPENERS = frozenset('.!?:"“”‘`«»\n')


class Features(NamedTuple):
    """The three vectors of a report, each of Euclidean length 1 or empty."""

    text: Vector
    names: Vector
    lead: Vector


def unit_vector(counts: Mapping[str, int], *, foreign: bool) -> Vector:
    """Return the counts weighed by ``1 + ln(count)`` times rarity, scaled to length 1; common words are left out."""
    weighed = {
        key: (1 + math.log(n)) * weight
        for key, n in sorted(counts.items())
        if (weight := rarity.weight_of(key, foreign=foreign))
    }
    length = math.sqrt(sum(weight * weight for weight in weighed.values()))
    return {key: weight / length for key, weight in weighed.items()} if length else {}


def names_in(text: str, words: Sequence[Word]) -> Counter[str]:
    """Return how often each word stands capitalised where its place does not ask for a capital.

    >>> from retold.text.words import words_of
    >>> line = "The mayor of Lund left. Police were in Lund."
    >>> sorted(names_in(line, words_of(line)).items())
    [('lund', 2)]
    """
    inside: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for word in words:
        if text[word.start].isupper():
            (opening if _opens_sentence(text, word.start) else inside)[word.key] += 1
    for key, n in opening.items():
        if key in inside or rarity.level_of(key) >= NAME_LEVEL:
            inside[key] += n
    return inside


def _opens_sentence(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at].isspace() and text[at] != "\n":
        at -= 1
    return at < 0 or text[at] in SENTENCE_OPENERS


def features_of(text: str, main: Sequence[Word], headline: Iterable[str], lead: Iterable[str]) -> Features:
    """Return the vectors of a report from the words of its main text and the keys of its headline and lead."""
    first = main[:FIRST_WORDS]
    keys = [word.key for word in first]
    opening = Counter(lead)
    for key in headline:
        opening[key] += HEADLINE_COUNT
    foreign = rarity.is_foreign(keys or list(opening))
    return Features(
        text=unit_vector(Counter(keys), foreign=foreign),
        names=unit_vector(names_in(text, main), foreign=foreign),
        lead=unit_vector(opening, foreign=foreign),
    )
