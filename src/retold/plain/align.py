"""Chains of colinear hits, aligned word by word. Twin of ``kernels.align``.

Each hit grows to the run of equal words it stands in. Runs of one pair of pages that go on in the same direction with
little drift make a chain; between its runs, and at its ends, the words themselves say which of them are equal. Chaining
in one pass over sorted runs; gaps by longest common subsequence; ends by X-drop (Altschul and others, "Basic local
alignment search tool", 1990). The number 0 stands for a masked word and equals nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

Hits = list[tuple[int, int, int, int]]
"""Two pages and a word of each from which on the words are equal: ``(page a, page b, word in a, word in b)``."""

GAP = 40
"""Words between two runs of a chain, at most; found on planted excerpts with edits."""
DRIFT = 15
"""Words by which the two sides of a gap may differ in length."""
X_DROP = 5
"""How far below its best the score of an end may fall before the extension stops."""
CELLS = 900
"""Largest product of both sides of a gap whose words are aligned; a larger gap is taken as replaced."""
LEAST = 12
"""Fewest equal words of a chain that is kept."""

Pairs = list[tuple[int, int]]
Run = tuple[int, int, int]
"""Equal words in a row: the first in a, the first in b, how many."""


def align(words: Sequence[int], starts: Sequence[int], hits: Hits, k: int) -> list[tuple[int, int, Pairs]]:
    """Return the chains ``(page a, page b, equal words)`` of at least ``LEAST`` equal words.

    ``words``, ``starts`` as in ``winnow``; ``hits`` as ``refine`` gives them; the equal words are pairs of positions,
    growing on both sides. Chains come in order of their pages and first hits.
    """
    found: list[tuple[int, int, Pairs]] = []
    at = 0
    while at < len(hits):
        a, b = hits[at][:2]
        end = at
        while end < len(hits) and hits[end][0] == a and hits[end][1] == b:
            end += 1
        bounds = (starts[a], starts[a + 1], starts[b], starts[b + 1])
        runs = _runs(words, bounds, [(x, y) for _, _, x, y in hits[at:end]], k)
        for chain in _chains(runs):
            pairs = _aligned(words, bounds, chain)
            if len(pairs) >= LEAST:
                found.append((a, b, pairs))
        at = end
    return found


def composed(
    words: Sequence[int],
    starts: Sequence[int],
    partners: Sequence[Sequence[int]],
    pages: Sequence[int],
    wanted: Sequence[tuple[int, int]],
) -> list[tuple[int, int, Pairs]]:
    """Return the chains of pairs of pages that share words with one representative, as ``align`` would find them.

    ``partners`` ``(n_carriers, n_words of the representative)`` gives the word of a carrier that equals each word, or
    -1; ``pages`` the carriers' pages; ``wanted`` the pairs of carriers asked for.
    """
    found: list[tuple[int, int, Pairs]] = []
    for i, j in wanted:
        runs: list[Run] = []
        for x, y in zip(partners[i], partners[j], strict=True):
            if x < 0 or y < 0:
                continue
            if runs and (x, y) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
                runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
            else:
                runs.append((x, y, 1))
        a, b = pages[i], pages[j]
        for chain in _chains(sorted(runs)):
            pairs = _aligned(words, (starts[a], starts[a + 1], starts[b], starts[b + 1]), chain)
            if len(pairs) >= LEAST:
                found.append((a, b, pairs))
    return found


def _same(words: Sequence[int], x: int, y: int) -> bool:
    return words[x] == words[y] != 0


def _runs(words: Sequence[int], bounds: tuple[int, int, int, int], hits: Pairs, k: int) -> list[Run]:
    """Return the longest runs of equal words around the hits, in order of their place in a, each once."""
    first_a, end_a, first_b, end_b = bounds
    runs: list[Run] = []
    diagonal, end = None, 0
    for x, y in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
        if x - y == diagonal and x < end:
            continue
        diagonal = x - y
        length = 0
        while x + length < end_a and y + length < end_b and _same(words, x + length, y + length):
            length += 1
        end = x + length
        if length < k:
            continue
        while x > first_a and y > first_b and _same(words, x - 1, y - 1):
            x, y, length = x - 1, y - 1, length + 1
        runs.append((x, y, length))
    return sorted(runs)


def _chains(runs: list[Run]) -> list[list[Run]]:
    """Return the runs of one pair of pages as chains, each run in the chain it drifts from least."""
    chains: list[list[Run]] = []
    first_open = 0
    for run in runs:
        x, y, _ = run
        best, best_drift, best_step = -1, DRIFT + 1, 0
        while first_open < len(chains) and x - chains[first_open][-1][0] - chains[first_open][-1][2] > GAP:
            first_open += 1
        for i in range(first_open, len(chains)):
            last_x, last_y, length = chains[i][-1]
            step_x, step_y = x - last_x, y - last_y
            if not (0 < step_x <= GAP + length and 0 < step_y <= GAP + length):
                continue
            drift = abs(step_x - step_y)
            if drift < best_drift or (drift == best_drift and step_x < best_step):
                best, best_drift, best_step = i, drift, step_x
        if best < 0:
            chains.append([run])
        else:
            chains[best].append(run)
    return chains


def _aligned(words: Sequence[int], bounds: tuple[int, int, int, int], chain: list[Run]) -> Pairs:
    """Return the equal words of a chain: of its runs, between them and beyond both ends."""
    first_a, end_a, first_b, end_b = bounds
    x, y, _ = chain[0]
    pairs = _extension(words, x - 1, y - 1, -1, x - first_a, y - first_b)
    pairs.reverse()
    at_x, at_y = x, y
    for x, y, length in chain:
        skipped = max(at_x - x, at_y - y, 0)
        if skipped >= length:
            continue
        pairs += _between(words, at_x, x + skipped, at_y, y + skipped)
        pairs += [(x + i, y + i) for i in range(skipped, length)]
        at_x, at_y = x + length, y + length
    return pairs + _extension(words, at_x, at_y, 1, end_a - at_x, end_b - at_y)


def _extension(words: Sequence[int], x: int, y: int, step: int, n_x: int, n_y: int) -> Pairs:
    """Return the equal words from ``(x, y)`` on, ``n_x`` and ``n_y`` at most, until the score falls by ``X_DROP``."""
    found: Pairs = []
    score = best = n_kept = i = j = 0
    while i < n_x and j < n_y:
        if _same(words, x + i * step, y + j * step):
            found.append((x + i * step, y + j * step))
            i, j, score = i + 1, j + 1, score + 1
            if score > best:
                best, n_kept = score, len(found)
        else:
            score -= 1
            if score <= best - X_DROP:
                break
            skip_x, skip_y = _skip(words, x + i * step, y + j * step, step, n_x - i, n_y - j)
            i, j = i + skip_x, j + skip_y
    return found[:n_kept]


def _skip(words: Sequence[int], x: int, y: int, step: int, n_x: int, n_y: int) -> tuple[int, int]:
    """Return how to step over a mismatch: one word replaced, added or dropped, whatever two equal words follow."""
    for skip_x, skip_y in ((1, 1), (1, 0), (0, 1)):
        at_x, at_y = x + skip_x * step, y + skip_y * step
        is_room = skip_x + 1 < n_x and skip_y + 1 < n_y
        if is_room and _same(words, at_x, at_y) and _same(words, at_x + step, at_y + step):
            return skip_x, skip_y
    return 1, 1


def _between(words: Sequence[int], x: int, end_x: int, y: int, end_y: int) -> Pairs:
    """Return the equal words of a gap: runs at both borders, then the longest common subsequence of the rest."""
    head: Pairs = []
    while x < end_x and y < end_y and _same(words, x, y):
        head.append((x, y))
        x, y = x + 1, y + 1
    tail: Pairs = []
    while x < end_x and y < end_y and _same(words, end_x - 1, end_y - 1):
        end_x, end_y = end_x - 1, end_y - 1
        tail.append((end_x, end_y))
    tail.reverse()
    n_x, n_y = end_x - x, end_y - y
    if n_x == 0 or n_y == 0 or n_x * n_y > CELLS:
        return head + tail
    # longest[i][j]: length of the longest common subsequence of what follows i and j.
    longest = [[0] * (n_y + 1) for _ in range(n_x + 1)]
    for i in range(n_x - 1, -1, -1):
        row, below = longest[i], longest[i + 1]
        for j in range(n_y - 1, -1, -1):
            if _same(words, x + i, y + j):
                row[j] = below[j + 1] + 1
            else:
                row[j] = max(below[j], row[j + 1])
    i = j = 0
    while i < n_x and j < n_y:
        if _same(words, x + i, y + j):
            head.append((x + i, y + j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return head + tail
