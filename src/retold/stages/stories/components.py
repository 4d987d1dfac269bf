"""Reports that may end in one group at all: parts of the graph of scores at the cut, and of must-links.

Two groups join only on a mean score of the cut or more, for which one pair must have it; so grouping each part by
itself gives what grouping everything at once gives, and only the scores inside one part are needed at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retold.stages.stories.scores import Pair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Component:
    """Indices of reports in order, and the scores and must-links between them in order of pairs."""

    members: tuple[int, ...]
    scores: Mapping[Pair, float]
    must_links: tuple[Pair, ...]


def components(
    n: int, a: Ints, b: Ints, scores: Floats, must_links: Iterable[Pair], *, cut: float
) -> Iterator[Component]:
    """Give the parts of ``range(n)``; ``a``, ``b``, ``scores`` ``(n_pairs,)`` are the scored pairs, a < b."""
    import numpy as np

    must = sorted(must_links)
    leader = _leaders(n, zip(a[scores >= cut].tolist(), b[scores >= cut].tolist(), strict=True), must)
    linked: dict[int, list[Pair]] = {}
    for pair in must:
        linked.setdefault(int(leader[pair[0]]), []).append(pair)
    order = np.argsort(leader, kind="stable")
    firsts = np.flatnonzero(np.diff(leader[order], prepend=-1))
    inside = np.flatnonzero(leader[a] == leader[b])
    inside = inside[np.lexsort((b[inside], a[inside], leader[a[inside]]))]
    owners = leader[a[inside]]
    for first, end in zip(firsts.tolist(), [*firsts[1:].tolist(), n], strict=True):
        members = tuple(order[first:end].tolist())
        owner = leader[members[0]]
        own = inside[np.searchsorted(owners, owner) : np.searchsorted(owners, owner, side="right")]
        pairs = zip(a[own].tolist(), b[own].tolist(), strict=True)
        own_scores = dict(zip(pairs, scores[own].tolist(), strict=True))
        yield Component(members, own_scores, tuple(linked.get(int(owner), ())))


def _leaders(n: int, *links: Iterable[Pair]) -> Ints:
    """Return for each index the smallest index that links lead to (union-find)."""
    import numpy as np

    leader = list(range(n))

    def leader_of(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    for some in links:
        for i, j in some:
            keep, drop = sorted((leader_of(i), leader_of(j)))
            leader[drop] = keep
    return np.array([leader_of(i) for i in range(n)], np.int64)
