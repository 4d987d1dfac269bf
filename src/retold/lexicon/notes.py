"""The forms of notes on a report's own text: that it was corrected, updated or changed, and when.

Owns the grammar of English notes whose opening words alone do not tell them (``(Note: An earlier version of this
article said ...)``, ``Updated at 5:10 p.m. ET``); the openings of any language stand in ``credits.toml``. What follows
``UPDATE:`` and is news is the report's own text, and no note.
"""

from __future__ import annotations

import re
from typing import Literal

NoteForm = Literal["correction", "update", "editor"]

_PIECE = r"(?:article|story|post|report|piece|column|headline|page|item|blog\s+post|liveblog|live\s+blog)"
_LABEL = (
    r"(?P<label>corrections?(?:\s+(?:and|&)\s+(?:updates?|clarifications?))?|clarifications?|updated?(?:\s+[\dIVX]{1,3})?|"
    r"editors?['’]?s?['’]?\s+note|(?:a\s+)?note(?:\s+to\s+readers)?)"
)
_CHANGED = re.compile(
    rf"\W{{0,5}}(?:{_LABEL}\b[^:]{{0,60}}?(?::\d\d[^:]{{0,40}}?)?[:.–—-]{{1,3}}\s{{0,3}})?"
    rf"(?:(?:an?|the)\s+(?:earlier|previous|prior|original)\s+version\s+of\s+(?:this|the)\s+{_PIECE}\b"
    rf"|this\s+{_PIECE}(?:\s+and\s+(?:its\s+)?headline)?\s+(?:has|have|was|were)\s+(?:since\s+)?(?:been\s+)?(?:last\s+)?"
    r"(?P<done>updated|corrected|amended|revised|clarified|edited)\b"
    rf"|this\s+{_PIECE}\s+(?:originally|previously|initially|incorrectly|mistakenly|erroneously)\s+"
    r"(?:said|stated|reported|identified|listed|gave|named|contained|included|attributed|referred|described|indicated|"
    r"suggested|omitted|mis\w+))",
    re.IGNORECASE,
)
_WHEN = (
    r"(?:\d{1,2}(?:[:.]\d\d)?|(?:19|20)\d\d|[ap]\.?m\.?|[ecmp]\.?[sd]?\.?t\.?|gmt|bst|utc|noon|midnight|on|at|eastern|central|"
    r"pacific|time|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:\.|[a-z]{2,7})?)"
)
_STAMP = re.compile(
    rf"\W{{0,5}}(?:(?:this\s+)?{_PIECE}\s+(?:was|has\s+been|is)\s+)?(?:last\s+|most\s+recently\s+)?updated?\b"
    rf"(?:[\s,:./()–—-]{{1,4}}{_WHEN}(?!\w)){{1,12}}[\s.)\]]{{0,4}}",
    re.IGNORECASE,
)
_MOST_STAMP = 100
_OPENING = 240
# What a note of these forms may begin with, to look at few lines closely.
_FIRST = ("updat", "correct", "clarif", "this", "note", "a ", "an ", "the ", "editor", "last", "post", "story", "most")


def is_update_stamp(text: str) -> bool:
    """Tell whether a line says that its report was updated, and when, and nothing else.

    At the head of a page that is its time; behind its text it is a note.

    >>> is_update_stamp("Updated at 5:10 p.m. ET")
    True
    """
    if len(text) > _MOST_STAMP or "updat" not in text.casefold() or not any(c.isdigit() for c in text):
        return False
    return _STAMP.fullmatch(text.strip()) is not None


def note_form(text: str) -> NoteForm | None:
    """Return what kind of note on its own report a line is, by its form, or None.

    >>> note_form("(Note: An earlier version of this story gave the wrong day.)")
    'correction'
    >>> note_form("Updated at 5:10 p.m. ET")
    'update'
    """
    opening = text[:_OPENING].strip()
    if not opening.lstrip("*•-–—[(_ ").casefold().startswith(_FIRST):
        return None
    if is_update_stamp(text):
        return "update"
    found = _CHANGED.match(opening)
    if found is None:
        return None
    label = (found["label"] or "").casefold()
    if label.startswith("editor"):
        return "editor"
    is_update = label.startswith("updat") or (not label and found["done"] is not None and found["done"] == "updated")
    return "update" if is_update else "correction"
