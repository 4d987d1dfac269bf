"""What an outlet does with texts of others: the profile of each outlet over many stories.

Pure: from the rows of told stories to one ``OutletProfile`` an outlet. What a source had at a place is told only where
its reading is known (a report here, or a wording that two carriers have); the stories come from ``retold.archives``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from retold.lexicon.agencies import canonical_agency
from retold.model.page import PageId
from retold.model.story import (
    ArchetypeReading,
    Change,
    Derivation,
    EditKind,
    Locus,
    Reading,
    ReportOrigin,
    StemmaEdge,
    StoryId,
)

LEAST_REPORTS = 5
"""Reports that can be compared before a share is told: of four, one report is a quarter. Set by hand."""

LEAST_SUPPORT = 2
"""Carriers that have one wording before it is taken for that of their unseen source."""

CUT_INSIDE, CUT_AT_END = "cut inside", "cut at the end"


class SourceKind(StrEnum):
    """Who stands behind a derived report."""

    AGENCY = "agency"
    OUTLET = "outlet"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class ToldReport:
    """A report as its story tells it: derivation, source, and what became of the source's sentences in it.

    ``is_alone`` says that its story has no other report and it credits nobody: there is nothing to compare.
    """

    outlet: str
    story: StoryId
    origin: ReportOrigin
    kind: SourceKind
    is_alone: bool
    places: Counter[str]
    kinds: Counter[EditKind]


@dataclass(frozen=True, slots=True)
class SourceUse:
    """How many reports of an outlet derive from one source, and how many of them say so."""

    name: str
    kind: SourceKind
    wholly: int
    partly: int
    credited: int

    @property
    def reports(self) -> int:
        """Number of reports that derive from the source, wholly or partly."""
        return self.wholly + self.partly


@dataclass(frozen=True, slots=True)
class OutletProfile:
    """What an outlet did with other people's text.

    ``derivation`` counts its reports that can be compared; ``n_alone`` those that cannot. ``places`` counts what became
    of sentences of known sources (values of ``Change``, cuts parted in those inside and at the end), ``added`` its own
    sentences beside them; ``kinds`` the kinds of its edits.
    """

    outlet: str
    n_reports: int
    n_stories: int
    n_alone: int
    derivation: Mapping[Derivation, int]
    sources: tuple[SourceUse, ...]
    places: Mapping[str, int]
    kinds: Mapping[EditKind, int]

    @property
    def n_compared(self) -> int:
        """Number of reports whose derivation could be told."""
        return self.n_reports - self.n_alone

    @property
    def n_derived(self) -> int:
        """Number of reports that derive from another text, wholly or partly."""
        return self.derivation[Derivation.WHOLLY] + self.derivation[Derivation.PARTLY]

    @property
    def n_credited(self) -> int:
        """Number of derived reports that name their source."""
        return sum(source.credited for source in self.sources)

    def shares(self, least: int = LEAST_REPORTS) -> dict[Derivation, float] | None:
        """Return the shares (0..1) of the reports compared; None where those are fewer than ``least``."""
        if self.n_compared < least:
            return None
        return {kind: round(self.derivation[kind] / self.n_compared, 4) for kind in Derivation}

    def as_json(self, least: int = LEAST_REPORTS) -> dict[str, Any]:
        """Return the profile in the form of ``docs/schema/outlet_profile.json``."""
        shares = self.shares(least)
        return {
            "outlet": self.outlet,
            "reports": self.n_reports,
            "stories": self.n_stories,
            "alone": self.n_alone,
            "derivation": {kind.value: self.derivation[kind] for kind in Derivation},
            "shares": shares and {kind.value: share for kind, share in shares.items()},
            "credited": self.n_credited,
            "not_credited": self.n_derived - self.n_credited,
            "sources": [
                {"name": s.name, "kind": s.kind.value, "wholly": s.wholly, "partly": s.partly, "credited": s.credited}
                for s in self.sources
            ],
            "places": {name: self.places[name] for name in PLACES},
            "kinds": {kind.value: n for kind, n in self.kinds.items() if n},
        }


PLACES = (
    *(change.value for change in Change if change is not Change.CUT and change is not Change.ADDED),
    CUT_INSIDE,
    CUT_AT_END,
    Change.ADDED.value,
)
"""What can become of a source's sentence in a report, and sentences added beside them, in the order they are told."""


def told_reports(
    story: StoryId,
    outlets: Mapping[PageId, str],
    credited: Collection[str],
    origins: Iterable[ReportOrigin],
    edges: Iterable[StemmaEdge],
    loci: Sequence[Locus],
    readings: Iterable[ArchetypeReading],
) -> list[ToldReport]:
    """Return the reports of one told story.

    ``outlets`` names the outlet of each page; ``credited`` are the agencies that its reports name.
    """
    source_of = {edge.target: edge.source for edge in edges if not edge.contamination}
    unseen: defaultdict[str, dict[int, ArchetypeReading]] = defaultdict(dict)
    for reading in readings:
        unseen[reading.node][reading.i_locus] = reading
    found: list[ToldReport] = []
    for origin in origins:
        places: Counter[str] = Counter()
        kinds: Counter[EditKind] = Counter()
        source = source_of.get(origin.page)
        if source is not None and origin.derivation is not Derivation.NOT:
            places, kinds = _treatment(origin.page, source, loci, unseen.get(source, {}))
        is_alone = len(outlets) == 1 and origin.derivation is Derivation.NOT
        found.append(
            ToldReport(outlets[origin.page], story, origin, _kind_of(origin, credited), is_alone, places, kinds)
        )
    return found


def _treatment(
    page: PageId, source: str, loci: Sequence[Locus], unseen: Mapping[int, ArchetypeReading]
) -> tuple[Counter[str], Counter[EditKind]]:
    """Count what became of the source's sentences in a report, and the kinds of its edits.

    Readings are told against the lemma of their place, so only places where the source has the lemma's words count.
    """
    places: Counter[str] = Counter()
    kinds: Counter[EditKind] = Counter()
    n_cut = 0
    for locus in loci:
        by_page = {reading.page: reading for reading in locus.readings}
        mine = by_page.get(page)
        if mine is None:
            continue
        if not _has_place(source, by_page, locus, unseen):
            places[Change.ADDED.value] += mine.change is not Change.CUT
            continue
        if not _has_lemma(source, by_page, locus, unseen):
            continue
        if mine.change is Change.CUT:
            n_cut += 1
            continue
        places[CUT_INSIDE] += n_cut
        n_cut = 0
        places[mine.change.value] += 1
        kinds.update(mine.kinds)
    places[CUT_AT_END] += n_cut
    return places, kinds


def _has_place(
    source: str, by_page: Mapping[PageId, Reading], locus: Locus, unseen: Mapping[int, ArchetypeReading]
) -> bool:
    """Tell whether the source has any reading at a place."""
    reading = by_page.get(PageId(source))
    if reading is not None:
        return reading.change is not Change.CUT
    return locus.i_locus in unseen


def _has_lemma(
    source: str, by_page: Mapping[PageId, Reading], locus: Locus, unseen: Mapping[int, ArchetypeReading]
) -> bool:
    """Tell whether the source has the lemma's words at a place, as far as that is known."""
    reading = by_page.get(PageId(source))
    if reading is not None:
        return reading.change is Change.KEPT
    elected = unseen[locus.i_locus]
    return locus.lemma in elected.support and len(elected.support) >= LEAST_SUPPORT


def profiles_of(reports: Iterable[ToldReport]) -> tuple[OutletProfile, ...]:
    """Return one profile an outlet, those of most reports first, ties by name."""
    by_outlet: defaultdict[str, list[ToldReport]] = defaultdict(list)
    for report in reports:
        by_outlet[report.outlet].append(report)
    found = (_profile(outlet, told) for outlet, told in by_outlet.items())
    return tuple(sorted(found, key=lambda profile: (-profile.n_reports, profile.outlet)))


def _profile(outlet: str, reports: Sequence[ToldReport]) -> OutletProfile:
    derivation = Counter(report.origin.derivation for report in reports if not report.is_alone)
    return OutletProfile(
        outlet=outlet,
        n_reports=len(reports),
        n_stories=len({report.story for report in reports}),
        n_alone=sum(report.is_alone for report in reports),
        derivation={kind: derivation[kind] for kind in Derivation},
        sources=_sources(reports),
        places=sum((report.places for report in reports), Counter[str]()),
        kinds=dict(sorted(sum((report.kinds for report in reports), Counter[EditKind]()).items())),
    )


def _sources(reports: Iterable[ToldReport]) -> tuple[SourceUse, ...]:
    """Return the sources of an outlet's derived reports, most used first; unnamed ones count as one."""
    used: defaultdict[tuple[str, SourceKind], list[ReportOrigin]] = defaultdict(list)
    for report in reports:
        if report.origin.derivation is not Derivation.NOT:
            name = UNNAMED_SOURCE if report.kind is SourceKind.UNNAMED else report.origin.origin
            used[name, report.kind].append(report.origin)
    found = []
    for (name, kind), origins in used.items():
        measures = Counter(origin.derivation for origin in origins)
        n_credited = sum(origin.credited for origin in origins)
        found.append(SourceUse(name, kind, measures[Derivation.WHOLLY], measures[Derivation.PARTLY], n_credited))
    return tuple(sorted(found, key=lambda source: (-source.reports, source.name)))


UNNAMED_SOURCE = "unseen source"


def _kind_of(origin: ReportOrigin, credited: Collection[str]) -> SourceKind:
    """Tell who stands behind the report; a report whose outlet is not known goes by its page in braces."""
    if origin.origin.startswith((UNNAMED_SOURCE, "{")):
        return SourceKind.UNNAMED
    is_agency = canonical_agency(origin.origin) is not None or origin.origin in credited
    return SourceKind.AGENCY if is_agency else SourceKind.OUTLET
