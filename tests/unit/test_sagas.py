"""Stories of one affair are one saga; what only looks alike, or lies months apart, is not."""

from __future__ import annotations

from datetime import date, timedelta

from retold.model.page import PageId
from retold.model.story import Story, StoryId
from retold.stages.stories.sagas import with_sagas

AFFAIR = list(range(100, 120))


def story(number: int, day: int | None) -> Story:
    name = f"{number:032}"
    first = (date(2031, 3, 1) + timedelta(day)).isoformat() if day is not None else None
    return Story(StoryId(name), StoryId(name), "", first, first, (PageId(name),))


def sagas(*told: tuple[int | None, list[int]]) -> list[int]:
    """Return the place of each story's saga among the stories."""
    stories = [story(i, day) for i, (day, _) in enumerate(told)]
    finders = {PageId(f"{i:032}"): words for i, (_, words) in enumerate(told)}
    return [int(one.saga) for one in with_sagas(stories, finders)]


def test_stories_weeks_apart_that_share_their_words_are_one_saga():
    assert sagas((0, [*AFFAIR, 1, 2]), (9, [7, 8, 9, 10, 11, 12, 13]), (20, [*AFFAIR, 3, 4])) == [0, 1, 0]


def test_a_few_words_in_common_make_no_saga():
    assert sagas((0, [*AFFAIR, 1]), (1, [*AFFAIR[:4], *range(20)])) == [0, 1]


def test_half_a_year_later_it_is_another_affair():
    assert sagas((0, AFFAIR), (180, AFFAIR)) == [0, 1]


def test_stories_without_a_day_are_sagas_of_their_own():
    assert sagas((0, AFFAIR), (None, AFFAIR), (None, AFFAIR)) == [0, 1, 2]


def test_a_saga_does_not_grow_from_neighbour_to_neighbour():
    drifting = [(i * 6, list(range(i * 8, i * 8 + 20))) for i in range(30)]
    found = sagas(*drifting)
    assert max(found.count(one) for one in found) <= 6


def test_many_stories_are_asked_block_after_block_as_at_once():
    told = [(i // 3, [*range(i % 7 * 30, i % 7 * 30 + 20), i]) for i in range(300)]
    found = sagas(*told)
    assert all(one <= i for i, one in enumerate(found))
    assert {i % 7 for i, one in enumerate(found) if one == 0} == {0}
