"""Quotations that two reports print, a word inside the marks of one standing otherwise in the other.

Both cannot be what was said, so the words that differ are told. Two ways of printing are not: spellings, contractions,
titles and figures of style books, words in brackets, cuts with or without an ellipsis, words masked or said twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import combinations, pairwise
from typing import NamedTuple

from retold.lexicon.rarity import UNLISTED_LEVEL, level_of
from retold.lexicon.spellings import TITLES, spelling_fold
from retold.model.page import PageId
from retold.stages.agreement.material import Material
from retold.stages.agreement.quotes import (
    COMMON_LEVEL,
    LEAST_RARITY,
    MOST_REPORTS,
    QuotingPage,
    by_rare_word,
    quoting_pages,
    rarity_of,
)
from retold.text.spans import Span
from retold.text.words import Word, words_of

LEAST_EQUAL = 7
"""Words that two quotations must share in order, of some rarity: a plain or a short phrase may have been said twice."""

LEAST_EQUAL_SHARE = 0.8
"""Share of the words of both, from the first shared one to the last: below, it is another speech or translation."""

MOST_DIFFERENCES = 3
"""More places that differ are two translations, or two occasions."""

LONGEST_DIFFERENCE = 3
"""Words; more that stand in one only are a cut."""

MOST_COMPARED = 3
"""Quotations of the other report that are compared word by word: those that share most words."""

LEAST_SHARED = 3
"""Words, not common, that they share."""

BESIDE = 2
"""Equal words on each side of a difference."""

BESIDE_AT_END = 6
"""The same on the one side, where the quotation begins or ends with the difference."""

TYPING_LIKENESS = 0.75
"""Two words this like, of which one is no known word, are one word mistyped."""

_UNSAID = re.compile(r"\.\s?\.|…|[\[\](){}*_]|--+|[%$£€&]")
_CONTRACTED = (
    ("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"), ("'re", " are"),
    ("'ll", " will"), ("'ve", " have"), ("'m", " am"), ("'d", " would"), ("gonna", "going to"), ("wanna", "want to"),
    ("gotta", "got to"), ("'em", "them"), ("'cause", "because"), ("'s", " is"), ("united states", "us"),
)  # fmt: skip
_FILLERS = frozenset({"uh", "um", "er", "ah", "eh", "oh", "hm", "and", "but", "so", "well", "now", "that", "a", "an"})
"""Words that reporters leave out, or turn into a full stop, when they write speech down."""

_TITLES = frozenset(TITLES) | frozenset(TITLES.values()) | frozenset({"mr", "mrs", "ms", "miss", "sir", "the"})


class Difference(NamedTuple):
    """A version of a few words, each with the words beside it, as it stands in page a and in page b."""

    a: str
    b: str
    a_context: tuple[str, ...]
    b_context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A quotation at its place in each page, and its differing words with the pages that print each version."""

    places: tuple[tuple[PageId, Span], ...]
    differences: tuple[tuple[tuple[str, tuple[PageId, ...]], ...], ...]


def wordings_that_differ(material: Material) -> list[Wording]:
    """Return the quotations that reports print with other words inside their marks, in reading order."""
    if len(material.pages) > MOST_REPORTS:
        return []
    pages = quoting_pages(material)
    quotes = {
        page: [quote for quote in one.quotes if len(quote) >= LEAST_EQUAL and _is_marked(material.texts[page], quote)]
        for page, one in pages.items()
    }
    found: list[Wording] = []
    told: set[frozenset[tuple[str, ...]]] = set()
    for page, other in combinations(material.pages, 2):
        known = by_rare_word(quotes[other])
        for quote in quotes[page]:
            for theirs in _candidates(quote, known):
                texts = material.texts[page], material.texts[other]
                here, there, differences = _compared(texts, quote, theirs)
                contexts = {frozenset({one.a_context, one.b_context}) for one in differences}
                if not differences or contexts <= told or _is_said_twice(differences, pages[page], pages[other]):
                    continue
                told |= contexts
                found.append(_wording(pages, (page, here), (other, there), differences))
                break
    return found


def _is_marked(text: str, quote: Sequence[Word]) -> bool:
    """Tell whether a quotation begins as one does: its mark at its first word, so that no plain text stands inside."""
    start = quote[0].start
    return text[start - 1 : start] in ('"', "“", "'", "‘", "[") and not text[start - 2 : start - 1].isalnum()


def _candidates(quote: Sequence[Word], known: dict[str, list[tuple[Word, ...]]]) -> list[tuple[Word, ...]]:
    """Return the quotations of the other page that share most words with this one, the likest first."""
    by_start: dict[int, tuple[Word, ...]] = {}
    shared: Counter[int] = Counter()
    for key in sorted({word.key for word in quote if level_of(word.key) >= COMMON_LEVEL}):
        for theirs in known.get(key, ()):
            by_start[theirs[0].start] = theirs
            shared[theirs[0].start] += 1
    order = sorted(
        (start for start in shared if shared[start] >= LEAST_SHARED), key=lambda start: (-shared[start], start)
    )
    return [by_start[start] for start in order[:MOST_COMPARED]]


def _compared(
    texts: tuple[str, str], a: Sequence[Word], b: Sequence[Word]
) -> tuple[Span, Span, tuple[Difference, ...]]:
    """Return the places of the shared part of two quotations and its differences; none where another thing is said."""
    if [word.key for word in a] == [word.key for word in b]:
        return Span(0, 0), Span(0, 0), ()
    folded_a, folded_b = ([_fold(word.key) for word in words] for words in (a, b))
    blocks = [m for m in SequenceMatcher(None, folded_a, folded_b, autojunk=False).get_matching_blocks() if m.size]
    equal = sum(m.size for m in blocks)
    if equal < LEAST_EQUAL or sum(rarity_of(a[m.a : m.a + m.size]) for m in blocks) < LEAST_RARITY:
        return Span(0, 0), Span(0, 0), ()
    first, last = blocks[0], blocks[-1]
    ends = last.a + last.size, last.b + last.size
    longest = max(ends[0] - first.a, ends[1] - first.b)
    places = Span(a[first.a].start, a[ends[0] - 1].end), Span(b[first.b].start, b[ends[1] - 1].end)
    if equal < LEAST_EQUAL_SHARE * longest:
        return *places, ()
    gaps = [gap for gap in _gaps(a, b, blocks) if not _is_moved(folded_a, folded_b, blocks, gap)]
    differences = [d for gap in gaps if (d := _difference(texts, a, b, gap)) is not None]
    return *places, tuple(differences) if len(differences) <= MOST_DIFFERENCES else ()


Gap = tuple[range, range]


def _gaps(a: Sequence[Word], b: Sequence[Word], blocks: Sequence[Match]) -> Iterator[Gap]:
    """Yield the index ranges between shared words, and at an end where one word of each stands beside many shared."""
    first, last = blocks[0], blocks[-1]
    if first.a == first.b == 1 and first.size >= BESIDE_AT_END:
        yield range(1), range(1)
    for before, after in pairwise(blocks):
        is_begun = before.size >= BESIDE or (before.a == before.b == 0)
        is_ended = after.size >= BESIDE or (len(a) - after.a == len(b) - after.b == after.size)
        if is_begun and is_ended:
            yield range(before.a + before.size, after.a), range(before.b + before.size, after.b)
    if len(a) - last.a == len(b) - last.b == last.size + 1 and last.size >= BESIDE_AT_END:
        yield range(len(a) - 1, len(a)), range(len(b) - 1, len(b))


def _is_moved(a: Sequence[str], b: Sequence[str], blocks: Sequence[Match], gap: Gap) -> bool:
    """Tell whether words that one has in a gap, the other nothing, stand near by in the other, out of line."""
    loose_a = set(a) - {key for m in blocks for key in a[m.a : m.a + m.size]}
    loose_b = set(b) - {key for m in blocks for key in b[m.b : m.b + m.size]}
    here, there = ({words[i] for i in at} for words, at in zip((a, b), gap, strict=True))
    return (bool(here) and not there and here <= loose_b) or (bool(there) and not here and there <= loose_a)


def _difference(texts: tuple[str, str], a: Sequence[Word], b: Sequence[Word], gap: Gap) -> Difference | None:
    """Return the words of both pages in a gap, unless it is a cut, or both print the same in their own style."""
    if max(map(len, gap)) > LONGEST_DIFFERENCE:
        return None
    inside = [words[at.start : at.stop] for words, at in zip((a, b), gap, strict=True)]
    around = [
        text[words[max(at.start - 1, 0)].start : words[min(at.stop, len(words) - 1)].end]
        for text, words, at in zip(texts, (a, b), gap, strict=True)
    ]
    if any(_UNSAID.search(stretch) for stretch in around):
        return None
    printed = [text[x[0].start : x[-1].end] if x else "" for text, x in zip(texts, inside, strict=True)]
    if _are_one_in_print(*printed) or _is_one_mistyped(*inside) or _is_repeated(a, b, gap):
        return None
    one, other = (" ".join(words.split()) for words in printed)
    return Difference(one, other, _context(a, gap[0]), _context(b, gap[1]))


def _context(words: Sequence[Word], at: range) -> tuple[str, ...]:
    return tuple(word.key for word in words[max(at.start - BESIDE, 0) : at.stop + BESIDE])


def _fold(key: str) -> str:
    return "1" if key == "one" else spelling_fold(key)


def _are_one_in_print(a: str, b: str) -> bool:
    """Tell whether two stretches are equal but for spelling, contraction, hyphens, titles and fillers."""
    one, other = (_spelt_out(words) for words in (a, b))
    return "".join(one) == "".join(other) or (bool(one) != bool(other) and set(one + other) <= _FILLERS)


def _spelt_out(words: str) -> list[str]:
    low = words.lower().replace("’", "'")
    for short, long in _CONTRACTED:
        low = low.replace(short, long)
    return [fold for word in words_of(low) if (fold := _fold(word.key)) not in _TITLES]


def _is_one_mistyped(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Tell whether one word stands in both, mistyped, masked ("d—", "da—n") or with another plural."""
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) == 2 and short[0].key.startswith(long[0].key):
        return True
    if len(a) != 1 or len(b) != 1:
        return False
    one, other = sorted((a[0].key, b[0].key), key=len)
    if other.startswith(one) and (len(one) == 1 or other == f"{one}s"):
        return True
    is_unknown = UNLISTED_LEVEL in (level_of(one), level_of(other))
    return is_unknown and SequenceMatcher(None, one, other).ratio() >= TYPING_LIKENESS


def _is_repeated(a: Sequence[Word], b: Sequence[Word], gap: Gap) -> bool:
    """Tell whether one page only has the words before or after it twice: "I, I want"."""
    for words, at, other in ((a, gap[0], gap[1]), (b, gap[1], gap[0])):
        inside = [word.key for word in words[at.start : at.stop]]
        n = len(inside)
        before = [word.key for word in words[max(at.start - n, 0) : at.start]]
        after = [word.key for word in words[at.stop : at.stop + n]]
        if inside and not other and inside in (before, after):
            return True
    return False


def _is_said_twice(differences: Sequence[Difference], a: QuotingPage, b: QuotingPage) -> bool:
    """Tell whether a page prints the other one's version too, at another place: both were said."""
    return any(a.holds(one.b_context) or b.holds(one.a_context) for one in differences)


def _wording(
    pages: dict[PageId, QuotingPage], a: tuple[PageId, Span], b: tuple[PageId, Span], differences: Sequence[Difference]
) -> Wording:
    """Return the row, with the other pages that print one of the versions too."""
    others = [page for page in pages if page not in (a[0], b[0])]
    versions = tuple(
        tuple(
            (words, (page, *(other for other in others if pages[other].holds(context))))
            for words, page, context in ((one.a, a[0], one.a_context), (one.b, b[0], one.b_context))
        )
        for one in differences
    )
    return Wording((a, b), versions)
