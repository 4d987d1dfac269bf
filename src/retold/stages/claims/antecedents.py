"""Whom "who", "which" or "that" stands for when it is the source of a claim.

Owns the way back from a relative pronoun to its noun phrase. Personal pronouns are resolved in ``pronouns``.
"""

from __future__ import annotations

from dataclasses import replace

from retold.stages.claims.draft import Draft
from retold.stages.claims.phrases import Range, Tokens, is_seat
from retold.stages.claims.tokens import word_set


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
    is_infinitive = start > 0 and tokens[start - 1].tag == "T" and end - start > 1 and tokens[start].tag == "W"
    if is_infinitive and tokens[start + 1].tag != "P":
        start += 1  # "to release figures that show": the figures
    if (further := _further(tokens, at, start, end)) is not None:
        return further
    of = next((k for k in range(start, end) if _is_joint(tokens, k)), None)
    is_body = of is not None and tokens[at].low == "which" and all(tokens[k].tag in "DKP" for k in range(of + 1, end))
    if of is not None and is_body and tokens[start].tag == "W":
        start = of + 1  # "head of the Office for Ports, which"
    is_who = of is not None and tokens[at].low == "who"
    is_person = of is not None and tokens[at - 1].tag == "," and all(tokens[k].tag == "K" for k in range(of + 1, end))
    if of is not None and is_who and not _is_many(tokens, of) and (_is_many(tokens, end) or is_person):
        start = of + 1  # "the anger of players who", "the praise of Reed, who": the players, Reed
    is_apposed = start > 1 and tokens[start - 1].tag == "," and tokens[start - 2].tag == "K" and start < end
    if is_apposed and tokens[at].low == "who" and tokens[start].low in _APPOSED and not _is_many(tokens, end):
        first = start - 1
        while first > 0 and (tokens[first - 1].tag == "K" or (first == 1 and tokens[0].tag == "W")):
            first -= 1
        return first, end  # "Ann Reed, former head of the port, who"
    return (start, end) if start < end else None


_APPOSED = frozenset({"a", "an", "the", "former", "acting", "his", "her"})


def _further(tokens: Tokens, at: int, start: int, end: int) -> Range | None:
    """Return what stands before a phrase that only says where, when or like whom: it is that which is meant.

    "The whip on the harbour board, who said"; "crews, like Reed, who fear"; "the floods of the past ten years, which".
    """
    if start < 2:
        return None
    before, head = tokens[start - 1], tokens[start - 2]
    is_name = all(tokens[k].tag == "K" for k in range(start, end) if tokens[k].tag != "D")
    is_place = before.low in {"at", "on"} and tokens[at].low == "who" and is_name and head.tag == "W"
    is_time = before.tag == "P" and tokens[end - 1].low in _SPANS and head.tag in "WK"
    if before.low == "like" and head.tag == "," and tokens[at].low == "who":
        return antecedent(tokens, start - 1)
    if not (is_place or is_time):
        return None
    found = antecedent(tokens, start - 1)
    is_named = (
        found is not None and found[0] > 1 and tokens[found[0] - 1].tag == "," and tokens[found[0] - 2].tag == "K"
    )
    if found is None or not is_named:
        return found
    first = found[0] - 1
    while first > 0 and (tokens[first - 1].tag == "K" or (first == 1 and tokens[0].tag == "W")):
        first -= 1
    return first, found[1]  # "Rep. Lee Roe, the first man on the board, who"


_SPANS = word_set("years months weeks days year month week decade decades century")


def _is_many(tokens: Tokens, end: int) -> bool:
    """Tell whether the noun that ends here is a plural."""
    return tokens[end - 1].tag == "W" and tokens[end - 1].low.endswith("s") and not tokens[end - 1].low.endswith("ss")


def _is_joint(tokens: Tokens, k: int) -> bool:
    """Tell whether "of" joins two parts of one phrase, or "for" those of a body's name."""
    if k == 0 or k + 1 >= len(tokens):
        return False
    is_body = tokens[k].low in {"for", "on"} and tokens[k - 1].low in _NAMED_FOR and tokens[k + 1].tag == "K"
    return (tokens[k].low == "of" and tokens[k - 1].tag in "WK") or (is_body and tokens[k - 1].tag == "K")


_NAMED_FOR = word_set(
    "federation centers center centre institute committee council office foundation coalition alliance"
)
