"""Statements told in wholly other words: units whose only likely counterpart in the other report is each other.

Owns what is aligned beyond the borders of ``likeness``, among units that nothing else has claimed: not by how alike two
units are alone, but by whether either has a better counterpart, whether both are leads, and what stands beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from retold.stages.collation.assignment import Edge, heaviest_matching
from retold.stages.collation.likeness import CANDIDATE_SHARE, Weights, candidates
from retold.stages.collation.tokens import Side, Unit

# A logistic regression over the pairs of units of the nine open groups read by hand (tests/gate/groups), scaled so that
# ``share`` counts 1; then, by 60 pairs read of 123 other open groups (docs/reading/collation-4.md), the border was
# moved up and the leads' part down; at 1.2 the sealed groups' links are .888 (1.25: .886), but their kinds, on more and
# harder links, fall under their floor. Never fitted on the sealed groups.
BOTH_LEADS = 0.35
"""The first units of two reports of one story tell the same more often than not."""
N_LEADS = 2
ONLY_LIKELY = 0.75
"""For a pair than which neither unit has a better one; less in proportion where one has."""
BESIDE = 0.12
"""For each aligned pair within two units before or after both ..."""
MOST_BESIDE, REACH = 3, 2
"""... up to so many."""
LIKELY = 1.25
LEAST_WORDS, LEAST_PLAIN = 4, 1
"""So many words in both, and so many common telling words that are no names, at least."""


def counterparts(a: Side, b: Side, linked: Collection[Edge], weights: Weights) -> list[Edge]:
    """Return further pairs of units, neither of which is linked yet; one to one."""
    done_a, done_b = {i for i, _ in linked}, {j for _, j in linked}
    near_a = _shares(a, b, candidates(a, b, weights, done_a), weights)
    near_b = _shares(a, b, ((i, j) for j, i in candidates(b, a, weights, done_b)), weights)
    rivals_a, rivals_b = _best_two(near_a, 0), _best_two(near_b, 1)
    beside = frozenset(linked)
    scored: dict[Edge, float] = {}
    for (i, j), share in near_a.items():
        if j in done_b or (i, j) not in near_b:
            continue
        rival = max(_other(rivals_a[i], j), _other(rivals_b[j], i))
        score = share + ONLY_LIKELY * share / max(share, rival) + BESIDE * _n_beside(i, j, beside)
        score += BOTH_LEADS * (i < N_LEADS and j < N_LEADS)
        if score >= LIKELY and _may_answer(a.units[i], b.units[j], weights):
            scored[i, j] = score
    return heaviest_matching(scored)


def _may_answer(one: Unit, other: Unit, weights: Weights) -> bool:
    n_words = min(len(one.folds), len(other.folds))
    return n_words >= LEAST_WORDS and weights.likeness(one, other).plain >= LEAST_PLAIN


def _shares(a: Side, b: Side, pairs: Iterable[Edge], weights: Weights) -> dict[Edge, float]:
    """Return the share of each pair that has enough in common to be looked at."""
    found = {(i, j): weights.likeness(a.units[i], b.units[j]).share for i, j in pairs}
    return {pair: share for pair, share in found.items() if share >= CANDIDATE_SHARE}


def _best_two(shares: dict[Edge, float], side: int) -> dict[int, list[tuple[float, int]]]:
    """Return for each unit of a side its two best counterparts."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for pair, share in shares.items():
        found[pair[side]].append((share, pair[1 - side]))
    return {unit: sorted(others, key=lambda other: (-other[0], other[1]))[:2] for unit, others in found.items()}


def _other(best: list[tuple[float, int]], counterpart: int) -> float:
    """Return the share of the best counterpart but this one."""
    return next((share for share, unit in best if unit != counterpart), 0.0)


def _n_beside(i: int, j: int, linked: Collection[Edge]) -> int:
    """Count the linked pairs shortly before both units, and shortly after both."""
    steps = range(1, REACH + 1)
    near = sum((i + sign * k, j + sign * m) in linked for sign in (-1, 1) for k in steps for m in steps)
    return min(MOST_BESIDE, near)
