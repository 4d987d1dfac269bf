"""What the stage reads and keeps of an archive: sketches by week, scores as arrays, words of pages, profiles of pairs.

Owns the reading and writing of Arrow rows for ``archive``; decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retold.engine.archive.manifest import Manifest, Part
from retold.engine.archive.snapshot import Snapshot
from retold.engine.archive.stage import CorpusWork
from retold.engine.memory import MemoryTables
from retold.engine.pool import Caps, Failed, map_capped
from retold.model.page import PageId
from retold.model.story import Match, StoryId, StoryLink
from retold.stages.stories import sketches
from retold.stages.stories.profiles import Profile, profiles_of
from retold.stages.stories.sketches import UNDATED, Sketch, sketches_of
from retold.stages.stories.stage import STAGE
from retold.tables.table import FIXES, MATCHES, PAGES

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from retold.stages.stories.asking import Asked, Scored

BATCH_CAPS = Caps(cpu_s=1_800.0, wall_s=7_200.0, memory_mb=1_000)
"""For the sketches of a batch of 4,096 pages: some 30 times what they take. One over it is sketched here."""
ROWS_IN_A_GROUP = 256
"""Rows of sketches that are read at once, so that one week can be read out of a part that holds many."""
ROWS_IN_A_PART = 50_000
PAGES_AT_ONCE = 512
"""Reports whose words are held at once: 4,096 took 1.3 GB."""
PAIRS_AT_ONCE = 250
"""Pairs whose reasons are worked out at once, for the same reason."""

Pages = tuple[str, str]
Told = tuple[str, str, tuple[str, ...]]
"""A link's first and second page, and its reasons."""
LinkOf = Callable[[StoryId, Profile, Profile, float, Match | None], StoryLink]
_READS = tuple(table for table in STAGE.reads if table not in (MATCHES, FIXES))


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch to sketch: the archive's folder and the parts of the batch."""

    folder: str
    parts: tuple[Part, ...]


def put_sketches(work: CorpusWork) -> tuple[Part, ...]:
    """Sketch the reports of the new batches and write them in order of their weeks."""
    import pyarrow as pa

    batches = [
        _Batch(str(work.snapshot.folder), tuple(part for part in work.snapshot.manifest.parts if part.batch == batch))
        for batch in work.new
    ]
    parts: list[Part] = []
    waiting: list[pa.Table] = []
    answers = map_capped(_sketched, batches, jobs=work.jobs, caps=BATCH_CAPS, most_ahead=1)
    for done, (batch, answer) in enumerate(zip(batches, answers, strict=True), 1):
        waiting.append(_sketched(batch) if isinstance(answer, Failed) else answer)
        work.say("stories: reports", done, len(batches))
        if sum(rows.num_rows for rows in waiting) >= ROWS_IN_A_PART:
            parts.extend(_put_by_week(work, pa.concat_tables(waiting)))
            waiting = []
    if waiting:
        parts.extend(_put_by_week(work, pa.concat_tables(waiting)))
    return tuple(parts)


def _sketched(batch: _Batch) -> pa.Table:
    """Return the sketches of a batch, some hundred pages at a time; runs in a worker process."""
    import pyarrow as pa

    snapshot = Snapshot(Path(batch.folder), Manifest(parts=batch.parts))
    pages = [page for rows in snapshot.stream(PAGES.name, columns=["page"]) for page in rows.column(0).to_pylist()]
    found = []
    for at in range(0, len(pages), PAGES_AT_ONCE):
        tables = MemoryTables()
        for table in _READS:
            tables.put(table, snapshot.rows_of_pages(table, pages[at : at + PAGES_AT_ONCE]))
        found.append(sketches.rows_of(profiles_of(tables)))
    return pa.concat_tables(found)


def _put_by_week(work: CorpusWork, rows: pa.Table) -> Iterator[Part]:
    """Write sketches in order of week and page; those without a day apart."""
    import pyarrow.compute as pc

    undated = pc.equal(rows.column("week"), UNDATED)
    for some in (rows.filter(undated), rows.filter(pc.invert(undated))):
        if some.num_rows:
            some = some.sort_by([("week", "ascending"), ("page", "ascending")])
            weeks = some.column("week")
            key = f"{weeks[0].as_py()} {weeks[-1].as_py()}"
            yield work.put(sketches.TABLE, some, key=key, rows_in_a_group=ROWS_IN_A_GROUP)


def ids_in(work: CorpusWork, parts: Iterable[Part]) -> frozenset[PageId]:
    """Return the ids of the reports in some parts of sketches."""
    columns = (work.snapshot.read(part, columns=["page"]).column("page") for part in parts)
    return frozenset(PageId(page) for column in columns for page in column.to_pylist())


def weeks_in(work: CorpusWork, parts: Iterable[Part]) -> list[str]:
    """Return the weeks in which some parts of sketches have reports, in order."""
    columns = (work.snapshot.read(part, columns=["week"]).column("week").unique() for part in parts)
    return sorted({week for column in columns for week in column.to_pylist()})


def asked_of_week(work: CorpusWork, parts: Iterable[Part], week: int) -> Asked:
    """Return the reports of one week as they are asked."""
    import pyarrow as pa

    key = sketches.key_of_week(week)
    found = [
        work.snapshot.read_where(part, "week", key, columns=[*sketches.VECTOR_COLUMNS, "week"])
        for part in parts
        if part.key.split(" ")[0] <= key <= part.key.split(" ")[1]
    ]
    return sketches.asked_of(pa.concat_tables(found))


def finders_by_page(work: CorpusWork, parts: Iterable[Part]) -> dict[PageId, NDArray[np.uint32]]:
    """Return the words that each report is found by, as arrays."""
    found: dict[PageId, NDArray[np.uint32]] = {}
    for part in parts:
        rows = work.snapshot.read(part, columns=["page", "finders"])
        for page, finders in zip(rows.column("page"), rows.column("finders"), strict=True):
            found[PageId(page.as_py())] = finders.values.to_numpy(zero_copy_only=False)
    return found


def score_rows(week: str, scored: Scored) -> pa.Table:
    """Return the scores of a week as rows of the private table."""
    import pyarrow as pa

    columns = {"week": pa.array([week] * len(scored.a), pa.string()), "a": pa.array(scored.a, pa.string())}
    return pa.table({**columns, "b": pa.array(scored.b, pa.string()), "score": pa.array(scored.score, pa.int32())})


def without_weeks(rows: pa.Table, weeks: Collection[str]) -> pa.Table:
    """Return the rows of scores that are of none of these weeks."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return rows.filter(pc.invert(pc.is_in(rows.column("week"), pa.array(sorted(weeks), pa.string()))))


def one_table(tables: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of all these tables."""
    import pyarrow as pa

    return pa.concat_tables(tables)


def light_sketches(work: CorpusWork, parts: Iterable[Part]) -> list[Sketch]:
    """Return all reports of the archive without their vectors and words, in order of page id."""
    tables = (work.snapshot.read(part, columns=sketches.LIGHT_COLUMNS) for part in parts)
    return sorted((sketch for rows in tables for sketch in sketches_of(rows)), key=lambda sketch: sketch.page)


def words_of_pages(work: CorpusWork, parts: Iterable[Part], pages: Collection[str]) -> dict[str, Sketch]:
    """Return some reports with where their words begin, as arrays."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[str, Sketch] = {}
    wanted = pa.array(sorted(pages), pa.string())
    for part in parts if pages else ():
        rows = work.snapshot.read(part, columns=sketches.WORD_COLUMNS)
        rows = rows.filter(pc.is_in(rows.column("page"), wanted))
        for page, n_words, starts in zip(*(rows.column(name) for name in sketches.WORD_COLUMNS), strict=True):
            words = starts.values.to_numpy()
            found[page.as_py()] = sketches.of_words(PageId(page.as_py()), n_words.as_py(), words)
    return found


def scores_as_arrays(
    work: CorpusWork, parts: Iterable[Part], reports: Sequence[Sketch], first: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return all scored pairs once, as indices of reports, the smaller first, and their scores.

    A report that is the same as others of its day stands for all of them: ``first`` ``(n_reports,)`` says which does.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = pa.array([report.page for report in reports], pa.string())
    columns: list[list[Any]] = [[], [], []]
    for part in parts:
        rows = work.snapshot.read(part, columns=["a", "b", "score"])
        sides = [first[pc.index_in(rows.column(side), ids).to_numpy().astype(np.int64)] for side in ("a", "b")]
        columns[0].append(np.minimum(*sides))
        columns[1].append(np.maximum(*sides))
        columns[2].append(rows.column("score").to_numpy().astype(np.int64))
    if not columns[0]:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)
    a, b, score = (np.concatenate(column) for column in columns)
    _, once = np.unique(a * len(reports) + b, return_index=True)
    return a[once], b[once], score[once]


def reasons_of_pairs(work: CorpusWork, pairs: Sequence[Pages], link_of: LinkOf) -> dict[Pages, Told]:
    """Return what links these pairs, from the pages themselves; pairs of near days are worked out together."""
    found: dict[Pages, Told] = {}
    batch_of = _batches_by_page(work) if pairs else {}
    left = iter(sorted(pairs, key=lambda pair: (batch_of[pair[0]], batch_of[pair[1]], pair)))
    while some := list(islice(left, PAIRS_AT_ONCE)):
        work.say("stories: reasons", len(found), len(pairs))
        pages = {page for pair in some for page in pair}
        profiles = _profiles_of_pages(work, pages, {batch_of[page] for page in pages})
        matches = _matches_between(work, some)
        for a, b in some:
            link = link_of(StoryId(""), profiles[a], profiles[b], 0.0, matches.get((a, b)))
            found[a, b] = (link.a, link.b, link.reasons)
    return found


def _batches_by_page(work: CorpusWork) -> dict[str, str]:
    parts = work.snapshot.parts(PAGES.name)
    return {
        page: part.batch
        for part in parts
        for page in work.snapshot.read(part, columns=["page"]).column("page").to_pylist()
    }


def _profiles_of_pages(work: CorpusWork, pages: Collection[str], batches: Collection[str]) -> Mapping[str, Profile]:
    tables = MemoryTables()
    for table in _READS:
        tables.put(table, work.snapshot.rows_of_pages(table, pages, batches=batches))
    return {profile.page: profile for profile in profiles_of(tables)}


def _matches_between(work: CorpusWork, pairs: Sequence[Pages]) -> Mapping[Pages, Match]:
    pages = {page for pair in pairs for page in pair}
    wanted = set(pairs)
    rows = work.snapshot.rows_of_pages(MATCHES, pages)
    return {(match.a, match.b): match for match in rows if (match.a, match.b) in wanted}
