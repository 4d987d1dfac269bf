"""Stories formed from basil, ecbplus and the labelled AllSides reports, against their gold groups (B-cubed, ARI).

The parameters are one set for all three. ``python -m tests.gate.test_stories`` prints the figures; with ``--cuts``
at other cuts too, with ``--idf FILE`` by a table made with ``bench/make_idf.py --without allsides --out FILE``.
Pages are one headline and one body segment cut at lines and sentence ends; shared passages are found by their own
stage. ecbplus: the dev split is scored, and sentence 0 of its ECB+ files, an address, is furniture.
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.lexicon import rarity as lexicon_rarity
from retold.model.page import Characters, Page, PageFormat, PageId, page_id_of
from retold.model.report import (
    PROSE_KINDS,
    Credit,
    CreditForm,
    Dateline,
    MetaField,
    MetaValue,
    Segment,
    SegmentKind,
    Sentence,
)
from retold.stages import matches
from retold.stages.report_dates import STAGE as REPORT_DATES_STAGE
from retold.stages.stories import STAGE, rarity
from retold.stages.stories import stage as story_stage
from retold.tables.table import (
    CREDITS,
    DATELINES,
    META,
    PAGES,
    REPORT_DATES,
    SEGMENTS,
    SENTENCES,
    STORIES,
    STORY_LINKS,
)
from retold.text.spans import Span
from tests.conftest import shared_folder

SENTENCE_END = re.compile(r"\n+|(?<=[.!?])[\"”’')]*\s+(?=[\"“‘A-Z0-9])")

Scores = tuple[float, float, float, float]


class Report(NamedTuple):
    id: str
    story: str
    date: str | None
    title: str
    text: str
    furniture: int = 0


def _records(path: Path) -> Iterator[dict]:
    raw = path.read_bytes()
    content = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8", "surrogatepass")
    yield from map(json.loads, content.rstrip("\n").split("\n"))


def basil(folder: Path) -> list[Report]:
    return [Report(r["id"], r["story"], r["date"], r["title"], r["text"]) for r in _records(folder / "basil.jsonl.gz")]


def ecbplus(folder: Path, split: str = "dev") -> list[Report]:
    return [
        Report(r["id"], r["story"], None, "", r["text"], r["sentences"][0][1] if r["id"].endswith("ecbplus") else 0)
        for r in _records(folder / "ecbplus.jsonl.gz")
        if r["split"] == split
    ]


def allsides(folder: Path) -> list[Report]:
    gold = {a: s["event_id"] for s in _records(folder / "allsides/stories.jsonl") for a in s["articles"]}
    return [
        Report(r["id"], gold[r["id"]], r["date"] if r["date_from"] != "event-mate" else None, r["title"], r["text"])
        for r in _records(folder / "allsides/articles.jsonl.gz")
        if r["id"] in gold
    ]


def tables_of(reports: list[Report]) -> tuple[MemoryTables, dict[str, Report]]:
    """Return the upstream tables of the reports, and the reports by page id."""
    tables, of_page = MemoryTables(), {}
    pages, segments, sentences, meta = [], [], [], []
    for report in reports:
        head = f"{report.title}\n" if report.title else ""
        text = head + report.text
        page = page_id_of(report.id, text.encode("utf-8", "surrogatepass"))
        of_page[page] = report
        pages.append(Page(page, report.id, report.id, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0)))
        body = len(head) + report.furniture
        if body:
            kind = SegmentKind.HEADLINE if head else SegmentKind.FURNITURE
            segments.append(Segment(page, 0, body, kind))
        segments.append(Segment(page, body, len(text), SegmentKind.BODY))
        starts = [body, *(m.end() for m in SENTENCE_END.finditer(text, body))]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            stripped = text[start:end].strip()
            if stripped:
                at = text.index(stripped, start)
                sentences.append(Sentence(page, at, at + len(stripped), SegmentKind.BODY))
        if report.date:
            meta.append(MetaValue(page, MetaField.PUBLISHED, report.date, "record"))
    for table, rows in ((PAGES, pages), (SEGMENTS, segments), (SENTENCES, sentences), (META, meta)):
        tables.put(table, rows)
    return tables, of_page


def bcubed(found: dict[str, str], gold: dict[str, str]) -> tuple[float, float, float]:
    """Return F1, precision and recall of the groups, averaged over items."""
    by_found, by_gold = defaultdict(set), defaultdict(set)
    for item in gold:
        by_found[found[item]].add(item)
        by_gold[gold[item]].add(item)
    common = [(len(by_found[found[i]] & by_gold[gold[i]]), by_found[found[i]], by_gold[gold[i]]) for i in gold]
    precision = sum(n / len(f) for n, f, _ in common) / len(gold)
    recall = sum(n / len(g) for n, _, g in common) / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


def adjusted_rand(found: dict[str, str], gold: dict[str, str]) -> float:
    """Return the adjusted Rand index of two partitions."""

    def pairs(counts: Counter) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    both = pairs(Counter((found[i], gold[i]) for i in gold))
    ours, theirs = pairs(Counter(found[i] for i in gold)), pairs(Counter(gold.values()))
    expected = ours * theirs / (len(gold) * (len(gold) - 1) / 2)
    return (both - expected) / ((ours + theirs) / 2 - expected)


def score(reports: list[Report]) -> Scores:
    """Return B-cubed F1, precision, recall and ARI of the stories formed."""
    tables, of_page = tables_of(reports)
    run_stages(tables, (matches.STAGE_COMPILED, STAGE))
    found = {of_page[page].id: story.story for story in tables.rows(STORIES) for page in story.pages}
    gold = {report.id: report.story for report in reports}
    return (*bcubed(found, gold), adjusted_rand(found, gold))


def seeds(shared: Path) -> tuple[MemoryTables, dict[str, PageId]]:
    """Return the two seed pages with the segments, dateline and credits a careful reader gives, and their ids."""
    gold = json.loads((shared / "gold" / "embassy.json").read_text(encoding="utf-8"))
    tables, ids, rows = MemoryTables(), {}, defaultdict(list)
    for name, file in gold["pages"].items():
        raw = (shared / "data" / "seeds" / file).read_bytes()
        text = raw.decode("utf-8")
        page = ids[name] = page_id_of(file, raw)
        rows[PAGES].append(
            Page(page, file, None, PageFormat.TEXT, "utf-8", len(raw), "", "1", text, Characters(0, 0, 0))
        )
        for start, end, kind in gold["segment_spans"][name]:
            rows[SEGMENTS].append(Segment(page, start, end, SegmentKind(kind)))
            if kind in PROSE_KINDS:
                rows[SENTENCES].append(Sentence(page, start, end, SegmentKind(kind)))
            if kind == "credit":
                rows[CREDITS].append(Credit(page, "AFP", CreditForm.CREDIT_LINE, Span(start, end)))
            if kind == "dateline":
                told = gold["dateline"][name]
                rows[DATELINES].append(Dateline(page, Span(start, end), told["place"], told["date"], told["agency"]))
    for table, found in rows.items():
        tables.put(table, found)
    return tables, ids


def test_the_seed_pages_are_one_story_with_true_reasons_and_an_inferred_day(shared: Path) -> None:
    tables, ids = seeds(shared)
    run_stages(tables, (STAGE, REPORT_DATES_STAGE))
    (story,), (link,) = tables.rows(STORIES), tables.rows(STORY_LINKS)
    assert story.pages == (ids["A"], ids["B"])
    assert link.reasons[:3] == (
        "the leads are identical",
        "both credit AFP",
        "7 sentences in the same order, 5 of them word for word",
    )
    a, b = tables.rows(REPORT_DATES)
    assert (a.value, a.how, b.value, b.how) == ("2020-02-16", "printed", "2020-02-16", "inferred")
    assert b.because
    assert "lead word for word, and that lead says 'early Sunday'" in b.because


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "data" / "stories"


def test_basil_stories(folder: Path) -> None:
    f1, _, _, ari = score(basil(folder))
    assert f1 >= 0.99
    assert ari >= 0.98


def test_ecbplus_dev_stories(folder: Path) -> None:
    f1, *_ = score(ecbplus(folder))
    assert f1 >= 0.905


@pytest.mark.slow
def test_allsides_stories(folder: Path) -> None:
    f1, _, _, ari = score(allsides(folder))
    assert f1 >= 0.91
    assert ari >= 0.76


def main() -> None:
    """Print the figures, with ``--cuts`` at other cuts too."""
    shared = shared_folder()
    assert shared, "set RETOLD_SHARED"
    folder = shared / "data" / "stories"
    sets = {"basil": basil, "ecbplus-train": lambda f: ecbplus(f, "train"), "ecbplus-dev": ecbplus}
    sets["allsides"] = allsides
    if "--idf" in sys.argv:
        table = rarity.read_levels(Path(sys.argv[sys.argv.index("--idf") + 1]).read_text(encoding="utf-8"))
        rarity.levels = lexicon_rarity.levels = lambda: table
    cuts = [0.12, 0.14, 0.15, 0.16, 0.17, 0.18, 0.20, 0.22] if "--cuts" in sys.argv else [story_stage.CUT]
    for name, load in sets.items():
        reports = load(folder)
        for cut in cuts:
            story_stage.CUT = cut
            f1, precision, recall, ari = score(reports)
            sys.stdout.write(
                f"{name} n={len(reports)} cut={cut} B3 F1 {f1:.3f} (P {precision:.3f} R {recall:.3f}) ARI {ari:.3f}\n"
            )


if __name__ == "__main__":
    main()
