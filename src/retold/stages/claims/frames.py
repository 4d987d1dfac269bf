"""Reporting verbs in a sentence: the verb group, its subject, and the words given to that subject.

Owns the frames of a verb: "X said (that) S", "S, X said", "said X", "X told Y S", "X vowed to", "X called Y Q".
Who the subject is stands in ``subjects``, what follows the verb in ``right``, the passive in ``passives``.
"""

from __future__ import annotations

from dataclasses import replace

from retold.stages.claims.draft import Draft, clause_start, end_of_sentence
from retold.stages.claims.group import Group, group_at
from retold.stages.claims.passives import passive_draft
from retold.stages.claims.phrases import Range, Tokens, named_after, phrase_after, subject_before
from retold.stages.claims.right import Right, right_side
from retold.stages.claims.subjects import subjects
from retold.stages.claims.verbs import Use, uses


def verb_drafts(tokens: Tokens) -> list[Draft]:
    """Return a draft for every reporting verb of the sentence, in order."""
    known = uses()
    found: list[Draft] = []
    for i, token in enumerate(tokens):
        ways = known.get(token.low) if token.tag in "VGWKA" else None
        if ways is not None and ways[0].group == "seem":
            continue  # nobody says so: see ``unattributed``
        if ways is None or (token.tag == "K" and i > 0):
            continue
        if found and i < max(end for _, end in found[-1].cue):
            continue
        draft = _draft(tokens, i, ways, found)
        if draft is not None:
            found.append(draft)
    return found


def _draft(tokens: Tokens, i: int, ways: tuple[Use, ...], before: list[Draft]) -> Draft | None:
    group = group_at(tokens, i)
    shape = ways[0].shape
    if group.has_be and shape == "past":
        return passive_draft(tokens, i, group.start, ways, negated=group.negated)
    if shape == "past" and (asked := _asked(tokens, i, group, ways)):
        return asked
    if shape == "past" and (turned := _turned(tokens, i, group, ways)):
        return turned
    for subject, is_own in subjects(tokens, i, group, ways, before):
        drafts = [_active(tokens, i, group, use, subject, is_own=is_own) for use in ways]
        made = [draft for draft in drafts if draft is not None]
        if made:
            # A frame that gives words goes before one that leaves them to the next sentence.
            return replace(next((d for d in made if d.content), made[0]), own_source=is_own)
    return _inverted(tokens, i, group, ways)


def _active(tokens: Tokens, i: int, group: Group, use: Use, subject: Range, *, is_own: bool) -> Draft | None:
    """Return the draft of a verb with this subject, or None when what stands around it fits none of its frames."""
    end = end_of_sentence(tokens)
    right = right_side(tokens, i + 1, use, end)
    cue: tuple[Range, ...] = ((group.start, right.cue_end),)
    made = Draft(subject, cue, (), use.strength, use.group, group.negated, to=right.to)
    # "The talks are continuing" says nothing; "S, she was saying" is no form of news.
    is_going_on = use.shape == "ing" and group.has_be
    may_invert = is_own and not is_going_on and "inverted" in use.frames and subject[1] <= group.start
    left = _left_content(tokens, subject, right) if may_invert else None
    if left is not None:
        return replace(made, content=(left, *_continued(tokens, right, end)), after=False)
    if right.frame == "colon":
        return made
    if right.frame and right.start < end:
        stop = next((k for k in range(right.start, end) if tokens[k].tag == ";"), end)
        return replace(made, content=((right.start, stop),)) if right.start < stop else None
    found = _around(tokens, use, made, right, end)
    is_whole = subject[0] == 0 or (subject[0] == 1 and tokens[0].tag in "CZ")
    if found is None and is_whole and "inverted" in use.frames and (not right.frame or right.weak):
        return made  # "X said on Monday.": what is said may stand before or behind
    return found


def _around(tokens: Tokens, use: Use, made: Draft, right: Right, end: int) -> Draft | None:
    """Return the draft of words that run around the attribution: "which X said was", "In the end, X said, S"."""
    if "inverted" not in use.frames or made.source is None or right.cue_end >= end:
        return None
    before, token = made.source[0] - 1, tokens[right.cue_end]
    if token.tag in "AV" and before >= 0 and tokens[before].tag in "RS":
        head = subject_before(tokens, before) if tokens[before].low in {"which", "who", "that"} else None
        return replace(made, content=tuple(p for p in (head, (right.cue_end, end)) if p is not None))
    if token.tag == "," and right.cue_end + 1 < end and (before < 0 or tokens[before].tag in {",", "C", "R"}):
        start = right.cue_end + 1
        if (tokens[start].tag in "GVRS" and tokens[start].low != "that") or end - start < 3:
            return None
        opening = (clause_start(tokens, before), before) if before > 0 and tokens[before].tag == "," else None
        pieces = tuple(p for p in (opening, (start, end)) if p is not None and p[0] < p[1])
        return replace(made, content=pieces, after=False)
    return None


def _left_content(tokens: Tokens, subject: Range, right: Right) -> Range | None:
    """Return what stands before "X said", when it and not the words behind is what is said."""
    k = subject[0] - 1
    if k >= 0 and tokens[k].tag == "S" and tokens[k].low == "as":
        k -= 1
    if k < 0 or tokens[k].tag not in {",", "Q", "q", "-"}:
        return None
    if tokens[k].tag == "Q":
        if k == 0 or tokens[k - 1].tag != ":":
            opening = clause_start(tokens, k + 1)
            return None if tokens[opening].tag == "G" and right.frame else (opening, k + 1)
        return (k, k + 1) if tokens[k].low == '",' else None
    if right.frame in {"that", "quote", "to", "wh"} or (right.frame == "clause" and not right.weak):
        return None
    stop = k if tokens[k].tag not in "Qq" else k + 1
    start = clause_start(tokens, stop)
    words = tokens[start:stop]
    if len(words) > 1 and words[0].tag in "ZW" and words[1].low in {"after", "before"}:
        words = words[1:]
    if not words or (words[0].tag in "PSG" and _is_opening(words, right)):
        return None
    return (start, stop) if any(t.tag in "VAQqG" for t in words) or len(words) > 5 else None


def _is_opening(words: Tokens, right: Right) -> bool:
    """Tell whether words before "X said" only open the sentence: "At a rally in the port,"."""
    if any(t.tag in {",", "Q"} for t in words):
        return False
    if words[0].low in {"after", "before", "since", "until"}:
        return True
    return bool(right.frame) or words[0].tag != "P" or not any(t.tag in "VA" for t in words)


def _continued(tokens: Tokens, right: Right, end: int) -> tuple[Range, ...]:
    """Return the quotation that goes on behind the attribution in the same sentence."""
    for k in range(right.cue_end, end):
        if tokens[k].tag in "Qq":
            return () if _is_title(tokens, k) else ((k, k + 1),)
        if tokens[k].tag in "VSRN":
            break
    return ()


def _is_title(tokens: Tokens, k: int) -> bool:
    """Tell whether a quotation names a programme or a paper: said on the channel's "Morning"."""
    before = tokens[k - 1]
    return before.tag in "PD" or before.low.endswith(("'s", "’s", "s'", "s’"))


def _announced(tokens: Tokens, i: int, group: Group, use: Use) -> Draft | None:
    """Return the draft of "Said X: Q"."""
    stop = phrase_after(tokens, i + 1)
    if stop == i + 1 or stop >= len(tokens) or tokens[stop].tag != ":":
        return None
    rest = ((stop + 1, end_of_sentence(tokens)),) if stop + 1 < len(tokens) else ()
    return Draft((i + 1, stop), ((group.start, i + 1),), rest, use.strength, use.group, group.negated)


def _asked(tokens: Tokens, i: int, group: Group, ways: tuple[Use, ...]) -> Draft | None:
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


def _turned(tokens: Tokens, i: int, group: Group, ways: tuple[Use, ...]) -> Draft | None:
    """Return the draft of "S, said X" that ends or goes on with "who", whatever stands between commas in S."""
    k, stop = group.start - 1, phrase_after(tokens, i + 1)
    if k < 1 or group.start != i or tokens[k].tag != "," or stop == i + 1 or tokens[i].low != "said":
        return None
    is_whole = stop == end_of_sentence(tokens) or tokens[stop].low == "who"
    has_clause = any(tokens[n].tag in "AV" for n in range(clause_start(tokens, k), k))
    return _inverted(tokens, i, group, ways) if is_whole and has_clause else None


def _inverted(tokens: Tokens, i: int, group: Group, ways: tuple[Use, ...]) -> Draft | None:
    """Return the draft of "Q, said X" or "S, said X"."""
    k = group.start - 1
    use = next((u for u in ways if "inverted" in u.frames), None)
    if use is not None and k < 0 and use.shape in {"past", "s"}:
        return _announced(tokens, i, group, use)
    if use is None or k < 0 or use.shape in {"ing", "base"} or tokens[k].tag not in {",", "Q"}:
        return None
    stop = phrase_after(tokens, i + 1)
    if stop == i + 1 or tokens[i + 1].tag == "O":
        return None
    end = end_of_sentence(tokens)
    if tokens[k].tag == "," and stop < end and tokens[stop].tag not in {",", "P", "R", "X"}:
        return None
    left = (clause_start(tokens, k + (tokens[k].tag == "Q")), k + (tokens[k].tag == "Q"))
    if left[0] >= left[1]:
        return None
    stop = named_after(tokens, i + 1, stop)
    more: tuple[Range, ...] = ()
    for j in range(stop, end):
        if tokens[j].tag == "Q":
            more = ((j, j + 1),)
    return Draft(
        (i + 1, stop),
        ((group.start, i + 1),),
        (left, *more),
        use.strength,
        use.group,
        group.negated,
        after=False,
    )
