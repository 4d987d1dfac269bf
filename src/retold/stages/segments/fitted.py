"""The fitted judgement: what each block is, by weights learnt from annotated pages, and the signs that decided it.

Owns the weights files (``weights_html.json``, ``weights_lines.json``; ``python -m bench.fit_segments`` makes them) and
what follows from them. Marks with a form of their own (datelines, credits, corrections, adverts ...) stay as the rules
of ``passes`` found them; the weights decide between text, standfirst, crosshead, caption and all else.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from retold.model.report import SegmentKind
from retold.stages.segments.features import Seen
from retold.stages.segments.heads import Declarations
from retold.stages.segments.passes import Labels
from retold.stages.segments.sign_names import names_of
from retold.stages.segments.signs import Key, columns_of, is_date_alone, keys_of, weighed_of
from retold.stages.segments.sums import Sums

if TYPE_CHECKING:
    import numpy as np

KINDS = (
    SegmentKind.BODY,
    SegmentKind.STANDFIRST,
    SegmentKind.CROSSHEAD,
    SegmentKind.CAPTION,
    SegmentKind.FURNITURE,
)
"""The kinds that are weighed, in the order of the weights; the first three are the report's text."""
N_TEXT = 3
ALWAYS = "always"
"""The sign that every block has."""
SCALE = 1000
"""Weights are kept as whole thousandths of log-odds: their sums are exact on every machine."""

# Marks the rules find by a form of their own.
_STAYS = frozenset(
    {
        SegmentKind.HEADLINE,
        SegmentKind.KICKER,
        SegmentKind.BYLINE,
        SegmentKind.DATELINE,
        SegmentKind.CREDIT,
        SegmentKind.CORRECTION,
        SegmentKind.ADVERT,
        SegmentKind.CONTACT,
        SegmentKind.PULLQUOTE,
    }
)
# A caption found by the rules stays one up to this share of text.
_CAPTION_STAYS = 0.9
# A standfirst found by the rules stays one unless plain text is so many times likelier, and the other way round: the
# first paragraph of a short page has much of a standfirst.
_STANDFIRST_STAYS, _BODY_STAYS = 5.0, 15.0
# The weights were learnt from whole pages; on a few pasted paragraphs the rules alone decide.
_LEAST_BLOCKS = 12
_REASONS_KEPT = 4


class Floors(NamedTuple):
    """From which share on a block is the report's text, and from which a caption the rules did not find."""

    text: float
    caption: float


FLOORS = {"html": Floors(0.4, 0.5), "lines": Floors(0.5, 1.0)}
"""Set on the out-of-fold shares of even-numbered documents. In lines the rules alone find captions: what the weights
added there was wrong more often than right."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of every known sign for every kind, shape (n_signs, n_kinds), int32; ``index`` gives a sign's row.

    ``sums`` keeps what keys met before weigh together: the same few come on every page.
    """

    names: tuple[str, ...]
    index: dict[str, int]
    weights: np.ndarray[Any, np.dtype[np.int32]]
    sums: Sums


@cache
def model_of(name: str) -> Model:
    """Return the fitted model "html" or "lines"."""
    import numpy as np

    file = files("retold.stages.segments") / f"weights_{name}.json"
    weights: dict[str, list[int]] = json.loads(file.read_text("utf-8"))["weights"]
    index = {sign: i for i, sign in enumerate(weights)}
    table = np.array(list(weights.values()), dtype=np.int32).reshape(-1, len(KINDS))
    return Model(tuple(index), index, table, Sums(weights))


def decide(by_rules: SegmentKind, shares: Sequence[float], floors: Floors, *, is_date: bool = False) -> SegmentKind:
    """Return the kind of a block from what the rules call it and the fitted share (0..1) of every kind of KINDS.

    A block that ``is_date`` and nothing else is no text, however near it stands.
    """
    if by_rules in _STAYS:
        return by_rules
    text = sum(shares[:N_TEXT])
    if by_rules is SegmentKind.CAPTION and text < _CAPTION_STAYS:
        return by_rules
    if text >= floors.text and not is_date:
        if by_rules is SegmentKind.STANDFIRST and shares[1] * _STANDFIRST_STAYS >= shares[0]:
            return by_rules
        if by_rules is SegmentKind.BODY and shares[1] > shares[0] and shares[0] * _BODY_STAYS >= shares[1]:
            return by_rules
        return max(zip(shares, KINDS[:N_TEXT], strict=False), key=lambda pair: pair[0])[1]
    if shares[KINDS.index(SegmentKind.CAPTION)] >= floors.caption:
        return SegmentKind.CAPTION
    return by_rules if by_rules is SegmentKind.RELATED else SegmentKind.FURNITURE


def _shares(sums: np.ndarray[Any, np.dtype[np.int64]]) -> list[list[float]]:
    """Return the share (0..1) of every kind for every block, given its summed weights."""
    import numpy as np

    odds = np.exp((sums - sums.max(axis=1, keepdims=True)) / SCALE)
    shares: list[list[float]] = (odds / odds.sum(axis=1, keepdims=True)).tolist()
    return shares


def _why(model: Model, keys: Sequence[Key], kind: SegmentKind) -> tuple[str, ...]:
    """Return the signs that speak loudest for the kind and against furniture (for furniture: against body)."""
    rival = SegmentKind.BODY if kind is SegmentKind.FURNITURE else SegmentKind.FURNITURE
    row = [model.index[ALWAYS], *[k for k in map(model.index.get, names_of(keys)) if k is not None]]
    weights = model.weights[row]
    pro = (weights[:, KINDS.index(kind)] - weights[:, KINDS.index(rival)]).tolist()
    loudest = heapq.nlargest(_REASONS_KEPT, zip(pro, row, strict=True))
    return tuple(f"{model.names[sign]} ({weight / SCALE:+.1f})" for weight, sign in loudest if weight > 0)


def judge(
    text: str, seen: Sequence[Seen], labels: Labels, declarations: Declarations, *, explained: bool = True
) -> Labels:
    """Return the labels of the rules with the fitted weights' decisions in their place.

    Where it is asked for, each comes with its evidence.
    """
    if len(seen) < _LEAST_BLOCKS:
        return labels
    name = "html" if any(one.block.tag != "line" for one in seen) else "lines"
    model, floors = model_of(name), FLOORS[name]
    weighed = weighed_of(seen, labels)
    columns = columns_of(text, seen, labels, declarations, weighed)
    kinds, why = [kind or SegmentKind.FURNITURE for kind in labels.kinds], list(labels.why)
    shares_of = _shares(model.sums.of(columns)) if weighed else []
    for at, (i, shares) in enumerate(zip(weighed, shares_of, strict=True)):
        by_rules = kinds[i]
        if stays(by_rules, shares, floors):
            continue
        kind = decide(by_rules, shares, floors, is_date=is_date_alone([column[at] for column in columns]))
        if kind is not by_rules or kind in KINDS[:N_TEXT]:
            kinds[i] = kind
            if explained:
                keys = [key for column in columns if (key := column[at]) is not None]
                why[i] = _why(model, keys, kind) or labels.why[i]
    return Labels(list(kinds), why)


def stays(by_rules: SegmentKind, shares: Sequence[float], floors: Floors) -> bool:
    """Tell at once of most blocks that are no text that ``decide`` leaves them as they are; no false "yes"."""
    if by_rules is not SegmentKind.FURNITURE and by_rules is not SegmentKind.RELATED:
        return False
    body, standfirst, crosshead, caption, _ = shares
    return body + standfirst + crosshead < floors.text and caption < floors.caption


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the weights say of one block: the share (0..1) of every kind, likeliest first, and its signs' weights."""

    shares: tuple[tuple[SegmentKind, float], ...]
    names: tuple[str, ...]
    weights: np.ndarray[Any, np.dtype[np.int32]]

    def signs_for(self, kind: SegmentKind, rival: SegmentKind) -> tuple[tuple[str, float], ...]:
        """Return what every sign adds for a kind against a rival (log-odds), strongest first.

        A kind that only rules can give is weighed as furniture.
        """
        column, other = (KINDS.index(k) if k in KINDS else KINDS.index(SegmentKind.FURNITURE) for k in (kind, rival))
        if column == other:
            return ()
        adds = ((self.weights[:, column] - self.weights[:, other]) / SCALE).tolist()
        ordered = sorted(zip(self.names, adds, strict=True), key=lambda sign: (-abs(sign[1]), sign[0]))
        return tuple((name, round(add, 3)) for name, add in ordered if add)


def weigh(text: str, seen: Sequence[Seen], labels: Labels, declarations: Declarations, i: int) -> Weighing | None:
    """Return what the weights say of block i, or None where they have no say."""
    if len(seen) < _LEAST_BLOCKS:
        return None
    model = model_of("html" if any(one.tag != "line" for one in seen) else "lines")
    keys = keys_of(text, seen, labels, declarations)[i]
    if not keys or (labels.kinds[i] in _STAYS):
        return None
    names = (ALWAYS, *[sign for sign in names_of(keys) if sign in model.index])
    shares = zip(KINDS, _shares(model.sums.of([[key] for key in keys]))[0], strict=True)
    ordered = sorted(shares, key=lambda pair: -pair[1])
    return Weighing(tuple(ordered), names, model.weights[[model.index[name] for name in names]])
