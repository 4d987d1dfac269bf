"""Headlines of other stories that an extractor ran into a sentence, and the sentence as it reads without them.

Some outlets hang a list of links on a name; plain text then reads "said Mayor Ann Ruth ReedFerry plan stalls in
council Harbour vote delayed MORE on Friday". The text is never altered: facts are read from a twin of equal length in
which the list is blank, so every offset holds.
"""

from __future__ import annotations

import re
from itertools import pairwise

from retold.text.spans import Span

_SEAM = re.compile(r"(?<![^\W\d_])(?P<name>[A-ZÀ-Þ](?:[^\W\d_]|['’-])*[a-zß-ÿ)])(?=[A-ZÀ-Þ0-9'‘“\"][^\s]*\s)")
"""A name with the next word's capital, number or quotation mark right behind it."""
_LIST_END = re.compile(r"\bMORE\b(?=[\s,.;:)’']|$)")
_LONGEST_LIST = 1200
"""Characters of a list of links: four headlines, seen up to 700."""
_NAME_WORDS = 9
"""Words looked back over for the same surname: "Ann Reed Ann (Annie) Ruth Reed" before the seam."""
_WORD = re.compile(r"[^\s]+")

_LABEL = re.compile(
    r"(?<=[^\W_] )Read [Mm]ore\b"
    r"|\b(?:Replay More Videos|Play Video|Hide Caption(?: \d+ of \d+)?|JUST WATCHED|MUST WATCH)\b"
)
"""What a page prints on a link or a player; "Read more" only behind words that no stop ends."""


def link_labels(text: str) -> list[Span]:
    """Return the words of links and players that stand in the text, in order.

    >>> [text[a:b] for text in ["The quay is old Read more"] for a, b in link_labels(text)]
    ['Read more']
    """
    return [Span(*match.span()) for match in _LABEL.finditer(text)]


def link_texts(text: str, span: tuple[int, int] | None = None) -> list[Span]:
    """Return the lists of links that stand inside sentences, in order, the full name they hang on included.

    >>> text = "said Mayor Ann Reed Ann Ruth ReedFerry plan stalls Vote delayed MORE on Friday."
    >>> [text[a:b] for a, b in link_texts(text)]
    ['Ann Ruth ReedFerry plan stalls Vote delayed MORE']
    """
    start, end = span or (0, len(text))
    found: list[Span] = []
    after = start
    for match in _LIST_END.finditer(text, start, end):
        stop = match.end()
        first = max(after, text.rfind("\n", after, stop) + 1, stop - _LONGEST_LIST)
        name_at = next((at for seam in _SEAM.finditer(text, first, stop) if (at := _again(text, seam, first)) >= 0), -1)
        if name_at >= 0:
            found.append(Span(name_at, stop))
            after = stop
    return found


def _again(text: str, seam: re.Match[str], first: int) -> int:
    """Return where the name before the seam is printed a second time: behind its own surname; -1 where it is not.

    Without the repeat the capital may be the name's own: "YouTube", "McNeil".
    """
    words = list(_WORD.finditer(text, first, seam.end("name")))[-_NAME_WORDS:]
    for before, word in reversed(list(pairwise(words))):
        if before.group().strip(",()") == seam.group("name"):
            return word.start()
    return -1


def without_link_text(text: str, span: tuple[int, int] | None = None) -> str:
    """Return the text with the lists of links blank, of the same length; the text itself where there is none."""
    lists = link_texts(text, span)
    if not lists:
        return text
    pieces: list[str] = []
    at = 0
    for found in lists:
        pieces += [text[at : found.start], " " * found.size]
        at = found.end
    return "".join(pieces) + text[at:]
