"""Two reports of a group as sentences by number, and one reading of them: rows of sentences that answer each other.

A person's reading and what Retold tells take the same form, so that either can be scored against the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from retold.text.spans import Span

Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Report:
    """A report's id in its set, and its sentences as offsets into its text."""

    id: str
    sentences: tuple[tuple[int, int], ...]

    def numbers_of(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """Return the numbers, from 1, of the sentences these spans stand in."""
        return tuple(
            number for number, sentence in enumerate(self.sentences, 1) if any(_hold(sentence, span) for span in spans)
        )


def _hold(sentence: tuple[int, int], span: Span) -> bool:
    common = min(sentence[1], span.end) - max(sentence[0], span.start)
    return 2 * common >= max(1, min(sentence[1] - sentence[0], span.end - span.start))


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences of A that answer sentences of B, the change told B against A, whether it moved, and its kinds."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    change: str
    moved: bool
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows, relation (``A>B``, ``B>A``, ``shared``, ``independent``), derivation by side, breakages."""

    rows: tuple[Row, ...]
    relation: str = ""
    derivation: Mapping[str, str] = field(default_factory=dict)
    breakages: frozenset[tuple[str, int, str]] = frozenset()

    @property
    def links(self) -> dict[Link, Row]:
        """Every link and the row it stands in (of two rows, the later)."""
        return {link: row for row in self.rows for link in product(row.a, row.b)}
