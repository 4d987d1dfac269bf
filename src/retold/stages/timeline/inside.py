"""Tellings inside a sentence: participles, subordinate clauses, nouns and dated reports with a day of their own.

Reads only times that no main clause has taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.lexicon import entries
from retold.model.facts import Claim, Factuality, TimeExpression
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages.timeline.acts import acts_of_nouns
from retold.stages.timeline.dating import is_modifier
from retold.stages.timeline.inner import inner_clause
from retold.stages.timeline.judging import is_doubted, is_quoted
from retold.stages.timeline.linked import linked_part
from retold.stages.timeline.nouns import is_of_noun, named_events
from retold.stages.timeline.published import published_reports, said_in_the_lead, spoken_in_a_setting
from retold.stages.timeline.telling import Telling, is_told_in_time, keys_of, stem_of
from retold.stages.timeline.verbs import words_in
from retold.text.edtf import Days, format_days, parse
from retold.text.spans import Span

VAGUE = re.compile(r"\b(?:at least|more than|over|century|centuries|decades?|generations?)\b", re.IGNORECASE)


def tellings_inside(
    page: PageId,
    text: str,
    sentence: Sentence,
    times: Sequence[TimeExpression],
    told: Sequence[Telling],
    published: str | None,
) -> list[Telling]:
    """Return what the sentence tells with a day inside its clauses: by a participle, a clause of its own, a noun."""
    linked = linked_part(text, sentence.span)
    if sentence.kind is SegmentKind.CAPTION:
        return []
    free = [time for time in times if _is_free(text, sentence, time, told) and not (linked and linked.holds(time.span))]
    words = words_in(text[sentence.start : sentence.end])
    found: list[Telling] = []
    for span, act, time in acts_of_nouns(text, sentence.span, free):
        found.append(_dated(page, text, sentence, span, time, stem_of(act)))
    for time in _left(free, found):
        clause = inner_clause(text, sentence.span, words, time.span)
        at = time.span.start - sentence.start
        if clause is None or is_of_noun(words, clause.core, at):
            continue
        if not _bounds_or_describes(text, clause.span, time.span):
            telling = _dated(page, text, sentence, clause.span, time, stem_of(clause.core.head))
            telling.factuality = Factuality.EXPECTED if clause.core.modal else Factuality.HAPPENED
            found.append(telling)
    for named in named_events(sentence.span, words, _left(free, found), published):
        telling = _dated(page, text, sentence, named.span, named.time, stem_of(named.noun))
        telling.named = True
        telling.factuality = _by_day(named.time, published)
        found.append(telling)
    for telling in found:
        telling.date = joined_date(text, telling.time, times) if telling.time is not None else None
    return [t for t in found if t.date and _reads_alone(text, t, linked) and is_told_in_time(t, published)]


def _is_free(text: str, sentence: Sentence, time: TimeExpression, told: Sequence[Telling]) -> bool:
    """Tell whether no clause has taken the time, and it stands in nobody's quotation."""
    return (
        time.edtf is not None
        and not any(t.time is time for t in told)
        and not is_quoted(text, sentence.span, time.span)
        and VAGUE.search(text, *time.span) is None
        and not is_followed_by_year(text, time.span)
        and not is_end_of_a_span(text, time.span)
    )


def joined_date(text: str, time: TimeExpression, times: Sequence[TimeExpression]) -> str | None:
    """Return the time's days, with those of a second one that "and" joins to it: "Saturday and Sunday"."""
    for other in times:
        first, last = (time, other) if time.span.end <= other.span.start else (other, time)
        if other is time or text[first.span.end : last.span.start].strip() not in {"and", "or"}:
            continue
        a, b = parse(first.edtf or ""), parse(last.edtf or "")
        return format_days(Days(a.first, b.last)) if a and b and a.first <= b.last and a.size == b.size else None
    return time.edtf


def is_end_of_a_span(text: str, time: Span) -> bool:
    """Tell whether the time is one end of a span that it does not hold: "Monday through Friday", "2008-2009"."""
    after, before = text[time.end : time.end + 16], text[max(0, time.start - 9) : time.start]
    return (
        re.match(r"\s+(?:through|until|into)\s+(?:[A-Z]|\d)|[-–]\w", after) is not None
        or _COUNTED_DAY.search(text[max(0, time.start - 10) : time.end]) is not None
        or re.search(r"\w[-–]\Z|\b(?:through|until|into)\s+\Z", before) is not None
    )


# "the second Sunday in August": the day is not that of the week.
_COUNTED_DAY = re.compile(r"\b(?:first|second|third|fourth|last)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z")


def is_followed_by_year(text: str, time: Span) -> bool:
    """Tell whether a year follows that the time does not hold: "on Election Day in 2020"."""
    return re.match(r",?\s+(?:in\s+)?\d{4}\b", text[time.end : time.end + 12]) is not None


def tells_a_span(text: str, span: Span, time: Span) -> bool:
    """Tell whether the time bounds a span: "since", "until", "from ... to" before it."""
    lead = re.sub(
        r"\b(?:later|early|late|earlier)\s+(?:in|on)\s+\Z", "", text[max(span.start, time.start - 24) : time.start]
    )
    before = lead.split()
    words = {before[-1].lower() if before else "", text[time.start : time.end].split()[0].lower()}
    return bool(words & set(entries("events")["since"]["words"]))


def _bounds_or_describes(text: str, span: Span, time: Span) -> bool:
    """Tell whether the time bounds a span ("since Monday") or describes a noun ("his 2016 plan")."""
    return tells_a_span(text, span, time) or is_modifier(text, span, time)


def _left(times: Sequence[TimeExpression], found: Sequence[Telling]) -> list[TimeExpression]:
    return [time for time in times if not any(t.time is time for t in found)]


def _by_day(time: TimeExpression, published: str | None) -> Factuality:
    day, date = parse(published) if published else None, parse(time.edtf or "")
    to_come = day is not None and date is not None and date.first > day.last
    return Factuality.EXPECTED if to_come else Factuality.HAPPENED


def _reads_alone(text: str, telling: Telling, linked: Span | None) -> bool:
    """Tell whether the words shown hold no half quotation and no link text."""
    words = text[telling.shown.start : telling.shown.end]
    whole = words.count('"') % 2 == 0 and words.count("“") == words.count("”")
    if is_doubted(text, telling.sentence, telling.shown):
        return False
    return whole and (linked is None or not telling.shown.overlaps(linked))


def _dated(page: PageId, text: str, sentence: Sentence, span: Span, time: TimeExpression, verb: str) -> Telling:
    return Telling(
        page=page,
        sentence=sentence.span,
        span=span,
        shown=span,
        keys=keys_of(text, span, [time]),
        date=time.edtf,
        time=time,
        factuality=Factuality.HAPPENED,
        series=False,
        refers=False,
        verb=verb,
    )


def said_in_lead(
    page: PageId, text: str, sentence: Sentence, claims: Sequence[Claim], times: Sequence[TimeExpression]
) -> list[Telling]:
    """Return what a lead that tells nothing else says that somebody said, and when."""
    found = said_in_the_lead(text, sentence.span, claims, times)
    return [_dated(page, text, sentence, span, time, stem_of(verb)) for span, time, verb in found]


def reports_in(
    page: PageId, text: str, sentence: Sentence, claims: Sequence[Claim], times: Sequence[TimeExpression]
) -> list[Telling]:
    """Return the dated reports and posts that the sentence tells of: "The Herald reported Friday that ..."."""
    found = [
        *published_reports(text, sentence.span, claims, times),
        *spoken_in_a_setting(text, sentence.span, claims, times),
    ]
    return [
        _dated(page, text, sentence, span, time, stem_of(cue))
        for i, (span, time, cue) in enumerate(found)
        if not any(time is other for _, other, _ in found[:i])
    ]
