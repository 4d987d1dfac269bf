"""How sure: hedges, denials, and what nobody is named for; all sentences invented."""

from __future__ import annotations

import pytest

from retold.model.facts import Polarity
from tests.unit.claims_told import told, words_of


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


def test_what_appears_is_nobodys_claim():
    assert told("Holt seemed to agree with the board.") == []
    assert [claim[0] for claim in told("It appeared that the board had agreed.")] == [""]
    assert [claim[0] for claim in told("Holt has reportedly sold the boat.")] == [""]


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


def test_only_the_clause_that_hearsay_colours_is_told_as_hearsay():
    text = "The bank was fined for allegedly hiding money, while the clerk went home."
    assert [claim[2] for claim in told(text)] == ["hiding money"]


def test_a_denial_behind_an_inserted_phrase_stays_a_denial():
    [claim] = told("Holt, in his notes, never said the quay was safe.")
    assert claim[4].polarity == "negative"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("It's expected to rain.", []),
        ("The gas is believed to be old.", [("", "The gas … to be old")]),
        ("It is believed to be very old.", [("", "It … to be very old")]),
        ("Holt was asked to name a boat.", [("", "to name a boat")]),
        ("Totals are forecast to rise.", []),
    ],
)
def test_what_is_expected_or_believed_is_nobodys(text, rows):
    assert [claim[::2] for claim in words_of(text)] == rows


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Holt said they weighed many things that could move the count.", None),
        ("Holt said the plans are meant to shield Reed from views that a leak could harm him.", None),
        ("Holt said any toll that harmed the port could fail.", "could"),
        ("Holt said the papers reveal that Roe may have lied.", "may"),
        ("Holt vowed to act without a word on steps he might take.", None),
        ("Holt said she saw men fill glasses so they could be drunk.", None),
        ("Holt said the board looked into the firm for alleged fraud.", None),
        ("Holt cited an alleged fraud at the port.", "alleged"),
        ("Holt announced it will read notes by crews claiming that they were not paid.", None),
        ("Holt supposedly said that the sea has no friends.", "supposedly"),
        ("Officials have reportedly said it played no part.", "reportedly"),
        ("Holt said he believes that the quay may close.", "may"),
        ("Holt said he would face possible fines.", None),
        ("Holt said his aim is to print as much as possible.", None),
        ("Holt told them it’s possible the toll will not come.", "possible"),
        ("Holt said a fire is still possible if it rains.", "possible"),
        ("The court held that the mayor may veto the toll.", None),
    ],
)
def test_a_hedge_is_of_the_main_clause_or_of_the_saying(text, hedge):
    claim = told(text)[0][4]
    assert (text[slice(*claim.hedge)] if claim.hedge else None) == hedge
