"""What the elements around a block show: its place in the layout, and the words of their classes.

Owns what depends on the elements alone, read once for every distinct element or path of a process: the pages of an
outlet share their markup. A hostile page may not repeat itself, so all that is kept is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from retold.lexicon.phrases import class_kinds

# What tells one paragraph's element from the next one's: its id, and class words with figures in them.
_ANONYMOUS = re.compile(r"#.*$|\.[^.#]*\d[^.#]*")
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "small", "span", "strong",
     "sub", "sup", "tt", "u"}
)  # fmt: skip
# Weights are those of ``scores``, where they are added to those of the words.
CLASS_WEIGHTS = {
    "furniture": -1.5,
    "share": -3.0,
    "signup": -2.5,
    "advert": -2.5,
    "related": -2.2,
    "comment": -4.0,
    "biography": -3.0,
    "caption": -3.0,
    "credit": -3.0,
    "byline": -2.0,
    "time": -1.5,
    "body": 1.0,
}
ELEMENT_WEIGHTS = {
    "nav": -4.0,
    "footer": -3.0,
    "aside": -2.5,
    "form": -3.0,
    "button": -4.0,
    "figure": -2.5,
    "figcaption": -4.0,
    "dialog": -4.0,
    "select": -4.0,
    "p": 0.9,
    "li": -1.2,
    "table": -1.0,
    "h1": -2.5,
    "h2": -1.5,
    "h3": -1.5,
    "h4": -1.5,
    "header": -1.0,
}
_KEPT_ELEMENTS = 1 << 14
_KEPT_SURROUNDINGS = 1 << 12
_NO_KINDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The elements around a block: their names, the kinds their class words stand for, and what both weigh."""

    names: frozenset[str]
    class_kinds: frozenset[str]
    kinds_in_order: tuple[str, ...]
    weight: float


class Element(NamedTuple):
    """What an element given as ``tag.class#id`` shows.

    ``part`` is the element without what tells it from its like, empty for one that only sets words apart.
    """

    name: str
    part: str
    kinds: frozenset[str]


@lru_cache(maxsize=_KEPT_ELEMENTS)
def element_of(element: str) -> Element:
    """Return what an element shows: pages of an outlet share theirs.

    >>> element_of("div.teaser-list.n7#top")[:2]
    ('div', 'div.teaser-list')
    """
    name = element.partition(".")[0].partition("#")[0]
    if name == element:
        return Element(name, "" if name in _INLINE else name, _NO_KINDS)
    return Element(name, "" if name in _INLINE else _ANONYMOUS.sub("", element), class_kinds(element))


def element_name(element: str) -> str:
    """Return the tag of an element given as ``tag.class#id``."""
    return element_of(element)[0]


def place_of(ancestors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the place in the layout that these elements make, from the outside in."""
    around = [one for one in map(element_of, ancestors) if one[1]]
    return (*[one[1] for one in around[:-1]], around[-1][0]) if around else ()


def own_surroundings(own: tuple[str, ...], tag: str) -> Surroundings:
    """Return what these elements, from the outside in, and the block's own one show together."""
    around = list(map(element_of, own))
    kinds = [one[2] for one in around if one[2]]
    return _surroundings(
        frozenset([tag, *[one[0] for one in around]]), frozenset().union(*kinds) if kinds else _NO_KINDS
    )


@lru_cache(maxsize=_KEPT_SURROUNDINGS)
def _surroundings(names: frozenset[str], kinds: frozenset[str]) -> Surroundings:
    return Surroundings(names, kinds, tuple(sorted(kinds)), weight_of(names, kinds))


def weight_of(names: frozenset[str], kinds: frozenset[str]) -> float:
    """Return how much elements and class words speak for running text."""
    return sum([ELEMENT_WEIGHTS.get(name, 0.0) for name in sorted(names)]) + sum(
        [CLASS_WEIGHTS.get(kind, 0.0) for kind in sorted(kinds)]
    )
