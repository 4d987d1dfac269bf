"""From labelled blocks to segments: white space joined on, datelines and sign-offs cut out of their paragraphs.

Owns the cutting; the segments returned tile the page's text.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.lexicon.credit_forms import signoff_at_end
from retold.lexicon.datelines import dateline_at
from retold.model.page import Block, PageId
from retold.model.report import Segment, SegmentKind
from retold.model.rows import rows_of
from retold.text.spans import trim

# A dateline opens the report: it is looked for in so many paragraphs from the first one.
_FIRST_PARAGRAPHS = 3


def _with_cut(pieces: list[Segment], text: str, at: int, kind: SegmentKind, why: str, *, head: bool) -> None:
    """Cut the last piece at ``at``; the head or the rest gets the kind."""
    last = pieces.pop()
    first_kind, second_kind = (kind, last.kind) if head else (last.kind, kind)
    first_why, second_why = ((why,), last.why) if head else (last.why, (why,))
    pieces.append(Segment(last.page, last.start, at, first_kind, first_why))
    pieces.append(Segment(last.page, at, last.end, second_kind, second_why))


def _cut_block(text: str, segment: Segment, *, may_open: bool) -> list[Segment]:
    """Return a paragraph cut from its dateline and its sign-off."""
    pieces = [segment]
    span = trim(text, segment.span)
    if may_open:
        dateline = dateline_at(text, span.start, span.end)
        if dateline and dateline.span.end < span.end:
            after = dateline.span.end
            while after < span.end and text[after].isspace():
                after += 1
            _with_cut(pieces, text, after, SegmentKind.DATELINE, "has the form of a dateline", head=True)
    signoff = signoff_at_end().search(text, pieces[-1].start, span.end)
    if signoff and signoff.start() > pieces[-1].start:
        _with_cut(pieces, text, signoff.start(), SegmentKind.CREDIT, "a sign-off", head=False)
    return pieces


def segments_of(
    page: PageId, text: str, blocks: Sequence[Block], labels: Sequence[tuple[SegmentKind, tuple[str, ...]]]
) -> tuple[Segment, ...]:
    """Return the page's segments: one per block, but for datelines and sign-offs cut out of paragraphs."""
    if not blocks:
        return ()
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    whole = rows_of(Segment, [page] * len(blocks), starts, ends, *zip(*labels, strict=True))
    segments: list[Segment] = []
    n_paragraphs = 0
    for one, (kind, _) in zip(whole, labels, strict=True):
        if kind is SegmentKind.BODY:
            segments.extend(_cut_block(text, one, may_open=n_paragraphs < _FIRST_PARAGRAPHS))
        else:
            segments.append(one)
        n_paragraphs += kind is SegmentKind.BODY or kind is SegmentKind.STANDFIRST
    return tuple(segments)
