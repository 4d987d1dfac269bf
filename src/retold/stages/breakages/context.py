"""A story's reports as this stage reads them: their main-text sentences in order, their places, their clocks.

Owns ``Report`` and ``Context``; what is broken is judged by ``pronouns``, ``names``, ``losses`` and ``corrections``.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from retold.model.facts import EntityType
from retold.model.page import PageId
from retold.model.report import COLLATED_KINDS, MetaField, NoteKind, SegmentKind
from retold.model.story import Alignment, Change, Story
from retold.plain.quotations import posts, quotations
from retold.stages.breakages.persons import count_named, inner_names, someone_in
from retold.tables import table as t
from retold.tables.table import Rows
from retold.text.spans import Span
from retold.text.words import key_of

_HEADS = frozenset({SegmentKind.HEADLINE, SegmentKind.KICKER, SegmentKind.STANDFIRST, SegmentKind.CAPTION})


@dataclass(frozen=True, slots=True)
class Report:
    """One report: main-text ``sentences`` in order, with the locus each stands in (None unknown).

    ``names`` are the words it capitalises inside a sentence; ``persons`` and ``no_persons`` its marked names; ``title``
    is its headline, be it printed on the page or given beside it; ``places`` are keys of its places.
    """

    page: PageId
    text: str
    sentences: tuple[Span, ...]
    loci: tuple[int | None, ...]
    heads: tuple[Span, ...]
    quoted: tuple[Span, ...]
    no_persons: tuple[Span, ...]
    persons: tuple[Span, ...]
    names: frozenset[str]
    corrections: tuple[Span, ...]
    day: str | None
    title: str = ""
    places: frozenset[str] = frozenset()

    def has_someone(self, span: Span) -> bool:
        """Tell whether the stretch names, describes or points to a person."""
        return self.n_persons(span) > 0 or someone_in(self.text, span, self.no_persons, self.names)

    def n_persons(self, span: Span) -> int:
        """Count the persons' names in the stretch, and what may be such."""
        marked = sum(span.overlaps(person) for person in self.persons)
        return max(marked, count_named(self.text, span, self.no_persons, self.names))

    def names_in(self, span: Span) -> tuple[str, ...]:
        """Return the persons' marked names in the stretch, as printed."""
        return tuple(self.text[slice(*person)] for person in self.persons if span.holds(person))

    def is_quoted(self, at: int) -> bool:
        """Tell whether the character stands inside a quotation."""
        i = bisect_right(self.quoted, (at, len(self.text) + 1)) - 1
        return i >= 0 and at < self.quoted[i].end


@dataclass(frozen=True, slots=True)
class Context:
    """One story: its reports in the story's order, the units at each locus by page, its alignments.

    ``sources`` are all that stand above a report in the stemma; ``n_having`` counts the reports with a sentence at a
    locus, and with sentences at two loci next to each other.
    """

    story: Story
    reports: Mapping[PageId, Report]
    places: Mapping[int, Mapping[PageId, tuple[Span, ...]]]
    alignments: tuple[Alignment, ...]
    sources: Mapping[str, frozenset[str]]
    n_having: Mapping[int | tuple[int, int], int]

    def derives(self, page: PageId, source: PageId) -> bool:
        """Tell whether a report has its text from another one, at first or second hand."""
        return source in self.sources.get(page, frozenset())

    def others(self, page: PageId) -> tuple[Report, ...]:
        """Return the other reports of the story in its order."""
        return tuple(report for report in self.reports.values() if report.page != page)

    def counterpart(self, report: Report, i_sentence: int, other: Report) -> int | None:
        """Return which sentence of the other report has the statement of this one's sentence, or None."""
        i_locus = report.loci[i_sentence]
        return other.loci.index(i_locus) if i_locus is not None and i_locus in other.loci else None


def context_of(story: Story, rows: Rows) -> Context:
    """Return what the story's rows say, cut to its pages."""
    places = {
        locus.i_locus: {
            reading.page: reading.spans
            for reading in locus.readings
            if reading.spans and reading.change is not Change.REWRITTEN
        }
        for locus in rows.rows(t.LOCI)
        if locus.story == story.story
    }
    reports = _reports(story, rows, places)
    alignments = [
        row for row in rows.rows(t.ALIGNMENTS) if row.story == story.story and row.a in reports and row.b in reports
    ]
    order = {page: i for i, page in enumerate(reports)}
    alignments.sort(key=lambda row: (order[row.b], order[row.a], row.b_units, row.a_units))
    edges = [edge for edge in rows.rows(t.STEMMA_EDGES) if edge.story == story.story and not edge.contamination]
    sources = _sources({edge.target: edge.source for edge in edges})
    return Context(story, reports, places, tuple(alignments), sources, _n_having(reports.values()))


def _n_having(reports: Iterable[Report]) -> Counter[int | tuple[int, int]]:
    """Count the reports that have each locus, and each two loci in a row."""
    found: Counter[int | tuple[int, int]] = Counter()
    for report in reports:
        found.update({locus for locus in report.loci if locus is not None})
        found.update({(a, b) for a, b in pairwise(report.loci) if a is not None and b is not None})
    return found


def _sources(parents: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return all that stand above each node of a stemma.

    >>> sorted(_sources({"B": "A", "C": "B"})["C"])
    ['A', 'B']
    """
    found: dict[str, frozenset[str]] = {}
    for node in parents:
        above: list[str] = []
        at = parents.get(node)
        while at is not None and at not in above:
            above.append(at)
            at = parents.get(at)
        found[node] = frozenset(above)
    return found


def _reports(story: Story, rows: Rows, places: Mapping[int, Mapping[PageId, tuple[Span, ...]]]) -> dict[PageId, Report]:
    texts = {page.page: page.text for page in rows.rows(t.PAGES)}
    sentences: dict[PageId, list[Span]] = defaultdict(list)
    for sentence in rows.rows(t.SENTENCES):
        if sentence.kind in COLLATED_KINDS:
            sentences[sentence.page].append(sentence.span)
    heads: dict[PageId, list[Span]] = defaultdict(list)
    bodies: dict[PageId, list[Span]] = defaultdict(list)
    for segment in rows.rows(t.SEGMENTS):
        if segment.kind in _HEADS:
            heads[segment.page].append(segment.span)
        if segment.kind in COLLATED_KINDS:
            bodies[segment.page].append(segment.span)
    persons: dict[PageId, list[Span]] = defaultdict(list)
    no_persons: dict[PageId, list[Span]] = defaultdict(list)
    for mention in rows.rows(t.MENTIONS):
        if mention.type is EntityType.PERSON:
            persons[mention.page].append(mention.span)
        elif mention.type is not EntityType.PLACE or " " in texts[mention.page][slice(*mention.span)]:
            no_persons[mention.page].append(mention.span)  # a town of one word is often a surname too
    places_named: dict[PageId, set[str]] = defaultdict(set)
    for mention in rows.rows(t.MENTIONS):
        if mention.type is EntityType.PLACE:
            places_named[mention.page].add(key_of(texts[mention.page][slice(*mention.span)]))
    corrections: dict[PageId, list[Span]] = defaultdict(list)
    for note in rows.rows(t.NOTES):
        if note.kind is NoteKind.CORRECTION:
            corrections[note.page].append(note.span)
    units = _units_of(places)
    titles = {row.page: row.value for row in rows.rows(t.META) if row.field is MetaField.TITLE}
    days = {date.page: date.value for date in rows.rows(t.REPORT_DATES) if date.story == story.story}
    return {
        page: Report(
            page=page,
            text=texts[page],
            sentences=tuple(sorted(sentences[page])),
            loci=tuple(_locus_of(span, units.get(page, [])) for span in sorted(sentences[page])),
            heads=tuple(sorted(heads[page])),
            quoted=_quoted(texts[page], bodies[page]),
            no_persons=tuple(sorted(no_persons[page])),
            persons=tuple(sorted(persons[page])),
            names=inner_names(texts[page], sentences[page]),
            corrections=tuple(sorted(corrections[page])),
            day=days.get(page),
            title=titles.get(page, ""),
            places=frozenset(places_named[page]),
        )
        for page in story.pages
        if page in texts
    }


def _quoted(text: str, bodies: list[Span]) -> tuple[Span, ...]:
    """Return the quotations and embedded posts of the main text, in order, none overlapping."""
    found: list[Span] = []
    for body in sorted(bodies):
        for mark in sorted([*quotations(text, body), *posts(text, body)]):
            if found and mark.start < found[-1].end:
                found[-1] = Span(found[-1].start, max(found[-1].end, mark.end))
            else:
                found.append(Span(mark.start, mark.end))
    return tuple(found)


def _units_of(places: Mapping[int, Mapping[PageId, tuple[Span, ...]]]) -> dict[PageId, list[tuple[Span, int]]]:
    """Return for each page its units in order, each with its locus."""
    units: dict[PageId, list[tuple[Span, int]]] = defaultdict(list)
    for i_locus, by_page in places.items():
        for page, spans in by_page.items():
            units[page] += [(span, i_locus) for span in spans]
    return {page: sorted(found) for page, found in units.items()}


def _locus_of(span: Span, units: list[tuple[Span, int]]) -> int | None:
    """Return the locus of the unit that holds the start of the sentence; None where there is none."""
    i = bisect_right(units, (Span(span.start, sys.maxsize), 0)) - 1
    return units[i][1] if i >= 0 and units[i][0].overlaps(span) else None
