"""The stage: from the rows of a story to its alignments and loci.

Up to ``ALL_PAIRS`` witnesses every pair is collated. In larger stories each witness is collated with the story's
earliest witness and with its nearest earlier one (the one it shares most words with), so that the cost grows with
the number of reports and not with its square; the loci join what these pairs join.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from retold.engine.stage import Stage, Written
from retold.model.page import PageId
from retold.model.report import COLLATED_KINDS
from retold.model.story import Alignment, Match, Story
from retold.plain.quotations import signatures
from retold.stages.collation.aligned import collate
from retold.stages.collation.describe import Known
from retold.stages.collation.likeness import weigh
from retold.stages.collation.loci import loci_of
from retold.stages.collation.pairs import Group, pair
from retold.stages.collation.tokens import Side, Unit, Wording, read_side
from retold.tables.table import ALIGNMENTS, LOCI, MATCHES, PAGES, SENTENCES, STORIES, Grain, Rows
from retold.text.spans import Span

ALL_PAIRS = 12


def run(rows: Rows) -> Written:
    """Collate one story: alignments of its pairs of witnesses, loci of all."""
    alignments: list[Alignment] = []
    loci = []
    for story in rows.rows(STORIES):
        pages, sides = _witnesses(rows, story)
        weights, known = weigh(sides), Known()
        groups = {(w, v): pair(sides[w], sides[v], weights) for w, v in _plan(pages, sides, rows.rows(MATCHES))}
        for (w, v), found in groups.items():
            alignments += _alignments(story, pages[w], pages[v], sides[w], sides[v], found, known)
        loci += loci_of(story.story, pages, sides, groups, weights, known)
    return {ALIGNMENTS: alignments, LOCI: loci}


STAGE = Stage("collation", (STORIES, PAGES, SENTENCES, MATCHES), (ALIGNMENTS, LOCI), Grain.STORY, 1, run)


def _witnesses(rows: Rows, story: Story) -> tuple[list[PageId], list[Side]]:
    """Return the story's pages in order of publication, each with its units in order of place.

    What signs an embedded post ("— Name (@name) May 3, 2021") states nothing and is no unit.
    """
    text = {page.page: page.text for page in rows.rows(PAGES)}
    spans: dict[PageId, list[Span]] = defaultdict(list)
    for sentence in rows.rows(SENTENCES):
        if sentence.kind in COLLATED_KINDS and sentence.span not in signatures(text[sentence.page], sentence.span):
            spans[sentence.page].append(sentence.span)
    pages = [page for page in story.pages if page in text]
    known: dict[Wording, Unit] = {}
    return pages, [_once(read_side(text[page], sorted(spans[page]), known)) for page in pages]


REPEATED_UNITS, REPEATED_WORDS = 3, 8
"""So many units of so many words that stand in a report twice are a text printed twice, not a standfirst that says
what the body says again."""


def _once(side: Side) -> Side:
    """Return the witness without what it prints a second time: a page that carries one wire copy twice has it once."""
    seen: set[tuple[str, ...]] = set()
    again: set[int] = set()
    for i, unit in enumerate(side.units):
        if len(unit.keys) >= REPEATED_WORDS and unit.keys in seen:
            again.add(i)
        seen.add(unit.keys)
    if len(again) < REPEATED_UNITS:
        return side
    return Side(side.text, tuple(unit for i, unit in enumerate(side.units) if i not in again))


def _plan(pages: Sequence[PageId], sides: Sequence[Side], matches: Sequence[Match]) -> list[tuple[int, int]]:
    """Return the pairs of witnesses to collate, earlier first."""
    n = len(pages)
    if n <= ALL_PAIRS:
        return [(w, v) for v in range(n) for w in range(v)]
    shared = _shared_words(pages, sides, matches)
    plan = set()
    for v in range(1, n):
        nearest = max(range(v), key=lambda w: (shared[w, v], -w))
        plan |= {(0, v), (nearest, v)}
    return sorted(plan, key=lambda p: (p[1], p[0]))


def _shared_words(pages: Sequence[PageId], sides: Sequence[Side], matches: Sequence[Match]) -> Counter[tuple[int, int]]:
    """Count the words two witnesses share: by their matches, and by their equal units."""
    at = {page: w for w, page in enumerate(pages)}
    shared: Counter[tuple[int, int]] = Counter()
    for match in matches:
        if match.a in at and match.b in at:
            w, v = sorted((at[match.a], at[match.b]))
            shared[w, v] += match.shared_words
    if shared:
        return shared
    having: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for w, side in enumerate(sides):
        for unit in side.units:
            having[unit.keys].add(w)
    for keys, witnesses in having.items():
        for w in witnesses:
            shared.update({(w, v): len(keys) for v in witnesses if w < v})
    return shared


def _alignments(
    story: Story, a: PageId, b: PageId, side_a: Side, side_b: Side, groups: Sequence[Group], known: Known
) -> list[Alignment]:
    return [
        Alignment(
            story.story,
            a,
            b,
            tuple(side_a.units[i].span for i in row.a),
            tuple(side_b.units[j].span for j in row.b),
            row.change,
            row.moved,
            row.kinds,
            row.edits,
        )
        for row in collate(side_a, side_b, groups, known)
    ]
