"""The collation of the two seed pages against what a careful reader finds, on hand-labelled segments."""

import json
from pathlib import Path

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import SegmentKind, Sentence
from retold.model.story import Change, Story, StoryId
from retold.stages.collation import STAGE
from retold.tables.table import ALIGNMENTS, LOCI, PAGES, SENTENCES, STORIES


@pytest.fixture(scope="module")
def gold(shared: Path):
    return json.loads((shared / "gold" / "embassy.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def collated(shared: Path, gold):
    """Collate the seeds; lines of body and standfirst are the units."""
    tables, pages, sentences = MemoryTables(), [], []
    for name in "AB":
        with (shared / "data" / "seeds" / gold["pages"][name]).open(encoding="utf-8", newline="") as handle:
            text = handle.read()
        page = PageId(name)
        pages.append(Page(page, name, name, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0)))
        for start, end, kind in gold["segment_spans"][name]:
            sentences.append(Sentence(page, start, end, SegmentKind(kind)))
    tables.put(PAGES, pages)
    tables.put(SENTENCES, sentences)
    tables.put(STORIES, [Story(StoryId("s"), StoryId("s"), "", None, None, (PageId("A"), PageId("B")))])
    return run_stages(tables, [STAGE])


@pytest.fixture(scope="module")
def rows(collated):
    texts = {page.page: page.text for page in collated.rows(PAGES)}

    def lines(page, units):
        return [texts[page].count("\n", 0, unit.start) + 1 for unit in units]

    return [(lines(r.a, r.a_units), lines(r.b, r.b_units), r) for r in collated.rows(ALIGNMENTS)]


def test_changes_are_those_a_reader_finds(rows, gold):
    expected = gold["collation"]

    def found(change):
        return sorted([*a, *b] for a, b, r in rows if r.change is change)

    assert found(Change.KEPT) == sorted(expected["kept"])
    assert found(Change.EDITED) == sorted(e["pair"] for e in expected["edited"])
    assert found(Change.REWRITTEN) == sorted(e["pair"] for e in expected["rewritten"])
    assert found(Change.CUT) == [[line] for line in sorted(expected["only_in_A"])]
    assert found(Change.ADDED) == [[line] for line in sorted(expected["only_in_B"])]
    assert len(rows) == sum(expected["totals_B_against_A"].values())


def test_only_the_rewritten_pair_is_moved(rows, gold):
    moved = [[*a, *b] for a, b, r in rows if r.moved]
    assert moved == [e["pair"] for e in gold["collation"]["rewritten"] if e["moved"]]


def test_kinds_of_edits_are_right(rows, gold):
    for edited in gold["collation"]["edited"]:
        (kinds,) = [{str(k) for k in r.kinds} for a, b, r in rows if [*a, *b] == edited["pair"]]
        assert kinds == set(edited["kinds"])
    (rewritten,) = [{str(k) for k in r.kinds} for _, _, r in rows if r.change is Change.REWRITTEN]
    assert "name spelling" in rewritten


def test_every_unit_stands_in_one_of_eighteen_loci(collated):
    loci = collated.rows(LOCI)
    assert len(loci) == 18
    assert sum(len(reading.spans) for locus in loci for reading in locus.readings) == 26


def test_only_the_rewritten_reading_is_moved_in_the_loci(collated):
    moved = [(r.page, str(r.change)) for locus in collated.rows(LOCI) for r in locus.readings if r.moved]
    assert moved == [("B", "rewritten")]
