"""What a report tells without a day: the event of its lead, plans; how tellings without a day are joined or left out."""

import pytest

from retold.stages.timeline.joining import join
from retold.stages.timeline.telling import is_open
from retold.text.spans import Span
from tests.unit.test_timeline import tellings, told

FILLER = "The mood in the yard is poor. " * 4


def cut(text):
    ends = [i + 1 for i, sign in enumerate(text) if sign == "." and text[i + 1 : i + 2] in {" ", ""}]
    return [Span(start, end) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]


def led(text):
    return [(t.date, text[slice(*t.shown)]) for t in tellings(text, cut(text)) if is_open(t.date)]


def entries_of(text):
    return join(tellings(text, cut(text)), [], {})


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The port board has sold its last coal crane to Sound Line.", "../2025-03-06"),
        ("Nine dockers were hurt when a boom fell on the ferry.", "../2025-03-06"),
        ("The mayor of Losk plans to close the old quay to coal boats.", "2025-03-06/.."),
        ("The port will send two cranes to the old coal quay, a port official said.", "2025-03-06/.."),
    ],
)
def test_the_event_of_the_lead_is_told_as_before_print_and_a_plan_as_after(lead, expected):
    assert [date for date, _ in led(lead)] == [expected]


@pytest.mark.parametrize(
    "lead",
    [
        "The board of the port is split over the sale of the quay.",
        "It has sold the last crane of the old port to a rival.",
        "The case involves a practice called dry docking in the port.",
        "The port has lost three of its cranes in the past two years.",
        "The mayor will lose the next vote because of the old port.",
        "The port authority said the crane in the east dock was safe.",
        '"The board sold the crane to a rival," Varn said of the deal.',
        "How Losk port lost its way and sold the last coal crane",
        "The cool reply of the board partly reflected a history of mistrust.",
        "A note released by the port board shows a crane falling on boats.",
        "Lund describes meeting the head of the board and asked him for help.",
        "A new chart, drawn by the board after the storm, is seen as a help.",
    ],
)
def test_what_no_deed_of_somebody_tells_is_no_event_of_the_lead(lead):
    assert led(lead) == []


def test_what_has_no_day_behind_the_lead_is_no_entry():
    assert led(FILLER + "The port board sold its last coal crane to Sound Line.") == []


def test_a_lead_without_a_day_is_joined_to_the_clause_that_dates_it():
    text = "The port board has approved the sale of the last coal crane. " + FILLER
    text += "The board passed the sale of the coal crane on Monday."
    (group,) = entries_of(text)
    assert [t.date for t in group] == ["../2025-03-06", "2025-03-03"]


def test_a_clause_without_a_day_is_joined_only_where_subject_and_verb_are_one():
    text = "The boom fell on the ferry Maid on Monday. " + FILLER + "The boom fell on the ferry Maid at low tide. "
    text += "A boom of the ferry Maid was painted."
    (group,) = entries_of(text)
    assert len(group) == 2


def test_one_event_told_twice_in_few_words_is_one_entry():
    text = "The protests began on Monday. " + FILLER + "The protests began Monday morning."
    assert len(entries_of(text)) == 1


def test_what_was_done_told_again_in_the_passive_is_one_entry():
    text = "A judge released 200 pages of port files Tuesday. The files were released in reply to a wish of the Post."
    assert [len(group) for group in entries_of(text)] == [2]


def test_a_visit_in_a_message_of_the_day_is_not_the_message():
    text = "On Monday, Varn tweeted that he had called off a visit to the Losk yard. " + FILLER
    text += "The mood at Monday's visit to the Losk yard is bad."
    assert all(len(group) == 1 for group in entries_of(text))


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("Varn told dockers in a memo on Tuesday that the yard would stay.", "2025-03-04"),
        ('"The yard will stay," Lund said in an interview Sunday with Radio Losk.', "2025-03-02"),
        ("In a joint statement Monday, Varn and Lund said they abhor the sale.", "2025-03-03"),
    ],
)
def test_what_is_said_on_an_occasion_is_an_event(sentence, date):
    assert [day for day, _ in told(sentence)] == [date]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Varn is set to speak before the port board on Friday and the crews on Saturday.",
            [("2025-03-07", "Varn is set to speak before the port board on Friday and the crews on Saturday")],
        ),
        (
            "The firm announced last week that Varn will appear before the board on Saturday.",
            [
                (
                    "2025-02-24/2025-03-02",
                    "The firm announced last week that Varn will appear before the board on Saturday",
                ),
                ("2025-03-08", "Varn will appear before the board on Saturday"),
            ],
        ),
        ("Losk nears a Friday deadline to sell the port.", [("2025-03-07", "a Friday deadline to sell the port")]),
        (
            "Divers left for Losk, where it's expected to land on Friday.",
            [("2025-03-07", "Losk, where it's expected to land on Friday")],
        ),
    ],
)
def test_plans_with_a_day_are_told(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Varn voiced his opposition to sea rules in 2014.",
            [("2014", "Varn voiced his opposition to sea rules in 2014")],
        ),
        ("Cranes began moving on Monday.", [("2025-03-03", "Cranes began moving on Monday")]),
        ("Varn on Monday again shut the quay.", [("2025-03-03", "Varn on Monday again shut the quay")]),
        (
            "In 2017, Varn and more than two dozen dockers left the union.",
            [("2017", "In 2017, Varn and more than two dozen dockers left the union")],
        ),
        (
            "On Monday, after the crane that stood there fell, Varn shut the quay.",
            [("2025-03-03", "On Monday, after the crane that stood there fell, Varn shut the quay")],
        ),
        ("In February Varn, a docker, asked the port board to look at the crane.", [("2025-02", None)]),
        (
            "Varn, in a talk with the crews in January, raised the closing of the quay.",
            [("2025-01", "Varn, in a talk with the crews in January, raised the closing of the quay")],
        ),
        (
            "Lund, who left the yard in May of 2024, is coming back to Losk next week.",
            [
                ("2024-05", "Lund, who left the yard in May of 2024"),
                ("2025-03-10/2025-03-16", "Lund, who left the yard in May of 2024, is coming back to Losk next week"),
            ],
        ),
        ("Lund, who left the yard in May, sold it to Varn.", [("2024-05", "Lund, who left the yard in May")]),
        (
            "In an interview with Radio Losk's Pat Doe published Monday, Varn drew notice to the quay.",
            [("2025-03-03", "an interview with Radio Losk's Pat Doe published Monday")],
        ),
        ("Crews recall a blast on the Losk suburbs, which killed five in 2020.", []),
        ("The crews have accused Varn of theft in the 1980s.", []),
        ("The ferry was driving waves of five feet on Monday.", []),
        ("Varn couldn't believe it on Monday.", []),
        ("The port is counting more than 4 million in 2019 harbour dues.", []),
        ("Crews marched from Monday night into Tuesday.", []),
        ("Few saw the march against Lund's election Monday night.", []),
        (
            "Lund had spoken before the Losk board on Tuesday and shunned Varn.",
            [("2025-03-04", "Lund had spoken before the Losk board on Tuesday and shunned Varn")],
        ),
        (
            "Varn appeared early Tuesday outside a yard with guards.",
            [("2025-03-04", "Varn appeared early Tuesday outside a yard with guards")],
        ),
        ("Varn put down the board's reaction on Wednesday to fear.", []),
        ("The strait has divided the two towns since 1953.", []),
        (
            "Crews pushed back Monday evening following the Losk report.",
            [("2025-03-03", "Crews pushed back Monday evening following the Losk report")],
        ),
        (
            "Varn on Monday again berated Mayor Pat Lund saying he has no grip on the port.",
            [("2025-03-03", "Varn on Monday again berated Mayor Pat Lund")],
        ),
        ("They met on the second Sunday in August.", [("2024-08", None)]),
        ("Varn made the sign in the middle of the night.", []),
        (
            "On Sunday, Varn will be moved not to the old yard – where his kin lie – but to the quay.",
            [
                (
                    "2025-03-09",
                    "On Sunday, Varn will be moved not to the old yard – where his kin lie – but to the quay",
                )
            ],
        ),
    ],
)
def test_days_and_their_own_verbs(sentence, expected):
    found = told(sentence)
    assert [date for date, _ in found] == [date for date, _ in expected]
    assert all(words is None or words == shown for (_, words), (_, shown) in zip(expected, found, strict=True))


def test_a_person_called_may_makes_nothing_unsure():
    (telling,) = tellings("On Tuesday, May announced the closing of the quay.")
    assert str(telling.factuality) == "happened"


def test_a_plan_in_the_present_is_expected():
    *_, telling = tellings("Lund, who left the yard in May of 2024, is coming back to Losk next week.")
    assert str(telling.factuality) == "expected"


def test_a_noun_with_its_month_and_with_its_day_is_one_event():
    text = "Crews speak of the May 2024 Losk strikes. " + FILLER + "Few recall the May 4, 2024 strikes."
    assert [len(group) for group in entries_of(text)] == [2]


def test_the_words_of_a_lead_that_somebody_says_on_a_day_are_no_second_entry():
    text = "The port has weakened and the board is ready to act, Varn told a board panel Tuesday."
    assert [t.date for t in tellings(text, cut(text)) if not t.loose] == ["2025-03-04"]
