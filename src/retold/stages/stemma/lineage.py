"""Who took the text from whom below a group's head, down to copies of copies.

Owns ``Line``: each report's parent and the changes that prove it. A report derives from another carrier, and not from
the head itself, when it has that carrier's changes, lacks what that carrier cut, and adds to both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.model.page import PageId
from retold.stages.stemma.clock import is_before
from retold.stages.stemma.pairs import Pairs, pair_of
from retold.stages.stemma.places import Place
from retold.stages.stemma.readings import best_first, source_variants
from retold.stages.stemma.sources import Head
from retold.stages.stemma.witnesses import Witness

CHANGE_WEIGHT, CUT_WEIGHT = 2, 1
"""A changed wording or an added paragraph in common is worth two common cuts: two editors often cut alike."""

STRONG_WORDS = 3
"""A shared change of this many words counts one more: hardly two editors find the same."""

PROOF = 3
"""Two shared changes, a strong one, or one with a shared cut prove a copy of a copy.

Found on 100 simulated transmissions of even-hash articles (``bench/transmission.py``).
"""

TOLERATED = 4
"""One trait of the carrier may be missing in its copy for each four points of proof (misread places)."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a report did to its source: wordings ``changed``, units ``added``, places ``cut``; and those it ``had``."""

    changed: Mapping[int, int]
    added: Mapping[int, int]
    cut: frozenset[int]
    had: frozenset[int]


@dataclass(frozen=True, slots=True)
class Line:
    """The lineage of one group: ``parents`` by report (the head's report has none).

    ``n_shared`` counts for a copy of a copy the changes it shares with its parent; ``source`` gives the source's
    variant by index of the place, ``carriers`` the direct ones first, best witness first.
    """

    head: Head
    parents: Mapping[PageId, PageId | None]
    n_shared: Mapping[PageId, int]
    source: Mapping[int, int]
    carriers: tuple[PageId, ...]

    @property
    def direct(self) -> tuple[PageId, ...]:
        """The carriers whose parent is the unseen head."""
        return tuple(page for page in self.carriers if self.parents[page] is None)


def line_of(
    head: Head,
    witnesses: Mapping[PageId, Witness],
    places: Sequence[Place],
    pairs: Pairs,
    whole: frozenset[PageId],
) -> Line:
    """Return the lineage of a group."""
    members = head.group.members
    carriers = best_first(
        [page for page in members if page not in head.takes and page != head.report], witnesses, places
    )
    source = _source(head, carriers, witnesses, places, whole)
    parents: dict[PageId, PageId | None] = {page: _take_for(page, head, places, pairs) for page in carriers}
    traits = {page: _traits(page, source, places) for page in carriers}
    n_shared: dict[PageId, int] = {}
    for page in carriers:
        found = _carrier_copied(page, carriers, traits, witnesses, source, places)
        if found is not None:
            parents[page], n_shared[page] = found
    _break_cycles(parents, n_shared, carriers, {page: _take_for(page, head, places, pairs) for page in n_shared})
    for i, take in enumerate(head.takes):
        parents[take] = head.takes[i - 1] if i else None
    if head.report is not None:
        parents[head.report] = None
    direct = tuple(page for page in carriers if page not in n_shared)
    if head.is_unseen and n_shared:
        source = source_variants(places, direct, witnesses, agency=head.agency, whole=whole)
    return Line(head, parents, n_shared, source, (*direct, *(page for page in carriers if page in n_shared)))


def _source(
    head: Head,
    carriers: Sequence[PageId],
    witnesses: Mapping[PageId, Witness],
    places: Sequence[Place],
    whole: frozenset[PageId],
) -> dict[int, int]:
    if head.report is None:
        return source_variants(places, carriers, witnesses, agency=head.agency, whole=whole)
    found: dict[int, int] = {}
    for page in reversed((head.report, *head.takes)):
        found |= {i: place.variant[page] for i, place in enumerate(places) if page in place.variant}
    return found


def _take_for(page: PageId, head: Head, places: Sequence[Place], pairs: Pairs) -> PageId | None:
    """Return the take of the agency that the carrier agrees with most; the head's report where there is one take."""
    if len(head.takes) < 2:
        return head.report
    best, best_key = head.report, (-1, -1)
    for take in head.takes:
        same = sum(place.variant.get(take, -1) == place.variant[page] for place in places if page in place.variant)
        pair = pair_of(pairs, page, take)
        key = (same, pair.words if pair else 0)
        if key > best_key:
            best, best_key = take, key
    return best


def _traits(page: PageId, source: Mapping[int, int], places: Sequence[Place]) -> Traits:
    wording = {i: place.variant[page] for i, place in enumerate(places) if page in place.variant}
    had = frozenset(wording)
    changed = {i: variant for i, variant in wording.items() if i in source and variant != source[i]}
    added = {i: variant for i, variant in wording.items() if i not in source}
    last = max((i for i in had if i in source), default=-1)
    cut = frozenset(i for i in source if i not in had and i < last)
    return Traits(changed, added, cut, had & source.keys())


def _carrier_copied(
    page: PageId,
    carriers: Sequence[PageId],
    traits: Mapping[PageId, Traits],
    witnesses: Mapping[PageId, Witness],
    source: Mapping[int, int],
    places: Sequence[Place],
) -> tuple[PageId, int] | None:
    """Return the carrier that this one copied, with the number of changes they share, or None."""
    ranked = []
    for other in carriers:
        if other == page or is_before(witnesses[page].clock, witnesses[other].clock):
            continue
        n_changes = _n_proving(traits[other], traits[page], source, places)
        if n_changes and _goes_down(other, page, traits, witnesses):
            ranked.append((-n_changes, witnesses[other].order_key, other))
    if not ranked:
        return None
    n_changes, _, other = min(ranked)
    return other, -n_changes


def _n_proving(above: Traits, below: Traits, source: Mapping[int, int], places: Sequence[Place]) -> int:
    """Return how many changes and additions of ``above`` stand in ``below``; 0 where that proves nothing."""
    handed = [i for i in above.changed if i in below.changed and _is_nearer(i, above, below, source, places)]
    added = [i for i in above.added if i in below.added and places[i].is_alike(above.added[i], below.added[i])]
    shared = len(handed) + len(added)
    missing = sum(1 for i in above.changed if i in below.had and i not in handed)
    regained = len(below.had - above.had)
    strong = sum(_n_differing(places[i], source[i], above.changed[i]) >= STRONG_WORDS for i in handed)
    score = CHANGE_WEIGHT * shared + strong + CUT_WEIGHT * len(above.cut & below.cut)
    if not shared or score < PROOF or TOLERATED * (missing + regained) > score:
        return 0
    return shared


def _is_nearer(i: int, above: Traits, below: Traits, source: Mapping[int, int], places: Sequence[Place]) -> bool:
    """Tell whether the lower wording is nearer to the upper one than to the source's."""
    to_above = _n_differing(places[i], above.changed[i], below.changed[i])
    return to_above < _n_differing(places[i], source[i], below.changed[i])


def _n_differing(place: Place, i: int, j: int) -> int:
    """Number of words of two wordings that stand in one alone."""
    return len(place.keys[i]) + len(place.keys[j]) - 2 * place.common_words(i, j)


def _goes_down(
    above: PageId, below: PageId, traits: Mapping[PageId, Traits], witnesses: Mapping[PageId, Witness]
) -> bool:
    """Tell whether the copy ran this way: the lower one did more to the text, or came out later."""
    if is_before(witnesses[above].clock, witnesses[below].clock):
        return True
    upper, lower = traits[above], traits[below]
    return len(lower.changed) > len(upper.changed) or (
        len(lower.changed) == len(upper.changed) and len(lower.had) < len(upper.had)
    )


def _break_cycles(
    parents: dict[PageId, PageId | None],
    n_shared: dict[PageId, int],
    carriers: Sequence[PageId],
    heads: Mapping[PageId, PageId | None],
) -> None:
    """Send the least proven report of every circle back to the head."""
    for start in carriers:
        trail: list[PageId] = []
        at: PageId | None = start
        while at is not None and at not in trail:
            trail.append(at)
            at = parents.get(at)
        if at is not None:
            circle = trail[trail.index(at) :]
            weakest = min(circle, key=lambda page: (n_shared[page], page))
            parents[weakest] = heads[weakest]
            del n_shared[weakest]
