"""What a person overruled: the log of ``retold fix``, of which nothing is ever taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from retold.model.page import PageId


class FixKind(StrEnum):
    """What a person may overrule."""

    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    RELABEL = "relabel"
    EDGE = "edge"
    ALIAS = "alias"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Fix:
    """One entry of the log. Row of ``fixes``, in order of ``number``.

    ``pages`` and ``others`` say what it is about by reports, which stay what they are when stories change: merge - a
    report of each story; split - the reports taken out, and those that stay; move - the report, and one of the story it
    goes to; relabel - a report of the story, ``words`` its title; edge - carrier and source, ``words`` "from" or "not
    from"; alias - ``words`` two names of one. ``undoes`` is the number of the entry that an undo takes back.
    """

    number: int
    kind: FixKind
    pages: tuple[PageId, ...]
    others: tuple[PageId, ...]
    words: tuple[str, ...]
    undoes: int | None
    by: str
    at: str
    because: str | None

    @property
    def says(self) -> str:
        """Who did what when, as a reason."""
        because = f": {self.because}" if self.because else ""
        return f"{self.kind.value} by {self.by} on {self.at} (fix {self.number}){because}"


def standing(log: Iterable[Fix]) -> tuple[Fix, ...]:
    """Return the entries that stand: those no standing undo takes back, without the undos themselves.

    >>> fix = Fix(1, FixKind.MERGE, (), (), (), None, "ann", "2031-05-06", None)
    >>> undo = Fix(2, FixKind.UNDO, (), (), (), 1, "ann", "2031-05-07", None)
    >>> again = Fix(3, FixKind.UNDO, (), (), (), 2, "bo", "2031-05-08", None)
    >>> [one.number for one in standing([fix, undo])], [one.number for one in standing([fix, undo, again])]
    ([], [1])
    """
    undone: set[int] = set()
    found: list[Fix] = []
    for fix in sorted(log, key=lambda one: -one.number):
        if fix.number in undone:
            continue
        if fix.undoes is not None:
            undone.add(fix.undoes)
        else:
            found.append(fix)
    return tuple(reversed(found))
