"""Joining tellings of one event across and within reports.

Two tellings are one event when they share most of their telling words and either stand in sentences that the
collation aligned, or give dates that can be the same. A clause that refers back ("The resolution came …") joins
the telling it refers to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.model.page import Page, PageId
from retold.model.story import Alignment
from retold.stages.timeline.telling import Telling, stem_of
from retold.stages.timeline.tellings import noun_referred_to
from retold.text.edtf import overlaps, parse

ALIGNED_SHARE = 0.5
"""Of the shorter clause's telling words, for clauses of aligned sentences (seen on invented and AllSides pairs)."""

DATED_SHARE = 0.6
"""The same for clauses elsewhere whose dates can be one; at least DATED_WORDS words."""

SAME_VERB_SHARE = 0.35
"""The same where both clauses have one and the same verb of their own, and no two subjects."""

DATED_WORDS = 3

NAMED_WORDS = 2
"""The same where one only names the event ("the May 4 strike near the port")."""

WIDEST_DAYS = 31
"""Dates wider than a month say too little to join clauses that the collation did not align."""


def join(
    tellings: Sequence[Telling], alignments: Sequence[Alignment], pages: Mapping[PageId, Page]
) -> list[list[Telling]]:
    """Return the tellings grouped by event, groups and members in order of reading."""
    aligned = _Aligned(alignments)
    groups: list[list[Telling]] = []
    for telling in tellings:
        if telling.refers:
            continue
        home = next((group for group in groups if any(_one_event(telling, t, aligned) for t in group)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    for telling in tellings:
        if telling.refers:
            home = _referred_to(telling, groups, pages)
            if home is not None:
                home.append(telling)
    return groups


class _Aligned:
    """Which sentences the collation aligned."""

    def __init__(self, alignments: Sequence[Alignment]) -> None:
        self._pairs: set[tuple[PageId, int, PageId, int]] = set()
        for row in alignments:
            for a in row.a_units:
                for b in row.b_units:
                    self._pairs.add((row.a, a.start, row.b, b.start))
                    self._pairs.add((row.b, b.start, row.a, a.start))

    def are(self, s: Telling, t: Telling) -> bool:
        return (s.page, s.sentence.start, t.page, t.sentence.start) in self._pairs


def _one_event(s: Telling, t: Telling, aligned: _Aligned) -> bool:
    if s.page == t.page and s.sentence == t.sentence:
        return False
    if s.series != t.series:
        return False
    shared = len(s.keys & t.keys)
    share = shared / max(1, min(len(s.keys), len(t.keys)))
    if s.page != t.page and aligned.are(s, t):
        return share >= ALIGNED_SHARE
    if s.named and t.named and s.verb == t.verb and _within_year(s.date, t.date):
        return shared >= NAMED_WORDS and share >= DATED_SHARE
    if s.named or t.named:
        return shared >= NAMED_WORDS and share >= DATED_SHARE and _may_be_one_day(s.date, t.date)
    if shared < DATED_WORDS or not _may_be_one_day(s.date, t.date):
        return False
    one_deed = s.verb and s.verb == t.verb and (s.subject == t.subject or not (s.subject and t.subject))
    return share >= (SAME_VERB_SHARE if one_deed else DATED_SHARE)


def _within_year(a: str | None, b: str | None) -> bool:
    """Tell whether one date is a year that holds the other: "the congress in 2012", "the congress on Sept. 4, 2012"."""
    return a is not None and b is not None and (len(a) == YEAR or len(b) == YEAR) and a[:YEAR] == b[:YEAR]


YEAR = 4
"""Characters of a date that is only a year."""


def _may_be_one_day(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return False
    days_a, days_b = parse(a), parse(b)
    if days_a is None or days_b is None or max(days_a.size, days_b.size) > WIDEST_DAYS:
        return False
    return overlaps(a, b)


def _referred_to(
    telling: Telling, groups: Sequence[list[Telling]], pages: Mapping[PageId, Page]
) -> list[Telling] | None:
    """Return the group the telling refers back to: same day, or the nearest earlier one that has the noun."""
    noun = noun_referred_to(pages[telling.page].text, telling)
    if noun is None:
        return None
    stem = stem_of(noun.casefold())
    if telling.date is not None:
        same_day = [g for g in groups if any(t.date == telling.date and t.page == telling.page for t in g)]
        with_noun = [g for g in same_day if any(stem in t.keys for t in g)]
        return next(iter(with_noun or same_day), None)
    earlier = [
        (t.span.start, i_group)
        for i_group, group in enumerate(groups)
        for t in group
        if t.page == telling.page and t.span.end <= telling.span.start and stem in t.keys
    ]
    return groups[max(earlier)[1]] if earlier else None
