"""Whom "he", "she", "it" or "they" before a cue means, where the page leaves no doubt.

Owns the tests that make an antecedent plain: a pronoun that opens what somebody says means the one who says it; "he"
and "she" mean the one person named in the paragraph before the pronoun, or the last who spoke there, or the one person
of the paragraph before; and no form of address and no given name speaks against it. Nobody who is named in the very
words can be meant. Everything else stays a bare pronoun.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from retold.lexicon.load import entries
from retold.model.facts import Claim, EntityType, Mention
from retold.stages.claims.showing import person_roles
from retold.text.spans import Span

_HE = frozenset({"he", "he's", "he’s", "he'd", "he’d", "his"})
_SHE = frozenset({"she", "she's", "she’s", "she'd", "she’d", "her"})
_OTHERS = frozenset({"it", "they", "its", "their"})
_TITLE_REACH = 6
"""Characters before a name in which "Mr." or "Mrs." stands."""
_MEN, _WOMEN = ("Mr", "Sir", "Lord"), ("Mrs", "Ms", "Miss", "Dame", "Lady")
_OPENING = re.compile(r"(?:that|if|whether)?[\s\"“‘']*", re.IGNORECASE)
"""What may stand before the pronoun that opens what somebody says."""
_DESCRIBED = re.compile(r"(?:the|a|an|one|another)\s[^,]*", re.IGNORECASE)


def resolved(text: str, claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Claim]:
    """Return the claims, the source of a plain pronoun followed by the name it stands for."""
    persons = sorted((m for m in mentions if m.type is EntityType.PERSON), key=lambda m: m.span)
    told: list[Claim] = []
    for claim in claims:
        heard = [other for other in told[-_NEAR:] if other.source and not _is_question(text, other)]
        name = _outer(text, claim, told, persons) or _antecedent(text, claim, heard, persons, mentions)
        told.append(claim if name is None else replace(claim, source=(*claim.source, name)))
    return told


def _is_question(text: str, claim: Claim) -> bool:
    """Tell whether somebody is asked: who answers is another."""
    return text[slice(*claim.cue[0])].casefold().startswith("asked")


def _pronoun(text: str, claim: Claim) -> str:
    """Return the source in small letters when it is a pronoun in one piece, else nothing."""
    word = text[slice(*claim.source[0])].casefold() if len(claim.source) == 1 else ""
    return word if word in _HE | _SHE | _OTHERS else ""


def _outer(text: str, claim: Claim, before: Sequence[Claim], persons: Sequence[Mention]) -> Span | None:
    """Return the source of the claim whose words the pronoun opens: "Roe said he knew", "the firm said it hopes"."""
    word = _pronoun(text, claim)
    if not word:
        return None
    at = claim.source[0].start
    for outer in reversed(before[-_NEAR:]):
        opens = any(p.start <= at < p.end and _OPENING.fullmatch(text, p.start, at) for p in outer.content)
        if not opens or not outer.source or _pronoun(text, outer):
            continue
        source = outer.source[-1]
        named = [m for m in persons if source.holds(m.span)]
        is_personal = word in _HE | _SHE
        if named and is_personal:
            return source if _may_be(text, named[0], persons, is_woman=word in _SHE) else None
        return None if named or is_personal else source
    return None


def _antecedent(
    text: str, claim: Claim, before: Sequence[Claim], persons: Sequence[Mention], mentions: Sequence[Mention]
) -> Span | None:
    word = _pronoun(text, claim)
    if word not in _HE | _SHE:
        return None
    source = claim.source[0]
    others = [m for m in persons if any(piece.holds(m.span) for piece in claim.content)]
    start = text.rfind("\n", 0, source.start) + 1
    candidates = [m for m in _between(persons, start, source.start) if m not in others]
    if not candidates and not _speaks(before, start, source.start):
        earlier = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
        candidates = _between(persons, earlier, start)
        start = earlier
    candidates = [m for m in candidates if not _is_beside(text, m, word)]
    every, candidates = candidates, [m for m in candidates if _may_be(text, m, persons, is_woman=word in _SHE)]
    named = {_surname(mention) for mention in candidates}
    if _has_unknown(text, start, source.start, mentions):
        named.add("")  # a name of nobody knows what: only the last speaker is plain
    speaker = _last_speaker(text, before, start, claim)
    if speaker is not None and any(speaker.holds(m.span) for m in every if m not in candidates):
        speaker = None  # of the other sex
    if speaker is not None and _is_described(text, speaker):
        return speaker
    is_only = speaker is None and len(named) == 1 and bool(candidates)
    found = candidates[-1] if is_only else _of_source(candidates, speaker)
    if found is None or _surname(found) in {_surname(mention) for mention in others}:
        return None
    return found.span


_NEAR = 4
"""Claims looked back over for the one that holds another."""


def _is_beside(text: str, mention: Mention, word: str) -> bool:
    """Tell whether the name stands in a sentence that opens with the pronoun, which then means somebody else."""
    before = text[max(0, mention.span.start - _LONG_SENTENCE) : mention.span.start]
    opening = _SENTENCE_END.split(before)[-1].split("\n")[-1].split(maxsplit=1)
    return bool(opening) and opening[0].casefold() in (_HE if word in _HE else _SHE)


_LONG_SENTENCE = 300
"""Characters looked back over for the start of a name's sentence."""


def _speaks(before: Sequence[Claim], start: int, end: int) -> bool:
    """Tell whether the last claim stands in the stretch."""
    return bool(before) and start <= before[-1].cue[0].start < end


_TWO_CAPITALS = re.compile(r"(?<=[a-zß-ÿ,;:’'])[ ][A-Z][a-zß-ÿ]+ [A-Z][a-zß-ÿ]+")


def _has_unknown(text: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether the stretch holds two words in capitals, inside a sentence, that are part of no name told apart."""
    for match in _TWO_CAPITALS.finditer(text, start, end):
        span = (match.start() + 1, match.end())
        if not any(mention.span.overlaps(span) for mention in mentions):
            return True
    return False


def _said_again(text: str, last: Claim, claim: Claim) -> bool:
    """Tell whether more than the end of a sentence stands between the last speaker's words and this saying."""
    end = max(span.end for span in (*last.content, *last.cue, *last.source))
    start = min(span.start for span in (*claim.content, *claim.cue, *claim.source))
    between = text[end:start] if end <= start else ""
    rest = _SENTENCE_END.split(between, maxsplit=1)[
        -1
    ]  # the writer may have ended the sentence: ", a clerk of the port."
    return len(rest.strip(" \n.,\"”’'")) > 0


def _last_speaker(text: str, before: Sequence[Claim], start: int, claim: Claim) -> Span | None:
    """Return the source of the last claim, if its cue stands in the stretch; of a resolved pronoun the name."""
    end = claim.source[0].start
    if not before or not before[-1].source or not start <= before[-1].cue[0].start < end:
        return None
    if _is_of_two(text, before):
        return None
    return None if _said_again(text, before[-1], claim) else before[-1].source[-1]


def _is_of_two(text: str, before: Sequence[Claim]) -> bool:
    """Tell whether the last sentence tells of two speakers, one of them inside a clause of the other's."""
    last = before[-1]
    for other in before[:-1]:
        between = text[other.cue[-1].end : last.cue[0].start]
        if not other.source or not between or _SENTENCE_END.search(between) or "\n" in between:
            continue
        words = [text[slice(*claim.source[-1])].split()[-1] for claim in (other, last)]
        if words[0] != words[1] and _IN_CLAUSE.search(between[: max(0, last.source[0].start - other.cue[-1].end)]):
            return True
    return False


_IN_CLAUSE = re.compile(r"\b(?:which|whom|as|while|when|after|before|that)\s\Z")
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s")


def _is_described(text: str, speaker: Span) -> bool:
    """Tell whether the last speaker is a person told by what he or she does: "the mayor", "a clerk at the port"."""
    words = text[slice(*speaker)]
    head = re.split(r"\s(?:of|at|for|in|from|with|who)\s", words)[0].split()[-1:]
    return _DESCRIBED.match(words) is not None and bool(head) and head[0].casefold() in person_roles()


def _of_source(candidates: Sequence[Mention], speaker: Span | None) -> Mention | None:
    if speaker is None:
        return None
    inside = [mention for mention in candidates if speaker.holds(mention.span)]
    return inside[0] if len({_surname(mention) for mention in inside}) == 1 else None


def _between(persons: Sequence[Mention], start: int, end: int) -> list[Mention]:
    first = bisect_left(persons, start, key=lambda mention: mention.span.start)
    last = bisect_left(persons, end, key=lambda mention: mention.span.start)
    return list(persons[first:last])


def _surname(mention: Mention) -> str:
    return mention.key.split()[-1] if mention.key.split() else mention.key


@cache
def _given() -> tuple[frozenset[str], frozenset[str]]:
    """Return given names of men and of women; names of both are in neither."""
    person = entries("names")["person"]
    women, both = frozenset(person["women"]), frozenset(person["both"])
    return frozenset(person["given"]) - women - both, women


def _may_be(text: str, mention: Mention, persons: Sequence[Mention], *, is_woman: bool) -> bool:
    """Tell whether no form of address and no given name of the person, anywhere on the page, speaks against it."""
    against_titles = _MEN if is_woman else _WOMEN
    against_names = _given()[0] if is_woman else _given()[1]
    for other in persons:
        if _surname(other) != _surname(mention):
            continue
        words = text[other.span.start : other.span.end].split()
        title = text[max(0, other.span.start - _TITLE_REACH) : other.span.start].split()[-1:]
        if title and title[0].rstrip(".") in against_titles:
            return False
        if len(words) > 1 and words[0] in against_names:
            return False
    return True
