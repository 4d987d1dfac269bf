"""The independent check of promise 1: visible characters by a second tokenizer, compared with ours.

The standard library's ``html.parser`` drives the tokenizer; its reading of tags, comments and raw text is replaced
here by the HTML standard's, so that it takes linear time and answers alike on every version of Python. On the way it
measures what makes tree builders hang, so ``html`` can refuse a page before parsing it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from retold.model.page import Characters
from retold.readers.elements import (
    APART_TAGS,
    BREAKOUT_TAGS,
    FOREIGN_APART_TAGS,
    FOREIGN_TAGS,
    FORMATTING_TAGS,
    SELF_CLOSING_TAGS,
    SPACE,
    VOID_TAGS,
)

# Linear: what follows the attributes is ">" or the end of the page, so the whole never fails and never goes back.
_VALUE = rf"""(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^{SPACE}>"'][^{SPACE}>]*)"""
_ATTRIBUTE = rf"[{SPACE}/]*[^{SPACE}/>][^{SPACE}/>=]*(?:[{SPACE}]*=[{SPACE}]*{_VALUE}?)?"
_TAG = re.compile(rf"</?([a-zA-Z][^{SPACE}/>]*)((?:{_ATTRIBUTE})*)([{SPACE}/]*)(>|\Z)")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_SCRIPT_TURN = re.compile(r"<!--(?:-*>)?|-->|<(/?)script(?=[ \t\n\r\f/>])", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")
_RAW_END = {
    tag: re.compile(rf"</{tag}(?=[{SPACE}/>])", re.IGNORECASE)
    for tag in ("iframe", "noembed", "noframes", "style", "textarea", "title", "xmp")
}
# What nobody sees: white space, control characters, and code points that are no characters (two in each plane).
_NO_CHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_SLICE = 1 << 18
"""Characters cut into words at once: each word takes 50 bytes beside its characters."""
_UNSEEN = re.compile(rf"[\s\x00-\x1f\x7f-\x9f\ufdd0-\ufdef{_NO_CHARACTERS}]+")


@dataclass(frozen=True, slots=True)
class Survey:
    """The text of the tokens of a page, and what would make a tree builder hang.

    ``depth`` is the most elements open at once, ``attributes`` the most on one tag (tags under 1,000
    characters not looked at), ``reopened`` how many copies of unclosed formatting elements a tree builder would make.
    """

    text: str
    depth: int
    attributes: int
    reopened: int
    has_frames: bool


def survey(source: str) -> Survey:
    """Tokenize the decoded source of an HTML page once.

    >>> survey("<p>Rain <b>fell</b>.<script>no()</script>").text
    'Rain fell.'
    """
    tokens = _Tokens()
    tokens.feed(source)
    tokens.close()
    return Survey("".join(tokens.pieces), tokens.depth, tokens.attributes, tokens.reopened, tokens.has_frames)


def compare(theirs: str, ours: str) -> Characters:
    """Count the visible characters of both texts and of what stands in one of them only, order left aside.

    >>> compare("a b c", "abd").difference
    2
    """
    first = _seen(theirs)
    second = first if theirs == ours else _seen(ours)
    difference = 0
    if first != second:
        a, b = Counter(first), Counter(second)
        difference = (a - b).total() + (b - a).total()
    return Characters(len(first), len(second), difference)


def n_seen(text: str) -> int:
    """Return how many characters of a text can be seen.

    >>> n_seen(" a b\u00a0c ")
    3
    """
    return len(_seen(text))


def _seen(text: str) -> str:
    """Return the characters that can be seen; where all are printable, white space was all there was to drop."""
    slices = (text[at : at + _SLICE] for at in range(0, len(text), _SLICE))
    words = "".join(["".join(one.split()) for one in slices])
    return words if words.isprintable() else _UNSEEN.sub("", words)


class _Tokens(HTMLParser):
    """A tokenizer that collects text and counts; every ``parse_*`` returns where to go on, never -1."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.depth = self.attributes = self.reopened = 0
        self.has_frames = False
        self._open: Counter[str] = Counter()
        self._n_open = 0
        self._formatting: dict[str, list[str]] = {}
        self._n_formatting = 0
        self._apart: list[str] = []
        self._foreign: list[str] = []

    # Not documented, so that nothing of it changes with the version of Python: see the module's docstring.
    def updatepos(self, i: int, j: int) -> int:
        """Count no lines."""
        return j

    def handle_data(self, data: str) -> None:
        """Keep text that is not apart."""
        if not self._apart:
            self.pieces.append(data)

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Skip a comment; one that is never closed reaches to the end."""
        source = self.rawdata
        for empty in ("<!-->", "<!--->"):
            if source.startswith(empty, i):
                return i + len(empty)
        end = _COMMENT_END.search(source, i + 4)
        return end.end() if end else len(source)

    def parse_bogus_comment(self, i: int, report: bool = True) -> int:
        """Skip to the next ``>``."""
        end = self.rawdata.find(">", i)
        return len(self.rawdata) if end < 0 else end + 1

    def parse_pi(self, i: int) -> int:
        """Skip a processing instruction, which HTML takes for a comment."""
        return self.parse_bogus_comment(i)

    def parse_html_declaration(self, i: int) -> int:
        """Skip a declaration; inside drawings and formulas a CDATA section is text."""
        source = self.rawdata
        if self._is_foreign() and source.startswith("<![CDATA[", i):
            end = source.find("]]>", i)
            self.handle_data(source[i + 9 : end if end >= 0 else len(source)])
            return end + 3 if end >= 0 else len(source)
        return self.parse_bogus_comment(i)

    def parse_starttag(self, i: int) -> int:
        """Read a start tag, and what is raw text after it."""
        found = _TAG.match(self.rawdata, i)
        assert found is not None, "a start tag begins with '<' and a letter"
        if not found[4]:
            return len(self.rawdata)
        tag = found[1].lower()
        if found.end(2) - found.start(2) > _LONG_TAG:
            self.attributes = max(self.attributes, sum(1 for _ in _ATTRIBUTES.finditer(found[2])))
        is_foreign = self._enter_foreign(tag, closed=found[3].endswith("/"))
        self._count_open(tag, found[0])
        if is_foreign:
            if tag in FOREIGN_APART_TAGS and not found[3].endswith("/"):
                self._apart.append(tag)
            return found.end()
        if tag == "template":
            self._apart.append(tag)
        self.has_frames = self.has_frames or tag == "frameset"
        return self._raw_text(tag, found.end())

    def parse_endtag(self, i: int) -> int:
        """Read an end tag."""
        found = _TAG.match(self.rawdata, i)
        if found is None:
            # "</" and something that is no letter: "</>" is nothing, "</ " and the like a comment.
            if i + 2 >= len(self.rawdata):
                self.handle_data("</")
            return self.parse_bogus_comment(i)
        if not found[4]:
            return len(self.rawdata)
        tag = found[1].lower()
        if tag in {"p", "br"}:
            self._break_out()
        if self._apart and tag == self._apart[-1]:
            self._apart.pop()
        if tag in self._foreign:
            while self._foreign.pop() != tag:
                pass
            self._apart = [name for name in self._apart if name == "template"]
        self._count_closed(tag)
        return found.end()

    def _raw_text(self, tag: str, start: int) -> int:
        """Return where the raw text after a start tag ends; keep it where it is visible."""
        source = self.rawdata
        if tag == "plaintext":
            self.handle_data(source[start:])
            return len(source)
        if tag == "script":
            return self._script_end(start)
        pattern = _RAW_END.get(tag)
        if pattern is None:
            return start
        end = pattern.search(source, start)
        stop = end.start() if end else len(source)
        if tag not in APART_TAGS:
            self.handle_data(unescape(source[start:stop]) if tag == "textarea" else source[start:stop])
        return stop

    def _script_end(self, start: int) -> int:
        """Return where the script's end tag begins (HTML, "script data double escaped state")."""
        is_escaped = is_double = False
        for turn in _SCRIPT_TURN.finditer(self.rawdata, start):
            if turn[0] == "<!--":
                is_escaped = True
            elif turn[0].endswith("->"):
                is_escaped = is_double = False
            elif not turn[1]:
                is_double = is_escaped
            elif is_double:
                is_double = False
            else:
                return turn.start()
        return len(self.rawdata)

    def _is_foreign(self) -> bool:
        return bool(self._foreign) and self._foreign[-1] in FOREIGN_TAGS

    def _enter_foreign(self, tag: str, *, closed: bool) -> bool:
        """Tell whether the tag stands in a drawing or formula; keep track of entering and breaking out."""
        if tag in BREAKOUT_TAGS:
            self._break_out()
        inside = self._is_foreign()
        if not closed and (tag in FOREIGN_TAGS or (tag == "foreignobject" and inside and self._foreign[-1] == "svg")):
            self._foreign.append(tag)
        return inside or tag in FOREIGN_TAGS

    def _break_out(self) -> None:
        """Leave a drawing or formula, unless inside a drawing's title, which holds HTML of its own."""
        if not self._is_foreign() or (
            self._foreign[-1] == "svg" and self._apart and self._apart[-1] in {"title", "desc"}
        ):
            return
        while self._is_foreign():
            self._foreign.pop()
        self._apart = [name for name in self._apart if name == "template"]

    def _count_open(self, tag: str, whole: str) -> None:
        if tag in VOID_TAGS:
            return
        if tag in FORMATTING_TAGS:
            same = self._formatting.setdefault(tag, [])
            # A parser keeps at most three alike, and one link.
            if len(same) > _MOST_FORMATTING or ((tag != "a" or not same) and same.count(whole) < 3):
                same.append(whole)
                self._n_formatting += 1
        elif tag in SELF_CLOSING_TAGS or tag == "div":
            self.reopened += self._n_formatting
        if tag not in SELF_CLOSING_TAGS:
            self._open[tag] += 1
            self._n_open += 1
            self.depth = max(self.depth, self._n_open)

    def _count_closed(self, tag: str) -> None:
        if self._formatting.get(tag):
            self._formatting[tag].pop()
            self._n_formatting -= 1
        if self._open[tag] > 0:
            self._open[tag] -= 1
            self._n_open -= 1


# Attributes are counted on tags above this many characters: no other can hold over 500.
_LONG_TAG = 1_000
# Above this many unclosed ones of a name they are counted without looking whether they are alike.
_MOST_FORMATTING = 200
