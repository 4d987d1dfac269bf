"""Whether a decoded file is HTML, plain text, or data that is neither.

Content decides first; the name where the content leaves it open.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from retold.model.page import PageFormat

HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
TEXT_ENDINGS = frozenset({".txt", ".text", ".md", ""})

_START = 1 << 16
_HTML_ROOT = re.compile(r"<!doctype html|<(?:html|head|body|frameset)[\s>]", re.IGNORECASE)
_XML_ROOT = re.compile(r"<(?:\?xml\s|(?:rss|rdf:rdf|feed|urlset|nitf|newsitem|newsml)[\s>])", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:[a-zA-Z/][^<>]{0,200}>|!doctype|!--)", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|ol|td|tr|table|article|section|blockquote)>|<(?:p|br)\s?/?>", re.IGNORECASE
)
# A text about markup names a few tags; a fragment of a page begins with one or is full of them.
_FEW_TAGS = 3
_MANY_TAGS = 10


def format_of(source: str, text: str) -> tuple[PageFormat, str | None]:
    """Return what a text is read as, and a remark where its name says otherwise.

    >>> format_of("a.txt", "<!DOCTYPE html><p>Rain fell.")
    (<PageFormat.HTML: 'html'>, "named '.txt' but read as HTML")
    """
    ending = PurePosixPath(source).suffix.lower()
    start = text[:_START]
    is_named_html = ending in HTML_ENDINGS
    if is_named_html and _ANY_TAG.search(start) is None:
        return PageFormat.TEXT, f"named '{ending}' but has no markup: read as plain text"
    if is_named_html or _is_marked_up(start):
        is_named_text = ending in TEXT_ENDINGS and ending != ""
        return PageFormat.HTML, f"named '{ending}' but read as HTML" if is_named_text else None
    return PageFormat.TEXT, None


def data_format(text: str) -> tuple[str, str] | None:
    """Return what kind of data a text is (JSON, XML) and what to do about it; None for prose and HTML."""
    start = text[:_START].lstrip()
    if start[:1] in ("{", "[") and _is_json(text):
        return "JSON", "take its texts out first"
    while start.startswith("<!--") and (end := start.find("-->")) >= 0:
        start = start[end + 3 :].lstrip()
    if _XML_ROOT.match(start) and _HTML_ROOT.search(start[:4096]) is None:
        return "XML", "take its texts out first"
    return None


def _is_marked_up(start: str) -> bool:
    begins_with_tag = start.lstrip().startswith("<")
    if begins_with_tag and _HTML_ROOT.search(start[:4096]):
        return True
    n_tags = sum(1 for _ in _BLOCK_TAG.finditer(start))
    return n_tags >= (_FEW_TAGS if begins_with_tag else _MANY_TAGS)


def _is_json(text: str) -> bool:
    """Tell whether the text, or its first line, is a JSON object or list."""
    for part in (text.lstrip().split("\n", 1)[0], text):
        try:
            json.loads(part)
        except (ValueError, RecursionError):
            continue
        return True
    return False
