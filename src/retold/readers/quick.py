"""The independent check of promise 1 in one cut of the source: what stands between its tags.

A page in good order is cut by one pattern, where ``characters.survey`` goes through it token by token at ten times the
cost. Whatever this reads otherwise than the tree builder (raw text in drawings, scripts inside scripts, templates in
templates) shows as a difference, and then ``survey`` decides; so does it where counts might make a tree builder hang.
"""

from __future__ import annotations

import re
from html import unescape

from retold.readers.elements import FORMATTING_TAGS, SPACE

_VALUE = rf"""(?:"[^"]*"|'[^']*'|[^{SPACE}>"'][^{SPACE}>]*)"""
_REST = rf"""[^>"'=]*(?:=[{SPACE}]*{_VALUE}?[^>"'=]*)*"""
# In this order: comments, raw text that nobody sees, tags, and what HTML takes for comments.
_CUT = re.compile(
    rf"""<!--(?:-?>|[\s\S]*?(?:--!?>|\Z))"""
    rf"""|<(script|style|title|iframe|noembed|noframes|template)(?=[{SPACE}/>]){_REST}>[\s\S]*?(?:</\1(?=[{SPACE}/>])[^>]*>|\Z)"""
    rf"""|</?[a-zA-Z][^{SPACE}/>]*({_REST})>"""
    r"""|<[!?/][^>]*>""",
    re.IGNORECASE,
)
_FORMATTING = re.compile(rf"<(/?)(?:{'|'.join(sorted(FORMATTING_TAGS))})(?=[{SPACE}/>])", re.IGNORECASE)

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
    if any(
        rest is not None and len(rest) > _LONG_TAG and _n_attributes(rest) > _MOST_ATTRIBUTES for rest in pieces[2::3]
    ):
        return None
    return unescape(" ".join(pieces[::3]))


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
