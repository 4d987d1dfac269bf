"""What is known of a whole page when the signs of its blocks are read: where its text stands, what it says, its places.

Owns the view and its counting; ``signs`` reads the keys of the blocks from it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retold.model.report import SegmentKind
from retold.stages.segments.elements import element_name
from retold.stages.segments.features import Seen
from retold.stages.segments.heads import Declarations
from retold.stages.segments.passes import Labels
from retold.stages.segments.sign_words import size_of

_SHARES = (0.001, 0.1, 0.25, 0.5, 0.75, 0.95)
TEXT_KINDS = (SegmentKind.BODY, SegmentKind.STANDFIRST)
# The report's element holds at least this share of its words: the loose and the strict reading.
_HOLDS = (("core", 0.5), ("whole", 0.8))
_ITEMS = frozenset({"p", "li"})

Place = tuple[str, ...]


@dataclass(slots=True)
class Group:
    """Blocks at one place, or in one element: how many there are, and how many of them read as the report's text."""

    n: int = 0
    n_text: int = 0
    n_sentences: int = 0
    n_words: int = 0
    linked: float = 0.0


@dataclass(frozen=True, slots=True)
class PathView:
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
class View:
    """A page, by block: the kind the rules give it, its size and end, its shape, the band of its score; and as a whole.

    ``words`` are those of the text, ``again`` those that stand in it more than once.
    """

    seen: Sequence[Seen]
    labels: Labels
    is_html: bool
    is_text: Sequence[bool]
    kinds: Sequence[str]
    sizes: Sequence[str]
    shapes: Sequence[str]
    score_bands: Sequence[int]
    text_at: Sequence[int]
    first: int | None
    last: int | None
    headline: int | None
    words: frozenset[str]
    again: frozenset[str]
    title: frozenset[str]
    description: frozenset[str]
    places: dict[Place, Group]
    paths: dict[Place, PathView]


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


def _groups(keys: Sequence[Place], seen: Sequence[Seen], is_text: Sequence[bool]) -> dict[Place, Group]:
    """Count the blocks that share a key."""
    groups: dict[Place, Group] = {}
    for key, one, text in zip(keys, seen, is_text, strict=True):
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group()
        n_words = one.n_words
        group.n += 1
        group.n_text += text
        group.n_sentences += one.is_sentence
        group.n_words += n_words
        if one.link_share:
            group.linked += n_words * one.link_share
    return groups


def _paths(seen: Sequence[Seen], is_text: Sequence[bool]) -> dict[Place, PathView]:
    """Return what every path shows."""
    holders = _holders(seen, is_text)
    parents = [one.block.ancestors[:-1] for one in seen]
    groups = _groups(parents, seen, is_text)
    paths: dict[Place, PathView] = {}
    for one, parent in zip(seen, parents, strict=True):
        path = one.block.ancestors
        if path not in paths:
            paths[path] = _path_view(path, groups[parent], holders)
    return paths


def _path_view(path: Place, parent: Group, around: Sequence[tuple[str, Place]]) -> PathView:
    holders, n_outer = [], 0
    for name, holder in around:
        within = bool(holder) and path[: len(holder)] == holder
        holders.append((name, min(5, len(path) - len(holder)) if within else -1))
        n_outer = len(holder) if within and name == "whole" else n_outer
    bands = (
        bisect_right((2, 4, 10), parent.n),
        bisect_right(_SHARES, parent.linked / (parent.n_words or 1)),
        bisect_right((4, 10, 20, 40), parent.n_words / parent.n),
    )
    return PathView(bisect_right(_SHARES, parent.n_text / parent.n), bands, tuple(holders), n_outer)


def view_of(seen: Sequence[Seen], labels: Labels, declarations: Declarations) -> View:
    """Return what is known of the page, given what the rules call its blocks."""
    is_text = [kind in TEXT_KINDS for kind in labels.kinds]
    body = [one for one, kind in zip(seen, labels.kinds, strict=True) if kind is SegmentKind.BODY]
    first, last = (body[0].i, body[-1].i) if body else (None, None)
    heads = (i for i, kind in enumerate(labels.kinds) if kind is SegmentKind.HEADLINE)
    headline = next((i for i in heads if first is None or i <= first), None)
    words: Counter[str] = Counter()
    for one in body:
        words.update(one.content_words)
    title = frozenset().union(*declarations.titles)
    if not title and headline is not None:
        title = seen[headline].content_words
    is_html = any(one.block.tag != "line" for one in seen)
    ends = ["." if one.ends_sentence else "-" for one in seen]
    return View(
        seen=seen,
        labels=labels,
        is_html=is_html,
        is_text=is_text,
        kinds=["open" if kind is None else str.__str__(kind) for kind in labels.kinds],
        sizes=[size_of(one.n_words) + end for one, end in zip(seen, ends, strict=True)],
        shapes=[f"{bisect_right((3, 8, 20), one.n_words)}{end}" for one, end in zip(seen, ends, strict=True)],
        score_bands=[bisect_right((-8, -4, -2, 0, 2, 4, 6), score) for score in labels.scores],
        text_at=[i for i, text in enumerate(is_text) if text],
        first=first,
        last=last,
        headline=headline,
        words=frozenset(words),
        again=frozenset([word for word, count in words.items() if count > 1]),
        title=title,
        description=frozenset().union(*declarations.descriptions),
        places=_groups([one.place for one in seen], seen, is_text),
        paths=_paths(seen, is_text) if is_html else {},
    )
