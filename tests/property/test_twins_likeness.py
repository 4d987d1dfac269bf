"""Scores of reports that share a rare word, compiled, equal their plain twin, and both what ``scores`` defines."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.plain import likeness as plain
from retold.stages.stories import asking, scores
from retold.stages.stories.features import UNIT, Features
from retold.stages.stories.many import scores_in_arrays
from retold.stages.stories.profiles import Moment

kernel = pytest.importorskip("retold.kernels.likeness")

vectors = st.dictionaries(st.integers(1, 12), st.integers(1, UNIT), max_size=5).map(
    lambda one: dict(sorted(one.items()))
)
reports = st.lists(
    st.tuples(st.one_of(st.just(-1), st.integers(1, 40)), st.sampled_from([0, 0, 7]), vectors, st.sets(st.integers(0, 9), max_size=6)),
    max_size=12,
)  # fmt: skip


def _columns(rows):
    finders = [word for *_, words in rows for word in sorted(words)]
    finder_starts = np.cumsum([0, *(len(words) for *_, words in rows)])
    starts = np.cumsum([0, *(len(vector) for _, _, vector, _ in rows)])
    return (
        np.array([day for day, *_ in rows], np.int64), np.array([text for _, text, *_ in rows], np.uint64),
        finder_starts.astype(np.int64), np.array(finders, np.int64), 10, starts.astype(np.int64),
        np.array([term for _, _, vector, _ in rows for term in vector], np.int64), 13,
        np.array([weight for _, _, vector, _ in rows for weight in vector.values()], np.int32),
        np.array(scores.DECAY, np.int64), scores.UNKNOWN, np.array(scores.NEEDED, np.int64), UNIT,
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(reports, st.integers(0, 12), st.booleans(), st.sampled_from([1, 1, scores.FAINT]))
def test_the_kernel_scores_what_its_twin_scores(rows, first, among_all, least):
    columns = (*_columns(rows), least)
    told = plain.scored(*(c.tolist() if isinstance(c, np.ndarray) else c for c in columns), first, among_all)
    for function, steps in ((kernel.scored, 8), (kernel.scored.py_func, 0), (kernel.scored.py_func, 1000)):
        # Compiled code keeps the constant; the function it is made of sums vector by vector, then along lists.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kernel, "STEPS_A_TERM", steps)
            a, b, score, n_asked = function(*columns, first, among_all)
        assert sorted(zip(a.tolist(), b.tolist(), score.tolist(), strict=True)) == sorted(zip(*told[:3], strict=True))
        assert n_asked == told[3]


@settings(max_examples=60, deadline=None)
@given(reports, st.sampled_from([1, 3, 10_000]))
def test_weeks_in_arrays_give_the_scores_of_the_definition(rows, at_once):
    profiles = [
        SimpleNamespace(page=f"{i:02}", features=Features(vector, tuple(sorted(words))), text_hash=f"{text:032}" if text else None,
                        moment=_moment(day))
        for i, (day, text, vector, words) in enumerate(rows)
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "REPORTS_AT_ONCE", at_once)
        a, b, score = scores_in_arrays(profiles)
    assert dict(zip(zip(a.tolist(), b.tolist(), strict=True), score.tolist(), strict=True)) == scores.score_pairs(
        profiles
    )


def _moment(day):
    if day < 0:
        return None
    on = date(2031, 1, 1).fromordinal(date(2031, 1, 1).toordinal() + day)
    return Moment(on, datetime.combine(on, time.max, UTC), printed=True)


@given(st.lists(st.integers(0, 40)))
def test_numbers_told_apart_by_hash_are_those_of_sorting(values):
    asked = np.array(values, np.uint64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "SORTED_BELOW", 0)
        place, n = asking.numbered(asked)
    assert (place.tolist(), n) == ([sorted(set(values)).index(one) for one in values], len(set(values)))


def test_a_word_that_finds_a_crowd_in_a_week_finds_none_there(monkeypatch):
    monkeypatch.setattr(scores, "CROWD", 2)
    moments = [_moment(3)] * 3 + [_moment(20)]
    profiles = [SimpleNamespace(page=f"{i}", features=Features({5: 9}, (1,)), text_hash=None, moment=moment) for i, moment in enumerate(moments)]  # fmt: skip
    assert scores.candidate_pairs(profiles) == []
    assert scores.candidate_pairs(profiles[1:]) == [(0, 1)]
