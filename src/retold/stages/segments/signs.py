"""The signs a fitted model reads of a block: what is seen of it, of its neighbours and of its place, in bands.

Owns the reading; a few signs that always come together are one key, what a key's signs are called is said by
``sign_names``, what they weigh by the weights files (``fitted`` reads them, ``bench/fit_segments.py`` makes them). The
same signs are read from HTML and from lines of plain text; there those of the markup are missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retold.model.report import SegmentKind
from retold.stages.segments.elements import element_name
from retold.stages.segments.features import Seen
from retold.stages.segments.heads import Declarations, byline_names, is_date_line
from retold.stages.segments.passes import Labels
from retold.stages.segments.wording import Wording

LENGTHS = (1, 2, 3, 5, 8, 12, 17, 25, 40, 70)
_SHARES = (0.001, 0.1, 0.25, 0.5, 0.75, 0.95)
_COUNTS = (1, 2, 3, 5, 10, 20, 40)
_SIZES = ("tiny", "short", "mid", "long")
_MARKS = (
    ("|", "bar"), ("©", "copyright"), ("@", "at"), ("http", "address"), ("/", "slash"), ("»", "guillemet"),
    (":", "colon"), ("€", "euro"), ("$", "dollar"), ("→", "arrow"), ("…", "dots"), ("#", "hash"), ("(", "bracket"),
    ("[", "square"), ("+", "plus"), ("&", "and"), ("%", "percent"), ("*", "star"),
)  # fmt: skip
_QUOTES = re.compile('["“”„»«]')
_LAST = frozenset(".?!:…,;)]\"”“»|>'’")
_NEAR = 25
# Blocks of fewer words, with no text in so many blocks on either side, are not weighed. Of the blocks this leaves out
# in the annotated pages (60 of 100), 13 of 2,600 wanted segments of pages/trafilatura were lost and none of lines/.
_FEW_WORDS, _FAR = 5, 8
_NO_FORM = frozenset({SegmentKind.FURNITURE, SegmentKind.RELATED})
_TEXT_KINDS = frozenset({SegmentKind.BODY, SegmentKind.STANDFIRST})
# The report's element holds at least this share of its words: the loose and the strict reading.
_HOLDS = (("core", 0.5), ("whole", 0.8))
_ITEMS = frozenset({"p", "li"})


Key = tuple[object, ...]
"""A few values that are read together, the first of them the name of the kind of key."""


@dataclass(slots=True)
class _Group:
    """Blocks at one place, or in one element: how many there are, and how many of them read as the report's text."""

    n: int = 0
    n_text: int = 0
    n_sentences: int = 0
    n_words: int = 0
    linked: float = 0.0

    def add(self, one: Seen, *, is_text: bool) -> None:
        n_words = one.n_words
        self.n += 1
        self.n_text += is_text
        self.n_sentences += one.is_sentence
        self.n_words += n_words
        self.linked += n_words * one.link_share


@dataclass(frozen=True, slots=True)
class _Brief:
    """What a block shows its neighbours: the kind the rules give it, its shape, and its score."""

    kind: str
    size: str
    shape: str
    score: int


@dataclass(frozen=True, slots=True)
class _Path:
    """What a path shows on this page.

    ``text`` and ``parent`` are bands of the element around it (share of text; number of blocks, links, words);
    ``holders`` says how deep it lies below the elements that hold the report (-1: outside), ``n_outer`` how many of
    its elements are around all of that.
    """

    text: int
    parent: tuple[int, int, int]
    holders: tuple[tuple[str, int], ...]
    n_outer: int


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
    paths: dict[tuple[str, ...], _Path]


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


# --- what is read of a block: keys, each standing for a few signs that always come together ----------------------


def _wording_keys(wording: Wording, *, known: bool) -> tuple[Key, ...]:
    """Keys of the words alone, read once for every wording; ``known`` says that the page's language has a list."""
    found = wording.signs.get(known)
    if found is None:
        found = wording.signs[known] = _read_wording(wording, known=known)
    return found


def _read_wording(wording: Wording, *, known: bool) -> tuple[Key, ...]:
    text, n = wording.text, wording.n_words
    size, end = _SIZES[_band(n, (5, 12, 30))], "." if wording.ends_sentence else "-"
    function = _band(wording.function_share, (0.05, 0.12, 0.2, 0.3, 0.4)) if known else "unknown"
    capitals = _band(wording.capital_share, (0.1, 0.2, 0.35, 0.6, 0.9))
    figures = _band(wording.digit_share, (0.001, 0.05, 0.15, 0.3))
    is_plain = text.replace(" ", "").isalnum()
    marks = () if is_plain else tuple([name for mark, name in _MARKS if mark in text])
    n_quotes = 0 if is_plain else min(2, len(_QUOTES.findall(text)))
    return (
        ("length", _band(n, LENGTHS), size, end, _last_mark(text), _first_mark(text)),
        ("make", function, n >= 5, capitals, size, figures, min(3, text.count(","))),
        ("marks", marks, n >= 12, n_quotes, size),
        ("form", wording.inner_sentences, wording.is_question, wording.bullet, n > 0 and text.isupper(), size, end),
    )


def _saying_keys(one: Seen, brief: _Brief, view: _View) -> list[Key]:
    size, pictured = brief.size[:-1], view.labels.pictured[one.i]
    tale = (one.telltale.kind, one.telltale.how) if one.telltale else None
    is_date = one.n_words < 15 and one.wording.digit_share > 0 and is_date_line(one)
    keys: list[Key] = [
        ("says", min(one.repeats, 4), tale, one.opens_with_dateline, one.repeats_neighbour, one.says_twice, size),
        ("page", one.pasted, one.n_words < 30 and byline_names(one) is not None, is_date, brief.size),
    ]
    if pictured:
        keys.append(("pictured", tuple([says.partition("'")[0] for _, says in pictured])))
    words = one.content_words
    if words:
        own = view.labels.kinds[one.i] in _TEXT_KINDS
        count = view.words.get
        shared = sum([count(word, 0) > own for word in words]) / len(words)
        title = _band(len(view.title & words) / len(words), _SHARES) if view.title else -1
        description = _band(len(view.description & words) / len(words), _SHARES) if view.description else -1
        keys.append(("shared", _band(shared, (0.01, 0.15, 0.3, 0.45, 0.6, 0.8)), title, description, size))
    return keys


def _rule_keys(one: Seen, brief: _Brief, view: _View) -> list[Key]:
    score = _band(view.labels.scores[one.i], (-10, -7, -5, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8))
    place = view.places[one.place]
    text, sentences = _band(place.n_text / place.n, _SHARES), _band(place.n_sentences / place.n, _SHARES)
    share = _band(one.place_share, (0.001, 0.08, 0.2, 0.5, 0.8))
    menu = _band(one.place_menu_share, (0.001, 0.03, 0.1, 0.25, 0.5))
    return [
        ("rules", brief.kind, brief.size, score),
        ("place", text, _band(place.n, (2, 4, 10)), sentences, share, menu, brief.size),
    ]


def _position_keys(one: Seen, brief: _Brief, view: _View) -> list[Key]:
    i, size = one.i, brief.size
    below = view.headline is not None and i > view.headline
    if view.first is None or view.last is None:
        at: Key = ("no text",)
    elif i < view.first:
        at = ("before", _band(view.first - i, _COUNTS), _band(view.first - i, (2, 5, 20)), below, size)
    elif i > view.last:
        at = ("after", _band(i - view.last, _COUNTS), _band(i - view.last, (2, 5, 20)), size)
    else:
        at = ("in", size)
    near = bisect_left(view.text_at, i)
    before = i - view.text_at[near - 1] if near else _NEAR * 4
    near += near < len(view.text_at) and view.text_at[near] == i
    after = view.text_at[near] - i if near < len(view.text_at) else _NEAR * 4
    keys: list[Key] = [
        ("tenth", 10 * i // len(view.seen)),
        at,
        (
            "near",
            _band(before, (2, 3, 5, 9, 25)),
            _band(after, (2, 3, 5, 9, 25)),
            (_band(before, (2, 4, 25)), _band(after, (2, 4, 25))),
            size,
        ),
    ]
    if view.headline is not None:
        side = "above" if i < view.headline else "below"
        keys.append(("headline", side, _band(abs(i - view.headline), _COUNTS)))
    return keys


def _neighbour_keys(one: Seen, brief: _Brief, view: _View) -> list[Key]:
    keys: list[Key] = []
    for step in (-2, -1, 1, 2):
        j = one.i + step
        if not 0 <= j < len(view.seen):
            keys.append(("edge", step))
            continue
        near = view.briefs[j]
        if step in (-1, 1):
            other = view.seen[j]
            says = other.telltale.kind if other.telltale else None
            same = other.place == one.place
            keys.append(("beside", step, near.kind, near.shape, near.score, brief.size, same, says))
        else:
            keys.append(("nearby", step, near.kind, near.shape, near.score))
    return keys


def _line_keys(one: Seen, brief: _Brief, view: _View, text: str) -> list[Key]:
    before, after = _gap(view.seen, one.i - 1, text), _gap(view.seen, one.i, text)
    return [("line", before, after, brief.size, one.place[0] if one.place else "", one.glued)]


def _gap(seen: Sequence[Seen], i: int, text: str) -> str:
    """Return how many line ends stand between block i and the next one, to 4."""
    if not 0 <= i < len(seen) - 1:
        return "edge"
    return str(min(4, text.count("\n", seen[i].end, seen[i + 1].start)))


def _markup_keys(one: Seen, brief: _Brief, view: _View) -> list[Key]:
    path = one.block.ancestors
    links = _band(one.link_share, _SHARES)
    at = view.paths.get(path)
    if at is None:
        at = view.paths[path] = _path_of(path, view)
    return [
        ("parent", at.text, *at.parent, brief.size),
        ("links", links, _band(one.link_share, (0.1, 0.5, 0.9)), one.tag, brief.size),
        ("classes", tuple(sorted(one.class_kinds)), one.block.hidden, brief.size[:-1]),
        *[("holder", name, depth, one.tag, brief.size) for name, depth in at.holders],
        ("path", path, at.n_outer, one.tag),
    ]


def _path_of(path: tuple[str, ...], view: _View) -> _Path:
    parent = view.parents[path[:-1]]
    holders, n_outer = [], 0
    for name, holder in view.holders:
        within = bool(holder) and path[: len(holder)] == holder
        holders.append((name, min(5, len(path) - len(holder)) if within else -1))
        n_outer = len(holder) if within and name == "whole" else n_outer
    bands = (
        _band(parent.n, (2, 4, 10)),
        _band(parent.linked / (parent.n_words or 1), _SHARES),
        _band(parent.n_words / parent.n, (4, 10, 20, 40)),
    )
    return _Path(_band(parent.n_text / parent.n, _SHARES), bands, tuple(holders), n_outer)


def _is_far(one: Seen, view: _View) -> bool:
    """Tell whether a block of a few words stands far from all text and the rules found no form in it: a menu's."""
    if one.n_words >= _FEW_WORDS or not view.text_at or view.labels.kinds[one.i] not in _NO_FORM:
        return False
    text_at, i = view.text_at, one.i
    at = bisect_left(text_at, i)
    return not (at and i - text_at[at - 1] <= _FAR) and not (at < len(text_at) and text_at[at] - i <= _FAR)


def is_date_alone(keys: Sequence[Key]) -> bool:
    """Tell whether the keys are those of a block of a few words that give a date."""
    return any(key[0] == "page" and key[3] and str(key[4]).startswith("tiny") for key in keys)


def keys_of(text: str, seen: Sequence[Seen], labels: Labels, declarations: Declarations) -> list[list[Key]]:
    """Return the keys of every block, in order; ``labels`` are those of the rules. ``signs_in`` says what they are.

    Few words far from all text have none: there is nothing to weigh, and they are half of a page. Nor has a paragraph
    that a dateline opens: it is the report's first.
    """
    view = _view(seen, labels, declarations)
    rows: list[list[Key]] = []
    for one, brief in zip(seen, view.briefs, strict=True):
        is_first = labels.kinds[one.i] is SegmentKind.BODY and one.opens_with_dateline
        if is_first or _is_far(one, view):
            rows.append([])
            continue
        markup = _markup_keys(one, brief, view) if view.is_html else _line_keys(one, brief, view, text)
        rows.append(
            [
                *_wording_keys(one.wording, known=one.function_share is not None),
                *_saying_keys(one, brief, view),
                *_rule_keys(one, brief, view),
                *_position_keys(one, brief, view),
                *_neighbour_keys(one, brief, view),
                *markup,
            ]
        )
    return rows
