"""The signs a fitted model reads of a block: short names of what is seen of it, of its neighbours and of its place.

Owns the naming only; what a sign weighs stands in the weights files (``fitted`` reads them, ``bench/fit_segments.py``
makes them). The same signs are read from HTML and from lines of plain text; there those of the markup are missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retold.model.report import SegmentKind
from retold.stages.segments.features import Seen, element_name
from retold.stages.segments.heads import Declarations, byline_names, is_date_line
from retold.stages.segments.passes import Labels

_LENGTHS = (1, 2, 3, 5, 8, 12, 17, 25, 40, 70)
_SHARES = (0.001, 0.1, 0.25, 0.5, 0.75, 0.95)
_COUNTS = (1, 2, 3, 5, 10, 20, 40)
_SIZES = ("tiny", "short", "mid", "long")
_MARKS = (
    ("|", "bar"), ("©", "copyright"), ("@", "at"), ("http", "address"), ("/", "slash"), ("»", "guillemet"),
    (":", "colon"), ("€", "euro"), ("$", "dollar"), ("→", "arrow"), ("…", "dots"), ("#", "hash"), ("(", "bracket"),
    ("[", "square"), ("+", "plus"), ("&", "and"), ("%", "percent"), ("*", "star"),
)  # fmt: skip
_QUOTES = re.compile('["“”„»«]')
_CLASS_TOKEN = re.compile(r"[a-z]{3,}")
_LAST = frozenset(".?!:…,;)]\"”“»|>'’")
_NEAR = 25
# Blocks of fewer words, with no text in so many blocks on either side, are not weighed. Of the blocks this leaves out
# in the annotated pages (60 of 100), 13 of 2,600 wanted segments of pages/trafilatura were lost and none of lines/.
_FEW_WORDS, _FAR = 5, 8
_NO_FORM = frozenset({SegmentKind.FURNITURE, SegmentKind.RELATED})
DATE_ALONE = "a date tiny"
"""The sign of a block of a few words that give a date."""
_TEXT_KINDS = frozenset({SegmentKind.BODY, SegmentKind.STANDFIRST})
# The report's element holds at least this share of its words: the loose and the strict reading.
_HOLDS = (("core", 0.5), ("whole", 0.8))
_ITEMS = frozenset({"p", "li"})


@dataclass(slots=True)
class _Group:
    """Blocks at one place, or in one element: how many there are, and how many of them read as the report's text."""

    n: int = 0
    n_text: int = 0
    n_sentences: int = 0
    n_words: int = 0
    linked: float = 0.0

    def add(self, one: Seen, *, is_text: bool) -> None:
        self.n += 1
        self.n_text += is_text
        self.n_sentences += one.is_sentence
        self.n_words += one.n_words
        self.linked += one.n_words * one.link_share


@dataclass(frozen=True, slots=True)
class _Brief:
    """What a block shows its neighbours: the kind the rules give it, its shape, and its score."""

    kind: str
    size: str
    shape: str
    score: int


@dataclass(frozen=True, slots=True)
class _View:
    """What is known of the whole page when the signs of one block are read."""

    seen: Sequence[Seen]
    labels: Labels
    briefs: Sequence[_Brief]
    is_html: bool
    text_at: Sequence[int]
    first: int | None
    last: int | None
    headline: int | None
    words: Counter[str]
    title: frozenset[str]
    description: frozenset[str]
    places: dict[tuple[str, ...], _Group]
    parents: dict[tuple[str, ...], _Group]
    holders: tuple[tuple[str, tuple[str, ...]], ...]
    paths: dict[tuple[tuple[str, ...], str], tuple[str, ...]]


def _briefs(seen: Sequence[Seen], labels: Labels) -> list[_Brief]:
    briefs = []
    for one, kind, score in zip(seen, labels.kinds, labels.scores, strict=True):
        end = "." if one.ends_sentence else "-"
        briefs.append(
            _Brief(
                kind.value if kind else "open",
                _SIZES[bisect_right((5, 12, 30), one.n_words)] + end,
                f"{bisect_right((3, 8, 20), one.n_words)}{end}",
                bisect_right((-8, -4, -2, 0, 2, 4, 6), score),
            )
        )
    return briefs


def _holders(seen: Sequence[Seen], is_text: Sequence[bool]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the innermost elements around half and around most of the words that read as the report's text."""
    mass: Counter[tuple[str, ...]] = Counter()
    for one, text in zip(seen, is_text, strict=True):
        if text:
            mass[one.block.ancestors] += one.n_words
    total = mass.total()
    around: Counter[tuple[str, ...]] = Counter()
    for path, words in mass.items():
        for depth in range(1, len(path) + 1):
            around[path[:depth]] += words
    found = []
    for name, share in _HOLDS:
        path = max((p for p, words in around.items() if words >= share * total), key=len, default=())
        while path and element_name(path[-1]) in _ITEMS:
            path = path[:-1]
        found.append((name, path))
    return tuple(found)


def _groups(
    seen: Sequence[Seen], is_text: Sequence[bool], *, is_html: bool
) -> tuple[dict[tuple[str, ...], _Group], dict[tuple[str, ...], _Group]]:
    places: dict[tuple[str, ...], _Group] = {}
    parents: dict[tuple[str, ...], _Group] = {}
    for one, text in zip(seen, is_text, strict=True):
        places.setdefault(one.place, _Group()).add(one, is_text=text)
        if is_html:
            parents.setdefault(one.block.ancestors[:-1], _Group()).add(one, is_text=text)
    return places, parents


def _view(seen: Sequence[Seen], labels: Labels, declarations: Declarations) -> _View:
    is_text = [kind in _TEXT_KINDS for kind in labels.kinds]
    body = [one.i for one in seen if labels.kinds[one.i] is SegmentKind.BODY]
    first, last = (body[0], body[-1]) if body else (None, None)
    heads = (one.i for one in seen if labels.kinds[one.i] is SegmentKind.HEADLINE)
    headline = next((i for i in heads if first is None or i <= first), None)
    words: Counter[str] = Counter()
    for i in body:
        words.update(seen[i].content_words)
    title = frozenset().union(*declarations.titles)
    if not title and headline is not None:
        title = seen[headline].content_words
    is_html = any(one.tag != "line" for one in seen)
    places, parents = _groups(seen, is_text, is_html=is_html)
    return _View(
        seen=seen,
        labels=labels,
        briefs=_briefs(seen, labels),
        is_html=is_html,
        text_at=[i for i, text in enumerate(is_text) if text],
        first=first,
        last=last,
        headline=headline,
        words=words,
        title=title,
        description=frozenset().union(*declarations.descriptions),
        places=places,
        parents=parents,
        holders=_holders(seen, is_text) if is_html else (),
        paths={},
    )


def _band(value: float, cuts: Sequence[float]) -> int:
    return bisect_right(cuts, value)


def _last_mark(text: str) -> str:
    mark = text[-1:]
    return mark if mark in _LAST else "letter" if mark.isalpha() else "figure" if mark.isdigit() else "other"


def _first_mark(text: str) -> str:
    mark = text[:1]
    if mark.isupper():
        return "capital"
    if mark.islower():
        return "lower"
    if mark.isdigit():
        return "figure"
    if mark in "\"“„«‘'»":
        return "quote"
    return "bullet" if mark in "*+•·-–—|[(" else mark if mark in "©#@" else "other"


def _of_words(one: Seen, brief: _Brief) -> list[str]:
    text, n, size = one.text, one.n_words, brief.size[:-1]
    length = f"words>={(0, *_LENGTHS)[_band(n, _LENGTHS)]}"
    signs = [length, length + brief.size[-1], f"last {_last_mark(text)} {size}", f"first {_first_mark(text)}"]
    function = "unknown" if one.function_share is None else _band(one.function_share, (0.05, 0.12, 0.2, 0.3, 0.4))
    signs.append(f"function words {function} {n >= 5}")
    signs.append(f"capitals {_band(one.capital_share, (0.1, 0.2, 0.35, 0.6, 0.9))} {size}")
    signs.append(f"figures {_band(one.digit_share, (0.001, 0.05, 0.15, 0.3))}")
    signs.append(f"commas {min(3, text.count(','))}")
    signs += [f"has {name} {n >= 12}" for mark, name in _MARKS if mark in text]
    n_quotes = len(_QUOTES.findall(text))
    if n_quotes:
        signs.append(f"quotes {min(2, n_quotes)} {size}")
    if one.inner_sentences:
        signs.append(f"several sentences {size}")
    if one.is_question:
        signs.append("one question")
    if one.bullet:
        signs.append(f"bullet {brief.size}")
    if n and text.isupper():
        signs.append(f"all capitals {size}")
    return signs


def _of_wording(one: Seen, brief: _Brief, view: _View) -> list[str]:
    size = brief.size[:-1]
    signs = [f"stands {min(one.repeats, 4)} times {size}"]
    if tale := one.telltale:
        signs += [f"says {tale.kind} {tale.how} {size}", f"tells {tale.how} {size}"]
    if one.opens_with_dateline:
        signs.append("opens with a dateline")
    if one.repeats_neighbour:
        signs.append(f"repeats its neighbour {size}")
    if one.says_twice:
        signs.append("says the same twice")
    if one.pasted:
        signs.append(f"page of running text {brief.size}")
    signs += [f"picture: {says.partition(chr(39))[0]}" for _, says in view.labels.pictured[one.i]]
    if one.n_words < 30 and byline_names(one):
        signs.append("form of a byline")
    if one.n_words < 15 and one.digit_share and is_date_line(one):
        signs.append(f"a date {size}")
    words = one.content_words
    if words:
        own = view.labels.kinds[one.i] in _TEXT_KINDS
        shared = sum(view.words[word] > own for word in words) / len(words)
        signs.append(f"words of the text {_band(shared, (0.01, 0.15, 0.3, 0.45, 0.6, 0.8))} {size}")
        for name, bag in (("title", view.title), ("description", view.description)):
            if bag:
                signs.append(f"words of the {name} {_band(len(bag & words) / len(words), _SHARES)} {size}")
    return signs


def _of_rules(one: Seen, brief: _Brief, view: _View) -> list[str]:
    score = _band(view.labels.scores[one.i], (-10, -7, -5, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8))
    place = view.places[one.place]
    text = _band(place.n_text / place.n, _SHARES)
    return [
        f"rules: {brief.kind}",
        f"rules: {brief.kind} {brief.size}",
        f"score {score}",
        f"score {score} {brief.kind}",
        f"place text {text} of {_band(place.n, (2, 4, 10))}",
        f"place text {text} {brief.size}",
        f"place sentences {_band(place.n_sentences / place.n, _SHARES)}",
        f"place share {_band(one.place_share, (0.001, 0.08, 0.2, 0.5, 0.8))}",
        f"place menu {_band(one.place_menu_share, (0.001, 0.03, 0.1, 0.25, 0.5))}",
    ]


def _of_position(one: Seen, brief: _Brief, view: _View) -> list[str]:
    i, signs = one.i, [f"tenth {10 * one.i // len(view.seen)}"]
    if view.first is None or view.last is None:
        signs.append("no text")
    elif i < view.first:
        far = view.first - i
        below = view.headline is not None and i > view.headline
        signs.append(f"before the text {_band(far, _COUNTS)}")
        signs.append(f"before the text {_band(far, (2, 5, 20))} {brief.size} {below}")
    elif i > view.last:
        far = i - view.last
        signs += [f"after the text {_band(far, _COUNTS)}", f"after the text {_band(far, (2, 5, 20))} {brief.size}"]
    else:
        signs += ["in the text", f"in the text {brief.size}"]
    if view.headline is not None:
        side = "above" if i < view.headline else "below"
        signs.append(f"{side} the headline {_band(abs(i - view.headline), _COUNTS)}")
    at = bisect_left(view.text_at, i)
    before = i - view.text_at[at - 1] if at else _NEAR * 4
    at += at < len(view.text_at) and view.text_at[at] == i
    after = view.text_at[at] - i if at < len(view.text_at) else _NEAR * 4
    signs.append(f"text before {_band(before, (2, 3, 5, 9, 25))}")
    signs.append(f"text after {_band(after, (2, 3, 5, 9, 25))}")
    signs.append(f"text around {_band(before, (2, 4, 25))} {_band(after, (2, 4, 25))} {brief.size}")
    return signs


def _of_neighbours(one: Seen, brief: _Brief, view: _View) -> list[str]:
    signs = []
    for step in (-2, -1, 1, 2):
        j = one.i + step
        if not 0 <= j < len(view.seen):
            signs.append(f"{step:+}: edge")
            continue
        near = view.briefs[j]
        signs += [f"{step:+}: {near.kind}", f"{step:+}: shape {near.shape}", f"{step:+}: score {near.score}"]
        if abs(step) == 1:
            other = view.seen[j]
            signs.append(f"{step:+}: {near.kind} here {brief.size}")
            signs.append(f"{step:+}: {near.kind} at the same place {other.place == one.place}")
            if other.telltale:
                signs.append(f"{step:+}: says {other.telltale.kind}")
    return signs


def _of_lines(one: Seen, brief: _Brief, view: _View, text: str) -> list[str]:
    before, after = _gap(view.seen, one.i - 1, text), _gap(view.seen, one.i, text)
    indent = one.place[0] if one.place else ""
    signs = [f"blank {before} {after}", f"blank {before} {after} {brief.size}", f"indent {indent}"]
    return [*signs, "glued"] if one.glued else signs


def _gap(seen: Sequence[Seen], i: int, text: str) -> str:
    """Return how many line ends stand between block i and the next one, to 4."""
    if not 0 <= i < len(seen) - 1:
        return "edge"
    return str(min(4, text.count("\n", seen[i].span.end, seen[i + 1].span.start)))


@lru_cache(maxsize=16_384)
def _class_tokens(element: str) -> tuple[str, ...]:
    return tuple(sorted(set(_CLASS_TOKEN.findall(element[len(element_name(element)) :]))))


def _of_path(one: Seen, view: _View) -> tuple[str, ...]:
    """Signs of the elements around a block, read once for all blocks of one path."""
    path = one.block.ancestors
    known = view.paths.get((path, one.tag))
    if known is not None:
        return known
    parent = view.parents[path[:-1]]
    signs = [
        f"parent text {_band(parent.n_text / parent.n, _SHARES)} of {_band(parent.n, (2, 4, 10))}",
        f"parent links {_band(parent.linked / (parent.n_words or 1), _SHARES)}",
        f"parent words {_band(parent.n_words / parent.n, (4, 10, 20, 40))}",
    ]
    inside = path
    for name, holder in view.holders:
        within = bool(holder) and path[: len(holder)] == holder
        signs += [f"{name} {within}", f"{name} {within} <{one.tag}>"]
        if within:
            depth = min(5, len(path) - len(holder))
            signs += [f"{name} depth {depth}", f"{name} depth {depth} <{one.tag}>"]
            inside = path[len(holder) :] if name == "whole" else inside
    signs += sorted({f"inside <{element_name(element)}>" for element in inside})
    signs += sorted({f"under <{element_name(element)}>" for element in path})
    signs += sorted({f"class {token}" for element in inside[-3:] for token in _class_tokens(element)})
    signs += sorted({f"outer class {token}" for element in inside[:-3] for token in _class_tokens(element)})
    if len(path) >= 2:
        signs.append(f"<{element_name(path[-2])}> <{one.tag}>")
    view.paths[path, one.tag] = tuple(signs)
    return view.paths[path, one.tag]


def _of_markup(one: Seen, brief: _Brief, view: _View) -> list[str]:
    size, path = brief.size[:-1], one.block.ancestors
    parent = view.parents[path[:-1]]
    signs = [
        f"parent text {_band(parent.n_text / parent.n, _SHARES)} {brief.size}",
        f"links {_band(one.link_share, _SHARES)} {size}",
        f"<{one.tag}>",
        f"<{one.tag}> {brief.size}",
        f"<{one.tag}> links {_band(one.link_share, (0.1, 0.5, 0.9))}",
    ]
    signs += [f"{name} {bool(h) and path[: len(h)] == h} {brief.size}" for name, h in view.holders]
    for kind in sorted(one.class_kinds):
        signs += [f"class of {kind}", f"class of {kind} {size}"]
    if one.block.hidden:
        signs += ["hidden", f"hidden {size}"]
    return [*signs, *_of_path(one, view)]


def _is_far(one: Seen, view: _View) -> bool:
    """Tell whether a block of a few words stands far from all text and the rules found no form in it: a menu's."""
    if one.n_words >= _FEW_WORDS or not view.text_at or view.labels.kinds[one.i] not in _NO_FORM:
        return False
    at = bisect_left(view.text_at, one.i)
    return all(abs(i - one.i) > _FAR for i in view.text_at[max(0, at - 1) : at + 1])


def signs_of(text: str, seen: Sequence[Seen], labels: Labels, declarations: Declarations) -> list[list[str]]:
    """Return the signs of every block, in order; ``labels`` are those of the rules.

    Few words far from all text have none: there is nothing to weigh, and they are half of a page. Nor has a paragraph
    that a dateline opens: it is the report's first.
    """
    view = _view(seen, labels, declarations)
    rows: list[list[str]] = []
    for one, brief in zip(seen, view.briefs, strict=True):
        if _is_far(one, view) or (one.opens_with_dateline and labels.kinds[one.i] is SegmentKind.BODY):
            rows.append([])
            continue
        signs = _of_words(one, brief) + _of_wording(one, brief, view) + _of_rules(one, brief, view)
        signs += _of_position(one, brief, view) + _of_neighbours(one, brief, view)
        signs += _of_markup(one, brief, view) if view.is_html else _of_lines(one, brief, view, text)
        rows.append(signs)
    return rows
