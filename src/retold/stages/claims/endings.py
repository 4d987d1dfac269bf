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
from retold.stages.claims.right import places
from retold.stages.claims.statements import begins_clause, has_clause, is_stated
from retold.stages.claims.tokens import BE, HAVE, PAST, word_set
from retold.stages.claims.verbs import reporting_only

_BEFORE_MAIN = word_set("when after while as although though since because if once before whereas")
_CIRCUMSTANCES = word_set("after before when while until as since")
_TIMES_BEFORE = word_set("minutes hours days weeks months years moments seconds")
_REMARKED = frozenset({"praise", "criticize", "accuse", "call", "name", "declare", "announce", "express", "quote"})
"""Groups whose mere object is what is said: a participle or a clause with "as" behind it is the writer's."""

_TITLE = 4
"""Letters of the longest form of address that a stop shortens."""
_SCENE = 8
"""Tokens behind the preposition in which the noun of an occasion stands: "at a packed campaign rally"."""
_OCCASIONS = word_set("rally conference debate meeting hearing press event forum session ceremony summit")
_LIKE = frozenset({"like", "including", "than"})
_COMMENTING = word_set("prompting echoing contrasting reflecting drawing sparking mirroring marking")
"""Participles by which the writer tells what the saying did or resembled."""
_WITHHOLDING = word_set("elaborating providing offering giving naming citing specifying saying mentioning explaining")
"""What somebody does not do while speaking: ", without elaborating"."""
_SHORTENED = frozenset({"calif"})
_ADDING = word_set("saying claiming adding arguing calling telling")
_MINDED = word_set("convinced worried determined persuaded")


@cache
def _glosses() -> frozenset[str]:
    return frozenset(entries("reporting_verbs")["glosses"]["forms"])


def ended(tokens: Tokens, draft: Draft) -> Draft:
    """Return the draft with its content begun behind a circumstance and ended where the writer goes on."""
    start, end = draft.content[-1]
    if len(draft.content) == 1:
        start = _behind_topic(tokens, draft, _behind_circumstance(tokens, start, end), end)
    stop = end
    if start < end:
        stop = _scene_from(tokens, start, _trimmed(tokens, start, _writer_from(tokens, draft, start, end)))
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
    is_rest = stop - 2 > start and tokens[stop - 1].low == "both" and tokens[stop - 2].tag in "Qq"
    return stop - is_rest  # called it “a sham,” both | on Monday and


def _writer_from(tokens: Tokens, draft: Draft, start: int, end: int) -> int:
    """Return where the content stops being what was said."""
    is_statement = is_stated(tokens, start, end)
    in_relative, is_inserted = _relative(tokens, draft)
    opens = _opens_sentence(tokens, draft)
    if tokens[start].tag == "Q" and start + 1 < end and _is_aside(tokens, start, end):
        return start + 1
    for k in range(start + 1, end - 1):
        tag, after = tokens[k].tag, tokens[k + 1]
        if tag == "," and opens and tokens[start].tag != "S" and begins_clause(tokens, k + 1, end):
            return k
        if _goes_on(tokens, k, end) or _is_bracket(tokens, k, end):
            return k + (tag == "Q")
        if _is_behind_speech(tokens, start, k, end):
            return k + 1
        if not is_statement and tag == "K" and after.low in _ADDING:
            return k + 1  # "berated Ann Roe saying she"
        is_attributed = len(tokens) - k < _SCENE and begins_clause(tokens, k + 2, len(tokens))
        if tag == ":" and after.tag == "Q" and is_attributed:
            return k  # "what he described as a scene: “It is over,” he said"
        if _is_own_clause(tokens, draft, start, k):
            return k
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
        is_thing = not is_statement or not (tokens[start].low == "that" or has_clause(tokens, start, end))
        is_remark = draft.group in _REMARKED or tokens[start].low in {"no", "yes", "so"}
        if is_thing and is_remark and _is_next_deed(tokens, k):
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


def _is_behind_speech(tokens: Tokens, start: int, k: int, end: int) -> bool:
    """Tell whether speech that closes with a comma is over at ``k``: “It is over,” noting that, “a sham,” but she.

    A further quotation, a second that-clause, and speech that another inside the words utters are still said.
    """
    if tokens[k].tag != "Q" or tokens[k].low != '",' or tokens[k + 1].tag not in "GPXZSRC":
        return False
    utters = any(
        t.tag in "GV" and t.low in reporting_only() and tokens[n - 1].tag != "T"
        for n, t in enumerate(tokens[start:k], start)
    )
    if tokens[k + 1].low in _LIKE or utters:
        return False
    if tokens[k + 1].tag == "C":
        return k + 2 < end and (tokens[k + 2].tag in "GV" or begins_clause(tokens, k + 2, end))
    return not any(t.tag in "Qq" for t in tokens[k + 1 : end])


def _scene_from(tokens: Tokens, start: int, end: int) -> int:
    """Return where the scene begins behind a quotation, or behind words that are no clause; else the end."""
    is_that = tokens[start].low in {"that", "there"} or has_clause(tokens, start, end)
    is_clause = tokens[start].tag != "T" and is_that
    for k in range(start + 1, end):
        if (tokens[k - 1].tag in "qQ" or not is_clause) and _is_scene(tokens, k, end):
            return k
    return end


def _is_scene(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether all that follows is where or when it was said: "during a speech in the port on Friday"."""
    if k >= end or tokens[k].low not in {"during", "in", "on", "at", "via"}:
        return False
    is_open = any(t.tag in "VANSRQqG" for t in tokens[k:end])
    nouns = places()["on" if tokens[k].low == "on" else "in"] - {"response"} | _OCCASIONS
    stop = next((n for n in range(k + 1, min(k + _SCENE, end)) if tokens[n].tag not in "DWKMX"), min(k + _SCENE, end))
    heads = [n for n in range(k + 1, stop) if n + 1 == len(tokens) or tokens[n + 1].tag not in "WK"]
    return not is_open and any(tokens[n].low in nouns for n in heads)


def _is_own_clause(tokens: Tokens, draft: Draft, start: int, k: int) -> bool:
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
    """Tell whether the subject's next deed begins at ``k``: "thanked the crews and (also) spoke to them"."""
    verb = k + 1 + (tokens[k + 1].tag == "Z")
    if tokens[k].low not in {"and", "but"} or verb >= len(tokens) or tokens[verb].tag != "V":
        return False
    is_adjective = tokens[verb].low.endswith("ed") and verb + 1 < len(tokens) and tokens[verb + 1].tag in "WK"
    return tokens[verb].low in PAST or not is_adjective


def _is_bracket(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether the writer's own clause in brackets ends the content: "(the quay has stood for years)"."""
    if tokens[k].tag != "(" or tokens[end - 1].tag not in {")", "W", "X", "K"}:
        return False
    closing = next((n for n in range(k, min(end, len(tokens))) if tokens[n].tag == ")"), None)
    return (closing is None or closing == end - 1) and begins_clause(tokens, k + 1, end)


def _goes_on(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether the writer goes on at ``k``: ", but she left", ", and the ship now sails", a last dash."""
    if tokens[k].tag == "-" and tokens[k].start > tokens[k - 1].end:
        return not any(t.tag == "-" for t in tokens[k + 1 : end]) and not any(t.tag == "-" for t in tokens[:k])
    is_quoted = tokens[k].tag == "Q" and tokens[k].low == '",'
    if not (tokens[k].tag == "," or is_quoted):
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
    is_next = after.tag in "KN" and k + 2 < len(tokens) and tokens[k + 2].tag in "VA"
    is_name = before.tag == "K" and len(before.low) > _TITLE and "." not in before.low
    if is_name and before.low not in _SHORTENED and (is_next or after.tag in "DPS"):
        return True  # "a cable by Sen. Ann Holter. Reed said"
    return before.tag in "WXV" and len(before.low) > 3 and "." not in before.low and after.tag in "KNDSPZR"


def _is_gloss(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether ", a move that" or ", a figure which" begins behind the comma at ``k``."""
    if k + 3 >= end or tokens[k + 1].low not in {"a", "an"}:
        return False
    for n in range(k + 2, min(k + 5, end - 1)):
        if tokens[n].low in _glosses():
            return tokens[n + 1].tag in "RNVGPAT"
    return False
