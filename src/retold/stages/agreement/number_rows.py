"""The rows of agreement about numbers: equal ones, unequal ones, and what may be said of the two.

Finding the numbers of one thing belongs to ``numbers``, ``elsewhere`` and ``unequal``; here they become sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.model.facts import Agreement, Status
from retold.model.page import PageId, Pointer
from retold.model.story import StoryId
from retold.stages.agreement.elsewhere import Elsewhere, counts_told_alike
from retold.stages.agreement.material import Material
from retold.stages.agreement.numbers import Count, Linked, is_later_and_higher, sense_of, status_of, worded
from retold.stages.agreement.tallies import tallies_told_alike
from retold.stages.agreement.unequal import counts_told_unequally
from retold.text.spans import Span
from retold.text.words import words_of

Value = tuple[float | None, float | None, float | None]


def rows_of_counts(
    story: StoryId,
    material: Material,
    counts: Sequence[Count],
    linked: frozenset[Linked] | None,
    *,
    rises: bool = False,
) -> Iterator[Agreement]:
    """Yield agreement of equal numbers, and for each unequal one how it stands to the first.

    ``linked`` names the numbers that may contradict each other; None: all of them. ``rises`` tells that the number
    grows by the day, so that a later report may have a higher one.
    """
    groups: dict[Value, list[Count]] = {}
    for count in counts:
        groups.setdefault((count.quantity.value, count.quantity.low, count.quantity.high), []).append(count)
    first = next(iter(groups.values()))
    for alike in groups.values():
        if len({count.page for count in alike}) > 1:
            bounds = _other_bounds(alike)
            if bounds is not None:
                yield _unequal(story, material, *bounds)
                continue
            yield _numbers(story, material, Status.AGREE, alike, f"{alike[0].of} in {named(c.page for c in alike)}")
        if alike is not first and (linked is None or _are_linked(first, alike, linked)):
            yield _unequal(story, material, first, alike, rises=rises)


def _other_bounds(alike: Sequence[Count]) -> tuple[list[Count], list[Count]] | None:
    """Return the counts apart where approximators of other senses stand before one number: "about", "at least"."""
    senses = [sense_of(count.quantity) for count in alike]
    first = next((sense for sense in senses if sense is not None), None)
    others = [c for c, sense in zip(alike, senses, strict=True) if sense not in (None, first)]
    if not others:
        return None
    return [c for c, sense in zip(alike, senses, strict=True) if sense == first], others


def _are_linked(first: Sequence[Count], others: Sequence[Count], linked: frozenset[Linked]) -> bool:
    return any(frozenset({a, b}) in linked for a in places_of(first) for b in places_of(others))


def _unequal(
    story: StoryId, material: Material, first: Sequence[Count], others: Sequence[Count], *, rises: bool = False
) -> Agreement:
    a, b = first[0], others[0]
    status = status_of(a.quantity, b.quantity)
    a_words, b_words = (worded(material, count.quantity) for count in (a, b))
    says = f"{a_words} in {named(c.page for c in first)}; {b_words} in {named(c.page for c in others)}"
    if rises and status is Status.CONTRADICT and is_later_and_higher(material, a, b):
        status = Status.DIFFER
        says += _published(material, a.page, b.page)
    corrected = _correction(material, a, b)
    if corrected is not None:
        status = Status.DIFFER
        says += f"; {{{corrected}}} prints a correction of it"
    return _numbers(story, material, status, [*first, *others], says)


def counts_elsewhere(
    story: StoryId, material: Material, elsewhere: Elsewhere, told: Sequence[Agreement]
) -> Iterator[Agreement]:
    """Yield agreement on counts that stand at places the collation did not put together."""
    known = {(p.page, p.start) for row in told if row.status is not Status.ADD for p in row.pointers}
    known_spans = [(p.page, Span(p.start, p.end)) for row in told if row.status is Status.AGREE for p in row.pointers]
    for counts in counts_told_alike(material, elsewhere):
        places = places_of(counts)
        if places & known or any(
            page == c.page and span.holds(c.quantity.span) for c in counts for page, span in known_spans
        ):
            continue
        yield from rows_of_counts(story, material, counts, frozenset())


def tallies_elsewhere(story: StoryId, material: Material, told: Sequence[Agreement]) -> Iterator[Agreement]:
    """Yield agreement on the tally of a vote, however each report writes it."""
    known = [(p.page, Span(p.start, p.end)) for row in told if row.status is Status.AGREE for p in row.pointers]
    for places in tallies_told_alike(material):
        if all(any(page == other and span.holds(at) for other, span in known) for page, at in places):
            continue
        words = material.words(*places[0])
        pointers = tuple(Pointer(page, *span) for page, span in places)
        origins = material.origins_of([page for page, _ in places])
        says = f"a vote of {words} in {named(page for page, _ in places)}"
        yield Agreement(story, Status.AGREE, words, pointers, origins, says)


def unequal_elsewhere(
    story: StoryId, material: Material, elsewhere: Elsewhere, told: Sequence[Agreement]
) -> Iterator[Agreement]:
    """Yield the numbers of one thing that reports give unequally in sentences of other words."""
    known = {(p.page, p.start) for row in told if row.status is not Status.ADD for p in row.pointers}
    for a, b, status in counts_told_unequally(material, elsewhere):
        if not places_of([a, b]) & known:
            a_words, b_words = (worded(material, count.quantity) for count in (a, b))
            says = f"{a_words} in {{{a.page}}}, {b_words} in {{{b.page}}}{_published(material, a.page, b.page)}"
            yield _numbers(story, material, status, [a, b], says)


def _published(material: Material, a: PageId, b: PageId) -> str:
    """Return when two reports were published, where they tell numbers of other days: tolls rise, storms move."""
    days = [material.day_of(page) for page in (a, b)]
    if not all(days) or days[0] == days[1]:
        return ""
    return f" ({{{a}}} is of {days[0]}, {{{b}}} of {days[1]})"


def _numbers(story: StoryId, material: Material, status: Status, counts: Sequence[Count], says: str) -> Agreement:
    pointers = tuple(Pointer(c.page, c.quantity.span.start, c.quantity.span.end) for c in counts)
    origins = material.origins_of([count.page for count in counts])
    return Agreement(story, status, counts[0].of, pointers, origins, says)


def _correction(material: Material, a: Count, b: Count) -> PageId | None:
    """Return the page whose correction note names both numbers, if one does."""
    forms = [_form(material, count) for count in (a, b)]
    for page in material.pages:
        for note in material.notes[page]:
            keys = {word.key for word in words_of(material.texts[page], note.span)}
            if all(form in keys for form in forms):
                return page
    return None


def _form(material: Material, count: Count) -> str:
    return words_of(material.texts[count.page], count.quantity.span)[-1].key


def places_of(counts: Sequence[Count]) -> set[tuple[PageId, int]]:
    """Return where the numbers stand: page and start."""
    return {(count.page, count.quantity.span.start) for count in counts}


def named(pages: Iterator[PageId]) -> str:
    """Return the pages' names as they stand in a row, each once."""
    return ", ".join(f"{{{page}}}" for page in dict.fromkeys(pages))
