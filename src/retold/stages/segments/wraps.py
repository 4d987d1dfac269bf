"""Hard-wrapped plain text: the lines of one paragraph joined into one block before anything is judged.

Owns the question whether a page is wrapped, and where its paragraphs begin. HTML blocks are never joined.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from retold.model.page import Block
from retold.text.spans import trim

# Mail, wires and old archives wrap between 60 and 80 columns; a line of a pasted page runs on.
_WIDEST = 100
_NARROWEST = 40
_LEAST_LINES = 4
# Of the lines followed by another without a blank between, this share breaks off inside a sentence.
_BROKEN_OFF = 0.4
# A line shorter than this share of the page's width ends its paragraph.
_FULL_LINE = 0.6
_SENTENCE_END = re.compile(r"[.!?:][\"”')\]]*$")
_BULLET = re.compile(r"[*+•·▪■●‣›>-]\s|\d{1,2}[.)]\s")


def _indent(text: str, start: int) -> int:
    return start - (max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1)


def _goes_on(text: str, above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Tell whether two lines stand glued, the lower one neither a list item nor set in."""
    between = text[above[1] : below[0]]
    if between.count("\n") > 1 or _BULLET.match(text[below[0] : below[0] + 4]):
        return False
    return _indent(text, below[0]) <= _indent(text, above[0])


def _width(text: str, lines: Sequence[tuple[int, int]]) -> int | None:
    """Return the width at which the page is wrapped, or None when it is not."""
    widths = sorted(end - start for start, end in lines)
    if len(widths) < _LEAST_LINES or widths[-1] > _WIDEST:
        return None
    width = widths[len(widths) * 3 // 4]
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if _goes_on(text, a, b)]
    broken = sum(_breaks_off(text, a, b) for a, b in pairs)
    if width < _NARROWEST or len(pairs) < _LEAST_LINES - 1 or broken < _BROKEN_OFF * len(pairs):
        return None
    return width


def _breaks_off(text: str, above: tuple[int, int], below: tuple[int, int]) -> bool:
    line = text[above[0] : above[1]]
    if _SENTENCE_END.search(line) or len(line) < _NARROWEST:
        return False
    return text[below[0]].islower() or line.endswith(",") or (line.isupper() and text[below[0]].isalpha())


def unwrap(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the lines of each wrapped paragraph joined; as they are when the page is not wrapped."""
    if any(block.tag != "line" for block in blocks):
        return list(blocks)
    spans = [tuple(trim(text, (block.start, block.end))) for block in blocks]
    lines = [(start, end) for start, end in spans if start < end]
    width = _width(text, lines)
    if width is None:
        return list(blocks)
    joined: list[Block] = [blocks[0]]
    for (a_start, a_end), (b_start, b_end), block in zip(spans, spans[1:], blocks[1:], strict=False):
        full = a_end - a_start >= _FULL_LINE * width
        if b_start < b_end and full and _goes_on(text, (a_start, a_end), (b_start, b_end)):
            joined[-1] = Block(block.page, joined[-1].start, block.end, "line")
        else:
            joined.append(block)
    return joined
