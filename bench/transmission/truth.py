"""What is to be found in a made transmission, from its own record only: statements, changes, edges and their classes.

Owns what evidence can and cannot tell apart: unseen copies with a single carrier, edges on which nothing changed, the
direction between reports of equal text, clock and credit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from bench.transmission.lines import Line, groups, kinds_between, links, same_share
from bench.transmission.pinned import pinned
from bench.transmission.tree import Node, Transmission

EDITED_FROM, REWRITTEN_BELOW = 0.6, 0.4
"""Shares of words that are the same: from here a statement is edited, below there rewritten; between both are right."""

_MARK = re.compile(r"[“”\"]")


@cache
def _cue() -> re.Pattern[str]:
    """Match what may make a part of the line a source: a verb of saying, an agency's credit."""
    forms = sorted({re.escape(form) for form in pinned("sayings")} | {"according", "Press", "AFP"})
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")


def clear_lines(lines: list[Line]) -> list[bool]:
    """Tell for each line of a report whether what is quoted in it is known: balanced, and in no open quotation."""
    found, is_open = [], False
    for line in lines:
        has_marks = _MARK.search(line.text) is not None
        found.append(line.is_clear and not (is_open and not has_marks))
        is_open = not line.is_clear if has_marks else is_open
    return found


@dataclass(frozen=True, slots=True)
class Statement:
    """Lines of two reports that are one statement, the changes that may be told of it, and the kinds of its edits.

    ``kinds`` is None where they cannot be known; ``free`` kinds may be told or not.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    changes: frozenset[str]
    kinds: frozenset[str] | None = None
    free: frozenset[str] = frozenset({"trivial"})


def statements(a: list[Line], b: list[Line], made: Transmission) -> list[Statement]:
    """Return every line of two reports in exactly one statement; ``b`` is told against ``a``."""
    clear_a, clear_b = clear_lines(a), clear_lines(b)
    found = []
    for left, right in groups(links(a, b)):
        is_clear = all(clear_a[i] for i in left) and all(clear_b[j] for j in right)
        statement = _statement(a, b, left, right, made)
        found.append(statement if is_clear else replace(statement, kinds=None))
    in_a, in_b = (set(chain(*(getattr(s, side) for s in found))) for side in ("a", "b"))
    found += [Statement((i,), (), frozenset({"cut"})) for i in range(len(a)) if i not in in_a]
    found += [Statement((), (j,), frozenset({"added"})) for j in range(len(b)) if j not in in_b]
    return found


def _statement(
    a: list[Line], b: list[Line], left: tuple[int, ...], right: tuple[int, ...], made: Transmission
) -> Statement:
    one, other = [a[i] for i in left], [b[j] for j in right]
    if len(left) > 1 or len(right) > 1:
        told = {"split"} if len(left) == 1 else {"merged"} if len(right) == 1 else {"split", "merged"}
        return Statement(left, right, frozenset(told))
    kinds = kinds_between(one, other, made.edits)
    if kinds is not None and kinds <= {"trivial"}:
        return Statement(left, right, frozenset({"kept"}), frozenset())
    same = same_share(one, other)
    told = {"edited"} if same >= EDITED_FROM else {"rewritten"} if same < REWRITTEN_BELOW else {"edited", "rewritten"}
    free = {"trivial"}
    if any(_cue().search(line.text) for line in (*one, *other)):
        free.add("attribution")
    if kinds and kinds & {"attribution", "quote"}:
        free.add("wording")
    return Statement(left, right, frozenset(told), kinds, frozenset(free - (kinds or set())))


@dataclass(frozen=True, slots=True)
class Lineage:
    """The true edges that evidence can show.

    ``parents`` by node; ``same`` numbers the nodes that no edit parts (equal number: joined by edges on which nothing
    changed); ``twins`` the reports that not even clock and credit tell apart.
    """

    parents: dict[str, tuple[str, ...]]
    same: dict[str, int]
    twins: dict[str, int]
    unseen: frozenset[str]

    @property
    def edges(self) -> set[tuple[str, str]]:
        """All edges, from source to carrier."""
        return {(parent, node) for node, parents in self.parents.items() for parent in parents}

    def is_free(self, parent: str, node: str) -> bool:
        """Tell whether the edge cannot be shown: an unseen copy that its carrier printed unchanged."""
        return parent in self.unseen and self.same[parent] == self.same[node]


def lineage_of(made: Transmission) -> Lineage:
    """Return the true edges, unseen copies that leave no trace taken out."""
    parents = {name: node.parents for name, node in made.nodes.items()}
    _contract(parents, made.nodes)
    texts = {name: tuple(line.text for line in made.nodes[name].lines) for name in parents}
    same = _joined({name: name for name in parents}, parents, texts)
    twins: dict[tuple[object, ...], int] = {}
    number = {}
    for name in parents:
        node = made.nodes[name]
        key = (same[name], texts[name], node.shown, node.form) if node.seen else (name,)
        number[name] = twins.setdefault(key, len(twins))
    return Lineage(parents, same, number, frozenset(name for name in parents if not made.nodes[name].seen))


def _contract(parents: dict[str, tuple[str, ...]], nodes: dict[str, Node]) -> None:
    """Take out unseen copies without a carrier, unseen ones below another with one, and heads of one unseen copy."""
    changed = True
    while changed:
        changed = False
        for name in [name for name in parents if not nodes[name].seen]:
            below = [node for node, above in parents.items() if name in above]
            is_head = not parents[name]
            if len(below) == 0 or (len(below) == 1 and (not is_head or not nodes[below[0]].seen)):
                above = parents.pop(name)
                for node in below:
                    parents[node] = (*above, *(p for p in parents[node] if p != name))
                changed = True


def _joined(
    number: dict[str, str], parents: dict[str, tuple[str, ...]], texts: dict[str, tuple[str, ...]]
) -> dict[str, int]:
    """Number the nodes so that those joined by edges on which nothing changed have one number."""

    def root(name: str) -> str:
        while number[name] != name:
            name = number[name]
        return name

    for node, above in parents.items():
        for parent in above:
            if texts[parent] == texts[node]:
                number[root(node)] = root(parent)
    roots = {name: i for i, name in enumerate(sorted({root(name) for name in number}))}
    return {name: roots[root(name)] for name in number}


def origins(made: Transmission) -> dict[str, str]:
    """Return the true origin of each report: the agency's copy, or the other source."""
    return {node.name: "other" if node.name == "other" else "agency" for node in made.reports}


def archetype_text(made: Transmission, name: str) -> str:
    """Return the text of an unseen copy, as far as some report has a word of it."""
    held = {root for node in made.reports for line in node.lines for root in line.roots}
    return "\n".join(line.text for line in made.nodes[name].lines if line.roots & held)


def is_nowhere_whole(made: Transmission, name: str) -> bool:
    """Tell whether no report has the whole text of an unseen copy."""
    wanted = {line.text for line in made.nodes[name].lines}
    return all(wanted - {line.text for line in node.lines} for node in made.reports)


def leaning(made: Transmission) -> dict[str, list[tuple[str, frozenset[int]]]]:
    """Return by report the words (by root) that lost the sentence they lean on, where another report has it."""
    holders: dict[int, set[str]] = defaultdict(set)
    for node in made.reports:
        for line in node.lines:
            for root in line.roots:
                holders[root].add(node.name)
    found: dict[str, list[tuple[str, frozenset[int]]]] = {node.name: [] for node in made.reports}
    for item in made.planted:
        for node in made.reports:
            printed = {token.root for line in node.lines for token in line.tokens}
            inside = {root for line in node.lines for root in line.roots}
            is_elsewhere = any(holders[root] - {node.name} for root in item.leans_on)
            if item.roots <= printed and not item.leans_on & inside and is_elsewhere:
                found[node.name].append((item.kind, item.roots))
    return found
