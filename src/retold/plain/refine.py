"""The finer tier: every run of three equal words of two pages that may share a passage. Twin of ``kernels.refine``.

Which two pages these are is said by ``join``, from shingles of five words of which one in two or three is kept. Where
every third word was edited, no such shingle is left of most of a passage; runs of three words still show its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.plain.align import Hits

RUN = 3
"""Equal words in a row that are seen. Two are too few: pairs like "of the" stand everywhere."""
OFTEN = 4
"""Places of one run of words in one page that are looked at, from its start: a refrain says no more the fifth time."""


def refine(words: Sequence[int], starts: Sequence[int], pairs: Iterable[tuple[int, int]]) -> Hits:
    """Return the hits ``(page a, page b, word in a, word in b)`` of pairs of pages, in order of pair and place in b.

    A hit is where ``RUN`` words of a page b stand in a too; the words that go on being equal there are passed over.
    ``words``, ``starts`` as in ``winnow``; 0 is a masked word and equals nothing.
    """
    hits: Hits = []
    places: dict[int, dict[tuple[int, ...], list[int]]] = {}
    for a, b in pairs:
        if a not in places:
            places = {a: _places(words, starts[a], starts[a + 1])}
        seen: dict[tuple[int, ...], int] = {}
        y = starts[b]
        while y + RUN <= starts[b + 1]:
            run = tuple(words[y : y + RUN])
            found = places[a].get(run, ())
            seen[run] = seen.get(run, 0) + 1
            if not found or seen[run] > OFTEN:
                y += 1
                continue
            hits.extend((a, b, x, y) for x in found)
            y += max(_n_equal(words, x, y, starts[a + 1] - x, starts[b + 1] - y) for x in found)
    return hits


def _n_equal(words: Sequence[int], x: int, y: int, n_x: int, n_y: int) -> int:
    """Return how many words from ``(x, y)`` on are equal one by one."""
    n = 0
    while n < n_x and n < n_y and words[x + n] == words[y + n] != 0:
        n += 1
    return n


def _places(words: Sequence[int], first: int, end: int) -> dict[tuple[int, ...], list[int]]:
    """Return where each run of words of a page begins, the first few times."""
    found: dict[tuple[int, ...], list[int]] = {}
    for x in range(first, end - RUN + 1):
        run = tuple(words[x : x + RUN])
        if 0 not in run and len(found.setdefault(run, [])) < OFTEN:
            found[run].append(x)
    return found
