"""The signs a fitted model reads of a block: what is seen of it, of its neighbours and of its place, in bands.

Owns the reading; a few signs that always come together are one key, what a key's signs are called is said by
``sign_names``, what they weigh by the weights files (``fitted`` reads them, ``bench/fit_segments.py`` makes them). The
same signs are read from HTML and from lines of plain text; there those of the markup are missing.

Keys are read in columns, each of one kind of key: a page has some 80 blocks that are weighed, and 20 kinds of keys.
What words show alone is read by ``sign_words``, what the page is by ``sign_page``.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from retold.model.report import SegmentKind
from retold.stages.segments.features import Seen
from retold.stages.segments.heads import Declarations, byline_names, is_date_line
from retold.stages.segments.passes import Labels
from retold.stages.segments.sign_page import View, view_of
from retold.stages.segments.sign_words import LENGTHS, Key, wording_keys

__all__ = ["LENGTHS", "Column", "Key", "columns_of", "is_date_alone", "keys_of", "weighed_of"]

_SHARES = (0.001, 0.1, 0.25, 0.5, 0.75, 0.95)
_COUNTS = (1, 2, 3, 5, 10, 20, 40)
_NEAR = 25
# Blocks of fewer words, with no text in so many blocks on either side, are not weighed. Of the blocks this leaves out
# in the annotated pages (60 of 100), 13 of 2,600 wanted segments of pages/trafilatura were lost and none of lines/.
_FEW_WORDS, _FAR = 5, 8
_NO_FORM = (SegmentKind.FURNITURE, SegmentKind.RELATED)

Column: TypeAlias = "Sequence[Key | None]"
"""One kind of key of every weighed block, None for those that have none of this kind."""


def weighed_of(seen: Sequence[Seen], labels: Labels) -> list[int]:
    """Return which blocks are weighed.

    Few words far from all text that the rules found no form in are not: a menu's, and half of a page. Nor is a
    paragraph that a dateline opens: it is the report's first.
    """
    kinds = labels.kinds
    near: set[int] = set()
    for i, kind in enumerate(kinds):
        if kind is SegmentKind.BODY or kind is SegmentKind.STANDFIRST:
            near.update(range(i - _FAR, i + _FAR + 1))
    return [
        i
        for i, (one, kind) in enumerate(zip(seen, kinds, strict=True))
        if (one.n_words >= _FEW_WORDS or i in near or not near or kind not in _NO_FORM)
        and not (kind is SegmentKind.BODY and one.opens_with_dateline)
    ]


def columns_of(
    text: str, seen: Sequence[Seen], labels: Labels, declarations: Declarations, weighed: Sequence[int]
) -> list[Column]:
    """Return the keys of the weighed blocks, kind by kind; ``labels`` are those of the rules."""
    if not weighed:
        return []
    view = view_of(seen, labels, declarations)
    chosen = [seen[i] for i in weighed]
    sizes = [view.sizes[i] for i in weighed]
    known = chosen[0].function_share is not None
    return [
        *map(list, zip(*[wording_keys(one.wording, known=known) for one in chosen], strict=True)),
        *_saying_columns(chosen, sizes, view),
        *_rule_columns(chosen, sizes, view),
        *_position_columns(weighed, sizes, view),
        *_neighbour_columns(weighed, sizes, view),
        *(_markup_columns(chosen, sizes, view) if view.is_html else [_line_column(chosen, sizes, text, seen)]),
    ]


def keys_of(text: str, seen: Sequence[Seen], labels: Labels, declarations: Declarations) -> list[list[Key]]:
    """Return the keys of every block, in order, none where it is not weighed. ``signs_in`` says what they are."""
    rows: list[list[Key]] = [[] for _ in seen]
    weighed = weighed_of(seen, labels)
    columns = columns_of(text, seen, labels, declarations, weighed)
    for i, row in zip(weighed, zip(*columns, strict=True), strict=True):
        rows[i] = [key for key in row if key is not None]
    return rows


def is_date_alone(keys: Sequence[Key | None]) -> bool:
    """Tell whether the keys are those of a block of a few words that give a date."""
    return any(key is not None and key[0] == "page" and key[3] and str(key[4]).startswith("tiny") for key in keys)


def _band(value: float, cuts: Sequence[float]) -> int:
    return bisect_right(cuts, value)


def _saying_columns(chosen: Sequence[Seen], sizes: Sequence[str], view: View) -> list[Column]:
    says: list[Key] = [
        (
            "says", min(one.repeats, 4), None if one.telltale is None else one.telltale[:2], one.opens_with_dateline,
            one.repeats_neighbour, one.wording.says_twice, size[:-1],
        )
        for one, size in zip(chosen, sizes, strict=True)
    ]  # fmt: skip
    page: list[Key] = [
        (
            "page", one.pasted,
            one.n_words < 30 and byline_names(one) is not None,
            one.n_words < 15 and one.wording.digit_share > 0 and is_date_line(one), size,
        )
        for one, size in zip(chosen, sizes, strict=True)
    ]  # fmt: skip
    return [
        says,
        page,
        [_pictured_key(view.labels.pictured[one.i]) for one in chosen],
        _shared_column(chosen, sizes, view),
    ]


def _pictured_key(reasons: Sequence[tuple[float, str]]) -> Key | None:
    return ("pictured", tuple([says.partition("'")[0] for _, says in reasons])) if reasons else None


def _shared_column(chosen: Sequence[Seen], sizes: Sequence[str], view: View) -> Column:
    """How much of a block's words the text (all else of it), the title and the description have."""
    title, description = view.title, view.description
    column: list[Key | None] = []
    for one, size in zip(chosen, sizes, strict=True):
        words = one.content_words
        if not words:
            column.append(None)
            continue
        n = len(words)
        shared = len(words & (view.again if view.is_text[one.i] else view.words)) / n
        column.append(
            (
                "shared", bisect_right((0.01, 0.15, 0.3, 0.45, 0.6, 0.8), shared),
                bisect_right(_SHARES, len(title & words) / n) if title else -1,
                bisect_right(_SHARES, len(description & words) / n) if description else -1, size[:-1],
            )
        )  # fmt: skip
    return column


def _rule_columns(chosen: Sequence[Seen], sizes: Sequence[str], view: View) -> list[Column]:
    cuts = (-10, -7, -5, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8)
    scores, kinds = view.labels.scores, view.kinds
    rows = list(zip(chosen, sizes, strict=True))
    rules = [("rules", kinds[one.i], size, bisect_right(cuts, scores[one.i])) for one, size in rows]
    bands: dict[tuple[str, ...], tuple[int, int, int, int, int]] = {}
    places: list[Key] = []
    for one, size in rows:
        at = bands.get(one.place)
        if at is None:
            place = view.places[one.place]
            at = bands[one.place] = (
                _band(place.n_text / place.n, _SHARES), _band(place.n, (2, 4, 10)),
                _band(place.n_sentences / place.n, _SHARES), _band(one.place_share, (0.001, 0.08, 0.2, 0.5, 0.8)),
                _band(one.place_menu_share, (0.001, 0.03, 0.1, 0.25, 0.5)),
            )  # fmt: skip
        places.append(("place", *at, size))
    return [rules, places]


def _position_columns(weighed: Sequence[int], sizes: Sequence[str], view: View) -> list[Column]:
    n, text_at, headline = len(view.seen), view.text_at, view.headline
    nearest: list[Key] = []
    for i, size in zip(weighed, sizes, strict=True):
        near = bisect_left(text_at, i)
        before = i - text_at[near - 1] if near else _NEAR * 4
        near += near < len(text_at) and text_at[near] == i
        after = text_at[near] - i if near < len(text_at) else _NEAR * 4
        wide = (bisect_right((2, 4, 25), before), bisect_right((2, 4, 25), after))
        fine = (2, 3, 5, 9, 25)
        nearest.append(("near", bisect_right(fine, before), bisect_right(fine, after), wide, size))
    columns: list[Column] = [
        [("tenth", 10 * i // n) for i in weighed],
        [_side_of(i, size, view) for i, size in zip(weighed, sizes, strict=True)],
        nearest,
    ]
    if headline is not None:
        columns.append(
            [("headline", "above" if i < headline else "below", _band(abs(i - headline), _COUNTS)) for i in weighed]
        )
    return columns


def _side_of(i: int, size: str, view: View) -> Key:
    """Return where a block stands to the text as a whole."""
    if view.first is None or view.last is None:
        return ("no text",)
    if i < view.first:
        far = view.first - i
        below = view.headline is not None and i > view.headline
        return ("before", _band(far, _COUNTS), _band(far, (2, 5, 20)), below, size)
    if i > view.last:
        return ("after", _band(i - view.last, _COUNTS), _band(i - view.last, (2, 5, 20)), size)
    return ("in", size)


def _neighbour_columns(weighed: Sequence[int], sizes: Sequence[str], view: View) -> list[Column]:
    seen, n = view.seen, len(view.seen)
    shown = list(zip(view.kinds, view.shapes, view.score_bands, strict=True))
    columns: list[Column] = []
    for step in (-2, -1, 1, 2):
        column: list[Key] = []
        for i, size in zip(weighed, sizes, strict=True):
            j = i + step
            if not 0 <= j < n:
                column.append(("edge", step))
            elif step in (-1, 1):
                other = seen[j]
                says = other.telltale.kind if other.telltale else None
                column.append(("beside", step, *shown[j], size, other.place == seen[i].place, says))
            else:
                column.append(("nearby", step, *shown[j]))
        columns.append(column)
    return columns


def _line_column(chosen: Sequence[Seen], sizes: Sequence[str], text: str, seen: Sequence[Seen]) -> Column:
    gaps = ["edge", *[str(min(4, text.count("\n", a.end, b.start))) for a, b in itertools.pairwise(seen)], "edge"]
    return [
        ("line", gaps[one.i], gaps[one.i + 1], size, one.place[0] if one.place else "", one.glued)
        for one, size in zip(chosen, sizes, strict=True)
    ]


def _markup_columns(chosen: Sequence[Seen], sizes: Sequence[str], view: View) -> list[Column]:
    paths = [view.paths[one.block.ancestors] for one in chosen]
    rows = list(zip(chosen, sizes, paths, strict=True))
    links: list[Key] = [
        (
            "links", bisect_right(_SHARES, one.link_share), bisect_right((0.1, 0.5, 0.9), one.link_share),
            one.block.tag, size,
        )
        for one, size, _ in rows
    ]  # fmt: skip
    return [
        [("parent", at.text, *at.parent, size) for _, size, at in rows],
        links,
        [("classes", one.around.kinds_in_order, one.block.hidden, size[:-1]) for one, size, _ in rows],
        *[
            [("holder", *at.holders[k], one.block.tag, size) for one, size, at in rows]
            for k in range(len(paths[0].holders))
        ],
        [("path", one.block.ancestors, at.n_outer, one.block.tag) for one, _, at in rows],
    ]
