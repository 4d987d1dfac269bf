"""Tellings: the clauses of one report that tell an event, with their date, factuality and order.

A telling is a clause with a time of its own, or one that the words tie to such a clause. What is only said, asked or
imagined is none: direct quotations, conditions, and the words that say who says so are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from retold.lexicon import entries
from retold.model.facts import Claim, Factuality, TimeExpression, TimeType
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages.timeline.clauses import PREVIOUS, clauses_of
from retold.stages.timeline.coming import by_then, deadline, is_coming, is_due
from retold.stages.timeline.dating import after_the_time_of_saying, is_modifier, is_of_cue
from retold.stages.timeline.inside import (
    VAGUE,
    is_end_of_a_span,
    is_followed_by_year,
    joined_date,
    reports_in,
    said_in_lead,
    tellings_inside,
    tells_a_span,
)
from retold.stages.timeline.judging import (
    begins_with_verb,
    factuality_of,
    is_doubted,
    is_event,
    is_quoted,
    is_result,
    opened,
    shown,
    whole_quotes,
)
from retold.stages.timeline.lead import is_central, is_plain, lead_starts, open_date, tells_a_length
from retold.stages.timeline.linked import linked_part, slideshow_lines
from retold.stages.timeline.nouns import is_of_noun
from retold.stages.timeline.orders import noun_order, ordered_by_nouns
from retold.stages.timeline.resumed import resumed_clauses
from retold.stages.timeline.saying import is_no_statement, without_bare_saying, words_of_saying
from retold.stages.timeline.showing import through_aside, with_antecedent
from retold.stages.timeline.telling import Telling, is_open, is_told_in_time, keys_of, one_word_for, stem_of
from retold.stages.timeline.verbs import Core, Word, attaches, core_of, end_of_predicate, words_in
from retold.text.edtf import parse
from retold.text.spans import Span


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
    previous: tuple[int, Telling] | None = None
    starts = [sentence.start for sentence in sentences]
    times_at = _by_sentence(starts, [(time.span.start, time) for time in times])
    claims_at = _by_sentence(starts, [(span.start, claim) for claim in claims for span in claim.cue])
    slides, leads = slideshow_lines(text), lead_starts(text, sentences)
    for i, sentence in enumerate(sentences):
        if sentence.kind in _NOT_READ or is_no_statement(text, sentence):
            continue
        here = [time for time in times_at.get(i, []) if sentence.span.holds(time.span)]
        near = previous[1] if previous is not None and i - previous[0] <= NEAR_SENTENCES else None
        found = _of_sentence(page, text, sentence, here, claims_at.get(i, []), near)
        is_said = bool(claims_at.get(i))
        told += _undated(text, found, here, published if sentence.start in leads else None, is_said=is_said)
        found = [telling for telling in found if not telling.loose]
        for telling in found:
            if is_coming(text, telling, published):
                telling.factuality = Factuality.EXPECTED
            if telling.time is not None or telling.date is None:
                telling.date = by_then(text, telling, published) or deadline(text, telling, here, published)
        found = [t for t in found if _has_its_day(text, t, near)]
        on_slide = any(sentence.span.overlaps(line) for line in slides)
        found = [t for t in found if is_told_in_time(t, published) and not (t.date is None and is_due(text, t))]
        for telling in found:
            telling.shown = whole_quotes(text, through_aside(text, sentence, telling.shown))
            telling.shown = with_antecedent(text, sentences[i - 1] if i else None, sentence, telling)
        inside = tellings_inside(page, text, sentence, here, found, published)
        inside = [t for t in inside if _has_its_day(text, t, near)]
        found = [t for t in found if not (is_open(t.date) and _is_told_by_another(t, [*found, *inside]))] + inside
        found = without_bare_saying(text, sentence, found)
        for telling in found:
            if telling.named and any(t.factuality is Factuality.EXPECTED for t in found if not t.named):
                telling.factuality = Factuality.EXPECTED  # "is due to show the plan during a speech on Monday"
        if sentence.start in leads and not any(_is_near_print(t, published) for t in found):
            found += said_in_lead(page, text, sentence, claims_at.get(i, []), here)
        if on_slide:
            found = [telling for telling in found if _is_of_a_slide(text, telling)]
        for telling in found:
            telling.lead = leads.get(sentence.start, 0)
        told += found
        previous = next(((i, t) for t in reversed(found) if not t.refers and not t.named), previous)
    return ordered_by_nouns(text, told)


def _is_told_by_another(lead: Telling, others: Sequence[Telling]) -> bool:
    """Tell whether a clause of the same sentence tells the lead's deed with a day, or tells who said it on one."""
    dated = [t for t in others if t.date is not None and not is_open(t.date)]
    return any(lead.verb == t.verb or (t.span.holds(lead.span) and t.span != lead.span) for t in dated)


def _undated(
    text: str, found: Sequence[Telling], times: Sequence[TimeExpression], published: str | None, *, is_said: bool
) -> Iterator[Telling]:
    """Give what a lead is about an open date; yield what else is told without a place in time, to be joined only."""
    for telling in found:
        if telling.date is not None or not is_plain(text, telling):
            continue
        if published is not None and is_central(text, telling, times, is_said=is_said):
            telling.date, telling.loose = open_date(telling.factuality, published), False
        is_deed = telling.factuality is Factuality.HAPPENED and not _is_customary(text, telling.span)
        if telling.loose and is_deed and not tells_a_length(text, telling.span, times):
            yield telling


def _is_customary(text: str, span: Span) -> bool:
    """Tell whether the clause tells in the present passive what is done as a rule: "crews are then searched"."""
    words = words_in(text[span.start : span.end])
    core = core_of(words)
    return core is not None and words[core.first].low in {"is", "are"}


NEAR_SENTENCES = 4
"""What is told to follow "that" follows what was told at most so many sentences before."""


def _is_near_print(telling: Telling, published: str | None) -> bool:
    """Tell whether a telling is of the days around print: a lead that only tells of years ago tells its news too."""
    days, day = parse(telling.date or ""), parse(published) if published else None
    if days is None or day is None or is_open(telling.date):
        return True
    return day.first - days.last <= NEAR_PRINT_DAYS


NEAR_PRINT_DAYS = 60
"""What was longer ago is background (a day named without a year may lie half a year back)."""

R = TypeVar("R")


def _by_sentence(starts: Sequence[int], placed: Sequence[tuple[int, R]]) -> dict[int, list[R]]:
    """Return what stands in each sentence (its index), by the sentence that begins last before it."""
    found: dict[int, list[R]] = {}
    for at, row in placed:
        rows = found.setdefault(bisect_right(starts, at) - 1, [])
        if row not in rows:
            rows.append(row)
    return found


_CLOCK_ALONE = re.compile(
    r"(?:the\s)?(?:night|evening|morning|afternoon)|(?:(?:about|around|at)\s)?(?:\d{1,2}:\d\d(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|noon|midnight)"
    r"(?:\s[A-Z]{2,4})?",
    re.IGNORECASE,
)


def _has_its_day(text: str, telling: Telling, before: Telling | None) -> bool:
    """Tell whether a bare clock time has a day that is sure: that of what was told just before."""
    if telling.time is None or not _CLOCK_ALONE.fullmatch(text[telling.time.span.start : telling.time.span.end]):
        return True
    return before is not None and telling.date == before.date


def _is_of_a_slide(text: str, telling: Telling) -> bool:
    """Tell whether a slide's caption gives its day by number: "in July" may be that of a year after the report."""
    words = text[telling.time.span.start : telling.time.span.end] if telling.time is not None else ""
    return re.search(r"\d", words) is not None and telling.factuality is not Factuality.EXPECTED


_NOT_READ = frozenset({SegmentKind.HEADLINE, SegmentKind.CROSSHEAD, SegmentKind.PULLQUOTE, SegmentKind.CORRECTION})


def _of_sentence(
    page: PageId,
    text: str,
    sentence: Sentence,
    times: Sequence[TimeExpression],
    claims: Sequence[Claim],
    previous: Telling | None,
) -> list[Telling]:
    said = words_of_saying(text, sentence, claims)
    linked = linked_part(text, sentence.span)
    apart = [*said, linked] if linked is not None else said
    own = [time for time in times if not is_of_cue(text, time.span, apart)]
    clauses = clauses_of(text, sentence.span, times=[time.span for time in times], apart=apart)
    tellings = [_telling(page, text, sentence, _without_cue_time(text, span, times), own) for span in clauses.spans]
    tellings += [
        _telling(page, text, sentence, rest, own) for rest in resumed_clauses(text, sentence.span, clauses.spans)
    ]
    for earlier, later, close in clauses.orders:
        first, second = previous if earlier == PREVIOUS else tellings[earlier], tellings[later]
        if first is None or second is None or first is second:
            continue
        second.after.append(first)
        if close:
            second.close_after.append(first)
    tied = {id(t) for second in tellings if second for t in [*second.after, *([second] if second.after else [])]}
    for telling in tellings:
        if telling is not None:
            telling.loose = not _is_placed(text, telling, tied)
    placed = [telling for telling in tellings if telling is not None]
    placed = [t for t in placed if said or not _is_supposed(text, t)]
    placed = [t for t in placed if linked is None or not t.shown.overlaps(linked)]
    return placed + [
        t for t in reports_in(page, text, sentence, claims, times) if not any(t.time is o.time for o in placed)
    ]


def _is_supposed(text: str, telling: Telling) -> bool:
    """Tell whether "would" supposes something in the writer's own voice: "a vote on Friday would show ..."."""
    words = text[telling.span.start : telling.span.end]
    return telling.factuality is Factuality.EXPECTED and re.search(r"\bwould\b(?! be held)", words) is not None


def _is_placed(text: str, telling: Telling, tied: Container[int]) -> bool:
    """Tell whether something places the clause in time: a date, an order, the event it refers to."""
    by_noun = noun_order(text, telling.span) is not None
    return telling.date is not None or id(telling) in tied or telling.refers or by_noun or is_due(text, telling)


def _without_cue_time(text: str, span: Span, times: Sequence[TimeExpression]) -> Span:
    return opened(text, after_the_time_of_saying(text, opened(text, span), [time.span for time in times]))


def _telling(
    page: PageId, text: str, sentence: Sentence, span: Span, times: Sequence[TimeExpression]
) -> Telling | None:
    words = text[span.start : span.end]
    if span.start > sentence.start and _NO_START.match(words):
        return None
    if not words or not _tells_an_event(words, sentence.kind) or is_quoted(text, sentence.span, span):
        return None
    if is_doubted(text, sentence.span, span):
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
    if time is not None and core is not None:
        span, display = _one_predicate(span, display, found, core, time)
    return Telling(
        page=page,
        sentence=sentence.span,
        span=span,
        shown=display,
        keys=keys_of(text, display if _RELATIVE.match(words) else span, times),
        date=joined_date(text, time, times) if time is not None else None,
        time=time,
        factuality=factuality_of(found, core, text[display.start : span.start]),
        series=series and time is not None,
        refers=refers,
        verb=stem_of(core.head) if core is not None else "",
        subject=_subject_of(found, core, span, times) if core is not None else "",
        anew=_ANEW.match(text[display.start : display.end]) is not None,
    )


# What opens so is not what the same page told before.
_ANEW = re.compile(
    r"(?:An?|Another|Also|Separately|Meanwhile|In a (?:separate|second|different))\b"
    r"|(?:[\w-]+,?\s){0,6}(?:second|separate)\s"
)


def _subject_of(words: Sequence[Word], core: Core, span: Span, times: Sequence[TimeExpression]) -> str:
    """Return the stem of the last word before the verb that is no adverb and no sign; "" where a comma stands there.

    Of "Lund, a docker who was hurt, has" it is Lund: the word before what commas set off.
    """
    first = core.first
    if first and words[first - 1].text == ",":
        comma = next((k for k, word in enumerate(words) if word.text == ","), first)
        first = comma if 0 < comma <= MOST_NAME_WORDS else first
    for word in reversed(words[:first]):
        timed = any(time.span.start <= span.start + word.start < time.span.end for time in times)
        if timed or word.low in {"on", "in", "at"} or word.low in _words()["verbs"]["adverbs"]:
            continue
        if not word.low[:1].isalnum():
            return ""
        if not word.low.endswith("ly"):
            return one_word_for(stem_of(word.low))
    return ""


MOST_NAME_WORDS = 8
"""Words before the first comma that can be the whole subject."""


def _one_predicate(
    span: Span, display: Span, words: Sequence[Word], core: Core, time: TimeExpression
) -> tuple[Span, Span]:
    """Return the clause and what is shown of it without another predicate that begins after its verb and day."""
    after = max(core.last, next((i for i, w in enumerate(words) if span.start + w.start >= time.span.end), len(words)))
    cut = end_of_predicate(words, after, relative=words[0].low in {"who", "which"})
    if cut is None or display.end != span.end:
        return span, display
    end = span.start + words[cut - 1].end
    return Span(span.start, end), Span(display.start, end)


# A piece that begins so is the rest of a phrase, not a clause: what it hangs on was cut off.
_NO_START = re.compile(r"(?:against|of|to|for|with|by|from|via|about)\b")


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


_RELATIVE = re.compile(r"(?:who|which|whose|where)\b")
_REFERS = re.compile(
    r"(?:The|This|That|These|Those|\w+day['’]s)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[a-z]\w+)\s+"
    r"(?:came|comes|follows|followed|happened|occurred|took place|marked|marks)\b"
)
_SERIES = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+teenth|[a-z]+tieth"
    r"|\d+|(?<!\bthe )(?:two|three|four|five|six|seven|eight|nine|ten|dozens of|several|hundreds of|twice|times))\b"
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
        if is_followed_by_year(text, time.span) or is_end_of_a_span(text, time.span):
            continue
        planned = _PLANNED_FOR.search(text, span.start, time.span.start) is not None
        if (tells_a_span(text, span, time.span) and not planned) is not series or VAGUE.search(text, *time.span):
            continue
        refers = _REFERS.match(text[span.start : span.end]) is not None
        if is_modifier(text, span, time.span) and not refers:
            continue
        if refers and _BEFORE_ANOTHER.search(text, span.start, time.span.start):
            continue  # "The vote comes ahead of a meeting on Tuesday": the day of the meeting
        place = (time.span.start - span.start, time.span.end - span.start)
        if core is not None and (not attaches(found, core, place) or is_of_noun(found, core, place[0])):
            continue
        return time
    return None


_BEFORE_ANOTHER = re.compile(r"\b(?:ahead of|before|after|prior to)\b")
_PLANNED_FOR = re.compile(r"\b(?:is|are|been|was|were) (?:now )?(?:scheduled|slated|set) for\s+\Z")
