"""Which pairs of reports of an archive are scored, week by week, in arrays: those with a week that has new reports.

A week's pairs are those of its reports among themselves, with the two weeks before and with reports without a day; they
depend on nothing else, so they are worked out anew whole where one of these weeks has a new report, and memory is that
of some weeks of news however long the archive. The twin that asks all at once is ``scores.score_pairs``; a test holds
the two equal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from retold.stages.stories.features import UNIT
from retold.stages.stories.scores import CROWD, DECAY, FAINT, NEEDED, UNDATED, UNKNOWN, WEEK_DAYS, WINDOW_DAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

WEEKS_BACK = -(-WINDOW_DAYS // WEEK_DAYS)
"""Weeks before a report's own in which a report of its window may stand."""
UNKNOWN_DAY = -1
SORTED_BELOW = 20_000
"""Fewer numbers are sorted, so that few pages load no heavy library."""
REPORTS_AT_ONCE = 10_000
"""Reports of weeks in a row that are asked together, some 150 MB; weeks alone cost twice the time."""
COMPILED_FROM_MEETINGS = 100_000
"""From so many meetings of two reports at a word the kernel pays for its compilation (some 6 CPU-seconds where none is
cached; without it a pair takes some 50 microseconds)."""
KERNEL = "retold.kernels.likeness"


@dataclass(frozen=True, slots=True)
class Sparse:
    """Lists of numbers, one a report: list ``i`` is ``values[starts[i]:starts[i + 1]]``."""

    starts: NDArray[np.int64]
    values: NDArray[Any]

    def kept(self, which: NDArray[np.bool_]) -> Sparse:
        """Return the lists with only some of their values ``(n_values,)``."""
        n_kept = np.concatenate((np.zeros(1, np.int64), np.cumsum(which, dtype=np.int64)))
        return Sparse(n_kept[self.starts], self.values[which])


@dataclass(frozen=True, slots=True)
class Asked:
    """Reports as they are asked: ids, days, hashes of texts, the words they are found by, their vectors."""

    pages: list[str]
    days: NDArray[np.int64]
    texts: NDArray[np.uint64]
    finders: Sparse
    terms: Sparse
    weights: NDArray[np.int32]

    def uncrowded(self) -> Asked:
        """Return these reports, which are of one week, without words that find a crowd among them."""
        place, n_words = numbered(self.finders.values)
        finders = self.finders.kept(np.bincount(place, minlength=n_words)[place] <= CROWD)
        return Asked(self.pages, self.days, self.texts, finders, self.terms, self.weights)


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with their scores, in columns: pages ``a < b`` by id."""

    a: list[str]
    b: list[str]
    score: NDArray[np.int64]
    n_asked: int
    """Of weeks asked together the first one tells it for all."""


Load = Callable[[int], Asked]


@dataclass(frozen=True, slots=True)
class WeekScores:
    """The scores of one week: all of them, or those that are to be added to what is known of it."""

    week: int
    scored: Scored
    is_all: bool


def scores_by_week(
    weeks: Sequence[int], load: Load, new: Collection[str], new_weeks: Collection[int], *, least: int = FAINT
) -> Iterator[WeekScores]:
    """Give the scores from ``least`` on of the weeks that have new reports about them.

    ``weeks`` are all weeks with reports, ``load`` gives the reports of one, ``new_weeks`` have new ones, ``new`` names
    them. Weeks that follow each other are asked together, so that each is made ready for it once.
    """
    undated = load(UNDATED) if UNDATED in weeks else None
    fresh = None
    if undated and UNDATED in new_weeks:
        yield WeekScores(UNDATED, _scored([undated.uncrowded()], 0, among_all=True, least=least), is_all=True)
        fresh = _only(undated, np.array([page in new for page in undated.pages], np.bool_))
    touched = {week + later for week in new_weeks if week != UNDATED for later in range(WEEKS_BACK + 1)}
    dated = [week for week in sorted(weeks) if week != UNDATED]
    run: dict[int, Asked] = {}
    before: dict[int, Asked] = {}
    for week in dated:
        if week in touched:
            if not run:
                near = [one for one in dated if week - WEEKS_BACK <= one < week]
                before = {one: before[one] if one in before else load(one).uncrowded() for one in near}
            run[week] = load(week).uncrowded()
        if run and (week not in touched or sum(len(one.pages) for one in run.values()) >= REPORTS_AT_ONCE):
            yield from _scored_run(before, run, undated, least)
            before, run = {**before, **run}, {}
        if week not in touched and fresh:
            own = load(week).uncrowded()
            scored = _scored([own, fresh], len(own.pages), among_all=False, least=least)
            yield WeekScores(week, scored, is_all=False)
    if run:
        yield from _scored_run(before, run, undated, least)


def _scored_run(
    before: Mapping[int, Asked], run: Mapping[int, Asked], undated: Asked | None, least: int
) -> Iterator[WeekScores]:
    """Give the scores of some weeks in a row, asked at once."""
    ends = np.cumsum([len(one.pages) for one in run.values()]).tolist()
    pieces: list[list[Scored]] = [[] for _ in run]
    for head, among_all in (([*before.values()], True), ([undated] if undated else [], False)):
        n_head = sum(len(one.pages) for one in head)
        if n_head or among_all:
            among = [*head, *run.values()]
            a, b, score, n_asked = scores_of(
                among, n_head, among_all=among_all, decay=DECAY, needed=NEEDED, least=least
            )
            borders = np.searchsorted(b, [n_head, *(n_head + end for end in ends)]).tolist()
            for at, own in enumerate(pieces):
                some = slice(borders[at], borders[at + 1])
                own.append(_told(among, a[some], b[some], score[some], 0 if at else n_asked))
    for week, own in zip(run, pieces, strict=True):
        scored = Scored(
            [page for one in own for page in one.a],
            [page for one in own for page in one.b],
            np.concatenate([one.score for one in own]),
            sum(one.n_asked for one in own),
        )
        yield WeekScores(week, scored, is_all=True)


def _only(asked: Asked, which: NDArray[np.bool_]) -> Asked:
    """Return some of the reports."""
    finders, terms = _rows(asked.finders, which), _rows(asked.terms, which)
    in_terms = np.repeat(which, np.diff(asked.terms.starts))
    pages = [page for page, is_kept in zip(asked.pages, which.tolist(), strict=True) if is_kept]
    return Asked(pages, asked.days[which], asked.texts[which], finders, terms, asked.weights[in_terms])


def _rows(lists: Sparse, which: NDArray[np.bool_]) -> Sparse:
    lengths = np.diff(lists.starts)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths[which])))
    return Sparse(starts, lists.values[np.repeat(which, lengths)])


def _joined(lists: Sequence[Sparse]) -> Sparse:
    lengths = np.concatenate([np.diff(one.starts) for one in lists])
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    return Sparse(starts, np.concatenate([one.values for one in lists]))


def _scored(among: Sequence[Asked], first: int, *, among_all: bool, least: int) -> Scored:
    """Score the reports from ``first`` on against those before them."""
    a, b, score, n_asked = scores_of(among, first, among_all=among_all, decay=DECAY, needed=NEEDED, least=least)
    return _told(among, a, b, score, n_asked)


def _told(among: Sequence[Asked], a: Ints, b: Ints, score: Ints, n_asked: int) -> Scored:
    """Return pairs of indices as pairs of pages."""
    pages = np.array([page for one in among for page in one.pages], np.object_)
    one, other = pages[a], pages[b]
    swapped = one > other
    return Scored(np.where(swapped, other, one).tolist(), np.where(swapped, one, other).tolist(), score, n_asked)


def scores_of(
    among: Sequence[Asked], first: int, *, among_all: bool, decay: Sequence[int], needed: Sequence[int], least: int
) -> tuple[Ints, Ints, Ints, int]:
    """Return indices and scores of the pairs from ``first`` on, and how many were asked; the later indices rise.

    Where few meet they are scored without anything compiled; ``kernels.likeness`` says what is what.
    """
    finders = _joined([one.finders for one in among])
    numbers, n_words = numbered(finders.values)
    n_holders = np.bincount(numbers, minlength=n_words)
    score_all = _scorer(int(np.sum(n_holders * (n_holders - 1) // 2)))
    terms = _joined([one.terms for one in among])
    term_numbers, n_terms = numbered(terms.values)
    a, b, score, n_asked = score_all(
        np.concatenate([one.days for one in among]),
        np.concatenate([one.texts for one in among]),
        finders.starts,
        numbers,
        n_words,
        terms.starts,
        term_numbers,
        n_terms,
        np.concatenate([one.weights for one in among]),
        np.array(decay, np.int64),
        UNKNOWN,
        np.array(needed, np.int64),
        UNIT,
        least,
        first,
        among_all,
    )
    return np.asarray(a, np.int64), np.asarray(b, np.int64), np.asarray(score, np.int64), int(n_asked)


def numbered(values: NDArray[Any]) -> tuple[Ints, int]:
    """Return each value's place among the different ones in rising order ``(n_values,)``, and how many these are.

    Values are told apart by hash and only the different ones sorted, in a fifth of the time that sorting all takes.

    >>> numbered(np.array([70, 30, 70]))
    (array([1, 0, 1]), 2)
    """
    if values.size < SORTED_BELOW:
        distinct, place = np.unique(values, return_inverse=True)
        return place.astype(np.int64), int(distinct.size)
    import pyarrow as pa

    encoded = pa.array(values).dictionary_encode()
    order = np.argsort(encoded.dictionary.to_numpy(), kind="stable")
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size)
    return place[encoded.indices.to_numpy()], int(order.size)


def _scorer(n_meetings: int) -> Callable[..., tuple[Any, Any, Any, int]]:
    """Return the kernel where it pays or is at hand already, else its twin."""
    if n_meetings < COMPILED_FROM_MEETINGS and KERNEL not in sys.modules:
        from retold.plain.likeness import scored as plainly_scored

        return lambda *told: plainly_scored(*(one.tolist() if isinstance(one, np.ndarray) else one for one in told))
    from retold.kernels.likeness import scored

    return scored
