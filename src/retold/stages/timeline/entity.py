"""The timeline of one entity over reports: its doings, those of one day and word in one entry, in order.

Wider than a story's timeline: it lists sayings and deeds without a date too. A day that ends in "?" is not the words'
own: it is the day the report goes on with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retold.model.entity_timeline import EntityEntry, EntityEvent
from retold.model.facts import TimeExpression
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages.timeline.doings import doings_of, name_spans
from retold.stages.timeline.telling import stem_of
from retold.text.edtf import parse
from retold.text.spans import Span

_READ = frozenset({SegmentKind.BODY, SegmentKind.STANDFIRST})


@dataclass(frozen=True, slots=True)
class Told:
    """One report as the timeline needs it; ``mentions`` are places known to mean the entity, ``published`` its day."""

    page: PageId
    text: str
    sentences: tuple[Sentence, ...]
    times: tuple[TimeExpression, ...]
    mentions: tuple[Span, ...]
    published: str | None


def entity_timeline(name: str, reports: Sequence[Told]) -> tuple[EntityEntry, ...]:
    """Return the entries of the entity that ``name`` names, dated ones in order of time, then the others as told."""
    groups: dict[tuple[str, str], list[EntityEvent]] = {}
    for report in reports:
        for event, date, word in _events_of(name, report):
            key = (date, stem_of(word)) if date else ("", f"{event.page} {event.span.start}")
            groups.setdefault(key, []).append(event)
    dated = sorted((key for key in groups if key[0]), key=lambda key: _rank(key[0]))
    days = {day: n + 1 for n, day in enumerate(dict.fromkeys(_rank(key[0]) for key in dated))}
    entries = [EntityEntry(days[_rank(key[0])], key[0], tuple(groups[key])) for key in dated]
    return tuple(entries) + tuple(EntityEntry(0, None, tuple(groups[key])) for key in groups if not key[0])


def _events_of(name: str, report: Told) -> list[tuple[EntityEvent, str, str]]:
    """Return the events of one report with their day ("" where none) and word."""
    mentions = _merged(name_spans(report.text, name), report.mentions)
    read = [(i, sentence) for i, sentence in enumerate(report.sentences) if sentence.kind in _READ]
    found = doings_of(report.text, [s.span for _, s in read], mentions, report.times, report.published)
    return [
        (
            EntityEvent(report.page, read[doing.i_sentence][0], doing.span),
            doing.date or "",
            report.text[doing.span.start : doing.span.end].casefold(),
        )
        for doing in found
    ]


def _merged(named: Sequence[Span], known: Sequence[Span]) -> list[Span]:
    return sorted({*named, *(span for span in known if not any(span.overlaps(other) for other in named))})


def _rank(date: str) -> tuple[int, int]:
    days = parse(date.rstrip("?"))
    return (days.first, days.last) if days is not None else (0, 0)
