"""The story card and its tables as Markdown (GitHub's tables).

Words of pages are escaped: nothing in them becomes markup, a link or a table's bar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from retold.exports.characters import on_one_line
from retold.exports.places import outlet_of, places_of, published_of, title_of, web_address
from retold.exports.stemma_graph import graph_of
from retold.views.card import card_of
from retold.views.story_view import StoryView

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")
_WEB = re.compile(r"(?i)(https?|ftp)(:)|(www)(\.)|(@)")
_SPACES = re.compile(" {2,}")


def to_md(view: StoryView) -> str:
    """Return the story as a Markdown page."""
    parts = [
        f"# {escaped(view.story.title) or 'Untitled story'}",
        escaped(card_of(view)),
        *_section("Reports", "| | Outlet | Published | Origin | Derived | Headline |", _reports(view)),
        *_section("Lineage", "| From | To | Confidence | Evidence |", _edges(view)),
        *_section("What a cut or an edit broke", "| Report | Word | Kind | |", _breakages(view)),
        *_section("Where reports agree and differ", "| Status | | Origins |", _agreements(view)),
        *_section("Timeline", "| Date | What | Report | Factuality | Origins |", _events(view)),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""Return text on one line in which Markdown and HTML see no markup.

    >>> print(escaped("<b>Pier|4*"))
    \<b\>Pier\|4\*
    """
    plain = _SPACES.sub(" ", on_one_line(text).strip()).replace("&", "&amp;")
    return _WEB.sub(_unlinked, _SPECIAL.sub(r"\\\1", plain))


def _unlinked(found: re.Match[str]) -> str:
    """Break what GitHub would make a link or call a person by, with a reference for one character of it."""
    if found[5]:
        return "&#64;"
    return f"{found[1]}&#58;" if found[2] else f"{found[3]}&#46;"


def _section(title: str, head: str, rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(escaped(cell) for cell in row)} |" for row in rows]
    if not lines:
        return []
    rule = "|" + "---|" * (head.count("|") - 1)
    return [f"## {title}", "\n".join([head, rule, *lines])]


def _reports(view: StoryView) -> list[tuple[str, ...]]:
    told: list[tuple[str, ...]] = []
    for w in view.witnesses:
        origin = (w.origin.origin, w.origin.derivation.value) if w.origin else ("", "")
        name = outlet_of(w) or web_address(w) or w.report.page.source
        told.append((w.siglum, name, published_of(w), *origin, title_of(w)))
    return told


def _edges(view: StoryView) -> list[tuple[str, ...]]:
    nodes, edges = graph_of(view)
    names = {node.id: node.label if node.is_unseen else node.id for node in nodes}
    return [
        (
            names[edge.source] + (" (second source)" if edge.is_contamination else ""),
            names[edge.target],
            f"{edge.confidence:.2f}",
            "; ".join(edge.evidence),
        )
        for edge in edges
    ]


def _breakages(view: StoryView) -> list[tuple[str, ...]]:
    places = places_of(view)
    return [(places.siglum(row.page), row.word, row.kind, row.says) for row in view.breakages]


def _agreements(view: StoryView) -> list[tuple[str, ...]]:
    return [(row.status.value, row.says, ", ".join(row.origins)) for row in view.agreements]


def _events(view: StoryView) -> list[tuple[str, ...]]:
    places = places_of(view)
    return [
        (
            row.date or "",
            places.words(row.what),
            ", ".join(dict.fromkeys(places.siglum(mention.page) for mention in row.mentions)),
            row.factuality.value,
            ", ".join(row.origins),
        )
        for row in view.events
    ]
