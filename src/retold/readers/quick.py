"""The independent check of promise 1 in one cut of the source: what stands between its tags.

A page in good order is cut by one pattern, where ``characters.survey`` goes through it token by token at ten times the
cost. Whatever this reads otherwise than the tree builder (raw text in drawings, scripts inside scripts, templates in
templates) shows as a difference, and then ``survey`` decides; so does it where counts might make a tree builder hang.
"""

from __future__ import annotations

import re
from html import unescape

from retold.readers.elements import FORMATTING_TAGS, SPACE

_VALUE = rf"""(?:"[^"]*"|'[^']*'|[^{SPACE}>"'][^{SPACE}>]*(?![^{SPACE}>]))"""
# Behind "=": a value where one can be, whole, and nothing where none can. A tag that never ends is so tried in one way.
_GIVEN = rf"""=[{SPACE}]*(?![{SPACE}])(?:{_VALUE}|(?!{_VALUE}))"""
# Quotation marks that stand in no value are part of a name, as HTML has it.
_REST = rf"""[^>=]*(?:{_GIVEN}[^>=]*)*"""
# The attributes of a tag in good order; bounded, so that they are fewer than ``_MOST_ATTRIBUTES``: 28 with a value, and
# before each and at the end 32 without one at most.
_FEW = rf"""[^>"'=]{{0,64}}(?:{_GIVEN}[^>"'=]{{0,64}}){{0,28}}"""
# Groups are repeated without "+" behind: before Python 3.11.5 possessive groups match wrongly. No two ways match here.
_FEW_QUOTED = r"""[^>"'=]{0,64}+(?:="[^"]*+"[^>"'=]{0,64}+){0,28}"""


def _in_any_case(tag: str) -> str:
    """Return a pattern for a tag's name: spelt out, it is a third faster than a flag."""
    return "".join([f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in tag])


def _raw(tag: str) -> str:
    """Return a pattern for an element whose content nobody sees, behind its "<". Linear."""
    name = _in_any_case(tag)
    return rf"""{name}(?=[{SPACE}/>]){_FEW}>[^<]*(?:<(?!/{name}[{SPACE}/>])[^<]*)*(?:</{name}[^>]*+>|\Z)"""


_RAW_TAGS = ("script", "style", "title", "iframe", "noembed", "noframes", "template")
# In this order: end tags, raw text that nobody sees, start tags in good order, tags in any order, comments, and what
# HTML takes for comments. Names are not compared without regard to case by a flag, and nothing is kept of tags in good
# order: that is four times as fast.
_CUT = re.compile(
    rf"""<(?:/[a-zA-Z][^>"'=]*+>|{"|".join(map(_raw, _RAW_TAGS))}"""
    rf"""|[a-zA-Z]{_FEW_QUOTED}>|/?[a-zA-Z]({_REST})>"""
    r"""|!--(?:-?>|[\s\S]*?(?:--!?>|\Z))|[!?/][^>]*>)"""
)
_FORMATTING = re.compile(rf"<(/?)(?:{'|'.join(map(_in_any_case, sorted(FORMATTING_TAGS, key=len)))})[{SPACE}/>]")

# A page with at most so many tags has no more elements open at once (``html.MOST_DEPTH``), and none of its tags, if
# under so many characters, more than ``html.MOST_ATTRIBUTES``.
_MOST_TAGS = 20_000
_LONG_TAG = 2_000
_MOST_ATTRIBUTES = 1_000
_MOST_REOPENED = 250_000
"""As in ``html``."""
_ATTRIBUTE = re.compile(rf"[{SPACE}/]*[^{SPACE}/>][^{SPACE}/>=]*(?:[{SPACE}]*=[{SPACE}]*{_VALUE}?)?")


def quick_text(source: str) -> str | None:
    """Return the text between the tags of a page, or None where the page has to be looked at token by token.

    >>> quick_text("<p>Rain &amp; wind<script>no()</script>.").split()
    ['Rain', '&', 'wind', '.']
    """
    n_tags = source.count("<")
    if n_tags > _MOST_TAGS or n_tags * _most_formatting(source) > _MOST_REOPENED:
        return None
    pieces = _CUT.split(source)
    if any(len(rest) > _LONG_TAG and _n_attributes(rest) > _MOST_ATTRIBUTES for rest in filter(None, pieces[1::2])):
        return None
    return unescape(" ".join(pieces[::2]))


def _n_attributes(rest: str) -> int:
    return len(_ATTRIBUTE.findall(rest))


def _most_formatting(source: str) -> int:
    """Return how many formatting elements are open at once at most, those opened again left aside."""
    n_open = most = 0
    for slash in _FORMATTING.findall(source):
        if slash:
            n_open -= n_open > 0
        else:
            n_open += 1
            most = max(most, n_open)
    return most
