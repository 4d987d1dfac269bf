"""Who says what a participle, gerund or infinitive reports: the noun before it, or who sent, held or did it.

Owns "aides saying", "a letter saying", "after saying S, Roe left". Subjects of finite verbs stand in ``subjects``,
those taken over from another verb in ``shared_subjects``.
"""

from __future__ import annotations

from retold.stages.claims.draft import Draft
from retold.stages.claims.group import Group, group_start
from retold.stages.claims.phrases import Range, Tokens, phrase_after, subject_before
from retold.stages.claims.right import places
from retold.stages.claims.shared_subjects import taken_over
from retold.stages.claims.showing import head_of, may_speak
from retold.stages.claims.statements import begins_clause
from retold.stages.claims.tokens import word_set
from retold.stages.claims.verbs import Use, uses

_LEADING = frozenset({"after", "before", "since", "while", "when", "by"})
_ITEMS = frozenset({"item", "story", "piece", "notice"})
_SENDING = word_set(
    "sent send sends wrote write writes issued issue issues filed files circulated circulates posted posts published "
    "released releases signed signs delivered read tweeted put made gave aired drafted emailed submitted"
)
_SCOLDING = frozenset({"criticize", "praise", "accuse"})
_TALKING = word_set(
    "say argue claim tell warn threaten promise accuse note allege demand announce praise criticize express report "
    "suggest call"
)
"""Groups whose -ing form may follow its own subject without a comma: "with aides saying"."""
_NOT_SAYING = frozenset({"from", "of", "on", "with", "about", "against", "without", "between", "into"})
"""Prepositions before an -ing form that is no saying of the subject's: "kept them from asking"."""
_OWNERS = word_set("her his their its")
_HOLDING = word_set("with containing featuring showing")
_PICTURES = word_set("footage video videos photo photos pictures images clip clips recording recordings")
_BEFORE_PARTICIPLES = frozenset({",", "C", "Q", "q", "P", "-", "S", "Z", "("})
_PLEAS = word_set("petition petitions letter letters resolution motion bill bills lawsuit lawsuits")


def of_participle(
    tokens: Tokens, group: Group, shape: str, ways: tuple[Use, ...], before: list[Draft]
) -> tuple[tuple[Range, bool], ...]:
    """Return the subject of a participle, gerund or infinitive: the noun before it, else that of the clause."""
    start = group.start
    previous = tokens[start - 1] if start else None
    if shape == "ing" and group.has_to:
        return ()  # "open to backing"
    noun_end = _before_day(tokens, start) if shape == "ing" else start
    before_day = tokens[noun_end - 1] if noun_end else None
    if shape == "ing" and before_day is not None and before_day.tag in "WKNM" and _TALKING & {u.group for u in ways}:
        own = _nearest(tokens, subject_before(tokens, noun_end))
        if own is not None and tokens[own[0]].low != "back":  # "hit back at Roe calling"
            scolding = next((d for d in before if d.group in _SCOLDING and d.cue[-1][1] == own[0]), None)
            if scolding is not None and scolding.source is not None and tokens[own[1] - 1].tag == "K":
                return ((scolding.source, False),)  # "berated Roe saying": who berated him
            # "She sent a letter saying": she says, not the letter.
            if shape == "ing" and tokens[own[1] - 1].low in _PLEAS and (of := _last_of(tokens, own)) is not None:
                return ((of, True),)  # "her thoughts on a petition demanding": the petition
            own = (own[0] + (tokens[own[0]].tag == "P"), own[1])
            if _is_attribute(tokens, own, start) or _is_noun_in_ing(tokens, own, start):
                return ()
            sender = _sender(tokens, own, before)
            return ((own, True),) if sender is None else ((sender, False),)
    if shape == "ing" and (channel := _channel_before(tokens, start)) and (doer := _doer_before(tokens, channel)):
        return ((doer, False),)
    if group.has_to and not group.has_catenative:
        return ()
    if group.has_to and (own := subject_before(tokens, start)) is not None:
        return ((own, True),)  # "Roe was quick to add", "Roe went on to say"
    opens = (start == 0 or (start == 1 and tokens[0].low in _LEADING)) and bool(_TALKING & {u.group for u in ways})
    if opens and shape == "ing" and (behind := _subject_behind(tokens, start + 1)) is not None:
        return ((behind, False),)
    if previous is not None and previous.tag == "P" and previous.low not in _NOT_SAYING:
        doer = _doer_before(tokens, start)
        return ((doer, False),) if doer is not None else ()
    if previous is not None and previous.low in _NOT_SAYING:
        return ()
    if group.has_to or previous is None or previous.tag in _BEFORE_PARTICIPLES:
        taken = taken_over(tokens, start, before)
        return ((taken, False),) if taken is not None else ()
    return ()


def _subject_behind(tokens: Tokens, start: int) -> Range | None:
    """Return the subject of the main clause behind an opening participle: "After saying that S, Roe left": Roe."""
    for k in range(start, len(tokens) - 2):
        if tokens[k].tag == "," or (tokens[k].tag == "Q" and tokens[k].low == '",'):
            verb = next((n for n in range(k + 2, len(tokens)) if tokens[n].tag in "AV"), None)
            if begins_clause(tokens, k + 1, len(tokens)) and verb is not None:
                return subject_before(tokens, group_start(tokens, verb))
    return None


def _channel_before(tokens: Tokens, start: int) -> int:
    """Return the place of the preposition of "on CNN" right before ``start``, else 0."""
    k = start
    while k > 0 and tokens[k - 1].tag == "K":
        k -= 1
    return k - 1 if 0 < k < start and tokens[k - 1].low in {"on", "to"} else 0


def _is_attribute(tokens: Tokens, own: Range, start: int) -> bool:
    """Tell whether the participle at ``start`` stands before its noun: "his constant mocking tweets"."""
    last = tokens[own[1] - 1].low
    is_noun = last.endswith("s") or last in places()["in"] or start + 1 >= len(tokens)
    return tokens[own[0]].low in _OWNERS and own[1] - own[0] == 2 and not is_noun and tokens[start + 1].tag == "W"


def _is_noun_in_ing(tokens: Tokens, own: Range, start: int) -> bool:
    """Tell whether the form is a noun: "a security warning from April", "Reed questioning enters its last day"."""
    after = tokens[start + 1] if start + 1 < len(tokens) else None
    is_verb = after is not None and (after.tag in "AV" or (after.tag == "W" and after.low.endswith("s")))
    if tokens[start].low == "questioning" and is_verb:
        return True
    return tokens[start].low == "warning" and tokens[own[0]].tag == "D" and not may_speak(tokens, own)


def _sender(tokens: Tokens, own: Range, before: list[Draft]) -> Range | None:
    """Return who says what a paper or a channel before a participle says: who sent the one or stood on the other.

    "She sent a letter saying", "Roe appeared on CNN saying"; but "threw out a suit saying": the suit says it.
    """
    k = own[0] - 1
    if k > 0 and tokens[k].low in {"on", "to"} and all(tokens[n].tag == "K" for n in range(*own)):
        return _doer_before(tokens, k)
    head = tokens[head_of(tokens, own)].low
    if head not in places()["in"] | _ITEMS or tokens[own[0]].low in _OWNERS or k < 0:
        return None
    if tokens[k].low in {"in", "with", "via", "through", "on"}:
        return taken_over(tokens, own[1], before)
    return _doer_before(tokens, own[0]) if tokens[k].low in _SENDING else None


def _last_of(tokens: Tokens, phrase: Range) -> Range | None:
    """Return what stands behind the last preposition of the phrase, or None without one."""
    last = next((k for k in range(phrase[1] - 1, phrase[0], -1) if tokens[k].tag == "P"), None)
    return (last + 1, phrase[1]) if last is not None and last + 1 < phrase[1] else None


def _before_day(tokens: Tokens, at: int) -> int:
    """Return where the words before "on Tuesday saying" end; ``at`` itself where no day stands there."""
    k = at
    while k > 0 and tokens[k - 1].tag == "X":
        k -= 1
    return k - (k < at and k > 0 and tokens[k - 1].low == "on")


def _doer_before(tokens: Tokens, at: int) -> Range | None:
    """Return the subject of the nearest finite verb before: of "he broke the rule by refusing" he."""
    for k in range(at - 1, -1, -1):
        if tokens[k].tag in "Qq" and tokens[at - 1].low == "by":
            return None  # its verb may stand inside the quotation
        if tokens[at - 1].low == "in" and any(u.group in _SCOLDING for u in uses().get(tokens[k].low, ())):
            stop = phrase_after(tokens, k + 1, with_prepositions=False)
            return (k + 1, stop) if stop > k + 1 else None  # "accused Roe of lying in denying it"
        if tokens[k].tag in "AV" and (k == 0 or tokens[k - 1].tag != "T"):
            subject = subject_before(tokens, group_start(tokens, k))
            if subject is not None:
                return subject
    return None


def _nearest(tokens: Tokens, own: Range | None) -> Range | None:
    """Return the noun right before a participle: of "sent a parcel to close a file" the file."""
    if own is None:
        return None
    for k in range(own[1] - 1, own[0] - 1, -1):
        if tokens[k].tag == "T" and k + 2 < own[1]:
            return k + 2, own[1]
        is_seen = k > own[0] and tokens[k - 1].low in _PICTURES and tokens[k].low == "of"
        if tokens[k].low == "by" and k > own[0] and tokens[k - 1].tag == "V" and k + 1 < own[1]:
            return k + 1, own[1]  # "complaints filed by crews"
        if (tokens[k].low in _HOLDING or is_seen) and k + 1 < own[1]:
            return _nearest(tokens, (k + 2 if tokens[k + 1].low == "of" else k + 1, own[1]))
    return own
