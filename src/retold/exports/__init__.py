"""A story in the formats of other trades: one module a format, one pure function each.

Owns ``FORMATS``, the registry the command line and the web page read. Every export is drawn from the StoryView alone
and needs no clock, no file and no network; what is not known stays empty. Texts are escaped for their format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from retold.exports.acled import to_acled
from retold.exports.annotations import to_annotations
from retold.exports.claims import to_claims
from retold.exports.csv_tables import to_csv
from retold.exports.dot import to_dot
from retold.exports.graphml import to_graphml
from retold.exports.ics import to_ics
from retold.exports.json_story import to_json
from retold.exports.md import to_md
from retold.exports.prov import to_prov
from retold.exports.tei import to_tei
from retold.exports.tei_graph import to_tei_graph
from retold.exports.timeline import to_timeline
from retold.views.story_view import StoryView

__all__ = ["FORMATS", "Export"]


@dataclass(frozen=True, slots=True)
class Export:
    """A format a story can be written in.

    ``suffix`` ends the file's name; empty where the export is a folder of files (``to`` then gives name -> text).
    """

    name: str
    suffix: str
    says: str
    to: Callable[[StoryView], str | dict[str, str]]


FORMATS: dict[str, Export] = {
    export.name: export
    for export in (
        Export("tei", ".tei.xml", "TEI P5 apparatus by parallel segmentation", to_tei),
        Export("tei-graph", ".stemma.tei.xml", "the stemma as a TEI graph", to_tei_graph),
        Export("dot", ".gv", "the stemma for Graphviz, as OpenStemmata writes it", to_dot),
        Export("graphml", ".graphml", "the stemma as GraphML, as OpenStemmata writes it", to_graphml),
        Export("annotations", ".annotations.jsonld", "W3C Web Annotations", to_annotations),
        Export("csv", "", "a folder of CSV tables", to_csv),
        Export("json", ".json", "the whole StoryView", to_json),
        Export("timeline", ".timeline.json", "the dated events for TimelineJS", to_timeline),
        Export("ics", ".ics", "the dated events as an iCalendar", to_ics),
        Export("claims", ".claims.jsonld", "who said what, as schema.org Claims", to_claims),
        Export("prov", ".prov.json", "derivations as PROV-JSON", to_prov),
        Export("md", ".md", "the story card with its tables, in Markdown", to_md),
        Export("acled", ".acled.csv", "events in ACLED's columns", to_acled),
    )
}
"""Every format by its name on the command line."""
