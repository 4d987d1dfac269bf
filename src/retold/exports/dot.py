"""The stemma in Graphviz's language, with OpenStemmata's conventions.

Grey nodes are unseen originals, dashed edges second sources (contamination). Labels are escaped: they are words of
pages.
"""

from __future__ import annotations

from retold.exports.characters import on_one_line
from retold.exports.stemma_graph import GraphEdge, GraphNode, graph_of
from retold.views.story_view import StoryView


def to_dot(view: StoryView) -> str:
    """Return the stemma as a ``digraph``."""
    nodes, edges = graph_of(view)
    lines = [f"digraph {_quoted(view.story.story)} {{", f"  label={_label(view.story.title)};"]
    lines += [f"  {_node(node)}" for node in nodes]
    lines += [f"  {_edge(edge)}" for edge in edges]
    return "\n".join([*lines, "}", ""])


def _node(node: GraphNode) -> str:
    color = 'color="grey", ' if node.is_unseen else ""
    name = node.label if node.is_unseen or node.label == node.id else f"{node.id}: {node.label}"
    return f"{_quoted(node.id)} [{color}label={_label(name)}];"


def _edge(edge: GraphEdge) -> str:
    marks = ['style="dashed"'] if edge.is_contamination else []
    marks += [f'label="{edge.confidence:.2f}"', f"tooltip={_label('; '.join(edge.evidence))}"]
    return f"{_quoted(edge.source)} -> {_quoted(edge.target)} [{', '.join(marks)}];"


def _quoted(text: str) -> str:
    r"""Return a DOT string; Graphviz reads backslash sequences inside, so backslashes are doubled.

    >>> print(_quoted('the "Pier" \\N'))
    "the \"Pier\" \\N"
    """
    return '"' + on_one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(text: str) -> str:
    """Return a DOT string for a label, where Graphviz reads character references too."""
    return _quoted(text.replace("&", "&amp;"))
