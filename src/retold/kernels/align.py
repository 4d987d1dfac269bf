"""Chains of colinear hits aligned word by word, compiled. ``plain.align`` defines it and names the source.

Equal words come as blocks, rows of an ``(n_blocks, 3)`` array: first word in a, first word in b, how many in a row; no
two blocks of a chain touch. Chains are rows of an ``(n_chains, 4)`` array: page a, page b, first block and end block.
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
    """Return chains ``(n_chains, 4)`` and blocks ``(n_blocks, 3)`` of hits ``(n_hits, 4)``, sorted by page."""
    chains = np.empty((16, 4), np.int64)
    blocks = np.empty((1024, 3), np.int64)
    spare = np.empty((1024, 3), np.int64)
    table = np.empty(3 * CELLS + 4, np.int16)
    n_chains = 0
    n_blocks = 0
    at = 0
    while at < hits.shape[0]:
        a, b = hits[at, 0], hits[at, 1]
        end = at + 1
        while end < hits.shape[0] and hits[end, 0] == a and hits[end, 1] == b:
            end += 1
        runs = _runs(words, starts[a], starts[a + 1], starts[b], starts[b + 1], hits[at:end, 2:], k)
        order, firsts = _chains(runs)
        n_most = min(starts[a + 1] - starts[a], starts[b + 1] - starts[b]) + 1
        spare = _room(spare, n_most)
        for i in range(firsts.size - 1):
            chains, blocks = _room(chains, n_chains + 1), _room(blocks, n_blocks + n_most)
            n = _aligned(words, starts, a, b, runs, order, firsts[i], firsts[i + 1], blocks, n_blocks, spare, table)
            if _n_words(blocks, n_blocks, n) >= LEAST:
                chains[n_chains, 0], chains[n_chains, 1], chains[n_chains, 2], chains[n_chains, 3] = a, b, n_blocks, n
                n_chains, n_blocks = n_chains + 1, n
        at = end
    return chains[:n_chains].copy(), blocks[:n_blocks].copy()


@njit(cache=True)
def composed(
    words: NDArray[np.uint32], starts: NDArray[np.int64], partners: NDArray[np.int32], pages: NDArray[np.int64],
    wanted: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:  # fmt: skip
    """Return chains and blocks of pairs of carriers ``(n_pairs, 2)`` through their representative.

    ``partners`` ``(n_carriers, n_words of the representative)``, ``pages`` ``(n_carriers,)``.
    """
    chains = np.empty((16, 4), np.int64)
    blocks = np.empty((1024, 3), np.int64)
    spare = np.empty((1024, 3), np.int64)
    table = np.empty(3 * CELLS + 4, np.int16)
    runs = np.empty((partners.shape[1], 3), np.int64)
    n_chains = 0
    n_blocks = 0
    for i_pair in range(wanted.shape[0]):
        i, j = wanted[i_pair, 0], wanted[i_pair, 1]
        n_runs = 0
        for k in range(partners.shape[1]):
            x, y = int(partners[i, k]), int(partners[j, k])
            if x >= 0 and y >= 0:
                n_runs = _append(runs, 0, n_runs, x, y, 1)
        a, b = pages[i], pages[j]
        own = _in_order(runs[:n_runs], starts[a], starts[b])
        order, firsts = _chains(own)
        n_most = min(starts[a + 1] - starts[a], starts[b + 1] - starts[b]) + 1
        spare = _room(spare, n_most)
        for i_chain in range(firsts.size - 1):
            chains, blocks = _room(chains, n_chains + 1), _room(blocks, n_blocks + n_most)
            n = _aligned(
                words, starts, a, b, own, order, firsts[i_chain], firsts[i_chain + 1], blocks, n_blocks, spare, table
            )
            if _n_words(blocks, n_blocks, n) >= LEAST:
                chains[n_chains, 0], chains[n_chains, 1], chains[n_chains, 2], chains[n_chains, 3] = a, b, n_blocks, n
                n_chains, n_blocks = n_chains + 1, n
    return chains[:n_chains].copy(), blocks[:n_blocks].copy()


@njit(cache=True)
def _room(rows: NDArray[np.int64], n_rows: int) -> NDArray[np.int64]:
    """Return the rows, copied to twice the room when ``n_rows`` do not fit."""
    if n_rows <= rows.shape[0]:
        return rows
    wider = np.empty((2 * n_rows, rows.shape[1]), np.int64)
    wider[: rows.shape[0]] = rows
    return wider


@njit(cache=True)
def _n_words(blocks: NDArray[np.int64], first: int, end: int) -> int:
    """Return the words of some blocks."""
    n = 0
    for i in range(first, end):
        n += blocks[i, 2]
    return n


@njit(cache=True)
def _append(blocks: NDArray[np.int64], first: int, n: int, x: int, y: int, length: int) -> int:
    """Write a block, joined to the one before where both touch; return the new number."""
    if length <= 0:
        return n
    if n > first and blocks[n - 1, 0] + blocks[n - 1, 2] == x and blocks[n - 1, 1] + blocks[n - 1, 2] == y:
        blocks[n - 1, 2] += length
        return n
    blocks[n, 0], blocks[n, 1], blocks[n, 2] = x, y, length
    return n + 1


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
    for i_hit in _order(keys):
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
def _order(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the order of keys, equal ones as they stand; most lists are short."""
    if keys.size > 24:
        return np.argsort(keys, kind="mergesort")
    order = np.arange(keys.size)
    for i in range(1, keys.size):
        j = i
        while j > 0 and keys[order[j - 1]] > keys[i]:
            order[j] = order[j - 1]
            j -= 1
        order[j] = i
    return order


@njit(cache=True)
def _in_order(runs: NDArray[np.int64], first_a: int, first_b: int) -> NDArray[np.int64]:
    """Return the runs by their place in a, then in b."""
    keys = np.empty(runs.shape[0], np.int64)
    for i in range(runs.shape[0]):
        keys[i] = ((runs[i, 0] - first_a) << 31) + runs[i, 1] - first_b
    return runs[_order(keys)]


@njit(cache=True)
def _chains(runs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the runs' order by chain ``(n_runs,)`` and each chain's first place in it ``(n_chains + 1,)``."""
    n_runs = runs.shape[0]
    chain_of = np.empty(n_runs, np.int64)
    last = np.empty(n_runs, np.int64)
    firsts = np.zeros(n_runs + 1, np.int64)
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
        firsts[best + 1] += 1
    for i in range(n_chains):
        firsts[i + 1] += firsts[i]
    return _order(chain_of), firsts[: n_chains + 1]


@njit(cache=True)
def _aligned(
    words: NDArray[np.uint32], starts: NDArray[np.int64], a: int, b: int, runs: NDArray[np.int64],
    order: NDArray[np.int64], first_run: int, end_run: int, blocks: NDArray[np.int64], n_blocks: int,
    spare: NDArray[np.int64], table: NDArray[np.int16],
) -> int:  # fmt: skip
    """Write the blocks of a chain of runs from row ``n_blocks`` on; return the new number."""
    first = order[first_run]
    x, y = runs[first, 0], runs[first, 1]
    n = n_blocks
    n_left = _extend(words, x - 1, y - 1, -1, x - starts[a], y - starts[b], spare)
    for i in range(n_left - 1, -1, -1):
        n = _append(blocks, n_blocks, n, spare[i, 0], spare[i, 1], spare[i, 2])
    at_x, at_y = x, y
    for i_run in range(first_run, end_run):
        run = order[i_run]
        x, y, length = runs[run, 0], runs[run, 1], runs[run, 2]
        skipped = max(at_x - x, at_y - y, 0)
        if skipped >= length:
            continue
        n = _between(words, at_x, x + skipped, at_y, y + skipped, blocks, n_blocks, n, table)
        n = _append(blocks, n_blocks, n, x + skipped, y + skipped, length - skipped)
        at_x, at_y = x + length, y + length
    n_right = _extend(words, at_x, at_y, 1, starts[a + 1] - at_x, starts[b + 1] - at_y, spare)
    for i in range(n_right):
        n = _append(blocks, n_blocks, n, spare[i, 0], spare[i, 1], spare[i, 2])
    return n


@njit(cache=True)
def _extend(words: NDArray[np.uint32], x: int, y: int, step: int, n_x: int, n_y: int, spare: NDArray[np.int64]) -> int:
    """Write blocks from ``(x, y)`` on until the score falls by ``X_DROP``, the nearest first; return how many."""
    score, best, n, n_kept, last_kept = 0, 0, 0, 0, 0
    i, j = 0, 0
    goes_on = False
    while i < n_x and j < n_y:
        at_x, at_y = x + i * step, y + j * step
        if _same(words, at_x, at_y):
            if not goes_on:
                spare[n, 0], spare[n, 1], spare[n, 2] = at_x, at_y, 0
                n += 1
                goes_on = True
            if step < 0:
                spare[n - 1, 0], spare[n - 1, 1] = at_x, at_y
            spare[n - 1, 2] += 1
            i, j, score = i + 1, j + 1, score + 1
            if score > best:
                best, n_kept, last_kept = score, n, spare[n - 1, 2]
        else:
            goes_on = False
            score -= 1
            if score <= best - X_DROP:
                break
            skip_x, skip_y = _skip(words, at_x, at_y, step, n_x - i, n_y - j)
            i, j = i + skip_x, j + skip_y
    if n_kept > 0:
        if step < 0:
            lost = spare[n_kept - 1, 2] - last_kept
            spare[n_kept - 1, 0] += lost
            spare[n_kept - 1, 1] += lost
        spare[n_kept - 1, 2] = last_kept
    return n_kept


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
    words: NDArray[np.uint32], x: int, end_x: int, y: int, end_y: int, blocks: NDArray[np.int64], first: int, n: int,
    table: NDArray[np.int16],
) -> int:  # fmt: skip
    """Write the blocks of a gap; return the new number."""
    n_head = 0
    while x + n_head < end_x and y + n_head < end_y and _same(words, x + n_head, y + n_head):
        n_head += 1
    n = _append(blocks, first, n, x, y, n_head)
    x, y = x + n_head, y + n_head
    n_tail = 0
    while x < end_x - n_tail and y < end_y - n_tail and _same(words, end_x - 1 - n_tail, end_y - 1 - n_tail):
        n_tail += 1
    n_x, n_y = end_x - n_tail - x, end_y - n_tail - y
    if n_x > 0 and n_y > 0 and n_x * n_y <= CELLS:
        n = _common(words, x, n_x, y, n_y, blocks, first, n, table)
    return _append(blocks, first, n, end_x - n_tail, end_y - n_tail, n_tail)


@njit(cache=True)
def _common(
    words: NDArray[np.uint32], x: int, n_x: int, y: int, n_y: int, blocks: NDArray[np.int64], first: int, n: int,
    table: NDArray[np.int16],
) -> int:  # fmt: skip
    """Write the longest common subsequence of ``n_x`` words from x and ``n_y`` from y; return the new number."""
    width = n_y + 1
    for i in range(n_x + 1):
        table[i * width + n_y] = 0
    for j in range(n_y):
        table[n_x * width + j] = 0
    for i in range(n_x - 1, -1, -1):
        for j in range(n_y - 1, -1, -1):
            if _same(words, x + i, y + j):
                table[i * width + j] = table[(i + 1) * width + j + 1] + 1
            else:
                table[i * width + j] = max(table[(i + 1) * width + j], table[i * width + j + 1])
    i, j = 0, 0
    while i < n_x and j < n_y:
        if _same(words, x + i, y + j):
            n = _append(blocks, first, n, x + i, y + j, 1)
            i, j = i + 1, j + 1
        elif table[(i + 1) * width + j] >= table[i * width + j + 1]:
            i += 1
        else:
            j += 1
    return n
