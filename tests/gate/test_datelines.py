"""Datelines against the header grammar of muc4's own corpus: read on dev, scored on tst1 and tst2; floors go up only.

And the other way round: reports of a pool of outlets (stories/allsides, even ids) whose datelines were read by hand.
"""

import gzip
import json
from pathlib import Path

from retold.lexicon.datelines import dateline_at
from retold.readers.read import read_source
from retold.stages.marks import dateline_of
from retold.stages.segments import segment_page

FLOOR_ALL_RIGHT = 0.99


def squeezed(words):
    return " ".join(words.split()) if words else None


def test_datelines_of_muc4_test_parts(shared):
    with gzip.open(shared / "data" / "datelines" / "muc4.jsonl.gz", "rt", encoding="utf8") as handle:
        records = [record for record in map(json.loads, handle) if record["split"] in ("tst1", "tst2")]
    right = 0
    for record in records:
        form = dateline_at(record["head"])
        found = (form.place, form.date, form.source) if form else (None, None, None)
        right += found == (squeezed(record["place"]), record["date_partial"], squeezed(record["source"]))
    print(f"muc4 tst1+tst2: place, date and source all right {right / len(records):.3f} of {len(records)}")
    assert right / len(records) >= FLOOR_ALL_RIGHT


def test_no_dateline_that_a_reader_did_not_find_right(shared):
    table = json.loads((Path(__file__).parent / "marks_read_by_hand.json").read_text("utf-8"))
    right = {tuple(row[:3]) for row in table["read"] if row[3] == "dateline" and row[5] == "right"}
    sample, found = set(table["sample"]), set()
    path = shared / "data" / "stories" / "allsides" / "articles.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf8", errors="surrogatepass") as handle:
        for record in map(json.loads, handle):
            if record["id"] in sample:
                read = read_source("report.txt", record["text"].encode("utf-8", "surrogatepass"))
                dateline = dateline_of(read.page, segment_page(read.page, read.blocks))
                found |= {(record["id"], *dateline.span)} if dateline else set()
    print(f"allsides: {len(found)} datelines on {len(sample)} reports, {len(found - right)} not read as right")
    assert found == right
