"""Passive reporting verbs: "was quoted as saying", "is believed to", "was criticised by X", "was accused of".

Owns what a reporting verb behind a form of be gives: a source behind "by", or nobody.
"""

from __future__ import annotations

from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.antecedents import antecedent
from retold.stages.claims.draft import Draft, clause_start, end_of_sentence
from retold.stages.claims.phrases import Range, Tokens, phrase_after, subject_before
from retold.stages.claims.tokens import word_set
from retold.stages.claims.verbs import Use

_FAR = 8
"""Tokens between the verb and the "by" that names its source."""


@cache
def _believed() -> frozenset[str]:
    return frozenset(entries("hedges")["unattributed"]["believed"])


def passive_draft(tokens: Tokens, i: int, start: int, ways: tuple[Use, ...], *, negated: bool) -> Draft | None:
    """Return the draft of a passive verb at ``i`` whose group starts at ``start``."""
    end = end_of_sentence(tokens)
    subject = subject_before(tokens, start)
    use = ways[0]
    words = [t.low for t in tokens[i + 1 : i + 3]]
    if words == ["as", "saying"] and i + 3 < end:
        return Draft(subject, ((start, i + 3),), ((i + 3, end),), use.strength, use.group, negated)
    low = tokens[i].low
    if low in _believed() and i + 1 < end and (tokens[i + 1].tag == "T" or tokens[i + 1].low == "that"):
        if start > 1 and tokens[start - 1].low == "what" and tokens[start - 2].tag == "P":
            return _in_what(tokens, i, start - 2, use, end)
        content = (i + 1, end)
        pieces = (
            (content,)
            if subject is None or subject[1] > start or _is_empty(tokens, subject[0], i + 1)
            else (_standing_for(tokens, subject), content)
        )
        return Draft(None, ((start, i + 1),), pieces, "hedging", use.group, negated, hedge=(start, i + 1))
    for k in range(i + 1, min(i + _FAR, end)):
        if tokens[k].low == "by":
            stop = _agent_end(tokens, k + 1, use)
            if all(way.group in _SEEN for way in ways) or tokens[k + 1].tag == "G":
                return None  # "was found by a diver"; "was praised by winning"
            if subject is not None and (_is_nobody(tokens, subject) or _is_turned_down(tokens, subject, use)):
                return None
            if stop > k + 1 and subject is not None:
                if any(way.group == "ask" for way in ways):
                    asked = _asked(tokens, i + 1, k, stop, end)
                    return _told(tokens, (k + 1, stop), (start, i + 1), asked, use, subject, negated=negated)
                said = (subject, *_charge(tokens, i + 1, k, stop, end))
                return Draft((k + 1, stop), ((start, i + 1),), said, use.strength, use.group, negated)
            return None
        if tokens[k].tag in "VA,S":
            break
    return _nobody(tokens, i, start, ways, negated, end)


def _agent_end(tokens: Tokens, start: int, use: Use) -> int:
    """Return where the words behind "by" end; what somebody is accused of is no part of who accuses."""
    stop = phrase_after(tokens, start, with_prepositions=use.group not in _CHARGING)
    is_part = tokens[stop - 1].tag == "M" or tokens[stop - 1].low in _PARTS
    if use.group in _CHARGING and is_part and stop + 1 < len(tokens) and tokens[stop].low == "of":
        return max(stop, phrase_after(tokens, stop + 1, with_prepositions=False))
    return stop


def _charge(tokens: Tokens, after: int, by: int, stop: int, end: int) -> tuple[Range, ...]:
    """Return what somebody is charged with or praised for, before or behind "by X" and what is inserted there."""
    if by - after > 1 and tokens[after].low in _OPENING:
        return ((after, by),)
    if stop < end and tokens[stop].low in _OPENING:
        return ((stop, end),)
    if stop + 1 < end and tokens[stop].tag == "," and tokens[stop + 1].low == "including":
        comma = next((k for k in range(stop + 1, end - 1) if tokens[k].tag in {",", "V", "Q"}), end)
        if comma < end and tokens[comma].tag == "," and tokens[comma + 1].low in _OPENING:
            return ((comma + 1, end),)
    return ()


def _is_nobody(tokens: Tokens, subject: Range) -> bool:
    """Tell whether it was done to nobody: "not one of them was pressed by Roe"."""
    lows = [tokens[k].low for k in range(max(0, subject[0] - 1), subject[1])]
    return bool({"no", "not", "none", "nobody"} & set(lows[:2])) or lows[0] in {"nor", "neither"}


def _is_turned_down(tokens: Tokens, subject: Range, use: Use) -> bool:
    """Tell whether a request or a suit and not a statement was denied: "the permit was denied by the board"."""
    return use.group == "deny" and not any(tokens[k].low in _CLAIMS for k in range(*subject))


_CHARGING = frozenset({"accuse", "criticize"})
_PARTS = word_set(
    "one two three four five six seven eight nine ten group number several some dozens handful half many most"
)
_OPENING = frozenset({"of", "for", "as", "to"})
_CLAIMS = word_set(
    "claim claims charge charges accusation accusations allegation allegations report reports assertion assertions "
    "suggestion suggestions account statement notion idea rumor rumors rumour rumours it that this they which"
)


def _is_empty(tokens: Tokens, subject: int, after: int) -> bool:
    """Tell whether the subject stands for nothing: "it is believed that", not "it is believed to be old"."""
    return tokens[subject].low == "what" or (tokens[subject].low == "it" and tokens[after].tag != "T")


def _standing_for(tokens: Tokens, subject: Range) -> Range:
    """Return the noun that "that" or "which" stands for as the subject."""
    return (antecedent(tokens, subject[0]) if tokens[subject[0]].tag == "R" else None) or subject


def _asked(tokens: Tokens, after: int, by: int, stop: int, end: int) -> Range:
    """Return the question of "was asked about the ferry by Y" or "was asked by Y, Q"."""
    if by - after > 1 and tokens[after].low in {"about", "whether", "if", "how", "why"}:
        return after, by
    quote = next((q for q in range(stop, end) if tokens[q].tag == "Q"), None)
    if quote is not None:
        return quote, quote + 1
    return (stop, end) if stop < end and tokens[stop].tag in "SPTR" else (end, end)


_SEEN = frozenset({"document", "learn", "believe", "expect"})
"""Groups whose passive with "by" tells who found or held a thing, not who said it."""


def _told(
    tokens: Tokens, source: Range, cue: Range, words: Range, use: Use, to: Range, *, negated: bool
) -> Draft | None:
    """Return the draft of "X was asked by Y, Q": Y asks, X is told."""
    if words[0] >= words[1]:
        return None
    return Draft(source, (cue,), (words,), use.strength, use.group, negated, to=to)


def _in_what(tokens: Tokens, i: int, start: int, use: Use, end: int) -> Draft | None:
    """Return the draft of "S in what is believed to be N": the hedge holds the naming and, loosely, S."""
    stop = i + 1
    while stop < end and (tokens[stop].tag in "TA" or tokens[stop].low == "be"):
        stop += 1
    pieces = tuple(p for p in ((clause_start(tokens, start), start), (stop, end)) if p[0] < p[1])
    return Draft(None, ((start, stop),), pieces, "hedging", use.group, hedge=(start, stop)) if stop < end else None


def _is_left_open(tokens: Tokens, start: int) -> bool:
    """Tell whether "whether he or his crews have been told" leaves open that anything was told."""
    for k in range(start - 1, max(-1, start - _FAR), -1):
        if tokens[k].low in {"whether", "if"}:
            return True
        if tokens[k].tag in "VA,":
            break
    return False


def _nobody(tokens: Tokens, i: int, start: int, ways: tuple[Use, ...], negated: bool, end: int) -> Draft | None:
    """Return the draft of "was accused of", "was asked whether", "were told that": a source unnamed."""
    subject = subject_before(tokens, start)
    nxt = tokens[i + 1].low if i + 1 < end else ""
    for use in ways:
        is_asked = use.group == "ask" and i + 2 < end and (nxt in {",", ":"} or tokens[i + 1].tag in "Qq")
        if is_asked and any(t.tag in "Qq" for t in tokens[i + 1 : i + 3]):
            k = i + 1 if tokens[i + 1].tag in "Qq" else i + 2
            return Draft(None, ((start, i + 1),), ((k, k + 1),), use.strength, use.group, negated, to=subject)
        if use.group in {"accuse", "tell", "ask", "name"} and nxt in {
            "of",
            "that",
            "about",
            "whether",
            "if",
            "as",
            "how",
            *(("to",) if use.group == "ask" else ()),
        }:
            to = subject if use.group in {"tell", "ask"} else None
            if subject is not None and (_is_nobody(tokens, subject) or _is_left_open(tokens, subject[0])):
                return None
            whom = (_standing_for(tokens, subject),) if to is None and subject is not None else ()
            said = (*whom, (i + 1, end))
            return Draft(None, ((start, i + 1),), said, use.strength, use.group, negated, to=to)
    return None
