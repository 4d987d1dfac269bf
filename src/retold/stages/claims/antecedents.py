"""Whom "who", "which" or "that" stands for when it is the source of a claim.

Owns the way back from a relative pronoun to its noun phrase. Personal pronouns are resolved in ``pronouns``.
"""

from __future__ import annotations

from dataclasses import replace

from retold.stages.claims.draft import Draft
from retold.stages.claims.phrases import Range, Tokens, is_seat


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
