"""The executor for small inputs: every table in memory as tuples of rows, every stage run in order.

Cuts the tables a stage reads down to its grain: a page-grain stage sees one page's rows, a story-grain stage the
rows of one story and of its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from retold.engine.stage import Stage
from retold.errors import TableError
from retold.model.story import Match, Story
from retold.tables.table import PAGES, STORIES, Grain, Rows, Table

R = TypeVar("R")


class MemoryTables:
    """All rows of one run, by table, findable by page and by story."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Any, ...]] = {}
        self._by_owner: dict[str, dict[str, list[Any]]] = {}

    def rows(self, table: Table[R]) -> tuple[R, ...]:
        """Return the rows of the table; none when nothing was written to it."""
        return self._rows.get(table.name, ())

    def put(self, table: Table[R], rows: Iterable[R]) -> None:
        """Set the rows of the table, each of which must be of the table's row class."""
        kept = tuple(rows)
        for kind in set(map(type, kept)):
            if not issubclass(kind, table.row):
                raise TableError(table.name, f"got a row of class {kind.__name__}, not {table.row.__name__}")
        by_owner: dict[str, list[Any]] = {}
        for owner, row in zip(_owners_of(table.row, kept), kept, strict=True):
            by_owner.setdefault(owner, []).append(row)
        self._rows[table.name] = kept
        self._by_owner[table.name] = by_owner

    def of_owner(self, table: Table[R], owner: str) -> list[R]:
        """Return the rows that belong to this page or story id, in their order."""
        return self._by_owner.get(table.name, {}).get(owner, [])


def _owners_of(kind: type[Any], rows: Sequence[Any]) -> Iterable[str]:
    """Return the owner of every row; those of most tables have a page and no story."""
    if hasattr(kind, "story") or not hasattr(kind, "page"):
        return map(_owner_of, rows)
    return [page or "" for page in map(attrgetter("page"), rows)]


def _owner_of(row: Any) -> str:
    """Return the id of the story a row belongs to, else of its page, else of its first page."""
    if isinstance(row, Match):
        return row.a
    return str(getattr(row, "story", None) or getattr(row, "page", None) or "")


class _Cut:
    """The tables of a run cut down to some pages and, for story tables, one story."""

    def __init__(self, tables: MemoryTables, pages: tuple[str, ...], story: str | None) -> None:
        self._tables, self._pages, self._story = tables, pages, story

    def rows(self, table: Table[R]) -> tuple[R, ...]:
        """Return the rows that belong to the page or story at hand, pages in story order."""
        owners: tuple[str, ...] = self._pages
        if table.grain is Grain.STORY or table.name in _STORY_OWNED:
            owners = (self._story,) if self._story else ()
        found = [row for owner in owners for row in self._tables.of_owner(table, owner)]
        if table.row is Match:
            inside = set(self._pages)
            found = [row for row in found if row.b in inside]  # type: ignore[attr-defined]  # rows of Match have b
        return tuple(found)


_STORY_OWNED = frozenset({"stories", "story_links"})


def page_rows(tables: MemoryTables, page: str) -> Rows:
    """Return the rows of one page."""
    return _Cut(tables, (page,), None)


def story_rows(tables: MemoryTables, story: Story) -> Rows:
    """Return the rows of one story and of its pages."""
    return _Cut(tables, story.pages, story.story)


def _cuts(tables: MemoryTables, grain: Grain) -> Iterator[Rows]:
    if grain is Grain.PAGE:
        for page in tables.rows(PAGES):
            yield page_rows(tables, page.page)
    elif grain is Grain.STORY:
        for told in tables.rows(STORIES):
            yield story_rows(tables, told)
    else:
        yield tables


def run_stages(tables: MemoryTables, stages: Sequence[Stage]) -> MemoryTables:
    """Run the stages in order over the tables, adding the tables they write; returns the same tables."""
    for stage in stages:
        written: dict[str, list[Any]] = {table.name: [] for table in stage.writes}
        for cut in _cuts(tables, stage.grain):
            for table, rows in stage.run(cut).items():
                if table.name not in written:
                    raise TableError(table.name, f"stage '{stage.name}' wrote it without declaring it")
                written[table.name].extend(rows)
        for table in stage.writes:
            tables.put(table, written[table.name])
    return tables
