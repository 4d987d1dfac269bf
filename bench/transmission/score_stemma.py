"""Scores of the stemma: edges up to the class that evidence cannot tell apart, origins, the archetype's text.

Every predicted edge is also judged right or wrong beside its confidence, for the calibration.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from bench.transmission.rows import Printed
from bench.transmission.tree import ORIGINAL, Transmission
from bench.transmission.truth import Lineage, archetype_text, is_nowhere_whole, lineage_of, origins
from retold.engine.memory import MemoryTables
from retold.tables import table as t

Edge = tuple[str, str]
"""Source and carrier, by the names of the nodes."""


@dataclass
class StemmaScore:
    """Counts of one story or of many; ``judged`` holds for each predicted edge its confidence, and if it is right."""

    counts: Counter[str] = field(default_factory=Counter)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: StemmaScore) -> None:
        """Add another story's counts."""
        self.counts += other.counts
        self.judged += other.judged
        self.wrong += other.wrong


def score_stemma(made: Transmission, tables: MemoryTables, printed: dict[str, Printed]) -> StemmaScore:
    """Return the score of one story."""
    true = lineage_of(made)
    names: dict[str, str] = {p.page: p.node.name for p in printed.values()}
    names |= _unseen_names(true, tables, names)
    found = [(names[e.source], names[e.target], e.confidence) for e in tables.rows(t.STEMMA_EDGES)]
    right = right_edges(true, [(s, target) for s, target, _ in found], made)
    asked = _asked(true, right)
    score = StemmaScore()
    score.judged = [(confidence, (s, target) in right) for s, target, confidence in found]
    wrong = sorted((s, target) for s, target, _ in found if (s, target) not in right)
    missed = sorted(asked - set(right.values()))
    score.wrong = [f"seed {made.seed}: wrong {wrong} missed {missed}"] if wrong or missed else []
    heads = {name for name, above in true.parents.items() if not above}
    star = {(min(heads - {"other"}), n) for n, above in true.parents.items() if above}
    right_star = right_edges(true, sorted(star), made)
    score.counts.update(
        {
            "edges right": len(right),
            "edges both": len(found) + len(asked),
            "star right": len(right_star),
            "star both": len(star) + len(_asked(true, right_star)),
            "stories": 1,
        }
    )
    score.counts += _count_origins(made, tables, names) + _count_archetype(made, true, tables, names)
    return score


def _asked(true: Lineage, right: Mapping[Edge, Edge]) -> set[Edge]:
    """Return the true edges that were to be found: those that nothing shows only where a right one answers them."""
    return {edge for edge in true.edges if not true.is_free(*edge)} | set(right.values())


def _unseen_names(true: Lineage, tables: MemoryTables, names: dict[str, str]) -> dict[str, str]:
    """Name the predicted unseen nodes by the true ones with whose carriers theirs agree best, one to one."""
    carriers: dict[str, set[str]] = defaultdict(set)
    for edge in tables.rows(t.STEMMA_EDGES):
        if edge.source not in names:
            carriers[edge.source].add(names.get(edge.target, edge.target))
    below = {name: {node for node, above in true.parents.items() if name in above} for name in true.unseen}
    unseen = [node.node for node in tables.rows(t.STEMMA_NODES) if node.node not in names]
    ranked = sorted((-len(carriers[node] & below[name]), name, node) for node in unseen for name in below)
    found: dict[str, str] = {}
    for _, name, node in ranked:
        if node not in found and name not in found.values():
            found[node] = name
    return {node: found.get(node, f"{node} (not there)") for node in unseen}


def right_edges(true: Lineage, found: Sequence[Edge], made: Transmission) -> dict[Edge, Edge]:
    """Return which predicted edges are right, each with the true edge that it answers.

    Right is a true parent, or one that no edit parts from it and no clock forbids. Twins share the edges that enter
    their set, and inside it direction does not count: of either kind as many are right as there are.
    """
    right: dict[Edge, Edge] = {}
    entering: dict[int, list[Edge]] = defaultdict(list)
    inside: dict[int, list[Edge]] = defaultdict(list)
    for parent, node in sorted(true.edges):
        kind = inside if true.twins[parent] == true.twins[node] else entering
        kind[true.twins[node]].append((parent, node))
    known = [(s, target) for s, target in sorted(set(found)) if s in true.parents and target in true.parents]
    for source, target in sorted(known, key=lambda edge: edge not in true.edges):
        twin = true.twins[target]
        if true.twins[source] == twin:
            options = inside[twin]
        else:
            options = [e for e in entering[twin] if e[0] == source or _is_class_mate(true, e[0], source, target, made)]
        if options:
            answered = min(options, key=lambda edge: (edge != (source, target), edge[0] != source, edge))
            (inside if true.twins[source] == twin else entering)[twin].remove(answered)
            right[source, target] = answered
    return right


def _is_class_mate(true: Lineage, parent: str, source: str, target: str, made: Transmission) -> bool:
    """Tell whether the source could as well be the parent: same text, and not known to be later than the target."""
    if source == target or true.same[parent] != true.same[source]:
        return False
    early, late = made.nodes[source].shown, made.nodes[target].shown
    return early is None or late is None or early <= late


def _count_origins(made: Transmission, tables: MemoryTables, names: dict[str, str]) -> Counter[str]:
    true = origins(made)
    found = {names[row.page]: row.origin for row in tables.rows(t.REPORT_ORIGINS)}
    pairs = {(true[name], found[name]) for name in true}
    n_true = len(set(true.values()))
    return Counter(
        {
            "origins exact": int(len(set(found.values())) == n_true),
            "origins all right": int(len(pairs) == n_true == len(set(found.values()))),
        }
    )


def _count_archetype(made: Transmission, true: Lineage, tables: MemoryTables, names: dict[str, str]) -> Counter[str]:
    """Count the characters of the unseen copies' texts that were found, where no report has the whole of one."""
    texts = {p.page: p.text for p in tables.rows(t.PAGES)}
    told: dict[str, list[str]] = defaultdict(list)
    for row in tables.rows(t.ARCHETYPE_READINGS):
        told[names[row.node]].append(texts[row.text_from.page][row.text_from.start : row.text_from.end])
    counts: Counter[str] = Counter()
    for name in sorted(true.unseen):
        if not is_nowhere_whole(made, name) or (name != ORIGINAL and true.parents[name] and name not in told):
            continue
        wanted, given = archetype_text(made, name), "\n".join(told[name])
        counts["characters right"] += LCSseq.similarity(wanted, given)
        counts["characters both"] += len(wanted) + len(given)
    return counts
