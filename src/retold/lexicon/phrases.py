"""Tell-tale phrases of the parts of a page that are not the report.

Owns the reading of ``furniture.toml``: which kind of furniture a line's words, or an element's class words, give away.
What follows from that for the line is judged by the stage of segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from retold.lexicon.load import entries

EDGES = " \t\r\n\f\v\u00a0\u200b*+-–—•·|>»›<«‹:.,;!?…/\\()[]→←↑↓▶►■●✓#\"'“”„’‘"
_CLASS_ENDS = re.compile(r"[.#\s]+")
_NONE: frozenset[str] = frozenset()
_CLASS_WORDS = re.compile(r"[^\W_]+", re.UNICODE)


class Telltale(NamedTuple):
    """A phrase found: ``how`` is "whole", "starts" or "holds"."""

    kind: str
    how: str
    phrase: str


@cache
def _kinds() -> dict[str, dict[str, list[str]]]:
    return {kind: lists for kind, lists in entries("furniture").items() if kind != "classes"}


@cache
def _whole() -> dict[str, str]:
    return {plain(phrase): kind for kind, lists in reversed(_kinds().items()) for phrase in lists["whole"]}


@cache
def _starts() -> dict[str, list[tuple[str, str]]]:
    """Opening phrases by their first four characters."""
    table: dict[str, list[tuple[str, str]]] = {}
    for kind, lists in _kinds().items():
        for phrase in lists["starts"]:
            table.setdefault(phrase.casefold()[:4], []).append((phrase.casefold(), kind))
    return table


@cache
def _holds() -> tuple[tuple[str, str], ...]:
    return tuple((phrase.casefold(), kind) for kind, lists in _kinds().items() for phrase in lists["holds"])


def held_phrases() -> tuple[str, ...]:
    """Return the phrases that tell wherever in a line they stand, casefolded."""
    return tuple(phrase for phrase, _ in _holds())


def plain(line: str) -> str:
    """Return the line casefolded, its spaces single, bullets and punctuation at its ends dropped."""
    return " ".join(line.strip(EDGES).casefold().split())


def telltale(line: str) -> Telltale | None:
    """Return the strongest tell-tale phrase of the line, or None.

    >>> telltale("* Read more: Storm closes harbour").kind
    'related'
    """
    return telltale_of(line.casefold(), plain(line))


def telltale_of(folded: str, key: str, *, may_hold: bool = True) -> Telltale | None:
    """Return the same as ``telltale`` where the line is casefolded and its ``plain`` form is known.

    ``may_hold`` says whether one of ``held_phrases`` may stand in it.
    """
    if (kind := _whole().get(key)) is not None:
        return Telltale(kind, "whole", key)
    opening = " ".join(folded.lstrip(" \t\u00a0*+-–—•·|>»›→▶►").split())
    for phrase, kind in _starts().get(opening[:4], ()):
        if opening.startswith(phrase) and not opening[len(phrase) : len(phrase) + 1].isalpha():
            return Telltale(kind, "starts", phrase)
        if phrase.endswith(" ") and opening.startswith(phrase):
            return Telltale(kind, "starts", phrase.strip())
    if not may_hold or _any_held().search(opening) is None:
        return None
    return next((Telltale(kind, "holds", phrase) for phrase, kind in _holds() if phrase in opening), None)


@cache
def _any_held() -> re.Pattern[str]:
    return re.compile(any_of([phrase for phrase, _ in _holds()]))


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that is found where any of the phrases is, for a single search; what it matches may be shorter.

    Phrases are grouped by their first letters: with 160 of them this takes a tenth of the time of looking for each.

    >>> any_of(["cookie", "cook", "code"])
    'co(?:de|ok)'
    """
    heads: dict[str, list[str]] = {}
    for phrase in phrases:
        if not phrase:
            return ""
        heads.setdefault(phrase[0], []).append(phrase[1:])
    parts = [re.escape(head) + any_of(rests) for head, rests in sorted(heads.items())]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


@cache
def _class_needles() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Class words with their kind, each as the words it is made of, by the first of these."""
    needles: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, lists in entries("furniture")["classes"].items():
        for phrase in lists:
            words = tuple(_CLASS_WORDS.findall(phrase))
            needles.setdefault(words[0], []).append((words, kind))
    return needles


# Pages repeat their class names; a hostile one may not, so the memory is bounded.
@lru_cache(maxsize=16_384)
def _kinds_of_class(token: str) -> tuple[str, ...]:
    words = tuple(_CLASS_WORDS.findall(token))
    needles = _class_needles()
    return tuple(
        [
            kind
            for i, word in enumerate(words)
            if word in needles
            for needle, kind in needles[word]
            if words[i : i + len(needle)] == needle
        ]
    )


def class_kinds(element: str) -> frozenset[str]:
    """Return the kinds that the class words and id of an element (``div.teaser-list#top``) stand for.

    >>> sorted(class_kinds("div.teaser-list#top"))
    ['related']
    """
    folded = element.casefold()
    if _class_needles().keys().isdisjoint(_CLASS_WORDS.findall(folded)):
        return _NONE
    return frozenset([kind for token in _CLASS_ENDS.split(folded)[1:] for kind in _kinds_of_class(token)])
