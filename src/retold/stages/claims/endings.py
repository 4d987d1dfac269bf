"""Where what was said begins and ends, and the writer's own words stand around it.

Owns the cut of a content: "..., a move that", "... but was vague", ", as others did", and the circumstance before it:
"after the vote, S". Where the next claim of the sentence begins is known to ``sentence``.
"""

from __future__ import annotations

from dataclasses import replace

from retold.stages.claims.draft import Draft
from retold.stages.claims.phrases import Tokens
from retold.stages.claims.right import places
from retold.stages.claims.statements import begins_clause, has_clause, is_stated
from retold.stages.claims.tails import is_gloss, is_later_clause, is_manner, is_next_deed, is_own_clause, is_tail
from retold.stages.claims.tokens import BE, HAVE, word_set
from retold.stages.claims.verbs import reporting_only

_BEFORE_MAIN = word_set("when after while as although though since because if once before whereas")
_CIRCUMSTANCES = word_set("after before when while until as since")
_TIMES_BEFORE = word_set("minutes hours days weeks months years moments seconds")
_REMARKED = frozenset({"praise", "criticize", "accuse", "call", "name", "declare", "announce", "express", "quote"})
"""Groups whose mere object is what is said: a participle or a clause with "as" behind it is the writer's."""

_CLAUSAL = frozenset({"say", "argue", "claim", "tell", "report", "note", "believe", "expect", "admit"})
"""Groups behind which a time or place may open the words."""
_NAMED = frozenset({"call", "name", "describe"})
_TITLE = 4
"""Letters of the longest form of address that a stop shortens."""
_SCENE = 8
"""Tokens behind the preposition in which the noun of an occasion stands: "at a packed campaign rally"."""
_OCCASIONS = word_set("rally conference debate meeting hearing press event forum session ceremony summit call visit")
_LIKE = frozenset({"like", "including", "than"})
_SHORTENED = frozenset({"calif"})
_ADDING = word_set("saying claiming adding arguing calling telling")


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
    speech = next((k for k in range(first, end - 1) if tokens[k].tag == "," and tokens[k + 1].tag == "Q"), None)
    if speech is not None and begins_clause(tokens, first + 1, speech):
        return speech + 1  # "even after the flood had gone, “It is wet”"
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
    start_low = tokens[start].low if start < end else ""
    if draft.cue[-1][1] != start or not {tokens[start - 1].low, start_low} & {"of", "about"}:
        return start
    for k in range(start, end - 1):
        if tokens[k].tag in ":," and tokens[k + 1].tag in "Qq":
            return k + 1
        if tokens[k].tag in "VAQ":
            break
    return start


def _trimmed(tokens: Tokens, start: int, stop: int) -> int:
    """Return the end of the content without a comma, dash or conjunction left hanging there."""
    while stop - 1 > start and (
        tokens[stop - 1].tag in {",", "C", "-", "("} or (tokens[stop - 1].low == "even" and tokens[stop - 2].tag == ",")
    ):
        stop -= 1
    is_rest = stop - 2 > start and tokens[stop - 1].low == "both" and tokens[stop - 2].tag in "Qq"
    return stop - is_rest  # called it “a sham,” both | on Monday and


def _writer_from(tokens: Tokens, draft: Draft, start: int, end: int) -> int:
    """Return where the content stops being what was said."""
    is_named = draft.group in _NAMED and draft.first > 0 and tokens[draft.first - 1].low == "what"
    if is_named and tokens[start].tag in "qQ":
        return start + 1  # "an end of what he calls “chain mooring” in the port"
    is_statement = is_stated(tokens, start, end) or _is_stated_later(tokens, draft, start, end)
    in_relative, is_inserted = _relative(tokens, draft)
    opens = _opens_sentence(tokens, draft)
    if tokens[start].tag == "Q" and start + 1 < end and _is_aside(tokens, start, end):
        return start + 1
    for k in range(start + 1, end - 1):
        tag, after = tokens[k].tag, tokens[k + 1]
        is_comma = tag == "," or (tag == "Q" and tokens[k].low == '",')
        if is_comma and opens and tokens[start].tag != "S" and begins_clause(tokens, k + 1, end):
            return k + (tag == "Q")
        if is_tail(tokens, draft, start, k, end, is_statement=is_statement):
            return k + (tag in "Qq")
        if _goes_on(tokens, k, end) or _is_bracket(tokens, k, end):
            return k + (tag == "Q")
        if _is_behind_speech(tokens, start, k, end):
            return k + 1
        if not is_statement and tag == "K" and after.low in _ADDING:
            return k + 1  # "berated Ann Roe saying she"
        is_attributed = len(tokens) - k < _SCENE and begins_clause(tokens, k + 2, len(tokens))
        if tag == ":" and after.tag == "Q" and is_attributed:
            return k  # "what he described as a scene: “It is over,” he said"
        if is_own_clause(tokens, draft, start, k):
            return k
        if draft.group == "noun" and (
            (tag == "-" and tokens[k].start > tokens[k - 1].end) or (tag == "," and after.tag == "G")
        ):
            return k  # "calls for force, using a column to answer"; "his belief that S -- is to leave"
        if draft.group == "noun" and not is_statement and tag == "A" and tokens[k - 1].tag not in "RSNT":
            return k  # "his attack on the mayor has cost him votes"
        if tag == "." and tokens[k].low == "." and _is_full_stop(tokens, k):
            return k
        if tag == "," and is_gloss(tokens, k, end):
            return k
        if tag in "-," and after.low == "even" and tokens[min(k + 2, end - 1)].tag == "S":
            return k
        if tag == "," and not is_statement and draft.group in _REMARKED and is_manner(tokens, k, end):
            return k
        is_thing = not is_statement or not (tokens[start].low == "that" or has_clause(tokens, start, end))
        is_remark = draft.group in _REMARKED or tokens[start].low in {"no", "yes", "so"}
        if is_thing and is_remark and is_next_deed(tokens, k):
            return k
        verb = k + 2 if after.tag == "Z" and k + 2 < end else k + 1
        is_finite = tokens[verb].tag == "A" and tokens[verb].low in BE | HAVE
        if tag == "C" and not is_statement and is_finite:
            return k - (tokens[k - 1].tag == ",")
        if is_comma and (is_inserted or in_relative) and tokens[verb].tag in "AV":
            return k + (tag == "Q")
        if tag == ":" and in_relative and begins_clause(tokens, k + 1, end):
            return k
        if in_relative and not is_inserted and not is_statement and tag in "WK" and is_finite:
            return k + 1
    return _main_from(tokens, start, end) if opens and tokens[start].tag != "S" else end


def _main_from(tokens: Tokens, start: int, end: int) -> int:
    """Return the last comma before a phrase that may be a subject: a sentence that opens with a clause has a main one.

    "While Roe said the quay was safe, the new rules leave no doubt": "leave" looks like a noun.
    """
    commas = [k for k in range(start + 2, end - 2) if tokens[k].tag == "," and tokens[k + 1].tag in "DN"]
    return commas[-1] if commas and has_clause(tokens, start + (tokens[start].low == "that"), commas[-1]) else end


def _is_stated_later(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether a clause follows the time or place that opens the words: "at the time he was ill"."""
    if draft.group not in _CLAUSAL or tokens[start].tag not in "PX":
        return False
    return any(begins_clause(tokens, k, end) for k in range(start + 1, min(start + _SCENE, end)))


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
        if (tokens[k - 1].tag in "qQ" or not is_clause) and is_scene(tokens, k, end):
            return k
    return end


def is_scene(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether all that follows is where or when it was said: "during a speech in the port on Friday"."""
    if k >= end or tokens[k].low not in {"during", "in", "on", "at", "via"}:
        return False
    is_open = any(t.tag in "VANSRQqG" for t in tokens[k:end])
    nouns = places()["on" if tokens[k].low == "on" else "in"] - {"response"} | _OCCASIONS
    stop = next((n for n in range(k + 1, min(k + _SCENE, end)) if tokens[n].tag not in "DWKMX"), min(k + _SCENE, end))
    heads = [n for n in range(k + 1, stop) if n + 1 == len(tokens) or tokens[n + 1].tag not in "WK"]
    return not is_open and any(tokens[n].low in nouns for n in heads)


def _relative(tokens: Tokens, draft: Draft) -> tuple[bool, bool]:
    """Return whether the saying stands in a relative clause, and whether commas stand around that."""
    source = draft.source
    if source is None:
        return False, False
    before = source[0] - 1
    in_relative = source[1] - source[0] == 1 and tokens[source[0]].tag == "R"
    if in_relative:
        # Where the main verb stands before, commas may part a list: "is no match for Reed, who called it S, cut"
        has_main = any(t.tag in "AV" and tokens[n - 1].tag != "T" for n, t in enumerate(tokens[: max(before, 0)]))
        is_inserted = before >= 0 and tokens[before].tag == ","
        return (False, False) if is_inserted and has_main else (True, is_inserted)
    # "the clerks, whom he called heroes, would be paid"
    is_object = draft.first == source[0] and before > 0 and tokens[before].low in {"whom", "which"}
    return is_object, is_object and tokens[before - 1].tag == ","


def _is_aside(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether behind a quotation the writer says how or when: Q "raising his voice", Q "while others left"."""
    k = start + 1 + (tokens[start + 1].tag == ",")
    if k >= end:
        return False
    return tokens[k].tag == "G" or (tokens[k].low in {"while", "as", "when"} and begins_clause(tokens, k + 1, end))


def _is_bracket(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether the writer's own clause in brackets ends the content: "(the quay has stood for years)"."""
    if tokens[k].tag != "(" or tokens[end - 1].tag not in {")", "W", "X", "K"}:
        return False
    closing = next((n for n in range(k, min(end, len(tokens))) if tokens[n].tag == ")"), None)
    return (closing is None or closing == end - 1) and begins_clause(tokens, k + 1, end)


def _goes_on(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether the writer goes on at ``k``: ", but she left", ", and the ship now sails", a last dash."""
    if tokens[k].tag == "-" and tokens[k].start > tokens[k - 1].end:
        behind = k + 1 + (tokens[k + 1].tag == "C")
        if tokens[behind].low == "that" or (behind > k + 1 and tokens[behind].tag == "P"):
            return False  # "-- and that now it is over", "the old lie -- that it works"
        return not any(t.tag == "-" for t in tokens[k + 1 : end]) and not any(t.tag == "-" for t in tokens[:k])
    is_quoted = tokens[k].tag == "Q" and tokens[k].low == '",'
    if not (tokens[k].tag == "," or is_quoted):
        return False
    if k + 3 >= end or tokens[k + 1].low not in {"but", "and", "yet"}:
        return False
    start = k + 2 + (tokens[k + 2].tag == "Z")
    return start < end and (begins_clause(tokens, start, end) or is_later_clause(tokens, k + 1, end))


def _opens_sentence(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the saying stands in a clause before the main one: "When Ann Reed announced that S, she ..."."""
    first = draft.first - 1
    if draft.group == "noun" and draft.first > 0:
        return not any(t.tag in "AV" for t in tokens[: draft.first])  # "A heir to Reed's belief that S, she ..."
    if first < 0 and draft.at == 0 and tokens[0].tag == "G" and not draft.own_source:
        return True  # "Promising that S, Roe left"
    is_with = first >= 0 and tokens[first].low == "with" and tokens[draft.at].tag == "G"
    opening = 2 if first == 2 and tokens[1].tag == "," else 1
    is_first = 0 <= first <= opening and (first == 0 or tokens[0].tag in "CZ")
    return is_first and (is_with or tokens[first].low in _BEFORE_MAIN)


def _is_full_stop(tokens: Tokens, k: int) -> bool:
    """Tell whether a stop inside a sentence ends one: a plain word before it, a capital behind it."""
    before, after = tokens[k - 1], tokens[k + 1]
    is_next = after.tag in "KN" and k + 2 < len(tokens) and tokens[k + 2].tag in "VA"
    is_name = before.tag == "K" and len(before.low) > _TITLE and "." not in before.low
    if is_name and before.low not in _SHORTENED and (is_next or after.tag in "DPS"):
        return True  # "a cable by Sen. Ann Holter. Reed said"
    return before.tag in "WXVA" and len(before.low) > 3 and "." not in before.low and after.tag in "KNDSPZR"
