"""Segments, captions and metadata against the gold, on the sealed documents (odd sha256 of the id) only.

Kinds are mapped to labels as DESIGN section 12 says; floors go up only.
"""

import gzip
import json
import re
import tarfile
from collections import Counter
from functools import cache
from hashlib import sha256

import pytest

from retold.model.report import MetaField, SegmentKind
from retold.readers.plain_text import blocks_of
from retold.readers.read import read_source
from retold.stages.marks import dateline_of
from retold.stages.meta import meta_of
from retold.stages.segments import segment_page
from retold.text.spans import trim

LABELS = {
    SegmentKind.BODY: "para",
    SegmentKind.PULLQUOTE: "para",
    SegmentKind.STANDFIRST: "summary",
    SegmentKind.CROSSHEAD: "subhead",
    SegmentKind.HEADLINE: "title",
    SegmentKind.BYLINE: "author",
    SegmentKind.CAPTION: "caption",
    SegmentKind.CREDIT: "credit",
}
BODY = ("para", "summary")
BODY_TEXT = (SegmentKind.BODY, SegmentKind.STANDFIRST, SegmentKind.PULLQUOTE, SegmentKind.CROSSHEAD)
WORDS = re.compile(r"\w+")


def is_sealed(record_id):
    return int(sha256(record_id.encode()).hexdigest(), 16) % 2 == 1


def f_of(tp, fp, fn):
    return 2 * tp / (2 * tp + fp + fn)


@pytest.mark.parametrize("seed", ["A", "B"])
def test_the_seeds_are_cut_as_a_careful_reader_cuts_them(shared, seed):
    gold = json.loads((shared / "gold" / "embassy.json").read_text("utf-8"))
    raw = (shared / "data" / "seeds" / gold["pages"][seed]).read_bytes()
    read = read_source("seed.txt", raw)
    text = read.page.text
    found = [
        [*trim(text, segment.span), segment.kind.value]
        for segment in segment_page(read.page, read.blocks, read.declared)
    ]
    kicker_is_furniture = [[a, b, "furniture" if k == "kicker" else k] for a, b, k in found]
    assert kicker_is_furniture == gold["segment_spans"][seed]


def label_of(line, segments):
    shares = Counter()
    for segment in segments:
        shares[segment.kind] += max(0, min(line[1], segment.end) - max(line[0], segment.start))
    return LABELS.get(shares.most_common(1)[0][0], "furniture")


@cache
def line_counts(path):
    """Count (tp, fp, fn) of lines and words for body and caption over the sealed dumps of one file."""
    counts = Counter()
    with gzip.open(path, "rt", encoding="utf8", errors="surrogatepass") as handle:
        records = [record for record in map(json.loads, handle) if is_sealed(record["id"])]
    for record in records:
        text = record["text"]
        page = read_source("page.txt", b"x").page
        page = type(page)(**{name: getattr(page, name) for name in page.__slots__ if name != "text"}, text=text)
        segments = segment_page(page, blocks_of(page.page, text))
        at = 0
        for start, end, gold in record["lines"]:
            while segments[at].end <= start:
                at += 1
            found = label_of((start, end), segments[at : at + 6])
            n_words = len(WORDS.findall(text[start:end]))
            for name, labels in (("body", BODY), ("caption", ("caption",))):
                outcome = (gold in labels, found in labels)
                counts[name, "line", *outcome] += 1
                counts[name, "word", *outcome] += n_words
    return counts


def line_f(path, name, unit):
    counts = line_counts(path)
    return f_of(*(counts[name, unit, gold, found] for gold, found in ((True, True), (False, True), (True, False))))


@pytest.mark.parametrize(
    ("dump", "name", "unit", "floor"),
    [
        ("inscriptis", "body", "line", 0.90),
        ("inscriptis", "body", "word", 0.955),
        ("inscriptis", "caption", "line", 0.60),
        ("wetlike", "body", "line", 0.87),
        ("wetlike", "body", "word", 0.94),
    ],
)
def test_lines_of_pasted_pages(shared, dump, name, unit, floor):
    found = line_f(shared / "data" / "lines" / f"fundus-{dump}.jsonl.gz", name, unit)
    print(f"{dump} {name} {unit} F {found:.3f}")
    assert found >= floor


def shingles(text):
    words = WORDS.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def plain(words):
    return " ".join(WORDS.findall((words or "").lower()))


@cache
def page_scores(path):
    """Return the body F (4-word shingles), and the shares of right titles, author sets and days, on sealed pages."""
    precision, recall, right = [], [], Counter()
    with tarfile.open(path) as bundle:
        for line in bundle.extractfile("gold.jsonl").read().decode("utf8").splitlines():
            gold = json.loads(line)
            if not is_sealed(gold["id"]):
                continue
            read = read_source(gold["url"], gzip.decompress(bundle.extractfile(gold["file"]).read()))
            segments = segment_page(read.page, read.blocks, read.declared)
            body = "\n".join(read.page.text[one.start : one.end] for one in segments if one.kind in BODY_TEXT)
            want, got = shingles(gold["body_text"]), shingles(body)
            shared_shingles = (want & got).total()
            precision.append(shared_shingles / max(1, got.total()))
            recall.append(shared_shingles / max(1, want.total()))
            values = meta_of(read.page, segments, read.declared, dateline_of(read.page, segments), read.runs)
            first = {value.field: value.value for value in reversed(values)}
            authors = {plain(value.value) for value in values if value.field is MetaField.AUTHORS}
            right["title"] += plain(first.get(MetaField.TITLE)) == plain(gold["title"])
            right["authors"] += bool(gold["authors"]) and authors == set(map(plain, gold["authors"]))
            right["with authors"] += bool(gold["authors"])
            right["day"] += first.get(MetaField.PUBLISHED, "")[:10] == gold["date"][:10]
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return {
        "body": 2 * p * r / (p + r),
        "title": right["title"] / len(precision),
        "authors": right["authors"] / right["with authors"],
        "day": right["day"] / len(precision),
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "floor"),
    [("body", 0.938), ("title", 0.865), ("authors", 0.895), ("day", 0.96)],
)
def test_html_pages(shared, what, floor):
    found = page_scores(shared / "data" / "pages" / "fundus.tar.gz")[what]
    print(f"html {what} {found:.3f}")
    assert found >= floor


@cache
def annotated_scores(path):
    """Return the shares of right titles and days on the sealed pages of pages/trafilatura, which people annotated."""
    n_gold, right = Counter(), Counter()
    with tarfile.open(path) as bundle:
        for line in bundle.extractfile("gold.jsonl").read().decode("utf8").splitlines():
            gold = json.loads(line)
            if not is_sealed(gold["id"]):
                continue
            read = read_source(gold["url"], gzip.decompress(bundle.extractfile(gold["file"]).read()))
            segments = segment_page(read.page, read.blocks, read.declared)
            values = meta_of(read.page, segments, read.declared, dateline_of(read.page, segments), read.runs)
            first = {value.field: value.value for value in reversed(values)}
            n_gold.update(field for field in ("title", "date") if gold[field])
            right["title"] += bool(gold["title"]) and plain(first.get(MetaField.TITLE)) == plain(gold["title"])
            right["date"] += bool(gold["date"]) and first.get(MetaField.PUBLISHED, "")[:10] == gold["date"][:10]
    return {field: right[field] / n_gold[field] for field in n_gold}


@pytest.mark.slow
@pytest.mark.parametrize(("what", "floor"), [("title", 0.85), ("date", 0.815)])
def test_titles_and_days_that_people_annotated(shared, what, floor):
    found = annotated_scores(shared / "data" / "pages" / "trafilatura.tar.gz")[what]
    print(f"trafilatura {what} {found:.3f}")
    assert found >= floor
