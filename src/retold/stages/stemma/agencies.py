"""Whether a web address is an agency's own.

Owns the comparison of hosts with the agencies' names; names themselves are compared by ``retold.lexicon.agencies``.
"""

from __future__ import annotations

from functools import cache

from retold.lexicon import entries
from retold.text.words import words_of

_SECOND_LEVEL = frozenset({"co", "com", "org", "net"})


def agency_of_host(host: str | None) -> str | None:
    """Return the agency whose site the host is, by its registered name, or None.

    >>> agency_of_host("www.afp.com"), agency_of_host("news.example")
    ('AFP', None)
    """
    labels = (host or "").casefold().split(".")
    if len(labels) < 2:
        return None
    at = -3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2
    return _joined_names().get(labels[at])


@cache
def _joined_names() -> dict[str, str]:
    """Return the agencies by their forms written in one word, as hosts are."""
    joined: dict[str, str] = {}
    for agency in entries("agencies")["agency"]:
        for form in (agency["name"], *agency["forms"]):
            keys = [word.key for word in words_of(form)]
            joined.setdefault("".join(keys[1:] if keys[:1] == ["the"] else keys), agency["name"])
    return joined
