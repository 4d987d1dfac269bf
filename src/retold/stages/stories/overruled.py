"""What people overruled of the stories found: merges, splits and moves in the order of their log, and titles.

Fixes speak of reports, so they hold on every rebuild, whatever else has changed; one whose reports are gone does
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retold.model.fix import Fix, FixKind
from retold.model.page import PageId
from retold.model.story import Story, StoryLink
from retold.stages.stories.profiles import Compared


@dataclass(frozen=True, slots=True)
class Overruled:
    """Groups of indices after all fixes, and for each report the last fix that put it where it is."""

    groups: tuple[tuple[int, ...], ...]
    put_by: Mapping[PageId, Fix]


def overruled(reports: Sequence[Compared], groups: Iterable[Sequence[int]], fixes: Sequence[Fix]) -> Overruled:
    """Return the groups as people want them."""
    held: dict[int, list[int]] = dict(enumerate(list(group) for group in groups))
    home = {i: at for at, group in held.items() for i in group}
    index = {report.page: i for i, report in enumerate(reports)} if fixes else {}
    put_by: dict[PageId, Fix] = {}
    for fix in fixes:
        pages = [index[page] for page in fix.pages if page in index]
        others = [index[page] for page in fix.others if page in index]
        for i, to in _moves(fix.kind, pages, others, held, home):
            held[home[i]].remove(i)
            held.setdefault(to, []).append(i)
            home[i] = to
            put_by[reports[i].page] = fix
    return Overruled(tuple(tuple(sorted(group)) for group in held.values() if group), put_by)


def _moves(
    kind: FixKind,
    pages: Sequence[int],
    others: Sequence[int],
    held: Mapping[int, Sequence[int]],
    home: Mapping[int, int],
) -> list[tuple[int, int]]:
    """Return which report goes to which group."""
    if kind is FixKind.MERGE and pages:
        to = home[pages[0]]
        return [(i, to) for at in sorted({home[page] for page in pages} - {to}) for i in held[at]]
    if kind is FixKind.MOVE and pages and others:
        return [(i, home[others[0]]) for i in pages if home[i] != home[others[0]]]
    if kind is FixKind.SPLIT:
        stay = {home[i] for i in others}
        new = {at: max(held) + 1 + n for n, at in enumerate(sorted(stay))}
        return [(i, new[home[i]]) for i in pages if home[i] in stay]
    return []


def retitled(stories: Iterable[Story], fixes: Sequence[Fix]) -> list[Story]:
    """Return the stories with the titles that people gave them; of several the last."""
    titles = {page: fix.words[0] for fix in fixes if fix.kind is FixKind.RELABEL for page in fix.pages}
    return [
        replace(story, title=next(titles[page] for page in story.pages if page in titles))
        if titles.keys() & set(story.pages)
        else story
        for story in stories
    ]


def links_by_hand(
    story: Story, links: Iterable[tuple[PageId, PageId]], put_by: Mapping[PageId, Fix]
) -> list[StoryLink]:
    """Return the links that hold a story together where only a person's word does."""
    if put_by.keys().isdisjoint(story.pages):
        return []
    leader = {page: page for page in story.pages}

    def leader_of(page: PageId) -> PageId:
        while leader[page] != page:
            page = leader[page]
        return page

    for a, b in links:
        leader[leader_of(b)] = leader_of(a)
    found: list[StoryLink] = []
    for page in story.pages:
        first = leader_of(story.pages[0])
        if leader_of(page) != first:
            own = [one for one in story.pages if leader_of(one) in (leader_of(page), first)]
            fix = max((put_by[one] for one in own if one in put_by), key=lambda fix: fix.number, default=None)
            says = fix.says if fix else "what joined the two is in another story by a person's word"
            found.append(StoryLink(story.story, story.pages[0], page, 0.0, (says,)))
            leader[leader_of(page)] = first
    return found
