"""The simulator's own truth: what was done to a sentence is read off its words, and classes of trees off its nodes."""

from random import Random

import pytest

from bench.transmission.edits import facts_edited, merged, other_number, reworded, split
from bench.transmission.lines import Edits, dropped, groups, inserted, kinds_between, links, replaced
from bench.transmission.score_stemma import _asked, right_edges
from bench.transmission.styles import Style, styled
from bench.transmission.tree import Node, Transmission
from bench.transmission.truth import lineage_of, statements


@pytest.fixture
def made():
    return Transmission(1, "AFP")


def node(made, name, parents, lines, *, seen=True, shown=None, form=None):
    made.nodes[name] = Node(name, parents, lines, 0.0, seen=seen, shown=shown, form=form)


def test_kinds_are_those_of_the_edits_between_two_reports():
    edits = Edits()
    line = edits.line("Some 47 boats lay in the harbor of Ossel on Monday")
    one = styled([line], Style(is_british=True), "AFP", edits)[0]
    two = other_number(line, Random(1), edits)
    assert kinds_between([line], [two], edits) == {"number"}
    assert kinds_between([one], [two], edits) == {"number"}
    assert kinds_between([line], [line], edits) == frozenset()


def test_the_same_spelling_put_in_twice_is_no_difference():
    edits = Edits()
    line = edits.line("Twelve percent of the boats sank")
    one, two = (styled([line], Style(is_british=True), "AFP", edits)[0] for _ in range(2))
    assert one.text == "Twelve per cent of the boats sank"
    assert kinds_between([one], [two], edits) == frozenset()


def test_a_changed_word_inside_quotation_marks_is_of_kind_quote():
    edits = Edits()
    line = edits.line("The mayor called it “a very hard winter” for everybody here")
    at = [token.text for token in line.tokens].index("very")
    assert kinds_between([line], [replaced(line, at, "rather", edits.new("wording"))], edits) == {"wording", "quote"}


def test_words_put_in_and_taken_out_are_told():
    edits = Edits()
    line = edits.line("The dam broke in the night and water rose")
    less = dropped(line, 1, 2, edits.new("wording"))
    more = inserted(line, 2, "reportedly", edits.new("hedge"), edits)
    assert kinds_between([less], [more], edits) == {"wording", "hedge"}


def test_a_split_sentence_answers_its_whole_and_a_merged_one_its_parts():
    edits = Edits()
    whole = edits.line("The ferry left the northern pier at dawn today, and the crew counted every one of the guests")
    first, second = split(whole, edits)
    other = edits.line("Nobody of the harbour office was on the pier at that time of day.")
    end = edits.line("The office of the harbour opens its doors at eight every morning.")
    both = merged(end, other, edits)
    assert links([whole, both], [first, second, end, other]) == [(0, 0), (0, 1), (1, 2), (1, 3)]
    assert groups(links([whole, both], [first, second, end, other])) == [((0,), (0, 1)), ((1,), (2, 3))]


def test_every_line_stands_in_one_statement(made):
    a = [made.edits.line(f"Line number {word} of the report says a thing") for word in ("one", "two", "three")]
    b = [a[2], made.edits.line("An own paragraph of the outlet stands here"), a[0]]
    found = statements(a, b, made)
    assert sorted(i for s in found for i in s.a) == [0, 1, 2]
    assert sorted(j for s in found for j in s.b) == [0, 1, 2]
    assert sorted(min(s.changes) for s in found) == ["added", "cut", "kept", "kept"]


def test_rewording_keeps_quotations_and_says_nothing_of_numbers():
    edits = Edits()
    line = edits.line("The captain said “we never saw those lights” while 47 passengers waited along northern pier")
    changed = reworded(line, 30, Random(3), edits, ["lantern", "meadow"])
    assert "“we never saw those lights”" in changed.text
    assert "47" in changed.text
    assert facts_edited(changed, Random(3), edits).roots >= line.roots


def test_an_unseen_copy_with_one_carrier_below_another_is_taken_out(made):
    text = [made.edits.line("A plain line of the wire copy")]
    other = [replaced(text[0], 1, "short", made.edits.new("wording"))]
    node(made, "*", (), text, seen=False)
    node(made, "*2", ("*",), other, seen=False)
    node(made, "0", ("*2",), other)
    node(made, "1", ("*",), text)
    assert lineage_of(made).edges == {("*", "0"), ("*", "1")}


def test_a_source_no_edit_parts_from_the_true_one_counts_unless_the_clock_forbids_it(made):
    text = [made.edits.line("A plain line of the wire copy")]
    edited = [replaced(text[0], 1, "short", made.edits.new("wording"))]
    node(made, "*", (), text, seen=False)
    node(made, "0", ("*",), text, shown=5.0)
    node(made, "1", ("*",), edited, shown=6.0)
    node(made, "2", ("*",), edited, shown=4.0)
    true = lineage_of(made)
    assert true.is_free("*", "0")
    assert not true.is_free("*", "1")
    found = [("0", "1"), ("0", "2")]
    assert right_edges(true, found, made) == {("0", "1"): ("*", "1")}


def test_between_reports_of_equal_text_clock_and_credit_direction_does_not_count(made):
    text = [made.edits.line("A plain line of the wire copy")]
    edited = [replaced(text[0], 1, "short", made.edits.new("wording"))]
    node(made, "*", (), text)
    node(made, "0", ("*",), edited)
    node(made, "1", ("0",), edited)
    true = lineage_of(made)
    assert right_edges(true, [("*", "1"), ("1", "0")], made).keys() == {("*", "1"), ("1", "0")}
    assert right_edges(true, [("*", "1"), ("*", "0")], made).keys() != {("*", "1"), ("*", "0")}


def test_an_edge_that_nothing_shows_counts_on_both_sides_where_it_is_answered(made):
    text = [made.edits.line("A plain line of the wire copy")]
    node(made, "*", (), text, seen=False)
    for name in "012":
        node(made, name, ("*",), text, form="line" if name == "0" else None)
    true = lineage_of(made)
    right = right_edges(true, [("0", "1"), ("0", "2")], made)
    assert sorted(right.values()) == [("*", "1"), ("*", "2")]
    assert _asked(true, right) == {("*", "1"), ("*", "2")}
