"""The stage itself: statements of every locus, numbers compared, what one report has alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.engine.stage import Stage, Written
from retold.model.facts import Agreement, EntityType, Status
from retold.model.page import PageId, Pointer
from retold.model.report import SegmentKind
from retold.model.story import Change, EditKind, Locus, Reading, StoryId
from retold.stages.agreement.elsewhere import Elsewhere, counts_told_alike
from retold.stages.agreement.material import Material, material_of
from retold.stages.agreement.numbers import Count, Linked, aligned_counts, linked_counts, sense_of, status_of, tolls
from retold.stages.agreement.quotes import quotations_told_alike
from retold.stages.agreement.sentences import sentences_told_alike
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

MOST_NAMED = 3
"""Other reports that are named where a statement is not found in them."""

LEAST_ADDED_WORDS = 6
"""An addition inside a sentence tells something from so many new words; from four on, titles and bylines came too."""

LEAD_SENTENCES = 2
"""The lead tells the news itself, which the others tell too in words of their own: of 14 false additions read by hand
in groups 064 to 093 eight were leads."""

LEAST_STATEMENT_LENGTH = 25
"""Characters from which the place of an agreement is a statement, no bare number."""

LEAST_TOLD_WORDS = 6
"""A sentence without number, claim or day tells something of the person it names from this many words."""


def tell_agreement(rows: Rows) -> Written:
    """Return how the statements of the story's reports stand to each other, in reading order."""
    (story,) = rows.rows(STORIES)
    if len(story.pages) < 2:
        return {AGREEMENTS: []}
    material = material_of(rows)
    linked = linked_counts(material, rows.rows(ALIGNMENTS))
    tolls_told = [counts for _, counts in tolls(material)]
    elsewhere = Elsewhere(material)
    told: list[Agreement] = []
    for locus in rows.rows(LOCI):
        told += _of_locus(story.story, material, locus, linked, tolls_told, elsewhere)
    for counts in tolls_told:
        told += _of_counts(story.story, material, counts, None)
    told += list(_counts_elsewhere(story.story, material, elsewhere, told))
    told += list(_quotations(story.story, material, told))
    told += list(_sentences(story.story, material, told))
    told += list(_added_inside(story.story, material, rows, elsewhere))
    return {AGREEMENTS: list(dict.fromkeys(told))}


def _of_locus(
    story: StoryId,
    material: Material,
    locus: Locus,
    linked: frozenset[Linked],
    tolls_told: Sequence[Sequence[Count]],
    elsewhere: Elsewhere,
) -> Iterator[Agreement]:
    readings = [(reading.page, reading.spans) for reading in locus.readings if reading.spans]
    if len(readings) == 1:
        ((page, spans),) = readings
        whole = Span(spans[0].start, spans[-1].end)
        is_asked = material.words(page, whole).endswith("?")
        is_told = _is_lead(material, page, whole) or elsewhere.tells(page, whole)
        if material.is_checkable(page, spans) and not is_asked and not is_told:
            yield _statement(story, material, Status.ADD, readings, _alone(material, page))
        return
    n_told = 0
    for column in aligned_counts(material, readings):
        if all(_is_trifle(count) for count in column):
            continue
        if not any(_places(column) <= _places(counts) for counts in tolls_told):
            for row in _of_counts(story, material, column, linked):
                n_told += 1
                yield row
    alike = _told_alike(locus)
    if not n_told and len(alike) > 1 and _is_worth_telling(material, *alike[0]):
        yield _statement(story, material, Status.AGREE, alike, f"told alike in {_pages(p for p, _ in alike)}")


def _is_lead(material: Material, page: PageId, span: Span) -> bool:
    """Tell whether a stretch stands in the first sentences of its report's running text."""
    body = [s.span for s in material.sentences[page] if s.kind is SegmentKind.BODY][:LEAD_SENTENCES]
    return bool(body) and span.start < body[-1].end


def _is_trifle(count: Count) -> bool:
    """Tell whether a number is a bare one or first: the sentence that holds it tells more than "one move"."""
    return count.quantity.unit is None and count.quantity.value == 1


def _told_alike(locus: Locus) -> list[tuple[PageId, tuple[Span, ...]]]:
    """Return the readings of a locus that assert one thing: the lemma's, and those without a change of fact."""
    told = [reading for reading in locus.readings if reading.spans]
    if not any(reading.page == locus.lemma for reading in told):
        return []
    return [(reading.page, reading.spans) for reading in told if reading.page == locus.lemma or _is_alike(reading)]


def _is_alike(reading: Reading) -> bool:
    facts = {EditKind.NUMBER, EditKind.DATE, EditKind.QUOTE, EditKind.HEDGE}
    return reading.change is not Change.REWRITTEN and not facts & set(reading.kinds)


def _is_worth_telling(material: Material, page: PageId, spans: Sequence[Span]) -> bool:
    """Tell whether the spans hold something that can be checked, or a named person or body doing something."""
    if material.words(page, (spans[0].start, spans[-1].end)).endswith("?"):
        return False
    if material.is_checkable(page, spans):
        return True
    long = sum(len(words_of(material.texts[page], span)) for span in spans) >= LEAST_TOLD_WORDS
    return long and any(
        mention.type in _DOERS and span.holds(mention.span) for mention in material.mentions[page] for span in spans
    )


_DOERS = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.GROUP})


def _counts_elsewhere(
    story: StoryId, material: Material, elsewhere: Elsewhere, told: Sequence[Agreement]
) -> Iterator[Agreement]:
    """Yield agreement on counts that stand at places the collation did not put together."""
    known = {(p.page, p.start) for row in told if row.status is not Status.ADD for p in row.pointers}
    known_spans = [(p.page, Span(p.start, p.end)) for row in told if row.status is Status.AGREE for p in row.pointers]
    for counts in counts_told_alike(material, elsewhere):
        places = _places(counts)
        if places & known or any(
            page == c.page and span.holds(c.quantity.span) for c in counts for page, span in known_spans
        ):
            continue
        yield from _of_counts(story, material, counts, frozenset())


def _quotations(story: StoryId, material: Material, told: Sequence[Agreement]) -> Iterator[Agreement]:
    """Yield agreement on what reports quote alike at places that the collation did not put together."""
    known: dict[PageId, list[Span]] = {}
    for row in told:
        for p in row.pointers if row.status is Status.AGREE else ():
            if p.end - p.start >= LEAST_STATEMENT_LENGTH:
                known.setdefault(p.page, []).append(Span(p.start, p.end))
    for places in quotations_told_alike(material):
        # A report that prints a quotation twice, or told it in a locus above, has it told already.
        if any(span.overlaps(other) for page, span in places for other in known.get(page, ())):
            continue
        for page, span in places:
            known.setdefault(page, []).append(span)
        readings = [(page, (span,)) for page, span in places]
        yield _statement(
            story, material, Status.AGREE, readings, f"the same quotation in {_pages(p for p, _ in places)}"
        )


def _sentences(story: StoryId, material: Material, told: Sequence[Agreement]) -> Iterator[Agreement]:
    """Yield agreement of sentences that tell one thing in words that are mostly the same, wherever they stand."""
    known: dict[PageId, list[Span]] = {}
    for row in told:
        for p in row.pointers if row.status is not Status.ADD else ():
            known.setdefault(p.page, []).append(Span(p.start, p.end))
    for places in sentences_told_alike(material):
        over = [[other for other in known.get(page, ()) if span.overlaps(other)] for page, span in places]
        if all(over) or any(other.size >= LEAST_STATEMENT_LENGTH for found in over for other in found):
            continue  # told by the numbers in them, or by a statement
        if material.words(*places[0]).endswith("?"):
            continue
        readings = [(page, (span,)) for page, span in places]
        says = f"told in mostly the same words in {_pages(p for p, _ in places)}"
        yield _statement(story, material, Status.AGREE, readings, says)


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
            bounds = _other_bounds(alike)
            if bounds is not None:
                yield _unequal(story, material, *bounds)
                continue
            yield _numbers(story, material, Status.AGREE, alike, f"{alike[0].of} in {_pages(c.page for c in alike)}")
        if alike is not first and (linked is None or _are_linked(first, alike, linked)):
            yield _unequal(story, material, first, alike)


def _other_bounds(alike: Sequence[Count]) -> tuple[list[Count], list[Count]] | None:
    """Return the counts apart where approximators of other senses stand before one number: "about", "at least"."""
    senses = [sense_of(count.quantity) for count in alike]
    first = next((sense for sense in senses if sense is not None), None)
    others = [c for c, sense in zip(alike, senses, strict=True) if sense not in (None, first)]
    if not others:
        return None
    return [c for c, sense in zip(alike, senses, strict=True) if sense == first], others


def _are_linked(first: Sequence[Count], others: Sequence[Count], linked: frozenset[Linked]) -> bool:
    return any(frozenset({a, b}) in linked for a in _places(first) for b in _places(others))


def _unequal(story: StoryId, material: Material, first: Sequence[Count], others: Sequence[Count]) -> Agreement:
    a, b = first[0], others[0]
    status = status_of(a.quantity, b.quantity)
    if status is Status.AGREE:
        status = Status.DIFFER  # one number, "about" it in one and "at least" in the other
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


def _added_inside(story: StoryId, material: Material, rows: Rows, elsewhere: Elsewhere) -> Iterator[Agreement]:
    """Yield, once, what one report alone adds inside a sentence that another report has too."""
    told: set[tuple[PageId, Span]] = set()
    for alignment in rows.rows(ALIGNMENTS):
        for edit in alignment.edits:
            for page, here in ((alignment.a, edit.a), (alignment.b, edit.b)):
                other, units = (
                    (alignment.b, alignment.b_units) if page == alignment.a else (alignment.a, alignment.a_units)
                )
                if here.size and (page, here) not in told and _is_statement(material, page, here, other, units):
                    told.add((page, here))
                    if _is_lead(material, page, here) or elsewhere.tells(page, here):
                        continue
                    origins = material.origins_of([page], alone=True)
                    about = material.words(page, here)
                    says = f"{_alone(material, page)}: {about}"
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


def _alone(material: Material, page: PageId) -> str:
    """Return what may be said of a statement found in one report: that others do not tell it in these words.

    Whether they tell it in words of their own is not known for sure: an addition is no proof of silence.
    """
    others = [other for other in material.pages if other != page]
    where = _pages(iter(others)) if len(others) <= MOST_NAMED else "the others"
    return f"in {{{page}}}, not found in {where} in these words"


def _pages(pages: Iterator[PageId]) -> str:
    return ", ".join(f"{{{page}}}" for page in dict.fromkeys(pages))


STAGE = Stage(
    name="agreement",
    reads=(
        STORIES, PAGES, SENTENCES, QUANTITIES, CLAIMS, TIMES, MENTIONS, NOTES, REPORT_ORIGINS, ALIGNMENTS, LOCI,
    ),
    writes=(AGREEMENTS,),
    grain=Grain.STORY,
    version=4,
    run=tell_agreement,
)  # fmt: skip
