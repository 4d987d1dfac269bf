"""Scores of reports that share a rare word, for few reports. Twin of ``kernels.likeness``, which says what is what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

UNKNOWN_DAY = -1


def scored(
    days: Sequence[int], texts: Sequence[int],
    finder_starts: Sequence[int], finders: Sequence[int], n_words: int,
    starts: Sequence[int], terms: Sequence[int], n_terms: int, weights: Sequence[int],
    decay: Sequence[int], unknown: int, needed: Sequence[int], unit: int, least: int,
    first: int, among_all: bool,
) -> tuple[list[int], list[int], list[int], int]:  # fmt: skip
    """Return index, index and score from ``least`` on of every pair asked, and how many were asked."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    found: list[tuple[int, int, int]] = []
    n_asked = 0
    vectors = [dict(zip(terms[a:b], weights[a:b], strict=True)) for a, b in pairwise(starts)]
    for i, day in enumerate(days):
        words = finders[finder_starts[i] : finder_starts[i + 1]]
        shared = Counter(j for word in words for j in reversed(holders[word])) if i >= first else Counter()
        for j, n_shared in shared.items():
            apart = abs(day - days[j]) if UNKNOWN_DAY not in (day, days[j]) else None
            if apart is not None and apart >= len(decay):
                continue
            if n_shared < needed[-1 if apart is None else apart]:
                continue
            n_asked += 1
            same = texts[i] != 0 and texts[i] == texts[j]
            alike = sum(weight * vectors[j].get(term, 0) for term, weight in vectors[i].items())
            factor = unknown if apart is None else decay[apart]
            score = (unit * unit if same else min(alike, unit * unit)) * factor // (unit * unit)
            if score >= least:
                found.append((j, i, score))
        if i < first or among_all:
            for word in words:
                holders[word].append(i)
    return [j for j, _, _ in found], [i for _, i, _ in found], [score for _, _, score in found], n_asked
