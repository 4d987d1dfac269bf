"""The readings of a large story: every sentence once, in each wording once, with the reports that have it so.

A story of hundreds of reports is mostly one text, kept or lightly changed. Printing each report beside another and
again in full says the same sentence hundreds of times; here it stands once, and a statement leads to its reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from retold.model.page import PageId
from retold.model.story import Locus, Reading
from retold.report.places import Quote, language_of
from retold.text.spans import Span
from retold.text.words import words_of
from retold.views.story_view import StoryView

MOST_IN_FULL = 24
"""Reports up to which each is printed in full and beside another; found by size: about 25 kB a report, 0.6 MB then."""

Homes = Mapping[PageId, Sequence[tuple[Span, str]]]


WORDS_AROUND = 2
"""Words on each side of a change that are told with it."""

MOST_TOLD_SHARE = 0.75
"""A wording is told by its changes where that takes at most so much of its length; else it is printed whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a wording: the same in the first one (""), gone from it ("del"), or new ("ins")."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a sentence: its anchor, the words, who has it so, and how it stands to the first.

    ``parts`` are its changes against the first wording, empty where it is printed whole.
    """

    id: str
    text: Quote
    n_reports: int
    sigla: str
    change: str
    kinds: tuple[str, ...]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of the story with its wordings, that of most reports first."""

    name: str
    wordings: tuple[Wording, ...]


def is_large(view: StoryView) -> bool:
    """Tell whether a story has too many reports to print each in full."""
    return len(view.witnesses) > MOST_IN_FULL


def places_of(view: StoryView, prefix: str) -> tuple[list[Place], dict[PageId, list[tuple[Span, str]]]]:
    """Return the sentences of the story with their wordings, and where each report's sentences stand among them."""
    homes: dict[PageId, list[tuple[Span, str]]] = {}
    told: list[Place] = []
    for locus in view.loci:
        wordings: list[Wording] = []
        for i, same in enumerate(_alike(view, locus)):
            name = f"{prefix}L{locus.i_locus + 1}-{i + 1}"
            for reading in same:
                homes.setdefault(reading.page, []).extend((span, name) for span in reading.spans)
            wordings.append(_wording(view, name, same, wordings[0].text.text if wordings else None))
        if wordings:
            told.append(Place(f"L{locus.i_locus + 1}", tuple(wordings)))
    return told, {page: sorted(spans) for page, spans in homes.items()}


def _alike(view: StoryView, locus: Locus) -> list[list[Reading]]:
    """Return the readings of a locus by wording, the most carried first, then the earliest."""
    found: dict[tuple[str, ...], list[Reading]] = {}
    for reading in locus.readings:
        if reading.spans:
            text = view.witness(reading.page).report.page.text
            found.setdefault(tuple(w.key for span in reading.spans for w in words_of(text, span)), []).append(reading)
    return sorted(found.values(), key=lambda same: -len(same))


def _wording(view: StoryView, name: str, same: Sequence[Reading], before: str | None) -> Wording:
    first = same[0]
    witness = view.witness(first.page)
    text = witness.report.page.text
    told = " ".join(" ".join(text[span.start : span.end].split()) for span in first.spans)
    kinds = () if before is None else tuple(kind.value for kind in first.kinds)
    change = "" if before is None else first.change.value
    sigla = in_ranges(view, [reading.page for reading in same])
    parts = changes_of(before, told) if before is not None else ()
    return Wording(name, Quote(told, language_of(witness)), len(same), sigla, change, kinds, parts)


def changes_of(before: str, after: str) -> tuple[Part, ...]:
    """Return the changes from one wording to another with the words around them; none where most of it is new.

    >>> told = changes_of("nine men of the crew of the tug rode out", "six men of the crew of the tug rode out")
    >>> [(part.mark, part.text) for part in told]
    [('del', 'nine'), ('', ' '), ('ins', 'six'), ('', ' men of …')]
    """
    a, b = before.split(), after.split()
    parts: list[Part] = []
    runs = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for i, (how, a0, a1, b0, b1) in enumerate(runs):
        gap = " " if parts else ""
        if how == "equal":
            kept = _around(b[b0:b1], is_first=i == 0, is_last=i == len(runs) - 1)
            parts.append(Part("", f"{gap}{kept}"))
            continue
        for mark, words in (("del", a[a0:a1]), ("ins", b[b0:b1])):
            if words:
                parts += [Part("", " ")] if parts else []
                parts.append(Part(mark, " ".join(words)))
    told = sum(len(part.text) + 2 * len(part.mark) for part in parts)
    return tuple(parts) if told <= MOST_TOLD_SHARE * len(after) else ()


def _around(words: Sequence[str], *, is_first: bool, is_last: bool) -> str:
    """Return the words next to the changes beside them, "…" for the others."""
    head = [] if is_first else list(words[:WORDS_AROUND])
    tail = [] if is_last else list(words[-WORDS_AROUND:])
    if len(head) + len(tail) + 1 >= len(words):
        return " ".join(words)
    return " ".join([*head, "…", *tail])


def in_ranges(view: StoryView, pages: Sequence[PageId]) -> str:
    """Return the sigla of the pages, neighbours in the order of reports as a range: "A-D, F"."""
    order = {witness.page: i for i, witness in enumerate(view.witnesses)}
    rows = sorted({order[page] for page in pages})
    return ", ".join(_range(view, *run) for run in _runs(rows))


def _range(view: StoryView, first: int, last: int) -> str:
    a, b = view.witnesses[first].siglum, view.witnesses[last].siglum
    if first == last:
        return a
    return f"{a}, {b}" if last == first + 1 else f"{a}\N{EN DASH}{b}"


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = last = row
        elif row == last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last
