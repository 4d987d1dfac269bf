"""Reports and posts as events: "The Herald reported Friday that ...", "In August, the paper reported that ...".

What they say is a claim; that they came out on a day is told by the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.lexicon import entries
from retold.model.facts import Claim, TimeExpression
from retold.stages.timeline.judging import is_quoted
from retold.stages.timeline.verbs import verb_at, words_in
from retold.text.spans import Span
from retold.text.words import words_of

_GAP = re.compile(r"[\s,]*(?:(?:on|in|late|early|earlier|later)\s+)*", re.IGNORECASE)
_NO_NAME = re.compile(r"(?:he|she|it|they|who|which|that|i|we|both|all|others|some|one|many|several)\b", re.IGNORECASE)


def published_reports(
    text: str, sentence: Span, claims: Sequence[Claim], times: Sequence[TimeExpression]
) -> Iterator[tuple[Span, TimeExpression, str]]:
    """Yield the clause, the time and the verb of each dated report whose content follows it."""
    verbs = set(entries("events")["verbs"]["published"])
    for claim in claims:
        cue = [word.key for span in claim.cue for word in words_of(text, span)]
        verb = next((word for word in cue if word in verbs), None)
        if verb is None or len(claim.source) != 1 or not claim.cue or not claim.content:
            continue
        source, content = claim.source[0], claim.content[-1]
        if not _is_one_clause(sentence, source, claim.cue[0], claim.content):
            continue
        if text[sentence.start : source.start].rstrip().lower().endswith("as"):
            continue  # "As the Herald reported on Friday, ..."
        both = text[source.start : source.end].lower() in {"both", "all"} and _is_phrase(text, sentence, source)
        if _NO_NAME.match(text, source.start) and not both:
            continue
        time = _time_of(text, sentence, source, claim.cue[-1], times)
        if time is not None and len(words_of(text, source)) <= MOST_SOURCE_WORDS:
            start = sentence.start if time.span.end <= source.start or both else source.start
            yield Span(start, content.end), time, verb


def spoken_in_a_setting(
    text: str, sentence: Span, claims: Sequence[Claim], times: Sequence[TimeExpression]
) -> Iterator[tuple[Span, TimeExpression, str]]:
    """Yield the sentence, the day and the verb of what somebody named says on an occasion that has a day.

    "Varn told reporters on Thursday that ...", "... , Lund said in an interview Sunday": the talk is the event. What is
    only said on a day ("the board said Monday") is a claim.
    """
    if sentence.end - sentence.start > MOST_SAID:
        return
    for claim in claims:
        cue = [word.key for span in claim.cue for word in words_of(text, span)]
        verb = next((word for word in cue if word in _SPOKEN), None)
        if verb is None or len(claim.source) != 1 or len(claim.cue) != 1 or not sentence.holds(claim.cue[0]):
            continue
        source = claim.source[0]
        if not sentence.holds(source) or _NO_NAME.match(text, source.start) or len(words_of(text, source)) > 12:
            continue
        time, occasion = _day_of_talk(text, sentence, claim, times)
        if time is not None:
            yield Span(sentence.start, sentence.end - (text[sentence.end - 1] in ".!")), time, occasion or verb
            return


def _day_of_talk(
    text: str, sentence: Span, claim: Claim, times: Sequence[TimeExpression]
) -> tuple[TimeExpression | None, str | None]:
    """Return the day of an occasion named beside the saying, with its noun; or the day right behind who was told."""
    settings = [(*found.span(), found["noun"]) for found in _SETTING.finditer(text, sentence.start, sentence.end)]
    beside = [claim.source[0], claim.cue[0], *(span for span in claim.to if sentence.holds(span))]
    for time in times:
        if time.edtf is None or time.value.endswith("_REF") or not sentence.holds(time.span):
            continue
        if is_quoted(text, sentence, time.span):
            continue
        for start, end, noun in settings:
            near = time.span.start <= end + MOST_GAP and start <= time.span.end + MOST_GAP
            near = near or _opens(text, sentence, time.span)
            at_cue = any(_is_beside(text, span, Span(start, end)) for span in beside) or start == sentence.start
            at_cue = at_cue or _is_set_off(text, claim.source[0], Span(start, end), claim.cue[0])
            if near and (at_cue or _is_beside(text, time.span, claim.cue[0])):
                return time, noun.lower()
        if any(_GAP.fullmatch(text, span.end, time.span.start) for span in claim.to if span.end <= time.span.start):
            return time, None
    return None, None


def _is_set_off(text: str, source: Span, setting: Span, cue: Span) -> bool:
    """Tell whether commas set off the occasion between speaker and saying: "Varn, in a talk on Friday, said"."""
    after = text[source.end : setting.start].strip() == ","
    return after and setting.end < cue.start and text[: cue.start].rstrip().rstrip('"”').endswith(",")


def said_in_the_lead(
    text: str, sentence: Span, claims: Sequence[Claim], times: Sequence[TimeExpression]
) -> Iterator[tuple[Span, TimeExpression, str]]:
    """Yield the sentence, the day and the verb of what somebody named said on a day, where a lead tells nothing else.

    What a report opens with is its news: that it was said is the event.
    """
    for claim in claims:
        cue = [word.key for span in claim.cue for word in words_of(text, span)]
        verb = next((word for word in cue if word in _SAID), None)
        if verb is None or len(claim.source) != 1 or not sentence.holds(claim.cue[0]):
            continue
        source = claim.source[0]
        if not sentence.holds(source) or _NO_NAME.match(text, source.start) or len(words_of(text, source)) > 12:
            continue
        for time in times:
            beside = _GAP.fullmatch(text, claim.cue[-1].end, time.span.start) if time.edtf else None
            if beside is not None and not time.value.endswith("_REF"):
                yield Span(sentence.start, sentence.end - (text[sentence.end - 1] in ".!")), time, verb
                return


def _opens(text: str, sentence: Span, time: Span) -> bool:
    """Tell whether the sentence opens with the day: "Later Monday morning, Varn said in a note ..."."""
    before = _GAP.fullmatch(text, sentence.start, time.start) is not None
    return before and text[time.end : time.end + 1] == ","


def _is_beside(text: str, a: Span, b: Span) -> bool:
    """Tell whether at most a day stands between two spans: "said Sunday in an interview"."""
    first, last = (a, b) if a.start <= b.start else (b, a)
    return last.start - first.end <= MOST_GAP and not re.search(r"[,;“”\"]", text[first.end : last.start])


MOST_SAID = 420
"""Characters of a sentence that is shown whole for what is said in it."""
MOST_GAP = 24
"""Characters between a saying, its occasion and its day."""
_SPOKEN = frozenset({"said", "told", "wrote", "stated", "argued", "insisted", "asked", "declared", "testified"})
_SAID = frozenset({"said", "told", "wrote", "testified"})
_SETTING = re.compile(
    r"\b(?:in|at|during|on)\s+(?:(?:an?|the|his|her|its|their|\w+day['’]s)\s+)?(?:[\w-]+\s){0,3}"
    r"(?P<noun>interview|statement|news conference|press conference|memo|speech|letter|briefing|testimony|rally|hearing"
    r"|meeting|debate|address|tweets?|post|video|e-?mail|message|podcast|column|filing|town hall"
    r"|oval office|senate floor|house floor|op-ed|news release|press release)\b",
    re.IGNORECASE,
)


def _is_phrase(text: str, sentence: Span, source: Span) -> bool:
    """Tell whether only names stand before "both" and "all": "The Post and the Herald both reported"."""
    lead = words_in(text[sentence.start : source.start])
    return 0 < len(lead) <= MOST_SOURCE_WORDS and not any(verb_at(lead, i) for i in range(len(lead)))


MOST_SOURCE_WORDS = 12
"""A source of more words holds an apposition or a clause."""


def _is_one_clause(sentence: Span, source: Span, cue: Span, content: Sequence[Span]) -> bool:
    return (
        all(sentence.holds(span) for span in (source, cue, *content))
        and source.end <= cue.start
        and all(span.start >= cue.end for span in content)
    )


def _time_of(
    text: str, sentence: Span, source: Span, cue: Span, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """Return the time right behind the cue, right before it, or that opens the sentence."""
    for time in times:
        if time.edtf is None or time.value.endswith("_REF"):
            continue
        behind = time.span.start >= cue.end and _GAP.fullmatch(text, cue.end, time.span.start)
        before = (
            source.end <= time.span.start
            and time.span.end <= cue.start
            and _GAP.fullmatch(text, source.end, time.span.start)
        )
        opens = (
            time.span.end <= source.start
            and _GAP.fullmatch(text, sentence.start, time.span.start) is not None
            and re.fullmatch(r",?\s*", text[time.span.end : source.start]) is not None
        )
        if behind or before or opens:
            return time
    return None
