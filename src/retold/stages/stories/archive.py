"""Stories over an archive: what one build costs is that of its new reports and the weeks around them.

Sketches of reports, scores of pairs, shares of copies and reasons are kept between builds as private tables; grouping
is done again over all scores, in arrays. The answer is that of ``stage.run`` over all pages, row for row, whatever was
built when; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

from retold.engine.archive.manifest import Part
from retold.engine.archive.snapshot import Snapshot
from retold.engine.archive.stage import ArchiveStage, Change, CorpusWork
from retold.model.fix import Fix, standing
from retold.model.page import PageId
from retold.model.story import Match, Story, StoryLink
from retold.stages.stories import knowing, sketches
from retold.stages.stories.overruled import links_by_hand, overruled, retitled
from retold.stages.stories.sketches import Sketch
from retold.stages.stories.stage import (
    CUT,
    STAGE,
    copied_share,
    first_of_equals,
    in_order,
    link_of,
    must_links,
    order_key,
    story_of,
    strengths,
)
from retold.tables.arrow import escaped, from_arrow, to_arrow, unescaped
from retold.tables.table import FIXES, MATCHES, STORIES, STORY_LINKS

if TYPE_CHECKING:
    import pyarrow as pa

SCORES, COPIES, REASONS = "stories.scores", "stories.copies", "stories.reasons"
FIXED = "stories.fixed"
"""How long the log of fixes was when the stories were formed."""
LAYOUT = 4
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
    """A story, the pairs to be told of it with their scores, and the links that only a person's word makes."""

    story: Story
    links: Mapping[Pages, float]
    by_hand: Sequence[StoryLink]


def run(work: CorpusWork) -> Change:
    """Bring the stories of an archive up to date with its new batches and with what people overruled."""
    import pyarrow as pa

    added = knowing.put_sketches(work)
    known = (*work.snapshot.parts(sketches.TABLE), *added)
    scored, outdated = _put_scores(work, known, added)
    reports = knowing.light_sketches(work, known)
    copies = _copies(work, known)
    scores = [part for part in (*work.snapshot.parts(SCORES), *scored) if part not in outdated]
    grouped = _grouped(work, known, reports, copies, scores)
    links, reasons = _links(work, grouped, copies)
    written = [
        work.put(FIXED, pa.table({"number": pa.array([log_length(work.snapshot)], pa.int64())})),
        *_put_all(work, STORIES.name, (to_arrow(STORIES, some) for some in _in_parts(one.story for one in grouped))),
        *_put_all(work, STORY_LINKS.name, (to_arrow(STORY_LINKS, some) for some in _in_parts(links))),
        *_put_all(work, COPIES, (_copy_rows(some) for some in _in_parts(copies.items()))),
        *_put_all(work, REASONS, (_reason_rows(some) for some in _in_parts(reasons))),
    ]
    old = [
        part
        for table in (FIXED, STORIES.name, STORY_LINKS.name, COPIES, REASONS)
        for part in work.snapshot.parts(table)
    ]
    kept = {*written, *scored}
    return Change((*added, *scored, *written), tuple(part for part in (*old, *outdated) if part not in kept))


MORE = "more"
"""The key of scores that were added to weeks without new reports: those of new reports that have no day."""


def _put_scores(
    work: CorpusWork, known: Sequence[Part], added: Sequence[Part]
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Score the weeks that have new reports about them; return the parts written, and those they take the place of."""
    from retold.stages.stories.asking import scores_by_week

    weeks = [sketches.week_of_key(key) for key in knowing.weeks_in(work, known)]
    new_weeks = [sketches.week_of_key(key) for key in knowing.weeks_in(work, added)]
    new = knowing.ids_in(work, added)
    found = scores_by_week(weeks, lambda week: knowing.asked_of_week(work, known, week), new, frozenset(new_weeks))
    written: list[Part] = []
    anew: set[str] = set()
    more = []
    for one in found:
        key = sketches.key_of_week(one.week)
        rows = knowing.score_rows(key, one.scored)
        if one.is_all:
            anew.add(key)
            if rows.num_rows:
                written.append(work.put(SCORES, rows, key=key))
        else:
            more.append(rows)
    outdated = [part for part in work.snapshot.parts(SCORES) if part.key in anew]
    for part in work.snapshot.parts(SCORES, key=MORE):
        rows = knowing.without_weeks(work.snapshot.read(part), anew)
        if more or rows.num_rows < part.rows:
            outdated.append(part)
            more.append(rows)
    if any(rows.num_rows for rows in more):
        written.append(work.put(SCORES, knowing.one_table(more), key=MORE))
    return tuple(written), tuple(part for part in outdated if part not in written)


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


def _grouped(
    work: CorpusWork,
    known: Sequence[Part],
    reports: Sequence[Sketch],
    copies: Mapping[Pages, _Copy],
    scores: Sequence[Part],
) -> list[_Grouped]:
    """Group the reports of the archive, and say which pairs are to be told of each story; in order of first report."""
    import numpy as np

    from retold.stages.stories.again import parted_in_arrays
    from retold.stages.stories.lending import with_lent_days_in_arrays
    from retold.stages.stories.many import likeness_inside
    from retold.stages.stories.rounds import joined
    from retold.stages.stories.sagas import with_sagas

    index = {report.page: i for i, report in enumerate(reports)}
    shares = {(index[PageId(a)], index[PageId(b)]): copy.share for (a, b), copy in copies.items()}
    must = must_links(reports, shares)
    first = np.array(first_of_equals(reports), np.int64)
    a, b, score = knowing.scores_as_arrays(work, scores, reports, first)
    days = np.array([sketches.day_number(report.moment) for report in reports], np.int64)
    score = with_lent_days_in_arrays(days, a, b, score)
    linked = {(min(pair), max(pair)) for i, j in must if len(pair := {int(first[i]), int(first[j])}) == 2}
    leader, merges, whole = parted_in_arrays(
        *joined(len(reports), a, b, score, linked, cut=CUT), (a, b, score), linked, days
    )
    leader = leader[first]
    named = dict(enumerate(likeness_inside(leader, a, b, score)[first].tolist()))
    made = zip(zip(merges.a.tolist(), merges.b.tolist(), strict=True), merges.score.tolist(), strict=True)
    members: dict[int, list[int]] = {}
    for i, one in enumerate(leader.tolist()):
        members.setdefault(one, []).append(i)
    fixes = fixes_in(work)
    by_people = overruled(reports, members.values(), fixes)
    ordered = sorted(
        (in_order(reports, group) for group in by_people.groups), key=lambda group: order_key(reports[group[0]])
    )
    stories = with_sagas(
        retitled((story_of(reports, group, named) for group in ordered), fixes),
        knowing.finders_by_page(work, known),
        {report.page: whole[one] for report, one in zip(reports, first.tolist(), strict=True) if one in whole},
    )
    home = {page: at for at, story in enumerate(stories) for page in story.pages}
    told: list[dict[Pages, float]] = [{} for _ in stories]
    for (i, j), strength in sorted(strengths(must, made).items()):
        a_page, b_page = reports[i].page, reports[j].page
        if home[a_page] == home[b_page]:
            told[home[a_page]][a_page, b_page] = strength
    return [
        _Grouped(story, links, links_by_hand(story, [(PageId(a), PageId(b)) for a, b in links], by_people.put_by))
        for story, links in zip(stories, told, strict=True)
    ]


def log_length(snapshot: Snapshot) -> int:
    """Return how many fixes the archive's log has."""
    return sum(part.rows for part in snapshot.parts(FIXES.name))


def is_behind(snapshot: Snapshot) -> bool:
    """Tell whether people have overruled something since the stories were formed."""
    applied = [n for part in snapshot.parts(FIXED) for n in snapshot.read(part).column("number").to_pylist()]
    return bool(applied) and applied != [log_length(snapshot)]


def fixes_in(work: CorpusWork) -> tuple[Fix, ...]:
    """Return what people overruled in the archive and nobody took back."""
    return standing(work.snapshot.rows(FIXES))


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
        links.extend(one.by_hand)
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
    writes=(STORIES.name, STORY_LINKS.name, sketches.TABLE, SCORES, COPIES, REASONS, FIXED),
    run=run,
)
"""Groups the reports of an archive into stories; a new day asks the weeks around it only."""
