"""What the signs of a block weigh together, added up from sums that were met before.

Owns the adding; ``fitted`` owns the weights. A key stands for the same signs on every page, so its sum is kept. There
are as many paths of elements as outlets: they are added up element by element. Weights are whole numbers, so that the
sums are those of the names in any order (``sign_names`` defines them; a test holds both equal). The weights of one sign
for all kinds stand side by side in one whole number, so that one addition adds for all kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from retold.stages.segments.elements import element_name
from retold.stages.segments.sign_names import class_tokens, signs_in
from retold.stages.segments.signs import Column, Key

if TYPE_CHECKING:
    import numpy as np

_MOST_KEPT = 1 << 16
"""Keys kept; all pages of pages/ together make about 20,000 that are no paths. A hostile page may make more."""
_BITS = 32
"""For the weight of one kind. The weights files hold some thousands in each; a block has some hundred signs."""

_Element: TypeAlias = tuple[str, frozenset[str]]
"""What one element of a path gives: its name, and the words of its classes that weigh anything."""


class Sums:
    """Adds up the weights of keys; ``of`` is what it is for."""

    def __init__(self, weights: Mapping[str, Sequence[int]]) -> None:
        self._n_kinds = len(next(iter(weights.values()), ()))
        self._weights = {sign: _side_by_side(row) for sign, row in weights.items()}
        self._always = self._weights.get("always", 0) + _side_by_side([1 << _BITS - 1] * self._n_kinds)
        words = {sign.rpartition(" ")[2] for sign in weights if sign.startswith(("class ", "outer class "))}
        self._near = {word: self._weights.get(f"class {word}", 0) for word in words}
        self._outer = {word: self._weights.get(f"outer class {word}", 0) for word in words}
        self._kept: dict[Key | None, int] = {None: 0}
        self._elements: dict[str, _Element] = {}

    def of(self, columns: Sequence[Column]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return the summed weights of all signs of every block, shape (n_blocks, n_kinds), given columns of keys.

        The sign that every block has is added.
        """
        import numpy as np

        if len(self._kept) >= _MOST_KEPT:
            self._kept, self._elements = {None: 0}, {}
        kept, rows = self._kept, list[list[int]]()
        for column in columns:
            try:
                rows.append([kept[key] for key in column])
            except KeyError:
                rows.append([self._sum_of(key) for key in column])
        size = self._n_kinds * _BITS // 8
        whole = b"".join([sum(row, self._always).to_bytes(size, "little") for row in zip(*rows, strict=True)])
        sums = np.frombuffer(whole, dtype="<u4").reshape(-1, self._n_kinds).astype(np.int64)
        return sums - (1 << _BITS - 1)

    def _sum_of(self, key: Key | None) -> int:
        found = self._kept.get(key)
        if found is None and key is not None:
            found = self._of_path(*key[1:]) if key[0] == "path" else self._add(signs_in(key))  # type: ignore[arg-type]  # the values of a path
            self._kept[key] = found
        return found or 0

    def _add(self, signs: Iterable[str]) -> int:
        return sum([self._weights.get(sign, 0) for sign in signs])

    def _of_path(self, path: tuple[str, ...], n_outer: int, tag: str) -> int:
        """Return the sum of the signs of a path; a sign that several elements have counts once."""
        elements = [self._elements.get(element) or self._element(element) for element in path]
        inside = elements[n_outer:]
        under = frozenset([name for name, _ in elements])
        within = frozenset([name for name, _ in inside])
        near = set[str]().union(*[tokens for _, tokens in inside[-3:]])
        outer = set[str]().union(*[tokens for _, tokens in inside[:-3]])
        total = self._names_sum(under, within)
        total += sum([self._near[token] for token in near]) + sum([self._outer[token] for token in outer])
        return total + (self._weights.get(f"<{elements[-2][0]}> <{tag}>", 0) if len(path) > 1 else 0)

    def _names_sum(self, under: frozenset[str], within: frozenset[str]) -> int:
        key: Key = (under, within)
        found = self._kept.get(key)
        if found is None:
            signs = [*[f"under <{name}>" for name in under], *[f"inside <{name}>" for name in within]]
            found = self._kept[key] = self._add(signs)
        return found

    def _element(self, element: str) -> _Element:
        name = element_name(element)
        tokens = self._near.keys() & class_tokens(element[len(name) :]) if name != element else ()
        found = self._elements[element] = (name, frozenset(tokens))
        return found


def _side_by_side(row: Sequence[int]) -> int:
    """Return whole numbers, below zero too, as one, ``_BITS`` for each."""
    return sum([weight << _BITS * k for k, weight in enumerate(row)])
