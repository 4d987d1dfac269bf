"""Who the subject of a reporting verb is, and whether the form is a verb at all.

Owns the telling of verbs from nouns ("aides claim", "the claim") by what stands around them. Participles stand in
``participles``, the subject that a second verb ("... and warned") takes over in ``shared_subjects``.
"""

from __future__ import annotations

from retold.stages.claims.draft import Draft
from retold.stages.claims.group import DO, MODALS, Group
from retold.stages.claims.participles import of_participle
from retold.stages.claims.phrases import ALONE, Range, Tokens, subject_before
from retold.stages.claims.right import places
from retold.stages.claims.shared_subjects import taken_over
from retold.stages.claims.showing import may_speak
from retold.stages.claims.tokens import Token, word_set
from retold.stages.claims.verbs import Use, nouns_too, uses

_PLURALS = word_set("people police men women officials media press congress children")
_PAPERS = word_set("paper poll survey study suit document indictment account summary dossier")
_NAMING = frozenset({"call", "name", "identify", "accuse"})
"""Groups whose past form behind an object is a passive participle: "used a method called"."""


def subjects(
    tokens: Tokens, i: int, group: Group, ways: tuple[Use, ...], before: list[Draft]
) -> tuple[tuple[Range, bool], ...]:
    """Return the subject of the verb at ``i``, with whether it stands at the verb itself; none or one."""
    shape, start = ways[0].shape, group.start
    previous = tokens[start - 1] if start else None
    if group.has_to or (shape == "ing" and not group.has_be):
        return of_participle(tokens, group, shape, ways, before)
    is_relative = shape == "base" and previous is not None and previous.tag == "O" and _closes_relative(tokens, start)
    is_next = previous is not None and previous.low == "then"
    if previous is None or not (_may_be_finite(previous, group, shape) or is_next or is_relative):
        return ()
    if tokens[i].low in nouns_too() and not group.is_finite and not _is_no_noun(tokens, i, previous):
        return ()
    is_next = previous.low == "then" and start > 1 and tokens[start - 2].tag in {",", "C"}
    if previous.tag == "C" or is_next:
        if tokens[i].low == "alleged" and i + 1 < len(tokens) and tokens[i + 1].tag == "W":
            return ()  # "deals and alleged crimes"
        if shape == "base" and not group.is_finite and _hangs_on(tokens, start):
            return ()  # "could cost them and threaten Reed", "a chance to ask and decide"
        taken = taken_over(tokens, start, before)
        return ((taken, False),) if taken is not None else ()
    own = subject_before(tokens, start)
    if own is not None and shape == "past" and not group.is_finite:
        is_named = ways[0].group in _NAMING and (_is_object(tokens, own) or _is_named_thing(tokens, own))
        own = None if is_named or any(tokens[k].low in _KEEPING for k in range(*own)) else own
    if shape == "s" and own is not None and _is_counted(tokens, own):
        return ()  # "two harbour requests"
    if own is None or (shape == "base" and not group.is_finite and not _is_plural(tokens, own)):
        return ()
    return ((own, True),)


_KEEPING = word_set("keep have get make leave")
"""Verbs with an object and a participle: "a plan to keep crews informed of it"."""


def _is_object(tokens: Tokens, own: Range) -> bool:
    """Tell whether a phrase is the object of a verb or preposition before it: "used a method called"."""
    if own[0] == 0:
        return False
    before = tokens[own[0] - 1]
    is_verb = before.tag in "VG" or (before.tag == "W" and tokens[own[0]].tag == "D")
    return before.tag == "P" or (is_verb and before.low not in uses())


def _closes_relative(tokens: Tokens, at: int) -> bool:
    """Tell whether the pronoun before ends a relative clause: "groups that have endorsed him say"."""
    return any(tokens[k].tag == "R" and tokens[k - 1].tag in "WK" for k in range(max(1, at - 6), at))


def _hangs_on(tokens: Tokens, at: int) -> bool:
    """Tell whether a bare form behind "and" goes on with "could" or "to" before it."""
    for k in range(at - 2, -1, -1):
        if tokens[k].tag == "T" and tokens[k + 1].tag in "WV":
            return not any(t.low == "that" or t.tag in "Qq" for t in tokens[at + 1 : at + 3])
        if tokens[k].tag in "AVNR;,":
            return tokens[k].low in MODALS - DO
    return False


def _is_counted(tokens: Tokens, own: Range) -> bool:
    """Tell whether a phrase is of several, so that a form in -s behind it is its noun."""
    return tokens[own[0]].low in _COUNTED and own[1] - own[0] > 1


_COUNTED = word_set("two three four five six seven eight nine ten several many these those both few")


def _is_named_thing(tokens: Tokens, own: Range) -> bool:
    """Tell whether a thing is introduced with its name: "a law called the Harbour Code covers it"."""
    return tokens[own[0]].low in {"a", "an", "another"} and not may_speak(tokens, own)


def _is_plural(tokens: Tokens, subject: Range) -> bool:
    """Tell whether a subject may go with a bare verb form: "aides say", not "aide say"."""
    lows = [t.low for t in tokens[subject[0] : subject[1]]]
    if (
        tokens[subject[0]].tag in "RM"
        or tokens[subject[1] - 1].tag == "M"
        or lows[0] in {"i", "we", "you", "they", "those", "others"} | ALONE
    ):
        return True
    return tokens[subject[0]].tag != "N" and any(
        (low.endswith("s") and not low.endswith(("'s", "’s", "ss")))
        or low in _PLURALS
        or low in {"and", "percent"}
        or low[-1] == "%"
        for low in lows
    )


def _is_no_noun(tokens: Tokens, i: int, previous: Token) -> bool:
    """Tell whether a form that is more often a noun is a verb here: a subject before, a clause or phrase after."""
    if previous.tag in {"N", "R"}:
        return True
    opens = i + 1 < len(tokens) and (tokens[i + 1].tag in "RDNTSQ" or tokens[min(i + 2, len(tokens) - 1)].tag == "Q")
    if previous.low.endswith(("'s", "’s", "s'", "s’")):
        return False
    if previous.tag == "C":
        return opens and (tokens[i + 1].tag in "RSO" or tokens[i + 1].low == "her")
    if tokens[i].low.endswith("s"):
        is_clause = opens and tokens[i + 1].tag in "DN" and not previous.low.endswith("s")
        is_name = previous.tag == "K" or (i == 1 and previous.tag == "W" and not previous.low.endswith("s"))
        return (is_name and opens) or _closes(tokens, i) or (is_clause and previous.low in places()["in"] | _PAPERS)
    return opens and previous.tag in "KW" and (previous.low.endswith("s") or previous.low in _PLURALS)


def _closes(tokens: Tokens, i: int) -> bool:
    """Tell whether the form ends a sentence behind what is said and a name: “Q,” Roe notes."""
    subject = subject_before(tokens, i)
    is_last = i + 1 >= len(tokens) or tokens[i + 1].tag == "."
    return is_last and subject is not None and subject[0] > 0 and tokens[subject[0] - 1].tag in {",", "Q"}


def _may_be_finite(previous: Token, group: Group, shape: str) -> bool:
    if previous.tag == "D":
        return previous.low in ALONE
    if previous.tag in {"P", "T", "S", "A", "G", ":"}:
        return False
    if previous.tag == "V":
        return shape != "past" or group.start > 1
    if shape == "past" and previous.tag in "WK" and previous.low.endswith(("'s", "’s")):
        return False
    if group.is_finite or shape == "past":
        return True
    if shape == "base":
        low = previous.low
        if low.endswith(("'s", "’s", "s'", "s’")):
            return False
        if previous.tag == "N":
            return low in {"i", "we", "you", "they", "others"}
        if previous.low == "themselves":
            return True
        return previous.tag in {"R", "C", ",", ")", "X", "M", "V"} or low in _PLURALS or previous.tag in "WK"
    return previous.tag in {
        "N",
        "R",
        "W",
        "K",
        ",",
        ")",
        "C",
        "Q",
        "q",
        "-",
        "X",
    } and not previous.low.endswith(("'s", "’s"))
