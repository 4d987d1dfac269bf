"""Who said what: one row per construction, sentences invented in the manner of news; the stage and its lexicon."""

from __future__ import annotations

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.lexicon.load import entries
from retold.model.page import Characters, Page, PageFormat
from retold.model.report import Segment, SegmentKind, Sentence
from retold.stages import claims as claims_stage
from retold.tables.table import CLAIMS, PAGES, SEGMENTS, SENTENCES
from tests.unit.claims_told import PAGE, told

SENTENCES_AND_CLAIMS = [
    # the verb after its source
    ("The mayor said the bridge would close.", "The mayor", "said", "the bridge would close"),
    ("The mayor said that the bridge would close.", "The mayor", "said", "that the bridge would close"),
    (
        "Officials in the port city have said the ferry was full.",
        "Officials in the port city",
        "have said",
        "the ferry was full",
    ),
    (
        "Ms. Okafor said on Tuesday that rain was on the way.",
        "Ms. Okafor",
        "said",
        "that rain was on the way",
    ),
    ("In a letter, the union said: “We will not sign.”", "the union", "said", "“We will not sign.”"),
    (
        "Minister Lena Holt, who took office in May, said the dam was safe.",
        "Minister Lena Holt",
        "said",
        "the dam was safe",
    ),
    (
        "Ada Bell, the club's chair, said the match was off.",
        "Ada Bell, the club's chair",
        "said",
        "the match was off",
    ),
    ("THE MAYOR SAID THE BRIDGE WOULD CLOSE.", "THE MAYOR", "SAID", "THE BRIDGE WOULD CLOSE"),
    # the words first
    ("The ferry sank in minutes, police said.", "police", "said", "The ferry sank in minutes"),
    ("“We are staying,” said Omar Reyes, a baker.", "Omar Reyes", "said", "“We are staying,”"),
    ('"We are staying," he told reporters in the square.', "he", "told", '"We are staying,"'),
    ("''We are staying,'' Mr. Reyes said.", "Mr. Reyes", "said", "''We are staying,''"),
    (
        "“We are staying,” the baker tweeted the day after the flood.",
        "the baker",
        "tweeted",
        "“We are staying,”",
    ),
    # around the attribution
    (
        "In the end, the broker said, buyers always come back.",
        "the broker",
        "said",
        "In the end … buyers always come back",
    ),
    # phrases and nouns
    (
        "According to the coast guard, the boat was empty.",
        "the coast guard",
        "According to",
        "the boat was empty",
    ),
    (
        "The boat was empty, according to the coast guard.",
        "the coast guard",
        "according to",
        "The boat was empty",
    ),
    ("Nobody bought his claim that taxes fell.", "his", "claim", "that taxes fell"),
    ("The coach is confident that the team will win.", "The coach", "is confident", "that the team will win"),
    # verbs with an infinitive or a noun phrase
    ("The rebels have vowed to fight on.", "The rebels", "have vowed", "to fight on"),
    (
        "The ministry announced a curfew in the capital.",
        "The ministry",
        "announced",
        "a curfew in the capital",
    ),
    (
        "Norland accused its neighbour of sending drones.",
        "Norland",
        "accused",
        "its neighbour of sending drones",
    ),
    ("The senator called the plan “a bad joke”.", "The senator", "called", "the plan “a bad joke”"),
    ("The paper described it as a farce.", "The paper", "described", "it as a farce"),
    ("The army blamed the rebels for the blast.", "The army", "blamed", "the rebels for the blast"),
    (
        "A local militia claimed responsibility for the blast.",
        "A local militia",
        "claimed responsibility for",
        "the blast",
    ),
    ("Critics point the finger at the builder.", "Critics", "point the finger at", "the builder"),
    (
        "The guard was quoted as saying the gate was open.",
        "The guard",
        "was quoted as saying",
        "the gate was open",
    ),
    ("The plan was criticized by the opposition.", "the opposition", "was criticized", "The plan"),
    ("Aid workers heard three loud blasts.", None, None, None),
    # a colon or a comma beside speech carries it whatever the verb
    ("“We are staying,” an angry baker retaliated.", "an angry baker", "retaliated", "“We are staying,”"),
    (
        "The baker shot back, “You have had your turn today.”",
        "The baker",
        "shot back",
        "“You have had your turn today.”",
    ),
    (
        "Her letter makes a plain case: “Nobody else will pay for it.”",
        "Her letter",
        "makes",
        "“Nobody else will pay for it.”",
    ),
    ("As the chef put it, “Salt is a friend of the cook.”", "the chef", "put it", "“Salt is a friend of the cook.”"),
    # what is inserted between the source and its verb
    ("The man who won the race said the road was wet.", "The man", "said", "the road was wet"),
    (
        "Lee Park, the editor of the port's paper, the Lantern, said it would close.",
        "Lee Park",
        "said",
        "it would close",
    ),
    ("Those asked say the harbour needs a new wall.", "Those asked", "say", "the harbour needs a new wall"),
    ("Some 43 percent said the tax was fair.", "Some 43 percent", "said", "the tax was fair"),
    ("The chair said, however, that the vote was close.", "The chair", "said", "that the vote was close"),
    # a question by nobody named, and by somebody
    ("Asked whether he would run, Holt shrugged.", "", "Asked", "whether he would run"),
    (
        "Holt was asked by a student, “Why do you want the job at all?”",
        "a student",
        "was asked",
        "“Why do you want the job at all?”",
    ),
    # papers and polls
    (
        "In a poll by the institute, a third of voters backed the tax.",
        "a poll by the institute",
        "In",
        "a third of voters backed the tax",
    ),
    ("Our correspondent heard three loud blasts.", "Our correspondent", "heard", "three loud blasts"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), SENTENCES_AND_CLAIMS)
def test_a_construction_gives_its_source_cue_and_content(text, source, cue, content):
    found = [row[:3] for row in told(text)][:1]
    assert found == ([] if source is None else [(source, cue, content)])


def test_the_stage_reads_its_tables_and_writes_claims():
    text = "The ferry sank, police said."
    page = Page(PAGE, "a.txt", None, PageFormat.TEXT, "utf-8", 28, "", "1", text, Characters(24, 24, 0))
    tables = MemoryTables()
    tables.put(PAGES, [page])
    tables.put(SEGMENTS, [Segment(PAGE, 0, len(text), SegmentKind.BODY)])
    tables.put(SENTENCES, [Sentence(PAGE, 0, len(text), SegmentKind.BODY)])
    run_stages(tables, [claims_stage.STAGE])
    assert [text[c.source[0].start : c.source[0].end] for c in tables.rows(CLAIMS)] == ["police"]


def test_the_lexicon_lists_forms_in_lower_case_and_once_a_group():
    for group in entries("reporting_verbs")["groups"].values():
        assert len(group["forms"]) == len(set(group["forms"]))
        assert all(form == form.lower() for form in group["forms"])
    for group in entries("hedges")["groups"].values():
        assert len(group["forms"]) == len(set(group["forms"]))
