"""Whether what a cue gives was said at all: deeds, states, plans and terms of anonymity are no claims.

Owns the order of the tests: what is left open or said on terms is none, a statement is a saying unless its verb only
feels, anything else is one unless it is a deed (``deeds``). Also the cleft "what she said was S".
"""

from __future__ import annotations

from dataclasses import replace

from retold.stages.claims.deeds import is_done, is_never_said, is_not_stated, is_of_writer, is_pointed_at, is_supposed
from retold.stages.claims.draft import Draft, cue_words
from retold.stages.claims.endings import ended, is_scene
from retold.stages.claims.phrases import Tokens
from retold.stages.claims.statements import is_stated
from retold.stages.claims.tokens import BE, word_set

_UNDECIDED = frozenset({"whether", "if", "unless"})
"""Words before a subject that leave open whether it said so."""
_ANONYMOUS = frozenset({"anonymity", "condition"})
_NO_NAME = frozenset({"named", "identified", "quoted"})
_OF_NOBODY = frozenset({"accuse", "name", "tell"})
"""Groups whose passive gives what was said of somebody by nobody named."""
_NEAR = 4
"""Tokens at the start of a content in which its own noun stands."""
_JUDGED = word_set("true untrue false wrong right nonsense unfair absurd")


def told(tokens: Tokens, draft: Draft) -> Draft | None:
    """Return the draft with its content ended where the writer goes on; None when nothing is said."""
    if _is_open(tokens, draft) or is_supposed(tokens, draft) or is_of_writer(tokens, draft):
        return None
    if draft.group == "adjective" and "will" in cue_words(tokens, draft) and not draft.negated:
        return None  # "crews will be satisfied with S"
    if not draft.content or not draft.after or draft.group in {"label", "colon", "survey", "adjective"}:
        return draft
    if draft.source is None:
        start, end = draft.content[-1]
        if _is_without_name(tokens, draft) or (draft.group == "ask" and is_pointed_at(tokens[start:end])):
            return None
        return (
            ended(tokens, draft) if draft.group in _OF_NOBODY and draft.content[-1][0] < draft.content[-1][1] else draft
        )
    if _is_without_name(tokens, draft):
        return None
    if draft.group == "tell" and is_scene(tokens, *draft.content[0]):
        return replace(draft, content=())  # “It rained!” Roe told reporters during a call
    draft = ended(tokens, draft)
    start, end = draft.content[0]
    if start == end or tokens[start].low == "by" or is_never_said(tokens, draft, start, end):
        return None
    if draft.first > 0 and tokens[draft.first - 1].low == "what":
        return _of_cleft(tokens, draft)
    if is_stated(tokens, start, end):
        return None if is_not_stated(tokens, draft, start, end) else draft
    return None if is_done(tokens, draft, start, end) else draft


def _is_open(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the saying itself is left open: "about whether the port believes"."""
    k = draft.first - 1
    if draft.source is None or not draft.own_source or k < 0 or draft.first != draft.source[0]:
        return False
    # "Would some ports expect help?"
    is_asked = tokens[k].tag == "A" and tokens[-1].low == "?"  # "Why should sailors believe it?"
    return tokens[k].low in _UNDECIDED or is_asked


def _is_without_name(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the words are the terms on which somebody spoke."""
    start, end = draft.content[0] if draft.content else (0, 0)
    if start < end and tokens[start].low in _ANONYMOUS:
        return True
    if any(tokens[k].low == "condition" for a, b in draft.cue for k in range(a, b)):
        return True
    lows = [t.low for t in tokens[start : min(start + _NEAR, end)]]
    return lows[:1] == ["not"] and bool(_NO_NAME & set(lows))


def _of_cleft(tokens: Tokens, draft: Draft) -> Draft | None:
    """Return the draft of "what she said was S" without the "was"; "what she says is untrue" says nothing of S."""
    (start, end), *rest = draft.content
    first = start
    while first < end and (tokens[first].low in BE or tokens[first].tag == "Z"):
        first += 1
    is_judged = first < end and tokens[first].low in _JUDGED
    # "no matter what the board decided, it would": nothing of what it decided is told.
    is_elsewhere = first == start and tokens[start].tag in "GPN"
    if first == end or is_judged or is_elsewhere:
        return None
    return replace(draft, content=((first, end), *rest))
