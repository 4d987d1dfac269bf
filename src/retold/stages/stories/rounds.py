"""Grouping of many reports in arrays. ``grouping`` defines it.

Pairs across two groups are held once, as sum, best score and best pair; in a round only what touches a group that
became another is summed anew, so a round costs some passes over the pairs that are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retold.stages.stories.grouping import COHESION_SHARE, ENOUGH
from retold.stages.stories.scores import SCALE, Pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Merges:
    """The merges made, each column ``(n_merges,)``: the strongest pair across, its score, the mean over all pairs."""

    a: Ints
    b: Ints
    score: Ints
    mean: Floats


@dataclass(slots=True)
class _Across:
    """Pairs of groups ``x < y``, each once: sum of the scores across, best score, first pair that has it."""

    x: Ints
    y: Ints
    total: Ints
    best: Ints
    a: Ints
    b: Ints

    def only(self, which: NDArray[np.bool_]) -> _Across:
        return _Across(self.x[which], self.y[which], self.total[which], self.best[which], self.a[which], self.b[which])


def joined(n: int, a: Ints, b: Ints, scores: Ints, must_links: Iterable[Pair], *, cut: float) -> tuple[Ints, Merges]:
    """Return the first member of the group of each of ``range(n)``, and the merges made.

    ``a``, ``b``, ``scores`` ``(n_pairs,)`` are the scored pairs, a < b.
    """
    must = tuple(must_links)
    near = _in_reach(n, a, b, scores, must, cut)
    a, b, scores = a[near], b[near], scores[near]
    leader = leaders(n, must)
    size = np.bincount(leader, minlength=n).astype(np.float64)
    inner = np.zeros(n, np.int64)
    x, y = leader[a], leader[b]
    inside = x == y
    np.add.at(inner, x[inside], scores[inside])
    pairs = _summed(_Across(x, y, scores, scores, a, b).only(~inside), n)
    made: list[_Across] = []
    means: list[Floats] = []
    while True:
        mean = pairs.total / (size[pairs.x] * size[pairs.y])
        chosen = _mutual(pairs, mean, np.flatnonzero(_may_join(pairs, mean, size, inner, cut)), n)
        if not chosen.any():
            break
        new = pairs.only(chosen)
        made.append(new)
        means.append(mean[chosen])
        inner[new.x] += inner[new.y] + new.total
        size[new.x] += size[new.y]
        to = np.arange(n)
        to[new.y] = new.x
        leader = to[leader]
        pairs = _moved(pairs.only(~chosen), to, n)
    return leader, _merges(made, means)


def _in_reach(n: int, a: Ints, b: Ints, scores: Ints, must: Sequence[Pair], cut: float) -> NDArray[np.bool_]:
    """Tell which pairs stand within the reach of one group.

    A mean of the cut takes one pair of it, so groups are made of reports that such pairs and must-links lead between;
    what other pairs score is never asked.
    """
    strong = scores >= cut * SCALE
    reach = leaders(n, [*must, *zip(a[strong].tolist(), b[strong].tolist(), strict=True)])
    return np.asarray(reach[a] == reach[b])


def leaders(n: int, links: Iterable[Pair]) -> Ints:
    """Return for each index the smallest index that links lead to (union-find)."""
    leader = list(range(n))

    def leader_of(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for i, j in links:
        keep, drop = sorted((leader_of(i), leader_of(j)))
        leader[drop] = keep
    return np.array([leader_of(i) for i in range(n)], np.int64)


def _merges(made: list[_Across], means: list[Floats]) -> Merges:
    def column(name: str) -> Ints:
        return np.concatenate([getattr(one, name) for one in made]) if made else np.empty(0, np.int64)

    return Merges(column("a"), column("b"), column("best"), np.concatenate(means) if means else np.empty(0, np.float64))


def _summed(pairs: _Across, n: int) -> _Across:
    """Return the pairs of groups with all that stands between two of them in one row, ordered by the two."""
    x, y = np.minimum(pairs.x, pairs.y), np.maximum(pairs.x, pairs.y)
    order = np.argsort(x * n + y)
    x, y, best = x[order], y[order], pairs.best[order]
    firsts = np.flatnonzero(np.diff(x * n + y, prepend=-1))
    if not firsts.size:
        return pairs
    total, top = np.add.reduceat(pairs.total[order], firsts), np.maximum.reduceat(best, firsts)
    lengths = np.diff(np.append(firsts, order.size))
    # Of pairs that have the best score the first one: none is as high as n * n.
    name = np.where(best == np.repeat(top, lengths), (pairs.a * n + pairs.b)[order], n * n)
    first_pair = np.minimum.reduceat(name, firsts)
    return _Across(x[firsts], y[firsts], total, top, first_pair // n, first_pair % n)


def _moved(pairs: _Across, to: Ints, n: int) -> _Across:
    """Return the pairs of groups after some have become part of others."""
    is_merged = np.zeros(n, np.bool_)
    gone = np.flatnonzero(to != np.arange(n))
    is_merged[gone] = is_merged[to[gone]] = True
    touched = is_merged[pairs.x] | is_merged[pairs.y]
    left, changed = pairs.only(~touched), pairs.only(touched)
    changed.x, changed.y = to[changed.x], to[changed.y]
    new = _summed(changed, n)
    return _Across(
        *(np.concatenate((getattr(left, name), getattr(new, name))) for name in ("x", "y", "total", "best", "a", "b"))
    )


def _may_join(pairs: _Across, mean: Floats, size: Floats, inner: Ints, cut: float) -> NDArray[np.bool_]:
    n_inside = np.maximum(size * (size - 1) // 2, 1)
    cohesion = inner / n_inside
    bar = COHESION_SHARE * np.minimum(cohesion[pairs.x], cohesion[pairs.y])
    return np.asarray((mean >= cut * SCALE) & (mean >= np.minimum(ENOUGH * SCALE, bar)))


def _mutual(pairs: _Across, mean: Floats, allowed: Ints, n: int) -> NDArray[np.bool_]:
    """Tell which pairs of groups name each other as the one they are most like."""
    one = np.concatenate((pairs.x[allowed], pairs.y[allowed]))
    other = np.concatenate((pairs.y[allowed], pairs.x[allowed]))
    order = np.lexsort((other, -np.tile(mean[allowed], 2), one))
    firsts = order[np.flatnonzero(np.diff(one[order], prepend=-1))]
    likest = np.full(n, -1, np.int64)
    likest[one[firsts]] = other[firsts]
    chosen = np.zeros(mean.size, np.bool_)
    x, y = pairs.x[allowed], pairs.y[allowed]
    chosen[allowed[(likest[x] == y) & (likest[y] == x)]] = True
    return chosen
