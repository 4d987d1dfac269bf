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
    shares = [_shares(own, other, share) for own, other, share in _parts(a, b)]
    parts = tuple((name, round(sum(one.values()), 4)) for name, one in zip(PART_NAMES, shares, strict=True))
    is_same = a.text_hash is not None and a.text_hash == b.text_hash
    likeness = 1.0 if is_same else min(1.0, sum(share for _, share in parts))
    apart, factor = _time(a, b, lent)
    days = tuple((one.page, lent[one.page]) for one in (a, b) if one.moment is None and one.page in lent)
    printed = {**b.printed(), **a.printed()}
    words = tuple(
        WeighedWord(printed.get(key, key), told, round(sum(one.get(key, 0.0) for one in shares), 4))
        for key in heaviest(common_words(a, b))[:N_WORDS]
        if (told := tuple(name for name, one in zip(PART_NAMES, shares, strict=True) if key in one))
    )
    return Weighing(a.page, b.page, round(likeness, 4), parts, words, apart, factor, days)


def heaviest(weighs: Mapping[str, float]) -> list[str]:
    """Return the words, heaviest first, without those that are another one and an s (which an apostrophe leaves).

    >>> heaviest({"lund": 0.2, "lunds": 0.3, "pier": 0.1})
    ['lund', 'pier']
    """
    ordered = sorted(weighs, key=lambda key: (-round(weighs[key], 9), key))
    return [key for key in ordered if not (key.endswith("s") and key[:-1] in weighs)]


def common_words(a: Profile, b: Profile) -> dict[str, float]:
    """Return what each word (its key) that both have adds to the likeness, in whatever part of them it stands."""
    found: defaultdict[str, float] = defaultdict(float)
    for own, other, share in _parts(a, b):
        for key, adds in _shares(own, other, share).items():
            found[key] += adds
    return found


def _parts(a: Profile, b: Profile) -> Iterator[tuple[Mapping[str, float], Mapping[str, float], float]]:
    """Give the weights of each part of two reports, and the part's share."""
    for (share, _), own, other in zip(PARTS, a.part_weights(), b.part_weights(), strict=True):
        yield own, other, share


def _shares(own: Mapping[str, float], other: Mapping[str, float], share: float) -> dict[str, float]:
    return {key: share * own[key] * other[key] for key in sorted(own.keys() & other.keys())}


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
