"""Names and things a report speaks of as known though only another report introduces them.

Owns orphaned surnames, abbreviations and things ("the resolution"). All are told only of a statement that another
report has too, where that other report introduces the word before or in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold.model.page import PageId, Pointer
from retold.model.story import Breakage
from retold.stages.breakages.context import Context, Report
from retold.stages.breakages.persons import bare_key, names_in, words_for
from retold.text.spans import Span
from retold.text.words import Word, words_of

KIND = "orphaned name"

MIN_SURNAME = 4
"""Shorter words are too often parts of other names."""

_ADJECTIVES, _SPELT_OUT = 4, 80
_ABBREVIATION = re.compile(r"\(([A-Z]{3,6})\)")


@dataclass(frozen=True, slots=True)
class Introductions:
    """Where a report introduces what it names later: by surname, by abbreviation, by thing; first place each.

    ``in_full`` are all words that stand in a name of several words anywhere on the page.
    """

    surnames: Mapping[str, Span]
    in_full: frozenset[str]
    abbreviations: Mapping[str, Span]
    things: Mapping[str, Span]


def orphaned_names(context: Context) -> Iterator[Breakage]:
    """Yield the surnames, abbreviations and things that nothing in the report introduces, each once a report."""
    if len(context.reports) < 2:
        return
    known = {page: introductions(report) for page, report in context.reports.items()}
    for report in context.reports.values():
        told: set[str] = set()
        for i, sentence in enumerate(report.sentences):
            for word in _candidates(report, sentence, known):
                key = bare_key(report.text, word)
                found = None if key in told else _introduced_elsewhere(context, report, i, word, known)
                if found is not None:
                    told.add(key)
                    yield found


def introductions(report: Report) -> Introductions:
    """Return where a report introduces persons, bodies by their letters, and things."""
    surnames: dict[str, Span] = {}
    for person in report.persons:
        words = words_of(report.text, person)
        if len(words) > 1:
            surnames.setdefault(bare_key(report.text, words[-1]), person)
    everything = words_of(report.text)
    in_full = frozenset(
        bare_key(report.text, word)
        for first, last in names_in(report.text, everything)
        if last > first
        for word in everything[first : last + 1]
    )
    abbreviations: dict[str, Span] = {}
    for match in _ABBREVIATION.finditer(report.text):
        if _is_spelt_out(report.text, match.start(), match.group(1)):
            abbreviations.setdefault(match.group(1).casefold(), Span(match.start(1), match.end(1)))
    things: dict[str, Span] = {}
    for sentence in report.sentences:
        words = words_of(report.text, sentence)
        for i, word in enumerate(words):
            if word.key in words_for("definite", "things") and _is_new(words, i):
                things.setdefault(word.key, Span(word.start, word.end))
    return Introductions(surnames, in_full, abbreviations, things)


def _is_new(words: Sequence[Word], i: int) -> bool:
    """Tell whether the noun stands with "a" or "an" shortly before it."""
    return any(word.key in ("a", "an") for word in words[max(0, i - _ADJECTIVES) : i])


def _is_spelt_out(text: str, at: int, letters: str) -> bool:
    """Tell whether the words before a bracket begin with its letters: "the Harbour Pilots Board (HPB)"."""
    before = words_of(text, (max(0, at - _SPELT_OUT), at))
    initials = "".join(text[word.start] for word in before if text[word.start].isupper())
    return initials.endswith(letters)


def _candidates(report: Report, sentence: Span, known: Mapping[PageId, Introductions]) -> Iterator[Word]:
    """Yield the words of a sentence that lean on an introduction this report has not."""
    mine = known[report.page]
    words = words_of(report.text, sentence)
    runs = names_in(report.text, words)
    single = {last for first, last in runs if first == last or (last == first + 1 and words[first].key == "the")}
    for i, word in enumerate(words):
        if report.is_quoted(word.start):
            continue
        if _leans(report, words, i, i in single, mine):
            yield word


def _leans(report: Report, words: list[Word], i: int, is_single: bool, mine: Introductions) -> bool:
    """Tell whether a word is a bare surname, an abbreviation or a definite thing not introduced in this report."""
    key, before = bare_key(report.text, words[i]), words[i - 1].key if i else ""
    if before == "the" and key in words_for("definite", "things"):
        return not _speaks_of(report, key, words[i - 1].start)
    if not is_single:
        return False
    if report.text[words[i].start : words[i].end].isupper():
        return key not in mine.abbreviations and key not in words_for("definite", "known_abbreviations")
    if len(key) < MIN_SURNAME or key in mine.in_full or not any(p.start == words[i].start for p in report.persons):
        return False
    return before not in words_for("persons", "titles") and before not in words_for("persons", "roles")


def _speaks_of(report: Report, key: str, end: int) -> bool:
    """Tell whether the report has the noun before, in any form, headline and captions included."""
    return any(word.key.startswith(key) for word in words_of(report.text, (0, end)))


def _introduced_elsewhere(
    context: Context, report: Report, i: int, word: Word, known: Mapping[PageId, Introductions]
) -> Breakage | None:
    key = bare_key(report.text, word)
    shown = report.text[word.start : word.end].removesuffix("'s").removesuffix("’s")
    for other in context.others(report.page):
        where = _introduction(known[other.page], key, shown)
        if where is None:
            continue
        at = context.counterpart(report, i, other)
        if at is None or where.start >= other.sentences[at].end or not _has(other, other.sentences[at], key):
            continue
        if where.overlaps(other.sentences[at]) and not where.end < other.sentences[at].end:
            continue
        pointer, span = Pointer(other.page, where.start, where.end), Span(word.start, word.start + len(shown))
        full = other.text[where.start : where.end]
        says = f"'{shown}' is not introduced here; {{{other.page}}} has '{full}' before it"
        return Breakage(context.story.story, report.page, span, shown, KIND, says, pointer)
    return None


def _introduction(known: Introductions, key: str, shown: str) -> Span | None:
    if shown.isupper():
        return known.abbreviations.get(key)
    if shown[:1].isupper():
        return known.surnames.get(key)
    return known.things.get(key)


def _has(report: Report, sentence: Span, key: str) -> bool:
    return any(bare_key(report.text, word) == key for word in words_of(report.text, sentence))
