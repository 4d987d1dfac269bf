"""Origins as the report names them: one name and one colour each, and the origins behind a set of places.

The names are those of the story's count (``StoryView.origins``), so that two reports that are each "own" are two.
"""

from __future__ import annotations

from collections.abc import Iterable

from retold.model.page import PageId
from retold.views.story_view import OriginCount, StoryView

N_COLOURS = 6
"""Colours for origins; further origins share them in turn, told apart by their names."""

_OWN = "own"


def colours_of(view: StoryView) -> dict[str, int]:
    """Return the colour of each origin, in the order the story counts them."""
    return {origin.name: i % N_COLOURS for i, origin in enumerate(view.origins)}


def origin_of(view: StoryView, page: PageId) -> OriginCount | None:
    """Return the origin that the story counts this report under."""
    siglum = view.sigla[page]
    return next((origin for origin in view.origins if siglum in origin.reports), None)


def origins_of(view: StoryView, pages: Iterable[PageId]) -> tuple[str, ...]:
    """Return the independent sources behind these pages' words."""
    found = [origin_of(view, page) for page in pages]
    return tuple(dict.fromkeys(origin.name for origin in found if origin is not None))


def told_origins(view: StoryView, origins: Iterable[str], pages: Iterable[PageId]) -> tuple[str, ...]:
    """Return the origins as told of a statement, "own" put as whose own it is."""
    own = tuple(name for name in origins_of(view, pages) if name.startswith(f"{_OWN} ("))
    told: list[str] = []
    for name in origins:
        told += own if name == _OWN and own else [name]
    return tuple(dict.fromkeys(told))
