"""Why two pages share a passage: copied, quoted by both, or boilerplate. Twin of ``kernels.types``.

A quotation proves no copying: both may have heard the speaker. Boilerplate is a passage that pages carry which have
nothing else in common: a sign-up line, a standing paragraph about the outlet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from retold.model.story import MatchType
from retold.plain.align import LEAST
from retold.plain.passages import Passage

QUOTED_SHARE = 0.8
"""Share of a passage's equal words inside quotation marks or posts, on both sides, from which it is a quotation."""
COVERED_SHARE = 0.8
"""Share of a passage that another page must share too, to carry the same passage."""
UNRELATED = 3
"""Unrelated pages with the passage that make it boilerplate; one of the same outlet counts two."""
LITTLE_SHARE = 0.1
"""Share of the smaller page's words that two unrelated pages may have in common, standing paragraphs among them."""
ONE_TEXT = 0.4
"""Share of the smaller page's words that pages of two outlets have in common from which they print one item.

Then nothing that they share is boilerplate. Found on the pairs of saudinewsnet, where items of eight outlets are
printed again days later at three more."""
APART_DAYS = 3
"""Pages published within so many days of each other may tell one event: their passage may be wire copy."""

ROUNDS = 4
"""Passes of the boilerplate rule: a passage already marked no longer counts as something else in common."""

Carrier = tuple[range, int, int, int]
"""Who else carries a passage of a page: its words, the other page, equal words, what that page weighs (``_apart``)."""
PairPassages = Mapping[tuple[int, int], list[Passage]]
Mark = tuple[int, int, int]
"""A passage: page a, page b, its number among the passages of the two."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Who published a page and when, as far as its metadata says, and the number of its main-text words."""

    outlet: str | None
    day: date | None
    n_words: int


def typed(
    found: PairPassages, quoted: Mapping[int, set[int]], publications: list[Publication]
) -> dict[tuple[int, int], list[MatchType]]:
    """Return the types of all passages: quotations first, then boilerplate among the others, else copies.

    ``quoted`` gives for each page its words inside quotation marks.
    """
    types = {
        (a, b): [
            MatchType.QUOTE if _is_quotation(passage, quoted[a], quoted[b]) else MatchType.COPY for passage in passages
        ]
        for (a, b), passages in found.items()
    }
    carriers = _carriers(found, publications)
    for _ in range(ROUNDS):
        marks = _boilerplate(found, types, carriers, publications)
        if not marks:
            break
        for a, b, i in marks:
            types[a, b][i] = MatchType.BOILERPLATE
    return types


def _is_quotation(passage: Passage, quoted_a: set[int], quoted_b: set[int]) -> bool:
    """Tell whether the passage's equal words are mostly somebody's words in both pages: quoted, or an embedded post.

    One side alone proves nothing: an outlet that prints another's sentences in quotation marks has them from there.
    """
    needed = QUOTED_SHARE * len(passage.pairs)
    n_a = sum(x in quoted_a for x, _ in passage.pairs)
    return n_a >= needed and sum(y in quoted_b for _, y in passage.pairs) >= needed


def _carriers(found: PairPassages, publications: list[Publication]) -> dict[int, list[Carrier]]:
    """Return for each page the passages that it shares with pages too far away to tell the same event.

    Only they can say that a passage is boilerplate; within a story there are next to none.
    """
    carriers: dict[int, list[Carrier]] = {}
    for (a, b), passages in found.items():
        weight = _apart(publications[a], publications[b])
        if weight:
            for passage in passages:
                carriers.setdefault(a, []).append((passage.a, b, len(passage.pairs), weight))
                carriers.setdefault(b, []).append((passage.b, a, len(passage.pairs), weight))
    return carriers


def _boilerplate(
    found: PairPassages,
    types: Mapping[tuple[int, int], list[MatchType]],
    carriers: Mapping[int, list[Carrier]],
    publications: list[Publication],
) -> list[Mark]:
    """Return the copies that are boilerplate, given what is marked already."""
    totals = {
        pair: sum(
            len(passage.pairs)
            for passage, kind in zip(passages, types[pair], strict=True)
            if kind is not MatchType.BOILERPLATE
        )
        for pair, passages in found.items()
    }
    marks: list[Mark] = []
    for (a, b), passages in found.items():
        one, other = publications[a], publications[b]
        is_one_outlet = one.outlet is not None and one.outlet == other.outlet
        if not is_one_outlet and totals[a, b] >= ONE_TEXT * min(one.n_words, other.n_words):
            continue
        for i, passage in enumerate(passages):
            if types[a, b][i] is not MatchType.COPY:
                continue
            sides = ((a, passage.a), (b, passage.b))
            if any(_weight(*side, carriers.get(side[0], ()), totals, publications) >= UNRELATED for side in sides):
                marks.append((a, b, i))
    return marks


def _weight(
    page: int,
    words: range,
    carriers: Sequence[Carrier],
    totals: Mapping[tuple[int, int], int],
    publications: list[Publication],
) -> int:
    """Return how many unrelated pages carry these words of a page, those of its own outlet counted twice."""
    weight = 0
    seen: set[int] = set()
    for other_words, other, n_equal, apart in carriers:
        common = min(words.stop, other_words.stop) - max(words.start, other_words.start)
        if other in seen or common < COVERED_SHARE * len(words):
            continue
        n_least = min(publications[page].n_words, publications[other].n_words)
        total = totals[min(page, other), max(page, other)]
        if total - n_equal < LEAST or total < LITTLE_SHARE * n_least:
            seen.add(other)
            weight += apart
            if weight >= UNRELATED:
                break
    return weight


def _apart(one: Publication, other: Publication) -> int:
    """Return 0 when two pages may tell one event, 2 when one outlet published both at different times, else 1."""
    is_one_outlet = one.outlet is not None and one.outlet == other.outlet
    if one.day is None or other.day is None:
        return 2 if is_one_outlet else 0
    if abs((one.day - other.day).days) <= APART_DAYS:
        return 0
    return 2 if is_one_outlet else 1
