"""The text of a page as it is put together: stretches of text nodes, folded, and cut into blocks.

Owns white space: runs of it become one space inside a block and are dropped at its ends, blocks are parted by one
line feed, and inside ``pre`` it stays as it is. Where a link, span, time or label ends and another begins with nothing
between, style sheets set them apart, and so does one space here. Which text nodes there are is said by ``tree``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from retold.model.page import Block, PageId, Run
from retold.model.rows import rows_of
from retold.readers.elements import SPACE
from retold.readers.tree import BLANK, BLANK_AFTER, CUT, Element, TextNode

# Words parted by single white characters map one to one onto the text: that is a run. Linear.
_STRETCH = re.compile(rf"[^{SPACE}]+(?:[{SPACE}][^{SPACE}]+)*")
_LINE_STRETCH = re.compile(r"\S+(?:[^\S\n]+\S+)*")
_FOLDED = re.compile(rf"[{SPACE}]{{2}}|[\r\f]")
_TO_SPACE = dict.fromkeys(map(ord, SPACE), " ")
_SPACED_SCRIPTS_END = "\u2e80"
"""From here on scripts are written without spaces (CJK)."""

_Piece = tuple[str, int, str]
"""The white space before a stretch, where the stretch begins in its text node, and the stretch (empty at the end)."""
_Run = tuple[int, int, str, int]
_Ended: TypeAlias = "tuple[int, Element | None, int, int, bool]"
"""An ended block: where it starts, the element of its last text, how deep the element around all of it stands, how many
of its characters are in links, and whether all of it is hidden."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The text of a page with its blocks and runs, and what of it the page's own markup hides."""

    text: str
    blocks: tuple[Block, ...]
    runs: tuple[Run, ...]
    hidden: str


def lay_out(page: PageId, texts: Iterable[TextNode]) -> LaidOut:
    r"""Put the text nodes of a page together.

    >>> body = (None, 1, "body", ("body",), "body", False, False, False)
    >>> lay_out(PageId("p"), [(body, "Rain ", 1, 0, False, 1), (body, "fell", 2, CUT, False, 1)]).text
    'Rain\nfell'
    """
    out, hidden, runs, ended = list[str](), list[str](), list[_Run](), list[_Ended]()
    size = start = cover = held = n_linked = 0
    gap, is_open, is_hidden, last = "", False, False, None
    for element, text, nth, before, is_seam, low in texts:
        _, depth, path, _, _, hides, is_pre, is_link = element
        if before:
            gap = " " if before & BLANK else gap
            if before & CUT and is_open:
                is_open, gap = False, ""
                ended.append((start, last, held, n_linked, is_hidden))
            gap = " " if before & BLANK_AFTER else gap
        if low < cover:
            cover = low
        if nth > 1:
            path = f"{path}/text()[{nth}]"
        for white, offset, stretch in _lines(text) if is_pre else _stretches(text):
            gap = gap + white if is_pre else white or gap
            if not stretch:
                continue
            if is_pre and is_open and "\n" in gap:
                is_open = False
                ended.append((start, last, held, n_linked, is_hidden))
            if not is_open:
                inner = stretch.lstrip()
                if not inner:
                    continue
                offset, stretch = offset + len(stretch) - len(inner), inner
                if size:
                    out.append(gap if "\n" in gap else "\n" + gap.strip(" "))
                    size += len(out[-1])
                is_open, start, cover, n_linked, is_hidden = True, size, depth, 0, True
            elif gap or (is_seam and _are_words(out[-1], stretch)):
                out.append(gap or " ")
                size += len(out[-1])
            gap, is_seam, last, held, end = "", False, element, cover, size + len(stretch)
            out.append(stretch)
            runs.append((size, end, path, offset))
            n_linked += end - size if is_link else 0
            if hides:
                hidden.append(stretch)
            is_hidden = is_hidden and hides
            size = end
    if is_open:
        ended.append((start, last, held, n_linked, is_hidden))
    rows = rows_of(Run, [page] * len(runs), *zip(*runs, strict=True))
    return LaidOut("".join(out), _blocks(page, ended, size), rows, "".join(hidden))


def _blocks(page: PageId, ended: Sequence[_Ended], size: int) -> tuple[Block, ...]:
    """Return the blocks that were ended; each reaches to the start of the next."""
    starts = [start for start, *_ in ended]
    holders = [_around(element, cover) for _, element, cover, *_ in ended]
    return rows_of(
        Block, [page] * len(ended), starts, [*starts[1:], size], [one[4] for one in holders],
        [one[3] for one in holders], [n_linked for _, _, _, n_linked, _ in ended], [one[4] for one in ended],
    )  # fmt: skip


def _around(element: Element | None, depth: int) -> Element:
    """Return the element at this depth around another."""
    while element is not None and element[1] > depth:
        element = element[0]
    assert element is not None, "an open block has text, and its text an element"
    return element


def _stretches(text: str) -> Iterable[_Piece]:
    """Cut a text node into stretches that map one to one onto the page's text, white space between them folded."""
    inner = text.strip(SPACE)
    start = 0 if text[0] == inner[0] else text.find(inner[0])
    white = " " if start else ""
    if _FOLDED.search(inner) is None:
        if "\n" in inner or "\t" in inner:
            inner = inner.translate(_TO_SPACE)
        whole = (white, start, inner)
        return (whole, (" ", 0, "")) if text[-1] in SPACE else (whole,)
    pieces = list[_Piece]()
    for found in _STRETCH.finditer(text):
        pieces.append((white, found.start(), found[0].translate(_TO_SPACE)))
        white = " "
    return [*pieces, (" ", 0, "")] if text[-1] in SPACE else pieces


def _lines(text: str) -> Iterable[_Piece]:
    """Cut a text node whose white space is kept into the text of its lines, each with the white space before it."""
    at = 0
    for found in _LINE_STRETCH.finditer(text):
        yield text[at : found.start()], found.start(), found[0]
        at = found.end()
    yield text[at:], 0, ""


def _are_words(before: str, after: str) -> bool:
    """Tell whether two stretches that touch are words of a script with spaces, not letters set one by one."""
    left, right = before[-1], after[0]
    if len(before) == 1 or len(after) == 1 or not (left.isalnum() and right.isalnum()):
        return False
    return left < _SPACED_SCRIPTS_END and right < _SPACED_SCRIPTS_END
