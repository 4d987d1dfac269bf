"""The tables, each a name and the class of its rows, and the rows of one run held in memory.

``Grain`` says what a stage needs to see at once: one page, one story, or everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from retold.model import facts, fix, page, report, story

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Grain(StrEnum):
    """What a stage must see at once to write its rows."""

    PAGE = "page"
    STORY = "story"
    CORPUS = "corpus"


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """A named table of rows of one class, owned by one writer of the given grain."""

    name: str
    row: type[R]
    grain: Grain


class Rows(Protocol):
    """What a stage may read: the rows of a table, cut down to the page or story at hand."""

    def rows(self, table: Table[R]) -> tuple[R, ...]:
        """Return the rows of the table in their order."""
        ...


PAGES = Table("pages", page.Page, Grain.PAGE)
RUNS = Table("runs", page.Run, Grain.PAGE)
BLOCKS = Table("blocks", page.Block, Grain.PAGE)
DECLARED = Table("declared", page.Declared, Grain.PAGE)
REPEATS = Table("repeats", page.Repeat, Grain.CORPUS)
REJECTED = Table("rejected", page.Rejected, Grain.CORPUS)
SEGMENTS = Table("segments", report.Segment, Grain.PAGE)
SENTENCES = Table("sentences", report.Sentence, Grain.PAGE)
META = Table("meta", report.MetaValue, Grain.PAGE)
DATELINES = Table("datelines", report.Dateline, Grain.PAGE)
CREDITS = Table("credits", report.Credit, Grain.PAGE)
NOTES = Table("notes", report.Note, Grain.PAGE)
IMAGES = Table("images", report.Image, Grain.PAGE)
MENTIONS = Table("mentions", facts.Mention, Grain.PAGE)
TIMES = Table("times", facts.TimeExpression, Grain.PAGE)
QUANTITIES = Table("quantities", facts.Quantity, Grain.PAGE)
CLAIMS = Table("claims", facts.Claim, Grain.PAGE)
MATCHES = Table("matches", story.Match, Grain.CORPUS)
FIXES = Table("fixes", fix.Fix, Grain.CORPUS)
STORIES = Table("stories", story.Story, Grain.CORPUS)
STORY_LINKS = Table("story_links", story.StoryLink, Grain.CORPUS)
REPORT_DATES = Table("report_dates", story.ReportDate, Grain.STORY)
ALIGNMENTS = Table("alignments", story.Alignment, Grain.STORY)
LOCI = Table("loci", story.Locus, Grain.STORY)
BREAKAGES = Table("breakages", story.Breakage, Grain.STORY)
STEMMA_NODES = Table("stemma_nodes", story.StemmaNode, Grain.STORY)
STEMMA_EDGES = Table("stemma_edges", story.StemmaEdge, Grain.STORY)
REPORT_ORIGINS = Table("report_origins", story.ReportOrigin, Grain.STORY)
ARCHETYPE_READINGS = Table("archetype_readings", story.ArchetypeReading, Grain.STORY)
ENTITIES = Table("entities", facts.Entity, Grain.STORY)
AGREEMENTS = Table("agreements", facts.Agreement, Grain.STORY)
EVENTS = Table("events", facts.Event, Grain.STORY)

ALL_TABLES: tuple[Table[Any], ...] = (
    PAGES, RUNS, BLOCKS, DECLARED, REPEATS, REJECTED,
    SEGMENTS, SENTENCES, META, DATELINES, CREDITS, NOTES, IMAGES,
    MENTIONS, TIMES, QUANTITIES, CLAIMS,
    MATCHES, FIXES, STORIES, STORY_LINKS,
    REPORT_DATES, ALIGNMENTS, LOCI, BREAKAGES, STEMMA_NODES, STEMMA_EDGES, REPORT_ORIGINS, ARCHETYPE_READINGS,
    ENTITIES, AGREEMENTS, EVENTS,
)  # fmt: skip
"""Every table, in the order of the way of the data."""
