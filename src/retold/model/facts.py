"""What reports assert: names, times, quantities, claims, and how they agree; the events told, in time.

Page-grain rows (mentions, times, quantities, claims) and story-grain rows (entities, agreements, events).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retold.model.page import PageId, Pointer
from retold.model.story import StoryId
from retold.text.spans import Span


class EntityType(StrEnum):
    """What a name names."""

    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    PLACE = "place"
    TERRITORY = "territory"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a report. Row of ``mentions``; ``key`` is its comparison form, shared by plain variants."""

    page: PageId
    span: Span
    type: EntityType
    key: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Whoever or whatever several mentions of a story name. Row of ``entities``.

    ``because`` gives for each joining of variants its proof (same slot in aligned sentences, spelling, acronym,
    part of the full name).
    """

    story: StoryId
    entity: str
    type: EntityType
    name: str
    variants: tuple[str, ...]
    mentions: tuple[Pointer, ...]
    because: tuple[str, ...] = ()


class TimeType(StrEnum):
    """TIMEX3 type of a time expression."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that place something in time. Row of ``times``.

    ``value`` is TIMEX3 (``2020-02-16``, ``P3D``, ``PAST_REF``); ``edtf`` the day or interval it means, None when it
    only orders ("days later") or no anchor is known; ``anchor`` the ISO date it was resolved against; ``order`` is
    "after" or "before" for expressions that only order what they modify against what was told just before.
    """

    page: PageId
    span: Span
    type: TimeType
    value: str
    edtf: str | None
    anchor: str | None
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts. Row of ``quantities``.

    ``value`` is None for a bare range (then ``low`` and ``high``); ``approximate`` holds the approximator's words.
    """

    page: PageId
    span: Span
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    counted: Span | None
    approximate: str | None = None
    ordinal: bool = False


class ClaimKind(StrEnum):
    """How words are given to a source."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Polarity(StrEnum):
    """Whether what is claimed is affirmed or denied."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said, and by whom. Row of ``claims``.

    ``source``, ``cue``, ``content``, ``to`` are spans in pieces; ``source`` is empty where nobody is named (a passive
    "is believed"); ``hedge`` spans the words that weaken or colour it.
    """

    page: PageId
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: ClaimKind
    polarity: Polarity = Polarity.POSITIVE
    hedge: Span | None = None
    to: tuple[Span, ...] = ()


class Status(StrEnum):
    """How a statement stands across the reports of a story."""

    AGREE = "agree"
    ADD = "add"
    DIFFER = "differ"
    CONTRADICT = "contradict"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A checkable statement and the reports that make it. Row of ``agreements``.

    ``about`` says in a few words of the pages what is compared; ``pointers`` are its places, first witness first;
    ``origins`` names the independent sources of those places.
    """

    story: StoryId
    status: Status
    about: str
    pointers: tuple[Pointer, ...]
    origins: tuple[str, ...]
    says: str


class Factuality(StrEnum):
    """How an event is told."""

    HAPPENED = "happened"
    DENIED = "denied"
    UNCERTAIN = "uncertain"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened or is said to, across reports. Row of ``events``, in timeline order.

    ``date`` is EDTF (a day, month, or interval ``a/b``) or None; ``words`` points to the words that gave it;
    ``after`` and ``before`` are ids of events it is told to follow or precede; ``what`` is the clause that tells it
    best; ``mentions`` its clauses in every report; ``series`` marks a count over time ("19th attack since October").
    """

    story: StoryId
    event: str
    date: str | None
    words: Pointer | None
    after: tuple[str, ...]
    before: tuple[str, ...]
    what: Pointer
    mentions: tuple[Pointer, ...]
    factuality: Factuality
    origins: tuple[str, ...]
    series: bool = False
