"""The run of words before a verb that may be one phrase: where it starts, and what of it tells only when.

Owns the way left over tagged tokens. Which of the words are the subject is said by ``phrases``.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.stages.claims.tokens import Token, word_set

LONGEST = 30
"""Tokens looked back over for a subject, and between the commas of an apposition."""
ASKED_PERSONS = word_set("polled surveyed interviewed questioned asked")
"""Participles that may stand last in a subject: "half of those polled said"."""
_INSIDE = frozenset("DWKMPCqXG)(O")
_CLAUSE_OPENERS = word_set("after before since until till amid despite following but")
"""Words that open a clause or a circumstance more often than they stand inside a subject."""
_ROLES_TO = word_set(
    "close loyal aide aides adviser advisers advisor advisors assistant counsel counselor envoy ambassador"
)
"""Words behind which "to" belongs to a person: "an aide to the mayor said"."""
_PLACED = word_set("based located stationed posted")
"""Participles that stand behind a person with a mere adverb of place: "a diplomat based nearby said"."""
_NO_PARTICIPLES = word_set(
    "wrote spoke took gave went came saw knew began broke chose drew drove flew forgot froze hid rode sang sank stole "
    "appeared swam threw tore woke wore grew fell rose shook ate blew ran"
)
"""Past forms that differ from the participle: they end the subject's stretch, while "a rally held in" does not."""


def behind_time(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where the phrase starts behind "earlier this week" and "the first time"."""
    first = start
    while first + 1 < end and (tokens[first].tag == "X" or (tokens[first].tag == "Z" and tokens[first + 1].tag == "X")):
        first += 1
    if first + 3 < end and tokens[first].tag == "D" and tokens[first + 2].low == "time":
        first += 3
    return first if tokens[first].tag in "DWKMq" else start


def without_day(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return the end of the phrase without the day it was said on: "the mayor on Tuesday"."""
    last = end
    if (
        end - start > 4
        and [t.low for t in tokens[end - 4 : end - 2]] == ["for", "the"]
        and tokens[end - 1].low == "time"
    ):
        last = end = end - 4  # "the court on Wednesday for the first time"
    while last - 1 > start and tokens[last - 1].tag == "X":
        last -= 1
    if last < end and last - 1 > start and tokens[last - 1].tag == "Z":
        last -= 1
    if last < end and last - 1 > start and tokens[last - 1].low in {"on", "in", "late", "early"}:
        last -= 1
    return last if last < end and tokens[last - 1].tag in "WK" else end


def stretch_start(tokens: Sequence[Token], end: int) -> int:
    """Return where the run of words that may belong to one phrase starts, going left from ``end``."""
    i = end
    while i > 0 and end - i < LONGEST:
        token = tokens[i - 1]
        if token.tag == "V":
            follows = tokens[i].tag if i < end else ""
            is_adjective = (
                i < end and i > 1 and _may_open(tokens, i - 2) and follows in "WK" and token.low.endswith("ed")
            )
            is_reduced = (
                (follows in {"P", "Z", "T", "X"} or (token.low in _PLACED and follows not in {"D", "K", "N"}))
                and i > 1
                and tokens[i - 2].tag in "WK"
            )
            is_reduced = is_reduced and token.low not in _NO_PARTICIPLES and token.low not in {"said", "says"}
            is_asked = i == end and token.low in ASKED_PERSONS and i > 1 and tokens[i - 2].tag in "WKM"
            if not (is_adjective or is_reduced or is_asked):
                break
        elif token.tag == "Z" or token.tag == "T":
            # "the newly elected mayor", "the right to life group"
            is_late = token.tag == "Z" and i < end and tokens[i].tag == "X"
            is_joined = token.tag == "T" and i > 1 and tokens[i - 2].low in _ROLES_TO
            is_inside = i < end and tokens[i].tag in "VWK" and i > 1 and tokens[i - 2].tag in "DWVKP"
            if not (is_inside or is_late or is_joined):
                break
        elif (
            token.tag not in _INSIDE
            or (token.low in _CLAUSE_OPENERS and not _is_of_participle(tokens, i - 1))
            or (token.tag == "O" and not (i > 1 and tokens[i - 2].tag in "PT"))
        ):
            break
        i -= 1
    return i


def _is_of_participle(tokens: Sequence[Token], k: int) -> bool:
    """Tell whether "after" at ``k`` goes on with a participle behind its noun: "a panel formed after the flood"."""
    is_participle = (
        k > 1 and tokens[k - 1].tag == "V" and tokens[k - 1].low.endswith("ed") and tokens[k - 2].tag in "WK"
    )
    return tokens[k].low in {"after", "before", "since"} and is_participle


def _may_open(tokens: Sequence[Token], k: int) -> bool:
    """Tell whether the word at ``k`` may stand before an adjective in -ed: behind a noun comes the verb."""
    return tokens[k].tag in "DM" or (tokens[k].tag in "WKZ" and k > 0 and tokens[k - 1].tag in "DM")


def last_phrase(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where the last phrase of ``[start, end)`` starts, when the run holds more than one."""
    verb = start - 1
    while verb > 0 and tokens[verb].tag == "Z":
        verb -= 1
    after_verb = verb >= 0 and tokens[verb].tag in "VAT"
    for i in range(end - 1, start, -1):
        tag, before = tokens[i].tag, tokens[i - 1].tag
        if tag == "C" and after_verb:
            return i + 1
        if tag == "D" and before in "WKMXqO" and tokens[i].low != "all":
            return i
        if tag in "K" and before == "X" and tokens[start].tag in "PX":
            return i
    return start
