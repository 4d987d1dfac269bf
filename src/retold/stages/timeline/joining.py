"""Joining tellings of one event across and within reports.

Two tellings are one event when they share most of their telling words and either stand in sentences that the
collation aligned, or give dates that can be the same. A clause that refers back ("The resolution came …") joins
the telling it refers to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache

from retold.lexicon import entries
from retold.model.facts import Factuality
from retold.model.page import Page, PageId
from retold.model.story import Alignment
from retold.stages.timeline.deeds import is_one_deed, is_one_verb, kinds_of_deed, words_passed_on
from retold.stages.timeline.telling import Telling, is_open, one_word_for, stem_of
from retold.stages.timeline.tellings import noun_referred_to
from retold.text.edtf import LAST_DAY, overlaps, parse

ALIGNED_SHARE = 0.5
"""Of the shorter clause's telling words, for clauses of aligned sentences (seen on invented and AllSides pairs)."""

DATED_SHARE = 0.6
"""The same for clauses elsewhere whose dates can be one; at least DATED_WORDS words."""

SAME_VERB_SHARE = 0.35
"""The same where both clauses have one and the same verb of their own, and no two subjects."""

DATED_WORDS = 3

SAME_DEED_WORDS, SAME_DEED_SHARE = 4, 0.2
"""The same where subject, verb and day are one, and the verb passes no words on: two more words must be shared."""

NAMED_WORDS = 2
"""The same where one only names the event ("the May 4 strike near the port")."""

NEAR_DAYS = 7
"""What a lead tells without a day was mostly news: it is taken for what another clause dates within a week of print."""

WIDEST_DAYS = 31
"""Dates wider than a month say too little to join clauses that the collation did not align."""


def join(
    tellings: Sequence[Telling], alignments: Sequence[Alignment], pages: Mapping[PageId, Page]
) -> list[list[Telling]]:
    """Return the tellings grouped by event, groups and members in order of reading."""
    aligned = _Aligned(alignments)
    groups: list[list[Telling]] = []
    for telling in tellings:
        if telling.refers or telling.loose:
            continue
        home = next((group for group in groups if any(_one_event(telling, t, aligned) for t in group)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    places = _Places(groups)
    for telling in tellings:
        if telling.loose and not telling.refers:
            near = (groups[i] for i in places.near(telling, aligned))
            home = next((group for group in near if any(_one_event(telling, t, aligned) for t in group)), None)
            if home is not None:
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
        self._partners: dict[tuple[PageId, int], set[tuple[PageId, int]]] = {}
        for row in alignments:
            for a in row.a_units:
                for b in row.b_units:
                    self._pairs.add((row.a, a.start, row.b, b.start))
                    self._pairs.add((row.b, b.start, row.a, a.start))
                    self._partners.setdefault((row.a, a.start), set()).add((row.b, b.start))
                    self._partners.setdefault((row.b, b.start), set()).add((row.a, a.start))

    def are(self, s: Telling, t: Telling) -> bool:
        return (s.page, s.sentence.start, t.page, t.sentence.start) in self._pairs

    def sentences(self, telling: Telling) -> Set[tuple[PageId, int]]:
        """Return the sentences aligned with the telling's own."""
        return self._partners.get((telling.page, telling.sentence.start), set())


class _Places:
    """Which groups a clause without a day can be joined to: many clauses have none, so not every group is asked."""

    def __init__(self, groups: Sequence[Sequence[Telling]]) -> None:
        self._by_verb: dict[str, set[int]] = {}
        self._by_sentence: dict[tuple[PageId, int], set[int]] = {}
        kinds = kinds_of_deed()
        for i, group in enumerate(groups):
            for telling in group:
                self._by_sentence.setdefault((telling.page, telling.sentence.start), set()).add(i)
                for name in {telling.verb, *kinds.get(telling.verb, ())}:
                    self._by_verb.setdefault(name, set()).add(i)

    def near(self, telling: Telling, aligned: _Aligned) -> list[int]:
        """Return the groups with the verb, or one of its kind, and those of aligned sentences."""
        names = {telling.verb, *kinds_of_deed().get(telling.verb, ())}
        found = [self._by_verb.get(name, set()) for name in names]
        found += [self._by_sentence.get(sentence, set()) for sentence in aligned.sentences(telling)]
        return sorted(set().union(*found))


def _one_event(s: Telling, t: Telling, aligned: _Aligned) -> bool:
    if s.page == t.page and s.sentence == t.sentence:
        return False
    if s.series != t.series:
        return False
    if _is_brought_in_anew(s, t):
        return False
    shared = len(s.keys & t.keys)
    share = shared / max(1, min(len(s.keys), len(t.keys)))
    if s.page != t.page and aligned.are(s, t):
        one_way = (
            s.factuality is t.factuality or is_one_verb(s, t) or Factuality.EXPECTED not in (s.factuality, t.factuality)
        )
        return share >= ALIGNED_SHARE and one_way and (not (s.loose or t.loose) or shared >= DATED_WORDS)
    if is_one_deed(s, t) and (_may_be_one_day(s.date, t.date) or _is_near(s.date, t.date)):
        return True
    if s.loose or t.loose or is_open(s.date) or is_open(t.date):
        return _is_told_again(s, t, shared, share)
    both_named = s.named and t.named and s.verb == t.verb
    if both_named and s.page == t.page and s.date == t.date and (s.keys <= t.keys or t.keys <= s.keys):
        return True  # "a vote in 2015", "the council's vote in 2015"
    if both_named and _holds(s.date, t.date) and (s.keys <= t.keys or t.keys <= s.keys):
        return True  # "the May 2012 strikes on Losk", "the May 4 strikes"
    if both_named and _within_year(s.date, t.date):
        return shared >= NAMED_WORDS and share >= DATED_SHARE
    if s.named or t.named:
        if not (s.named and t.named) and not _tells_the_noun(s, t):
            return False  # "a Friday talk on Radio Losk" is no note sent to Radio Losk
        if not (s.named and t.named) and (t.verb if s.named else s.verb) in words_passed_on():
            return False  # "tweeted that the visit was off" tells the tweet
        one_day = _may_be_one_day(s.date, t.date) and (s.date == t.date or _is_a_day(s.date) == _is_a_day(t.date))
        return shared >= NAMED_WORDS and share >= DATED_SHARE and one_day
    if _is_short_and_same(s, t, shared, share):
        return True
    if shared < DATED_WORDS or not _may_be_one_day(s.date, t.date):
        return False
    if not is_one_verb(s, t) and (s.verb in _only_said()) != (t.verb in _only_said()):
        return False  # what is said of a test is not the test
    one_deed = s.verb and is_one_verb(s, t) and (s.subject == t.subject or not (s.subject and t.subject))
    if one_deed and s.subject and s.verb not in words_passed_on() and s.date == t.date and shared >= SAME_DEED_WORDS:
        return share >= SAME_DEED_SHARE
    return share >= (SAME_VERB_SHARE if one_deed else DATED_SHARE)


def _is_brought_in_anew(s: Telling, t: Telling) -> bool:
    """Tell whether the later of two clauses of one page begins with something new: "A second judge let ..."."""
    if s.page != t.page:
        return False
    later = s if s.span.start > t.span.start else t
    same = len(s.keys & t.keys) >= SAME_KEYS * max(1, min(len(s.keys), len(t.keys)))
    return later.anew and not later.lead and not same


SAME_KEYS = 0.8
"""Share of the shorter clause's words from which two clauses are one, however the second begins."""


def _tells_the_noun(s: Telling, t: Telling) -> bool:
    """Tell whether a clause tells what the other's noun names: "the ruling" and "ruled"."""
    noun, clause = (s, t) if s.named else (t, s)
    return one_word_for(noun.verb) in clause.keys or is_one_verb(noun, clause)


def _is_short_and_same(s: Telling, t: Telling, shared: int, share: float) -> bool:
    """Tell whether one subject does one thing on one day, in few words: "The protests began on Friday"."""
    same = is_one_verb(s, t) and s.subject == t.subject and s.verb not in words_passed_on()
    one_day = _may_be_one_day(s.date, t.date) and not (s.loose or t.loose)
    return bool(same and s.verb and s.subject) and one_day and shared >= NAMED_WORDS and share >= DATED_SHARE


@cache
def _only_said() -> frozenset[str]:
    events = entries("events")
    return frozenset(map(stem_of, [*events["attribution"]["plain"], *events["verbs"]["published"]]))


def _is_told_again(s: Telling, t: Telling, shared: int, share: float) -> bool:
    """Tell whether a clause without a day tells what another one tells near the same print: one verb, one subject."""
    if s.factuality is not t.factuality or not is_one_verb(s, t) or shared < NAMED_WORDS:
        return False
    if _is_passive_of(s, t) or _is_passive_of(t, s):
        return shared >= NAMED_WORDS and not (s.loose or t.loose) and _is_near(s.date, t.date)
    one = s.subject == t.subject if s.loose or t.loose else s.subject == t.subject or not (s.subject and t.subject)
    if shared < DATED_WORDS:
        return False
    least = ALIGNED_SHARE
    if one and s.subject and s.verb not in words_passed_on() and shared >= SAME_DEED_WORDS and not (s.loose or t.loose):
        least = SAME_DEED_SHARE
    return one and share >= least and (s.loose or t.loose or _is_near(s.date, t.date))


def _is_passive_of(s: Telling, t: Telling) -> bool:
    """Tell whether one page goes on with what was done: "A judge released files Tuesday", "The files were released"."""
    same = s.page == t.page and s.verb == t.verb and s.verb not in words_passed_on()
    return same and bool(s.subject) and s.subject != t.subject and s.subject in t.keys


def _is_near(a: str | None, b: str | None) -> bool:
    """Tell whether a day lies a week or less from print, where the other date only says before or after print."""
    days_a, days_b = parse(a or ""), parse(b or "")
    if days_a is None or days_b is None:
        return False
    if is_open(a) and is_open(b):
        return abs(days_a.last - days_b.last) <= NEAR_DAYS or abs(days_a.first - days_b.first) <= NEAR_DAYS
    open_, day = (days_a, days_b) if is_open(a) else (days_b, days_a)
    if day.size > NEAR_DAYS:
        return False
    if open_.last >= LAST_DAY:
        return open_.first <= day.first
    return 0 <= open_.last - day.last <= NEAR_DAYS


def _within_year(a: str | None, b: str | None) -> bool:
    """Tell whether one date is a year that holds the other: "the congress in 2012", "the congress on Sept. 4, 2012"."""
    return a is not None and b is not None and (len(a) == YEAR or len(b) == YEAR) and a[:YEAR] == b[:YEAR]


def _holds(a: str | None, b: str | None) -> bool:
    """Tell whether one date is a month or less that holds the other."""
    days_a, days_b = parse(a or ""), parse(b or "")
    if days_a is None or days_b is None or max(days_a.size, days_b.size) > WIDEST_DAYS:
        return False
    return (days_a.first <= days_b.first <= days_b.last <= days_a.last) or (
        days_b.first <= days_a.first <= days_a.last <= days_b.last
    )


YEAR = 4
"""Characters of a date that is only a year."""


def _is_a_day(date: str | None) -> bool:
    days = parse(date or "")
    return days is not None and days.size <= 2


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
    stem = one_word_for(stem_of(noun.casefold()))
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
