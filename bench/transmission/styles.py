"""An outlet's style book: spelling, titles, the shape of quotation marks, its form of an agency's and of foreign names.

A style is applied to every line an outlet takes over, so that the same word always comes out alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.transmission.lines import Edits, Line, replaced

_BRITISH: tuple[tuple[str, str], ...] = (
    (r"percent\b", "per cent"),
    (r"defense\b", "defence"),
    (r"labor\b", "labour"),
    (r"color\b", "colour"),
    (r"center\b", "centre"),
    (r"toward\b", "towards"),
    (r"(\w{3,})iz(ed|ing|ation)\b", r"\1is\2"),
    (r"Sen\.\Z", "Senator"),
    (r"Gov\.\Z", "Governor"),
    (r"U\.S\.\Z", "US"),
)
_CURLY = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-"})
_AGENCIES = {
    "AFP": ("the news agency AFP", "Agence France-Presse"),
    "AP": ("the news agency AP", "the Associated Press"),
    "Reuters": ("the news agency Reuters", "the Reuters news agency"),
    "DPA": ("the news agency DPA", "Deutsche Presse-Agentur"),
}
_SOUNDS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ph", "f"), ("q", "k"), ("ll", "l"), ("ss", "s"), ("tt", "t"))
_NAME = re.compile(r"[A-Z][a-z]{4,}\Z")


@dataclass(frozen=True, slots=True)
class Style:
    """A style book: British spelling, straight quotation marks, the form of the agency's name, spellings of names."""

    is_british: bool = False
    is_straight: bool = False
    agency_form: str | None = None
    names: tuple[tuple[str, str], ...] = ()


def style_of(agency: str, names: Sequence[str], draw: Random) -> Style:
    """Return the style book of an outlet."""
    spelt = [name for name in names if draw.random() < 0.1]
    return Style(
        is_british=draw.random() < 0.3,
        is_straight=draw.random() < 0.3,
        agency_form=draw.choice(_AGENCIES[agency]) if draw.random() < 0.5 else None,
        names=tuple((name, _other_spelling(name)) for name in spelt),
    )


def names_of(lines: Sequence[str]) -> list[str]:
    """Return the names of the lines that another outlet may spell otherwise."""
    inner = Counter(word for line in lines for word in line.split()[1:] if _NAME.match(word))
    lower = {word for line in lines for word in line.split() if word.islower()}
    return sorted(n for n, count in inner.items() if count > 1 and n.lower() not in lower and _other_spelling(n) != n)


def _other_spelling(name: str) -> str:
    for sound, other in _SOUNDS:
        if sound in name[1:-1]:
            return name[0] + name[1:-1].replace(sound, other, 1) + name[-1]
    return name


def styled(lines: Sequence[Line], style: Style, agency: str, edits: Edits) -> list[Line]:
    """Return the lines as the style book wants them."""
    numbers = {kind: edits.new(kind) for kind in ("house style", "trivial", "name spelling", "attribution")}
    return [_styled(line, style, agency, numbers) for line in lines]


def _styled(line: Line, style: Style, agency: str, numbers: dict[str, int]) -> Line:
    spelt = dict(style.names)
    for i, token in enumerate(line.tokens):
        text = token.text
        if style.agency_form and text == agency and i and line.tokens[i - 1].text == "told":
            line = replaced(line, i, style.agency_form, numbers["house style"])
            line = replaced(line, i, style.agency_form, numbers["attribution"])
        elif text in spelt:
            line = replaced(line, i, spelt[text], numbers["name spelling"])
        elif style.is_british and (other := _british(text)) != text:
            line = replaced(line, i, other, numbers["house style"])
    if not style.is_straight:
        return line
    tokens = tuple(
        token if (put := token.text.translate(_CURLY)) == token.text
        else token._replace(text=put, edits=(*token.edits, numbers["trivial"]))
        for token in line.tokens
    )  # fmt: skip
    return Line(tokens, line.gone, line.is_clear)


def _british(word: str) -> str:
    for pattern, put in _BRITISH:
        found = re.match(pattern, word)
        if found:
            return found.expand(put) + word[found.end() :]
    return word
