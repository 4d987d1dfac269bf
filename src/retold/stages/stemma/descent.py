"""How likely one carrier took the text from another: what both did to their source, against what only one did.

Owns ``Marks``, what a carrier did to the source as sets of bits, and the score of one carrier as the source of another.
Spellings and an outlet's style are no marks: two outlets of one style book make the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retold.model.page import PageId
from retold.stages.stemma.places import Place
from retold.stages.stemma.slots import LEAST_LETTERS, Source, Word, known_source, source_of
from retold.stages.stemma.wordings import Key

SHARED_WORD, LACKED_WORD = 3.0, -1.0
"""A word put in by the upper carrier that the lower has too, and one that it lacks."""
SHARED_LOSS, REGAINED_WORD = 0.7, -1.2
"""A word of the source that both lack (two editors often drop the same), and one the lower has though the upper not."""
SHARED_PLACE, LACKED_PLACE = 5.0, -1.0
"""A sentence that the upper one added to the source and the lower has too, or lacks."""
SHARED_CUT, REGAINED = 1.5, -3.0
"""A sentence both lack before their ends, and one that the lower has though the upper lacks it."""
MOST_REGAINED_TAIL = 3
"""Sentences behind the upper one's end that count when the lower has them: it went on where the upper stopped."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a carrier did to the source, as sets of bits.

    ``words``: words put in and taken out; ``added``: places the source has not; ``cut``: its places left out before the
    carrier's last one; ``tail``: those after it; ``has``: places of the source it has; ``reach``: all word bits at
    them; ``within``: added places before its last one; ``firm``: of the words, figures and those put into a wording
    that is else the source's.
    """

    words: int
    added: int
    cut: int
    tail: int
    has: int
    reach: int
    within: int
    firm: int

    @property
    def n(self) -> int:
        """How much it did."""
        return self.words.bit_count() + self.added.bit_count() + self.cut.bit_count()


@dataclass(frozen=True, slots=True)
class Fit:
    """How one carrier fits as the source of another: ``shared`` speaks for it, ``against`` (negative) does not."""

    shared: float
    against: float
    n_shared: int
    is_contradicted: bool

    @property
    def score(self) -> float:
        """The sum of both."""
        return self.shared + self.against


@dataclass(slots=True)
class Bits:
    """Which place each word's bit belongs to, the mask of each place, and the bits of words ``put`` in."""

    places: list[int]
    masks: dict[int, int]
    put: int = 0
    figures: int = 0
    by_figure: dict[str, int] = field(default_factory=dict)

    def count(self, words: int) -> int:
        """Count words, at most ``MOST_WORDS`` a place: one place that was aligned amiss must not decide."""
        n = 0
        while words:
            mask = self.masks[self.places[(words & -words).bit_length() - 1]]
            n += min(MOST_WORDS, (words & mask).bit_count())
            words &= ~mask
        return n


MOST_WORDS = 2


def fit_of(above: Marks, below: Marks, bits: Bits) -> Fit:
    """Return how the first carrier fits as the source of the second."""
    common, alone = above.words & below.words, above.words & ~below.words & below.reach
    words, taken = bits.count(common & bits.put), bits.count(common & ~bits.put)
    lacked, kept = bits.count(alone & bits.put), bits.count(alone & ~bits.put)
    added = (above.added & below.added).bit_count()
    gone = (above.added & ~below.added & below.within).bit_count()
    inside = (above.cut & below.cut).bit_count()
    regained = (above.cut & below.has).bit_count() + min(MOST_REGAINED_TAIL, (above.tail & below.has).bit_count())
    shared = SHARED_WORD * words + SHARED_LOSS * taken + SHARED_PLACE * added + SHARED_CUT * inside
    against = LACKED_WORD * lacked + REGAINED_WORD * kept + LACKED_PLACE * gone + REGAINED * regained
    return Fit(shared, against, words + added + inside, -against > CONTRADICTED * shared)


def most_of(above: Marks, below: Marks, bits: Bits) -> float:
    """Return at most how well the first carrier fits as the source of the second: a bound quick to work out."""
    common = above.words & below.words
    n_put = (common & bits.put).bit_count()
    regained = (above.cut & below.has).bit_count() + min(MOST_REGAINED_TAIL, (above.tail & below.has).bit_count())
    most = SHARED_WORD * n_put + SHARED_LOSS * (common.bit_count() - n_put)
    most += SHARED_PLACE * (above.added & below.added).bit_count() + SHARED_CUT * (above.cut & below.cut).bit_count()
    if most <= 0:
        return 0.0
    return most + REGAINED * regained + LACKED_PLACE * (above.added & ~below.added & below.within).bit_count()


CONTRADICTED = 0.6
"""Where what speaks against is more than this share of what speaks for it, the two share a third copy, unseen."""


def marks_of(
    carriers: Sequence[PageId],
    source: Mapping[int, int],
    places: Sequence[Place],
    known: PageId | None,
    weights: Mapping[PageId, float],
    corrected: Mapping[PageId, frozenset[str]],
) -> tuple[dict[PageId, Marks], Bits]:
    """Return what each carrier did to the source, whose variants are given by index of the place.

    Figures that a carrier's own note of correction names (``corrected``) are no marks: the note went to all.

    ``known`` is the source where it was read; else its words are told by the carriers, each with its weight.
    """
    last = {page: max((i for i in source if page in places[i].variant), default=-1) for page in carriers}
    bits: dict[PageId, list[int]] = {page: [0] * 5 for page in carriers}
    frame = Bits([], {})
    n_place = 0
    of_source, of_added = [0], [0]  # the bits of places before each place
    for i, place in enumerate(places):
        n_before = n_place
        if i not in source:
            low, high = max(0, i - NEAR_PLACES), min(len(places), i + NEAR_PLACES + 1)
            near = [places[k] for k in range(low, high) if k in source]
            low, high = max(0, i - FAR_PLACES), min(len(places), i + FAR_PLACES + 1)
            if len(place.variant) > 1 and any(
                _is_other_half(place, places[k]) for k in range(low, high) if k in source
            ):
                near = [place]
            n_place = _mark_added(place, near, bits, n_place)
        else:
            n_place += 1
            _mark_words(place, known, source[i], i, weights, frame, bits, 1 << n_before)
        new = (1 << n_place) - (1 << n_before)
        of_source.append(of_source[-1] | (new if i in source else 0))
        of_added.append(of_added[-1] | (0 if i in source else new))
    found: dict[PageId, Marks] = {}
    for page, (words, added, has, reach, firm) in bits.items():
        noted = sum(frame.by_figure.get(figure, 0) for figure in corrected.get(page, ()))
        at = max(0, last[page])
        cut, tail = of_source[at] & ~has, of_source[-1] & ~of_source[at] & ~has
        found[page] = Marks(words & ~noted, added, cut, tail, has, reach, of_added[at], firm & ~noted)
    return found, frame


def _mark_words(
    place: Place,
    known: PageId | None,
    elected: int,
    i_place: int,
    weights: Mapping[PageId, float],
    frame: Bits,
    bits: Mapping[PageId, list[int]],
    here: int,
) -> None:
    """Give a bit to each word that some wording of a place of the source has otherwise."""
    n_before = len(frame.places)
    words, firm, n_word = _word_bits(place, known, elected, weights, frame)
    frame.places.extend([i_place] * (n_word - n_before))
    frame.masks[i_place] = every = (1 << n_word) - (1 << n_before)
    for page, variant in place.variant.items():
        mine = bits.get(page)
        if mine is not None:
            mine[0] |= words[variant]
            mine[2] |= here
            mine[3] |= every
            mine[4] |= firm[variant]


NEAR_PLACES = 3
PART_SHARE = 0.6
"""A place most of whose words stand in the source near by is a part of a sentence that was split, and not added."""


def _mark_added(place: Place, near: Sequence[Place], bits: Mapping[PageId, list[int]], n_place: int) -> int:
    """Give a bit to each group of alike wordings of a place that the source has not; return the bits used."""
    groups: list[int] = []
    for variant in sorted(set(place.variant.values())):
        if not any(place.is_alike(variant, first) for first in groups):
            groups.append(variant)
    told = [set(key) for other in near for key in other.keys]
    parts = {variant for variant in set(place.variant.values()) if _is_part(place.keys[variant], told)}
    for page, variant in place.variant.items():
        if page in bits and variant not in parts:
            k = next(k for k, first in enumerate(groups) if place.is_alike(variant, first))
            bits[page][1] |= 1 << (n_place + k)
    return n_place + len(groups)


FAR_PLACES, HALF_SHARE = 10, 0.35
"""A place whose carriers all lack one of the source near by, and have so much of its words, is a part of that: its
sentence was edited so much that it was aligned apart."""


def _is_other_half(place: Place, told: Place) -> bool:
    """Tell whether the carriers of a place that was added only have a place of the source in other words."""
    if not place.variant.keys().isdisjoint(told.variant):
        return False
    words = {word for key in told.keys for word in key}
    shares = []
    for key in place.keys:
        telling = [word for word in key if len(word) >= LEAST_LETTERS] or key
        shares.append(sum(word in words for word in telling) / max(1, len(telling)))
    return max(shares) >= HALF_SHARE


def _is_part(key: Key, told: Sequence[set[str]]) -> bool:
    telling = [word for word in key if len(word) >= LEAST_LETTERS] or key
    return any(sum(word in words for word in telling) >= PART_SHARE * len(telling) for words in told)


def _word_bits(
    place: Place, known: PageId | None, elected: int, weights: Mapping[PageId, float], frame: Bits
) -> tuple[dict[int, int], dict[int, int], int]:
    """Return for each wording of a place the bits of its words that differ from the source's, and the firm ones.

    Returns also the number of bits used.
    """
    source, n_word = _source_at(place, known, elected, weights), len(frame.places)
    bit_by_word: dict[Word, int] = {}
    found: dict[int, int] = {}
    firm: dict[int, int] = {}
    for variant in range(len(place.keys)):
        differing = tuple(source.differing(variant))
        is_near = len(differing) <= NEAR_WORDING
        has_figure = any(word.is_put and word.word[:1].isdigit() for word in differing)
        mine = firmly = 0
        for word in differing:
            bit = bit_by_word.setdefault(word, 1 << (n_word + len(bit_by_word)))
            is_figure = word.word[:1].isdigit()
            mine |= bit
            frame.put |= bit if word.is_put else 0
            if is_figure:
                frame.figures |= bit
                frame.by_figure[word.word] = frame.by_figure.get(word.word, 0) | bit
            firmly |= bit if is_near and (word.is_put or (has_figure and is_figure)) else 0
        found[variant], firm[variant] = mine, firmly
    return found, firm, n_word + len(bit_by_word)


def _source_at(place: Place, known: PageId | None, elected: int, weights: Mapping[PageId, float]) -> Source:
    if known is not None and known in place.variant:
        return known_source(place.keys, place.variant[known])
    votes: dict[int, float] = {}
    for page, variant in sorted(place.variant.items()):
        votes[variant] = votes.get(variant, 0.0) + weights.get(page, 0.0)
    return source_of(place.keys, elected, votes)


NEAR_WORDING = 12
"""A wording with more words put in or left out may be one that was aligned amiss (a sentence joined to another)."""


def shared_news(one: Marks, other: Marks, bits: Bits) -> float:
    """Return how much two carriers have in common that hardly two editors find: figures, sentences, words put in."""
    firm, news, n = one.firm & other.firm, 0.0, 0
    while firm:
        mask = bits.masks[bits.places[(firm & -firm).bit_length() - 1]]
        news += NEW_FIGURE if firm & mask & bits.figures else NEW_WORD
        firm &= ~mask
    n = (one.added & other.added).bit_count()
    return news + NEW_SENTENCE * n


NEW_FIGURE, NEW_WORD, NEW_SENTENCE = 2.0, 0.5, 2.0
"""By place. Two carriers that none of the two can have from the other share a third, unseen, from ``ONE_TAKE`` on."""
ONE_TAKE = 2.0
