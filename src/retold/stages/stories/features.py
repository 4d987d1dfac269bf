"""What of a report is compared when stories are formed: its words, its names, its headline and lead.

Owns the one sparse vector of a report, in whole numbers, so that sums over it are exact and the order in which they are
taken says nothing. Which characters are main text, headline and lead is said by ``profiles``; how vectors of two
reports are compared by ``scores``. ``kernels.likeness`` compares the same numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from retold.plain.words import number_of
from retold.stages.stories import rarity
from retold.text.words import Word

FIRST_WORDS = 300
"""Words of main text that are compared: news tells the event first and its background after. 300 and 400 beat
the whole text by .01 of B-cubed F1 on allsides and are level on basil and ecbplus."""
FEW_WORDS = 5
"""Fewer different words (a page that says "Live") tell of no event."""
HEADLINE_COUNT = 2
"""How often a headline's words count beside the lead's (2 beats 1 by .003 on allsides, level elsewhere)."""
NAME_LEVEL = 24
"""A capitalised word that begins a sentence is a name only when it is rarer than 1 in 64 reports or stands
capitalised inside a sentence elsewhere (24 and 40 are level on all three sets)."""
SENTENCE_OPENERS = frozenset('.!?:"“”‘`«»\n')
TEXT_SHARE, NAMES_SHARE, LEAD_SHARE = 0.5, 0.3, 0.2
"""Parts of the likeness. (.5, .3, .2), (.4, .3, .3), (.6, .2, .2) and (.4, .4, .2) lie within .005 of B-cubed F1."""
N_TEXT_FINDERS, N_NAME_FINDERS, N_LEAD_FINDERS = 32, 24, 16
"""Heaviest words of each part by which a report is found; see ``scores.NEEDED``."""
PARTS = ((TEXT_SHARE, N_TEXT_FINDERS), (NAMES_SHARE, N_NAME_FINDERS), (LEAD_SHARE, N_LEAD_FINDERS))
UNIT = 1 << 15
"""A weight of 1: the product of two weights, and the sum of all products of two reports, stay below 2^31."""
N_PARTS_BITS = 2
"""A term is the number of its word, and in these bits which part of the report it stands in."""


class Features(NamedTuple):
    """What of a report is compared: the weight of each term, and the numbers of the words it is found by.

    Weights of one part are those of a vector of length ``UNIT`` times the root of the part's share; terms rise.
    """

    vector: Mapping[int, int]
    finders: tuple[int, ...]


NOTHING = Features({}, ())


def weights_of(counts: Mapping[str, int], *, foreign: bool) -> dict[str, float]:
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


def features_of(text: str, main: Sequence[Word], headline: Sequence[str], lead: Sequence[str]) -> Features:
    """Return what is compared of a report, from the words of its main text and the keys of its headline and lead."""
    return features_from(weights_of_parts(text, main, headline, lead))


def weights_of_parts(
    text: str, main: Sequence[Word], headline: Sequence[str], lead: Sequence[str]
) -> tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]:
    """Return the weights of the words of text, names, and headline and lead; none where there are next to no words."""
    keys = [word.key for word in main[:FIRST_WORDS]]
    if len({*keys, *headline, *lead}) < FEW_WORDS:
        return {}, {}, {}
    opening = Counter(lead)
    for key in headline:
        opening[key] += HEADLINE_COUNT
    foreign = rarity.is_foreign(keys or list(opening))
    text_weights, names, heading = (
        weights_of(counts, foreign=foreign) for counts in (Counter(keys), names_in(text, main), opening)
    )
    return text_weights, names, heading


def features_from(parts: Iterable[Mapping[str, float]]) -> Features:
    """Return the features of a report whose parts (text, names, lead) have these weights.

    Of words whose numbers meet (one in four thousand million) the heavier one stays.

    >>> both = features_from([{"ferry": 1.0}, {}, {"ferry": 0.6, "pier": 0.8}])
    >>> len(both.vector), len(both.finders)
    (3, 2)
    """
    vector: dict[int, int] = {}
    finders: set[int] = set()
    for part, (weights, (share, n_finders)) in enumerate(zip(parts, PARTS, strict=True)):
        rounded: dict[int, int] = {}
        for key, weight in weights.items():
            number = number_of(key)
            rounded[number] = max(rounded.get(number, 0), round(weight * math.sqrt(share) * UNIT))
        heaviest = sorted(rounded, key=lambda number: (-rounded[number], number))
        finders.update(heaviest[:n_finders])
        vector.update((number << N_PARTS_BITS | part, weight) for number, weight in rounded.items() if weight)
    return Features(dict(sorted(vector.items())), tuple(sorted(finders)))
