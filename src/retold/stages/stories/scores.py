"""How alike two reports are, and which pairs are worth the asking.

Owns the score of a pair and the choice of candidate pairs (rare terms in common, inside a window of time).
What is done with the scores stands in ``grouping``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from retold.stages.stories.features import Features, Vector
from retold.stages.stories.profiles import Compared, Moment

TEXT_SHARE, NAMES_SHARE, LEAD_SHARE = 0.5, 0.3, 0.2
"""Parts of the score. (.5, .3, .2), (.4, .3, .3), (.6, .2, .2) and (.4, .4, .2) lie within .005 of B-cubed F1."""
DECAY_DAYS = 5.0
"""A pair's score falls by e in this time (4 and 5 are level on allsides, 3 costs basil .01, 8 costs .006)."""
UNKNOWN_FACTOR = 0.75
"""Takes the place of the decay where a date is unknown: text alone decides, with a stricter bar. .7 to .8 are
level on allsides and ecbplus train; 1.0 costs .01 on allsides."""
WINDOW_DAYS = 14
"""No pair further apart is asked: even identical texts would score .06. (Copies are joined by their matches.)"""
N_TEXT_TERMS, N_NAME_TERMS, N_LEAD_TERMS = 24, 8, 8
"""Heaviest terms of each vector by which candidates are found; 60 text terms make 3 times the pairs, no gain."""

Pair = tuple[int, int]
"""Indices of two profiles, the smaller first."""


def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product of two sparse vectors."""
    if len(a) > len(b):
        a, b = b, a
    return math.fsum(weight * b[key] for key, weight in a.items() if key in b)


def days_apart(a: Moment | None, b: Moment | None) -> int | None:
    """Return the number of days between two moments' printed days; None when either is unknown."""
    return abs((a.day - b.day).days) if a and b else None


def score_of(a: Compared, b: Compared) -> float:
    """Return the likeness (0..1) of two reports, less for every day between them."""
    same = a.text_hash is not None and a.text_hash == b.text_hash
    alike = 1.0 if same else likeness(a.features, b.features)
    apart = days_apart(a.moment, b.moment)
    return alike * (UNKNOWN_FACTOR if apart is None else math.exp(-apart / DECAY_DAYS))


def likeness(a: Features, b: Features) -> float:
    """Return how alike two reports are (0..1), whenever they were published."""
    alike = TEXT_SHARE * dot(a.text, b.text) + NAMES_SHARE * dot(a.names, b.names) + LEAD_SHARE * dot(a.lead, b.lead)
    return min(1.0, alike)


def heaviest_terms(features: Features) -> frozenset[str]:
    """Return the terms a report is found by."""
    parts = ((features.text, N_TEXT_TERMS), (features.names, N_NAME_TERMS), (features.lead, N_LEAD_TERMS))
    return frozenset(
        key for vector, n in parts for key, _ in sorted(vector.items(), key=lambda term: (-term[1], term[0]))[:n]
    )


def candidate_pairs(profiles: Sequence[Compared]) -> list[Pair]:
    """Return the pairs that share a heavy term and are not known to lie too far apart, sorted.

    Time grows with the pairs that share a term: some 40 per report in a mixed archive.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: list[Pair] = []
    for i, profile in enumerate(profiles):
        terms = heaviest_terms(profile.features)
        for j in sorted({j for term in terms for j in holders[term]}):
            apart = days_apart(profile.moment, profiles[j].moment)
            if apart is None or apart <= WINDOW_DAYS:
                found.append((j, i))
        for term in terms:
            holders[term].append(i)
    return sorted(found)


def score_pairs(profiles: Sequence[Compared]) -> dict[Pair, float]:
    """Return the scores above 0 of the candidate pairs."""
    scored = ((pair, score_of(profiles[pair[0]], profiles[pair[1]])) for pair in candidate_pairs(profiles))
    return {pair: score for pair, score in scored if score > 0}
