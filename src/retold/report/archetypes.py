"""The text of copy that nobody gave us: its readings in order, each with who has it so and who has it otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from retold.model.page import PageId, Pointer
from retold.model.story import ArchetypeReading
from retold.report.places import Link, Places, Quote
from retold.views.story_view import StoryView

PART = "Unseen copy"

READING_EXCERPT_WORDS = 3
"""Words of a reading in a version of excerpts: the readings in a row are the copy itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One reading: its words, how many carriers have it so, links to each of them."""

    locus: str
    text: Quote
    n_support: int
    n_carriers: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Unseen:
    """An unseen original and its readings; none where one report alone carries it, which then has its text."""

    name: str
    carriers: tuple[str, ...]
    lines: tuple[Line, ...]


def unseen_copies(view: StoryView, places: Places) -> list[Unseen]:
    """Return the unseen originals of the story, each with its readings in order."""
    readings: dict[str, list[ArchetypeReading]] = {}
    for reading in view.archetype_readings:
        readings.setdefault(reading.node, []).append(reading)
    spans = _first_places(view)
    return [
        Unseen(
            view.node_name(node),
            _carriers(view, node),
            tuple(_line(reading, spans, places) for reading in told if reading.carriers > 1),
        )
        for node, told in readings.items()
    ]


def _carriers(view: StoryView, node: str) -> tuple[str, ...]:
    """Return the sigla of the reports that derive from the node, at any remove."""
    reached, waiting = {node}, [node]
    while waiting:
        source = waiting.pop()
        targets = [e.target for e in view.edges if e.source == source and not e.contamination]
        waiting += [target for target in targets if target not in reached]
        reached.update(targets)
    return tuple(witness.siglum for witness in view.witnesses if witness.page in reached)


def _first_places(view: StoryView) -> dict[tuple[int, PageId], Pointer]:
    return {
        (locus.i_locus, reading.page): Pointer(reading.page, *reading.spans[0])
        for locus in view.loci
        for reading in locus.readings
        if reading.spans
    }


def _line(reading: ArchetypeReading, spans: dict[tuple[int, PageId], Pointer], places: Places) -> Line:
    text_from = reading.text_from
    pointers = [
        text_from if page == text_from.page else spans[reading.i_locus, page]
        for page in reading.support
        if page == text_from.page or (reading.i_locus, page) in spans
    ]
    return Line(
        locus=f"L{reading.i_locus + 1}",
        text=places.quote_at(text_from, READING_EXCERPT_WORDS),
        n_support=len(reading.support),
        n_carriers=reading.carriers,
        links=places.links(pointers, PART),
    )
