"""How claims are scored against the attributions of a hand-made set: matching role by role, and right speakers.

Owns the counting only. An attribution has three roles, each a list of pieces; a role's pieces are one item. Items match
one to one: by sharing a character (overlap), or by being equal once quotes and blanks are trimmed (exact).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

Pieces = tuple[tuple[int, int], ...]
ROLES = ("source", "cue", "content")
_TRIMMED = " \t\n\r\"'“”‘’.,;:"


class Attribution(NamedTuple):
    """Who said what: the pieces of each role, possibly none."""

    source: Pieces
    cue: Pieces
    content: Pieces


def touches(a: Pieces, b: Pieces) -> bool:
    return any(s < f and e < t for s, t in a for e, f in b)


def trimmed(text: str, pieces: Pieces) -> Pieces:
    found = []
    for start, end in pieces:
        while end > start and text[end - 1] in _TRIMMED:
            end -= 1
        while start < end and text[start] in _TRIMMED:
            start += 1
        found.append((start, end))
    return tuple(found)


def matched(edges: Sequence[Sequence[int]], n_right: int) -> list[int]:
    """Return for each item of the right side its partner of the left in a largest matching, or -1."""
    partner = [-1] * n_right

    def place(left: int, seen: set[int]) -> bool:
        for right in edges[left]:
            if right not in seen:
                seen.add(right)
                if partner[right] < 0 or place(partner[right], seen):
                    partner[right] = left
                    return True
        return False

    for left in range(len(edges)):
        place(left, set())
    return partner


def count(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Counter[str]:
    """Return the counts of one document: per role matches, and the two totals."""
    counts: Counter[str] = Counter()
    for role in ROLES:
        wanted = [getattr(a, role) for a in gold if getattr(a, role)]
        told = [getattr(a, role) for a in found if getattr(a, role)]
        counts[f"{role} gold"] += len(wanted)
        counts[f"{role} found"] += len(told)
        edges = [[j for j, b in enumerate(told) if touches(a, b)] for a in wanted]
        counts[f"{role} overlap"] += sum(p >= 0 for p in matched(edges, len(told)))
        exact = Counter(trimmed(text, a) for a in wanted) & Counter(trimmed(text, b) for b in told)
        counts[f"{role} exact"] += exact.total()
    _count_linked(counts, gold, found)
    _count_speakers(counts, text, gold, found)
    return counts


def _count_linked(counts: Counter[str], gold: Sequence[Attribution], found: Sequence[Attribution]) -> None:
    """Count roles that match inside pairs of attributions matched by content (cue and source breaking ties)."""
    edges = []
    for a in gold:
        near = [j for j, b in enumerate(found) if touches(a.content, b.content)]
        near.sort(key=lambda j: (not touches(a.cue, found[j].cue), not touches(a.source, found[j].source), j))
        edges.append(near)
    # First those whose cue matches too, so that nested contents find their own partner.
    best = matched(
        [[j for j in e if touches(a.cue, found[j].cue)] for a, e in zip(gold, edges, strict=True)], len(found)
    )
    taken = {p for p in best if p >= 0}
    rest = [[j for j in e if best[j] < 0] if i not in taken else [] for i, e in enumerate(edges)]
    other = matched(rest, len(found))
    for j, b in enumerate(found):
        i = best[j] if best[j] >= 0 else other[j]
        if i >= 0:
            counts["linked content"] += 1
            counts["linked source"] += touches(gold[i].source, b.source)
            counts["linked cue"] += touches(gold[i].cue, b.cue)


def is_quoted(text: str, pieces: Pieces) -> bool:
    return bool(pieces) and all(
        (text[s] in '"“' and text[e - 1] in '"”') or text[s : s + 2] == "''" == text[e - 2 : e] for s, e in pieces
    )


def _count_speakers(counts: Counter[str], text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> None:
    """Count fully quoted contents with a source, those covered by a claim, and those with the right source."""
    for a in gold:
        if a.source and is_quoted(text, a.content):
            counts["quoted"] += 1
            over = [b for b in found if touches(a.content, b.content)]
            covering = [
                b for b in over if all(any(s <= e + 2 and f <= t + 2 for s, t in b.content) for e, f in a.content[:1])
            ]
            counts["quoted found"] += bool(over)
            counts["right speaker"] += any(touches(a.source, b.source) for b in covering or over)
            counts["wrong speaker"] += bool(over) and not any(touches(a.source, b.source) for b in over)


def f1(counts: Counter[str], role: str, how: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a role."""
    hit, told, wanted = counts[f"{role} {how}"], counts[f"{role} found"], counts[f"{role} gold"]
    precision, recall = hit / max(told, 1), hit / max(wanted, 1)
    return precision, recall, 2 * hit / max(told + wanted, 1)


def table(counts: Counter[str]) -> str:
    lines = [f"{'role':8} {'overlap P':>9} {'R':>5} {'F1':>5} {'exact F1':>9} {'linked F1':>9}"]
    for role in ROLES:
        p, r, f = f1(counts, role, "overlap")
        linked = 2 * counts[f"linked {role}"] / max(counts[f"{role} gold"] + counts[f"{role} found"], 1)
        lines.append(f"{role:8} {p:9.3f} {r:5.3f} {f:5.3f} {f1(counts, role, 'exact')[2]:9.3f} {linked:9.3f}")
    n = max(counts["quoted"], 1)
    lines.append(
        f"directly quoted {counts['quoted']}: found {counts['quoted found'] / n:.3f}, "
        f"right speaker {counts['right speaker'] / n:.3f}, wrong speaker {counts['wrong speaker'] / n:.3f}"
    )
    return "\n".join(lines)
