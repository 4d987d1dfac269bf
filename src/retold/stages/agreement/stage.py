"""The stage itself: statements of every locus, numbers compared, what one report has alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.engine.stage import Stage, Written
from retold.model.facts import Agreement, EntityType, Event, Status
from retold.model.page import PageId, Pointer
from retold.model.report import SegmentKind
from retold.model.story import Change, EditKind, Locus, Reading, StoryId
from retold.stages.agreement.elsewhere import Elsewhere
from retold.stages.agreement.events import events_told_alike, mentions_elsewhere
from retold.stages.agreement.material import Material, material_of
from retold.stages.agreement.number_rows import (
    counts_elsewhere,
    named,
    places_of,
    rows_of_counts,
    tallies_elsewhere,
    unequal_elsewhere,
)
from retold.stages.agreement.numbers import (
    Count,
    Linked,
    aligned_counts,
    linked_counts,
    tolls,
)
from retold.stages.agreement.quotes import Places, QuotingPage, printed_in_part, quotations_told_alike, quoting_pages
from retold.stages.agreement.sentences import sentences_told_alike
from retold.stages.agreement.wordings import wordings_that_differ
from retold.tables.table import (
    AGREEMENTS,
    ALIGNMENTS,
    CLAIMS,
    EVENTS,
    LOCI,
    MENTIONS,
    NOTES,
    PAGES,
    QUANTITIES,
    REPORT_DATES,
    REPORT_ORIGINS,
    SENTENCES,
    STORIES,
    TIMES,
    Grain,
    Rows,
)
from retold.text.spans import Span
from retold.text.words import words_of

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
    tolls_found = list(tolls(material))
    tolls_told = [counts for _, counts in tolls_found]
    events = rows.rows(EVENTS)
    elsewhere = Elsewhere(material, mentions_elsewhere(events))
    told: list[Agreement] = []
    for locus in rows.rows(LOCI):
        told += _of_locus(story.story, material, locus, linked, tolls_told, elsewhere)
    for kind, counts in tolls_found:
        told += rows_of_counts(story.story, material, counts, None, rises=kind != "aboard")
    told += list(counts_elsewhere(story.story, material, elsewhere, told))
    told += list(tallies_elsewhere(story.story, material, told))
    told += list(unequal_elsewhere(story.story, material, elsewhere, told))
    told += list(_wordings(story.story, material))
    told += list(_quotations(story.story, material, told))
    told += list(_sentences(story.story, material, told))
    told += list(_events(story.story, material, told, events))
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
        is_told = _is_lead(material, page, whole) or elsewhere.tells_event_of(page, whole)
        is_told = is_told or elsewhere.tells(page, whole)
        if material.is_checkable(page, spans) and not is_asked and not is_told:
            yield _statement(story, material, Status.ADD, readings, _alone(material, page))
        return
    n_told = 0
    for column in aligned_counts(material, readings):
        if all(_is_trifle(count) for count in column):
            continue
        if not any(places_of(column) <= places_of(counts) for counts in tolls_told):
            for row in rows_of_counts(story, material, column, linked):
                n_told += 1
                yield row
    alike = _told_alike(locus)
    if not n_told and len(alike) > 1 and _is_worth_telling(material, *alike[0]):
        yield _statement(story, material, Status.AGREE, alike, f"told alike in {named(p for p, _ in alike)}")


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


def _wordings(story: StoryId, material: Material) -> Iterator[Agreement]:
    """Yield the quotations that reports print in other words, with the words that differ."""
    for row in wordings_that_differ(material):
        versions = "; ".join(", ".join(_version(*version) for version in one) for one in row.differences)
        readings = [(page, (span,)) for page, span in row.places]
        yield _statement(story, material, Status.DIFFER, readings, f"words of a quotation differ, {versions}")


def _version(words: str, pages: Sequence[PageId]) -> str:
    return f"“{words}” in {named(iter(pages))}" if words else f"not in {named(iter(pages))}"


def _quotations(story: StoryId, material: Material, told: Sequence[Agreement]) -> Iterator[Agreement]:
    """Yield agreement on what reports quote alike at places that the collation did not put together."""
    known: dict[PageId, list[Span]] = {}
    for row in told:
        for p in row.pointers if row.status is not Status.ADD else ():
            if p.end - p.start >= LEAST_STATEMENT_LENGTH:
                known.setdefault(p.page, []).append(Span(p.start, p.end))
    pages = quoting_pages(material)
    for places in quotations_told_alike(material):
        # A report that prints a quotation twice, or told it in a locus above, has it told already.
        if any(span.overlaps(other) for page, span in places for other in known.get(page, ())):
            continue
        for page, span in places:
            known.setdefault(page, []).append(span)
        readings = [(page, (span,)) for page, span in places]
        yield _statement(story, material, Status.AGREE, readings, _same_quotation(pages, places))


def _same_quotation(pages: dict[PageId, QuotingPage], places: Places) -> str:
    part = printed_in_part(pages, places)
    whole = [page for page, _ in places if page not in part]
    in_part = f"in part in {named(iter(part))}"
    if not part:
        return f"the same quotation in {named(iter(whole))}"
    return f"the same quotation in {named(iter(whole))}, {in_part}" if whole else f"one quotation, {in_part}"


def _sentences(story: StoryId, material: Material, told: Sequence[Agreement]) -> Iterator[Agreement]:
    """Yield agreement of sentences that tell one thing in words that are mostly the same, wherever they stand."""
    known = _known(told)
    for places in sentences_told_alike(material):
        over = [[other for other in known.get(page, ()) if span.overlaps(other)] for page, span in places]
        if all(over) or any(other.size >= LEAST_STATEMENT_LENGTH for found in over for other in found):
            continue  # told by the numbers in them, or by a statement
        if material.words(*places[0]).endswith("?"):
            continue
        readings = [(page, (span,)) for page, span in places]
        says = f"told in mostly the same words in {named(p for p, _ in places)}"
        yield _statement(story, material, Status.AGREE, readings, says)


def _events(
    story: StoryId, material: Material, told: Sequence[Agreement], events: Sequence[Event]
) -> Iterator[Agreement]:
    """Yield agreement on events that reports tell in words of their own, where nothing else tells it."""
    known = _known(told)
    for places in events_told_alike(material, events):
        over = [[other for other in known.get(page, ()) if span.overlaps(other)] for page, span in places]
        if sum(any(other.size >= LEAST_STATEMENT_LENGTH for other in found) for found in over) < 2:
            readings = [(page, (span,)) for page, span in places]
            says = f"the same event told in {named(page for page, _ in places)}"
            yield _statement(story, material, Status.AGREE, readings, says)


def _known(told: Sequence[Agreement]) -> dict[PageId, list[Span]]:
    """Return where the reports are known to tell the same or to differ."""
    known: dict[PageId, list[Span]] = {}
    for row in told:
        for p in row.pointers if row.status is not Status.ADD else ():
            known.setdefault(p.page, []).append(Span(p.start, p.end))
    return known


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
    where = named(iter(others)) if len(others) <= MOST_NAMED else "the others"
    return f"in {{{page}}}, not found in {where} in these words"


STAGE = Stage(
    name="agreement",
    reads=(
        STORIES, PAGES, SENTENCES, QUANTITIES, CLAIMS, TIMES, MENTIONS, NOTES, REPORT_DATES, REPORT_ORIGINS, ALIGNMENTS,
        LOCI, EVENTS,
    ),
    writes=(AGREEMENTS,),
    grain=Grain.STORY,
    version=7,
    run=tell_agreement,
)  # fmt: skip
