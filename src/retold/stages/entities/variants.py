"""When two names are one: part of the full name, initials, transliteration, spelling in the same slot.

Each test returns the proof as words a person reads, or None.
"""

from __future__ import annotations

import re
from functools import cache

from retold.lexicon import entries
from retold.model.facts import EntityType

BODIES = frozenset({EntityType.GROUP, EntityType.ORGANISATION, EntityType.AGENCY, EntityType.BROADCASTER})
_SMALL = frozenset({"of", "the", "and", "for", "de", "la", "du", "des"})
_VOWELS = re.compile(r"[aeiouyw']+")
_SAME_SOUND = (
    ("kh", "h"),
    ("gh", "g"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("ph", "f"),
    ("dh", "d"),
    ("th", "t"),
    ("z", "s"),
    ("j", "y"),
)


def skeleton_of(name: str) -> str:
    """Return the consonants of a name as most transliterations share them.

    >>> skeleton_of("Yusef") == skeleton_of("Youssef")
    True
    """
    folded = name.casefold()
    for spelling, sound in _SAME_SOUND:
        folded = folded.replace(spelling, sound)
    consonants = _VOWELS.sub("", folded)
    return re.sub(r"(.)\1+", r"\1", consonants)


def is_initials_of(short: str, full: str) -> bool:
    """Tell whether the short name is made of the initials of the full one, small words left out or in.

    >>> is_initials_of("MSB", "Maritime Safety Board")
    True
    """
    letters = short.replace(".", "")
    words = [word for word in re.split(r"[\s\-]+", full) if word]
    if not (letters.isupper() and 2 <= len(letters) <= 8 and len(words) >= 2):
        return False
    initials = "".join(word[0] for word in words)
    without_small = "".join(word[0] for word in words if word.lower() not in _SMALL and word[0].isalnum())
    return letters in {initials.upper(), without_small.upper()}


def why_one(a: str, b: str, kind: EntityType) -> str | None:
    """Return why two different names of one type are one, or None where their form proves nothing.

    >>> why_one("Yusef Belkadri", "Belkadri", EntityType.PERSON)
    "'Belkadri' is the last name of 'Yusef Belkadri'"
    """
    a, b = a.replace("’", "'"), b.replace("’", "'")
    short, full = sorted((a, b), key=lambda name: (len(name.split()), len(name), name))
    if kind is EntityType.PERSON:
        return _why_one_person(short, full)
    if kind in BODIES:
        return _why_one_body(short, full)
    return f"'{short}' and '{full}' are spellings of one name" if _without_stops(a) == _without_stops(b) else None


def _without_stops(name: str) -> str:
    """Return a place's name with "St." and "Saint" alike and no full stops."""
    words = name.replace(".", "").casefold().split()
    return " ".join("st" if word == "saint" else word for word in words)


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    found = entries("names")["person"]["nicknames"]
    return {short.casefold(): frozenset(name.casefold() for name in names) for short, names in found.items()}


def _one_given(x: str, y: str) -> bool:
    """Tell whether two given names may be one person's: "Chuck" and "Charles"."""
    return x == y or y in _nicknames().get(x, ()) or x in _nicknames().get(y, ())


@cache
def known_keys() -> frozenset[str]:
    """Return the places that the lexicon knows, casefolded."""
    places = entries("places")
    found = [*places["countries"], *places["regions"]["names"], *places["cities"]["names"]]
    return frozenset(name.casefold() for name in found)


@cache
def known_bodies() -> frozenset[str]:
    """Return the bodies that the lexicon knows by one word."""
    found = entries("names")["organisations"]
    return frozenset(form for short, forms in found.items() for form in (short, *forms) if " " not in form)


TWO_WORDS = 2
"""A surname and "Jr."."""

_COMPANY = frozenset({"inc", "inc.", "corp", "corp.", "co", "co.", "llc", "ltd", "ltd.", "plc", "group", "holdings",
                      "communications", "company", "corporation"})  # fmt: skip
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def is_younger(name: str) -> bool:
    """Tell whether a person's name is a son's with his father's name: "Carl Poe Jr."."""
    return name.casefold().rstrip(".").endswith(" jr")


def _why_one_person(short: str, full: str) -> str | None:
    if len(short.split()) == TWO_WORDS and is_younger(short) and not is_younger(full):
        return None  # "Poe Jr." is not every Poe
    short_words, full_words = (
        [word for word in name.casefold().split() if word not in _SUFFIXES] for name in (short, full)
    )
    if len(short_words) > len(full_words):
        short_words, full_words = full_words, short_words
    if len(short_words) == 1 and len(full_words) > 1 and short_words[0] == full_words[-1]:
        return f"'{short}' is the last name of '{full}'"
    if len(short_words) > 1 and len(short_words) < len(full_words):
        inside = short_words[-1] == full_words[-1] and _one_given(short_words[0], full_words[0])
        return f"'{short}' leaves out a middle name of '{full}'" if inside else None
    if len(short_words) == len(full_words) > 1 and short_words[-1] == full_words[-1]:
        pairs = list(zip(short_words, full_words, strict=True))
        alike = all(skeleton_of(x) == skeleton_of(y) != "" or _one_given(x, y) for x, y in pairs)
        return f"'{short}' and '{full}' are spellings of one name" if alike else None
    return None


def without_nation(name: str) -> str:
    """Return a body's name without the country it is called by abroad: "U.S. Congress" is "Congress"."""
    folded = name.casefold()
    for nation in ("u.s. ", "united states "):
        folded = folded.removeprefix(nation)
    return folded


def _why_one_body(short: str, full: str) -> str | None:
    if is_initials_of(short, full):
        return f"'{short}' are the initials of '{full}'"
    short_words, full_words = short.casefold().split(), full.casefold().split()
    n_short = len(short_words)
    if n_short >= len(full_words):
        alike = n_short == len(full_words) > 1 and all(
            _one_spelling(x, y) for x, y in zip(short_words, full_words, strict=True)
        )
        return f"'{short}' and '{full}' are spellings of one name" if alike else None
    starts = [i for i in range(len(full_words) - n_short + 1) if full_words[i : i + n_short] == short_words]
    if n_short >= 2 and any([*full_words, ""][i + n_short] not in _SMALL for i in starts):
        return f"'{short}' is part of '{full}'"
    if n_short == 1 and short in known_bodies() and not set(full_words[1:]) <= _COMPANY:
        return None  # the House is no House Rules Committee
    if n_short == 1 and full_words[0] == short_words[0] and not short.replace(".", "").isupper():
        return f"'{short}' is short for '{full}'"
    return None


def _one_spelling(x: str, y: str) -> bool:
    """Tell whether two words differ as British and American spelling do ("harbour", "harbor")."""
    return x == y or x.replace("our", "or").replace("s", "z").replace("re", "er") == y.replace("our", "or").replace(
        "s", "z"
    ).replace("re", "er")
