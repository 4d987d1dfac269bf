"""Tell-tale phrases of the parts of a page that are not the report.

Owns the reading of ``furniture.toml``: which kind of furniture a line's words, or an element's class words, give away.
What follows from that for the line is judged by the stage of segments.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from retold.lexicon.load import entries

_EDGES = " \t\r\n\f\v\u00a0\u200b*+-–—•·|>»›<«‹:.,;!?…/\\()[]→←↑↓▶►■●✓#\"'“”„’‘"
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


def plain(line: str) -> str:
    """Return the line casefolded, its spaces single, bullets and punctuation at its ends dropped."""
    return " ".join(line.strip(_EDGES).casefold().split())


def telltale(line: str) -> Telltale | None:
    """Return the strongest tell-tale phrase of the line, or None.

    >>> telltale("* Read more: Storm closes harbour").kind
    'related'
    """
    key = plain(line)
    if key in _whole():
        return Telltale(_whole()[key], "whole", key)
    opening = " ".join(line.casefold().lstrip(" \t\u00a0*+-–—•·|>»›→▶►").split())
    for phrase, kind in _starts().get(opening[:4], ()):
        if opening.startswith(phrase) and not opening[len(phrase) : len(phrase) + 1].isalpha():
            return Telltale(kind, "starts", phrase)
        if phrase.endswith(" ") and opening.startswith(phrase):
            return Telltale(kind, "starts", phrase.strip())
    for phrase, kind in _holds():
        if phrase in opening:
            return Telltale(kind, "holds", phrase)
    return None


@cache
def _class_needles() -> tuple[tuple[str, str], ...]:
    lists = entries("furniture")["classes"].items()
    return tuple((f"-{'-'.join(_CLASS_WORDS.findall(word))}-", kind) for kind, words in lists for word in words)


# Pages repeat their class names; a hostile one may not, so the memory is bounded.
@lru_cache(maxsize=16_384)
def class_kinds(element: str) -> frozenset[str]:
    """Return the kinds that the class words and id of an element (``div.teaser-list#top``) stand for.

    >>> sorted(class_kinds("div.teaser-list#top"))
    ['related']
    """
    tokens = re.split(r"[.#\s]+", element.casefold())[1:]
    padded = " ".join(f"-{'-'.join(_CLASS_WORDS.findall(token))}-" for token in tokens)
    return frozenset(kind for needle, kind in _class_needles() if needle in padded)
