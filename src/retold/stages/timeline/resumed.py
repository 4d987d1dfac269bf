"""A main clause that goes on behind a relative one: "Varn, who left in May, is coming back next week"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.stages.timeline.verbs import core_of, end_of_predicate, verb_at, words_in
from retold.text.spans import Span


def resumed_clauses(text: str, sentence: Span, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the main clause that goes on behind a relative one: "Varn, who left in May, is coming back next week"."""
    if len(spans) < MAIN_AND_RELATIVE or spans[0].start != sentence.start:
        return
    subject, relative = spans[:2]
    words = words_in(text[relative.start : relative.end])
    head = words_in(text[subject.start : subject.end])
    core = core_of(words) if words and words[0].low in {"who", "which"} else None
    if core is None or any(verb_at(head, i) for i in range(len(head))):
        return
    cut = end_of_predicate(words, core.last, relative=True)
    if cut is not None:
        yield Span(relative.start + words[cut + 1].start, relative.end)


MAIN_AND_RELATIVE = 2


def resumes(text: str, sentence: Span, at: int) -> bool:
    """Tell whether the main clause's verb stands here behind a relative one: "Varn, who left in May, is back"."""
    head, comma, rest = text[sentence.start : at].partition(", ")
    words = words_in(head)
    is_behind = rest.startswith(("who ", "which ")) and rest.rstrip().endswith(",")
    return bool(comma) and is_behind and not any(verb_at(words, i) for i in range(len(words)))
