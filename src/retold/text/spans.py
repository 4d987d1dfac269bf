"""Half-open ranges of code points, and the tilings made of them.

Owns ``Span`` and the few operations every stage needs: trim, overlap, tile, check. What a span points into
(a page, a segment, a word) is said by whoever holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from retold.errors import SpanError


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """Number of code points in the range."""
        return self.end - self.start

    def overlaps(self, other: tuple[int, int]) -> bool:
        """Tell whether both ranges share at least one character."""
        return self.start < other[1] and other[0] < self.end

    def holds(self, other: tuple[int, int]) -> bool:
        """Tell whether the other range lies inside this one."""
        return self.start <= other[0] and other[1] <= self.end


def trim(text: str, span: tuple[int, int]) -> Span:
    """Return the span without white space at its ends; empty at its start when nothing is left.

    >>> trim("  Rain fell. ", (0, 13))
    Span(start=2, end=12)
    """
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def tile(starts: Iterable[int], length: int) -> tuple[Span, ...]:
    """Return the spans that begin at the sorted starts and together cover ``[0, length)``.

    >>> tile([0, 4], 9)
    (Span(start=0, end=4), Span(start=4, end=9))
    """
    if length == 0:
        return ()
    cuts = sorted({0, *starts} - {length})
    return tuple(Span(a, b) for a, b in zip(cuts, [*cuts[1:], length], strict=True))


def check_tiling(spans: Sequence[tuple[int, int]], length: int, *, page: str) -> None:
    """Raise SpanError unless the spans follow each other without gap from 0 to ``length``."""
    at = 0
    for start, end in spans:
        if start != at or end <= start:
            raise SpanError(page, start, end, f"the segment before it ends at {at}")
        at = end
    if at != length:
        raise SpanError(page, at, length, "the last segment does not reach the end of the text")


def check_span(span: tuple[int, int], length: int, *, page: str) -> None:
    """Raise SpanError unless ``0 <= start <= end <= length``."""
    start, end = span
    if not 0 <= start <= end <= length:
        raise SpanError(page, start, end, f"the text has {length} characters")
