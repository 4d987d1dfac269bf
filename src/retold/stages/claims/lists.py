"""A subject that is a list: "the leaders of Norland, Sudland and Westland said", "she and her children".

Owns the way left from the last member over the commas before it. A clause, a circumstance or a place before the comma
is no member.
"""

from __future__ import annotations

from retold.stages.claims.phrases import Range, Tokens

_LONGEST_MEMBER = 10
"""Tokens of the longest member of a list."""
_INSIDE = frozenset("DWKM")


def with_list(tokens: Tokens, phrase: Range) -> Range:
    """Return the phrase with the members of the list before it whose last two are joined by "and"."""
    start, end = phrase
    if start > 1 and tokens[start - 1].low == "and" and tokens[start - 2].tag == "N":
        return start - 2, end
    last = start - (tokens[start - 1].tag == "Z")
    if last > 2 and tokens[last - 1].low == "and" and tokens[last - 2].tag == "," and _member(tokens, last - 2):
        start = last - 1  # "the Globe, the Lantern, and even Reed"
    if not any(t.low in {"and", "&"} for t in tokens[start:end]):
        return phrase
    while start > 1 and tokens[start - 1].tag == ",":
        member = _member(tokens, start - 1)
        if member is None:
            break
        start = member
    # "In Paris, Norland, Roe and Lee said": the country belongs to the place.
    is_place = start > 1 and tokens[start - 1].tag == "," and _is_circumstance(tokens, start - 1)
    members = sum(t.tag == "," for t in tokens[start : phrase[0]])
    return phrase if is_place and members == 1 and tokens[start + 1].tag == "," else (start, end)


def _member(tokens: Tokens, comma: int) -> int | None:
    """Return where the noun phrase that ends at the comma starts; None when it is none."""
    k = comma
    while k > 0 and comma - k < _LONGEST_MEMBER and (tokens[k - 1].tag in _INSIDE or _is_joint(tokens, k - 1)):
        k -= 1
    is_start = k == 0 or tokens[k - 1].tag in {",", ";", "S", "Q", ":"} or tokens[k - 1].low == "that"
    return k if k < comma and is_start and tokens[comma - 1].tag in "WK" else None


def _is_joint(tokens: Tokens, k: int) -> bool:
    return tokens[k].tag == "P" and k > 0 and tokens[k - 1].tag in "WK" and tokens[k].low in {"of", "for", "at", "in"}


def _is_circumstance(tokens: Tokens, comma: int) -> bool:
    start = next((k + 1 for k in range(comma - 1, -1, -1) if tokens[k].tag in {",", ";", "Q"}), 0)
    return tokens[start].tag == "P"
