"""The lineage in the terminal: a tree of who took the text from whom, with how sure, why, and what else it could be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from retold.cli.terminal import clean, say, say_wrapped, styled
from retold.model.page import PageId
from retold.model.story import Derivation, NodeKind, StemmaEdge
from retold.views.story_view import StoryView

DEEPEST_INDENT = 12
"""Levels of copies of copies that are indented; deeper ones stand as deep as these, with their level told."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of the tree as it is printed: the edge to it (None at a root), how deep, and what stands before it.

    ``is_second`` says that the edge is a second source: the report has its branch elsewhere.
    """

    node: str
    edge: StemmaEdge | None
    level: int
    ahead: str
    is_last: bool
    is_parent: bool

    @property
    def is_second(self) -> bool:
        """Whether the report takes only a part from here and stands in full at its first source."""
        return self.edge is not None and self.edge.contamination


def print_lineage(view: StoryView) -> None:
    """Print the tree of the lineage, then the reports that have their text from none."""
    say()
    say(styled("Lineage", "cyan"))
    for branch in branches_of(view):
        _print_branch(view, branch)
    inside = {node for edge in view.edges for node in (edge.source, edge.target)}
    alone = [witness for witness in view.witnesses if witness.page not in inside]
    if alone:
        names = ", ".join(f"{witness.siglum} ({clean(witness.name)})" for witness in alone)
        say_wrapped(f"By themselves, from no report here and no known source: {names}", indent="      ", first="  ")


def branches_of(view: StoryView) -> Iterator[Branch]:
    """Give the nodes of the tree in the order they are printed: a source, then what was taken from it.

    Roots stand in order of their first report, unseen originals first; below a source its reports stand in story order,
    second sources last.
    """
    order = {witness.page: i for i, witness in enumerate(view.witnesses)}
    below: defaultdict[str, list[StemmaEdge]] = defaultdict(list)
    for edge in view.edges:
        below[edge.source].append(edge)
    for edges in below.values():
        edges.sort(key=lambda edge: (edge.contamination, order.get(PageId(edge.target), -1), edge.target))
    has_source = {edge.target for edge in view.edges if not edge.contamination}
    todo = [Branch(node, None, 0, "  ", True, True) for node in _roots(view, below, has_source)][::-1]
    while todo:
        branch = todo.pop()
        yield branch
        edges = [] if branch.is_second else below.get(branch.node, [])
        ahead = branch.ahead
        if 0 < branch.level <= DEEPEST_INDENT:
            ahead += "   " if branch.is_last else "│  "
        todo += [
            Branch(
                edge.target,
                edge,
                branch.level + 1,
                ahead,
                i == len(edges) - 1,
                not edge.contamination and bool(below.get(edge.target)),
            )
            for i, edge in reversed(list(enumerate(edges)))
        ]


def _roots(view: StoryView, below: dict[str, list[StemmaEdge]], has_source: set[str]) -> list[str]:
    nodes = [node for node in view.nodes if node.node in below and node.node not in has_source]
    ordered = sorted(nodes, key=lambda node: node.kind is not NodeKind.ARCHETYPE)
    return [node.node for node in ordered]


def _print_branch(view: StoryView, branch: Branch) -> None:
    edge = branch.edge
    if edge is None:
        say(f"{branch.ahead}{_node_told(view, branch.node)}")
        return
    line = "┄" if branch.is_second else "─"
    joint = ("└" if branch.is_last else "├") + line
    told = _node_told(view, branch.node)
    told += "  second source" if branch.is_second else ""
    told += f"  ({branch.level} copies deep)" if branch.level > DEEPEST_INDENT else ""
    say(f"{branch.ahead}{joint} {edge.confidence:.2f}  {told}")
    under = branch.ahead + ("   " if branch.is_last else "│  ") + ("│     " if branch.is_parent else "      ")
    say_wrapped("; ".join(edge.evidence), indent=under)
    if edge.runner_up:
        say_wrapped(f"runner-up: {edge.runner_up}", indent=under + "    ", first=under)


def _node_told(view: StoryView, node: str) -> str:
    """Return a node's name; of a report also its outlet, its day and how much it derives."""
    witness = next((witness for witness in view.witnesses if witness.page == node), None)
    if witness is None:
        return f"{styled(node, 'bold')}  unseen, told from its carriers"
    told = [clean(witness.name)]
    if witness.published is not None and witness.published.value:
        told.append(witness.published.value)
    if witness.origin is not None and witness.origin.derivation is not Derivation.NOT:
        credited = "credited" if witness.origin.credited else "not credited"
        told.append(f"{witness.origin.derivation.value} derived, {credited}")
    return f"{styled(witness.siglum, 'bold')}  {', '.join(told)}"
