"""Where what was said begins and ends, and the writer's own words stand around it.

Owns the cut of a content: "..., a move that", "... but was vague", ", as others did", and the circumstance before it:
"after the vote, S". Where the next claim of the sentence begins is known to ``sentence``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.draft import Draft
from retold.stages.claims.phrases import Tokens
from retold.stages.claims.statements import begins_clause, is_stated
from retold.stages.claims.tokens import BE, HAVE, word_set

_BEFORE_MAIN = word_set("when after while as although though since because if once before whereas")
_CIRCUMSTANCES = word_set("after before when while until as since")
_TIMES_BEFORE = word_set("minutes hours days weeks months years moments seconds")
_REMARKED = frozenset({"praise", "criticize", "accuse", "call", "name", "declare", "announce", "express", "quote"})
"""Groups whose mere object is what is said: a participle or a clause with "as" behind it is the writer's."""


@cache
def _glosses() -> frozenset[str]:
    return frozenset(entries("reporting_verbs")["glosses"]["forms"])


def ended(tokens: Tokens, draft: Draft) -> Draft:
    """Return the draft with its content begun behind a circumstance and ended where the writer goes on."""
    start, end = draft.content[-1]
    if len(draft.content) == 1:
        start = _behind_topic(tokens, draft, _behind_circumstance(tokens, start, end), end)
    stop = _trimmed(tokens, start, _writer_from(tokens, draft, start, end)) if start < end else end
    return replace(draft, content=(*draft.content[:-1], (start, max(start, stop))))


def _behind_circumstance(tokens: Tokens, start: int, end: int) -> int:
    """Return where the words begin behind "after the vote, S"; the end when there is nothing but the circumstance."""
    first = start + (tokens[start].low in _TIMES_BEFORE or tokens[start].tag == "Z")
    if first + 1 >= end or tokens[first].low not in _CIRCUMSTANCES:
        return start
    if tokens[first + 1].tag == ",":
        return first + 2  # "as he said before, S"
    if any(t.tag in "Qq" for t in tokens[first:end]) or tokens[first + 1].low in {"if", "though", "well"}:
        return start
    comma = next((k for k in range(first, end - 1) if tokens[k].tag == "," and begins_clause(tokens, k + 1, end)), None)
    if comma is not None:
        return comma + 1
    if begins_clause(tokens, first + 1, end):
        return end  # "after the crews had left"
    has_clause = any(begins_clause(tokens, k, end) for k in range(first + 2, end))
    return start if has_clause else end


def _behind_topic(tokens: Tokens, draft: Draft, start: int, end: int) -> int:
    """Return where the quotation of "said of the quay: Q" begins."""
    if draft.cue[-1][1] != start or tokens[start - 1].low not in {"of", "about"}:
        return start
    for k in range(start, end - 1):
        if tokens[k].tag in ":," and tokens[k + 1].tag in "Qq":
            return k + 1
        if tokens[k].tag in "VAQ":
            break
    return start


def _trimmed(tokens: Tokens, start: int, stop: int) -> int:
    """Return the end of the content without a comma, dash or conjunction left hanging there."""
    while stop - 1 > start and tokens[stop - 1].tag in {",", "C", "-", "("}:
        stop -= 1
    return stop


def _writer_from(tokens: Tokens, draft: Draft, start: int, end: int) -> int:
    """Return where the content stops being what was said."""
    is_statement = is_stated(tokens, start, end)
    in_relative, is_inserted = _relative(tokens, draft)
    opens = _opens_sentence(tokens, draft)
    if tokens[start].tag == "Q" and start + 1 < end and _is_aside(tokens, start, end):
        return start + 1
    for k in range(start + 1, end - 1):
        tag, after = tokens[k].tag, tokens[k + 1]
        if tag == "," and opens and begins_clause(tokens, k + 1, end):
            return k
        if _goes_on(tokens, k, end, is_statement=is_statement) or _is_bracket(tokens, k, end):
            return k + (tag == "Q")
        if draft.group == "noun" and (
            (tag == "-" and tokens[k].start > tokens[k - 1].end) or (tag == "," and after.tag == "G")
        ):
            return k  # "calls for force, using a column to answer"; "his belief that S -- is to leave"
        if draft.group == "noun" and not is_statement and tag == "A" and tokens[k - 1].tag not in "RSNT":
            return k  # "his attack on the mayor has cost him votes"
        if tag == "." and tokens[k].low == "." and _is_full_stop(tokens, k):
            return k
        if tag == "," and _is_gloss(tokens, k, end):
            return k
        if tag in "-," and after.low == "even" and tokens[min(k + 2, end - 1)].tag == "S":
            return k
        if tag == "," and not is_statement and draft.group in _REMARKED and _is_manner(tokens, k, end):
            return k
        if not is_statement and draft.group in _REMARKED and _is_next_deed(tokens, k):
            return k
        verb = k + 2 if after.tag == "Z" and k + 2 < end else k + 1
        is_finite = tokens[verb].tag == "A" and tokens[verb].low in BE | HAVE
        if tag == "C" and not is_statement and is_finite:
            return k - (tokens[k - 1].tag == ",")
        if tag == "," and (tokens[verb].tag in "AV" if is_inserted else in_relative and tokens[verb].tag == "V"):
            return k
        if tag == ":" and in_relative and begins_clause(tokens, k + 1, end):
            return k
        if in_relative and not is_inserted and not is_statement and tag in "WK" and is_finite:
            return k + 1
    return end


def _relative(tokens: Tokens, draft: Draft) -> tuple[bool, bool]:
    """Return whether the saying stands in a relative clause, and whether commas stand around that."""
    source = draft.source
    if source is None:
        return False, False
    before = source[0] - 1
    in_relative = source[1] - source[0] == 1 and tokens[source[0]].tag == "R"
    if in_relative:
        return True, before >= 0 and tokens[before].tag == ","
    # "the clerks, whom he called heroes, would be paid"
    is_object = draft.first == source[0] and before > 0 and tokens[before].low in {"whom", "which"}
    return is_object, is_object and tokens[before - 1].tag == ","


def _is_aside(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether behind a quotation the writer says how or when: Q "raising his voice", Q "while others left"."""
    k = start + 1 + (tokens[start + 1].tag == ",")
    if k >= end:
        return False
    return tokens[k].tag == "G" or (tokens[k].low in {"while", "as", "when"} and begins_clause(tokens, k + 1, end))


def _is_manner(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether ", drawing a crowd" or ", as others did" begins behind the comma at ``k``."""
    if tokens[k + 1].tag == "G":
        return True
    if tokens[k + 1].low not in {"as", "while", "when", "after"}:
        return False
    if tokens[min(k + 2, end - 1)].tag == "A":
        return True
    # "blamed the flood, on the coast and inland, as part of a plan made by ..." goes on with its object.
    verb = next((n for n in range(k + 2, end) if tokens[n].tag in "AV"), end)
    is_participle = verb + 1 < end and tokens[verb].tag == "V" and tokens[verb + 1].tag == "P"
    return begins_clause(tokens, k + 2, end) and not is_participle


def _is_next_deed(tokens: Tokens, k: int) -> bool:
    """Tell whether the subject's next deed begins at ``k``: "thanked the crews and spoke to them"."""
    if tokens[k].low not in {"and", "but"} or tokens[k + 1].tag != "V":
        return False
    return not (tokens[k + 1].low.endswith("ed") and k + 2 < len(tokens) and tokens[k + 2].tag in "WK")


def _is_bracket(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether the writer's own clause in brackets ends the content: "(the quay has stood for years)"."""
    if tokens[k].tag != "(" or tokens[end - 1].tag not in {")", "W", "X", "K"}:
        return False
    closing = next((n for n in range(k, min(end, len(tokens))) if tokens[n].tag == ")"), None)
    return (closing is None or closing == end - 1) and begins_clause(tokens, k + 1, end)


def _goes_on(tokens: Tokens, k: int, end: int, *, is_statement: bool) -> bool:
    """Tell whether the writer goes on at ``k``: ", but she left", ", and the ship now sails", a last dash."""
    if tokens[k].tag == "-" and tokens[k].start > tokens[k - 1].end:
        return not any(t.tag == "-" for t in tokens[k + 1 : end]) and not any(t.tag == "-" for t in tokens[:k])
    is_quoted = tokens[k].tag == "Q" and tokens[k].low == '",'
    if not is_statement or not (tokens[k].tag == "," or is_quoted):
        return False
    if k + 3 >= end or tokens[k + 1].low not in {"but", "and", "yet"}:
        return False
    start = k + 2 + (tokens[k + 2].tag == "Z")
    return start < end and begins_clause(tokens, start, end)


def _opens_sentence(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the saying stands in a clause before the main one: "When Ann Reed announced that S, she ..."."""
    first = draft.first - 1
    return 0 <= first <= 1 and tokens[first].low in _BEFORE_MAIN and (first == 0 or tokens[0].tag in "CZ")


def _is_full_stop(tokens: Tokens, k: int) -> bool:
    """Tell whether a stop inside a sentence ends one: a plain word before it, a capital behind it."""
    before, after = tokens[k - 1], tokens[k + 1]
    return before.tag in "WXV" and len(before.low) > 3 and "." not in before.low and after.tag in "KNDSPZR"


def _is_gloss(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether ", a move that" or ", a figure which" begins behind the comma at ``k``."""
    if k + 3 >= end or tokens[k + 1].low not in {"a", "an"}:
        return False
    for n in range(k + 2, min(k + 5, end - 1)):
        if tokens[n].low in _glosses():
            return tokens[n + 1].tag in "RNVGPA"
    return False
