"""What stands at the head of a group of reports that share text.

Owns the choice between an agency's own report, an unseen agency copy, a report that the others copied, and an unseen
source without a name. ``lineage`` then says who took the text from whom below that head.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.model.page import PageId
from retold.stages.stemma.clock import is_before
from retold.stages.stemma.groups import Group
from retold.stages.stemma.pairs import Pairs, pair_of
from retold.stages.stemma.places import Place
from retold.stages.stemma.versions import chains_of
from retold.stages.stemma.witnesses import Witness

WHOLE_SHARE = 0.8
"""A report that holds this share of another's text could have been its only source."""

SILENT_WHOLE_SHARE = 0.9
"""The same where no clock helps: then the shorter must stand in the longer all but whole."""

AGAINST = 2
"""At so many places where all others agree against a report it is no longer taken for their source."""


@dataclass(frozen=True, slots=True)
class Head:
    """The source of a group: ``report`` where it was read, else an unseen copy of ``agency`` (None: unnamed).

    ``takes`` are all reports of that agency itself in the group, first take first.
    """

    group: Group
    report: PageId | None
    agency: str | None
    takes: tuple[PageId, ...] = ()

    @property
    def is_unseen(self) -> bool:
        """Tell whether the head is an archetype."""
        return self.report is None


def head_of(group: Group, witnesses: Mapping[PageId, Witness], places: Sequence[Place], pairs: Pairs) -> Head | None:
    """Return what the group derives from, or None for one report that credits no agency with its text."""
    agency = agency_of(group.members, witnesses)
    own = [page for page in group.members if witnesses[page].own and witnesses[page].own in (agency, None)]
    if agency is None:
        own = [page for page in group.members if witnesses[page].own]
    if own:
        takes = tuple(page for page in own if witnesses[page].own == witnesses[own[0]].own)
        first = min(takes, key=lambda page: (*witnesses[page].clock.key, witnesses[page].n_words, page))
        ordered = (first, *(page for page in takes if page != first))
        if len(group.members) + len(group.guests) > 1:
            return Head(group, first, witnesses[first].own, ordered)
        return None
    if agency is not None:
        return Head(group, None, agency)
    if len(group.members) + len(group.guests) < 2:
        return None
    if len(group.members) == 1:
        return Head(group, group.members[0], None)
    copied = _copied_report(group.members, witnesses, places, pairs)
    return Head(group, copied and _first_version(copied, group.members, witnesses), None)


def _first_version(page: PageId, members: Sequence[PageId], witnesses: Mapping[PageId, Witness]) -> PageId:
    """Return the first of the versions of a page, where it has several."""
    return next((chain[0] for chain in chains_of(members, witnesses) if page in chain), page)


def agency_of(pages: Sequence[PageId], witnesses: Mapping[PageId, Witness]) -> str | None:
    """Return the agency most of the reports credit with their text; ties by whole copies, then by name."""
    votes: Counter[str] = Counter()
    for page in pages:
        witness = witnesses[page]
        if witness.contribution:
            continue
        for agency in witness.agencies:
            if agency != witness.own:
                votes[agency] += 3 if witness.gives_itself_as_agency_copy else 2
    return min(votes, key=lambda agency: (-votes[agency], agency)) if votes else None


def _copied_report(
    members: Sequence[PageId], witnesses: Mapping[PageId, Witness], places: Sequence[Place], pairs: Pairs
) -> PageId | None:
    """Return the report that the others can all have copied, or None."""
    for page in members:
        if _is_named_by_all(page, members, pairs):
            return page
    for page in members:
        others = [other for other in members if other != page]
        clock = [is_before(witnesses[page].clock, witnesses[other].clock) for other in others]
        if not others or False in clock or _is_against(page, others, places):
            continue
        if all(clock) and any(_holds(page, other, pairs) for other in others):
            return page
        if None in clock and all(_holds_whole(page, other, witnesses, pairs) for other in others):
            return page
    return None


def _is_named_by_all(page: PageId, members: Sequence[PageId], pairs: Pairs) -> bool:
    """Tell whether every other report that shares text with this one names its outlet as a source."""
    inside = frozenset(members) - {page}
    near = [other for _, other in pairs.found.most_words(page) if other in inside]
    return bool(near) and all((pair := pair_of(pairs, page, other)) and pair.source == page for other in near)


def _is_against(page: PageId, others: Sequence[PageId], places: Sequence[Place]) -> bool:
    """Tell whether the others agree, at ``AGAINST`` places, on what this report has not or has otherwise."""
    count = 0
    for place in places:
        variants = [place.variant[other] for other in others if other in place.variant]
        if len(variants) < 2:
            continue
        if page in place.variant:
            count += place.variant[page] != variants[0] and len(set(variants)) == 1
        else:
            count += 2 * len(variants) > len(others)
        if count >= AGAINST:
            return True
    return False


def _holds(page: PageId, other: PageId, pairs: Pairs) -> bool:
    """Tell whether nothing shows that the other has more of the common text."""
    pair = pair_of(pairs, page, other)
    return pair is not None and pair.is_copying


def _holds_whole(page: PageId, other: PageId, witnesses: Mapping[PageId, Witness], pairs: Pairs) -> bool:
    pair = pair_of(pairs, page, other)
    if pair is None:
        return False
    share = pair.share_of(other)
    if is_before(witnesses[page].clock, witnesses[other].clock):
        return share >= WHOLE_SHARE or pair.is_copying
    return share >= SILENT_WHOLE_SHARE and witnesses[page].n_words > witnesses[other].n_words
