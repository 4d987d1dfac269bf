"""How alike the wordings of one sentence are, all against all: what is done pair by pair for few is a product for many.

Owns the borders of "one sentence, kept or edited". ``places`` asks for two wordings or for all; both give the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int32]
    Truths = npt.NDArray[np.bool_]

ALIKE_SHARE = 0.6
"""From this share of common words (of the mean length) two readings are one sentence, kept or edited.

Chosen so that a sentence with a clause of two fifths cut still counts; rewritten sentences of invented and even-hash
reports share under half of their words.
"""

HELD_SHARE = 0.85
"""A reading of ``HELD_WORDS`` words or more also counts when this share of it stands in the other's longer one."""

HELD_WORDS = 8

Key = tuple[str, ...]


def are_alike(n_one: int, n_other: int, n_common: int) -> bool:
    """Tell whether two wordings of so many words, so many of them common, are one sentence and not told anew."""
    shorter = min(n_one, n_other)
    if shorter >= HELD_WORDS and n_common >= HELD_SHARE * shorter:
        return True
    return 2 * n_common >= ALIKE_SHARE * (n_one + n_other)


@dataclass(frozen=True, slots=True)
class Compared:
    """All wordings of a place against each other: ``common`` words and whether ``alike``, both ``(n, n)``.

    ``elsewhere`` tells for each wording how often each of its words stands in another that is alike, at most.
    """

    common: Numbers
    alike: Truths
    elsewhere: tuple[Counter[str], ...]


def compared(keys: Sequence[Key]) -> Compared:
    """Return all wordings against each other.

    A word that stands twice is two features (word, 0) and (word, 1), so that common words are a product of matrices.
    """
    import numpy as np

    features: dict[tuple[str, int], int] = {}
    held: list[list[int]] = []
    for key in keys:
        counts: Counter[str] = Counter()
        mine = []
        for word in key:
            mine.append(features.setdefault((word, counts[word]), len(features)))
            counts[word] += 1
        held.append(mine)
    has = np.zeros((len(keys), len(features)), np.float32)
    for i, mine in enumerate(held):
        has[i, mine] = 1.0
    common = (has @ has.T).astype(np.int32)
    n_words = np.array([len(key) for key in keys], np.int32)
    shorter = np.minimum(n_words[:, None], n_words)
    is_held = (shorter >= HELD_WORDS) & (common >= HELD_SHARE * shorter)
    alike = is_held | (2 * common >= ALIKE_SHARE * (n_words[:, None] + n_words))
    others = alike.copy()
    np.fill_diagonal(alike, True)
    np.fill_diagonal(others, False)
    found = (others.astype(np.float32) @ has > 0) & (has > 0)
    names = list(features)
    elsewhere = tuple(Counter(names[k][0] for k in np.flatnonzero(row).tolist()) for row in found)
    return Compared(common, alike, elsewhere)
