"""Clauses of a sentence and how it orders them: "X came hours after Y", "X, prompting Y", "X and days later Y".

Works on the characters of one sentence, without a parser: cuts where a connective, a result or an attribution
begins, and keeps the order each connective tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from retold.lexicon import entries
from retold.text.spans import Span, trim

PREVIOUS = -1
"""In an Order: the event told just before this sentence."""


class Order(NamedTuple):
    """Clause ``earlier`` lies before clause ``later`` (indices, or PREVIOUS); ``close`` means within a day."""

    earlier: int
    later: int
    close: bool


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of one sentence in reading order, and what it says of their order."""

    spans: tuple[Span, ...]
    orders: tuple[Order, ...]


class _Cut(NamedTuple):
    end: int
    start: int
    sense: str
    close: bool


_SOON = r"(?:(?:just|only|shortly|soon|barely|immediately|less than|more than|about)\s+)*"
_SPAN = r"(?:(?:an?|one|two|three|four|five|six|seven|several|a few|\d+)\s+)?(?P<unit>\w+)\s+"


@cache
def _connectives() -> re.Pattern[str]:
    order = entries("events")["order"]
    units = "minutes?|hours?|days?|weeks?|months?|years?|moments|seconds"
    results = "|".join(order["result_participles"])
    span = _SPAN.replace(r"\w+", units)
    return re.compile(
        rf"(?P<after>,?\s+{_SOON}(?:{span})?after\s+)"
        rf"|(?P<before>,?\s+{_SOON}(?:{span.replace('?P<unit>', '?:')})?before\s+)"
        rf"|(?P<result>,\s+(?=(?:later\s+|eventually\s+|then\s+|in turn\s+)?(?:{results})\b))"
        r"|(?P<part>;\s+|:\s+(?=(?:The|An?)\s)|\s[–—]\s|—|,\s+(?=(?:who|which|where)\b)|,?\s+(?:when|while)\s+)"
        r"|(?P<who>\s+(?=who\s))"
        r"|(?P<join>,?\s+(?:and|but)\s+(?:then\s+)?)"
    )


def clauses_of(
    text: str, sentence: tuple[int, int], *, times: Sequence[tuple[int, int]], apart: Sequence[tuple[int, int]]
) -> Clauses:
    """Return the clauses of a sentence and their order.

    ``times`` are its time expressions; ``apart`` the stretches that only say who says so, which belong to no clause.
    """
    pieces: list[Span] = []
    orders: list[Order] = []
    for start, end in _without(sentence, apart):
        base = len(pieces)
        cuts = [cut for cut in _cuts(text, start, end, times) if not _in_quotation(text, sentence[0], cut.end)]
        for i_cut, (left, right) in enumerate(_between(start, end, cuts)):
            pieces.append(_bare(text, left, right))
            if i_cut:
                orders += _ordered(cuts[i_cut - 1], base + i_cut - 1, base + i_cut, text[left:right])
        if base < len(pieces) and _follows_what_was_told(text[start:end]):
            orders.append(Order(PREVIOUS, base, close=False))
    return Clauses(tuple(pieces), tuple(orders))


def _without(sentence: tuple[int, int], apart: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    left: list[tuple[int, int]] = []
    at = sentence[0]
    for start, end in sorted(apart):
        if start > at:
            left.append((at, start))
        at = max(at, end)
    if at < sentence[1]:
        left.append((at, sentence[1]))
    return left


def _cuts(text: str, start: int, end: int, times: Sequence[tuple[int, int]]) -> list[_Cut]:
    found: list[_Cut] = []
    within = entries("events")["order"]["units_within_a_day"]
    for match in _connectives().finditer(text, start, end):
        sense = match.lastgroup if match.lastgroup != "unit" else "after"
        assert sense is not None
        left, right = (found[-1].start if found else start, match.start()), (match.end(), end)
        if sense in {"after", "before"} and not (_has_verb(text, *left) and _has_verb(text, *right)):
            continue
        if match.group("unit") and text[: match.start()].endswith((" next", " last", " this", " that", " every")):
            continue
        if sense in {"after", "before"} and _shares_verb(text, *right):
            continue
        if sense in {"after", "before"} and (_time_at(match.end(), times) or _inside_relative(text, left)):
            continue
        if (
            sense == "join"
            and not (_has_time(left, times) and _has_time(right, times))
            and not _time_at(match.end(), times)
        ):
            continue
        if sense == "join" and not (_has_verb(text, *left) and _has_verb(text, *right)):
            continue
        if sense == "join" and _joins_names(text, left):
            continue
        if sense == "who" and not (_has_verb(text, *left) and _has_time(right, times)):
            continue
        if sense == "part" and match.group().strip(", ") in {"when", "while"} and _inside_relative(text, left):
            continue  # "a docker who fell when he was nine has been paid"
        if "when" in match.group() and any(stop == match.start() for _, stop in times):
            continue  # "on 14 October, when a rope snapped": the day and what happened on it stay together
        found.append(_Cut(match.start(), match.end(), sense, match.group("unit") in within))
    return found


def _shares_verb(text: str, start: int, end: int) -> bool:
    """Tell whether the first verb is only joined by "and": "spoke before the board and left"."""
    verbs = verbs_in(text[start:end])
    return bool(verbs) and re.search(rf"\b(?:and|but)\s+{re.escape(verbs[0])}\b", text[start:end]) is not None


def _joins_names(text: str, left: tuple[int, int]) -> bool:
    """Tell whether "and" joins two subjects: "said that Lund and ...", "between Lund and ..."."""
    words = text[left[0] : left[1]]
    if re.search(r"\bbetween\b(?!.*\band\b)", words):
        return True
    inner = re.split(r"\b(?:that|which|who|when|where|because)\b|[,;]", words)
    return len(inner) > 1 and bool(inner[-1].strip()) and not verbs_in(inner[-1])


def _inside_relative(text: str, left: tuple[int, int]) -> bool:
    """Tell whether the only verb so far is that of a relative clause: "the plane that crashed"."""
    verbs = verbs_in(text[left[0] : left[1]])
    return (
        len(verbs) == 1
        and re.search(rf"\b(?:that|who|which)\s+{re.escape(verbs[0])}\b", text[left[0] : left[1]]) is not None
    )


def _has_time(part: tuple[int, int], times: Sequence[tuple[int, int]]) -> bool:
    return any(part[0] <= start < part[1] for start, _ in times)


def _time_at(at: int, times: Sequence[tuple[int, int]]) -> bool:
    return any(start == at for start, _ in times)


def _between(start: int, end: int, cuts: Sequence[_Cut]) -> list[tuple[int, int]]:
    lefts = [start, *(cut.start for cut in cuts)]
    rights = [*(cut.end for cut in cuts), end]
    return list(zip(lefts, rights, strict=True))


def _ordered(cut: _Cut, left: int, right: int, words: str) -> list[Order]:
    match cut.sense:
        case "after":
            return [Order(right, left, cut.close)]
        case "before" | "result":
            return [Order(left, right, cut.close)]
        case "join":
            return [Order(left, right, close=False)] if _LATER.match(words) else []
        case _:
            return []


_LATER = re.compile(
    r"\s*(?:(?:an?|one|two|three|four|five|six|seven|several|a few|\d+)\s+)?"
    r"(?:(?:minutes?|hours?|days?|weeks?|months?|years?)\s+)?"
    r"(?:later|afterwards?|the (?:next|following) (?:day|week|month|year))\b",
    re.IGNORECASE,
)


_LATER_INSIDE = re.compile(
    r"\S (?:(?:an?|one|two|three|four|five|six|seven|several|a few)\s)?(?:minutes?|hours?|days?|weeks?|months?) later"
    r"(?=\Z|\s+(?:amid|after|in|at|on|with|over|because|to|by|for|from|during|under)\b)"
)
_LATER_THE_SAME_DAY = re.compile(
    r"\s*later (?:on |that |in the )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|day|morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)
_LATER_THAT = re.compile(r"\s*(?:[\w-]+\s){0,2}(?:later|afterwards?|then)(?:\s[\w-]+){0,5}\sthat\b", re.IGNORECASE)


def _follows_what_was_told(words: str) -> bool:
    """Tell whether the words say that they follow what was told just before."""
    order = entries("events")["order"]
    lowered = words.lower()
    opening = re.split(r"\bif\b|,\s|\sand\s", lowered[:120])[0]
    return (
        _LATER_INSIDE.search(opening) is not None
        or (
            _LATER.match(words) is not None
            and _LATER_THAT.match(words) is None
            and not _LATER_THE_SAME_DAY.match(words)
        )
        or any(re.search(rf"\b{phrase}\b(?! to\b)", opening) for phrase in order["next_phrases"])
        or any(re.search(rf"\b{verb}\b", opening) for verb in order["next_verbs"])
    )


def _has_verb(text: str, start: int, end: int) -> bool:
    return bool(verbs_in(text[start:end]))


def verbs_in(words: str) -> list[str]:
    """Return the words that look like a past verb or an auxiliary.

    >>> verbs_in("the armed crew left after the boom crashed")
    ['left', 'crashed']
    """
    verbs = entries("events")["verbs"]
    past, never = set(verbs["past"]), set(verbs["not_verbs"])
    found = []
    for match in re.finditer(r"(?<![-‑])\b[a-z]+\b(?!-)", words):
        word = match.group()
        if word in past or (word.endswith("ed") and len(word) > 3 and word not in never):
            found.append(word)
    return found


def _in_quotation(text: str, start: int, at: int) -> bool:
    opened = text.count("“", start, at) - text.count("”", start, at)
    return opened > 0 or text.count('"', start, at) % 2 == 1


def _bare(text: str, start: int, end: int) -> Span:
    """Return the clause without white space and punctuation around it."""
    span = trim(text, (start, end))
    left, right = span
    while left < right and text[left] in ",;:–—- ":
        left += 1
    while right > left and text[right - 1] in ",;:.–—- ":
        right -= 1
    return Span(left, right)
