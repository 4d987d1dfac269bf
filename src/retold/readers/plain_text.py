"""Plain text: the page's text is the decoded file, its blocks are the lines.

A block runs from the first character of its line (white space before it included) to the start of the next line with
text; blank lines belong to the block before, those at the top to the first block.
"""

from __future__ import annotations

import re

from retold.model.page import Block, Characters, PageId
from retold.readers.characters import compare
from retold.text.spans import tile

TEXT_VERSION = "text-1"
_LINE = re.compile(r"[^\r\n]+")


def blocks_of(page: PageId, text: str) -> tuple[Block, ...]:
    r"""Return the lines of a text as blocks that tile it; one of white space only is one block.

    >>> [(b.start, b.end) for b in blocks_of("p", "\nRain fell.\n\nIt stopped.\n")]
    [(0, 13), (13, 25)]
    """
    if not text:
        return ()
    starts = [line.start() for line in _LINE.finditer(text) if not line[0].isspace()]
    return tuple(Block(page, start, end, "line") for start, end in tile(starts[1:], len(text)))


def characters_of(text: str) -> Characters:
    """Count the visible characters of a plain text, which is kept as it is."""
    return compare(text, text)
