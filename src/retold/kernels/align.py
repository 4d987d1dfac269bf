"""Chains of colinear hits aligned word by word, compiled. ``plain.align`` defines it and names the source.

Equal words come as rows of an ``(n_equal, 2)`` array, the word in a and the word in b; chains as rows of an
``(n_chains, 4)`` array: page a, page b, first row and end row of its equal words.
Runs are rows of first word in a, first word in b, and how many words.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

GAP = 40
DRIFT = 15
X_DROP = 5
CELLS = 900
LEAST = 12


@njit(cache=True)
def align(
    words: NDArray[np.uint32], starts: NDArray[np.int64], hits: NDArray[np.int64], k: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return chains ``(n_chains, 4)`` and equal words ``(n_equal, 2)`` of hits ``(n_hits, 4)``, sorted by page."""
    chains = np.empty((16, 4), np.int64)
    equal = np.empty((1024, 2), np.int64)
    n_chains = 0
    n_equal = 0
    at = 0
    while at < hits.shape[0]:
        a, b = hits[at, 0], hits[at, 1]
        end = at
        while end < hits.shape[0] and hits[end, 0] == a and hits[end, 1] == b:
            end += 1
        runs = _runs(words, starts[a], starts[a + 1], starts[b], starts[b + 1], hits[at:end, 2:], k)
        order, firsts = _chains(runs)
        for i in range(firsts.size - 1):
            chain = runs[order[firsts[i] : firsts[i + 1]]]
            pairs = _aligned(words, starts[a], starts[a + 1], starts[b], starts[b + 1], chain)
            if pairs.shape[0] < LEAST:
                continue
            chains, equal = _room(chains, n_chains + 1), _room(equal, n_equal + pairs.shape[0])
            chains[n_chains, 0], chains[n_chains, 1] = a, b
            chains[n_chains, 2], chains[n_chains, 3] = n_equal, n_equal + pairs.shape[0]
            equal[n_equal : n_equal + pairs.shape[0]] = pairs
            n_chains, n_equal = n_chains + 1, n_equal + pairs.shape[0]
        at = end
    return chains[:n_chains].copy(), equal[:n_equal].copy()


@njit(cache=True)
def composed(
    words: NDArray[np.uint32], starts: NDArray[np.int64], partners: NDArray[np.int32], pages: NDArray[np.int64],
    wanted: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:  # fmt: skip
    """Return chains and equal words of pairs of carriers ``(n_pairs, 2)`` through their representative.

    ``partners`` ``(n_carriers, n_words of the representative)``, ``pages`` ``(n_carriers,)``.
    """
    chains = np.empty((16, 4), np.int64)
    equal = np.empty((1024, 2), np.int64)
    n_chains = 0
    n_equal = 0
    runs = np.empty((partners.shape[1], 3), np.int64)
    for i_pair in range(wanted.shape[0]):
        i, j = wanted[i_pair, 0], wanted[i_pair, 1]
        n = 0
        for k in range(partners.shape[1]):
            x, y = np.int64(partners[i, k]), np.int64(partners[j, k])
            if x < 0 or y < 0:
                continue
            if n and x == runs[n - 1, 0] + runs[n - 1, 2] and y == runs[n - 1, 1] + runs[n - 1, 2]:
                runs[n - 1, 2] += 1
            else:
                runs[n, 0], runs[n, 1], runs[n, 2] = x, y, 1
                n += 1
        a, b = pages[i], pages[j]
        own = _in_order(runs[:n], starts[a], starts[b])
        order, firsts = _chains(own)
        for i_chain in range(firsts.size - 1):
            chain = own[order[firsts[i_chain] : firsts[i_chain + 1]]]
            pairs = _aligned(words, starts[a], starts[a + 1], starts[b], starts[b + 1], chain)
            if pairs.shape[0] < LEAST:
                continue
            chains, equal = _room(chains, n_chains + 1), _room(equal, n_equal + pairs.shape[0])
            chains[n_chains, 0], chains[n_chains, 1] = a, b
            chains[n_chains, 2], chains[n_chains, 3] = n_equal, n_equal + pairs.shape[0]
            equal[n_equal : n_equal + pairs.shape[0]] = pairs
            n_chains, n_equal = n_chains + 1, n_equal + pairs.shape[0]
    return chains[:n_chains].copy(), equal[:n_equal].copy()


@njit(cache=True)
def _in_order(runs: NDArray[np.int64], first_a: int, first_b: int) -> NDArray[np.int64]:
    """Return the runs by their place in a, then in b."""
    keys = ((runs[:, 0] - first_a) << 31) + runs[:, 1] - first_b
    return runs[np.argsort(keys, kind="mergesort")]


@njit(cache=True)
def _room(rows: NDArray[np.int64], n_rows: int) -> NDArray[np.int64]:
    """Return the rows, copied to twice the room when ``n_rows`` do not fit."""
    if n_rows <= rows.shape[0]:
        return rows
    wider = np.empty((max(2 * rows.shape[0], n_rows), rows.shape[1]), np.int64)
    wider[: rows.shape[0]] = rows
    return wider


@njit(cache=True)
def _same(words: NDArray[np.uint32], x: int, y: int) -> bool:
    """Tell whether two words are equal and not masked."""
    return bool(words[x] == words[y] and words[x] != 0)


@njit(cache=True)
def _runs(
    words: NDArray[np.uint32], first_a: int, end_a: int, first_b: int, end_b: int, hits: NDArray[np.int64], k: int
) -> NDArray[np.int64]:
    """Return the longest runs ``(n_runs, 3)`` of equal words around hits ``(n_hits, 2)``, by their place in a."""
    keys = np.empty(hits.shape[0], np.int64)
    for i in range(hits.shape[0]):
        keys[i] = ((hits[i, 0] - hits[i, 1]) << 31) + hits[i, 0]
    runs = np.empty((hits.shape[0], 3), np.int64)
    n = 0
    diagonal, end = np.int64(0), np.int64(-1)
    for i_hit in np.argsort(keys, kind="mergesort"):
        x, y = hits[i_hit, 0], hits[i_hit, 1]
        if x - y == diagonal and x < end:
            continue
        diagonal = x - y
        length = np.int64(0)
        while x + length < end_a and y + length < end_b and _same(words, x + length, y + length):
            length += 1
        end = x + length
        if length < k:
            continue
        while x > first_a and y > first_b and _same(words, x - 1, y - 1):
            x, y, length = x - 1, y - 1, length + 1
        runs[n, 0], runs[n, 1], runs[n, 2] = x, y, length
        n += 1
    return _in_order(runs[:n], first_a, first_b)


@njit(cache=True)
def _chains(runs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the runs' order by chain ``(n_runs,)`` and each chain's first place in it ``(n_chains + 1,)``."""
    n_runs = runs.shape[0]
    chain_of = np.empty(n_runs, np.int64)
    last = np.empty(n_runs, np.int64)
    sizes = np.zeros(n_runs + 1, np.int64)
    n_chains = 0
    first_open = 0
    for i_run in range(n_runs):
        x, y = runs[i_run, 0], runs[i_run, 1]
        best, best_drift, best_step = -1, DRIFT + 1, 0
        while first_open < n_chains and x - runs[last[first_open], 0] - runs[last[first_open], 2] > GAP:
            first_open += 1
        for i in range(first_open, n_chains):
            step_x, step_y, reach = x - runs[last[i], 0], y - runs[last[i], 1], GAP + runs[last[i], 2]
            if step_x <= 0 or step_x > reach or step_y <= 0 or step_y > reach:
                continue
            drift = abs(step_x - step_y)
            if drift < best_drift or (drift == best_drift and step_x < best_step):
                best, best_drift, best_step = i, drift, step_x
        if best < 0:
            best = n_chains
            n_chains += 1
        last[best] = i_run
        chain_of[i_run] = best
        sizes[best] += 1
    firsts = np.zeros(n_chains + 1, np.int64)
    for i in range(n_chains):
        firsts[i + 1] = firsts[i] + sizes[i]
    return np.argsort(chain_of, kind="mergesort"), firsts


@njit(cache=True)
def _aligned(
    words: NDArray[np.uint32], first_a: int, end_a: int, first_b: int, end_b: int, chain: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the equal words ``(n, 2)`` of a chain of runs ``(n_runs, 3)``."""
    x, y = chain[0, 0], chain[0, 1]
    n_left = min(x - first_a, y - first_b)
    n_last = min(end_a - chain[-1, 0], end_b - chain[-1, 1])
    pairs = np.empty((n_left + chain[-1, 0] - x + n_last, 2), np.int64)
    n = _extend(words, x - 1, y - 1, -1, x - first_a, y - first_b, pairs, 0)
    for i in range(n // 2):
        for side in range(2):
            pairs[i, side], pairs[n - 1 - i, side] = pairs[n - 1 - i, side], pairs[i, side]
    at_x, at_y = x, y
    for i_run in range(chain.shape[0]):
        x, y, length = chain[i_run, 0], chain[i_run, 1], chain[i_run, 2]
        skipped = max(at_x - x, at_y - y, 0)
        if skipped >= length:
            continue
        n = _between(words, at_x, x + skipped, at_y, y + skipped, pairs, n)
        for i in range(skipped, length):
            pairs[n, 0], pairs[n, 1] = x + i, y + i
            n += 1
        at_x, at_y = x + length, y + length
    n = _extend(words, at_x, at_y, 1, end_a - at_x, end_b - at_y, pairs, n)
    return pairs[:n]


@njit(cache=True)
def _extend(
    words: NDArray[np.uint32], x: int, y: int, step: int, n_x: int, n_y: int, pairs: NDArray[np.int64], n: int
) -> int:
    """Write equal words from ``(x, y)`` on until the score falls by ``X_DROP``; return the new number of pairs."""
    score, best, n_kept, n_found = 0, 0, 0, 0
    i, j = 0, 0
    while i < n_x and j < n_y:
        if _same(words, x + i * step, y + j * step):
            pairs[n + n_found, 0], pairs[n + n_found, 1] = x + i * step, y + j * step
            i, j, score, n_found = i + 1, j + 1, score + 1, n_found + 1
            if score > best:
                best, n_kept = score, n_found
        else:
            score -= 1
            if score <= best - X_DROP:
                break
            skip_x, skip_y = _skip(words, x + i * step, y + j * step, step, n_x - i, n_y - j)
            i, j = i + skip_x, j + skip_y
    return n + n_kept


@njit(cache=True)
def _skip(words: NDArray[np.uint32], x: int, y: int, step: int, n_x: int, n_y: int) -> tuple[int, int]:
    """Return how to step over a mismatch: one word replaced, added or dropped, whatever two equal words follow."""
    for skip_x, skip_y in ((1, 1), (1, 0), (0, 1)):
        at_x, at_y = x + skip_x * step, y + skip_y * step
        is_room = skip_x + 1 < n_x and skip_y + 1 < n_y
        if is_room and _same(words, at_x, at_y) and _same(words, at_x + step, at_y + step):
            return skip_x, skip_y
    return 1, 1


@njit(cache=True)
def _between(
    words: NDArray[np.uint32], x: int, end_x: int, y: int, end_y: int, pairs: NDArray[np.int64], n: int
) -> int:
    """Write the equal words of a gap; return the new number of pairs."""
    while x < end_x and y < end_y and _same(words, x, y):
        pairs[n, 0], pairs[n, 1] = x, y
        x, y, n = x + 1, y + 1, n + 1
    n_tail = 0
    while x < end_x - n_tail and y < end_y - n_tail and _same(words, end_x - 1 - n_tail, end_y - 1 - n_tail):
        n_tail += 1
    n_x, n_y = end_x - n_tail - x, end_y - n_tail - y
    if n_x > 0 and n_y > 0 and n_x * n_y <= CELLS:
        n = _common(words, x, n_x, y, n_y, pairs, n)
    for i in range(n_tail):
        pairs[n, 0], pairs[n, 1] = end_x - n_tail + i, end_y - n_tail + i
        n += 1
    return n


@njit(cache=True)
def _common(words: NDArray[np.uint32], x: int, n_x: int, y: int, n_y: int, pairs: NDArray[np.int64], n: int) -> int:
    """Write the longest common subsequence of ``n_x`` words from x and ``n_y`` from y; return the new number."""
    longest = np.zeros((n_x + 1, n_y + 1), np.int64)
    for i in range(n_x - 1, -1, -1):
        for j in range(n_y - 1, -1, -1):
            if _same(words, x + i, y + j):
                longest[i, j] = longest[i + 1, j + 1] + 1
            else:
                longest[i, j] = max(longest[i + 1, j], longest[i, j + 1])
    i, j = 0, 0
    while i < n_x and j < n_y:
        if _same(words, x + i, y + j):
            pairs[n, 0], pairs[n, 1] = x + i, y + j
            i, j, n = i + 1, j + 1, n + 1
        elif longest[i + 1, j] >= longest[i, j + 1]:
            i += 1
        else:
            j += 1
    return n
