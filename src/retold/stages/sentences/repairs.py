"""Repairs of sentence breaks, each for one habit of news text.

``repaired`` takes the breaks a library gave inside one paragraph and returns the right ones. Breaks are positions of
a sentence's first character. Each rule adds or drops breaks by the characters around them; none looks at word lists
beyond the short abbreviations named here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from retold.plain.quotations import Quotation, quotations, signatures
from retold.text.spans import Span

_LONGEST_JOINED = 1000
"""Characters of the longest quotation whose inner breaks are dropped: beyond it, marks are more likely mispaired."""

_BULLET_LINE = re.compile(r"\n[ \t]*(?=[•‣▪●◦*·–—-][ \t])")
_LINE_END = re.compile(r"[.!?…]['\"”’)\]]{0,3}[ \t]*\n\s*(?=\S)")
# "…said.The minister": an extractor dropped the white space between two paragraphs.
_GLUED = re.compile(r"(?:(?<=[a-zß-ÿ)%]{3})|(?<=\b\d{4}))[.!?…][\"”’)]{0,2}(?=[\"“‘]?[A-ZÀ-Þ][a-zß-ÿ’' ])")
_ADDRESS = re.compile(r"@|/|www\.|\w\.[a-z]{2,}\.")
_CLOSING_MARKS = re.compile(r"[\"”’'»)\]]{1,3}(?=\s|$)")
_NEVER_FIRST = frozenset(",;)]")
"""Characters no sentence begins with: a stop before them shortens a word, as in "(D-Fla.), who"."""
_TITLE_END = re.compile(
    r"\b(?:Lt|Col|Gen|Maj|Capt|Sgt|Cmdr|Comdr|Adm|Brig|Cpl|Pvt|Rev|Hon|Gov|Sen|Rep|Dr|Mr|Mrs|Ms|Prof|Supt|Insp|Det"
    r"|Messrs|Spc|Sec|Asst|Dep|Sens|Reps|Govs|Gens|Drs|Profs|Revs)\.\s*$"
)
_NUMBER_END = re.compile(r"\b(?:No|Nos|Art|Sec|Fig|Vol|Ch|pp?|approx|est)\.\s*$")
_CLOCK_END = re.compile(r"\b[ap]\.m\.\s*$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{1,2}[SD]?T\b|GMT|UTC|(?:Eastern|Central|Mountain|Pacific|Local)\b"
    r"|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\b)"
)
_STATES_END = re.compile(r"\b(?:U\.S|U\.K|U\.N|E\.U)\.\s*$")
_AFTER_STATES = re.compile(
    r"(?:Army|Navy|Air Force|Marines?|Coast Guard|President|Vice President|Senat|House|Congress|Supreme|District"
    r"|Attorney|Secretary|Department|Embassy|Ambassador|Treasury|Security|Capitol|Representative|Rep\.|Sen\.|Border|Customs"
    r"|Open|General|High Commissioner|Special|Food|Bureau|Census|Geological|Forest|Fish|Court|Food|Central|Chamber)"
)
_INITIAL_END = re.compile(r"(?:^|[\s.(])[A-Z]\.\s*$")
_NAME_BEFORE_INITIAL = re.compile(r"(?:^|\s)(?:[A-Z][a-z]+|[A-Z]\.)\s+[A-Z]\.\s*$")
# Words that begin a sentence whatever short word stands before the stop, unless it is a title, an initial or "v.".
_STARTER = re.compile(
    r"(?<![\s(.][A-Z])(?<![\s.]v)(?<!\svs)[.][ \t]+"
    r"(?=(?:The|He|She|They|It|But|However|Meanwhile|There|This|These|Those|We)\s)"
)
# "… in Washington, D.C. Sen. Ann Reed, …": the district's name ends the sentence where a title begins the next.
_DISTRICT_END = re.compile(r"\bD\.C\.[ \t]+(?=(?:Sens?|Reps?|Govs?|Mrs?|Ms|Dr)\.\s)")
_ZONE_END = re.compile(r"\b(?:E[SD]?T|P[SD]?T|C[SD]T|M[SD]T|GMT|BST|CET|UTC)\.[ \t]+(?=[A-Z])")
_COUNTER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[A-Za-z])[.)]\s*$")
_LOOK_BACK = 40
"""Characters before a break that abbreviation rules look at."""
_CUE = re.compile(
    r"\s*(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|added|told|wrote|tweeted|shouted|replied|cried|yelled|continued|warned"
    r"|joked|quipped|recalled|argued|insisted|explained|concluded|exclaimed|declared|answered|noted|posted)\b"
)


def repaired(text: str, paragraph: Span, breaks: set[int]) -> set[int]:
    """Return the breaks of a paragraph after all repairs."""
    marks = quotations(text, paragraph)
    breaks = breaks | _line_breaks(text, paragraph) | _starter_breaks(text, paragraph)
    breaks |= _glued_breaks(text, paragraph, marks)
    breaks = {_after_closing_marks(text, paragraph, at) for at in breaks}
    breaks = {at for at in breaks if text[at : at + 1] not in _NEVER_FIRST}
    breaks = {at for at in breaks if not _is_abbreviation(text, paragraph, at)}
    breaks = _without_attributed(text, paragraph, breaks, marks)
    breaks = _round_signatures(text, paragraph, breaks)
    return {at for at in _without_empty(text, paragraph, breaks) if paragraph.start < at < paragraph.end}


def _round_signatures(text: str, paragraph: Span, breaks: set[int]) -> set[int]:
    """Part the signatures of embedded posts from what stands before and after them, and keep each whole."""
    for start, end in signatures(text, paragraph):
        breaks = {at for at in breaks if not start < at < end} | {start, end}
    return breaks


def _line_breaks(text: str, paragraph: Span) -> set[int]:
    """Return breaks at bullets and after lines that end as a sentence does."""
    bullets = (match.end() for match in _BULLET_LINE.finditer(text, *paragraph))
    return {*bullets, *(match.end() for match in _LINE_END.finditer(text, *paragraph))}


def _starter_breaks(text: str, paragraph: Span) -> set[int]:
    """Return breaks that the library missed: before words that begin sentences, and after time zones."""
    return {match.end() for rule in (_STARTER, _ZONE_END, _DISTRICT_END) for match in rule.finditer(text, *paragraph)}


def _glued_breaks(text: str, paragraph: Span, marks: list[Quotation]) -> set[int]:
    found: set[int] = set()
    openings = {quotation.start for quotation in marks}
    for match in _GLUED.finditer(text, *paragraph):
        left = max(text.rfind(" ", paragraph.start, match.start()), text.rfind("\n", paragraph.start, match.start()))
        right = match.end() + 20
        if _ADDRESS.search(text[max(left + 1, match.start() - 60) : min(right, paragraph.end)].split(maxsplit=1)[0]):
            continue
        at = match.end()
        while at - 1 > match.start() and at - 1 in openings:
            at -= 1
        found.add(at)
    return found


def _after_closing_marks(text: str, paragraph: Span, at: int) -> int:
    """Return the break moved behind closing marks that stand alone at the start of what follows it."""
    match = _CLOSING_MARKS.match(text, at, paragraph.end)
    if match is None:
        return at
    at = match.end()
    while at < paragraph.end and text[at].isspace():
        at += 1
    return at


def _is_abbreviation(text: str, paragraph: Span, at: int) -> bool:
    """Tell whether the stop before the break only shortens a word."""
    before = text[max(paragraph.start, at - _LOOK_BACK) : at]
    if before.endswith("\n") and before.rstrip(" \t").endswith("\n") and _BULLET_LINE.match(text, at - 1):
        return False
    after = text[at : at + _LOOK_BACK].lstrip()
    if _TITLE_END.search(before):
        return after[:1].isupper()
    if _NUMBER_END.search(before):
        return after[:1].isdigit()
    if _CLOCK_END.search(before):
        return bool(_AFTER_CLOCK.match(after)) or after[:1].islower()
    if _STATES_END.search(before):
        return bool(_AFTER_STATES.match(after)) or after[:1].islower()
    if _INITIAL_END.search(before):
        return bool(_NAME_BEFORE_INITIAL.search(before)) and bool(re.match(r"[A-Z][\w’'-]+[,.]?\s", after))
    return False


def _is_attributed(text: str, paragraph: Span, quotation: Quotation) -> bool:
    """Tell whether the sentence runs on past the quotation's end, as it does before an attribution."""
    last = text[quotation.end - 2]
    rest = text[quotation.end : min(paragraph.end, quotation.end + 80)]
    if last == "," or rest.startswith(","):
        return True
    line = rest.split("\n", 1)[0].lstrip()
    return line[:1].islower() or (last in "?!…" and _CUE.match(rest) is not None)


def _without_attributed(text: str, paragraph: Span, breaks: set[int], marks: list[Quotation]) -> set[int]:
    """Drop the breaks inside a quotation that its attribution follows, and the one between the two."""
    dropped: set[int] = set()
    ordered = sorted(breaks)
    for quotation in marks:
        if not quotation.closed or quotation.end - quotation.start > _LONGEST_JOINED:
            continue
        inside = ordered[bisect_right(ordered, quotation.start) : bisect_left(ordered, quotation.end)]
        behind = quotation.end
        while behind < paragraph.end and text[behind].isspace():
            behind += 1
        between = ordered[bisect_left(ordered, quotation.end) : bisect_right(ordered, behind)]
        if (inside or between) and _is_attributed(text, paragraph, quotation):
            dropped.update(inside, between)
    return breaks - dropped


def _without_empty(text: str, paragraph: Span, breaks: set[int]) -> set[int]:
    """Drop breaks that leave a piece without a word: it goes with the piece before, a counter with the next."""
    kept: list[int] = []
    edges = [*sorted(breaks), paragraph.end]
    start = paragraph.start
    for at, following in pairwise(edges):
        before, after = text[start : min(at, start + _LOOK_BACK)], text[at:following]
        has_word = any(map(str.isalnum, after))
        starts_line = "\n" in text[max(start, at - 2) : at]
        if (has_word or starts_line) and not _COUNTER.fullmatch(before) and not before.isspace():
            kept.append(at)
            start = at
    return set(kept)
