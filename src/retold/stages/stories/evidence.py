"""Why two reports are told to be of one story, in words a person can check.

Owns the reasons of a ``StoryLink``; every one is a statement about the two pages that can be read off them.
Decides nothing: the decision fell in ``grouping``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from retold.model.story import Match
from retold.stages.stories import rarity
from retold.stages.stories.profiles import Profile
from retold.stages.stories.scores import days_apart
from retold.stages.stories.weighing import common_words, heaviest
from retold.text.spans import Span
from retold.text.words import words_of

ALIKE = 0.6
"""Two sentences count as the same with this share (Dice) of their words in common: an edit stays above it, two
sentences about one thing by two hands stay below."""
SHORT_UNIT, SHORT_ALIKE_UNIT = 4, 8
"""Sentences of fewer words are the same, or alike, by chance and left out."""
MOST_UNITS = 400
"""Sentences of a report that are looked at, so that a page of thousands costs no more."""
ALIKE_LEAD = 0.7
"""Leads with this share of the longer one's words in common, in order, are worth a reason."""
LONG_LEAD = 80
"""Words of a lead that are compared."""
TOLD_SHARE = 0.2
"""Share of main text in common from which it is told."""
N_WORDS = 5
"""Words in common shown at most."""

Keys = tuple[str, ...]


def reasons_of(a: Profile, b: Profile, match: Match | None) -> tuple[str, ...]:
    """Return the reasons, strongest kind first; ``match`` is the row of the two pages, if there is one."""
    found = [
        *_identity(a, b),
        *_lead_reasons(a, b),
        *_credit_reasons(a, b),
        *_sentence_reasons(a, b),
        *_share_reasons(a, b, match),
        *_word_reasons(a, b),
        *_date_reasons(a, b),
    ]
    return tuple(found) or ("their words are alike",)


def _keys(text: str, span: Span | None) -> Keys:
    return tuple(word.key for word in words_of(text, span)) if span else ()


def _identity(a: Profile, b: Profile) -> Iterator[str]:
    if a.text_hash and a.text_hash == b.text_hash:
        yield "the main texts are the same, word for word"
    headline = _keys(a.text, a.headline)
    if headline and headline == _keys(b.text, b.headline):
        yield "the headlines are the same"


def _lead_reasons(a: Profile, b: Profile) -> Iterator[str]:
    lead_a, lead_b = _keys(a.text, a.lead)[:LONG_LEAD], _keys(b.text, b.lead)[:LONG_LEAD]
    if not lead_a or not lead_b or not a.lead or not b.lead:
        return
    if _keys(a.text, a.lead) == _keys(b.text, b.lead):
        folded = [" ".join(p.text[slice(*p.lead)].split()) for p in (a, b) if p.lead]
        yield "the leads are identical" if folded[0] == folded[1] else "the leads are the same, word for word"
        return
    blocks = SequenceMatcher(None, lead_a, lead_b, autojunk=False).get_matching_blocks()
    common, longer = sum(block.size for block in blocks), max(len(lead_a), len(lead_b))
    if common >= ALIKE_LEAD * longer:
        yield f"{common} of the longer lead's {longer} words stand in both leads, in the same order"


def _credit_reasons(a: Profile, b: Profile) -> Iterator[str]:
    common = sorted(a.credits & b.credits)
    if common:
        yield f"both credit {' and '.join(common)}"


def _units(profile: Profile) -> list[Keys]:
    keys = (_keys(profile.text, unit) for unit in profile.units[:MOST_UNITS])
    return [unit for unit in keys if len(unit) >= SHORT_UNIT]


def _same_units(a: Sequence[Keys], b: Sequence[Keys]) -> Iterator[tuple[int, int]]:
    """Yield pairs of units equal word for word; the k-th of several equal ones goes with the k-th."""
    places: defaultdict[Keys, list[int]] = defaultdict(list)
    for j, unit in enumerate(b):
        places[unit].append(j)
    seen: Counter[Keys] = Counter()
    for i, unit in enumerate(a):
        if seen[unit] < len(places.get(unit, ())):
            yield i, places[unit][seen[unit]]
            seen[unit] += 1


def _alike_units(a: Sequence[Keys], b: Sequence[Keys], same: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of units that are alike, the best partner for each, among those that have no equal."""
    taken_a, taken_b = {i for i, _ in same}, {j for _, j in same}
    counted = {j: Counter(unit) for j, unit in enumerate(b) if j not in taken_b and len(unit) >= SHORT_ALIKE_UNIT}
    for i, unit in enumerate(a):
        if i in taken_a or len(unit) < SHORT_ALIKE_UNIT or not counted:
            continue
        words = Counter(unit)
        share, j = max((2 * (words & other).total() / (len(unit) + len(b[j])), -j) for j, other in counted.items())
        if share >= ALIKE:
            yield i, -j
            del counted[-j]


def _longest_in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence of pairs that rises on both sides (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    ordered = sorted(pairs)
    for k, (_, j) in enumerate(ordered):
        at = bisect_left(tails, j)
        tails[at : at + 1] = [j]
        ends[at : at + 1] = [k]
        before.append(ends[at - 1] if at else -1)
    chain: list[tuple[int, int]] = []
    k = ends[-1] if ends else -1
    while k >= 0:
        chain.append(ordered[k])
        k = before[k]
    return chain[::-1]


def _sentence_reasons(a: Profile, b: Profile) -> Iterator[str]:
    units_a, units_b = _units(a), _units(b)
    same = list(_same_units(units_a, units_b))
    chain = _longest_in_order([*same, *_alike_units(units_a, units_b, same)])
    if len(chain) >= 2:
        exact = sum(units_a[i] == units_b[j] for i, j in chain)
        told = "all" if exact == len(chain) else str(exact)
        alike = f"{len(chain)} sentences in the same order, {told} of them word for word"
        yield alike if exact else f"{len(chain)} sentences alike, in the same order"


def _share_reasons(a: Profile, b: Profile, match: Match | None) -> Iterator[str]:
    if match and max(match.containment_a, match.containment_b) >= TOLD_SHARE:
        shares = {match.a: match.containment_a, match.b: match.containment_b}
        told = (f"{shares[p.page]:.0%} of {p.label}".replace("%", " %") for p in (a, b))
        yield f"main text shared: {', '.join(told)}"


def _word_reasons(a: Profile, b: Profile) -> Iterator[str]:
    """Tell the words that weigh most, in text, names, headline and lead together."""
    told = heaviest(common_words(a, b))[:N_WORDS]
    if told:
        printed = a.printed()
        rare = "rare " if all(rarity.level_of(key) >= rarity.RARE_LEVEL for key in told) else ""
        yield f"{rare}words in common: {', '.join(printed.get(key, key) for key in told)}"


def _date_reasons(a: Profile, b: Profile) -> Iterator[str]:
    for one in (a, b):
        if one.wrong_clock:
            yield f"the date {one.wrong_clock} of {one.label} is that of a wrong clock and counts as unknown"
    apart = days_apart(a.moment, b.moment)
    if apart is None or not a.moment or not b.moment:
        return
    verb = "published" if a.moment.printed and b.moment.printed else "dated"
    yield f"{verb} the same day" if not apart else f"{verb} {apart} day{'s' if apart > 1 else ''} apart"
