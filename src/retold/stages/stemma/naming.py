"""Whether a report names another outlet as where it has something from: "according to the Ossel Post".

Owns the forms of an outlet's name and the places of a sentence where a name is a source. Agencies' credits are the
marks'.
"""

from __future__ import annotations

import re
from functools import lru_cache

_EDITION = re.compile(
    r"\s+(?:[-–—|:]\s.*|\((?:online|web|print).*\)|online(?:\s+news)?|news\s+online)\s*\Z", re.IGNORECASE
)
_SITE = re.compile(r"\.(?:com|org|net|co\.uk|news)\Z", re.IGNORECASE)
SHORTEST_NAME = 3
"""Letters a name has at least; shorter ones are initials of many things."""

_BEFORE = (
    r"(?:[Tt]old|[Tt]ells|[Aa]ccording to|[Rr]eported (?:by|in)|reports? (?:by|in)|published (?:by|in)"
    r"|interview (?:with|in|on)|[Vv]ia|[Pp]er|[Aa]s|[Ii]n|[Bb]y|[Ff]rom|[Ss]ource:|[Hh]/[Tt]|[Hh]at tip:?"
    r"|[Ff]irst (?:appeared|published|reported) (?:in|on|by))"
)
_AFTER = (
    r"(?:(?:first |also |has |had |exclusively )*(?:report(?:s|ed)|notes?d?|wrote|writes|learned|obtained|published"
    r"|revealed|broke|quot(?:es|ed)|cit(?:es|ed)|sa(?:ys|id)|explains|sounds|sees|has the story)"
    r"|interview|report|story|article|op-ed|column|editorial)"
)


@lru_cache(maxsize=4096)
def outlet_forms(outlet: str | None) -> tuple[str, ...]:
    """Return how an outlet is named: whole, and without its edition or the ending of its site.

    >>> outlet_forms("Ossel Post - Opinion"), outlet_forms("The Kell Herald Online"), outlet_forms("Kelltoday.com")
    (('Ossel Post - Opinion', 'Ossel Post'), ('Kell Herald Online', 'Kell Herald'), ('Kelltoday.com', 'Kelltoday'))
    """
    if not outlet:
        return ()
    whole = re.sub(r"\Athe\s+", "", outlet.strip(), flags=re.IGNORECASE)
    short = _SITE.sub("", _EDITION.sub("", whole)).strip()
    return tuple(form for form in dict.fromkeys((whole, short)) if len(form) >= SHORTEST_NAME)


def names_as_source(text: str, outlet: str | None) -> bool:
    """Tell whether the text names the outlet as where something was said or printed.

    >>> names_as_source("The gate was open, the Ossel Post reported on Monday.", "Ossel Post")
    True
    >>> names_as_source("Workers of the Ossel Post were on strike.", "Ossel Post")
    False
    """
    return any(form in text and _pattern(form).search(text) is not None for form in outlet_forms(outlet))


@lru_cache(maxsize=1024)
def _pattern(name: str) -> re.Pattern[str]:
    """Match a name after what hands words to it, or before what it did with them."""
    words = r"[\s ]+".join(map(re.escape, name.split()))
    return re.compile(
        rf"\b{_BEFORE}\s+(?:[Tt]he\s+|a\s+)?[“\"‘']?{words}\b|\b{words}[”\"’']?(?:['’]s)?(?:\s+\w+)?\s+{_AFTER}\b"
    )
