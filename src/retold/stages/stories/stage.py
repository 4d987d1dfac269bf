"""The stage: from what is known of every report to stories and the links that hold them together.

Owns must-links, the cut, the order of a story's reports, its id and its title. Scores, grouping and reasons
stand in the modules beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from retold.engine.stage import Stage, Written
from retold.model.page import PageId
from retold.model.story import Match, MatchType, Story, StoryId, StoryLink
from retold.stages.stories.evidence import reasons_of
from retold.stages.stories.grouping import Merge, group
from retold.stages.stories.profiles import Compared, Profile, profiles_of
from retold.stages.stories.scores import Pair, score_pairs
from retold.tables.table import (
    CREDITS,
    DATELINES,
    MATCHES,
    META,
    PAGES,
    SEGMENTS,
    SENTENCES,
    STORIES,
    STORY_LINKS,
    Grain,
    Rows,
)

CUT = 0.14
"""Mean score between two groups from which they may be one story. B-cubed F1 from .12 to .16: basil 1.000 to .989,
ecbplus train .925 to .918, allsides .913 to .908."""
COPIED = 0.5
"""Share of either main text in spans of type copy that makes a must-link."""
NEVER = datetime.max.replace(tzinfo=UTC)

MatchOf = Mapping[Pair, Match]


def copied_share(match: Match, a: Compared, b: Compared) -> float:
    """Return the larger share of either main text that stands in spans of type copy (0..1)."""
    copies = [span for span in match.spans if span.type is MatchType.COPY]
    n_copied = sum(min(a.words_in(span.a0, span.a1), b.words_in(span.b0, span.b1)) for span in copies)
    return max(
        min(match.containment_a, n_copied / max(1, a.n_words)),
        min(match.containment_b, n_copied / max(1, b.n_words)),
    )


def _must_links(profiles: Sequence[Profile], matches: MatchOf) -> dict[Pair, float]:
    """Return the pairs that are one story whatever their dates, with the share that makes them so."""
    links: dict[Pair, float] = {}
    for (i, j), match in sorted(matches.items()):
        share = copied_share(match, profiles[i], profiles[j])
        if share >= COPIED:
            links[i, j] = min(1.0, share)
    first_with: dict[str, int] = {}
    for i, profile in enumerate(profiles):
        if profile.text_hash and (first := first_with.setdefault(profile.text_hash, i)) != i:
            links[first, i] = 1.0
    return links


def _matches_of(profiles: Sequence[Profile], matches: Iterable[Match]) -> MatchOf:
    index = {profile.page: i for i, profile in enumerate(profiles)}
    return {(index[match.a], index[match.b]): match for match in matches if match.a in index and match.b in index}


def in_order(profiles: Sequence[Compared], members: Iterable[int]) -> list[int]:
    """Return the members by instant, unknown last, ties by source address.

    A time printed without a zone counts as in the zone that most of the others print.
    """
    found = list(members)
    offsets = Counter(m.offset for i in found if (m := profiles[i].moment) and m.offset is not None)
    zone = max(sorted(offsets), key=lambda offset: offsets[offset], default=timedelta())

    def key(i: int) -> tuple[bool, datetime, str, PageId]:
        moment = profiles[i].moment
        if moment is None:
            return True, NEVER, profiles[i].source, profiles[i].page
        instant = moment.instant - (zone if moment.offset is None else timedelta())
        return False, instant, profiles[i].source, profiles[i].page

    return sorted(found, key=key)


def order_key(profile: Compared) -> tuple[bool, datetime, str, PageId]:
    """Return the place of a report among all: by instant, unknown last, ties by source address."""
    moment = profile.moment
    return moment is None, moment.instant if moment else NEVER, profile.source, profile.page


def story_id_of(founding: PageId) -> StoryId:
    """Return the id of the story that this page founds (blake2b, 16 bytes).

    >>> story_id_of(PageId("0f" * 16)) == story_id_of(PageId("0f" * 16))
    True
    """
    return StoryId(blake2b(b"story\0" + founding.encode(), digest_size=16).hexdigest())


def _central(members: Sequence[int], scores: Mapping[Pair, float]) -> int:
    """Return the member most like all others; of equals the first in the story's order."""
    sums = dict.fromkeys(members, 0.0)
    for i in sorted(members):
        for j in sorted(members):
            score = scores.get((i, j), 0.0)
            sums[i] += score
            sums[j] += score
    return max(members, key=lambda i: sums[i])


def story_of(profiles: Sequence[Compared], members: Sequence[int], scores: Mapping[Pair, float]) -> Story:
    """Return the row of a story whose members stand in order."""
    days = sorted(moment.day for i in members if (moment := profiles[i].moment))
    story = story_id_of(profiles[members[0]].page)
    return Story(
        story=story,
        saga=story,
        title=profiles[_central(members, scores)].heading,
        first=days[0].isoformat() if days else None,
        last=days[-1].isoformat() if days else None,
        pages=tuple(profiles[i].page for i in members),
    )


def link_of(story: StoryId, a: Profile, b: Profile, score: float, match: Match | None) -> StoryLink:
    """Return the link of two reports with its reasons, the earlier one first."""
    if order_key(b) < order_key(a):
        a, b = b, a
    return StoryLink(story, a.page, b.page, round(score, 4), reasons_of(a, b, match))


def strengths(must: Mapping[Pair, float], merges: Iterable[Merge]) -> dict[Pair, float]:
    """Return the pairs to be told and their scores: all must-links, and the strongest pair of each merge."""
    return {**{(merge.a, merge.b): merge.score for merge in merges}, **must}


def run(rows: Rows) -> Written:
    """Group all pages into stories; every page is in exactly one."""
    profiles = profiles_of(rows)
    matches = _matches_of(profiles, rows.rows(MATCHES))
    scores, must = score_pairs(profiles), _must_links(profiles, matches)
    groups, merges = group(len(profiles), scores, must, cut=CUT)
    ordered = sorted(
        (in_order(profiles, members) for members in groups),
        key=lambda members: order_key(profiles[members[0]]),
    )
    stories = [story_of(profiles, members, scores) for members in ordered]
    story_holding = {page: story.story for story in stories for page in story.pages}
    links: defaultdict[StoryId, list[StoryLink]] = defaultdict(list)
    for (i, j), score in sorted(strengths(must, merges).items()):
        story = story_holding[profiles[i].page]
        links[story].append(link_of(story, profiles[i], profiles[j], score, matches.get((i, j))))
    return {STORIES: stories, STORY_LINKS: [link for story in stories for link in links[story.story]]}


STAGE = Stage(
    name="stories",
    reads=(PAGES, SEGMENTS, SENTENCES, META, DATELINES, CREDITS, MATCHES),
    writes=(STORIES, STORY_LINKS),
    grain=Grain.CORPUS,
    version=1,
    run=run,
)
"""Groups reports into stories, one per event, with the reasons."""
