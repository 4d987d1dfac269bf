"""How alike two units are: words weighted by rarity within the story, word order, containment.

Owns the borders between kept, edited, rewritten and "not the same statement". The assignment of units to each
other is made in ``pairs.py``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from retold.stages.collation.tokens import Side, Unit, Wording
from retold.stages.collation.words import FORMULAIC, STOPWORDS, is_number

STOPWORD_WEIGHT = 0.1
FORMULAIC_WEIGHT = 0.4
NAME_OR_NUMBER_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Weights:
    """What each folded word of a story counts when units are compared.

    Holds what was worked out of units and pairs of one wording, which carriers of one text have in common.
    """

    by_fold: dict[str, float]
    _totals: dict[Wording, float] = field(default_factory=dict, compare=False, repr=False)
    _likeness: dict[tuple[Wording, Wording], Likeness] = field(default_factory=dict, compare=False, repr=False)

    def of(self, fold: str) -> float:
        """Return the weight of a word; 1 for one not seen when the weights were made."""
        return self.by_fold.get(fold, 1.0)

    def total(self, counts: Counter[str]) -> float:
        """Return the weight of all these words."""
        weight = self.by_fold.get
        return sum([weight(fold, 1.0) * n for fold, n in counts.items()])

    def of_unit(self, unit: Unit) -> float:
        """Return the weight of all words of a unit."""
        if unit.wording not in self._totals:
            self._totals[unit.wording] = self.total(unit.counts)
        return self._totals[unit.wording]

    def likeness(self, a: Unit, b: Unit) -> Likeness:
        """Return how alike two units are; symmetric."""
        pair = (a.wording, b.wording)
        if pair not in self._likeness:
            self._likeness[pair] = compare(a, b, self)
        return self._likeness[pair]


def weigh(sides: Iterable[Side]) -> Weights:
    """Return the weights of a story's words: rare ones, names and numbers weigh more.

    Rarity is counted inside reports (units that hold the word, per report that has it), so that a sentence does
    not lose weight because many reports carry it.
    """
    units_with: Counter[str] = Counter()
    sides_with: Counter[str] = Counter()
    chains: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    held: Counter[Wording] = Counter()
    units: dict[Wording, Unit] = {}
    for side in sides:
        sides_with.update({fold for unit in side.units for fold in unit.counts})
        for unit in side.units:
            held[unit.wording] += 1
            units[unit.wording] = unit
    for wording, n in held.items():
        for fold in units[wording].counts:
            units_with[fold] += n
        for token in units[wording].tokens[1:]:
            inner[token.fold] += n
            if token.capital:
                capital[token.fold] += n
            if token.chain:
                chains[token.fold] += n * token.chain
    weights = {}
    for fold, n in units_with.items():
        chain = chains[fold] / capital[fold] if 2 * capital[fold] > inner[fold] else 0.0
        weights[fold] = _kind_weight(fold, chain) / (1 + log(n / sides_with[fold]))
    return Weights(weights)


def _kind_weight(fold: str, chain: float) -> float:
    """Return what a word counts by kind; the words of a long name together count little more than one name."""
    if fold in STOPWORDS:
        return STOPWORD_WEIGHT
    if fold in FORMULAIC:
        return FORMULAIC_WEIGHT
    if chain >= 1:
        return 2 * NAME_OR_NUMBER_WEIGHT / (1 + chain)
    return NAME_OR_NUMBER_WEIGHT if is_number(fold) else 1.0


class Likeness(NamedTuple):
    """What two units share.

    ``share``: weight of common words over the mean weight of both (0..1); ``ordered``: the same for words common in
    the same order; ``same``: words in the same order over the mean number of words; ``contained``: weight of common
    words over the lighter unit's; ``common``: number of common telling words (see ``tokens.is_telling``), ``plain`` of
    those that are no names in both; ``run``: the most telling words in one unbroken run of equal words; ``quoted``: the
    same inside quotation marks of either.
    """

    share: float
    ordered: float
    same: float
    contained: float
    common: int
    plain: int
    run: int
    quoted: int = 0

    @property
    def score(self) -> float:
        """What the assignment adds up."""
        return (self.share + self.ordered) / 2


def compare(a: Unit, b: Unit, weights: Weights) -> Likeness:
    """Return how alike two units are; symmetric."""
    weight_a, weight_b, weight_of = weights.of_unit(a), weights.of_unit(b), weights.by_fold.get
    if not weight_a or not weight_b:
        return Likeness(0.0, 0.0, 0.0, 0.0, 0, 0, 0)
    in_b = b.counts
    weight = sum([weight_of(fold, 1.0) * min(n, in_b[fold]) for fold, n in a.counts.items() if fold in in_b])
    blocks = _equal_runs(a.folds, b.folds)
    ordered = sum([weight_of(fold, 1.0) for start, end, _ in blocks for fold in a.folds[start:end]])
    n_same = sum([end - start for start, end, _ in blocks])
    mean = (weight_a + weight_b) / 2
    common = {fold: min(n, b.telling[fold]) for fold, n in a.telling.items() if fold in b.telling}
    names = a.names & b.names
    return Likeness(
        share=weight / mean,
        ordered=ordered / mean,
        same=2 * n_same / (len(a.folds) + len(b.folds)),
        contained=weight / min(weight_a, weight_b),
        common=sum(common.values()),
        plain=sum([n for fold, n in common.items() if fold not in names]),
        run=max([sum(a.tells[start:end]) for start, end, _ in blocks], default=0),
        quoted=_quoted_in(a, b, blocks),
    )


def _quoted_in(a: Unit, b: Unit, blocks: Sequence[tuple[int, int, int]]) -> int:
    """Return the most telling words in a row that are equal and inside quotation marks of a or b."""
    if not a.wording[1] and not b.wording[1]:
        return 0
    return max((_quoted_run(a, b, *block) for block in blocks), default=0)


def _quoted_run(a: Unit, b: Unit, start: int, end: int, start_b: int) -> int:
    """Return the same of one run of equal words."""
    most = now = 0
    for i in range(start, end):
        is_quoted = a.tokens[i].quoted or b.tokens[start_b + i - start].quoted
        now = now + a.tells[i] if is_quoted else 0
        most = max(most, now)
    return most


def _equal_runs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the ranges of a that are runs of equal words along a longest common subsequence, and where in b."""
    return [(op.src_start, op.src_end, op.dest_start) for op in LCSseq.opcodes(a, b) if op.tag == "equal"]


# The borders were found by reading aligned and rejected pairs near them, line by line, in 500 groups of reports
# (AllSides stories and reuse pairs, BASIL; documents with an even sha256 of their id), and hold on the seed pages.
# They move together with the weights above; bench/transmission measures them on made transmissions.
EDITED_SAME = 0.6
"""Edited, not rewritten: most words the same in the same order ..."""
EDITED_CONTAINED = 0.9
EDITED_CONTAINED_SAME = 0.55
"""... or one unit holds the other almost whole and is not much longer."""

CLOSE_ORDERED = 0.6
CLOSE_BARE_SAME = 0.8
"""The same statement by their words in order: so much by weight; and by number, where they share hardly a word that is
no name (the same minister may do another thing)."""
REWRITTEN_SHARE = 0.48
REWRITTEN_COMMON = 3
REWRITTEN_PLAIN = 2
"""The same statement in other words: half of the weight in common, by three telling words of which two are no names.
Of 50 pairs read above this border about 46 were one statement; lists of the same names fail on the plain words."""
LONG_SHARE = 0.42
LONG_PLAIN = 6
LONGER_SHARE = 0.4
LONGER_PLAIN = 8
"""Long sentences may share less when they share many plain words."""
PASSAGE_SHARE = 0.33
PASSAGE_RUN = 5
PASSAGE_PLAIN = 3
"""Otherwise different sentences that share an unbroken passage (a clause, a quotation); titles with names do not
count as one, because a name counts once however long it is."""
QUOTED_RUN = 4
"""Whoever quotes so many telling words in a row that another report has reports the same statement."""
HELD_CONTAINED = 0.85
HELD_SHARE = 0.35
HELD_PLAIN = 4
"""A short sentence that stands almost whole, in other words around it, inside a long one."""
PLACE_SAME = 0.5
PLACE_ORDERED = 0.4
"""Between two sentences that are surely aligned, so much in the same order is enough: copies are read in order."""


def is_edited(like: Likeness) -> bool:
    """Tell whether most words are the same in the same order (one unit may hold the other)."""
    return like.same >= EDITED_SAME or _is_held(like)


def _is_held(like: Likeness) -> bool:
    is_whole = like.contained >= EDITED_CONTAINED and like.common >= REWRITTEN_COMMON
    return is_whole and like.same >= EDITED_CONTAINED_SAME


def is_same_statement(like: Likeness) -> bool:
    """Tell whether two units are the same statement, wherever they stand."""
    if like.same >= EDITED_SAME and like.ordered >= CLOSE_ORDERED:
        return like.plain >= REWRITTEN_PLAIN or like.same >= CLOSE_BARE_SAME
    if like.share >= REWRITTEN_SHARE:
        return _is_held(like) or (like.common >= REWRITTEN_COMMON and like.plain >= REWRITTEN_PLAIN)
    if like.share >= LONG_SHARE and like.plain >= LONG_PLAIN:
        return True
    if like.share >= LONGER_SHARE and like.plain >= LONGER_PLAIN:
        return True
    if like.quoted >= QUOTED_RUN and like.plain >= PASSAGE_PLAIN:
        return True
    if like.contained >= HELD_CONTAINED and like.share >= HELD_SHARE and like.plain >= HELD_PLAIN:
        return True
    return like.share >= PASSAGE_SHARE and like.run >= PASSAGE_RUN and like.plain >= PASSAGE_PLAIN


def is_same_in_place(like: Likeness) -> bool:
    """Tell whether two units left over between the same aligned neighbours are the same statement."""
    if is_same_statement(like):
        return True
    return like.same >= PLACE_SAME and like.ordered >= PLACE_ORDERED and like.common > 0


# A word in more units of one report than this finds no candidates (names of the story); others must do it.
POSTING_CAP = 48
CANDIDATES = 6
CANDIDATE_SHARE = 0.2


def candidates(a: Side, b: Side, weights: Weights, done: Collection[int] = ()) -> list[tuple[int, int]]:
    """Return the pairs of units worth comparing, found by their telling words through an index of b.

    At most ``CANDIDATES`` of b for each unit of a that is not ``done``.
    """
    if len(done) == len(a.units):
        return []
    index: dict[str, list[tuple[int, int]]] = defaultdict(list)
    wanted = {fold for i, unit in enumerate(a.units) if i not in done for fold in unit.counts if fold not in STOPWORDS}
    for j, unit in enumerate(b.units):
        for fold, n in unit.counts.items():
            if fold in wanted:
                index[fold].append((j, n))
    totals = [weights.of_unit(unit) for unit in b.units]
    found: list[tuple[int, int]] = []
    for i, unit in enumerate(a.units):
        if i in done:
            continue
        shared: dict[int, float] = defaultdict(float)
        for fold, n in unit.counts.items():
            posting = index.get(fold, ())
            if len(posting) <= POSTING_CAP:
                weight = weights.of(fold)
                for j, m in posting:
                    shared[j] += weight * min(n, m)
        total = weights.of_unit(unit)
        likely = [(2 * w / (total + totals[j]), j) for j, w in shared.items()]
        likely = sorted((item for item in likely if item[0] >= CANDIDATE_SHARE), key=lambda x: (-x[0], x[1]))
        found.extend((i, j) for _, j in likely[:CANDIDATES])
    return found
