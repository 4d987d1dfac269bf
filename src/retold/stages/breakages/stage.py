"""The stage: gathers what the story's cuts and edits broke, in order of report and place.

Owns the order of the rows and that nothing is told twice; each kind of breakage has its module.
"""

from __future__ import annotations

from retold.engine.stage import Stage, Written
from retold.model.story import Breakage
from retold.stages.breakages.context import context_of
from retold.stages.breakages.corrections import missed_corrections
from retold.stages.breakages.losses import lost_words
from retold.stages.breakages.names import orphaned_names
from retold.stages.breakages.pronouns import orphaned_pairs, orphaned_pronouns
from retold.stages.breakages.speakers import orphaned_speakers
from retold.stages.breakages.values import changed_values
from retold.tables import table as t
from retold.tables.table import Rows

JUDGES = (
    orphaned_pronouns, orphaned_pairs, orphaned_names, orphaned_speakers,
    lost_words, changed_values, missed_corrections,
)  # fmt: skip
"""Each looks at a whole story and yields breakages; the first to name a place and kind is kept."""


def run(rows: Rows) -> Written:
    """Return the breakages of the story."""
    found: list[Breakage] = []
    for story in rows.rows(t.STORIES):
        context = context_of(story, rows)
        told: dict[tuple[str, int, int, str], Breakage] = {}
        for judge in JUDGES:
            for row in judge(context):
                told.setdefault((row.page, row.span.start, row.span.end, row.kind), row)
        order = {page: i for i, page in enumerate(story.pages)}
        found += sorted(told.values(), key=lambda row: (order[row.page], row.span, row.kind))
    return {t.BREAKAGES: found}


STAGE = Stage(
    name="breakages",
    reads=(
        t.STORIES, t.PAGES, t.SEGMENTS, t.SENTENCES, t.META, t.MENTIONS, t.NOTES, t.REPORT_DATES, t.ALIGNMENTS, t.LOCI,
        t.STEMMA_EDGES,
    ),
    writes=(t.BREAKAGES,),
    grain=t.Grain.STORY,
    version=3,
    run=run,
)  # fmt: skip
