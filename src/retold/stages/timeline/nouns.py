"""Events that a noun names with its day: "the May 4 strike", "Tuesday's hearing", "a meeting in March".

Told only where the day is sure and nothing says that the event was planned, denied or imagined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retold.lexicon import entries
from retold.model.facts import TimeExpression, TimeType
from retold.stages.timeline.verbs import Core, Word, is_past, verb_at
from retold.text.edtf import parse
from retold.text.spans import Span

MOST_BETWEEN = 3
"""Words between a day and the noun it stands before ("the May 4 mortar strike")."""
MOST_OF_PHRASE = 9
"""Words of prepositional phrases between a noun and the day behind it, or after a noun."""
MOST_OF_RELATIVE = 30
"""Words of a relative clause shown behind a noun."""
WIDEST_DAYS = 31
"""A noun with a year alone ("the 2016 election") is background, no entry."""

NEAR_DAYS = 2
"""A weekday beside a noun is past for sure only so few days back ("the Friday vote" may be next)."""

LEAST_SAID = 2
"""Words that say which event it is, beside a noun of event and its day, where none of them is a name."""

YEAR_DAYS = 366

_PREPOSITIONS = frozenset({
    "in", "at", "on", "of", "with", "between", "by", "against", "near", "outside", "for", "from", "to", "inside",
    "over",
})  # fmt: skip
_AFTER_NOUN = frozenset({"in", "at", "of", "with", "on", "between", "near", "against", "by", "from", "for"})
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "st", "lt", "col", "sgt"})
_BEFORE_TIME = frozenset({"in", "on", "at", "late", "early", "earlier", "last", "this"})
_DEFINITE = frozenset({"the", "his", "her", "its", "their", "this", "that", "'s"})
_POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "this", "that", "our", "my"})
_STOPS = frozenset({",", ";", ":", "–", "—", "-", "(", ")", '"', "“", "”", ".", "?", "!"})
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


class Named(NamedTuple):
    """A noun phrase that names an event: its span, the noun, the time that dates it."""

    span: Span
    noun: str
    time: TimeExpression


def named_events(
    sentence: Span, words: Sequence[Word], times: Sequence[TimeExpression], published: str | None
) -> Iterator[Named]:
    """Yield the dated events that nouns of the sentence name; ``times`` are those no clause has taken."""
    for time in times:
        if not _is_a_day(time) and not _is_years_ago(time):
            continue
        first = next((i for i, w in enumerate(words) if sentence.start + w.start >= time.span.start), len(words))
        after = next((i for i, w in enumerate(words) if sentence.start + w.start >= time.span.end), len(words))
        if _is_still_running(time, published) or not _points_to_one_day(words, first, after, time, published):
            continue
        behind = _noun_behind(words, first, after) if _is_a_day(time) else None
        found = behind or _noun_before(words, first, after)
        if found is None:
            continue
        begin, noun, end = found
        if _is_told(words, begin, noun) and _says_which(words, begin, noun, end, first, after):
            yield Named(
                Span(sentence.start + words[begin].start, sentence.start + words[end - 1].end), words[noun].low, time
            )


def _is_years_ago(time: TimeExpression) -> bool:
    """Tell whether the time is a year behind its noun: "an invasion of the coast four years ago", "in 2008"."""
    days = parse(time.edtf) if time.edtf is not None and time.type is TimeType.DATE else None
    return days is not None and WIDEST_DAYS < days.size <= YEAR_DAYS


def _is_a_day(time: TimeExpression) -> bool:
    if time.edtf is None or time.type not in (TimeType.DATE, TimeType.TIME) or time.value.endswith("_REF"):
        return False
    days = parse(time.edtf)
    return days is not None and days.size <= WIDEST_DAYS


def _is_still_running(time: TimeExpression, published: str | None) -> bool:
    """Tell whether the time holds the day of print: "this week's vote" may be past or to come."""
    days, day = parse(time.edtf or ""), parse(published) if published else None
    return days is not None and day is not None and days.size > 1 and days.first <= day.first < days.last


def _is_event_noun(word: Word) -> bool:
    return word.low in entries("events")["verbs"]["nouns"]


def is_of_noun(words: Sequence[Word], core: Core, at: int) -> bool:
    """Tell whether the day at ``at`` (characters) is rather that of a known event right before it than the verb's.

    "The envoy praised the vote on Friday" leaves open what was on Friday; "held the vote on Friday" does not.
    """
    k = next((i for i, word in enumerate(words) if word.start >= at), len(words)) - 1
    while k >= 0 and words[k].low in _BEFORE_TIME:
        k -= 1
    if k - 2 >= core.last and words[k - 2].low == "for" and words[k - 1].low in {"a", "an"}:
        return True  # "named commander for a mission in May"
    if k <= core.last or not _is_event_noun(words[k]) or core.head in entries("events")["verbs"]["light"]:
        return False
    for i in range(k - 1, max(core.last - 1, k - MOST_BETWEEN - 2), -1):
        low = words[i].low
        if low in _DEFINITE or low.endswith(("'s", "s'")):
            return True
        if low in _PREPOSITIONS or low in _DETERMINERS or verb_at(words, i):
            return False
    return False


def _noun_behind(words: Sequence[Word], first: int, after: int) -> tuple[int, int, int] | None:
    """Return (begin, noun, end) of a phrase in which the day stands before its noun."""
    printed = words[first].low if first < len(words) else ""
    if first and words[first - 1].low in {"on", "in", "at", "by", "since", "until", "from"} and "'s" not in printed:
        return None
    k = after
    if k < len(words) and words[k].low in {"'s", "s"}:
        k += 1
    for noun in range(k, min(len(words), k + MOST_BETWEEN + 1)):
        word = words[noun]
        if word.text in _STOPS or word.low in _PREPOSITIONS or word.low in _DETERMINERS or verb_at(words, noun):
            return None
        if _is_event_noun(word) and not (noun + 1 < len(words) and _is_event_noun(words[noun + 1])):
            return _determiner_before(words, first), noun, _phrase_end(words, noun + 1)
    return None


def _determiner_before(words: Sequence[Word], first: int) -> int:
    """Return the article before a day, at most two adjectives between: "a possible May 4 strike"; else the day."""
    for k in range(first - 1, max(-1, first - 4), -1):
        word = words[k]
        if word.low in _DETERMINERS:
            return k
        if not word.text.islower() or word.low in _PREPOSITIONS or verb_at(words, k):
            break
    return first


def _points_to_one_day(
    words: Sequence[Word], first: int, after: int, time: TimeExpression, published: str | None
) -> bool:
    """Tell whether a noun's day is sure: no tense tells which side "Thursday's vote" is on, if it was not just now."""
    printed = " ".join(word.low for word in words[first:after])
    if printed in {"tonight", "this weekend", "this weekend's"}:
        return False  # before or after print
    if _WEEKDAY.search(printed) is None or _DIGIT.search(printed) or printed.startswith(("last", "next")):
        return True
    day, print_day = parse(time.edtf or ""), parse(published) if published else None
    if day is None or print_day is None:
        return False
    if day.first > print_day.first and any(word.low == "deadline" for word in words[after : after + MOST_BETWEEN]):
        return True  # "a Friday deadline"
    return 0 <= print_day.first - day.first <= NEAR_DAYS


def _noun_before(words: Sequence[Word], first: int, after: int) -> tuple[int, int, int] | None:
    """Return (begin, noun, end) of a phrase whose noun stands before its day: "the strikes near the port last week"."""
    k = first - 1
    if first < len(words) and words[first].text.isdigit() and words[k].low != "in":
        return None  # "a rally for his 2020 campaign"
    while k >= 0 and words[k].low in _BEFORE_TIME:
        k -= 1
    if k < 0 or words[k].low in entries("events")["since"]["words"] or words[k].low == "by":
        return None
    for noun in range(k, max(-1, k - MOST_OF_PHRASE), -1):
        word = words[noun]
        if verb_at(words, noun) and word.low in {"had", "held", "gave", "made"}:
            return _had_by_somebody(words, noun, after)
        if word.text in _STOPS or verb_at(words, noun) or word.low in entries("events")["verbs"]["links"]:
            return None
        if word.low in entries("events")["verbs"]["present"] or (word.low.endswith("ing") and not _is_event_noun(word)):
            return None
        if _is_event_noun(word) and (noun == k or words[noun + 1].low in _PREPOSITIONS):
            begin = _phrase_begin(words, noun)
            if begin is None or _is_of_another(words, begin):
                return None
            return begin, noun, after
    return None


def _is_of_another(words: Sequence[Word], begin: int) -> bool:
    """Tell whether the noun hangs on another event: "a march against the election Thursday" may be the march's day."""
    if begin < 2 or words[begin - 1].low not in {"against", "over", "for", "on", "about", "to"}:
        return False
    return _is_event_noun(words[begin - 2])


def _had_by_somebody(words: Sequence[Word], verb: int, after: int) -> tuple[int, int, int] | None:
    """Return the phrase of "a talk he had with the mayor on May 4": the noun, who had it, and its day."""
    who = verb - 1
    while who > 0 and words[who].text[:1].isupper():
        who -= 1
    if words[who].low in {"he", "she", "they", "it"}:
        who -= 1
    if who < 1 or who >= verb - 1 or not _is_event_noun(words[who]):
        return None
    begin = _phrase_begin(words, who)
    return (begin, who, after) if begin is not None else None


def _phrase_begin(words: Sequence[Word], noun: int) -> int | None:
    """Return where the noun's phrase begins: its determiner, or the adjectives and names before it."""
    begin = noun
    while begin and noun - begin < MOST_BETWEEN + 3:
        word = words[begin - 1]
        if word.text in _STOPS or word.low in _PREPOSITIONS or verb_at(words, begin - 1) or is_past(word.low):
            break
        if word.low in {"and", "or", "but", "as", "after", "before", "since", "during", "following", "than", "to"}:
            break
        begin -= 1
        if word.low in _DETERMINERS:
            return begin
    first = words[begin]
    return begin if begin < noun or first.low.endswith("s") else None


def _phrase_end(words: Sequence[Word], at: int) -> int:
    """Return the end of what describes the noun right behind it: phrases with a preposition, "in which ..."."""
    verbs = entries("events")["verbs"]
    if words[at - 1].low == "deadline" and words[at : at + 1] and words[at].low == "to":
        stops = _STOPS | {"with", "while", "as", "after", "before", "or", "and"}
        return next((k for k in range(at, len(words)) if words[k].low in stops), len(words))
    if _opens_relative(words, at):
        stop = next((k for k in range(at + 1, len(words)) if words[k].text in _STOPS), len(words))
        return stop if stop - at <= MOST_OF_RELATIVE else at
    if at >= len(words) or words[at].low not in _AFTER_NOUN:
        return at
    between = words[at].low == "between"
    for k in range(at + 1, min(len(words), at + MOST_OF_PHRASE)):
        word = words[k]
        joins = word.low == "and" and between
        if word.text == "." and words[k - 1].low in _TITLES:
            return at
        if word.text in _STOPS or verb_at(words, k) or word.low in verbs["links"] or word.low in verbs["present"]:
            return k if word.text != "-" and k > at + 1 and not (between and word.low == "and") else at
        gerund = word.low.endswith("ing") and words[k - 1].low in {"by", "for", "of", "with", "from"}
        if (word.low in {"to", "and", "after", "before", "since"} and not joins) or gerund:
            return k - gerund if k - gerund > at + 1 else at
        between = between and not joins
    return at


def _opens_relative(words: Sequence[Word], at: int) -> bool:
    low = [word.low for word in words[at : at + 2]]
    return low[:1] in (["when"], ["where"]) or low == ["in", "which"]


def _says_which(words: Sequence[Word], begin: int, noun: int, end: int, first: int, after: int) -> bool:
    """Tell whether the phrase says which event: "the May 4 strike", more than "the vote on Monday" or "his trip"."""
    small = entries("events")["small"]["words"]
    said = [
        words[k]
        for k in range(begin, end)
        if k != noun and not first <= k < after and words[k].low not in small and words[k].low not in {"'s", "s", "’s"}
    ]
    full = any(_DIGIT.search(word.text) for word in words[first:after])
    if words[begin].low in _POSSESSIVES and not any(word.text[:1].isupper() for word in said):
        return False
    return full or len(said) >= LEAST_SAID or any(word.text[:1].isupper() for word in said)


def _is_told(words: Sequence[Word], begin: int, noun: int) -> bool:
    """Tell whether nothing around the phrase says that the event is not, or may not come to be."""
    verbs = entries("events")["verbs"]
    bad = verbs["not_told_nouns"]
    if any(word.low in bad for word in words[begin:noun]):
        return False
    around = {word.low for word in words[max(0, begin - 6) : begin]}
    return not around & {
        "if",
        "whether",
        "unless",
        "not",
        "no",
        "denied",
        "without",
        "never",
        "would",
        "could",
        "might",
    }
