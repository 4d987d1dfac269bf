"""Fit the segmenter's weights and tell what they are worth on publishers they never saw.

    python -m bench.fit_segments [--keep]

Prints, for the rules alone and for the fitted weights, every figure out-of-fold (5 folds by publisher), on the sealed
and on the even-numbered documents; ``--keep`` then fits on everything and writes the weights files. Learns from
pages/fundus (MIT), pages/trafilatura (Apache-2.0) and lines/ (MIT) by multinomial logistic regression with an L2
penalty, by L-BFGS in plain numpy: the same input gives the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numba as nb
import numpy as np
from numpy.typing import NDArray

from bench.segment_gold import WORDS, Example, Gold, html_examples, line_examples
from retold.model.report import SegmentKind
from retold.stages import segments
from retold.stages.segments.fitted import ALWAYS, FLOORS, KINDS, N_TEXT, SCALE, decide

N_FOLDS = 5
# Found on the even-numbered documents among 1, 3, 10, 20, 30, 40; flat above 10.
PENALTY = 30.0
# A sign seen at fewer publishers than this is not learnt from: it would name a publisher, not a kind.
LEAST_PUBLISHERS = 4
# Weights that all round to less than this tell nothing and are left out (thousandths of log-odds).
_SILENT = 10
_LABELS = ("para", "summary", "subhead", "caption", "furniture")

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """The signs learnt from, as numbers of the table of names, and their weights, shape (n_signs, n_kinds)."""

    signs: NDArray[np.int64]
    weights: Matrix


def allowed(gold: str) -> tuple[float, ...]:
    """Return for every kind whether the gold label may stand for it: "in" is any text, "out" anything else."""
    if gold == "in":
        return tuple(float(i < N_TEXT) for i in range(len(KINDS)))
    if gold == "out":
        return tuple(float(i >= N_TEXT) for i in range(len(KINDS)))
    known = gold if gold in _LABELS else "furniture"
    return tuple(float(name == known) for name in _LABELS)


def block_weight(n_words: int, *, is_html: bool) -> float:
    """Return how much a block counts: long ones are most of what is measured, short ones most of what there is."""
    return 1.0 + min(n_words, 150) / 30 if is_html else 1.0 + n_words / 60


@nb.njit
def _loss(starts, rows, weights, goal, counts, penalty, slope):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Negative log-likelihood of the allowed kinds, and its slope (in place)."""
    n_kinds = weights.shape[1]
    loss = 0.5 * penalty * (weights**2).sum()
    slope[:] = penalty * weights
    sums, gap = np.empty(n_kinds), np.empty(n_kinds)
    for i in range(len(starts) - 1):
        sums[:] = 0.0
        for at in range(starts[i], starts[i + 1]):
            for k in range(n_kinds):
                sums[k] += weights[rows[at], k]
        odds = np.exp(sums - sums.max())
        right = (odds * goal[i]).sum()
        loss -= counts[i] * np.log(right / odds.sum())
        gap[:] = counts[i] * (odds / odds.sum() - odds * goal[i] / right)
        for at in range(starts[i], starts[i + 1]):
            for k in range(n_kinds):
                slope[rows[at], k] += gap[k]
    return loss


def minimise(
    fun: Callable[[Matrix], tuple[float, Matrix]], x: Matrix, *, n_rounds: int = 80, memory: int = 8
) -> Matrix:
    """Return where the convex function is least. Source: Nocedal and Wright, Numerical Optimization, algorithm 7.5."""
    pairs: list[tuple[Matrix, Matrix]] = []
    value, slope = fun(x)
    for _ in range(n_rounds):
        way = _direction(slope, pairs)
        step, falls = 1.0, float(slope @ way)
        while True:
            there = x - step * way
            new_value, new_slope = fun(there)
            if new_value <= value - 1e-4 * step * falls or step < 1e-6:
                break
            step *= 0.5
        if (there - x) @ (new_slope - slope) > 1e-10:
            pairs = [*pairs[1 - memory :], (there - x, new_slope - slope)]
        done = abs(value - new_value) < 1e-5 * abs(value)
        x, value, slope = there, new_value, new_slope
        if done:
            break
    return x


def _direction(slope: Matrix, pairs: Sequence[tuple[Matrix, Matrix]]) -> Matrix:
    way, shares = slope.copy(), []
    for s, y in reversed(pairs):
        shares.append((s @ way) / (y @ s))
        way -= shares[-1] * y
    if pairs:
        s, y = pairs[-1]
        way *= (s @ y) / (y @ y)
    else:
        way /= max(1.0, float(np.linalg.norm(slope)))
    for (s, y), share in zip(pairs, reversed(shares), strict=True):
        way += s * (share - (y @ way) / (y @ s))
    return way


def _learnable(examples: Iterable[Example]) -> NDArray[np.int64]:
    publishers: dict[int, set[str]] = defaultdict(set)
    for example in examples:
        for sign in {sign for row in example.signs for sign in row}:
            publishers[sign].add(example.publisher)
    return np.array(sorted(sign for sign, seen in publishers.items() if len(seen) >= LEAST_PUBLISHERS), dtype=np.int64)


def _table(rows: Sequence[Sequence[int]], signs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows as places in ``signs``, flat, with where each begins."""
    flat = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows])
    at = np.minimum(np.searchsorted(signs, flat), len(signs) - 1)
    known = signs[at] == flat
    ends = np.concatenate([[0], np.cumsum(known)])[np.concatenate([[0], np.cumsum([len(row) for row in rows])])]
    return ends.astype(np.int64), at[known]


def fit(examples: Sequence[Example], *, is_html: bool) -> Fit:
    """Return the weights learnt from the annotated blocks of these pages."""
    signs = _learnable(examples)
    blocks: list[tuple[Sequence[int], str, int]] = [
        (row, gold, n_words)
        for example in examples
        for row, gold, n_words in zip(example.signs, example.gold, example.n_words, strict=True)
        if gold is not None and row
    ]
    starts, rows = _table([row for row, _, _ in blocks], signs)
    goal = np.array([allowed(gold) for _, gold, _ in blocks])
    counts = np.array([block_weight(n_words, is_html=is_html) for _, _, n_words in blocks])
    shape = (len(signs), len(KINDS))

    def fun(flat: Matrix) -> tuple[float, Matrix]:
        slope = np.empty(shape)
        return _loss(starts, rows, flat.reshape(shape), goal, counts, PENALTY, slope), slope.ravel()

    return Fit(signs, minimise(fun, np.zeros(shape[0] * shape[1])).reshape(shape))


def kinds_by(fitted: Fit, example: Example, *, is_html: bool) -> list[SegmentKind]:
    """Return the kinds that fitted weights and rules give the blocks of a page together."""
    kinds = list(example.by_rules)
    weighed = [i for i, row in enumerate(example.signs) if row]
    if not weighed:
        return kinds
    starts, rows = _table([example.signs[i] for i in weighed], fitted.signs)
    sums = np.add.reduceat(fitted.weights[rows], starts[:-1], axis=0)
    odds = np.exp(sums - sums.max(axis=1, keepdims=True))
    floors = FLOORS["html" if is_html else "lines"]
    for i, shares in zip(weighed, (odds / odds.sum(axis=1, keepdims=True)).tolist(), strict=True):
        kinds[i] = decide(kinds[i], shares, floors, is_date=example.is_date[i])
    return kinds


def _fold(publisher: str) -> int:
    return int(sha256(publisher.encode()).hexdigest(), 16) // 2 % N_FOLDS


def out_of_fold(examples: Sequence[Example], *, is_html: bool) -> list[list[SegmentKind]]:
    """Return for every page the kinds given by weights fitted without its publisher."""
    fits = [fit([one for one in examples if _fold(one.publisher) != fold], is_html=is_html) for fold in range(N_FOLDS)]
    return [kinds_by(fits[_fold(one.publisher)], one, is_html=is_html) for one in examples]


# --- figures, counted as DESIGN section 12 says ------------------------------------------------------------------

_PROSE = frozenset({SegmentKind.BODY, SegmentKind.STANDFIRST, SegmentKind.PULLQUOTE})
_BODY_TEXT = _PROSE | {SegmentKind.CROSSHEAD}
Judged = Sequence[tuple[Example, Sequence[SegmentKind]]]


def _f(tp: float, fp: float, fn: float) -> float:
    return 2 * tp / max(1.0, 2 * tp + fp + fn)


def _text_of(example: Example, kinds: Sequence[SegmentKind], wanted: frozenset[SegmentKind]) -> str:
    ends = (*example.starts[1:], len(example.text))
    parts = zip(example.starts, ends, kinds, strict=True)
    return "\n".join(example.text[start:end] for start, end, kind in parts if kind in wanted)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORDS.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def body_f(judged: Judged) -> float:
    """Return the F of the means of precision and recall over 4-word shingles (pages/fundus)."""
    precision, recall = [], []
    for example, kinds in judged:
        want, got = _shingles(example.record["body_text"]), _shingles(_text_of(example, kinds, _BODY_TEXT))
        shared = (want & got).total()
        precision.append(shared / max(1, got.total()))
        recall.append(shared / max(1, want.total()))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return 2 * p * r / (p + r)


def segments_f(judged: Judged, wanted: frozenset[SegmentKind]) -> float:
    """Return the F of wanted and unwanted segments found in the report's text (pages/trafilatura)."""
    counts: Counter[tuple[str, bool]] = Counter()
    for example, kinds in judged:
        text = " ".join(_text_of(example, kinds, wanted).split())
        for field in ("must_have", "must_not_have"):
            counts.update((field, " ".join(segment.split()) in text) for segment in example.record[field])
    return _f(counts["must_have", True], counts["must_not_have", True], counts["must_have", False])


def lines_f(judged: Judged, wanted: frozenset[SegmentKind], labels: frozenset[Gold], *, by_words: bool) -> float:
    """Return the F of lines, or of lines weighted with their words, for a group of kinds (lines/)."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for example, kinds in judged:
        starts = np.array(example.starts)
        for start, end, gold in example.record["lines"]:
            found = kinds[int(np.searchsorted(starts, start, side="right")) - 1] in wanted
            counts[gold in labels, found] += len(WORDS.findall(example.text[start:end])) if by_words else 1
    return _f(counts[True, True], counts[False, True], counts[True, False])


_PARA, _CAPTION = frozenset({"para", "summary"}), frozenset({"caption"})
_CAPTIONS, _CROSSHEADS = frozenset({SegmentKind.CAPTION}), frozenset({SegmentKind.CROSSHEAD})
MEASURES: tuple[tuple[str, str, Callable[[Judged], float]], ...] = (
    ("fundus", "body 4-gram F", body_f),
    ("trafilatura", "segments F", lambda judged: segments_f(judged, _PROSE)),
    ("trafilatura", "segments F, crossheads in", lambda judged: segments_f(judged, _BODY_TEXT)),
    ("inscriptis", "body line F", lambda judged: lines_f(judged, _PROSE, _PARA, by_words=False)),
    ("inscriptis", "body word F", lambda judged: lines_f(judged, _PROSE, _PARA, by_words=True)),
    ("inscriptis", "caption line F", lambda judged: lines_f(judged, _CAPTIONS, _CAPTION, by_words=False)),
    ("inscriptis", "crosshead F", lambda judged: lines_f(judged, _CROSSHEADS, frozenset({"subhead"}), by_words=False)),
    ("wetlike", "body line F", lambda judged: lines_f(judged, _PROSE, _PARA, by_words=False)),
    ("wetlike", "body word F", lambda judged: lines_f(judged, _PROSE, _PARA, by_words=True)),
    ("wetlike", "crosshead F", lambda judged: lines_f(judged, _CROSSHEADS, frozenset({"subhead"}), by_words=False)),
)


def figures(
    examples: Sequence[Example], judged: Sequence[Sequence[SegmentKind]], *, sealed: bool
) -> dict[tuple[str, str], float]:
    """Return every measure, by source and name, on the sealed or on the even-numbered documents."""
    found = {}
    for source, name, measure in MEASURES:
        pages = zip(examples, judged, strict=True)
        chosen = [(one, kinds) for one, kinds in pages if one.source == source and one.is_sealed is sealed]
        if chosen:
            found[source, name] = measure(chosen)
    return found


def read_examples(name: str) -> tuple[list[Example], list[str]]:
    """Return the annotated pages of the model "html" or "lines", and the names of their signs."""
    names: dict[str, int] = {}
    return list({"html": html_examples, "lines": line_examples}[name](names)), list(names)


def show(examples: Sequence[Example], fitted: Sequence[Sequence[SegmentKind]]) -> None:
    """Print one row per measure: rules and fitted, on sealed and on even-numbered documents."""
    columns = [
        figures(examples, judged, sealed=sealed)
        for sealed in (True, False)
        for judged in ([one.by_rules for one in examples], fitted)
    ]
    for source, name in columns[0]:
        print(f"{source:12} {name:26}", *(f"{column[source, name]:9.3f}" for column in columns))


def write_weights(name: str, fitted: Fit, names: Sequence[str]) -> None:
    """Write the weights file: one line per sign, the signs in order."""
    whole = np.rint(fitted.weights * SCALE).astype(int)
    rows = {names[sign]: row.tolist() for sign, row in zip(fitted.signs, whole, strict=True)}
    loud = {sign: row for sign, row in sorted(rows.items()) if sign == ALWAYS or max(map(abs, row)) >= _SILENT}
    about = "made by python -m bench.fit_segments --keep from annotations of pages/fundus and lines/ (MIT)"
    about += " and pages/trafilatura (Apache-2.0); thousandths of log-odds"
    lines = ",\n".join(f"{json.dumps(sign, ensure_ascii=False)}:{json.dumps(row)}" for sign, row in loud.items())
    head = f'{{"about": {json.dumps(about)},\n"kinds": {json.dumps([kind.value for kind in KINDS])},\n"weights": {{\n'
    path = Path(segments.__file__).with_name(f"weights_{name}.json")
    path.write_text(f"{head}{lines}\n}}}}\n", "utf-8")
    print(f"{path.name}: {len(loud)} signs, {path.stat().st_size / 1024:.0f} KiB")


def main() -> None:
    """Print the out-of-fold table; with ``--keep`` write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", action="store_true", help="fit on all pages and write the weights files")
    keep = parser.parse_args().keep
    print(f"{'':39}", *(f"{head:>9}" for head in ("sealed:", "", "even:", "")))
    print(f"{'':39}", *(f"{head:>9}" for head in ("rules", "fitted") * 2))
    for name in FLOORS:
        examples, names = read_examples(name)
        show(examples, out_of_fold(examples, is_html=name == "html"))
        if keep:
            write_weights(name, fit(examples, is_html=name == "html"), names)


if __name__ == "__main__":
    main()
