"""What can be seen of each block of a page: words, punctuation, place in the layout, neighbours, lexicon hits.

Owns the measuring only; nothing here says what a block is (``scores`` and ``passes`` do). The same features are read
from HTML blocks and from the lines of plain text.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from retold.lexicon.datelines import dateline_at
from retold.lexicon.load import entries
from retold.lexicon.phrases import Telltale, class_kinds, plain, telltale
from retold.model.page import Block
from retold.text.spans import Span, trim

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"[.!?…。？！][\"”“’'»«)\]]*\s*$|[.!?][\"”“’'»)\]]*\s*\[\d+\]$")
_INNER_END = re.compile(r"[^\W\d_]{3}[.!?…][\"”“’'»)\]]*\s+[\"“„«‘'(]?[^\W\d_a-z]")
_DIGIT = re.compile(r"\d")
_BULLET = re.compile(r"^\s*(?:[*+•·▪■●‣»›>]|-(?=\s))\s*")
# What tells one paragraph's element from the next one's: its id, and class words with figures in them.
_ANONYMOUS = re.compile(r"#.*$|\.[^.#]*\d[^.#]*")
# A pasted report has this share of its words in running text, and no more than so many blocks of anything else
# (the seeds: over .9 and under 15; whole pages dumped as lines have 60 and more of the others).
_MOSTLY_RUNNING = 0.6
_FEW_BLOCKS = 40
# A sentence of this length may end in a colon, before what it announces.
_ANNOUNCING_WORDS = 14
# A paragraph under a dateline has this many words at least, and a dateline one of these marks.
_DATELINED_WORDS = 12
_DATELINE_MARK = re.compile(r"[–—―)/]|--|\s-\s")
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "small", "span", "strong",
     "sub", "sup", "tt", "u"}
)  # fmt: skip
# An element around this share of the running text holds the report: its class words say nothing of one block.
_HOLDS_REPORT = 0.5
# In a language without a list of function words running text has next to none of them.
_KNOWN_LANGUAGE = 0.16
_BLANK = re.compile(r"\n[ \t\u00a0]*\r?\n|\r[ \t]*\r")

# Running text has a third of its words among these, menus and headings few.
_FUNCTION_WORDS: frozenset[str] = frozenset(entries("function_words")["running"]["all"].split())


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of one block. Shares are 0..1; ``span`` is the trimmed text.

    ``function_share`` is None in a language without a list; ``place_share`` is the share of the page's running text
    that stands at the block's place in the layout,
    ``place_menu_share`` the share of all other blocks there: a place that holds everything tells nothing.
    ``pasted`` says that the page is a report with little around it.
    """

    block: Block
    i: int
    span: Span
    text: str
    key: str
    n_words: int
    ends_sentence: bool
    inner_sentences: bool
    opens_with_dateline: bool
    opens_lower: bool
    function_share: float | None
    capital_share: float
    digit_share: float
    bullet: bool
    link_share: float
    telltale: Telltale | None
    class_kinds: frozenset[str]
    elements: frozenset[str]
    place: tuple[str, ...]
    place_share: float
    place_menu_share: float
    pasted: bool
    glued: bool
    repeats: int
    repeats_neighbour: bool
    content_words: frozenset[str]

    @property
    def tag(self) -> str:
        """The innermost block element, "line" in plain text."""
        return self.block.tag

    @property
    def is_sentence(self) -> bool:
        """Tell whether the block reads like running text."""
        return self.n_words >= 8 and (self.ends_sentence or self.inner_sentences)

    @property
    def is_question(self) -> bool:
        """Tell whether the block is one short question, as headings are."""
        asks = self.text.rstrip().endswith("?") and self.text[:1] not in "\"“„«‘'"
        return asks and self.n_words <= 16 and not self.inner_sentences

    @property
    def says_twice(self) -> bool:
        """Tell whether the second half of the block repeats the first, as a linked picture and its title do."""
        half = len(self.key) // 2
        return self.n_words >= 4 and self.key[:half].strip(" .?!") == self.key[half:].strip(" .?!")


@cache
def note_openings(kind: str) -> tuple[str, ...]:
    """Return the opening words of correction, editor's or update notes, casefolded, longest first."""
    return tuple(sorted((w.casefold() for w in entries("credits")["note"][kind]), key=len, reverse=True))


def _indent(text: str, start: int) -> int:
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return start - line if not text[line:start].strip() else 0


# Pages repeat their elements; a hostile one may not, so the memory is bounded.
@lru_cache(maxsize=16_384)
def element_name(element: str) -> str:
    """Return the tag of an element given as ``tag.class#id``."""
    return element.partition(".")[0].partition("#")[0]


@lru_cache(maxsize=16_384)
def _kept_part(element: str) -> str:
    """Return the element without what tells it from its like, empty for one that only sets words apart."""
    return "" if element_name(element) in _INLINE else _ANONYMOUS.sub("", element)


def _place(block: Block, text: str, start: int, bullet: bool) -> tuple[str, ...]:
    """Where the block stands: its elements in HTML, its indent in plain text."""
    if block.tag == "line":
        return (str(min(_indent(text, start), 40)), "bullet" if bullet else "")
    around = [part for part in map(_kept_part, block.ancestors) if part]
    return (*around[:-1], *map(element_name, around[-1:]))


def _words_in(line: str) -> list[str]:
    return _WORD.findall(line)


def _content_words(folded: Sequence[str]) -> frozenset[str]:
    return frozenset([w for w in folded if len(w) >= 4]) - _FUNCTION_WORDS


def _place_shares(places: Sequence[tuple[tuple[str, ...], float]]) -> dict[tuple[str, ...], float]:
    """Return for every place its share of the words of running text on the page."""
    mass: Counter[tuple[str, ...]] = Counter()
    for place, n_words in places:
        mass[place] += n_words  # type: ignore[assignment]  # Counter of floats
    total = sum(mass.values()) or 1
    return {place: words / total for place, words in mass.items()}


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str
    key: str
    words: tuple[str, ...]
    folded: tuple[str, ...]
    ends: bool
    inner: bool
    bullet: bool
    place: tuple[str, ...]

    @property
    def mass(self) -> float:
        """Words this block adds to the running text of its place."""
        runs_on = len(self.words) >= 12 and (self.ends or self.inner)
        return float(len(self.words)) if runs_on and not self.bullet else 0.0


def _opens_with_dateline(line: _Line) -> bool:
    if len(line.words) < _DATELINED_WORDS or not _DATELINE_MARK.search(line.text, 0, 140):
        return False
    form = dateline_at(line.text)
    return form is not None and form.span.end < len(line.text) // 2


def _line(text: str, block: Block) -> _Line:
    span = trim(text, (block.start, block.end))
    content = text[span.start : span.end]
    bullet = _BULLET.match(content) is not None
    words = tuple(_words_in(content))
    announces = len(words) >= _ANNOUNCING_WORDS and content.endswith(":")
    return _Line(
        span,
        content,
        plain(content),
        words,
        tuple([word.casefold() for word in words]),
        announces or _SENTENCE_END.search(content[-40:]) is not None,
        _INNER_END.search(content) is not None,
        bullet,
        _place(block, text, span.start, bullet),
    )


def _shares_of(line: _Line) -> tuple[float, float, float]:
    n = len(line.words) or 1
    function = sum(map(_FUNCTION_WORDS.__contains__, line.folded)) / n
    capital = sum([word[0].isupper() for word in line.words]) / n
    digit = len(_DIGIT.findall(line.text)) / (len(line.text) or 1)
    return function, capital, digit


def _knows_language(lines: Sequence[_Line]) -> bool:
    words = [word for line in lines if line.mass for word in line.folded]
    n_function = sum(map(_FUNCTION_WORDS.__contains__, words))
    return n_function >= _KNOWN_LANGUAGE * len(words)


def _report_holders(blocks: Sequence[Block], lines: Sequence[_Line]) -> frozenset[tuple[str, ...]]:
    """Return the paths of elements around at least half of the page's running text."""
    mass: Counter[tuple[str, ...]] = Counter()
    for block, line in zip(blocks, lines, strict=True):
        if line.mass:
            for depth in range(1, len(block.ancestors)):
                mass[block.ancestors[:depth]] += len(line.words)
    total = sum(len(line.words) for line in lines if line.mass)
    return frozenset(path for path, words in mass.items() if words >= _HOLDS_REPORT * total)


def _own_elements(block: Block, holders: frozenset[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the elements around a block below those that hold the report."""
    depth = 0
    while depth < len(block.ancestors) and block.ancestors[: depth + 1] in holders:
        depth += 1
    return block.ancestors[depth:]


def _is_pasted(lines: Sequence[_Line]) -> bool:
    words = sum(len(line.words) for line in lines)
    others = sum(not line.mass for line in lines if line.words)
    return others <= _FEW_BLOCKS and sum(line.mass for line in lines) >= _MOSTLY_RUNNING * words


def _class_kinds(elements: Sequence[str]) -> frozenset[str]:
    return frozenset(kind for element in elements for kind in class_kinds(element))


def _glued(text: str, lines: Sequence[_Line]) -> list[bool]:
    """Tell for every block whether it stands glued to the one before it on a page that parts its paragraphs."""
    glued = [False]
    for before, line in itertools.pairwise(lines):
        glued.append(_BLANK.search(text[before.span.end : line.span.start]) is None)
    paragraphs = [stuck for line, stuck in zip(lines, glued, strict=True) if line.mass]
    if sum(paragraphs) * 2 >= len(paragraphs):
        return [False] * len(glued)
    return glued


def see(text: str, blocks: Sequence[Block]) -> tuple[Seen, ...]:
    """Return what is seen of every block of a page, in order; linear in the text."""
    if not blocks:
        return ()
    lines = [_line(text, block) for block in blocks]
    repeats = Counter(line.key for line in lines if line.key)
    shares = _place_shares([(line.place, line.mass if repeats[line.key] == 1 else 0.0) for line in lines])
    menus = _place_shares([(line.place, float(not line.mass)) for line in lines])
    pasted = _is_pasted(lines)
    holders = _report_holders(blocks, lines)
    glued = _glued(text, lines)
    known = _knows_language(lines)
    seen = []
    for i, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        function, capital, digit = _shares_of(line)
        own = _own_elements(block, holders)
        near = {lines[j].key for j in (i - 1, i + 1) if 0 <= j < len(lines)}
        seen.append(
            Seen(
                block=block,
                i=i,
                span=line.span,
                text=line.text,
                key=line.key,
                n_words=len(line.words),
                ends_sentence=line.ends,
                inner_sentences=line.inner,
                opens_with_dateline=_opens_with_dateline(line),
                opens_lower=line.text[:1].islower(),
                function_share=function if known else None,
                capital_share=capital,
                digit_share=digit,
                bullet=line.bullet,
                link_share=min(1.0, block.link_characters / (line.span.size or 1)),
                telltale=telltale(line.text),
                class_kinds=_class_kinds(own),
                elements=frozenset(map(element_name, (*own, block.tag))),
                place=line.place,
                place_share=shares.get(line.place, 0.0),
                pasted=pasted,
                place_menu_share=menus.get(line.place, 0.0),
                glued=glued[i],
                repeats=repeats[line.key] if line.key else 0,
                repeats_neighbour=bool(line.key) and line.key in near,
                content_words=_content_words(line.folded),
            )
        )
    return tuple(seen)
