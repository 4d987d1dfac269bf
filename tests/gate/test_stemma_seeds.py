"""The two seed pages, segments and collation as the gold has them: lineage, origins, breakages must be the gold's."""

import json
from itertools import count

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, page_id_of
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
from retold.model.story import Alignment, Change, EditKind, Locus, Reading, ReportDate, Story, StoryId
from retold.stages import breakages, mentions, stemma
from retold.tables import table as t
from retold.text.spans import Span


@pytest.fixture(scope="module")
def told(shared):
    gold = json.loads((shared / "gold" / "embassy.json").read_text(encoding="utf-8"))
    tables, pages, lines = MemoryTables(), {}, {}
    segments = []
    for siglum, name in gold["pages"].items():
        raw = (shared / "data" / "seeds" / name).read_bytes()
        text = raw.decode("utf-8")
        page = page_id_of(name, raw)
        pages[siglum] = Page(page, name, None, PageFormat.TEXT, "utf-8", len(raw), "", "1", text, Characters(0, 0, 0))
        lines[siglum] = _lines(text)
        segments += [Segment(page, a, b, SegmentKind(kind)) for a, b, kind in gold["segment_spans"][siglum]]
    a, b = pages["A"].page, pages["B"].page
    story = StoryId(a)
    tables.put(t.PAGES, pages.values())
    tables.put(t.SEGMENTS, segments)
    tables.put(t.SENTENCES, [Sentence(s.page, s.start, s.end, s.kind) for s in segments if s.kind in PROSE_KINDS])
    tables.put(t.DATELINES, [Dateline(a, lines["A"][10], "Baghdad", "2020-02-16", "AFP")])
    line = lines["B"][44]
    credits = [
        Credit(a, "AFP", CreditForm.DATELINE, lines["A"][10]),
        Credit(b, "AFP", CreditForm.CREDIT_LINE, Span(line.end - 3, line.end)),
    ]
    credits += [Credit(b, "AAP", CreditForm.PICTURE, Span(*span)) for span in gold["credits_inside_captions"]["B"]]
    tables.put(t.CREDITS, credits)
    tables.put(t.META, [MetaValue(a, MetaField.PUBLISHED, "2020-02-16", "dateline")])
    tables.put(t.STORIES, [Story(story, story, "", None, None, (a, b))])
    tables.put(
        t.REPORT_DATES, [ReportDate(story, a, "2020-02-16", "printed"), ReportDate(story, b, "2020-02-16", "inferred")]
    )
    rows = _alignments(gold["collation"], story, a, b, lines)
    tables.put(t.ALIGNMENTS, rows)
    tables.put(t.LOCI, _loci(rows))
    run_stages(tables, [mentions.STAGE, stemma.STAGE, breakages.STAGE])
    return gold, tables, {a: "A", b: "B"}, lines


def _lines(text):
    starts, at = {}, 0
    for number, line in zip(count(1), text.split("\n"), strict=False):
        starts[number] = Span(at, at + len(line))
        at += len(line) + 1
    return starts


def _alignments(gold, story, a, b, lines):
    pairs = [(x, y, Change.KEPT, False, ()) for x, y in gold["kept"]]
    pairs += [(*e["pair"], Change.EDITED, False, tuple(map(EditKind, e["kinds"]))) for e in gold["edited"]]
    pairs += [(*e["pair"], Change.REWRITTEN, e["moved"], ()) for e in gold["rewritten"]]
    rows = [
        Alignment(story, a, b, (lines["A"][x],), (lines["B"][y],), change, moved, kinds)
        for x, y, change, moved, kinds in pairs
    ]
    rows += [Alignment(story, a, b, (lines["A"][x],), (), Change.CUT, False) for x in gold["only_in_A"]]
    rows += [Alignment(story, a, b, (), (lines["B"][y],), Change.ADDED, False) for y in gold["only_in_B"]]
    return rows


def _loci(rows):
    in_order = sorted(rows, key=lambda row: (*row.a_units, *row.b_units)[0])
    loci = []
    for i, row in enumerate(in_order):
        readings = [Reading(row.a, row.a_units, Change.KEPT, False)] if row.a_units else []
        if row.b_units:
            readings.append(Reading(row.b, row.b_units, row.change, row.moved, row.kinds))
        loci.append(Locus(row.story, i, row.a if row.a_units else row.b, tuple(readings)))
    return loci


def test_the_lineage_is_the_golds(told):
    gold, tables, sigla, _ = told
    edges = {(sigla.get(e.source, e.source), sigla[e.target]) for e in tables.rows(t.STEMMA_EDGES)}
    assert edges == {tuple(edge) for edge in gold["stemma"]["edges"]}
    to_b = next(e for e in tables.rows(t.STEMMA_EDGES) if sigla[e.target] == "B")
    page_of = {siglum: page for page, siglum in sigla.items()}
    assert to_b.runner_up is not None
    assert to_b.runner_up.startswith(f"'{{{page_of['B']}}}' copied from '{{{page_of['A']}}}'")


def test_the_origin_is_one_and_the_derivations_are_the_golds(told):
    gold, tables, sigla, _ = told
    rows = {sigla[row.page]: row for row in tables.rows(t.REPORT_ORIGINS)}
    assert {row.origin for row in rows.values()} == {"AFP"}
    for siglum, row in rows.items():
        assert gold["stemma"]["derivation"][siglum].startswith(row.derivation.value)


def test_the_unseen_copy_has_the_seven_sentences_of_both(told):
    gold, tables, sigla, lines = told
    texts = {(sigla[r.text_from.page], r.text_from.start) for r in tables.rows(t.ARCHETYPE_READINGS)}
    page_of = {siglum: page for page, siglum in sigla.items()}
    for line, _ in gold["archetype"]["supported_by_both"]:
        assert ("A", lines["A"][line].start) in texts
    kept = {lines["A"][line].start for line, _ in gold["collation"]["kept"]}
    for row in tables.rows(t.ARCHETYPE_READINGS):
        if row.text_from.start in kept:
            assert set(row.support) == set(page_of.values())


def test_one_pronoun_is_orphaned(told):
    gold, tables, sigla, lines = told
    found = [(sigla[row.page], row.word, row.span.start) for row in tables.rows(t.BREAKAGES)]
    assert found == [(g["report"], g["word"], lines[g["report"]][g["line"]].start) for g in gold["broken_by_a_cut"]]
