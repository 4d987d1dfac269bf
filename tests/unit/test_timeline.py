"""Clauses that tell events, in invented sentences: their date, the words shown, how sure; and what is no event."""

import pytest

from retold.lexicon.times import time_words
from retold.model.facts import TimeExpression, TimeType
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages.claims import claims_of
from retold.stages.timeline.solving import Before, Window, solve
from retold.stages.timeline.telling import is_open
from retold.stages.timeline.tellings import tellings_of
from retold.stages.timeline.verbs import attaches, core_of, words_in
from retold.text.spans import Span
from retold.text.times import find_times

PAGE = PageId("0" * 32)
PUBLISHED = "2025-03-06"  # a Thursday


def tellings(text, cuts=None):
    spans = cuts or [Span(0, len(text))]
    times = [
        TimeExpression(PAGE, f.span, TimeType(f.type), f.value, f.edtf, f.anchor, f.order)
        for f in find_times(text, spans, PUBLISHED, time_words())
    ]
    sentences = [Sentence(PAGE, span.start, span.end, SegmentKind.BODY) for span in spans]
    return tellings_of(PAGE, text, sentences, times, claims_of(PAGE, text, spans), PUBLISHED)


def told(text):
    """Return day and words of what has a day; what a lead tells without one is read in test_timeline_lead."""
    return [(t.date, text[slice(*t.shown)]) for t in tellings(text) if t.date and not is_open(t.date)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The boom fell on Monday.", [("2025-03-03", "The boom fell on Monday")]),
        ("On Monday, the boom fell.", [("2025-03-03", "On Monday, the boom fell")]),
        ("The port on Tuesday closed the quay.", [("2025-03-04", "The port on Tuesday closed the quay")]),
        ("Losk moved Tuesday to expel the envoy.", [("2025-03-04", "Losk moved Tuesday to expel the envoy")]),
        ("The crane was sold last month.", [("2025-02", "The crane was sold last month")]),
        ("Sound Line bought the ferry in 2019.", [("2019", "Sound Line bought the ferry in 2019")]),
        (
            "The board said on Tuesday that the crane had failed on Monday.",
            [("2025-03-03", "the crane had failed on Monday")],
        ),
        (
            "The firm announced on Tuesday that it would close the yard.",
            [("2025-03-04", "The firm announced on Tuesday that it would close the yard")],
        ),
        (
            "The crane, which fell on Monday, was old.",
            [("2025-03-03", "The crane, which fell on Monday")],
        ),
        (
            "The yard opened in 1996 and was sold in 2003.",
            [("1996", "The yard opened in 1996"), ("2003", "The yard opened in 1996 and was sold in 2003")],
        ),
        ("A vigil will be held on Friday.", [("2025-03-07", "A vigil will be held on Friday")]),
        ("The board will report within 30 days.", [("2025-03-06/2025-04-05", "The board will report within 30 days")]),
        (
            "At the height of the storm on Monday, the pier broke.",
            [("2025-03-03", "At the height of the storm on Monday, the pier broke")],
        ),
        (
            "Flanked by aides, Varn opened the lock on Monday.",
            [("2025-03-03", "Flanked by aides, Varn opened the lock on Monday")],
        ),
        (
            "The order, signed by the mayor, was sent and took effect on Monday.",
            [("2025-03-03", "The order, signed by the mayor, was sent and took effect on Monday")],
        ),
    ],
)
def test_an_event_is_told_with_its_date(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The 2016 strike was long.",
        "Varn praised the 2016 plan.",
        "His Friday speech was short.",
        "Monday's vote was close.",
        "The plan of 2019 failed.",
        "The quay is often closed on Monday.",
        "If the board agrees on Friday, the quay will open.",
        "Did the crane fall on Monday?",
        "We saw it fall on Monday.",
        '"The crane fell on Monday," she said.',
        "The crane could fall on Friday.",
        "He would have left on Friday.",
        "Exports were about 4 million in 2017.",
        "The firm has three cranes this year.",
        "Officials did not respond on Monday.",
        "Varn appeared to nod on Monday.",
        "Losk has been calm since Monday.",
        "The port closed a few weeks before Christmas 2019.",
        "Varn left the party after joining it in 2009.",
        "In a statement released on Monday.",
        "In his appeal, Varn, a candidate in the vote on Monday, spoke of cranes and left.",
        "The crane will fall.",
        "",
    ],
)
def test_what_is_no_event_is_left_out(sentence):
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "factuality"),
    [
        ("The boom fell on Monday.", "happened"),
        ("The boom did not fall on Monday.", "denied"),
        ("The boom reportedly fell on Monday.", "uncertain"),
        ("The quay will open on Friday.", "expected"),
        ("The minister is due to speak on Friday.", "expected"),
        ("The mayor ordered a plan to be drawn on Monday.", None),
    ],
)
def test_an_event_says_how_sure_it_is(sentence, factuality):
    dated = [telling for telling in tellings(sentence) if telling.date and not is_open(telling.date)]
    assert [str(telling.factuality) for telling in dated] == ([factuality] if factuality else [])


def test_words_of_order_tie_clauses():
    first = "The boom collapsed on Monday."
    text = f"{first} Hours before the collapse, a driver reported a fault."
    found = tellings(text, [Span(0, len(first)), Span(len(first) + 1, len(text))])
    assert [t.after for t in found] == [[found[1]], []]


@pytest.mark.parametrize(
    ("clause", "head"),
    [
        ("the boom fell", "fell"),
        ("an ad released on Monday drew jeers", "drew"),
        ("the firm, founded in 1990, was sold", "founded"),
        ("the quay will open", "open"),
        ("the armed crew left", "left"),
        ("the quay", None),
    ],
)
def test_a_clause_has_one_verb_of_its_own(clause, head):
    core = core_of(words_in(clause))
    assert (core.head if core else None) == head


def test_a_time_behind_another_verb_does_not_attach():
    clause = "the mayor ordered crews to leave on Monday"
    words = words_in(clause)
    assert not attaches(words, core_of(words), (clause.index("Monday"), len(clause)))


def test_a_constraint_that_leaves_no_day_is_dropped():
    windows, kept = solve([Window(20, 20), Window(10, 10)], [Before(0, 1, False)])
    assert kept == []
    assert windows == [Window(20, 20), Window(10, 10)]


def test_a_close_constraint_narrows_both():
    windows, _ = solve([Window(None, 50), Window(40, 40)], [Before(0, 1, True)])
    assert windows[0] == Window(39, 40)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The mayor was named, Varn revealed in court papers filed on Monday.",
            [("2025-03-03", "court papers filed on Monday")],
        ),
        (
            "The council plans to vote Friday on the order.",
            [("2025-03-07", "The council plans to vote Friday on the order")],
        ),
        ("A hearing has been scheduled for March 12.", [("2025-03-12", "A hearing has been scheduled for March 12")]),
        ("The crews claimed victory on Tuesday.", [("2025-03-04", "The crews claimed victory on Tuesday")]),
        (
            "The board even issued a summons on Feb. 24.",
            [("2025-02-24", "The board even issued a summons on Feb. 24")],
        ),
        (
            "On Wednesday, the mayor announced plans to sell the quay.",
            [("2025-03-05", "On Wednesday, the mayor announced plans to sell the quay")],
        ),
        ("Varn hired a pilot who resigned on Monday.", [("2025-03-03", "a pilot who resigned on Monday")]),
        ("A ballot of the crews on Friday would show a rift.", []),
        ("The load ranged from 4 tons in 2007 to 6.", []),
        ("The crane was sold last month when.", [("2025-02", "The crane was sold last month")]),
        ("The decision was expected later this month.", []),
        ("The crews sought a start date of at least Dec. 31, 2024.", []),
    ],
)
def test_dates_of_participles_plans_and_relative_clauses(sentence, expected):
    assert told(sentence) == expected
