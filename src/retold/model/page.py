"""A page as it was read: its text kept whole, where the text came from, and what the page declares of itself.

Readers write these rows; nothing here is a judgement about the page's content (see ``model.report``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import NewType

from retold.text.spans import Span

PageId = NewType("PageId", str)
"""32 hexadecimal digits: a 128-bit hash of the page's source address and bytes."""


def page_id_of(source: str, raw: bytes) -> PageId:
    """Return the id of the page with these bytes at this address (blake2b, 16 bytes).

    >>> page_id_of("a.txt", b"Rain.") == page_id_of("a.txt", b"Rain.")
    True
    """
    digest = blake2b(digest_size=16)
    digest.update(source.encode("utf-8", "surrogatepass"))
    digest.update(b"\0")
    digest.update(raw)
    return PageId(digest.hexdigest())


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place in a page: every statement Retold makes carries at least one."""

    page: PageId
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place without its page."""
        return Span(self.start, self.end)


class PageFormat(StrEnum):
    """What the bytes of a page were read as."""

    TEXT = "text"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Characters:
    """Visible characters (white space not counted) of the source, of ours, and what is in one but not the other.

    ``visible`` is counted by a second, independent tokenizer. ``hidden`` are those of the kept ones that the page's own
    markup keeps from the screen; ``script`` and ``style`` stand in elements of that name and are no text of the page.
    """

    visible: int
    kept: int
    difference: int
    hidden: int = 0
    script: int = 0
    style: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One text as an outlet published it. Row of ``pages``.

    ``place`` is the file and number of the record that brought it (``news.warc.gz#12``), None where a file is the page;
    ``offset`` is where that record begins in the file (of a packed WARC its gzip member; in any other packed file
    counted over what is unpacked), None where its format has no such place.
    """

    page: PageId
    source: str
    source_id: str | None
    format: PageFormat
    encoding: str
    n_bytes: int
    bytes_hash: str
    text_version: str
    text: str
    characters: Characters
    remarks: tuple[str, ...] = ()
    place: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text and the text node it came from (HTML only). Row of ``runs``.

    ``path`` names the element (``html/body/div[2]/p``), with ``/text()[n]`` for its second and later text nodes;
    ``offset`` is where the run starts inside its text node, counted before white space is folded.
    """

    page: PageId
    start: int
    end: int
    path: str
    offset: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text that layout sets apart: an HTML block element's own text, or a line. Row of ``blocks``.

    Blocks tile the text; white space after a block belongs to it. ``tag`` is the innermost block element
    ("line" in plain text); ``ancestors`` are the elements around it from the outside in, each as
    ``tag.class1.class2#id`` in lower case; ``link_characters`` counts the characters inside links,
    ``hidden`` says that the page's own markup hides it (``hidden``, ``aria-hidden``, inline ``display:none``).
    """

    page: PageId
    start: int
    end: int
    tag: str
    ancestors: tuple[str, ...] = ()
    link_characters: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A block that an outlet prints on pages of different matter. Row of ``repeats``.

    ``outlet`` is the host of the pages' addresses, else the outlet's name; ``n_pages`` of the ``n_outlet_pages`` of it
    that were compared carry the block.
    """

    page: PageId
    start: int
    end: int
    outlet: str
    n_pages: int
    n_outlet_pages: int


@dataclass(frozen=True, slots=True)
class Declared:
    """One thing the page says of itself apart from its visible text. Row of ``declared``.

    ``origin`` is "json-ld", "opengraph", "meta", "microdata", "link", "title", "html" or "record"; ``name`` is the
    field's name there in lower case (``datepublished``, ``og:title``, ``lang``); lists give one row per item.
    """

    page: PageId
    origin: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that could not be read, with the reason and its place. Row of ``rejected``.

    ``source`` is the file and, where it holds records, the record's number. ``n_bytes`` is None where nothing could be
    opened (no such path, no permission) or measured; 0 where nothing is in it. ``offset`` is as in ``Page``.
    """

    source: str
    reason: str
    n_bytes: int | None
    offset: int | None = None
