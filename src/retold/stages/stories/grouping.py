"""Grouping of reports by their scores: must-links first, then average-link agglomeration.

Owns the algorithm over indices and numbers; knows nothing of texts. In every round each group names the group it is
most like on the mean over all pairs across, of those it may join, and two that name each other become one. (Average
link gives the same whether such pairs are joined at once or one after the other.) Indices are given in order of content
hash, so ties fall by content hash and the order of input does not matter. ``rounds`` does the same for many reports in
arrays; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retold.stages.stories.scores import SCALE, Pair

COHESION_SHARE = 0.8
"""Two groups of two or more join only if they are across at least this part as alike as inside the looser one: it
keeps two earthquakes apart. Without it B-cubed F1 falls from .921 to .869 on ecbplus train and from .911 to .881 on
allsides; .7 gives .908 and .899. (The gold groups of allsides have 2 or 3 reports, which flatters it there.)"""
ENOUGH = 0.22
"""So alike across, two groups join however alike they are inside: copies of two wires are one story. In a probe .20
cost .01 on ecbplus train and allsides, and .25 won nothing and would part more wires."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two groups that became one: the strongest pair across them and its score, and the mean over all pairs across."""

    a: int
    b: int
    score: int
    mean: float


@dataclass(slots=True)
class _Across:
    """What stands between two groups: the sum of all scores across, the best one and its pair."""

    total: int
    best: int
    pair: Pair

    def add(self, other: _Across) -> None:
        self.total += other.total
        self.best, self.pair = min((self.best, self.pair), (other.best, other.pair), key=lambda one: (-one[0], one[1]))


class _Groups:
    """Groups under way: members, the sum of scores inside each, and what stands between each two that have any."""

    def __init__(self, n: int, scores: Mapping[Pair, int], must_links: Iterable[Pair]) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(n)}
        self.across: dict[int, dict[int, _Across]] = {i: {} for i in range(n)}
        self.inner: dict[int, int] = dict.fromkeys(range(n), 0)
        root = list(range(n))
        for a, b in sorted(must_links):
            keep, drop = sorted((root[a], root[b]))
            if keep != drop:
                for i in self.members[drop]:
                    root[i] = keep
                self.members[keep] += self.members.pop(drop)
        for (i, j), score in scores.items():
            self._add(root[i], root[j], _Across(score, score, (i, j)))

    def _add(self, a: int, b: int, what: _Across) -> None:
        if a == b:
            self.inner[a] += what.total
        elif b in self.across[a]:
            self.across[a][b].add(what)
        else:
            self.across[a][b] = self.across[b][a] = what

    def mean(self, a: int, b: int) -> float:
        """Return the mean score over all pairs across two groups."""
        return self.across[a][b].total / (len(self.members[a]) * len(self.members[b]))

    def cohesion(self, a: int) -> float:
        """Return the mean score over all pairs inside a group; 0 for a single report."""
        n = len(self.members[a])
        return self.inner[a] / (n * (n - 1) // 2) if n > 1 else 0.0

    def may_join(self, a: int, b: int) -> bool:
        """Tell whether two groups are alike across as they are inside."""
        bar = COHESION_SHARE * min(self.cohesion(a), self.cohesion(b))
        return self.mean(a, b) >= min(ENOUGH * SCALE, bar)

    def likest(self, a: int, cut: float) -> int | None:
        """Return the group that this one is most like, of those it may join; of equals the first."""
        means = ((-self.mean(a, b), b) for b in self.across[a] if self.mean(a, b) >= cut and self.may_join(a, b))
        return min(means, default=(0.0, None))[1]

    def join(self, keep: int, drop: int) -> Merge:
        """Make two groups one."""
        mean, between = self.mean(keep, drop), self.across[keep][drop]
        self.inner[keep] += self.inner.pop(drop) + between.total
        self.members[keep] += self.members.pop(drop)
        for other, what in self.across.pop(drop).items():
            del self.across[other][drop]
            if other != keep:
                self._add(keep, other, what)
        return Merge(*between.pair, between.best, mean)


def group(
    n: int, scores: Mapping[Pair, int], must_links: Iterable[Pair], *, cut: float
) -> tuple[list[list[int]], list[Merge]]:
    """Return the groups of ``range(n)`` and the merges made, down to a mean score of ``cut`` (0..1).

    >>> group(3, {(0, 1): SCALE // 2, (1, 2): SCALE // 10}, [], cut=0.2)[0]
    [[0, 1], [2]]
    """
    groups = _Groups(n, scores, must_links)
    merges: list[Merge] = []
    fresh = sorted(groups.members)
    while fresh:
        likest = {a: groups.likest(a, cut * SCALE) for a in groups.members}
        fresh = [a for a, b in likest.items() if b is not None and a < b and likest[b] == a]
        merges.extend(groups.join(a, b) for a in sorted(fresh) if (b := likest[a]) is not None)
    return [sorted(groups.members[i]) for i in sorted(groups.members)], merges
