"""Which carriers may be proven the source of which: at most how well each fits, one by one or for many at once.

Owns the candidates that ``lineage`` looks at, and the order of clocks between all carriers. What is counted at once is
what ``descent.most_of`` gives for each two; a test holds them equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retold.stages.stemma.clock import Clock, is_before
from retold.stages.stemma.descent import (
    LACKED_PLACE,
    MOST_REGAINED_TAIL,
    REGAINED,
    SHARED_CUT,
    SHARED_LOSS,
    SHARED_PLACE,
    SHARED_WORD,
    Bits,
    Marks,
    most_of,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Table = npt.NDArray[np.float32]
    Bounds = npt.NDArray[np.float64]
    Truths = npt.NDArray[np.bool_]

MANY_CARRIERS = 24
"""From so many carriers on they are held against each other all at once."""

LATER = -3.0
"""What speaks against a source that came out later: one clock in ten is late."""

Ranked = Sequence[tuple[float, int]]
"""The carriers, by index, that may be the source of one, with the bound of how well they fit; the best last."""


def late(above: Clock, below: Clock) -> float:
    """Return what speaks against a source by the clocks."""
    return LATER if is_before(below, above) else 0.0


def ranked(marks: Sequence[Marks], bits: Bits, clocks: Sequence[Clock], least: float) -> list[Ranked]:
    """Return for each carrier those that may be its source with at least this score, the best last."""
    if len(marks) >= MANY_CARRIERS:
        return ranked_at_once(marks, bits, clocks, least)
    return ranked_one_by_one(marks, bits, clocks, least)


def ranked_one_by_one(marks: Sequence[Marks], bits: Bits, clocks: Sequence[Clock], least: float) -> list[Ranked]:
    """Return the same, pair by pair: what defines the answer."""
    found: list[Ranked] = []
    for j, below in enumerate(marks):
        most = [(most_of(above, below, bits), i) for i, above in enumerate(marks) if i != j]
        kept = [(n, i) for n, i in most if n >= least and n + late(clocks[i], clocks[j]) >= least]
        found.append(sorted(kept, key=lambda held: (held[0], -held[1])))
    return found


def ranked_at_once(marks: Sequence[Marks], bits: Bits, clocks: Sequence[Clock], least: float) -> list[Ranked]:
    """Return the same from products of tables ``(n_carriers, n_bits)``."""
    import numpy as np

    most = _bounds(marks, bits)
    is_kept = (most >= least) & (most + np.where(_are_later(clocks), LATER, 0.0) >= least)
    np.fill_diagonal(is_kept, False)
    found: list[Ranked] = []
    for j in range(len(marks)):
        kept = np.flatnonzero(is_kept[:, j])[::-1]
        order = kept[np.argsort(most[kept, j], kind="stable")]
        found.append(list(zip(most[order, j].tolist(), order.tolist(), strict=True)))
    return found


def _bounds(marks: Sequence[Marks], bits: Bits) -> Bounds:
    """Return ``most_of`` for all, the source in the row."""
    import numpy as np

    def times(one: Table, other: Table) -> Bounds:
        return (one @ other.T).astype(np.float64)

    n_word = max(mark.words.bit_length() for mark in marks)
    words = _table([mark.words for mark in marks], n_word)
    put = _table([mark.words & bits.put for mark in marks], n_word)
    names = ("added", "cut", "tail", "has", "within")
    n_place = max(getattr(mark, name).bit_length() for mark in marks for name in names)
    added, cut, tail, has, within = (_table([getattr(mark, name) for mark in marks], n_place) for name in names)
    n_put = times(_shared(put), _shared(put))
    n_all = times(_shared(words), _shared(words))
    regained = times(cut, has) + np.minimum(MOST_REGAINED_TAIL, times(tail, has))
    most = SHARED_WORD * n_put + SHARED_LOSS * (n_all - n_put)
    most += SHARED_PLACE * times(added, added) + SHARED_CUT * times(cut, cut)
    against = REGAINED * regained
    bound: Bounds = most + against + LACKED_PLACE * times(added, within * (1 - added))
    bound[most <= 0] = 0.0
    return bound


def _table(sets: Sequence[int], n_bits: int) -> Table:
    """Return sets of bits as rows of 0 and 1."""
    import numpy as np

    n_bytes = n_bits // 8 + 1
    packed = np.frombuffer(b"".join(held.to_bytes(n_bytes, "little") for held in sets), np.uint8)
    return np.unpackbits(packed.reshape(len(sets), n_bytes), axis=1, bitorder="little").astype(np.float32)


def _shared(table: Table) -> Table:
    """Return the columns that more than one row has: only those make common bits."""
    return table[:, table.sum(axis=0) > 1]


def _are_later(clocks: Sequence[Clock]) -> Truths:
    """Tell of each two whether the first (row) came out after the second, as ``clock.is_before`` does."""
    import numpy as np

    instants = np.array([np.nan if clock.instant is None else clock.instant.timestamp() for clock in clocks])
    days = {day: float(i) for i, day in enumerate(sorted({clock.day for clock in clocks if clock.day}))}
    of_day = np.array([np.nan if clock.day is None else days[clock.day] for clock in clocks])
    one, other = instants[:, None], instants
    told = ~np.isnan(one) & ~np.isnan(other) & (one != other)
    return np.where(told, one > other, of_day[:, None] > of_day)
