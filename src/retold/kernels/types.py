"""Why two pages share a passage, compiled. ``plain.types`` defines it.

A passage is a row of columns: page a, page b, first and end word in each, equal words, whether both pages quote it.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

QUOTED_SHARE = 0.8
COVERED_SHARE = 0.8
UNRELATED = 3
LITTLE_SHARE = 0.1
ONE_TEXT = 0.4
APART_DAYS = 3
ROUNDS = 4
LEAST = 12
COPY, QUOTE, BOILERPLATE = 0, 1, 2


@njit(cache=True)
def typed(
    passages: NDArray[np.int32], quoted: NDArray[np.bool_], pairs: NDArray[np.int32], n_words: NDArray[np.int64],
    days: NDArray[np.int32], outlets: NDArray[np.int32],
) -> NDArray[np.uint8]:  # fmt: skip
    """Return the type of every passage ``(n_passages,)``.

    ``passages`` ``(n_passages, 7)``: page a, page b, first and end word in a, first and end word in b, equal words;
    those of one pair stand together, and ``pairs`` ``(n_passages,)`` numbers the pairs from 0. ``n_words``, ``days``,
    ``outlets`` ``(n_pages,)``, days and outlets -1 where unknown.
    """
    types = np.where(quoted, np.uint8(QUOTE), np.uint8(COPY))
    starts, sides = _by_page(passages, days, outlets)
    for _ in range(ROUNDS):
        totals = np.zeros(pairs[-1] + 1 if pairs.size else 0, np.int32)
        for i in range(pairs.size):
            if types[i] != BOILERPLATE:
                totals[pairs[i]] += passages[i, 6]
        marks = np.zeros(types.size, np.bool_)
        for i in range(pairs.size):
            one, other = passages[i, 0], passages[i, 1]
            is_one_outlet = outlets[one] >= 0 and outlets[one] == outlets[other]
            is_one_text = not is_one_outlet and totals[pairs[i]] >= ONE_TEXT * min(n_words[one], n_words[other])
            if types[i] != COPY or is_one_text:
                continue
            for side in range(2):
                own = sides[starts[passages[i, side]] : starts[passages[i, side] + 1]]
                if not marks[i]:
                    marks[i] = _is_unrelated(i, side, own, passages, pairs, totals, n_words, days, outlets)
        if not marks.any():
            break
        for i in range(pairs.size):
            if marks[i]:
                types[i] = BOILERPLATE
    return types


@njit(cache=True)
def _by_page(
    passages: NDArray[np.int32], days: NDArray[np.int32], outlets: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return for each page the passages that it shares with pages too far away to tell the same event.

    Only they can say that a passage is boilerplate. A passage comes as twice its number, plus the page's side.
    """
    starts = np.zeros(days.size + 2, np.int64)
    for i in range(passages.shape[0]):
        if _apart(passages[i, 0], passages[i, 1], days, outlets) > 0:
            starts[passages[i, 0] + 2] += 1
            starts[passages[i, 1] + 2] += 1
    for page in range(2, starts.size):
        starts[page] += starts[page - 1]
    sides = np.empty(starts[-1], np.uint32)
    for i in range(passages.shape[0]):
        if _apart(passages[i, 0], passages[i, 1], days, outlets) > 0:
            for side in range(2):
                page = passages[i, side]
                sides[starts[page + 1]] = 2 * i + side
                starts[page + 1] += 1
    return starts[:-1], sides


@njit(cache=True)
def _is_unrelated(
    i: int, side: int, own: NDArray[np.uint32], passages: NDArray[np.int32], pairs: NDArray[np.int32],
    totals: NDArray[np.int32], n_words: NDArray[np.int64], days: NDArray[np.int32], outlets: NDArray[np.int32],
) -> bool:  # fmt: skip
    """Tell whether enough unrelated pages carry the words of passage ``i`` on one side."""
    first, end = passages[i, 2 + 2 * side], passages[i, 3 + 2 * side]
    weight = 0
    last = np.int64(-1)
    for entry in own:
        j, j_side = np.int64(entry) >> 1, np.int64(entry) & 1
        common = min(end, passages[j, 3 + 2 * j_side]) - max(first, passages[j, 2 + 2 * j_side])
        if common < COVERED_SHARE * (end - first) or pairs[j] == last:
            continue
        total, one, other = totals[pairs[j]], passages[j, 0], passages[j, 1]
        if total - passages[j, 6] < LEAST or total < LITTLE_SHARE * min(n_words[one], n_words[other]):
            last = pairs[j]
            weight += _apart(one, other, days, outlets)
            if weight >= UNRELATED:
                return True
    return False


@njit(cache=True)
def _apart(one: int, other: int, days: NDArray[np.int32], outlets: NDArray[np.int32]) -> int:
    """Return 0 when two pages may tell one event, 2 when one outlet published both at different times, else 1."""
    is_one_outlet = outlets[one] >= 0 and outlets[one] == outlets[other]
    if days[one] < 0 or days[other] < 0:
        return 2 if is_one_outlet else 0
    if abs(days[one] - days[other]) <= APART_DAYS:
        return 0
    return 2 if is_one_outlet else 1
