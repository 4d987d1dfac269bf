"""Who speaks, and to whom: the subject of the saying, whole and no other; all sentences invented."""

from __future__ import annotations

import pytest

from tests.unit.claims_told import told, words_of


def test_a_person_told_is_kept_apart():
    [(source, cue, content, to, _)] = told("The envoy told the Daily Lantern that talks had stalled.")
    assert (source, cue, content, to) == ("The envoy", "told", "that talks had stalled", "the Daily Lantern")


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "to"),
    [
        (
            "The tram was late, according to the operator, Coast Line.",
            "the operator, Coast Line",
            "according to",
            "The tram was late",
            "",
        ),
        (
            "According to the operator, Coast Line, the tram was late.",
            "the operator, Coast Line",
            "According to",
            "the tram was late",
            "",
        ),
        (
            "According to the mayor, Coast Line will close.",
            "the mayor",
            "According to",
            "Coast Line will close",
            "",
        ),
        ("Lee Park, 51, who ran the kiln, said it was old.", "Lee Park, 51", "said", "it was old", ""),
        ("Lee Park, 51, a potter, said it was old.", "Lee Park, 51, a potter", "said", "it was old", ""),
        ("Lee Park on Tuesday said the kiln was old.", "Lee Park", "said", "the kiln was old", ""),
        ("The club called on Monday for it to be sold.", "The club", "called on Monday for", "it to be sold", ""),
        (
            "The kiln was old, the mill confirmed to the Lantern.",
            "the mill",
            "confirmed",
            "The kiln was old",
            "the Lantern",
        ),
        ("The mill confirmed to reporters that it was old.", "The mill", "confirmed", "that it was old", "reporters"),
        ("“It was very old then,” she told Hill Today.", "she", "told", "“It was very old then,”", "Hill Today"),
        (
            "Police named the dead as Lee Park and Ada Bell.",
            "Police",
            "named",
            "the dead as Lee Park and Ada Bell",
            "",
        ),
        (
            "Ada Bell said on “Hill News Sunday” that it was old.",
            "Ada Bell",
            "said on “Hill News Sunday”",
            "that it was old",
            "",
        ),
    ],
)
def test_who_speaks_and_to_whom(text, source, cue, content, to):
    assert (source, cue, content, to) in [claim[:4] for claim in told(text)]


def test_a_participle_takes_the_subject_of_the_main_clause():
    found = told("In May, after Park closed the kiln, the club issued a note criticizing the fee.")
    assert ("the club", "criticizing") in [claim[:2] for claim in found]


def test_a_participle_takes_over_the_speaker():
    rows = told("The union rejected the offer, saying it was too low.")
    assert [row[0] for row in rows] == ["The union"]


def test_a_letter_that_says_is_given_to_its_sender():
    assert told("The union sent a letter saying the offer was too low.")[0][0] == "The union"


def test_a_second_verb_takes_over_the_subject_of_its_own_clause():
    rows = told("When asked about the storm, Mrs. Holt shook her head and said, “No, not this year.”")
    assert (rows[-1][0], rows[-1][2]) == ("Mrs. Holt", "“No, not this year.”")


def test_a_label_before_a_colon_is_no_speaker():
    assert told("Update: The road was shut at noon by the council.") == []


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("The harbour was sold to Holt, who vowed to repair it.", "Holt", "vowed"),
        ("The board read a letter that accused the pilot of theft.", "a letter", "accused"),
        ("The clerk sent a parcel to close a file blaming the tides for the loss.", "a file", "blaming"),
        ("The clerk lost the post after the pilot broke a rule by denying the theft.", "the pilot", "denying"),
        ("“The quay is safe,” said a spokesman, Jo Roe.", "a spokesman, Jo Roe", "said"),
        (
            "Jo Roe, R-Ohio, an adviser to the whip, said the vote was off.",
            "Jo Roe, R-Ohio, an adviser to the whip",
            "said",
        ),
        ("Lena Holt said she “never” thought the quay would open.", "she", "thought"),
        ("Weeks ago Holt praised the plan, saying “it will work for us all.”", "Holt", "saying"),
        ("The board wants to extend the term, perhaps to autumn, said one aide.", "one aide", "said"),
    ],
)
def test_the_speaker_is_who_stands_nearest_or_what_a_relative_stands_for(text, source, cue):
    assert (source, cue) in [claim[:2] for claim in told(text)]


def test_a_speaker_before_an_apposition_and_the_paper_told():
    [claim] = told("Ann Lee, a former judge and mayor, told the Lantern the quay would close.")
    assert claim[0].startswith("Ann Lee")
    assert claim[3] == "the Lantern"


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Reilly said he would be careful.", "Reilly", "he would be careful"),
        ("Holt himself said that the road was closed.", "Holt", "that the road was closed"),
        ("Holt, meanwhile, who sits on the board, said that the road was closed.", "Holt", "that the road was closed"),
        ("It is a town in which 60 percent of sailors say Holt is ill.", "60 percent of sailors", "Holt is ill"),
        ("Some half of sailors polled said Holt is ill.", "Some half of sailors polled", "Holt is ill"),
        ("The outcome, the clerk told them, was simple.", "the clerk", "The outcome … was simple"),
        ("The loss, said Holt and others, would be clear.", "Holt and others", "The loss … would be clear"),
        ("As Holt noted, sailors could be ill.", "Holt", "sailors could be ill"),
        ("She said, if elected, she would close the quay.", "She", "she would close the quay"),
        ("Holt later Monday told the Lantern: “The quay is to be closed.”", "Holt", "“The quay is to be closed.”"),
        ("The quay is closed, a clerk close to him said.", "a clerk close to him", "The quay is closed"),
        ("Holt, who still sails, also noted that it rained.", "Holt", "that it rained"),
        ("The quay was closed in May, records show.", "records", "The quay was closed in May"),
        ("Ann Holt (D-Ohio), said it rained.", "Ann Holt", "it rained"),
        ("It was the tone, which sailors say incites anger.", "sailors", "the tone … incites anger"),
        ("When Holt announced that the quay would close, sailors wept.", "Holt", "that the quay would close"),
        ("Holt was asked about the quay by sailors, and said it was closed.", "Holt", "it was closed"),
        ("It was due to the anger of sailors who called him a liar.", "sailors", "him a liar"),
    ],
)
def test_a_plain_saying_is_found_with_its_speaker(text, source, content):
    assert (source, content) in [(claim[0], claim[2]) for claim in told(text)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        # lists
        (
            "The leaders of Norland, Sudland, the Isles and Westland say there is “no other answer” to the flood.",
            "The leaders of Norland, Sudland, the Isles and Westland",
            "there is “no other answer” to the flood",
        ),
        ("In Paris, Lena Holt and Jo Roe said it rained.", "Lena Holt and Jo Roe", "it rained"),
        ("She and her crew said it rained.", "She and her crew", "it rained"),
        # what stands inside the subject
        (
            "Jeff Byer, head of the flood office at the Coast Agency (CA), said it rained.",
            "Jeff Byer, head of the flood office at the Coast Agency",
            "it rained",
        ),
        (
            "Kay Torre, 88, who has lived here with her 87-year-old husband, Leo, says it rained.",
            "Kay Torre, 88",
            "it rained",
        ),
        ("Earlier this week Holt said it rained.", "Holt", "it rained"),
        ("It was the first time Holt has said it rained.", "Holt", "it rained"),
        (
            "The clerk and a crew member based nearby said it rained.",
            "The clerk and a crew member based nearby",
            "it rained",
        ),
        ("Clerks who backed him said it rained.", "Clerks", "it rained"),
        ("Ann Reed (D-Ohio) last week said it rained.", "Ann Reed", "it rained"),
        ("Six in 10 say the quay is old.", "Six in 10", "the quay is old"),
        ("“We are not a party to it,” said Sen. Ann E. Holt.", "Sen. Ann E. Holt", "“We are not a party to it,”"),
        ("May, speaking at the port, said it rained.", "May", "it rained"),
        # whose clause it is
        (
            "When Klee asked him about his drinking, he threw the cup back at her, asking whether she drank.",
            "he",
            "she drank",
        ),
        ("Hall joined forces Tuesday with crews vowing to fight the plan.", "crews", "to fight the plan"),
        ("It was a film with footage of lawmakers criticizing the plan.", "lawmakers", "the plan"),
        ("The town sent a statement Wednesday saying the quay was old.", "The town", "the quay was old"),
        ("Holt was quick to add that it rained.", "Holt", "that it rained"),
        ("The clerk shared her thoughts on a petition demanding Reed leave.", "a petition", "Reed leave"),
        ("Reed said in a series of tweets that it rained.", "Reed", "that it rained"),
        (
            "Press clerk Ann Reed said in a statement emailed to crews, “It is old.”",
            "Press clerk Ann Reed",
            "“It is old.”",
        ),
        ("Reed berated Ann Holt saying she “does not know” it.", "Reed", "she “does not know” it"),
        ("Reed hit back at Holt, calling him a “slime ball”.", "Reed", "him a “slime ball”"),
        ("Reed said it proved that it wasn't a “sham,” as the mayor claimed.", "the mayor", "it wasn't a “sham,”"),
        ("The Coast secretary Read more says the quay is old.", "The Coast secretary", "the quay is old"),
        ("It is old but there are “gaps in it.”Reed said he was not convinced.", "Reed", "he was not convinced"),
        ("The court decided that the quay was old.", "The court", "that the quay was old"),
        ("Holt was asked about a cable by Sen. Ann Holter. Reed said it was old.", "Reed", "it was old"),
    ],
)
def test_the_speaker_is_the_subject_of_the_clause_and_whole(text, source, content):
    assert (source, content) in [claim[::2] for claim in words_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Holt praised the plan, despite the chorus of outrage at the time, accusing him of greed.",
        "Holt was asked about a letter, from a clerk at the port, alleging that Holt stole it.",
    ],
)
def test_a_participle_that_may_belong_to_another_is_given_to_nobody(text):
    assert not any(claim[1] in {"accusing", "alleging"} for claim in words_of(text))


def test_a_programme_and_a_seat_belong_to_the_person_told():
    assert words_of("Holt told the Lantern on Sunday's Face the Coast that it rained.")[0][2:] == (
        "that it rained",
        "the Lantern on Sunday's Face the Coast",
    )
    assert words_of("A voter told the office of Sen. Jo Roe, D-R.I., that it rained.")[0][2:] == (
        "that it rained",
        "the office of Sen. Jo Roe",
    )
    assert words_of("“They are old friends,” Reed told CNN of Holt and Roe.")[0][2:] == (
        "“They are old friends,”",
        "CNN",
    )
    assert words_of("Reed told CNN of Holt and Roe that it rained.")[0][2:] == ("that it rained", "CNN")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Holt: ‘We Are Going All the Way.’\n\nThe talks went on.", ["Holt"]),
        ("Poll: Holt leads in the port\n\nThe talks went on.", ["Poll"]),
        ("Holt: Quay must close\n\nIt rained, Holt said.", ["Holt", "Holt"]),
        ("Holt Says Quay Must Close\n\nThe talks went on.", ["Holt"]),
    ],
)
def test_a_headline_is_given_to_who_speaks_in_it(text, source):
    assert [claim[0] for claim in words_of(text)] == source


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Holding the prize Reed said, “It is yours at last.”", "Reed", "“It is yours at last.”"),
        ("After taking her prize, Ann Reed of the Lantern, said it was hers.", "Ann Reed of the Lantern", "it was hers"),
        (
            "Holt attacked the crews, writing in a letter that the plan would harm sailors and likening it to theft.",
            "Holt",
            "it to theft",
        ),
        (
            "Holt’s words came hours after the new clerk, Lee Park, took a seat and declined to say whether it rained.",
            "the new clerk, Lee Park",
            "whether it rained",
        ),
        ("Holt backed the plan, but six clerks balked, saying it would fail.", "six clerks", "it would fail"),
        ("A judge threw out a lawsuit alleging that Holt lied.", "a lawsuit", "that Holt lied"),
        ("The union sent a letter alleging that Holt lied.", "The union", "that Holt lied"),
        ("The port heard complaints filed by crews claiming that Holt lied.", "crews", "that Holt lied"),
        ("Mayor Ann Holt appeared on CNN declaring, “It is a fine day for us.”", "Mayor Ann Holt", "“It is a fine day for us.”"),
        ("Holt accused Roe of “bad faith” in denying that it rained.", "Roe", "that it rained"),
        ("Sen. Ann Holt (R-Ohio) earlier this week said she would go.", "Sen. Ann Holt", "she would go"),
        ("The high court on Friday for the first time ruled that the toll is fair.", "The high court", "that the toll is fair"),
        ("The Lantern, the Globe, and even Lee Roe have all said that it rained.", "The Lantern, the Globe, and even Lee Roe", "that it rained"),
        ("People who own boats said the toll is fair.", "People who own boats", "the toll is fair"),
        ("Rep. Lee Roe, the top man on the Harbour Committee, who wrote: “It is old.”", "Rep. Lee Roe, the top man", "“It is old.”"),
        ("He won the praise of Holt, who said it rained.", "Holt", "it rained"),
        ("It helps sailors, like Reed, who say it rained.", "sailors", "it rained"),
        ("Roe leads the Federation for Port Reform, which says it rained.", "the Federation for Port Reform", "it rained"),
        ("President Holt, in a talk on Friday with “Coast Today,” said he will sail.", "President Holt", "he will sail"),
        ("Holt told reporters Coast Line simply hoped to sail.", "Holt", "Coast Line simply hoped to sail"),
        ("Holt told a crowd gathered in the port on Friday, “I kept the promise I made.”", "Holt", "“I kept the promise I made.”"),
        ("A team of clerks at the port conclude in a new study that it rained.", "A team of clerks at the port", "that it rained"),
        ("The clerks themselves acknowledge that it rained.", "The clerks", "that it rained"),
        ("The board made it clear the quay must close.", "The board", "the quay must close"),
        ("The court held that the toll was fair.", "The court", "that the toll was fair"),
        ("Reed denied the allegations.", "Reed", "the allegations"),
    ],
)  # fmt: skip
def test_the_speaker_is_neither_a_paper_nor_an_opening_phrase(text, source, content):
    assert (source, content) in [(row[0], row[2]) for row in words_of(text)]


def test_a_programme_is_told_and_no_word_of_its_name_is_said():
    [(_, _, content, to)] = words_of("Holt told CBS’s “Face the Coast” that nobody likes the toll.")
    assert (content, to) == ("that nobody likes the toll", "CBS’s “Face the Coast”")


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("After suggesting that he had lied, Mr. Roe left.", "Mr. Roe", "that he had lied"),
        ("Promising that the toll would go, Mr. Roe left.", "Mr. Roe", "that the toll would go"),
        ("Pressed by Mr. Reed, Mr. Holt said it rained.", "Mr. Holt", "it rained"),
        ("The Lantern posted an item on its website saying that Holt left.", "The Lantern", "that Holt left"),
        ("The mood was sour at the port, where Holt cast himself as a judge, blasting its “greed.”", "Holt", "its “greed.”"),
        ("Groups that have endorsed him say he will win.", "Groups", "he will win"),
        ("Holt praised Mr. Kim’s recent moves and said it rained.", "Holt", "it rained"),
        (
            "“They call it a toll,” Sen. Jeff Roe, who led a visit to a quay in Losk, Norland, told the BBC.",
            "Sen. Jeff Roe",
            "“They call it a toll,”",
        ),
        ("In a note first obtained by the Times, Mr. Roe asks what Reed knew.", "Mr. Roe", "what Reed knew"),
        ("The plan, he said, “makes it safe” for all.", "he", "The plan … “makes it safe” for all"),
        ("The clerks said they listened as Mr. Roe called for peace and condemned the fire.", "Mr. Roe", "the fire"),
        ("Outside experts also say the toll is fair.", "Outside experts", "the toll is fair"),
        ("Holt told a meeting in Port City, Norland, on Monday that it rained.", "Holt", "that it rained"),
        ("Said Ann Roe, who saw it, “We were all so proud of him.”", "Ann Roe", "“We were all so proud of him.”"),
        ("Friday on the Coast Channel’s “Evening,” Ann Holt said if he asked, she would go.", "Ann Holt", "if he asked, she would go"),
    ],
)  # fmt: skip
def test_the_speaker_is_found_around_openings_and_insertions(text, source, content):
    assert (source, content) in [(row[0], row[2]) for row in words_of(text)]
