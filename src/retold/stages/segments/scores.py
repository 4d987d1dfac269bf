"""How much each thing seen speaks for running text of the report: the weights, and their sum with its reasons.

Owns the numbers, kept apart from the measuring (``features``) and from what follows from the sums (``passes``).
Weights are about log-odds; they were set by hand on the even-numbered documents of lines/fundus-inscriptis and
-wetlike and pages/fundus, and must be looked at together: body and not-body meet at 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from retold.stages.segments.elements import CLASS_WEIGHTS, ELEMENT_WEIGHTS
from retold.stages.segments.features import Seen

# Words in the block: (at least, weight), first that fits.
_LENGTH = ((40, 2.6), (25, 2.2), (15, 1.4), (9, 0.4), (5, -0.8), (0, -1.8))
# Share of the page's running text at the same place: (at least, weight).
_PLACE = ((0.5, 1.5), (0.2, 0.8), (0.08, 0.0), (0.0, -1.2))
_TELLTALE = {"whole": -4.5, "starts": -3.6, "holds": -2.2}
# A tell-tale phrase weighs more in fewer words than this.
_SHORT = 30


class Reason(NamedTuple):
    """One thing seen and what it weighs."""

    weight: float
    says: str


def _step(table: tuple[tuple[float, float], ...], value: float) -> float:
    return next(weight for least, weight in table if value >= least)


def _length_table(weights: tuple[tuple[float, float], ...], longest: int) -> tuple[float, ...]:
    return tuple(_step(weights, n) for n in range(longest + 1))


_LONGEST = 40
_BY_LENGTH = _length_table(_LENGTH, _LONGEST)
# Sums of the same weights in another order differ in the last places; 0 is no reading either way.
_PLACES = 9
# Words from which each thing is looked at.
_UNFINISHED_WORDS, _FUNCTION_WORDS, _CAPITAL_WORDS = 8, 6, 10


def _place_weight(seen: Seen) -> float:
    place = _step(_PLACE, seen.place_share)
    return place * (1.0 - seen.place_menu_share) if place > 0 else place


def _of_words(seen: Seen) -> Iterator[Reason]:
    yield Reason(_step(_LENGTH, seen.n_words), f"{seen.n_words} words")
    if seen.ends_sentence:
        yield Reason(1.3, "ends like a sentence")
    else:
        yield Reason(-1.6 if seen.n_words >= _UNFINISHED_WORDS else -1.2, "does not end like a sentence")
    if seen.opens_with_dateline:
        yield Reason(4.0, "a dateline opens it")
    if seen.inner_sentences:
        yield Reason(1.2, "several sentences")
    if seen.n_words >= _FUNCTION_WORDS and seen.function_share is not None:
        if seen.function_share >= 0.25:
            yield Reason(0.7, "many function words")
        elif seen.function_share < 0.12:
            yield Reason(-1.2, "few function words")
    if _is_in_capitals(seen):
        yield Reason(-3.0, "most words in capitals, as in menus")
    if seen.says_twice:
        yield Reason(-3.0, "says the same twice")
    if seen.digit_share > 0.2:
        yield Reason(-1.5, "mostly figures")


def _is_in_capitals(seen: Seen) -> bool:
    if seen.n_words < _CAPITAL_WORDS or seen.ends_sentence:
        return False
    return seen.capital_share > 0.7 and not seen.text.isupper()


def _of_layout(seen: Seen) -> Iterator[Reason]:
    yield Reason(_place_weight(seen), f"{seen.place_share:.0%} of the running text stands at this place")
    if seen.is_sentence and seen.pasted:
        yield Reason(1.5, "the page is mostly running text")
    if seen.bullet:
        yield Reason(-1.8, "a bullet opens it")
    if seen.link_share > 0.6:
        yield Reason(-3.0, "mostly links")
    elif seen.link_share > 0.35:
        yield Reason(-1.0, "many links")
    if seen.repeats > 1:
        yield Reason(-2.0, "stands more than once on the page")
    if seen.block.hidden:
        yield Reason(-2.5, "hidden by the page")
    for element in sorted(seen.elements & ELEMENT_WEIGHTS.keys()):
        yield Reason(ELEMENT_WEIGHTS[element], f"inside <{element}>")
    for kind in sorted(seen.class_kinds & CLASS_WEIGHTS.keys()):
        yield Reason(CLASS_WEIGHTS[kind], f"class words of {kind}")


def _telltale_weight(seen: Seen) -> float:
    return (1.4 if seen.n_words < _SHORT else 1.0) * _TELLTALE[seen.telltale.how] if seen.telltale else 0.0


def _has_copyright(text: str) -> bool:
    return "©" in text and ("©" in text[:30] or "©" in text[-40:])


def body_reasons(seen: Seen) -> tuple[Reason, ...]:
    """Return everything that speaks for and against the block being running text, heaviest first."""
    reasons = [*_of_words(seen), *_of_layout(seen)]
    if seen.telltale:
        reasons.append(Reason(_telltale_weight(seen), f"says '{seen.telltale.phrase}'"))
    if _has_copyright(seen.text):
        reasons.append(Reason(-1.5, "has a copyright sign"))
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.says)))


def body_score(seen: Seen) -> float:
    """Return the sum of the weights of ``body_reasons``: above 0 the block reads like the report's running text.

    The same as adding them up, without naming them: this runs on every block of every page.
    """
    return round(_score_of_words(seen) + _score_of_layout(seen), _PLACES)


def _score_of_words(seen: Seen) -> float:
    wording, n_words = seen.wording, seen.n_words
    score = _BY_LENGTH[n_words] if n_words < _LONGEST else _BY_LENGTH[_LONGEST]
    if wording.ends_sentence:
        score += 1.3
    else:
        score -= 1.6 if n_words >= _UNFINISHED_WORDS else 1.2
    if wording.inner_sentences:
        score += 1.2
    if n_words >= _FUNCTION_WORDS:
        share = seen.function_share
        if share is not None:
            score += 0.7 if share >= 0.25 else -1.2 if share < 0.12 else 0.0
        if n_words >= _CAPITAL_WORDS:
            if wording.opens_with_dateline:
                score += 4.0
            if not wording.ends_sentence and _is_in_capitals(seen):
                score -= 3.0
    if wording.says_twice:
        score -= 3.0
    if wording.digit_share > 0.2:
        score -= 1.5
    return score - 1.5 if "©" in seen.text and _has_copyright(seen.text) else score


def _score_of_layout(seen: Seen) -> float:
    score = _place_weight(seen) + seen.around.weight
    if seen.pasted and seen.is_sentence:
        score += 1.5
    if seen.bullet:
        score -= 1.8
    if seen.link_share > 0.35:
        score -= 3.0 if seen.link_share > 0.6 else 1.0
    if seen.repeats > 1:
        score -= 2.0
    if seen.block.hidden:
        score -= 2.5
    return score + _telltale_weight(seen) if seen.telltale else score
