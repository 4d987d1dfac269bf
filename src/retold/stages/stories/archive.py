"""Stories over an archive: what one build costs is that of its new reports and the weeks around them.

Sketches of reports, scores of pairs, shares of copies and reasons are kept between builds as private tables; grouping
is done again over all scores, part by part of their graph. The answer is that of ``stage.run`` over all pages, row for
row, whatever was built when; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

from retold.engine.archive.manifest import Part
from retold.engine.archive.stage import ArchiveStage, Change, CorpusWork
from retold.model.page import PageId
from retold.model.story import Match, Story, StoryLink
from retold.stages.stories import knowing, sketches
from retold.stages.stories.asking import new_scores
from retold.stages.stories.components import Component, components
from retold.stages.stories.grouping import group
from retold.stages.stories.scores import Pair
from retold.stages.stories.sketches import Sketch
from retold.stages.stories.stage import (
    COPIED,
    CUT,
    STAGE,
    copied_share,
    in_order,
    link_of,
    order_key,
    story_of,
    strengths,
)
from retold.tables.arrow import escaped, from_arrow, to_arrow, unescaped
from retold.tables.table import MATCHES, STORIES, STORY_LINKS

if TYPE_CHECKING:
    import pyarrow as pa

SCORES, COPIES, REASONS = "stories.scores", "stories.copies", "stories.reasons"
LAYOUT = 1
"""Grows when the private tables change."""
ROWS_IN_A_PART = 500_000

Pages = tuple[str, str]
"""Two pages, the smaller id first."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """What a match says: a hash of its row, and the share that is copied."""

    told: str
    share: float


@dataclass(frozen=True, slots=True)
class _Grouped:
    """A story and the pairs to be told of it with their scores."""

    story: Story
    links: Mapping[Pages, float]


def run(work: CorpusWork) -> Change:
    """Bring the stories of an archive up to date with its new batches."""
    added = knowing.put_sketches(work)
    new = knowing.ids_in(work, added)
    known = (*work.snapshot.parts(sketches.TABLE), *added)
    scored = _put_scores(work, known, added, new)
    reports = knowing.light_sketches(work, known)
    index = {report.page: i for i, report in enumerate(reports)}
    copies = _copies(work, known)
    must = _must_links(reports, index, copies)
    a, b, scores = knowing.scores_as_arrays(work, (*work.snapshot.parts(SCORES), *scored), reports)
    parts = components(len(reports), a, b, scores, must, cut=CUT)
    grouped = [one for part in parts for one in _grouped(reports, part, must)]
    grouped.sort(key=lambda one: order_key(reports[index[one.story.pages[0]]]))
    links, reasons = _links(work, grouped, copies)
    written = [
        *_put_all(work, STORIES.name, (to_arrow(STORIES, some) for some in _in_parts(one.story for one in grouped))),
        *_put_all(work, STORY_LINKS.name, (to_arrow(STORY_LINKS, some) for some in _in_parts(links))),
        *_put_all(work, COPIES, (_copy_rows(some) for some in _in_parts(copies.items()))),
        *_put_all(work, REASONS, (_reason_rows(some) for some in _in_parts(reasons))),
    ]
    old = [part for table in (STORIES.name, STORY_LINKS.name, COPIES, REASONS) for part in work.snapshot.parts(table)]
    return Change((*added, *scored, *written), tuple(part for part in old if part not in written))


def _put_scores(
    work: CorpusWork, known: Sequence[Part], added: Sequence[Part], new: frozenset[PageId]
) -> tuple[Part, ...]:
    """Score the pairs of which one report is new, and write them."""
    import pyarrow as pa

    weeks, new_weeks = knowing.weeks_in(work, known), knowing.weeks_in(work, added)
    found = new_scores(weeks, lambda week: knowing.sketches_of_week(work, known, week), new, frozenset(new_weeks))
    parts: list[Part] = []
    for some in _in_parts(found):
        one, other, score = zip(*some, strict=True)
        rows = pa.table({"a": pa.array(one), "b": pa.array(other), "score": pa.array(score)})
        parts.append(work.put(SCORES, rows))
    return tuple(parts)


def _copies(work: CorpusWork, known: Sequence[Part]) -> dict[Pages, _Copy]:
    """Return what every match of the archive says; only of those that are new or changed the words are counted."""
    before = {
        (row["a"], row["b"]): _Copy(row["told"], row["share"])
        for part in work.snapshot.parts(COPIES)
        for row in work.snapshot.read(part).to_pylist()
    }
    found: dict[Pages, _Copy] = {}
    for part in work.snapshot.parts(MATCHES.name):
        matches = from_arrow(MATCHES, work.snapshot.read(part))
        told = {(match.a, match.b): _hash_of(match) for match in matches}
        due = [match for match in matches if before.get((match.a, match.b), _NONE).told != told[match.a, match.b]]
        words = knowing.words_of_pages(work, known, {page for match in due for page in (match.a, match.b)})
        found.update({pair: before[pair] for pair in told if pair in before and before[pair].told == told[pair]})
        for match in due:
            share = copied_share(match, words[match.a], words[match.b])
            found[match.a, match.b] = _Copy(told[match.a, match.b], share)
    return found


_NONE = _Copy("", 0.0)


def _hash_of(match: Match) -> str:
    return blake2b(repr(match).encode(), digest_size=16).hexdigest()


def _must_links(
    reports: Sequence[Sketch], index: Mapping[PageId, int], copies: Mapping[Pages, _Copy]
) -> dict[Pair, float]:
    """Return the pairs that are one story whatever their dates, as ``stage`` finds them."""
    links = {
        (index[PageId(a)], index[PageId(b)]): min(1.0, copy.share)
        for (a, b), copy in sorted(copies.items())
        if copy.share >= COPIED
    }
    first_with: dict[str, int] = {}
    for i, report in enumerate(reports):
        if report.text_hash and (first := first_with.setdefault(report.text_hash, i)) != i:
            links[first, i] = 1.0
    return links


def _grouped(reports: Sequence[Sketch], part: Component, must: Mapping[Pair, float]) -> Iterator[_Grouped]:
    """Group the reports of one part of the graph by themselves."""
    local = {i: at for at, i in enumerate(part.members)}
    own = [reports[i] for i in part.members]
    scores = {(local[i], local[j]): score for (i, j), score in part.scores.items()}
    linked = {(local[i], local[j]): must[i, j] for i, j in part.must_links}
    groups, merges = group(len(own), scores, linked, cut=CUT)
    told: dict[int, dict[Pages, float]] = {}
    group_of = {i: at for at, members in enumerate(groups) for i in members}
    for (i, j), score in sorted(strengths(linked, merges).items()):
        told.setdefault(group_of[i], {})[own[i].page, own[j].page] = score
    for at, members in enumerate(groups):
        yield _Grouped(story_of(own, in_order(own, members), scores), told.get(at, {}))


def _links(
    work: CorpusWork, grouped: Sequence[_Grouped], copies: Mapping[Pages, _Copy]
) -> tuple[list[StoryLink], list[tuple[Pages, str, StoryLink]]]:
    """Return the links of all stories, and what is kept of them: pair, hash of its match, link.

    Reasons that were found before, of pairs whose match has not changed, are not worked out again.
    """
    before = {
        (row["a"], row["b"]): (row["told"], (row["first"], row["second"], tuple(map(unescaped, row["reasons"]))))
        for part in work.snapshot.parts(REASONS)
        for row in work.snapshot.read(part).to_pylist()
    }
    told = {pair: copies.get(pair, _NONE).told for one in grouped for pair in one.links}
    due = [pair for pair in told if before.get(pair, (None, None))[0] != told[pair]]
    worked_out = knowing.reasons_of_pairs(work, due, link_of)
    links: list[StoryLink] = []
    kept: list[tuple[Pages, str, StoryLink]] = []
    for one in grouped:
        for pair, score in one.links.items():
            first, second, reasons = worked_out[pair] if pair in worked_out else before[pair][1]
            link = StoryLink(one.story.story, PageId(first), PageId(second), round(score, 4), reasons)
            links.append(link)
            kept.append((pair, told[pair], link))
    return links, kept


def _in_parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Give the rows in lists of a part's size."""
    left = iter(rows)
    while some := list(islice(left, ROWS_IN_A_PART)):
        yield some


def _put_all(work: CorpusWork, table: str, tables: Iterable[pa.Table]) -> Iterator[Part]:
    for number, rows in enumerate(tables):
        yield work.put(table, rows, key=f"{number:04}")


def _copy_rows(copies: Sequence[tuple[Pages, _Copy]]) -> pa.Table:
    import pyarrow as pa

    rows = [{"a": a, "b": b, "told": copy.told, "share": copy.share} for (a, b), copy in copies]
    texts = [(name, pa.string()) for name in ("a", "b", "told")]
    return pa.Table.from_pylist(rows, schema=pa.schema([*texts, ("share", pa.float64())]))


def _reason_rows(kept: Sequence[tuple[Pages, str, StoryLink]]) -> pa.Table:
    import pyarrow as pa

    texts = [(name, pa.string()) for name in ("a", "b", "told", "first", "second")]
    rows = [
        {
            "a": a,
            "b": b,
            "told": told,
            "first": link.a,
            "second": link.b,
            "reasons": [escaped(reason) for reason in link.reasons],
        }
        for (a, b), told, link in kept
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema([*texts, ("reasons", pa.list_(pa.string()))]))


ARCHIVE_STAGE = ArchiveStage(
    name=STAGE.name,
    version=STAGE.version * 100 + LAYOUT,
    reads=tuple(table.name for table in STAGE.reads),
    writes=(STORIES.name, STORY_LINKS.name, sketches.TABLE, SCORES, COPIES, REASONS),
    run=run,
)
"""Groups the reports of an archive into stories; a new day asks the weeks around it only."""
