"""What an edit did to a statement: its source or hedge gone, its number, date or quotation changed.

Owns the breakages read off aligned units. They are told of the later report against the earlier one; where the clock
does not part the two, a lost source or hedge is told of whichever lacks it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from retold.lexicon import entries
from retold.model.page import PageId, Pointer
from retold.model.story import Breakage, Change, Edit, EditKind
from retold.stages.breakages.context import Context, Report
from retold.text.spans import Span
from retold.text.words import Word, words_of

_WEAKENING = ("hearsay", "doubt")
_PLAIN_SPEECH = ("say", "tell")

MAX_WORDS = 6
"""An edit of more words on a side tells something else, not another value of the same thing."""

MIN_KEPT_WORDS = 5
"""A statement that lost its source or hedge still has at least so many words in common with the other wording."""

MAX_QUOTED = 0.5
"""Above this share of words inside quotation marks a sentence needs no source of its own to be known as speech."""


def changed_values(context: Context) -> Iterator[Breakage]:
    """Yield the numbers, dates and quotations that another wording of the same sentence has otherwise."""
    for row in context.alignments:
        if row.change is not Change.EDITED:
            continue
        a, b = context.reports[row.a], context.reports[row.b]
        for edit in sorted(row.edits, key=lambda edit: (edit.b, edit.a)):
            kind = _changed_kind(a, b, edit)
            if kind is not None and not _is_corrected(context, a, b, edit):
                mine, theirs = b.text[slice(*edit.b)], a.text[slice(*edit.a)]
                says = f"'{mine}' here, '{theirs}' in {{{a.page}}}"
                yield Breakage(context.story.story, b.page, edit.b, mine, kind, says, Pointer(a.page, *edit.a))


def _is_corrected(context: Context, a: Report, b: Report, edit: Edit) -> bool:
    """Tell whether a correction printed in the story names both values: then ``corrections`` tells of it."""
    both = {word.key for word in words_of(a.text, edit.a)} | {word.key for word in words_of(b.text, edit.b)}
    return any(
        both <= {word.key for word in words_of(report.text, note)}
        for report in context.reports.values()
        for note in report.corrections
    )


def _changed_kind(a: Report, b: Report, edit: Edit) -> str | None:
    """Return what the edit changed: two values of one kind, in few words; or None."""
    left, right = words_of(a.text, edit.a), words_of(b.text, edit.b)
    if not 0 < len(left) <= MAX_WORDS or not 0 < len(right) <= MAX_WORDS:
        return None
    if "".join(_figure(word.key) for word in left) == "".join(_figure(word.key) for word in right):
        return None
    if _clock(a.text, edit.a) and _clock(a.text, edit.a) == _clock(b.text, edit.b):
        return None
    if EditKind.NUMBER in edit.kinds and _has_figure(left) and _has_figure(right):
        return "changed number" if _figures(left) != _figures(right) else None
    if EditKind.DATE in edit.kinds and _is_dated(left) and _is_dated(right):
        return "changed date"
    if _is_contraction(a.text, edit.a, b.text, edit.b) or _is_contraction(b.text, edit.b, a.text, edit.a):
        return None
    is_spelling = bool(_SPELLING & set(edit.kinds)) and EditKind.WORDING not in edit.kinds
    both_quoted = a.is_quoted(edit.a.start) and b.is_quoted(edit.b.start)
    return "changed quote" if EditKind.QUOTE in edit.kinds and both_quoted and not is_spelling else None


def _clock(text: str, span: Span) -> str:
    """Return a clock time without its house style ("7:40 a.m.", "7.40am"), or an empty string."""
    told = re.sub(r"[\s.:]", "", text[slice(*span)].casefold())
    return told.removesuffix("m") if re.fullmatch(r"\d{3,4}[ap]m?", told) else ""


_SPELLING = {EditKind.HOUSE_STYLE, EditKind.NAME_SPELLING}
_CONTRACTIONS = {"s": "is|has", "re": "are", "ll": "will", "ve": "have", "d": "would|had", "m": "am"}


def _is_contraction(long_text: str, long: Span, short_text: str, short: Span) -> bool:
    """Tell whether the second reading only draws two words of the first together: "nobody is", "nobody's"."""
    stem, mark, ending = short_text[slice(*short)].replace("’", "'").rpartition("'")
    if not mark or ending not in _CONTRACTIONS or not long_text.startswith(stem, long.start):
        return False
    return re.match(rf"\s+(?:{_CONTRACTIONS[ending]})\b", long_text[long.start + len(stem) :][:12]) is not None


def _figure(key: str) -> str:
    value = entries("numbers")["words"].get(key)
    return key.replace(",", "") if value is None else str(value)


def _has_figure(words: Sequence[Word]) -> bool:
    return any(_figure(word.key)[:1].isdigit() for word in words)


def _figures(words: Sequence[Word]) -> list[str]:
    """Return the numbers of the words in figures, "fifty-six" as one."""
    found: list[str] = []
    for word in words:
        figure = _figure(word.key)
        if not figure[:1].isdigit():
            continue
        is_unit = len(figure) == 1 and bool(found) and len(found[-1]) == 2 and found[-1].endswith("0")
        found[-1:] = [found[-1][0] + figure] if is_unit else [*found[-1:], figure]
    return found


@cache
def _calendar() -> frozenset[str]:
    calendar = entries("calendar")
    named = [*calendar["months"].get("en", ()), *calendar["weekdays"].get("en", ())]
    return frozenset(form.casefold() for forms in named for form in ([forms] if isinstance(forms, str) else forms))


def _is_dated(words: Sequence[Word]) -> bool:
    return _has_figure(words) or any(word.key in _calendar() for word in words)


def lost_words(context: Context) -> Iterator[Breakage]:
    """Yield the statements whose source or hedge another wording of the same sentence has."""
    for row in context.alignments:
        if row.change is not Change.EDITED or not row.a_units or not row.b_units:
            continue
        there = [edit.a for edit in row.edits], [edit.b for edit in row.edits]
        yield from _lost(context, (row.a, row.a_units, there[0]), (row.b, row.b_units, there[1]))
        if not _is_earlier(context, row.a, row.b):
            yield from _lost(context, (row.b, row.b_units, there[1]), (row.a, row.a_units, there[0]))


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
