"""Who a picture credit names when no list has the agency: by the form of the credit alone.

Owns the telling of an agency from a photographer ("Picture: Ann Poe/Coast Pictures") and an outlet's own name in a
credit, long or short ("Photo: Ann Poe for the Packet"). Only credits of pictures are read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.lexicon.agencies import agency_like
from retold.lexicon.credit_forms import opens_like_picture_credit
from retold.lexicon.load import entries
from retold.model.page import Declared
from retold.text.spans import Span, trim

_CUE_END = re.compile(r"[:©|]\s*|\b(?:by|von)\s+", re.IGNORECASE)
_PARTS = re.compile(r"\s*/\s*|\s*\|\s*|\s+via\s+", re.IGNORECASE)
_FOR = re.compile(r"\s+for\s+(?=[Tt]he\s|[A-Z])")
_YEAR = re.compile(r"\s*(?:\(?(?:19|20)\d\d\)?)$")
_MOST_WORDS = 5
_LONGEST_INITIALS = 6
_SITE_NAMES = (
    ("opengraph", "og:site_name"),
    ("json-ld", "publisher"),
    ("record", "outlet"),
    ("microdata", "publisher"),
)


def own_names(declared: Sequence[Declared]) -> tuple[str, ...]:
    """Return what the page calls its outlet."""
    rows = [row for key in _SITE_NAMES for row in declared if (row.origin, row.name) == key]
    return tuple(dict.fromkeys(" ".join(row.value.split()) for row in rows if row.value.strip()))


def unlisted_in(words: str, own: Sequence[str]) -> tuple[str, ...]:
    """Return the agencies that a picture credit names by its form; a person alone is none.

    >>> unlisted_in("(Photo: Ann Poe/Coast Pictures)", ())
    ('Coast Pictures',)
    >>> unlisted_in("Photo: Ann Poe", ())
    ()
    """
    bare = words.strip("()[] .–—-*_/\n\t")
    if name := _own(bare, own):
        return (name,)
    cue = _CUE_END.search(bare) if opens_like_picture_credit(bare) else None
    who = bare[cue.end() :] if cue else bare
    for_whom = _FOR.split(who, maxsplit=1)
    if len(for_whom) == 2:
        name = _own(for_whom[1], own) or _house(for_whom[1])
        return (name,) if name else ()
    parts = [_YEAR.sub("", part).strip(" .,()©") for part in _PARTS.split(who)]
    named = [name for part in parts if (name := _own(part, own) or _house(part))]
    if not named and cue and len(parts) == 2 and _is_name(parts[0]) and _is_name(parts[1]):
        named = [parts[1]]  # the photographer first, then the house
    return tuple(dict.fromkeys(named))


def own_at_end(text: str, caption: Span, own: Sequence[str]) -> Span | None:
    """Return the outlet's name in capitals behind the last full stop of a caption, or None."""
    start, end = trim(text, caption)
    for name in own:
        at = end - len(name)
        if at > start and text[at:end] == name.upper() and text[start:at].rstrip()[-1:] in ".!?":
            return Span(at, end)
    return None


def _own(words: str, own: Sequence[str]) -> str | None:
    """Return the outlet's name when the words are it or, behind "the", its end: "the Packet"."""
    folded = words.casefold().strip(" .,")
    for name in own:
        full = name.casefold()
        if folded.removeprefix("the ") == full.removeprefix("the "):
            return name
        if folded.startswith("the ") and full.endswith(" " + folded.removeprefix("the ")):
            return name
    return None


def _house(words: str) -> str | None:
    """Return the name when its last word or its capitals say that it is a house and no person."""
    pieces = words.split()
    if not _is_name(words) or pieces[0].casefold() in _not_houses():
        return None
    if name := agency_like(words):
        return name
    if len(pieces) == 1:
        is_initials = words.isupper() and words.isalpha() and 1 < len(words) <= _LONGEST_INITIALS
        return words if is_initials else None
    return words.removeprefix("the ").removeprefix("The ") if pieces[-1].casefold() in _house_words() else None


def _is_name(words: str) -> bool:
    pieces = words.split()
    small = {"of", "de", "la", "the", "and", "&", "für", "der", "van", "von"}
    proper = all(piece[:1].isupper() or piece.casefold() in small for piece in pieces)
    return bool(pieces) and len(pieces) <= _MOST_WORDS and proper and pieces[0].casefold() not in _not_houses()


def _house_words() -> frozenset[str]:
    return frozenset(entries("credits")["picture"]["house_words"])


def _not_houses() -> frozenset[str]:
    return frozenset(entries("credits")["picture"]["no_houses"])
