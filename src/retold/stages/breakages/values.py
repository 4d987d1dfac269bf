"""Another value at the same place of a statement: a number, a date, a word inside quotation marks.

Owns the changed values read off aligned units. They are told of a carrier against its source, else of the later report
against the earlier one. Another way of writing, a word masked for decency, an editor's bracket and another telling of
the same speech change no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from retold.lexicon import entries
from retold.model.page import Pointer
from retold.model.story import Alignment, Breakage, Change, Edit, EditKind
from retold.stages.breakages.context import Context, Report
from retold.text.spans import Span
from retold.text.words import Word, words_of

MAX_WORDS = 6
"""An edit of more words on a side tells something else, not another value of the same thing."""

FEW_REPLACED, MAX_REPLACED = 2, 0.15
"""Where edits replace more words of a quotation than these few, and more than this share of the words of its statement,
it is another telling of what was said (a translation, a statement beside a post). Set on 18 changed quotations read in
123 open groups (docs/reading/collation-3.md)."""


def changed_values(context: Context) -> Iterator[Breakage]:
    """Yield the numbers, dates and quotations that another wording of the same sentence has otherwise."""
    for row in context.alignments:
        if row.change is not Change.EDITED:
            continue
        row = _carrier_last(context, row)
        a, b = context.reports[row.a], context.reports[row.b]
        is_retold = _is_retold(a, b, row)
        for edit in sorted(row.edits, key=lambda edit: (edit.b, edit.a)):
            kind = _changed_kind(a, b, edit, is_retold=is_retold)
            if kind is not None and not _is_corrected(context, a, b, edit):
                mine, theirs = b.text[slice(*edit.b)], a.text[slice(*edit.a)]
                says = f"'{mine}' here, '{theirs}' in {{{a.page}}}"
                yield Breakage(context.story.story, b.page, edit.b, mine, kind, says, Pointer(a.page, *edit.a))


def _carrier_last(context: Context, row: Alignment) -> Alignment:
    """Return the alignment with a report that derives from the other one as its second side."""
    if not context.derives(row.a, row.b):
        return row
    edits = tuple(Edit(edit.b, edit.a, edit.kinds) for edit in row.edits)
    return replace(row, a=row.b, b=row.a, a_units=row.b_units, b_units=row.a_units, edits=edits)


def _is_retold(a: Report, b: Report, row: Alignment) -> bool:
    """Tell whether edits inside quotation marks replace so many words that it is another telling of the same."""
    replaced = sum(
        max(len(words_of(a.text, edit.a)), len(words_of(b.text, edit.b)))
        for edit in row.edits
        if edit.a.size and edit.b.size and a.is_quoted(edit.a.start) and b.is_quoted(edit.b.start)
    )
    n_a = sum(len(words_of(a.text, unit)) for unit in row.a_units)
    n_b = sum(len(words_of(b.text, unit)) for unit in row.b_units)
    return replaced > FEW_REPLACED and replaced > MAX_REPLACED * max(n_a, n_b)


def _is_corrected(context: Context, a: Report, b: Report, edit: Edit) -> bool:
    """Tell whether a correction printed in the story names both values: then ``corrections`` tells of it."""
    both = {word.key for word in words_of(a.text, edit.a)} | {word.key for word in words_of(b.text, edit.b)}
    return any(
        both <= {word.key for word in words_of(report.text, note)}
        for report in context.reports.values()
        for note in report.corrections
    )


def _changed_kind(a: Report, b: Report, edit: Edit, *, is_retold: bool) -> str | None:
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
    if is_retold or _is_only_written_otherwise(a.text, edit.a, b.text, edit.b):
        return None
    is_spelling = bool(_SPELLING & set(edit.kinds)) and EditKind.WORDING not in edit.kinds
    both_quoted = a.is_quoted(edit.a.start) and b.is_quoted(edit.b.start)
    return "changed quote" if EditKind.QUOTE in edit.kinds and both_quoted and not is_spelling else None


def _is_only_written_otherwise(text_a: str, a: Span, text_b: str, b: Span) -> bool:
    """Tell whether the two readings differ in how they are written down, not in what was said."""
    if _is_contraction(text_a, a, text_b, b) or _is_contraction(text_b, b, text_a, a):
        return True
    if _has_bracket(text_a, a) or _has_bracket(text_b, b):
        return True
    one, other = _unbroken(text_a, a), _unbroken(text_b, b)
    return _masks(one, other) or _masks(other, one)


_BRACKETS = frozenset("()[]")


def _has_bracket(text: str, span: Span) -> bool:
    """Tell whether a bracket stands in the words or right beside them: an editor's hand, known as such."""
    return not _BRACKETS.isdisjoint(text[max(0, span.start - 1) : span.end + 1])


LONGEST_WORD = 30
_MASKED = re.compile(r"([a-z]{1,4})(?:[*#_•]+|[-‐‑–]{2,}|—+)([a-z]{0,6})", re.IGNORECASE)


def _unbroken(text: str, span: Span) -> str:
    """Return what is printed from the blank before the words to the blank after, without the marks around it."""
    low, high = max(0, span.start - LONGEST_WORD), span.end + LONGEST_WORD
    before, after = text[low : span.start].split(), text[span.end : high].split()
    start = before[-1] if before and not text[span.start - 1].isspace() else ""
    end = after[0] if after and not text[span.end].isspace() else ""
    return (start + text[slice(*span)] + end).strip(".,;:!?\"'“”‘’")


def _masks(masked: str, word: str) -> bool:
    """Tell whether the first is the second with letters taken out for decency: "d---", "dam*ed"."""
    found = _MASKED.fullmatch(masked)
    if found is None or _MASKED.fullmatch(word):
        return found is not None
    start, end = (part.casefold() for part in found.groups())
    return word.casefold().startswith(start) and word.casefold().endswith(end)


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


_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
"""Those that are no words."""


def _figure(key: str) -> str:
    value = entries("numbers")["words"].get(key, _ROMAN.get(key))
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
