"""The stage: from a story's reports and loci to its stemma, origins and archetype readings.

Owns the order of the steps; each step has its module (``witnesses``, ``places``, ``pairs``, ``groups``, ``sources``,
``lineage``, ``edges``, ``origins``, ``archetypes``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from retold.engine.stage import Stage, Written
from retold.model.page import PageId
from retold.model.story import ArchetypeReading, NodeKind, StemmaEdge, StemmaNode, Story
from retold.stages.stemma.archetypes import readings_of
from retold.stages.stemma.edges import edges_of, hidden_id, node_ids
from retold.stages.stemma.forms import SPEECH
from retold.stages.stemma.groups import groups_of
from retold.stages.stemma.lineage import Line, line_of
from retold.stages.stemma.origins import origins_of, whole_copies
from retold.stages.stemma.pairs import pairs_of
from retold.stages.stemma.places import places_of
from retold.stages.stemma.sources import head_of
from retold.stages.stemma.witnesses import Witness, witnesses_of
from retold.tables import table as t
from retold.tables.table import Rows


def run(rows: Rows) -> Written:
    """Return the story's lineage; empty tables where there is no story."""
    written: dict[t.Table[object], list[object]] = {table: [] for table in STAGE.writes}
    for story in rows.rows(t.STORIES):
        for table, found in _of_story(story, rows).items():
            written[table].extend(found)
    return written


def _of_story(story: Story, rows: Rows) -> Written:
    witnesses = witnesses_of(rows, story.pages)
    matches = tuple(sorted(rows.rows(t.MATCHES), key=lambda match: (match.a, match.b)))
    places = places_of((locus for locus in rows.rows(t.LOCI) if locus.story == story.story), witnesses)
    pairs = pairs_of(witnesses, places, matches)
    heads = [head_of(group, witnesses, places, pairs) for group in groups_of(witnesses, pairs)]
    whole = whole_copies(witnesses)
    lines = [line_of(head, witnesses, places, pairs, whole) for head in heads if head is not None]
    lines = [_without_heirs(line, lines) for line in lines]
    ids = node_ids(lines)
    edges: list[StemmaEdge] = []
    readings: list[ArchetypeReading] = []
    for line, node in zip(lines, ids, strict=True):
        edges += edges_of(story.story, line, node, witnesses, pairs)
        if line.head.is_unseen:
            readings += readings_of(story.story, node, line.source, line.carriers, places)
        for i, hidden in enumerate(line.hidden):
            readings += readings_of(story.story, hidden_id(node, i), hidden.source, hidden.carriers, places)
    return {
        t.STEMMA_NODES: _nodes(story, lines, ids, witnesses),
        t.STEMMA_EDGES: _without_circles(edges),
        t.REPORT_ORIGINS: origins_of(story.story, lines, witnesses, places, pairs, matches),
        t.ARCHETYPE_READINGS: readings,
    }


def _without_heirs(line: Line, lines: list[Line]) -> Line:
    """Return the line without guests that have the text from another guest, with all else."""
    parents = {page: parent for other in lines for page, parent in other.parents.items() if parent is not None}
    group = line.head.group
    kept = tuple(page for page in group.guests if parents.get(page) not in group.guests)
    return replace(line, head=replace(line.head, group=replace(group, guests=kept)))


def _hidden_nodes(story: Story, line: Line, node: str) -> list[StemmaNode]:
    name = f"a later copy of {line.head.agency or 'the source'} (unseen)"
    return [StemmaNode(story.story, hidden_id(node, i), NodeKind.ARCHETYPE, name) for i in range(len(line.hidden))]


def _nodes(story: Story, lines: list[Line], ids: list[str], witnesses: Mapping[PageId, Witness]) -> list[StemmaNode]:
    unseen = [
        StemmaNode(
            story.story,
            node,
            NodeKind.ARCHETYPE,
            _unseen_told(line.head.agency),
        )
        for line, node in zip(lines, ids, strict=True)
        if line.head.is_unseen
    ]
    seen = [
        StemmaNode(story.story, page, NodeKind.REPORT, witness.outlet or witness.source)
        for page, witness in witnesses.items()
    ]
    hidden = [made for line, node in zip(lines, ids, strict=True) for made in _hidden_nodes(story, line, node)]
    return unseen + hidden + seen


def _unseen_told(agency: str | None) -> str:
    if agency is None:
        return "unseen source, named by nobody"
    return f"{agency} ({'itself, unseen' if agency == SPEECH else 'unseen copy'})"


def _without_circles(edges: list[StemmaEdge]) -> list[StemmaEdge]:
    """Drop a second source that would close a circle; the first sources form a forest already."""
    kept = [edge for edge in edges if not edge.contamination]
    for edge in (edge for edge in edges if edge.contamination):
        if not _reaches(edge.target, edge.source, kept):
            kept.append(edge)
    return kept


def _reaches(start: str, end: str, edges: list[StemmaEdge]) -> bool:
    below: dict[str, list[str]] = {}
    for edge in edges:
        below.setdefault(edge.source, []).append(edge.target)
    seen, todo = {start}, [start]
    while todo:
        for target in below.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return end in seen


STAGE = Stage(
    name="stemma",
    reads=(
        t.STORIES, t.PAGES, t.SEGMENTS, t.META, t.DATELINES, t.CREDITS, t.NOTES, t.MATCHES, t.REPORT_DATES, t.LOCI,
    ),
    writes=(t.STEMMA_NODES, t.STEMMA_EDGES, t.REPORT_ORIGINS, t.ARCHETYPE_READINGS),
    grain=t.Grain.STORY,
    version=1,
    run=run,
)  # fmt: skip
"""Pairs are read off the loci, which hold what every two reports have in common; no alignments are needed."""
