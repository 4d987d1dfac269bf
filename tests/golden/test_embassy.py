"""The two seed pages against what a careful reader got from them by hand, item by item.

Every item of ``../shared/gold/embassy.json`` is one test, so that a miss is shown where it is. Pages are named A and
B as in the gold; the gold names lines, the program spans.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from retold import retell
from retold.views.json_view import story_json
from tests.conftest import shared_folder

SHARED = shared_folder()
pytestmark = pytest.mark.skipif(SHARED is None, reason="needs the measuring data at ../shared")
GOLD: dict[str, Any] = json.loads((SHARED / "gold/embassy.json").read_text("utf-8")) if SHARED else {}

Span = tuple[int, int]


def items(*path: str) -> list[Any]:
    """Return a list of the gold for parametrizing; one empty item where the data is absent."""
    found: Any = GOLD
    for name in path:
        found = found.get(name, []) if found else []
    return list(found) or [None]


@pytest.fixture(scope="module")
def view() -> dict[str, Any]:
    assert SHARED is not None
    told = retell(*(str(SHARED / "data/seeds" / name) for name in GOLD["pages"].values()))
    assert not told.rejected
    assert len(told.stories) == 1
    return story_json(told.stories[0])


@cache
def lines(siglum: str) -> tuple[Span, ...]:
    """Return the trimmed span of every line of the page, line 1 first."""
    assert SHARED is not None
    text = Path(SHARED / "data/seeds" / GOLD["pages"][siglum]).read_text("utf-8")
    spans, at = [], 0
    for line in text.split("\n"):
        lead = len(line) - len(line.lstrip())
        spans.append((at + lead, at + len(line.rstrip())))
        at += len(line) + 1
    return tuple(spans)


def line_span(at: str | tuple[str, int]) -> tuple[str, int, int]:
    """Return (siglum, start, end) of a line given as ``B16``."""
    siglum, number = at[0], int(at[1:]) if isinstance(at, str) else at[1]
    return (siglum, *lines(siglum)[int(number) - 1])


def lines_of(siglum: str, spans: list[list[int]]) -> tuple[int, ...]:
    """Return the numbers of the lines that hold these spans."""
    return tuple(
        i_line + 1 for i_line, (start, end) in enumerate(lines(siglum)) if any(start <= span[0] < end for span in spans)
    )


def witness(view: dict[str, Any], siglum: str) -> dict[str, Any]:
    return next(w for w in view["witnesses"] if w["siglum"] == siglum)


def words(view: dict[str, Any], siglum: str, spans: list[list[int]]) -> str:
    text = witness(view, siglum)["text"]
    return " ".join(text[start:end] for start, end in spans)


def inside(at: list[str], siglum: str, span: list[int]) -> bool:
    """Tell whether the span lies in one of the lines named."""
    return any(
        place == siglum and start <= span[0] and span[1] <= end for place, start, end in (line_span(a) for a in at)
    )


# --- segments, datelines, credits, dates -------------------------------------------------------------------------


@pytest.mark.parametrize("siglum", ["A", "B"])
def test_segments_are_those_of_the_hand(view, siglum):
    text = witness(view, siglum)["text"]
    found = []
    for segment in witness(view, siglum)["segments"]:
        part = text[segment["start"] : segment["end"]]
        lead = len(part) - len(part.lstrip())
        found.append([segment["start"] + lead, segment["start"] + len(part.rstrip()), segment["kind"]])
    expected = [list(span) for span in GOLD["segment_spans"][siglum]]
    if siglum == "A" and found[1][2] == "kicker":  # 'Breaking News' may be furniture or kicker
        expected[1][2] = "kicker"
    assert found == expected


@pytest.mark.parametrize("siglum", ["A", "B"])
def test_the_dateline_is_that_of_the_hand(view, siglum):
    gold, found = GOLD["dateline"][siglum], witness(view, siglum)["dateline"]
    assert found is None if gold is None else {key: found[key] for key in gold} == gold


def test_credits_are_those_of_the_hand(view):
    assert [(c["agency"], c["form"]) for c in witness(view, "A")["credits"]] == [("AFP", "dateline")]
    in_b = witness(view, "B")["credits"]
    assert [c["agency"] for c in in_b if c["form"] == "credit line"] == ["AFP"]
    pictures = [c["span"] for c in in_b if c["form"] == "picture"]
    assert pictures == GOLD["credits_inside_captions"]["B"]
    assert len(in_b) == 5


def test_publication_days_are_those_of_the_hand(view):
    assert witness(view, "A")["published"]["value"] == GOLD["published"]["A"]
    assert witness(view, "A")["published"]["how"] == "printed"
    b = witness(view, "B")["published"]
    assert (b["value"], b["how"]) == (GOLD["published"]["B"]["date"], "inferred")
    assert "early Sunday" in b["because"]


# --- one story, collated ------------------------------------------------------------------------------------------


def test_the_card_is_that_of_the_hand(view):
    assert view["card"] == GOLD["story"]["card"]


def pair(view: dict[str, Any]) -> dict[str, Any]:
    assert len(view["pairs"]) == 1
    assert (view["pairs"][0]["a"], view["pairs"][0]["b"]) == ("A", "B")
    return view["pairs"][0]


def aligned(view: dict[str, Any], *changes: str) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return the aligned lines of the pair with one of these changes."""
    return {
        (lines_of("A", alignment["a"]), lines_of("B", alignment["b"]))
        for alignment in pair(view)["alignments"]
        if alignment["change"] in changes
    }


def test_totals_are_those_of_the_hand(view):
    totals = {change: count for change, count in pair(view)["totals"].items() if count}
    assert totals == GOLD["collation"]["totals_B_against_A"]


@pytest.mark.parametrize("kept", items("collation", "kept"))
def test_a_kept_sentence_is_found(view, kept):
    assert ((kept[0],), (kept[1],)) in aligned(view, "kept")


@pytest.mark.parametrize("edited", items("collation", "edited"))
def test_an_edited_sentence_is_found_with_its_kinds(view, edited):
    a, b = edited["pair"]
    found = [
        alignment
        for alignment in pair(view)["alignments"]
        if (lines_of("A", alignment["a"]), lines_of("B", alignment["b"])) == ((a,), (b,))
    ]
    assert [alignment["change"] for alignment in found] == ["edited"]
    assert edited["kinds"][0] in found[0]["kinds"]
    assert set(found[0]["kinds"]) <= set(edited["kinds"])


def test_the_rewritten_sentence_is_found_moved_with_its_name_spelling(view):
    gold = GOLD["collation"]["rewritten"][0]
    found = [alignment for alignment in pair(view)["alignments"] if alignment["change"] == "rewritten"]
    assert [(lines_of("A", f["a"]), lines_of("B", f["b"])) for f in found] == [((gold["pair"][0],), (gold["pair"][1],))]
    assert found[0]["moved"]
    assert "name spelling" in found[0]["kinds"]
    spelled = [
        (words(view, "A", [edit["a"]]), words(view, "B", [edit["b"]]))
        for edit in found[0]["edits"]
        if "name spelling" in edit["kinds"]
    ]
    assert [tuple(name.split()[0] for name in gold["name_variant"])] == spelled


def test_nothing_else_is_moved(view):
    assert sum(alignment["moved"] for alignment in pair(view)["alignments"]) == 1


def test_what_only_one_report_has_is_that_of_the_hand(view):
    cut = sorted(line for a, _ in aligned(view, "cut") for line in a)
    added = sorted(line for _, b in aligned(view, "added") for line in b)
    assert cut == GOLD["collation"]["only_in_A"]
    assert added == GOLD["collation"]["only_in_B"]


# --- lineage -----------------------------------------------------------------------------------------------------


def test_stemma_derivation_and_origin_are_those_of_the_hand(view):
    gold = GOLD["stemma"]
    edges = view["stemma"]["edges"]
    assert sorted([edge["from"], edge["to"]] for edge in edges) == sorted(gold["edges"])
    assert {node["id"] for node in view["stemma"]["nodes"]} == {"AFP*", "A", "B"}
    for siglum, derivation in gold["derivation"].items():
        assert witness(view, siglum)["derivation"] == derivation.split()[0]
    assert view["origins"] == [{"name": "AFP", "reports": ["A", "B"]}]


def test_every_edge_has_evidence_and_b_from_a_is_a_runner_up(view):
    edges = {edge["to"]: edge for edge in view["stemma"]["edges"]}
    assert all(edge["evidence"] and 0 < edge["confidence"] <= 1 for edge in edges.values())
    assert edges["B"]["runner_up"].startswith("'B' copied from 'A'")


def test_the_archetype_has_the_readings_both_carriers_support(view):
    (archetype,) = view["archetypes"]
    assert archetype["id"] == "AFP*"
    both = [reading for reading in archetype["readings"] if reading["support"] == ["A", "B"] or reading["of"] == 2]
    loci = {locus["id"]: locus for locus in view["loci"]}
    found = []
    for reading in both:
        spans = {r["witness"]: r["spans"] for r in loci[reading["locus"]]["readings"] if r["spans"]}
        if set(spans) == {"A", "B"}:
            found.append([lines_of("A", spans["A"])[0], lines_of("B", spans["B"])[0]])
            if found[-1] in ([14, 7], [18, 11]):
                assert reading["text_from"]["witness"] == "A"
    assert [pair for pair in found if pair in GOLD["archetype"]["supported_by_both"]] == GOLD["archetype"][
        "supported_by_both"
    ]


def test_the_orphaned_pronoun_is_found_and_no_other(view):
    (gold,) = GOLD["broken_by_a_cut"]
    orphans = [row for row in view["breakages"] if row["kind"].startswith("orphaned")]
    assert [(row["witness"], lines_of("A", [row["span"]]), row["word"]) for row in orphans] == [
        (gold["report"], (gold["line"],), gold["word"])
    ]


# --- facts --------------------------------------------------------------------------------------------------------


def entity_of(view: dict[str, Any], name: str) -> dict[str, Any] | None:
    straight = name.replace("’", "'")
    return next((e for e in view["entities"] if straight in [v.replace("’", "'") for v in e["variants"]]), None)


@pytest.mark.parametrize("variants", items("names", "one_person") + items("names", "one_group"))
def test_variants_of_a_name_are_one_entity(view, variants):
    entities = {entity["id"] for name in variants if (entity := entity_of(view, name))}
    assert len(entities) == 1
    assert all(entity_of(view, name) for name in variants)


TYPES = {
    "people": {"person"},
    "places": {"place"},
    "territories": {"territory"},
    "agencies": {"agency"},
    "broadcasters": {"broadcaster"},
    "factions": {"group"},
}


def typed_names() -> Iterator[Any]:
    for group, types in TYPES.items():
        for name in items("names", group):
            yield pytest.param(name, types, id=f"{group}:{name}")


@pytest.mark.parametrize(("name", "types"), list(typed_names()))
def test_a_name_is_found_with_its_type(view, name, types):
    entity = entity_of(view, name)
    assert entity is not None
    assert entity["type"] in types


@pytest.mark.parametrize("number", items("numbers"), ids=lambda item: str(item and item["value"]))
def test_a_number_is_found_with_what_it_counts(view, number):
    for at in number["at"]:
        found = [
            quantity
            for quantity in view["quantities"]
            if quantity["value"] == number["value"] and inside([at], quantity["witness"], quantity["span"])
        ]
        assert found, f"no {number['value']} at {at}"
        (quantity,) = found
        assert quantity["ordinal"] == (number.get("kind") == "ordinal")
        if "approx" in number:
            assert quantity["approximate"] == number["approx"]
        assert quantity["counted"] is not None
        counted = words(view, quantity["witness"], [quantity["counted"]]).lower()
        assert any(word in counted for word in number["of"].lower().split())


@pytest.mark.parametrize("claim", items("claims"), ids=lambda item: f"{item['at'][0]}:{item['by']}" if item else "-")
def test_a_claim_is_found_with_who_hedge_and_quote(view, claim):
    for at in claim["at"]:
        siglum = at[0]
        here = [
            c
            for c in view["claims"]
            if c["witness"] == siglum and c["content"] and inside([at], siglum, c["content"][0])
        ]
        assert here, f"no claim at {at}"
        assert any(claim_matches(view, siglum, found, claim) for found in here), here


def claim_matches(view: dict[str, Any], siglum: str, found: dict[str, Any], gold: dict[str, Any]) -> bool:
    """Tell whether a found claim has the gold's source, hedge, polarity, addressee and quotation."""
    source = words(view, siglum, found["source"])
    by = gold["by"] if isinstance(gold["by"], list) else [gold["by"]]
    if gold["by"] is None:
        right = not source
    else:
        right = any(_plain(name) in _plain(source) or _plain(source) in _plain(name) for name in by if source)
    cue = words(view, siglum, found["cue"] + ([found["hedge"]] if found["hedge"] else []))
    content = words(view, siglum, found["content"])
    right = right and (gold.get("hedge") is None or gold["hedge"] in cue)
    right = right and (gold.get("polarity") is None or found["polarity"] == gold["polarity"])
    right = right and (gold.get("told_to") is None or gold["told_to"] in words(view, siglum, found["to"]))
    if gold.get("quote") is True:
        quoted = [part for part in gold["says"].split('"') if part][-1]
        right = right and found["kind"] in {"direct", "mixed"} and quoted.strip(".") in content
    return right


def _plain(name: str) -> str:
    return name.replace("’", "'").split(" (")[0].lower()


def statements(view: dict[str, Any], status: str) -> str:
    return "\n".join(
        view_words(view, row["mentions"]) + " " + row["says"] for row in view["agreement"] if row["status"] == status
    )


def view_words(view: dict[str, Any], pointers: list[dict[str, Any]]) -> str:
    return " ".join(words(view, p["witness"], [[p["start"], p["end"]]]) for p in pointers)


@pytest.mark.parametrize(
    ("status", "needs"),
    [
        ("agree", ["19th"]),
        ("agree", ["5,200"]),
        ("agree", ["casualties"]),
        ("add", ["one US contractor"]),
        ("add", ["Muhandis"]),
        ("add", ["strikes"]),
        ("add", ["revenge"]),
        ("add", ["resolution"]),
        ("add", ["no US troops"]),
        ("add", ["176"]),
        ("add", ["52"]),
        ("add", ["spokesman"]),
    ],
)
def test_agreement_is_that_of_the_hand(view, status, needs):
    told = statements(view, status)
    assert all(word in told for word in needs)


def test_nothing_contradicts(view):
    assert [row for row in view["agreement"] if row["status"] in {"contradict", "differ"}] == []


# --- timeline -----------------------------------------------------------------------------------------------------


def entry_of(view: dict[str, Any], gold: dict[str, Any]) -> dict[str, Any] | None:
    """Return the entry whose clause lies in a line of the gold's and holds one of its trigger words."""
    for entry in view["timeline"]:
        what = entry["what"]
        clause = words(view, what["witness"], [[what["start"], what["end"]]])
        here = inside(gold["at"], what["witness"], [what["start"], what["end"]])
        named = any(re.search(rf"\b{trigger}\b", clause) for trigger in gold["trigger"])
        if here and named and gold["date"] == entry["date"]:
            return entry
    return None


@pytest.mark.parametrize("event", items("timeline"), ids=lambda item: item and item["id"])
def test_an_event_is_found_with_its_date(view, event):
    entry = entry_of(view, event)
    assert entry is not None, [(e["id"], e["date"]) for e in view["timeline"]]
    assert entry["series"] == event.get("series", False)


@pytest.mark.parametrize("event", items("timeline"), ids=lambda item: item and item["id"])
def test_an_event_is_ordered_as_the_pages_say(view, event):
    entry = entry_of(view, event)
    assert entry is not None
    by_gold = {gold["id"]: found["id"] for gold in GOLD["timeline"] if (found := entry_of(view, gold))}
    order = reachable(view["timeline"])
    for earlier in event.get("after", []):
        assert (by_gold[earlier], entry["id"]) in order
    for later in event.get("before", []):
        assert (entry["id"], by_gold[later]) in order


def reachable(timeline: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Return all pairs (earlier, later) that the entries' constraints give, followed through."""
    order = {(earlier, entry["id"]) for entry in timeline for earlier in entry["after"]}
    order |= {(entry["id"], later) for entry in timeline for later in entry["before"]}
    while True:
        more = {(a, d) for a, b in order for c, d in order if b == c} - order
        if not more:
            return order
        order |= more
