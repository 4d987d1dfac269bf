"""Whether the words behind a cue state something: a that-clause, a question, a full clause, a quotation.

Owns that test, on which it hangs whether a verb of two senses reports.
"""

from __future__ import annotations

import re

from retold.stages.claims.group import group_start
from retold.stages.claims.phrases import Tokens, phrase_after, subject_before
from retold.stages.claims.tokens import word_set

QUESTIONS = word_set("how why what whether who where when if which")


def is_stated(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether the content is a that-clause, a question, a full clause, or holds a quotation."""
    if tokens[start].low == "that" and end - start == 2 and tokens[start + 1].tag in "WK":
        return False  # "that person"
    if tokens[start].low == "that" or tokens[start].low in QUESTIONS:
        return True
    return any(t.tag == "Q" for t in tokens[start:end]) or tokens[start].tag == "q" or has_clause(tokens, start, end)


def has_clause(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a finite verb of the content has the content's first phrase as its subject."""
    if tokens[start].tag == "N" and start + 1 < end:
        k = next((k for k in range(start + 1, end) if tokens[k].tag not in "ZX"), end)
        return k < end and tokens[k].tag not in "P,.:;"
    if tokens[start].tag not in "DWKMNq":
        return False
    for k in range(start + 1, end):
        if tokens[k].tag in "SR;:":
            return False
        if tokens[k].tag in "AV" and tokens[k - 1].tag != "T":
            subject = subject_before(tokens, group_start(tokens, k))
            if subject is not None and subject[0] == start and subject[1] <= k:
                return True
    return False


def begins_clause(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a subject and its finite verb begin here."""
    if start >= end or tokens[start].tag not in "DWKN" or tokens[start].low == "likely":
        return False
    if tokens[start].tag == "N" and _CONTRACTED.search(tokens[start].low):
        return True  # "that's wrong"
    behind = tokens[start + 1] if start + 1 < end else None
    if tokens[start].low == "that" and behind is not None:
        is_many = behind.tag == "W" and behind.low.endswith("s") and not behind.low.endswith("ss")
        if behind.tag in "KND" or (is_many and not _is_verb_of_one(tokens, start + 1, end)):
            return False  # "and that crews were paid": a second clause of what is said
    if tokens[start].low in {"this", "that"} and start + 1 < end and _is_verb_of_one(tokens, start + 1, end):
        return True
    stop = start + 1 if tokens[start].tag == "N" else phrase_after(tokens, start)
    while stop < end and tokens[stop].tag in "ZX":
        stop += 1
    return stop > start and stop < end and (tokens[stop].tag in "AV" or _is_plural_verb(tokens, stop))


def _is_verb_of_one(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether the verb of "this" or "that" stands at ``k``: "this is", "this alarms the port"."""
    is_in_s = tokens[k].tag == "W" and tokens[k].low.endswith("s") and not tokens[k].low.endswith("ss")
    return tokens[k].tag == "A" or (is_in_s and k + 1 < end and tokens[k + 1].tag in "DKO")


def _is_plural_verb(tokens: Tokens, k: int) -> bool:
    """Tell whether a form without an ending is the verb of a plural or pronoun: "tensions continue", "they make"."""
    before = tokens[k - 1]
    is_many = before.tag == "N" or (before.tag in "WK" and before.low.endswith("s") and not before.low.endswith("ss"))
    return is_many and tokens[k].low in PRESENT


PRESENT = word_set(
    "remain continue become make take give get keep seem appear consider need want know think believe say include "
    "begin try fail go come face hold"
)
"""Bases that are hardly ever nouns behind a plural."""
_CONTRACTED = re.compile(r"['’](?:s|re|m|d|ve|ll)$")
