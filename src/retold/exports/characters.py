"""Which characters a file may hold, whatever its format.

Owns the replacement of what XML 1.0 and UTF-8 cannot carry, and the writing of JSON whose text is any Python string.
What a format's own syntax needs escaped stands in the module of that format.
"""

from __future__ import annotations

import json
import re
from typing import Any

REPLACEMENT = "\ufffd"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside production 2 (Char) of XML 1.0: most control characters, surrogates, U+FFFE and U+FFFF."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE_BREAKS = re.compile("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_XML_SPACE = re.compile("[ \t\r\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def xml_safe(text: str) -> tuple[str, int]:
    r"""Return the text with every character XML forbids replaced by U+FFFD, and how many there were.

    >>> xml_safe("quay\x0bside")
    ('quay�side', 1)
    """
    return _NOT_XML.subn(REPLACEMENT, text)


def printable(text: str) -> str:
    r"""Return the text with control characters and surrogates replaced; tabs and line ends stay.

    >>> printable("rain\x00\n")
    'rain�\n'
    """
    return _CONTROL.sub(REPLACEMENT, text)


def on_one_line(text: str) -> str:
    r"""Return printable text on one line: every break becomes a space.

    >>> on_one_line("The pier\r\nis shut")
    'The pier is shut'
    """
    return printable(_LINE_BREAKS.sub(" ", text)).replace("\t", " ")


def folded(text: str) -> str:
    r"""Return the text with each run of XML white space as one space, none at the ends.

    >>> folded(" The pier\n  is shut ")
    'The pier is shut'
    """
    return _XML_SPACE.sub(" ", text).strip(" ")


def json_text(value: Any) -> str:
    r"""Return the value as JSON that UTF-8 can carry: lone surrogates stand as escapes and read back unchanged.

    >>> print(json_text({"a": "caf\u00e9 \ud800"}), end="")
    {
     "a": "café \ud800"
    }
    """
    told = json.dumps(value, ensure_ascii=False, indent=1)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", told) + "\n"
