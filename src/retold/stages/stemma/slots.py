"""The words of a place's source, slot by slot, as its carriers tell them, and what a carrier's wording has otherwise.

Owns the election of each word. A word that several carriers have in one slot is the source's where the others differ
from it and from each other: editors who change one word seldom choose the same one. A spelling and a style book's
words are no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from retold.stages.stemma.wordings import Key

ELECTED = 0.3
"""What the elected wording counts beside the carriers': less than any carrier."""
UNDECIDED = 0.02
"""Within so much of the votes of all the carriers are in two minds."""

STYLE_WORDS = frozenset(
    [
        *("per", "cent", "percent", "us", "u", "s", "senator", "sen", "governor", "gov", "mr", "mrs", "ms", "dr"),
        *("the", "a", "an", "of", "news", "agency", "agencys", "wire"),
    ]
)
"""Words that one style book writes and another does not; they prove nothing."""
NEAR_WORDS, LEAST_LETTERS = 2, 5
"""Words of so many letters that differ by so few, with one first letter, are spellings or forms of one."""


class Reading(NamedTuple):
    """What a wording has in a slot: ``words`` in place of the ``i``-th of the source (none: it is left out).

    Of a gap (``is_gap``) they stand before that word.
    """

    i: int
    is_gap: bool
    words: Key


class Word(NamedTuple):
    """A word that a wording put in (``is_put``) or left out, and the slot it stands in."""

    is_put: bool
    word: str
    i: int
    is_gap: bool


Slot = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a place of the source; ``readings`` are those that wordings have otherwise, by wording.

    ``doubtful`` readings may be the source's as well as its words here.
    """

    words: Key
    readings: Mapping[int, Sequence[Reading]]
    doubtful: frozenset[Reading]

    def differing(self, variant: int) -> Iterator[Word]:
        """Give the words that a wording has put in and left out, style and doubt left out."""
        for reading in self.readings[variant]:
            if reading in self.doubtful:
                continue
            gone = "" if reading.is_gap else self.words[reading.i]
            if any(is_spelling(word, gone) for word in reading.words):
                continue
            for word in reading.words:
                if word not in STYLE_WORDS:
                    yield Word(True, word, reading.i, reading.is_gap)
            if gone and gone not in STYLE_WORDS:
                yield Word(False, gone, reading.i, reading.is_gap)


def source_of(keys: Sequence[Key], elected: int, votes: Mapping[int, float]) -> Source:
    """Return the words of the source at a place whose wordings are ``keys``, each with its votes."""
    words = keys[elected]
    total = sum(votes.values()) + ELECTED
    for _ in range(PASSES):
        readings = {variant: readings_against(words, key) for variant, key in enumerate(keys)}
        tally = _tally(readings, votes)
        told = _consensus(words, tally, total)
        if told == words:
            break
        words = told
    else:
        readings = {variant: readings_against(words, key) for variant, key in enumerate(keys)}
        tally = _tally(readings, votes)
    kept = _kept(tally, total)
    slack = UNDECIDED * total
    doubtful = {r for r, vote in tally.items() if vote and vote + slack >= kept[r.i, r.is_gap]}
    return Source(words, readings, frozenset(doubtful))


PASSES = 2
"""The words told are set beside the wordings once more: they are nearer to each than the elected wording is."""


def known_source(keys: Sequence[Key], known: int) -> Source:
    """Return the words of a source that was read."""
    readings = {variant: readings_against(keys[known], key) for variant, key in enumerate(keys)}
    return Source(keys[known], readings, frozenset())


def readings_against(words: Key, key: Key) -> list[Reading]:
    """Return what a wording has otherwise, slot by slot.

    >>> readings_against(("the", "old", "pier", "burns"), ("the", "pier", "still", "smoked"))
    [Reading(i=1, is_gap=False, words=('pier',)), Reading(i=2, is_gap=False, words=('still',)), \
Reading(i=3, is_gap=False, words=('smoked',))]
    """
    found: dict[Slot, list[str]] = {}
    for op in Levenshtein.editops(words, key):
        put = found.setdefault((op.src_pos, op.tag == "insert"), [])
        if op.tag != "delete":
            put.append(key[op.dest_pos])
    return [Reading(i, is_gap, tuple(put)) for (i, is_gap), put in found.items()]


def _tally(readings: Mapping[int, Sequence[Reading]], votes: Mapping[int, float]) -> dict[Reading, float]:
    tally: dict[Reading, float] = {}
    for variant, held in readings.items():
        for reading in held:
            tally[reading] = tally.get(reading, 0.0) + votes.get(variant, 0.0)
    return tally


def _kept(tally: Mapping[Reading, float], total: float) -> dict[Slot, float]:
    """Return the votes for the words as they are, by slot."""
    kept: dict[Slot, float] = {}
    for reading, vote in tally.items():
        slot = reading.i, reading.is_gap
        kept[slot] = kept.get(slot, total) - vote
    return kept


def _consensus(words: Key, tally: Mapping[Reading, float], total: float) -> Key:
    """Return the words with those of most votes in each slot."""
    kept = _kept(tally, total)
    best: dict[Slot, tuple[float, Key]] = {}
    for reading in sorted(tally):
        slot, vote = (reading.i, reading.is_gap), tally[reading]
        if vote > kept[slot] + UNDECIDED * total and vote > best.get(slot, (0.0, ()))[0]:
            best[slot] = vote, reading.words
    told: list[str] = []
    for i in range(len(words) + 1):
        told += best.get((i, True), (0.0, ()))[1]
        if i < len(words):
            told += best[i, False][1] if (i, False) in best else (words[i],)
    return tuple(told)


def is_spelling(one: str, other: str) -> bool:
    """Tell whether two words are spellings or forms of one."""
    return min(len(one), len(other)) >= LEAST_LETTERS and one[0] == other[0] and OSA.distance(one, other) <= NEAR_WORDS
