"""What an edit did to a statement: its source or hedge gone.

Owns the losses read off aligned units. They are told of a carrier against its source, else of the later report against
the earlier one; where neither lineage nor clock parts the two, of whichever lacks the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from retold.lexicon import entries
from retold.model.page import PageId, Pointer
from retold.model.story import Breakage, Change
from retold.stages.breakages.context import Context, Report
from retold.text.spans import Span
from retold.text.words import words_of

_WEAKENING = ("hearsay", "doubt")
_PLAIN_SPEECH = ("say", "tell")

MIN_KEPT_WORDS = 5
"""A statement that lost its source or hedge still has at least so many words in common with the other wording."""

MAX_QUOTED = 0.5
"""Above this share of words inside quotation marks a sentence needs no source of its own to be known as speech."""


def lost_words(context: Context) -> Iterator[Breakage]:
    """Yield the statements whose source or hedge another wording of the same sentence has."""
    for row in context.alignments:
        if row.change is not Change.EDITED or not row.a_units or not row.b_units:
            continue
        there = [edit.a for edit in row.edits], [edit.b for edit in row.edits]
        one, other = (row.a, row.a_units, there[0]), (row.b, row.b_units, there[1])
        if not context.derives(row.a, row.b):
            yield from _lost(context, one, other)
        if not context.derives(row.b, row.a) and not _is_earlier(context, row.a, row.b):
            yield from _lost(context, other, one)


Side = tuple[PageId, tuple[Span, ...], list[Span]]
"""A report, its units of one alignment, and its sides of the edits."""


def _is_earlier(context: Context, a: PageId, b: PageId) -> bool:
    day_a, day_b = context.reports[a].day, context.reports[b].day
    return day_a is not None and day_b is not None and day_a < day_b


def _lost(context: Context, has: Side, lacks: Side) -> Iterator[Breakage]:
    """Yield what the wording of the second side lacks of the first."""
    one, other = context.reports[has[0]], context.reports[lacks[0]]
    if _is_speech(one, has[1]) or _is_speech(other, lacks[1]) or _follows_colon(other, lacks[1]):
        return
    whole = Span(lacks[1][0].start, lacks[1][-1].end)
    for kind, pattern, any_of, says in (
        ("lost attribution", _attribution(), _any_attribution(), "told as a fact here; {page} gives it to a source"),
        ("lost hedge", _hedge(), _hedge(), "told without reserve here; {page} has a reserve"),
    ):
        found = _first(pattern, one, has[2])
        if found is None or not _keeps(one, has, other, lacks):
            continue
        if next(_own(any_of, one, has, other, lacks), None) is not None:
            continue
        words = one.text[slice(*found)]
        told = f"{says.replace('{page}', f'{{{one.page}}}')} ('{words}')"
        yield Breakage(context.story.story, other.page, whole, words, kind, told, Pointer(one.page, *found))


def _own(pattern: re.Pattern[str], one: Report, has: Side, other: Report, lacks: Side) -> Iterator[Span]:
    """Yield what the pattern finds in the second side that both sides do not share anyway ("repeated warnings")."""
    shared = {
        word.key
        for unit in has[1]
        for word in words_of(one.text, unit)
        if not any(edit.start <= word.start < edit.end for edit in has[2])
    }
    for unit in lacks[1]:
        for match in pattern.finditer(other.text, *unit):
            keys = {word.key for word in words_of(match.group())}
            if not other.is_quoted(match.start()) and not keys <= shared:
                yield Span(match.start(), match.end())


def _is_speech(report: Report, units: Sequence[Span]) -> bool:
    words = [word for unit in units for word in words_of(report.text, unit)]
    return sum(report.is_quoted(word.start) for word in words) > MAX_QUOTED * len(words)


def _follows_colon(report: Report, units: Sequence[Span]) -> bool:
    return report.text[: units[0].start].rstrip().endswith(":")


def _keeps(one: Report, has: Side, other: Report, lacks: Side) -> bool:
    """Tell whether the statement itself stands in both: common words enough, and few new ones where it is lacking."""
    left = Counter(word.key for unit in has[1] for word in words_of(one.text, unit))
    right = Counter(word.key for unit in lacks[1] for word in words_of(other.text, unit))
    common = (left & right).total()
    return common >= MIN_KEPT_WORDS and 2 * common > right.total()


def _first(pattern: re.Pattern[str], report: Report, spans: Iterable[Span]) -> Span | None:
    for span in sorted(spans):
        for match in pattern.finditer(report.text, *span):
            if not report.is_quoted(match.start()):
                return Span(match.start(), match.end())
    return None


@cache
def _attribution() -> re.Pattern[str]:
    """Match what gives a statement to a source beyond doubt."""
    verbs = entries("reporting_verbs")["groups"]
    forms = {form for name in _PLAIN_SPEECH for form in verbs[name]["forms"] if form.endswith(("d", "ys", "lls"))}
    return _any_of({*forms, "according to"})


@cache
def _any_attribution() -> re.Pattern[str]:
    """Match whatever may give a statement to a source."""
    verbs = entries("reporting_verbs")["groups"].values()
    return _any_of({form for group in verbs for form in group["forms"]} | {"according to", "per", "citing"})


@cache
def _hedge() -> re.Pattern[str]:
    groups = entries("hedges")["groups"].values()
    return _any_of({form for group in groups if group["strength"] in _WEAKENING for form in group["forms"]})


def _any_of(forms: set[str]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, forms), key=lambda form: (-len(form), form))
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)
