"""Collation of made transmissions: reports passed on with known changes, and how many of them `align` finds.

Takes the sealed reports of AllSides (odd sha256 of the id; read, never shown), passes each on with changes chosen by
a seeded random source (cuts, additions from another event's report, changed words, numbers, days, hedges,
attributions, house style, split and merged sentences, a moved block), and scores the rows that `align` gives against
what was done. Run: `python bench/transmission_collation.py SHARED [reports] [seed]`.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random
from time import perf_counter

from nupunkt import sent_spans

from retold.stages.collation import Aligned, align
from retold.text.words import words_of

SENTENCES = 40
"""A report is read up to here."""


@dataclass(frozen=True)
class Row:
    """What was done to sentences of the source: which became which, the change, and the kind it must show."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    change: str
    kind: str | None = None


def reports(shared: Path) -> Iterator[list[str]]:
    """Yield the sentences of the sealed reports of at least ten sentences, in file order."""
    with gzip.open(shared / "data/stories/allsides/articles.jsonl.gz", "rt", encoding="utf8") as handle:
        for line in handle:
            row = json.loads(line)
            if int(sha256(row["id"].encode()).hexdigest(), 16) % 2 == 0:
                continue
            found = [
                paragraph[start:end].strip()
                for paragraph in row["text"].split("\n")
                for start, end in sent_spans(paragraph)
            ]
            found = [sentence for sentence in dict.fromkeys(found) if len(words_of(sentence)) >= 4]
            if len(found) >= 10:
                yield found[:SENTENCES]


Edit = Callable[[str, Random, list[str]], str | None]
"""Changes a sentence, given words to put in; None where it does not apply."""


def other_words(sentence: str, random: Random, words: list[str]) -> str | None:
    """Put one to three other words in place of words of the sentence."""
    found = [w for w in words_of(sentence)[1:] if w.key.isalpha() and len(w.key) > 4 and sentence[w.start].islower()]
    if len(words_of(sentence)) < 10 or len(found) < 3:
        return None
    for word in sorted(random.sample(found, random.randint(1, 3)), reverse=True):
        sentence = sentence[: word.start] + random.choice(words) + sentence[word.end :]
    return sentence


def other_number(sentence: str, random: Random, _words: list[str]) -> str | None:
    """Put another number of two or three digits in the place of one."""
    beside = r"(?:years?|days?|a\.m|p\.m|Jan|Feb|Mar|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec)"
    found = [
        match
        for match in re.finditer(r"(?<![\w.,:/-])[1-9]\d{1,2}(?![\w,.:/-])", sentence)
        if not re.match(rf"\s*(?:of\s+)?{beside}", sentence[match.end() :])
        and not re.search(rf"{beside}\w*\.?\s*$", sentence[: match.start()])
    ]
    if not found:
        return None
    match = random.choice(found)
    return sentence[: match.start()] + str(int(match.group()) + random.randint(1, 9)) + sentence[match.end() :]


DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def other_day(sentence: str, random: Random, _words: list[str]) -> str | None:
    """Put another weekday in the place of the first."""
    match = re.search("|".join(DAYS), sentence)
    if not match:
        return None
    day = random.choice([day for day in DAYS if day != match.group()])
    return sentence[: match.start()] + day + sentence[match.end() :]


def hedged(sentence: str, _random: Random, _words: list[str]) -> str | None:
    """Hedge the first verb of being."""
    changed = re.sub(r"\b(was|were|is|are)\b(?! (?:not|reportedly))", r"\1 reportedly", sentence, count=1)
    return changed if changed != sentence else None


def other_cue(sentence: str, _random: Random, _words: list[str]) -> str | None:
    """Give the source an addressee, outside quotations."""
    cue = re.search(r"\bsaid\b(?! (?:that|in|on|at))", sentence)
    if cue is None or re.search(r"[\"“][^\"”]*$", sentence[: cue.start()]):
        return None
    return sentence[: cue.start()] + "told the committee" + sentence[cue.end() :]


STYLES = [
    (r"\bpercent\b", "per cent"),
    (r"\bU\.S\.(?=\s)", "US"),
    (r"\bSen\. ", "Senator "),
    (r"\bdefense\b", "defence"),
    (r"(\w{3})iz(e|ed|ing|ation)\b", r"\1is\2"),
]


def other_style(sentence: str, _random: Random, _words: list[str]) -> str | None:
    """Follow another style book."""
    for pattern, put in STYLES:
        changed = re.sub(pattern, put, sentence, count=1)
        if changed != sentence:
            return changed
    return None


def other_quotes(sentence: str, _random: Random, _words: list[str]) -> str | None:
    """Print the same with the other shape of quotation marks and apostrophes."""
    changed = sentence.translate(str.maketrans("“”’", '""\''))
    return changed if changed != sentence else None


EDITS: dict[str, tuple[Edit, str, int]] = {
    "wording": (other_words, "edited", 8),
    "number": (other_number, "edited", 5),
    "date": (other_day, "edited", 5),
    "hedge": (hedged, "edited", 3),
    "attribution": (other_cue, "edited", 4),
    "house style": (other_style, "edited", 4),
    "trivial": (other_quotes, "kept", 4),
}
"""By the kind they must show: the edit, the change, and its share in a hundred."""


def passed_on(a: list[str], foreign: list[str], random: Random) -> tuple[list[str], list[Row]]:
    """Return the report as a second outlet prints it, and what was done."""
    words = [sentence for f in foreign for sentence in re.findall(r"\b[a-z]{5,}\b", f)] or ["plain"]
    b: list[str] = []
    rows: list[Row] = []
    i = 0
    while i < len(a):
        if random.random() < 0.1 and foreign:
            rows.append(Row((), (len(b),), "added"))
            b.append(foreign.pop())
        put, change, kind, n = _one(a, i, random, words)
        rows.append(Row(tuple(range(i, i + n)), tuple(range(len(b), len(b) + len(put))), change, kind))
        b += put
        i += n
    return b, rows


def _one(a: list[str], i: int, random: Random, words: list[str]) -> tuple[list[str], str, str | None, int]:
    """Choose what becomes of the next sentence: what is printed, the change, its kind, sentences used up."""
    draw = random.random() * 100
    if draw < 15:
        return [], "cut", None, 1
    if draw < 20:
        parts = re.split(r"(?:,|;) (?:and|but|while) ", a[i], maxsplit=1)
        if len(parts) == 2 and all(len(words_of(part)) >= 8 for part in parts):
            return [parts[0] + ".", parts[1][:1].upper() + parts[1][1:]], "split", None, 1
    elif draw < 25 and i + 1 < len(a) and all(len(words_of(s)) >= 8 for s in a[i : i + 2]):
        return [a[i].rstrip(".") + ", and " + a[i + 1]], "merged", None, 2
    at = 25.0
    for kind, (edit, change, share) in EDITS.items():
        if at <= draw < at + share:
            changed = edit(a[i], random, words)
            if changed is not None:
                return [changed], change, kind, 1
        at += share
    return [a[i]], "kept", None, 1


def block_moved(b: list[str], rows: list[Row], random: Random) -> tuple[list[str], list[Row], set[int]]:
    """Move a block of two sentences of b to the front; returns also the places in b that moved."""
    if len(b) < 12:
        return b, rows, set()
    start = random.randrange(6, len(b) - 2)
    block = {start, start + 1}
    if any(set(row.b) & block and not set(row.b) <= block for row in rows):
        return b, rows, set()
    order = [start, start + 1, *(j for j in range(len(b)) if j not in block)]
    new = {old: j for j, old in enumerate(order)}
    rows = [Row(row.a, tuple(sorted(new[j] for j in row.b)), row.change, row.kind) for row in rows]
    return [b[j] for j in order], rows, {0, 1}


@dataclass
class Scores:
    """Counts over all transmissions; ``share`` makes them figures."""

    made: Counter[str]
    found: Counter[str]
    right: Counter[str]
    seconds: float = 0.0

    def recall(self, name: str) -> float:
        """Return the share of what was made that was found."""
        return self.right[name] / max(1, self.made[name])

    def precision(self, name: str) -> float:
        """Return the share of what was found that was made."""
        return self.right[name] / max(1, self.found[name])


def measure(shared: Path, n: int, seed: int) -> Scores:
    """Pass on n reports and count, by change, by kind ("kind number") and for "moved", what was made and found.

    A row is right when its sentences and its change are; a kind when it is among those of a right row.
    """
    random = Random(seed)
    scores = Scores(Counter(), Counter(), Counter())
    pool = [report for _, report in zip(range(n + 1), reports(shared), strict=False)]
    for a, other in pairwise(pool):
        b, rows, moved = block_moved(*passed_on(a, other[::3], random), random)
        start = perf_counter()
        given = align(a, b)
        scores.seconds += perf_counter() - start
        _count(scores, rows, given, moved)
    return scores


def _count(scores: Scores, rows: list[Row], given: list[Aligned], moved: set[int]) -> None:
    truth = {(row.a, row.b): row for row in rows}
    scores.made.update(row.change for row in rows)
    scores.made["moved"] += sum(bool(row.a and set(row.b) & moved) for row in rows)
    for row in given:
        scores.found[row.change] += 1
        scores.found["moved"] += row.moved
        made = truth.get((row.a, row.b))
        if made is None:
            continue
        scores.right["moved"] += bool(row.moved and set(row.b) & moved)
        if made.change == row.change:
            scores.right[row.change] += 1
            if made.kind is not None:
                scores.made[f"kind {made.kind}"] += 1
                scores.right[f"kind {made.kind}"] += made.kind in row.kinds


def main(shared: Path, n: int = 300, seed: int = 1) -> None:
    """Print recall and precision by change, recall by kind, and the time."""
    scores = measure(shared, n, seed)
    print(f"{n} reports, seed {seed}: {1000 * scores.seconds / n:.1f} ms a pair")
    for name in ("kept", "edited", "split", "merged", "cut", "added", "moved"):
        counts = f"made {scores.made[name]:5} found {scores.found[name]:5}"
        print(f"{name:10} {counts} recall {scores.recall(name):.3f} precision {scores.precision(name):.3f}")
    print(f"rewritten found {scores.found['rewritten']} (none made)")
    for kind in EDITS:
        print(f"{kind:12} {scores.made[f'kind {kind}']:4} shown {scores.recall(f'kind {kind}'):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
