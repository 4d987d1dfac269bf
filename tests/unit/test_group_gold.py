"""The readings of forty groups: how their files are read and how two readings are compared."""

from bench.group_gold import compare, numbers, reading
from bench.group_rows import Reading, Report, Row
from retold.text.spans import Span


def row(a, b, change="kept", moved=False, kinds=()):
    return Row(a, b, change, moved, frozenset(kinds))


def test_numbers_reads_single_numbers_and_ranges():
    assert numbers("1, 4-6,9") == (1, 4, 5, 6, 9)


def test_reading_takes_each_kind_of_row(tmp_path):
    (tmp_path / "one").mkdir()
    lines = [
        "furniture\tA\t1",
        "align\t2\t3,4\tsplit\tno\tquote,house",
        "stemma\tshared:AP\tsure\tA:wholly\tB:partly",
        "breakage\tB\t4\tHe\torphaned pronoun",
        "note\tnothing",
    ]
    (tmp_path / "one/g01.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    found = reading("one", "g01", tmp_path)
    assert found.rows == (row((2,), (3, 4), "split", kinds=("quote", "house")),)
    assert (found.relation, found.derivation) == ("shared:AP", {"A": "wholly", "B": "partly"})
    assert found.breakages == {("B", 4, "orphaned pronoun")}


def test_compare_counts_links_and_what_is_said_of_shared_ones():
    gold = Reading((row((1,), (1,)), row((2,), (2, 3), "split", kinds=("wording",))), "A>B")
    found = Reading((row((1,), (1,), kinds=("house",)), row((2,), (3,), "edited")), "A>B")
    counts = compare([(gold, found)])
    assert (counts.gold, counts.found, counts.both) == (3, 2, 2)
    assert counts.f1 == 0.8
    assert counts.share("kinds") == 0.5
    assert counts.share("change") == 0.5
    assert counts.share("relation") == 1.0


def test_a_place_is_the_sentence_that_holds_half_of_the_shorter():
    report = Report("x", ((0, 10), (11, 40)))
    assert report.numbers_of([Span(0, 12)]) == (1,)
    assert report.numbers_of([Span(0, 40)]) == (1, 2)
    assert report.numbers_of([Span(20, 25)]) == (2,)
