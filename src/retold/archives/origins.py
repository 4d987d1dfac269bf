"""Origins for a list of stories: from shared passages and credits alone, for millions of reports.

``retold show`` weighs all evidence of one story (order of text, changes, clocks, unseen copies) and may tell it better;
a list needs an answer for every story at once. What is counted is told in ``docs/archive.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

OWN = "own"


@dataclass(frozen=True, slots=True)
class Carried:
    """A report in a story: its page, its outlet, the agencies whose text it credits."""

    page: str
    outlet: str | None
    agencies: tuple[str, ...]


def origins_of(reports: Sequence[Carried], copies: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
    """Return the origins of a story as ``{name, reports}``, those of most reports first.

    Reports joined by copies have one origin, and so have reports that credit one agency; it is named for the agency
    credited most, else for the outlet of the first report ("own" where that is not known).

    >>> a, b, c = Carried("a", "Dunmara Post", ()), Carried("b", None, ("AFP",)), Carried("c", "Aldwick News", ())
    >>> origins_of([a, b, c], [("a", "b")])
    [{'name': 'AFP', 'reports': 2}, {'name': 'Aldwick News', 'reports': 1}]
    """
    leader = {one.page: one.page for one in reports}

    def leader_of(page: str) -> str:
        while leader[page] != page:
            leader[page] = leader[leader[page]]
            page = leader[page]
        return page

    place = {one.page: i for i, one in enumerate(reports)}
    for a, b in (*copies, *_of_one_agency(reports)):
        keep, drop = sorted((leader_of(a), leader_of(b)), key=place.__getitem__)
        leader[drop] = keep
    members: dict[str, list[Carried]] = {}
    for one in reports:
        members.setdefault(leader_of(one.page), []).append(one)
    counted = [{"name": _name(carried), "reports": len(carried)} for carried in members.values()]
    return sorted(counted, key=lambda origin: -int(str(origin["reports"])))


def _of_one_agency(reports: Iterable[Carried]) -> list[tuple[str, str]]:
    first: dict[str, str] = {}
    return [
        (first[one.agencies[0]], one.page)
        for one in reports
        if len(one.agencies) == 1 and first.setdefault(one.agencies[0], one.page) != one.page
    ]


def _name(carried: Sequence[Carried]) -> str:
    agencies = Counter(agency for one in carried for agency in one.agencies)
    if agencies:
        return max(sorted(agencies), key=lambda agency: agencies[agency])
    return carried[0].outlet or OWN
