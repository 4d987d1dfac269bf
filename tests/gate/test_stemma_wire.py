"""Scores on AllSides: who copied whom where the agency's own report is known, and pronouns wrongly called orphaned.

The pairs are scored as given; the articles are those of the sealed half (odd hash), never opened.
"""

import gzip
import hashlib
import json
import re

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Block, Characters, Page, PageFormat, page_id_of
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.model.story import Story, StoryId
from retold.stages import breakages, collation, marks, matches, mentions, segments, sentences, stemma
from retold.tables import table as t

SAFE_CONTAINMENT = 0.5
"""From here on the direction a -> b of the data is safe (data/README.md)."""

LEAST_LINKED = 9
"""One of the ten shares only quotations and embedded posts, which make no edge."""

N_ARTICLES = 200
MOST_FLAGGED = 2
"""One article in a hundred; measured on 1,000 sealed articles: 1."""


def _articles(shared):
    path = shared / "data" / "stories" / "allsides" / "articles.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass") as handle:
        for line in handle:
            yield json.loads(line)


def _page(record):
    text = f"{record['title']}\n\n{record['text']}"
    page = page_id_of(record["id"], text.encode("utf-8", "surrogatepass"))
    source = record["url"] or record["id"]
    return Page(page, source, record["id"], PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))


@pytest.fixture(scope="module")
def known(shared):
    lines = (shared / "data" / "stories" / "allsides" / "reuse-pairs.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    pairs = [p for p in pairs if p["wire_original"] == "a" and p["containment5"] >= SAFE_CONTAINMENT]
    wanted = {pair[side] for pair in pairs for side in "ab"}
    return pairs, {record["id"]: record for record in _articles(shared) if record["id"] in wanted}


def _edges(records):
    tables = MemoryTables()
    pages = [_page(record) for record in records]
    tables.put(t.PAGES, pages)
    lines = [(page, line) for page in pages for line in re.finditer(r"[^\n]+\n*|\n+", page.text)]
    tables.put(t.BLOCKS, [Block(page.page, line.start(), line.end(), "line") for page, line in lines])
    told = zip(pages, records, strict=True)
    tables.put(t.META, [MetaValue(page.page, MetaField.OUTLET, record["source"], "record") for page, record in told])
    story = StoryId("0" * 32)
    tables.put(t.STORIES, [Story(story, story, "", None, None, tuple(page.page for page in pages))])
    run_stages(tables, [segments.STAGE, marks.STAGE, sentences.STAGE, matches.STAGE, collation.STAGE, stemma.STAGE])
    names = {page.page: side for page, side in zip(pages, "ab", strict=True)}
    return [(names.get(edge.source, edge.source), names[edge.target]) for edge in tables.rows(t.STEMMA_EDGES)]


def test_the_agencys_own_report_is_the_source_of_its_copies(known):
    pairs, articles = known
    found = [_edges([articles[pair[side]] for side in "ab"]) for pair in pairs]
    linked = [edges for edges in found if edges]
    print(f"known wire originals: {len(linked)} of {len(found)} pairs linked, all from the agency's report")
    assert len(found) == 10
    assert all(edges == [("a", "b")] for edges in linked)
    assert len(linked) >= LEAST_LINKED


def test_normal_pronouns_are_not_called_orphaned(shared):
    tables, pages, parts, stories = MemoryTables(), [], [], []
    for record in _articles(shared):
        if int(hashlib.sha256(record["id"].encode()).hexdigest(), 16) % 2 == 0:
            continue
        page = _page(record)
        pages.append(page)
        stories.append(Story(StoryId(page.page), StoryId(page.page), "", None, None, (page.page,)))
        for i, line in enumerate(re.finditer(r"[^\n]+\n*|\n+", page.text)):
            kind = SegmentKind.BODY if i else SegmentKind.HEADLINE
            parts.append(Segment(page.page, line.start(), line.end(), kind))
        if len(pages) == N_ARTICLES:
            break
    tables.put(t.PAGES, pages)
    tables.put(t.SEGMENTS, parts)
    tables.put(t.STORIES, stories)
    run_stages(tables, [sentences.STAGE, mentions.STAGE, breakages.STAGE])
    flagged = [row for row in tables.rows(t.BREAKAGES) if row.kind == "orphaned pronoun"]
    assert len({row.page for row in flagged}) <= MOST_FLAGGED
