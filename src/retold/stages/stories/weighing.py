"""How alike two reports are, told: what text, names and lead add, which words weigh most, what time leaves of it.

Works the score of a pair out again from the words themselves, where ``scores`` has only their numbers. Asked for by
``retold why``; nothing of it is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from retold.model.page import PageId
from retold.model.story import WeighedWord, Weighing
from retold.stages.stories.features import PARTS
from retold.stages.stories.profiles import Profile, profiles_of
from retold.stages.stories.scores import DECAY, SCALE, UNKNOWN_FACTOR, WINDOW_DAYS
from retold.tables.table import Rows

N_WORDS = 8
"""Words told at most, heaviest first; of all words of a true pair they hold about half of the likeness."""
PART_NAMES = ("text", "names", "headline and lead")


def weighing_of(rows: Rows, a: PageId, b: PageId, lent: Mapping[PageId, str] | None = None) -> Weighing:
    """Return how alike two of these pages are, and why; ``lent`` is the ISO day that pages without one count as of."""
    profiles = {profile.page: profile for profile in profiles_of(rows)}
    return weighed(profiles[a], profiles[b], lent or {})


def weighed(a: Profile, b: Profile, lent: Mapping[PageId, str]) -> Weighing:
    """Return how alike two reports are, and why."""
    words = sorted(_words(a, b), key=lambda one: (-one.share, one.word, one.part))
    parts = tuple((name, round(sum(one.share for one in words if one.part == name), 4)) for name in PART_NAMES)
    is_same = a.text_hash is not None and a.text_hash == b.text_hash
    likeness = 1.0 if is_same else min(1.0, sum(share for _, share in parts))
    apart, factor = _time(a, b, lent)
    days = tuple((one.page, lent[one.page]) for one in (a, b) if one.moment is None and one.page in lent)
    return Weighing(a.page, b.page, round(likeness, 4), parts, tuple(words[:N_WORDS]), apart, factor, days)


def _time(a: Profile, b: Profile, lent: Mapping[PageId, str]) -> tuple[int | None, float]:
    """Return the days between two reports and what they leave of a likeness."""
    days = [_day(one, lent) for one in (a, b)]
    if days[0] is None or days[1] is None:
        return None, UNKNOWN_FACTOR
    apart = abs((days[0] - days[1]).days)
    return apart, round(DECAY[apart] / SCALE, 4) if apart <= WINDOW_DAYS else 0.0


def _day(profile: Profile, lent: Mapping[PageId, str]) -> date | None:
    if profile.moment:
        return profile.moment.day
    return date.fromisoformat(lent[profile.page]) if profile.page in lent else None


def common_words(a: Profile, b: Profile) -> dict[str, float]:
    """Return what each word (its key) that both have adds to the likeness, in whatever part of them it stands."""
    found: defaultdict[str, float] = defaultdict(float)
    for (share, _), own, other in zip(PARTS, a.part_weights(), b.part_weights(), strict=True):
        for key in sorted(own.keys() & other.keys()):
            found[key] += share * own[key] * other[key]
    return found


def _words(a: Profile, b: Profile) -> Iterator[WeighedWord]:
    """Give the words that both have, each with what it adds to the likeness."""
    printed = {**b.printed(), **a.printed()}
    for name, (share, _), own, other in zip(PART_NAMES, PARTS, a.part_weights(), b.part_weights(), strict=True):
        for key in sorted(own.keys() & other.keys()):
            yield WeighedWord(printed.get(key, key), name, round(share * own[key] * other[key], 4))
