"""The stemma as GraphML, with OpenStemmata's keys: label and color of nodes, type and cert of edges.

Confidence, evidence and runner-up stand in keys of their own.
"""

from __future__ import annotations

from xml.etree import ElementTree

from retold.exports.stemma_graph import graph_of
from retold.exports.xml_document import add, written
from retold.views.story_view import StoryView

GRAPHML = "http://graphml.graphdrawing.org/xmlns"

_KEYS = (
    ("d0", "node", "color", "string"),
    ("d1", "node", "label", "string"),
    ("d2", "edge", "type", "string"),
    ("d3", "edge", "cert", "string"),
    ("d4", "edge", "style", "string"),
    ("d5", "edge", "confidence", "double"),
    ("d6", "edge", "evidence", "string"),
    ("d7", "edge", "runner_up", "string"),
)


def to_graphml(view: StoryView) -> str:
    """Return the stemma as one directed graph."""
    root = ElementTree.Element("graphml", {"xmlns": GRAPHML})
    note = add(root, "desc")
    for key, owner, name, kind in _KEYS:
        add(root, "key", None, {"id": key, "for": owner, "attr.name": name, "attr.type": kind})
    graph = add(root, "graph", None, {"id": "stemma", "edgedefault": "directed"})
    if view.story.title:
        add(graph, "desc", view.story.title)
    nodes, edges = graph_of(view)
    for node in nodes:
        element = add(graph, "node", None, {"id": node.id})
        if node.is_unseen:
            add(element, "data", "grey", {"key": "d0"})
        add(element, "data", node.label, {"key": "d1"})
    for edge in edges:
        element = add(graph, "edge", None, {"source": edge.source, "target": edge.target})
        told = {
            "d2": edge.kind,
            "d3": edge.certainty,
            "d4": "dashed" if edge.is_contamination else "",
            "d5": f"{edge.confidence:.4g}",
            "d6": "; ".join(edge.evidence),
            "d7": edge.runner_up or "",
        }
        for key, value in told.items():
            if value:
                add(element, "data", value, {"key": key})
    return written(root, note)
