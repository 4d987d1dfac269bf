"""Simulated transmissions: real articles handed down a random tree of carriers, to score the stemma.

Owns the simulator and the score. An article of the measuring data (read at run time, never copied) is the agency's
copy; two to ten carriers take it from there or from one another, cut it, edit it and add paragraphs of their own,
with or without credit and clock. Printed: F1 of edges, and how often all reports are given their true origin.

    PYTHONPATH=src python bench/transmission.py --seeds 0 40
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId, page_id_of
from retold.model.report import Credit, CreditForm, Dateline, MetaField, MetaValue, Segment, SegmentKind
from retold.model.story import Story, StoryId
from retold.stages import collation, matches, sentences, stemma
from retold.tables import table as t
from retold.text.spans import Span

REPOSITORY = Path(__file__).resolve().parent.parent
AGENCIES = ("AFP", "AP", "Reuters", "DPA")
UNSEEN, STRANGER = "*", "stranger"
POOL = 400
_SENTENCE_END = re.compile(r"(?<=[a-z0-9]{2}[.!?])[”\"]?\s+(?=[A-Z“\"])")
_QUOTED = re.compile(r"[“\"][^“”\"]{40,300}[”\"]")


@dataclass
class Carrier:
    """A report of the simulation: its parent by number (None: the original), its sentences, its credit and clock."""

    parent: int | None
    lines: list[str]
    hour: int
    form: str | None = None
    n_own: int = 0
    n_changes: int = 0


@dataclass
class Transmission:
    """One simulated story: the original (``seen`` when it is a report itself) and its carriers.

    ``stranger`` is an independent report that shares no more than two quotations.
    """

    agency: str
    original: list[str]
    seen: bool
    clocked: bool
    carriers: list[Carrier] = field(default_factory=list)
    stranger: list[str] | None = None


def articles(half: int) -> list[list[str]]:
    """Return the sentences of articles from one half of the pool (0: even hash, 1: sealed)."""
    shared = Path(os.environ.get("RETOLD_SHARED") or REPOSITORY.parent / "shared")
    path = shared / "data" / "stories" / "allsides" / "articles.jsonl.gz"
    found: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass") as handle:
        for i, line in enumerate(handle):
            if i % 7:
                continue
            record = json.loads(line)
            if int(hashlib.sha256(record["id"].encode()).hexdigest(), 16) % 2 != half:
                continue
            lines = _sentences(record["text"])
            if 12 <= len(lines) <= 45:
                found.append(lines)
            if len(found) == POOL:
                break
    return found


def _sentences(text: str) -> list[str]:
    parts = [part.strip() for line in text.split("\n") for part in _SENTENCE_END.split(line)]
    return list(dict.fromkeys(part for part in parts if 6 <= len(part.split()) <= 60))


def transmit(pool: list[list[str]], seed: int) -> Transmission:
    """Return the transmission that the seed makes of an article of the pool."""
    draw = random.Random(seed)
    original, donor, other = draw.sample(pool, 3)
    made = Transmission(draw.choice(AGENCIES), original, draw.random() < 0.3, draw.random() < 0.6)
    if draw.random() < 0.5:
        quoted = [f"{said} somebody at the scene recalled." for line in original for said in _QUOTED.findall(line)]
        made.stranger = [*other[:12], *draw.sample(quoted, min(2, len(quoted))), *other[12:]]
    own = iter(draw.sample(donor, len(donor)))
    crediting = draw.random() < 0.8
    for i in range(draw.randint(2, 10)):
        parent = draw.randrange(i) if i and draw.random() < 0.35 else None
        above = made.carriers[parent] if parent is not None else None
        carrier = Carrier(parent, list(above.lines if above else original), (above.hour if above else 0) + 1)
        carrier.hour += draw.randint(0, 5)
        _cut(carrier, draw)
        _edit(carrier, donor, draw)
        _add(carrier, own, draw)
        if crediting and draw.random() < 0.8:
            carrier.form = "with" if carrier.n_own else draw.choice(["dateline", "line"])
        made.carriers.append(carrier)
    return made


def _cut(carrier: Carrier, draw: random.Random) -> None:
    if draw.random() < 0.6:
        keep = max(5, int(len(carrier.lines) * draw.uniform(0.4, 1.0)))
        carrier.n_changes += len(carrier.lines) - len(carrier.lines[:keep])
        carrier.lines = carrier.lines[:keep]
    kept = [line for line in carrier.lines if draw.random() > 0.08]
    if len(kept) >= 4:
        carrier.n_changes += len(carrier.lines) - len(kept)
        carrier.lines = kept


def _edit(carrier: Carrier, donor: list[str], draw: random.Random) -> None:
    words = [word for line in donor for word in line.split() if word.isalpha() and word.islower()]
    for i, line in enumerate(carrier.lines):
        if draw.random() < 0.15 and words:
            parts = line.split()
            for _ in range(draw.randint(1, 3)):
                at = draw.randrange(1, len(parts))
                action = draw.choice(["replace", "drop", "insert"])
                parts[at : at + (action != "insert")] = [] if action == "drop" else [draw.choice(words)]
                if len(parts) < 4:
                    break
            carrier.lines[i] = " ".join(parts)
            carrier.n_changes += 1


def _add(carrier: Carrier, own: Iterator[str], draw: random.Random) -> None:
    for _ in range(draw.choice([0, 0, 1, 2, 4])):
        line = next(own, None)
        if line is not None:
            carrier.lines.insert(draw.randint(1, len(carrier.lines)), line)
            carrier.n_own += 1


def tables_of(made: Transmission, seed: int) -> tuple[MemoryTables, dict[str, PageId]]:
    """Return the transmission as page rows, and the ids of its reports ("0" ... by carrier, "*" the seen original)."""
    rows: dict[str, list[object]] = {table.name: [] for table in t.ALL_TABLES}
    pages: dict[str, PageId] = {}
    if made.seen:
        pages[UNSEEN] = _page(f"{seed}-original", Carrier(None, made.original, 0), made, rows, is_original=True)
    for i, carrier in enumerate(made.carriers):
        pages[str(i)] = _page(f"{seed}-{i}", carrier, made, rows)
    if made.stranger is not None:
        pages[STRANGER] = _page(f"{seed}-stranger", Carrier(None, made.stranger, 3), made, rows)
    story = StoryId(f"{seed:032x}")
    order = sorted(pages.values())
    rows["stories"] = [Story(story, story, "", None, None, tuple(order))]
    tables = MemoryTables()
    for table in t.ALL_TABLES:
        tables.put(table, rows[table.name])
    return tables, pages


def _page(
    name: str, carrier: Carrier, made: Transmission, rows: dict[str, list[object]], *, is_original: bool = False
) -> PageId:
    parts = [(line, SegmentKind.BODY) for line in carrier.lines]
    if carrier.form == "dateline":
        parts.insert(0, (f"OSSEL, March 3 ({made.agency}) -", SegmentKind.DATELINE))
    if carrier.form in ("with", "line"):
        parts.append((f"{'with ' if carrier.form == 'with' else ''}{made.agency}", SegmentKind.CREDIT))
    text = "\n\n".join(part for part, _ in parts)
    page = page_id_of(name, text.encode("utf-8", "surrogatepass"))
    rows["pages"].append(
        Page(page, f"{name}.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))
    )
    at = 0
    for part, kind in parts:
        end = min(len(text), at + len(part) + 2)
        rows["segments"].append(Segment(page, at, end, kind))
        start = at + part.find(made.agency)
        where = Span(start, start + len(made.agency))
        if kind is SegmentKind.DATELINE:
            rows["datelines"].append(Dateline(page, Span(at, at + len(part)), None, None, made.agency))
            rows["credits"].append(Credit(page, made.agency, CreditForm.DATELINE, where))
        if kind is SegmentKind.CREDIT:
            rows["credits"].append(Credit(page, made.agency, CreditForm.CREDIT_LINE, where))
        at = end
    rows["meta"].append(MetaValue(page, MetaField.OUTLET, made.agency if is_original else f"Outlet {name}", "record"))
    if made.clocked:
        when = datetime(2024, 3, 4, tzinfo=UTC) + timedelta(hours=carrier.hour)
        rows["meta"].append(MetaValue(page, MetaField.PUBLISHED, when.isoformat(), "record"))
    return page


def score(made: Transmission, seed: int) -> tuple[Counter[str], list[str]]:
    """Return the counts of one transmission and what went wrong, edge by edge."""
    tables, pages = tables_of(made, seed)
    run_stages(tables, [sentences.STAGE, matches.STAGE, collation.STAGE, stemma.STAGE])
    names = {page: name for name, page in pages.items()}
    true = {(UNSEEN if c.parent is None else str(c.parent), str(i)) for i, c in enumerate(made.carriers)}
    found = {(names.get(PageId(e.source), UNSEEN), names[PageId(e.target)]) for e in tables.rows(t.STEMMA_EDGES)}
    origin_by_name = {names[row.page]: row.origin for row in tables.rows(t.REPORT_ORIGINS)}
    apart = origin_by_name.pop(STRANGER, None)
    origins = set(origin_by_name.values())
    credited = made.seen or any(carrier.form for carrier in made.carriers)
    kind = f"{'seen' if made.seen else 'unseen'}, {'clock' if made.clocked else 'no clock'}"
    counts = Counter(
        {
            "right": len(true & found),
            "found": len(found),
            "true": len(true),
            "stories": 1,
            "star": sum(carrier.parent is None for carrier in made.carriers),
            "origins right": int(len(origins) == 1 and apart not in origins),
            "named": int(credited and origins == {made.agency}),
            "nameable": int(credited),
            f"{kind}: right": len(true & found),
            f"{kind}: both": len(found) + len(true),
        }
    )
    wrong = [f"seed {seed} ({kind}): true {sorted(true - found)} found {sorted(found - true)}"] if true != found else []
    return counts, wrong


def main() -> None:
    """Run the seeds asked for and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 40), metavar=("FIRST", "LAST"))
    parser.add_argument("--sealed", action="store_true", help="use the sealed half of the articles")
    parser.add_argument("--wrong", action="store_true", help="print the edges that differ")
    asked = parser.parse_args()
    pool = articles(int(asked.sealed))
    total: Counter[str] = Counter()
    for seed in range(*asked.seeds):
        counts, wrong = score(transmit(pool, seed), seed)
        total.update(counts)
        if asked.wrong:
            print(*wrong, sep="\n")
    right, found, true = total["right"], total["found"], total["true"]
    print(f"{total['stories']} transmissions, {true} edges")
    print(f"edges: F1 {2 * right / (found + true):.3f}, precision {right / found:.3f}, recall {right / true:.3f}")
    for name in sorted(name.removesuffix(": both") for name in total if name.endswith(": both")):
        print(f"  {name}: F1 {2 * total[f'{name}: right'] / total[f'{name}: both']:.3f}")
    print(f"all from the original (baseline): F1 {total['star'] / true:.3f}")
    print(f"every report given its origin: {total['origins right']}/{total['stories']}")
    print(f"origin named where a page names it: {total['named']}/{total['nameable']}")


if __name__ == "__main__":
    main()
