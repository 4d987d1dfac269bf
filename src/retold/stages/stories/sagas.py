"""Sagas: stories of one running affair, told by the words that most reports of each story are found by.

A second level over stories, with a longer decay than theirs: average link over stories, each counted once, under the
same guard on cohesion, so that a saga grows along its affair and not from one neighbour to the next. Stories without a
day are sagas of their own. A saga's id is that of its first story.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retold.model.page import PageId
from retold.model.story import Story
from retold.stages.stories.asking import Asked, Sparse, scores_of
from retold.stages.stories.features import UNIT
from retold.stages.stories.rounds import joined
from retold.stages.stories.scores import SCALE, Pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAGA_CUT = 0.16
"""Mean likeness of stories of one affair (the share of their words that both have, less for every day between them).
Chosen by the sizes it gives, not by a reference: no set at hand says what a running affair is."""
SAGA_DECAY_DAYS = 30.0
SAGA_WINDOW_DAYS = 60
SHARED_WORDS = 6
"""Stories that share fewer of the words they are found by are not asked."""
HELD_BY = 0.5
"""A word is the story's where this share of its reports is found by it."""
BLOCK_DAYS = 30
"""Stories are asked a block of days after the other, against the blocks that the window reaches."""
_DECAY = tuple(round(math.exp(-apart / SAGA_DECAY_DAYS) * SCALE) for apart in range(SAGA_WINDOW_DAYS + 1))
_NEEDED = (SHARED_WORDS,) * (SAGA_WINDOW_DAYS + 2)


def with_sagas(
    stories: Sequence[Story], finders: Mapping[PageId, Iterable[int]], whole: Mapping[PageId, int] | None = None
) -> list[Story]:
    """Return the stories, in the order of their first reports, each with its saga.

    Stories whose first pages have one number in ``whole`` were one before it was parted, and are of one saga.
    """
    dated = [i for i, story in enumerate(stories) if story.first]
    words = [_words_of(stories[i], finders) for i in dated]
    days = np.array([date.fromisoformat(stories[i].first or "").toordinal() for i in dated], np.int64)
    a, b, score = _scores(days, words)
    leader, _ = joined(len(dated), a, b, score, _pieces([stories[i] for i in dated], whole or {}), cut=SAGA_CUT)
    told = list(stories)
    for at, first in enumerate(leader.tolist()):
        told[dated[at]] = replace(stories[dated[at]], saga=stories[dated[first]].story)
    return told


def _pieces(stories: Sequence[Story], whole: Mapping[PageId, int]) -> list[Pair]:
    """Return the pairs of stories, as indices, that were one before."""
    first_with: dict[int, int] = {}
    numbers = [(i, whole[story.pages[0]]) for i, story in enumerate(stories) if story.pages[0] in whole]
    return [(first, i) for i, number in numbers if (first := first_with.setdefault(number, i)) != i]


def _words_of(story: Story, finders: Mapping[PageId, Iterable[int]]) -> list[int]:
    held = Counter(word for page in story.pages for word in finders.get(page, ()))
    return sorted(word for word, n in held.items() if n >= HELD_BY * len(story.pages))


def _scores(
    days: NDArray[np.int64], words: Sequence[Sequence[int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the scored pairs of stories, whose days rise."""
    columns: list[list[NDArray[np.int64]]] = [[], [], []]
    for block in sorted(set((days // BLOCK_DAYS).tolist())):
        first, end = np.searchsorted(days, (block * BLOCK_DAYS, (block + 1) * BLOCK_DAYS)).tolist()
        start = int(np.searchsorted(days, block * BLOCK_DAYS - SAGA_WINDOW_DAYS))
        asked = _asked(days[start:end], words[start:end])
        a, b, score, _ = scores_of([asked], first - start, among_all=True, decay=_DECAY, needed=_NEEDED, least=1)
        for column, found in zip(columns, (a + start, b + start, score), strict=True):
            column.append(found)
    a, b, score = (np.concatenate([np.empty(0, np.int64), *column]) for column in columns)
    return a, b, score


def _asked(days: NDArray[np.int64], words: Sequence[Sequence[int]]) -> Asked:
    """Return stories as they are asked: every word weighs the same."""
    lengths = np.array([len(one) for one in words], np.int64)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))
    values = np.array([word for one in words for word in one], np.uint64)
    weights = np.repeat((UNIT / np.sqrt(np.maximum(lengths, 1))).astype(np.int32), lengths)
    lists = Sparse(starts, values)
    return Asked([""] * days.size, days, np.zeros(days.size, np.uint64), lists, lists, weights).uncrowded()
