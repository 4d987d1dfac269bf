"""Whether two clauses tell one deed in other words: verbs of one kind, the same people and things.

Owns verbs and words; the days of the clauses and where they stand are weighed by ``joining``.
"""

from __future__ import annotations

from functools import cache

from retold.lexicon import entries
from retold.lexicon.rarity import level_of
from retold.stages.timeline.telling import Telling, is_open, one_word_for, stem_of

RAREST_LEVEL = 32
"""No word weighs more, so that one rare name alone makes no event."""

SAME_KIND_SHARE, SAME_KIND_WEIGHT = 0.2, 30
"""Of the rarity of the shorter clause's words, and at least two telling ones, where the verbs are of one kind and one
clause's subject stands in the other (pairs of entries of groups 094 to 123, judged by hand: 8 of 8 are one event)."""

LEAD_SHARE, LEAD_WEIGHT = 0.3, 60
"""The same for leads of two reports with one subject, whatever the verbs: what a story's reports say first of one actor
is mostly the news itself (3 of 3 in the same groups)."""

FIRST_SHARE, FIRST_WEIGHT, FIRST_SHARE_OF_OTHERS = 0.2, 40, 0.4
"""The same for the first sentences of two reports that give one day, which is the news of the story; more must be
shared where neither names the other's subject (groups 001 to 010: one of two was another event of the day)."""


def is_one_deed(s: Telling, t: Telling) -> bool:
    """Tell whether two clauses tell one deed: verbs of one kind, one actor, rare words in both."""
    if s.factuality is not t.factuality or s.named or t.named or s.loose or t.loose or not (s.verb and t.verb):
        return False
    if _is_rule(s) and _is_rule(t) and s.lead and t.lead:
        return True
    weight = weight_of(s.keys & t.keys)
    share = weight / max(1, min(weight_of(s.keys), weight_of(t.keys)))
    if s.lead == t.lead == 1 and s.page != t.page and s.date == t.date and not is_open(s.date):
        least = FIRST_SHARE if _acts_in(s, t) or _acts_in(t, s) else FIRST_SHARE_OF_OTHERS
        return weight >= FIRST_WEIGHT and share >= least
    one_subject = bool(s.subject) and s.subject == t.subject
    if s.lead and t.lead and s.page != t.page and one_subject and weight >= LEAD_WEIGHT and share >= LEAD_SHARE:
        return True
    if {s.verb, t.verb} & words_passed_on() or weight < SAME_KIND_WEIGHT or share < SAME_KIND_SHARE:
        return False
    one_kind = is_one_verb(s, t) or (one_subject and (s.verb in t.keys or t.verb in s.keys))  # "laid the blame on"
    return one_kind and (one_subject or _acts_in(s, t) or _acts_in(t, s))


def _acts_in(s: Telling, t: Telling) -> bool:
    """Tell whether the subject of one clause stands in the other: "passed by the House", "House members passed"."""
    return bool(s.subject) and s.subject in t.keys


def _is_rule(telling: Telling) -> bool:
    """Tell whether a court rules in the clause."""
    courts = entries("events")["of_courts"]
    subjects = {one_word_for(stem_of(word)) for word in courts["subjects"]}
    return telling.subject in subjects and telling.verb in {stem_of(word) for word in courts["verbs"]}


def weight_of(stems: frozenset[str]) -> int:
    """Return how much words tell: the sum of their rarity levels."""
    return sum(min(_level_of_stem(stem), RAREST_LEVEL) for stem in stems)


@cache
def _level_of_stem(stem: str) -> int:
    return min(level_of(stem + ending) for ending in ("", "e", "s", "ed", "es", "ing"))


def is_one_verb(s: Telling, t: Telling) -> bool:
    """Tell whether both have one verb, or two that tell one deed: "passed" and "approved"."""
    kinds = kinds_of_deed()
    return bool(s.verb) and (s.verb == t.verb or bool(kinds.get(s.verb, frozenset()) & kinds.get(t.verb, frozenset())))


@cache
def kinds_of_deed() -> dict[str, frozenset[str]]:
    """Return the kinds of deed that each verb, by its stem, may tell."""
    found: dict[str, set[str]] = {}
    for kind, verbs in entries("events")["same"].items():
        for verb in verbs:
            found.setdefault(stem_of(verb), set()).add(kind)
    return {stem: frozenset(kinds) for stem, kinds in found.items()}


@cache
def words_passed_on() -> frozenset[str]:
    """Return the stems of verbs that pass words on or announce: one may say many things on a day."""
    events = entries("events")
    words = [*events["attribution"]["plain"], *events["verbs"]["published"], *events["verbs"]["with_clause"]]
    return frozenset(map(stem_of, words))
