"""Repeats: blocks that an outlet prints on pages of different matter, which are its furniture and no report's text.

Owns the counting over the pages of one outlet; what follows for a block's kind is said by ``segments``. Two pages are
of one matter where their titles are alike or much of their running text is the same: versions of one report, or a
follow-up that tells its background again. What only such pages share is never counted, so that no report becomes
furniture by being printed twice. The answer does not depend on the order of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retold.engine.stage import Stage, Written
from retold.lexicon.phrases import plain
from retold.model.page import Block, Declared, Page, Repeat
from retold.tables.table import BLOCKS, DECLARED, PAGES, REPEATS, Grain, Rows
from retold.text.unspaced import is_unspaced, pieces

# A block of fewer words is a menu's item or a name; one of so many is running text.
_LEAST_WORDS, _RUNNING_WORDS = 4, 12
# Titles that share this part of their longer words, and pages of which the shorter has this share of its running text
# in the other, are of one matter. Set by hand; looked at on the open pages of pages/fundus and pages/trafilatura, where
# all ten blocks that lost their kind (on seven pages) were furniture.
_TITLES_ALIKE, _TEXT_ALIKE = 0.2, 0.5
_TITLE_LETTERS = 4
# On so many pages of different matter a block is the outlet's: two say it of a short one where there are few pages,
# three of all; a paragraph, which may be the background of an affair, must stand on every fourth page as well.
_FEW_PAGES, _LEAST_OF_FEW, _LEAST = 5, 2, 3
_PARAGRAPH_WORDS, _PARAGRAPH_SHARE = 25, 4
_HOST = re.compile(r"^https?://(?:www\.)?(?P<host>[^/?#\s@]+)", re.IGNORECASE)
_ADDRESSES = (("link", "canonical"), ("opengraph", "og:url"), ("record", "url"))
_NAMES = (("record", "outlet"), ("opengraph", "og:site_name"), ("json-ld", "publisher"))
_TITLES = ("headline", "og:title", "twitter:title", "title")
_ENDING = re.compile(r"\s+[|–—»·-]+\s+[^|–—»·]*$")


@dataclass(frozen=True, slots=True)
class _Text:
    """A page as its outlet's others see it: longer words of its title, its blocks by their words, running words."""

    page: Page
    title: frozenset[str]
    blocks: dict[str, list[Block]]
    n_running: int


def outlet_key(page: Page, declared: Sequence[Declared]) -> str | None:
    """Return what is the same for all pages of an outlet: the host of their addresses, else the outlet's name."""
    values = {(row.origin, row.name): row.value for row in reversed(declared)}
    for address in (page.source, *(values.get(name, "") for name in _ADDRESSES)):
        if found := _HOST.match(address):
            return found["host"].lower()
    return next((values[name].casefold() for name in _NAMES if values.get(name)), None)


Given = tuple[Page, Sequence[Block], Sequence[Declared]]
"""A page with its blocks and what it declares."""


def repeats_among(pages: Iterable[Given]) -> Iterator[Repeat]:
    """Give the blocks that outlets repeat, page by page."""
    outlets: dict[str, list[Given]] = {}
    for given in pages:
        if (outlet := outlet_key(given[0], given[2])) is not None:
            outlets.setdefault(outlet, []).append(given)
    for outlet, own in sorted(outlets.items()):
        if len(own) >= _LEAST_OF_FEW:
            yield from _repeats_of(outlet, [_text_of(*given) for given in sorted(own, key=lambda given: given[0].page)])


def _text_of(page: Page, blocks: Sequence[Block], declared: Sequence[Declared]) -> _Text:
    found: dict[str, list[Block]] = {}
    for block in blocks:
        key = plain(page.text[block.start : block.end])
        if _n_words(key) >= _LEAST_WORDS:
            found.setdefault(key, []).append(block)
    return _Text(page, _title_of(declared), found, sum(map(_running, found)))


def _title_of(declared: Sequence[Declared]) -> frozenset[str]:
    titles = {row.name: row.value for row in reversed(declared) if row.name in _TITLES}
    title = next((titles[name] for name in _TITLES if name in titles), "")
    words = re.findall(r"\w+", _ENDING.sub("", title).casefold())
    return frozenset(word for word in words if len(word) >= _TITLE_LETTERS)


def _running(key: str) -> int:
    """Return how many words of running text a block has."""
    n_words = _n_words(key)
    return n_words if n_words >= _RUNNING_WORDS else 0


def _n_words(key: str) -> int:
    return len(pieces(key)) if is_unspaced(key) else key.count(" ") + 1


def _repeats_of(outlet: str, texts: Sequence[_Text]) -> Iterator[Repeat]:
    holders: dict[str, list[_Text]] = {}
    for text in texts:
        for key in text.blocks:
            holders.setdefault(key, []).append(text)
    counts = {key: len(held) for key, held in holders.items() if _is_repeated(key, held, len(texts))}
    for text in texts:
        for key, blocks in text.blocks.items():
            if key in counts:
                for block in blocks:
                    yield Repeat(text.page.page, block.start, block.end, outlet, counts[key], len(texts))


def _is_repeated(key: str, held: Sequence[_Text], n_pages: int) -> bool:
    """Tell whether a block stands on enough pages of different matter."""
    is_paragraph = _n_words(key) >= _PARAGRAPH_WORDS
    if is_paragraph and len(held) * _PARAGRAPH_SHARE < n_pages:
        return False
    least = _LEAST_OF_FEW if n_pages < _FEW_PAGES and not is_paragraph else _LEAST
    if len(held) < least:
        return False
    apart: list[_Text] = []
    for text in held:
        if not any(_is_one_matter(text, other) for other in apart):
            apart.append(text)
            if len(apart) >= least:
                return True
    return False


def _is_one_matter(a: _Text, b: _Text) -> bool:
    """Tell whether two pages are versions of one report or tell of one affair."""
    in_both = len(a.title & b.title)
    if in_both and in_both >= _TITLES_ALIKE * len(a.title | b.title):
        return True
    shared = sum(_running(key) for key in a.blocks.keys() & b.blocks.keys())
    return shared >= _TEXT_ALIKE * (min(a.n_running, b.n_running) or 1)


def _run(rows: Rows) -> Written:
    pages = rows.rows(PAGES)
    blocks: dict[str, list[Block]] = {page.page: [] for page in pages}
    declared: dict[str, list[Declared]] = {page.page: [] for page in pages}
    for block in rows.rows(BLOCKS):
        blocks[block.page].append(block)
    for row in rows.rows(DECLARED):
        declared[row.page].append(row)
    return {REPEATS: list(repeats_among((page, blocks[page.page], declared[page.page]) for page in pages))}


STAGE = Stage("repeats", (PAGES, BLOCKS, DECLARED), (REPEATS,), Grain.CORPUS, 1, _run)
