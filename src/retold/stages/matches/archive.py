"""Matches over an archive: every passage that two of its reports share, in bounded memory.

Less than a thousand pages take the plain twins, as everywhere.
A run compares all pages, new and old: what a day adds costs a whole run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from retold.engine.archive.reports import reports
from retold.engine.archive.running import ROWS_IN_A_PART, whole
from retold.engine.archive.stage import ArchiveStage, Change, CorpusWork
from retold.stages.matches import COMPILED_FROM, STAGE
from retold.tables.table import MATCHES

if TYPE_CHECKING:
    import pyarrow as pa


def run(work: CorpusWork) -> Change:
    """Write the matches of all pages anew."""
    n_pages = work.snapshot.manifest.n_pages
    if n_pages < COMPILED_FROM:
        return whole(STAGE).run(work)
    from retold.stages.matches.scaled import found_of, partitions_for
    from retold.stages.matches.tabled import matches_table

    found = matches_table(found_of(_told(work, n_pages), work.scratch, n_partitions=partitions_for(n_pages)))
    added = [
        work.put(MATCHES.name, found.slice(first, ROWS_IN_A_PART), key=f"{first // ROWS_IN_A_PART:04}")
        for first in range(0, found.num_rows, ROWS_IN_A_PART)
    ]
    return Change(tuple(added), work.snapshot.parts(MATCHES.name))


def _told(work: CorpusWork, n_pages: int) -> Iterator[pa.Table]:
    """Give the reports batch by batch and say how many are read."""
    n_read = 0
    for table in reports(work.snapshot):
        yield table
        n_read += table.num_rows
        work.say("matches", n_read, n_pages)


_READS = tuple(table.name for table in STAGE.reads)
ARCHIVE_STAGE = ArchiveStage("matches", STAGE.version, _READS, (MATCHES.name,), run)
