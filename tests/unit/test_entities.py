"""Names of a story joined into whoever they name, in invented names; and names that stay apart."""

import pytest

from retold import retell
from retold.model.facts import EntityType
from retold.stages.entities.variants import is_initials_of, skeleton_of, why_one
from retold.views.json_view import story_json


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Belkadri", "Yusef Belkadri", EntityType.PERSON),
        ("Yusef Belkadri", "Youssef Belkadri", EntityType.PERSON),
        ("Paul Hestering", "Paul J. Hestering", EntityType.PERSON),
        ("Chuck Varn", "Charles E. Varn", EntityType.PERSON),
        ("Robert Varn", "Robert Sidney Varn III", EntityType.PERSON),
        ("St. Losk", "St Losk", EntityType.PLACE),
        ("Facebook", "Facebook Inc", EntityType.ORGANISATION),
        ("MSB", "Maritime Safety Board", EntityType.ORGANISATION),
        ("DHWF", "Dock and Harbour Workers' Federation", EntityType.ORGANISATION),
        ("Safety Board", "Maritime Safety Board", EntityType.ORGANISATION),
        ("Tarvo", "Tarvo Airways", EntityType.ORGANISATION),
        ("Harbor Workers' Federation", "Harbour Workers’ Federation", EntityType.GROUP),
    ],
)
def test_forms_of_one_name_have_a_proof(a, b, kind):
    assert why_one(a, b, kind)


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Ann Poe", "Carl Poe", EntityType.PERSON),
        ("Ann", "Ann Poe", EntityType.PERSON),
        ("Losk", "Losk Road", EntityType.PLACE),
        ("U.N.", "U.N. Harbour Assembly", EntityType.ORGANISATION),
        ("MSB", "Maritime Board", EntityType.ORGANISATION),
        ("Board of Losk", "Losk Motors", EntityType.ORGANISATION),
        ("House", "House Harbour Committee", EntityType.ORGANISATION),
        ("Harbour Office", "Harbour Office of the Losk Board", EntityType.ORGANISATION),
    ],
)
def test_other_names_have_none(a, b, kind):
    assert why_one(a, b, kind) is None


def test_initials_leave_small_words_out():
    assert is_initials_of("UOL", "University of Losk")
    assert is_initials_of("UL", "University of Losk")
    assert not is_initials_of("ul", "University of Losk")


def test_a_skeleton_is_what_transliterations_share():
    assert skeleton_of("Yusef") == skeleton_of("Youssef")
    assert skeleton_of("Poe") != skeleton_of("Roe")


def test_a_surname_two_people_share_is_joined_to_neither(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Losk, March 3\n\nHarbour master Anneke Varn met Governor Paul Varn in Losk on Monday. Mr Varn left at noon.\n"
    )
    (told,) = retell(str(tmp_path)).stories
    entities = {entity["name"]: entity["variants"] for entity in story_json(told)["entities"]}
    assert "Varn" not in entities.get("Anneke Varn", []) + entities.get("Paul Varn", [])


def entities_of(folder, *reports):
    for i, report in enumerate(reports):
        (folder / f"{i}.txt").write_text(f"Crane falls in Losk\n\nMarch {3 + i}, 2025\n\n{SHARED}\n\n{report}\n")
    (told,) = retell(str(folder)).stories
    return {entity["name"]: entity["variants"] for entity in story_json(told)["entities"]}


SHARED = (
    "The boom of a cargo crane fell onto a ferry in the port of Losk on Monday, the harbour office said.\n\n"
    "Firefighters took hours to free a driver whose car was pinned under the steelwork."
)


def test_a_surname_means_whom_the_page_introduced_before(tmp_path):
    told = entities_of(
        tmp_path,
        "Harbour master Robert Varn came at noon. Varn spoke to the crew. His daughter Meghan Varn left with Varn.",
        "The crew had waited for Mr Varn since noon, and the quay was shut.",
    )
    assert "Varn" in told["Robert Varn"]
    assert "Varn" not in told["Meghan Varn"]


def test_who_reigns_is_not_who_bears_the_name_as_surname(tmp_path):
    told = entities_of(tmp_path, "The worker Carlos Francis wept. In Rome, Pope Francis prayed for the dead.")
    assert told["Carlos Francis"] == ["Carlos Francis"]


def test_two_known_names_of_one_group_are_one(tmp_path):
    told = entities_of(tmp_path, "Hackers of Islamic State claimed it. ISIS had said so on Friday, the office said.")
    assert [variants for variants in told.values() if {"ISIS", "Islamic State"} <= set(variants)]


def test_a_son_with_his_fathers_name_stays_apart_from_him(tmp_path):
    told = entities_of(tmp_path, "Robert Poe left at noon. His son Robert Poe Jr. stayed, and Robert Poe wept.")
    assert told["Robert Poe"] == ["Robert Poe"]
    assert told["Robert Poe Jr."] == ["Robert Poe Jr."]


def test_a_body_and_its_country_are_one_beside_anothers(tmp_path):
    told = entities_of(tmp_path, "The U.S. Congress met. The Losk Supreme Court had said no. Congress met again.")
    assert told["U.S. Congress"] == ["U.S. Congress", "Congress"]


def test_persons_own_no_bodies(tmp_path):
    told = entities_of(tmp_path, "Robert Poe left. It was Poe's Coast Guard. A boat of Orvania's Coast Guard came.")
    assert told["Coast Guard"] == ["Coast Guard", "Orvania's Coast Guard"]


def test_a_surname_alone_in_one_report_is_whom_another_names_in_full(tmp_path):
    told = entities_of(tmp_path, "Harbour master Robert Varn came at noon.", "By night Varn had denied all of it.")
    assert told["Robert Varn"] == ["Robert Varn", "Varn"]


@pytest.mark.parametrize(
    "report",
    [
        "By night the Varn Bridge was closed.",  # part of a longer name
        "By night Varn had denied it, and a varn of straw lay there.",  # a common word
        "By night Meghan Varn came. Then Varn denied it.",  # two bearers
    ],
)
def test_a_surname_alone_is_nobodys_where_it_may_be_another(tmp_path, report):
    told = entities_of(tmp_path, "Harbour master Robert Varn came at noon.", report)
    assert "Varn" not in told["Robert Varn"]
