"""Reuse between reports: recall of known pairs, precision of strong pairs, and planted excerpts found again.

Known pairs are the silver pairs of stories/allsides among 2,000 other articles of the pool (fewest first by the hash
of their id). Each article counts as one body segment. `pytest -s` prints the figures.
"""

import gzip
import json
import random
import re
import sys
from hashlib import sha256

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.stages import matches
from retold.tables.table import MATCHES, META, PAGES, SEGMENTS

N_OTHERS = 2000
BANDS = {".2-.4": (0.2, 0.4), ".4-.7": (0.4, 0.7), ">.7": (0.7, 1.01)}
STRONG = 0.2

FOUND_FLOORS = {".2-.4": 0.91, ".4-.7": 0.975, ">.7": 1.0}
"""Share of silver pairs with any shared passage.

Once .99 and 1: 18 pairs of the lowest band and one of the next are one page and pages of one outlet, all sealed, that share
a gallery of that outlet. What stands on more than 16 of an outlet's pages over the year joins no pages any more, so they are not told."""
DEGREE_FLOORS = {".2-.4": 0.88, ".4-.7": 0.97, ">.7": 1.0}
"""Share of silver pairs whose copied and quoted share is at least three quarters of the band's lower bound.

The rest are pairs whose common text is told to be boilerplate (picture galleries, sign-up lines)."""
PRECISION_FLOOR = 0.95
"""Share of strong cross-outlet pairs that are silver pairs, or as alike by the measure of the silver list.

The rest need not be wrong, so it is a lower bound: all of them have a share of .14 to .2 by that measure."""
PLANT_FLOORS = {"found": 0.99, "precision": 0.99, "recall": 0.97, "f1": 0.98}
"""Excerpts of 60 words, one word in ten edited: share found, and characters of their spans."""


@pytest.fixture(scope="module")
def pairs(shared):
    with (shared / "data/stories/allsides/reuse-pairs.jsonl").open(encoding="utf-8") as lines:
        return {frozenset((row["a"], row["b"])): row["containment5"] for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def articles(shared, pairs):
    """Give the articles of the silver pairs and, behind them, the others."""
    wanted = frozenset().union(*pairs)
    with gzip.open(shared / "data/stories/allsides/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = list(map(json.loads, lines))
    rows.sort(key=lambda row: sha256(row["id"].encode()).hexdigest())
    others = [row for row in rows if row["id"] not in wanted][:N_OTHERS]
    return [row for row in rows if row["id"] in wanted] + others


def _matches(articles):
    """Return the matches of the articles by their two ids, and the ids' order in each."""
    tables = MemoryTables()
    pages = [
        Page(PageId(row["id"]), row["url"], row["id"], PageFormat.TEXT, "utf-8", 0, "", "1", row["text"], NO_COUNT)
        for row in articles
    ]
    tables.put(PAGES, pages)
    tables.put(SEGMENTS, (Segment(p.page, 0, len(p.text), SegmentKind.BODY) for p in pages if p.text))
    fields = ((MetaField.PUBLISHED, "date"), (MetaField.OUTLET, "source"))
    tables.put(META, (MetaValue(row["id"], field, row[name], "record") for row in articles for field, name in fields))
    run_stages(tables, [matches.STAGE_COMPILED])
    return {frozenset((match.a, match.b)): match for match in tables.rows(MATCHES)}


NO_COUNT = Characters(0, 0, 0)


def _is_sealed(page):
    """Tell whether nobody who wrote the rules opened this article."""
    return int(sha256(page.encode()).hexdigest(), 16) % 2 == 1


def _degree(match):
    return max(match.containment_a, match.containment_b) if match else 0.0


def test_known_pairs_are_found_and_strong_pairs_are_known(pairs, articles):
    found = _matches(articles)
    for name, (low, high) in BANDS.items():
        band = [pair for pair, degree in pairs.items() if low <= degree < high]
        sealed = [pair for pair in band if any(map(_is_sealed, pair))]
        for told, some in (("all", band), ("sealed", sealed)):
            n_found = sum(pair in found for pair in some)
            n_degree = sum(_degree(found.get(pair)) >= 0.75 * low for pair in some)
            shares = f"found {n_found / len(some):.3f}, degree {n_degree / len(some):.3f}"
            _tell(f"{name} {told}: {len(some)} pairs, {shares}")
            assert n_found / len(some) >= FOUND_FLOORS[name]
            assert n_degree / len(some) >= DEGREE_FLOORS[name]
    outlets = {row["id"]: row["source"].replace(" Online News", "").replace(" News", "") for row in articles}
    strong = [pair for pair, match in found.items() if _degree(match) >= STRONG]
    across = [pair for pair in strong if len({outlets[page] for page in pair}) == 2]
    silver = sum(pair in pairs for pair in across)
    texts = {row["id"]: row["text"] for row in articles}
    # The list lacks copies of opinion pieces; by its own measure they are pairs like the others.
    more = sum(pair not in pairs and _containment5(*(texts[page] for page in pair)) >= STRONG for pair in across)
    precision = (silver + more) / len(across)
    _tell(
        f"strong pairs across outlets: {len(across)}, silver {silver}, as alike but not listed {more}: {precision:.3f}"
    )
    assert precision >= PRECISION_FLOOR


def _containment5(one, other):
    """Return the share of runs of five words of the shorter text that the other has too."""
    runs = []
    for text in (one, other):
        words = re.findall(r"\w+", text.lower())
        runs.append({tuple(words[i : i + 5]) for i in range(len(words) - 4)})
    return len(runs[0] & runs[1]) / max(min(map(len, runs)), 1)


def test_planted_excerpts_are_found_with_their_borders(articles):
    chance = random.Random(20)
    pool = [row for row in articles[-N_OTHERS:] if len(row["text"].split()) > 250][:600]
    chance.shuffle(pool)
    planted = [_planted(host, donor, chance) for host, donor in zip(pool[:300], pool[300:], strict=True)]
    found = _matches([row for host, donor, *_ in planted for row in (host, donor)])
    n_found = n_common = n_gold = n_told = 0
    for host, donor, in_host, in_donor in planted:
        match = found.get(frozenset((host["id"], donor["id"])))
        spans = () if match is None else match.spans
        host_is_a = match is not None and match.a == host["id"]
        for gold, side in ((in_host, 0 if host_is_a else 2), (in_donor, 2 if host_is_a else 0)):
            told = {at for span in spans for at in range(span[side], span[side + 1])}
            n_common += len(told & set(range(*gold)))
            n_gold += gold[1] - gold[0]
            n_told += len(told)
        n_found += bool(spans)
    precision, recall = n_common / n_told, n_common / n_gold
    figures = {
        "found": n_found / len(planted),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
    }
    _tell(f"planted: {len(planted)}, " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    for name, floor in PLANT_FLOORS.items():
        assert figures[name] >= floor, name


def _planted(host, donor, chance):
    """Return the host with an edited excerpt of the donor inside, the donor, and the excerpt's place in each."""
    words = donor["text"].split(" ")
    first = chance.randrange(len(words) - 200)
    excerpt = words[first : first + 60]
    start = sum(len(word) + 1 for word in words[:first])
    edited = []
    for word in excerpt:
        kind = chance.choice(("replace", "drop", "insert")) if chance.random() < 0.1 else "keep"
        edited += {"keep": [word], "replace": ["quorl"], "drop": [], "insert": ["quorl", word]}[kind]
    before = host["text"].split(" ")
    at = chance.randrange(1, len(before))
    place = len(" ".join(before[:at])) + 1
    text = " ".join([*before[:at], *edited, *before[at:]])
    in_donor = (start, start + len(" ".join(excerpt)))
    return {**host, "text": text}, donor, (place, place + len(" ".join(edited))), in_donor


def _tell(line):
    sys.stdout.write(f"\n{line}")
