"""Names in invented sentences, with their types; and capitals that name nobody."""

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages import mentions
from retold.tables import table as t

PAGE = PageId("0" * 32)


def names(*sentences):
    text = "\n".join(sentences)
    tables, at, rows = MemoryTables(), 0, []
    for sentence in sentences:
        rows.append(Sentence(PAGE, at, at + len(sentence), SegmentKind.BODY))
        at += len(sentence) + 1
    page = Page(PAGE, "a.txt", None, PageFormat.TEXT, "utf-8", len(text), "", "1", text, Characters(0, 0, 0))
    tables.put(t.PAGES, [page])
    tables.put(t.SENTENCES, rows)
    run_stages(tables, [mentions.STAGE])
    return [(text[slice(*m.span)], str(m.type)) for m in tables.rows(t.MENTIONS)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Harbour master Anneke Tolland said so.", [("Anneke Tolland", "person")]),
        ('"No," said Yusef Belkadri, the federation\'s secretary.', [("Yusef Belkadri", "person")]),
        ("It was seen by Ines Abery, who was boarding.", [("Ines Abery", "person")]),
        ("The dead are Petr Lannock, 51, and others.", [("Petr Lannock", "person")]),
        ("Mr Ottery left.", [("Ottery", "person")]),
        ("Gen. J. Poe spoke.", [("J. Poe", "person")]),
        ("Robert Varn met the crew.", [("Robert Varn", "person")]),
        ("The ship sailed from Paris to Kenya.", [("Paris", "place"), ("Kenya", "territory")]),
        ("Orvania's transport minister resigned.", [("Orvania", "territory")]),
        ("The neighbouring Kessaria agreed.", [("Kessaria", "territory")]),
        ("Trains left the Ostley rail depot.", [("Ostley", "place")]),
        ("It lies in the port of Losk.", [("Losk", "place")]),
        ("The Maritime Safety Board met.", [("Maritime Safety Board", "organisation")]),
        ("The Dock and Harbour Workers' Federation met.", [("Dock and Harbour Workers' Federation", "organisation")]),
        ("Losk Motors said it would close.", [("Losk Motors", "organisation")]),
        ("Ethiopian Airlines was praised.", [("Ethiopian Airlines", "organisation")]),
        ("General Varnish Corp won.", [("General Varnish Corp", "organisation")]),
        ("The DHWF struck.", [("DHWF", "organisation")]),
        ("Reports by Reuters differ.", [("Reuters", "agency")]),
        ("Channel Losk TV showed it.", [("Channel Losk TV", "broadcaster")]),
        ("The group Red Tide claimed it.", [("Red Tide", "group")]),
        ("The Coastal Rebels fled.", [("Coastal Rebels", "group")]),
        ("Comedian Ann Oderin spoke.", [("Ann Oderin", "person")]),
        ("The crew met questioner Anneke Odering.", [("Anneke Odering", "person")]),
        ("The agency's administrator, Brock Varn, warned them.", [("Brock Varn", "person")]),
        ("Chief of Staff Petr Lannock left.", [("Petr Lannock", "person")]),
        ("They met at the Ottery Hotel.", [("Ottery Hotel", "place")]),
        ("It struck Cape Ottery.", [("Cape Ottery", "place")]),
        ("The Boston Harbour Eagles won.", [("Boston Harbour Eagles", "organisation")]),
        ("It was AT&T that paid.", [("AT&T", "organisation")]),
        ("He went to Mar-a-Lago.", [("Mar-a-Lago", "place")]),
        ("The Oval Office of the White House was shut.", [("Oval Office", "place"), ("White House", "organisation")]),
        ("The House voted.", [("House", "organisation")]),
        ("Carl Oderin and Lise Vannick came.", [("Carl Oderin", "person"), ("Lise Vannick", "person")]),
    ],
)
def test_a_name_is_found_with_its_type(sentence, expected):
    assert names(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The quay was shut.",
        "However, nothing moved.",
        "On Monday in March they met.",
        "The Orvanian crane fell.",
        "It was International Harbour Day.",
        "The Clean Water Act passed.",
        "UPDATE: the quay is shut.",
        "The CEO left.",
        "Hospital staff said no.",
        "Hurricane Ottery turned, and Ottery's winds fell.",
        "We want her to STOP, and THEY came.",
        "It is a South Kessarian island.",
        "",
    ],
)
def test_capitals_that_name_nobody_are_left(sentence):
    assert names(sentence) == []


def test_a_surname_takes_the_type_of_the_full_name():
    assert names("Harbour master Anneke Tolland spoke.", "Tolland left.")[-1] == ("Tolland", "person")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was Kim Jong-un who spoke, said Baek Tae-hyun.", ["Kim Jong-un", "Baek Tae-hyun"]),
        ("The site lies near Sarngye-ri.", ["Sarngye-ri"]),
        ("Robert Varn-led crews met James O'Keefe.", ["Robert Varn", "James O'Keefe"]),
        ("It was Secretary of Defense James Varn who left.", ["James Varn"]),
        ("It was RIGGED and it DOESN'T stop, as in World War II.", []),
        ("Some House Democrats left.", []),
    ],
)
def test_a_name_is_whole_and_capitals_for_force_are_none(sentence, expected):
    assert [name for name, _ in names(sentence) if name not in {"House"}] == expected


def test_a_surname_is_a_person_whatever_belongs_to_it():
    told = names("Harbour master Anneke Tolland spoke.", "Tolland's border grew.", "It was Tolland's army.")
    assert told[1:] == [("Tolland", "person"), ("Tolland", "person")]


def test_a_name_whose_last_word_stands_alone_too_is_a_person():
    assert names("A photo shows Sumeth Atapa.", "They saw Atapa leave.")[0] == ("Sumeth Atapa", "person")


def test_a_word_before_a_known_name_is_no_part_of_it():
    told = names("Robert Varn came.", "Trolling Varn, they left.", "They met Crooked Robert Varn.")
    assert [name for name, _ in told] == ["Robert Varn", "Varn", "Robert Varn"]


def test_a_caption_and_a_sentence_that_share_a_name_are_cut():
    assert names("Many faces of Robert Varn Varn waves.")[0] == ("Robert Varn", "person")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("She taught at Losk State University.", [("Losk State University", "organisation")]),
        ("The State Council Information Office said so.", [("State Council Information Office", "organisation")]),
        ("The American Rowing Society said so.", [("American Rowing Society", "organisation")]),
        ("The Russian Coast Guard said so.", [("Coast Guard", "group")]),
        ("He is a Major League Rowing man.", [("Major League Rowing", "organisation")]),
        ("Major Robert Poe left.", [("Robert Poe", "person")]),
        ("The Office of Special Counsel wrote.", [("Office of Special Counsel", "organisation")]),
        ("It came from the Institute for Justice.", [("Institute for Justice", "organisation")]),
        (
            "The Department of Docks and Inland Harbours met.",
            [("Department of Docks and Inland Harbours", "organisation")],
        ),
        (
            "The Department of Docks and Congress met.",
            [("Department of Docks", "organisation"), ("Congress", "organisation")],
        ),
        ("The House Docks and Piers Committee met.", [("House Docks and Piers Committee", "organisation")]),
        ("It stands in Washington, D.C., today.", [("Washington, D.C.", "place")]),
        ("She met Robert King Jr. there.", [("Robert King Jr.", "person")]),
        ("She met Laura King there.", [("Laura King", "person")]),
        ("PORT TRIAL FOR THEFT OPENS AGAIN", []),
        ("The Losk Globe said so.", [("Losk Globe", "organisation")]),
        ("It lay in the Old Post Office Building.", [("Old Post Office Building", "place")]),
    ],
)
def test_names_of_bodies_keep_their_first_and_last_words(sentence, expected):
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "He sits on the House Committee on Docks and Inland Harbours.",
            [("House Committee on Docks and Inland Harbours", "organisation")],
        ),
        ("Mayor Curtis Hill spoke.", [("Curtis Hill", "person")]),
        ("It was decided in Varn v. Tolland last year.", [("Varn", "person"), ("Tolland", "person")]),
        ("They met in the Old Port Office building.", [("Old Port Office", "place")]),
        ("They met in the Cabinet Room.", [("Cabinet Room", "place")]),
        ("Mr Za'id al-Varn spoke.", [("Za'id al-Varn", "person")]),
        ("It fell under the Tidal Ports Agreement (TIPA).", []),
        ("They left NAFTA.", []),
    ],
)
def test_committees_cases_and_laws_are_told_apart(sentence, expected):
    assert names(sentence) == expected
