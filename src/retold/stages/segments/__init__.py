"""Segments: every block of a page labelled with what it is to the page.

Owns the stage; what is seen of a block stands in ``features``, what it weighs in ``scores``, where the report lies in
``regions``, the order of the rules in ``passes``; ``fitted`` has the last word, by weights learnt from annotated pages
over ``signs``. The same code serves HTML blocks and the lines of plain text. Where other pages of the outlet are at
hand, blocks that it repeats (``retold.stages.repeats``) are no text of the report: only a page of which such a block
was taken for text is labelled anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retold.engine.stage import Stage, Written
from retold.model.page import Block, Declared, Page, Repeat
from retold.model.report import Segment, SegmentKind
from retold.stages.segments.cuts import segments_of
from retold.stages.segments.features import Seen, see
from retold.stages.segments.fitted import judge
from retold.stages.segments.heads import Declarations, read_declarations
from retold.stages.segments.passes import Labels, label
from retold.stages.segments.wraps import unwrap
from retold.tables.table import BLOCKS, DECLARED, PAGES, REPEATS, SEGMENTS, Grain, Rows

__all__ = ["STAGE", "STAGE_EXPLAINED", "are_reported", "said_of", "segment_page"]


def segment_page(
    page: Page,
    blocks: Sequence[Block],
    declared: Sequence[Declared] = (),
    repeats: Sequence[Repeat] = (),
    *,
    explained: bool = False,
) -> tuple[Segment, ...]:
    """Return the segments of a page, which tile its text; ``blocks`` tile it too.

    ``repeats`` are those of its blocks that the outlet prints on other pages too. ``explained`` segments say why they
    got their kind, which costs half as much again.
    """
    if not page.text:
        return ()
    ordered = sorted(blocks, key=lambda block: block.start)
    if not ordered:
        ordered = [Block(page.page, 0, len(page.text), "line")]
    ordered = unwrap(page.text, ordered)
    seen, declarations = see(page.text, ordered), read_declarations(declared)
    labels = _labels(page.text, seen, declarations, {}, explained=explained)
    if standing := standing_among(ordered, labels.kinds, repeats):
        labels = _labels(page.text, seen, declarations, standing, explained=explained)
    named = [(kind or SegmentKind.FURNITURE, why) for kind, why in zip(labels.kinds, labels.why, strict=True)]
    return segments_of(page.page, page.text, ordered, named)


def _labels(
    text: str, seen: Sequence[Seen], declarations: Declarations, standing: Mapping[int, str], *, explained: bool
) -> Labels:
    """Return the kind of every block; those in ``standing`` are furniture, for the reason given there."""
    by_rules = label(seen, declarations, standing, explained=explained)
    labels = judge(text, seen, by_rules, declarations, explained=explained)
    for i, why in standing.items():
        labels.kinds[i], labels.why[i] = SegmentKind.FURNITURE, (why,)
    return labels


def standing_among(
    blocks: Sequence[Block], kinds: Sequence[SegmentKind | None], repeats: Sequence[Repeat]
) -> dict[int, str]:
    """Return the blocks that were taken for what a report says though the outlet repeats them, with that reason."""
    if not repeats:
        return {}
    known = {repeat.start: repeat for repeat in repeats}
    return {
        i: said_of(repeat)
        for i, (block, kind) in enumerate(zip(blocks, kinds, strict=True))
        if kind in _REPORTED and (repeat := known.get(block.start)) is not None and repeat.end == block.end
    }


def are_reported(segments: Sequence[Segment], repeats: Sequence[Repeat]) -> bool:
    """Tell whether one of the blocks that the outlet repeats was taken for what a report says."""
    starts = sorted(segment.start for segment in segments if segment.kind in _REPORTED)
    return any(bisect_left(starts, one.start) < bisect_left(starts, one.end) for one in repeats)


def said_of(repeat: Repeat) -> str:
    """Return what a repeat says against its block being the report's."""
    return f"stands on {repeat.n_pages} of {repeat.n_outlet_pages} pages of {repeat.outlet}, of different matter"


_REPORTED = frozenset(
    {
        SegmentKind.HEADLINE,
        SegmentKind.STANDFIRST,
        SegmentKind.BODY,
        SegmentKind.CROSSHEAD,
        SegmentKind.PULLQUOTE,
        SegmentKind.CAPTION,
    }
)
"""What only the report itself can be; a byline, a credit, an advert may well stand on many pages."""


def _run(rows: Rows) -> Written:
    return _segments(rows, explained=False)


def _run_explained(rows: Rows) -> Written:
    return _segments(rows, explained=True)


def _segments(rows: Rows, *, explained: bool) -> Written:
    written: list[Segment] = []
    for page in rows.rows(PAGES):
        of_page = (rows.rows(BLOCKS), rows.rows(DECLARED), rows.rows(REPEATS))
        written.extend(segment_page(page, *of_page, explained=explained))
    return {SEGMENTS: written}


STAGE = Stage("segments", (PAGES, BLOCKS, DECLARED, REPEATS), (SEGMENTS,), Grain.PAGE, 4, _run)
STAGE_EXPLAINED = replace(STAGE, run=_run_explained)
"""The same segments, each saying why: for stories, which show it."""
