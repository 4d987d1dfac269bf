"""A telling: one clause or noun phrase of a report that tells an event, and the words it is known by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from retold.lexicon import entries
from retold.model.facts import Factuality, TimeExpression
from retold.model.page import PageId
from retold.text.edtf import parse
from retold.text.spans import Span
from retold.text.words import words_of


@dataclass(slots=True)
class Telling:
    """One clause that tells an event. ``keys`` are its telling words; ``time`` gave its date.

    ``shown`` is what a reader is shown: the clause with its subject where it has none of its own. ``named`` marks a
    noun phrase that only names the event ("the May 4 strike"); ``subject`` is the stem of the word before its verb;
    ``loose`` marks a clause without a place in time, kept only to be joined to an event that another one tells;
    ``lead`` is the rank of its sentence among those that say what the report is about, else 0; ``anew`` marks a clause
    that brings in somebody or something new ("A second judge ...", "Also on Monday, ...").

    Not frozen: the order found later in the page is added while the page is read.
    """

    page: PageId
    sentence: Span
    span: Span
    shown: Span
    keys: frozenset[str]
    date: str | None
    time: TimeExpression | None
    factuality: Factuality
    series: bool
    refers: bool
    verb: str = ""
    subject: str = ""
    named: bool = False
    loose: bool = False
    lead: int = 0
    anew: bool = False
    after: list[Telling] = field(default_factory=list)
    close_after: list[Telling] = field(default_factory=list)


def keys_of(text: str, span: Span, times: Sequence[TimeExpression]) -> frozenset[str]:
    """Return the stems of the clause's telling words: no small words, no words of a time."""
    small = set(entries("events")["small"]["words"])
    stems = [
        stem_of(word.key)
        for word in words_of(text, span)
        if word.key not in small and not any(time.span.start <= word.start < time.span.end for time in times)
    ]
    return frozenset(one_word_for(stem) for stem in stems)


def one_word_for(stem: str) -> str:
    """Return the stem that stands for all nouns of one thing in news: "suit" for "lawsuit"."""
    return _nouns_of_one_thing().get(stem, stem)


@cache
def _nouns_of_one_thing() -> dict[str, str]:
    return {stem_of(noun): stem_of(nouns[0]) for nouns in entries("events")["same_nouns"].values() for noun in nouns}


def stem_of(key: str) -> str:
    """Return the word without the commonest endings, so that "strikes" meets "strike".

    >>> {stem_of(word) for word in ("strike", "strikes", "striking")}
    {'strik'}
    """
    key = key.removesuffix("'s").removesuffix("’s")
    for ending in ("ings", "ing", "ed", "es", "s", "e"):
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            return key[: -len(ending)]
    return key


def is_told_in_time(telling: Telling, published: str | None) -> bool:
    """Tell whether the date fits the tense: nothing has happened after the day of print, nothing is to come before."""
    day, date = parse(published) if published else None, parse(telling.date) if telling.date else None
    if day is None or date is None:
        return True
    if telling.factuality is Factuality.EXPECTED:
        return date.last >= day.first
    to_come = "/" in (telling.date or "") and date.first >= day.first and date.last > day.last  # "later this month"
    return date.first <= day.last and not to_come


def is_open(date: str | None) -> bool:
    """Tell whether a date has an open side: "../2025-03-06", before print and no more is said."""
    return date is not None and (date.startswith("..") or date.endswith(".."))
