"""What the elements around a block show: its place in the layout, and the words of their classes.

Owns what depends on the elements alone, read once for every distinct element or path of a process: the pages of an
outlet share their markup. A hostile page may not repeat itself, so all that is kept is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

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
_KEPT_PATHS = 1 << 13


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The elements around a block: their names, the kinds their class words stand for, and what both weigh."""

    names: frozenset[str]
    class_kinds: frozenset[str]
    weight: float


@lru_cache(maxsize=_KEPT_ELEMENTS)
def element_name(element: str) -> str:
    """Return the tag of an element given as ``tag.class#id``."""
    return element.partition(".")[0].partition("#")[0]


@lru_cache(maxsize=_KEPT_ELEMENTS)
def _kept_part(element: str) -> str:
    """Return the element without what tells it from its like, empty for one that only sets words apart."""
    return "" if element_name(element) in _INLINE else _ANONYMOUS.sub("", element)


@lru_cache(maxsize=_KEPT_PATHS)
def place_of(ancestors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the place in the layout that these elements make, from the outside in."""
    around = [part for part in map(_kept_part, ancestors) if part]
    return (*around[:-1], *map(element_name, around[-1:]))


@lru_cache(maxsize=_KEPT_PATHS)
def own_surroundings(own: tuple[str, ...], tag: str) -> Surroundings:
    """Return what these elements, from the outside in, and the block's own one show together."""
    kinds = frozenset([kind for element in own for kind in class_kinds(element)])
    names = frozenset([*map(element_name, own), tag])
    return Surroundings(names, kinds, weight_of(names, kinds))


def weight_of(names: frozenset[str], kinds: frozenset[str]) -> float:
    """Return how much elements and class words speak for running text."""
    return sum([ELEMENT_WEIGHTS.get(name, 0.0) for name in sorted(names)]) + sum(
        [CLASS_WEIGHTS.get(kind, 0.0) for kind in sorted(kinds)]
    )
