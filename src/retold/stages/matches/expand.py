"""The pairs behind links: pages that share text with one representative share it with each other.

Alignments with the representative are composed: where a word of it equals one in both pages, these two are equal. The
words between and beyond are aligned as for any other pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retold.kernels import align as align_kernel
from retold.kernels import refine as refine_kernel
from retold.kernels import types as types_kernel
from retold.stages.matches.compared import PAIRS, rows_of
from retold.stages.matches.scaled import Found
from retold.stages.matches.texts import Words


def expanded(found: Found) -> Iterator[NDArray[Any]]:
    """Yield the passages of all pairs behind links, as rows of ``FOUND``, some thousand pairs at a time.

    Links are by what is no boilerplate. A pair behind links of two representatives comes once for each; the number of
    pairs is quadratic in the carriers.
    """
    is_lead = np.zeros(found.pages.rank.size, np.bool_)
    is_lead[found.leads] = True
    told = found.rows[found.types != types_kernel.BOILERPLATE]
    sides = []
    for lead, carrier, first in (("a", "b", 0), ("b", "a", 2)):
        own = told[is_lead[told[lead]]]
        columns = (own[lead], own[carrier], own["words"][:, first], own["words"][:, first + 1])
        sides.append(np.stack(columns, axis=1).astype(np.int64))
    links = np.concatenate(sides)
    links = links[np.lexsort((links[:, 1], links[:, 0]))]
    cuts = np.flatnonzero(links[1:, 0] != links[:-1, 0]) + 1
    for some in np.split(links, cuts):
        if len(some) and some[0, 1] != some[-1, 1]:
            yield from behind(found, int(some[0, 0]), some[:, 1:])


def behind(found: Found, lead: int, links: NDArray[np.int64]) -> Iterator[NDArray[Any]]:
    """Yield the passages of all pairs of carriers of a representative.

    A link ``(n_links, 3)``: a carrier, first word and end of a passage of the representative that it carries.
    """
    carriers = np.unique(links[:, 0])
    own = np.unique(np.append(carriers, lead))
    taken = found.texts.take(own)
    partners = partners_of(taken, int(np.searchsorted(own, lead)), np.searchsorted(own, carriers))
    is_linked = np.zeros(partners.shape, np.bool_)
    for row, first, end in zip(np.searchsorted(carriers, links[:, 0]), links[:, 1], links[:, 2], strict=True):
        is_linked[row, first:end] = True
    partners[~is_linked] = -1
    order = np.argsort(found.pages.rank[carriers])
    for rows in composed(taken, np.ascontiguousarray(partners[order]), np.searchsorted(own, carriers[order])):
        rows["a"], rows["b"] = own[rows["a"]], own[rows["b"]]
        yield rows


def composed(taken: Words, partners: NDArray[np.int32], carriers: NDArray[np.int64]) -> Iterator[NDArray[Any]]:
    """Yield the passages of all pairs of carriers that share enough words of the representative."""
    own = np.arange(taken.firsts.size - 1)
    for wanted in _overlapping(partners >= 0):
        yield rows_of(*align_kernel.composed(taken.numbers, taken.firsts, partners, carriers, wanted), taken, own)


def partners_of(taken: Words, lead: int, carriers: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the word of each carrier that equals each word of the representative, -1 where none does."""
    pairs = np.stack([np.full(carriers.size, lead), carriers], axis=1)
    hits = refine_kernel.refine(taken.numbers, refine_kernel.runs(taken.numbers), taken.firsts, pairs)
    chains, blocks = align_kernel.align(taken.numbers, taken.firsts, hits, refine_kernel.RUN)
    ends = np.concatenate([[0], np.cumsum(blocks[:, 2])])
    sizes = ends[chains[:, 3]] - ends[chains[:, 2]]
    partners = np.full((taken.firsts.size - 1, int(np.diff(taken.firsts)[lead])), -1, np.int32)
    # The longest chain is written last, so its words stay.
    for i in np.argsort(sizes, kind="stable"):
        _, carrier, first, end = chains[i]
        for x, y, length in blocks[first:end]:
            at = x - taken.firsts[lead]
            partners[carrier, at : at + length] = np.arange(y, y + length)
    return np.ascontiguousarray(partners[carriers])


def _overlapping(has_word: NDArray[np.bool_]) -> Iterator[NDArray[np.int64]]:
    """Yield pairs of carriers that have at least ``LEAST`` words of the representative in common."""
    counted = has_word.astype(np.float32)
    pairs: list[NDArray[np.int64]] = []
    for i in range(len(counted) - 1):
        others = np.flatnonzero(counted[i + 1 :] @ counted[i] >= align_kernel.LEAST) + i + 1
        pairs.append(np.stack([np.full(others.size, i), others], axis=1))
        if sum(map(len, pairs)) >= PAIRS:
            yield np.concatenate(pairs)
            pairs = []
    if pairs:
        yield np.concatenate(pairs)
