"""The timeline of one entity: what it does and what befalls it, across reports, in order."""

from __future__ import annotations

from dataclasses import dataclass

from retold.model.page import PageId
from retold.text.spans import Span


@dataclass(frozen=True, slots=True)
class EntityEvent:
    """One event word: its page, the index of its sentence among the page's, its span."""

    page: PageId
    i_sentence: int
    span: Span


@dataclass(frozen=True, slots=True)
class EntityEntry:
    """One entry: its place in order from 1 (0 where nothing places it), its day, the words that tell it.

    ``date`` is EDTF; it ends in ``?`` where the words give no day and the day that the report goes on with is taken.
    """

    order: int
    date: str | None
    events: tuple[EntityEvent, ...]
