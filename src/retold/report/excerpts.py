"""How much of each report a version of excerpts quotes: counted in runs of words, over everything that is printed.

A run of four words or more that stands in a report counts against that report, whichever report it was quoted from:
copies share their words. When a report's share is used up, statements are named by fewer words than a run has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

RUN = 4
"""Words in a row that make a quotation; three name a statement and are found in any text."""

QUOTED_SHARE = 0.1
"""Share (0..1) of a report's words that may stand in such runs in a version of excerpts; held by a test."""

_COUNTED = 0.8
"""Part of the share given out: pieces too short to count come to stand side by side (measured: up to a tenth more)."""

_EDGES = "\"'“”‘’„«»()[]{}.,;:!?…—–-"

Run = tuple[str, ...]


def keys_of(words: Iterable[str]) -> list[str]:
    """Return the words parted by white space as they are compared: small, without marks at their ends."""
    return [word.strip(_EDGES).casefold() for word in words]


def runs_of(keys: Sequence[str]) -> list[Run]:
    """Return every run of words, in order."""
    return [tuple(keys[i : i + RUN]) for i in range(len(keys) - RUN + 1)]


class Budget:
    """The words of some reports that have been quoted, and how many more may be."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._places: dict[Run, list[tuple[int, int]]] = {}
        self._room: list[int] = []
        self._quoted: list[set[int]] = []
        for i_text, text in enumerate(texts):
            keys = keys_of(text.split())
            for at, run in enumerate(runs_of(keys)):
                self._places.setdefault(run, []).append((i_text, at))
            self._room.append(max(0, int(_COUNTED * QUOTED_SHARE * len(keys)) - RUN))
            self._quoted.append(set())

    def take(self, words: Sequence[str]) -> int:
        """Return how many of the words, from the first on, may be printed, and count them as quoted."""
        keys = keys_of(words)
        for i, run in enumerate(runs_of(keys)):
            new: dict[int, set[int]] = {}
            for i_text, at in self._places.get(run, ()):
                new.setdefault(i_text, set()).update(range(at, at + RUN))
            if any(len(self._quoted[t] | positions) > self._room[t] for t, positions in new.items()):
                return i + RUN - 1
            for t, positions in new.items():
                self._quoted[t] |= positions
        return len(words)
