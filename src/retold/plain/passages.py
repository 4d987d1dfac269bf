"""From chains of equal words to the passages two pages share: which words pay for their gaps, each used once.

Twin of ``kernels.passages``.

A passage is a stretch of a chain in which equal words outweigh the words between them. Beside passages of at least
``LEAST`` equal words, sentences copied whole are kept where their chain holds such a passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retold.plain.align import LEAST, Pairs

GAIN = 2
"""What an equal word is worth against one word of a gap: below half equal words, a passage ends."""
LEAST_SENTENCE = 4
"""Words of the shortest sentence kept by itself; shorter ones ("He declined.") are anyone's."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The equal words of a passage, as pairs of positions in the corpus, growing on both sides."""

    pairs: tuple[tuple[int, int], ...]

    @property
    def a(self) -> range:
        """The words from the first to the last in the one page."""
        return range(self.pairs[0][0], self.pairs[-1][0] + 1)

    @property
    def b(self) -> range:
        """The words from the first to the last in the other page."""
        return range(self.pairs[0][1], self.pairs[-1][1] + 1)


def passages_of(
    chains: Sequence[Pairs], borders: Sequence[int], sentences_a: Sequence[range], sentences_b: Sequence[range]
) -> list[Passage]:
    """Return the passages of one pair of pages, in order of their place in a.

    ``borders`` tells of every word whether it is the first of a stretch of main text; the sentences of both pages are
    ranges of words, in order of place. The longest chain takes its words first; no word is in two passages.
    """
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    found: list[Passage] = []
    for chain in sorted(chains, key=lambda pairs: (-len(pairs), pairs[0])):
        free = [(x, y) for x, y in chain if x not in taken_a and y not in taken_b]
        kept: list[Pairs] = []
        left: Pairs = []
        for pairs in paying(free):
            if len(pairs) >= LEAST:
                kept.append(pairs)
            else:
                left.extend(pairs)
        if kept and left:
            kept.extend(_whole_sentences(sentences_a, sentences_b, left))
        for pairs in kept:
            taken_a.update(x for x, _ in pairs)
            taken_b.update(y for _, y in pairs)
            found.extend(Passage(tuple(piece)) for piece in _cut_at(pairs, borders))
    return sorted(found, key=lambda passage: passage.pairs[0])


def paying(pairs: Pairs) -> Iterator[Pairs]:
    """Yield the stretches in which equal words outweigh gaps, longest first in each run (maximal scoring segments).

    >>> [len(part) for part in paying([*((i, i) for i in range(9)), (90, 90)])]
    [9, 1]
    """
    at = 0
    while at < len(pairs):
        score = best = GAIN
        best_end = end = at + 1
        while end < len(pairs):
            (x0, y0), (x1, y1) = pairs[end - 1], pairs[end]
            score -= max(x1 - x0, y1 - y0) - 1
            if score <= 0:
                break
            score += GAIN
            end += 1
            if score > best:
                best, best_end = score, end
        yield pairs[at:best_end]
        at = best_end


def _cut_at(pairs: Pairs, borders: Sequence[int]) -> Iterator[Pairs]:
    """Yield the pairs cut where words of another kind of segment stand between two of them."""
    at = 0
    for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(pairs), start=1):
        if any(borders[x0 + 1 : x1 + 1]) or any(borders[y0 + 1 : y1 + 1]):
            yield pairs[at:i]
            at = i
    yield pairs[at:]


def _whole_sentences(sentences_a: Sequence[range], sentences_b: Sequence[range], pairs: Pairs) -> Iterator[Pairs]:
    """Yield the sentences of a whose every word equals, one by one, every word of a sentence of b."""
    told_b = {(words.start, words.stop) for words in sentences_b if words}
    partner = dict(pairs)
    for words in sentences_a:
        if len(words) < LEAST_SENTENCE or words.start not in partner:
            continue
        start_b = partner[words.start]
        sentence = [(x, start_b + i) for i, x in enumerate(words)]
        if (start_b, start_b + len(words)) in told_b and all(partner.get(x) == y for x, y in sentence):
            yield sentence
