"""Numbers of MEANTIME against human annotation (values: quantities, money, percent). Run with ``-s`` for the figures.

The rules were written without looking at these articles; all 60 are only scored. Ordinals and lengths of time are no
values there and are left out of what is found.
"""

import gzip
import json

import pytest

from retold.lexicon.times import time_words
from retold.model.page import PageId
from retold.stages.quantities.counted import LENGTHS_OF_TIME
from retold.stages.quantities.stage import quantities_of
from retold.text.times import find_times

FLOOR_OVERLAP, FLOOR_EXACT = 0.81, 0.65


def found_in(document):
    text, end = document["text"], document["annotated_end"]
    sentences = [(s["start"], s["end"]) for s in document["sentences"] if s["start"] < end]
    anchor = document["dct"][:10] if document.get("dct") else None
    days = [t.span for t in find_times(text, sentences, anchor, time_words()) if t.type in {"DATE", "TIME", "SET"}]
    return [
        quantity.span
        for sentence in sentences
        for quantity in quantities_of(text, sentence, PageId("0" * 32))
        if not quantity.ordinal and quantity.unit not in LENGTHS_OF_TIME
        if not any(quantity.span.overlaps(day) for day in days)
    ]


def test_values_of_meantime(shared):
    path = shared / "data/facts/meantime.jsonl.gz"
    if not path.exists():
        pytest.skip("needs data/facts/meantime.jsonl.gz")
    right = exact = n_found = n_gold = 0
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for document in map(json.loads, lines):
            found = found_in(document)
            gold = [(v["spans"][0][0], v["spans"][-1][1]) for v in document["values"]]
            gold = [span for span in gold if span[0] < document["annotated_end"]]
            right += sum(any(f.overlaps(g) for f in found) for g in gold)
            exact += len(set(map(tuple, found)) & set(gold))
            n_found, n_gold = n_found + len(found), n_gold + len(gold)
    overlap, strict = 2 * right / (n_found + n_gold), 2 * exact / (n_found + n_gold)
    print(f"\nmeantime values: F {overlap:.3f} by overlap, {strict:.3f} exact; {n_found} found, {n_gold} gold")
    assert overlap >= FLOOR_OVERLAP
    assert strict >= FLOOR_EXACT
