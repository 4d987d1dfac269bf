"""What can be seen of each block of a page: its wording, its place in the layout, its neighbours, its page.

Owns the measuring only; nothing here says what a block is (``scores`` and ``passes`` do). What a text shows by itself
is read by ``wording``, what elements show by ``layout_signs``; here both are set into their page. The same features
are read from HTML blocks and from the lines of plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from retold.lexicon.load import entries
from retold.lexicon.phrases import Telltale
from retold.model.page import Block
from retold.stages.segments.elements import Surroundings, element_name, own_surroundings, place_of
from retold.stages.segments.wording import Wording, may_hold, wording_of
from retold.text.spans import Span

# A pasted report has this share of its words in running text, and no more than so many blocks of anything else
# (the seeds: over .9 and under 15; whole pages dumped as lines have 60 and more of the others).
_MOSTLY_RUNNING = 0.6
_FEW_BLOCKS = 40
# An element around this share of the running text holds the report: its class words say nothing of one block.
_HOLDS_REPORT = 0.5
# In a language without a list of function words running text has next to none of them.
_KNOWN_LANGUAGE = 0.16
_WIDEST_INDENT = 40
_BLANK = re.compile(r"\n[ \t\u00a0]*\r?\n|\r[ \t]*\r")


@dataclass(slots=True)
class Seen:
    """What is seen of one block. Shares are 0..1; ``span`` is the trimmed text.

    ``function_share`` is None in a language without a list; ``place_share`` is the share of the page's running text
    that stands at the block's place in the layout, ``place_menu_share`` the share of all other blocks there: a place
    that holds everything tells nothing. ``pasted`` says that the page is a report with little around it. (Not frozen:
    there are hundreds on a page, and a frozen one takes three times as long to make.)
    """

    block: Block
    i: int
    start: int
    end: int
    wording: Wording
    around: Surroundings
    place: tuple[str, ...]
    text: str
    key: str
    n_words: int
    ends_sentence: bool
    inner_sentences: bool
    is_sentence: bool
    bullet: bool
    telltale: Telltale | None
    link_share: float
    function_share: float | None
    place_share: float
    place_menu_share: float
    pasted: bool
    glued: bool
    repeats: int
    repeats_neighbour: bool

    @property
    def span(self) -> Span:
        """Where the trimmed text stands."""
        return Span(self.start, self.end)

    @property
    def tag(self) -> str:
        """The innermost block element, "line" in plain text."""
        return self.block.tag

    @property
    def class_kinds(self) -> frozenset[str]:
        """What the class words of the elements around the block, below those that hold the report, stand for."""
        return self.around.class_kinds

    @property
    def elements(self) -> frozenset[str]:
        """The names of those elements."""
        return self.around.names

    @property
    def opens_with_dateline(self) -> bool:
        """Whether a dateline opens the block."""
        return self.wording.opens_with_dateline

    @property
    def opens_lower(self) -> bool:
        """Whether the first letter is a small one."""
        return self.wording.opens_lower

    @property
    def capital_share(self) -> float:
        """The share of words that begin with a capital."""
        return self.wording.capital_share

    @property
    def digit_share(self) -> float:
        """The share of characters that are figures."""
        return self.wording.digit_share

    @property
    def content_words(self) -> frozenset[str]:
        """The longer words that are no function words."""
        return self.wording.content_words

    @property
    def is_question(self) -> bool:
        """Tell whether the block is one short question, as headings are."""
        return self.wording.is_question

    @property
    def says_twice(self) -> bool:
        """Tell whether the second half of the block repeats the first, as a linked picture and its title do."""
        return self.wording.says_twice


@cache
def note_openings(kind: str) -> tuple[str, ...]:
    """Return the opening words of correction, editor's or update notes, casefolded, longest first."""
    return tuple(sorted((w.casefold() for w in entries("credits")["note"][kind]), key=len, reverse=True))


def _indent(text: str, start: int) -> int:
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return start - line if not text[line:start].strip() else 0


def _trimmed(text: str, blocks: Sequence[Block]) -> list[tuple[int, int, Wording]]:
    """Return where the trimmed text of every block stands, and what is seen of it."""
    lines = []
    for block, families in zip(blocks, may_hold(text, [block.start for block in blocks]), strict=True):
        start = block.start
        piece = text[start : block.end]
        content = piece.strip()
        if content and piece[0].isspace():
            start += len(piece) - len(piece.lstrip())
        lines.append((start, start + len(content), wording_of(content, families)))
    return lines


def _places(text: str, blocks: Sequence[Block], lines: Sequence[tuple[int, int, Wording]]) -> list[tuple[str, ...]]:
    """Return where every block stands: its elements in HTML, its indent in plain text."""
    known = {path: place_of(path) for path in {block.ancestors for block in blocks if block.tag != "line"}}
    return [
        known[block.ancestors]
        if block.tag != "line"
        else (str(min(_indent(text, start), _WIDEST_INDENT)), "bullet" if wording.bullet else "")
        for block, (start, _, wording) in zip(blocks, lines, strict=True)
    ]


def _shares(mass: dict[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    total = sum(mass.values()) or 1
    return {place: words / total for place, words in mass.items()}


def _place_shares(
    places: Sequence[tuple[str, ...]], lines: Sequence[tuple[int, int, Wording]], repeats: Counter[str]
) -> tuple[dict[tuple[str, ...], float], dict[tuple[str, ...], float]]:
    """Return for every place its share of the words of running text, and of the blocks that are none."""
    running: dict[tuple[str, ...], float] = {}
    menus: dict[tuple[str, ...], float] = {}
    for place, (_, _, wording) in zip(places, lines, strict=True):
        if not wording.mass:
            menus[place] = menus.get(place, 0.0) + 1.0
        elif repeats[wording.key] == 1:
            running[place] = running.get(place, 0.0) + wording.mass
    return _shares(running), _shares(menus)


def _knows_language(wordings: Sequence[Wording]) -> bool:
    running = [one for one in wordings if one.mass]
    return sum(one.n_function for one in running) >= _KNOWN_LANGUAGE * sum(one.n_words for one in running)


def _report_holders(blocks: Sequence[Block], wordings: Sequence[Wording]) -> list[tuple[str, ...]]:
    """Return the longest paths of elements around at least half of the page's running text, but for whole paths."""
    mass: dict[tuple[str, ...], int] = {}
    total = 0
    for block, wording in zip(blocks, wordings, strict=True):
        if wording.mass:
            total += wording.n_words
            inner = block.ancestors[:-1]
            mass[inner] = mass.get(inner, 0) + wording.n_words
    around: Counter[tuple[str, ...]] = Counter()
    for path, n_words in mass.items():
        for depth in range(1, len(path) + 1):
            around[path[:depth]] += n_words
    holders = [path for path, n_words in around.items() if n_words >= _HOLDS_REPORT * total]
    outer = {path[:-1] for path in holders}
    return [path for path in holders if path not in outer]


def _surroundings(blocks: Sequence[Block], wordings: Sequence[Wording]) -> list[Surroundings]:
    """Return for every block what the elements around it show, below those that hold the report."""
    holders = _report_holders(blocks, wordings)
    known: dict[tuple[tuple[str, ...], str], Surroundings] = {}
    found = []
    for block in blocks:
        at = (block.ancestors, block.tag)
        around = known.get(at)
        if around is None:
            depth = max([_n_shared(block.ancestors, holder) for holder in holders], default=0)
            around = known[at] = own_surroundings(block.ancestors[depth:], block.tag)
        found.append(around)
    return found


def _n_shared(path: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return how many elements two paths have in common, from the outside in."""
    n = 0
    for one, another in zip(path, other, strict=False):
        if one != another:
            break
        n += 1
    return n


def _is_pasted(wordings: Sequence[Wording]) -> bool:
    words = sum(one.n_words for one in wordings)
    others = sum(not one.mass for one in wordings if one.n_words)
    return others <= _FEW_BLOCKS and sum(one.mass for one in wordings) >= _MOSTLY_RUNNING * words


def _glued(text: str, lines: Sequence[tuple[int, int, Wording]]) -> list[bool]:
    """Tell for every block whether it stands glued to the one before it on a page that parts its paragraphs."""
    glued = [False]
    at = lines[0][1]
    for start, end, _ in lines[1:]:
        glued.append(start - at < 2 or _BLANK.search(text, at, start) is None)
        at = end
    paragraphs = [stuck for (_, _, wording), stuck in zip(lines, glued, strict=True) if wording.mass]
    if sum(paragraphs) * 2 >= len(paragraphs):
        return [False] * len(glued)
    return glued


def see(text: str, blocks: Sequence[Block]) -> tuple[Seen, ...]:
    """Return what is seen of every block of a page, in order; linear in the text."""
    if not blocks:
        return ()
    lines = _trimmed(text, blocks)
    wordings = [wording for _, _, wording in lines]
    repeats = Counter([one.key for one in wordings])
    repeats[""] = 0
    places = _places(text, blocks, lines)
    shares, menus = _place_shares(places, lines, repeats)
    surroundings = _surroundings(blocks, wordings)
    glued = _glued(text, lines)
    pasted, known = _is_pasted(wordings), _knows_language(wordings)
    keys = ["", *[one.key for one in wordings], ""]
    return tuple(
        [
            Seen(
                block, i, start, end, one, around, place, one.text, one.key, one.n_words, one.ends_sentence,
                one.inner_sentences, one.is_sentence, one.bullet, one.telltale,
                min(1.0, block.link_characters / (end - start or 1)),
                one.function_share if known else None,
                shares.get(place, 0.0), menus.get(place, 0.0), pasted, glued[i], repeats[one.key],
                one.key != "" and (one.key == keys[i] or one.key == keys[i + 2]),
            )
            for i, (block, (start, end, one), around, place) in enumerate(
                zip(blocks, lines, surroundings, places, strict=True)
            )
        ]
    )  # fmt: skip


__all__ = ["Seen", "element_name", "note_openings", "see"]
