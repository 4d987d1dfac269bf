"""What becomes of a sentence from one report to another: invented pairs with the change and kinds a reader sees."""

import pytest

from retold.stages.collation import align

CASES = [
    # a, b, change, kinds that must be there, kinds that may be there
    ("The dam held.", "The dam held.", "kept", "", ""),
    ("The dam’s gates held.", "The dam's gates held.", "kept", "trivial", ""),
    ("“We held,” she said.", '"We held," she said.', "kept", "trivial", ""),
    ("The Dam held  firm!", "The dam held firm.", "kept", "trivial", ""),
    (
        "Four ferries left the port of Lannmouth before dawn on Monday.",
        "Five ferries left the port of Lannmouth before dawn on Monday.",
        "edited", "number", "",
    ),
    (
        "The fire destroyed 1,200 homes in the valley of Sarn.",
        "The fire destroyed 1,300 homes in the valley of Sarn.",
        "edited", "number", "",
    ),
    (
        "The fire destroyed 1200 homes in the valley of Sarn.",
        "The fire destroyed 1,200 homes in the valley of Sarn.",
        "edited", "house style", "",
    ),
    (
        "Twelve fishermen were rescued off the coast of Velland.",
        "12 fishermen were rescued off the coast of Velland.",
        "edited", "house style", "",
    ),
    (
        "The council of Osterby will vote on the harbour plan on Tuesday.",
        "The council of Osterby will vote on the harbour plan on Thursday.",
        "edited", "date", "",
    ),
    (
        "The bridge at Osterby opened to traffic on 3 March.",
        "The bridge at Osterby opened to traffic on 4 March.",
        "edited", "date", "",
    ),
    (
        "The bridge at Osterby was closed to traffic in 2017.",
        "The bridge at Osterby was closed to traffic in 2018.",
        "edited", "date", "",
    ),
    (
        "General Qorban Halidi commanded the northern garrison during the siege.",
        "General Kurban Halidi commanded the northern garrison during the siege.",
        "edited", "name spelling", "",
    ),
    (
        "The envoy met Yusuf Qadir in the capital for talks on grain.",
        "The envoy met Yousef Kadir in the capital for talks on grain.",
        "edited", "name spelling", "",
    ),
    (
        "The mayor called the flood barrier “a costly failure” at the inquiry.",
        "The mayor called the flood barrier “a bitter failure” at the inquiry.",
        "edited", "quote wording", "attribution",
    ),
    (
        "The mayor called the flood barrier a costly failure at the inquiry.",
        "The mayor called the flood barrier a “costly failure” at the inquiry.",
        "edited", "quote", "",
    ),
    (
        "The tanker apparently struck a reef near the strait of Orm.",
        "The tanker struck a reef near the strait of Orm.",
        "edited", "hedge", "",
    ),
    (
        "About 300 miners were trapped below the village of Kell.",
        "300 miners were trapped below the village of Kell.",
        "edited", "hedge", "",
    ),
    (
        "The reservoir is two thirds empty, a senior engineer told Reuters.",
        "The reservoir is two thirds empty, a senior engineer told the Reuters news agency.",
        "edited", "attribution, house style", "",
    ),
    (
        "Reuters reporters saw smoke rising over the refinery at Kell.",
        "Reuters's reporters at the scene saw smoke rising over the refinery at Kell.",
        "edited", "attribution", "house style, wording",
    ),
    (
        "The strike will go on for another week, union officials said.",
        "The strike will go on for another week, dock workers said.",
        "edited", "attribution", "wording",
    ),
    (
        "According to police, the van left the road near Tarn at high speed.",
        "According to witnesses, the van left the road near Tarn at high speed.",
        "edited", "attribution", "wording",
    ),
    (
        "The van left the road near Tarn at high speed, police said.",
        "The van left the road near Tarn at high speed.",
        "edited", "attribution", "wording",
    ),
    (
        "The organisation favours a new harbour programme for the islands.",
        "The organization favors a new harbor program for the islands.",
        "edited", "house style", "",
    ),
    (
        "Prices of bread rose by 5 per cent in the capital last month.",
        "Prices of bread rose by 5% in the capital last month.",
        "edited", "house style", "",
    ),
    (
        "The U.S. envoy arrived in Velland for talks on fishing rights.",
        "The US envoy arrived in Velland for talks on fishing rights.",
        "edited", "house style", "",
    ),
    (
        "The F.R.A. inspectors arrived in Velland for talks on fishing rights.",
        "The FRA inspectors arrived in Velland for talks on fishing rights.",
        "edited", "house style", "",
    ),
    (
        "Mr Tolland chairs the inquiry into the ferry disaster.",
        "Tolland chairs the inquiry into the ferry disaster.",
        "edited", "house style", "",
    ),
    (
        "Prof. Ilse Maran chairs the inquiry into the ferry disaster.",
        "Professor Ilse Maran chairs the inquiry into the ferry disaster.",
        "edited", "house style", "trivial",
    ),
    (
        "Rescuers searched the huge quarry for the missing climbers.",
        "Rescuers combed the huge quarry for the missing climbers.",
        "edited", "wording", "",
    ),
    (
        "On Friday the ferry Alma sank off the coast of Velland.",
        "The ferry Alma sank off the coast of Velland on Friday.",
        "edited", "wording", "trivial",
    ),
    (
        "The fine was £5m for the spill in the estuary.",
        "The fine was $5m for the spill in the estuary.",
        "edited", "number", "",
    ),
    (
        "A freight train derailed near the Kell tunnel on Monday, spilling acid into the river and closing a road.",
        "Acid spilled into the river and a road was closed when a freight train derailed near the Kell tunnel.",
        "rewritten", "wording", "date, trivial",
    ),
    (
        "Rebels answered by shelling two villages in the east and a rocket hit the grain depot at Sarn, killing "
        "warlord Qasim Berdi and his deputy, the smuggler Ilan Dor.",
        "The talks broke off when a rocket hit the grain depot at Sarn, killing warlord Kassim Berdi and prompting "
        "an exodus of families from the border towns to camps in the hills.",
        "rewritten", "name spelling, wording", "number, trivial",
    ),
]  # fmt: skip


def set_of(kinds: str) -> set[str]:
    named = {"name spelling", "house style", "number", "date", "quote", "hedge", "attribution", "wording", "trivial"}
    return {kind for kind in named if kind in kinds}


@pytest.mark.parametrize(("a", "b", "change", "needed", "allowed"), CASES)
def test_pair_gets_its_change_and_kinds(a, b, change, needed, allowed):
    (row,) = align([a], [b])
    kinds = {str(kind) for kind in row.kinds}
    assert (str(row.change), row.moved) == (change, False)
    assert set_of(needed) <= kinds <= set_of(needed) | set_of(allowed)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Parliament passed a resolution on fishing rights.", "Crews rejected the budget of the island council."),
        (
            "Interior Minister Tomas Verrel of the Unity Party spoke to reporters in the capital on Monday.",
            "Interior Minister Tomas Verrel of the Unity Party resigned.",
        ),
        ("He said so on Monday.", "She said on Monday that the dam had held."),
        ("", "Rain."),
        ("?!", "..."),
    ],
)
def test_different_statements_are_not_aligned(a, b):
    assert {str(row.change) for row in align([a], [b])} <= {"cut", "added"}


def test_split_sentence_answers_both_its_parts():
    whole = "The ferry Alma sank off Velland on Friday and divers found nine bodies in the wreck."
    parts = ["The ferry Alma sank off Velland on Friday.", "Divers found nine bodies in the wreck."]
    assert [(r.a, r.b, str(r.change)) for r in align([whole], parts)] == [((0,), (0, 1), "split")]
    assert [(r.a, r.b, str(r.change)) for r in align(parts, [whole])] == [((0, 1), (0,), "merged")]


def test_the_sentences_of_a_long_quotation_are_aligned_one_by_one():
    parts = ["The gates of Kell held all night against the highest tide in forty years of records."]
    parts += ["No barge broke loose.", "The pilots stayed awake.", "Nobody of the night watch drowned."]
    rows = align(parts, [f'"{" ".join(parts)}" the harbour master said.'])
    assert [(r.a, r.b, str(r.change)) for r in rows] == [
        ((0,), (0,), "kept"),
        ((1,), (1,), "kept"),
        ((2,), (2,), "kept"),
        ((3,), (3,), "edited"),
    ]
    assert {str(kind) for kind in rows[-1].kinds} <= {"attribution", "trivial"}


def test_marks_round_a_whole_sentence_are_no_edit_of_a_quotation():
    (row,) = align(['"The dam of Kell is as old as the town."'], ["The dam of Kell is as old as the town."])
    assert (str(row.change), [str(kind) for kind in row.kinds]) == ("kept", ["trivial"])


def test_a_source_put_in_whole_is_attribution_alone():
    sentence = "The western gate of the lock was shut at nine"
    (row,) = align([f"{sentence}."], [f"{sentence}, a lock keeper said."])
    assert {str(kind) for kind in row.kinds} == {"attribution"}


def test_of_equal_orders_the_one_with_more_identical_words_stays():
    short = "Crews left the quarry."
    long = "The inquiry into the ferry disaster opens in the old court of Velland."
    rows = align([short, long], [long, short])
    assert [(row.a, row.moved) for row in rows] == [((0,), True), ((1,), False)]


def test_repeated_sentence_is_paired_in_order_and_once():
    rows = align(["Rain fell.", "Wind rose.", "Rain fell."], ["Rain fell.", "Wind rose."])
    assert [(r.a, r.b, str(r.change)) for r in rows] == [((0,), (0,), "kept"), ((1,), (1,), "kept"), ((2,), (), "cut")]


def test_insertion_points_to_its_place():
    (row,) = align(["The sluice was told to close."], ["The sluice was told at once to close."])
    (edit,) = row.edits
    assert (edit.a.start, edit.a.end) == (20, 22 - 2)
    assert "The sluice was told at once to close."[edit.b.start : edit.b.end] == "at once"


@pytest.mark.parametrize(
    "text", ["\x00", "😀😀", "\ud800 torn", "水害で橋が流された。", "غرقت العبارة قبالة الساحل", "\u200b"]
)
def test_any_script_is_collated(text):
    assert [str(row.change) for row in align([text], [text])] in (["kept"], [])
    align([text], ["Rain fell."])
