"""The links that lead from one report of a story to another: every two reports are joined by links with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from retold.model.page import PageId
from retold.model.story import StoryLink


def links_between(links: Sequence[StoryLink], a: PageId, b: PageId) -> tuple[StoryLink, ...]:
    """Return the fewest links that lead from one report to the other, in that order; none where none do.

    Of equally short ways the one by links told earlier is taken.
    """
    came_by: dict[PageId, StoryLink | None] = {a: None}
    waiting = [a]
    for page in waiting:
        for link in links:
            other = link.b if link.a == page else link.a if link.b == page else None
            if other is not None and other not in came_by:
                came_by[other] = link
                waiting.append(other)
    found: list[StoryLink] = []
    page = b
    while (last := came_by.get(page)) is not None:
        found.append(last)
        page = last.a if last.b == page else last.b
    return tuple(reversed(found))
