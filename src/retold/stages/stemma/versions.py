"""Versions of one page over time: reports at one address, of which each later one has its text from the one before.

Owns which reports are versions, and their place in a lineage. An address says more than any likeness of words; where
the clocks cannot order the versions they are told like any other reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from retold.model.page import PageId
from retold.stages.stemma.clock import is_before
from retold.stages.stemma.witnesses import Witness


def chains_of(pages: Iterable[PageId], witnesses: Mapping[PageId, Witness]) -> list[tuple[PageId, ...]]:
    """Return the reports that are versions of one page, in order of their clocks; none where a clock is missing."""
    by_address: dict[str, list[PageId]] = {}
    for page in pages:
        address = witnesses[page].address
        if address is not None:
            by_address.setdefault(address, []).append(page)
    ordered = (sorted(found, key=lambda page: witnesses[page].order_key) for found in by_address.values())
    return [tuple(chain) for chain in ordered if len(chain) > 1 and _is_told_by_clocks(chain, witnesses)]


def _is_told_by_clocks(chain: list[PageId], witnesses: Mapping[PageId, Witness]) -> bool:
    return all(is_before(witnesses[one].clock, witnesses[other].clock) for one, other in pairwise(chain))


def with_versions(parents: Mapping[PageId, PageId], chains: Iterable[tuple[PageId, ...]]) -> dict[PageId, PageId]:
    """Return the parents with each later version below the one before it.

    Where words made an earlier version a copy of a later one (it was taken back to its old text), the clock decides:
    the earlier one takes the later one's place.

    >>> v1, v2, k = PageId("v1"), PageId("v2"), PageId("k")
    >>> with_versions({v1: k, k: v2}, [(v1, v2)])
    {'k': 'v2', 'v2': 'v1'}
    """
    found = dict(parents)
    for earlier, later in (pair for chain in chains for pair in pairwise(chain)):
        if _is_below(earlier, later, found):
            above = found.pop(later, None)
            found.pop(earlier)
            if above is not None:
                found[earlier] = above
        found[later] = earlier
    return found


def _is_below(page: PageId, other: PageId, parents: Mapping[PageId, PageId]) -> bool:
    """Tell whether a report has its text from the other one, at whatever distance."""
    at = parents.get(page)
    while at is not None and at != other:
        at = parents.get(at)
    return at == other
