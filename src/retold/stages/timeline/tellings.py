"""Tellings: the clauses of one report that tell an event, with their date, factuality and order.

A telling is a clause with a time of its own, or one that the words tie to such a clause. What is only said, asked or
imagined is none: direct quotations, conditions, and the words that say who says so are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar

from retold.lexicon import entries
from retold.model.facts import Claim, Factuality, TimeExpression, TimeType
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages.timeline.acts import acts_of_nouns
from retold.stages.timeline.clauses import PREVIOUS, clauses_of
from retold.stages.timeline.judging import (
    after_the_time_of_saying,
    begins_with_verb,
    factuality_of,
    is_event,
    is_modifier,
    is_of_cue,
    is_quoted,
    is_result,
    opened,
    outside_quotes,
    shown,
)
from retold.stages.timeline.verbs import Core, Word, attaches, core_of, words_in
from retold.text.edtf import Days, format_days, parse
from retold.text.spans import Span
from retold.text.words import words_of


@dataclass(slots=True)
class Telling:
    """One clause that tells an event. ``keys`` are its telling words; ``time`` gave its date.

    ``shown`` is what a reader is shown: the clause with its subject where it has none of its own.

    Not frozen: the order found later in the page is added while the page is read.
    """

    page: PageId
    sentence: Span
    span: Span
    shown: Span
    keys: frozenset[str]
    date: str | None
    time: TimeExpression | None
    factuality: Factuality
    series: bool
    refers: bool
    verb: str = ""
    after: list[Telling] = field(default_factory=list)
    close_after: list[Telling] = field(default_factory=list)


@cache
def _words() -> dict[str, Any]:
    return entries("events")


def tellings_of(
    page: PageId,
    text: str,
    sentences: Sequence[Sentence],
    times: Sequence[TimeExpression],
    claims: Sequence[Claim],
    published: str | None = None,
) -> list[Telling]:
    """Return the tellings of one page, in reading order; ``published`` is its day."""
    told: list[Telling] = []
    previous: Telling | None = None
    starts = [sentence.start for sentence in sentences]
    times_at = _by_sentence(starts, [(time.span.start, time) for time in times])
    claims_at = _by_sentence(starts, [(span.start, claim) for claim in claims for span in claim.cue])
    for i, sentence in enumerate(sentences):
        if sentence.kind in _NOT_READ:
            continue
        here = [time for time in times_at.get(i, []) if sentence.span.holds(time.span)]
        found = _of_sentence(page, text, sentence, here, _apart(text, sentence, claims_at.get(i, [])), previous)
        for telling in found:
            telling.date = telling.date or _deadline(text, telling, here, published)
        found = [t for t in found if is_told_in_time(t, published) and not (t.date is None and _is_due(text, t))]
        told += found
        previous = next((t for t in reversed(found) if not t.refers), previous)
    return _ordered_by_nouns(text, told)


R = TypeVar("R")


def _by_sentence(starts: Sequence[int], placed: Sequence[tuple[int, R]]) -> dict[int, list[R]]:
    """Return what stands in each sentence (its index), by the sentence that begins last before it."""
    found: dict[int, list[R]] = {}
    for at, row in placed:
        rows = found.setdefault(bisect_right(starts, at) - 1, [])
        if row not in rows:
            rows.append(row)
    return found


_NOUN_ORDER = re.compile(
    r"(?:(?:just|only|shortly)\s+)?(?P<unit>minutes|moments|hours|days|weeks|months)\s+(?P<side>after|before)\s+"
    r"(?:the|its|his|her|their)\s+(?:[\w-]+\s){0,2}(?P<noun>[a-z]+)(?=,\s)",
    re.IGNORECASE,
)


def _ordered_by_nouns(text: str, told: list[Telling]) -> list[Telling]:
    """Order clauses such as "Hours after the collapse, ..." by the one clause that told the collapse; drop the rest."""
    kept: list[Telling] = []
    for telling in told:
        found = _NOUN_ORDER.match(text, telling.span.start, telling.span.end) if telling.date is None else None
        if found is None:
            kept.append(telling)
            continue
        stem = stem_of(found["noun"].casefold())
        others = [t for t in told if t.verb == stem and t is not telling]
        other = next((t for t in others if t.date is not None), next(iter(others), None))
        if other is None:
            continue
        first, second = (other, telling) if found["side"].lower() == "after" else (telling, other)
        second.after.append(first)
        if found["unit"].lower() in _words()["order"]["units_within_a_day"]:
            second.close_after.append(first)
        kept.append(telling)
    return kept


def _deadline(text: str, telling: Telling, times: Sequence[TimeExpression], published: str | None) -> str | None:
    """Return the days up to a deadline counted from the day of print: "will report within 30 days"."""
    day = parse(published) if published else None
    if telling.factuality is not Factuality.EXPECTED or day is None:
        return None
    for time in times:
        length = re.fullmatch(r"P(\d{1,3})([DW])", time.value)
        if length and telling.span.holds(time.span) and text[: time.span.start].rstrip().endswith("within"):
            n_days = int(length[1]) * (7 if length[2] == "W" else 1)
            return format_days(Days(day.first, day.first + n_days))
    return None


def is_told_in_time(telling: Telling, published: str | None) -> bool:
    """Tell whether the date fits the tense: nothing has happened after the day of print, nothing is to come before."""
    day, date = parse(published) if published else None, parse(telling.date) if telling.date else None
    if day is None or date is None:
        return True
    if telling.factuality is Factuality.EXPECTED:
        return date.last >= day.first
    to_come = "/" in (telling.date or "") and date.first >= day.first and date.last > day.last  # "later this month"
    return date.first <= day.last and not to_come


_NOT_READ = frozenset({SegmentKind.HEADLINE, SegmentKind.CROSSHEAD, SegmentKind.PULLQUOTE, SegmentKind.CORRECTION})


def _apart(text: str, sentence: Sentence, claims: Sequence[Claim]) -> list[Span]:
    """Return the stretches of a sentence that only say who says so."""
    plain = set(_words()["attribution"]["plain"])
    found: list[Span] = []
    for claim in claims:
        cue = [span for span in claim.cue if sentence.span.holds(span)]
        if not cue or not {word.key for span in cue for word in words_of(text, span)} & plain:
            continue
        if _REPORTED_THING.match(text, cue[-1].start):
            continue
        parts = cue + [span for span in (*claim.source, *claim.to) if sentence.span.holds(span)]
        whole = Span(min(part.start for part in parts), max(part.end for part in parts))
        content = [span for span in claim.content if sentence.span.holds(span)]
        if content and not any(span.overlaps(whole) for span in content):
            found.append(whole)
    return found


# "A driver reported a fault" tells an act; "reported that the crane failed" passes words on.
_REPORTED_THING = re.compile(
    r"(?:reported|claimed) (?:an?|the|his|her|its|their)\b|claimed (?:another|victory|responsibility)\b"
)


def _of_sentence(
    page: PageId,
    text: str,
    sentence: Sentence,
    times: Sequence[TimeExpression],
    apart: Sequence[Span],
    previous: Telling | None,
) -> list[Telling]:
    if _is_no_statement(text, sentence):
        return []
    own = [time for time in times if not is_of_cue(text, time.span, apart)]
    clauses = clauses_of(text, sentence.span, times=[time.span for time in times], apart=apart)
    tellings = [_telling(page, text, sentence, _without_cue_time(text, span, times), own) for span in clauses.spans]
    for earlier, later, close in clauses.orders:
        first, second = previous if earlier == PREVIOUS else tellings[earlier], tellings[later]
        if first is None or second is None or first is second:
            continue
        second.after.append(first)
        if close:
            second.close_after.append(first)
    tied = {id(t) for second in tellings if second for t in [*second.after, *([second] if second.after else [])]}
    placed = [t for t in tellings if t is not None and (_is_placed(text, t, tied))]
    placed = [t for t in placed if apart or not _is_supposed(text, t)]
    return placed + _acts_of_nouns(page, text, sentence, own, placed)


def _is_supposed(text: str, telling: Telling) -> bool:
    """Tell whether "would" supposes something in the writer's own voice: "a vote on Friday would show ..."."""
    words = text[telling.span.start : telling.span.end]
    return telling.factuality is Factuality.EXPECTED and re.search(r"\bwould\b(?! be held)", words) is not None


def _acts_of_nouns(
    page: PageId, text: str, sentence: Sentence, times: Sequence[TimeExpression], told: Sequence[Telling]
) -> list[Telling]:
    """Return what participles after a noun tell with a day of their own: "papers filed on Monday"."""
    if sentence.kind is SegmentKind.CAPTION:
        return []
    free = [time for time in times if not any(t.time is time for t in told)]
    return [
        Telling(
            page=page,
            sentence=sentence.span,
            span=span,
            shown=span,
            keys=keys_of(text, span, times),
            date=time.edtf,
            time=time,
            factuality=Factuality.HAPPENED,
            series=False,
            refers=False,
            verb=stem_of(act),
        )
        for span, act, time in acts_of_nouns(text, sentence.span, free)
    ]


def _is_placed(text: str, telling: Telling, tied: Container[int]) -> bool:
    """Tell whether something places the clause in time: a date, an order, the event it refers to."""
    by_noun = _NOUN_ORDER.match(text, telling.span.start, telling.span.end) is not None
    return telling.date is not None or id(telling) in tied or telling.refers or by_noun or _is_due(text, telling)


def _is_due(text: str, telling: Telling) -> bool:
    words = text[telling.span.start : telling.span.end]
    return telling.factuality is Factuality.EXPECTED and re.search(r"\bwithin\b", words) is not None


def _is_no_statement(text: str, sentence: Sentence) -> bool:
    """Tell whether the sentence asks, or speaks for the writer: "Did the board know?", "We think ..."."""
    words = text[sentence.start : sentence.end].rstrip(" \"'”’)")
    return words.endswith("?") or _OWN_VOICE.search(outside_quotes(text, sentence.span)) is not None


_OWN_VOICE = re.compile(r"(?<![\w.'’])(?:I|we|We|my|My|our|Our|you|You|your|Your|let['’]s|Let['’]s)(?![\w.]|['’]s)")


def _without_cue_time(text: str, span: Span, times: Sequence[TimeExpression]) -> Span:
    return opened(text, after_the_time_of_saying(text, opened(text, span), [time.span for time in times]))


def _telling(
    page: PageId, text: str, sentence: Sentence, span: Span, times: Sequence[TimeExpression]
) -> Telling | None:
    words = text[span.start : span.end]
    if not words or not _tells_an_event(words, sentence.kind) or is_quoted(text, sentence.span, span):
        return None
    series, refers = _is_series(words), _REFERS.match(words) is not None
    found = words_in(words)
    core = core_of(found)
    caption = sentence.kind is SegmentKind.CAPTION
    told = is_result(found) or (core is not None and is_event(found, _past_subject(core, words)))
    display = shown(text, sentence.span, span)
    if display is None or not (series or refers or caption or told):
        return None
    time = _time_of(text, sentence.span, span, times, found, None if series or refers or caption else core)
    return Telling(
        page=page,
        sentence=sentence.span,
        span=span,
        shown=display,
        keys=keys_of(text, span, times),
        date=time.edtf if time is not None else None,
        time=time,
        factuality=factuality_of(found, core, text[display.start : span.start]),
        series=series and time is not None,
        refers=refers,
        verb=stem_of(core.head) if core is not None else "",
    )


def _past_subject(core: Core, words: str) -> Core:
    """Return the core as if a subject stood before it, where the clause shares the subject of the one before."""
    return replace(core, first=1) if core.first == 0 and begins_with_verb(words) else core


def _tells_an_event(words: str, kind: SegmentKind) -> bool:
    if re.match(r"(?:if|unless|whether)\b", words, re.IGNORECASE):
        return False
    if kind is SegmentKind.CAPTION:
        # A caption tells what a picture shows; only an act it shows is an event.
        if re.search(r"\b(?:photo|picture|image|file|video|undated)\b", words, re.IGNORECASE):
            return False
        return any(re.search(rf"\b{verb}\b", words) for verb in _words()["verbs"]["acts_in_captions"])
    return True


_REFERS = re.compile(
    r"(?:The|This|That|These|Those|\w+day['’]s)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[a-z]\w+)\s+"
    r"(?:came|comes|follows|followed|happened|occurred|took place|marked|marks)\b"
)
_SERIES = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+teenth|[a-z]+tieth"
    r"|\d+|two|three|four|five|six|seven|eight|nine|ten|dozens of|several|hundreds of|twice|times)\b"
    r"(?:\s(?!(?:have|has|had|been|was|were)\b)[\w-]+){0,4}\s+since\b",
    re.IGNORECASE,
)


def _is_series(words: str) -> bool:
    """Tell whether the clause counts events over a time: "the 19th attack since October"."""
    return _SERIES.search(words) is not None


def noun_referred_to(text: str, telling: Telling) -> str | None:
    """Return the noun by which a clause refers back ("The resolution came …"), or None."""
    found = _REFERS.match(text[telling.span.start : telling.span.end])
    return found["noun"] if found else None


def _time_of(
    text: str, sentence: Span, span: Span, times: Sequence[TimeExpression], found: Sequence[Word], core: Core | None
) -> TimeExpression | None:
    """Return the time that dates the clause: the first that stands for its own verb and is no span or name's part."""
    series = _is_series(text[span.start : span.end])
    for time in times:
        if not span.holds(time.span) or time.edtf is None or time.type in (TimeType.DURATION, TimeType.SET):
            continue
        if time.value in {"PRESENT_REF", "PAST_REF", "FUTURE_REF"} or is_quoted(text, sentence, time.span):
            continue
        planned = _PLANNED_FOR.search(text, span.start, time.span.start) is not None
        if (_tells_a_span(text, span, time.span) and not planned) is not series or _VAGUE.search(text, *time.span):
            continue
        refers = _REFERS.match(text[span.start : span.end]) is not None
        if is_modifier(text, span, time.span) and not refers:
            continue
        place = (time.span.start - span.start, time.span.end - span.start)
        if core is not None and not attaches(found, core, place):
            continue
        return time
    return None


_VAGUE = re.compile(r"\b(?:century|centuries|decades?|generations?)\b", re.IGNORECASE)


_PLANNED_FOR = re.compile(r"\b(?:is|are|been|was|were) (?:now )?(?:scheduled|slated|set) for\s+\Z")


def _tells_a_span(text: str, span: Span, time: Span) -> bool:
    """Tell whether the time bounds a span: "since", "until", "from ... to" before it."""
    before = text[max(span.start, time.start - 12) : time.start].split()
    words = {before[-1].lower() if before else "", text[time.start : time.end].split()[0].lower()}
    return bool(words & set(_words()["since"]["words"]))


def keys_of(text: str, span: Span, times: Sequence[TimeExpression]) -> frozenset[str]:
    """Return the stems of the clause's telling words: no small words, no words of a time."""
    small = set(_words()["small"]["words"])
    return frozenset(
        stem_of(word.key)
        for word in words_of(text, span)
        if word.key not in small and not any(time.span.start <= word.start < time.span.end for time in times)
    )


def stem_of(key: str) -> str:
    """Return the word without the commonest endings, so that "strikes" meets "strike".

    >>> {stem_of(word) for word in ("strike", "strikes", "striking")}
    {'strik'}
    """
    for ending in ("ings", "ing", "ed", "es", "s", "e"):
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            return key[: -len(ending)]
    return key
