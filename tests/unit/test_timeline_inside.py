"""Dated events inside a sentence: subordinate and relative clauses, participles, nouns, reports; and what is left out."""

import pytest

from retold.stages.timeline.linked import linked_part
from retold.text.spans import Span
from tests.unit.test_timeline import tellings, told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Staff are tired because the board shut the quay last month to save coal.",
            [("2025-02", "the board shut the quay last month to save coal")],
        ),
        (
            "Crews worry, since the Losk council voted last month to sell the port.",
            [("2025-02", "the Losk council voted last month to sell the port")],
        ),
        (
            "The police look at calls that Varn made to the yard in January.",
            [("2025-01", "calls that Varn made to the yard in January")],
        ),
        (
            "It is the first storm on a coast that lost its pier in 2019.",
            [("2019", "a coast that lost its pier in 2019")],
        ),
        ("He wants to know why, after Varn fell on Monday.", [("2025-03-03", "Varn fell on Monday")]),
    ],
)
def test_a_clause_inside_a_sentence_is_told_by_itself(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Crews fear a rerun of the May 4, 2024 strike.", [("2024-05-04", "the May 4, 2024 strike")]),
        (
            "Nobody speaks of a May 2019 incident in which a crane hit the mayor's house.",
            [("2019-05", "a May 2019 incident in which a crane hit the mayor's house")],
        ),
        (
            "The mood is worse than at a port union meeting in Losk on Wednesday.",
            [("2025-03-05", "a port union meeting in Losk on Wednesday")],
        ),
        ("The mood before the April 12 council elections is bad.", [("2025-04-12", "the April 12 council elections")]),
        ("The mood at Wednesday's meeting is bad.", []),
        ("They fear a possible May 4 strike.", []),
        ("The crew is glad of his February trip.", []),
        ("The mood before Friday's council vote on the Losk port is bad.", []),
    ],
)
def test_a_noun_names_an_event_with_its_day(sentence, expected):
    assert told(sentence) == expected


def test_a_named_event_to_come_is_expected():
    (telling,) = tellings("The mood before the April 12 council elections is bad.")
    assert (telling.factuality, telling.named) == ("expected", True)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Harbour Post reported Monday that the firm had no licence.",
            [("2025-03-03", "The Harbour Post reported Monday that the firm had no licence")],
        ),
        (
            "In January, the Harbour Post reported that the firm had no licence.",
            [("2025-01", "In January, the Harbour Post reported that the firm had no licence")],
        ),
        ("He reported Monday that the firm had no licence.", []),
    ],
)
def test_a_dated_report_is_an_event(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The mayor was named, Varn revealed in court papers filed by the port on Monday.",
            [("2025-03-03", "court papers filed by the port on Monday")],
        ),
        ("Varn died on Monday.", [("2025-03-03", "Varn died on Monday")]),
        ("Losk Dredging, which had two boats when the pier fell on Monday, now has ten boats.", None),
        ("Varn defended sharing plans with the crews in a port meeting last week.", []),
        ("Varn praised the vote on Monday.", []),
        ("Varn had been expected to leave on Friday.", []),
        ("The report said the level is nearly double the loads that's moved in 2019.", []),
        ("The firm will be ten years old on Friday.", []),
        ("The board will rule by Monday.", [("2025-03-06/2025-03-10", "The board will rule by Monday")]),
        ("The board ruled by Monday.", []),
        ("The crews are to meet on Friday.", [("2025-03-07", "The crews are to meet on Friday")]),
        ("Exports rose to 6 million from 4 million in 2017.", []),
        (
            "Aides said the talks between Varn and Lund will be held Friday in Losk.",
            [("2025-03-07", "the talks between Varn and Lund will be held Friday in Losk")],
        ),
        ("The clerk met the brother of Varn, who fell on Monday.", []),
        ("As the town saw on Monday, the pier is weak.", []),
        (
            'Varn issued a statement on Monday saying that "the pier is weak.',
            [("2025-03-03", "Varn issued a statement on Monday")],
        ),
    ],
)
def test_a_date_goes_to_its_own_verb_or_to_none(sentence, expected):
    if expected is not None:
        assert told(sentence) == expected
    else:
        assert [what for _, what in told(sentence)] == ["the pier fell on Monday"]


def test_a_clause_about_a_pronoun_is_shown_with_the_sentence_before():
    first = "The port sacked Ulm Varn."
    text = f"{first} He was arrested on Monday."
    found = tellings(text, [Span(0, len(first)), Span(len(first) + 1, len(text))])
    assert [text[slice(*t.shown)] for t in found if t.date] == [f"{first} He was arrested on Monday"]


def test_link_text_is_no_part_of_a_clause():
    text = "The mayor met Pat Doe Patrick Lee DoeRivals attack plan Old ally quits MORE on Monday and left on Tuesday."
    part = linked_part(text, Span(0, len(text)))
    assert text[slice(*part)] == " Patrick Lee DoeRivals attack plan Old ally quits MORE"
    assert all("MORE" not in what for _, what in told(text))


@pytest.mark.parametrize("text", ["The McDoe firm sold YouTube stock.", "MORE SHIPS MET.", "He said more."])
def test_plain_words_are_no_link_text(text):
    assert linked_part(text, Span(0, len(text))) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Varn threatened the port in an early Tuesday tweet.",
            [("2025-03-04", "Varn threatened the port in an early Tuesday tweet")],
        ),
        (
            "The mayor revealed the plan at Monday's meeting.",
            [("2025-03-03", "The mayor revealed the plan at Monday's meeting")],
        ),
        (
            "The firm — long in debt — sold the quay on Monday.",
            [("2025-03-03", "The firm — long in debt — sold the quay on Monday")],
        ),
        (
            "The list, first reported by the Harbour Post on Monday, includes names.",
            [("2025-03-03", "The list, first reported by the Harbour Post on Monday")],
        ),
        (
            "The Harbour Post and the Losk Herald both reported Monday that the firm had no licence.",
            [
                (
                    "2025-03-03",
                    "The Harbour Post and the Losk Herald both reported Monday that the firm had no licence",
                )
            ],
        ),
        (
            "The clerk misread a conversation he had with Varn on Feb. 4.",
            [("2025-02-04", "a conversation he had with Varn on Feb. 4")],
        ),
        (
            "The board sold the quay on Monday, saying the price was fair.",
            [("2025-03-03", "The board sold the quay on Monday")],
        ),
        ("He and his crew were caught last year.", [("2024", "He and his crew were caught last year")]),
        ("According to the poll, conducted last Monday through Wednesday, few agree.", []),
        ("Losk media reported over the weekend that the quay was shut.", []),
    ],
)
def test_a_day_in_a_setting_an_aside_or_an_apposition_dates_the_deed(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Varn is expected to discuss the suit during a speech on Friday in Losk.",
            [("2025-03-07", "Varn is expected to discuss the suit during a speech on Friday in Losk")],
        ),
        (
            "Port backers plan to hold a vigil on Friday.",
            [("2025-03-07", "Port backers plan to hold a vigil on Friday")],
        ),
        (
            "The board issued a “continued sea notice” for the Lark on Monday.",
            [("2025-03-03", "The board issued a “continued sea notice” for the Lark on Monday")],
        ),
        (
            "Losk Court on Monday rebuffed a bid by backers of Varn.",
            [("2025-03-03", "Losk Court on Monday rebuffed a bid by backers of Varn")],
        ),
        (
            "Lund launched her bid on February 12 through a message.",
            [("2025-02-12", "Lund launched her bid on February 12 through a message")],
        ),
        (
            "Varn gave up more than 30,000 letters last March.",
            [("2024-03", "Varn gave up more than 30,000 letters last March")],
        ),
        (
            "Varn's lawyers wrote to a judge late Wednesday that two sums were wrong.",
            [("2025-03-05", "Varn's lawyers wrote to a judge late Wednesday that two sums were wrong")],
        ),
        ("A vigil is going to be held on Friday.", [("2025-03-07", "A vigil is going to be held on Friday")]),
        ("A vigil is to be held on Friday.", [("2025-03-07", "A vigil is to be held on Friday")]),
        (
            "With three weeks left to avert a strike, Varn met Lund on Monday.",
            [("2025-03-03", "With three weeks left to avert a strike, Varn met Lund on Monday")],
        ),
        (
            "Varn compared it to attempts by lords to void the law, and blasted the board Monday.",
            [("2025-03-03", "Varn compared it to attempts by lords to void the law, and blasted the board Monday")],
        ),
        (
            "Divers search the wreck of the ferry Lark, which sank on Monday.",
            [("2025-03-03", "the ferry Lark, which sank on Monday")],
        ),
    ],
)
def test_plans_second_verbs_and_terms_in_quotation_marks_keep_their_day(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "He will address a rally of the port union for his 2024 campaign.",
        "As the Harbour Post reported on Monday, few agree.",
        "The port waits for a note to be released Monday that would end the strike.",
        "The moves set up a likely vote on the plan Friday.",
        "He knows that he and the heads of Losk and Ostley sent a letter Tuesday to Lund.",
        "In short, the votes were not there on Monday.",
        "Hide Caption 2 of 9 Photos: Varn spoke at the harbour in February",
        "The boats aired live at 10:05 on the harbour screen.",
        "From 2005 until it closed in 2010, the school had about 10,000 people.",
        "At hastily arranged talks on Monday.",
        "Both sides were tightlipped about the surprise Monday meeting.",
        "The yard shipped 389 boats, up 28% on last year.",
        "The mayor has declared Friday a day of mourning.",
        "The port, in a note put out last week.",
        "The notes paint a fuller picture than did the plan on Monday.",
    ],
)
def test_a_day_of_something_else_dates_nothing(sentence):
    assert told(sentence) == []


def test_two_days_joined_by_and_are_one_span():
    assert told("Lund met the crews on Monday and Tuesday.") == [
        ("2025-03-03/2025-03-04", "Lund met the crews on Monday and Tuesday")
    ]


def test_a_bare_clock_time_takes_no_day_from_an_aside():
    first = "Varn, who had quit on Feb. 3, 2024, met the board on Monday."
    aside = "The plan of Feb. 9 was old."
    text = f"{first} {aside} At 7:16 p.m., the board left the room."
    spans = [Span(0, len(first)), Span(len(first) + 1, len(first) + 1 + len(aside))]
    found = tellings(text, [*spans, Span(spans[1].end + 1, len(text))])
    assert [t.date for t in found if "7:16" in text[slice(*t.shown)]] == []


def test_a_noun_at_the_end_puts_a_clause_in_order():
    first = "Varn met the board in a port meeting in Losk on Monday."
    text = f"{first} Lund left the firm two days after the meeting."
    found = tellings(text, [Span(0, len(first)), Span(len(first) + 1, len(text))])
    assert [t.after for t in found] == [[], [found[0]]]
