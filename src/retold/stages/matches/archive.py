"""Matches over an archive: every passage that two of its reports share, in bounded memory.

Less than a thousand pages take the plain twins, as everywhere. From there on a run compares new pages with all, and of
old ones those that a new page has put into another light (a text that came to stand in very many pages); the answer is
that of one run over all pages, row for row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from retold.engine.archive.reports import reports
from retold.engine.archive.running import whole
from retold.engine.archive.stage import ArchiveStage, Change, CorpusWork
from retold.stages.matches import COMPILED_FROM, STAGE
from retold.tables.table import MATCHES

if TYPE_CHECKING:
    import pyarrow as pa

LAYOUT = 1
"""Grows when the private tables change."""
PRIVATE = ("matches.pages", "matches.prints", "matches.pairs", "matches.found", "matches.masks")
"""The tables of ``kept``."""


def run(work: CorpusWork) -> Change:
    """Bring the matches of an archive up to date with its new batches."""
    n_pages = work.snapshot.manifest.n_pages
    if n_pages < COMPILED_FROM:
        return whole(STAGE).run(work)
    from retold.stages.matches.kept import Kept
    from retold.stages.matches.scaled import Options, found_of, partitions_for
    from retold.stages.matches.tabled import matches_tables

    kept = Kept(work)
    found = found_of(
        _told(work, is_all=kept.is_first), work.scratch, n_partitions=partitions_for(n_pages), before=kept.before(),
        options=Options(memory_bytes=work.memory_bytes),
    )  # fmt: skip
    added = [work.put(MATCHES.name, rows, key=f"{i:04}") for i, rows in enumerate(matches_tables(found, work.scratch))]
    own = kept.parts(found)
    old = (*work.snapshot.parts(MATCHES.name), *kept.stale())
    return Change((*added, *own), tuple(part for part in old if part not in {*added, *own}))


def _told(work: CorpusWork, *, is_all: bool) -> Iterator[pa.Table]:
    """Give the new reports, or all of them, batch by batch and say how many are read."""
    batches = work.snapshot.manifest.batches
    n_pages = sum(batch.pages for batch in batches if is_all or batch.batch in work.new)
    n_read = 0
    for table in reports(work.snapshot, batches=None if is_all else work.new):
        yield table
        n_read += table.num_rows
        work.say("matches", n_read, n_pages)


_READS = tuple(table.name for table in STAGE.reads)
ARCHIVE_STAGE = ArchiveStage("matches", STAGE.version * 100 + LAYOUT, _READS, (MATCHES.name, *PRIVATE), run)
