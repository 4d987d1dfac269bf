"""Surnames that a report prints alone and never in full, where another report of the story has the full name.

Owns the guards: no common word of the story, no place or body, and no part of a longer name. Whom a surname means where
several people bear it is told in ``surnames``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from retold.lexicon import entries
from retold.model.facts import EntityType, Mention
from retold.model.page import Page, PageId
from retold.model.report import Sentence
from retold.stages.entities.variants import known_bodies, known_keys

_SHORTEST = 3
"""Letters of the shortest surname that is looked for: "Xi" and "Li" are other words too often."""
_CAPITAL_BEFORE = re.compile(r"[A-ZÀ-Þ][\w.'’-]*[ ]\Z")
_CAPITAL_BEHIND = re.compile(r"[ ]?[-‐‑/&]|[ ][A-ZÀ-Þ]|['’]s [A-ZÀ-Þ]\w+ [A-ZÀ-Þ]")
_REACH = 24
"""Characters before a surname in which the word before it stands."""


def surnames_alone(
    mentions: Sequence[Mention], pages: Mapping[PageId, Page], sentences: Iterable[Sentence]
) -> list[Mention]:
    """Return the mentions by a bare surname on pages that name its bearer in no other way.

    "Holt denied it" is Ann Holt's where another report of the story tells of Ann Holt.
    """
    wanted = _surnames(mentions, pages)
    if not wanted:
        return []
    named: dict[PageId, set[str]] = defaultdict(set)
    taken: dict[PageId, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[mention.page].add(mention.key.split()[-1])
        taken[mention.page].append(mention)
    found: list[Mention] = []
    for sentence in sentences:
        page = sentence.page
        if page not in pages:
            continue
        for surname, form in wanted.items():
            if surname not in named[page]:
                found += _in_sentence(pages[page].text, sentence, surname, form, taken[page])
    return sorted(found, key=lambda mention: mention.span)


def _surnames(mentions: Sequence[Mention], pages: Mapping[PageId, Page]) -> dict[str, re.Pattern[str]]:
    """Return the surnames that one person of the story bears and that are no words, places or bodies."""
    bodies = {name.casefold() for name in known_bodies()}
    months = frozenset(entries("names")["never"]["words"])
    found: dict[str, re.Pattern[str]] = {}
    given: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        words = pages[mention.page].text[slice(*mention.span)].split()
        if mention.type is not EntityType.PERSON or len(words) < 2 or not words[-1].isalpha():
            continue
        form, key = words[-1], mention.key.split()[-1]
        given[key].add(words[0][0])
        if (
            len(form) < _SHORTEST
            or not form.istitle()
            or form in months
            or key in found
            or key in bodies | known_keys()
        ):
            continue
        small = re.compile(rf"\b{re.escape(form.lower())}\b")
        if not any(small.search(page.text) for page in pages.values()):
            found[key] = re.compile(rf"\b{re.escape(form)}\b")
    return {key: form for key, form in sorted(found.items()) if len(given[key]) == 1}  # else two people bear it


def _in_sentence(
    text: str, sentence: Sentence, surname: str, form: re.Pattern[str], taken: Sequence[Mention]
) -> list[Mention]:
    found: list[Mention] = []
    for match in form.finditer(text, sentence.start, sentence.end):
        span = type(sentence.span)(match.start(), match.end())
        before = text[max(sentence.start, span.start - _REACH) : span.start]
        is_part = _CAPITAL_BEFORE.search(before) is not None or _CAPITAL_BEHIND.match(text, span.end) is not None
        if not is_part and not any(span.overlaps(mention.span) for mention in taken):
            found.append(Mention(sentence.page, span, EntityType.PERSON, surname))
    return found
