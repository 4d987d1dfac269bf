"""One page from its bytes, or from a record that brings its text: decoding, telling text from HTML, laying out.

What cannot be read is a row of ``rejected``, never an error. Where bytes and records come from is left to ``read`` and
to the readers of each format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256

from retold.model.page import Block, Declared, Page, PageFormat, PageId, Rejected, Run, page_id_of
from retold.readers import plain_text
from retold.readers.decode import Decoded, NotText, declared_encoding, decode, python_encoding
from retold.readers.sniff import data_format, format_of

MOST_BYTES = 64 << 20
"""A larger page is refused: the largest of the 1,248 of pages/ has 3 MB, and a year of a paper is no page."""

_MOST_CHARACTERS = 2_000
"""A longer value is no metadata but a text, and is left out."""
_MOST_FACTS = 300
"""Values kept of one record."""
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with everything that was read of it: the rows of ``pages``, ``runs``, ``blocks`` and ``declared``."""

    page: Page
    runs: tuple[Run, ...]
    blocks: tuple[Block, ...]
    declared: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A page's text as a record of a larger file brings it.

    ``place`` is the file and the record's number (``news.jsonl#12``); ``facts`` are names and values of the record's
    other fields; ``title`` stands in for the text where the record has none or its markup shows none.
    """

    place: str
    text: str
    is_html: bool = False
    url: str | None = None
    source_id: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    title: str = ""


def read_source(
    source: str, raw: bytes, *, source_id: str | None = None, charset: str | None = None
) -> ReadPage | Rejected:
    """Read the bytes of one page.

    ``source`` is its address, ``source_id`` the id its record came with, ``charset`` what the server said its encoding
    is (believed where the page is no UTF-8 and declares none).

    >>> read_source("rain.txt", b"Rain fell.").page.text
    'Rain fell.'
    """
    if not raw.strip():
        return rejected(source, len(raw), "is empty" if not raw else "holds nothing but white space", "leave it out")
    if len(raw) > MOST_BYTES:
        found = f"has over {MOST_BYTES >> 20} MB, more than a page can have"
        return rejected(source, len(raw), found, "cut it up first")
    decoded = (_as_served(raw, charset) if charset else None) or decode(raw)
    if isinstance(decoded, NotText):
        return rejected(source, len(raw), f"is {decoded.what}, not text or HTML", decoded.advice)
    if not decoded.text.strip():
        return rejected(source, len(raw), "holds nothing but white space", "leave it out")
    if (data := data_format(decoded.text)) is not None:
        return rejected(source, len(raw), f"is {data[0]}, not text or HTML", data[1])
    form, remark = format_of(source, decoded.text)
    if remark is not None:
        decoded = replace(decoded, remarks=(*decoded.remarks, remark))
    return _laid_out(source, raw, source_id, decoded, form)


def read_record(record: Record) -> ReadPage | Rejected:
    """Read the page of a record; its other fields become rows of ``declared`` of origin "record".

    >>> page = read_record(Record("a.jsonl#1", "Rain fell.", facts=(("title", "Port shut"),)))
    >>> [(row.name, row.value) for row in page.declared]
    [('title', 'Port shut')]
    """
    source = _whole(record.url or "").strip() or record.place
    done = _read_text(record, source, record.text, is_html=record.is_html)
    if isinstance(done, ReadPage) and not done.page.text.strip():
        done = rejected(record.place, done.page.n_bytes, "shows no text", "leave it out")
    if isinstance(done, Rejected) and record.title.strip() and len(record.text) <= MOST_BYTES:
        titled = _read_text(record, source, record.title, is_html=False)
        if isinstance(titled, ReadPage):
            remark = "holds no text but its title"
            done = replace(titled, page=replace(titled.page, remarks=(*titled.page.remarks, remark)))
    if isinstance(done, Rejected):
        return done
    return with_facts(replace(done, page=replace(done.page, place=record.place)), record.facts)


def with_facts(done: ReadPage, facts: tuple[tuple[str, str], ...]) -> ReadPage:
    """Add what a record says of its page to what the page declares itself."""
    kept: dict[tuple[str, str], None] = {}
    n_long = 0
    for name, value in facts:
        clean = " ".join(_whole(value[: 4 * _MOST_CHARACTERS]).split())
        n_long += len(clean) > _MOST_CHARACTERS
        if clean and len(clean) <= _MOST_CHARACTERS:
            kept[_whole(name)[:100].strip().lower(), clean] = None
    rows = [Declared(done.page.page, "record", *fact) for fact in kept]
    remarks = list(done.page.remarks)
    if n_long:
        remarks.append(f"{n_long} fields of its record are too long for metadata and left out")
    if len(rows) > _MOST_FACTS:
        remarks.append(f"its record has {len(rows):,} values, of which the first {_MOST_FACTS} are kept")
    page = replace(done.page, remarks=tuple(remarks))
    return replace(done, page=page, declared=(*done.declared, *rows[:_MOST_FACTS]))


def rejected(source: str, n_bytes: int | None, found: str, advice: str, *, offset: int | None = None) -> Rejected:
    """Return the row of a source that cannot be read, with what was found and what to do."""
    return Rejected(source, f"'{source}' {found}; {advice}", n_bytes, offset)


def _read_text(record: Record, source: str, given: str, *, is_html: bool) -> ReadPage | Rejected:
    """Lay out a text that came in a record."""
    text = _whole(given)
    raw = text.encode()
    if not text.strip():
        return rejected(record.place, len(raw), "holds no text", "leave it out")
    if len(raw) > MOST_BYTES:
        found = f"has over {MOST_BYTES >> 20} MB, more than a page can have"
        return rejected(record.place, len(raw), found, "cut it up first")
    remarks = record.remarks
    if text != given:
        remarks = (*remarks, "lone surrogates are read as U+FFFD")
    form = PageFormat.HTML if is_html else PageFormat.TEXT
    done = _laid_out(source, raw, record.source_id, Decoded(text, "utf-8", remarks), form)
    return replace(done, source=record.place) if isinstance(done, Rejected) else done


def _whole(text: str) -> str:
    return _SURROGATES.sub("\ufffd", text)


def _as_served(raw: bytes, charset: str) -> Decoded | None:
    """Decode a page as its server says, if nothing in the page speaks against that."""
    encoding = python_encoding(charset)
    if encoding is None or declared_encoding(raw) is not None:
        return None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None
    try:
        return Decoded(raw.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _laid_out(
    source: str, raw: bytes, source_id: str | None, decoded: Decoded, form: PageFormat
) -> ReadPage | Rejected:
    """Make the page of a decoded text."""
    page_id: PageId = page_id_of(source, raw)
    page = Page(
        page_id, source, source_id, form, decoded.encoding, len(raw), sha256(raw).hexdigest(),
        plain_text.TEXT_VERSION, decoded.text, plain_text.characters_of(""), decoded.remarks,
    )  # fmt: skip
    if form is PageFormat.HTML:
        return _html_page(page, decoded.text)
    page = replace(page, characters=plain_text.characters_of(decoded.text))
    return ReadPage(page, (), plain_text.blocks_of(page_id, decoded.text), ())


def _html_page(page: Page, markup: str) -> ReadPage | Rejected:
    """Make the page of HTML markup."""
    from retold.readers import html  # with the modules for markup, which a text file needs not
    from retold.readers.declared import declared_of

    laid_out = html.read_html(page.page, markup)
    if isinstance(laid_out, html.Refused):
        return rejected(page.source, page.n_bytes, laid_out.reason, "remove what is broken in its markup")
    declared, n_broken = declared_of(page.page, laid_out.tree, laid_out.meta_nodes)
    broken = (f"{n_broken} JSON-LD scripts are no JSON",) if n_broken else ()
    done = replace(
        page, text=laid_out.text, text_version=html.TEXT_VERSION, characters=laid_out.characters,
        remarks=(*page.remarks, *laid_out.remarks, *broken),
    )  # fmt: skip
    return ReadPage(done, laid_out.runs, laid_out.blocks, tuple(declared))
