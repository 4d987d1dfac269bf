"""XML from strangers: elements as they close, with caps, entities refused and nothing fetched.

``elements`` streams the parts of a file that a format is made of; ``html_of`` writes a part as HTML, so that the one
reader of HTML lays it out. A document type that is only named is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from xml.parsers import expat

from retold.readers.elements import VOID_TAGS

_SLICE = 1 << 20
"""Characters parsed at once: old versions of expat read a long token anew for every slice."""
_MOST_DEPTH = 200
_MOST_NODES = 200_000
"""Nodes of one part; a feed's entry has under 1,000."""
_MOST_ATTRIBUTES = 500


@dataclass(slots=True)
class Element:
    """An element with its name as written, its attributes, and what it holds in order."""

    name: str
    attributes: dict[str, str]
    content: list[Element | str] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix, in lower case."""
        return self.name.rpartition(":")[2].lower()

    def text(self) -> str:
        """Return the characters of the element and of all in it."""
        found: list[str] = []
        left: list[Element | str] = [self]
        while left:
            one = left.pop()
            if isinstance(one, str):
                found.append(one)
            else:
                left.extend(reversed(one.content))
        return "".join(found)

    def children(self, *names: str) -> Iterator[Element]:
        """Give the elements directly in this one, of these local names if any are given."""
        for one in self.content:
            if isinstance(one, Element) and (not names or one.local in names):
                yield one

    def every(self, *names: str) -> Iterator[Element]:
        """Give the elements in this one, at any depth and in order, of these local names."""
        left = list(self.children())[::-1]
        while left:
            one = left.pop()
            if one.local in names:
                yield one
            left.extend(list(one.children())[::-1])


class MarkupError(Exception):
    """XML that cannot be read on; the message says where and why. It does not leave the readers."""


class _Builder:
    """Builds the elements of the wanted names; of those around them only short texts of children are kept."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.done: list[Element] = []
        self.around: dict[str, str] = {}
        self._open: list[Element] = []
        self._path: list[str] = []
        self._n_nodes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        local = name.rpartition(":")[2].lower()
        self._path.append(local)
        if len(self._path) > _MOST_DEPTH:
            raise MarkupError(f"over {_MOST_DEPTH} elements stand inside each other")
        if len(attributes) > _MOST_ATTRIBUTES:
            raise MarkupError(f"an element has over {_MOST_ATTRIBUTES} attributes")
        if len(self._path) == 1:
            self.around.update({key.lower(): value for key, value in attributes.items()})
        if not self._open and local not in self.wanted and len(self._path) > 3:
            return
        if not self._open:
            self._n_nodes = 0
            if local not in self.wanted and (len(self._path) == 1 or local in {"channel", "itemset", "header"}):
                return
        self._count()
        element = Element(name, attributes)
        if self._open:
            self._open[-1].content.append(element)
        self._open.append(element)

    def end(self, name: str) -> None:
        """Close an element, and give it out when it is a whole part."""
        self._path.pop()
        if not self._open or self._open[-1].name != name:
            return
        element = self._open.pop()
        if self._open:
            return
        if element.local in self.wanted:
            self.done.append(element)
        elif len(self._path) <= 2:
            named = next(element.children("name"), element) if element.local == "author" else element
            self.around.setdefault(element.local, named.text().strip()[:2000])

    def characters(self, content: str) -> None:
        """Keep text inside the part at hand."""
        if self._open:
            inside = self._open[-1].content
            if not (inside and isinstance(inside[-1], str)):
                self._count()
            inside.append(content)

    def entity(self, name: str, is_parameter: bool) -> None:
        """Read the entities of HTML, which feeds use without declaring them."""
        if not is_parameter:
            self.characters(html5.get(f"{name};", f"&{name};"))

    def refuse(self, *_: object) -> None:
        """Refuse a document that declares entities of its own."""
        raise MarkupError("it declares entities of its own")

    def _count(self) -> None:
        self._n_nodes += 1
        if self._n_nodes > _MOST_NODES:
            raise MarkupError(f"one part of it has over {_MOST_NODES:,} nodes")


def elements(text: str, *wanted: str) -> Iterator[tuple[Element, dict[str, str]]]:
    """Give the elements of these local names that stand in no other such, with what the file says around them.

    Raises MarkupError where the file cannot be read on; what was whole before has been given.
    """
    builder = _Builder(frozenset(wanted))
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.UseForeignDTD(True)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.SkippedEntityHandler = builder.entity
    parser.EntityDeclHandler = builder.refuse
    parser.ExternalEntityRefHandler = lambda *_: 1
    # The parser and its handlers hold each other: without this a file's tree would live until the next collection.
    parse: Callable[[bytes, bool], object] = parser.Parse
    text = text.lstrip("\ufeff \t\r\n")
    try:
        for start in range(0, len(text) + 1, _SLICE):
            part = text[start : start + _SLICE]
            try:
                parse(part.encode("utf-8", "replace"), start + _SLICE > len(text))
            except expat.ExpatError as error:
                yield from ((one, builder.around) for one in builder.done)
                builder.done = []
                raise MarkupError(f"line {error.lineno}: {expat.ErrorString(error.code)}") from error
            except MarkupError as error:
                yield from ((one, builder.around) for one in builder.done)
                builder.done = []
                raise MarkupError(f"line {parser.CurrentLineNumber}: {error}") from error
            yield from ((one, builder.around) for one in builder.done)
            builder.done = []
    finally:
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.SkippedEntityHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = None


def html_of(element: Element, names: dict[str, str] | None = None) -> str:
    """Write what stands in an element as HTML; ``names`` gives the start of the tag for names of other languages.

    >>> root = Element("body.content", {}, [Element("p", {}, ["Rain & wind"])])
    >>> html_of(root)
    '<p>Rain &amp; wind</p>'
    """
    names = names or {}
    found: list[str] = []
    left: list[Element | str | None] = list(reversed(element.content))
    ends: list[str] = []
    while left:
        one = left.pop()
        if one is None:
            found.append(ends.pop())
        elif isinstance(one, str):
            found.append(escape(one, quote=False))
        else:
            tag = names.get(one.local, one.local if _is_plain(one.local) else "div")
            attributes = "" if " " in tag else "".join(_attribute(*item) for item in one.attributes.items())
            found.append(f"<{tag}{attributes}>")
            bare = tag.partition(" ")[0]
            if bare not in VOID_TAGS:
                ends.append(f"</{bare}>")
                left.append(None)
                left.extend(reversed(one.content))
    return "".join(found)


def _is_plain(name: str) -> bool:
    return name.isascii() and name.isalnum() and name[:1].isalpha()


def _attribute(name: str, value: str) -> str:
    name = name.rpartition(":")[2].lower()
    return f' {name}="{escape(value)}"' if name.isascii() and name.replace("-", "").isalnum() else ""
