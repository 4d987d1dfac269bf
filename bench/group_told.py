"""What Retold tells of two reports of ../shared/data/stories/allsides, put in terms of sentences numbered by others.

The two reports are told as one story whatever the grouping would say; each is read as a record of its own fields. A
place of Retold's is the numbered sentence that holds at least half of the shorter of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bench.group_rows import Reading, Report, Row
from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Page, PageId
from retold.model.story import Change, Derivation, EditKind, Story
from retold.pipeline import FACT_STAGES, PAGE_STAGES, STORY_STAGES
from retold.readers.fields import record_of
from retold.readers.single import ReadPage, read_record
from retold.stages import agreement, stories, timeline
from retold.stages.stories.stage import story_id_of
from retold.tables import table as t

SIDES = ("A", "B")
KIND_NAMES = {EditKind.NAME_SPELLING: "name", EditKind.HOUSE_STYLE: "house"}
"""How the readers call two kinds; the others have the same name."""
TURNED = {"split": "merged", "merged": "split"}
TOLD_STAGES = tuple(
    stage
    for stage in (*PAGE_STAGES, *FACT_STAGES, *STORY_STAGES)
    if stage not in (stories.STAGE, agreement.STAGE, timeline.STAGE)
)


def told_rows(reports: Mapping[str, Report], known: Mapping[str, Mapping[str, object]]) -> Reading:
    """Return what Retold tells of two reports, given all articles by id."""
    pages = {side: read_article(known[reports[side].id]) for side in SIDES}
    sides = {page.page.page: side for side, page in pages.items()}
    order = sorted(SIDES, key=lambda side: _order(known[reports[side].id], side))
    tables = _run([pages[side] for side in order])
    return Reading(
        tuple(_rows(tables, reports, sides)),
        _relation(tables, sides),
        _derivations(tables, sides),
        frozenset(
            (sides[row.page], number, row.kind)
            for row in tables.rows(t.BREAKAGES)
            for number in reports[sides[row.page]].numbers_of([row.span])
        ),
    )


def read_article(row: Mapping[str, object]) -> ReadPage:
    """Return an article's page; a day that comes from the gold is left out."""
    fields = {name: row[name] for name in ("id", "url", "title", "authors", "text")} | {"outlet": row["source"]}
    if row.get("date_from") != "event-mate":
        fields["published"] = row["date"]
    page = read_record(record_of(str(row["id"]), fields))
    if not isinstance(page, ReadPage):
        raise ValueError(f"article '{row['id']}' was not read: {page.reason}")
    if page.page.text != row["text"]:
        raise ValueError(f"article '{row['id']}': its text was not kept as it stands")
    return page


def _order(row: Mapping[str, object], side: str) -> tuple[str, str]:
    is_own = row.get("date_from") != "event-mate"
    return (str(row["date"]) if is_own else "9999"), side


def _run(pages: Sequence[ReadPage]) -> MemoryTables:
    tables = MemoryTables()
    tables.put(t.PAGES, [page.page for page in pages])
    tables.put(t.RUNS, [run for page in pages for run in page.runs])
    tables.put(t.BLOCKS, [block for page in pages for block in page.blocks])
    tables.put(t.DECLARED, [row for page in pages for row in page.declared])
    founding = story_id_of(pages[0].page.page)
    tables.put(t.STORIES, [Story(founding, founding, "", None, None, tuple(_id(page.page) for page in pages))])
    return run_stages(tables, TOLD_STAGES)


def _id(page: Page) -> PageId:
    return page.page


def _rows(tables: MemoryTables, reports: Mapping[str, Report], sides: Mapping[PageId, str]) -> Iterable[Row]:
    for row in tables.rows(t.ALIGNMENTS):
        if row.change in (Change.CUT, Change.ADDED):
            continue
        spans, change = {sides[row.a]: row.a_units, sides[row.b]: row.b_units}, row.change.value
        if sides[row.a] == "B":
            change = TURNED.get(change, change)
        kinds = frozenset(KIND_NAMES.get(kind, kind.value) for kind in row.kinds)
        a, b = (reports[side].numbers_of(spans[side]) for side in SIDES)
        yield Row(a, b, change, row.moved, kinds)


def _relation(tables: MemoryTables, sides: Mapping[PageId, str]) -> str:
    edges = [(sides.get(PageId(edge.source), "*"), sides[PageId(edge.target)]) for edge in tables.rows(t.STEMMA_EDGES)]
    for edge in (("A", "B"), ("B", "A")):
        if edge in edges:
            return ">".join(edge)
    targets = {target for source, target in edges if source == "*"}
    return "shared" if targets == set(SIDES) else "independent"


def _derivations(tables: MemoryTables, sides: Mapping[PageId, str]) -> dict[str, str]:
    """Return the derivation of each side; a report that is the source of the other is called so."""
    sources = {edge.source for edge in tables.rows(t.STEMMA_EDGES)}
    found = {}
    for row in tables.rows(t.REPORT_ORIGINS):
        is_source = row.page in sources and row.derivation is Derivation.NOT
        found[sides[row.page]] = "source" if is_source else row.derivation.value
    return found
