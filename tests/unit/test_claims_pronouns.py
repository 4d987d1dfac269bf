"""Whom "he", "she", "it" and "they" mean before a saying; all sentences invented."""

from __future__ import annotations

import re

import pytest

from retold.model.facts import EntityType, Mention
from retold.stages.claims import claims_of
from retold.stages.claims.pronouns import resolved
from retold.stages.sentences import cut_sentences
from retold.text.spans import Span
from tests.unit.claims_told import PAGE


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
    ("text", "names", "source"),
    [
        # nobody who is named in the words says them
        ("Ann Holt left. She said Holt was old.", ["Ann Holt"], "She"),
        ("“Mr. Varn should know that,” he said.", ["Varn"], "he"),
        # a pronoun that opens what is said
        ("The firm said it expects that rain will come.", [], "it … The firm"),
        ("Crews said they believed it was old.", [], "they … Crews"),
        ("Holt said they believed it was old.", ["Holt"], "they"),
        # the last speaker goes on
        ("Holt met Varn. Holt said it rained. “It was very wet,” he said.", ["Holt", "Varn"], "he … Holt"),
        ("The mayor said it rained. “It was very wet,” she said.", [], "she … The mayor"),
        ("Crews said it rained. “It was very wet,” she said.", [], "she"),
        # whom "he" himself speaks of is another
        ("He named Holt as the best. He said it rained.", ["Holt"], "He"),
        # two speakers, one inside a clause of the other's
        ("Varn called for peace, which Holt said was dear. He said it rained.", ["Varn", "Holt"], "He"),
        # the only woman among those named, whoever spoke last
        ("Mr. Varn met Mrs. Holt on the quay. She said it rained.", ["Varn", "Holt"], "She … Holt"),
        ("Mr. Varn said it rained. Mrs. Holt left the quay. She said it was wet.", ["Varn", "Holt"], "She … Holt"),
        ("Varn met Mrs. Holt on the quay. She said it rained.", ["Varn", "Holt"], "She"),
    ],
)
def test_a_pronoun_means_whom_the_page_leaves_no_doubt_of(text, names, source):
    mentions = [person(text, name) for name in names]
    again = [Mention(PAGE, Span(*m.span()), EntityType.PERSON, "holt") for m in re.finditer("Holt", text)]
    mentions += [m for m in again if names and not any(m.span.overlaps(n.span) for n in mentions)]
    claims = claims_of(PAGE, text, cut_sentences(text, (0, len(text))))
    told_of = resolved(text, claims, mentions)
    assert " … ".join(text[a:b] for a, b in told_of[-1].source) == source
