"""How much of a report a reader is shown for an event, beyond its clause: an aside in dashes, the sentence before."""

from __future__ import annotations

import re

from retold.model.report import SegmentKind, Sentence
from retold.stages.timeline.judging import has_own_subject
from retold.stages.timeline.telling import Telling
from retold.text.spans import Span


def with_antecedent(text: str, before: Sentence | None, sentence: Sentence, telling: Telling) -> Span:
    """Return what is shown; of a clause about "he" or "it" with the short plain sentence before it."""
    if (
        telling.series
        or telling.refers
        or (telling.date is None and not telling.after)
        or text[sentence.start : sentence.start + 4].lower() == "they"
    ):
        return telling.shown
    if telling.shown.start != sentence.start or has_own_subject(text, telling.shown) or before is None:
        return telling.shown
    words = text[before.start : before.end]
    plain = before.kind is sentence.kind is SegmentKind.BODY and not re.search(r"[\"“”?]|\bMORE\b", words)
    near = not text[before.end : sentence.start].strip() and len(words) <= MOST_BEFORE
    if plain and near and has_own_subject(text, before.span) and words[:1].isupper():
        return Span(before.start, telling.shown.end)
    return telling.shown


def through_aside(text: str, sentence: Sentence, shown: Span) -> Span:
    """Return what is shown; to the sentence's end where it stops at an aside in dashes and goes on after it."""
    behind = text[shown.end : sentence.end]
    if re.match(r"\s*[–—]|\s--?\s", behind) is None or len(re.findall(r"[–—]|\s--?(?=\s)", behind)) < 2:
        return shown
    return Span(shown.start, sentence.end - (text[sentence.end - 1] in ".!"))


MOST_BEFORE = 220
"""Characters of a sentence that is shown before one that begins with a pronoun."""
