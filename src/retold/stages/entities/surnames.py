"""Whom a bare surname means where several people of a story bear it: "Varn" among Ann, Carl and Lise Varn.

News calls the main person by surname alone and the others by their full name: on each page the surname means whoever
was introduced before it was first used alone, if that is one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from retold.lexicon import entries
from retold.model.facts import EntityType, Mention
from retold.model.page import PageId

Name = tuple[EntityType, str]
"""A type (all bodies count as one) and a comparison key."""


def with_reign(mention: Mention, before: str) -> str:
    """Return the key of a name with the title of those who reign, if one stands before it: "pope francis"."""
    title = before.split()[-1:]
    is_one_word = mention.type is EntityType.PERSON and " " not in mention.key
    return f"{title[0]} {mention.key}".lower() if is_one_word and title and title[0] in _reigning() else mention.key


def _reigning() -> frozenset[str]:
    return frozenset(entries("names")["forms"]["reigning"])


def meant_by_surname(
    surname: Name, names: Mapping[Name, Sequence[Mention]], root_of: Callable[[Name], Name]
) -> dict[PageId, Name]:
    """Return for each page that prints the surname alone the full name's group it means there, where that is told."""
    bearers = [name for name in names if name[0] is EntityType.PERSON and _bears(name[1], surname[1])]
    first: dict[PageId, dict[Name, int]] = defaultdict(dict)
    for bearer in bearers:
        for mention in names[bearer]:
            at = first[mention.page].setdefault(root_of(bearer), mention.span.start)
            first[mention.page][root_of(bearer)] = min(at, mention.span.start)
    alone: dict[PageId, int] = {}
    for mention in names[surname]:
        alone[mention.page] = min(alone.get(mention.page, mention.span.start), mention.span.start)
    meant = {page: name for page, at in alone.items() if (name := _introduced(first.get(page, {}), at)) is not None}
    told = set(meant.values())
    if len(told) == 1:  # a page that introduces nobody means whom the others mean
        (only,) = told
        meant |= {page: only for page in alone if not first.get(page)}
    return meant


def _bears(key: str, surname: str) -> bool:
    words = [word for word in key.split() if word.rstrip(".") not in {"jr", "sr", "ii", "iii", "iv"}]
    return len(words) > 1 and words[-1] == surname


def _introduced(first: Mapping[Name, int], at: int) -> Name | None:
    """Return the one person introduced before the surname stood alone; the only one of the page in any order."""
    if len(first) == 1:
        return next(iter(first))
    before = [name for name, start in first.items() if start < at]
    return before[0] if len(before) == 1 else None
