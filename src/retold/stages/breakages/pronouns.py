"""Words that point back to a person or persons who are not there: "He" after a cut, "the pair" of nobody.

Owns orphaned pronouns. Judged only where a sentence begins with "He", "She", "His" or "Her" outside quotations, with
nobody named or described in it or in the two before; and where "the pair" and its like stand without two names,
while another report names them. Precision before recall.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from retold.model.page import Pointer
from retold.model.story import Breakage
from retold.stages.breakages.context import Context, Report
from retold.stages.breakages.persons import has_role, someone_in, words_for
from retold.text.spans import Span
from retold.text.words import words_of

KIND = "orphaned pronoun"

LOOK_BACK = 2
"""How many sentences before the pronoun may hold its person, sentences that only quote not counted."""

LEAD_SENTENCES = 2
"""A pronoun in the first sentences may point to the headline or forward; it is not judged."""

MIN_WORDS = 5
"""A sentence of fewer words is no stop on the way back to a person."""

_ENDS = frozenset(".!?…”\"’'")

SEVERAL = 2
SEVERAL_BACK = 4
"""How many sentences back "the pair" may find its two names."""


def orphaned_pronouns(context: Context) -> Iterator[Breakage]:
    """Yield the pronouns with nobody near, report by report; one that carriers share only where it first stands."""
    told: set[tuple[int, int]] = set()
    for report in context.reports.values():
        for i in range(LEAD_SENTENCES, len(report.sentences)):
            pronoun = _opening_pronoun(report, i)
            if pronoun is None:
                continue
            cut = _cut_antecedent(context, report, i, pronoun)
            if cut is not None:
                word = report.text[pronoun.start : pronoun.end]
                says = f"{word} is named in the sentence before it in {{{cut.page}}}, which is cut here"
                yield Breakage(context.story.story, report.page, pronoun, word, KIND, says, cut)
            elif not _someone_near(report, i, pronoun):
                missing, place = _missing_sentence(context, report, i), _place(report, i)
                if missing is not None or place not in told:
                    yield _breakage(context, report, pronoun, place, missing)
                if place is not None:
                    told.add(place)


def _place(report: Report, i: int) -> tuple[int, int] | None:
    """Return the loci of the sentence and of the one before it: a report with both has what its source had there."""
    before, own = report.loci[i - 1], report.loci[i]
    return None if before is None or own is None else (before, own)


def _cut_antecedent(context: Context, report: Report, i: int, pronoun: Span) -> Pointer | None:
    """Return the sentence, cut here, that names the pronoun's person in a report with the same two sentences.

    The same statement opens with the same pronoun there; whoever the sentence before it names is not named here in
    the sentences before the pronoun.
    """
    word = report.text[pronoun.start : pronoun.end]
    for other in context.others(report.page):
        at = context.counterpart(report, i, other)
        if not at or not other.text.startswith(word, other.sentences[at].start):
            continue
        before = other.sentences[at - 1]
        is_missing = other.loci[at - 1] is None or other.loci[at - 1] not in report.loci
        names = other.names_in(before)
        if (
            is_missing
            and names
            and not _named_before(report, i, names)
            and _is_usual(context, report, i, other, at - 1)
        ):
            return Pointer(other.page, before.start, before.end)
    return None


def _named_before(report: Report, i: int, names: Iterable[str]) -> bool:
    """Tell whether one of the names, by its last word, stands in the report before its i-th sentence."""
    first = report.sentences[max(0, i - SEVERAL_BACK)].start
    near = {word.key for word in words_of(report.text, Span(first, report.sentences[i].start))}
    near |= {word.key for head in report.heads for word in words_of(report.text, head)}
    near |= {word.key for word in words_of(report.title)}
    return any(words_of(name)[-1].key in near for name in names if words_of(name))


def _opening_pronoun(report: Report, i: int) -> Span | None:
    sentence = report.sentences[i]
    words = words_of(report.text, Span(sentence.start, min(sentence.end, sentence.start + 8)))
    if not words or words[0].key not in words_for("pronouns", "one_person") or words[0].start != sentence.start:
        return None
    return None if report.is_quoted(sentence.start) else Span(words[0].start, words[0].end)


def _someone_near(report: Report, i: int, pronoun: Span) -> bool:
    own = Span(pronoun.end, report.sentences[i].end)
    if report.n_persons(own):
        return True
    seen, k = 0, i - 1
    while k >= 0 and seen < LOOK_BACK:
        before = report.sentences[k]
        if report.has_someone(before):
            return True
        seen += _tells_something(report, before)
        k -= 1
    if k >= LEAD_SENTENCES:
        return False
    return any(report.has_someone(head) for head in report.heads) or someone_in(report.title, (0, len(report.title)))


def _tells_something(report: Report, span: Span) -> bool:
    """Tell whether a sentence is prose that could open a matter: no quotation, no stray line, no "It is not"."""
    if report.is_quoted(span.start) or report.is_quoted(span.end - 1):
        return False
    words = words_of(report.text, span)
    if len(words) < MIN_WORDS or report.text[span.end - 1] not in _ENDS:
        return False
    return words[0].key not in words_for("pronouns", "carrying_on")


def _breakage(
    context: Context, report: Report, pronoun: Span, place: tuple[int, int] | None, missing: Pointer | None
) -> Breakage:
    word = report.text[pronoun.start : pronoun.end]
    n_alike = context.n_having[place] - 1 if place else 0
    if missing is None and n_alike:
        have = "another report has" if n_alike == 1 else f"{n_alike} other reports have"
        says = f"nobody near for {word}; {have} the same before it: a cut is likely in what they have in common"
    elif missing is None:
        says = f"nobody near for {word}; a cut is likely"
    else:
        says = f"nobody near for {word}; {{{missing.page}}} has a sentence before it that names someone"
    return Breakage(context.story.story, report.page, pronoun, word, KIND, says, missing)


def _is_usual(context: Context, report: Report, i: int, other: Report, k: int) -> bool:
    """Tell whether as many reports have the other's k-th sentence as have what stands before the i-th one here.

    Otherwise it is the other report that put something between.
    """
    theirs, place = other.loci[k], _place(report, i)
    n_theirs = 1 if theirs is None else context.n_having[theirs]
    return place is None or n_theirs >= context.n_having[place] - 1 - (place in pairwise(other.loci))


def _missing_sentence(context: Context, report: Report, i: int) -> Pointer | None:
    """Return the sentence that another report has just before the same statement and that has someone in it."""
    for other in context.others(report.page):
        at = context.counterpart(report, i, other)
        if at:
            before = other.sentences[at - 1]
            is_missing = other.loci[at - 1] is None or other.loci[at - 1] not in report.loci
            if is_missing and other.has_someone(before) and _is_usual(context, report, i, other, at - 1):
                return Pointer(other.page, before.start, before.end)
    return None


@cache
def _several() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words_for('definite', 'several_persons')))})\b", re.IGNORECASE)


def orphaned_pairs(context: Context) -> Iterator[Breakage]:
    """Yield "the pair" and its like where only another report names two before the same statement."""
    for report in context.reports.values():
        for i, sentence in enumerate(report.sentences):
            for found in _several().finditer(report.text, *sentence):
                span = Span(found.start(), found.end())
                if report.is_quoted(span.start):
                    continue
                missing = _naming_sentence(context, report, i)
                if missing is not None and (_names_before(report, i) < SEVERAL or _is_cut(context, report, i, missing)):
                    says = f"'{found.group()}' has no antecedent here; {{{missing.page}}} names them before it"
                    yield Breakage(context.story.story, report.page, span, found.group(), KIND, says, missing)


def _is_cut(context: Context, report: Report, i: int, missing: Pointer) -> bool:
    """Tell whether none of those whom the cut sentence names is named in this report before its i-th sentence."""
    names = context.reports[missing.page].names_in(missing.span)
    return len(names) >= SEVERAL and not _named_before(report, i, names)


def _names_before(report: Report, i: int) -> int:
    first = max(0, i - SEVERAL_BACK)
    spans = [*(report.heads if first == 0 else ()), *report.sentences[first:i]]
    described = any(has_role(report.text, span) for span in spans)
    return SEVERAL if described else sum(report.n_persons(span) for span in spans)


def _naming_sentence(context: Context, report: Report, i: int) -> Pointer | None:
    for other in context.others(report.page):
        at = context.counterpart(report, i, other)
        for k in range((at or 0) - 1, max(-1, (at or 0) - 1 - SEVERAL_BACK), -1):
            before = other.sentences[k]
            is_missing = other.loci[k] is None or other.loci[k] not in report.loci
            if is_missing and other.n_persons(before) >= SEVERAL and _is_usual(context, report, i, other, k):
                return Pointer(other.page, before.start, before.end)
    return None
