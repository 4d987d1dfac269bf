"""Stories of many reports in memory: scored by the kernel, grouped in arrays. ``stage`` says what is grouped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from retold.stages.stories.again import parted_in_arrays
from retold.stages.stories.asking import Asked, Sparse, scores_by_week
from retold.stages.stories.lending import with_lent_days_in_arrays
from retold.stages.stories.rounds import joined
from retold.stages.stories.scores import FAINT, Pair, week_of
from retold.stages.stories.sketches import day_number, text_number
from retold.stages.stories.stage import Grouped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retold.stages.stories.profiles import Compared

    Ints = NDArray[np.int64]


def grouped_in_arrays(profiles: Sequence[Compared], linked: Iterable[Pair], *, cut: float) -> Grouped:
    """Return the groups of these reports, which stand in order of page id and of which no two are the same."""
    a, b, score = scores_in_arrays(profiles)
    days = np.array([day_number(one.moment) for one in profiles], np.int64)
    score = with_lent_days_in_arrays(days, a, b, score)
    must = tuple(linked)
    leader, made, whole = parted_in_arrays(
        *joined(len(profiles), a, b, score, must, cut=cut), (a, b, score), must, days
    )
    likeness = likeness_inside(leader, a, b, score)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(leader.tolist()):
        groups[one].append(i)
    merges = zip(zip(made.a.tolist(), made.b.tolist(), strict=True), made.score.tolist(), strict=True)
    return Grouped(list(groups.values()), list(merges), dict(enumerate(likeness.tolist())), whole)


def likeness_inside(leader: Ints, a: Ints, b: Ints, score: Ints) -> Ints:
    """Return for each report the sum of its scores with others of its group."""
    found = np.zeros(leader.size, np.int64)
    inside = leader[a] == leader[b]
    np.add.at(found, a[inside], score[inside])
    np.add.at(found, b[inside], score[inside])
    return found


def scores_in_arrays(profiles: Sequence[Compared], *, least: int = FAINT) -> tuple[Ints, Ints, Ints]:
    """Return the pairs of reports as indices, the smaller first, and their scores, from ``least`` on."""
    weeks: defaultdict[int, list[Compared]] = defaultdict(list)
    for one in profiles:
        weeks[week_of(one.moment)].append(one)
    index: dict[str, int] = {one.page: i for i, one in enumerate(profiles)}

    def load(week: int) -> Asked:
        return asked_of(weeks[week])

    found = list(scores_by_week(sorted(weeks), load, frozenset(index), frozenset(weeks), least=least))
    a = np.array([index[page] for one in found for page in one.scored.a], np.int64)
    b = np.array([index[page] for one in found for page in one.scored.b], np.int64)
    return a, b, np.concatenate([np.empty(0, np.int64), *(one.scored.score for one in found)])


def asked_of(reports: Sequence[Compared]) -> Asked:
    """Return reports as they are asked."""
    vectors = [one.features.vector for one in reports]
    finders = [one.features.finders for one in reports]
    return Asked(
        [one.page for one in reports],
        np.array([day_number(one.moment) for one in reports], np.int64),
        np.array([text_number(one.text_hash) for one in reports], np.uint64),
        Sparse(_starts([len(one) for one in finders]), np.array([word for one in finders for word in one], np.uint32)),
        Sparse(_starts([len(one) for one in vectors]), np.array([t for one in vectors for t in one], np.uint64)),
        np.array([weight for one in vectors for weight in one.values()], np.int32),
    )


def _starts(lengths: Sequence[int]) -> Ints:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(np.array(lengths, np.int64), dtype=np.int64)))
