"""What is planted where: wires, their uses, and the pages that carry them, drawn from one seed.

A year of pages in order of time. A bit more than half of them carry a wire text, whole or as an excerpt; a use falls
within 48 hours of its wire. Numbers only: the words are put together by ``pages``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SECONDS = 365 * 86_400
WINDOW = 48 * 3_600
CARRYING = 0.55
"""Share of pages that carry a wire."""
MOST_USES = 2_000
WHOLE = 0.5
"""Share of uses that are full copies."""
VERBATIM = 0.3
"""Share of uses without any edit; the others have up to ``EDITS`` of their words edited."""
EDITS, HARD_EDITS = (0.0, 0.15), (0.15, 0.35)
SECOND = 0.05
"""Share of uses that stand, as a second excerpt, in the page of another wire of the same days."""
QUOTING = 0.25
"""Share of pages with a quotation that unrelated pages have too."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything drawn. Uses are sorted by page, pages by time.

    ``wire_real`` the real text that is the wire, or -1 for made text; ``wire_length`` words. ``use_*``: the page and
    wire of a use, its first word and number of words in the wire, share of words edited. ``page_real`` the real text
    that is the page's own part, or -1; ``page_length`` words of its own; ``page_quote`` a quotation, or -1.
    """

    n_outlets: int
    wire_real: NDArray[np.int64]
    wire_length: NDArray[np.int64]
    use_page: NDArray[np.int64]
    use_wire: NDArray[np.int64]
    use_first: NDArray[np.int64]
    use_length: NDArray[np.int64]
    use_edited: NDArray[np.float64]
    page_time: NDArray[np.int64]
    page_outlet: NDArray[np.int64]
    page_real: NDArray[np.int64]
    page_length: NDArray[np.int64]
    page_quote: NDArray[np.int64]


def plan(n_pages: int, seed: int, *, hard: bool, lengths: NDArray[np.int64], lone: NDArray[np.int64]) -> Plan:
    """Return the plan of ``n_pages`` pages.

    ``lengths`` words of each real text; ``lone`` the real texts that share nothing with any other, fit for wires.
    """
    draw = np.random.default_rng(seed)
    sizes = _uses_of_wires(n_pages, draw)
    wire_real, free = _real_wires(sizes.size, lengths, lone, draw)
    wire_length = np.where(wire_real >= 0, lengths[wire_real].clip(150, 500), draw.integers(150, 501, sizes.size))
    wire_time = np.sort(draw.integers(0, SECONDS - WINDOW, sizes.size))
    wire = np.repeat(np.arange(sizes.size), sizes)
    time = wire_time[wire] + (WINDOW * draw.beta(1, 2, wire.size)).astype(np.int64)
    whole = draw.random(wire.size) < WHOLE
    length = np.where(whole, wire_length[wire], np.minimum(draw.integers(60, 301, wire.size), wire_length[wire]))
    first = (draw.random(wire.size) * (wire_length[wire] - length + 1)).astype(np.int64)
    low, high = HARD_EDITS if hard else EDITS
    edited = draw.uniform(low, high, wire.size)
    if not hard:
        edited[draw.random(wire.size) < VERBATIM] = 0
    host = _hosts(wire, whole, time, wire_time, draw)
    n_own = n_pages - int((host == np.arange(wire.size)).sum())
    times = np.concatenate([time[host == np.arange(wire.size)], draw.integers(0, SECONDS, n_own)])
    order = np.argsort(times, kind="stable")
    rank = np.empty(n_pages, np.int64)
    rank[order] = np.arange(n_pages)
    page_of_use = np.full(wire.size, -1, np.int64)
    page_of_use[host == np.arange(wire.size)] = rank[: n_pages - n_own]
    page_of_use = page_of_use[host]
    by_page = np.lexsort((~whole, page_of_use))
    carries_whole = np.zeros(n_pages, np.bool_)
    carries_whole[page_of_use[whole]] = True
    page_real, page_length = _own_parts(carries_whole, free, lengths, draw)
    quotes = np.where(draw.random(n_pages) < QUOTING, draw.integers(0, max(n_pages // 12, 1), n_pages), -1)
    n_outlets = int(np.clip(n_pages // 25, 40, 2_000))
    return Plan(
        n_outlets, wire_real, wire_length, page_of_use[by_page], wire[by_page], first[by_page], length[by_page],
        edited[by_page], times[order], draw.integers(0, n_outlets, n_pages), page_real, page_length, quotes,
    )  # fmt: skip


def _uses_of_wires(n_pages: int, draw: np.random.Generator) -> NDArray[np.int64]:
    """Return how often each wire is used: 2 to 2,000 times (a fifth of the pages at most), density as 1 / uses²."""
    most = min(MOST_USES, n_pages // 5)
    wanted = int(CARRYING * n_pages)
    sizes = (2 / (1 - draw.random(wanted // 2) * (1 - 2 / (most + 1)))).astype(np.int64)
    ends = np.cumsum(sizes)
    return sizes[: int(np.searchsorted(ends, wanted, side="right"))]


def _real_wires(
    n_wires: int, lengths: NDArray[np.int64], lone: NDArray[np.int64], draw: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the real text of each wire (-1: made) and the real texts left over, in random order.

    A tenth of the real texts at most become wires, so that pages of real text are left at every size.
    """
    fit = draw.permutation(lone[lengths[lone] >= 150])[: lengths.size // 10]
    wires = np.full(n_wires, -1, np.int64)
    taken = fit[:n_wires]
    wires[draw.permutation(n_wires)[: taken.size]] = taken
    return wires, draw.permutation(np.setdiff1d(np.arange(lengths.size), taken))


def _hosts(
    wire: NDArray[np.int64],
    whole: NDArray[np.bool_],
    time: NDArray[np.int64],
    wire_time: NDArray[np.int64],
    draw: np.random.Generator,
) -> NDArray[np.int64]:
    """Return for each use the use whose page it stands in: mostly its own.

    Wires are in order of time, so a use of another wire of the same days is a few places on; where there is none, the
    use keeps its own page. A page holds two excerpts at most, of two wires, and lies in the 48 hours of both.
    """
    host = np.arange(wire.size)
    guests = np.flatnonzero(~whole & (draw.random(wire.size) < SECOND))
    is_taken = np.zeros(wire.size, np.bool_)
    for guest in guests.tolist():
        for other in range(guest + 1, min(guest + 60, wire.size)):
            is_free = not (whole[other] or is_taken[other] or is_taken[guest])
            if wire[other] != wire[guest] and is_free and 0 <= time[other] - wire_time[wire[guest]] <= WINDOW:
                host[guest] = other
                is_taken[other] = is_taken[guest] = True
                break
    return host


def _own_parts(
    carries_whole: NDArray[np.bool_], free: NDArray[np.int64], lengths: NDArray[np.int64], draw: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the real text of each page's own part (-1: made) and its length in words.

    Pages with a full copy have a made introduction of up to 40 words. Made pages are as long as real ones.
    """
    n_pages = carries_whole.size
    real = np.full(n_pages, -1, np.int64)
    hosts = draw.permutation(np.flatnonzero(~carries_whole))
    taken = free[: hosts.size]
    real[hosts[: taken.size]] = taken
    length = lengths[draw.integers(0, lengths.size, n_pages)]
    length[carries_whole] = draw.integers(0, 41, int(carries_whole.sum()))
    length[real >= 0] = lengths[real[real >= 0]]
    return real, length
