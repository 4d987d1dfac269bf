"""Who the subject of a reporting verb is, and whether the form is a verb at all.

Owns the telling of verbs from nouns ("aides claim", "the claim") by what stands around them, and the subject that a
participle ("..., adding") or a second verb ("... and warned") takes over.
"""

from __future__ import annotations

import re

from retold.stages.claims.draft import Draft
from retold.stages.claims.group import Group, group_start
from retold.stages.claims.lists import with_list
from retold.stages.claims.phrases import ALONE, Range, Tokens, phrase_after, subject_before
from retold.stages.claims.right import places
from retold.stages.claims.showing import may_speak
from retold.stages.claims.statements import begins_clause
from retold.stages.claims.tokens import Token, word_set
from retold.stages.claims.verbs import Use, nouns_too, uses

_PLURALS = word_set("people police men women officials media press congress children")
_PAPERS = word_set("paper poll survey study suit document indictment account summary dossier")
_PLEAS = word_set("petition petitions letter letters resolution motion bill bills lawsuit lawsuits")
_SCOLDING = frozenset({"criticize", "praise", "accuse"})
_TALKING = word_set(
    "say argue claim tell warn threaten promise accuse note allege demand announce praise criticize express report "
    "suggest call"
)
"""Groups whose -ing form may follow its own subject without a comma: "with aides saying"."""
_SUBORDINATING = word_set("after before when while as because since until although though if unless despite")
"""Words that open a clause whose subject is not that of the sentence."""
_NOT_SAYING = frozenset({"from", "of", "on", "with", "about", "against", "without", "between", "into"})
"""Prepositions before an -ing form that is no saying of the subject's: "kept them from asking"."""
_NAMING = frozenset({"call", "name", "identify", "accuse"})
"""Groups whose past form behind an object is a passive participle: "used a method called"."""
_CONTRACTED = re.compile(r"['’](?:s|re|m)$")
_OWNERS = word_set("her his their its")
_HOLDING = word_set("with containing featuring showing")
_PICTURES = word_set("footage video videos photo photos pictures images clip clips recording recordings")
_BEFORE_PARTICIPLES = frozenset({",", "C", "Q", "q", "P", "-", "S", "Z", "("})


def subjects(
    tokens: Tokens, i: int, group: Group, ways: tuple[Use, ...], before: list[Draft]
) -> tuple[tuple[Range, bool], ...]:
    """Return the subject of the verb at ``i``, with whether it stands at the verb itself; none or one."""
    shape, start = ways[0].shape, group.start
    previous = tokens[start - 1] if start else None
    if group.has_to or (shape == "ing" and not group.has_be):
        return _of_participle(tokens, group, shape, ways, before)
    if previous is None or not (_may_be_finite(previous, group, shape) or previous.low == "then"):
        return ()
    if tokens[i].low in nouns_too() and not group.is_finite and not _is_no_noun(tokens, i, previous):
        return ()
    is_next = previous.low == "then" and start > 1 and tokens[start - 2].tag in {",", "C"}
    if previous.tag == "C" or is_next:
        if tokens[i].low == "alleged" and i + 1 < len(tokens) and tokens[i + 1].tag == "W":
            return ()  # "deals and alleged crimes"
        taken = taken_over(tokens, start, before)
        return ((taken, False),) if taken is not None else ()
    own = subject_before(tokens, start)
    if own is not None and shape == "past" and not group.is_finite:
        is_named = ways[0].group in _NAMING and (_is_object(tokens, own) or _is_named_thing(tokens, own))
        own = None if is_named or any(tokens[k].low in _KEEPING for k in range(*own)) else own
    if own is None or (shape == "base" and not group.is_finite and not _is_plural(tokens, own)):
        return ()
    return ((own, True),)


def _of_participle(
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
            if _is_attribute(tokens, own, start):
                return ()
            sender = _sender(tokens, own, before)
            return ((own, True),) if sender is None else ((sender, False),)
    if shape == "ing" and (channel := _channel_before(tokens, start)) and (doer := _doer_before(tokens, channel)):
        return ((doer, False),)
    if group.has_to and not group.has_catenative:
        return ()
    if group.has_to and (own := subject_before(tokens, start)) is not None:
        return ((own, True),)  # "Roe was quick to add", "Roe went on to say"
    if previous is not None and previous.tag == "P" and previous.low not in _NOT_SAYING:
        doer = _doer_before(tokens, start)
        return ((doer, False),) if doer is not None else ()
    if previous is not None and previous.low in _NOT_SAYING:
        return ()
    if group.has_to or previous is None or previous.tag in _BEFORE_PARTICIPLES:
        taken = taken_over(tokens, start, before)
        return ((taken, False),) if taken is not None else ()
    return ()


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


def _sender(tokens: Tokens, own: Range, before: list[Draft]) -> Range | None:
    """Return who says what a paper or a channel before a participle says: who sent the one or stood on the other.

    "She sent a letter saying", "Roe appeared on CNN saying"; but "threw out a suit saying": the suit says it.
    """
    k = own[0] - 1
    if k > 0 and tokens[k].low in {"on", "to"} and all(tokens[n].tag == "K" for n in range(*own)):
        return _doer_before(tokens, k)
    if tokens[own[1] - 1].low not in places()["in"] or tokens[own[0]].low in _OWNERS or k < 0:
        return None
    if tokens[k].low in {"in", "with", "via", "through", "on"}:
        return taken_over(tokens, own[1], before)
    return _doer_before(tokens, own[0]) if tokens[k].low in _SENDING else None


_KEEPING = word_set("keep have get make leave")
"""Verbs with an object and a participle: "a plan to keep crews informed of it"."""
_SENDING = word_set(
    "sent send sends wrote write writes issued issue issues filed files circulated circulates posted posts published "
    "released releases signed signs delivered read tweeted put made gave aired drafted emailed submitted"
)


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


def _is_object(tokens: Tokens, own: Range) -> bool:
    """Tell whether a phrase is the object of a verb or preposition before it: "used a method called"."""
    if own[0] == 0:
        return False
    before = tokens[own[0] - 1]
    is_verb = before.tag in "VG" or (before.tag == "W" and tokens[own[0]].tag == "D")
    return before.tag == "P" or (is_verb and before.low not in uses())


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
    if at and tokens[at - 1].tag == "," and tokens[start].tag == "C" and not any(d.at >= start for d in before):
        nearer = _first_subject(tokens, start + 1, at - 1)
        if nearer is not None:
            return nearer  # "Roe backed it, but six clerks balked, saying"
    if at and tokens[at - 1].tag == "C":
        said = next((d for d in before if d.source is not None and d.at >= start and not d.own_source), None)
        if said is not None and start and tokens[said.at].tag == "G" and said.at == start and tokens[at].tag != "G":
            return said.source  # "X threatened it, saying S and promised that"
        same = next((d for d in before if d.source is not None and d.at >= start and _leads(d)), None)
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


def _first_subject(tokens: Tokens, start: int, end: int) -> Range | None:
    """Return the subject of the first verb between, if it stands there too."""
    verb = next((k for k in range(start, end) if tokens[k].tag in "AV"), None)
    subject = None if verb is None else subject_before(tokens, group_start(tokens, verb))
    return subject if subject is not None and subject[0] >= start else None


def _leads(draft: Draft) -> bool:
    """Tell whether the source is the subject of its clause: not taken over, and not behind "was asked by"."""
    return draft.own_source and draft.source is not None and (draft.source[0] < draft.at or not draft.after)


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
