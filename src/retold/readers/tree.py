"""The text nodes of a page's tree in order: where each stands, and what came between it and the one before.

Owns the walk over the tree and what an element's own markup says (its path, its label, whether it hides its content),
asked only of elements with text in them. What the text looks like once laid out is said by ``layout``. Nothing here
recurses; what costs little is kept in columns, since a page has some 600 elements and 900 text nodes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from retold.readers.elements import APART_TAGS, BLOCK_TAGS, FALLBACK_TAGS, FOREIGN_APART_TAGS, PRE_TAGS, SPACE

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NAMED_DEPTH = 256
"""Elements deeper than this are not named in paths and ancestors (real pages stay under 60; browsers stop at 512)."""

# On 108 even pages of pages/fundus and pages/trafilatura words of two elements touch in 1,189 places, 1,107 of them
# between these; of 45 read at random 42 were between these, all of them two words (menus, author and date).
SEAM_TAGS = frozenset({"a", "label", "span", "time"})

_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TEXT, _COMMENT = "-text", "-comment"

# What a tag means to the walk, and what is handed down to all inside.
_BREAK, _BLOCK, _SEAM, _APART, _FOREIGN_APART, _PRE, _LINK, _FOREIGN, _HOME, _FALLBACK = (1 << n for n in range(10))
_HANDED_DOWN = _PRE | _LINK | _FOREIGN
_MEANINGS = (
    (_BREAK, BLOCK_TAGS | {"br"}), (_BLOCK, BLOCK_TAGS), (_SEAM, SEAM_TAGS), (_APART, APART_TAGS),
    (_FOREIGN_APART, FOREIGN_APART_TAGS), (_PRE, PRE_TAGS), (_LINK, {"a"}), (_FOREIGN, {"svg", "math"}),
    (_HOME, {"foreignObject"}), (_FALLBACK, FALLBACK_TAGS),
)  # fmt: skip
_meaning_of = {
    tag: sum(bit for bit, tags in _MEANINGS if tag in tags) for tag in frozenset().union(*(t for _, t in _MEANINGS))
}.get

BLANK, CUT, BLANK_AFTER = 1, 2, 4
"""What came before a text node: white space, the end or the beginning of a block, white space behind that."""

_KEPT_LABELS = 1 << 13


Element: TypeAlias = "tuple[Element | None, int, str, tuple[str, ...], str, bool, bool, bool]"
"""An element with text in it: the element around it, how deep it stands, its path, its ancestors' labels with its own,
the tag of the innermost block around its text, whether it is hidden, keeps white space, is in a link. (No named tuple:
there are 500 on a page, and to make a named one takes six times as long.)"""

TextNode: TypeAlias = tuple[Element, str, int, int, bool, int]
"""A text node with more than white space: its element, its text, which text node of the element it is, what came before
(``BLANK | CUT | BLANK_AFTER``), whether an inline element began right where another ended, and how near to the root the
walk came on the way from the text node before (a depth)."""

_Open: TypeAlias = "tuple[LexborNode, str, int, int, int, dict[str, int]]"
"""An open element: node, tag, which of its parent's of this tag, its meaning, its parent's meaning and counts."""


def texts_of(root: LexborNode) -> list[TextNode]:
    """Return the text nodes of a tree that hold more than white space, in order; inside ``pre`` all of them."""
    found: list[TextNode] = []
    stack: list[_Open] = []
    named: list[Element] = []
    node, counts = root, dict[str, int]()
    before = inside = low = 0
    has_ended = has_begun = False
    while True:
        tag: str = node.tag or _COMMENT
        if tag == _TEXT:
            nth = counts[tag] = counts.get(tag, 0) + 1
            text = node.text_content or ""
            if text.strip(SPACE) or (text and inside & _PRE):
                if stack:
                    _name(named, stack, low)
                    found.append((named[-1], text, nth, before, has_begun, low))
                    low, before, has_ended, has_begun = len(stack), 0, False, False
            elif text:
                before |= BLANK_AFTER if before & CUT else BLANK
        elif tag != _COMMENT:
            nth = counts[tag] = counts.get(tag, 0) + 1
            meaning = _meaning_of(tag, 0)
            if meaning & _BREAK:
                before |= CUT
            if not meaning & (_FOREIGN_APART if inside & _FOREIGN else _APART):
                inner = node.first_child
                if inner is not None:
                    own = meaning | inside & _HANDED_DOWN
                    own = own & ~_FOREIGN if meaning & _HOME else own
                    stack.append((node, tag, nth, own, inside, counts))
                    inside, counts, node = own, {}, inner
                    has_begun = has_ended if meaning & _SEAM else has_begun
                    continue
        following = node.next
        while following is None:
            if not stack:
                return found
            node, tag, nth, own, inside, counts = stack.pop()
            if own & _BLOCK:
                before |= CUT
            elif own & _SEAM:
                has_ended, has_begun = True, False
            if len(stack) < low:
                low = len(stack)
            following = node.next if stack else None
        node = following


def _name(named: list[Element], stack: Sequence[_Open], n_known: int) -> None:
    """Name the open elements, of which the first so many are named already."""
    del named[n_known:]
    parent = named[-1] if named else None
    for node, tag, nth, own, _, _ in stack[n_known:]:
        attributes: dict[str, str | None] = node.attributes
        label = _label(tag, attributes.get("class"), attributes.get("id")) if attributes else tag.lower()
        is_hidden = own & _FALLBACK != 0 or _hides(tag, attributes)
        if parent is None:
            parent = (None, 1, tag, (label,), tag, is_hidden, own & _PRE != 0, own & _LINK != 0)
        else:
            _, depth, path, ancestors, block, was_hidden, _, _ = parent
            if depth < _NAMED_DEPTH:
                path = f"{path}/{tag}" if nth == 1 else f"{path}/{tag}[{nth}]"
                ancestors = (*ancestors, label)
            elif depth == _NAMED_DEPTH:
                path = f"{path}/..."
            parent = (
                parent, depth + 1, path, ancestors, tag if own & _BLOCK else block, is_hidden or was_hidden,
                own & _PRE != 0, own & _LINK != 0,
            )  # fmt: skip
        named.append(parent)


def label_of(tag: str, attributes: dict[str, str | None]) -> str:
    """Return ``tag.class1.class2#id`` in lower case.

    >>> label_of("p", {"class": "Lead  big", "id": "intro"})
    'p.lead.big#intro'
    """
    return _label(tag, attributes.get("class"), attributes.get("id")) if attributes else tag.lower()


@lru_cache(maxsize=_KEPT_LABELS)
def _label(tag: str, classes: str | None, name: str | None) -> str:
    label = ".".join([tag, *classes.split()]) if classes else tag
    name = (name or "").strip()
    return (f"{label}#{name}" if name else label).lower()


def _hides(tag: str, attributes: dict[str, str | None]) -> bool:
    """Tell whether the element's own markup keeps its content from the screen."""
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    if "aria-hidden" in attributes and (attributes["aria-hidden"] or "").strip().lower() == "true":
        return True
    return "style" in attributes and _HIDING_STYLE.search(attributes["style"] or "") is not None
