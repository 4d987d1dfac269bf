"""What two reports of a story have in common, and whether it is copying.

Owns the evidence of one pair: units kept or edited, their order, the words outside quotations, passages typed as
copies by the matches. Quotations and boilerplate make no evidence (two reporters who heard one speech share its words),
unless one of the two names the other as its source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold.model.page import PageId
from retold.model.story import Match, MatchSpan, MatchType
from retold.stages.stemma.naming import names_as_source, outlet_forms
from retold.stages.stemma.places import Place, is_quoted
from retold.stages.stemma.witnesses import Witness

SUBSTANTIAL_WORDS = 8
"""A common unit counts as copied text from this many words outside quotations; shorter ones arise by chance."""

COPIED_UNITS = 2
"""This many substantial common units are copying ..."""

COPIED_SHARE = 0.25
"""... and so is this share of one report's main text, if it is at least ``COPIED_WORDS`` words."""

COPIED_WORDS = 12

NAMED_WORDS = 25
"""So many common words, quoted or not, come from the outlet that a report names as a source: a long sentence, more than
the name of a thing. Set by hand on open groups of two reports."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The evidence of one pair, ``a < b``.

    ``common`` units stand in both, ``same`` of them word for word, ``ordered`` of them in one order in both;
    ``substantial`` are long enough to be no chance; ``words`` is the number of common words outside quotations.
    ``source`` is the report whose outlet the other one names as a source, where a passage is common, be it quoted.
    """

    a: PageId
    b: PageId
    common: int
    same: int
    ordered: int
    substantial: int
    words: int
    share_a: float
    share_b: float
    source: PageId | None = None

    @property
    def is_copying(self) -> bool:
        """Tell whether text went from one to the other or to both from a third."""
        share = max(self.share_a, self.share_b)
        return (
            self.source is not None
            or self.substantial >= COPIED_UNITS
            or (share >= COPIED_SHARE and self.words >= COPIED_WORDS)
        )

    def share_of(self, page: PageId) -> float:
        """Share (0..1) of the report's main text that is common."""
        return self.share_a if page == self.a else self.share_b


Pairs = Mapping[tuple[PageId, PageId], Pair]


def pairs_of(witnesses: Mapping[PageId, Witness], places: Sequence[Place], matches: Iterable[Match]) -> Pairs:
    """Return the pairs that have anything in common, by their two ids in order."""
    at: dict[PageId, list[int]] = {page: [] for page in witnesses}
    for i, place in enumerate(places):
        for page in place.variant:
            at[page].append(i)
    spans = {(match.a, match.b): match.spans for match in matches}
    pages = sorted(witnesses)
    found: dict[tuple[PageId, PageId], Pair] = {}
    for i, a in enumerate(pages):
        for b in pages[i + 1 :]:
            shared = sorted(set(at[a]) & set(at[b]))
            pair = _pair(witnesses[a], witnesses[b], [places[k] for k in shared], spans.get((a, b), ()))
            if pair.words or pair.source:
                found[(a, b)] = pair
    return found


def pair_of(pairs: Pairs, a: PageId, b: PageId) -> Pair | None:
    """Return the evidence of two reports in either order, or None where nothing is common."""
    return pairs.get((a, b) if a < b else (b, a))


def _pair(a: Witness, b: Witness, shared: list[Place], spans: tuple[MatchSpan, ...]) -> Pair:
    boilerplate = sorted((s.a0, s.a1) for s in spans if s.type is not MatchType.COPY)
    common = same = substantial = words = spoken = 0
    starts: list[tuple[int, int]] = []
    for place in shared:
        i, j = place.variant[a.page], place.variant[b.page]
        n_open = min(place.open_words[a.page], place.open_words[b.page], place.common_words(i, j))
        start = place.start(a.page)
        spoken += place.common_words(i, j) if place.is_alike(i, j) else 0
        typed_away = any(x <= start and place.spans[a.page][-1].end <= y for x, y in boilerplate)
        if not n_open or typed_away or 2 * n_open < len(place.keys[i]) or not place.is_alike(i, j):
            continue
        common += 1
        same += i == j
        substantial += n_open >= SUBSTANTIAL_WORDS
        words += n_open
        starts.append((start, place.start(b.page)))
    copied = sum(_open_words_in(a, s.a0, s.a1) for s in spans if s.type is MatchType.COPY)
    words = max(words, copied)
    spoken = max([spoken, *(len(a.words_in((s.a0, s.a1))) for s in spans if s.type is not MatchType.BOILERPLATE)])
    return Pair(
        a.page, b.page, common, same, _longest_order(starts), substantial, words,
        min(1.0, words / max(1, a.n_words)), min(1.0, words / max(1, b.n_words)),
        _named(a, b) if spoken >= NAMED_WORDS else None,
    )  # fmt: skip


def _named(a: Witness, b: Witness) -> PageId | None:
    """Return the report whose outlet the other names as a source, where it does not name the other's too."""
    a_names, b_names = names_as_source(a.text, b.outlet), names_as_source(b.text, a.outlet)
    if a_names == b_names or set(outlet_forms(a.outlet)) & set(outlet_forms(b.outlet)):
        return None
    return b.page if a_names else a.page


def _open_words_in(witness: Witness, start: int, end: int) -> int:
    return sum(not is_quoted(witness, word.start) for word in witness.words_in((start, end)))


def _longest_order(starts: list[tuple[int, int]]) -> int:
    """Return the length of the longest run of places that stand in one order in both (patience sorting)."""
    tails: list[int] = []
    for _, other in sorted(starts):
        i = bisect_left(tails, other)
        tails[i : i + 1] = [other]
    return len(tails)
