"""Groups that have grown past a bound, looked at again: what is alike within stays, the rest is parted.

A running affair can grow report by report into one group of hundreds, on a mean that falls with every one. Such a group
is formed anew from its own scores at the stricter bar; its pieces are stories of one saga. One whose reports are alike
(a wire that everyone prints) is left whole, however large. ``parted_in_arrays`` does the same in arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from retold.stages.stories.grouping import ENOUGH, Merge, group
from retold.stages.stories.scores import SCALE, Pair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retold.stages.stories.rounds import Merges

    Ints = NDArray[np.int64]

LARGE = 64
"""Reports from which a group is looked at again; the largest of the 20,156 of allsides has 36, where this changes
nothing. Chosen as the size from which nobody reads a story whole."""
LONG_DAYS = 28
"""So is a group whose dated reports lie further apart: twice what a single pair may."""
NO_DAY = -1


def parted(
    groups: Sequence[Sequence[int]],
    merges: Sequence[Merge],
    scores: Mapping[Pair, int],
    must_links: Iterable[Pair],
    days: Sequence[int],
) -> tuple[list[list[int]], list[Merge], dict[int, int]]:
    """Return the groups and merges after all that are past a bound were looked at again.

    The third value names, for each index of a group that was parted, the first index of the whole.
    """
    found: list[list[int]] = []
    whole: dict[int, int] = {}
    kept = list(merges)
    must = tuple(must_links)
    for members in groups:
        own = (
            {pair: score for pair, score in scores.items() if _are_in(pair, members)} if _is_past(members, days) else {}
        )
        if not own or _is_alike(sum(own.values()), len(members)):
            found.append(list(members))
            continue
        place = {i: at for at, i in enumerate(members)}
        local = {(place[i], place[j]): score for (i, j), score in own.items()}
        linked = [(place[i], place[j]) for i, j in must if i in place and j in place]
        pieces, made = group(len(members), local, linked, cut=ENOUGH)
        found.extend([members[at] for at in piece] for piece in pieces)
        kept = [merge for merge in kept if merge.a not in place]
        kept.extend(Merge(members[one.a], members[one.b], one.score, one.mean) for one in made)
        if len(pieces) > 1:
            whole.update(dict.fromkeys(members, members[0]))
    return sorted(found), kept, whole


def _are_in(pair: Pair, members: Sequence[int]) -> bool:
    return pair[0] in members and pair[1] in members


def _is_past(members: Sequence[int], days: Sequence[int]) -> bool:
    known = [days[i] for i in members if days[i] != NO_DAY]
    return len(members) > LARGE or (len(known) > 1 and max(known) - min(known) > LONG_DAYS)


def _is_alike(total: int, n: int) -> bool:
    """Tell whether the mean score over all pairs of a group is that of one event, however many tell it."""
    return total >= ENOUGH * SCALE * (n * (n - 1) // 2)


def parted_in_arrays(
    leader: Ints, merges: Merges, pairs: tuple[Ints, Ints, Ints], must_links: Iterable[Pair], days: Ints
) -> tuple[Ints, Merges, dict[int, int]]:
    """Return what ``parted`` returns: the first member of each one's group, the merges, the wholes.

    ``pairs`` are the columns a, b and score of the scored pairs.
    """
    import numpy as np

    from retold.stages.stories.rounds import Merges, joined

    a, b, score = pairs
    leader, whole = leader.copy(), {}
    must = tuple(must_links)
    for first in _past_in_arrays(leader, days):
        members = np.flatnonzero(leader == first)
        inside = np.flatnonzero((leader[a] == first) & (leader[b] == first))
        if not inside.size or _is_alike(int(score[inside].sum()), members.size):
            continue
        place = {i: at for at, i in enumerate(members.tolist())}
        linked = [(place[i], place[j]) for i, j in must if i in place and j in place]
        own, made = joined(
            members.size,
            np.searchsorted(members, a[inside]),
            np.searchsorted(members, b[inside]),
            score[inside],
            linked,
            cut=ENOUGH,
        )
        others = np.flatnonzero(leader[merges.a] != first)
        merges = Merges(
            np.concatenate((merges.a[others], members[made.a])),
            np.concatenate((merges.b[others], members[made.b])),
            np.concatenate((merges.score[others], made.score)),
            np.concatenate((merges.mean[others], made.mean)),
        )
        leader[members] = members[own]
        if np.unique(own).size > 1:
            whole.update(dict.fromkeys(members.tolist(), int(members[0])))
    return leader, merges, whole


def _past_in_arrays(leader: Ints, days: Ints) -> list[int]:
    """Return the first members of the groups that are past a bound."""
    import numpy as np

    firsts, group_of, sizes = np.unique(leader, return_inverse=True, return_counts=True)
    last, earliest = np.full(firsts.size, NO_DAY, np.int64), np.full(firsts.size, np.iinfo(np.int64).max)
    known = days != NO_DAY
    np.maximum.at(last, group_of[known], days[known])
    np.minimum.at(earliest, group_of[known], days[known])
    is_long = (last != NO_DAY) & (last - np.minimum(earliest, last) > LONG_DAYS)
    found: list[int] = firsts[(sizes > LARGE) | is_long].tolist()
    return found
