"""The subject that a participle ("..., adding") or a second verb ("... and warned") takes over from another verb.

Owns the way back to the verb whose subject is shared, across clauses, quotations and circumstances.
"""

from __future__ import annotations

import re

from retold.stages.claims.draft import Draft
from retold.stages.claims.group import group_start
from retold.stages.claims.lists import with_list
from retold.stages.claims.phrases import Range, Tokens, subject_before
from retold.stages.claims.showing import may_speak
from retold.stages.claims.statements import begins_clause
from retold.stages.claims.tokens import word_set

_SUBORDINATING = word_set("after before when while as because since until although though if unless despite")
"""Words that open a clause whose subject is not that of the sentence."""
_CONTRACTED = re.compile(r"['’](?:s|re|m)$")


def taken_over(tokens: Tokens, at: int, before: list[Draft]) -> Range | None:
    """Return the subject of the verb before, which a participle or a second verb shares; None where it is open."""
    found = _taken_over(tokens, at, before)
    return None if found is None or _is_aside(tokens, at) else with_list(tokens, found)


def _is_aside(tokens: Tokens, at: int) -> bool:
    """Tell whether the participle may belong to an inserted noun: ", despite the outcry of Roe, accusing him"."""
    if at < 3 or tokens[at - 1].tag != ",":
        return False
    return tokens[_clause_of(tokens, at)].low in {"despite", "amid", "from"}


def _is_of_circumstance(tokens: Tokens, draft: Draft, at: int) -> bool:
    """Tell whether a clause that says when stands right behind an earlier verb: "he wrote after Roe left and said"."""
    end = draft.cue[-1][1]
    return any(
        tokens[k].low in {"after", "before", "when", "while", "as"} and begins_clause(tokens, k + 1, at)
        for k in range(end, min(end + 2, at))
    )


def _main_behind(tokens: Tokens, draft: Draft, at: int) -> Range | None:
    """Return the subject of the main clause behind "When Roe asked him, ": what follows is the main subject's."""
    if draft.first == 0 or tokens[draft.first - 1].low not in _SUBORDINATING or draft.first > 2:
        return None
    for k in range(draft.at, at):
        if tokens[k].tag == "," and begins_clause(tokens, k + 1, at):
            verb = next(n for n in range(k + 2, at) if tokens[n].tag in "AV")
            return subject_before(tokens, group_start(tokens, verb))
    return None


def _taken_over(tokens: Tokens, at: int, before: list[Draft]) -> Range | None:
    start = _clause_of(tokens, at)
    if at and tokens[at - 1].tag == "C" and tokens[at].tag == "G":
        same = next((d for d in reversed(before) if d.source is not None and tokens[d.at].tag == "G"), None)
        if same is not None and not same.own_source:
            return same.source  # "writing that S and likening it to": who writes
    if at and tokens[at - 1].tag == "," and tokens[start].tag in "CS" and not any(d.at >= start for d in before):
        nearer = _first_subject(tokens, start + 1, at - 1) if start > 1 else None
        if nearer is not None and (tokens[start].tag == "C" or may_speak(tokens, nearer)):
            return nearer  # "Roe backed it, but six clerks balked, saying"
    if at and tokens[at - 1].tag == "C":
        said = next((d for d in before if d.source is not None and d.at >= start and not d.own_source), None)
        if said is not None and start and tokens[said.at].tag == "G" and said.at == start and tokens[at].tag != "G":
            return said.source  # "X threatened it, saying S and promised that"
        same = next((d for d in before if d.source is not None and d.at >= start and _leads(d)), None)
        nearest = next((d for d in reversed(before) if d.source is not None and d.at >= start and _leads(d)), None)
        if nearest is not None and nearest is not same and tokens[nearest.first - 1].low in {"as", "while"}:
            return nearest.source  # "they listened as Roe called for peace and condemned it"
        if same is not None:
            return None if _is_of_circumstance(tokens, same, at) else same.source
        subject = _of_clause(tokens, start, at - 1)
        if subject is not None:
            return subject
    for draft in reversed(before):
        source = draft.source
        is_agent = source is not None and tokens[source[0] - 1].low == "by"
        if source is None or is_agent or (draft.after and source[0] >= at) or _is_nested(tokens, draft, before):
            continue
        if (main := _main_behind(tokens, draft, at)) is not None:
            return main
        is_closed = tokens[source[0]].tag == "R" and any(t.tag == "," for t in tokens[source[0] : at])
        return (subject_before(tokens, source[0]) or source) if is_closed else source
    outside = [k for k in range(at) if tokens[_clause_of(tokens, k)].low not in _SUBORDINATING]
    for k in (*outside, *range(at)):
        if tokens[k].tag in "AV" and (subject := subject_before(tokens, group_start(tokens, k))) is not None:
            return subject
    return None


def _leads(draft: Draft) -> bool:
    """Tell whether the source is the subject of its clause: not taken over, and not behind "was asked by"."""
    return draft.own_source and draft.source is not None and (draft.source[0] < draft.at or not draft.after)


def _first_subject(tokens: Tokens, start: int, end: int) -> Range | None:
    """Return the subject of the first verb between, if it stands there too."""
    verb = next((k for k in range(start, end) if tokens[k].tag in "AV"), None)
    subject = None if verb is None else subject_before(tokens, group_start(tokens, verb))
    return subject if subject is not None and subject[0] >= start else None


def _of_clause(tokens: Tokens, start: int, end: int) -> Range | None:
    """Return the first subject of the clause, or of the one before the comma it starts behind, and so on."""
    while True:
        for k in range(start, end):
            if tokens[k].tag == "N" and _CONTRACTED.search(tokens[k].low):
                return k, k + 1
            if tokens[k].tag in "AV":
                subject = subject_before(tokens, group_start(tokens, k))
                is_behind_comma = k == start and k > 0 and tokens[k - 1].tag == ","
                if subject is not None and (subject[0] >= start or is_behind_comma):
                    return subject
        if start < 2:
            return None
        end, start = start - 1, _clause_of(tokens, start)


def _clause_of(tokens: Tokens, at: int) -> int:
    """Return where the clause starts that a verb behind a conjunction goes on with: behind the comma before."""
    last = at - 2 if at > 1 and tokens[at - 1].tag == "C" and tokens[at - 2].tag == "," else at - 1
    return next((k + 1 for k in range(last - 1, -1, -1) if tokens[k].tag in {",", ";", "Q"}), 0)


def _is_nested(tokens: Tokens, draft: Draft, before: list[Draft]) -> bool:
    """Tell whether a draft stands inside the words of an earlier one: "tweeted what she claimed was ..., adding"."""
    if draft is before[0] or draft.first == 0:
        return False
    token = tokens[draft.first - 1]
    return not (token.tag in {",", "C", "-", ";", "Q", "("} or token.low in {"while", "as", "after", "when", "before"})
