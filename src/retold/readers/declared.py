"""What an HTML page declares of itself apart from its visible text, as rows of ``declared``.

Order: JSON-LD, then the page's elements as they come (OpenGraph, meta, link, title, language, times), then microdata.
Which value is right is left to the stage that chooses metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from retold.model.page import Declared, PageId
from retold.readers.json_ld import facts_of
from retold.readers.tree import label_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST_CHARACTERS = 2_000
"""A longer value is no metadata but a text, and is left out."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_OPENGRAPH = ("og:", "article:", "book:", "profile:")
# How the page is drawn, who owns it and who measures it: nothing about the text.
_TECHNICAL = re.compile(
    r"viewport|csrf|theme-color|color-scheme|format-detection|msapplication|apple-|mobile-web|google-|msvalidate|"
    r"(?:p:)?domain_verify|facebook-domain|yandex|baidu|referrer|generator|robots|fb:|twitter:(?:widgets|app)"
)
_ITEM_FIELDS = frozenset(
    {"headline", "alternativeheadline", "name", "author", "creator", "publisher", "datepublished", "datemodified",
     "datecreated", "articlesection", "inlanguage", "url", "mainentityofpage", "description", "dateline",
     "sourceorganization", "provider"}
)  # fmt: skip
_ARTICLE_ITEM = re.compile(r"(?:article|posting|report|webpage)(?:\s|$)", re.IGNORECASE)
_MOST_ITEMS = 500
_NOT_HTML_TITLE = frozenset({"svg", "g", "symbol", "defs", "path", "use", "math", "a", "clipPath", "linearGradient"})
_MOST_STEPS = 64
"""Elements climbed to find the item a property belongs to (real pages: under 30)."""


def declared_of(
    page: PageId, tree: LexborHTMLParser, meta_nodes: tuple[tuple[str, LexborNode], ...]
) -> tuple[list[Declared], int]:
    """Return the page's declarations, each once, and how many of its JSON-LD scripts cannot be read."""
    scripts = [node.text() for tag, node in meta_nodes if tag == "script" and _is_json_ld(node)]
    facts, n_broken = facts_of(scripts)
    found: dict[tuple[str, str, str], None] = {}
    for origin, name, value in (
        *(("json-ld", name, value) for name, value in facts),
        *_elements(meta_nodes),
        *_items(tree),
    ):
        clean = " ".join(_SURROGATES.sub("\ufffd", value[: 4 * _MOST_CHARACTERS]).split())
        if clean and len(clean) <= _MOST_CHARACTERS:
            found[origin, _SURROGATES.sub("\ufffd", name), clean] = None
    return [Declared(page, *row) for row in found], n_broken


def _is_json_ld(node: LexborNode) -> bool:
    return "ld+json" in (node.attributes.get("type") or "").lower()


def _elements(meta_nodes: tuple[tuple[str, LexborNode], ...]) -> Iterator[tuple[str, str, str]]:
    """Give what meta, link, title, html and time elements declare."""
    has_title = False
    for tag, node in meta_nodes:
        if tag == "meta":
            yield from _meta(node.attributes)
        elif tag == "link":
            attributes = node.attributes
            if "canonical" in (attributes.get("rel") or "").lower().split():
                yield "link", "canonical", attributes.get("href") or ""
        elif tag == "title":
            parent = node.parent
            if not has_title and (parent is None or parent.tag not in _NOT_HTML_TITLE):
                has_title = True
                yield "title", "title", node.text()
        elif tag == "html":
            attributes = node.attributes
            yield "html", "lang", attributes.get("lang") or attributes.get("xml:lang") or ""
        elif tag == "time":
            attributes = node.attributes
            yield "html", label_of("time", attributes), attributes.get("datetime") or ""


def _meta(attributes: dict[str, str | None]) -> Iterator[tuple[str, str, str]]:
    value = attributes.get("content") or ""
    for key in ("property", "name", "http-equiv"):
        name = (attributes.get(key) or "").strip().lower()
        if not name or len(name) > 100 or _TECHNICAL.match(name):
            continue
        if key == "http-equiv" and name not in {"content-language", "last-modified", "date"}:
            continue
        yield "opengraph" if name.startswith(_OPENGRAPH) else "meta", name, value


def _items(tree: LexborHTMLParser) -> Iterator[tuple[str, str, str]]:
    """Give the properties of microdata items that are articles or the page."""
    for node in tree.css("[itemprop]")[:_MOST_ITEMS]:
        attributes = node.attributes
        for name in (attributes.get("itemprop") or "").lower().split():
            if name in _ITEM_FIELDS and _belongs_to_article(node):
                yield "microdata", name, _item_value(node, attributes)


def _belongs_to_article(node: LexborNode) -> bool:
    """Tell whether the item around the property is an article, or has no type, or there is no item."""
    around = node.parent
    for _ in range(_MOST_STEPS):
        if around is None:
            return True
        attributes = around.attributes
        if "itemscope" in attributes or "itemtype" in attributes:
            kind = attributes.get("itemtype")
            return not kind or _ARTICLE_ITEM.search(kind) is not None
        around = around.parent
    return False


def _item_value(node: LexborNode, attributes: dict[str, str | None]) -> str:
    """Return the value of a property (HTML, "microdata: values"); an item's value is its name."""
    for key in ("content", "datetime", "href", "src"):
        value = attributes.get(key)
        if value and not (key == "href" and "name" in (attributes.get("itemprop") or "")):
            return value
    if "itemscope" in attributes:
        named = node.css_first("[itemprop~=name]")
        if named is not None:
            return named.attributes.get("content") or named.text()
    return node.text()
