"""Numbers against numbers and statements against statements, in invented reports."""

import pytest

from retold import retell
from retold.model.facts import Quantity, Status
from retold.model.page import PageId
from retold.stages.agreement.numbers import status_of
from retold.text.spans import Span
from retold.views.json_view import story_json

LEAD = "The boom of a cargo crane fell onto a ferry in the port of Losk on Monday, the harbour office said."
REST = (
    "The boom came down across the bow ramp as foot passengers were boarding for the island of Sarn.\n\n"
    "Firefighters took hours to free a driver whose car was pinned under the steelwork.\n\n"
    "The terminal and the ferry berth beside it remained closed at midday.\n"
)


def number(value=None, *, low=None, high=None, approximate=None):
    return Quantity(PageId("0" * 32), Span(0, 1), value, low, high, None, None, approximate)


@pytest.mark.parametrize(
    ("a", "b", "status"),
    [
        (number(7), number(7), Status.AGREE),
        (number(7), number(9), Status.CONTRADICT),
        (number(40, approximate="more than"), number(43), Status.AGREE),
        (number(40, approximate="more than"), number(39), Status.CONTRADICT),
        (number(40, approximate="up to"), number(39), Status.AGREE),
        (number(40, approximate="about"), number(41), Status.AGREE),
        (number(40, approximate="about"), number(60), Status.CONTRADICT),
        (number(low=10, high=20), number(12), Status.AGREE),
        (number(low=10, high=20), number(30), Status.CONTRADICT),
        (number(low=24), number(300), Status.DIFFER),
        (number(40, approximate="more than"), number(300), Status.DIFFER),
        (number(41), number(40, approximate="about"), Status.AGREE),
    ],
)
def test_two_numbers_stand_to_each_other(a, b, status):
    assert status_of(a, b) is status


def rows(folder, *counts):
    for i, count in enumerate(counts):
        page = f"Crane falls on ferry in Losk\n\nMarch {3 + i}, 2025\n\n{LEAD}\n\n{count}\n\n{REST}"
        (folder / f"{i}.txt").write_text(page)
    found = [story_json(told) for told in retell(str(folder)).stories]
    return [(row["status"], row["says"]) for view in found for row in view["agreement"] if row["status"] != "add"]


def of_status(told, status):
    return [says for found, says in told if found == status]


def test_a_number_changed_in_one_place_contradicts(tmp_path):
    told = rows(tmp_path, "Nine people were injured, the clinic said.", "Seven people were injured, the clinic said.")
    assert len(of_status(told, "contradict")) == 1


def test_equal_numbers_agree(tmp_path):
    told = rows(tmp_path, "Nine people were injured, the clinic said.", "Nine people were injured, the clinic said.")
    assert any("Nine people" in says for says in of_status(told, "agree"))
    assert not of_status(told, "contradict")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Dozens of people were injured, the clinic said.", "Nine people were injured, the clinic said."),
        ('"Three years is long," Varn said at the quay.', '"Two years is long," Varn said at the quay.'),
        ("The ferry had 186 people aboard, Varn said.", "It was carrying 40 crates of fruit, Varn said."),
        ("Five of the injured went home, he said.", "Nine people were injured, the clinic said."),
        ("More than 40 people were injured, Varn said.", "Forty-three people were injured, Varn said."),
        ("The ferry had 186 people on board, Varn said.", "The ferry had 171 passengers, Varn said."),
    ],
)
def test_what_may_both_be_true_does_not_contradict(tmp_path, a, b):
    assert not of_status(rows(tmp_path, a, b), "contradict")


def test_one_report_alone_has_no_agreement(tmp_path):
    assert rows(tmp_path, "Nine people were injured.") == []


SPOKEN = '"We will lift the boom as soon as the wind lets us near it," said Varn, the harbour master, on Tuesday.'


def all_rows(folder, *pages):
    for i, page in enumerate(pages):
        (folder / f"{i}.txt").write_text(f"Crane falls on ferry in Losk\n\nMarch {3 + i}, 2025\n\n{page}")
    found = [story_json(told) for told in retell(str(folder)).stories]
    return [(row["status"], row["says"]) for view in found for row in view["agreement"]]


def test_a_sentence_kept_that_names_somebody_agrees(tmp_path):
    named = "Mayor Ada Varn climbed down the broken ladder with her son and some of the deck crew."
    told = all_rows(tmp_path, f"{LEAD}\n\n{named}\n\n{REST}", f"{LEAD}\n\n{REST}\n\n{named}\n")
    assert any(status == "agree" and "Varn climbed" in says for status, says in told)


def test_a_quotation_placed_elsewhere_agrees_and_is_no_addition(tmp_path):
    longer = f'At noon he spoke twice. "It is a hard day. {SPOKEN[1:]}'
    told = all_rows(tmp_path, f"{LEAD}\n\n{SPOKEN}\n\n{REST}", f"{LEAD}\n\n{REST}\n\n{longer}\n")
    assert any(status == "agree" and "lift the boom" in says for status, says in told)
    assert not any(status == "add" and says.startswith("only") and "lift the boom" in says for status, says in told)


def test_one_number_with_other_approximators_agrees_and_tells_both(tmp_path):
    told = rows(tmp_path, "About 60 crates were lost, Varn said.", "At least 60 crates were lost, Varn said.")
    assert any("About 60 crates in" in says and "At least 60 crates in" in says for says in of_status(told, "agree"))
    assert of_status(told, "differ") == of_status(told, "contradict") == []


def test_an_equal_sum_in_other_words_agrees(tmp_path):
    a = "Sound Line will pay $9 million for a new bridge across the canal at Sarn."
    b = "In Sarn, people still wonder about the canal.\n\nThe bridge deal is worth $9 million to Sound Line."
    told = all_rows(tmp_path, f"{LEAD}\n\n{a}\n\n{REST}", f"{LEAD}\n\n{REST}\n\n{b}\n")
    assert any(status == "agree" and "$9 million" in says for status, says in told)


def told_with_additions(folder, *counts):
    for i, count in enumerate(counts):
        page = f"Crane falls on ferry in Losk\n\nMarch {3 + i}, 2025\n\n{LEAD}\n\n{REST}\n\n{count}\n"
        (folder / f"{i}.txt").write_text(page)
    found = [story_json(told) for told in retell(str(folder)).stories]
    return [(row["status"], row["says"]) for view in found for row in view["agreement"]]


def test_what_is_found_in_one_report_is_told_as_not_found_in_these_words(tmp_path):
    told = told_with_additions(tmp_path, "It rained.", "Ann Reed, the harbour master, resigned over it on Friday.")
    [says] = of_status(told, "add")
    assert says.startswith("in B, not found in A in these words: Ann Reed")


def test_a_bare_one_or_first_is_no_count_to_agree_on(tmp_path):
    told = rows(tmp_path, *["It was the first move of one clerk, Ann Reed said on Friday."] * 2)
    assert not [says for says in of_status(told, "agree") if says.startswith(("first", "one"))]


def test_numbers_in_headlines_run_into_a_sentence_are_left_out(tmp_path):
    glued = "Mayor Ann Reed Ann Ruth ReedHolt sees 60 crates late Crew holds 12 ships MORE said seven people were hurt."
    told = rows(tmp_path, glued, "Mayor Ann Reed said nine people were hurt. It had 60 crates and 12 ships.")
    assert not [says for _, says in told if "crates" in says or "ships" in says]


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        (
            'Mayor Varn calls the crane a "rusting gallows" on Sunday.',
            'A "rusting gallows," said Varn.',
            "rusting gallows",
        ),
        (
            'The line wants to "make repairs as slow and costly as possible," it said in a note to the crew.',
            '"We bought a slip and hired a rigger to make repairs as slow and costly as possible," the site says.',
            "slow and costly",
        ),
        (
            '"Only a handful of skippers ever bothered to inspect the rudder," Varn wrote.',
            "Only a handful of skippers ever bothered to inspect the rudder.",
            "handful of skippers",
        ),
    ],
)
def test_a_quotation_in_part_or_without_marks_agrees(tmp_path, a, b, shared):
    told = all_rows(tmp_path, f"{LEAD}\n\n{a}\n\n{REST}", f"{LEAD}\n\n{REST}\n\nIt rained at Sarn.\n\n{b}\n")
    assert [says for says in of_status(told, "agree") if shared in says]


def test_a_common_phrase_in_marks_is_no_quotation_of_both(tmp_path):
    a, b = 'Varn saw "the people" there.', 'It was "the people" who left, he said.'
    told = all_rows(tmp_path, f"{LEAD}\n\n{a}\n\n{REST}", f"{LEAD}\n\n{REST}\n\n{b}\n")
    assert not [says for says in of_status(told, "agree") if "the people" in says]


def test_a_sentence_in_mostly_the_same_words_elsewhere_agrees(tmp_path):
    a = "Divers will inspect the sunken rudder and the propeller shaft before the tug leaves for Sarn."
    b = "Before the tug leaves for Sarn, divers must inspect the rudder and the propeller shaft."
    told = all_rows(tmp_path, f"{LEAD}\n\n{a}\n\n{REST}", f"{LEAD}\n\n{REST}\n\nNobody slept at the quay.\n\n{b}\n")
    assert [says for says in of_status(told, "agree") if "propeller shaft" in says]


@pytest.mark.parametrize(
    "b",
    [
        "Before the tug leaves for Sarn, divers will not inspect the rudder and the propeller shaft.",
        "Before nine tugs leave for Sarn, divers must inspect the rudder and the propeller shaft.",
    ],
)
def test_sentences_that_differ_in_a_number_or_a_negation_do_not_agree(tmp_path, b):
    a = "Divers will inspect the sunken rudder and the propeller shaft before four tugs leave for Sarn."
    told = all_rows(tmp_path, f"{LEAD}\n\n{a}\n\n{REST}", f"{LEAD}\n\n{REST}\n\nNobody slept at the quay.\n\n{b}\n")
    assert not [says for says in of_status(told, "agree") if "mostly the same" in says and "propeller shaft" in says]


def test_an_odd_number_of_one_thing_agrees_whatever_is_said_of_it(tmp_path):
    a = "His motion won after 26 councillors backed it."
    b = "At least nobody shouted.\n\nTwenty-six councillors, it turned out, had come to the hall."
    told = all_rows(tmp_path, f"{LEAD}\n\n{a}\n\n{REST}", f"{LEAD}\n\n{REST}\n\n{b}\n")
    assert [says for says in of_status(told, "agree") if "26 councillors" in says]


def test_an_approximator_with_a_capital_is_the_same(tmp_path):
    a = "Police said at least 290 people were killed."
    b = "The port was shut.\n\nAt least 290 people were killed and many more hurt."
    told = all_rows(tmp_path, f"{LEAD}\n\n{a}\n\n{REST}", f"{LEAD}\n\n{REST}\n\n{b}\n")
    assert [says for says in of_status(told, "agree") if "290 people" in says]


def test_a_lead_is_not_told_as_found_in_one_report_only(tmp_path):
    lead = (
        "Ann Reed, who ran the yards for nine years, resigned on Friday over a pay quarrel with the skippers of Sarn."
    )
    told = all_rows(tmp_path, f"{LEAD}\n\n{REST}", f"{lead}\n\n{LEAD}\n\n{REST}")
    assert not [says for says in of_status(told, "add") if "Ann Reed" in says]


SAID = '"We could never have lifted the rusted boom without the tug from Sarn and the two divers who swam below," Varn said.'


def apart(folder, a, b):
    """Return the rows about two sentences that stand far from each other in two reports."""
    return all_rows(folder, f"{LEAD}\n\n{a}\n\n{REST}", f"{LEAD}\n\n{REST}\n\nIt rained at Sarn.\n\n{b}\n")


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("could never", "would never", "“could” in A, “would” in B"),
        ("rusted boom", "boom", "“rusted” in A, not in B"),
        ("two divers who swam below", "two divers who swam above", "“below” in A, “above” in B"),
    ],
)
def test_a_quotation_with_another_word_is_one_row_that_differs(tmp_path, was, now, says):
    told = apart(tmp_path, SAID, SAID.replace(was, now))
    [row] = of_status(told, "differ")
    assert says in row
    assert not [says for says in of_status(told, "agree") if "tug from Sarn" in says]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("We could never have", "We could never've"),
        ("rusted boom", "[harbour] boom"),
        ("rusted boom", "... boom"),
        ("two divers", "2 divers"),
        ("the rusted boom", "the the rusted boom"),
        ("and the two divers", "and two divers"),
        ("rusted boom", "rustted boom"),
        ("rusted boom", "r----- boom"),
        ("without the tug from Sarn and the two divers", "without the two divers"),
        ("Sarn and the", "Sarn, the"),
    ],
)
def test_a_quotation_in_another_style_or_cut_does_not_differ(tmp_path, was, now):
    told = apart(tmp_path, SAID, SAID.replace(was, now))
    assert of_status(told, "differ") == []
    assert [says for says in of_status(told, "agree") if "quotation" in says]


def test_what_was_said_twice_does_not_differ(tmp_path):
    again = SAID.replace("could", "would")
    assert of_status(apart(tmp_path, f"{SAID}\n\nHe slept.\n\n{again}", again), "differ") == []


def test_a_third_report_of_a_quotation_is_told_beside_the_words_it_prints(tmp_path):
    other = SAID.replace("could", "would")
    told = all_rows(tmp_path, *(f"{LEAD}\n\n{REST}\n\n{said}\n" for said in (SAID, other, SAID)))
    [row] = [says for says in of_status(told, "differ") if "words of a quotation" in says]
    assert "“could” in A, C, “would” in B" in row


def test_a_quotation_printed_in_part_is_told_so(tmp_path):
    told = apart(tmp_path, SAID, 'Varn spoke of "the two divers who swam below" the ferry.')
    [row] = [says for says in of_status(told, "agree") if "divers who swam" in says]
    assert row.startswith("the same quotation in A, in part in B")


def test_a_quotation_broken_by_its_speaker_is_whole(tmp_path):
    told = apart(tmp_path, SAID, SAID.replace("tug from Sarn and", 'tug from Sarn," Varn said, "and'))
    assert not [says for says in of_status(told, "agree") if "in part" in says]


HEARING = "Engineer Ada Varn testified for {} hours about the crane to the harbour inquiry in Losk."


def test_numbers_of_one_thing_in_other_words_differ(tmp_path):
    testified = "After Varn had testified about the crane for {} hours the harbour inquiry in Losk rose."
    [row] = of_status(apart(tmp_path, HEARING.format("eight"), testified.format("nine")), "differ")
    assert row.startswith("eight hours in A, nine hours in B (A is of 2025-03-03, B of 2025-03-04)")


@pytest.mark.parametrize(
    "b",
    [
        "After Varn had testified about the crane for nearly eight hours the harbour inquiry in Losk rose.",
        "After Varn had not testified about the crane for nine hours the harbour inquiry in Losk rose.",
        "In 2019 Varn had testified about the crane for nine hours, the harbour inquiry in Losk found.",
        "After Varn had testified about the crane for nine hours the inquiry in Losk rose; a clerk testified for six hours "
        "about the crane to the harbour inquiry.",
        "The tug crew slept for nine hours while the harbour inquiry in Losk heard Varn on the crane.",
    ],
)
def test_numbers_that_may_count_other_things_do_not_differ(tmp_path, b):
    assert of_status(apart(tmp_path, HEARING.format("eight"), b), "differ") == []


def test_a_toll_that_rises_from_one_day_to_the_next_differs(tmp_path):
    told = rows(
        tmp_path, "The fall killed at least 7 people, police said.", "It killed at least 19 people, police said."
    )
    assert of_status(told, "contradict") == []


def test_a_later_higher_toll_is_told_with_both_days(tmp_path):
    told = rows(tmp_path, "Seven people were injured, the clinic said.", "Nine people were injured, the clinic said.")
    [row] = of_status(told, "differ")
    assert "(A is of 2025-03-03, B of 2025-03-04)" in row


@pytest.mark.parametrize(
    "b",
    [
        "The council approved the levy 240 to 190 after a long night.",
        "With 240 in favor and 190 against, the council approved the levy after midnight.",
        "The council approved the levy, 240 votes for, 190 against.",
    ],
)
def test_a_tally_agrees_however_it_is_written(tmp_path, b):
    told = apart(tmp_path, "After the 240-190 vote on the crane control levy the mayor wept.", b)
    [row] = [says for says in of_status(told, "agree") if "vote of" in says]
    assert row.startswith("a vote of 240-190 in A, B")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The council rejected the levy 24-30.", "It may take 24 to 30 of them to pass the levy, Varn said."),
        ("They control the council 51-49 and pass any levy.", "The council approved the levy 51 to 49."),
        ("The council approved the levy 7-2.", "The court ruled 7 to 2 against Varn."),
    ],
)
def test_ranges_shares_and_votes_of_others_are_no_tally(tmp_path, a, b):
    assert not [says for says in of_status(apart(tmp_path, a, b), "agree") if "vote of" in says]


def test_a_small_count_agrees_where_the_word_after_it_is_the_same(tmp_path):
    a, b = "Two councillors voted against the levy: Reed and Holt.", "Two councillors voted against the motion."
    told = apart(tmp_path, a, b)
    assert [says for says in of_status(told, "agree") if says.startswith("Two councillors in A, B")]


A_STORY = (
    "Crane falls on ferry in Losk\n\nMarch 6, 2025\n\n{lead}\n\n"
    "The boom came down across the bow ramp as foot passengers were boarding for the island of Sarn.\n\n{rest}\n\n"
    "Firefighters took hours to free a driver whose car was pinned under the steelwork.\n"
)


def rows_of(folder, *pages):
    for i, (lead, rest) in enumerate(pages):
        (folder / f"{i}.txt").write_text(A_STORY.format(lead=lead, rest=rest))
    found = [story_json(told) for told in retell(str(folder)).stories]
    return [(row["status"], row["says"]) for view in found for row in view["agreement"]]


def test_one_event_in_other_words_agrees_and_is_no_addition(tmp_path):
    named = "The mayor named Dana Varn head of the port on Monday after weeks of talks with unions and owners."
    tapped = "Mayor Lund on Monday tapped Dana Varn, who had run the pilots for nine years."
    told = rows_of(tmp_path, (named, "The tide was low."), ("A boom fell onto a ferry.", tapped))
    assert any(status == "agree" and says.startswith("the same event told in") for status, says in told)
    assert not any(status == "add" and "tapped" in says for status, says in told)


def test_an_event_that_one_report_only_names_is_no_agreement(tmp_path):
    named = "Few in the port recall the Losk council vote of March 3."
    told = rows_of(
        tmp_path, (LEAD, named), (LEAD, "On March 3, the Losk council voted to shut down the old east quay.")
    )
    assert not any(says.startswith("the same event told in") for _, says in told)


@pytest.mark.parametrize(
    ("a", "b", "agrees"),
    [
        ("The survey asked 585 dockers about the cranes.", "Some 585 people took the docker survey on cranes.", False),
        ("The survey asked 585 dockers about the cranes.", "In the docker survey, 585 feared the cranes.", True),
        ("The survey asked 585 dockers about the cranes.", "The port has 585 berths for pleasure boats.", False),
        (
            "The survey asked 600 dockers about the cranes.",
            "In the inland town of Sarn, 600 docker families fear for their pay.",
            False,
        ),
    ],
)
def test_an_odd_number_agrees_though_what_it_counts_is_named_otherwise(tmp_path, a, b, agrees):
    told = rows_of(tmp_path, (LEAD, a), (LEAD, b))
    assert any(status == "agree" and a.split()[3] in says for status, says in told) is agrees


def test_a_book_that_both_name_is_told_in_both(tmp_path):
    a = "Varn came to be known by her 2019 book, “Rust Never Rests,” a chart of what went wrong with Losk in her view."
    b = "Who has read “Rust Never Rests” knows Varn."
    assert not any(status == "add" and "Rust" in says for status, says in rows_of(tmp_path, (LEAD, a), (LEAD, b)))
