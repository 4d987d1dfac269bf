"""Numbers of one thing that two reports give unequally, wherever they stand: "eight" and "nine hours" of one hearing.

Two numbers count one thing where a word next to both and one more beside them are the same, their sentences share
much, no day or negation parts them, neither report has the other's number, and no third number could be meant. Else
nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from retold.model.facts import Quantity, Status
from retold.model.page import PageId
from retold.stages.agreement.elsewhere import Elsewhere, level_of_stem, stem_of
from retold.stages.agreement.material import Material
from retold.stages.agreement.numbers import Count, head_of, status_of, what_of
from retold.stages.agreement.sentences import COMMON_LEVEL, RAREST_LEVEL, are_of_one_day, is_negative
from retold.text.spans import Span
from retold.text.words import words_of

BESIDE = 3
"""Telling words on each side of a number that say what it is about."""

LEAST_BESIDE = 2
"""Of them two numbers of one thing share so many. With one, distances and winds of a storm were put together that are
of other places and days (groups 001 to 093 of the reading set)."""

LEAST_SHARED_RARITY = 75
"""Sum of the rarity levels of the words that the two sentences share: three words of one report in forty each."""

MOST_TIMES = 2.0
"""Numbers of which one is more than twice the other count different things."""

MOST_REPORTS = 12
"""Stories of more reports run over days: their numbers are of different hours."""


class _Beside(NamedTuple):
    """The stems of the telling words beside a number: the next one on each side, and all of them."""

    next: frozenset[str]
    all: frozenset[str]


class _Pair(NamedTuple):
    a: tuple[PageId, Quantity]
    b: tuple[PageId, Quantity]


def counts_told_unequally(material: Material, elsewhere: Elsewhere) -> list[tuple[Count, Count, Status]]:
    """Return the pairs of unequal numbers of one thing; those that round to each other agree."""
    if len(material.pages) > MOST_REPORTS:
        return []
    pairs = list(_pairs(material, elsewhere))
    n_partners = Counter((page, q.span.start, other) for (page, q), (other, _) in pairs)
    n_partners += Counter((page, q.span.start, other) for (other, _), (page, q) in pairs)
    found: list[tuple[Count, Count, Status]] = []
    for (page, q), (other, r) in pairs:
        status = _status(q, r)
        is_only = n_partners[page, q.span.start, other] == n_partners[other, r.span.start, page] == 1
        if status is not None and is_only:
            found.append((Count(page, q, what_of(material, q)), Count(other, r, what_of(material, r)), status))
    return found


def _pairs(material: Material, elsewhere: Elsewhere) -> Iterator[_Pair]:
    counts = {page: [q for q in material.quantities[page] if _is_asked(material, q)] for page in material.pages}
    values = {page: {(q.value, q.unit) for q in material.quantities[page]} for page in material.pages}
    beside = {(page, q.span): _beside(material, q) for page in material.pages for q in counts[page]}
    for page, other in combinations(material.pages, 2):
        for q in counts[page]:
            if (q.value, q.unit) in values[other]:
                continue
            for r in counts[other]:
                if (
                    (r.value, r.unit) not in values[page]
                    and q.unit == r.unit
                    and (q.unit is not None or head_of(material, q) == head_of(material, r))
                    and _are_beside_the_same(beside[page, q.span], beside[other, r.span])
                    and _tell_of_one_thing(material, elsewhere, q, r)
                ):
                    yield _Pair((page, q), (other, r))


def _is_asked(material: Material, q: Quantity) -> bool:
    """Tell whether a number is exact enough, of something, and told by the report itself."""
    is_of_something = q.unit is not None or bool(head_of(material, q))
    return not q.ordinal and bool(q.value) and is_of_something and not material.is_quoted(q.page, q.span)


def _are_beside_the_same(a: _Beside, b: _Beside) -> bool:
    return bool(a.next & b.next) and len(a.all & b.all) >= LEAST_BESIDE


def _beside(material: Material, q: Quantity) -> _Beside:
    """Return the stems of the telling words before and after a number and what it counts, in its sentence."""
    text, home = material.texts[q.page], material.home(q.page, q.span)
    end = max(q.span.end, q.counted.end if q.counted is not None else 0)
    before, after = (
        [
            stem
            for word in words_of(text, span)
            if level_of_stem(stem := stem_of(word.key)) >= COMMON_LEVEL and not stem[0].isdigit()
        ]
        for span in (Span(home.start, q.span.start), Span(end, max(end, home.end)))
    )
    return _Beside(frozenset(before[-1:] + after[:1]), frozenset(before[-BESIDE:] + after[:BESIDE]))


def _tell_of_one_thing(material: Material, elsewhere: Elsewhere, q: Quantity, r: Quantity) -> bool:
    here, there = material.home(q.page, q.span), material.home(r.page, r.span)
    shared = elsewhere.stems_beside(q.page, q) & elsewhere.stems_beside(r.page, r)
    levels = [level_of_stem(stem) for stem in shared]
    return (
        sum(min(level, RAREST_LEVEL) for level in levels if level >= COMMON_LEVEL) >= LEAST_SHARED_RARITY
        and is_negative(material, q.page, here) == is_negative(material, r.page, there)
        and are_of_one_day(material, (q.page, here), (r.page, there))
    )


def _status(q: Quantity, r: Quantity) -> Status | None:
    """Return agree where one number is the other one rounded, differ where both cannot be; None where it is open."""
    status = status_of(q, r)
    if status is not Status.CONTRADICT:
        return status if status is Status.AGREE else None
    low, high = sorted((q.value or 0.0, r.value or 0.0))
    return Status.DIFFER if high <= MOST_TIMES * low else None
