"""One deed told in other words, what a lead says somebody said, and clauses whose day or end was read wrongly."""

import pytest

from retold.model.page import PageId
from retold.stages.timeline.joining import join
from tests.unit.test_timeline import tellings, told
from tests.unit.test_timeline_lead import FILLER, cut, entries_of


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The Losk council passed the port budget on Monday.", "The port budget passed 212-208 in the council Monday."),
        (
            "The mayor named Dana Varn harbour master Monday.",
            "Mayor Lund tapped Dana Varn on Monday as harbour master.",
        ),
        ("Losk laid the blame for the strandings on Ostley Monday.", "Losk blamed Ostley for the strandings Monday."),
        ("The council restricted night trawling in 2019.", "The council banned night trawling in Losk bay in 2019."),
        (
            "Dana Varn, a docker who hit a man when she was 16, has been granted clemency.",
            "Governor Lund granted clemency Monday to Dana Varn, a docker jailed for hitting a man.",
        ),
        ("The high court ruled for the ferrymen on Monday.", "The justices struck down the pilotage tax on Monday."),
    ],
)
def test_verbs_of_one_kind_and_one_actor_tell_one_event(first, second):
    (group,) = entries_of(f"{first} {second}")
    assert len(group) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A court let the ferrymen sue on Monday.", "Also on Monday, the court let the pilots sue."),
        ("Judge Varn let the ferrymen sue on Monday.", "A second judge let the pilots sue on Monday."),
        ("Crews recall a Monday talk on Radio Losk.", "On Monday, Varn sent a note to Radio Losk."),
    ],
)
def test_what_is_brought_in_anew_or_only_said_again_is_another_event(first, second):
    assert all(len(group) == 1 for group in entries_of(first + " " + FILLER + second))


def test_first_sentences_of_two_reports_that_share_a_day_and_a_subject_are_one_event():
    a = tellings("The boom of a cargo crane fell onto a ferry in Port Losk on Monday, killing two dockers.")
    b = tellings("Two dockers died on Monday when part of a crane crashed onto a ferry at Port Losk.")
    c = tellings(
        "Mayor Lund opened a school for pilots in Port Losk on Monday after years of delay and rows over its cost."
    )
    for telling in (*a, *b, *c):
        telling.page = PageId(("a" if telling in a else "b" if telling in b else "c") * 32)
    assert sorted(len(group) for group in join([*a, *b, *c], [], {})) == [1, 2]


def test_what_a_lead_says_that_somebody_said_is_its_event_and_further_down_a_claim():
    said = "Tolland said on Monday the port was safe."
    assert told(said) == [("2025-03-03", said[:-1])]
    assert [t.date for t in tellings(FILLER + said, cut(FILLER + said)) if t.date] == []


def test_who_announced_it_is_no_second_entry():
    text = "Varn has been named harbour master, the port board announced Monday."
    assert [t.date for t in tellings(text) if t.date] == ["../2025-03-06"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Varn was ousted as head of the yard in May 2024 over a lost crane.",
            [("2024-05", "Varn was ousted as head of the yard in May 2024 over a lost crane")],
        ),
        (
            "The board appointed Lund as pilot to lead the crews on March 3.",
            [("2025-03-03", "The board appointed Lund as pilot to lead the crews on March 3")],
        ),
        ("Varn will be released to crew housing on Friday.", [("2025-03-07", None)]),
        ("Varn was convicted of theft in 2019.", [("2019", "Varn was convicted of theft in 2019")]),
        (
            "In a vote that ended a row, the board on Monday for the first time ruled that crews may sail.",
            [("2025-03-03", None)],
        ),
        (
            "Varn, speaking before the pilots, in Losk on Monday, announced that the quay would close.",
            [("2025-03-03", None)],
        ),
        (
            "The firm's embattled yard announced on Monday that, if the board agrees, it will take no coal.",
            [
                (
                    "2025-03-03",
                    "The firm's embattled yard announced on Monday that, if the board agrees, it will take no coal",
                )
            ],
        ),
        (
            "Varn, in a talk Monday with Radio Losk, said he will stay.",
            [],
        ),
        (
            "Varn, in an interview Monday with Radio Losk, said he will stay.",
            [("2025-03-03", "Varn, in an interview Monday with Radio Losk, said he will stay")],
        ),
        (
            '"The yard is lost," Varn said in a May 2024 tweet.',
            [("2024-05", '"The yard is lost," Varn said in a May 2024 tweet')],
        ),
        (
            "In a note on the state of the cranes released by the board on Monday, the port called for help.",
            [],
        ),
        (
            "In a report on the state of the cranes released by the board on Monday, the port called for help.",
            [("2025-03-03", "a report on the state of the cranes released by the board on Monday")],
        ),
        (
            "The study looked at 1,600 crews who sailed in 2012 from Losk.",
            [("2012", "1,600 crews who sailed in 2012 from Losk")],
        ),
        ("They fined crews who sailed in 2012 from sailing again.", [("2012", "crews who sailed in 2012")]),
        ("Varn met crews who left in July, but the mayor hoped for peace.", [("2024-07", "crews who left in July")]),
        (
            "The loss was first reported on Monday by the Losk Herald.",
            [("2025-03-03", "The loss was first reported on Monday by the Losk Herald")],
        ),
        (
            "Later Monday morning, Varn said in a long and angry statement to Radio Losk that he would stay.",
            [
                (
                    "2025-03-03",
                    "Later Monday morning, Varn said in a long and angry statement to Radio Losk that he would stay",
                )
            ],
        ),
        ("These gains were foreseen following Varn's naming of his crew on Monday.", []),
        ("Varn has beaten three others in Tuesday's primary to win the post.", [("2025-03-04", None)]),
        (
            "Varn sponsored that legislation -- signed into law in December 2020 -- to provide relief to crews.",
            [("2020-12", "legislation -- signed into law in December 2020")],
        ),
        ("The tour had begun in Losk and swept through the yards, ending finally in May in Sarn.", []),
        (
            "Lund, the head of the board, said Monday that the dock board, which was formed in 1996, is safe.",
            [
                ("1996", "the dock board, which was formed in 1996"),
                (
                    "2025-03-03",
                    "Lund, the head of the board, said Monday that the dock board, which was formed in 1996, is safe",
                ),
            ],
        ),
        (
            "Wednesday's ruling in Varn v. Losk, by Judge Lund, is short.",
            [("2025-03-05", "Wednesday's ruling in Varn v. Losk")],
        ),
    ],
)
def test_the_day_is_that_of_the_deed_and_its_words_are_whole(sentence, expected):
    found = told(sentence)
    assert [date for date, _ in found] == [date for date, _ in expected]
    assert all(words is None or words == shown for (_, words), (_, shown) in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    "sentence",
    [
        "Lund made no mention of the crane on Monday.",
        "There had been no link between the fire and the storm on Monday.",
        "Nor will they close the quay this year.",
        "The crews could not say that the crane fell on Monday.",
        "There have been growing fears in the port since the late Monday night after the fire.",
        "OPINION: Varn fell on Monday.",
        "The port found itself split by a row on Monday.",
        "Losk grieves after this weekend's deadly storm near the old quay.",
    ],
)
def test_what_was_not_or_is_doubted_is_no_event(sentence):
    assert told(sentence) == []


def test_an_adverb_of_an_adjective_makes_no_deed_unsure():
    (telling,) = tellings("An allegedly new crane was sold on Monday.")
    assert str(telling.factuality) == "happened"


@pytest.mark.parametrize(
    "lead",
    [
        "The list of crews hit by the storm reads like a roll of the port.",
        "The rules require crews caught in the lock to pay a fine of ten crowns.",
        "The board did so at once and in full view of the crews.",
        "Its bold ruling prohibits all crews accused of theft from sailing.",
    ],
)
def test_a_lead_that_describes_is_no_event(lead):
    assert [t.date for t in tellings(lead, cut(lead)) if t.date] == []


@pytest.mark.parametrize(
    ("lead", "date"),
    [
        (
            "Dana Varn, a docker serving a long life term for striking down a man who beat her in the yard when she was "
            "only 16 years old, has been granted a pardon.",
            "../2025-03-06",
        ),
        ("Varn and his son, Pat, plan to stop all coal boats in the bay.", "2025-03-06/.."),
    ],
)
def test_an_aside_before_the_verb_does_not_hide_the_event_of_the_lead(lead, date):
    assert [t.date for t in tellings(lead, cut(lead)) if t.date] == [date]


def test_an_occasion_of_a_plan_is_still_to_come():
    text = "Varn is expected to show a plan for the port during a speech in Losk on Thursday."
    assert {str(t.factuality) for t in tellings(text) if t.date} == {"expected"}
