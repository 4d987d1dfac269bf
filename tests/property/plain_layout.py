"""The plain way to a page's text: one frame an open element, one method a happening. It defines ``readers.layout``.

The twin of ``readers.tree`` and ``readers.layout``, which do the same in columns at half the cost; tests hold them equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from retold.model.page import Block, PageId, Run
from retold.readers.elements import APART_TAGS, BLOCK_TAGS, FALLBACK_TAGS, FOREIGN_APART_TAGS, PRE_TAGS, SPACE

# Words parted by single white characters map one to one onto the text: that is a run. Linear.
_STRETCH = re.compile(rf"[^{SPACE}]+(?:[{SPACE}][^{SPACE}]+)*")
_LINE_STRETCH = re.compile(r"\S+(?:[^\S\n]+\S+)*")
_FOLDED = re.compile(rf"[{SPACE}]{{2}}|[\r\f]")
_TO_SPACE = dict.fromkeys(map(ord, SPACE), " ")
_NAMED_DEPTH = 256
"""Elements deeper than this are not named in paths and ancestors (real pages stay under 60; browsers stop at 512)."""

SEAM_TAGS = frozenset({"a", "label", "span", "time"})
# On 108 even pages of pages/fundus and pages/trafilatura words of two elements touch in 1,189 places, 1,107 of them
# between these; of 45 read at random 42 were between these, all of them two words (menus, author and date).
_SPACED_SCRIPTS_END = "\u2e80"
"""From here on scripts are written without spaces (CJK)."""

_TEXT, _COMMENT = "-text", "-comment"
_BREAKS = BLOCK_TAGS | {"br"}
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Frame:
    """An open element; what costs an attribute look-up is settled once a text is met inside it."""

    node: object
    tag: str
    parent: Frame | None
    nth: int
    depth: int
    block: Frame | None
    is_pre: bool
    is_link: bool
    is_foreign: bool
    counts: dict[str, int] = field(default_factory=dict)
    n_texts: int = 0
    path: str | None = None
    ancestors: tuple[str, ...] = ()
    is_hidden: bool = False


def open_frame(node: object, tag: str, parent: Frame | None) -> Frame:
    """Return the frame of an element that begins inside its parent."""
    if parent is None:
        return Frame(node, tag, None, 1, 1, None, False, False, False)
    nth = parent.counts[tag] = parent.counts.get(tag, 0) + 1
    return Frame(
        node, tag, parent, nth, parent.depth + 1,
        None if tag in BLOCK_TAGS else parent.block or parent,
        parent.is_pre or tag in PRE_TAGS,
        parent.is_link or tag == "a",
        (parent.is_foreign and tag != "foreignObject") or tag == "svg" or tag == "math",
    )  # fmt: skip


def settle(frame: Frame) -> str:
    """Name the frame and all around it (path, ancestors, hidden), and return its path."""
    line = []
    at: Frame | None = frame
    while at is not None and at.path is None:
        line.append(at)
        at = at.parent
    for inner in reversed(line):
        _settle_one(inner)
    return frame.path or ""


def label_of(tag: str, attributes: dict[str, str | None]) -> str:
    """Return ``tag.class1.class2#id`` in lower case.

    >>> label_of("p", {"class": "Lead  big", "id": "intro"})
    'p.lead.big#intro'
    """
    if not attributes:
        return tag.lower()
    label = tag
    if classes := attributes.get("class"):
        label = ".".join([tag, *classes.split()])
    if name := (attributes.get("id") or "").strip():
        label += f"#{name}"
    return label.lower()


def _settle_one(frame: Frame) -> None:
    attributes: dict[str, str | None] = frame.node.attributes  # type: ignore[attr-defined]  # a node of any tree
    parent = frame.parent
    frame.is_hidden = (parent is not None and parent.is_hidden) or _hides(frame.tag, attributes)
    if parent is None:
        frame.path, frame.ancestors = frame.tag, (label_of(frame.tag, attributes),)
    elif frame.depth > _NAMED_DEPTH:
        cut = frame.depth == _NAMED_DEPTH + 1
        frame.path, frame.ancestors = f"{parent.path}/..." if cut else parent.path, parent.ancestors
    else:
        step = frame.tag if frame.nth == 1 else f"{frame.tag}[{frame.nth}]"
        frame.path = f"{parent.path}/{step}"
        frame.ancestors = (*parent.ancestors, label_of(frame.tag, attributes))


def _hides(tag: str, attributes: dict[str, str | None]) -> bool:
    """Tell whether the element's own markup keeps its content from the screen."""
    if tag in FALLBACK_TAGS:
        return True
    if not attributes:
        return tag == "dialog"
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    if (attributes.get("aria-hidden") or "").strip().lower() == "true":
        return True
    style = attributes.get("style")
    return style is not None and _HIDING_STYLE.search(style) is not None


def _are_words(before: str, after: str) -> bool:
    """Tell whether two stretches that touch are words of a script with spaces, not letters set one by one."""
    left, right = before[-1], after[0]
    if len(before) == 1 or len(after) == 1 or not (left.isalnum() and right.isalnum()):
        return False
    return left < _SPACED_SCRIPTS_END and right < _SPACED_SCRIPTS_END


@dataclass(slots=True)
class Sheet:
    """The text of a page while it grows, with its blocks and runs."""

    page: PageId
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    runs: list[Run] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    _ended: list[tuple[int, str, tuple[str, ...], int, bool]] = field(default_factory=list)
    _gap: str = ""
    # After an inline element of SEAM_TAGS has ended, and then after another has begun.
    _seam_ended: bool = False
    _seam_begun: bool = False
    _start: int = -1
    # The deepest element that holds all of the block's text, up to where the walk stands and up to its last text.
    _cover: Frame | None = None
    _holder: Frame | None = None
    _n_linked: int = 0
    _n_hidden: int = 0
    _n_text: int = 0

    def cut(self) -> None:
        """End the open block, if there is one; a gap inside ``pre`` goes on."""
        if self._start < 0:
            return
        holder = self._holder
        assert holder is not None, "an open block has text, and its text an element"
        is_hidden = self._n_hidden == self._n_text
        self._ended.append((self._start, (holder.block or holder).tag, holder.ancestors, self._n_linked, is_hidden))
        self._start, self._gap, self._cover = -1, "", None
        self._n_linked = self._n_hidden = self._n_text = 0

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks that were ended; each reaches to the start of the next."""
        ends = [start for start, *_ in self._ended[1:]] + [self.size]
        return tuple(
            Block(self.page, start, end, tag, ancestors, n_linked, is_hidden)
            for (start, tag, ancestors, n_linked, is_hidden), end in zip(self._ended, ends, strict=False)
        )

    def enter_inline(self) -> None:
        """Note that an element of SEAM_TAGS begins."""
        self._seam_begun = self._seam_ended

    def leave(self, frame: Frame) -> None:
        """Note that the walk leaves an element."""
        if frame.tag in SEAM_TAGS:
            self._seam_ended, self._seam_begun = True, False
        if self._cover is frame:
            self._cover = frame.parent

    def add(self, frame: Frame, text: str, nth: int) -> None:
        """Add a text node, the n-th that stands directly in the frame; from the second on its path has the number."""
        inner = text.strip(SPACE)
        if not inner:
            self._gap = self._gap + text if frame.is_pre else " "
            return
        path = frame.path or settle(frame)
        if nth > 1:
            path = f"{path}/text()[{nth}]"
        if frame.is_pre:
            self._add_lines(frame, text, path)
            return
        if text[0] in SPACE:
            self._gap = " "
        if _FOLDED.search(inner) is None:
            self._put(
                frame,
                inner.translate(_TO_SPACE) if "\n" in inner or "\t" in inner else inner,
                text.find(inner[0]),
                path,
            )
        else:
            self._add_stretches(frame, text, path)
        if text[-1] in SPACE:
            self._gap = " "

    def _add_stretches(self, frame: Frame, text: str, path: str) -> None:
        """Add a text node in which white space is folded."""
        at = 0
        for found in _STRETCH.finditer(text):
            if found.start() > at:
                self._gap = " "
            at = found.end()
            self._put(frame, found[0].translate(_TO_SPACE), found.start(), path)

    def _add_lines(self, frame: Frame, text: str, path: str) -> None:
        """Add a text node whose white space is kept: every line with text in it begins a block."""
        at = 0
        for found in _LINE_STRETCH.finditer(text):
            self._gap += text[at : found.start()]
            at = found.end()
            if "\n" in self._gap:
                gap = self._gap
                self.cut()
                self._gap = gap
            self._put(frame, found[0], found.start(), path)
        self._gap += text[at:]

    def _put(self, frame: Frame, stretch: str, offset: int, path: str) -> None:
        """Append a stretch that maps one to one onto its text node."""
        if self._start < 0:
            inner = stretch.lstrip()
            if not inner:
                return
            offset += len(stretch) - len(inner)
            stretch = inner
            self._part()
            self._start, self._cover = self.size, frame
        elif self._gap:
            self._append(self._gap)
        elif self._seam_begun and _are_words(self.pieces[-1], stretch):
            self._append(" ")
        self._gap = ""
        self._seam_ended = self._seam_begun = False
        self._holder = self._cover
        start = self.size
        self._append(stretch)
        self.runs.append(Run(self.page, start, self.size, path, offset))
        self._n_text += len(stretch)
        self._n_linked += len(stretch) if frame.is_link else 0
        if frame.is_hidden:
            self._n_hidden += len(stretch)
            self.hidden.append(stretch)

    def _part(self) -> None:
        """Append what parts the block before from the one that begins."""
        if self.size:
            self._append(self._gap if "\n" in self._gap else "\n" + self._gap.strip(" "))

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.size += len(piece)


def walk(root: Any, sheet: Sheet) -> None:
    """Go through the tree in document order, without recursion, and put its texts on the sheet."""
    frame: Frame | None = None
    node: Any = root
    while node is not None:
        tag = node.tag
        inner = None
        if tag == _TEXT:
            if frame is not None:
                nth = frame.n_texts = frame.n_texts + 1
                if text := node.text_content:
                    sheet.add(frame, text, nth)
        elif tag and tag != _COMMENT:
            if tag in _BREAKS:
                sheet.cut()
            if not _is_apart(tag, frame):
                inner = node.first_child
                if inner is not None or frame is None:
                    frame = open_frame(node, tag, frame)
                    if tag in SEAM_TAGS:
                        sheet.enter_inline()
                else:
                    frame.counts[tag] = frame.counts.get(tag, 0) + 1
        if inner is not None:
            node = inner
            continue
        following = node.next
        while following is None and frame is not None:
            node, frame = _leave(frame, sheet)
            if frame is None:
                return
            following = node.next
        node = following
    sheet.cut()


def _leave(frame: Frame, sheet: Sheet) -> tuple[Any, Frame | None]:
    """Close an element; return its node and the frame around it."""
    if frame.block is None or frame.parent is None:
        sheet.cut()
    sheet.leave(frame)
    return frame.node, frame.parent


def _is_apart(tag: str, frame: Frame | None) -> bool:
    if frame is not None and frame.is_foreign:
        return tag in FOREIGN_APART_TAGS
    return tag in APART_TAGS
