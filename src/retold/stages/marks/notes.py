"""Corrections, editor's notes and update notices: which of the three a note is, by its opening words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from retold.lexicon.load import entries
from retold.lexicon.notes import NoteForm, note_form
from retold.model.page import Page
from retold.model.report import Note, NoteKind, Segment, SegmentKind
from retold.text.spans import trim

_FORMS: dict[NoteForm, NoteKind] = {
    "correction": NoteKind.CORRECTION, "editor": NoteKind.EDITOR, "update": NoteKind.UPDATE,
}  # fmt: skip
_LISTS = {"correction": NoteKind.CORRECTION, "editor": NoteKind.EDITOR, "update": NoteKind.UPDATE}


@cache
def _openings() -> tuple[tuple[str, NoteKind], ...]:
    """Opening words with their kind, longest first."""
    pairs = [(words.casefold(), kind) for name, kind in _LISTS.items() for words in entries("credits")["note"][name]]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def note_kind(text: str) -> NoteKind:
    """Return what a note is by how it opens; a correction when nothing else is said.

    >>> note_kind("Editor's note: This report contains details some may find distressing.").value
    "editor's note"
    """
    if (form := note_form(text)) is not None:
        return _FORMS[form]
    opening = text.casefold().lstrip("*•-–—[(_ ")
    for words, kind in _openings():
        if opening.startswith(words):
            return kind
    return NoteKind.CORRECTION


def notes_of(page: Page, segments: Sequence[Segment]) -> Iterator[Note]:
    """Yield the notes on a report, one per correction segment."""
    for segment in segments:
        if segment.kind is SegmentKind.CORRECTION:
            span = trim(page.text, segment.span)
            yield Note(page.page, note_kind(page.text[span.start : span.end]), span)
