"""Whom "he" or "she" before a cue means, where the page leaves no doubt.

Owns the tests that make an antecedent plain: one person only is named in the paragraph before the pronoun, or that
person has just been quoted there, or the paragraph before speaks of one person only; and no form of address and no
given name speaks against it. Everything else stays a bare pronoun.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from retold.lexicon.load import entries
from retold.model.facts import Claim, EntityType, Mention
from retold.text.spans import Span

_HE = frozenset({"he", "he's", "he’s", "he'd", "he’d", "his"})
_SHE = frozenset({"she", "she's", "she’s", "she'd", "she’d", "her"})
_TITLE_REACH = 6
"""Characters before a name in which "Mr." or "Mrs." stands."""
_MEN, _WOMEN = ("Mr", "Sir", "Lord"), ("Mrs", "Ms", "Miss", "Dame", "Lady")


def resolved(text: str, claims: Sequence[Claim], mentions: Sequence[Mention]) -> list[Claim]:
    """Return the claims, the source of a plain pronoun followed by the name it stands for."""
    persons = sorted((m for m in mentions if m.type is EntityType.PERSON), key=lambda m: m.span)
    told: list[Claim] = []
    for claim in claims:
        name = _antecedent(text, claim, told, persons)
        told.append(claim if name is None else replace(claim, source=(*claim.source, name)))
    return told


def _antecedent(text: str, claim: Claim, before: Sequence[Claim], persons: Sequence[Mention]) -> Span | None:
    if len(claim.source) != 1:
        return None
    source = claim.source[0]
    word = text[source.start : source.end].casefold()
    if word not in _HE | _SHE:
        return None
    start = text.rfind("\n", 0, source.start) + 1
    candidates = _between(persons, start, source.start)
    if not candidates:
        earlier = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
        candidates = _between(persons, earlier, start)
        start = earlier
    named = {_surname(mention) for mention in candidates}
    if not named:
        return None
    if _has_unknown(text, start, source.start, candidates):
        named.add("")  # a name of nobody knows what: only the last speaker is plain
    speaker = _last_speaker(before, start, source.start)
    if len(named) > 1 and (speaker is None or _said_again(text, before[-1], source)):
        return None
    found = candidates[-1] if len(named) == 1 else _of_source(candidates, speaker)
    if found is None or not _may_be(text, found, persons, is_woman=word in _SHE):
        return None
    return found.span


_TWO_CAPITALS = re.compile(r"(?<=[a-zß-ÿ,;:’'])[ ][A-Z][a-zß-ÿ]+ [A-Z][a-zß-ÿ]+")


def _has_unknown(text: str, start: int, end: int, persons: Sequence[Mention]) -> bool:
    """Tell whether the stretch holds two words in capitals, inside a sentence, that are no part of a person's name."""
    for match in _TWO_CAPITALS.finditer(text, start, end):
        span = (match.start() + 1, match.end())
        if not any(mention.span.overlaps(span) for mention in persons):
            return True
    return False


def _said_again(text: str, last: Claim, source: Span) -> bool:
    """Tell whether more than the end of a sentence stands between the last speaker's words and the pronoun."""
    end = max(span.end for span in (*last.content, *last.cue, *last.source))
    between = text[end : source.start] if end <= source.start else ""
    return len(between.strip(" \n.,\"”’'")) > 0


def _last_speaker(before: Sequence[Claim], start: int, end: int) -> Span | None:
    """Return the source of the last claim, if its cue stands in the stretch; of a resolved pronoun the name."""
    if not before or not before[-1].source or not start <= before[-1].cue[0].start < end:
        return None
    return before[-1].source[-1]


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
