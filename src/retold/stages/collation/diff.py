"""Where two aligned units differ: hunks of tokens, and of the punctuation between equal tokens.

Owns the token alignment inside aligned units and its tidying; what kind of edit a hunk is, is said in ``kinds.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from retold.stages.collation.tokens import Token, Unit
from retold.stages.collation.words import STOPWORDS

Range = tuple[int, int]

# Above this many cells the quadratic aligner gives way to rapidfuzz's bit-parallel one.
PLAIN_CELLS = 40_000
# An island of at most so many equal stopwords between two edits is no anchor.
ISLAND = 2


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens ``[i1, i2)`` of a against ``[j1, j2)`` of b that differ; one range may be empty."""

    i1: int
    i2: int
    j1: int
    j2: int


def hunks(a: Sequence[Token], b: Sequence[Token]) -> list[Hunk]:
    """Return the stretches in which two token rows differ, in order, tidied.

    Tokens equal but for spelling are matched to each other and give hunks of one token each.
    """
    found: list[Hunk] = []
    for i1, i2, j1, j2 in _tidied(a, _different(a, b)):
        found.append(Hunk(i1, i2, j1, j2))
    for i, j in matched(found, len(a)):
        if a[i].key != b[j].key:
            found.append(Hunk(i, i + 1, j, j + 1))
    return sorted(found, key=lambda h: (h.i1, h.j1, h.i2, h.j2))


def _different(a: Sequence[Token], b: Sequence[Token]) -> list[tuple[int, int, int, int]]:
    folds_a, folds_b = [token.fold for token in a], [token.fold for token in b]
    if len(a) * len(b) > PLAIN_CELLS:
        ops = LCSseq.opcodes(folds_a, folds_b)
        raw = [(o.src_start, o.src_end, o.dest_start, o.dest_end) for o in ops if o.tag != "equal"]
        return _joined(raw)
    codes = SequenceMatcher(None, folds_a, folds_b, autojunk=False).get_opcodes()
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _joined(raw: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join a deletion and an insertion that touch into one replacement."""
    found: list[tuple[int, int, int, int]] = []
    for i1, i2, j1, j2 in raw:
        if found and found[-1][1] == i1 and found[-1][3] == j1:
            found[-1] = (found[-1][0], i2, found[-1][2], j2)
        else:
            found.append((i1, i2, j1, j2))
    return found


def _tidied(a: Sequence[Token], raw: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join edits that only an island of one or two equal stopwords parts, where both edits are replacements or long."""
    found: list[tuple[int, int, int, int]] = []
    for i1, i2, j1, j2 in raw:
        if found:
            p1, p2, q1, q2 = found[-1]
            island = a[p2:i1]
            around = min(p2 - p1 + q2 - q1, i2 - i1 + j2 - j1)
            if len(island) <= ISLAND and around >= 2 and all(token.fold in STOPWORDS for token in island):
                found[-1] = (p1, i2, q1, j2)
                continue
        found.append((i1, i2, j1, j2))
    return found


def matched(found: Sequence[Hunk], n_a: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of tokens outside the hunks, in order."""
    i = j = 0
    for hunk in sorted(found, key=lambda h: (h.i1, h.j1)):
        yield from zip(range(i, hunk.i1), range(j, hunk.j1), strict=True)
        i, j = hunk.i2, hunk.j2
    yield from ((i + k, j + k) for k in range(n_a - i))


def cut_at_units(found: Sequence[Hunk], ends_a: Sequence[int], ends_b: Sequence[int]) -> list[Hunk]:
    """Cut hunks where a unit ends inside them, so that no edit spans what stands between two sentences."""
    done = []
    for hunk in found:
        cuts_a = [hunk.i1, *(e for e in ends_a if hunk.i1 < e < hunk.i2), hunk.i2]
        cuts_b = [hunk.j1, *(e for e in ends_b if hunk.j1 < e < hunk.j2), hunk.j2]
        n = max(len(cuts_a), len(cuts_b))
        cuts_a += [hunk.i2] * (n - len(cuts_a))
        cuts_b += [hunk.j2] * (n - len(cuts_b))
        done += [Hunk(cuts_a[k], cuts_a[k + 1], cuts_b[k], cuts_b[k + 1]) for k in range(n - 1)]
    return done


def unit_ends(units: Sequence[Unit]) -> list[int]:
    """Return the number of tokens up to the end of each unit."""
    ends, n = [], 0
    for unit in units:
        n += len(unit.tokens)
        ends.append(n)
    return ends
