"""Quotations that several reports print, wherever they stand: whole or in part, introduced alike or not.

Two reports quote the same where a run of words inside the marks of both tells enough: several words of which some are
rare, or the whole of a short quotation. Where only one has marks, as round a message that the other prints as a block,
the run must be longer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import NamedTuple

from retold.lexicon.rarity import level_of
from retold.model.page import PageId
from retold.stages.agreement.material import Material
from retold.text.spans import Span
from retold.text.words import Word, words_of

LEAST_RUN = 4
"""Words in a row that two quotations share; fewer only where they are the whole of one."""

LEAST_RARITY = 70
"""Sum of the rarity levels of the shared words: three words that stand in one report of fifty each."""

WHOLE_RARITY = 44
"""The same where the run is the whole of a quotation: one rare word or two that are seldom together."""

UNMARKED_RUN = 8
"""Words in a row of a quotation that another report prints without marks."""

COMMON_LEVEL = 8
"""Words in more than a quarter of all reports tell nothing."""

RAREST_LEVEL = 32
"""No single word weighs more, so that one name alone is no quotation."""

SAME_PART = 0.6
"""Share of the longer of two parts of a quotation that makes them one part."""

LEFT_OUT_RUN = 4
"""Words in a row of a quotation that a report has nowhere: it prints the quotation in part."""

MOST_REPORTS = 24
"""In stories of more reports only long runs are looked for: their quotations are copies."""

MOST_WORDS = 150
"""Words of a quotation that are compared; longer ones are statements read out."""

_QUOTATION = re.compile(r"“(?:[^”\n]|\n(?!\n)){2,1500}”?|\"(?:[^\"\n]|\n(?!\n)){2,1500}\"")


class SharedQuotation(NamedTuple):
    """A run of quoted words of page ``a`` and where page ``b`` has it."""

    a: Span
    b: Span


Places = tuple[tuple[PageId, Span], ...]


def quotations_told_alike(material: Material) -> list[Places]:
    """Return the quotations that several reports print, each with its place in every one of them."""
    quotes = {page: list(quotations_of(material.texts[page])) for page in material.pages}
    words = {page: words_of(material.texts[page], Span(0, len(material.texts[page]))) for page in material.pages}
    runs = {page: _runs_of(words[page]) for page in material.pages}
    known = {page: by_rare_word(quotes[page]) for page in material.pages}
    is_small = len(material.pages) <= MOST_REPORTS
    found: dict[tuple[int, PageId], dict[PageId, Span]] = defaultdict(dict)
    for page, other in permutations(material.pages, 2):
        is_first = material.pages.index(page) < material.pages.index(other)
        for quote in quotes[page]:
            shared = _shared(quote, known[other]) if is_small and is_first else None
            shared = shared or _unmarked(quote, words[other], runs[other])
            if shared is not None:
                first = found.get((quote[0].start, page), {}).get(page, shared.a)
                start = quote[0].start if _are_one_part(first, shared.a) else shared.a.start
                found[start, page].setdefault(page, shared.a)
                found[start, page].setdefault(other, shared.b)
    order = {page: i for i, page in enumerate(material.pages)}
    return [tuple(sorted(places.items(), key=lambda item: order[item[0]])) for places in found.values()]


@dataclass(frozen=True, slots=True)
class QuotingPage:
    """The words of a page, their keys in one line, and its quotations."""

    words: tuple[Word, ...]
    line: str
    quotes: tuple[tuple[Word, ...], ...]

    def holds(self, keys: Sequence[str]) -> bool:
        """Tell whether the words stand in a row on the page."""
        return f" {' '.join(keys)} " in self.line


def quoting_pages(material: Material) -> dict[PageId, QuotingPage]:
    """Return every page with its words and quotations."""
    return {page: _read(material.texts[page]) for page in material.pages}


def _read(text: str) -> QuotingPage:
    words = tuple(words_of(text))
    return QuotingPage(words, f" {' '.join(word.key for word in words)} ", tuple(quotations_of(text)))


def printed_in_part(pages: dict[PageId, QuotingPage], places: Places) -> tuple[PageId, ...]:
    """Return the pages of a quotation that leave out words another one prints inside its marks."""
    rests = {page: _rest(pages[page], span) for page, span in places}
    return tuple(
        page
        for page in rests
        if any(_leaves_out(pages[page], words) for other, rest in rests.items() if other != page for words in rest)
    )


def _rest(page: QuotingPage, span: Span) -> list[tuple[Word, ...]]:
    """Return the words before and after a place inside the marks of its quotation."""
    for quote in page.quotes:
        if quote[0].start <= span.start and span.end <= quote[-1].end:
            before = tuple(word for word in quote if word.end <= span.start)
            return [before, tuple(word for word in quote if word.start >= span.end)]
    return []


def _leaves_out(page: QuotingPage, rest: Sequence[Word]) -> bool:
    keys = [word.key for word in rest]
    runs = [keys[i : i + LEFT_OUT_RUN] for i in range(len(keys) - LEFT_OUT_RUN + 1)]
    return bool(runs) and not any(page.holds(run) for run in runs)


def _are_one_part(a: Span, b: Span) -> bool:
    """Tell whether two parts of a quotation are one for the most: others may share its other half."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared >= SAME_PART * max(a.size, b.size)


def quotations_of(text: str) -> Iterator[tuple[Word, ...]]:
    """Yield the words of each quotation of a page."""
    for found in _QUOTATION.finditer(text):
        words = tuple(words_of(text, Span(*found.span())))[:MOST_WORDS]
        if words:
            yield words


def by_rare_word(quotes: Sequence[tuple[Word, ...]]) -> dict[str, list[tuple[Word, ...]]]:
    """Return the quotations of a page by each word of theirs that is not common."""
    known: dict[str, list[tuple[Word, ...]]] = defaultdict(list)
    for quote in quotes:
        for key in sorted({word.key for word in quote if level_of(word.key) >= COMMON_LEVEL}):
            known[key].append(quote)
    return known


def _shared(quote: tuple[Word, ...], known: dict[str, list[tuple[Word, ...]]]) -> SharedQuotation | None:
    """Return the run that tells most of those the quotation shares with the other report's, if it tells enough."""
    candidates = {
        theirs[0].start: theirs
        for word in quote
        if level_of(word.key) >= COMMON_LEVEL
        for theirs in known.get(word.key, ())
    }
    best: tuple[int, SharedQuotation | None] = (0, None)
    for start in sorted(candidates):
        theirs = candidates[start]
        i, j, n = _longest_run(quote, theirs)
        weight = rarity_of(quote[i : i + n])
        is_whole = n == min(len(quote), len(theirs))
        if weight > best[0] and weight >= (WHOLE_RARITY if is_whole else LEAST_RARITY) and (n >= LEAST_RUN or is_whole):
            here, there = Span(quote[i].start, quote[i + n - 1].end), Span(theirs[j].start, theirs[j + n - 1].end)
            best = weight, SharedQuotation(here, there)
    return best[1]


def rarity_of(words: Sequence[Word]) -> int:
    """Return how much a run of words tells: the sum of their rarity levels, common words left out."""
    levels = [level_of(word.key) for word in words]
    return sum(min(level, RAREST_LEVEL) for level in levels if level >= COMMON_LEVEL)


def _longest_run(a: Sequence[Word], b: Sequence[Word]) -> tuple[int, int, int]:
    """Return where the longest run of equal words begins in a and in b, and its length."""
    best, row = (0, 0, 0), [0] * (len(b) + 1)
    for i, word in enumerate(a):
        new = [0] * (len(b) + 1)
        for j, theirs in enumerate(b):
            if word.key == theirs.key:
                new[j + 1] = row[j] + 1
                if new[j + 1] > best[2]:
                    best = (i - row[j], j - row[j], new[j + 1])
        row = new
    return best


def _runs_of(words: Sequence[Word]) -> dict[tuple[str, ...], int]:
    keys = [word.key for word in words]
    runs: dict[tuple[str, ...], int] = {}
    for i in range(len(keys) - UNMARKED_RUN + 1):
        runs.setdefault(tuple(keys[i : i + UNMARKED_RUN]), i)
    return runs


def _unmarked(quote: Sequence[Word], words: Sequence[Word], runs: dict[tuple[str, ...], int]) -> SharedQuotation | None:
    """Return the first long run of the quotation that the other report prints, in marks or not."""
    keys = [word.key for word in quote]
    for i in range(len(keys) - UNMARKED_RUN + 1):
        at = runs.get(tuple(keys[i : i + UNMARKED_RUN]))
        if at is None:
            continue
        n = UNMARKED_RUN
        while i + n < len(quote) and at + n < len(words) and keys[i + n] == words[at + n].key:
            n += 1
        return SharedQuotation(Span(quote[i].start, quote[i + n - 1].end), Span(words[at].start, words[at + n - 1].end))
    return None
