"""How much each thing seen speaks for running text of the report: the weights, and their sum with its reasons.

Owns the numbers, kept apart from the measuring (``features``) and from what follows from the sums (``passes``).
Weights are about log-odds; they were set by hand on the even-numbered documents of lines/fundus-inscriptis and
-wetlike and pages/fundus, and must be looked at together: body and not-body meet at 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from retold.stages.segments.features import Seen

# Words in the block: (at least, weight), first that fits.
_LENGTH = ((40, 2.6), (25, 2.2), (15, 1.4), (9, 0.4), (5, -0.8), (0, -1.8))
# Share of the page's running text at the same place: (at least, weight).
_PLACE = ((0.5, 1.5), (0.2, 0.8), (0.08, 0.0), (0.0, -1.2))
_TELLTALE = {"whole": -4.5, "starts": -3.6, "holds": -2.2}
# A tell-tale phrase weighs more in fewer words than this.
_SHORT = 30
_CLASS = {
    "furniture": -1.5,
    "share": -3.0,
    "signup": -2.5,
    "advert": -2.5,
    "related": -2.2,
    "comment": -4.0,
    "biography": -3.0,
    "caption": -3.0,
    "credit": -3.0,
    "byline": -2.0,
    "time": -1.5,
    "body": 1.0,
}
_ELEMENT = {
    "nav": -4.0,
    "footer": -3.0,
    "aside": -2.5,
    "form": -3.0,
    "button": -4.0,
    "figure": -2.5,
    "figcaption": -4.0,
    "dialog": -4.0,
    "select": -4.0,
    "p": 0.9,
    "li": -1.2,
    "table": -1.0,
    "h1": -2.5,
    "h2": -1.5,
    "h3": -1.5,
    "h4": -1.5,
    "header": -1.0,
}


class Reason(NamedTuple):
    """One thing seen and what it weighs."""

    weight: float
    says: str


def _step(table: tuple[tuple[float, float], ...], value: float) -> float:
    return next(weight for least, weight in table if value >= least)


def _of_words(seen: Seen) -> Iterator[Reason]:
    yield Reason(_step(_LENGTH, seen.n_words), f"{seen.n_words} words")
    if seen.ends_sentence:
        yield Reason(1.3, "ends like a sentence")
    else:
        yield Reason(-1.6 if seen.n_words >= 8 else -1.2, "does not end like a sentence")
    if seen.opens_with_dateline:
        yield Reason(4.0, "a dateline opens it")
    if seen.inner_sentences:
        yield Reason(1.2, "several sentences")
    if seen.n_words >= 6 and seen.function_share is not None:
        if seen.function_share >= 0.25:
            yield Reason(0.7, "many function words")
        elif seen.function_share < 0.12:
            yield Reason(-1.2, "few function words")
    if seen.n_words >= 10 and seen.capital_share > 0.7 and not seen.ends_sentence and not seen.text.isupper():
        yield Reason(-3.0, "most words in capitals, as in menus")
    if seen.says_twice:
        yield Reason(-3.0, "says the same twice")
    if seen.digit_share > 0.2:
        yield Reason(-1.5, "mostly figures")


def _of_layout(seen: Seen) -> Iterator[Reason]:
    place = _step(_PLACE, seen.place_share)
    place *= 1.0 - seen.place_menu_share if place > 0 else 1.0
    yield Reason(place, f"{seen.place_share:.0%} of the running text stands at this place")
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
    for element in sorted(seen.elements & _ELEMENT.keys()):
        yield Reason(_ELEMENT[element], f"inside <{element}>")
    for kind in sorted(seen.class_kinds & _CLASS.keys()):
        yield Reason(_CLASS[kind], f"class words of {kind}")


def body_reasons(seen: Seen) -> tuple[Reason, ...]:
    """Return everything that speaks for and against the block being running text, heaviest first."""
    reasons = [*_of_words(seen), *_of_layout(seen)]
    if seen.telltale:
        louder = 1.4 if seen.n_words < _SHORT else 1.0
        reasons.append(Reason(louder * _TELLTALE[seen.telltale.how], f"says '{seen.telltale.phrase}'"))
    if "©" in seen.text[:30] or "©" in seen.text[-40:]:
        reasons.append(Reason(-1.5, "has a copyright sign"))
    return tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.says)))


def body_score(reasons: tuple[Reason, ...]) -> float:
    """Return the sum of the weights: above 0 the block reads like the report's running text."""
    return sum(reason.weight for reason in reasons)
