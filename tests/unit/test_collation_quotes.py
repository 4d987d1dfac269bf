"""How quotations, embedded posts and words of time are read when reports are compared; all text is invented."""

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, page_id_of
from retold.model.report import SegmentKind, Sentence
from retold.model.story import Story, StoryId
from retold.stages import collation
from retold.stages.collation import align
from retold.stages.collation.tokens import quoted_stretches
from retold.stages.sentences import cut_sentences
from retold.tables import table as t

SIGNED = "The gates held! — Ann Reed (@annreed) May 3, 2021"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Berg: "It rose.\n\nIt fell again.\n\nIt is over."', ["It rose.", "It fell again.", "It is over."]),
        ("“They call it “the wall” here,” he said.", ["They call it “the wall” here,"]),
        ("“One mark left open. “Two,” he said.", ["Two,"]),
        ('He said "no".\n\nNobody asked.\n\n"Yes," she said.', ["no", "Yes,"]),
        (f"So she wrote.\n\n{SIGNED}", [SIGNED]),
        ('"', []),
    ],
)
def test_what_stands_inside_marks_or_posts_is_quoted(text, quoted):
    assert [text[start:end] for start, end in quoted_stretches(text)] == quoted


KINDS = [
    # The same words inside marks and in a running quotation differ in marks only.
    ("“No gate was left open,” Berg said.", "“No gate was left open,” Ann Berg said.", {"attribution"}),
    # "alleged" before its noun hands nothing to a source.
    ("The council discussed alleged fraud in the port of Ossel.", "The council discussed fraud in the port of Ossel.",
     {"hedge"}),
    # How long is no date; when is one.
    ("The judge sent the captain to prison for two years.", "The judge sent the captain to prison.",
     {"number", "wording"}),
    ("The judge sent the captain to prison.", "The judge sent the captain to prison a year ago.", {"date"}),
    # What is made possible is no guess.
    ("The rescue at Velland was made possible by the calm.", "The rescue at Velland was made by the calm.",
     {"wording"}),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "kinds"), KINDS)
def test_an_edit_gets_no_kind_for_the_look_of_a_word(a, b, kinds):
    (row,) = align([a], [b])
    assert {str(kind) for kind in row.kinds} == kinds


def test_a_quoted_passage_makes_one_statement_of_two():
    a = "Berg promised that until then “every loaded barge stays moored behind the gates.”"
    b = (
        '"We have watched the wind for three days and asked the pilots, and every loaded barge stays moored behind the '
        'gates," the mayor wrote to the owners in a letter that his office showed on Monday.'
    )
    assert [str(row.change) for row in align([a], [b])] == ["rewritten"]


def test_a_short_sentence_inside_a_long_one_is_the_same_statement():
    a = "The pilots then went back to the outer harbour without a vote."
    b = (
        "Berg had begun to speak about the price of diesel and what the town owes its ferries, when the pilots went back "
        "to the outer harbour without a vote."
    )
    assert [str(row.change) for row in align([a], [b])] == ["rewritten"]


def test_of_two_equal_sentences_the_one_beside_equal_ones_is_taken():
    a = [
        "The gates held well.",
        "Wind rose.",
        "Nobody slept in Ossel.",
        "The tide rose all night.",
        "The gates held well.",
    ]
    b = ["Nobody slept in Ossel.", "The tide rose all night.", "The gates held well, he added."]
    rows = align(a, b)
    assert [(row.a, row.b) for row in rows if row.a and row.b] == [((2,), (0,)), ((3,), (1,)), ((4,), (2,))]


def test_a_signature_is_a_sentence_of_its_own_and_no_unit():
    text = f"It rained... {SIGNED}"
    spans = cut_sentences(text, (0, len(text)))
    assert [text[start:end] for start, end in spans][-2:] == ["The gates held!", "— Ann Reed (@annreed) May 3, 2021"]
    tables = MemoryTables()
    pages = tuple(page_id_of(name, text.encode()) for name in ("a.txt", "b.txt"))
    nothing = Characters(0, 0, 0)
    tables.put(t.PAGES, [Page(p, p, None, PageFormat.TEXT, "utf-8", 0, "", "1", text, nothing) for p in pages])
    tables.put(t.SENTENCES, [Sentence(p, *span, SegmentKind.BODY) for p in pages for span in spans])
    tables.put(t.STORIES, [Story(StoryId(pages[0]), StoryId(pages[0]), "", None, None, pages)])
    tables.put(t.MATCHES, [])
    run_stages(tables, [collation.STAGE])
    units = [unit for row in tables.rows(t.ALIGNMENTS) for unit in row.a_units]
    assert len(units) == len(spans) - 1
    assert not any("@" in text[unit.start : unit.end] for unit in units)


@pytest.mark.parametrize(
    ("a", "b", "kinds"),
    [
        # Who speaks, with what he or she is, beside the words of a quotation.
        ("“No gate was left open in the night.”",
         "“No gate was left open in the night,” Ann Berg, the head of the pilots, said in a statement.",
         {"attribution"}),
        ("“No gate was left open in the night.”", "She continued: “No gate was left open in the night.”", {"attribution"}),
        # A title in front of a name that stays.
        ("The port is led by Harbour Master Ann Berg since the spring.", "The port is led by Ann Berg since the spring.",
         {"house style"}),
    ],
)  # fmt: skip
def test_a_speaker_put_in_is_attribution_and_a_title_house_style(a, b, kinds):
    (row,) = align([a], [b])
    assert {str(kind) for kind in row.kinds} - {"trivial"} == kinds
