"""Wire formats of the IPTC: ninjs 1-3 (JSON), NewsML-G2 and NITF (XML). One page per news item.

Their markup is written as HTML and laid out by the one reader of HTML; headline, byline and dateline of NITF stay where
they stand in the text. What an item says of itself becomes ``declared`` rows under the names of Retold's fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from retold.model.page import Rejected
from retold.readers.fields import record_of
from retold.readers.markup import Element, MarkupError, elements, html_of
from retold.readers.single import ReadPage, Record, read_record, rejected

ROOTS = frozenset({"nitf", "newsitem", "newsmessage", "packageitem"})
_NITF_TAGS = {
    "hl1": "h1", "hl2": "h2", "hedline": "header", "byline": 'p class="byline"', "byttl": 'span class="byttl"',
    "dateline": 'p class="dateline"', "distributor": 'p class="distributor"', "abstract": 'div class="standfirst"',
    "media": "figure", "media-caption": "figcaption", "media-producer": 'span class="credit"', "tagline":
    'p class="tagline"', "bq": "blockquote", "block": "div", "body.head": "header", "body.content": "div",
    "body.end": "footer", "note": 'aside class="note"', "media-metadata": "meta", "media-reference": "meta",
    "location": "span", "story.date": "span", "person": "span", "org": "span", "chron": "span", "city": "span",
    "country": "span", "region": "span", "state": "span", "num": "span", "money": "span", "event": "span",
    "function": "span", "virtloc": "span", "object.title": "span", "person.title": "span", "copyrite": "p",
    "rights": "p", "series": "p",
}  # fmt: skip


def pages_of(name: str, text: str, *, size_bytes: int) -> Iterator[ReadPage | Rejected]:
    """Give the news items of a NewsML-G2 or NITF file."""
    n_items = 0
    try:
        for item, _ in elements(text, "newsitem", "packageitem", "nitf"):
            n_items += 1
            place = name if item.local == "nitf" and n_items == 1 else f"{name}#{n_items}"
            if item.local == "packageitem":
                yield rejected(place, None, "is a package that only lists other items", "give the items themselves")
            else:
                yield read_record(_nitf(place, item) if item.local == "nitf" else _newsml(place, item))
    except MarkupError as error:
        before = f"the {n_items:,} items before it are read" if n_items else "no item could be read"
        yield rejected(f"{name}#{n_items + 1}", None, f"is broken XML at {error}", f"{before}; mend the rest")
        return
    if not n_items:
        yield rejected(name, size_bytes, "holds no news item", "leave it out")


def _nitf(place: str, item: Element) -> Record:
    """Return the record of a NITF document."""
    facts: list[tuple[str, str]] = []
    ident = None
    for part in item.every(*_NITF_PARTS):
        attributes = part.attributes
        value = " ".join(part.text().split())
        if part.local == "title" or (part.local == "hl1" and not any(key == "title" for key, _ in facts)):
            facts.append(("title", value))
        elif part.local == "byline":
            facts.append(("authors", value))
        elif part.local == "doc-id":
            ident = ident or attributes.get("id-string")
        elif part.local == "date.issue":
            facts.append(("published", attributes.get("norm", "")))
        elif part.local == "pubdata":
            facts.extend(
                (_PUBDATA.get(key, key), value) for key, value in attributes.items() if key != "type" and value
            )
        elif part.local in _NITF_MESSAGES:
            facts.append((_NITF_MESSAGES[part.local], attributes.get("info", "")))
        elif part.local == "doc.rights":
            facts.append(("rights", attributes.get("owner", "")))
        else:
            facts.extend(("keywords", word.attributes.get("key", "")) for word in part.children())
    body = next(item.children("body"), None)
    markup = html_of(body, _NITF_TAGS) if body is not None else ""
    first = dict(reversed(facts))
    return Record(place, markup, True, first.get("url"), ident, _once(facts), title=first.get("title", ""))


# What the desk says of the text (NITF 3.6, docdata): a message to editors, a correction of an earlier report.
_NITF_MESSAGES = {"ed-msg": "ednote", "correction": "correction"}
_NITF_PARTS = (
    "title", "hl1", "byline", "doc-id", "date.issue", "pubdata", "doc.rights", "key-list", *_NITF_MESSAGES
)  # fmt: skip
_PUBDATA = {"date.publication": "published", "name": "outlet", "ex-ref": "url", "position.section": "section"}


def _newsml(place: str, item: Element) -> Record:
    """Return the record of a NewsML-G2 news item."""
    facts: list[tuple[str, str]] = []
    for part in item.every(*_NEWSML):
        value = _literal(part)
        if value:
            facts.append((_NEWSML[part.local], value))
    if not any(key == "published" for key, _ in facts):
        facts.extend(("published", value) for key, value in facts[:] if key == "modified")
    text, is_html = _newsml_text(item)
    first = dict(reversed(facts))
    return Record(
        place, text, is_html, first.get("url"), item.attributes.get("guid"), _once(facts), title=first.get("title", "")
    )


_NEWSML = {
    "headline": "title", "by": "authors", "creditline": "credit", "contentcreated": "published",
    "firstcreated": "published", "contentmodified": "modified", "versioncreated": "modified", "language": "language",
    "provider": "outlet", "slugline": "slugline", "dateline": "dateline", "ednote": "ednote",
    "urgency": "urgency", "copyrightnotice": "rights", "usageterms": "usageterms", "pubstatus": "pubstatus",
    "keyword": "keywords",
}  # fmt: skip


def _literal(part: Element) -> str:
    """Return what a property says: its text, the name in it, or its code."""
    named = next(part.children("name"), None)
    value = part.text() if named is None else named.text()
    attributes = part.attributes
    return " ".join(value.split()) or attributes.get("tag") or attributes.get("literal") or attributes.get("qcode", "")


def _newsml_text(item: Element) -> tuple[str, bool]:
    """Return the text of a news item and whether it is HTML: its first inline content that has one."""
    for part in item.every("inlinexml"):
        inner = next(part.every("body"), None)
        names = _NITF_TAGS if any(part.children("nitf")) else {}
        markup = html_of(inner if inner is not None else part, names)
        if markup.strip():
            return markup, True
    for part in item.every("inlinedata"):
        if part.text().strip():
            return part.text(), "html" in part.attributes.get("contenttype", "")
    return "", False


def _once(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(fact for fact in facts if fact[1].strip()))


def is_ninjs(fields: Mapping[str, Any]) -> bool:
    """Tell whether a JSON object is a ninjs item (the standard demands ``uri``; all versions name bodies so)."""
    if fields.keys() & {"bodies", "body_text", "body_html", "body_xhtml"}:
        return True
    return "uri" in fields and bool(fields.keys() & {"versioncreated", "versionCreated", "headlines"})


def ninjs_record(place: str, fields: Mapping[str, Any]) -> Record:
    """Return the record of a ninjs item of version 1 (``body_html``), 2 or 3 (``bodies``).

    >>> ninjs_record("a.json", {"uri": "urn:x:1", "headline": "Port shut", "body_text": "Rain fell."}).text
    'Rain fell.'
    """
    given = {str(key).lower(): value for key, value in fields.items()}
    bodies: list[tuple[str, bool]] = []
    for key, kind in (("body_html", True), ("body_xhtml", True), ("body_text", False)):
        if isinstance(value := given.pop(key, None), str) and value.strip():
            bodies.append((value, kind))
    for key, value in [item for item in given.items() if item[0].startswith("body_") and isinstance(item[1], str)]:
        bodies.append((value, "<" in value))
        del given[key]
    for body in _objects(given.pop("bodies", None)):
        if isinstance(value := body.get("value"), str) and value.strip():
            kind_of = str(body.get("contenttype") or body.get("contentType") or "").lower()
            bodies.append((value, "html" in kind_of or "xml" in kind_of or (not kind_of and "</" in value)))
    bodies.sort(key=lambda one: not one[1])
    text, is_html = bodies[0] if bodies else ("", False)
    named: dict[str, Any] = {}
    for field, keys in _NINJS.items():
        found = next((given[key] for key in keys if given.get(key)), None)
        if found is not None:
            named[field] = _spoken(found)
    used = {key for keys in _NINJS.values() for key in keys}
    rest = {key: value for key, value in given.items() if key not in used and key not in {"text", "html", "maintext"}}
    if "published" not in named and "modified" in named:
        named["published"] = named["modified"]
    return record_of(place, {**rest, **named, ("html" if is_html else "text"): text})


_NINJS = {
    "id": ("uri", "guid"), "title": ("headline", "headlines", "title", "titles"),
    "authors": ("byline", "bylines", "by"),
    "published": ("firstcreated", "contentcreated"), "modified": ("versioncreated",), "language": ("language",),
    "outlet": ("infosources", "source", "copyrightholder"), "url": ("url", "canonicalurl", "alturl"),
}  # fmt: skip


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _spoken(value: object) -> object:
    """Return the words of a field that later versions give as a list of objects."""
    if isinstance(value, list):
        said = [one.get("value") or one.get("name") if isinstance(one, dict) else one for one in value]
        words = [one for one in said if isinstance(one, str)]
        return words[0] if len(words) == 1 else words
    return value
