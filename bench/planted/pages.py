"""The pages of a plan, put together word by word, and the exact place of every planted word.

Owns what a page is made of: its own part, excerpts or a full copy of wires with edits in bursts, a quotation, a stock
phrase, the outlet's footer, a blurb of its publishing system. Compiled, because a corpus has hundreds of millions of
words; everything is drawn from the seed and the number of the page, so chunks can be made in any order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bench.planted.plan import Plan
from bench.planted.vocabulary import (
    CAPITAL,
    CLOSE_CURLY,
    CLOSE_STRAIGHT,
    N_DRAWS,
    N_MADE,
    OPEN_CURLY,
    OPEN_STRAIGHT,
    PARAGRAPH,
    PLAIN,
    STOP,
    RealTexts,
    Vocabulary,
)

N_STOCK, N_BLURBS = 200, 30
STOCK_SHARE, FOOTER_SHARE, BLURB_SHARE = 0.1, 0.8, 0.4
KEPT = 0x8000
"""Bit of a cell that says its word stands unedited in the page."""
MOST_TOKENS = 2_600
"""More tokens than any page has."""
MEAN_BURST = 2.5
"""Words of a burst of edits, on average."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Tokens of everything that is used more than once: text ``i`` is ``tokens[starts[i]:starts[i + 1]]``.

    Wires first, then footers by outlet, blurbs, stock phrases, quotations.
    """

    tokens: NDArray[np.int64]
    starts: NDArray[np.int64]
    n_wires: int
    n_outlets: int


@njit(cache=True)
def _next(state: NDArray[np.uint64]) -> np.uint64:
    """Return the next of a stream of random numbers (splitmix64)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    mixed = (state[0] ^ (state[0] >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@njit(cache=True)
def _share(state: NDArray[np.uint64]) -> float:
    """Return a random number in [0, 1)."""
    return (_next(state) >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True)
def _below(state: NDArray[np.uint64], n: int) -> int:
    """Return a random whole number in [0, n)."""
    return np.int64(_share(state) * n)


@njit(cache=True)
def _made(
    out: NDArray[np.int64], at: int, n: int, made: int, draws: NDArray[np.int64], state: NDArray[np.uint64]
) -> int:
    """Write ``n`` made words as sentences and paragraphs; return the new end."""
    n_left = 0
    for i in range(n):
        form = PLAIN
        if n_left == 0:
            n_left = 8 + _below(state, 20)
            form = CAPITAL
        n_left -= 1
        if n_left == 0 or i == n - 1:
            form = PARAGRAPH if _below(state, 3) == 0 or i == n - 1 else STOP
        out[at] = made + form * N_MADE + draws[_below(state, N_DRAWS)]
        at += 1
    return at


@njit(cache=True)
def _quotation(
    out: NDArray[np.int64], at: int, n: int, made: int, draws: NDArray[np.int64], state: NDArray[np.uint64]
) -> int:
    """Write a made quotation of ``n`` words with its marks; return the new end."""
    is_curly = _below(state, 2) == 0
    for i in range(n):
        form = PLAIN
        if i == 0:
            form = OPEN_CURLY if is_curly else OPEN_STRAIGHT
        if i == n - 1:
            form = CLOSE_CURLY if is_curly else CLOSE_STRAIGHT
        out[at] = made + form * N_MADE + draws[_below(state, N_DRAWS)]
        at += 1
    return at


def pieces_of(drawn: Plan, vocabulary: Vocabulary, real: RealTexts, seed: int) -> Pieces:
    """Return the texts that are used more than once; those not real are made."""
    draw = np.random.default_rng(seed + 1)
    n_quotes = int(drawn.page_quote.max(initial=-1)) + 1
    lengths = np.concatenate([
        drawn.wire_length, draw.integers(25, 61, drawn.n_outlets), draw.integers(20, 41, N_BLURBS),
        draw.integers(12, 21, N_STOCK), draw.integers(15, 41, n_quotes),
    ])  # fmt: skip
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    tokens = np.empty(starts[-1], np.int64)
    real_of = np.concatenate([drawn.wire_real, np.full(lengths.size - drawn.wire_real.size, -1)])
    _fill_pieces(
        tokens, starts, real_of, lengths.size - n_quotes, real.tokens, real.starts, vocabulary.made, vocabulary.draws,
        np.uint64(seed),
    )  # fmt: skip
    return Pieces(tokens, starts, drawn.wire_real.size, drawn.n_outlets)


@njit(cache=True)
def _fill_pieces(
    tokens: NDArray[np.int64], starts: NDArray[np.int64], real_of: NDArray[np.int64], first_quote: int,
    real_tokens: NDArray[np.int64], real_starts: NDArray[np.int64], made: int, draws: NDArray[np.int64],
    seed: np.uint64,
) -> None:  # fmt: skip
    """Write every piece."""
    state = np.array([seed * np.uint64(0xD1B54A32D192ED03) + np.uint64(1)], np.uint64)
    for i in range(starts.size - 1):
        n = starts[i + 1] - starts[i]
        if real_of[i] >= 0:
            first = real_starts[real_of[i]]
            tokens[starts[i] : starts[i + 1]] = real_tokens[first : first + n]
        elif i >= first_quote:
            _quotation(tokens, starts[i], n, made, draws, state)
        else:
            _made(tokens, starts[i], n, made, draws, state)


@njit(cache=True)
def _edited(
    out: NDArray[np.int64], at: int, wire: NDArray[np.int64], edited: float, made: int, draws: NDArray[np.int64],
    n_chars: NDArray[np.int64], cells: NDArray[np.uint16], state: NDArray[np.uint64],
) -> int:  # fmt: skip
    """Write the words of a wire with edits in bursts; return the new end.

    Word ``i`` fills ``cells[i]``: the characters it takes in the page, and ``KEPT`` when it is unedited. An edited word
    is replaced, dropped, or replaced by two.
    """
    # Between two bursts stand so many kept words on average that the share of edited words is as asked.
    n_edit = 0
    for i in range(wire.size):
        if n_edit == 0 and edited > 0 and _share(state) < edited / (MEAN_BURST * (1 - edited)):
            n_edit = 1
            while _share(state) < 1 - 1 / MEAN_BURST:
                n_edit += 1
        n_words = 0
        if n_edit == 0:
            out[at] = wire[i]
            cells[i] = np.uint16(n_chars[wire[i]]) | np.uint16(KEPT)
            at += 1
            continue
        n_edit -= 1
        kind = _below(state, 4)
        n_words = 0 if kind == 0 else 2 if kind == 1 else 1
        n = 0
        for _ in range(n_words):
            out[at] = made + draws[_below(state, N_DRAWS)]
            n += n_chars[out[at]]
            at += 1
        cells[i] = np.uint16(n)
    return at


@njit(cache=True)
def _stop_after(tokens: NDArray[np.int64], at: int, end: int, is_stop: NDArray[np.bool_]) -> int:
    """Return the place behind the first token from ``at`` on that ends a sentence, or ``end``."""
    while at < end:
        at += 1
        if is_stop[tokens[at - 1]]:
            break
    return at


@njit(cache=True)
def assemble(
    first_page: int, end_page: int, use_starts: NDArray[np.int64], use_wire: NDArray[np.int64],
    use_first: NDArray[np.int64], use_length: NDArray[np.int64], use_edited: NDArray[np.float64],
    page_outlet: NDArray[np.int64], page_real: NDArray[np.int64], page_length: NDArray[np.int64],
    page_quote: NDArray[np.int64], real_tokens: NDArray[np.int64], real_starts: NDArray[np.int64],
    piece_tokens: NDArray[np.int64], piece_starts: NDArray[np.int64], n_wires: int, n_outlets: int, made: int,
    draws: NDArray[np.int64], n_chars: NDArray[np.int64], is_stop: NDArray[np.bool_], seed: np.uint64,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint16], NDArray[np.int64]]:  # fmt: skip
    """Return the pages' tokens and where each begins; of their uses the first character, cells and first cells."""
    n_pages = end_page - first_page
    first_use, end_use = use_starts[first_page], use_starts[end_page]
    tokens = np.empty(n_pages * MOST_TOKENS, np.int64)
    starts = np.zeros(n_pages + 1, np.int64)
    places = np.zeros(end_use - first_use, np.int64)
    cell_starts = np.zeros(end_use - first_use + 1, np.int64)
    for use in range(first_use, end_use):
        cell_starts[use - first_use + 1] = cell_starts[use - first_use] + use_length[use]
    cells = np.empty(cell_starts[-1], np.uint16)
    own = np.empty(MOST_TOKENS, np.int64)
    state = np.zeros(1, np.uint64)
    at = 0
    for page in range(first_page, end_page):
        state[0] = (seed + np.uint64(1)) * np.uint64(0xA0761D6478BD642F) + np.uint64(page)
        n_own = page_length[page]
        if page_real[page] >= 0:
            own[:n_own] = real_tokens[real_starts[page_real[page]] : real_starts[page_real[page]] + n_own]
        else:
            _made(own, 0, n_own, made, draws, state)
        n_uses = use_starts[page + 1] - use_starts[page]
        from_own = 0
        # The own part is cut at ends of sentences: uses, stock phrase and quotation stand between its pieces.
        for i in range(n_uses + 2):
            piece = -1
            if i == n_uses and _share(state) < STOCK_SHARE:
                piece = n_wires + n_outlets + N_BLURBS + _below(state, N_STOCK)
            elif i == n_uses + 1 and page_quote[page] >= 0:
                piece = n_wires + n_outlets + N_BLURBS + N_STOCK + page_quote[page]
            if i >= n_uses and piece < 0:
                continue
            to = from_own
            if from_own < n_own:
                to = _stop_after(own, from_own + _below(state, (n_own - from_own) // 2 + 1), n_own, is_stop)
            tokens[at : at + to - from_own] = own[from_own:to]
            at += to - from_own
            from_own = to
            if i < n_uses:
                use = use_starts[page] + i
                n = 0
                for j in range(starts[page - first_page], at):
                    n += n_chars[tokens[j]]
                places[use - first_use] = n
                wire = piece_starts[use_wire[use]] + use_first[use]
                at = _edited(
                    tokens, at, piece_tokens[wire : wire + use_length[use]], use_edited[use], made, draws, n_chars,
                    cells[cell_starts[use - first_use] : cell_starts[use - first_use + 1]], state,
                )  # fmt: skip
            else:
                n = piece_starts[piece + 1] - piece_starts[piece]
                tokens[at : at + n] = piece_tokens[piece_starts[piece] : piece_starts[piece + 1]]
                at += n
                if i == n_uses + 1:
                    at = _made(tokens, at, 2 + _below(state, 3), made, draws, state)
        tokens[at : at + n_own - from_own] = own[from_own:n_own]
        at += n_own - from_own
        outlet = page_outlet[page]
        for piece, share in ((n_wires + n_outlets + outlet % N_BLURBS, BLURB_SHARE), (n_wires + outlet, FOOTER_SHARE)):
            if _share(state) < share:
                n = piece_starts[piece + 1] - piece_starts[piece]
                tokens[at : at + n] = piece_tokens[piece_starts[piece] : piece_starts[piece + 1]]
                at += n
        starts[page - first_page + 1] = at
    return tokens[:at].copy(), starts, places, cells, cell_starts


@njit(cache=True)
def text_of(
    tokens: NDArray[np.int64], starts: NDArray[np.int64], text: NDArray[np.uint8], text_starts: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the bytes of the tokens, and where each page's bytes begin."""
    n_bytes = 0
    for i in range(tokens.size):
        n_bytes += text_starts[tokens[i] + 1] - text_starts[tokens[i]]
    out = np.empty(n_bytes, np.uint8)
    offsets = np.zeros(starts.size, np.int64)
    at = 0
    for page in range(starts.size - 1):
        for i in range(starts[page], starts[page + 1]):
            for j in range(text_starts[tokens[i]], text_starts[tokens[i] + 1]):
                out[at] = text[j]
                at += 1
        offsets[page + 1] = at
    return out, offsets
