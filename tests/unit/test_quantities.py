"""Numbers in invented sentences: value, unit, what is counted, approximators; and what is no quantity."""

import pytest

from retold.model.page import PageId
from retold.stages.quantities.stage import quantities_of

PAGE = PageId("0" * 32)


def read(sentence):
    found = quantities_of(sentence, (0, len(sentence)), PAGE)
    return [(q.value, q.unit, sentence[slice(*q.counted)] if q.counted else None) for q in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Two dock workers died.", [(2, None, "dock workers")]),
        ("The quay has 5,200 berths.", [(5200, None, "berths")]),
        ("Some 84,000 people live there.", [(84000, None, "people")]),
        ("It handled 1.3 million containers last year.", [(1.3e6, None, "containers")]),
        ("They spent $4 billion.", [(4e9, "dollar", None)]),
        ("They paid £2.5m for it.", [(2.5e6, "pound sterling", None)]),
        ("About 40 percent of the traffic stopped.", [(40, "percent", "traffic")]),
        ("Shares fell 13% on the news.", [(13, "percent", None)]),
        ("Sales rose 3 per cent.", [(3, "percent", None)]),
        ("The 62-meter boom fell.", [(62, "meter", "boom")]),
        ("The crane was lifting 31 metric tons.", [(31, "ton", None)]),
        ("Twenty-one sailors were rescued.", [(21, None, "sailors")]),
        ("A hundred and five homes burned.", [(105, None, "homes")]),
        ("Three of the eight pilots left.", [(3, None, "eight pilots"), (8, None, "pilots")]),
        ("Nearly two dozen lorries queued.", [(24, None, "lorries")]),
        ("It was the third failure since spring.", [(3, None, "failure")]),
        ("Roughly two-fifths of the fleet sailed.", [(0.4, None, "fleet")]),
        ("Half of the crews walked out.", [(0.5, None, "crews")]),
        ("18 Kessarians were aboard.", [(18, None, "Kessarians")]),
        ("The port said 157 people thought to be aboard were safe.", [(157, None, "people")]),
        ("They found eight boats ten miles out.", [(8, None, "boats"), (10, "mile", None)]),
        ("The strike lasted 24 hours.", [(24, "hour", None)]),
        ("He is 51 years old.", [(51, "year", None)]),
        ("The mayor won 401 votes to 388.", [(401, None, "votes"), (388, None, None)]),
        ("Six from Losk and four from Ostley came.", [(6, None, None), (4, None, None)]),
        ("The jet made 500 knots.", [(500, "knot", None)]),
        ("The inquiry gets 30 days unless the board votes.", [(30, "day", None)]),
        ("In the 22 months Varn worked there, nothing broke.", [(22, "month", None)]),
        ("She has five years of experience.", [(5, "year", "experience")]),
        ("He counts “at least 10” Losk senators.", [(10, None, "Losk senators")]),
        ("It cost US$ 4 billion.", [(4e9, "dollar", None)]),
        ("The disk holds 30 gigabytes.", [(30, "gigabyte", None)]),
        ("They lost billions of dollars.", [(None, "dollar", None)]),
        ("Two U.S. bases were hit.", [(2, None, "U.S. bases")]),
        ("Both U.S. Navy ships met nine J. Oar skippers.", [(9, None, None)]),
        ("They found 44 previously unseen letters.", [(44, None, "unseen letters")]),
        ("Half a dozen boats sank.", [(6, None, "boats")]),
        ("In week five of the tour it rained.", []),
        ("He wants a twenty-billion dollar dam.", [(2e10, "dollar", "dam")]),
        ("He wants a $20 billion dollar dam.", [(2e10, "dollar", "dam")]),
        ("He served 5½ years.", [(5.5, "year", None)]),
        ("The skipper, who stands 6-foot-6, waved.", [(6.5, "foot", None)]),
        ("Up to 30in fell, and it was 85F.", [(30, "inch", None), (85, "degree", None)]),
        ("The wreck lies 40 miles south of Losk.", [(40, "mile", None)]),
        ("She was 100 percent sure.", [(100, "percent", None)]),
        ("It brought a 5 percent rise.", [(5, "percent", "rise")]),
        ("One in five skippers agreed.", [(0.2, None, "skippers")]),
        ("The 240-190 vote ended it.", [(240, None, "vote"), (190, None, "vote")]),
        ("Ann Varn, 54, said so.", [(54, "year of age", None)]),
        ("Three Red and two Blue commissioners met.", [(3, None, "commissioners"), (2, None, "Blue commissioners")]),
        ("Seven harbour spending bills wait.", [(7, None, "harbour spending bills")]),
        ("Two cats visit the quay.", [(2, None, "cats")]),
        ("The crowd of about 1,000 broke windows.", [(1000, None, None)]),
        ("He led for three tribute-filled days.", [(3, None, "tribute-filled days")]),
        ("She has a 10-point lead.", [(10, None, "point")]),
        ("Only one ship sailed.", [(1, None, "ship")]),
        ("It was the ninth explosion.", [(9, None, "explosion")]),
    ],
)
def test_a_number_is_read_with_its_unit_and_what_it_counts(sentence, expected):
    assert read(sentence) == [(pytest.approx(value) if value else None, *rest) for value, *rest in expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "No one was hurt.",
        "One of them said so.",
        "The Maltern 737 Sea 8 flew on.",
        "He cited the 4th Amendment.",
        "They met at Berth 9.",
        "The K1 base was shut.",
        "She was the first to speak and who first asked.",
        "Call 555-0100 for news.",
        "They met at five in the morning.",
        "The Group of 7 industrialized economies met.",
        "They agreed at the eleventh hour.",
        "The first lady left.",
        "It was the first step, and a second paycheck went unpaid on the third day.",
        "The storm reached category 5 at sea.",
        "He moved a change to H.R. 8 on Monday.",
        "The fall brought 2020 attacks of another kind.",
        "They met on Sunday 4 and Monday 5 March.",
        "At one point it rained, and in one tense exchange he left.",
        'He was one of the "Losk Five," they said.',
        "The ferry at sea Hide Caption 4 of 14 sails on.",
        "He is the No. 2 skipper of the Gang of Eight.",
        "It was just past nine, and half a world away he slept.",
    ],
)
def test_a_number_in_a_name_counts_nothing(sentence):
    assert [q for q in read(sentence) if q[0] != 1] == [] or read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("Between 10 and 20 boats sank.", 10, 20),
        ("Some 10-20 boats sank.", 10, 20),
        ("From 3 to 5 weeks are needed.", 3, 5),
        ("Dozens of boats sank.", 24, None),
        ("Hundreds of people fled.", 200, None),
        ("It lasted 31 or 32 days.", 31, 32),
        ("Several thousand letters came.", 3000, None),
        ("Tens of thousands of people fled.", 20000, None),
    ],
)
def test_a_range_has_its_ends(sentence, low, high):
    (found,) = quantities_of(sentence, (0, len(sentence)), PAGE)
    assert (found.value, found.low, found.high) == (None, low, high)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("More than 40 boats sank.", "More than"),
        ("At least 40 boats sank.", "At least"),
        ("Up to 40 boats sank.", "Up to"),
        ("The firm lost nearly $40 million.", "nearly"),
        ("Forty boats sank.", None),
        ("They wept about hundreds of boats.", None),
    ],
)
def test_an_approximator_is_kept(sentence, words):
    (found,) = quantities_of(sentence, (0, len(sentence)), PAGE)
    assert found.approximate == words


def test_the_country_of_a_dollar_belongs_to_its_amount():
    text = "It cost US$ 4 billion."
    (found,) = quantities_of(text, (0, len(text)), PAGE)
    assert text[slice(*found.span)] == "US$ 4 billion"
