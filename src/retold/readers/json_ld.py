"""What a page's JSON-LD scripts say of the article: one row per value, names in lower case.

Only objects whose ``@type`` is a kind of article speak (``NewsArticle``, ``LiveBlogPosting``, ``Report`` ...), with the
names of those they refer to. JSON that is slightly broken (control characters, comments around it, commas too many,
several values in a row) is read all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

Fact = tuple[str, str]
"""A field's name in lower case, and its value."""

# schema.org's properties of Article and CreativeWork that a report's metadata can draw on.
_VALUES = frozenset(
    {"headline", "alternativeHeadline", "description", "datePublished", "dateModified", "dateCreated",
     "articleSection", "inLanguage", "url", "mainEntityOfPage", "dateline", "creditText", "isBasedOn"}
)  # fmt: skip
_NAMES = ("author", "creator", "publisher", "sourceOrganization", "provider")
_NESTS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf")
_ARTICLE = re.compile(r"(?:article|posting|report)$", re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
# What scripts were wrapped in for the sake of old browsers and of XML, from the outside in.
_OPENINGS = ("//", "/*", "<!--", "<![CDATA[", "*/")
_CLOSINGS = (";", "*/", "//", "-->", "]]>", "/*")
_MOST_VALUES = 20_000
"""Objects looked at in one page; a listing of a whole site holds more, an article far fewer."""


def facts_of(scripts: list[str]) -> tuple[list[Fact], int]:
    """Return what the scripts say of the article, in order and once each, and how many of them cannot be read.

    >>> facts_of(['{"@type": "NewsArticle", "headline": "Port shut", "author": {"name": "A. Reed"},}'])
    ([('headline', 'Port shut'), ('author', 'A. Reed')], 0)
    """
    roots: list[Any] = []
    n_broken = 0
    for script in scripts:
        values = _parse(script)
        n_broken += not values and bool(script.strip())
        roots.extend(values)
    nodes = list(_objects(roots))
    by_id = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    found: dict[Fact, None] = {}
    for node in nodes:
        if _is_article(node):
            found.update(dict.fromkeys(_facts_of_article(node, by_id)))
    return list(found), n_broken


def _parse(script: str) -> list[Any]:
    """Return the values in a script; none when it cannot be read."""
    for text in (script, _mended(script)):
        try:
            return [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
    return _parse_several(_mended(script))


def _mended(script: str) -> str:
    """Return the script without wrapping and trailing commas."""
    text = script.strip()
    for mark in _OPENINGS:
        text = text.removeprefix(mark).lstrip()
    for mark in _CLOSINGS:
        text = text.removesuffix(mark).rstrip()
    text = _TRAILING_COMMA.sub("", text)
    return unescape(text) if "&quot;" in text and '"' not in text else text


def _parse_several(text: str) -> list[Any]:
    """Return the values that follow each other in a text, up to the first that is broken."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
        at = end
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _objects(roots: list[Any]) -> Iterator[dict[str, Any]]:
    """Give the objects at the top of the values and in the places where articles are kept, in order."""
    waiting = list(reversed(roots))
    n_seen = 0
    while waiting and n_seen < _MOST_VALUES:
        value = waiting.pop()
        n_seen += 1
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in reversed(_NESTS) if isinstance(value.get(key), dict | list))


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    if types is None:
        return "headline" in node and "datePublished" in node
    return any(isinstance(name, str) and _ARTICLE.search(name) for name in _listed(types))


def _facts_of_article(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[Fact]:
    for key, value in node.items():
        if key in _VALUES:
            yield from ((key.lower(), text) for item in _listed(value) for text in _texts(item))
        elif key in _NAMES:
            yield from ((key.lower(), name) for item in _listed(value) for name in _names(item, by_id))


def _texts(value: object) -> Iterator[str]:
    """Give the text of a value: itself, or what it is called where it is an object."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("@value", "@id", "url", "name") if isinstance(value.get(key), str)), "")
    if isinstance(value, str) and value.strip():
        yield unescape(value)


def _names(value: object, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Give the names of persons and organisations, following references inside the page."""
    for item in _listed(value):
        if isinstance(item, dict):
            named = item if "name" in item else by_id.get(str(item.get("@id")), {})
            yield from (name for name in _listed(named.get("name")) if isinstance(name, str) and name.strip())
        elif isinstance(item, str) and item.strip():
            yield item


def _listed(value: object) -> list[Any]:
    """Return the items of a list, one list inside it opened; anything else as the only item."""
    if not isinstance(value, list):
        return [value]
    return [inner for item in value for inner in (item if isinstance(item, list) else [item])]
