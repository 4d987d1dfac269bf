"""Why one segment got its kind: what the rules saw, what each sign weighed, and which kind came second.

Reads the page anew, the same way as the stage does: the answer is that of ``segment_page``, with its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retold.model.page import Block, Declared, Page, Repeat
from retold.model.report import Segment, SegmentKind, SegmentReasons
from retold.stages.segments import said_of, segment_page
from retold.stages.segments.features import see
from retold.stages.segments.fitted import Weighing, weigh
from retold.stages.segments.heads import read_declarations
from retold.stages.segments.passes import label
from retold.stages.segments.wraps import unwrap


@dataclass(frozen=True, slots=True)
class _ByRules:
    kind: SegmentKind
    why: tuple[str, ...]


def reasons_at(
    page: Page, blocks: Sequence[Block], declared: Sequence[Declared], repeats: Sequence[Repeat], offset: int
) -> SegmentReasons | None:
    """Return why the segment that holds this character got its kind, or None where there is no such character."""
    segments = segment_page(page, blocks, declared, repeats, explained=True)
    segment = next((one for one in segments if one.start <= offset < one.end), None)
    if segment is None:
        return None
    by_rules, weighing = _weighed(page, blocks, declared, segment)
    if any(segment.why == (said_of(repeat),) for repeat in repeats):
        says = (*segment.why, *by_rules.why)
        return SegmentReasons(page.page, segment.span, segment.kind, by_rules.kind, says, (), by_rules.kind, ())
    shares = weighing.shares if weighing else ()
    others = [kind for kind, _ in shares if kind is not segment.kind]
    runner_up = others[0] if others else by_rules.kind if by_rules.kind is not segment.kind else None
    signs = weighing.signs_for(segment.kind, runner_up) if weighing and runner_up else ()
    return SegmentReasons(
        page.page, segment.span, segment.kind, by_rules.kind, by_rules.why or segment.why, shares, runner_up, signs
    )


def _weighed(
    page: Page, blocks: Sequence[Block], declared: Sequence[Declared], segment: Segment
) -> tuple[_ByRules, Weighing | None]:
    """Return what the rules and what the weights say of the block that the segment stands in."""
    ordered = unwrap(page.text, sorted(blocks, key=lambda block: block.start) or [Block(page.page, 0, 1, "line")])
    seen, declarations = see(page.text, ordered), read_declarations(declared)
    labels = label(seen, declarations)
    i = max((i for i, block in enumerate(ordered) if block.start <= segment.start), default=0)
    by_rules = _ByRules(labels.kinds[i] or SegmentKind.FURNITURE, labels.why[i])
    return by_rules, weigh(page.text, seen, labels, declarations, i)
