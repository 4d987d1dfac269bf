"""Where the words said begin and end, and how quotations go on; all sentences invented."""

from __future__ import annotations

import pytest

from retold.model.facts import ClaimKind
from retold.stages.claims.speakers import quotes_of
from tests.unit.claims_told import told, words_of


def test_a_quotation_alone_in_the_next_paragraph_goes_on():
    [claim] = told("“It was very old,” Lee Park said.\n\n“Everybody knew that it was.”\n\nIt rained.")
    assert claim[2] == "“It was very old,” … “Everybody knew that it was.”"


def test_a_quotation_goes_on_after_its_attribution():
    text = "“We lost it all,” Ms. Ruiz said. “The roof, the door, the lot.”\n\nThe rain went on."
    [(source, _, content, _, claim)] = told(text)
    assert source == "Ms. Ruiz"
    assert content == "“We lost it all,” … “The roof, the door, the lot.”"
    assert claim.kind is ClaimKind.DIRECT


def test_a_quotation_opened_again_at_each_paragraph_stays_with_its_speaker():
    text = "“We lost it all,” Ms. Ruiz said. “The roof went first.\n\n“Then the door went, and then the car.”"
    [(source, _, content, _, _)] = told(text)
    assert source == "Ms. Ruiz"
    assert content.endswith("“Then the door went, and then the car.”")


def test_a_colon_hands_the_next_paragraph_to_its_speaker():
    [(source, _, content, _, _)] = told("The mayor added:\n\n“Nobody will be left out in the cold.”")
    assert (source, content) == ("The mayor", "“Nobody will be left out in the cold.”")


def test_a_picture_and_words_added_are_one_claim_and_the_words_another():
    rows = told('She tweeted a photo of what she claimed was a spy plane, adding: "Look up tonight."')
    assert rows[0][2] == 'a photo of what she claimed was a spy plane … "Look up tonight."'
    assert rows[0][4].kind is ClaimKind.MIXED
    assert (rows[-1][0], rows[-1][1]) == ("She", "adding")


def test_the_words_end_where_the_next_claim_begins():
    rows = told("The mayor said the road was shut, but the police denied it was blocked.")
    assert [row[2] for row in rows] == ["the road was shut", "it was blocked"]


def test_words_inside_what_another_says_end_with_them():
    rows = told("The quay was shut but it was unclear who had shut it, a dock worker told the Lantern.")
    assert rows[0][2] == "who had shut it"
    assert rows[1][2] == "The quay was shut but it was unclear who had shut it"


def test_two_single_marks_are_a_quotation():
    text = "He sang ''Oh, the rain, the rain'' again."
    assert [text[s:e] for s, e in quotes_of(text)] == ["''Oh, the rain, the rain''"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Holt said the quay would close, a move that angered the crews.", "the quay would close"),
        ("Holt has denied taking the money but was vague on the boat.", "taking the money"),
        ("Holt, who says the vote is a sham, also led a march.", "the vote is a sham"),
        ("People who criticize the fee aren't all boat owners.", "the fee"),
        ("Holt said the quay was safe -- even as new cracks were found.", "the quay was safe"),
        ("Holt said April 6 he would leave.", "he would leave"),
        ("Holt said in a letter sent through the clerk that he would leave.", "that he would leave"),
    ],
)
def test_a_content_ends_where_the_writer_goes_on(text, content):
    assert told(text)[0][2] == content


def test_headlines_run_into_a_sentence_stand_in_no_claim():
    text = "Mayor Ann Reed Ann Ruth ReedHolt says ferry is late Crew vows to strike MORE said the quay was closed."
    [claim] = told(text)
    assert claim[:3] == ("Mayor Ann Reed", "said", "the quay was closed")


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("A group that represents makers said it rained.", "A group", "it rained"),
        ("Holt left, saying the quay is old and promised that it would close.", "Holt", "that it would close"),
        ("It was due to his belief that the quay is safe -- and he left.", "his", "that the quay is safe"),
    ],
)
def test_whose_words_end_where_the_writer_goes_on(text, source, content):
    assert (source, content) in [(claim[0], claim[2]) for claim in told(text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Holt said the quay was safe, but the board closed it.", "the quay was safe"),
        ("Holt said the quay was safe, and the ship has sailed.", "the quay was safe"),
        ("Holt said the quay was safe — a claim nobody else makes.", "the quay was safe"),
    ],
)
def test_a_content_ends_at_a_new_clause_or_a_last_dash(text, content):
    assert told(text)[0][2] == content


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        # the writer goes on
        ("Holt called the plan “a sham”, drawing a crowd.", "called", "the plan “a sham”"),
        ("“It is a very good plan,” Holt said, raising her voice.", "said", "“It is a very good plan,”"),
        ("Two crews condemned the plan, as did boards around the coast.", "condemned", "the plan"),
        ("She thanked the crews and spoke to them.", "thanked", "the crews"),
        ("Holt said the quay was old (it has stood for years).", "said", "the quay was old"),
        ("His call for calm on the quay has cost him votes.", "call for", "calm on the quay"),
        (
            "Holt told them the quay was “very old,” and the board has since closed it.",
            "told",
            "the quay was “very old,”",
        ),
        ("Reed called it “good news,” but she continued to press.", "called", "it “good news,”"),
        ("Reed told the crews he was leaving, he was looking at the quay.", "told", "he was leaving"),
        ("Reed said he would stay, convinced that it would rain.", "said", "he would stay"),
        ("Reed left, accusing the board of greed and hammering the clerk.", "accusing", "the board of greed"),
        ("The mayor said the plan is old, a characterization rejected by the board.", "said", "the plan is old"),
        ("The office said the quay was open, but its letter Monday didn't say when.", "said", "the quay was open"),
        ("Reed praised the crews at a press conference in Norland on Monday.", "praised", "the crews"),
        ("Reed called for a ban on boats in a statement following the storm.", "called for", "a ban on boats"),
        ("Reed argued it “is a very bad plan” during a speech in Norland.", "argued", "it “is a very bad plan”"),
        ("Reed promised to repair the “whole quay”, but made no plan.", "promised", "to repair the “whole quay”"),
        ("Reed called Holt “a sleaze” during a news conference, prompting Roe to leave.", "called", "Holt “a sleaze”"),
        ("Reed confirmed she had been and said, “It is old.”", "confirmed", "she had been"),
        ("Reed accused Holt of delay, while insisting that no deal is near.", "accused", "Holt of delay"),
        ("Holt said no and went on to win the race.", "said", "no"),
        ("In a clip aired on the “Coast Show,” Reed asked Roe why it rained.", "asked", "why it rained"),
        ("“It is a bad plan,” Reed said on CBS “Face the Coast” on Sunday.", "said", "“It is a bad plan,”"),
        ("At one point, Reed asked the crews why it rained.", "asked", "why it rained"),
        ("“Apparently not,“ he said.", "said", "“Apparently not,“"),
        ("Holt says she may have “slipped” on the quay Read more", "says", "she may have “slipped” on the quay"),
        ("Reed called Holt an “odd clerk” and also took aim at the board.", "called", "Holt an “odd clerk”"),
        ("The office announced the decision Sunday, without elaborating.", "announced", "the decision Sunday"),
        ("Norland has denied a part in the fire, and Reed has told the board.", "has denied", "a part in the fire"),
        ("It was what Reed described as a bad scene: “It is over,” she said.", "described as", "a bad scene"),
        # a place or a day that is part of what was said
        ("He promised to find dirt on Reed's campaign rival.", "promised", "to find dirt on Reed's campaign rival"),
        # what stands behind a quotation and is still said
        (
            "Reed said it would “be the last,” and that it “will go.”",
            "said",
            "it would “be the last,” and that it “will go.”",
        ),
        (
            "Reed said there are two boats in a report that the board has.",
            "said",
            "there are two boats in a report that the board has",
        ),
        # the clause around it goes on
        ("A clerk at the port who said the quay would fall, called the plan “odd”.", "said", "the quay would fall"),
        ("The crews, whom he called “true heroes”, would get back pay.", "called", "“true heroes”"),
        # what is said is in two parts
        ("One of the gifts, according to the firm, is an offer.", "according to", "One of the gifts … is an offer"),
        ("Her wish, Holt said, faded with the rain.", "said", "Her wish … faded with the rain"),
        ("It was the storm, which he described as “very wet”.", "described as", "the storm … “very wet”"),
        ("It had none of the money he has demanded for the wall.", "has demanded", "none of the money … for the wall"),
        # where it begins
        ("As Holt pointed out after the vote, the quay is old.", "pointed out", "the quay is old"),
        ("He said of the effect on the port: “It is very bad.”", "said of", "“It is very bad.”"),
        ("Holt said in a video message to crews: “It is over.”", "said in a video message", "“It is over.”"),
        ("Holt believes, for example, that the quay is old.", "believes", "that the quay is old"),
        ("Holt predicted in April that it would rain.", "predicted", "that it would rain"),
    ],
)
def test_a_content_is_what_was_said_and_no_more(text, cue, content):
    assert (cue, content) in [claim[1:3] for claim in words_of(text)]


def test_a_suggestion_between_commas_takes_nothing_of_the_main_clause():
    rows = words_of(
        "When a clerk asked her if it could be a mistake, as Reed and some crews have suggested, Holt replied: “No, it is not.”"
    )
    assert not any(row[1] == "have suggested" for row in rows)
    assert ("Holt", "replied", "“No, it is not.”", "") in rows


def test_two_sentences_run_together_behind_a_quotation_stay_apart():
    rows = words_of("Holt said it was old but said “there are gaps in it.” Reed said he was not convinced.")
    assert ("Reed", "he was not convinced") in [row[::2] for row in rows]
    assert ("Holt", "“there are gaps in it.”") in [row[::2] for row in rows]


def test_a_turn_of_a_transcript_runs_to_the_end_of_its_line():
    text = "HOLT: The quay is old. It must close.\n\nROE: I think it is safe. It stays open.\n\nHOLT: The board is to vote.\n\nROE: It is not."
    rows = words_of(text)
    assert ("HOLT", ":", "The quay is old. It must close.", "") in rows
    assert ("ROE", ":", "I think it is safe. It stays open.", "") in rows


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Holt called it “a fine quay,” but that was before the flood.", "it “a fine quay,”"),
        ("Holt expressed concern about the quay, though she did not sail.", "concern about the quay"),
        ("Holt said the quay may close “at once” as she rose from her chair.", "the quay may close “at once”"),
        ("The crews have said that they oppose the toll, meaning that it will fail.", "that they oppose the toll"),
        ("Holt said he cannot back the toll, likely ending the plan.", "he cannot back the toll"),
        ("Holt said he would keep the clerk, a day after a board accused her of fraud.", "he would keep the clerk"),
        ("Holt stressed that the talks go on and made no mention of a vote.", "that the talks go on"),
        (
            "Holt said he left because it rained, but in a later talk with the Lantern he cited his wife.",
            "he left because it rained",
        ),
        ("Holt accused the port of doing little and this is his last try.", "the port of doing little"),
        ("Holt accused the port of fraud as tensions continue to grow.", "the port of fraud"),
        ("Holt defended the crews the day after the port raised its toll.", "the crews"),
        ("Clerks accuse a man of a crime, then seize the boat.", "a man of a crime"),
        ("Holt promised a clerk in the mold of Reed and with Roe she's delivered.", "a clerk in the mold of Reed"),
        ("With Roe announcing the end of the toll, the quay is free.", "the end of the toll"),
        (
            "Although Holt said his aim was to hire crews, the new rules make clear that none will come.",
            "his aim was to hire crews",
        ),
        (
            "Holt, who said he made the quay “his first concern,” issued a plan.",
            "he made the quay “his first concern,”",
        ),
        (
            "When he added that “we will not leave it,” sailors filled the hall with cheers.",
            "that “we will not leave it,”",
        ),
        ("Holt indicated that there were better ways, even after Roe declared that all is well.", None),
        ("Holt told the crowd the quay holds -- and that now it is time to sail.", None),
        ("The crews said the toll has not been set yet, but likely will be in May.", None),
        ("Holt said at the time she was ill and was afraid of the sea.", None),
        (
            "Holt said that despite the rain, Reed had shown restraint.",
            "that despite the rain, Reed had shown restraint",
        ),
        ("Holt said he feared rain would come and that he expected a flood.", None),
    ],
)
def test_the_words_stop_where_the_writer_speaks_of_the_saying(text, content):
    said = [row[2] for row in words_of(text)]
    assert (content or WHOLE[text]) in said


WHOLE = {
    "Holt indicated that there were better ways, even after Roe declared that all is well.": (
        "that there were better ways"
    ),
    "Holt told the crowd the quay holds -- and that now it is time to sail.": (
        "the quay holds -- and that now it is time to sail"
    ),
    "The crews said the toll has not been set yet, but likely will be in May.": (
        "the toll has not been set yet, but likely will be in May"
    ),
    "Holt said at the time she was ill and was afraid of the sea.": "at the time she was ill and was afraid of the sea",
    "Holt said he feared rain would come and that he expected a flood.": "rain would come",
}
"""What is said in full, or in a clause inside it."""


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("It was a tale he said he hears each day.", "he", "a tale … he hears each day"),
        ("He will mend a port he says harms crews.", "he", "a port … harms crews"),
        ("The board wrote the rule that Holt called unfair and broke.", "Holt", "the rule … unfair"),
        ("Roe was accused of fraud by two of his clerks.", "two of his clerks", "Roe … of fraud"),
        ("Roe has been accused by many sailors of theft.", "many sailors", "Roe … of theft"),
        ("Roe was accused of fraud.", "", "Roe … of fraud"),
        (
            "He is a man who will bring back a way of life that the board has warned is at risk.",
            "the board",
            "a way of life … is at risk",
        ),
        ("Lee won a prize in May and, according to Holt, has sailed since.", "Holt", "Lee … has sailed since"),
        ("According to a report — a year before the flood — the quay was old.", "a report", "the quay was old"),
        ("Holt pointed out of Reed, “He was named by all of us.”", "Holt", "“He was named by all of us.”"),
        ("Holt said even after the port had closed, “There is still a man at work.”", "Holt", "“There is still a man at work.”"),
        (
            "“We saw what a free clerk does,” the board’s top member, Sen. Ann Reed, said.",
            "the board’s top member, Sen. Ann Reed",
            "“We saw what a free clerk does,”",
        ),
    ],
)  # fmt: skip
def test_the_words_hold_what_is_spoken_of_and_nothing_else(text, source, content):
    assert (source, content) in [(row[0], row[2]) for row in words_of(text)]


def test_a_film_in_a_circumstance_is_not_what_somebody_describes():
    rows = words_of("In the film “Life at Sea: A Story,” Holt describes the port as cold.")
    assert [row[2] for row in rows] == ["the port as cold"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Holt described the port as “a mess” before piling on a slur.", "the port as “a mess”"),
        ("Holt said her name was not left off, despite a small number of complaints.", "her name was not left off"),
        ("He wants an end of what he calls “chain mooring” in the port and to move on.", "“chain mooring”"),
        (
            "It is no match for Reed, who decried the toll as “heavy rules” that have hurt trade, cut pay and slowed growth.",
            "the toll as “heavy rules” that have hurt trade, cut pay and slowed growth",
        ),
        ("Holt said the vote would be a chance to ask Roe and decide whether to go.", None),
        ("Holt said that while he fears to liken it to a flood, “we have never seen it.”", None),
        ("Holt said his crew and Lee Park, known as Mouse, wrote a host of songs.", None),
        ("Holt said no to the toll.", "no to the toll"),
    ],
)  # fmt: skip
def test_a_part_of_the_words_is_neither_added_nor_lost(text, content):
    whole = text.removeprefix("Holt said ").rstrip(".")
    assert (content or whole) in [row[2] for row in words_of(text)]


def test_words_of_a_call_are_no_words_said_and_the_quotation_before_is():
    text = "“What will we do?” Reed told reporters during a call."
    assert [row[2] for row in words_of(text)] == ["“What will we do?”"]


def test_a_quotation_left_open_is_said_to_its_end_by_all_who_tell_of_it():
    text = "Roe spoke, saying Reed had promised he “would keep the quay. The quay is kept.”"
    assert [row[2].endswith("The quay is kept.”") for row in words_of(text) if row[1] == "saying"] == [True]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Holt said the port could follow Losk, but this alarms the crews, who saw it fail.", "the port could follow Losk"),
        ("Holt said he will vote for the toll because he thinks it will help.", "he will vote for the toll because he thinks it will help"),
        ("Sailors who say they lost work because they refused to sail, can now file a note.", "they lost work because they refused to sail"),
    ],
)  # fmt: skip
def test_a_reason_is_said_and_a_next_clause_is_not(text, content):
    assert content in [row[2] for row in words_of(text)]


@pytest.mark.parametrize(
    ("text", "source", "content", "to"),
    [
        (
            "He added that although he did not know the facts, he believed that it rained.",
            "He",
            "that although he did not know the facts, he believed that it rained",
            "",
        ),
        ("“It is old,” he told me at his house in Losk.", "he", "“It is old,”", "me"),
        ("“It is old,” Holt told the paper hours after the vote.", "Holt", "“It is old,”", "the paper"),
        ("An aide to the mayor told Reuters that it rained.", "An aide to the mayor", "that it rained", "Reuters"),
        ("A panel formed after a flood found that it rained.", "A panel formed after a flood", "that it rained", ""),
        ("USA Today reported that it rained.", "USA Today", "that it rained", ""),
        ("Rain fell, according to Ann “Tex” Reed.", "Ann “Tex” Reed", "Rain fell", ""),
        ("According to a note, which the Lantern has, rain fell.", "a note", "rain fell", ""),
        (
            "Lee Park, former head of the port, who has criticized the toll, left.",
            "Lee Park, former head of the port",
            "the toll",
            "",
        ),
    ],
)
def test_what_stands_around_the_saying_stays_outside(text, source, content, to):
    assert (source, content, to) in [(row[0], row[2], row[3]) for row in words_of(text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("It fell on the same day that Holt called the clerk a liar.", "the clerk a liar"),
        (
            "Holt said that the toll may go, and that Congress is unlikely to keep it.",
            "that the toll may go, and that Congress is unlikely to keep it",
        ),
    ],
)
def test_a_day_is_not_spoken_of_and_a_second_clause_is_said(text, content):
    assert content in [row[2] for row in words_of(text)]
