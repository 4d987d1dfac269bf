"""Whether a cue with this content is done, felt or planned and not said: turning down, hoping, asking for money.

Owns the telling of a deed, a state or a mere name from a saying, by the verb, its tense and the shape of what follows.
What papers and pictures show is in ``showing``.
"""

from __future__ import annotations

from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.draft import Draft, cue_words
from retold.stages.claims.group import DO, MODALS
from retold.stages.claims.phrases import Tokens, phrase_after
from retold.stages.claims.showing import is_body, is_no_showing
from retold.stages.claims.statements import QUESTIONS, has_clause, is_stated
from retold.stages.claims.tokens import word_set

_NEAR = 4
"""Tokens at the start of a content in which its own noun stands."""


@cache
def _forms(table: str) -> frozenset[str]:
    return frozenset(entries("reporting_verbs")[table]["forms"])


def is_never_said(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether nothing was said, whatever follows: plans, names, telephone calls, refusals, nobody."""
    return (
        _is_gone(tokens, draft, start, end)
        or _is_telephoned(tokens, draft, start, end)
        or _is_nobody(tokens, draft)
        or _is_silence(tokens, draft, start)
        or is_no_showing(tokens, draft, start, end)
        or (draft.group == "say" and tokens[start].low in _FAREWELLS)
        or _is_empty(tokens, draft, start, end)
        or _is_scene(tokens, draft, start, end)
    )


def is_not_stated(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether a clause, question or quotation behind the cue is only wondered, decided or hoped."""
    if any(tokens[k].tag in "Qq" for k in range(start, end)):
        return False
    cue = cue_words(tokens, draft)
    is_question = tokens[start].low in QUESTIONS
    if is_question and cue & (_SETTLING | _WONDERING):
        return True
    # "Seized the boat, hoping it would sail": why it was done, and not what was said.
    return not draft.own_source and bool(cue & _MOTIVES)


def is_done(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether the cue is a deed, a feeling or a state, given that its content states nothing."""
    return (
        _is_felt(tokens, draft)
        or _is_act(tokens, draft, start, end)
        or _is_bare(tokens, draft, start, end)
        or _is_deed(tokens, draft)
    )


def is_supposed(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the saying is only thought of: "hoped the bank would signal that", "wants to announce that"."""
    cue = cue_words(tokens, draft)
    is_wanted = "to" in cue and bool(cue & _WANTING)
    if not (cue & _SUPPOSING or is_wanted) or draft.negated or draft.strength in {"denial", "warning"}:
        return False
    return not any(tokens[k].tag == "Q" for a, b in draft.content for k in range(a, b))


def is_of_writer(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the writer thinks or remembers aloud: "I think", "I remember"."""
    source = draft.source
    if source is None or source[1] - source[0] != 1 or tokens[source[0]].low not in {"i", "we"}:
        return False
    return draft.strength in _MINDS or draft.group == "learn" or bool(cue_words(tokens, draft) & _REMEMBERING)


def _is_empty(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether nothing is left of what was said: "that", "because", "didn't say when", "to fellow clerks"."""
    first = tokens[start]
    if end - start == 1:
        is_left_over = first.tag in "RPTC" or first.low in {"because", "as", "this"}
        return is_left_over or (draft.negated and first.tag in "SZ")
    is_told = (
        first.tag == "T"
        and draft.group in _UTTERING
        and (tokens[start + 1].tag in "KDO" or tokens[end - 1].low.endswith("s"))
    )
    words = tokens[start + 1 : end]
    return (is_told and not any(t.tag in "VAqQR:" for t in words)) or (
        draft.group == "call" and first.low == "it" and tokens[start + 1].low == "quits"
    )


def _is_scene(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether it is the caption of a picture, or a mind made up: "speaks about the flood", "Ann decided that"."""
    cue = cue_words(tokens, draft)
    if cue & _PICTURED and tokens[start].low in {"before", "at", "during"}:
        return True
    if cue & _MADE_UP and tokens[start].tag in "WDK" and not has_clause(tokens, start, end):
        return True  # "the voters decided the race"
    if any(tokens[k].tag in "qQ" for k in range(start, end)):
        return False
    if cue & _PICTURED and not is_stated(tokens, start, end):
        return True
    if cue & _MADE_UP:
        return draft.source is None or not is_body(tokens, draft.source)
    is_coming = bool(cue & {"will", "wo", "won't"}) and not draft.negated
    return bool(cue & _REALIZING) or (is_coming and draft.strength in _MINDS)


def _is_gone(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether it is a plan, a name ("a group called the Lantern ran") or a gloss ("referring to")."""
    cue = cue_words(tokens, draft)
    if tokens[start].tag == "T" and (cue & _forms("plans") or cue == {"expected"}):
        return True  # "talks expected to resume": nobody says who expects it
    if draft.group == "refer" and tokens[start].low == "as":
        return True
    if not draft.own_source and cue & _POINTING:
        return True
    opens = tokens[draft.source[0]].low if draft.source is not None else ""
    if draft.group == "call" and opens in _SOME and all(t.tag == "K" for t in tokens[start : start + 2]):
        return True  # "a firm called Coast Line"
    is_name = draft.group in _NAMES and tokens[start].tag not in "qQ"
    if draft.group == "call" and not cue & _CALLING and _is_summons(tokens, start, end):
        return True
    return is_name and tokens[start].tag in "DK" and has_clause(tokens, start, end)


def _is_summons(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether "called the clerk to testify" tells of a summons."""
    stop = phrase_after(tokens, start, with_prepositions=False)
    if any(t.tag in "Qq" for t in tokens[stop:end]):
        return False
    return start < stop < end and tokens[stop].tag == "T"


def _is_telephoned(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether "called her the day after" tells of the telephone: no name for her follows."""
    if draft.group != "call" or not (tokens[start].tag == "O" or tokens[start].low == "her"):
        return False
    words = tokens[start:end]
    after = words[1] if len(words) > 1 else None
    is_day = any(t.low in _TELEPHONED for t in words[1:3])
    return after is None or is_day or (after.tag in "XPSGC,T" and after.low != "as")


def _is_nobody(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether it is told that nobody says or can say so."""
    if draft.source is None:
        return False
    low = tokens[draft.source[0]].low
    # "where someone says Q" is made up, "someone said Q" is not
    is_made_up = low in {"someone", "somebody"} and bool(cue_words(tokens, draft) & {"says", "say"})
    return is_made_up or low in _NOBODY


def _is_silence(tokens: Tokens, draft: Draft, start: int) -> bool:
    """Tell whether something was not told, asked or remembered: "would not describe the gifts"."""
    if not draft.negated or draft.strength in {"denial", "belief", "expectation"}:
        return False
    if tokens[start - 1].tag == "," and tokens[start].tag not in "Qq":
        return True  # "did not say, but left"
    if draft.group == "say" and cue_words(tokens, draft) & _UNABLE and tokens[start].low not in QUESTIONS:
        return True  # "cannot say they were not warned"
    is_question = draft.group in _SPEAKING and tokens[start].low in QUESTIONS
    is_clause = tokens[start].low == "that" or has_clause(tokens, start, len(tokens)) or tokens[start].tag in "Qq"
    return not (is_clause or is_question) or bool(cue_words(tokens, draft) & _REMEMBERING)


def _is_felt(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether somebody hopes to or fears a thing; a clause or a quotation tells that it was said."""
    is_feeling = any(tokens[k].low in _FELT for a, b in draft.cue for k in range(a, b))
    return is_feeling and not any(tokens[k].tag in "Qq" for a, b in draft.content for k in range(a, b))


def _is_act(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether the cue with this object is done and not said: turning down, asking for money, laying open."""
    if draft.group == "deny" and not any(t.low in _CHARGES or t.tag in "qQ" for t in tokens[start:end]):
        cue = cue_words(tokens, draft)
        if cue & _TURNING_DOWN:
            return True
    if draft.group == "refuse":
        return not any(t.low in _SPOKEN for t in tokens[start : min(start + _NEAR, end)])
    if draft.group == "demand" and cue_words(tokens, draft) & _ORDERING and tokens[start].tag == "M":
        return True  # "ordered 32 boats"
    if draft.group == "ask":
        last = tokens[draft.cue[-1][1] - 1].low
        is_thing = tokens[start].tag in ("MDWKOP" if last != "for" else "O")
        is_question = last == "about" or tokens[start - 1].low in {"if", "whether"}
        return not is_question and is_thing and not any(t.low in QUESTIONS for t in tokens[start:end])
    is_participle = not draft.own_source and tokens[draft.at].tag == "G"
    return is_participle and draft.group in _DONE and tokens[start].tag not in "T"


def _is_bare(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether the content is a mere pronoun, a person's name, or a circumstance."""
    words = tokens[start:end]
    if draft.group == "say" and (words[0].tag == "O" or words[0].low in _VAGUE or _is_those_things(words)):
        return True  # "said things that hurt", "said them"
    is_denied = draft.group == "deny" and words[0].tag == "D" and len(words) > 1
    if (_is_pointer(words) and not is_denied) or _is_time(words):
        return True
    if (
        cue_words(tokens, draft) & _WRITING
        and not any(t.tag in "qQR" for t in words[:2])
        and words[0].tag in "DWK"
        and tokens[draft.cue[-1][1] - 1].tag != "P"
    ):
        return not any(t.low in _PAPERS for t in words[:_NEAR])  # "wrote the book": not what it says
    if _is_awaited(tokens, draft) or _is_appointed(tokens, draft, words) or _is_court(tokens, draft, words):
        return True
    if draft.group == "noun" and tokens[draft.at + 1].low in _TOPICS and not any(t.tag in "VAGQq" for t in words):
        return True  # "his criticism of the clerk" tells no words of it
    if draft.group == "suggest" and draft.negated:
        return True
    if len(words) == 2 and words[0].low in _OWN and words[1].tag == "W":
        return True  # "reported its findings"
    if draft.group == "believe" and words[0].tag == "G":
        return True
    if draft.group in _CITING and any(t.low in _PERSONS for t in words[:_NEAR]):
        return True
    if draft.group in _NAMED_ONLY and _is_name(words):
        return True
    if cue_words(tokens, draft) & _REMEMBERING and not any(t.tag in "qQ" for t in words):
        return True  # "the town remembers his life"
    if draft.group == "threaten" and (words[0].tag in "KO" or tokens[draft.at].tag == "G"):
        return True
    if draft.group in _GIVING and words[0].tag in "KON" and len(words) > 1 and words[1].tag == "D":
        return True  # "denied Park the office"
    has_particle = tokens[draft.cue[-1][1] - 1].tag in "PT"
    is_place = words[0].tag in "PX" and not has_particle and not draft.negated and draft.group not in _OF_PERSONS
    return is_place and not any(t.tag in "VANqQG" for t in words)


def _is_those_things(words: Tokens) -> bool:
    return len(words) > 1 and words[0].tag == "D" and words[1].low == "things"


def _is_awaited(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether a thing is looked forward to, a post taken, a word forced: what is no clause is then not said."""
    return bool(cue_words(tokens, draft) & _AWAITING) and tokens[draft.cue[-1][1] - 1].tag != "P"


def _is_appointed(tokens: Tokens, draft: Draft, words: Tokens) -> bool:
    """Tell whether somebody is confirmed in office: "the board confirmed Ann Reed to be harbour master"."""
    is_name = bool(cue_words(tokens, draft) & _CONFIRMING) and words[0].tag == "K"
    return is_name and (_is_name(words) or any(t.low in {"to", "as"} or t.tag == "-" for t in words))


def _is_court(tokens: Tokens, draft: Draft, words: Tokens) -> bool:
    """Tell whether a higher court is asked: "appealed to the Supreme Court"."""
    return bool(cue_words(tokens, draft) & _APPEALING) and any(t.low in {"court", "tribunal"} for t in words)


def is_pointed_at(words: Tokens) -> bool:
    """Tell whether a question is only pointed at: "asked about it on Sunday"."""
    return len(words) > 1 and words[0].low in {"about", "for"} and _is_pointer(words[1:])


def _is_pointer(words: Tokens) -> bool:
    """Tell whether the words only point at what was said elsewhere: "this", "it so well", "the claim on Monday"."""
    is_it = words[0].low in {"it", "this", "so", "that"} and len(words) > 1 and words[1].tag in "ZX"
    if is_it and not any(t.tag in "VANqQGR" for t in words[1:]):
        return True  # "said it again this morning at the port"
    if words[0].tag in "NO" or words[0].low in {"this", "that"}:
        is_again = len(words) == 2 and words[1].low in {"before", "again"}
        is_alone = len(words) == 1 or words[1].tag != "P" or is_again
        return is_alone and not any(t.tag not in "NOZXDP" for t in words[1:])
    is_noun = len(words) > 1 and words[0].tag == "D" and words[1].low in _SAYING_NOUNS
    return is_noun and not any(t.tag not in "PX" for t in words[2:])


def _is_time(words: Tokens) -> bool:
    """Tell whether the words are a mere time: "the day", "that morning"."""
    is_timed = [t.tag == "X" or t.low in _TELEPHONED for t in words]
    return any(is_timed) and all(timed or t.tag in "DM" for timed, t in zip(is_timed, words, strict=True))


def _is_name(words: Tokens) -> bool:
    """Tell whether the words are a name, with nothing but an apposition behind it."""
    comma = next((k for k, t in enumerate(words) if t.tag == ","), len(words))
    return all(t.tag == "K" for t in words[:comma]) and not any(t.tag in "VAQqG" for t in words[comma:])


def _is_deed(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the cue is a deed, a state or a plan, given that its content is no statement."""
    cue = cue_words(tokens, draft)
    if cue & _forms("two_senses"):
        return True
    return bool(cue & (MODALS - DO)) and not draft.negated and draft.strength not in {"denial", "warning"}


_AWAITING = word_set("anticipate anticipates anticipated anticipating assume assumes assumed assuming forced boasts")
_WRITING = word_set("write writes wrote")
_PAPERS = word_set("letter letters note notes message messages")
_CONFIRMING = word_set("confirm confirms confirmed confirming")
_APPEALING = word_set("appeal appeals appealed appealing")
_UNABLE = word_set("can't can’t cannot couldn't couldn’t")
_VAGUE = frozenset({"things", "something", "stuff"})
_UTTERING = frozenset({"announce", "say", "speak", "note", "tell"})
_PICTURED = word_set("speaks talks testifies listens")
_ORDERING = word_set("order orders ordered ordering")
_MADE_UP = word_set("decide decides decided deciding")
_REALIZING = word_set("realize realizes realized realizing realise realises realised realising")
_SUPPOSING = word_set("would could might may can should must wouldn't couldn't can't wouldn’t couldn’t can’t cannot")
_SPOKEN = word_set("comment comments interview interviews answer discuss say elaborate confirm speculate rule")
_TURNING_DOWN = word_set(
    "reject rejects rejected rejecting rebuff rebuffs rebuffed rebuffing dismiss dismisses dismissed dismissing "
    "discount discounts discounted discounting"
)
_CHARGES = word_set(
    "claim claims charge charges accusation accusations allegation allegations criticism report reports notion idea "
    "suggestion suggestions talk argument arguments speculation theory comparison concerns rumors rumours"
)
_FELT = word_set(
    "hope hopes hoped hoping fear fears feared fearing worry worries worried wonder wonders wondered dread"
)
_DONE = frozenset({"promise", "note", "praise", "admit", "announce"})
_TOPICS = frozenset({"of", "on", "about"})
_SOME = word_set("a an another one")
_CALLING = frozenset({"for", "on", "upon"})
_NAMES = frozenset({"call", "name"})
_POINTING = frozenset({"referring"})
_NOBODY = word_set("no nobody no-one none neither anyone anybody whoever")
_TELEPHONED = word_set("day morning night evening afternoon week month year moment minute hour")
_OWN = word_set("its his her their our my")
_CITING = frozenset({"quote", "express"})
_PERSONS = word_set("people sources officials persons")
_NAMED_ONLY = frozenset({"praise", "criticize", "quote", "express", "deny", "promise", "expect", "speak"})
_OF_PERSONS = frozenset({"accuse", "noun", "according", "name", "ask", "tell", "demand"})
_WANTING = word_set("want wants wanted expected set plan plans planned hoping ought prepared preparing")
_FAREWELLS = word_set("goodbye farewell hello thanks")
_SETTLING = word_set(
    "decide decides decided deciding determine determines determined determining remember remembers remembered"
)
_WONDERING = word_set("wonder wonders wondered wondering")
_MOTIVES = word_set("hoping fearing believing thinking expecting knowing realizing realising")
_MINDS = frozenset({"belief", "intention", "expectation"})
_REMEMBERING = word_set("remember remembers remembered remembering recall recalls recalled recalling")
_SPEAKING = frozenset({"say", "agree", "argue", "admit", "claim"})
_GIVING = frozenset({"deny"})
_SAYING_NOUNS = word_set("claim claims charge charges allegation allegations accusation accusations point message")
