"""Whether what one report tells stands in another one too, in other words or at another place.

Owns the tests made before saying "only A has it": the same quotation, the same number of the same thing, or most of
the telling words. They err on the side of "it is told": a false "only" is worse than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from retold.lexicon import entries
from retold.lexicon.rarity import level_of
from retold.model.facts import Quantity
from retold.model.page import PageId
from retold.stages.agreement.material import Material
from retold.stages.agreement.numbers import Count, head_of, sense_of, what_of
from retold.text.spans import Span
from retold.text.words import Word, words_of

QUOTED_IN_A_ROW = 5
"""Words of a quotation that stand in a row in another report make it told there as well."""

NEAR_SHARE = 0.5
"""Of the telling words, when they stand within three sentences of the other report."""

ANYWHERE_SHARE = 0.75
"""The same when they are strewn over the whole other report."""

EVENT_SHARE = 0.6
"""Of a stretch that the mention of an event must fill, so that the stretch tells little else."""

NEAR_SENTENCES = 3

SMALL_COUNT = 12
"""Counts up to a dozen are the same by chance: they need a telling word beside them."""

NAME_WEIGHT = 12
"""What a capital or a digit adds: as much as being eight times as rare."""

RAREST_LEVEL = 32
"""No word weighs more for its rarity."""

TELLING_LEVEL = 10
"""Words in fewer than a sixth of all reports say what a number is about."""

_COMMON_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "percent", "year of age"})

_QUOTATION = re.compile(r"“[^”]{8,}”?|\"[^\"]{8,}\"")


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one report, findable by word and by run of words."""

    words: tuple[Word, ...]
    line: str
    runs: dict[tuple[str, ...], int]
    stems: frozenset[str]
    near: tuple[frozenset[str], ...]


class Elsewhere:
    """The reports of a story, asked whether they tell what another one tells."""

    def __init__(self, material: Material, events: Mapping[PageId, Sequence[Span]] | None = None) -> None:
        self._material = material
        self._events = events or {}
        self._texts: dict[PageId, _Text] = {}
        self._counts: dict[PageId, dict[tuple[object, ...], list[Quantity]]] = {}
        self._around: dict[tuple[PageId, Span], frozenset[str]] = {}
        self._beside: dict[tuple[PageId, Span], frozenset[str]] = {}

    def tells(self, page: PageId, span: Span, *, others: Sequence[PageId] | None = None) -> bool:
        """Tell whether another report (of ``others``; default: any) tells what ``page`` has at ``span``."""
        asked = [other for other in (others or self._material.pages) if other != page]
        weights = self._weights(page, span)
        counts = self._material.quantities_in(page, [span])
        runs = [run for quote in self.quotations(page, span) for run in _runs_of(quote)]
        short = [" ".join(word.key for word in quote) for quote in self.quotations(page, span) if _is_a_name(quote)]
        return any(
            any(run in self._text(other).runs for run in runs)
            or any(f" {quote} " in self._text(other).line for quote in short)
            or any(self._counts_too(other, count, weights) for count in counts)
            or self._shares_words(other, weights)
            for other in asked
        )

    def tells_event_of(self, page: PageId, span: Span) -> bool:
        """Tell whether an event that another report tells too makes up most of a stretch."""
        here = [event for event in self._events.get(page, ()) if span.overlaps(event)]
        shared = sum(min(span.end, event.end) - max(span.start, event.start) for event in here)
        return shared >= EVENT_SHARE * span.size

    def quotations(self, page: PageId, span: Span) -> Iterator[list[Word]]:
        """Yield the words of each quotation inside the span."""
        text = self._material.texts[page]
        for found in _QUOTATION.finditer(text, *span):
            yield words_of(text, Span(*found.span()))

    def _counts_too(self, other: PageId, count: Quantity, weights: dict[str, int]) -> bool:
        if self._same_odd_count(count.page, count, other) is not None:
            return True
        key = self._count_key(count)
        if key is None:
            return False
        small = count.unit is None and (count.value is None or count.value <= SMALL_COUNT)
        for theirs in self._counts_of(other).get(key, ()):
            if not small or len(set(weights) & self._stems_around(other, theirs.span)) > 1:
                return True
        return False

    def same_count(self, page: PageId, count: Quantity, other: PageId) -> Quantity | None:
        """Return the other report's first telling of the count: equal, of one thing, in sentences that share words.

        An odd number of many things ("26 votes") is the same without; a common or a small one needs more beside it.
        """
        key = self._count_key(count)
        if count.value is None or (count.ordinal and count.value <= SMALL_COUNT):
            return None
        if key is None:
            return self._same_odd_count(page, count, other)
        sense = sense_of(count)
        alike = [q for q in self._counts_of(other).get(key, ()) if sense_of(q) == sense]
        if not alike:
            return self._same_odd_count(page, count, other)
        here = self.stems_beside(page, count)
        for theirs in alike:
            shared = sum(level_of_stem(stem) >= TELLING_LEVEL for stem in here & self.stems_beside(other, theirs))
            if shared >= _need(count) or (shared and self._are_followed_alike(count, theirs)):
                return theirs
        return self._same_odd_count(page, count, other)

    def _same_odd_count(self, page: PageId, count: Quantity, other: PageId) -> Quantity | None:
        """Return the other report's telling of a number so odd that the words beside it say it counts the same.

        "585 voters took part in the survey" and "the survey of 585 people" name what they count differently.
        """
        need = _need_beside_odd(count)
        if need is None:
            return None
        here = self.stems_beside(page, count)
        for theirs in self._material.quantities[other]:
            same = (theirs.value, theirs.unit, theirs.ordinal) == (count.value, None, False)
            if same and sense_of(theirs) == sense_of(count):
                beside = here & self.stems_beside(other, theirs)
                if sum(level_of_stem(stem) >= TELLING_LEVEL for stem in beside) >= need:
                    return theirs
        return None

    def _are_followed_alike(self, count: Quantity, theirs: Quantity) -> bool:
        """Tell whether one telling word comes next to two counts of things: "two councillors voted"."""
        following = self._next(count.page, count)
        return count.unit is None and following != "" and following == self._next(theirs.page, theirs)

    def _next(self, page: PageId, count: Quantity) -> str:
        """Return the stem of the word after what is counted; "" for a word that tells nothing."""
        end = max(count.span.end, count.counted.end if count.counted is not None else 0)
        words = words_of(self._material.texts[page], Span(end, max(end, self._material.home(page, count.span).end)))
        return stem_of(words[0].key) if words and words[0].key not in _small() and len(words[0].key) > 2 else ""

    def stems_beside(self, page: PageId, count: Quantity) -> frozenset[str]:
        """Return the stems of the count's sentence but for its own words."""
        at = (page, count.span)
        if at not in self._beside:
            own = self._stems_at(page, count)
            self._beside[at] = frozenset(s for s in self._stems_around(page, count.span) - own if len(s) > 2)
        return self._beside[at]

    def _counts_of(self, page: PageId) -> dict[tuple[object, ...], list[Quantity]]:
        if page not in self._counts:
            found: dict[tuple[object, ...], list[Quantity]] = {}
            for count in self._material.quantities[page]:
                key = self._count_key(count)
                if key is not None:
                    found.setdefault(key, []).append(count)
            self._counts[page] = found
        return self._counts[page]

    def _stems_at(self, page: PageId, count: Quantity) -> frozenset[str]:
        spans = [count.span, *([count.counted] if count.counted is not None else [])]
        keys = [word.key for span in spans for word in words_of(self._material.texts[page], span)]
        return frozenset(stem_of(key) for key in keys) | {stem_of(key) for key in _small()}

    def _count_key(self, count: Quantity) -> tuple[object, ...] | None:
        head = head_of(self._material, count)
        if count.unit is None and not head:
            return None
        value = (count.value, count.low, count.high)
        return (*value, count.unit, count.ordinal, "" if count.unit is not None else head)

    def _stems_around(self, page: PageId, span: Span) -> frozenset[str]:
        home = self._material.home(page, span)
        if (page, home) not in self._around:
            words = words_of(self._material.texts[page], home)
            self._around[page, home] = frozenset(stem_of(word.key) for word in words)
        return self._around[page, home]

    def _shares_words(self, other: PageId, weights: dict[str, int]) -> bool:
        total = sum(weights.values())
        if not total:
            return False
        text = self._text(other)
        if _weight(weights, text.stems) >= ANYWHERE_SHARE * total:
            return True
        return any(_weight(weights, stems) >= NEAR_SHARE * total for stems in text.near)

    def _weights(self, page: PageId, span: Span) -> dict[str, int]:
        """Return the telling words of a stretch by stem, weighed by rarity; names and numbers weigh more."""
        text = self._material.texts[page]
        found: dict[str, int] = {}
        for i, word in enumerate(words_of(text, span)):
            if word.key in _small() or (len(word.key) < 3 and not word.key.isdigit()):
                continue
            first = text[word.start]
            heavy = first.isdigit() or (first.isupper() and i > 0)
            stem = stem_of(word.key)
            weight = min(level_of_stem(stem), RAREST_LEVEL) + (NAME_WEIGHT if heavy else 0)
            found[stem] = max(found.get(stem, 0), weight)
        return found

    def _text(self, page: PageId) -> _Text:
        if page not in self._texts:
            self._texts[page] = self._read(page)
        return self._texts[page]

    def _read(self, page: PageId) -> _Text:
        text = self._material.texts[page]
        sentences = [words_of(text, sentence.span) for sentence in self._material.sentences[page]]
        words = tuple(word for sentence in sentences for word in sentence)
        runs: dict[tuple[str, ...], int] = {}
        for i, run in enumerate(_runs_of(words)):
            runs.setdefault(run, i)
        stems = [frozenset(stem_of(word.key) for word in sentence) for sentence in sentences]
        near = tuple(frozenset().union(*stems[i : i + NEAR_SENTENCES]) for i in range(len(stems)))
        line = f" {' '.join(word.key for word in words)} "
        return _Text(words, line, runs, frozenset().union(*stems), near)


def _is_a_name(quote: Sequence[Word]) -> bool:
    """Tell whether three or four quoted words are too rare to be printed twice by chance: a title."""
    rare = sum(min(level_of(word.key), RAREST_LEVEL) for word in quote)
    return 2 < len(quote) < QUOTED_IN_A_ROW and rare >= LEAST_RARITY_OF_NAME


LEAST_RARITY_OF_NAME = 44
"""One rare word or two that are seldom together, as for whole quotations told alike."""


def _runs_of(words: Sequence[Word]) -> list[tuple[str, ...]]:
    keys = [word.key for word in words]
    return [tuple(keys[i : i + QUOTED_IN_A_ROW]) for i in range(len(keys) - QUOTED_IN_A_ROW + 1)]


def _weight(weights: dict[str, int], stems: frozenset[str]) -> int:
    return sum(weight for stem, weight in weights.items() if stem in stems)


@cache
def _small() -> frozenset[str]:
    events = entries("events")
    return frozenset(events["small"]["words"]) | frozenset(events["attribution"]["plain"])


@cache
def level_of_stem(stem: str) -> int:
    """Return how rare the commonest word of a stem is."""
    return min(level_of(stem + ending) for ending in ("", "s", "e", "ed", "es", "ing"))


LEAST_ODD = 100
"""A smaller number is had by many things."""
_YEARS = range(1900, 2101)


def _need_beside_odd(count: Quantity) -> int | None:
    """Return how many telling words must stand beside an equal number that counts something else by name, or None.

    One with three digits or more of its own (585, 2,975) needs one, one with two (1,600) two; round ones are common.
    """
    if count.value is None or count.unit is not None or count.ordinal or count.value != int(count.value):
        return None
    value = int(count.value)
    n_digits = len(str(value).rstrip("0"))
    if value < LEAST_ODD or value in _YEARS or n_digits == 1:
        return None
    return 1 if n_digits > 2 else 2


def _need(count: Quantity) -> int:
    """Return how many telling words two sentences must share beside an equal number of one thing."""
    if count.value is None or count.unit in _COMMON_UNITS:
        return 3
    if count.value <= SMALL_COUNT:
        return 2
    is_odd = count.unit is None and count.value % 10 != 0
    return 0 if is_odd else 1


@cache
def stem_of(key: str) -> str:
    """Return a word without the endings of English verbs and plurals."""
    for ending in ("ings", "ing", "ed", "es", "s", "e"):
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            return key[: -len(ending)]
    return key


def counts_told_alike(material: Material, elsewhere: Elsewhere) -> list[list[Count]]:
    """Return the counts that reports give equally wherever they stand, each with its first telling in each report."""
    found: list[list[Count]] = []
    taken: set[tuple[PageId, int]] = set()
    for i_page, page in enumerate(material.pages):
        for count in material.quantities[page]:
            if (page, count.span.start) in taken:
                continue
            others = [
                (other, theirs)
                for other in material.pages[i_page + 1 :]
                if (theirs := elsewhere.same_count(page, count, other)) is not None
            ]
            column = [Count(at, quantity, what_of(material, quantity)) for at, quantity in [(page, count), *others]]
            if len(column) > 1 and not taken & {(c.page, c.quantity.span.start) for c in column}:
                found.append(column)
            taken |= {(c.page, c.quantity.span.start) for c in column}
    return found
