"""RSS (0.9x, 1.0, 2.0), Atom and news sitemaps in local files: one page per entry that brings a text or a title.

A feed that is broken gives the entries before the break. Entities are refused and sizes capped by ``markup``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from retold.model.page import Rejected
from retold.readers.markup import Element, MarkupError, elements, html_of
from retold.readers.single import ReadPage, Record, read_record, rejected

ROOTS = frozenset({"rss", "rdf", "feed", "urlset", "sitemapindex"})
_MARKUP = re.compile(r"<(?:[a-zA-Z/][^<>]{0,500}>|!--)|&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
# Where an entry's text stands, the fullest first; names as feeds write them.
_TEXTS = ("content:encoded", "content", "xhtml:body", "body", "fullitem", "description", "summary", "media:description")
_FIELDS = {
    "title": "title", "link": "url", "loc": "url", "pubdate": "published", "published": "published",
    "issued": "published", "created": "published", "dc:date": "published", "news:publication_date": "published",
    "updated": "modified", "modified": "modified", "lastmod": "modified", "dcterms:modified": "modified",
    "dc:creator": "authors", "author": "authors", "category": "category", "news:title": "title",
    "dc:language": "language", "language": "language", "news:language": "language", "news:name": "outlet",
    "source": "credited", "news:keywords": "keywords",
}  # fmt: skip


def pages_of(name: str, text: str, *, size_bytes: int) -> Iterator[ReadPage | Rejected]:
    """Give the entries of a feed or sitemap; of entries that are bare addresses, how many there are."""
    n_entries = n_bare = 0
    try:
        for entry, around in elements(text, "item", "entry", "url", "sitemap"):
            n_entries += 1
            record = _record(f"{name}#{n_entries}", entry, around)
            if record.text.strip() or record.title.strip():
                yield read_record(record)
            else:
                n_bare += 1
    except MarkupError as error:
        before = f"the {n_entries:,} entries before it are read" if n_entries else "no entry could be read"
        yield rejected(f"{name}#{n_entries + 1}", None, f"is broken XML at {error}", f"{before}; mend the rest")
        return
    if n_bare:
        found = f"holds {n_bare:,} entries without text or title"
        yield rejected(f"{name}#others", None, found, "fetch their addresses first")
    if not n_entries:
        yield rejected(name, size_bytes, "is a feed or sitemap without entries", "leave it out")


def _record(place: str, entry: Element, around: dict[str, str]) -> Record:
    """Return the record of one entry."""
    facts = [fact for name, child in _fields_in(entry) for fact in _facts(name, child)]
    known = {key for key, _ in facts}
    outlet = around.get("title", "") if entry.local in {"item", "entry"} else ""
    language = around.get("language") or around.get("xml:lang", "")
    # An Atom entry without an author has its feed's (RFC 4287, 4.2.1).
    author = around.get("author", "") if entry.local == "entry" else ""
    for key, value in (("outlet", outlet), ("language", language), ("authors", author), ("url", _permalink(entry))):
        if value and key not in known:
            facts.append((key, value))
    first = dict(reversed(facts))
    text, is_html = _text(entry)
    ids = [child.text().strip() for child in entry.children("guid", "id")]
    ident = (ids[0] if ids else "") or entry.attributes.get("rdf:about", "").strip()
    url = _address(_joined(around.get("xml:base", ""), first.get("url", "")))
    return Record(place, text, is_html, url, ident or None, tuple(facts), title=first.get("title", ""))


def _joined(base: str, url: str) -> str:
    """Return the address that one written in a feed with this base means; what is no address stays as it is."""
    try:
        return urljoin(base, url)
    except ValueError:  # "http://[bad"
        return url


def _permalink(entry: Element) -> str:
    """Return the address that an RSS entry's guid is, unless it says that it is none (RSS 2.0, guid)."""
    for child in entry.children("guid"):
        if child.attributes.get("isPermaLink", "true").lower() != "false" and _address(child.text().strip()):
            return child.text().strip()
    return ""


def _fields_in(entry: Element, prefix: str = "") -> Iterator[tuple[str, Element]]:
    """Give the children of an entry by name, those of a sitemap's news and publication elements included."""
    for child in entry.children():
        if child.local in {"news", "publication"} and any(child.children()):
            yield from _fields_in(child, "news:")
        else:
            yield (prefix + child.local if prefix else _name(entry, child)), child


def _name(entry: Element, child: Element) -> str:
    """Return a child's name in lower case, without the prefix that its entry has too (``atom:entry``)."""
    own = entry.name[: -len(entry.local)]
    return child.name.removeprefix(own).lower()


def _facts(name: str, child: Element) -> Iterator[tuple[str, str]]:
    """Give what one child of an entry declares, under the names of Retold's fields where it has one."""
    if name in _TEXTS:
        return
    value = child.text().strip()
    if name in {"link", "atom:link"} and not value:
        if child.attributes.get("rel", "alternate") == "alternate":
            yield "url", child.attributes.get("href", "")
        return
    if name in {"author", "atom:author"}:
        named = next(child.children("name"), None)
        value = named.text().strip() if named else _author(value)
    elif name == "category":
        value = value or child.attributes.get("label") or child.attributes.get("term", "")
    elif name == "title" and _MARKUP.search(value):
        value = _plain(value)
    if name == "pubdate" and (time := _iso(value)):
        yield "published", time
        yield name, value
    elif value:
        yield _FIELDS.get(name, name), value


def _iso(value: str) -> str | None:
    """Return an RSS date ("Sun, 16 Feb 2020 10:00:00 GMT", RFC 822) as the other formats write theirs."""
    try:
        return parsedate_to_datetime(value[:100]).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _author(value: str) -> str:
    """Return the name in an RSS author, which is written ``desk@example.org (Name)``."""
    name = value[value.find("(") + 1 : value.rfind(")")] if "@" in value and value.endswith(")") else value
    return name.strip() or value


def _plain(markup: str) -> str:
    from retold.model.page import PageId
    from retold.readers.html import HtmlText, read_html

    done = read_html(PageId("title"), markup)
    return done.text if isinstance(done, HtmlText) else markup


def _text(entry: Element) -> tuple[str, bool]:
    """Return the fullest text of an entry, and whether it is HTML."""
    for name in _TEXTS:
        for child in entry.children():
            if _name(entry, child) != name:
                continue
            if child.attributes.get("type") == "xhtml" or any(child.children()):
                return html_of(child), True
            value = child.text()
            if value.strip():
                return value, child.attributes.get("type") in {"html", "text/html"} or bool(_MARKUP.search(value))
    return "", False


def _address(url: str) -> str | None:
    """Return an address of the web; of anything else, none."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[losk"
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
