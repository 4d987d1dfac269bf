"""Both timelines against the entity timelines of SemEval-2015 task 4. Run with ``-s`` for the figures.

The entity timeline lists what that gold lists: every event word whose participant the entity is. A story's timeline
holds what a report dates or orders, so its recall there is low by intent. A floor of every "-ed" word has event F .154,
event+date F .059. The trial corpus was read, corpus_1 only scored. Headlines (sentence 0) are not annotated and left out.
"""

import gzip
import json
import re

import pytest

from retold.lexicon.times import time_words
from retold.model.facts import TimeExpression, TimeType
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages.claims import claims_of
from retold.stages.timeline.doings import doings_of, name_spans
from retold.stages.timeline.telling import is_open
from retold.stages.timeline.tellings import tellings_of
from retold.stages.timeline.verbs import core_of, words_in
from retold.text.spans import trim
from retold.text.times import find_times

PAGE = PageId("0" * 32)
ENTITY_FLOORS = {"event": 0.28, "dated": 0.165}
"""On corpus_1, of the entity timeline; a day taken over (it ends in "?") counts as that day."""
FLOORS = {"event": 0.095, "dated": 0.042, "right dates": 0.6}
"""On corpus_1. An entry without a day ("by 6 March") is a miss for "dated": since leads are told without a day, "dated" is
.044 (.050 before) and "event" .100 (.073). "right dates" is the share of found gold events told with a day whose date is
the gold's."""


def events_of(document):
    """Return (sentence number, the clause's verb, date, the sentence) of every telling."""
    text, published = document["text"], document["dct"][:10] if document.get("dct") else None
    spans = {s["n"]: trim(text, (s["start"], s["end"])) for s in document["sentences"]}
    cut = list(spans.values())
    times = [
        TimeExpression(PAGE, f.span, TimeType(f.type), f.value, f.edtf, f.anchor, f.order)
        for f in find_times(text, cut, published, time_words())
    ]
    sentences = [Sentence(PAGE, span.start, span.end, SegmentKind.BODY) for span in cut]
    for telling in tellings_of(PAGE, text, sentences, times, claims_of(PAGE, text, cut), published):
        if telling.loose:
            continue  # kept only to be joined to another report's
        core = core_of(words_in(text[slice(*telling.span)]))
        number = next(n for n, span in spans.items() if span.holds(telling.span))
        yield number, core.head if core else "", telling.date, text[slice(*telling.sentence)].lower()


def test_entity_timelines_of_semeval2015(shared):
    path = shared / "data/timeline/semeval2015.jsonl.gz"
    if not path.exists():
        pytest.skip("needs data/timeline/semeval2015.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf8") as lines:
        rows = [row for row in map(json.loads, lines) if row["corpus"] == "corpus_1"]
    told = {row["id"]: list(events_of(row)) for row in rows if row["kind"] == "document"}
    right = dated = with_a_day = n_found = n_gold = 0
    for row in rows:
        if row["kind"] != "timeline":
            continue
        gold = {(e["doc"], e["sentence"], e["event"].lower()): t["date"] for t in row["entries"] for e in t["events"]}
        name = [word for word in re.findall(r"\w+", row["entity"].replace("_", " ").lower()) if len(word) > 2][-1:]
        found = {
            (i, n, verb): day for i, list_ in told.items() for n, verb, day, s in list_ if any(w in s for w in name)
        }
        hits = set(found) & set(gold)
        right, dated = right + len(hits), dated + sum(found[hit] == gold[hit] for hit in hits)
        with_a_day += sum(not is_open(found[hit]) for hit in hits)
        n_found, n_gold = n_found + len(found), n_gold + len(gold)
    figures = {"event": 2 * right / (n_found + n_gold), "dated": 2 * dated / (n_found + n_gold)}
    figures["right dates"] = dated / with_a_day
    print("\nsemeval2015 corpus_1:", {name: round(value, 3) for name, value in figures.items()}, n_found, n_gold)
    assert all(figures[name] >= floor for name, floor in FLOORS.items())


def doings_in(document, entity):
    """Return {(document, sentence number, word): date} of the entity's doings in one document."""
    text, published = document["text"], document["dct"][:10] if document.get("dct") else None
    numbered = [(s["n"], trim(text, (s["start"], s["end"]))) for s in document["sentences"] if s["n"] > 0]
    cut = [span for _, span in numbered]
    times = [
        TimeExpression(PAGE, f.span, TimeType(f.type), f.value, f.edtf, f.anchor, f.order)
        for f in find_times(text, cut, published, time_words())
    ]
    return {
        (document["id"], numbered[doing.i_sentence][0], "_".join(text[slice(*doing.span)].lower().split())): doing.date
        for doing in doings_of(text, cut, name_spans(text, entity.replace("_", " ")), times, published)
    }


def test_timelines_of_entities_of_semeval2015(shared):
    path = shared / "data/timeline/semeval2015.jsonl.gz"
    if not path.exists():
        pytest.skip("needs data/timeline/semeval2015.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf8") as lines:
        rows = list(map(json.loads, lines))
    for corpus in ("trial", "corpus_1"):
        figures = entity_figures([row for row in rows if row["corpus"] == corpus])
        print(f"\nsemeval2015 {corpus}, entity timeline:", {name: round(value, 3) for name, value in figures.items()})
    assert all(figures[name] >= floor for name, floor in ENTITY_FLOORS.items())


def entity_figures(rows):
    """Return event F1, event with date F1, precision and recall over all timelines of a corpus."""
    documents = [row for row in rows if row["kind"] == "document"]
    right = dated = n_found = n_gold = 0
    for row in rows:
        if row["kind"] != "timeline":
            continue
        gold = {(e["doc"], e["sentence"], e["event"].lower()): t["date"] for t in row["entries"] for e in t["events"]}
        found = {key: day for document in documents for key, day in doings_in(document, row["entity"]).items()}
        hits = set(found) & set(gold)
        right += len(hits)
        dated += sum((found[hit] or "").rstrip("?") == (gold[hit] or "") for hit in hits)
        n_found, n_gold = n_found + len(found), n_gold + len(gold)
    total = n_found + n_gold
    return {
        "event": 2 * right / total,
        "dated": 2 * dated / total,
        "precision": right / n_found,
        "recall": right / n_gold,
    }
