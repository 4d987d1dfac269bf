"""The profile of outlets: what is counted of told stories, and what the command prints."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

import jsonschema
import pytest

from retold.archives.building import build
from retold.archives.outlets import outlet_profiles
from retold.cli.main import main
from retold.model.page import PageId, Pointer
from retold.model.story import (
    ArchetypeReading,
    Change,
    Derivation,
    EditKind,
    Locus,
    Reading,
    ReportOrigin,
    StemmaEdge,
    StoryId,
)
from retold.text.spans import Span
from retold.views.outlets import SourceKind, profiles_of, told_reports
from tests.archive_pages import record, write_jsonl
from tests.conftest import REPOSITORY

A, B, C = PageId("a"), PageId("b"), PageId("c")
STORY = StoryId("s")
OUTLETS = {A: "Aldwick News", B: "Dunmara Post", C: "Losk Echo"}


def reading(page, change=Change.KEPT, *kinds):
    return Reading(page, () if change is Change.CUT else (Span(0, 5),), change, False, kinds)


def locus(i, lemma, *readings):
    return Locus(STORY, i, lemma, readings)


def origin(page, derivation=Derivation.WHOLLY, name="AFP", credited=True):
    return ReportOrigin(STORY, page, name, derivation, 1.0, credited)


def edge(source, target):
    return StemmaEdge(STORY, source, target, 0.9, (), None)


def in_source(i, *support):
    return ArchetypeReading(STORY, "AFP*", i, Pointer(support[0], 0, 5), support, 3)


def test_places_of_an_unseen_source_count_where_two_carriers_have_its_words():
    loci = [
        locus(0, A, reading(A), reading(B), reading(C, Change.EDITED, EditKind.NUMBER)),
        locus(1, A, reading(A), reading(B), reading(C, Change.CUT)),
        locus(2, A, reading(A), reading(B), reading(C)),
        locus(3, A, reading(A), reading(B, Change.EDITED, EditKind.WORDING), reading(C, Change.EDITED)),
        locus(4, A, reading(A), reading(B), reading(C, Change.CUT)),
        locus(5, C, reading(C)),
    ]
    readings = [in_source(0, A, B), in_source(1, A, B), in_source(2, A, B, C), in_source(3, A), in_source(4, A, B)]
    edges = [edge("AFP*", page) for page in OUTLETS]
    told = told_reports(STORY, OUTLETS, {"AFP"}, [origin(page) for page in OUTLETS], edges, loci, readings)
    (of_c,) = [report for report in told if report.outlet == "Losk Echo"]
    assert of_c.places == Counter({"edited": 1, "cut inside": 1, "kept": 1, "cut at the end": 1, "added": 1})
    assert of_c.kinds == Counter({EditKind.NUMBER: 1})


def test_changes_that_a_copy_has_from_its_source_are_not_its_own():
    loci = [
        locus(0, A, reading(A), reading(B, Change.EDITED, EditKind.NUMBER), reading(C, Change.EDITED, EditKind.NUMBER)),
        locus(1, A, reading(A), reading(B), reading(C, Change.EDITED, EditKind.WORDING)),
        locus(2, A, reading(A), reading(B, Change.CUT), reading(C, Change.CUT)),
    ]
    told = told_reports(STORY, OUTLETS, (), [origin(C, name="Dunmara Post")], [edge(B, C)], loci, ())
    assert told[0].places == Counter({"edited": 1})
    assert told[0].kinds == Counter({EditKind.WORDING: 1})
    assert told[0].kind is SourceKind.OUTLET


def test_shares_are_told_from_enough_reports_on_and_those_alone_are_none_of_them():
    def story(i, origins):
        outlets = {row.page: "Losk Echo" for row in origins}
        return told_reports(StoryId(f"s{i}"), outlets, {"AFP"}, origins, (), (), ())

    own = Derivation.NOT
    told = [
        *story(1, [origin(A)]),
        *story(2, [origin(A, Derivation.PARTLY, credited=False), origin(B, own, "own")]),
        *story(3, [origin(A, own, "own")]),
        *story(4, [origin(A, name="{b}", credited=False), origin(B, own, "own")]),
    ]
    (profile,) = profiles_of(told)
    assert (profile.n_reports, profile.n_stories, profile.n_alone, profile.n_compared) == (6, 4, 1, 5)
    assert profile.shares(5) == {Derivation.WHOLLY: 0.4, Derivation.PARTLY: 0.2, Derivation.NOT: 0.4}
    assert profile.shares(6) is None
    assert [(s.name, s.kind.value, s.wholly, s.partly, s.credited) for s in profile.sources] == [
        ("AFP", "agency", 1, 1, 1),
        ("unseen source", "unnamed", 1, 0, 0),
    ]
    assert (profile.n_credited, profile.n_derived) == (1, 3)


WIRES = (
    "ARDEN (Halden Wire) - A bridge at Arden gave way under a lorry on Monday, the road office said. "
    "The driver climbed out of the river unhurt and walked home. "
    "The road office had asked for money to mend the bridge three years ago. "
    "Traffic to the coast is led through the village of Corrow.",
    "BRISK (Halden Wire) - The observatory at Brisk reopened on Friday after four years of repairs, its head said. "
    "The great lens was ground anew in a workshop abroad. "
    "Some 300 visitors had booked places for the first clear night. "
    "The town had closed the dome when rain got into the motors.",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outlets")
    records = []
    for i, wire in enumerate(WIRES):
        title = f"What the wire told {i}"
        first, *rest = wire.split(". ")
        records += [
            record(f"w{i}", title, wire, f"2031-05-0{i + 1}", "arden-sun"),
            record(f"c{i}", title, ". ".join([first, *rest[:2]]) + ".", f"2031-05-0{i + 1}", "corrow-mail"),
            record(f"d{i}", title, wire.replace("(Halden Wire) - ", "- "), f"2031-05-0{i + 2}", "dell-times"),
        ]
    build([write_jsonl(folder / "news.jsonl", records)], folder / "n")
    return str(folder / "n")


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main([*arguments])
    printed = capsys.readouterr()
    return left.value.code or 0, printed.out, printed.err


def test_outlets_are_told_as_json_of_the_schema(archive, capsys):
    code, out, _ = run(capsys, "outlets", archive, "--json", "--least", "2")
    told = {row["outlet"]: row for row in map(json.loads, out.splitlines())}
    schema = json.loads((REPOSITORY / "docs/schema/outlet_profile.json").read_text("utf-8"))
    for row in told.values():
        jsonschema.validate(row, schema)
    assert code == 0
    assert set(told) == {"arden-sun", "corrow-mail", "dell-times"}
    mail = told["corrow-mail"]
    assert (mail["reports"], mail["stories"], mail["credited"]) == (2, 2, 2)
    assert mail["shares"] == {"wholly": 1.0, "partly": 0.0, "not": 0.0}
    assert mail["sources"] == [{"name": "Halden Wire", "kind": "agency", "wholly": 2, "partly": 0, "credited": 2}]
    assert mail["places"]["kept"] == 6
    assert mail["places"]["cut at the end"] == 2
    assert told["dell-times"]["not_credited"] == 2


def test_outlets_are_told_as_csv_with_shares_left_empty_where_reports_are_few(archive, capsys):
    code, out, _ = run(capsys, "outlets", archive, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [(row["outlet"], row["wholly"], row["share_wholly"]) for row in rows][1] == ("corrow-mail", "2", "")


def test_outlets_are_told_as_cards(archive, capsys):
    code, out, _ = run(capsys, "outlets", archive, "--least", "2")
    assert code == 0
    assert "corrow-mail  2 reports in 2 stories" in out
    assert "wholly derived 2 (100%)" in out
    assert "Halden Wire (agency) 2, wholly, 2 credited" in out


def test_outlets_of_days_without_a_story_leave_with_1_and_say_so(archive, capsys):
    code, out, err = run(capsys, "outlets", archive, "--since", "2032-01-01")
    assert (code, out) == (1, "")
    assert "no story in these days" in err


def test_outlets_of_some_days_count_their_stories_alone(archive):
    (first, *_) = outlet_profiles(archive, until="2031-05-01")
    assert first.n_stories == 1
