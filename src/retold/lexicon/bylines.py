"""The forms of bylines: how they open, what parts their names, and which words of them are no name.

Owns the grammar alone; which line of a page is a byline is judged by the stages. Dates and times that stand on the line
part names as a bar does: ``Posted on 3 May 2021 by Ann Poe | 4 comments``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from retold.lexicon.calendar import dates_in, weekday_names
from retold.lexicon.load import entries
from retold.text.spans import Span

MAX_NAME_WORDS = 6
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|org|net|html)\b", re.IGNORECASE)
_HANDLE = re.compile(r"(?<=\w)\s+@\w{2,30}(?![\w.])")
_PART = "|"
# "10:41 pm", "14.05 Uhr", "17/02/2020": what else on a line of names says when.
_WHEN = re.compile(
    r"(?<![\w/])(?:\d{1,2}/\d{1,2}/(?:\d\d){1,2}|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?(?:[ap]\.?m\b\.?|uhr\b|h\b))?)(?![\w/])",
    re.IGNORECASE,
)
# "rb/dpa", "srt/ob": signs of writers and agencies, written as one.
_SIGN = re.compile(r"(?<![^\s,;|])[\w.-]{1,9}(?:/[\w.-]{1,9})+(?![^\s,;|])")
_ASIDE = re.compile(r"\s[–—-]\s.*$", re.DOTALL)
_NAME_WORD = re.compile(r"^[^\W\d_][\w.'’-]*$")
PARTICLES = frozenset(
    {"and", "und", "et", "y", "e", "og", "och", "de", "van", "von", "der", "den", "del", "di", "da", "la", "le",
     "al", "el", "bin", "ben", "for", "the", "in", "of", "with"}
)  # fmt: skip
"""Words in small letters that stand in names and between them."""
_LEAST_NAME_WORDS, _MOST_NAME_WORDS = 2, 4


@cache
def _opens() -> str:
    return "|".join(re.escape(words) for words in sorted(entries("credits")["byline"]["opens"], key=len, reverse=True))


@cache
def byline_opening() -> re.Pattern[str]:
    """Return the pattern of what opens a byline before a name: "By ", "Von: "."""
    return re.compile(rf"^(?:{_opens()})(?:\s*:\s*|\s+)(?=[^\W\d_])", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    leads = "|".join(re.escape(word) for word in entries("credits")["byline"]["leads"])
    return re.compile(rf"\s*(?:(?:{leads})\s+){{0,4}}(?:{_opens()})(?:\s*:\s*|\s+)", re.IGNORECASE)


@cache
def _split() -> re.Pattern[str]:
    joins = "|".join(join for join in entries("credits")["byline"]["joins"] if join.isalpha())
    return re.compile(rf"\s*[,;|/•·~\n&]\s*(?:(?:{joins})\s+)?|\s+(?:{joins})\s+")


@cache
def roles() -> frozenset[str]:
    """Return words that follow a writer's name, and never are one."""
    return frozenset(entries("credits")["byline"]["roles"])


@cache
def _no_names() -> frozenset[str]:
    byline = entries("credits")["byline"]
    return frozenset([*byline["leads"], *byline["degrees"], *byline["opens"], *byline["labels"]]) | weekday_names()


@cache
def _no_name_words() -> frozenset[str]:
    common = entries("function_words")["running"]["all"].split()
    return frozenset([*common, *entries("credits")["byline"]["sections"]]) - PARTICLES


@cache
def _places() -> frozenset[str]:
    places = entries("places")
    known = (places["countries"], *places["countries"].values(), places["regions"]["names"], places["cities"]["names"])
    return frozenset(name.casefold() for names in known for name in names)


@cache
def _titles() -> re.Pattern[str]:
    titles = "|".join(re.escape(title) for title in entries("credits")["byline"]["titles"])
    return re.compile(rf"^(?:(?:{titles})\.?\s+)+")


def names_in(byline: str) -> Iterator[tuple[str, Span]]:
    """Yield the names of a byline with their places in it.

    >>> [name for name, _ in names_in("By Dr. Ann Poe and Bo Lund, political editor")]
    ['Ann Poe', 'Bo Lund']
    >>> [name for name, _ in names_in("Posted on 3 May 2021 by Ann Poe")]
    ['Ann Poe']
    """
    if is_address(byline):
        return
    parted = _without_times(_HANDLE.sub(lambda handle: _PART * len(handle[0]), byline))
    is_first = True
    for begin, end in _parts(parted):
        opening = _opening().match(parted, begin, end) if is_first else None
        start = opening.end() if opening else begin
        name = _ASIDE.sub("", _titles().sub("", byline[start:end])).strip(" .:-–—\t\r\n")
        if name and _is_name(name):
            is_first = False
            at = byline.index(name, start)
            yield name, Span(at, at + len(name))


def is_address(words: str) -> bool:
    """Tell whether the words are an address of mail or web, and no name; a name with its handle behind it is one."""
    return _ADDRESS.search(_HANDLE.sub("", words)) is not None


def _parts(parted: str) -> Iterator[tuple[int, int]]:
    """Give where each part of a byline stands that may be a name; a sign with strokes in it is one."""
    whole = _SIGN.sub(lambda sign: sign[0].replace("/", "_") if _is_sign(sign[0]) else sign[0], parted)
    at = 0
    for mark in _split().finditer(whole):
        yield at, mark.start()
        at = mark.end()
    yield at, len(parted)


def _is_sign(words: str) -> bool:
    """Tell whether each word between strokes is of one case, as signs are: two names would not be."""
    return all(word.islower() or word.isupper() for word in words.split("/"))


def _without_times(byline: str) -> str:
    """Return the byline with bars in place of its dates and times, as long as it was."""
    if not any(character.isdigit() for character in byline):
        return byline
    for date in reversed(dates_in(byline)):
        byline = byline[: date.span.start] + _PART * date.span.size + byline[date.span.end :]
    return _WHEN.sub(lambda found: _PART * len(found[0]), byline)


def _is_name(name: str) -> bool:
    folded = name.casefold().strip(" .")
    words = folded.split()
    if folded in roles() or any(folded.startswith(f"{role} ") for role in roles()):
        return False
    if len(words) > MAX_NAME_WORDS or all(word.strip(".:") in _no_names() for word in words):
        return False
    if any(word.isdecimal() for word in words):
        return False
    return _ADDRESS.search(name) is None and any(c.isalpha() for c in name)


def is_full_name(name: str) -> bool:
    """Tell whether these words have the form of a person's name: two to four, capitalised but for particles; no place.

    >>> is_full_name("Ann van Poe"), is_full_name("Comments closed"), is_full_name("Ann")
    (True, False, False)
    """
    words = name.split()
    if not _LEAST_NAME_WORDS <= len(words) <= _MOST_NAME_WORDS or not words[0][0].isupper():
        return False
    proper = all(_NAME_WORD.match(word) and (word[0].isupper() or word in PARTICLES) for word in words)
    if not _no_name_words().isdisjoint(word.casefold() for word in words):
        return False
    return proper and words[0].casefold() not in PARTICLES and name.casefold() not in _places()
