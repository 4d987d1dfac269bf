"""Where each report's main text comes from, in which measure, and whether the report says so.

Owns ``report_origins``: exactly one row a report. Origins are counted by name: reports of one agency's copy have one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from retold.lexicon.agencies import canonical_agency
from retold.model.page import PageId
from retold.model.story import Derivation, Match, ReportOrigin, StoryId
from retold.stages.stemma.archetypes import common_words, words_at
from retold.stages.stemma.lineage import Line
from retold.stages.stemma.pairs import Pairs, pair_of
from retold.stages.stemma.places import Place
from retold.stages.stemma.witnesses import Witness
from retold.text.words import words_of

WHOLLY_SHARE = 0.8
"""Without a dateline to say so, a report derives wholly when this share of its words, quotations included, stands in
the reports it shares a source with."""

OWN = "own"


def whole_copies(witnesses: Mapping[PageId, Witness]) -> frozenset[PageId]:
    """Return the reports that their dateline or byline gives as one agency's copy and nothing else."""
    return frozenset(
        page
        for page, witness in witnesses.items()
        if witness.own is None and witness.gives_itself_as_agency_copy and _is_given_whole(witness)
    )


def origins_of(
    story: StoryId,
    lines: Sequence[Line],
    witnesses: Mapping[PageId, Witness],
    places: Sequence[Place],
    pairs: Pairs,
    matches: Sequence[Match],
) -> list[ReportOrigin]:
    """Return one row a report, in order of publication."""
    line_by_page = {page: line for line in lines for page in line.head.group.members}
    unnamed = [line for line in lines if line.head.is_unseen and line.head.agency is None]
    whole = whole_copies(witnesses)
    near: dict[PageId, list[Match]] = {page: [] for page in witnesses}
    for match in matches:
        for page in (match.a, match.b):
            if page in near:
                near[page].append(match)
    languages = {witness.language for witness in witnesses.values() if witness.language}
    rows: list[ReportOrigin] = []
    for page, witness in witnesses.items():
        line = line_by_page.get(page)
        common = common_words(witness, (places[i] for i in sorted(pairs.places_of(page))), near[page])
        churn = _share_of(common, witness)
        foreign = sorted(languages - {witness.language}) if witness.language else []
        derivation, because = _derivation(witness, line, whole, pairs, churn, foreign)
        if witness.n_repeated:
            because.append(
                f"{witness.n_repeated} words of it stand in it before: it prints its text twice; they count once"
            )
        sourced = _sourced(page, line, derivation, places)
        churn = _share_of(common.union(*(words_at(witness, places[i]) for i in sourced)), witness)
        if derivation is Derivation.WHOLLY and line is not None and line.head.is_unseen and page in whole:
            churn = 1.0 if witness.words else 0.0
        name = _name(witness, line, witnesses, unnamed)
        rows.append(
            ReportOrigin(story, page, name, derivation, churn, _is_credited(witness, line, witnesses), tuple(because))
        )
    return rows


def _share_of(common: Collection[int], witness: Witness) -> float:
    return round(min(1.0, len(common) / witness.n_words), 4) if witness.words else 0.0


COPY_SHARE = 0.75
"""The same for a report that gives itself as the agency's copy: its own standfirst and house style are no part."""


def _is_given_whole(witness: Witness) -> bool:
    return witness.dateline_agency is not None or any(c.form.value in ("byline", "dateline") for c in witness.credits)


def _derivation(
    witness: Witness, line: Line | None, whole: frozenset[PageId], pairs: Pairs, churn: float, foreign: Sequence[str]
) -> tuple[Derivation, list[str]]:
    if line is None:
        reason = "it shares no copied text with another report of the story"
        if foreign:
            reason += f"; those in {' and '.join(foreign)} it cannot share words with: a translation is not recognised"
        if witness.contribution:
            reason += f"; the credit to {' and '.join(witness.agencies)} is for a contribution"
        return Derivation.NOT, [reason]
    if witness.page == line.head.report:
        return Derivation.NOT, ["the other reports have their common text from it"]
    if _is_version_of_head(witness.page, line):
        return Derivation.NOT, [
            f"it is a later version of {{{line.head.report}}}, from which the others have their text"
        ]
    if witness.page in whole:
        return Derivation.WHOLLY, [f"it gives itself as {witness.agencies[0]} copy and credits nobody else"]
    share = max(_source_share(witness.page, line, pairs), churn)
    told = f"{round(100 * share)} % of its words stand in the reports it shares a source with"
    if witness.shares_work:
        return Derivation.PARTLY, [f"its credit is for a part ('with {witness.agencies[0]}')", told]
    alone = len(line.parents) == 1
    as_copy = witness.gives_itself_as_agency_copy
    if share >= WHOLLY_SHARE or (as_copy and (alone or share >= COPY_SHARE)):
        reason = f"it credits {line.head.agency} alone" if alone else told
        return Derivation.WHOLLY, [reason]
    return Derivation.PARTLY, [told, "it has sentences of its own besides"]


def _is_version_of_head(page: PageId, line: Line) -> bool:
    at: PageId | None = page
    while at in line.versions:
        at = line.parents[at]
    return at is not None and at == line.head.report


def _source_share(page: PageId, line: Line, pairs: Pairs) -> float:
    parent = line.parents.get(page)
    closest = parent if parent is not None else pairs.closest(page, [other for other in line.parents if other != page])
    pair = pair_of(pairs, page, closest) if closest is not None else None
    return pair.share_of(page) if pair else 0.0


def _sourced(page: PageId, line: Line | None, derivation: Derivation, places: Sequence[Place]) -> frozenset[int]:
    if line is None or derivation is Derivation.NOT or not line.head.is_unseen:
        return frozenset()
    return frozenset(i for i, variant in line.source.items() if places[i].variant.get(page) == variant)


def _name(witness: Witness, line: Line | None, witnesses: Mapping[PageId, Witness], unnamed: Sequence[Line]) -> str:
    if line is None:
        return witness.own or _outlet(witness) or OWN
    if line.head.agency is not None:
        return line.head.agency
    if line.head.report is not None:
        source = witnesses[line.head.report]
        return source.own or _outlet(source) or f"{{{source.page}}}"
    number = unnamed.index(line) + 1
    return "unseen source" if number == 1 else f"unseen source {number}"


def _outlet(witness: Witness) -> str | None:
    return witness.outlet or witness.host


def _is_credited(witness: Witness, line: Line | None, witnesses: Mapping[PageId, Witness]) -> bool:
    if line is None or witness.page == line.head.report or _is_version_of_head(witness.page, line):
        return bool(witness.own or witness.outlet)
    if line.head.agency is not None:
        if witness.own == line.head.agency or witness.credits_in_words(line.head.agency):
            return True
        return canonical_agency(line.head.agency) is None and _stands_in(line.head.agency, witness.text)
    if line.head.report is None:
        return False
    outlet = witnesses[line.head.report].outlet
    return outlet is not None and _stands_in(outlet, witness.text)


def _stands_in(name: str, text: str) -> bool:
    """Tell whether the words of the name stand together somewhere in the text."""
    wanted = [word.key for word in words_of(name)]
    keys = [word.key for word in words_of(text)]
    n = len(wanted)
    return bool(n) and any(keys[i : i + n] == wanted for i in range(len(keys) - n + 1) if keys[i] == wanted[0])
