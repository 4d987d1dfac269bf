"""How reports hang together: shared passages, stories, collation, breakages, lineage.

Corpus-grain rows (matches, stories) and story-grain rows (all else). Ids of pages, not sigla: sigla are given
by the view.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

from retold.model.page import PageId, Pointer
from retold.text.spans import Span

StoryId = NewType("StoryId", str)
"""32 hexadecimal digits: the hash of the story's founding page."""


class MatchType(StrEnum):
    """Why two reports share a passage."""

    COPY = "copy"
    QUOTE = "quote"
    BOILERPLATE = "boilerplate"


class MatchSpan(NamedTuple):
    """A passage shared by two reports: ``[a0, a1)`` in one, ``[b0, b1)`` in the other."""

    a0: int
    a1: int
    b0: int
    b1: int
    type: MatchType


@dataclass(frozen=True, slots=True)
class Match:
    """The passages two reports share. Row of ``matches``; ``a < b`` as ids.

    ``shared_words`` counts words equal in both inside the spans of type copy and quote; ``containment_a`` is that
    count as a share (0..1) of a's main text (body and standfirst), ``containment_b`` of b's.
    """

    a: PageId
    b: PageId
    shared_words: int
    containment_a: float
    containment_b: float
    spans: tuple[MatchSpan, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The reports of one event. Row of ``stories``.

    ``pages`` stand in order of first publication (unknown last, ties by address). ``first`` and ``last`` are ISO dates.
    """

    story: StoryId
    saga: StoryId
    title: str
    first: str | None
    last: str | None
    pages: tuple[PageId, ...]


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Why two reports are told to be of one story. Row of ``story_links``. ``score`` is 0..1."""

    story: StoryId
    a: PageId
    b: PageId
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeighedWord:
    """A word that two reports have in common, the parts of them it stands in, and what it adds to their likeness."""

    word: str
    parts: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """How alike two reports are (0..1), what each part of them adds, the heaviest words, what time leaves of it.

    ``days_apart`` is None where a day is unknown; ``lent`` names the pages without a day that count as of another's.
    """

    a: PageId
    b: PageId
    likeness: float
    parts: tuple[tuple[str, float], ...]
    words: tuple[WeighedWord, ...]
    days_apart: int | None
    time_factor: float
    lent: tuple[tuple[PageId, str], ...] = ()

    @property
    def score(self) -> float:
        """What is left of the likeness over the days between the two."""
        return round(self.likeness * self.time_factor, 4)


@dataclass(frozen=True, slots=True)
class ReportDate:
    """The day a report was published as its story knows it. Row of ``report_dates``.

    ``how`` is "printed" (the page gives it), or "inferred" with the reason in ``because`` and the place in
    ``pointer``; ``value`` None means unknown.
    """

    story: StoryId
    page: PageId
    value: str | None
    how: str
    because: str | None = None
    pointer: Pointer | None = None


class Change(StrEnum):
    """What became of a unit (a sentence of body or standfirst) from one report to another."""

    KEPT = "kept"
    EDITED = "edited"
    REWRITTEN = "rewritten"
    SPLIT = "split"
    MERGED = "merged"
    CUT = "cut"
    ADDED = "added"


class EditKind(StrEnum):
    """What an edit touched."""

    NAME_SPELLING = "name spelling"
    NUMBER = "number"
    DATE = "date"
    QUOTE = "quote"
    HEDGE = "hedge"
    ATTRIBUTION = "attribution"
    HOUSE_STYLE = "house style"
    WORDING = "wording"
    TRIVIAL = "trivial"


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of words that differs inside an alignment; one side may be empty (a pure insertion or deletion)."""

    a: Span
    b: Span
    kinds: tuple[EditKind, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Units of report a against units of report b. Row of ``alignments``; a is the earlier witness.

    ``a_units`` is empty for added, ``b_units`` for cut; ``kinds`` is sorted and the union over ``edits``.
    """

    story: StoryId
    a: PageId
    b: PageId
    a_units: tuple[Span, ...]
    b_units: tuple[Span, ...]
    change: Change
    moved: bool
    kinds: tuple[EditKind, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one witness has at a locus, told relative to the locus's lemma."""

    page: PageId
    spans: tuple[Span, ...]
    change: Change
    moved: bool
    kinds: tuple[EditKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Locus:
    """A place where witnesses have a reading. Row of ``loci``, in reading order (``i_locus``).

    ``lemma`` is the page whose reading the others are told against (the best witness of the archetype where there
    is one, else the earliest). Witnesses without the place have a reading with no spans and change ``cut`` when they
    derive from the lemma's source, and no reading otherwise.
    """

    story: StoryId
    i_locus: int
    lemma: PageId
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Breakage:
    """Something a cut or an edit broke. Row of ``breakages``.

    ``kind`` is "orphaned pronoun", "orphaned name", "lost attribution", "lost hedge", "changed number", "changed date",
    "changed quote" or "missed correction"; ``says`` is the sentence a person reads; ``elsewhere`` points to the report
    that has what is missing, if one has it.
    """

    story: StoryId
    page: PageId
    span: Span
    word: str
    kind: str
    says: str
    elsewhere: Pointer | None = None


class NodeKind(StrEnum):
    """What stands at a node of a stemma."""

    REPORT = "report"
    ARCHETYPE = "archetype"


@dataclass(frozen=True, slots=True)
class StemmaNode:
    """A report (``node`` is its page id) or an unseen original (``AFP*``). Row of ``stemma_nodes``."""

    story: StoryId
    node: str
    kind: NodeKind
    name: str


@dataclass(frozen=True, slots=True)
class StemmaEdge:
    """``target`` derives from ``source``. Row of ``stemma_edges``; confidence 0..1."""

    story: StoryId
    source: str
    target: str
    confidence: float
    evidence: tuple[str, ...]
    runner_up: str | None
    contamination: bool = False


class Derivation(StrEnum):
    """How much of a report's main text stands in its source."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class ReportOrigin:
    """Where a report's main text comes from. Row of ``report_origins``.

    ``origin`` names the agency or outlet, or "own" / "own or unknown"; ``churn`` is the share (0..1) of the report's
    main-text words that stand in another report or in an inferred source; ``credited`` whether the report names it.
    """

    story: StoryId
    page: PageId
    origin: str
    derivation: Derivation
    churn: float
    credited: bool
    because: tuple[str, ...] = ()

    @property
    def source_name(self) -> str:
        """The origin's name; an unnamed outlet's own text goes by its page (``own ({page})``), for two are two."""
        return f"own ({{{self.page}}})" if self.origin == "own" else self.origin


@dataclass(frozen=True, slots=True)
class ArchetypeReading:
    """A reading of an unseen original. Row of ``archetype_readings``, in order.

    ``text_from`` is where the words stand; ``support`` the witnesses that have them so, out of ``carriers`` that
    derive from this original.
    """

    story: StoryId
    node: str
    i_locus: int
    text_from: Pointer
    support: tuple[PageId, ...]
    carriers: int
