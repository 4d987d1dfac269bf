"""Writing to a terminal: styles where it has them, plain lines otherwise, and never a control character of a page.

Everything a page says goes through ``clean`` before it is printed.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata

STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


def clean(text: str) -> str:
    r"""Return the text on one line without control, format and surrogate characters.

    >>> clean("a\x1b[31m\n b")
    'a[31m b'
    """
    folded = " ".join(text.split())
    return "".join(char for char in folded if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"})


def is_terminal() -> bool:
    """Tell whether a person sees standard output."""
    return sys.stdout.isatty()


def styled(text: str, style: str) -> str:
    """Return the cleaned text in the style, where standard output is a terminal."""
    text = clean(text)
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if is_terminal() else text


def warn(sentence: str) -> None:
    """Print a cleaned sentence about the run on standard error."""
    print(f"retold: {clean(sentence)}", file=sys.stderr)


def width() -> int:
    """Return the columns to fill: the terminal's up to 110, or 100 where there is none."""
    return min(shutil.get_terminal_size((100, 24)).columns, 110)


def say(line: str = "") -> None:
    """Print one line as it is; what it holds of a page must have been cleaned."""
    print(line)


def say_wrapped(line: str, *, indent: str, first: str | None = None) -> None:
    """Print a cleaned line folded to the terminal, continuation lines indented."""
    folded = textwrap.wrap(
        clean(line),
        width=width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    print("\n".join(folded) if folded else indent.rstrip())


def shortened(text: str, n_characters: int) -> str:
    """Return the cleaned text cut at a word to at most this many characters, with an ellipsis where cut."""
    return textwrap.shorten(clean(text), n_characters, placeholder=" …")
