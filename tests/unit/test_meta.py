"""Title, authors, dates, outlet and language of invented pages, each with where it was found."""

import pytest

from retold.lexicon.bylines import names_in
from retold.lexicon.calendar import dates_in
from retold.model.page import Declared
from retold.model.report import MetaField
from retold.readers.single import read_source
from retold.stages.meta import meta_of
from retold.stages.meta.dates import iso_time
from retold.stages.meta.language import language_of_text
from retold.stages.meta.titles import without_outlet
from retold.stages.segments import segment_page
from tests.unit.test_segments import PASTED, page_of


def meta(text, *declared):
    page, blocks = page_of(text)
    rows = [Declared(page.page, *row) for row in declared]
    found = meta_of(page, segment_page(page, blocks, rows), rows)
    return {field: [(v.value, v.came_from) for v in found if v.field is field] for field in MetaField}


def test_plain_text_gives_what_it_prints():
    found = meta(PASTED)
    assert found[MetaField.TITLE] == [("Dockers walk out at Port Halden as talks stall", "visible")]
    assert found[MetaField.AUTHORS] == [("Ann Poe", "visible")]
    assert found[MetaField.MODIFIED] == [("2019-03-12", "visible")]
    assert found[MetaField.LANGUAGE] == [("en", "text")]
    assert found[MetaField.OUTLET] == []


def test_declared_values_come_with_their_origin():
    found = meta(
        PASTED,
        ("opengraph", "og:title", "Dockers walk out at Port Halden as talks stall | Port Halden Post"),
        ("opengraph", "og:site_name", "Port Halden Post"),
        ("json-ld", "author", "Ann Poe and Bo Lund"),
        ("json-ld", "datepublished", "2019-03-11T18:00:00+0100"),
        ("link", "canonical", "https://www.porthaldenpost.example/a"),
        ("html", "lang", "en_GB"),
    )
    assert found[MetaField.TITLE] == [("Dockers walk out at Port Halden as talks stall", "visible")]
    assert found[MetaField.AUTHORS] == [("Ann Poe", "json-ld"), ("Bo Lund", "json-ld")]
    assert found[MetaField.PUBLISHED] == [("2019-03-11T18:00:00+01:00", "json-ld")]
    assert found[MetaField.OUTLET] == [("Port Halden Post", "opengraph")]
    assert found[MetaField.LANGUAGE] == [("en-GB", "html")]


def test_a_declared_title_that_nothing_visible_says_stands_by_itself():
    found = meta(
        "Rain.\n", ("title", "title", "Ferry aground - Port Halden Post"), ("json-ld", "publisher", "Port Halden Post")
    )
    assert found[MetaField.TITLE] == [("Ferry aground", "title")]


def test_the_host_is_the_outlet_when_nothing_else_is_known():
    found = meta("Rain.\n", ("opengraph", "og:url", "https://www.porthaldenpost.example/x"))
    assert found[MetaField.OUTLET] == [("porthaldenpost.example", "url")]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Poe", ["Ann Poe"]),
        ("By Dr. Ann Poe and Bo Lund, political editor", ["Ann Poe", "Bo Lund"]),
        ("Von: Ann Poe und Bo Lund", ["Ann Poe", "Bo Lund"]),
        ("Ann Poe | Bo Lund", ["Ann Poe", "Bo Lund"]),
        ("Par Anne Poé", ["Anne Poé"]),
        ("https://www.facebook.com/porthaldenpost", []),
        ("", []),
        ("Posted on 3 May 2021 by Ann Poe", ["Ann Poe"]),
        ("By Ann Poe 8 January 2020, 3:51 pm", ["Ann Poe"]),
        ("Le 17/02/2020", []),
        ("Fr, 18. Oktober 2019", []),
        ("27. Januar 2026 • Ann Poe • 3 Minuten", ["Ann Poe"]),
        ("17/11/2019 ~ Ann Poe", ["Ann Poe"]),
        ("Ann Poe, PhD, and Bo Lund, M.D.", ["Ann Poe", "Bo Lund"]),
        ("php/alo; kes", ["php/alo", "kes"]),
        ("Ann Poe/Bo Lund", ["Ann Poe", "Bo Lund"]),
        ("Ann Poe @annpoe", ["Ann Poe"]),
        ("annpoe@porthaldenpost.example", []),
        ("Bo Lund - Port Halden team", ["Bo Lund"]),
        ("Von", []),
    ],
)
def test_names_of_a_byline(byline, names):
    assert [name for name, _ in names_in(byline)] == names


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025-03-03", "2025-03-03"),
        ("2025-03-03T14:05:00Z", "2025-03-03T14:05:00Z"),
        ("2025-03-03 14:05:00+0100", "2025-03-03T14:05:00+01:00"),
        ("20250303", "2025-03-03"),
        ("20250303T140500Z", "2025-03-03T14:05:00Z"),
        ("20250303T1405-0500", "2025-03-03T14:05-05:00"),
        ("20250303T990500Z", "2025-03-03"),
        ("3 March 2025", "2025-03-03"),
        ("Tue, 04 Mar 2025 23:30:00 +0100", "2025-03-04T23:30:00+01:00"),
        ("yesterday", None),
    ],
)
def test_declared_times_become_iso(value, iso):
    assert iso_time(value) == iso


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Published 16 February 2020", ["2020-02-16"]),
        ("Stand: 28.04.2023, 13:52 Uhr", ["2023-04-28"]),
        ("16. März 2020", ["2020-03-16"]),
        ("Mis à jour le 12 août 2021", ["2021-08-12"]),
        ("25 de mayo de 2025", ["2025-05-25"]),
        ("Sept. 3", ["XXXX-09-03"]),
        ("3 JAN 90", ["1990-01-03"]),
        ("It may rain 5 to 1", []),
        ("32 March 2020", []),
    ],
)
def test_printed_dates(text, values):
    assert [date.value for date in dates_in(text)] == values


def test_an_ending_is_dropped_only_when_it_names_the_outlet():
    assert without_outlet("Storm shuts harbour - Port City Post", "Port City Post") == "Storm shuts harbour"
    assert without_outlet("Storm shuts harbour - and opens it again", "Port City Post").endswith("again")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry was late, the harbour said, and the crew has been told to wait.", "en"),
        ("Die Fähre war zu spät, und die Besatzung ist nicht auf dem Schiff, sagte der Hafen.", "de"),
        ("Le bateau est dans le port et les marins ne sont pas à bord, selon une source.", "fr"),
        ("El barco está en el puerto y los marineros no han llegado, según una fuente.", "es"),
        ("??", None),
    ],
)
def test_language_is_told_from_function_words(text, language):
    assert language_of_text(text) == language


def test_a_desk_that_json_ld_names_as_author_is_one():
    found = meta(PASTED, ("json-ld", "author", "Redaktion Port Halden"), ("meta", "author", "Port Halden, Losk"))
    assert found[MetaField.AUTHORS] == [("Redaktion Port Halden", "json-ld")]
    assert meta(PASTED, ("json-ld", "author", "Staff"))[MetaField.AUTHORS] == [("Ann Poe", "visible")]


def test_names_that_only_their_elements_part_are_told_apart():
    source = (
        b"<body><h1>Dockers walk out at Port Halden</h1><p class=byline><a>Ann Poe</a> <a>Bo Lund Berg</a>"
        b" <a>Cy Dahl</a></p>"
        + b"<p>Dockers at the country's largest port walked out on Monday after talks broke down, their union said.</p>"
        + b"<p>The walkout left eleven ships waiting outside the harbour, the port authority said in a statement.</p>"
    )
    read = read_source("page.html", source)
    found = meta_of(read.page, segment_page(read.page, read.blocks), (), None, read.runs)
    authors = [value for value in found if value.field is MetaField.AUTHORS]
    assert [value.value for value in authors] == ["Ann Poe", "Bo Lund Berg", "Cy Dahl"]
    assert all(read.page.text[slice(*value.span)] == value.value for value in authors)


@pytest.mark.parametrize(
    ("declared", "printed", "names"),
    [
        ("PHP", "By Ann Poe", [("Ann Poe", "visible")]),
        ("Port Halden Post", "By Ann Poe", [("Ann Poe", "visible")]),
        ("Bo Lund", "By Ann Poe", [("Bo Lund", "meta")]),
        ("Port Halden Post", "", [("Port Halden Post", "meta")]),
        ("Redaktion", "", [("Redaktion", "meta")]),
    ],
)
def test_an_outlet_that_is_its_own_author_hides_no_full_name(declared, printed, names):
    found = meta(
        PASTED.replace("By Ann Poe", printed),
        ("meta", "author", declared),
        ("opengraph", "og:site_name", "Port Halden Post"),
        ("link", "canonical", "https://php-online.example/a"),
    )
    assert found[MetaField.AUTHORS] == names


def test_a_time_in_utc_gives_way_to_the_same_in_the_outlets_zone():
    utc, local = (
        ("json-ld", "datepublished", "2025-03-03T23:30:00Z"),
        ("meta", "date", "Tue, 04 Mar 2025 00:30:00 +0100"),
    )
    assert meta("Rain.\n", utc, local)[MetaField.PUBLISHED] == [("2025-03-04T00:30:00+01:00", "meta")]
    later = ("meta", "date", "2025-03-04T09:00:00+01:00")
    assert meta("Rain.\n", utc, later)[MetaField.PUBLISHED] == [("2025-03-03T23:30:00Z", "json-ld")]


PARAGRAPHS = (
    "<p>Dockers at the country's largest port walked out on Monday after talks broke down, their union said.</p>"
    "<p>The walkout left eleven ships waiting outside the harbour, the port authority said in a statement.</p>"
)


@pytest.mark.parametrize(
    ("headline", "declared", "title"),
    [
        ("<h1>Dockers walk out</h1>", "Dockers walk out | Port Halden's magazine of the sea", "Dockers walk out"),
        ("<h1>Strike at sea Dockers walk out</h1>", "Dockers walk out", "Dockers walk out"),
        ("<h1>Strike at sea - “The dockers walk out”</h1>", "Port: “The dockers walk out”", "“The dockers walk out”"),
        ("<h1>Dockers leave eleven ships waiting</h1>", "Port Halden news", "Dockers leave eleven ships waiting"),
        ("<h2>Dockers leave eleven ships waiting</h2>", "Walkout at Port Halden", "Walkout at Port Halden"),
    ],
)
def test_where_the_headline_and_the_declared_title_disagree(headline, declared, title):
    source = f'<head><meta property=og:title content="{declared}"></head><body>{headline}{PARAGRAPHS}'
    read = read_source("page.html", source.encode())
    found = meta_of(read.page, segment_page(read.page, read.blocks, read.declared), read.declared, None, read.runs)
    assert next(value.value for value in found if value.field is MetaField.TITLE) == title


def test_a_date_line_that_names_a_person_is_a_byline():
    source = f"<body><h1>Dockers walk out at Port Halden</h1><div>3 May 2021 • Ann Poe • 3 min</div>{PARAGRAPHS}"
    read = read_source("page.html", source.encode())
    found = meta_of(read.page, segment_page(read.page, read.blocks), (), None, read.runs)
    assert [value.value for value in found if value.field is MetaField.AUTHORS] == ["Ann Poe"]
