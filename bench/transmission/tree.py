"""A random tree of carriers: who takes the text from whom, and what each makes of it.

The shares are pinned, so that it cannot become easy: 10 % of copies identical; up to 15 % of words edited, in a fifth
of the trees 15 to 35 %; cuts from the bottom and inside, new leads, own paragraphs (also from another report of the
event), a second source merged in 10 %, styles, a second take with new numbers, a correction that half take over,
reordering, split and joined sentences; 20 % of clocks missing, 10 % late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from bench.transmission.articles import Article, Pool, foreign_lines
from bench.transmission.edits import facts_edited, merged, other_number, reworded, split, vocabulary_of
from bench.transmission.lines import Edits, Line, replaced
from bench.transmission.planted import Planted, planted
from bench.transmission.styles import Style, names_of, style_of, styled

AGENCIES = ("AFP", "AP", "Reuters", "DPA")
IDENTICAL, HEAVY_TREES, MERGED, NO_CLOCK, LATE = 0.1, 0.2, 0.1, 0.2, 0.1
LIGHT, HEAVY = (0.0, 0.15), (0.15, 0.35)
ORIGINAL, SECOND_TAKE, OTHER = "*", "*2", "other"


@dataclass
class Node:
    """A copy of the text. ``parents`` are names, the one of most text first; ``hour`` is when it came out.

    ``shown`` is the hour its page gives (None: no clock). ``note`` is the correction it prints. ``form`` is how it
    credits the agency. ``outlet`` None means the agency itself.
    """

    name: str
    parents: tuple[str, ...]
    lines: list[Line]
    hour: float
    seen: bool = True
    shown: float | None = None
    form: str | None = None
    note: str | None = None
    outlet: str | None = None
    n_own: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What the agency takes back: the word's root, what stood there and what is right."""

    root: int
    old: str
    new: str

    @property
    def note(self) -> str:
        """The note a carrier prints that takes it over."""
        return f"Correction: an earlier version of this report gave the figure as {self.old}; it is {self.new}."


@dataclass
class Transmission:
    """One made story: its nodes by name in order of making, its edits, what leans on what."""

    seed: int
    agency: str
    nodes: dict[str, Node] = field(default_factory=dict)
    edits: Edits = field(default_factory=Edits)
    planted: list[Planted] = field(default_factory=list)
    correction: Correction | None = None

    @property
    def reports(self) -> list[Node]:
        """The nodes that are pages, in order of making."""
        return [node for node in self.nodes.values() if node.seen]


@dataclass(frozen=True, slots=True)
class Habits:
    """What is drawn once for a tree: the share of words edited, of direct copies, of credits; words to put in."""

    words: tuple[float, float]
    direct: float
    crediting: float
    vocabulary: list[str]
    names: list[str]


def transmit(pool: Pool, seed: int, n_carriers: int) -> Transmission:
    """Return the transmission that the seed makes of an article of the pool, with so many carriers."""
    draw = Random(f"{seed}/{n_carriers}")
    article = draw.choice(pool.articles)
    made = Transmission(seed, draw.choice(AGENCIES))
    mates = [line for mate in pool.mates(article) for line in foreign_lines(mate.lines, article.lines)]
    strangers = draw.sample(pool.articles, 3 + n_carriers // 10)
    other = [line for stranger in strangers for line in foreign_lines(stranger.lines, article.lines)]
    habits = Habits(
        words=HEAVY if draw.random() < HEAVY_TREES else LIGHT,
        direct=draw.uniform(0.35, 0.9),
        crediting=draw.choice((0.0, 0.8, 0.8, 0.8, 1.0)),
        vocabulary=vocabulary_of(other),
        names=names_of(article.lines),
    )
    _write_original(made, article, draw)
    taken = _write_other_source(made, mates, other, draw)
    own = _own_lines([text for text in mates if text not in taken], [text for text in other if text not in taken], draw)
    _write_second_take(made, own, draw)
    for i in range(n_carriers):
        _carry(made, str(i), habits, own, draw)
    return made


def _own_lines(mates: list[str], other: list[str], draw: Random) -> Iterator[str]:
    """Yield lines that outlets add, each once: of another report of the event and of other reports in turn."""
    one, two = (draw.sample(texts, len(texts)) for texts in (list(dict.fromkeys(mates)), list(dict.fromkeys(other))))
    while one or two:
        if one and (not two or draw.random() < 0.5):
            yield one.pop()
        elif two:
            yield two.pop()


def _write_original(made: Transmission, article: Article, draw: Random) -> None:
    lines = [made.edits.line(text) for text in article.lines]
    lines, made.planted = planted(lines, made.agency, draw, made.edits)
    seen = draw.random() < 0.3
    made.nodes[ORIGINAL] = Node(ORIGINAL, (), lines, 0.0, seen=seen, shown=_clock(0.0, draw))


def _write_second_take(made: Transmission, own: Iterator[str], draw: Random) -> None:
    """Let the agency send a second take in a third of the stories: new numbers and some sentences more."""
    first = made.nodes[ORIGINAL]
    if draw.random() < 0.33:
        lines, n_updated = list(first.lines), 0
        for i in draw.sample(range(len(lines)), len(lines)):
            changed = other_number(lines[i], draw, made.edits) if n_updated < 3 else None
            lines[i], n_updated = changed or lines[i], n_updated + (changed is not None)
        for text in (next(own, None) for _ in range(draw.randint(1, 4))):
            if text is not None:
                lines.insert(draw.randint(1, len(lines)), made.edits.line(text))
        hour = draw.uniform(1, 6)
        seen = first.seen and draw.random() < 0.7
        made.nodes[SECOND_TAKE] = Node(SECOND_TAKE, (ORIGINAL,), lines, hour, seen=seen, shown=_clock(hour, draw))
    if draw.random() < 0.2:
        made.correction = _correction_of(first.lines, draw)


def _correction_of(lines: list[Line], draw: Random) -> Correction | None:
    figures = [t for line in lines for t in line.tokens if t.text.isdigit() and 10 <= int(t.text) < 1000]
    if not figures:
        return None
    wrong = draw.choice(figures)
    return Correction(wrong.root, wrong.text, str(int(wrong.text) + draw.randint(11, 19)))


def _write_other_source(made: Transmission, mates: list[str], other: list[str], draw: Random) -> frozenset[str]:
    """Put an independent report of the event into half of the stories: carriers may take text from it too."""
    if draw.random() >= 0.5:
        return frozenset()
    texts = list(dict.fromkeys(mates if len(mates) >= 8 else other))[:20]
    lines = [made.edits.line(text) for text in texts]
    made.nodes[OTHER] = Node(OTHER, (), lines, 1.0, shown=_clock(1.0, draw), outlet="Paper of Record")
    return frozenset(texts)


def _clock(hour: float, draw: Random) -> float | None:
    if draw.random() < NO_CLOCK:
        return None
    return hour + draw.uniform(6, 48) if draw.random() < LATE else hour


def _carry(made: Transmission, name: str, habits: Habits, own: Iterator[str], draw: Random) -> None:
    """Add one carrier."""
    parent = _parent(made, habits, draw)
    hour = parent.hour + draw.uniform(0.2, 6.0)
    node = Node(name, (parent.name,), list(parent.lines), hour, shown=_clock(hour, draw), outlet=f"Outlet {name}")
    is_credited = draw.random() < habits.crediting
    if draw.random() < IDENTICAL:
        node.form = parent.form or ("line" if is_credited else None)
    else:
        _rework(made, node, habits, own, draw)
        if is_credited:
            node.form = "with" if node.n_own and draw.random() < 0.7 else draw.choice(("dateline", "line"))
    made.nodes[name] = node


def _parent(made: Transmission, habits: Habits, draw: Random) -> Node:
    heads = [made.nodes[name] for name in (ORIGINAL, SECOND_TAKE) if name in made.nodes]
    carriers = [node for node in made.nodes.values() if node.name not in (ORIGINAL, SECOND_TAKE, OTHER)]
    return draw.choice(heads) if not carriers or draw.random() < habits.direct else draw.choice(carriers)


def _rework(made: Transmission, node: Node, habits: Habits, own: Iterator[str], draw: Random) -> None:
    """Let an editor go over a carrier's text."""
    _correct(made, node, draw)
    node.lines = _cut(node.lines, draw)
    node.lines = [facts_edited(line, draw, made.edits) for line in node.lines]
    node.lines = _reworded(made, node.lines, habits, draw)
    node.lines = _cut_and_joined(made, node.lines, draw)
    style = style_of(made.agency, habits.names, draw) if draw.random() < 0.6 else Style()
    node.lines = styled(node.lines, style, made.agency, made.edits)
    if draw.random() < 0.15:
        node.lines = _reordered(node.lines, draw)
    _merge(made, node, draw)
    _add(made, node, own, draw)


def _correct(made: Transmission, node: Node, draw: Random) -> None:
    correction = made.correction
    if correction is None or node.hour < 2.0 or draw.random() < 0.5:
        return
    for i, line in enumerate(node.lines):
        for at, token in enumerate(line.tokens):
            if token.root == correction.root and token.text == correction.old:
                node.lines[i] = replaced(line, at, correction.new, made.edits.new("number"))
                node.note = correction.note


def _cut(lines: list[Line], draw: Random) -> list[Line]:
    if draw.random() < 0.6:
        lines = lines[: max(5, int(len(lines) * draw.uniform(0.4, 1.0)))]
    kept = [line for line in lines if draw.random() > 0.08]
    return kept if len(kept) >= 4 else lines


def _reworded(made: Transmission, lines: list[Line], habits: Habits, draw: Random) -> list[Line]:
    """Spend the carrier's share of edited words on some of its sentences."""
    share, touched = draw.uniform(*habits.words), draw.uniform(0.2, 1.0)
    done = []
    for line in lines:
        wanted = len(line.tokens) * min(0.6, share / touched) if draw.random() < touched else 0.0
        n = int(wanted) + (draw.random() < wanted % 1)
        done.append(reworded(line, n, draw, made.edits, habits.vocabulary) if n else line)
    return done


def _cut_and_joined(made: Transmission, lines: list[Line], draw: Random) -> list[Line]:
    done: list[Line] = []
    for line in lines:
        parts = split(line, made.edits) if draw.random() < 0.05 else None
        whole = merged(done[-1], line, made.edits) if done and draw.random() < 0.03 else None
        if parts is not None:
            done += parts
        elif whole is not None:
            done[-1] = whole
        else:
            done.append(line)
    return done


def _reordered(lines: list[Line], draw: Random) -> list[Line]:
    if len(lines) < 8:
        return lines
    start, n = draw.randrange(2, len(lines) - 3), draw.randint(1, 3)
    block, rest = lines[start : start + n], [*lines[:start], *lines[start + n :]]
    at = draw.choice([i for i in range(1, len(rest)) if abs(i - start) > 1])
    return [*rest[:at], *block, *rest[at:]]


def _merge(made: Transmission, node: Node, draw: Random) -> None:
    """Let a tenth of the carriers take in a stretch of the other source's text, where there is one."""
    other = made.nodes.get(OTHER)
    if other is None or OTHER in node.parents or draw.random() >= MERGED:
        return
    n = min(draw.randint(3, 7), len(other.lines))
    start = draw.randrange(len(other.lines) - n + 1)
    inside = {root for line in node.lines for root in line.roots}
    taken = [line for line in other.lines[start : start + n] if not line.roots & inside]
    if len(taken) < 3:
        return
    at = draw.randint(1, len(node.lines))
    node.lines[at:at] = taken
    node.parents = (*node.parents, OTHER)
    node.hour = max(node.hour, other.hour + 0.1)


def _add(made: Transmission, node: Node, own: Iterator[str], draw: Random) -> None:
    """Put in own paragraphs, and in a fifth of the carriers a new lead."""
    places = [0] if draw.random() < 0.2 else []
    places += [draw.randint(1, len(node.lines)) for _ in range(draw.choice((0, 0, 1, 2, 4)))]
    for at in sorted(places, reverse=True):
        text = next(own, None)
        if text is not None:
            node.lines.insert(at, made.edits.line(text))
            node.n_own += 1
