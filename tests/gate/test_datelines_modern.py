"""Datelines of modern reports against 400 heads read by two people: `python -m tests.gate.test_datelines_modern` prints.

The readers saw the first 360 characters of each text: what is found behind them is not judged. Right is a dateline whose span equals the gold one after trimming blanks, brackets and dashes on both sides. Rules are
written on the open half (even sha256 of the id); the floors are those of the sealed half and go up only.
"""

import gzip
import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from retold.lexicon.agencies import canonical_agency
from retold.readers.read import read_source
from retold.stages.marks import dateline_of
from retold.stages.segments import segment_page
from tests.conftest import shared_folder

GOLD = Path(__file__).parent / "datelines"
SETS = {"allsides": "stories/allsides/articles.jsonl.gz", "polnear": "attribution/polnear.jsonl.gz"}
READ = 360
AROUND = " \t\r\n()[]-–—―:|/,."
FLOORS = {"recall": 0.97, "precision": 0.99, "parts": 0.99}


def is_sealed(ident):
    return int(sha256(ident.encode()).hexdigest(), 16) % 2 == 1


def gold():
    with (GOLD / "agreed.jsonl").open(encoding="utf-8") as file:
        return {row["id"]: row for row in map(json.loads, file)}


def texts(shared, rows):
    wanted = {(row["set"], row["id"]) for row in rows.values()}
    for name, path in SETS.items():
        with gzip.open(shared / "data" / path, "rt", encoding="utf8", errors="surrogatepass") as file:
            for record in map(json.loads, file):
                if (name, record["id"]) in wanted:
                    yield record["id"], record["text"]


def trimmed(text, start, end):
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip(AROUND)), end - (len(inner) - len(inner.rstrip(AROUND)))


def found_in(text):
    page = read_source("report.txt", text.encode("utf-8", "surrogatepass"))
    found = dateline_of(page.page, segment_page(page.page, page.blocks))
    return found if found and found.span.start < READ else None


def parts_right(text, found, marked):
    """Tell whether place and agency are those marked, and a date is told where one is marked."""
    printed = {k: " ".join(text[slice(*marked[k])].split()) if marked[k] else None for k in ("place", "date", "agency")}
    place = (
        found.place.rstrip(".") == printed["place"].rstrip(".")
        if found.place and printed["place"]
        else found.place == printed["place"]
    )
    agency = printed["agency"] and (canonical_agency(printed["agency"]) or printed["agency"])
    return place and found.agency == agency and (found.date is None) == (printed["date"] is None)


def judged(shared):
    """Give id, text, gold, found, and the verdict of each report."""
    rows = gold()
    for ident, text in texts(shared, rows):
        marked, found = rows[ident]["dateline"], found_in(text)
        if marked is None or found is None:
            verdict = "none" if marked is found is None else "missed" if found is None else "false"
        elif trimmed(text, *found.span) != trimmed(text, *marked["span"]):
            verdict = "span"
        else:
            verdict = "right" if parts_right(text, found, marked) else "parts"
        yield ident, text, marked, found, verdict


def scored(shared, *, sealed):
    counts = Counter(verdict for ident, *_, verdict in judged(shared) if is_sealed(ident) == sealed)
    right = counts["right"] + counts["parts"]
    return {
        "recall": right / (right + counts["missed"] + counts["span"]),
        "precision": right / (right + counts["false"] + counts["span"]),
        "parts": counts["right"] / right,
        **counts,
    }


@pytest.mark.slow
def test_datelines_of_modern_reports(shared):
    found = scored(shared, sealed=True)
    sys.stdout.write(f"\nmodern datelines, sealed: {found}")
    for name, floor in FLOORS.items():
        assert found[name] >= floor, name


def test_the_two_readers_agree_on_all_but_brackets():
    first, second = (
        [json.loads(line) for line in (GOLD / f"reader{n}.jsonl").read_text("utf-8").splitlines()] for n in (1, 2)
    )
    for row in (*first, *second):
        if row["dateline"]:
            row["dateline"].pop("span")
    assert first == second


if __name__ == "__main__":
    folder = shared_folder()
    for is_half_sealed in (False, True):
        print("sealed" if is_half_sealed else "open", scored(folder, sealed=is_half_sealed))
