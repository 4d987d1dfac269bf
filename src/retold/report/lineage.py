"""The lineage as SVG: time downwards, a row a report, unseen originals as rings, edges from source to carrier.

Every source keeps a lane of its own from its row to that of its last carrier, so that no line runs through a node.
A stemma has two to sixty nodes, so it is laid out here and nothing is drawn by the browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.model.page import PageId
from retold.model.report import MetaField
from retold.model.story import NodeKind, ReportOrigin, StemmaEdge
from retold.report.dates import in_words
from retold.report.origins import colours_of, origin_of
from retold.report.places import Places, cut_short
from retold.views.story_view import StoryView, Witness

LANE_WIDTH = 44
ROW_HEIGHT = 54
DAY_HEIGHT = 34
MARGIN = 20
RADIUS = 14
BEND = 14
LABEL_WIDTH = 290
LABEL_CHARACTERS = 34
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:\d\d)")
_FORMAT_CHARACTERS = {ord(c): None for c in "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


@dataclass(frozen=True, slots=True)
class Disc:
    """A node as drawn: centre, siglum, whether unseen, the two lines beside it, where it leads."""

    x: int
    y: int
    name: str
    is_unseen: bool
    colour: int
    label: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as drawn: a path from source to carrier, dashed for a second source, and the row that tells of it."""

    path: str
    halo: str
    arrow: str
    label_x: int
    label_y: int
    title: str
    confidence: str
    is_dashed: bool
    href: str


@dataclass(frozen=True, slots=True)
class DayRule:
    """A line across the picture where a new day begins."""

    y: int
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture and its size in user units."""

    width: int
    height: int
    label_x: int
    days: tuple[DayRule, ...]
    discs: tuple[Disc, ...]
    lines: tuple[Line, ...]

    @property
    def has_unseen(self) -> bool:
        """Whether an unseen original is drawn."""
        return any(disc.is_unseen for disc in self.discs)

    @property
    def has_second(self) -> bool:
        """Whether a second source is drawn."""
        return any(line.is_dashed for line in self.lines)


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge as the table tells it."""

    id: str
    source: str
    source_name: str
    target: str
    target_name: str
    confidence: str
    evidence: tuple[str, ...]
    runner_up: str
    is_second: bool


def edge_rows(view: StoryView, places: Places) -> list[EdgeRow]:
    """Return the edges in the order of their carriers, each with its evidence."""
    return [
        EdgeRow(
            id=_edge_id(places, i),
            source=view.node_name(edge.source),
            source_name=_name(view, edge.source),
            target=view.node_name(edge.target),
            target_name=_name(view, edge.target),
            confidence=f"{edge.confidence:.2f}",
            evidence=tuple(places.clip(told, 24) for told in edge.evidence),
            runner_up=places.clip(edge.runner_up or "", 40),
            is_second=edge.contamination,
        )
        for i, edge in enumerate(_ordered_edges(view))
    ]


def _name(view: StoryView, node: str) -> str:
    """Return the outlet of a report's node, or what an unseen original is."""
    named = next((witness.name for witness in view.witnesses if witness.page == node), None)
    return "unseen copy" if named is None else cut_short(named, 8)


def draw(view: StoryView, places: Places) -> Drawing:
    """Lay the stemma out: rows by time, lanes by derivation."""
    order = _order(view)
    edges = [e for e in _ordered_edges(view) if e.source in order and e.target in order]
    lanes = _lanes(order, edges)
    heights, days, height = _rows(view, order)
    centres = {node: (MARGIN + RADIUS + lanes[node] * LANE_WIDTH, heights[node]) for node in order}
    label_x = MARGIN + 2 * RADIUS + max(lanes.values(), default=0) * LANE_WIDTH + 14
    colours = colours_of(view)
    return Drawing(
        width=label_x + LABEL_WIDTH,
        height=height,
        label_x=label_x,
        days=days,
        discs=tuple(_disc(view, places, node, centres[node], colours) for node in order),
        lines=tuple(_line(view, places, i, edge, centres) for i, edge in enumerate(edges)),
    )


def _edge_id(places: Places, i_edge: int) -> str:
    return f"{places.prefix}edge-{i_edge + 1}"


def _ordered_edges(view: StoryView) -> list[StemmaEdge]:
    rank = {node: i for i, node in enumerate(_order(view))}
    last = len(rank)
    return sorted(view.edges, key=lambda e: (rank.get(e.target, last), e.contamination, rank.get(e.source, last)))


def _order(view: StoryView) -> dict[str, None]:
    """Return the reports in order of publication, each unseen original just before its first carrier."""
    sources: dict[str, list[str]] = {}
    for edge in view.edges:
        sources.setdefault(edge.target, []).append(edge.source)
    unseen = [node.node for node in view.nodes if node.kind is NodeKind.ARCHETYPE]
    order: dict[str, None] = {}

    def before(node: str, seen: frozenset[str]) -> None:
        for source in sources.get(node, ()):
            if source in unseen and source not in seen:
                before(source, seen | {source})
                order.setdefault(source)

    for witness in view.witnesses:
        before(witness.page, frozenset())
        order.setdefault(witness.page)
    for node in unseen:
        order.setdefault(node)
    return order


def _lanes(order: Mapping[str, None], edges: Sequence[StemmaEdge]) -> dict[str, int]:
    """Give every node the first lane right of its sources that is free from its row to its last carrier's."""
    row = {node: i for i, node in enumerate(order)}
    reach = {node: [i, i] for node, i in row.items()}
    sources: dict[str, list[str]] = {node: [] for node in order}
    for edge in edges:
        sources[edge.target].append(edge.source)
        reach[edge.source] = [
            min(reach[edge.source][0], row[edge.target]),
            max(reach[edge.source][1], row[edge.target]),
        ]
    taken: dict[int, list[tuple[int, int]]] = {}
    lanes: dict[str, int] = {}
    for node in sorted(order, key=lambda n: (_depth(n, sources, frozenset()), row[n])):
        lane = max((lanes[s] + 1 for s in sources[node] if s in lanes), default=0)
        first, last = reach[node]
        while any(first <= b and a <= last for a, b in taken.get(lane, ())):
            lane += 1
        taken.setdefault(lane, []).append((first, last))
        lanes[node] = lane
    return lanes


def _depth(node: str, sources: Mapping[str, Sequence[str]], seen: frozenset[str]) -> int:
    above = [s for s in sources.get(node, ()) if s not in seen and s != node]
    return max((1 + _depth(s, sources, seen | {node}) for s in above), default=0)


def _rows(view: StoryView, order: Mapping[str, None]) -> tuple[dict[str, int], tuple[DayRule, ...], int]:
    """Return the height of every node, the lines where a day begins, and the height of the whole."""
    days = _days(view, list(order))
    heights: dict[str, int] = {}
    rules: list[DayRule] = []
    y, earlier = MARGIN // 2, None
    for node, day in zip(order, days, strict=True):
        if day != earlier:
            rules.append(DayRule(y + DAY_HEIGHT - 16, in_words(day) if day else "Day not known"))
            y += DAY_HEIGHT
            earlier = day
        heights[node] = y + ROW_HEIGHT // 2
        y += ROW_HEIGHT
    return heights, tuple(rules), y + MARGIN // 2


def _days(view: StoryView, order: Sequence[str]) -> list[str]:
    """Return the day of each node; an unseen original stands with the report after it."""
    known = {str(w.page): (w.published.value or "")[:10] if w.published else "" for w in view.witnesses}
    days: list[str] = []
    following = ""
    for node in reversed(order):
        following = known.get(node, following)
        days.append(following)
    return days[::-1]


def _disc(view: StoryView, places: Places, node: str, centre: tuple[int, int], colours: Mapping[str, int]) -> Disc:
    x, y = centre
    kinds = {n.node: n.kind for n in view.nodes}
    if kinds.get(node) is NodeKind.ARCHETYPE:
        colour = next((c for name, c in colours.items() if node.startswith(name)), 0)
        name = drawn(view.node_name(node).rstrip("*"))
        return Disc(x, y, "", True, colour, name, "unseen copy, inferred", f"#{places.prefix}unseen")
    witness = view.witness(PageId(node))
    counted = origin_of(view, witness.page)
    colour = colours[counted.name] if counted is not None else 0
    note = drawn(f"{_told_day(witness)}{_told_origin(witness.origin)}", LABEL_CHARACTERS + 10)
    return Disc(x, y, witness.siglum, False, colour, drawn(witness.name), note, f"#{places.report(witness.page)}")


def _told_day(witness: Witness) -> str:
    if witness.published is None or not witness.published.value:
        return "no date · "
    if witness.published.how == "inferred":
        return "date inferred · "
    clock = _CLOCK.match(witness.report.meta_value(MetaField.PUBLISHED) or "")
    return f"{clock[1]} · " if clock else ""


def _told_origin(origin: ReportOrigin | None) -> str:
    if origin is None:
        return "origin not told"
    if origin.derivation.value == "not":
        return "own report"
    return f"{origin.derivation.value} from {origin.origin}{'' if origin.credited else ', not credited'}"


def drawn(text: str, most: int = LABEL_CHARACTERS) -> str:
    """Return the text fit for a line of a picture: no characters that turn its direction, cut with an ellipsis."""
    told = " ".join(cut_short(text.translate(_FORMAT_CHARACTERS), most).split())
    return told if len(told) <= most else told[: most - 1].rstrip() + "…"


def _line(
    view: StoryView, places: Places, i_edge: int, edge: StemmaEdge, centres: Mapping[str, tuple[int, int]]
) -> Line:
    (x0, y0), (x1, y1) = centres[edge.source], centres[edge.target]
    y1 += 7 if edge.contamination else 0
    down = 1 if y1 >= y0 else -1
    end = x1 - RADIUS - 2
    path = f"M{x0} {y0 + down * RADIUS}V{y1 - down * BEND}Q{x0} {y1} {x0 + BEND} {y1}H{end - 5}"
    halo = f"M{x0 + BEND + 4} {y1}H{end - 8}"
    arrow = f"M{end} {y1}l-7 -4v8z"
    source, target = view.node_name(edge.source), view.node_name(edge.target)
    manner = ", a second source" if edge.contamination else ""
    return Line(
        path=path,
        halo=halo,
        arrow=arrow,
        label_x=x1 - RADIUS - 10,
        label_y=y1 + 13 if edge.contamination else y1 - 5,
        title=drawn(f"{target} derives from {source}{manner}, confidence {edge.confidence:.2f}", 120),
        confidence=f"{edge.confidence:.2f}".lstrip("0"),
        is_dashed=edge.contamination,
        href=f"#{_edge_id(places, i_edge)}",
    )
