"""Words of a sentence as the grammar of time expressions sees them: one class letter a word.

Owns ``TimeWords`` (the word tables, built from the lexicon by whoever calls) and ``tokens_of``, which turns a sentence
into words with a class each, so that the grammar (``text.times_rules``) is a set of regular expressions over short
class strings. Here too is decided whether "May" is a month, "Sun" a weekday and "2000" a year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The tables of one language's words of time; all keys are lower case.

    ``classes`` gives for a word its class name and what it stands for; ``months``, ``weekdays`` and ``short`` (the
    abbreviations among them) numbers from 1; ``feasts`` names in lower case and their rule (see lexicon/times.toml).
    """

    classes: Mapping[str, tuple[str, str]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    short: frozenset[str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    decades: Mapping[str, int]
    feasts: Mapping[str, str]
    feast_openings: frozenset[str]
    dated_feasts: Mapping[str, str]
    ambiguous_months: frozenset[str]
    given_names: frozenset[str]
    before_month: frozenset[str]
    names_after_weekday: frozenset[str]
    counted: frozenset[str]
    future: frozenset[str]
    past: frozenset[str]
    not_past: frozenset[str]
    present: frozenset[str]
    breaks: frozenset[str]
    not_infinitive: frozenset[str]
    past_with_to: frozenset[str]


class Token(NamedTuple):
    """A word or sign at ``[start, end)`` of the text: its lower-case key, class name and value."""

    start: int
    end: int
    key: str
    name: str
    value: str


CLASS_NAMES = (
    "ISO", "SLASH", "CLOCK", "DECIMAL", "INT", "YEAR", "SHORT_YEAR", "DECADE", "ORDINAL", "NUMBER", "MONTH",
    "WDAY", "WDAYS", "DECADE_WORD", "FEAST", "DATED_FEAST", "EDGE", "EDGE_NOUN", "UNIT", "QUARTER", "YEAR_WORD",
    "CENTURY", "PERIOD", "UNITS", "PART", "PARTS", "HOUR_WORD", "DEIXIS", "PRESENT", "PAST", "RECENT",
    "CURRENT", "LAST", "NEXT", "THIS", "THAT", "SAME", "FOLLOWING", "PREVIOUS", "LATEST", "EARLIER", "LATER",
    "AFTER", "SINCE", "BEFORE", "AGO", "HENCE", "SEASON", "VAGUE", "DOZEN", "HALF", "EVERY", "ONCE",
    "FREQUENCY", "FULL", "YEAR_KIND", "ABOUT", "MORE", "LESS", "THAN", "AT", "LEAST", "UP", "THE", "A", "OF",
    "ON", "IN", "TO", "BY", "FROM", "BETWEEN", "AND", "OR", "PER", "TIMES", "AMPM", "OCLOCK", "ZONE",
    "OVERNIGHT", "FUTURE_NOUN", "TIME_WORD", "AGE", "COMMA", "DASH", "CLITIC", "OPEN", "CLOSE", "STROKE",
)  # fmt: skip
"""Every class of the grammar; the order only decides the letters."""

LETTERS = {name: chr(0xA1 + i) for i, name in enumerate(CLASS_NAMES)}
OTHER = "x"

_TOKEN = re.compile(
    r"(?P<iso>(?<![\w-])\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))"
    r"|(?P<dated>(?<![\w/])9/11(?![\w/]))"
    r"|(?P<slash>(?<![\w/.])\d{1,2}(?P<sign>[/.])\d{1,2}(?P=sign)(?:\d{4}|\d\d)(?![\w/])(?!\.\d))"
    r"|(?P<clock>(?<![\w:.,$€£])\d{1,2}:\d\d(?::\d\d)?(?![\w:]))"
    r"|(?P<decade>(?<![\w$€£])(?:1[5-9]|20)\d0(?:['’]?s)(?!\w)|(?<!\w)['’‘]?[2-9]0s(?!\w))"
    r"|(?P<ordinal>(?<![\w.,$])\d{1,3}(?:st|nd|rd|th)(?!\w))"
    r"|(?P<shortyear>(?<!\w)['’‘]\d\d(?!\w))"
    r"|(?P<hourhalf>(?<![\w:.,$€£])\d{1,2}(?:\.\d\d)?(?=\s?[AaPp]\.?[Mm]\b))"
    r"|(?P<decimal>\d+(?:[.,]\d+)+|\d+[½¼¾])"
    r"|(?P<int>\d+)"
    r"|(?P<ampm>(?<=[\d ])[AaPp]\.[Mm]\.?(?!\w))"
    r"|(?P<oclock>[Oo]['’]clock\b)"
    r"|(?P<clitic>['’](?:[sS]\b|(?<=[sS].)(?![\w'’])))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign2>--|[,\-–—()]|[^\s\w])"
)
_SIGNS = {",": "COMMA", "-": "DASH", "–": "DASH", "(": "OPEN", ")": "CLOSE", "/": "STROKE"}
_LONGEST_NUMBER = 9
"""Figures of more digits are no amount of time."""

_MONEY = "$€£¥"


def tokens_of(text: str, start: int, end: int, words: TimeWords) -> list[Token]:
    """Return the words and signs of ``text[start:end]`` with their classes.

    Words of no class are named "", or "NAME" when they begin with a capital.
    """
    tokens = [_token(match, words) for match in _TOKEN.finditer(text, start, end)]
    tokens = _with_feasts(_with_dots(text, end, tokens, words), text, words)
    return [_in_context(text, tokens, i, words) for i in range(len(tokens))]


def letters_of(tokens: list[Token]) -> str:
    """Return the class string the grammar is matched against, one letter a token."""
    return "".join([LETTERS.get(token.name, OTHER) for token in tokens])


def _token(match: re.Match[str], words: TimeWords) -> Token:
    kind, found = match.lastgroup, match.group()
    start, end = match.span()
    key = found.lower().replace("’", "'").replace("‘", "'")
    if kind == "word":
        return Token(start, end, key, *_word_class(key, found, words))
    name, value = _SIGN_CLASSES.get(kind or "", ("", "")), key
    if kind == "int":
        name = "YEAR" if len(found) == 4 and "1500" <= found <= "2100" and found.isascii() else "INT"
        name = name if len(found) <= _LONGEST_NUMBER else ""
    elif kind == "decimal":
        name = name if len(found) <= _LONGEST_NUMBER else ""
    elif kind == "sign2":
        name = _SIGNS.get(found, "")
    elif kind == "ampm":
        value = "12" if key[0] == "p" else "0"
    elif kind == "ordinal":
        value = key[:-2]
    elif kind == "dated":
        value = words.dated_feasts.get(key, "")
    return Token(start, end, key, name if isinstance(name, str) else name[0], value)


_SIGN_CLASSES = {
    "iso": "ISO", "slash": "SLASH", "sign": "SLASH", "clock": "CLOCK", "decade": "DECADE", "ordinal": "ORDINAL",
    "shortyear": "SHORT_YEAR", "hourhalf": "CLOCK", "decimal": "DECIMAL", "int": "INT", "ampm": "AMPM", "dated":
    "DATED_FEAST", "oclock": "OCLOCK", "clitic": "CLITIC",
}  # fmt: skip


def _word_class(key: str, found: str, words: TimeWords) -> tuple[str, str]:
    if key in words.classes:
        return words.classes[key]
    capital = found[0].isupper()
    if capital and key in words.months:
        return "MONTH", str(words.months[key])
    if capital and key in words.weekdays:
        return "WDAY", str(words.weekdays[key])
    if capital and key.endswith("s") and key[:-1] in words.weekdays and key[:-1] not in words.short:
        return "WDAYS", str(words.weekdays[key[:-1]])
    if key in words.numbers:
        return "NUMBER", str(words.numbers[key])
    if key in words.ordinals:
        return "ORDINAL", str(words.ordinals[key])
    if key in words.decades:
        return "DECADE_WORD", str(words.decades[key])
    return ("NAME", "") if capital else ("", "")


def _with_dots(text: str, end: int, tokens: list[Token], words: TimeWords) -> list[Token]:
    """Give the dot after an abbreviated month or weekday to its word."""
    kept: list[Token] = []
    for token in tokens:
        before = kept[-1] if kept else None
        short = before is not None and before.name in ("MONTH", "WDAY") and before.key in words.short
        if before is not None and short and token.key == "." and before.end == token.start and token.end < end:
            kept[-1] = before._replace(end=token.end, key=before.key + ".")
        else:
            kept.append(token)
    return kept


def _with_feasts(tokens: list[Token], text: str, words: TimeWords) -> list[Token]:
    """Join the words of feasts ("Good Friday") into one token, the longest name first."""
    openings = words.feasts
    if not any(token.key in words.feast_openings for token in tokens):
        return tokens
    kept: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        size = 0
        if text[token.start].isupper() and token.key in words.feast_openings:
            size = next((n for n in (5, 4, 3, 2, 1) if _joined(tokens, i, n, text) in openings), 0)
        if size:
            last = tokens[i + size - 1]
            name = _joined(tokens, i, size, text)
            kept.append(Token(token.start, last.end, name, "FEAST", openings[name]))
            i += size
        else:
            kept.append(token)
            i += 1
    return kept


def _joined(tokens: list[Token], i: int, n: int, text: str) -> str:
    if i + n > len(tokens):
        return ""
    found = text[tokens[i].start : tokens[i + n - 1].end]
    return " ".join(found.lower().replace("’", "'").split())


def _in_context(text: str, tokens: list[Token], i: int, words: TimeWords) -> Token:
    token = tokens[i]
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.name == "MONTH" and not _is_month(text, token, before, after, words):
        return token._replace(name="NAME")
    if token.name == "WDAY" and not _is_weekday(text, token, before, after, words):
        return token._replace(name="NAME")
    if token.name == "YEAR" and not _is_year(text, token, before, after, words):
        return token._replace(name="INT")
    if token.name == "SEASON" and token.key == "fall" and not _is_season(before, after):
        return token._replace(name="")
    if token.name in ("FREQUENCY", "DEIXIS") and i and _is_in_name(text, token, before, after):
        return token._replace(name="NAME")
    if token.key == "second" and before is not None and before.name == "DASH":
        return token._replace(name="UNIT", value="S")
    return token


_BEFORE_NO_NAME = frozenset({"in", "since", "until", "during", "last", "next", "this", "every", "throughout"})
_NUMBER_NAMES = frozenset({"INT", "YEAR", "ORDINAL", "SHORT_YEAR"})


def _is_month(text: str, token: Token, before: Token | None, after: Token | None, words: TimeWords) -> bool:
    key = token.key.rstrip(".")
    if (after is not None and after.name in _NUMBER_NAMES) or (before is not None and before.name in _NUMBER_NAMES):
        return True
    if after is not None and after.name == "COMMA" and text[after.end : after.end + 3].strip()[:2] in ("19", "20"):
        return True
    if key not in words.ambiguous_months:
        return True
    named = before is not None and (before.key in words.before_month or before.name in ("EDGE", "DASH", "MONTH"))
    if key in words.given_names and after is not None and text[after.start].isupper():
        return before is not None and (before.key in _BEFORE_NO_NAME or before.name == "EDGE")
    if key in words.given_names:
        return named or key not in words.short
    return named


def _is_weekday(text: str, token: Token, before: Token | None, after: Token | None, words: TimeWords) -> bool:
    key = token.key.rstrip(".")
    if after is not None and after.key in words.names_after_weekday and text[after.start].isupper():
        return False
    if key not in words.short:
        return True
    return token.key.endswith(".") or (after is not None and after.name in ("INT", "MONTH", "ORDINAL"))


def _is_year(text: str, token: Token, before: Token | None, after: Token | None, words: TimeWords) -> bool:
    if before is not None and (before.key in _MONEY or before.name in ("ABOUT", "LEAST", "THAN", "UP")):
        return False
    if after is not None and (after.key in words.counted or after.key in ("%", "/")):
        return False
    around = text[max(token.start - 1, 0) : token.start] + text[token.end : token.end + 1]
    glued = any(sign.isalnum() or sign in "#+$€£_" for sign in around)
    return not glued and text[max(token.start - 1, 0) : token.start] not in (".", "/")


def _is_in_name(text: str, token: Token, before: Token | None, after: Token | None) -> bool:
    """Tell whether a capital inside a sentence makes "Daily" or "Today" part of a name ("The Daily Herald")."""
    if not text[token.start].isupper() or before is None or before.name in ("", "OPEN", "DASH"):
        return False
    named = before.name == "NAME" or (after is not None and after.name == "NAME")
    return named and (token.name == "DEIXIS" or after is None or after.name == "NAME")


def _is_season(before: Token | None, after: Token | None) -> bool:
    """Tell whether "fall" is the season: "last fall", "in the fall of 2004" - not "the fall of the wall"."""
    if before is not None and before.name in ("LAST", "NEXT", "THIS", "EDGE", "EVERY", "FOLLOWING", "PREVIOUS"):
        return True
    return after is not None and after.name == "YEAR"
