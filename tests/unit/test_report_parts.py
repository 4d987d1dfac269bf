"""The parts of the report one by one: dates in words, places, the picture of the lineage, the collation, the strip."""

import pytest

from retold.model.facts import Event, Factuality
from retold.model.page import PageId, Pointer
from retold.model.story import NodeKind, StemmaEdge, StemmaNode, StoryId
from retold.report import chronology, collation, lineage
from retold.report.collation import Part, excerpted
from retold.report.dates import days_of, in_words
from retold.report.places import Places, address_of, cut_short
from retold.text.spans import Span
from tests.unit.report_story import BODY_A, BODY_B, STORY, harmless, page_view, story_of


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-03-03", "Monday 3 March 2025"),
        ("2025-03-03T19:30:12+01:00", "Monday 3 March 2025, 19:30 UTC+01:00"),
        ("2025-03-03T19:30Z", "Monday 3 March 2025, 19:30 UTC"),
        ("2025-02", "February 2025"),
        ("1996", "1996"),
        ("199X", "1990s"),
        ("2025-22", "summer 2025"),
        ("2025-03~", "about March 2025"),
        ("XXXX-02-16", "16 February, year not given"),
        ("2025-01-21/2025-01-31", "21 January to 31 January 2025"),
        ("2024-10/2025-03-03", "October 2024 to 3 March 2025"),
        ("../2024", "by 2024"),
        ("2024-10/..", "October 2024 or later"),
        ("2025-02-30", "2025-02-30"),
        ("2025-13", "2025-13"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_dates_are_told_in_words(edtf, words):
    assert in_words(edtf) == words


@pytest.mark.parametrize(
    ("edtf", "n_days"), [("2025-02", 28), ("2024", 366), ("9999", 365), ("2025-01-30/2025-02-02", 4), ("2025-12", 31)]
)
def test_dates_span_their_days(edtf, n_days):
    first, last = days_of(edtf)
    assert last - first + 1 == n_days


@pytest.mark.parametrize("edtf", ["../2024", "199X", "2025-02-30", "", "soon", "2024/.."])
def test_unclear_dates_have_no_place_on_the_strip(edtf):
    assert days_of(edtf) is None


def test_quotations_are_cut_by_words_and_by_characters():
    assert cut_short("one two three", 2) == "one two …"
    assert cut_short("one two", 2) == "one two"
    assert len(cut_short("x" * 5000)) < 130


def test_a_pointer_inside_a_sentence_opens_the_sentence():
    view = harmless()
    places = Places(view, prefix="s1-", excerpts=False)
    sentence = view.witnesses[0].report.sentences[1]
    link = places.link(Pointer(view.witnesses[0].page, sentence.start + 5, sentence.start + 9), "Facts")
    assert link.href == f"#s1-A-{sentence.start}"
    assert places.back(f"s1-A-{sentence.start}") == (("Facts", link.id),)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", "//x.example", "https://", ""]
)
def test_only_web_addresses_are_linked(url):
    view = story_of(page_view(1, BODY_A, url=url))
    assert address_of(view.witnesses[0]) is None


def test_no_line_of_the_lineage_runs_through_a_node():
    view = harmless()
    drawing = lineage.draw(view, Places(view, prefix="", excerpts=False))
    for disc in drawing.discs:
        trunks = [line for line in drawing.lines if line.path.startswith(f"M{disc.x} ")]
        for line in trunks:
            start = int(line.path.split()[1].partition("V")[0])
            end = int(line.path.partition("V")[2].partition("Q")[0])
            assert not min(start, end) < disc.y < max(start, end)


def test_a_circle_of_sources_is_drawn_all_the_same():
    view = harmless()
    a, b = (witness.page for witness in view.witnesses)
    edges = (
        StemmaEdge(STORY, a, b, 0.5, (), None),
        StemmaEdge(STORY, b, a, 0.5, (), None),
        StemmaEdge(STORY, a, a, 0.5, (), None),
    )
    looped = _with(view, edges=edges, nodes=(StemmaNode(STORY, "X*", NodeKind.ARCHETYPE, "X"),))
    assert len(lineage.draw(looped, Places(looped, prefix="", excerpts=False)).lines) == 3


def test_second_sources_are_dashed():
    view = harmless()
    drawing = lineage.draw(view, Places(view, prefix="", excerpts=False))
    assert [line.is_dashed for line in drawing.lines] == [False, False, True]
    assert drawing.has_second
    assert drawing.has_unseen


def test_changed_words_keep_their_sentence():
    view = harmless()
    (told,) = collation.told_pairs(view, Places(view, prefix="", excerpts=False))
    assert [row.change for row in told.rows] == ["edited", "cut", "cut"]
    left = told.rows[0].left
    assert "".join(part.text for part in left.parts) == "The barge sank off Losk on Monday."


def test_an_excerpt_keeps_the_change_and_little_else():
    parts = [
        Part("one two three four five six seven "),
        Part("eight", "del"),
        Part(" nine ten eleven twelve thirteen fourteen fifteen sixteen"),
    ]
    told = "".join(part.text for part in excerpted(parts))
    assert told.split() == ["…", "five", "six", "seven", "eight", "nine", "ten", "eleven", "…"]


def test_an_excerpt_of_a_long_change_ends():
    parts = [Part(" ".join(f"w{i}" for i in range(60)), "ins"), Part(" and more")]
    told = "".join(part.text for part in excerpted(parts)).split()
    assert len(told) == 16
    assert told[-1] == "…"


def test_the_strip_keeps_every_mark_inside():
    strip = chronology.strip(harmless())
    assert strip is not None
    for mark in strip.marks:
        assert mark.x >= 0
        assert mark.x + mark.width <= strip.width
        assert 0 < mark.y < strip.height
    assert [mark.is_solid for mark in strip.marks] == [True, False]


def test_the_strip_needs_two_dates():
    assert chronology.strip(story_of(page_view(1, BODY_A), edtf=None)) is None


def test_words_in_their_sentence_are_told_with_what_is_around_them():
    view = harmless()
    witness = view.witnesses[1]
    start = witness.report.page.text.index("sailors")
    places = Places(view, prefix="", excerpts=False)
    before, words, after = places.context(Pointer(witness.page, start, start + len("sailors")), 1)
    assert (before, words.text, after) == ("Seven ", "sailors", " were …")
    assert places.sentence(Pointer(witness.page, 0, 3)).span == Span(0, 3)
    assert BODY_B


def _with(view, **changes):
    from dataclasses import replace

    return replace(view, **changes)


@pytest.mark.parametrize(
    ("edtf", "is_told", "words"),
    [
        ("../2025-03-03", False, "by 3 March 2025, no day told"),
        ("2025-03-03/..", False, "3 March 2025 or later, no day told"),
        ("../2025-03-03", True, "by 3 March 2025"),
        ("2025-03-03", False, "Monday 3 March 2025"),
        (None, False, "Date not told"),
    ],
)
def test_a_day_of_print_that_stands_for_an_untold_day_says_so(edtf, is_told, words):
    place = Pointer(PageId("0" * 32), 0, 4)
    told = place if is_told else None
    event = Event(StoryId("1"), "E1", edtf, told, (), (), place, (place,), Factuality.HAPPENED, ())
    assert chronology._date_told(event) == words
