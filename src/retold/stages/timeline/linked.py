"""Link text that a page's extraction ran into a sentence: "Pat Doe Patrick Lee DoeRivals attack plan MORE said".

Such a stretch is no prose: it names a person again, then headlines of other reports, up to the word MORE.
"""

from __future__ import annotations

import re

from retold.text.spans import Span

_GLUED = re.compile(r"\b(?P<name>[A-Z]?[a-z’']{2,})(?=['‘“]?[A-Z\d][\w’']*\s)")
_END = re.compile(r"\bMORE\b")
MOST_NAMED_AGAIN = 80
"""Characters in which the name before a glued headline stands twice (read on two outlets' pages)."""


_SLIDE = re.compile(r"\b(?:Hide|Show) Caption\b|\bCaption \d+ of \d+\b")


def slideshow_lines(text: str) -> list[Span]:
    """Return the lines that hold captions of a slide show: its pictures are often younger than the report."""
    found = []
    for line in re.finditer(r"[^\n]+", text) if _SLIDE.search(text) else ():
        if _SLIDE.search(line.group()):
            found.append(Span(line.start(), line.end()))
    return found


def linked_part(text: str, sentence: Span) -> Span | None:
    """Return the stretch of a sentence that is link text, or None.

    >>> words = "Rivals met Pat Doe Patrick DoeCouncil split MORE on Monday."
    >>> words[slice(*linked_part(words, Span(0, len(words))))]
    ' Patrick DoeCouncil split MORE'
    """
    if text[sentence.start : sentence.end].isupper():
        return None
    end = None
    for found in _END.finditer(text, sentence.start, sentence.end):
        end = found.end()
    for glued in _GLUED.finditer(text, sentence.start, end or sentence.end):
        start = max(sentence.start, glued.start() - MOST_NAMED_AGAIN)
        first = re.search(rf"\b{re.escape(glued['name'])}\b(?![’'])", text[start : glued.start()])
        if first is not None:
            return Span(start + first.end(), end or sentence.end)
    return Span(sentence.start, end) if end is not None else None
