"""The forms in which reports credit agencies and pictures: trailing picture credits, credit lines, sign-offs.

Owns the grammar over one stretch of text, fed by ``credits.toml`` and ``agencies.toml``. Which segments it is tried
on, and what follows, is decided by the stages of segments and marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from retold.lexicon.agencies import (
    agencies_in,
    agency_first_words,
    agency_like,
    agency_nouns,
    canonical_agency,
)
from retold.lexicon.load import entries
from retold.lexicon.phrases import any_of
from retold.text.spans import Span, trim

# A lone picture credit has so many words at most, and one that opens and ends as a credit fewer.
_MOST_CREDIT_WORDS, _MOST_CUED_WORDS = 12, 9
# Characters looked at from the end of a caption for its credit.
_TAIL = 110
_NAME = r"[^\W\d_][\w.'’&@-]*"


def alternatives(words: Sequence[str]) -> str:
    """Return a pattern for any of the phrases, longest first, with any white space between their words."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    # Where none of the first words stands, no phrase is tried: with a hundred of them that takes a tenth of the time.
    first = any_of(sorted({word.split()[0] for word in words}))
    whole = "|".join([re.escape(word).replace(r"\ ", r"\s+") for word in ordered])
    return f"(?={first})(?:{whole})"


@cache
def _cue_at_end() -> re.Pattern[str]:
    cues = alternatives(entries("credits")["picture"]["cues"])
    return re.compile(
        rf"(?:^|(?<=[\s.(\[|,;–—-]))[(\[]?(?:{cues})(?:\s+by\s+|\s+von\s+|\s*[:/|]\s*©?\s*|\s*©\s*)"
        r"(?P<who>[^.:;!?\n]{2,70})[.)\]]*\s*$",
        re.IGNORECASE,
    )


@cache
def _cue_at_start() -> re.Pattern[str]:
    cues = alternatives(entries("credits")["picture"]["cues"])
    return re.compile(rf"^[(\[]?\s*(?:{cues})(?:\s+by\s+|\s+von\s+|\s*[:/|]\s*|\s+©\s*)\S", re.IGNORECASE)


_SMALL_IN_CREDITS = frozenset(
    {"via", "for", "the", "von", "de", "van", "der", "den", "la", "le", "of", "and", "und", "by", "file",
     "photo", "pool", "images", "alliance"}
)  # fmt: skip

# A last bracket, a slashed name, or what follows a copyright sign or a dash.
_BRACKET_END = re.compile(r"[(\[](?P<who>[^()\[\]\n]{2,80})[)\]]\.?\s*$")
_COPYRIGHT_END = re.compile(r"(?:©|\bCopyright\b:?)\s?(?P<who>[^©\n]{2,70})$", re.IGNORECASE)
_PROPER = r"[^\W\d_a-zß-öø-ÿ][\w.'’&@-]*"
_SLASHED_END = re.compile(
    rf"(?:(?<=[.!?\s|–—-])|^)(?P<who>(?:{_PROPER}[ ](?:(?:de|van|der|von|al)[ ])?){{0,3}}{_NAME}\s?/"
    rf"\s?(?:{_NAME}[ /]){{0,4}}{_NAME}\.?)\s*$"
)
# "(Ann Poe/Post)": a photographer and, behind a slash, whom the picture is from, even where no list has the house.
_SLASHED_BRACKET = re.compile(
    rf"[(\[](?:{_PROPER}[ ]){{1,3}}(?:{_PROPER})\s?/\s?{_PROPER}(?:[ ][\w.&'’-]+){{0,4}}[)\]]\.?\s*$"
)

_DASHED_END = re.compile(r"(?:[.!?]\s+|\s[–—|-]\s)(?P<who>[^.!?\n]{2,50})$")
# What stands between a cue and a name; what stands before a name alone.
_CUE_ENDS = re.compile(r"[:/|©]|\s(?:by|von)\s", re.IGNORECASE)
_DASHES = re.compile(r"[.!?]\s|\s[–—|-]\s")
# "© 2019 Port Post" is a copyright line, no picture credit.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|rights|rechte", re.IGNORECASE)
_PICTURE_WORD = re.compile(r"\b(?:photos? by|courtesy|handout|screenshot|screengrab|via|foto|photo)\b", re.IGNORECASE)


def picture_credit_at_end(text: str, span: tuple[int, int] | None = None) -> Span | None:
    """Return the span of the picture credit that ends the stretch, its cue included, or None.

    >>> picture_credit_at_end("Dockers at the gate. Source: AAP")
    Span(start=21, end=32)
    """
    start, end = trim(text, span or (0, len(text)))
    base = max(start, end - _TAIL)
    tail = text[base:end]
    if not tail:
        return None
    bracket = _BRACKET_END.search(tail) if ")" in tail[-2:] or "]" in tail[-2:] else None
    if bracket and _names_house(bracket["who"], loose=True):
        return _credit_span(tail, bracket.start(), base, end)
    if "/" in tail and tail[-1] in ")]." and (slashed := _SLASHED_BRACKET.search(tail)):
        return _credit_span(tail, slashed.start(), base, end)
    if (last := _lone_end().search(tail)) is not None and last.start("who"):
        return _credit_span(tail, last.start("who"), base, end)
    has_cue = _CUE_ENDS.search(tail) is not None
    if has_cue and (match := _cue_at_end().search(tail)) and len(match["who"].split()) <= 9:
        return _credit_span(tail, match.start(), base, end)
    for pattern in _other_endings(tail):
        match = pattern.search(tail)
        if match is None or _YEAR.search(match["who"]):
            continue
        if pattern is _COPYRIGHT_END or (_is_short_credit(match["who"]) and _names_house(match["who"], loose=False)):
            return _credit_span(tail, match.start("who") if pattern is _DASHED_END else match.start(), base, end)
    return None


@cache
def _lone_end() -> re.Pattern[str]:
    """A last sentence of one word that says where the picture is from: "... at the gate. Supplied"."""
    words = "|".join(map(re.escape, entries("credits")["picture"]["lone"]))
    return re.compile(rf"[.!?\"”]\s+(?P<who>(?:{words}))\.?\s*$")


def _other_endings(tail: str) -> Iterator[re.Pattern[str]]:
    """Give the forms of a credit at the end that can be found in the stripped tail, by the marks they need."""
    if "©" in tail or "copyright" in tail.casefold():
        yield _COPYRIGHT_END
    if "/" in tail:
        yield _SLASHED_END
    if tail[-1] not in ".!?" and _DASHES.search(tail) is not None:
        yield _DASHED_END


def _credit_span(tail: str, at: int, base: int, end: int) -> Span:
    while tail[at].isspace():
        at += 1
    return Span(base + at, end)


def _names_house(who: str, *, loose: bool) -> bool:
    """Tell whether the words are a credit: an agency and little else, or "courtesy of", "photo by", "via"."""
    named = agencies_in(who)
    pieces = re.split(r"[/,]", who)
    if not loose and (agency_like(pieces[0]) or (len(pieces) > 1 and _is_picture_house(pieces[-1]))):
        return True
    if named:
        left = len(who.split()) - sum(len(who[n.span.start : n.span.end].split()) for n in named)
        return left <= 6
    return loose and _PICTURE_WORD.search(who) is not None


def _is_picture_house(name: str) -> bool:
    """Tell whether a name behind a stroke is that of a house that sells pictures: "GC Images"."""
    words = name.strip(" .").split()
    return len(words) > 1 and words[0][:1].isupper() and words[-1].casefold() in _HOUSE_ENDINGS


_HOUSE_ENDINGS = frozenset({"images", "pictures", "photos", "photography", "pix", "bilder", "fotos", "bildagentur"})


def _is_short_credit(who: str) -> bool:
    """Tell whether the words after a dash or a full stop, or around a slash, are names and nothing else."""
    pieces = re.findall(r"[^\W\d_][\w.'’&@-]*", who)
    small = [word for word in pieces if word[0].islower() and word not in _SMALL_IN_CREDITS]
    return len(pieces) <= 8 and (not small or only_agencies(who))


def opens_like_picture_credit(text: str) -> bool:
    """Tell whether the words begin "Photo:", "Foto von", "Source:" with a name after."""
    return _cue_at_start().match(text) is not None


@cache
def _opening() -> re.Pattern[str]:
    opens = alternatives(entries("credits")["credit_line"]["opens"])
    return re.compile(rf"^[(\[*_—–-]*\s*(?:{opens})(?:\s*:\s*|\s+)(?P<who>\S[^\n]*?)[)\].*_]*\s*$", re.IGNORECASE)


@cache
def _closing() -> re.Pattern[str]:
    closes = alternatives(entries("credits")["credit_line"]["closes"])
    return re.compile(rf"(?:{closes})\W{{0,4}}$", re.IGNORECASE)


@cache
def _signoff() -> re.Pattern[str]:
    opens = alternatives(entries("credits")["credit_line"]["signoff"])
    return re.compile(rf"^[(\[]?\s*(?:{opens})(?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE)


@cache
def signoff_at_end() -> re.Pattern[str]:
    """Return the pattern of a bracketed sign-off at a paragraph's end: "(Reporting by Ann Poe)"."""
    opens = alternatives(entries("credits")["credit_line"]["signoff"])
    return re.compile(rf"[(\[](?:{opens})\s[^()\[\]]*[)\]]\s*$", re.IGNORECASE)


_FILLERS = re.compile(
    r"\b(?:and|und|et|y|agencies|agency|news|wires?|the|by|von|staff|with|mit|photo|photos|agenturen|nachrichtenagentur|"
    r"newsroom|online|sport|files?|from)\b|[\W\d_]+",
    re.IGNORECASE,
)


def only_agencies(words: str) -> bool:
    """Tell whether nothing but agencies is named: "AFP", "AFP and Reuters", "AP, AFP"."""
    found = agencies_in(words)
    if not found:
        return False
    rest = words
    for agency in reversed(found):
        rest = rest[: agency.span.start] + " " + rest[agency.span.end :]
    return not _FILLERS.sub("", rest)


_CREDIT_MARK = re.compile(r"['’()\[\]{}:/|©.!?–—_*-]")


@cache
def _credit_closings() -> re.Pattern[str]:
    return re.compile(any_of(closing_phrases()))


@cache
def _credit_words() -> frozenset[str]:
    """The casefolded words without one of which a text without punctuation is no credit and holds none."""
    return frozenset({"by", "von", "copyright"}) | agency_first_words() | agency_nouns()


@cache
def rare_in_credits() -> tuple[str, ...]:
    """Return the casefolded phrases without one of which a text ends in few forms of a picture credit."""
    picture = entries("credits")["picture"]
    return tuple(phrase.casefold() for phrase in (*picture["cues"], *picture["lone"], "copyright"))


@cache
def closing_phrases() -> tuple[str, ...]:
    """Return the casefolded phrases of lines that say who contributed."""
    return tuple(phrase.casefold() for phrase in entries("credits")["credit_line"]["closes"])


def may_end_in_picture_credit(text: str) -> bool:
    """Tell of a trimmed text without any of ``rare_in_credits`` whether a picture credit may end it; no false "no"."""
    tail = text[-_TAIL:]
    if ")" in tail[-2:] or "]" in tail[-2:] or "/" in tail or "©" in tail:
        return True
    return tail[-1:] not in ".!?" and _DASHES.search(tail) is not None


def may_name_agency(text: str, folded: Sequence[str]) -> bool:
    """Tell whether a text of these casefolded words may name an agency, in a list or not; no false "no"."""
    if "'" in text or "’" in text:
        return True
    return not (agency_first_words().isdisjoint(folded) and agency_nouns().isdisjoint(folded))


def may_hold_credit(text: str, folded: Sequence[str], *, may_close: bool = True) -> bool:
    """Tell cheaply whether a text of these casefolded words can be a credit or end in one; no false "no".

    ``may_close`` says whether one of ``closing_phrases`` may stand in it.
    """
    if not _credit_words().isdisjoint(folded) or _CREDIT_MARK.search(text) is not None:
        return True
    return may_close and _credit_closings().search(text.casefold()) is not None


def credited_words(text: str) -> str | None:
    """Return the words that name who is credited when the whole text is a credit line, or None.

    >>> credited_words("With Halden Wire")
    'Halden Wire'
    """
    bare = text.strip("()[] .–—-*_/\n\t").removeprefix("©").strip()
    if canonical_agency(bare) or only_agencies(bare):
        return bare
    opening = _opening().match(text.strip())
    if opening:
        who = opening["who"].strip()
        if only_agencies(who) or agency_like(who):
            return who
    return None


def credit_form(
    text: str, n_words: int, *, may_close: bool = True, may_name: bool = True, may_be_pictured: bool = True
) -> str | None:
    """Return which form of credit the whole block is: "sign-off", "contributed", "credit line", "picture", or None.

    What is known not to stand in it is not looked for: ``closing_phrases``, an agency, a picture credit at its end.
    """
    if n_words > 45:
        return None
    folded = text.casefold()
    if "by" in folded and _signoff().match(text) and (n_words <= 25 or text.lstrip()[:1] in "(["):
        names = text.split()
        if len(names) > 2 and sum(word[:1].isupper() for word in names) * 3 >= len(names):
            return "sign-off"
    if may_close and _credit_closings().search(folded) and _closing().search(text):
        return "contributed"
    if n_words > 14:
        return None
    if may_name and credited_words(text):
        return "credit line"
    if not may_be_pictured:
        return None
    span = picture_credit_at_end(text)
    whole = trim(text, (0, len(text)))
    if span is None or n_words > _MOST_CREDIT_WORDS:
        return None
    return "picture" if span.start - whole.start <= 1 or _is_twice_cued(text, n_words) else None


def _is_twice_cued(text: str, n_words: int) -> bool:
    """Tell whether a few words open as a picture credit, whatever they end in: "Image credit: Post (Photo: AP)"."""
    return n_words <= _MOST_CUED_WORDS and opens_like_picture_credit(text)
