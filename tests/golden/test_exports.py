"""Every export of the invented story in examples/harbour: structure and counts, and that everything opens.

Wording of stages is not pinned here; what an export says is compared with the view it was drawn from.
"""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from lxml import etree
from teiphy.collation import Collation

from retold import retell
from retold.exports import FORMATS
from retold.model.story import NodeKind
from retold.views.json_view import story_json
from retold.views.story_view import StoryView
from tests.conftest import REPOSITORY
from tests.golden.test_schemas import validator
from tests.unit.test_exports_hostile import assert_resolves

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# Children each element may have in what Retold writes, as the TEI P5 specifications of these elements allow.
TEI_CHILDREN = {
    "TEI": {"teiHeader", "text"},
    "teiHeader": {"fileDesc", "encodingDesc"},
    "fileDesc": {"titleStmt", "publicationStmt", "notesStmt", "sourceDesc"},
    "titleStmt": {"title"},
    "publicationStmt": {"p"},
    "notesStmt": {"note"},
    "sourceDesc": {"listWit"},
    "listWit": {"witness"},
    "witness": {"bibl", "origDate"},
    "bibl": {"title", "author", "publisher", "idno", "ptr"},
    "encodingDesc": {"variantEncoding", "classDecl"},
    "classDecl": {"taxonomy"},
    "taxonomy": {"category"},
    "category": {"catDesc"},
    "text": {"body"},
    "body": {"ab", "graph"},
    "ab": {"app"},
    "app": {"lem", "rdg", "note"},
    "rdg": {"hi"},
    "note": {"ptr"},
    "graph": {"node", "arc"},
    "node": {"label"},
    "arc": {"label"},
}
FILE_ORDER = ["titleStmt", "publicationStmt", "notesStmt", "sourceDesc"]


@pytest.fixture(scope="module")
def stories() -> tuple[StoryView, ...]:
    return retell(str(REPOSITORY / "examples/harbour")).stories


@pytest.fixture(scope="module")
def view(stories: tuple[StoryView, ...]) -> StoryView:
    return max(stories, key=lambda story: len(story.witnesses))


def text_of(view: StoryView, name: str) -> str:
    text = FORMATS[name].to(view)
    assert isinstance(text, str)
    return text


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def text_at(view: StoryView, siglum: str, spans: str) -> str:
    """Return the words of spans written ``12-40 50-60``, white space folded as XML folds it (not the no-break space)."""
    text = next(w.report.page.text for w in view.witnesses if w.siglum == siglum)
    pieces = [text[int(start) : int(end)] for start, end in (span.split("-") for span in spans.split())]
    return re.sub("[ \t\r\n]+", " ", " […] ".join(pieces)).strip()


# --- all formats ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_the_same_every_time(view, name):
    assert FORMATS[name].to(view) == FORMATS[name].to(view)


@pytest.mark.parametrize("name", FORMATS)
def test_every_story_of_the_folder_has_the_export(stories, name):
    assert all(FORMATS[name].to(story) for story in stories)


# --- TEI -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tei", "tei-graph"])
def test_tei_has_the_structure_of_tei(view, name):
    root = ElementTree.fromstring(text_of(view, name))
    assert root.tag == "{http://www.tei-c.org/ns/1.0}TEI"
    for element in root.iter():
        assert {tag(child) for child in element} <= TEI_CHILDREN.get(tag(element), set())
    file = root.find(".//{*}fileDesc")
    assert file is not None
    order = [tag(child) for child in file]
    assert order == [name for name in FILE_ORDER if name in order]
    ids = [element.get(XML_ID) for element in root.iter() if element.get(XML_ID)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in ids)
    for element in root.iter():
        pointers = " ".join(element.get(key, "") for key in ("wit", "from", "to", "corresp", "ana")).split()
        pointers += (
            [element.get("target", "")] if tag(element) == "ptr" and element.get("target", "#")[0] == "#" else []
        )
        assert {pointer.removeprefix("#") for pointer in pointers} <= set(ids)


def test_tei_has_one_app_a_locus_and_each_witness_once_in_it(view):
    root = ElementTree.fromstring(text_of(view, "tei"))
    apps = root.findall(".//{*}app")
    assert len(apps) == len(view.loci)
    assert [w.get(XML_ID) for w in root.findall(".//{*}witness")] == [w.siglum for w in view.witnesses]
    sigla = view.sigla
    for app, locus in zip(apps, view.loci, strict=True):
        listed = [siglum for reading in app for siglum in reading.get("wit", "").split()]
        assert sorted(listed) == sorted(f"#{sigla[reading.page]}" for reading in locus.readings)
        assert [tag(child) for child in app].count("lem") == 1


def test_tei_readings_are_the_words_of_their_places(view):
    root = ElementTree.fromstring(text_of(view, "tei"))
    for app in root.findall(".//{*}app"):
        spans = {ptr.get("target"): ptr.get("n", "") for ptr in app.findall("{*}note/{*}ptr")}
        for reading in (*app.findall("{*}lem"), *app.findall("{*}rdg")):
            words = "".join(reading.itertext())
            for siglum in reading.get("wit", "").split():
                assert words == text_at(view, siglum[1:], spans[siglum])


def test_tei_marks_words_of_edited_readings(view):
    root = ElementTree.fromstring(text_of(view, "tei"))
    edited = [rdg for rdg in root.findall(".//{*}rdg") if rdg.get("type") == "edited"]
    assert edited
    assert all(rdg.findall("{*}hi") or rdg.get("ana") for rdg in edited)
    assert any(rdg.findall("{*}hi") for rdg in edited)


def test_teiphy_opens_the_apparatus(view, tmp_path):
    """An independent reader counts the same witnesses, places and readings, and makes a matrix of them."""
    path = tmp_path / "story.tei.xml"
    path.write_text(text_of(view, "tei"), encoding="utf-8")
    read = Collation(etree.parse(str(path)), missing_reading_types=["cut"], trivial_reading_types=["kept"])
    assert [witness.id for witness in read.witnesses] == [w.siglum for w in view.witnesses]
    assert [unit.id for unit in read.variation_units] == [f"L{locus.i_locus + 1}" for locus in view.loci]
    sigla = view.sigla
    for unit, locus in zip(read.variation_units, view.loci, strict=True):
        holding = {siglum for reading in unit.readings if reading.text for siglum in reading.wits}
        assert holding == {sigla[reading.page] for reading in locus.readings if reading.spans}
        spans = {sigla[r.page]: " ".join(f"{s.start}-{s.end}" for s in r.spans) for r in locus.readings}
        for reading in unit.readings:
            assert all(text_at(view, siglum, spans[siglum]) == reading.text for siglum in reading.wits)
    assert read.readings_by_witness["A"]


# --- the stemma ----------------------------------------------------------------------------------------------------


def ends(view: StoryView) -> list[tuple[str, str]]:
    """Return the edges of the view by siglum, unseen originals as x1, x2 in their order."""
    unseen = [node.node for node in view.nodes if node.kind is NodeKind.ARCHETYPE]
    names = {str(page): siglum for page, siglum in view.sigla.items()} | {n: f"x{i + 1}" for i, n in enumerate(unseen)}
    return [(names[edge.source], names[edge.target]) for edge in view.edges]


def test_dot_has_grey_unseen_originals_and_every_edge(view):
    text = text_of(view, "dot")
    assert re.findall(r'^  "(\w+)" -> "(\w+)"', text, re.M) == ends(view)
    grey = re.findall(r'^  "(\w+)" \[color="grey"', text, re.M)
    assert len(grey) == sum(node.kind is NodeKind.ARCHETYPE for node in view.nodes)
    assert text.count("dashed") == sum(edge.contamination for edge in view.edges)


def test_graphml_has_every_node_and_edge(view):
    root = ElementTree.fromstring(text_of(view, "graphml"))
    keys = {key.get("id"): key.get("attr.name") for key in root.findall(".//{*}key")}
    assert [(edge.get("source"), edge.get("target")) for edge in root.findall(".//{*}edge")] == ends(view)
    nodes = {node.get("id"): {keys[d.get("key")]: d.text for d in node} for node in root.findall(".//{*}node")}
    assert len(nodes) == len(view.nodes)
    assert {name for name, told in nodes.items() if told.get("color") == "grey"} == {
        n for n in nodes if n.startswith("x")
    }


def test_the_tei_graph_has_every_node_and_arc(view):
    graph = ElementTree.fromstring(text_of(view, "tei-graph")).find(".//{*}graph")
    assert graph is not None
    assert (graph.get("order"), graph.get("size")) == (str(len(view.nodes)), str(len(view.edges)))
    arcs = [(arc.get("from", "")[3:], arc.get("to", "")[3:]) for arc in graph.findall("{*}arc")]
    assert arcs == ends(view)
    assert sum(int(node.get("inDegree", "")) for node in graph.findall("{*}node")) == len(view.edges)


def test_prov_derives_each_target_from_its_source(view):
    told = json.loads(text_of(view, "prov"))
    derived = [(d["prov:usedEntity"], d["prov:generatedEntity"]) for d in told["wasDerivedFrom"].values()]
    assert derived == [(f"story:{source}", f"story:{target}") for source, target in ends(view)]
    assert {end for pair in derived for end in pair} <= set(told["entity"])
    for by in told["wasAttributedTo"].values():
        assert by["prov:entity"] in told["entity"]
        assert by["prov:agent"] in told["agent"]


# --- annotations, claims -------------------------------------------------------------------------------------------


def test_annotations_resolve_on_the_text_of_their_page(view):
    told = json.loads(text_of(view, "annotations"))
    texts = {w.page: w.report.page.text for w in view.witnesses}
    items = told["first"]["items"]
    n_readings = sum(bool(reading.spans) for locus in view.loci for reading in locus.readings)
    n_claims = sum(bool(claim.content or claim.cue) for w in view.witnesses for claim in w.report.claims)
    assert told["total"] == len(items) == n_readings + n_claims + len(view.events) + len(view.breakages)
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert item["target"]
        for target in item["target"]:
            assert_resolves(target, texts[target["dcterms:identifier"]])
            assert target["source"].startswith(("http://", "https://", "urn:retold:page:"))


def test_claims_are_those_of_the_reports(view):
    graph = json.loads(text_of(view, "claims"))["@graph"]
    claims = [(w, claim) for w in view.witnesses for claim in w.report.claims if claim.content]
    assert len(graph) == len(claims)
    for told, (w, claim) in zip(graph, claims, strict=True):
        text = w.report.page.text
        assert told["@type"] == "Claim"
        assert told["text"] == " […] ".join(text[s.start : s.end] for s in claim.content)
        assert ("author" in told) == bool(claim.source)


# --- tables --------------------------------------------------------------------------------------------------------


def test_csv_tables_have_a_row_for_every_row_of_the_view(view):
    files = FORMATS["csv"].to(view)
    assert isinstance(files, dict)
    expected = {
        "reports.csv": len(view.witnesses),
        "alignments.csv": sum(len(pair.alignments) for pair in view.pairs),
        "loci.csv": sum(len(locus.readings) for locus in view.loci),
        "edges.csv": len(view.edges),
        "archetypes.csv": len(view.archetype_readings),
        "breakages.csv": len(view.breakages),
        "claims.csv": sum(len(w.report.claims) for w in view.witnesses),
        "quantities.csv": sum(len(w.report.quantities) for w in view.witnesses),
        "agreements.csv": len(view.agreements),
        "events.csv": len(view.events),
    }
    assert {name: len(table(text)) for name, text in files.items()} == expected
    assert [row["siglum"] for row in table(files["reports.csv"])] == [w.siglum for w in view.witnesses]


def test_acled_has_its_columns_and_leaves_what_is_not_known_empty(view):
    rows = table(text_of(view, "acled"))
    schema = json.loads((REPOSITORY / "docs/schema/incident.json").read_text("utf-8"))
    assert list(rows[0]) == [name for name in schema["properties"] if name not in ("roles", "mentions", "origins")]
    assert len(rows) == len(view.events)
    filled = {name for row in rows for name, value in row.items() if value}
    assert filled == {"event_date", "year", "time_precision", "source", "notes", "tags"}
    for row, event in zip(rows, view.events, strict=True):
        day = event.date if event.date and re.fullmatch(r"\d{4}-\d\d-\d\d", event.date) else ""
        assert row["event_date"] == day
        assert row["time_precision"] == ("1" if day else "")


# --- time ----------------------------------------------------------------------------------------------------------


def test_the_timeline_has_every_dated_event(view):
    told = json.loads(text_of(view, "timeline"))
    dated = [event for event in view.events if event.date and ".." not in event.date]
    assert [slide["unique_id"] for slide in told["events"]] == [event.event for event in dated]
    for slide, event in zip(told["events"], dated, strict=True):
        parts = [f"{slide['start_date']['year']:04}"]
        parts += [f"{slide['start_date'][name]:02}" for name in ("month", "day") if name in slide["start_date"]]
        assert event.date.partition("/")[0] == "-".join(parts) or "X" in event.date


def test_the_calendar_has_days_months_and_intervals_only(view):
    text = text_of(view, "ics")
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "")
    uids = re.findall(r"^UID:\w+-(\w+)@retold", unfolded, re.M)
    known = [
        e.event for e in view.events if e.date and re.fullmatch(r"\d{4}-\d\d(-\d\d)?(/\d{4}-\d\d(-\d\d)?)?", e.date)
    ]
    assert uids == known
    pairs = re.findall(r"DTSTART;VALUE=DATE:(\d{8})\r\nDTEND;VALUE=DATE:(\d{8})", unfolded)
    assert len(pairs) == len(known)
    assert all(start < end for start, end in pairs)


# --- the rest ------------------------------------------------------------------------------------------------------


def test_json_is_the_view(view):
    told = json.loads(text_of(view, "json"))
    validator("story_view").validate(told)
    assert told == json.loads(json.dumps(story_json(view)))


def test_markdown_has_the_card_and_its_tables(view):
    lines = text_of(view, "md").split("\n")
    assert lines[0] == f"# {view.story.title}"
    assert lines[2].startswith(f"{len(view.witnesses)} reports, {len(view.origins)} origins: ")
    assert [line for line in lines if line.startswith("## ")][:2] == ["## Reports", "## Lineage"]
    bars = {len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")}
    assert bars <= {4, 5, 6, 7}
