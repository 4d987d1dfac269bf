"""News agencies by the forms in which reports name them.

Owns the reading of ``agencies.toml``: finding an agency's name in a stretch of text and its canonical short name.
Whether a name there is a credit is judged by the stage of marks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from retold.lexicon.load import entries
from retold.text.spans import Span

_WORDS = re.compile(r"\w+")


class NamedAgency(NamedTuple):
    """An agency named at ``span``; ``name`` is its canonical short name."""

    span: Span
    name: str


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for agency in entries("agencies")["agency"]:
        for form in (agency["name"], *agency["forms"]):
            names.setdefault(form, agency["name"])
    return names


@cache
def _folded() -> dict[str, str]:
    """Forms that may be printed in any case: those of two words or of five letters and more."""
    return {form.casefold(): name for form, name in _names().items() if len(form) >= 5}


@cache
def _pattern() -> re.Pattern[str]:
    exact = sorted((form for form in _names() if len(form) < 5), key=len, reverse=True)
    loose = sorted(_folded(), key=len, reverse=True)
    either = "|".join([*(f"(?i:{re.escape(form)})" for form in loose), *map(re.escape, exact)])
    return re.compile(rf"(?<![\w]){'(?:' + either + ')'}(?![\w])")


def canonical_agency(words: str) -> str | None:
    """Return the short name of the agency that is called exactly so, or None.

    >>> canonical_agency("Agence France-Presse")
    'AFP'
    """
    plain = " ".join(words.split()).strip(" .,:;/-–—")
    for form in (plain, plain.removeprefix("The ").removeprefix("the ")):
        known = _names().get(form) or _folded().get(form.casefold())
        if known:
            return known
    return None


@cache
def agency_first_words() -> frozenset[str]:
    """Return the first words of all forms, casefolded: a text without one of them names no agency."""
    return frozenset(re.findall(r"\w+", form.casefold())[0] for form in _names())


def agencies_in(text: str, span: tuple[int, int] | None = None) -> list[NamedAgency]:
    """Return the agencies named inside the span (default: the whole text), in order."""
    start, end = span or (0, len(text))
    if agency_first_words().isdisjoint(_WORDS.findall(text[start:end].casefold())):
        return []
    found = []
    for match in _pattern().finditer(text, start, end):
        form = match.group()
        name = _names().get(form) or _folded()[form.casefold()]
        found.append(NamedAgency(Span(*match.span()), name))
    return found


@cache
def is_picture_agency(name: str) -> bool:
    """Tell whether the agency of this short name sells pictures only."""
    return any(agency["name"] == name and agency["kind"] == "picture" for agency in entries("agencies")["agency"])


_AGENCY_NOUNS = (
    "wire wires newswire newswires agency service association press agencia agence agenzia agentur nachrichtenagentur"
    " nyhetsbyrå nyhetsbyrån nyhetsbyra nyhetsbyran telegraph"
)
_AGENCY_NOUN = re.compile(
    r"\b(?:wires?|newswires?|news agency|press agency|news service|press service|press association|press|agency|"
    r"agencia|agence|agenzia|agentur|presse-agentur|nachrichtenagentur|nyhetsbyr[åa]n?|telegraph)$",
    re.IGNORECASE,
)
_HOUSE_WORD = re.compile(r"^(?:[A-Z][\w.&'’-]*|of|de|the|and|für|der)$")


@cache
def agency_nouns() -> frozenset[str]:
    """Return the last words of names that have the form of an agency's, casefolded."""
    return frozenset(_AGENCY_NOUNS.split())


def agency_like(words: str) -> str | None:
    """Return the name when its last word says that it names an agency ("Halden Wire", "Port City News Agency").

    >>> agency_like("the Halden Wire")
    'Halden Wire'
    """
    plain = " ".join(words.split()).strip(" .,:;/-–—()")
    plain = plain.removeprefix("The ").removeprefix("the ")
    pieces = plain.split()
    if not 2 <= len(pieces) <= 5 or not _AGENCY_NOUN.search(plain):
        return None
    proper = pieces[0][0].isupper() and all(_HOUSE_WORD.match(piece) for piece in pieces)
    if not proper:
        return None
    return plain.title() if plain.isupper() else plain
