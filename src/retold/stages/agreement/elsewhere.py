"""Whether what one report tells stands in another one too, in other words or at another place.

Owns the tests made before saying "only A has it": the same quotation, the same number of the same thing, or most of
the telling words. They err on the side of "it is told": a false "only" is worse than a missing one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from retold.lexicon import entries
from retold.model.facts import Quantity
from retold.model.page import PageId
from retold.stages.agreement.material import Material
from retold.stages.agreement.numbers import Count, head_of, what_of
from retold.text.spans import Span
from retold.text.words import Word, words_of

QUOTED_IN_A_ROW = 5
"""Words of a quotation that stand in a row in another report make it told there as well."""

SAME_QUOTATION = 6
"""A quotation shared by two reports agrees from so many words in a row."""

NEAR_SHARE = 0.6
"""Of the telling words, when they stand within three sentences of the other report (set on groups 031 to 050)."""

ANYWHERE_SHARE = 0.8
"""The same when they are strewn over the whole other report."""

NEAR_SENTENCES = 3

SMALL_COUNT = 12
"""Counts up to a dozen are the same by chance: they need a telling word beside them."""

NAME_WEIGHT = 2

SHARED_WORDS = 2
"""Telling words that two sentences share beside an equal number of one thing; one more where the number is small."""

_COMMON_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "percent"})

_QUOTATION = re.compile(r"“[^”]{8,}”?|\"[^\"]{8,}\"")


class SharedQuotation(NamedTuple):
    """A run of quoted words of page ``a`` and where page ``b`` has it."""

    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one report, findable by word and by run of words."""

    words: tuple[Word, ...]
    runs: dict[tuple[str, ...], int]
    stems: frozenset[str]
    near: tuple[frozenset[str], ...]


class Elsewhere:
    """The reports of a story, asked whether they tell what another one tells."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._texts: dict[PageId, _Text] = {}
        self._counts: dict[PageId, dict[tuple[object, ...], list[Quantity]]] = {}

    def tells(self, page: PageId, span: Span, *, others: Sequence[PageId] | None = None) -> bool:
        """Tell whether another report (of ``others``; default: any) tells what ``page`` has at ``span``."""
        asked = [other for other in (others or self._material.pages) if other != page]
        weights = self._weights(page, span)
        counts = self._material.quantities_in(page, [span])
        runs = [run for quote in self.quotations(page, span) for run in _runs_of(quote)]
        return any(
            any(run in self._text(other).runs for run in runs)
            or any(self._counts_too(other, count, weights) for count in counts)
            or self._shares_words(other, weights)
            for other in asked
        )

    def quotations(self, page: PageId, span: Span) -> Iterator[list[Word]]:
        """Yield the words of each quotation inside the span."""
        text = self._material.texts[page]
        for found in _QUOTATION.finditer(text, *span):
            yield words_of(text, Span(*found.span()))

    def shared_quotation(self, quote: Sequence[Word], other: PageId) -> SharedQuotation | None:
        """Return the longest run of the quotation that the other report has, from six words on."""
        there, best = self._text(other), (0, 0, 0)
        for i, run in enumerate(_runs_of(quote)):
            at = there.runs.get(run)
            if at is None:
                continue
            n = 0
            while i + n < len(quote) and at + n < len(there.words) and quote[i + n].key == there.words[at + n].key:
                n += 1
            best = max(best, (n, -i, -at))
        n, i, at = best[0], -best[1], -best[2]
        if n < SAME_QUOTATION:
            return None
        return SharedQuotation(
            Span(quote[i].start, quote[i + n - 1].end), Span(there.words[at].start, there.words[at + n - 1].end)
        )

    def _counts_too(self, other: PageId, count: Quantity, weights: dict[str, int]) -> bool:
        key = self._count_key(count)
        if key is None:
            return False
        small = count.unit is None and (count.value is None or count.value <= SMALL_COUNT)
        for theirs in self._counts_of(other).get(key, ()):
            if not small or len(set(weights) & self._stems_around(other, theirs.span)) > 1:
                return True
        return False

    def same_count(self, page: PageId, count: Quantity, other: PageId) -> Quantity | None:
        """Return the other report's first telling of the count: equal, of one thing, in sentences that share words."""
        key = self._count_key(count)
        if key is None or count.value is None or count.ordinal:
            return None
        big = count.value > SMALL_COUNT and count.unit not in _COMMON_UNITS
        need = SHARED_WORDS if big else SHARED_WORDS + 1
        alike = [q for q in self._counts_of(other).get(key, ()) if q.approximate == count.approximate]
        here = self._stems_around(page, count.span) - self._stems_at(page, count) if alike else frozenset()
        for theirs in alike:
            there = self._stems_around(other, theirs.span) - self._stems_at(other, theirs)
            if sum(len(stem) > 2 for stem in here & there) >= need:
                return theirs
        return None

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
        return frozenset(_stem(key) for key in keys) | {_stem(key) for key in _small()}

    def _count_key(self, count: Quantity) -> tuple[object, ...] | None:
        head = head_of(self._material, count)
        if count.unit is None and not head:
            return None
        value = (count.value, count.low, count.high)
        return (*value, count.unit, count.ordinal, "" if count.unit is not None else head)

    def _stems_around(self, page: PageId, span: Span) -> frozenset[str]:
        home = next((s.span for s in self._material.sentences[page] if s.span.holds(span)), span)
        return frozenset(_stem(word.key) for word in words_of(self._material.texts[page], home))

    def _shares_words(self, other: PageId, weights: dict[str, int]) -> bool:
        total = sum(weights.values())
        if not total:
            return False
        text = self._text(other)
        if _weight(weights, text.stems) >= ANYWHERE_SHARE * total:
            return True
        return any(_weight(weights, stems) >= NEAR_SHARE * total for stems in text.near)

    def _weights(self, page: PageId, span: Span) -> dict[str, int]:
        """Return the telling words of a stretch by stem: names and numbers weigh double."""
        text = self._material.texts[page]
        found: dict[str, int] = {}
        for i, word in enumerate(words_of(text, span)):
            if word.key in _small() or (len(word.key) < 3 and not word.key.isdigit()):
                continue
            first = text[word.start]
            heavy = first.isdigit() or (first.isupper() and i > 0)
            stem = _stem(word.key)
            found[stem] = max(found.get(stem, 0), NAME_WEIGHT if heavy else 1)
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
        stems = [frozenset(_stem(word.key) for word in sentence) for sentence in sentences]
        near = tuple(frozenset().union(*stems[i : i + NEAR_SENTENCES]) for i in range(len(stems)))
        return _Text(words, runs, frozenset().union(*stems), near)


def _runs_of(words: Sequence[Word]) -> list[tuple[str, ...]]:
    keys = [word.key for word in words]
    return [tuple(keys[i : i + QUOTED_IN_A_ROW]) for i in range(len(keys) - QUOTED_IN_A_ROW + 1)]


def _weight(weights: dict[str, int], stems: frozenset[str]) -> int:
    return sum(weight for stem, weight in weights.items() if stem in stems)


@cache
def _small() -> frozenset[str]:
    events = entries("events")
    return frozenset(events["small"]["words"]) | frozenset(events["attribution"]["plain"])


def _stem(key: str) -> str:
    for ending in ("ings", "ing", "ed", "es", "s", "e"):
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            return key[: -len(ending)]
    return key


def quotations_told_alike(material: Material, elsewhere: Elsewhere) -> list[tuple[tuple[PageId, Span], ...]]:
    """Return the quotations that several reports print and give a speaker, with their places."""
    found: dict[tuple[int, PageId], dict[PageId, Span]] = defaultdict(dict)
    for i_page, page in enumerate(material.pages):
        for sentence in material.sentences[page]:
            if not _has_speaker(material, page, sentence.span):
                continue
            for quote in elsewhere.quotations(page, sentence.span):
                for other in material.pages[i_page + 1 :]:
                    shared = elsewhere.shared_quotation(quote, other)
                    if shared is not None and _has_speaker(material, other, _home(material, other, shared.b)):
                        told = found[sentence.span.start, page]
                        told.setdefault(page, shared.a)
                        told.setdefault(other, shared.b)
    return [tuple(places.items()) for places in found.values()]


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


def _home(material: Material, page: PageId, span: Span) -> Span:
    return next((s.span for s in material.sentences[page] if s.span.overlaps(span)), span)


def _has_speaker(material: Material, page: PageId, sentence: Span) -> bool:
    return any(
        claim.source and any(sentence.overlaps(span) for span in (*claim.content, *claim.cue))
        for claim in material.claims[page]
    )
