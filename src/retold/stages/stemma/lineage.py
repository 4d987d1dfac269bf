"""Who took the text from whom below a group's head, down to copies of copies.

Owns ``Line``: each report's parent and the changes that prove it. A report derives from another carrier, and not from
the head itself, when it has that carrier's changes, lacks what that carrier cut, and adds to both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from itertools import pairwise

from retold.model.page import PageId
from retold.stages.stemma.bounds import late, ranked
from retold.stages.stemma.clock import is_before
from retold.stages.stemma.descent import ONE_TAKE, Bits, Marks, fit_of, marks_of, shared_news
from retold.stages.stemma.pairs import Pairs, pair_of
from retold.stages.stemma.places import Place
from retold.stages.stemma.readings import best_first, source_variants
from retold.stages.stemma.sources import Head
from retold.stages.stemma.versions import chains_of, with_versions
from retold.stages.stemma.witnesses import Witness

PROOF = 4.5
"""Score from which a carrier is taken for the source of another: two words and a sentence cut, or an added sentence.

Found on made transmissions of open articles (``bench/transmission``).
"""

ROUNDS = 3
"""The source's text and the lineage are worked out in turn: the text is that of the direct carriers."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """An unseen copy of the head's text (a later take, a desk's version): its carriers, and the words it ``put``."""

    carriers: tuple[PageId, ...]
    source: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """The lineage of one group: ``parents`` by report (the head's report has none).

    ``n_shared`` counts for a copy of a copy the changes it shares with its parent; ``source`` gives the source's
    variant by index of the place, ``carriers`` the direct ones first, best witness first. ``hidden`` are unseen copies
    between the head and its carriers; ``versions`` are later versions of their parent. ``rivals`` are the carriers
    that are second best as a parent.
    """

    head: Head
    parents: Mapping[PageId, PageId | None]
    n_shared: Mapping[PageId, int]
    source: Mapping[int, int]
    carriers: tuple[PageId, ...]
    hidden: tuple[Hidden, ...] = ()
    versions: frozenset[PageId] = frozenset()
    rivals: Mapping[PageId, PageId] = field(default_factory=dict)

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
    heads = {page: _take_for(page, head, places, pairs) for page in carriers}
    chains = chains_of((page for page in members if page not in head.takes), witnesses)
    source = _source(head, carriers, witnesses, places, whole)
    corrected = {page: witnesses[page].corrected for page in carriers}
    found = Descent({}, {}, ())
    weights = dict.fromkeys(carriers, 1.0)
    for _ in range(ROUNDS):
        marks, bits = marks_of(carriers, source, places, head.report, weights, corrected)
        found = _with_chains(descent_of(carriers, marks, bits, witnesses), chains, head)
        if not head.is_unseen:
            break
        before = weights, source
        weights = _votes(carriers, found)
        source = source_variants(places, carriers, witnesses, agency=head.agency, whole=whole, weights=weights)
        if (weights, source) == before:
            break
    parents: dict[PageId, PageId | None] = {page: found.parents.get(page, heads[page]) for page in carriers}
    for i, take in enumerate(head.takes):
        parents[take] = head.takes[i - 1] if i else None
    if head.report is not None:
        parents[head.report] = None
    hidden, told = _hidden(head, carriers, found, witnesses, places, source, whole)
    ordered = (*(p for p in carriers if p not in found.parents), *(p for p in carriers if p in found.parents))
    versions = frozenset(later for chain in chains for before, later in pairwise(chain) if parents[later] == before)
    return Line(head, parents, found.n_shared, told, ordered, hidden, versions, found.rivals)


def _with_chains(found: Descent, chains: Sequence[tuple[PageId, ...]], head: Head) -> Descent:
    """Return what was found with every later version of a page below the one before, and outside the clusters."""
    if not chains:
        return found
    parents = with_versions(found.parents, chains)
    parents.pop(head.report, None) if head.report is not None else None
    left = (tuple(page for page in cluster if page not in parents) for cluster in found.clusters)
    return replace(found, parents=parents, clusters=tuple(cluster for cluster in left if len(cluster) > 1))


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


def _hidden(
    head: Head,
    carriers: Sequence[PageId],
    found: Descent,
    witnesses: Mapping[PageId, Witness],
    places: Sequence[Place],
    source: Mapping[int, int],
    whole: frozenset[PageId],
) -> tuple[tuple[Hidden, ...], Mapping[int, int]]:
    """Return the unseen copies below the head, and the head's source.

    Most carriers tell the source; where fewer came out first with other words, theirs is the source and the rest's is
    the later copy.
    """
    takes = found.clusters

    def read(pages: Sequence[PageId]) -> dict[int, int]:
        return source_variants(places, pages, witnesses, agency=head.agency, whole=whole)

    if len(takes) > 1 and head.is_unseen:
        inside = {page for take in takes for page in take}
        n_rest = sum(page not in found.parents and page not in inside for page in carriers)
        first = min(takes, key=lambda take: min(witnesses[page].order_key for page in take))
        if n_rest <= len(first):
            takes = tuple(take for take in takes if take != first)
            source = read([page for page in carriers if page not in found.parents and page not in inside] + [*first])
    elif len(takes) == 1 and head.is_unseen:
        rest = tuple(p for p in carriers if p not in found.parents and p not in takes[0])
        if len(rest) > 1 and _is_first(takes[0], rest, witnesses):
            return (Hidden(rest, source),), read(takes[0])
        if len(takes[0]) > len(rest) and not _is_first(rest, takes[0], witnesses):
            return (), read([page for page in carriers if page not in found.parents])
    return tuple(Hidden(take, read(take)) for take in takes), source


def _is_first(pages: Sequence[PageId], others: Sequence[PageId], witnesses: Mapping[PageId, Witness]) -> bool:
    """Tell whether the first of these pages came out before each of the others whose clock is known."""
    known = [witnesses[page].clock for page in pages if witnesses[page].clock.day is not None]
    rest = [witnesses[page].clock for page in others if witnesses[page].clock.day is not None]
    return any(rest and all(is_before(clock, other) for other in rest) for clock in known)


def _votes(carriers: Sequence[PageId], found: Descent) -> dict[PageId, float]:
    """Return how much each carrier says of the source: a copy of another says little that the other does not say."""
    weights = {page: COPY_VOTE if page in found.parents else 1.0 for page in carriers}
    for cluster in found.clusters:
        for page in cluster:
            weights[page] = 1.0
    return weights


COPY_VOTE = 0.1


@dataclass(frozen=True, slots=True)
class Descent:
    """Copies of copies: ``parents`` that are carriers, changes shared with them; carriers of one unseen copy.

    ``rivals`` are the second best parents, of those that could be proven.
    """

    parents: Mapping[PageId, PageId]
    n_shared: Mapping[PageId, int]
    clusters: tuple[tuple[PageId, ...], ...]
    rivals: Mapping[PageId, PageId] = field(default_factory=dict)


def descent_of(
    carriers: Sequence[PageId], marks: Mapping[PageId, Marks], bits: Bits, witnesses: Mapping[PageId, Witness]
) -> Descent:
    """Return which carriers took the text from which, the best proven first, without circles."""
    first = {page: i for i, page in enumerate(sorted(carriers, key=lambda page: witnesses[page].order_key))}
    rank = {page: i for i, page in enumerate(sorted(carriers))}
    left = [
        list(held) for held in ranked([marks[p] for p in carriers], bits, [witnesses[p].clock for p in carriers], PROOF)
    ]
    todo: list[Entry] = [entry for j in range(len(carriers)) if (entry := _next(left, j))]
    heapify(todo)
    parents: dict[PageId, PageId] = {}
    rivals: dict[PageId, PageId] = {}
    n_asked: Counter[PageId] = Counter()
    shared: dict[tuple[int, int], int] = {}
    while todo:
        _, is_found, _, _, _, i, j = heappop(todo)
        above, below = carriers[i], carriers[j]
        if is_found:
            if below not in rivals and not _is_above(below, above, parents):
                (rivals if below in parents else parents)[below] = above
            continue
        if below in rivals or n_asked[below] >= RIVALS_ASKED:
            continue
        n_asked[below] += below in parents
        fit = fit_of(marks[above], marks[below], bits)
        score = fit.score + late(witnesses[above].clock, witnesses[below].clock)
        if score >= PROOF and not fit.is_contradicted:
            shared[i, j] = fit.n_shared
            heappush(todo, (-score, True, marks[above].n, first[above], rank[below], i, j))
        if entry := _next(left, j):
            heappush(todo, entry)
    at = {page: i for i, page in enumerate(carriers)}
    n_shared = {below: shared[at[above], at[below]] for below, above in parents.items()}
    direct = [page for page in carriers if page not in parents]
    return Descent(parents, n_shared, _takes(direct, marks, bits), rivals)


RIVALS_ASKED = 2
"""So many other carriers are looked at for the second best parent of one, those first that share most with it."""

Entry = tuple[float, bool, int, int, int, int, int]
"""Two carriers in the order they are looked at: how well the one fits as the other's source (negative), whether that
was found or is a bound, what breaks ties, and the two as indices."""


def _next(left: Sequence[list[tuple[float, int]]], j: int) -> Entry | None:
    """Take the best of the carriers left that may be the source of one."""
    if not left[j]:
        return None
    most, i = left[j].pop()
    return (-most, False, 0, 0, 0, i, j)


def _takes(direct: Sequence[PageId], marks: Mapping[PageId, Marks], bits: Bits) -> tuple[tuple[PageId, ...], ...]:
    """Return the sets of direct carriers that share news of a copy unseen: figures and sentences that others lack."""
    of = {page: page for page in direct}

    def root(page: PageId) -> PageId:
        while of[page] != page:
            page = of[page]
        return page

    for i, one in enumerate(direct):
        for other in direct[i + 1 :]:
            if root(one) != root(other) and shared_news(marks[one], marks[other], bits) >= ONE_TAKE:
                of[root(other)] = root(one)
    found: dict[PageId, list[PageId]] = {}
    for page in direct:
        found.setdefault(root(page), []).append(page)
    return tuple(tuple(members) for members in found.values() if 1 < len(members) < len(direct))


def _is_above(page: PageId, other: PageId, parents: Mapping[PageId, PageId]) -> bool:
    """Tell whether the page is the other one, or a source of it."""
    at: PageId | None = other
    while at is not None and at != page:
        at = parents.get(at)
    return at == page
