"""The stage itself: statements of every locus, numbers compared, what one report has alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.engine.stage import Stage, Written
from retold.model.facts import Agreement, Polarity, Status
from retold.model.page import PageId, Pointer
from retold.model.story import Change, EditKind, Locus, StoryId
from retold.stages.agreement.material import Material, material_of
from retold.stages.agreement.numbers import Count, Linked, aligned_counts, linked_counts, status_of, tolls
from retold.tables.table import (
    AGREEMENTS,
    ALIGNMENTS,
    CLAIMS,
    LOCI,
    MENTIONS,
    NOTES,
    PAGES,
    QUANTITIES,
    REPORT_ORIGINS,
    SENTENCES,
    STORIES,
    TIMES,
    Grain,
    Rows,
)
from retold.text.spans import Span
from retold.text.words import words_of

Value = tuple[float | None, float | None, float | None]

LEAST_ADDED_WORDS = 4
"""An addition inside a sentence is a statement of its own from this many words, or when it names somebody."""


def tell_agreement(rows: Rows) -> Written:
    """Return how the statements of the story's reports stand to each other, in reading order."""
    (story,) = rows.rows(STORIES)
    if len(story.pages) < 2:
        return {AGREEMENTS: []}
    material = material_of(rows)
    linked = linked_counts(material, rows.rows(ALIGNMENTS))
    tolls_told = [counts for _, counts in tolls(material)]
    told: list[Agreement] = []
    for locus in rows.rows(LOCI):
        told += _of_locus(story.story, material, locus, linked, tolls_told)
    for counts in tolls_told:
        told += _of_counts(story.story, material, counts, None)
    told += list(_added_inside(story.story, material, rows))
    return {AGREEMENTS: list(dict.fromkeys(told))}


def _of_locus(
    story: StoryId,
    material: Material,
    locus: Locus,
    linked: frozenset[Linked],
    tolls_told: Sequence[Sequence[Count]],
) -> Iterator[Agreement]:
    readings = [(reading.page, reading.spans) for reading in locus.readings if reading.spans]
    if len(readings) == 1:
        ((page, spans),) = readings
        if material.is_checkable(page, spans):
            yield _statement(story, material, Status.ADD, readings, f"only {{{page}}} has it")
        return
    columns = aligned_counts(material, readings)
    for column in columns:
        if not any(_places(column) <= _places(counts) for counts in tolls_told):
            yield from _of_counts(story, material, column, linked)
    if not columns and _same_statement(material, locus):
        yield _statement(story, material, Status.AGREE, readings, f"told alike in {_pages(p for p, _ in readings)}")


def _same_statement(material: Material, locus: Locus) -> bool:
    """Tell whether the readings of a locus assert one checkable thing without a change of fact."""
    facts = {EditKind.NUMBER, EditKind.DATE, EditKind.QUOTE, EditKind.HEDGE}
    for reading in locus.readings:
        if reading.spans and (reading.change is Change.REWRITTEN or facts & set(reading.kinds)):
            return False
    first = next(reading for reading in locus.readings if reading.spans)
    claims = material.claims_in(first.page, first.spans)
    return bool(claims) or any(claim.polarity is Polarity.NEGATIVE for claim in claims)


def _statement(
    story: StoryId,
    material: Material,
    status: Status,
    readings: Sequence[tuple[PageId, Sequence[Span]]],
    says: str,
) -> Agreement:
    pages = [page for page, _ in readings]
    first_page, first_spans = readings[0]
    about = material.words(first_page, (first_spans[0].start, first_spans[-1].end))
    pointers = tuple(Pointer(page, spans[0].start, spans[-1].end) for page, spans in readings)
    origins = material.origins_of(pages, alone=len(pages) == 1)
    return Agreement(story, status, about, pointers, origins, f"{says}: {about}")


def _of_counts(
    story: StoryId, material: Material, counts: Sequence[Count], linked: frozenset[Linked] | None
) -> Iterator[Agreement]:
    """Yield agreement of equal numbers, and for each unequal one how it stands to the first.

    ``linked`` names the numbers that may contradict each other; None: all of them.
    """
    groups: dict[Value, list[Count]] = {}
    for count in counts:
        groups.setdefault((count.quantity.value, count.quantity.low, count.quantity.high), []).append(count)
    first = next(iter(groups.values()))
    for alike in groups.values():
        if len({count.page for count in alike}) > 1:
            yield _numbers(story, material, Status.AGREE, alike, f"{alike[0].of} in {_pages(c.page for c in alike)}")
        if alike is not first and (linked is None or _are_linked(first, alike, linked)):
            yield _unequal(story, material, first, alike)


def _are_linked(first: Sequence[Count], others: Sequence[Count], linked: frozenset[Linked]) -> bool:
    return any(frozenset({a, b}) in linked for a in _places(first) for b in _places(others))


def _unequal(story: StoryId, material: Material, first: Sequence[Count], others: Sequence[Count]) -> Agreement:
    a, b = first[0], others[0]
    status = status_of(a.quantity, b.quantity)
    says = f"{a.of} in {_pages(c.page for c in first)}, {b.of} in {_pages(c.page for c in others)}"
    corrected = _correction(material, a, b)
    if corrected is not None:
        status = Status.DIFFER
        says += f"; {{{corrected}}} prints a correction of it"
    return _numbers(story, material, status, [*first, *others], says)


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


def _places(counts: Sequence[Count]) -> set[tuple[PageId, int]]:
    return {(count.page, count.quantity.span.start) for count in counts}


def _added_inside(story: StoryId, material: Material, rows: Rows) -> Iterator[Agreement]:
    """Yield what one report adds inside a sentence that another report has too."""
    for alignment in rows.rows(ALIGNMENTS):
        for edit in alignment.edits:
            for page, here in ((alignment.a, edit.a), (alignment.b, edit.b)):
                other, units = (
                    (alignment.b, alignment.b_units) if page == alignment.a else (alignment.a, alignment.a_units)
                )
                if here.size and _is_statement(material, page, here, other, units):
                    origins = material.origins_of([page], alone=True)
                    about = material.words(page, here)
                    says = f"{{{page}}} has it, {{{other}}} has not: {about}"
                    yield Agreement(story, Status.ADD, about, (Pointer(page, *here),), origins, says)


def _is_statement(material: Material, page: PageId, span: Span, other: PageId, units: Sequence[Span]) -> bool:
    """Tell whether the stretch says something checkable that the other report's sentence does not."""
    there = {word.key for unit in units for word in words_of(material.texts[other], unit)}
    here = [word.key for word in words_of(material.texts[page], span)]
    named = any(
        span.holds(mention.span) and not set(mention.key.split()) <= there for mention in material.mentions[page]
    )
    counted = bool(material.quantities_in(page, [span]))
    return len(set(here) - there) >= LEAST_ADDED_WORDS and (named or counted)


def _pages(pages: Iterator[PageId]) -> str:
    return ", ".join(f"{{{page}}}" for page in dict.fromkeys(pages))


STAGE = Stage(
    name="agreement",
    reads=(
        STORIES, PAGES, SENTENCES, QUANTITIES, CLAIMS, TIMES, MENTIONS, NOTES, REPORT_ORIGINS, ALIGNMENTS, LOCI,
    ),
    writes=(AGREEMENTS,),
    grain=Grain.STORY,
    version=1,
    run=tell_agreement,
)  # fmt: skip
