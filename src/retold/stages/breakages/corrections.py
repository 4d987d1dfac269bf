"""Corrections that another report did not take over.

Owns missed corrections: a report prints a correction, and another one that came out after it has at the same place
the reading that the correction takes back.
"""

from __future__ import annotations

from collections.abc import Iterator

from retold.model.page import Pointer
from retold.model.story import Breakage, Edit
from retold.stages.breakages.context import Context, Report
from retold.text.spans import Span
from retold.text.words import words_of

KIND = "missed correction"


def missed_corrections(context: Context) -> Iterator[Breakage]:
    """Yield the readings that another report of the story has corrected, each once a report."""
    told: set[tuple[str, Span]] = set()
    order = {page: i for i, page in enumerate(context.reports)}
    for row in context.alignments:
        a, b = context.reports[row.a], context.reports[row.b]
        for edit in row.edits:
            for right, wrong, at in ((a, b, edit.b), (b, a, edit.a)):
                where = _correction_of(right, wrong, edit if wrong is b else Edit(edit.b, edit.a, edit.kinds))
                too_early = order[wrong.page] < order[right.page]
                if where is None or too_early or (wrong.page, at) in told:
                    continue
                told.add((wrong.page, at))
                word = wrong.text[slice(*at)]
                says = f"'{word}' is corrected in {{{right.page}}}, which this report does not follow"
                yield Breakage(context.story.story, wrong.page, at, word, KIND, says, Pointer(right.page, *where))


def _correction_of(right: Report, wrong: Report, edit: Edit) -> Span | None:
    """Return the note of ``right`` that takes back the words ``edit.b`` of ``wrong``, or None."""
    if wrong.corrections or not edit.a.size or not edit.b.size:
        return None
    if right.day and wrong.day and wrong.day < right.day:
        return None
    old = {word.key for word in words_of(wrong.text, edit.b)}
    new = {word.key for word in words_of(right.text, edit.a)}
    if not old or not _is_checkable(wrong.text[slice(*edit.b)]):
        return None
    for note in right.corrections:
        noted = {word.key for word in words_of(right.text, note)}
        if old <= noted and (new <= noted or not new & old):
            return note
    return None


def _is_checkable(words: str) -> bool:
    """Tell whether a reading holds a figure or a name."""
    return any(letter.isdigit() or letter.isupper() for letter in words)
