"""Whether a time dates a clause: not one that belongs to a noun ("the 2016 race") or to the words of attribution.

Owns reading what stands around a time; which verb it is near to is the business of ``verbs``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.lexicon import entries
from retold.stages.timeline.verbs import is_past, verb_at, words_in
from retold.text.spans import Span


def is_of_cue(text: str, time: Span, apart: Sequence[Span]) -> bool:
    """Tell whether the time dates the saying: it stands right after the words of attribution."""
    for part in apart:
        between = text[part.end : time.start] if part.end <= time.start else None
        if between is not None and re.fullmatch(r"[\s,]*(?:(?:on|in|at|late|early|earlier|later)\s+)*", between):
            return True
    return False


def after_the_time_of_saying(text: str, span: Span, times: Sequence[tuple[int, int]]) -> Span:
    """Return the clause without a time that dates its being said: "on Monday that the quay was shut"."""
    lead = re.match(r"(?:[\w:.-]+\s){1,8}?that\s+", text[span.start : span.end])
    if lead is None:
        return span
    before = words_in(lead.group())
    timed = any(span.start <= start < span.start + lead.end() for start, _ in times)
    if timed and not any(verb_at(before, i) for i in range(len(before))):
        return Span(span.start + lead.end(), span.end)
    return span


def is_modifier(text: str, span: Span, time: Span) -> bool:
    """Tell whether the time only describes a noun: "the 2016 race", "Monday's vote", "his Friday speech"."""
    if _is_in_a_setting(text, span, time):
        return False
    after = text[time.end : min(span.end, time.end + 40)]
    before = text[max(span.start, time.start - 30) : time.start].split()
    last = before[-1].lower() if before else ""
    printed = text[time.start : time.end]
    if last.endswith(("'s", "’s")):
        return True
    if after[:2] in {"'s", "’s"} or after[:1] in {"-", "‑", "–"} or printed.endswith(("'s", "’s")):
        return True
    if re.match(r"\s+of\b", after) or (
        re.match(r"\s+(?:an?|the)\s", after)
        and re.search(r"\b(?:declared|proclaimed|designated|named|made|called)\s\Z", text[span.start : time.start])
    ):
        return True  # "declared Monday a day of mourning"
    if last in _BEFORE_A_NOUN:
        return True
    follows = re.match(r"\s+([^\W\d_]+)", after)
    if follows is None:
        return re.fullmatch(r"\d{4}s?", printed) is not None and last not in {"in", "by", "during"} and bool(after)
    if re.fullmatch(r"\d{4}s?", printed) and last not in {"in", "by", "during", "early", "late", "mid"}:
        return True
    word = follows[1]
    if printed.isdigit() and last == "in" and word.islower() and not _may_follow_a_time(word):
        return True  # "takes in 2012 harbour dues"
    if last in {"on", "in", "by", "at", "late", "early", "earlier", "during"}:
        return False
    return word.islower() and not _may_follow_a_time(word)


_SETTING_BEFORE = re.compile(
    r"\b(?:(?:in|at|during|with)\s+(?:the|an?|his|her|its|their)\s+(?:[\w-]+\s+){0,2}|(?P<own>(?:on|at|in|during)\s+))\Z",
    re.IGNORECASE,
)
_SETTING_AFTER = re.compile(
    r"(?P<owner>['’]s)?(?:\s+(?:morning|afternoon|evening|night))?(?:['’]s)?(?:\s+[\w-]+){0,2}?\s+"
    r"(?:tweets?|post|statement|interview|speech"
    r"|letter|e-?mail|memo|message|briefing|news conference|press conference|conference call|call|address|op-ed|filing"
    r"|meeting|hearing|rally|debate|show|session|vote|election|ceremony|appearance|edition|primary|caucus|runoff|referendum"
    r"|contest|game|match|race)\b"
)


def _is_in_a_setting(text: str, span: Span, time: Span) -> bool:
    """Tell whether the day stands in a phrase that says how or where the verb's deed was done.

    "threatened the board in an early Tuesday tweet", "revealed the plan at Monday's meeting": the deed's own day.
    """
    before = _SETTING_BEFORE.search(text, span.start, time.start)
    after = _SETTING_AFTER.match(text, time.end, span.end)
    if before is None or after is None or text[time.start : time.end].isdigit():
        return False
    return bool(after["owner"]) if before["own"] else True


_BEFORE_A_NOUN = frozenset({
    "of", "the", "a", "an", "his", "her", "its", "their", "this", "that", "between", "than", "dated", "to", "least",
    "like",
})  # fmt: skip


def _may_follow_a_time(word: str) -> bool:
    rules = entries("events")["verbs"]
    if word in {"following", "during"}:
        return True  # "pushed back Monday evening following the report"
    if word in rules["ing_nouns"] or word in rules["nouns"]:
        return False
    return (
        is_past(word)
        or word.endswith(("ing", "ly"))
        or any(word in rules[name] for name in ("auxiliaries", "modals", "links", "after_participle"))
        or word in _AFTER_TIME
    )


_AFTER_TIME = frozenset({
    "and", "or", "but", "to", "without", "through", "via", "amid", "morning", "afternoon", "evening", "night", "local",
    "while", "alone", "until", "then", "not", "following", "because", "despite", "he", "she", "they", "it", "the", "a",
    "an", "his", "her", "its", "their", "when", "where", "inside", "off", "across", "over",
})  # fmt: skip
