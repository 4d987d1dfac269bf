"""A group past a bound is looked at again: what is alike within stays whole, the rest is parted and stays one saga."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model.page import PageId
from retold.model.story import Story, StoryId
from retold.stages.stories import again
from retold.stages.stories.again import LARGE, LONG_DAYS, parted, parted_in_arrays
from retold.stages.stories.grouping import group
from retold.stages.stories.sagas import with_sagas
from retold.stages.stories.scores import SCALE

FAINTLY, CLEARLY = SCALE * 15 // 100, SCALE // 2


def formed(n, scores, must=(), days=None):
    """Return sizes of the groups, largest first, and the wholes that were parted."""
    groups, merges = group(n, scores, must, cut=0.12)
    found, kept, whole = parted(groups, merges, scores, must, days or [700] * n)
    assert sum(map(len, found)) == n
    assert len(kept) + len(found) <= n
    return sorted(map(len, found), reverse=True), whole


def test_hundreds_of_faintly_alike_reports_are_no_story():
    n = LARGE + 10
    sizes, whole = formed(n, dict.fromkeys(combinations(range(n), 2), FAINTLY))
    assert sizes[0] == 1
    assert set(whole.values()) == {0}


def test_a_group_within_the_bound_is_left_as_it_is():
    assert formed(LARGE, dict.fromkeys(combinations(range(LARGE), 2), FAINTLY)) == ([LARGE], {})


def test_a_wire_that_hundreds_print_stays_one_story():
    n = LARGE * 3
    assert formed(n, dict.fromkeys(combinations(range(n), 2), CLEARLY)) == ([n], {})


def test_events_that_a_running_affair_has_drawn_together_are_parted():
    n = LARGE + 16
    affair = {(i, j): CLEARLY if i % 8 == j % 8 else FAINTLY for i, j in combinations(range(n), 2)}
    whole_group = list(range(n))
    found, _, whole = parted([whole_group], [], affair, (), [700] * n)
    assert sorted(found) == [list(range(i, n, 8)) for i in range(8)]
    assert whole == dict.fromkeys(range(n), 0)


def test_must_links_hold_when_a_group_is_parted():
    n = LARGE + 10
    sizes, _ = formed(n, dict.fromkeys(combinations(range(n), 2), FAINTLY), must=[(0, 70), (3, 70)])
    assert sizes[:2] == [3, 1]


def test_a_group_of_months_is_looked_at_again():
    days = [700 + i * 12 for i in range(6)]
    scores = {(i, i + 1): CLEARLY // 2 for i in range(5)} | {(i, i + 2): SCALE // 9 for i in range(4)}
    found, _, _ = parted([list(range(6))], [], scores, (), days)
    assert max(days[max(one)] - days[min(one)] for one in found) <= LONG_DAYS


def test_stories_parted_from_one_are_one_saga():
    first = date(2031, 3, 1)
    pages = [PageId(f"{i:032}") for i in range(3)]
    stories = [
        Story(StoryId(page), StoryId(page), "", told := (first + timedelta(i)).isoformat(), told, (page,))
        for i, page in enumerate(pages)
    ]
    words = {page: range(i * 50, i * 50 + 20) for i, page in enumerate(pages)}
    told = with_sagas(stories, words, {pages[0]: 7, pages[2]: 7})
    assert [one.saga for one in told] == [pages[0], pages[1], pages[0]]


scored = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
    st.one_of(st.integers(SCALE // 10, SCALE), st.sampled_from([FAINTLY, CLEARLY])),
    max_size=50,
)


@settings(max_examples=150)
@given(
    scored,
    st.sets(st.tuples(st.integers(0, 5), st.integers(6, 11)), max_size=2),
    st.lists(st.one_of(st.just(-1), st.integers(700, 760)), min_size=12, max_size=12),
)
def test_groups_are_parted_in_arrays_as_by_their_definition(scores, must, days):
    np = pytest.importorskip("numpy")
    from retold.stages.stories.rounds import joined

    columns = [np.array(one, np.int64) for one in ([i for i, _ in scores], [j for _, j in scores], [*scores.values()])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(again, "LARGE", 3)
        groups, merges, whole = parted(*group(12, scores, must, cut=0.12), scores, must, days)
        leader, made, in_arrays = parted_in_arrays(
            *joined(12, *columns, must, cut=0.12), tuple(columns), must, np.array(days, np.int64)
        )
    assert {tuple(np.flatnonzero(leader == one).tolist()) for one in leader} == set(map(tuple, groups))
    told = zip(made.a.tolist(), made.b.tolist(), made.score.tolist(), made.mean.tolist(), strict=True)
    assert sorted((one.a, one.b, one.score, one.mean) for one in merges) == sorted(told)
    assert in_arrays == whole
