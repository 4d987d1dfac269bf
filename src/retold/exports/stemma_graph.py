"""The stemma as plain nodes and edges, shared by the formats that draw or carry it.

Reports go by siglum, unseen originals by ``x1``, ``x2`` and so on with their own name as label (sigla are capitals,
so the two never meet). Confidence is told in OpenStemmata's words beside its number.
"""

from __future__ import annotations

from typing import NamedTuple

from retold.model.page import PageId
from retold.model.story import NodeKind
from retold.views.story_view import StoryView

HIGH_CONFIDENCE = 0.8
MEDIUM_CONFIDENCE = 0.5
"""Where TEI's words for certainty begin; a reading aid only, the number stands beside the word."""


class GraphNode(NamedTuple):
    """A report or an unseen original under its id in the drawing."""

    id: str
    label: str
    is_unseen: bool


class GraphEdge(NamedTuple):
    """``target`` takes from ``source``."""

    source: str
    target: str
    confidence: float
    is_contamination: bool
    evidence: tuple[str, ...]
    runner_up: str | None

    @property
    def certainty(self) -> str:
        """The confidence as TEI's word."""
        if self.confidence >= HIGH_CONFIDENCE:
            return "high"
        return "medium" if self.confidence >= MEDIUM_CONFIDENCE else "low"

    @property
    def kind(self) -> str:
        """Filiation, or contamination for a second source."""
        return "contamination" if self.is_contamination else "filiation"


def graph_of(view: StoryView) -> tuple[tuple[GraphNode, ...], tuple[GraphEdge, ...]]:
    """Return the nodes in the view's order and the edges between them; an end no row names is an unseen original."""
    sigla, names = view.sigla, {node.node: node.name for node in view.nodes}
    unseen = {node.node: node.kind is NodeKind.ARCHETYPE for node in view.nodes}
    order = dict.fromkeys([*names, *(end for edge in view.edges for end in (edge.source, edge.target))])
    ids: dict[str, str] = {}
    nodes: list[GraphNode] = []
    for node in order:
        siglum = sigla.get(PageId(node))
        is_unseen = unseen.get(node, siglum is None)
        ids[node] = siglum or f"x{sum(id.startswith('x') for id in ids.values()) + 1}"
        nodes.append(GraphNode(ids[node], names.get(node, node), is_unseen))
    edges = tuple(
        GraphEdge(ids[e.source], ids[e.target], e.confidence, e.contamination, e.evidence, e.runner_up)
        for e in view.edges
    )
    return tuple(nodes), edges
