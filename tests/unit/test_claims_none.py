"""What is done, felt, planned or merely named and not said; all sentences invented."""

from __future__ import annotations

import pytest

from tests.unit.claims_told import told, words_of


@pytest.mark.parametrize(
    "text",
    [
        "The talks on the kiln are continuing.",
        "It was: “We will not pay for any of it.”",
        "Inquiry ordered into kiln fire that hurt two",
        "The rule keeps the police from asking about the kiln.",
    ],
)
def test_what_reports_nothing_is_no_claim(text):
    assert told(text) == []


def test_a_programme_is_no_speech():
    [claim] = told("“It was very old by then,” she said on the channel's “State of the Hill.”")
    assert claim[2] == "“It was very old by then,”"


def test_scare_quotes_and_titles_are_no_claims():
    assert told("The so-far “quiet” town hosts a show of “Hamlet” each June.") == []


def test_a_quotation_without_any_speaker_stays_without_a_claim():
    assert told("A sign hung over the door. “No one gets in for free today.”") == []


@pytest.mark.parametrize(
    "text", ["The mayor's report was late.", "Several states passed the law.", "Support grew in the polls."]
)
def test_a_noun_is_no_verb(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The two towns maintain the truce.",
        "Okafor conceded in the mayor's race.",
        "Lena Holt conceded her race for mayor on Tuesday.",
        "The harbour board planned to send the letter on Monday.",
        "The harbour board decided to close the quay.",
        "The pilot was eager to sail.",
        "The keeper was surprised by the crowd.",
        "He left because he opposed them.",
        "More captains might support his plan on Thursday.",
        "Boat owners could balk at paying the fee.",
        "The aide spoke on condition of anonymity to describe the talks.",
        "The clerk tweeted in late August.",
        "Holt called her the day after the fire.",
        "The divers used a method called bottom sweeping.",
        "A group called the Lantern Club ran the kiln for years.",
        "There was doubt about whether Holt believes the quay must close.",
        "No one can say the pier is safe.",
        "Would some ports expect help from the fund?",
        "The society reported its findings.",
        "These boxes can lure boats into revealing their routes.",
    ],
)
def test_a_deed_a_state_or_a_plan_is_no_claim(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Holt maintains that the quay is safe.", "maintains"),
        ("Holt conceded the quay was unsafe.", "conceded"),
        ("The board decided that the quay must close.", "decided"),
        ("Holt called him a liar.", "called"),
    ],
)
def test_a_verb_of_two_senses_with_a_clause_is_a_claim(text, cue):
    assert [claim[1] for claim in told(text)] == [cue]


@pytest.mark.parametrize(
    "text",
    [
        "Holt refused to air the film.",
        "The board declined the request because the quay was closed.",
        "It asked Congress $5 million for the quay.",
        "Sailors hoped Holt would signal that the quay was safe.",
        "The papers would reveal whether the quay was safe.",
        "The clerk closed the quay by guaranteeing the deal.",
        "Seven sailors pleaded guilty on Monday.",
        "The crew seemed to echo the board.",
        "Ann Reed: Sacked clerk in parting note at port",
        "No one can know that what Holt is suggesting isn't true.",
    ],
)
def test_what_is_done_or_supposed_is_not_said(text):
    assert [claim[1] for claim in told(text) if claim[1] not in {"hoped"}] == []


@pytest.mark.parametrize(
    "text",
    [
        "FILE PHOTO: Holt leaves after telling the board about the quay",
        "That suggests the quay is old.",
        "The board denies this.",
        "It was his criticism of the clerk.",
        "Holt lashes out.",
        "It is the best of the speech, according to the board's",
    ],
)
def test_labels_pointers_and_topics_are_no_claims(text):
    assert [claim[1] for claim in told(text) if claim[1] not in {"according to", "telling"}] == []


@pytest.mark.parametrize(
    "text",
    [
        "The two teams showed little will to yield.",
        "Lena Holt found herself on the quay as the crews left.",
        "The latest stunt reveals that it may be a force for good.",
        "The scale of the flood recalled the worst days of the port.",
        "Divers found a safe house and a van.",
        "Footage from the port showed crews in the water.",
        "The board would not describe the gifts.",
        "The firm declined to comment on the quay.",
        "Neither Holt nor the board detailed the plan.",
        "No one has claimed responsibility for the blast.",
        "The board has called the clerk to testify on Monday.",
        "The board decided whether to close the quay.",
        "The crews seized the boat, hoping it would sail.",
        "Holt wanted to testify before the board.",
        "The port says goodbye to Holt.",
        "I think the reason is plain.",
        "We remember her as kind.",
        "A crew denied Holt the medal, and left.",
        "Holt repeated the claim on Monday.",
        "A firm called Coast Line ran the ferry.",
        "Talks on the quay expected to resume Monday.",
        "Storm Ada: 1m ordered to leave the coast",
        "She spoke to members of the public.",
        "Holt has said it before.",
        "Reed spoke after a meeting of the crews was arranged.",
        # captions, minds made up, what is not said yet, nothing left of the words
        "Clerk Ann Reed speaks about the release of a report on the quay.",
        "Many people decided that the quay was old.",
        "Reed realized that the quay was old.",
        "Crews will be satisfied with a new quay.",
        "Reed announced in a message to fellow clerks.",
        "Reed noted that.",
        "Reed will call it quits after the flood.",
        "The line ordered 32 boats as part of its plan.",
        "It was a process that has shown very little progress.",
        "The talking points that were used by the clerk were old.",
        "The storm contradicts the plans of the board.",
        "The board's decision not to hear the crews suggests that the quay is safe.",
    ],
)
def test_what_a_strict_reader_calls_no_saying_is_no_claim(text):
    assert words_of(text) == []


def test_a_circumstance_alone_is_nothing_said():
    assert words_of("Holt testified after the crews had left.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The crews have been eagerly anticipating the vote.",
        "The board read a letter with requests that were denied by the clerk.",
        "The board will take written answers from Holt.",
        "His last speech was utter folly.",
        "All told, the port gained a new quay.",
        "That looks to be easier said than done.",
        "Papers like, say, the Lantern may close.",
        "The crews were freed and ordered to appear in May.",
        "A port rule called the Harbour Code covers the toll.",
        "The rule has a process to keep crews informed about the toll.",
        "It goes to show that a quay is a hard thing to build.",
        "The mayor’s time in office has shown that the port can grow.",
        "Anyone who thinks the toll was fair needs to read it.",
        "It came at a meeting where someone says “let us close the quay for good.”",
        "Why should the crews believe that he will sail?",
        "Neither Roe nor any of his clerks have been informed of the toll.",
        "There are doubts about whether he or his clerks have been told of the toll.",
        "Not one clerk was pressed by the board to explain the toll.",
        "He wrote the book of the port.",
        "The crews appealed to the Supreme Court.",
        "The clerk boasts long years at sea.",
        "The board confirmed Ann Reed to be harbour master.",
        "The map is an allegedly unfair one.",
        "The suit was dismissed by a judge.",
        "His constant mocking tweets hurt the port.",
        "Reed testifies before a board on “old and new quays of the coast.”",
        "Holt has been forced to clarify earlier rules.",
        "There was no immediate comment from the port.",
    ],
)
def test_turns_of_phrase_deeds_and_questions_are_no_claims(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Reed sighed when asked about it on Sunday.",
        "He said it again this morning in the port at breakfast.",
        "The board read two Norland requests to block the map.",
        "It could cost them the port and threaten Reed.",
        "Reed questioning enters its last day.",
        "It was a paper said to be a security warning from April.",
    ],
)
def test_pointers_nouns_and_what_could_be_are_no_claims(text):
    assert [row for row in told(text) if row[0]] == []


@pytest.mark.parametrize(
    "text",
    [
        "There are sailors who have said things that would shock the port.",
        "The foolish child who said those things is gone.",
        "I said them, and I am sorry.",
        "They cannot say they were not warned.",
        "The board cannot recognize that person.",
        "The port is continuing “its hard hiring” of crews.",
        "I'm told there is rain.",
    ],
)
def test_words_that_nobody_tells_are_no_claims(text):
    assert told(text) == []
