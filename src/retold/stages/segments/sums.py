"""What the signs of a block weigh together, added up from sums that were met before.

Owns the adding; ``fitted`` owns the weights. A key stands for the same signs on every page, so its sum is kept. There
are as many paths of elements as outlets: they are added up element by element. Weights are whole numbers, so that the
sums are those of the names in any order (``sign_names`` defines them; a test holds both equal).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retold.stages.segments.elements import element_name
from retold.stages.segments.sign_names import class_tokens, signs_in
from retold.stages.segments.signs import Key

if TYPE_CHECKING:
    import numpy as np

_MOST_KEPT = 1 << 16
"""Keys kept; all pages of pages/ together make about 20,000 that are no paths. A hostile page may make more."""

Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Element:
    """What one element of a path gives: its name, and the signs of its class words by where it stands."""

    name: str
    near: frozenset[str]
    outer: frozenset[str]


class Sums:
    """Adds up the weights of keys; ``of`` is what it is for."""

    def __init__(self, weights: Mapping[str, Sequence[int]]) -> None:
        self._weights = {sign: tuple(row) for sign, row in weights.items()}
        self._n_kinds = len(next(iter(self._weights.values()), ()))
        self._always = self._weights.get("always", (0,) * self._n_kinds)
        self._elements: dict[str, _Element] = {}
        self._forget()

    def _forget(self) -> None:
        import numpy as np

        self._elements.clear()
        self._kept: dict[Key, int] = {}
        self._table: np.ndarray[Any, np.dtype[np.int32]] = np.zeros((1 << 10, self._n_kinds), dtype=np.int32)

    def of(self, blocks: Sequence[Sequence[Key]]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return the summed weights of all signs of every block, shape (n_blocks, n_kinds).

        Every block has at least one key; the sign that every block has is added.
        """
        import numpy as np

        if len(self._kept) >= _MOST_KEPT:
            self._forget()
        kept, flat, starts = self._kept, list[int](), list[int]()
        for keys in blocks:
            starts.append(len(flat))
            for key in keys:
                at = kept.get(key)
                flat.append(self._keep(key) if at is None else at)
        sums: np.ndarray[Any, np.dtype[np.int64]] = np.add.reduceat(self._table[flat], starts, axis=0, dtype=np.int64)
        sums += np.array(self._always)
        return sums

    def _keep(self, key: Key) -> int:
        import numpy as np

        at = self._kept[key] = len(self._kept)
        if at >= len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[at] = self._of_path(*key[1:]) if key[0] == "path" else self._add(signs_in(key))  # type: ignore[arg-type]  # the values of a path
        return at

    def _add(self, signs: Iterable[str]) -> Row:
        known = [self._weights[sign] for sign in signs if sign in self._weights]
        return tuple(map(sum, zip(*known, strict=True))) if known else (0,) * self._n_kinds

    def _of_path(self, path: tuple[str, ...], n_outer: int, tag: str) -> Row:
        elements = [self._element(element) for element in path]
        inside = elements[n_outer:]
        signs = {f"inside <{one.name}>" for one in inside}
        signs.update([f"under <{one.name}>" for one in elements])
        signs.update(*[one.near for one in inside[-3:]], *[one.outer for one in inside[:-3]])
        if len(path) > 1:
            signs.add(f"<{elements[-2].name}> <{tag}>")
        return self._add(signs)

    def _element(self, element: str) -> _Element:
        found = self._elements.get(element)
        if found is None:
            tokens = class_tokens(element)
            found = self._elements[element] = _Element(
                element_name(element),
                frozenset([sign for token in tokens if (sign := f"class {token}") in self._weights]),
                frozenset([sign for token in tokens if (sign := f"outer class {token}") in self._weights]),
            )
        return found
