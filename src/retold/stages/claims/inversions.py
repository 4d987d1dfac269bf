"""A verb before its speaker: "Q, said X", "Said X: Q", "Asked whether S, X said"; and what is a title and no speech.

Owns the forms in which the subject follows the verb or is not named at all.
"""

from __future__ import annotations

from retold.stages.claims.draft import Draft, clause_start, end_of_sentence
from retold.stages.claims.group import Group
from retold.stages.claims.phrases import Range, Tokens, named_after, phrase_after
from retold.stages.claims.verbs import Use, uses

_SHORT = 5
"""Tokens without a verb that are no clause: "Part of it, says Roe, ..."."""
_LONGEST_TITLE = 40
"""Characters of a programme's name behind its channel's."""


def asked(tokens: Tokens, i: int, group: Group, ways: tuple[Use, ...]) -> Draft | None:
    """Return the draft of "Asked whether S, X said": a question by somebody unnamed."""
    opens = group.start == 0 or tokens[group.start - 1].tag in {",", "S", "C"}
    use = next((u for u in ways if u.strength == "question"), None)
    if use is None or not opens or (group.start and tokens[group.start - 1].tag != "S" and group.start > 1):
        return None
    end = end_of_sentence(tokens)
    start, source = i + 1, None
    if start < end and tokens[start].low == "by":
        stop = phrase_after(tokens, start + 1)
        source, start = ((start + 1, stop) if stop > start + 1 else None), stop
    comma = next((k for k in range(start, end) if tokens[k].tag == ","), end)
    if start >= comma or tokens[start].tag not in "SPTDR":
        return None
    return Draft(source, ((group.start, i + 1),), ((start, comma),), use.strength, use.group)


def turned(tokens: Tokens, i: int, group: Group, ways: tuple[Use, ...]) -> Draft | None:
    """Return the draft of "S, said X" that ends or goes on with "who", whatever stands between commas in S."""
    k, stop = group.start - 1, phrase_after(tokens, i + 1)
    if k < 1 or group.start != i or tokens[k].tag != "," or stop == i + 1 or tokens[i].low != "said":
        return None
    is_whole = stop == end_of_sentence(tokens) or tokens[stop].low == "who"
    has_clause = any(tokens[n].tag in "AV" for n in range(clause_start(tokens, k), k))
    return inverted(tokens, i, group, ways) if is_whole and has_clause else None


def inverted(tokens: Tokens, i: int, group: Group, ways: tuple[Use, ...]) -> Draft | None:
    """Return the draft of "Q, said X" or "S, said X"."""
    k = group.start - 1
    use = next((u for u in ways if "inverted" in u.frames), None)
    if use is not None and k < 0 and use.shape in {"past", "s"}:
        return _announced(tokens, i, group, use)
    if use is None or k < 0 or use.shape == "ing" or tokens[k].tag not in {",", "Q"}:
        return None
    stop = phrase_after(tokens, i + 1)
    if stop == i + 1 or tokens[i + 1].tag == "O" or (k and tokens[k - 1].tag == "V" and tokens[k - 1].low in uses()):
        return None
    if use.shape == "base" and not (tokens[i].low == "say" and tokens[i + 1].tag in "DWKM"):
        return None
    end = end_of_sentence(tokens)
    if tokens[k].tag == "," and stop < end and tokens[stop].tag not in {",", "P", "R", "X"}:
        return None
    left = (clause_start(tokens, k + (tokens[k].tag == "Q")), k + (tokens[k].tag == "Q"))
    if left[0] >= left[1]:
        return None
    stop = named_after(tokens, i + 1, stop)
    more: tuple[Range, ...] = ()
    if (
        stop + 1 < end
        and tokens[stop].tag == ","
        and tokens[stop + 1].tag in "AV"
        and tokens[stop + 1].low not in uses()
    ):
        more = ((stop + 1, end),)  # "The contrast, said Roe, would be clear"
    more = _quoted_behind(tokens, stop, end) or more
    if (
        tokens[k].tag == ","
        and not more
        and left[1] - left[0] < _SHORT
        and not any(t.tag in "VAQq" for t in tokens[left[0] : left[1]])
    ):
        return None
    return Draft(
        (i + 1, stop),
        ((group.start, i + 1),),
        (left, *more),
        use.strength,
        use.group,
        group.negated,
        after=False,
    )


def _announced(tokens: Tokens, i: int, group: Group, use: Use) -> Draft | None:
    """Return the draft of "Said X: Q"."""
    stop = phrase_after(tokens, i + 1)
    if stop == i + 1 or stop >= len(tokens) or use.group == "read":
        return None
    if tokens[stop].tag == "," and (speech := _speech_behind(tokens, stop)):
        return Draft((i + 1, stop), ((group.start, i + 1),), ((speech, speech + 1),), use.strength, use.group)
    if tokens[stop].tag != ":":
        return None
    rest = ((stop + 1, end_of_sentence(tokens)),) if stop + 1 < len(tokens) else ()
    return Draft((i + 1, stop), ((group.start, i + 1),), rest, use.strength, use.group, group.negated)


def _speech_behind(tokens: Tokens, comma: int) -> int:
    """Return the place of speech behind "Said Ann Roe," or "Said Ann Roe, who saw it,"; 0 where there is none."""
    k = comma + 1
    if k < len(tokens) and (tokens[k].low == "who" or tokens[k].tag == "D"):
        k = next((n + 1 for n in range(k, len(tokens) - 1) if tokens[n].tag == ","), k)
    return k if k < len(tokens) and tokens[k].tag == "Q" else 0


def _quoted_behind(tokens: Tokens, start: int, end: int) -> tuple[Range, ...]:
    """Return the quotation that goes on behind "Q, said X": none behind a clause, and no title."""
    for j in range(start, end):
        if tokens[j].tag == "Q":
            return () if is_title(tokens, j) else ((j, j + 1),)
        if tokens[j].tag in "VSR":
            break
    return ()


def is_title(tokens: Tokens, k: int) -> bool:
    """Tell whether a quotation names a programme or a paper: said on the channel's "Morning"."""
    before = tokens[k - 1]
    is_short = tokens[k].end - tokens[k].start < _LONGEST_TITLE
    if before.tag == "K" and k > 1 and tokens[k - 2].low == "on" and is_short:
        return True  # on CBS “Face the Coast”
    return before.tag in "PD" or before.low.endswith(("'s", "’s", "s'", "s’"))
