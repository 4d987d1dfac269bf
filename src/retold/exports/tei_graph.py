"""The stemma as a TEI graph, laid out as OpenStemmata does.

Nodes are witnesses or hypothetical; arcs are filiation or contamination, with a certainty. Source: TEI P5
Guidelines, chapter 19 (Graphs, Networks, and Trees).
"""

from __future__ import annotations

from collections import Counter

from retold.exports.characters import folded
from retold.exports.stemma_graph import graph_of
from retold.exports.tei import header_of
from retold.exports.xml_document import add, written
from retold.views.story_view import StoryView

OPEN_STEMMATA = "http://openstemmata.github.io/odd.html"


def to_tei_graph(view: StoryView) -> str:
    """Return the TEI document of the story's stemma."""
    nodes, edges = graph_of(view)
    root, note = header_of(view, "stemma")
    root.set("xmlns:od", OPEN_STEMMATA)
    body = add(add(root, "text"), "body")
    if not nodes:
        add(body, "p")
        return written(root, note)
    size = {"type": "directed", "order": str(len(nodes)), "size": str(len(edges))}
    graph = add(body, "graph", None, {"xml:id": "stemma", **size})
    into, out = Counter(edge.target for edge in edges), Counter(edge.source for edge in edges)
    for node in nodes:
        kind = "hypothetical" if node.is_unseen else "witness"
        degrees = {"inDegree": str(into[node.id]), "outDegree": str(out[node.id])}
        element = add(graph, "node", None, {"xml:id": f"n_{node.id}", "type": kind, **degrees})
        add(element, "label", folded(node.label) if node.is_unseen else node.id)
    for number, edge in enumerate(edges, start=1):
        told = {"xml:id": f"arc_{number}", "from": f"#n_{edge.source}", "to": f"#n_{edge.target}"}
        arc = add(graph, "arc", None, {**told, "od:type": edge.kind, "cert": edge.certainty})
        add(arc, "label", f"{edge.confidence:.2f}")
    return written(root, note)
