"""What holds for every input, through all stages: segments tile, nothing is lost, every span lies in its text."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import PageId, Pointer
from retold.pipeline import STAGES
from retold.readers.read import ReadPage, read_source
from retold.tables import ALL_TABLES
from retold.tables import table as t
from retold.text.spans import Span, check_span, check_tiling

SENTENCES = [
    "A crane fell onto the ferry pier at Dunmara early on Tuesday, the harbour office said.",
    "Three dock workers were treated for cuts.",
    '"We heard a bang," said Ida Morrow, who sells tickets. "Then everyone ran."',
    "In late January, a container slipped from the same crane and injured a driver.",
    "The union said it had warned the company twice; days later the port was inspected.",
    "He said about 1,200 passengers had to wait until Wednesday evening.",
    "There were no immediate reports of damage to the ferry, according to Reuters.",
    "Photo: AP",
    "Advertisement",
    "Read more: What we know about the pier",
    "Ida Morrow told the Dunmara Post that 40 per cent of the crossings were cancelled last month.",
    "The resolution came after the strike, prompting an inquiry in March 2021.",
]
LINES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9)
TEXTS = st.one_of(
    LINES.map(lambda lines: "Crane falls on pier\n\nPublished 4 May 2021\n\n" + "\n\n".join(lines)),
    LINES.map(lambda lines: "<h1>Crane falls</h1>" + "".join(f"<p>{line}</p>" for line in lines)),
    st.text(min_size=1, max_size=300),
)


def told(texts: list[str]) -> MemoryTables:
    """Run every stage over pages with these texts."""
    read = [read_source(f"{i}.txt", text.encode("utf-8", "surrogatepass")) for i, text in enumerate(texts)]
    pages = [item for item in read if isinstance(item, ReadPage)]
    tables = MemoryTables()
    tables.put(t.PAGES, [item.page for item in pages])
    tables.put(t.RUNS, [row for item in pages for row in item.runs])
    tables.put(t.BLOCKS, [row for item in pages for row in item.blocks])
    tables.put(t.DECLARED, [row for item in pages for row in item.declared])
    return run_stages(tables, STAGES)


def places(row: Any, page: PageId | None) -> Iterator[tuple[PageId, Span]]:
    """Yield every span and pointer of a row, with the page it points into."""
    page = getattr(row, "page", page)
    if isinstance(row, Pointer):
        yield row.page, row.span
    elif isinstance(row, Span):
        if page is not None:
            yield page, row
    elif isinstance(row, tuple):
        for item in row:
            yield from places(item, page)
    elif dataclasses.is_dataclass(row):
        for field in dataclasses.fields(row):
            side = {"a_units": "a", "b_units": "b"}.get(field.name)
            yield from places(getattr(row, field.name), getattr(row, side) if side else page)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_place_lies_in_its_text_and_segments_tile(texts):
    tables = told(texts)
    length = {page.page: len(page.text) for page in tables.rows(t.PAGES)}
    for table in ALL_TABLES:
        for row in tables.rows(table):
            for page, span in places(row, None):
                check_span(span, length[page], page=page)
    for page in tables.rows(t.PAGES):
        segments = [row.span for row in tables.rows(t.SEGMENTS) if row.page == page.page]
        check_tiling(segments, len(page.text), page=page.page)
        assert "".join(page.text[start:end] for start, end in segments) == page.text


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_every_page_is_in_one_story_and_has_one_origin(texts, random):
    tables = told(texts)
    pages = sorted(page.page for page in tables.rows(t.PAGES))
    assert sorted(page for story in tables.rows(t.STORIES) for page in story.pages) == pages
    assert sorted(origin.page for origin in tables.rows(t.REPORT_ORIGINS)) == pages


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=2, max_size=3))
def test_alignments_are_a_partition_of_both_sides(pages):
    tables = told(["Crane falls\n\n" + "\n\n".join(lines) for lines in pages])
    units: dict[PageId, list[Span]] = {}
    for row in tables.rows(t.SENTENCES):
        if row.kind in {"body", "standfirst"}:
            units.setdefault(row.page, []).append(row.span)
    by_pair: dict[tuple[PageId, PageId], list[Any]] = {}
    for row in tables.rows(t.ALIGNMENTS):
        by_pair.setdefault((row.a, row.b), []).append(row)
    text = {page.page: page.text for page in tables.rows(t.PAGES)}
    for (a, b), rows in by_pair.items():
        for page, told_units in ((a, [row.a_units for row in rows]), (b, [row.b_units for row in rows])):
            covered = sorted(span for found in told_units for span in found)
            words = {text[page][start:end].casefold() for start, end in covered}
            left = set(units.get(page, [])) - set(covered)
            assert covered == sorted(set(units.get(page, [])) - left)
            # What a page prints twice is told once.
            assert all(text[page][start:end].casefold() in words for start, end in left)
