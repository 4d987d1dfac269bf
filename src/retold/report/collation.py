"""The collation as rows of two columns: aligned sentences side by side, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from retold.model.page import PageId, Pointer
from retold.model.story import Alignment, Change, Edit, EditKind
from retold.report.origins import origin_of
from retold.report.places import EXCERPT_WORDS, OPENING_WORDS, Link, Places, language_of
from retold.text.spans import Span
from retold.views.story_view import Pair, StoryView, Witness

PART = "Collation"
TRIVIAL_KINDS = frozenset({EditKind.TRIVIAL, EditKind.HOUSE_STYLE})
CONTEXT_WORDS = 3
"""Unchanged words shown on each side of a change in a version of excerpts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence; ``mark`` is "", "del" or "ins", ``kinds`` what the edit touched."""

    text: str
    mark: str = ""
    kinds: str = ""
    is_trivial: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One report's sentences in a row, and the link to them."""

    parts: tuple[Part, ...]
    link: Link
    lang: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One alignment: its change and kinds, and each side; None where a side has nothing.

    ``same`` tells that both sides are the same words, shown once.
    """

    id: str
    change: str
    moved: bool
    kinds: tuple[str, ...]
    quiet: bool
    same: bool
    left: Side | None
    right: Side | None


@dataclass(frozen=True, slots=True)
class Told:
    """A pair as shown: who is told against whom, the counts, the rows, how many rows were left out.

    ``is_carried`` tells that both come from one origin: only then has one cut or added what the other has not.
    """

    id: str
    a: Witness
    b: Witness
    counts: tuple[tuple[str, int], ...]
    n_moved: int
    rows: tuple[Row, ...]
    is_carried: bool
    n_left_out: int


def told_pairs(view: StoryView, places: Places) -> list[Told]:
    """Return each report against the earlier report it shares most with, in story order."""
    return [_told(view, pair, places) for pair in view.closest_pairs() if pair.n_shared]


def unlike_pairs(view: StoryView) -> list[Pair]:
    """Return the reports whose best pair shares no sentence: there is nothing to lay side by side."""
    return [pair for pair in view.closest_pairs() if not pair.n_shared]


def _told(view: StoryView, pair: Pair, places: Places) -> Told:
    by_siglum = {witness.siglum: witness for witness in view.witnesses}
    name = f"{places.prefix}{pair.a}-{pair.b}"
    shown = pair.alignments
    a, b = by_siglum[pair.a], by_siglum[pair.b]
    is_carried = origin_of(view, a.page) is not None and origin_of(view, a.page) == origin_of(view, b.page)
    if not is_carried:
        shown = tuple(x for x in shown if x.change not in (Change.CUT, Change.ADDED))
    if places.excerpts:
        shown = tuple(x for x in shown if x.change is not Change.KEPT and not is_quiet(x))
    rows = tuple(_row(x, places, f"{name}-{i + 1}", a, b) for i, x in enumerate(shown))
    counts = tuple((change.value, count) for change, count in pair.totals.items() if count)
    n_moved = sum(alignment.moved for alignment in pair.alignments)
    return Told(name, a, b, counts, n_moved, rows, is_carried, len(pair.alignments) - len(shown))


def is_quiet(alignment: Alignment) -> bool:
    """Tell whether nothing changed but spelling, punctuation and house style."""
    if alignment.change not in (Change.KEPT, Change.EDITED):
        return False
    return not alignment.moved and set(alignment.kinds) <= TRIVIAL_KINDS


def _row(alignment: Alignment, places: Places, name: str, a: Witness, b: Witness) -> Row:
    left = _side(places, a, alignment.a_units, [(edit.a, edit) for edit in alignment.edits], "del")
    right = _side(places, b, alignment.b_units, [(edit.b, edit) for edit in alignment.edits], "ins")
    same = alignment.change is Change.KEPT and left is not None and right is not None
    if same and left is not None and right is not None:
        same = [part.text.split() for part in left.parts] == [part.text.split() for part in right.parts]
    return Row(
        id=name,
        change=alignment.change.value,
        moved=alignment.moved,
        kinds=tuple(kind.value for kind in alignment.kinds),
        quiet=is_quiet(alignment),
        same=same,
        left=left,
        right=right,
    )


def _side(
    places: Places, witness: Witness, units: Sequence[Span], edits: Sequence[tuple[Span, Edit]], mark: str
) -> Side | None:
    if not units:
        return None
    parts: Iterable[Part] = parts_of(witness.report.page.text, units, edits, mark)
    if places.excerpts:
        every = list(parts)
        parts = excerpted(every)
        words = [word for part in parts for word in part.text.split() if word != "…"]
        n_allowed = places.allowed(words)
        if n_allowed < len(words):
            parts = excerpted(every, n_allowed)
    link = places.link(_pointer(witness.page, units), PART)
    return Side(tuple(parts), link, language_of(witness))


def _pointer(page: PageId, units: Sequence[Span]) -> Pointer:
    return Pointer(page, units[0].start, units[0].end)


def parts_of(text: str, units: Sequence[Span], edits: Sequence[tuple[Span, Edit]], mark: str) -> Iterator[Part]:
    """Cut the units into stretches, those of edits marked; joined, they give each unit's text back."""
    ordered = sorted(edits, key=lambda item: item[0])
    for i_unit, unit in enumerate(units):
        if i_unit:
            yield Part(" ")
        at = unit.start
        for span, edit in ordered:
            if span.size == 0 or not unit.holds(span) or span.start < at:
                continue
            if span.start > at:
                yield Part(text[at : span.start])
            kinds = ", ".join(kind.value for kind in edit.kinds)
            yield Part(text[span.start : span.end], mark, kinds, set(edit.kinds) == {EditKind.TRIVIAL})
            at = span.end
        if at < unit.end:
            yield Part(text[at : unit.end])


def excerpted(parts: Iterable[Part], most_words: int = EXCERPT_WORDS) -> list[Part]:
    """Keep the changed words and a few around them, no more than so many words in all."""
    told: list[Part] = []
    every = list(parts)
    room = most_words if any(part.mark for part in every) else min(most_words, OPENING_WORDS)
    for part in _around_changes(every):
        words = part.text.split()
        n_words = len([word for word in words if word != "…"])
        if n_words > room or len(part.text) > 8 * most_words:
            kept = " ".join(words[: max(room, 0)])[: 8 * most_words]
            told.append(replace(part, text=f"{kept} …"))
            return told
        room -= n_words
        told.append(part)
    return told


def _around_changes(parts: list[Part]) -> Iterator[Part]:
    is_changed = any(part.mark for part in parts)
    for i, part in enumerate(parts):
        words = part.text.split()
        if part.mark or not is_changed or len(words) <= 2 * CONTEXT_WORDS:
            yield part
            continue
        before = " ".join(words[-CONTEXT_WORDS:]) + " " if i < len(parts) - 1 else ""
        after = " " + " ".join(words[:CONTEXT_WORDS]) if i else ""
        yield Part(f"{after} … {before}")
