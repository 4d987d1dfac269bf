"""How alike two reports are, and which pairs are worth the asking.

Owns the score of a pair and the choice of candidate pairs (words they are found by, inside a window of time). What is
done with the scores stands in ``grouping``. ``asking`` does the same for many reports with ``kernels.likeness``; tests
hold the two equal.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from retold.stages.stories.features import UNIT, Features
from retold.stages.stories.profiles import Compared, Moment

SCALE = 1 << 20
"""A score of 1. Scores are whole numbers, so that sums of them are the same in any order."""
DECAY_DAYS = 5.0
"""A pair's score falls by e in this time (4 and 5 are level on allsides, 3 costs basil .01, 8 costs .006)."""
UNKNOWN_FACTOR = 0.75
"""Takes the place of the decay where a date is unknown: text alone decides, with a stricter bar. .7 to .8 are
level on allsides and ecbplus train; 1.0 costs .01 on allsides."""
WINDOW_DAYS = 14
"""No pair further apart is asked: even identical texts would score .06. (Copies are joined by their matches.)"""
DECAY = tuple(round(math.exp(-apart / DECAY_DAYS) * SCALE) for apart in range(WINDOW_DAYS + 1))
"""What is left of a likeness of 1 after so many days."""
UNKNOWN = round(UNKNOWN_FACTOR * SCALE)
NEEDED = (*(1,) * 4, *(3,) * 11, 2)
"""Words that reports must share to be asked, of those they are found by: by the days between them, last where a day is
unknown. Of the true pairs of allsides .994 are asked so, of all pairs .9 % (three true pairs lie beyond the window).
Three words for reports without a day cost ecbplus, whose pages are short, .01."""
FAINT = round(0.04 * SCALE)
"""A score below this (a third of the cut) counts as none. Five pairs in eight of allsides are below; grouping is the
same without them there, on basil and on both parts of ecbplus, and costs a third."""
WEEK_DAYS = 7
UNDATED = -1
"""The week of reports without a day."""
CROWD = 256
"""A word that finds more reports than this in one week finds none there: it is no rare word of that week. Keeps the
pairs of a week in bounds whatever is printed in it; no word of the measured sets finds as many."""

Pair = tuple[int, int]
"""Indices of two profiles, the smaller first."""


def dot(a: Mapping[int, int], b: Mapping[int, int]) -> int:
    """Return the scalar product of two sparse vectors."""
    if len(a) > len(b):
        a, b = b, a
    return sum(weight * b[term] for term, weight in a.items() if term in b)


def days_apart(a: Moment | None, b: Moment | None) -> int | None:
    """Return the number of days between two moments' printed days; None when either is unknown."""
    return abs((a.day - b.day).days) if a and b else None


def week_of(moment: Moment | None) -> int:
    """Return the number of the week of a moment, UNDATED where there is none."""
    return UNDATED if moment is None else moment.day.toordinal() // WEEK_DAYS


def score_of(a: Compared, b: Compared) -> int:
    """Return the likeness (0 to SCALE) of two reports, less for every day between them; 0 beyond the window."""
    apart = days_apart(a.moment, b.moment)
    if apart is not None and apart > WINDOW_DAYS:
        return 0
    same = a.text_hash is not None and a.text_hash == b.text_hash
    alike = UNIT * UNIT if same else likeness(a.features, b.features)
    return alike * (UNKNOWN if apart is None else DECAY[apart]) // (UNIT * UNIT)


def likeness(a: Features, b: Features) -> int:
    """Return how alike two reports are (0 to UNIT squared), whenever they were published."""
    return min(UNIT * UNIT, dot(a.vector, b.vector))


def finders_in_week(finders: Sequence[Sequence[int]], weeks: Sequence[int]) -> list[Sequence[int]]:
    """Return the words by which each report is found: those that do not find a crowd in its week."""
    n_found = Counter((week, word) for words, week in zip(finders, weeks, strict=True) for word in words)
    return [
        [word for word in words if n_found[week, word] <= CROWD] for words, week in zip(finders, weeks, strict=True)
    ]


def candidate_pairs(profiles: Sequence[Compared]) -> list[Pair]:
    """Return the pairs that share enough words they are found by and are not known to lie too far apart, sorted.

    Against reports with a day, one without is found by all its words: it is of no week that could be crowded.
    """
    every = [one.features.finders for one in profiles]
    uncrowded = finders_in_week(every, [week_of(one.moment) for one in profiles])
    dated: defaultdict[int, list[int]] = defaultdict(list)
    undated: defaultdict[int, list[int]] = defaultdict(list)
    undated_among_themselves: defaultdict[int, list[int]] = defaultdict(list)
    found: list[Pair] = []
    for i, profile in enumerate(profiles):
        if profile.moment:
            looks = [(uncrowded[i], dated), (uncrowded[i], undated)]
            places = [(uncrowded[i], dated)]
        else:
            looks = [(every[i], dated), (uncrowded[i], undated_among_themselves)]
            places = [(every[i], undated), (uncrowded[i], undated_among_themselves)]
        n_shared = Counter(j for words, holders in looks for word in words for j in holders[word])
        for j, n in n_shared.items():
            apart = days_apart(profile.moment, profiles[j].moment)
            if (apart is None or apart <= WINDOW_DAYS) and n >= NEEDED[-1 if apart is None else apart]:
                found.append((j, i))
        for words, holders in places:
            for word in words:
                holders[word].append(i)
    return sorted(found)


def score_pairs(profiles: Sequence[Compared]) -> dict[Pair, int]:
    """Return the scores of the candidate pairs that are not faint."""
    scored = ((pair, score_of(profiles[pair[0]], profiles[pair[1]])) for pair in candidate_pairs(profiles))
    return {pair: score for pair, score in scored if score >= FAINT}
