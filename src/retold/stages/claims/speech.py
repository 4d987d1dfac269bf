"""Speech that no reporting verb carries: "X's letter makes a case: Q", "X shot back, Q", "Q," X retaliated.

Owns what a colon or comma beside a quotation says about its speaker, whatever the verb.
"""

from __future__ import annotations

from retold.stages.claims.draft import Draft, clause_start
from retold.stages.claims.group import MODALS, group_start
from retold.stages.claims.phrases import Range, Tokens, phrase_after, subject_before

_POINTING = frozenset({"it", "this", "that", "there", "these", "those"})


def colon_drafts(tokens: Tokens, found: list[Draft]) -> list[Draft]:
    """Return the draft of "X's letter makes a case: Q", where no reporting verb carries the quotation."""
    for k, token in enumerate(tokens):
        is_last = k == len(tokens) - 1
        if token.tag != ":" or not (is_last or tokens[k + 1].tag == "Q"):
            continue
        if any(not d.content or (not is_last and any(a <= k + 1 < b for a, b in d.content)) for d in found):
            return []
        content = () if is_last else ((k + 1, k + 2),)
        who = _before_colon(tokens, k)
        return [Draft(who[0], (who[1],), content, "neutral", "colon")] if who is not None else []
    return []


def _before_colon(tokens: Tokens, k: int) -> tuple[Range, Range] | None:
    """Return who speaks before the colon at ``k`` and the cue: a bare name, or the subject of the nearest verb."""
    start = k
    while (start > 0 and tokens[start - 1].tag in "KP") or (start > 1 and tokens[start - 1].low in {"and", "&"}):
        start -= 1
    if start < k and (start == 0 or tokens[start - 1].tag in {"-", "."}):
        return (start, k), (k, k + 1)
    for v in range(k - 1, 0, -1):
        if tokens[v].tag in {",", ";", "S"}:
            return None
        if tokens[v].tag in "VA":
            first = v
            while first > 0 and tokens[first - 1].tag in "AZ":
                first -= 1
            subject = subject_before(tokens, first)
            if subject is None or tokens[subject[0]].tag == "R":
                continue
            if any(t.low in MODALS for t in tokens[first : v + 1]):
                return None
            if tokens[v].tag == "V":
                return subject, (first, v + 1)
            # "His answer was plain: Q" is carried by its noun, "It was plain: Q" by nothing.
            return None if tokens[subject[0]].low in _POINTING or v + 1 >= k else (subject, (first, k))
    return None


def quote_drafts(tokens: Tokens, found: list[Draft]) -> list[Draft]:
    """Return the draft of "Q," X retaliated: a comma closing speech makes any verb after it a verb of saying."""
    made: list[Draft] = []
    for k, token in enumerate(tokens):
        if token.tag == "Q" and (opening := _before_speech(tokens, k, found)) is not None:
            made.append(opening)
            continue
        if k and tokens[k - 1].tag in "PD":
            continue  # a title: "the maker of "Going Home," the film hailed ..."
        begins = clause_start(tokens, k)
        if begins < k and tokens[begins].tag == "P" and not any(t.tag in "VAN" for t in tokens[begins:k]):
            continue  # "In the film “A Life,” Roe describes being sent"
        if token.tag != "Q" or token.low != '",' or any(a <= k < b for d in found for a, b in d.content):
            continue
        stop = k + 1
        while stop < len(tokens) and tokens[stop].tag not in {"V", ",", ".", "Q", "S", "R"} and stop - k < 20:
            stop += 1
        if stop >= len(tokens) or tokens[stop].tag != "V":
            continue
        first = stop
        while tokens[first - 1].tag in "AZ":
            first -= 1
        if first == k + 1:
            end = phrase_after(tokens, stop + 1)
            source = (stop + 1, end) if end > stop + 1 and tokens[stop + 1].tag in "KDN" else None
        else:
            source = subject_before(tokens, first)
        if source is not None and source[0] > k:
            made.append(Draft(source, ((first, stop + 1),), ((k, k + 1),), "neutral", "quote", after=False))
    return made


def _before_speech(tokens: Tokens, k: int, found: list[Draft]) -> Draft | None:
    """Return the draft of "X shot back, Q": a verb right before the comma that opens speech."""
    if k < 3 or tokens[k - 1].tag != ",":
        return None
    v = next((v for v in range(k - 2, max(0, k - 4), -1) if tokens[v].tag == "V"), None)
    if (
        v is None
        or any(t.tag not in "PZ" and t.low != "back" for t in tokens[v + 1 : k - 1])
        or any(a <= v < b for d in found for a, b in d.cue)
        or any(a <= v < k < b for d in found if d.source is not None for a, b in d.content)
    ):
        return None
    subject = subject_before(tokens, group_start(tokens, v))
    if subject is None or subject[1] > v:
        return None
    return Draft(subject, ((group_start(tokens, v), k - 1),), ((k, k + 1),), "neutral", "quote")
