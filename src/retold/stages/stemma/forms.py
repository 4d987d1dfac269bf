"""What form of text a page prints that bears on its origin: a speech in full, a live blog.

Who prints a speech in full has it from the speaker, not from the others who print it; and the clock of a page that is
written over a day says nothing of when a sentence of it was written.
"""

from __future__ import annotations

import re

SPEECH = "the speech or statement"
"""The origin of what several reports give as the full text of somebody's words."""

_WORDS = r"(?:text|transcript|remarks|speech|address|statement|letter|testimony)"
_TITLE_OF_SPEECH = re.compile(
    rf"(?:\A\W*(?:text|transcript)\s*(?:of\b|:)|\btranscript\s*[:|]|[:|]\s*(?:the\s+)?(?:full\s+)?(?:transcript|text)\b"
    rf"|\b(?:full|complete|rush|unedited|entire)\s+(?:\w+\s+)?{_WORDS}\b|\b{_WORDS}\s+in\s+full\b)",
    re.IGNORECASE,
)
_OPENING_OF_SPEECH = re.compile(
    rf"(?:\A\W*(?:here|below|following|the following)\b[^.\n]{{0,160}}\b{_WORDS}\b"
    rf"|\b(?:text|transcript)\s+of\b[^.\n]{{0,160}}:\s*\Z"
    rf"|\b{_WORDS}\b[^.\n]{{0,80}}\b(?:follows?|in\s+full|as\s+(?:prepared|delivered|released)|as\s+provided\s+by)\b)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\A\s*(?:[A-Z][A-Z.'’\-]+(?:\s+[A-Z][A-Z.'’\-]+){0,4}|Q|A)(?:\s*\([^()\n]{1,40}\))?\s*:\s+\S")
SPEAKER_LINES = 4
"""So many lines that open with who speaks ("VARN: We will ...", "Q: Who pays?") are a transcript."""

OPENING_LINES = 3
"""Lines of the main text in which a page says that it prints a speech."""

_TITLE_OF_LIVE = re.compile(
    r"\A\W*live\b(?:\s+(?:updates?|blog|coverage|reporting))?\s*[:|–—-]"
    r"|\b(?:live\s+(?:updates?|blog|coverage)|liveblog|as\s+it\s+happened|minute[\s-]by[\s-]minute)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\A\s*\W?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s*(?:[ap]\.?m\b\.?|[A-Z]{2,4}\b))?[\s:–—-]", re.IGNORECASE
)
CLOCK_LINES = 3
"""So many lines that open with a time of day are the entries of a live blog."""


def prints_speech(title: str, main: str) -> bool:
    r"""Tell whether a page gives itself as the full text of somebody's words, by its title, its opening or its form.

    >>> prints_speech("Full text: Mayor Varn's speech on the crane", "My fellow citizens, ...")
    True
    >>> prints_speech("Mayor speaks on crane", "Varn read from the text of a letter. He left at noon.")
    False
    """
    lines = [line for line in main.splitlines() if line.strip()]
    if _TITLE_OF_SPEECH.search(title) or any(_OPENING_OF_SPEECH.search(line) for line in lines[:OPENING_LINES]):
        return True
    return sum(_SPEAKER.match(line) is not None for line in lines) >= SPEAKER_LINES


def is_live(title: str, main: str) -> bool:
    r"""Tell whether a page is a live blog, by its title or by the times that open its entries.

    >>> is_live("Crane at Losk", "14:10 The quay is shut.\n\n13:30 Boats leave.\n\n09:15 A crane leans over.")
    True
    """
    if _TITLE_OF_LIVE.search(title):
        return True
    return sum(_CLOCK.match(line) is not None for line in main.splitlines()) >= CLOCK_LINES
