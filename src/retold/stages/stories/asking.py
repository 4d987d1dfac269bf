"""Which pairs of reports are scored when some are new: those that share a heavy term, inside the window of time.

Goes through the weeks in order and remembers three of them, so that memory is that of a few weeks of news however long
the archive. The twin that asks all at once is ``scores.score_pairs``; a test holds the two equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from retold.model.page import PageId
from retold.stages.stories.scores import WINDOW_DAYS, days_apart, heaviest_terms, score_of
from retold.stages.stories.sketches import UNDATED, WEEK_DAYS, Sketch

WEEKS_BACK = -(-WINDOW_DAYS // WEEK_DAYS)
"""Weeks before a report's own in which a report of its window may stand."""

Scored = tuple[PageId, PageId, float]
"""Two pages, the smaller id first, and their score."""


@dataclass(slots=True)
class _Week:
    """Reports of one week and who holds which heavy term."""

    sketches: list[Sketch] = field(default_factory=list)
    holders: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sketch: Sketch, terms: Collection[str]) -> None:
        for term in terms:
            self.holders[term].append(len(self.sketches))
        self.sketches.append(sketch)

    def sharing(self, terms: Collection[str]) -> Iterator[Sketch]:
        """Give the reports that hold one of these terms, each once."""
        found = {i for term in terms for i in self.holders.get(term, ())}
        yield from (self.sketches[i] for i in sorted(found))


def new_scores(
    weeks: Sequence[str], load: Callable[[str], list[Sketch]], new: Collection[PageId], new_weeks: Collection[str]
) -> Iterator[Scored]:
    """Give the scores above 0 of all pairs of which one report is new.

    ``weeks`` are the keys of all weeks with reports, ``load`` gives the reports of one, ``new_weeks`` have new ones.
    """
    undated = _Week()
    if UNDATED in weeks:
        yield from _asked_in_turn(load(UNDATED), [undated], undated, new)
    has_new_undated = UNDATED in new_weeks
    numbers = sorted(int(week) for week in weeks if week != UNDATED)
    fresh = {int(week) for week in new_weeks if week != UNDATED}
    near = {number for one in fresh for number in range(one - WEEKS_BACK, one + WEEKS_BACK + 1)}
    held: dict[int, _Week] = {}
    for number in numbers:
        if number not in near and not has_new_undated:
            continue
        held = {week: one for week, one in held.items() if week >= number - WEEKS_BACK}
        own = held[number] = _Week()
        before = list(held.values()) if number in near else []
        yield from _asked_in_turn(load(f"{number:06}"), [*before, undated], own, new)


def _asked_in_turn(
    sketches: Sequence[Sketch], among: Sequence[_Week], own: _Week, new: Collection[PageId]
) -> Iterator[Scored]:
    """Score each report against those before it among these weeks; then it is one of its own week."""
    for sketch in sketches:
        terms = heaviest_terms(sketch.features)
        for week in among:
            for other in week.sharing(terms):
                if sketch.page in new or other.page in new:
                    yield from _scored(sketch, other)
        own.add(sketch, terms)


def _scored(one: Sketch, other: Sketch) -> Iterator[Scored]:
    apart = days_apart(one.moment, other.moment)
    if apart is not None and apart > WINDOW_DAYS:
        return
    score = score_of(one, other)
    if score > 0:
        yield (*sorted((one.page, other.page)), score)  # type: ignore[misc]  # two pages and a score
