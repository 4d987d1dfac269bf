"""Sentences of two reports that tell one thing at places the collation did not put together.

Two sentences tell the same where most of their telling words, weighed by rarity, are shared, both ways, and no number,
day or negation of one speaks against the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages.agreement.elsewhere import level_of_stem, stem_of
from retold.stages.agreement.material import Material
from retold.text.spans import Span
from retold.text.words import words_of

LEAST_LIKENESS = 0.62
"""Share of the weight of both sentences that is shared (Dice). On groups 064 to 093 of the reading set nearly all pairs
from here on tell one thing; from .5 to .62 every second does."""

LEAST_PLAIN = 4
"""Words without a capital that a sentence has and a signature under a message has not."""

LEAST_SHARED = 5
"""Telling words that two sentences share."""

MOST_REPORTS = 24
"""Stories of more reports are copies of copies, told alike by the collation already."""

COMMON_LEVEL = 8
RAREST_LEVEL = 32

_NEGATIONS = frozenset({"not", "no", "never", "none", "nobody", "without", "neither", "nor", "nothing"})

_SHORT_NEGATIONS = frozenset(
    {"arent", "cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt", "shouldnt"}
    | {"wasnt", "werent", "wont", "wouldnt"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    page: PageId
    span: Span
    weights: dict[str, int]
    is_negative: bool


def sentences_told_alike(material: Material) -> list[tuple[tuple[PageId, Span], ...]]:
    """Return the pairs of sentences of two reports that tell the same, likest first."""
    if len(material.pages) > MOST_REPORTS:
        return []
    told = [_read(material, page, s.span) for page in material.pages for s in _bodies(material, page)]
    holders: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        for stem in one.weights:
            holders[stem].append(i)
    pairs: Counter[tuple[int, int]] = Counter()
    for found in holders.values():
        if len(found) <= 4 * len(material.pages):  # what every other sentence has picks none out
            pairs.update(combinations(found, 2))
    alike = [
        (likeness, i, j)
        for (i, j), n in pairs.items()
        if n > 1 and told[i].page != told[j].page and (likeness := _likeness(told[i], told[j])) >= LEAST_LIKENESS
        if not _speak_against(material, told[i], told[j])
    ]
    taken: set[tuple[int, PageId]] = set()
    rows: list[tuple[int, int]] = []
    for _, i, j in sorted(alike, key=lambda row: (-row[0], row[1], row[2])):
        if not {(i, told[j].page), (j, told[i].page)} & taken:
            taken |= {(i, told[j].page), (j, told[i].page)}
            rows.append((i, j))
    return [tuple((told[i].page, told[i].span) for i in row) for row in sorted(rows)]


def _bodies(material: Material, page: PageId) -> list[Sentence]:
    """Return the sentences of the running text, without signatures and dates of messages."""
    text = material.texts[page]

    def is_plain(sentence: Sentence) -> bool:
        words = words_of(text, sentence.span)
        return sum(text[word.start].islower() for word in words) >= LEAST_PLAIN

    return [s for s in material.sentences[page] if s.kind is SegmentKind.BODY and is_plain(s)]


def _read(material: Material, page: PageId, span: Span) -> _Told:
    weights: dict[str, int] = {}
    words = words_of(material.texts[page], span)
    for word in words:
        stem = stem_of(word.key)
        level = level_of_stem(stem)
        if level >= COMMON_LEVEL or word.key[0].isdigit():
            weights[stem] = min(level, RAREST_LEVEL)
    return _Told(page, span, weights, is_negative(material, page, span))


def is_negative(material: Material, page: PageId, span: Span) -> bool:
    """Tell whether a sentence has a word of negation."""
    keys = {word.key for word in words_of(material.texts[page], span)}
    return bool(keys & _NEGATIONS) or bool(keys & _SHORT_NEGATIONS)


def are_of_one_day(material: Material, *sentences: tuple[PageId, Span]) -> bool:
    """Tell whether the days of two sentences leave open that both tell of one: no month or year in one of them only."""
    days, long = [], []
    for page, span in sentences:
        dates = {t.edtf for t in material.times[page] if t.edtf and span.holds(t.span)}
        long.append({date for date in dates if len(date) < len("2031-05-03")})
        days.append(dates - long[-1])
    return long[0] == long[1] and (not days[0] or not days[1] or bool(days[0] & days[1]))


def _likeness(a: _Told, b: _Told) -> float:
    shared = [stem for stem in a.weights if stem in b.weights]
    if len(shared) < LEAST_SHARED:
        return 0.0
    total = sum(a.weights.values()) + sum(b.weights.values())
    return sum(a.weights[stem] + b.weights[stem] for stem in shared) / total


def _speak_against(material: Material, a: _Told, b: _Told) -> bool:
    """Tell whether the sentences differ in a negation, a number or a day."""
    if a.is_negative != b.is_negative:
        return True
    numbers = [{(q.value, q.low, q.unit) for q in material.quantities_in(x.page, [x.span])} for x in (a, b)]
    days = [{t.edtf for t in material.times[x.page] if t.edtf and x.span.holds(t.span)} for x in (a, b)]
    return any(one and other and not (one <= other or other <= one) for one, other in (numbers, days))
