"""Escapes, dates and drawing conventions of the exports, row by row, and the files the command writes."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from retold.cli.export import ManyFilesError, UnknownFormatError, UnknownStoryError, export, files_of
from retold.errors import NoInputError
from retold.exports import FORMATS
from retold.exports.annotations import fragment_of, selectors_of
from retold.exports.characters import folded, on_one_line, printable, xml_safe
from retold.exports.csv_cells import guarded, table_text
from retold.exports.dot import to_dot
from retold.exports.graphml import to_graphml
from retold.exports.ics import days_of, escaped, fold, to_ics
from retold.exports.md import escaped as md_escaped
from retold.exports.places import dates_of, web_address
from retold.exports.tei import MOST_WORD_PAIRS, differing
from retold.exports.tei_graph import to_tei_graph
from tests.conftest import REPOSITORY
from tests.unit.test_exports_hostile import story_of, witness

HARBOUR = str(REPOSITORY / "examples/harbour")
WIRE = str(REPOSITORY / "examples/harbour/01-halden-wire-take1.txt")


def story():
    return story_of(("Nine people were hurt.", "Ten people were hurt."), "Quaylight")


# --- characters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "safe", "replaced"),
    [
        ("Pier 4\tshut\r\n", "Pier 4\tshut\r\n", 0),
        ("a\x00b\x08", "a\ufffdb\ufffd", 2),
        ("\ud83d", "\ufffd", 1),
        ("\ufffe\uffff", "\ufffd\ufffd", 2),
        ("\U0001f6a2 caf\u00e9 \x85", "\U0001f6a2 caf\u00e9 \x85", 0),
    ],
)
def test_what_xml_forbids_is_replaced(text, safe, replaced):
    assert xml_safe(text) == (safe, replaced)


@pytest.mark.parametrize(
    ("make", "text", "made"),
    [
        (printable, "a\x1bb\tc\nd", "a\ufffdb\tc\nd"),
        (on_one_line, "a\r\n\u2028b\tc", "a b c"),
        (folded, "\n a\u00a0b \r\n c", "a\u00a0b c"),
    ],
)
def test_texts_are_made_storable(make, text, made):
    assert make(text) == made


# --- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "points"),
    [
        ("2025-03-03", ((2025, 3, 3), (2025, 3, 3))),
        ("2025-03", ((2025, 3, None), (2025, 3, None))),
        ("198X", ((1980, None, None), (1989, None, None))),
        ("19XX", ((1900, None, None), (1999, None, None))),
        ("2024/2025-03", ((2024, None, None), (2025, 3, None))),
        ("../2025", None),
        ("2025/..", None),
        ("2025-02-30", None),
        ("PAST_REF", None),
        (None, None),
    ],
)
def test_dates_are_as_precise_as_they_are_known(edtf, points):
    assert dates_of(edtf) == points


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2025-03-03", (date(2025, 3, 3), date(2025, 3, 3))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2025-02-28/2025-03", (date(2025, 2, 28), date(2025, 3, 31))),
        ("2025", None),
        ("2024/2025-03", None),
        ("2025-03-03/..", None),
    ],
)
def test_only_days_and_months_have_a_place_in_a_calendar(edtf, days):
    assert days_of(edtf) == days


# --- iCalendar -----------------------------------------------------------------------------------------------------


def test_calendar_text_is_escaped():
    assert escaped("a\\b;c,d\r\ne\x00") == "a\\\\b\\;c\\,d\\ne\ufffd"


@pytest.mark.parametrize("line", ["x" * 75, "x" * 76, "é" * 200, "港" * 100, "\U0001f6a2" * 60, ""])
def test_lines_fold_between_characters_at_75_octets(line):
    pieces = list(fold(line))
    assert all(len(piece.encode()) <= 77 and piece.endswith("\r\n") for piece in pieces)
    assert "".join(pieces).replace("\r\n ", "").removesuffix("\r\n") == line
    assert len(pieces) == 1 or len(line.encode()) > 75


def test_the_stamp_is_the_events_day_or_the_one_given():
    assert "DTSTAMP:20250301T000000Z\r\n" in to_ics(story())
    assert "DTSTAMP:20250401T120000Z\r\n" in to_ics(story(), stamp="20250401T120000Z")


# --- tables --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_a_formula_is_quoted(start):
    assert guarded(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("text", ["Pier 4", "4-1", "", "'=1", " =1"])
def test_other_cells_stay_as_they_are(text):
    assert guarded(text) == text


def test_numbers_stay_numbers_and_nothing_is_empty():
    assert table_text(["a", "b", "c", "d", "e"], [[-3, 0.5, None, True, "-3"]]) == "a,b,c,d,e\r\n-3,0.5,,yes,'-3\r\n"


# --- Markdown, DOT, addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a|b", "a\\|b"),
        ("<b>*x*_y_</b>", "\\<b\\>\\*x\\*\\_y\\_\\</b\\>"),
        ("[a](javascript:x)", "\\[a\\](javascript:x)"),
        ("R&D &lt;", "R&amp;D &amp;lt;"),
        (
            "see http://x.example or www.x.example, a@x.example",
            "see http&#58;//x.example or www&#46;x.example, a&#64;x.example",
        ),
        ("two\nlines  here\\", "two lines here\\\\"),
    ],
)
def test_markdown_sees_no_markup(text, made):
    assert md_escaped(text) == made


def test_dot_keeps_the_conventions_of_open_stemmata():
    lines = to_dot(story()).split("\n")
    assert '  "x1" [color="grey", label="Quaylight"];' in lines
    assert '  "A" [label="A: Quaylight"];' in lines
    assert '  "A" -> "B" [style="dashed", label="0.30", tooltip=""];' in lines
    assert '  "x1" -> "A" [label="0.70", tooltip="Quaylight; Quaylight"];' in lines


def test_graphml_and_tei_tell_contamination_from_filiation():
    graph = ElementTree.fromstring(to_graphml(story()))
    edges = [{data.get("key"): data.text for data in edge} for edge in graph.findall(".//{*}edge")]
    assert [(e["d2"], e["d3"], e.get("d4")) for e in edges] == [
        ("filiation", "medium", None),
        ("contamination", "low", "dashed"),
        ("filiation", "high", None),
    ]
    arcs = ElementTree.fromstring(to_tei_graph(story())).findall(".//{*}arc")
    assert [arc.get("{http://openstemmata.github.io/odd.html}type") for arc in arcs] == [e["d2"] for e in edges]


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("https://herald.example/a?b=1#c", True),
        ("HTTP://herald.example/", True),
        ("javascript:alert(1)", False),
        ('https://x.example/"><b>', False),
        ("https://x.example/a b", False),
        ("file:///etc/passwd", False),
        ("https://x.example/\ud800", False),
    ],
)
def test_only_web_addresses_become_links(address, passes):
    assert web_address(witness("A", "Rain fell.", address)) == (address if passes else None)


# --- TEI, annotations ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lemma", "text", "marked"),
    [
        ("Nine people were hurt.", "Nine people were hurt.", []),
        ("Nine people were hurt.", "Ten people were badly hurt.", ["Ten", "badly"]),
        ("Nine people were hurt.", "Nine people", []),
        ("", "Rain.", ["Rain."]),
    ],
)
def test_words_the_lemma_does_not_have_are_marked(lemma, text, marked):
    assert [text[start:end] for start, end in differing(lemma, text)] == marked


def test_very_long_readings_are_not_marked():
    words = int(MOST_WORD_PAIRS**0.5) + 1
    assert list(differing("a " * words, "b " * words)) == []


def test_selectors_open_at_both_ends_of_a_text():
    text = "Rain fell."
    assert selectors_of(text, (0, 10))[1] == {
        "type": "TextQuoteSelector", "exact": text, "prefix": "", "suffix": "",
    }  # fmt: skip
    assert selectors_of(text, (5, 9))[1]["prefix"] == "Rain "


def test_a_long_quotation_is_linked_by_its_ends():
    words = [f"w{i}" for i in range(20)]
    value = fragment_of(" ".join(words))["value"]
    assert value == ":~:text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19"


# --- the command ---------------------------------------------------------------------------------------------------


def test_one_story_in_one_file_goes_where_it_is_told(tmp_path, capsys):
    path = tmp_path / "a" / "wire.gv"
    assert export([WIRE], "dot", output=str(path)) == ()
    assert path.read_text("utf-8").startswith("digraph ")
    assert capsys.readouterr().out == f"wrote {path}\n"


def test_several_stories_and_tables_go_into_folders(tmp_path):
    export([HARBOUR], "csv", output=str(tmp_path / "out"))
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.csv")}
    assert {"out/story-1/reports.csv", "out/story-2/loci.csv"} <= names
    export([HARBOUR], "csv", output=str(tmp_path / "one"), story="2")
    one, second = (tmp_path / name / "reports.csv" for name in ("one", "out/story-2"))
    assert one.read_bytes() == second.read_bytes()


def test_a_story_is_printed(capsys):
    export([WIRE], "ics", output="-", story="1")
    assert capsys.readouterr().out.startswith("BEGIN:VCALENDAR")


def test_names_are_made_where_none_is_given():
    assert [str(path) for path in files_of([story()], FORMATS["tei"], None)] == ["story.tei.xml"]
    several = files_of([story(), story()], FORMATS["md"], None)
    assert [str(path) for path in several] == ["story/story-1.md", "story/story-2.md"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"name": "docx"}, UnknownFormatError),
        ({"name": "tei", "story": "999999999"}, UnknownStoryError),
        ({"name": "tei", "story": "zz"}, UnknownStoryError),
        ({"name": "csv", "output": "-"}, ManyFilesError),
    ],
)
def test_what_cannot_be_written_is_said(asked, error):
    with pytest.raises(error) as raised:
        export([WIRE], **asked)
    assert raised.value.exit_code == 2


def test_no_page_is_no_export(tmp_path):
    with pytest.raises(NoInputError):
        export([str(tmp_path)], "tei")
