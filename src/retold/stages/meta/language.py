"""The language of a report: declared, else told from its function words, else by py3langid.

The cheap test comes first: py3langid takes 0.7 s to load (measured on a 2-core machine).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.lexicon.load import entries
from retold.model.page import Declared, Page
from retold.model.report import PROSE_KINDS, MetaField, MetaValue, Segment
from retold.stages.meta.declarations import Wanted, values_of

_DECLARED: Wanted = (
    ("html", "lang"),
    ("json-ld", "inlanguage"),
    ("record", "language"),
    ("*", "og:locale"),
    ("*", "content-language"),
    ("*", "language"),
    ("*", "dc.language"),
)
_TAG = re.compile(r"^\s*(?P<language>[A-Za-z]{2,3})(?:[-_](?P<rest>[A-Za-z0-9-_]{2,20}))?\s*$")

_TABLES = {language: frozenset(words.split()) for language, words in entries("function_words")["telling"].items()}
# English news has about 30 % of its words in its list; set so that the other languages' own pages pass and no
# page of a language without a list does (looked at on the even documents of pages/fundus).
_LEAST_SHARE = 0.12
_LEAD = 1.25
_SAMPLE_CHARACTERS = 6_000
_LEAST_LETTERS = 24


def language_of(page: Page, segments: Sequence[Segment], declared: Sequence[Declared]) -> MetaValue | None:
    """Return the language as a tag (``en``, ``de-AT``)."""
    for row in values_of(declared, _DECLARED):
        match = _TAG.match(row.value.split(",")[0])
        if match:
            tag = match["language"].lower()
            rest = (match["rest"] or "").replace("_", "-")
            return MetaValue(page.page, MetaField.LANGUAGE, f"{tag}-{rest}" if rest else tag, row.origin)
    told = language_of_text(_prose(page, segments))
    return MetaValue(page.page, MetaField.LANGUAGE, told, "text") if told else None


def _prose(page: Page, segments: Sequence[Segment]) -> str:
    found: list[str] = []
    n_left = _SAMPLE_CHARACTERS
    for one in segments:
        if one.kind in PROSE_KINDS and n_left > 0:
            found.append(page.text[one.start : min(one.end, one.start + n_left)])
            n_left -= len(found[-1]) + 1
    return " ".join(found).strip() or page.text[:_SAMPLE_CHARACTERS]


def language_of_text(text: str) -> str | None:
    """Return the language of the text, or None when it is too short to tell.

    >>> language_of_text("The ferry was late, the harbour said, and the crew has been told to wait.")
    'en'
    """
    if sum(c.isalpha() for c in text) < _LEAST_LETTERS:
        return None
    words = re.findall(r"[^\W\d_]+", text.casefold())
    shares = sorted(
        ((sum(word in table for word in words) / (len(words) or 1), language) for language, table in _TABLES.items()),
        reverse=True,
    )
    if shares[0][0] >= _LEAST_SHARE and shares[0][0] >= _LEAD * shares[1][0]:
        return str(shares[0][1])
    import py3langid

    language, _ = py3langid.classify(text)
    return str(language)
