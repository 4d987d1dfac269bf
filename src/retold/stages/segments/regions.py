"""Which stretch of the page is the report: a best path through the blocks, inside or outside, over their scores.

Owns the choice of the report's region or regions; what each block in and around them is, is said by ``passes``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retold.stages.segments.features import Seen
from retold.text.spans import Span

# One block speaks with at most this weight, and entering or leaving the report costs as much as a clear block:
# a line of advertisement does not end a report, five teasers do.
_LOUDEST = 3.0
_SWITCH = 3.0
# A paragraph this clear, where this share of the running text stands, or on a page of
# little else, is the report's even between teasers.
_CERTAIN = 2 * _SWITCH + 1.0
_CERTAIN_SCORE = 4.5
_CERTAIN_PLACE = 0.3
# A second region belongs to the report when it holds this share of the main one's words ...
_LEAST_SHARE = 0.06
# ... and this share of its words stands at places that hold running text of the report.
_SAME_PLACE = 0.6
# A place is a home of the report's text when this share of the main region's words stands there.
_LEAST_HOME = 0.1
# A paragraph on its own joins the report with this score, this near, at a place that is no menu's as well.
_STRAY_SCORE = 2.0
_STRAY_REACH = 150
# ... or, where menus stand at its place too, this loud, this long, and with so many of its words in the report.
_STRAY_LOUD = 3.5
_STRAY_WORDS = 25
_STRAY_ALIKE = 0.25
# A region apart from the main one, at a place where menus stand too, shares so many of its words.
_RUN_ALIKE = 0.2
# ... unless it holds this share of the main one's words: a report cut in two.
_HALF = 0.2
# A region without one word of the declared topic counts so little against one with all of them (1 more).
_OFF_TOPIC = 0.4
_MENU_PLACE = 0.25
_NO_MENU_PLACE = 0.03
_ENDS_REPORT = frozenset({"comment"})


def _is_certain(one: Seen, score: float) -> bool:
    apart = one.place_share >= _CERTAIN_PLACE and one.place_menu_share < _MENU_PLACE
    return one.is_sentence and score >= _CERTAIN_SCORE and (apart or one.pasted)


def _loudness(seen: Sequence[Seen], scores: Sequence[float]) -> list[float]:
    """Return the scores capped, but for paragraphs that are certain: one of them alone enters the report."""
    return [
        _CERTAIN if _is_certain(one, score) else max(-_LOUDEST, min(_LOUDEST, score))
        for one, score in zip(seen, scores, strict=True)
    ]


def _path(scores: Sequence[float]) -> list[bool]:
    """Return for every block whether it lies inside, on the path of the highest sum (Viterbi, two states)."""
    inside, outside = -_SWITCH, 0.0
    came_from: list[tuple[bool, bool]] = []
    for score in scores:
        from_inside, enter = inside, outside - _SWITCH
        stay_out, leave = outside, inside - _SWITCH
        came_from.append((from_inside >= enter, leave > stay_out))
        inside = (from_inside if from_inside >= enter else enter) + score
        outside = leave if leave > stay_out else stay_out
    state = inside > outside
    states = [False] * len(scores)
    for i in range(len(scores) - 1, -1, -1):
        states[i] = state
        state = came_from[i][0] if state else came_from[i][1]
    return states


def _runs(states: Sequence[bool]) -> list[Span]:
    runs, start = [], None
    for i, state in enumerate([*states, False]):
        if state and start is None:
            start = i
        elif not state and start is not None:
            runs.append(Span(start, i))
            start = None
    return runs


def _words(run: Span, seen: Sequence[Seen], scores: Sequence[float]) -> int:
    return sum(seen[i].n_words for i in range(*run) if scores[i] > 0)


def _homes(main: Span, seen: Sequence[Seen], scores: Sequence[float]) -> frozenset[tuple[str, ...]]:
    """Return the places in the layout where the running text of the main region stands."""
    mass: Counter[tuple[str, ...]] = Counter()
    for i in range(*main):
        if scores[i] > 0 and seen[i].is_sentence:
            mass[seen[i].place] += seen[i].n_words
    total = sum(mass.values())
    return frozenset(place for place, words in mass.items() if words >= _LEAST_HOME * total)


def _at_home(run: Span, homes: frozenset[tuple[str, ...]], seen: Sequence[Seen], scores: Sequence[float]) -> float:
    words = sum(seen[i].n_words for i in range(*run) if scores[i] > 0 and seen[i].place in homes)
    return words / (_words(run, seen, scores) or 1)


def _is_parted(main: Span, run: Span, seen: Sequence[Seen]) -> bool:
    """Tell whether comments begin between the main region and a later one that does not stand apart from all else."""
    if run.start < main.end or all(_stands_apart(seen[i]) for i in range(*run) if seen[i].is_sentence):
        return False
    between = (seen[i].telltale for i in range(main.end, run.start))
    return any(found and found.kind in _ENDS_REPORT and found.how != "holds" for found in between)


def _stands_apart(one: Seen) -> bool:
    return one.place_share >= _CERTAIN_PLACE and one.place_menu_share < _NO_MENU_PLACE


def _content(run: Span, seen: Sequence[Seen], scores: Sequence[float]) -> frozenset[str]:
    return frozenset(word for i in range(*run) if scores[i] > 0 for word in seen[i].content_words)


def _alike(run: Span, content: frozenset[str], seen: Sequence[Seen], scores: Sequence[float]) -> float:
    """Return the share of the run's content words that stand in the main region."""
    words = _content(run, seen, scores)
    return len(words & content) / (len(words) or 1)


def _is_stray(one: Seen, score: float, homes: frozenset[tuple[str, ...]], content: frozenset[str]) -> bool:
    """Tell whether a paragraph cut off by teasers is the report's: by its place, or by its words."""
    if score < _STRAY_SCORE or not one.is_sentence or one.place not in homes:
        return False
    if one.place_menu_share < _MENU_PLACE:
        return True
    shared = len(one.content_words & content) / (len(one.content_words) or 1)
    return score >= _STRAY_LOUD and one.n_words >= _STRAY_WORDS and shared >= _STRAY_ALIKE


def _strays(
    main: Span, runs: Sequence[Span], homes: frozenset[tuple[str, ...]], seen: Sequence[Seen], scores: Sequence[float]
) -> list[Span]:
    """Return paragraphs outside all runs that are the report's."""
    inside = {i for run in runs for i in range(*run)}
    content = _content(main, seen, scores)
    near = range(max(0, main.start - _STRAY_REACH), min(len(seen), main.end + _STRAY_REACH))
    return [
        Span(i, i + 1)
        for i in near
        if i not in inside
        and _is_stray(seen[i], scores[i], homes, content)
        and not _is_parted(main, Span(i, i + 1), seen)
    ]


def _belongs(run: Span, main: Span, content: frozenset[str], seen: Sequence[Seen], scores: Sequence[float]) -> bool:
    """Tell whether a region where menus stand too is of the main one's matter, or a large part of the report."""
    among_menus = any(seen[i].place_menu_share >= _MENU_PLACE for i in range(*run))
    large = _words(run, seen, scores) >= _HALF * _words(main, seen, scores)
    return large or not among_menus or _alike(run, content, seen, scores) >= _RUN_ALIKE


def _weight(run: Span, topic: frozenset[str], seen: Sequence[Seen], scores: Sequence[float]) -> float:
    """Return the words of a region, counted more the more words of the page's declared topic it has."""
    on_topic = len(topic & _content(run, seen, scores)) / len(topic) if topic else 1.0
    return _words(run, seen, scores) * (_OFF_TOPIC + on_topic)


def report_regions(seen: Sequence[Seen], scores: Sequence[float], topic: frozenset[str] = frozenset()) -> list[Span]:
    """Return the regions of block indices that hold the report, in order; empty when nothing reads like one.

    ``topic`` holds the content words of what the page declares as its title and description.
    """
    runs = _runs(_path(_loudness(seen, scores)))
    if not runs:
        return []
    main = max(runs, key=lambda run: (_weight(run, topic, seen, scores), -run.start))
    homes = _homes(main, seen, scores)
    content = _content(main, seen, scores)
    floor = _LEAST_SHARE * _words(main, seen, scores)
    kept = [
        run
        for run in runs
        if run == main
        or (
            _words(run, seen, scores) >= floor
            and _at_home(run, homes, seen, scores) >= _SAME_PLACE
            and not _is_parted(main, run, seen)
            and _belongs(run, main, content, seen, scores)
        )
    ]
    return sorted([*kept, *_strays(main, kept, homes, seen, scores)])
