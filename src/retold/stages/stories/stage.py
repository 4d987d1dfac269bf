"""The stage: from what is known of every report to stories and the links that hold them together.

Owns must-links, the cut, the order of a story's reports, its id and its title. Scores, grouping and reasons
stand in the modules beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from retold.engine.stage import Stage, Written
from retold.model.fix import standing
from retold.model.page import PageId
from retold.model.story import Match, MatchType, Story, StoryId, StoryLink
from retold.stages.stories.again import parted
from retold.stages.stories.evidence import reasons_of
from retold.stages.stories.grouping import group
from retold.stages.stories.lending import NO_DAY, with_lent_days
from retold.stages.stories.overruled import links_by_hand, overruled, retitled
from retold.stages.stories.profiles import Compared, Profile, profiles_of
from retold.stages.stories.scores import SCALE, WINDOW_DAYS, Pair, days_apart, score_pairs, week_of
from retold.tables.table import (
    CREDITS,
    DATELINES,
    FIXES,
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

CUT = 0.12
"""Mean score between two groups from which they may be one story. B-cubed F1 at .12, .13 and .14: allsides among all
.907, .905, .903, basil 1.000, 1.000, .993, ecbplus train .920, .916, .916; so each two of the sets choose it for the
third."""
COPIED = 0.5
"""Share of either main text in spans of type copy that makes a must-link."""
UPDATE_DAYS = 1
"""An outlet's own words again within so many days are an update of its report; later ones may be a series."""
MOST_REPRINTS = 2
"""A text that comes again, beyond the window, in more weeks than this is a standing one; a reprint or a wrong clock
puts it in one or two."""
MANY = 1_000
"""From so many reports on arrays and the kernel are quicker."""
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


def must_links(profiles: Sequence[Compared], shares: Mapping[Pair, float]) -> dict[Pair, float]:
    """Return the pairs that are one story whatever else is said of them, with the share (0..1) that makes them so.

    They are reports with the same main text, and those of which one has half of its main text from the other; but an
    outlet's own later report that repeats its words is judged by its score (it may be a series), and a text told again
    over the months joins none of those far apart (it stands in many pages). ``shares`` is what matches say.
    """
    links = {
        (i, j): min(1.0, share)
        for (i, j), share in sorted(shares.items())
        if share >= COPIED and not _is_of_a_series(profiles[i], profiles[j])
    }
    first_with: dict[str, int] = {}
    for i, profile in enumerate(profiles):
        if profile.text_hash and (first := first_with.setdefault(profile.text_hash, i)) != i:
            links[first, i] = 1.0
    far = [pair for pair in links if _is_far(profiles[pair[0]], profiles[pair[1]])]
    weeks_told: defaultdict[int, set[int]] = defaultdict(set)
    for i, j in far:
        weeks_told[i].add(week_of(profiles[j].moment))
        weeks_told[j].add(week_of(profiles[i].moment))
    standing = {i for i, weeks in weeks_told.items() if len(weeks) > MOST_REPRINTS}
    return {pair: share for pair, share in links.items() if pair not in far or standing.isdisjoint(pair)}


def _is_of_a_series(a: Compared, b: Compared) -> bool:
    """Tell whether two reports of one outlet lie further apart than a report and its update."""
    apart = days_apart(a.moment, b.moment)
    return a.outlet is not None and a.outlet == b.outlet and apart is not None and apart > UPDATE_DAYS


def _is_far(a: Compared, b: Compared) -> bool:
    apart = days_apart(a.moment, b.moment)
    return apart is not None and apart > WINDOW_DAYS


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


def story_of(profiles: Sequence[Compared], members: Sequence[int], likeness: Mapping[int, int]) -> Story:
    """Return the row of a story whose members stand in order; it is named by the one most like all others."""
    days = sorted(moment.day for i in members if (moment := profiles[i].moment))
    story = story_id_of(profiles[members[0]].page)
    return Story(
        story=story,
        saga=story,
        title=profiles[max(members, key=lambda i: likeness.get(i, 0))].heading,
        first=days[0].isoformat() if days else None,
        last=days[-1].isoformat() if days else None,
        pages=tuple(profiles[i].page for i in members),
    )


def link_of(story: StoryId, a: Profile, b: Profile, score: float, match: Match | None) -> StoryLink:
    """Return the link of two reports with its reasons, the earlier one first."""
    if order_key(b) < order_key(a):
        a, b = b, a
    return StoryLink(story, a.page, b.page, round(score, 4), reasons_of(a, b, match))


def first_of_equals(profiles: Sequence[Compared]) -> list[int]:
    """Return for each report the first of those that are the same, on the same day: only that one is compared."""
    first_with: dict[str, int] = {}
    return [i if one.same is None else first_with.setdefault(one.same, i) for i, one in enumerate(profiles)]


def strengths(must: Mapping[Pair, float], merges: Iterable[tuple[Pair, int]]) -> dict[Pair, float]:
    """Return the pairs to be told and their scores.

    They are the strongest pair of each merge, and of the must-links, strongest first, as many as hold together all that
    must be.
    """
    leader: dict[int, int] = {}

    def leader_of(i: int) -> int:
        while (up := leader.setdefault(i, i)) != i:
            leader[i] = leader[up]
            i = leader[i]
        return i

    told: dict[Pair, float] = {}
    for (i, j), share in sorted(must.items(), key=lambda link: (-link[1], link[0])):
        a, b = leader_of(i), leader_of(j)
        if a != b:
            leader[max(a, b)] = min(a, b)
            told[i, j] = share
    return {**{pair: score / SCALE for pair, score in merges}, **told}


def run(rows: Rows) -> Written:
    """Group all pages into stories; every page is in exactly one."""
    profiles = profiles_of(rows)
    matches = _matches_of(profiles, rows.rows(MATCHES))
    shares = {(i, j): copied_share(match, profiles[i], profiles[j]) for (i, j), match in matches.items()}
    must = must_links(profiles, shares)
    first = first_of_equals(profiles)
    compared = sorted(set(first))
    place = {i: at for at, i in enumerate(compared)}
    linked = {(min(pair), max(pair)) for i, j in must if len(pair := {place[first[i]], place[first[j]]}) == 2}
    grouped = _grouped([profiles[i] for i in compared], linked)
    told = strengths(must, (((compared[i], compared[j]), score) for (i, j), score in grouped.merges))
    copies: defaultdict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(first):
        copies[one].append(i)
    parts = [[i for at in members for i in copies[compared[at]]] for members in grouped.groups]
    fixes = standing(rows.rows(FIXES))
    by_people = overruled(profiles, parts, fixes)
    ordered = sorted(
        (in_order(profiles, members) for members in by_people.groups),
        key=lambda members: order_key(profiles[members[0]]),
    )
    named = {i: grouped.likeness.get(place[one], 0) for i, one in enumerate(first)}
    stories = retitled((story_of(profiles, members, named) for members in ordered), fixes)
    if len(stories) > 1:
        from retold.stages.stories.sagas import with_sagas

        whole = {
            profiles[i].page: grouped.whole[place[one]] for i, one in enumerate(first) if place[one] in grouped.whole
        }
        stories = with_sagas(stories, {one.page: one.features.finders for one in profiles}, whole)
    story_holding = {page: story.story for story in stories for page in story.pages}
    links: defaultdict[StoryId, list[StoryLink]] = defaultdict(list)
    for (i, j), strength in sorted(told.items()):
        story = story_holding[profiles[i].page]
        if story == story_holding[profiles[j].page]:
            links[story].append(link_of(story, profiles[i], profiles[j], strength, matches.get((i, j))))
    for told_story in stories:
        own = links[told_story.story]
        own.extend(links_by_hand(told_story, [(link.a, link.b) for link in own], by_people.put_by))
    return {STORIES: stories, STORY_LINKS: [link for story in stories for link in links[story.story]]}


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of indices; the strongest pair of each merge and its score; how like the others of its group each is.

    ``whole`` names for each index of a group that was parted (see ``again``) the first index of the whole.
    """

    groups: Sequence[Sequence[int]]
    merges: Sequence[tuple[Pair, int]]
    likeness: Mapping[int, int]
    whole: Mapping[int, int]


def _grouped(profiles: Sequence[Profile], linked: Iterable[Pair]) -> Grouped:
    """Score and group reports: many of them in arrays."""
    if len(profiles) >= MANY:
        from retold.stages.stories.many import grouped_in_arrays

        return grouped_in_arrays(profiles, linked, cut=CUT)
    days = [one.moment.day.toordinal() if one.moment else NO_DAY for one in profiles]
    scores = with_lent_days(days, score_pairs(profiles))
    must = tuple(linked)
    groups, merges, whole = parted(*group(len(profiles), scores, must, cut=CUT), scores, must, days)
    holding = {i: members for members in groups for i in members}
    likeness: Counter[int] = Counter()
    for (i, j), score in scores.items():
        if holding[i] is holding[j]:
            likeness.update({i: score, j: score})
    return Grouped(groups, [((merge.a, merge.b), merge.score) for merge in merges], likeness, whole)


STAGE = Stage(
    name="stories",
    reads=(PAGES, SEGMENTS, SENTENCES, META, DATELINES, CREDITS, MATCHES, FIXES),
    writes=(STORIES, STORY_LINKS),
    grain=Grain.CORPUS,
    version=5,
    run=run,
)
"""Groups reports into stories, one per event, with the reasons."""
