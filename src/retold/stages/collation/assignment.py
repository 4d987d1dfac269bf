"""Two small optimisations: the heaviest one-to-one matching of a sparse graph, and the heaviest increasing chain.

Plain arithmetic over indices and weights; deterministic, ties go to the lower indices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

Edge = tuple[int, int]

EXACT_EDGES = 400
"""Components with more edges than this are matched greedily; real pages stay far below (lists of boilerplate)."""


def heaviest_matching(weights: Mapping[Edge, float]) -> list[Edge]:
    """Return the edges of a one-to-one matching with the largest sum of (positive) weights, sorted.

    >>> heaviest_matching({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8})
    [(0, 1), (1, 0)]
    """
    found: list[Edge] = []
    for edges in _components(weights):
        part = {edge: weights[edge] for edge in edges}
        found.extend(_augment(part) if len(part) <= EXACT_EDGES else _greedy(part))
    return sorted(found)


def _components(weights: Mapping[Edge, float]) -> list[list[Edge]]:
    """Cut the graph into connected parts."""
    of_left: dict[int, list[Edge]] = defaultdict(list)
    of_right: dict[int, list[Edge]] = defaultdict(list)
    for edge in sorted(weights):
        of_left[edge[0]].append(edge)
        of_right[edge[1]].append(edge)
    seen: set[Edge] = set()
    parts = []
    for edge in sorted(weights):
        if edge in seen:
            continue
        part, todo = [], [edge]
        seen.add(edge)
        while todo:
            at = todo.pop()
            part.append(at)
            for near in of_left[at[0]] + of_right[at[1]]:
                if near not in seen:
                    seen.add(near)
                    todo.append(near)
        parts.append(sorted(part))
    return parts


def _greedy(weights: Mapping[Edge, float]) -> list[Edge]:
    left: set[int] = set()
    right: set[int] = set()
    found = []
    for edge in sorted(weights, key=lambda e: (-weights[e], e)):
        if edge[0] not in left and edge[1] not in right:
            left.add(edge[0])
            right.add(edge[1])
            found.append(edge)
    return found


def _augment(weights: Mapping[Edge, float]) -> list[Edge]:
    """Grow the matching by the best augmenting path until none gains (successive shortest paths, Bellman-Ford)."""
    of_left: dict[int, list[int]] = defaultdict(list)
    for i, j in sorted(weights):
        of_left[i].append(j)
    partner_of_left: dict[int, int] = {}
    partner_of_right: dict[int, int] = {}
    while True:
        path = _best_path(weights, of_left, partner_of_left, partner_of_right)
        if not path:
            return sorted(partner_of_left.items())
        for i, j in path:
            partner_of_left[i], partner_of_right[j] = j, i


def _best_path(
    weights: Mapping[Edge, float],
    of_left: Mapping[int, Sequence[int]],
    partner_of_left: Mapping[int, int],
    partner_of_right: Mapping[int, int],
) -> list[Edge]:
    """Return the new edges of the augmenting path that gains most, or none if no path gains."""
    gain = {i: 0.0 for i in of_left if i not in partner_of_left}
    came: dict[int, int] = {}
    best_at: dict[int, float] = {}
    for _ in range(len(of_left)):
        changed = False
        for i in sorted(gain):
            for j in of_left[i]:
                value = gain[i] + weights[i, j]
                if partner_of_left.get(i) == j or value <= best_at.get(j, 0.0) + 1e-9:
                    continue
                best_at[j], came[j], changed = value, i, True
                if j in partner_of_right:
                    k = partner_of_right[j]
                    gain[k] = value - weights[k, j]
        if not changed:
            break
    ends = [(-value, j) for j, value in best_at.items() if j not in partner_of_right]
    return _path_back(min(ends)[1], came, partner_of_left) if ends else []


def _path_back(end: int, came: Mapping[int, int], partner_of_left: Mapping[int, int]) -> list[Edge]:
    path: list[Edge] = []
    j: int | None = end
    while j is not None:
        i = came[j]
        path.append((i, j))
        j = partner_of_left.get(i)
    return path


def main_order(items: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return which of the items ``(place, words)`` stay in place: the longest chain of increasing places.

    Of chains of equal length the one with more words; then the earliest. O(n log n).

    >>> sorted(main_order([(4, 9), (0, 5), (1, 5)]))
    [1, 2]
    """
    places = sorted({place for place, _ in items})
    rank = {place: i + 1 for i, place in enumerate(places)}
    tree: list[tuple[int, int, int]] = [(0, 0, -1)] * (len(places) + 1)  # Fenwick: best (length, words, item)
    before = []
    best = (0, 0, -1)
    for i, (place, words) in enumerate(items):
        top = (0, 0, -1)
        at = rank[place] - 1
        while at > 0:
            top = _longer(top, tree[at])
            at -= at & -at
        before.append(top[2])
        mine = (top[0] + 1, top[1] + words, i)
        best = _longer(best, mine)
        at = rank[place]
        while at < len(tree):
            tree[at] = _longer(tree[at], mine)
            at += at & -at
    stays = set()
    i = best[2]
    while i >= 0:
        stays.add(i)
        i = before[i]
    return frozenset(stays)


def _longer(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return other if other[:2] > one[:2] else one
