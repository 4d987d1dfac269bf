"""Forms of reporting verbs that report nothing where they stand: "plead guilty", "talking points", "all told".

Owns the turns of phrase and the participles before a noun ("written answers") that ``frames`` passes over.
"""

from __future__ import annotations

from retold.stages.claims.group import Group
from retold.stages.claims.phrases import Tokens
from retold.stages.claims.tokens import word_set

_PLEAS = word_set("plead pleads pleaded pled pleading")
_PARTICIPLES = word_set("written spoken foreseen foregone sworn")
"""Participles that differ from the past: without "has" or "was" they stand for an adjective."""
_BIDDEN = word_set("ordered told asked urged instructed advised")


def is_idiom(tokens: Tokens, i: int) -> bool:
    """Tell whether the form at ``i`` belongs to a turn of phrase in which nobody says anything."""
    low = tokens[i].low
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if low in _PLEAS and after is not None and after.low in {"guilty", "not", "innocent", "no"}:
        return True  # an act of court
    if after is not None and after.low == "than" and low in {"said", "told"}:
        return True  # "easier said than done"
    if before is None or after is None:
        return False
    if low in {"points", "point"} and before.low in {"talking", "bullet", "percentage"}:
        return True
    is_inserted = before.tag == "," == after.tag
    return (
        (low == "say" and is_inserted)  # "papers like, say, the Lantern"
        or (low == "told" and before.low == "all" and after.tag == ",")
        or before.low == "worth"
        or (low == "advising" and after.tag == "K" and i + 2 < len(tokens) and tokens[i + 2].tag == "V")
    )


def is_adjective(tokens: Tokens, i: int, group: Group, shape: str) -> bool:
    """Tell whether the form is no verb but a participle or an adjective: "written answers", "was utter folly"."""
    if tokens[i].low in _PARTICIPLES and not (group.has_be or group.has_have):
        return True
    if tokens[i].low == "continuing" and group.has_be:
        return True  # "is continuing “its hiring”"
    return shape == "base" and group.has_be and not group.has_modal and not group.has_to


def is_bidden(tokens: Tokens, i: int) -> bool:
    """Tell whether a second participle of a passive begins: "were freed and ordered to appear"."""
    is_joined = i > 0 and tokens[i - 1].tag == "C" and tokens[i].low in _BIDDEN
    return is_joined and i + 1 < len(tokens) and tokens[i + 1].tag == "T"
