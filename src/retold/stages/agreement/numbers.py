"""Numbers against numbers: the same count in two reports, equal, compatible or contradicting.

Two numbers are compared when they stand in the same place of aligned sentences, or when both are a toll of one kind
(killed, injured, aboard, ...) told of the story's own event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from retold.lexicon import entries
from retold.model.facts import Quantity, Status
from retold.model.page import PageId
from retold.model.story import Alignment, Change
from retold.stages.agreement.material import Material
from retold.text.spans import Span
from retold.text.words import words_of

ROUNDING = 0.1
"""A rounded or approximate number fits an exact one that lies within a tenth of it."""

TOLL_SENTENCES = 12
"""Tolls of the event itself stand near the top; further down stand those of other events."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a report: the page, the quantity, and what it is a count of, in words."""

    page: PageId
    quantity: Quantity
    of: str


def status_of(a: Quantity, b: Quantity) -> Status:
    """Return how two numbers for one thing stand to each other.

    Equal is agree, and so is one that an approximator or a range of the other one means: "more than 40" and 43. Where
    both may be true but lie further apart ("dozens" and 300) it is differ, else contradict.
    """
    if (a.value, a.low, a.high) == (b.value, b.low, b.high):
        return Status.AGREE
    if not (_may_both_be_true(a, b) or _may_both_be_true(b, a)):
        return Status.CONTRADICT
    return Status.AGREE if _are_near(a, b) else Status.DIFFER


def _are_near(a: Quantity, b: Quantity) -> bool:
    """Tell whether two numbers round to each other, or one lies in a range of the other that is closed."""
    if a.value is not None and b.value is not None:
        return abs(a.value - b.value) <= ROUNDING * max(abs(a.value), abs(b.value))
    return all(None not in (q.low, q.high) for q in (a, b) if q.value is None)


def sense_of(quantity: Quantity) -> str | None:
    """Return whether the approximator of a number makes it a lower bound, an upper one or about; None without one."""
    if quantity.approximate is None:
        return None
    words, groups = quantity.approximate.lower(), entries("numbers")["approximators"]
    return next((sense for sense, group in groups.items() if words in group), None)


def _may_both_be_true(loose: Quantity, exact: Quantity) -> bool:
    value = exact.value if exact.value is not None else exact.low
    if value is None:
        return False
    if loose.value is None:
        above = loose.low is None or value >= loose.low
        return above and (loose.high is None or value <= loose.high)
    if loose.approximate is None:
        return False
    words, sense = loose.approximate.lower(), entries("numbers")["approximators"]
    if words in sense["at_least"]:
        return value >= loose.value
    if words in sense["at_most"]:
        return value <= loose.value
    return abs(value - loose.value) <= ROUNDING * max(abs(value), abs(loose.value))


Linked = frozenset[tuple[PageId, int]]
"""Two numbers, by page and start, that stand in one place of aligned sentences."""


def linked_counts(material: Material, alignments: Sequence[Alignment]) -> frozenset[Linked]:
    """Return the pairs of numbers that an edit put in each other's place, the sentence around them being the same.

    Only such a pair can contradict: numbers of sentences that merely tell of the same may count different things.
    """
    found: set[Linked] = set()
    for row in alignments:
        if row.change is not Change.EDITED:
            continue
        for edit in row.edits:
            in_a = [q for q in material.quantities[row.a] if edit.a.size and q.span.overlaps(edit.a)]
            in_b = [q for q in material.quantities[row.b] if edit.b.size and q.span.overlaps(edit.b)]
            if len(in_a) == len(in_b) == 1 and _may_contradict(material, row, in_a[0], in_b[0]):
                found.add(frozenset({(row.a, in_a[0].span.start), (row.b, in_b[0].span.start)}))
    return frozenset(found)


def _may_contradict(material: Material, row: Alignment, a: Quantity, b: Quantity) -> bool:
    quoted = material.is_quoted(row.a, a.span) or material.is_quoted(row.b, b.span)
    if a.value is None or b.value is None:
        return False  # "dozens" and a number may both be true, or tell of different counts
    return not quoted and a.unit == b.unit and a.ordinal == b.ordinal and head_of(material, a) == head_of(material, b)


def aligned_counts(material: Material, readings: Sequence[tuple[PageId, Sequence[Span]]]) -> list[list[Count]]:
    """Return the numbers of one locus in columns: the same number's place in every report that has it.

    Numbers are matched by what they count and by their order; those without a partner are left out.
    """
    columns: dict[tuple[str, str | None, bool, int], list[Count]] = {}
    for page, spans in readings:
        seen: dict[tuple[str, str | None, bool], int] = {}
        for quantity in material.quantities_in(page, spans):
            head = head_of(material, quantity)
            if not head and quantity.unit is None:
                continue
            key = (head, quantity.unit, quantity.ordinal)
            nth = seen.get(key, 0)
            seen[key] = nth + 1
            columns.setdefault((*key, nth), []).append(Count(page, quantity, what_of(material, quantity)))
    return [column for column in columns.values() if len(column) > 1]


def head_of(material: Material, quantity: Quantity) -> str:
    """Return the last word of what is counted, as a comparison key; "" where nothing is."""
    words = words_of(material.texts[quantity.page], quantity.counted) if quantity.counted is not None else []
    return words[-1].key.rstrip("s") if words else ""


def what_of(material: Material, quantity: Quantity) -> str:
    """Return the number with what it counts, in the words of its page."""
    end = quantity.counted.end if quantity.counted is not None else quantity.span.end
    return material.words(quantity.page, (quantity.span.start, max(end, quantity.span.end)))


def worded(material: Material, quantity: Quantity) -> str:
    """Return the number with what it counts and with the approximator before it: "at least 40 people"."""
    before = material.texts[quantity.page][: quantity.span.start].rstrip()
    approximate = quantity.approximate or ""
    is_before = bool(approximate) and before.endswith(approximate)
    return f"{approximate} {what_of(material, quantity)}" if is_before else what_of(material, quantity)


def is_later_and_higher(material: Material, a: Count, b: Count) -> bool:
    """Tell whether of two numbers that grow the higher one was published on a later day: both were true when told."""
    days = material.day_of(a.page), material.day_of(b.page)
    values = a.quantity.value or 0.0, b.quantity.value or 0.0
    return all(days) and days[0] != days[1] and (days[0] < days[1]) == (values[0] < values[1])


@cache
def _tolls() -> dict[str, Any]:
    return entries("tolls")


def tolls(material: Material) -> Iterator[tuple[str, list[Count]]]:
    """Yield for each kind of toll the counts of it, one a report: the first told near the top."""
    for kind in ("killed", "injured", "aboard", "arrested", "missing", "evacuated"):
        counts = [count for page in material.pages if (count := _toll(material, page, kind)) is not None]
        if len(counts) > 1:
            yield kind, counts


def _toll(material: Material, page: PageId, kind: str) -> Count | None:
    for sentence in [s for s in material.sentences[page] if s.kind == "body"][:TOLL_SENTENCES]:
        if any(
            time.edtf and _is_long_ago(time.edtf) for time in material.times[page] if sentence.span.holds(time.span)
        ):
            continue
        for quantity in material.quantities_in(page, [sentence.span]):
            if material.is_quoted(page, quantity.span) or not _counts_all(material, quantity):
                continue
            if not quantity.ordinal and quantity.unit is None and _is_toll(material, quantity, sentence.span, kind):
                return Count(page, quantity, what_of(material, quantity))
    return None


def _counts_all(material: Material, quantity: Quantity) -> bool:
    """Tell whether the number is exact enough and no part of a larger one: no "dozens", no "five of the seven"."""
    if quantity.value is None:
        return False
    end = quantity.counted.start if quantity.counted is not None else quantity.span.end + 4
    return re.search(r"\bof\b", material.texts[quantity.page][quantity.span.end : end]) is None


def _is_long_ago(edtf: str) -> bool:
    """Tell whether a date is no day: months, years and spans date other events than the day's own."""
    return len(edtf) != len("2020-02-16")


def _is_toll(material: Material, quantity: Quantity, sentence: Span, kind: str) -> bool:
    """Tell whether the number counts people that are, in the words next to it, of this kind."""
    text, rules = material.texts[quantity.page], _tolls()
    head = head_of(material, quantity)
    people = {word.rstrip("s") for word in rules["people"]["words"]}
    end = quantity.counted.end if quantity.counted is not None else quantity.span.end
    n_loose = len(words_of(quantity.approximate or ""))
    before = [word.key for word in words_of(text, Span(sentence.start, quantity.span.start))]
    before = before[: len(before) - n_loose] if worded(material, quantity) != what_of(material, quantity) else before
    after = [word.key for word in words_of(text, Span(end, sentence.end))][:4]
    inside = [word.key for word in words_of(text, quantity.counted)] if quantity.counted is not None else []
    words = set(rules[kind]["words"])
    if head and head not in people:
        return False
    if kind == "aboard":
        # Passengers alone are not all aboard.
        everybody = head in rules["aboard"]["everybody"] and bool(words & set(after[:2]))
        return everybody or (head == "passenger" and after[:2] == ["and", "crew"])
    if set(inside) & words or (after[:1] and after[0] in words) or (before[-1:] and before[-1] in words):
        return True
    return bool(head and {"was", "were", "been", "are", "is"} & set(after[:2]) and words & set(after[:4]))
