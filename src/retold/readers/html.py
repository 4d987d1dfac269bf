"""HTML pages: the visible text of the tree in order, its blocks and runs, and the elements that carry metadata.

The tree is lexbor's, built as a browser without scripts builds it: what stands in ``noscript`` is kept and marked
hidden, as is whatever the page's own markup hides. Left out are scripts, styles, templates, titles and frames'
content (``elements.APART_TAGS``); alternative texts of pictures are no text. Nothing here recurses. A page that would
make the tree builder hang is refused beforehand, on the counts of ``characters.survey``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retold.model.page import Block, Characters, PageId, Run
from retold.readers.characters import Survey, compare, n_seen, survey
from retold.readers.elements import SPACE
from retold.readers.layout import LaidOut, lay_out
from retold.readers.quick import quick_text
from retold.readers.tree import texts_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

TEXT_VERSION = "html-1"

# Building is quadratic in each; at these it stays under half a second (measured with lexbor of selectolax 1.0.2:
# 50,000 nested div 2.4 s, 20,000 attributes 0.5 s, 4.5 million reopened elements 4.5 s and 1.8 GB).
MOST_DEPTH = 20_000
MOST_ATTRIBUTES = 1_000
MOST_REOPENED = 250_000

_META = "html, meta, link, script, style, time, title"
_SURROGATES = re.compile("[\ud800-\udfff]")
# Lexbor's LXB_DOM_DOCUMENT_OPT_WO_EVENTS: no copying of a chosen option's text into <selectedcontent>.
_WITHOUT_EVENTS = 1


@dataclass(frozen=True, slots=True)
class HtmlText:
    """The text of an HTML page, how it is laid out, and the nodes that carry metadata, in order."""

    text: str
    blocks: tuple[Block, ...]
    runs: tuple[Run, ...]
    characters: Characters
    tree: LexborHTMLParser
    meta_nodes: tuple[tuple[str, LexborNode], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a page is not parsed."""

    reason: str


def read_html(page: PageId, source: str) -> HtmlText | Refused:
    """Return the text of an HTML page, laid out, or why it cannot be parsed."""
    # A NUL is dropped or replaced by tree builders, depending on where it stands: here it is always replaced.
    source = source.replace("\0", "\ufffd")
    try:
        raw = source.encode("utf-8")
    except UnicodeEncodeError:  # half a pair; no decoder of ours makes one
        source = _SURROGATES.sub("\ufffd", source)
        raw = source.encode("utf-8")
    quick = quick_text(source)
    counted = survey(source) if quick is None else None
    if counted is not None and (reason := _too_much(counted)):
        return Refused(reason)
    from selectolax.lexbor import LexborHTMLParser  # one compiled module; a text file needs none of it

    tree = LexborHTMLParser(raw, options=_WITHOUT_EVENTS)
    laid_out = LaidOut("", (), (), "") if tree.root is None else lay_out(page, texts_of(tree.root))
    meta_nodes = [(str(node.tag), node) for node in tree.css(_META)]
    text = laid_out.text
    characters = compare(counted.text if counted else quick or "", text)
    if counted is None and characters.difference:
        counted = survey(source)
        characters = compare(counted.text, text)
    characters = replace(characters, hidden=n_seen(laid_out.hidden), **_apart(meta_nodes))
    return HtmlText(
        text, laid_out.blocks, laid_out.runs, characters, tree, tuple(meta_nodes),
        tuple(_remarks(text, counted, characters)),
    )  # fmt: skip


def _apart(nodes: Iterable[tuple[str, LexborNode]]) -> dict[str, int]:
    """Count the characters in scripts and in styles, white space left out: megabytes, so by counting the spaces."""
    counts = {"script": 0, "style": 0}
    for tag, node in nodes:
        if tag in counts and (inner := node.text()):
            counts[tag] += len(inner) - sum(map(inner.count, SPACE))
    return counts


def _too_much(counted: Survey) -> str:
    """Return why no tree is built of a page with these counts, or nothing."""
    for found, most, what in (
        (counted.attributes, MOST_ATTRIBUTES, "attributes on one tag"),
        (counted.depth, MOST_DEPTH, "elements open at once"),
        (counted.reopened, MOST_REOPENED, "elements opened again because they are never closed"),
    ):
        if found > most:
            return f"has {found:,} {what}, and at most {most:,} are parsed; no article needs that many"
    return ""


def _remarks(text: str, counted: Survey | None, characters: Characters) -> list[str]:
    remarks = []
    if not text:
        remarks.append("the page has no visible text")
    if characters.difference:
        why = "; its frames' text is not shown" if counted and counted.has_frames else ""
        remarks.append(
            f"{characters.difference} visible characters differ between the two ways of reading the page{why}"
        )
    return remarks
