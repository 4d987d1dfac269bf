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
        ("Three of the eight pilots left.", [(3, None, "pilots"), (8, None, "pilots")]),
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


@pytest.mark.parametrize(
    "sentence",
    [
        "The so-called 5150 program was cut.",
        "They offer a 712(c) to all.",
        "Port law §20, 9 Port. III, says so (1225).",
        'The port has "zero-waste" rules.',
        "There is zero logic in it, with zero to minimal effect.",
        "Poe scores a win from Losk.",
        "The test scores fell.",
        "It was their number one worry.",
        "Guns of World War Two lay there.",
        "Boats waited outside the Two Anchors hotel on the quay.",
        "The Eighth Amendment's fines clause holds.",
        "It stands at images/11_6036719_60367.jpg?pubId=1155968 still.",
    ],
)
def test_codes_idioms_and_names_count_nothing(sentence):
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("There were zero boats and zero percent growth.", [(0, None, "boats"), (0, "percent", None)]),
        ("Scores of boats sank.", [(None, None, "boats")]),
        ("They sent 5150 programmes out.", [(5150, None, "programmes")]),
        ("Poe, 30, will be freed.", [(30, "year of age", None)]),
        ("Bars in Paris, 30, by her count, closed.", [(30, None, None)]),
        ("Poe, now 31, left.", [(31, "year of age", None)]),
        ("He did it at the age of 16.", [(16, "year of age", None)]),
        ("She was 17 when he fled.", [(17, "year of age", None)]),
        ("She was 17 points behind.", [(17, None, "points")]),
        ("They raised the age for rum to 21.", [(21, "year of age", None)]),
        ("They raised the age from 18 to 21.", [(18, "year of age", None), (21, "year of age", None)]),
        ("Fees rose from 5 to 9 percent.", [(5, "percent", None), (9, "percent", None)]),
        ("Father of four Carl Roe left.", [(4, None, None)]),
        ("It held 658 sailors - including cooks - there.", [(658, None, "sailors")]),
        ("The design of 99 harbour Assembly districts was kept.", [(99, None, "harbour Assembly districts")]),
        ("They hold seven of eight seats.", [(7, None, "seats"), (8, None, "seats")]),
        ("It lists 5 ways Poe works.", [(5, None, "ways")]),
        ('Three "no" votes would do.', [(3, None, "votes")]),
        ("It won for three straight years.", [(3, "year", None)]),
        ("Winds reach 241 km per hour.", [(241, "kilometer per hour", None)]),
        ("We take the 2,975 number as it is.", [(2975, None, None)]),
    ],
)
def test_what_is_counted_and_in_which_unit(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("It saves $3 billion over 10 years.", [None, None]),
        ("It was paid over the six-year term.", [None]),
        ("He has waited over two hours.", ["over"]),
        ("They won by 20 points or more.", ["or more"]),
        ("Twelve or fewer came.", ["or fewer"]),
        ("Fees rise to as high as 25% soon.", ["as high as"]),
    ],
)
def test_over_a_term_is_no_more_than_and_ends_stay_open(sentence, words):
    found = quantities_of(sentence, (0, len(sentence)), PAGE)
    assert [quantity.approximate for quantity in found] == words


def test_one_or_two_is_a_range():
    (found,) = quantities_of("He sees one or two votes.", (0, 25), PAGE)
    assert (found.low, found.high) == (1, 2)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("At 16, she sailed to Losk.", [(16, "year of age", None)]),
        ("Her mother, at 16, had left.", [(16, "year of age", None)]),
        ("Having turned 18, he left.", [(18, "year of age", None)]),
        ("He will run when he's 25.", [(25, "year of age", None)]),
        ("Lee Roe was 45 when he left.", [(45, "year of age", None)]),
        ("The rate stood at 16, down from 18.", [(16, None, None), (18, None, None)]),
        ("It met Rena, 18, and Nalin, 15.", [(18, "year of age", None), (15, "year of age", None)]),
        ("Rates fell to 12, 25 and 33 percent.", [(12, "percent", None), (25, "percent", None), (33, "percent", None)]),
        ("It fell in the first seven years of his term.", [(7, "year", None)]),
        ("The $8 million Mr. Bell wants is lost.", [(8e6, "dollar", None)]),
        ("It printed a $4 trillion budget Monday.", [(4e12, "dollar", "budget")]),
        ("It gets $2 trillion less in taxes.", [(2e12, "dollar", None)]),
        ("Nine of the port board's 29 members left.", [(9, None, "members"), (29, None, "members")]),
        ("They own 15 quay and harbour boats.", [(15, None, "quay and harbour boats")]),
        ("It says 1 harbour candidate wins by far.", [(1, None, "harbour candidate")]),
        ("They met on The 700 Club.", []),
    ],
)
def test_ages_shared_units_and_whole_phrases_are_told(sentence, expected):
    assert read(sentence) == expected
