"""What is broken in an archive, part by part and rule by rule: checksums first, then what the rows promise.

Reads everything once, one batch at a time. Names what is broken and what it is made from; mends nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retold.engine.archive import parts
from retold.engine.archive.manifest import Batch, Part, batch_id
from retold.engine.archive.snapshot import Snapshot
from retold.errors import ArchiveChangedError, BrokenPartError
from retold.tables import table as t
from retold.tables.table import ALL_TABLES, Grain

if TYPE_CHECKING:
    import pyarrow as pa

_PAGE_TABLES = tuple(table.name for table in ALL_TABLES if table.grain is Grain.PAGE and table is not t.PAGES)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something broken: where (a path below the folder), what is wrong, and the part it concerns, if it is one."""

    place: str
    says: str
    part: Part | None


def problems_in(snapshot: Snapshot, say: Callable[[str, int, int], None]) -> Iterator[Problem]:
    """Give all that is broken; what a broken part holds is not looked into."""
    broken: set[Part] = set()
    for i, part in enumerate(snapshot.manifest.parts):
        say("check", i, len(snapshot.manifest.parts))
        try:
            parts.verify(snapshot.folder, part)
        except (BrokenPartError, ArchiveChangedError) as error:
            broken.add(part)
            yield Problem(part.place, str(error).partition(";")[0], part)
    whole = _Whole(snapshot, frozenset(broken))
    for batch in snapshot.manifest.batches:
        yield from whole.of_batch(batch)
    yield from whole.of_corpus()


class _Whole:
    """The rules, over the parts that are not broken."""

    def __init__(self, snapshot: Snapshot, broken: frozenset[Part]) -> None:
        self.snapshot, self.broken = snapshot, broken
        self.lengths: dict[str, int] = {}
        self.all_pages_known = True

    def _parts(self, table: str, batch: str | None = None) -> list[Part]:
        found = self.snapshot.parts(table, batches=None if batch is None else (batch,))
        return [part for part in found if part not in self.broken]

    def of_batch(self, batch: Batch) -> Iterator[Problem]:
        """Give what is wrong with one batch."""
        pages = self._parts(t.PAGES.name, batch.batch)
        if len(pages) != 1:
            self.all_pages_known = False
            return
        rows = self.snapshot.read(pages[0], columns=["page", "text"])
        lengths = _lengths(rows)
        ids = rows.column("page").to_pylist()
        if len(lengths) != len(ids) or batch_id(ids) != batch.batch:
            yield Problem(pages[0].place, "does not hold the pages that its batch is named for", pages[0])
        twice = sorted(self.lengths.keys() & lengths.keys())
        if twice:
            yield Problem(pages[0].place, f"holds page '{twice[0]}', which another batch holds too", pages[0])
        self.lengths.update(lengths)
        for table in _PAGE_TABLES:
            for part in self._parts(table, batch.batch):
                yield from _of_page_rows(part, self.snapshot.read(part), lengths)

    def of_corpus(self) -> Iterator[Problem]:
        """Give what is wrong between pages; nothing can be said where pages are broken."""
        if not self.all_pages_known:
            return
        for part in self._parts(t.MATCHES.name):
            yield from _first(part, _bad_matches(self.snapshot.read(part), self.lengths))
        held: set[str] = set()
        stories = self._parts(t.STORIES.name)
        for part in stories:
            for row in self.snapshot.read(part, columns=["story", "pages"]).to_pylist():
                yield from _first(part, _bad_story(row, self.lengths, held))
                held.update(row["pages"])
        is_seen = len(getattr(self.snapshot.manifest.stage("stories"), "batches", ())) == len(
            self.snapshot.manifest.batches
        )
        left_out = sorted(self.lengths.keys() - held)
        if stories and is_seen and left_out:
            yield Problem(stories[0].place, f"leaves page '{left_out[0]}' in no story", stories[0])


def _first(part: Part, wrong: Iterator[str]) -> Iterator[Problem]:
    yield from (Problem(part.place, says, part) for says in list(wrong)[:1])


def _lengths(rows: pa.Table) -> dict[str, int]:
    """Return the code points of every page's text."""
    from retold.tables.arrow import unescaped

    return {
        page: len(unescaped(text))
        for page, text in zip(rows.column("page").to_pylist(), rows.column("text").to_pylist(), strict=True)
    }


def _of_page_rows(part: Part, rows: pa.Table, lengths: dict[str, int]) -> Iterator[Problem]:
    """Give the first row of a page-grain part that points at no page of its batch, or outside its text."""
    pages = rows.column("page").to_pylist()
    strange = next((page for page in pages if page not in lengths), None)
    if strange is not None:
        yield Problem(part.place, f"has a row of page '{strange}', which is not in its batch", part)
        return
    if part.table == t.SEGMENTS.name:
        yield from _first(part, _bad_tiling(rows, lengths))
    elif {"start", "end"} <= set(rows.column_names):
        yield from _first(part, _bad_spans(rows, lengths))


def _bad_spans(rows: pa.Table, lengths: dict[str, int]) -> Iterator[str]:
    columns = (rows.column(name).to_pylist() for name in ("page", "start", "end"))
    for page, start, end in zip(*columns, strict=True):
        if not 0 <= start <= end <= lengths[page]:
            yield f"has span {start}:{end} in page '{page}' of {lengths[page]} characters"


def _bad_tiling(rows: pa.Table, lengths: dict[str, int]) -> Iterator[str]:
    at = dict.fromkeys(lengths, 0)
    columns = (rows.column(name).to_pylist() for name in ("page", "start", "end"))
    for page, start, end in sorted(zip(*columns, strict=True)):
        if start != at[page] or end < start:
            yield f"has segments of page '{page}' that do not tile its text at {start}"
            return
        at[page] = end
    short = next((page for page, end in sorted(at.items()) if end != lengths[page]), None)
    if short is not None:
        yield f"has segments of page '{short}' that end at {at[short]} of {lengths[short]} characters"


def _bad_matches(rows: pa.Table, lengths: dict[str, int]) -> Iterator[str]:
    for row in rows.to_pylist():
        a, b = row["a"], row["b"]
        if a not in lengths or b not in lengths or a >= b:
            yield f"has a match of '{a}' and '{b}', which are not two pages of the archive in order"
            return
        for span in row["spans"]:
            inside_a = 0 <= span["a0"] <= span["a1"] <= lengths[a]
            if not (inside_a and 0 <= span["b0"] <= span["b1"] <= lengths[b]):
                yield f"has a match of '{a}' and '{b}' outside their texts"
                return


def _bad_story(row: dict[str, object], lengths: dict[str, int], held: set[str]) -> Iterator[str]:
    pages = row["pages"]
    assert isinstance(pages, list), "a column of lists"
    for page in pages:
        if page not in lengths:
            yield f"has story '{row['story']}' with page '{page}', which is not in the archive"
        elif page in held:
            yield f"has page '{page}' in two stories"
