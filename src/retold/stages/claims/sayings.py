"""Whether what a cue gives was said at all: deeds, states, plans and terms of anonymity are no claims.

Owns the telling of a saying from a deed by the content: a that-clause, a quotation, a question or a full clause is
said, and with a verb of two senses ("maintain", "concede", "support") nothing else is. Also where a content ends, as
the writer goes on ("..., a move that", "... but was vague"), and whom a relative pronoun stands for.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.draft import Draft
from retold.stages.claims.group import DO, MODALS, group_start
from retold.stages.claims.phrases import Range, Tokens, is_seat, phrase_after, subject_before
from retold.stages.claims.tokens import BE, HAVE, word_set

_QUESTIONS = word_set("how why what whether who where when if which")
_UNDECIDED = frozenset({"whether", "if", "unless"})
"""Words before a subject that leave open whether it said so."""
_ANONYMOUS = frozenset({"anonymity", "condition"})
_NO_NAME = frozenset({"named", "identified", "quoted"})
_NEAR = 4
"""Tokens at the start of a content in which its own noun stands."""
_TELEPHONED = word_set("day morning night evening afternoon week month year moment minute hour")


@cache
def _forms(table: str) -> frozenset[str]:
    return frozenset(entries("reporting_verbs")[table]["forms"])


def told(tokens: Tokens, draft: Draft) -> Draft | None:
    """Return the draft with its content ended where the writer goes on; None when nothing is said."""
    if not draft.content or not draft.after or draft.group in {"label", "colon", "survey", "adjective"}:
        return None if _is_open(tokens, draft) or _is_supposed(tokens, draft) else draft
    if draft.source is None:
        return None if _is_without_name(tokens, draft) else draft
    draft = _ended(tokens, draft)
    start, end = draft.content[0]
    if _is_open(tokens, draft) or _is_without_name(tokens, draft) or tokens[start].low == "by":
        return None
    if _is_telephoned(tokens, draft, start, end) or _is_nobody(tokens, draft):
        return None
    if _is_gone(tokens, draft, start, end) or _is_supposed(tokens, draft):
        return None
    if draft.first > 0 and tokens[draft.first - 1].low == "what":
        return _of_cleft(tokens, draft)
    if is_stated(tokens, start, end):
        return draft
    if (
        _is_felt(tokens, draft)
        or _is_act(tokens, draft, start, end)
        or _is_bare(tokens, draft, start, end)
        or _is_deed(tokens, draft)
    ):
        return None
    return draft


def _is_open(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the saying itself is left open: "about whether the port believes"."""
    k = draft.first - 1
    if draft.source is None or not draft.own_source or k < 0 or draft.first != draft.source[0]:
        return False
    # "Would some ports expect help?"
    is_asked = tokens[k].tag == "A" and k == 0 and tokens[-1].low == "?"
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


def is_stated(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether the content is a that-clause, a question, a full clause, or holds a quotation."""
    if tokens[start].low == "that" or tokens[start].low in _QUESTIONS:
        return True
    return any(t.tag == "Q" for t in tokens[start:end]) or tokens[start].tag == "q" or _has_clause(tokens, start, end)


def _has_clause(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a finite verb of the content has the content's first phrase as its subject."""
    if tokens[start].tag == "N" and start + 1 < end:
        return tokens[start + 1].tag not in "P,.:;"
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


def _is_gone(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether it is a plan, a name ("a group called the Lantern ran") or a gloss ("referring to")."""
    cue = {tokens[k].low for a, b in draft.cue for k in range(a, b)}
    if tokens[start].tag == "T" and cue & _forms("plans"):
        return True
    if not draft.own_source and cue & _POINTING:
        return True
    is_name = draft.group in _NAMES and tokens[start].tag not in "qQ"
    return is_name and tokens[start].tag in "DK" and _has_clause(tokens, start, end)


def _is_telephoned(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether "called her the day after" tells of the telephone: no name for her follows."""
    if draft.group != "call" or not (tokens[start].tag == "O" or tokens[start].low == "her"):
        return False
    words = tokens[start:end]
    after = words[1] if len(words) > 1 else None
    is_day = any(t.low in _TELEPHONED for t in words[1:3])
    return after is None or is_day or (after.tag in "XPSGC,T" and after.low != "as")


def _is_nobody(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether it is told that nobody can say so."""
    cue = {tokens[k].low for a, b in draft.cue for k in range(a, b)}
    return draft.source is not None and tokens[draft.source[0]].low in _NOBODY and bool(cue & MODALS)


def _is_felt(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether somebody hopes to or fears a thing; a clause or a quotation tells that it was said."""
    is_feeling = any(tokens[k].low in _FELT for a, b in draft.cue for k in range(a, b))
    return is_feeling and not any(tokens[k].tag in "Qq" for a, b in draft.content for k in range(a, b))


def _is_supposed(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the saying is only thought of: "hoped the bank would signal that", "returns would show whether"."""
    cue = {tokens[k].low for a, b in draft.cue for k in range(a, b)}
    if not cue & _SUPPOSING or draft.negated or draft.strength in {"denial", "warning"}:
        return False
    return not any(tokens[k].tag == "Q" for a, b in draft.content for k in range(a, b))


def _of_cleft(tokens: Tokens, draft: Draft) -> Draft | None:
    """Return the draft of "what she said was S" without the "was"; "what she says is untrue" says nothing of S."""
    (start, end), *rest = draft.content
    first = start
    while first < end and (tokens[first].low in BE or tokens[first].tag == "Z"):
        first += 1
    is_judged = first < end and tokens[first].low in _JUDGED
    if first == end or is_judged or (first == start and tokens[start].tag in "GP"):
        return None
    return replace(draft, content=((first, end), *rest))


def _is_act(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether the cue with this object is done and not said: turning down, asking for money, laying open."""
    if draft.group == "deny" and not any(t.low in _CHARGES or t.tag in "qQ" for t in tokens[start:end]):
        cue = {tokens[k].low for a, b in draft.cue for k in range(a, b)}
        if cue & _TURNING_DOWN:
            return True
    if draft.group == "refuse":
        return not any(t.low in _SPOKEN for t in tokens[start : min(start + _NEAR, end)])
    if draft.group == "ask":
        last = tokens[draft.cue[-1][1] - 1].low
        is_thing = tokens[start].tag in ("MDWKOP" if last != "for" else "O")
        return last != "about" and is_thing and not any(t.low in _QUESTIONS for t in tokens[start:end])
    is_participle = not draft.own_source and tokens[draft.at].tag == "G"
    return is_participle and draft.group in _DONE and tokens[start].tag not in "T"


def _is_bare(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether the content is a mere pronoun, a person's name, or a circumstance."""
    words = tokens[start:end]
    if len(words) == 1 and (words[0].tag in "NO" or words[0].low in {"this", "that"}):
        return True
    if draft.group == "noun" and tokens[draft.at + 1].low in _TOPICS and not any(t.tag in "VAGQq" for t in words):
        return True  # "his criticism of the clerk" tells no words of it
    if draft.group == "suggest" and draft.negated:
        return True
    if len(words) == 2 and words[0].low in _OWN and words[1].tag == "W":
        return True  # "reported its findings"
    if draft.group == "believe" and words[0].tag == "G":
        return True
    if draft.group in _CITING and any(t.low in _PERSONS for t in words[:_NEAR]):
        return True
    if draft.group in _NAMED_ONLY and all(t.tag == "K" for t in words):
        return True
    if draft.group == "threaten" and words[0].tag in "KO":
        return True
    has_particle = tokens[draft.cue[-1][1] - 1].tag in "PT"
    is_place = words[0].tag in "PX" and not has_particle and not draft.negated and draft.group not in _OF_PERSONS
    return is_place and not any(t.tag in "VANqQ" for t in words)


_SUPPOSING = word_set("would could might may can should must wouldn't couldn't can't wouldn’t couldn’t can’t cannot")
_SPOKEN = word_set("comment comments interview interviews answer discuss say elaborate confirm speculate rule")
_TURNING_DOWN = word_set(
    "reject rejects rejected rejecting rebuff rebuffs rebuffed rebuffing dismiss dismisses dismissed dismissing "
    "discount discounts discounted discounting"
)
_CHARGES = word_set(
    "claim claims charge charges accusation accusations allegation allegations criticism report reports notion idea "
    "suggestion suggestions talk argument arguments speculation theory comparison concerns rumors rumours"
)
_FELT = word_set(
    "hope hopes hoped hoping fear fears feared fearing worry worries worried wonder wonders wondered dread"
)
_DONE = frozenset({"promise", "note", "praise", "admit", "announce"})
_JUDGED = word_set("true untrue false wrong right nonsense unfair absurd")
_TOPICS = frozenset({"of", "on", "about"})
_NAMES = frozenset({"call", "name"})
_POINTING = frozenset({"referring"})
_NOBODY = word_set("no nobody no-one none")
_OWN = word_set("its his her their our my")
_CITING = frozenset({"quote", "express"})
_PERSONS = word_set("people sources officials persons")
_NAMED_ONLY = frozenset({"praise", "criticize", "quote", "express", "deny", "promise", "expect", "speak"})
_OF_PERSONS = frozenset({"accuse", "noun", "according", "name", "ask", "tell", "demand"})


def _is_deed(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the cue is a deed, a state or a plan, given that its content is no statement."""
    cue = {tokens[k].low for a, b in draft.cue for k in range(a, b)}
    if cue & _forms("two_senses"):
        return True
    return bool(cue & (MODALS - DO)) and not draft.negated and draft.strength not in {"denial", "warning"}


def _ended(tokens: Tokens, draft: Draft) -> Draft:
    """Return the draft with its last piece ended where the words are the writer's again."""
    start, end = draft.content[-1]
    stop = _writer_from(tokens, draft, start, end)
    return replace(draft, content=(*draft.content[:-1], (start, stop))) if start < stop < end else draft


def _writer_from(tokens: Tokens, draft: Draft, start: int, end: int) -> int:
    """Return where the content stops being what was said."""
    is_statement = is_stated(tokens, start, end)
    source = draft.source
    in_relative = source is not None and source[1] - source[0] == 1 and tokens[source[0]].tag == "R"
    is_inserted = in_relative and source is not None and source[0] > 0 and tokens[source[0] - 1].tag == ","
    opens = _opens_sentence(tokens, draft)
    for k in range(start + 1, end - 1):
        tag, after = tokens[k].tag, tokens[k + 1]
        if tag == "," and opens and _begins_clause(tokens, k + 1, end):
            return k
        if is_statement and _goes_on(tokens, k, end):
            return k
        if draft.group == "noun" and (
            (tag == "-" and tokens[k].start > tokens[k - 1].end) or (tag == "," and after.tag == "G")
        ):
            return k  # "calls for force, using a column to answer"; "his belief that S -- is to leave"
        if tag == "." and tokens[k].low == "." and _is_full_stop(tokens, k):
            return k
        if tag == "," and _is_gloss(tokens, k, end):
            return k
        if tag in "-," and after.low == "even" and tokens[min(k + 2, end - 1)].tag == "S":
            return k
        verb = k + 2 if after.tag == "Z" and k + 2 < end else k + 1
        is_finite = tokens[verb].tag == "A" and tokens[verb].low in BE | HAVE
        if tag == "C" and not is_statement and is_finite:
            return k - (tokens[k - 1].tag == ",")
        if tag == "," and is_inserted and tokens[verb].tag in "AV":
            return k
        if in_relative and not is_inserted and not is_statement and tag in "WK" and is_finite:
            return k + 1
    return end


def _goes_on(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether the writer goes on at ``k``: ", but she left", ", and the ship now sails", a last dash."""
    if tokens[k].tag == "-" and tokens[k].start > tokens[k - 1].end:
        return not any(t.tag == "-" for t in tokens[k + 1 : end]) and not any(t.tag == "-" for t in tokens[:k])
    if tokens[k].tag != "," or k + 3 >= end or tokens[k + 1].low not in {"but", "and", "yet"}:
        return False
    start = k + 2 + (tokens[k + 2].tag == "Z")
    return start < end and _begins_clause(tokens, start, end)


def _opens_sentence(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the saying stands in a clause before the main one: "When Ann Reed announced that S, she ..."."""
    first = draft.first - 1
    return 0 <= first <= 1 and tokens[first].low in _BEFORE_MAIN and (first == 0 or tokens[0].tag in "CZ")


def _begins_clause(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a subject and its finite verb begin here."""
    if tokens[start].tag not in "DWKN":
        return False
    stop = start + 1 if tokens[start].tag == "N" else phrase_after(tokens, start)
    while stop < end and tokens[stop].tag == "Z":
        stop += 1
    return stop > start and stop < end and tokens[stop].tag in "AV"


_BEFORE_MAIN = word_set("when after while as although though since because if once before whereas")


def _is_full_stop(tokens: Tokens, k: int) -> bool:
    """Tell whether a stop inside a sentence ends one: a plain word before it, a capital behind it."""
    before, after = tokens[k - 1], tokens[k + 1]
    return before.tag in "WXV" and len(before.low) > 3 and "." not in before.low and after.tag in "KNDSPZR"


def _is_gloss(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether ", a move that" or ", a figure which" begins behind the comma at ``k``."""
    if k + 3 >= end or tokens[k + 1].low not in {"a", "an"}:
        return False
    for n in range(k + 2, min(k + 5, end - 1)):
        if tokens[n].low in _forms("glosses"):
            return tokens[n + 1].tag in "RNVGPA"
    return False


def with_antecedent(tokens: Tokens, draft: Draft) -> Draft:
    """Return the draft with "who", "which" or "that" as its source replaced by what it stands for."""
    source = draft.source
    if source is None or source[1] - source[0] != 1 or tokens[source[0]].low not in {"who", "which", "that"}:
        return draft
    found = antecedent(tokens, source[0])
    return replace(draft, source=found) if found is not None else draft


def antecedent(tokens: Tokens, at: int) -> Range | None:
    """Return the noun phrase right before a relative pronoun, whatever its part in the clause before."""
    end = at
    while end and tokens[end - 1].tag in {",", "P", "-"}:
        end -= 1
    if end > 1 and is_seat(tokens, end - 1 - (tokens[end - 1].tag == ".")):
        end -= 1 + (tokens[end - 1].tag == ".")
        end -= tokens[end - 1].tag == ","
    if end and tokens[end - 1].tag == ")":
        end = next((k for k in range(end - 1, -1, -1) if tokens[k].tag == "("), end)
    if not end or tokens[end - 1].tag not in "WKMqNXO":
        return None
    if tokens[end - 1].tag in "NO":
        return end - 1, end
    start = end
    while start and (tokens[start - 1].tag in "WKMDq" or _is_joint(tokens, start - 1)):
        start -= 1
        if tokens[start].tag == "D" and not (start > 1 and _is_joint(tokens, start - 1)):
            break
    while start < end and tokens[start].tag in "PC":
        start += 1
    if start and tokens[start - 1].tag == "T" and end - start > 1 and tokens[start].tag == "W":
        start += 1  # "to release figures that show": the figures
    of = next((k for k in range(start, end) if _is_joint(tokens, k)), None)
    if of is not None and tokens[at].low == "who" and _is_many(tokens, end) and not _is_many(tokens, of):
        start = of + 1  # "the anger of players who": the players
    return (start, end) if start < end else None


def _is_many(tokens: Tokens, end: int) -> bool:
    """Tell whether the noun that ends here is a plural."""
    return tokens[end - 1].tag == "W" and tokens[end - 1].low.endswith("s") and not tokens[end - 1].low.endswith("ss")


def _is_joint(tokens: Tokens, k: int) -> bool:
    """Tell whether "of" joins two parts of one phrase."""
    return tokens[k].low == "of" and k > 0 and tokens[k - 1].tag in "WK"
