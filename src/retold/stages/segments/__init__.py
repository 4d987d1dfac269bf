"""Segments: every block of a page labelled with what it is to the page.

Owns the stage; what is seen of a block stands in ``features``, what it weighs in ``scores``, where the report lies in
``regions``, the order of the rules in ``passes``; ``fitted`` has the last word, by weights learnt from annotated pages
over ``signs``. The same code serves HTML blocks and the lines of plain text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retold.engine.stage import Stage, Written
from retold.model.page import Block, Declared, Page
from retold.model.report import Segment, SegmentKind
from retold.stages.segments.cuts import segments_of
from retold.stages.segments.features import see
from retold.stages.segments.fitted import judge
from retold.stages.segments.heads import read_declarations
from retold.stages.segments.passes import label
from retold.stages.segments.wraps import unwrap
from retold.tables.table import BLOCKS, DECLARED, PAGES, SEGMENTS, Grain, Rows

__all__ = ["STAGE", "STAGE_EXPLAINED", "segment_page"]


def segment_page(
    page: Page, blocks: Sequence[Block], declared: Sequence[Declared] = (), *, explained: bool = False
) -> tuple[Segment, ...]:
    """Return the segments of a page, which tile its text; ``blocks`` tile it too.

    ``explained`` ones say why they got their kind, which costs half as much again.
    """
    if not page.text:
        return ()
    ordered = sorted(blocks, key=lambda block: block.start)
    if not ordered:
        ordered = [Block(page.page, 0, len(page.text), "line")]
    ordered = unwrap(page.text, ordered)
    seen, declarations = see(page.text, ordered), read_declarations(declared)
    by_rules = label(seen, declarations, explained=explained)
    labels = judge(page.text, seen, by_rules, declarations, explained=explained)
    named = [(kind or SegmentKind.FURNITURE, why) for kind, why in zip(labels.kinds, labels.why, strict=True)]
    return segments_of(page.page, page.text, ordered, named)


def _run(rows: Rows) -> Written:
    return _segments(rows, explained=False)


def _run_explained(rows: Rows) -> Written:
    return _segments(rows, explained=True)


def _segments(rows: Rows, *, explained: bool) -> Written:
    written: list[Segment] = []
    for page in rows.rows(PAGES):
        written.extend(segment_page(page, rows.rows(BLOCKS), rows.rows(DECLARED), explained=explained))
    return {SEGMENTS: written}


STAGE = Stage("segments", (PAGES, BLOCKS, DECLARED), (SEGMENTS,), Grain.PAGE, 3, _run)
STAGE_EXPLAINED = replace(STAGE, run=_run_explained)
"""The same segments, each saying why: for stories, which show it."""
