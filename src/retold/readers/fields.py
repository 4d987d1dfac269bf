"""Records with named fields (JSON, CSV, Parquet): which field is the text, which the address, and what the rest says.

Retold's own names come first, then those of passim (``series``) and news-please (``maintext``, ``date_publish``,
``source_domain``); a field of another name is kept as it is called.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from retold.readers.decode import Decoded, decode
from retold.readers.single import Record

# Retold's field, and the names it goes by elsewhere, best first.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "plain_text", "article_text"),
    "html": ("html",),
    "id": ("id", "_id", "uid", "guid"),
    "url": ("url", "link", "canonical_url"),
    "outlet": ("outlet", "source_domain", "series", "publication"),
    "published": ("published", "date_publish", "date_published", "publish_date", "pub_date", "date"),
    "modified": ("modified", "date_modify", "date_modified"),
    "title": ("title", "headline"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang"),
    "section": ("section",),
}
# A list of names written into one cell, as JSON or as Python writes it: ["Ann Poe", 'Bo Lund'].
_QUOTED = r"""(?:"[^"\\]*"|'[^'\\]*')"""
_LIST_IN_CELL = re.compile(rf"\s*\[\s*(?:{_QUOTED}(?:\s*,\s*{_QUOTED})*\s*)?\]\s*")
_ITEM_IN_CELL = re.compile(_QUOTED)
_MOST_ITEMS = 100
"""Items of one list that become rows of their own."""


def has_text(names: Mapping[str, Any] | list[str]) -> bool:
    """Tell whether a record with fields of these names can bring a text."""
    lowered = {str(name).strip().lower() for name in names}
    return any(name in lowered for name in (*_NAMES["text"], *_NAMES["html"]))


def record_of(place: str, fields: Mapping[str, Any], *, remarks: tuple[str, ...] = ()) -> Record:
    """Return the record with these fields.

    >>> record_of("a.jsonl#1", {"id": 7, "maintext": "Rain fell.", "pages": 2})
    Record(place='a.jsonl#1', text='Rain fell.', ..., source_id='7', facts=(('pages', '2'),), ...)
    """
    by_name = {str(name).strip().lower(): _as_text(value) for name, value in fields.items()}
    chosen: dict[str, str] = {}
    for field, names in _NAMES.items():
        found = next((name for name in names if _is_there(by_name.get(name))), None)
        if found is not None:
            chosen[field] = found
    text, html = by_name.get(chosen.get("text", "")), by_name.get(chosen.get("html", ""))
    is_html = isinstance(html, str)
    given = html if isinstance(html, str) else text
    if is_html and isinstance(text, str):
        remarks = (*remarks, f"read from its field 'html'; its field '{chosen['text']}' is not used")
    used = {chosen[field] for field in ("text", "html", "id") if field in chosen}
    called = {name: field for field, name in chosen.items()}
    facts = tuple(
        (called.get(name, name), value)
        for name, kept in by_name.items() if name not in used
        for value in _values(_names_in_cell(kept) if called.get(name) == "authors" else kept)
    )  # fmt: skip
    url, ident, title = (by_name.get(chosen.get(field, "")) for field in ("url", "id", "title"))
    return Record(
        place, given if isinstance(given, str) else "", is_html, url if isinstance(url, str) else None,
        str(ident) if isinstance(ident, (str, int)) and not isinstance(ident, bool) else None, facts, remarks,
        title if isinstance(title, str) else "",
    )  # fmt: skip


def _as_text(value: object) -> object:
    """Return bytes (a binary column of Parquet) as the text they hold; anything else, and what is no text, as it is."""
    if not isinstance(value, bytes):
        return value
    decoded = decode(value)
    return decoded.text if isinstance(decoded, Decoded) else value


def _names_in_cell(value: object) -> object:
    """Return the names of a list that was written into one cell (CSV has no lists); anything else as it is."""
    if not isinstance(value, str) or _LIST_IN_CELL.fullmatch(value) is None:
        return value
    return [item[1:-1] for item in _ITEM_IN_CELL.findall(value)]


def _is_there(value: object) -> bool:
    return value is not None and not (isinstance(value, (str, list, dict)) and not value)


def _values(value: object) -> Iterator[str]:
    """Give a field's value as text, each item of a list apart."""
    if isinstance(value, list):
        for item in value[:_MOST_ITEMS]:
            if isinstance(item, dict) and isinstance(item.get("name"), str):
                yield item["name"]
            else:
                yield _one(item)
    elif value is not None:
        yield _one(value)


def _one(value: object) -> str:
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):
        return ""
