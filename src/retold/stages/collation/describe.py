"""From groups of units to alignments: the change, the edits with their spans, the kinds.

Owns what is told of two aligned passages. Which units are aligned is decided in ``pairs.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from retold.model.story import Change, Edit, EditKind
from retold.stages.collation.diff import Hunk, cut_at_units, hunks, matched, unit_ends
from retold.stages.collation.kinds import Marked, Reading, kinds_of, mark
from retold.stages.collation.pairs import Group, joined
from retold.stages.collation.tokens import Side, Token, Unit, Wording
from retold.text.spans import Span


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a group of units: the change, and the edits in order."""

    change: Change
    edits: tuple[Edit, ...]

    @property
    def kinds(self) -> tuple[EditKind, ...]:
        """The kinds of all edits, sorted."""
        return tuple(sorted({kind for edit in self.edits for kind in edit.kinds}))


@dataclass(frozen=True, slots=True)
class Known:
    """What was told in this story of units of the same wordings, and what those are made of.

    Edits are kept as if both units began at 0; many carriers make, or hand on, the same edit of a sentence.
    """

    told: dict[tuple[Wording, Wording, bool, bool], Told] = field(default_factory=dict)
    marked: dict[Wording, Marked] = field(default_factory=dict)


def tell(a: Side, b: Side, group: Group, known: Known | None = None) -> Told:
    """Return what became of a's units of the group in b.

    Kept units have edits only of kind trivial, and none at all when they are equal character for character.
    """
    units_a, units_b = [a.units[i] for i in group.a], [b.units[j] for j in group.b]
    if _is_verbatim(a.text, units_a, b.text, units_b):
        return Told(Change.KEPT, ())
    before = Known() if known is None else known
    if len(units_a) > 1 or len(units_b) > 1:
        edits = _edits(a.text, units_a, b.text, units_b, group, before)
        return Told(_change(group, edits), edits)
    one, other = units_a[0], units_b[0]
    key = (one.wording, other.wording, group.is_kept, group.is_edited)
    if key not in before.told:
        edits = _edits(a.text, units_a, b.text, units_b, group, before)
        before.told[key] = Told(_change(group, edits), _shifted(edits, -one.span.start, -other.span.start))
    told = before.told[key]
    return Told(told.change, _shifted(told.edits, one.span.start, other.span.start))


def _shifted(edits: Sequence[Edit], by_a: int, by_b: int) -> tuple[Edit, ...]:
    return tuple(
        Edit(Span(e.a.start + by_a, e.a.end + by_a), Span(e.b.start + by_b, e.b.end + by_b), e.kinds) for e in edits
    )


def _is_verbatim(text_a: str, units_a: Sequence[Unit], text_b: str, units_b: Sequence[Unit]) -> bool:
    if len(units_a) > 1 or len(units_b) > 1:
        return False
    a, b = units_a[0].span, units_b[0].span
    return text_a[a.start : a.end] == text_b[b.start : b.end]


def _change(group: Group, edits: Sequence[Edit]) -> Change:
    if len(group.b) > 1:
        return Change.SPLIT
    if len(group.a) > 1:
        return Change.MERGED
    if all(edit.kinds == (EditKind.TRIVIAL,) for edit in edits) and group.is_kept:
        return Change.KEPT
    return Change.EDITED if group.is_edited or group.is_kept else Change.REWRITTEN


def _edits(
    text_a: str, units_a: Sequence[Unit], text_b: str, units_b: Sequence[Unit], group: Group, known: Known
) -> tuple[Edit, ...]:
    tokens_a, tokens_b = joined(units_a).tokens, joined(units_b).tokens
    if not tokens_a or not tokens_b:
        return (Edit(units_a[0].span, units_b[0].span, (EditKind.TRIVIAL,)),)
    ends_a, ends_b = unit_ends(units_a), unit_ends(units_b)
    found = [] if group.is_kept else cut_at_units(hunks(tokens_a, tokens_b), ends_a, ends_b)
    readings = _read(text_a, units_a, known), _read(text_b, units_b, known)
    is_rewritten = not group.is_edited and len(units_a) == len(units_b) == 1
    kinds = kinds_of(*readings, found, is_rewritten=is_rewritten) if found else []
    edits = [
        Edit(
            _span(tokens_a, units_a, ends_a, hunk.i1, hunk.i2),
            _span(tokens_b, units_b, ends_b, hunk.j1, hunk.j2),
            tuple(sorted(kind)),
        )
        for hunk, kind in zip(found, kinds, strict=True)
    ]
    edits += _small_edits(text_a, units_a, text_b, units_b, found)
    return tuple(sorted(edits, key=lambda edit: (edit.a, edit.b)))


def _read(text: str, units: Sequence[Unit], known: Known) -> Reading:
    """Return the side as it is read for the kinds of its edits."""
    whole = joined(units)
    if whole.wording not in known.marked:
        known.marked[whole.wording] = mark(text, whole.tokens)
    return Reading(whole.tokens, known.marked[whole.wording])


def _span(tokens: Sequence[Token], units: Sequence[Unit], ends: Sequence[int], start: int, end: int) -> Span:
    """Return the characters of the tokens; for none, the empty place where they would stand."""
    if start < end:
        return Span(tokens[start].start, tokens[end - 1].end)
    if start < len(tokens) and (start not in ends or start == 0):
        return Span(tokens[start].start, tokens[start].start)
    at = tokens[start - 1].end if start else units[0].span.start
    return Span(at, at)


def _small_edits(
    text_a: str, units_a: Sequence[Unit], text_b: str, units_b: Sequence[Unit], found: Sequence[Hunk]
) -> list[Edit]:
    """Return the edits of case and punctuation among equal tokens.

    Quotation marks set or taken inside a sentence are of kind quote.
    """
    a, b = joined(units_a).tokens, joined(units_b).tokens
    same = [(i, j) for i, j in matched(found, len(a)) if i < len(a) and j < len(b)]
    edits = []
    for i, j in same:
        if text_a[a[i].start : a[i].end] != text_b[b[j].start : b[j].end]:
            spans = Span(a[i].start, a[i].end), Span(b[j].start, b[j].end)
            edits.append(Edit(*spans, (EditKind.TRIVIAL,)))
    borders = [(-1, -1), *same, (len(a), len(b))]
    gaps_a, gaps_b = _gaps(a, units_a), _gaps(b, units_b)
    for (i1, j1), (i2, j2) in pairwise(borders):
        gap_a, gap_b = gaps_a.get(i2), gaps_b.get(j2)
        if i2 != i1 + 1 or j2 != j1 + 1 or gap_a is None or gap_b is None:
            continue
        one, other = text_a[gap_a.start : gap_a.end], text_b[gap_b.start : gap_b.end]
        if one != other:
            is_inside = i1 >= 0 and i2 < len(a)  # marks round a whole sentence only say who prints it as speech
            flips = is_inside and any(_flips(a, b, i, j) for i, j in ((i1, j1), (i2, j2)))
            kind = EditKind.QUOTE if flips and _marks(one) != _marks(other) else EditKind.TRIVIAL
            edits.append(Edit(gap_a, gap_b, (kind,)))
    return edits


def _flips(a: Sequence[Token], b: Sequence[Token], i: int, j: int) -> bool:
    return 0 <= i < len(a) and 0 <= j < len(b) and a[i].quoted != b[j].quoted


def _marks(gap: str) -> int:
    return sum(c in "\"“”„«»'‘’" for c in gap)


def _gaps(tokens: Sequence[Token], units: Sequence[Unit]) -> dict[int, Span]:
    """Return what stands before each token inside its unit, by index; ``len(tokens)`` is what ends the last unit."""
    gaps: dict[int, Span] = {}
    n, before = 0, units[-1].span.start
    for unit in units:
        before = unit.span.start
        for token in unit.tokens:
            gaps[n] = Span(before, token.start)
            before, n = token.end, n + 1
    gaps[n] = Span(before, units[-1].span.end)
    for n in unit_ends(units)[:-1]:
        gaps.pop(n, None)  # between two sentences stands more than punctuation
    return gaps
