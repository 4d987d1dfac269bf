"""Who said what: one row per construction, sentences invented in the manner of news."""

from __future__ import annotations

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.lexicon.load import entries
from retold.model.facts import ClaimKind, EntityType, Mention, Polarity
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import Segment, SegmentKind, Sentence
from retold.stages import claims as claims_stage
from retold.stages.claims import claims_of
from retold.stages.claims.pronouns import resolved
from retold.stages.claims.speakers import quotes_of
from retold.stages.sentences import cut_sentences
from retold.tables.table import CLAIMS, PAGES, SEGMENTS, SENTENCES
from retold.text.spans import Span

PAGE = PageId("0" * 32)


def told(text: str):
    """Return the claims of a text with words for spans: source, cue, content, to."""
    found = claims_of(PAGE, text, cut_sentences(text, (0, len(text))))

    def words(spans):
        return " … ".join(text[s:e] for s, e in spans)

    return [(words(c.source), words(c.cue), words(c.content), words(c.to), c) for c in found]


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


def test_a_person_told_is_kept_apart():
    [(source, cue, content, to, _)] = told("The envoy told the Daily Lantern that talks had stalled.")
    assert (source, cue, content, to) == ("The envoy", "told", "that talks had stalled", "the Daily Lantern")


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("There were no immediate reports of injuries.", "There were no immediate reports", "injuries"),
        ("It was unclear how many were on board.", "It was unclear", "how many were on board"),
        (
            "The jet crashed in what is believed to have been an accident.",
            "in what is believed to have been",
            "The jet crashed … an accident",
        ),
        ("The boat reportedly sank.", "reportedly", "The boat … sank"),
    ],
)
def test_a_statement_by_nobody_has_no_source_and_its_hedge(text, cue, content):
    [(source, found, said, _, claim)] = told(text)
    assert (source, found, said) == ("", cue, content)
    assert claim.hedge is not None
    assert claim.polarity is (Polarity.NEGATIVE if "no immediate" in text else Polarity.POSITIVE)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The firm denied that it had paid.", Polarity.NEGATIVE),
        ("The firm did not deny that it had paid.", Polarity.POSITIVE),
        ("The firm did not say who had paid.", Polarity.NEGATIVE),
        ("The firm said it had paid.", Polarity.POSITIVE),
    ],
)
def test_polarity_is_that_of_the_cue(text, polarity):
    assert told(text)[0][4].polarity is polarity


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


def test_a_participle_takes_the_subject_of_the_main_clause():
    found = told("In May, after Park closed the kiln, the club issued a note criticizing the fee.")
    assert ("the club", "criticizing") in [claim[:2] for claim in found]


def test_a_quotation_alone_in_the_next_paragraph_goes_on():
    [claim] = told("“It was very old,” Lee Park said.\n\n“Everybody knew that it was.”\n\nIt rained.")
    assert claim[2] == "“It was very old,” … “Everybody knew that it was.”"


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The mayor said he could not reach the kiln.", None),
        ("The mayor said the kiln could burn.", "could"),
        ("The mayor said she could not rule out a fire.", "could"),
    ],
)
def test_what_somebody_was_able_to_do_is_no_hedge(text, hedge):
    claim = told(text)[0][4]
    assert (text[slice(*claim.hedge)] if claim.hedge else None) == hedge


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


def test_scare_quotes_and_titles_are_no_claims():
    assert told("The so-far “quiet” town hosts a show of “Hamlet” each June.") == []


def test_a_quotation_without_any_speaker_stays_without_a_claim():
    assert told("A sign hung over the door. “No one gets in for free today.”") == []


def test_a_picture_and_words_added_are_one_claim_and_the_words_another():
    rows = told('She tweeted a photo of what she claimed was a spy plane, adding: "Look up tonight."')
    assert rows[0][2] == 'a photo of what she claimed was a spy plane … "Look up tonight."'
    assert rows[0][4].kind is ClaimKind.MIXED
    assert (rows[-1][0], rows[-1][1]) == ("She", "adding")


def test_a_participle_takes_over_the_speaker():
    rows = told("The union rejected the offer, saying it was too low.")
    assert [row[0] for row in rows] == ["The union"]


@pytest.mark.parametrize(
    "text", ["The mayor's report was late.", "Several states passed the law.", "Support grew in the polls."]
)
def test_a_noun_is_no_verb(text):
    assert told(text) == []


def test_a_letter_that_says_is_given_to_its_sender():
    assert told("The union sent a letter saying the offer was too low.")[0][0] == "The union"


def test_a_second_verb_takes_over_the_subject_of_its_own_clause():
    rows = told("When asked about the storm, Mrs. Holt shook her head and said, “No, not this year.”")
    assert (rows[-1][0], rows[-1][2]) == ("Mrs. Holt", "“No, not this year.”")


def test_the_words_end_where_the_next_claim_begins():
    rows = told("The mayor said the road was shut, but the police denied it was blocked.")
    assert [row[2] for row in rows] == ["the road was shut", "it was blocked"]


def test_words_inside_what_another_says_end_with_them():
    rows = told("The quay was shut but it was unclear who had shut it, a dock worker told the Lantern.")
    assert rows[0][2] == "who had shut it"
    assert rows[1][2] == "The quay was shut but it was unclear who had shut it"


def test_a_label_before_a_colon_is_no_speaker():
    assert told("Update: The road was shut at noon by the council.") == []


def test_two_single_marks_are_a_quotation():
    text = "He sang ''Oh, the rain, the rain'' again."
    assert [text[s:e] for s, e in quotes_of(text)] == ["''Oh, the rain, the rain''"]


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


def test_what_appears_is_nobodys_claim():
    assert told("Holt seemed to agree with the board.") == []
    assert [claim[0] for claim in told("It appeared that the board had agreed.")] == [""]
    assert [claim[0] for claim in told("Holt has reportedly sold the boat.")] == [""]


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


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Holt suggested that the quay was old.", None),
        ("Holt vowed to close the quay.", None),
        ("Holt claimed that the quay was old.", None),
        ("The suit alleges that the quay may be old.", "may"),
        ("Holt said the quay closed before it could sink.", None),
        ("Holt said he was supposed to meet the so-called heirs.", None),
        ("Holt said the quay opened in May.", None),
    ],
)
def test_a_hedge_is_a_word_of_what_is_said_and_not_the_cue_again(text, hedge):
    [claim] = told(text)
    found = claim[4].hedge
    assert (text[found.start : found.end] if found else None) == hedge


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


def test_headlines_run_into_a_sentence_stand_in_no_claim():
    text = "Mayor Ann Reed Ann Ruth ReedHolt says ferry is late Crew vows to strike MORE said the quay was closed."
    [claim] = told(text)
    assert claim[:3] == ("Mayor Ann Reed", "said", "the quay was closed")


def test_only_the_clause_that_hearsay_colours_is_told_as_hearsay():
    text = "The bank was fined for allegedly hiding money, while the clerk went home."
    assert [claim[2] for claim in told(text)] == ["hiding money"]


def test_a_denial_behind_an_inserted_phrase_stays_a_denial():
    [claim] = told("Holt, in his notes, never said the quay was safe.")
    assert claim[4].polarity == "negative"


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
    ("text", "source", "content"),
    [
        ("A group that represents makers said it rained.", "A group", "it rained"),
        ("Holt left, saying the quay is old and promised that it would close.", "Holt", "that it would close"),
        ("It was due to his belief that the quay is safe -- and he left.", "his", "that the quay is safe"),
    ],
)
def test_whose_words_end_where_the_writer_goes_on(text, source, content):
    assert (source, content) in [(claim[0], claim[2]) for claim in told(text)]


def person(text, name, n=0):
    at = -1
    for _ in range(n + 1):
        at = text.index(name, at + 1)
    return Mention(PAGE, Span(at, at + len(name)), EntityType.PERSON, name.lower())


@pytest.mark.parametrize(
    ("text", "names", "source"),
    [
        ("Ann Holt left. She said it rained.", ["Ann Holt"], "She … Ann Holt"),
        ("Ann Holt left.\n\nShe said it rained.", ["Ann Holt"], "She … Ann Holt"),
        ("Ann Holt left. He said it rained.", ["Ann Holt"], "He"),
        ("Mr. Holt left. She said it rained.", ["Holt"], "She"),
        ("Holt met Varn. He said it rained.", ["Holt", "Varn"], "He"),
        ("Holt met Mara Vell. He said it rained.", ["Holt"], "He"),
        ("It rained. He said so to all of them, that it rained.", [], "He"),
    ],
)
def test_a_pronoun_is_followed_by_the_name_it_plainly_stands_for(text, names, source):
    claims = claims_of(PAGE, text, cut_sentences(text, (0, len(text))))
    told_of = resolved(text, claims, [person(text, name) for name in names])
    assert " … ".join(text[a:b] for a, b in told_of[-1].source) == source


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
