"""Whether the writer's own words begin at a token behind what was said: ", prompting", ", a move that", "and left".

Owns the tests on one opening each; ``endings`` asks them along the content.
"""

from __future__ import annotations

from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.draft import Draft
from retold.stages.claims.phrases import Tokens
from retold.stages.claims.statements import begins_clause
from retold.stages.claims.tokens import PAST, word_set
from retold.stages.claims.verbs import reporting_only

_COMMENTING = word_set("prompting echoing contrasting reflecting drawing sparking mirroring marking")
"""Participles by which the writer tells what the saying did or resembled."""
_WITHHOLDING = word_set("elaborating providing offering giving naming citing specifying saying mentioning explaining")
"""What somebody does not do while speaking: ", without elaborating"."""
_MINDED = word_set("convinced worried determined persuaded")


@cache
def _glosses() -> frozenset[str]:
    return frozenset(entries("reporting_verbs")["glosses"]["forms"])


def is_tail(tokens: Tokens, draft: Draft, start: int, k: int, end: int, *, is_statement: bool) -> bool:
    """Tell whether the writer goes on at ``k`` about the saying itself: when and how it was said, what came of it."""
    low, tag, after = tokens[k].low, tokens[k].tag, tokens[k + 1]
    if tag in "qQ" and after.low in {"as", "while"} and k + 2 < end and tokens[k + 2].tag == "N":
        return begins_clause(tokens, k + 2, end)  # "may end “at once” as she rose"
    if tag == "," and after.low == "despite":
        return True
    if (
        low == "before"
        and after.tag == "G"
        and after.low != "being"
        and (tokens[k - 1].tag in "qQ" or not is_statement)
    ):
        return True  # "called him a liar before piling on"
    if low == "and" and _is_next_act(tokens, k + 1, end):
        return True
    if tag == "," and k + 2 < end and _is_consequence(tokens, k + 1):
        return True
    is_modal = any(t.low in _AHEAD for t in tokens[start:k])
    if tag == "," and (is_modal or not is_statement) and _is_time_since(tokens, k + 1, end):
        return True
    if is_statement:
        return False
    if tag == "Q" and low == '",' and after.low in {"and", "but"}:
        return k + 2 < end and tokens[k + 2].tag not in "qQ"
    if (tag == "," and after.low == "then") or _is_tight_dash(tokens, k):
        return True
    if draft.group not in _OF_THINGS or any(t.tag in "RS" for t in tokens[start:k]):
        return False
    if tag == "C" and tokens[k - 1].tag != "N":
        return begins_clause(tokens, k + 1, end) or is_later_clause(tokens, k, end)
    if low == "the" and after.low in _SPANS and tokens[min(k + 2, end - 1)].low in {"after", "before"}:
        return draft.group in _DATED  # "defended the mayor the day after"
    is_timed = low in _TIMED and draft.group in _DATED
    return (low == "as" or is_timed) and begins_clause(tokens, k + 1, end)


def _is_tight_dash(tokens: Tokens, k: int) -> bool:
    """Tell whether a dash without a space before it opens a circumstance: "his bid—as part of a suit"."""
    is_tight = tokens[k].tag == "-" and tokens[k].start == tokens[k - 1].end
    return is_tight and tokens[k + 1].tag in "PS" and tokens[k + 1].start == tokens[k].end


def is_later_clause(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether a clause follows the conjunction at ``k`` behind a circumstance: "but in a later talk she"."""
    if k + 3 >= end or tokens[k + 1].tag != "P":
        return False
    n = next((n for n in range(k + 2, min(k + _FAR, end)) if tokens[n].tag in "NVAR,SQq"), end)
    return n < end and tokens[n].tag == "N" and begins_clause(tokens, n, end)


def _is_next_act(tokens: Tokens, verb: int, end: int) -> bool:
    """Tell whether the speaker's next act on the saying begins: "and made no mention of", "and raised doubts"."""
    if verb + 1 >= end:
        return False
    low, behind = tokens[verb].low, tokens[verb + 1].low
    return (low in _GIVING_NONE and behind == "no") or (low == "raised" and behind in _DOUBTS)


def _is_consequence(tokens: Tokens, k: int) -> bool:
    """Tell whether the writer's conclusion begins: "likely ending the talks", "meaning that"."""
    is_likely = tokens[k].low in {"likely", "effectively", "virtually"} and tokens[k + 1].tag == "G"
    return is_likely or (tokens[k].low == "meaning" and tokens[k + 1].low in {"that", "it"})


def _is_time_since(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether "a day after", "two weeks before" stands at ``k``."""
    n = next((n for n in range(k, min(k + 5, end)) if tokens[n].low in {"after", "before"}), end)
    return (
        k + 1 < n < end - 1 and any(t.low in _SPANS for t in tokens[k:n]) and all(t.tag in "DMWXZ" for t in tokens[k:n])
    )


_FAR = 9
"""Tokens of a circumstance behind a conjunction, with the pronoun that follows it."""
_AHEAD = word_set("will would can could cannot may might should must won't wouldn't won’t wouldn’t")
"""Verbs of what is to come: a time that is over is then that of the saying."""
_SPANS = word_set("day days week weeks month months year years hour hours minute minutes")
_GIVING_NONE = word_set("made gave offered provided")
_DOUBTS = word_set("doubts questions concerns objections")
_TIMED = word_set("after when while until before since though although")
_DATED = frozenset({"praise", "criticize", "express", "deny", "agree", "vote", "speak"})
"""Groups whose mere object is spoken of: a clause of time behind it tells when."""
_OF_THINGS = _DATED | {"accuse", "call", "name", "declare", "announce", "quote", "demand", "promise"}


def is_own_clause(tokens: Tokens, draft: Draft, start: int, k: int) -> bool:
    """Tell whether the writer's own clause on the saying begins at ``k``, whatever its verb has for an object.

    ", he was looking at her" behind a whole clause; ", convinced that"; ", prompting"; "and hammering" behind "saying".
    """
    after = tokens[k + 1]
    is_first_g = tokens[draft.at].tag == "G" and not any(t.tag == "G" for t in tokens[start:k])
    if tokens[k].low == "and" and after.tag == "G":
        return is_first_g
    if tokens[k].low == "while" and after.tag == "G":
        return after.low in reporting_only()
    is_past = after.tag == "V" and (after.low.endswith("ed") or after.low in PAST)
    if tokens[k].tag == "," and after.low in {"but", "and"} and tokens[start].tag == "T":
        return k + 2 < len(tokens) and tokens[k + 2].tag == "V" and tokens[k + 2].low in PAST
    if tokens[k].tag != ",":
        return False
    if after.low == "without" and k + 2 < len(tokens) and tokens[k + 2].low in _WITHHOLDING:
        return True
    if after.low in _COMMENTING or (is_past and after.low in _MINDED):
        return True
    first = start + (tokens[start].low == "that")
    is_whole = begins_clause(tokens, first, k) and not any(t.tag == "S" for t in tokens[first:k])
    return after.low in {"he", "she"} and is_whole and begins_clause(tokens, k + 1, len(tokens))


def is_manner(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether ", drawing a crowd" or ", as others did" begins behind the comma at ``k``."""
    if tokens[k + 1].tag == "G":
        return True
    if tokens[k + 1].low not in {"as", "while", "when", "after", "though", "although"}:
        return False
    if tokens[min(k + 2, end - 1)].tag == "A":
        return True
    # "blamed the flood, on the coast and inland, as part of a plan made by ..." goes on with its object.
    verb = next((n for n in range(k + 2, end) if tokens[n].tag in "AV"), end)
    is_participle = verb + 1 < end and tokens[verb].tag == "V" and tokens[verb + 1].tag == "P"
    return begins_clause(tokens, k + 2, end) and not is_participle


def is_next_deed(tokens: Tokens, k: int) -> bool:
    """Tell whether the subject's next deed begins at ``k``: "thanked the crews and (also) spoke to them"."""
    verb = k + 1 + (tokens[k + 1].tag == "Z")
    if tokens[k].low not in {"and", "but"} or verb >= len(tokens) or tokens[verb].tag != "V":
        return False
    is_adjective = tokens[verb].low.endswith("ed") and verb + 1 < len(tokens) and tokens[verb + 1].tag in "WK"
    return tokens[verb].low in PAST or not is_adjective


def is_gloss(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether ", a move that" or ", a figure which" begins behind the comma at ``k``."""
    if k + 3 >= end or tokens[k + 1].low not in {"a", "an"}:
        return False
    for n in range(k + 2, min(k + 5, end - 1)):
        if tokens[n].low in _glosses():
            return tokens[n + 1].tag in "RNVGPAT"
    return False
