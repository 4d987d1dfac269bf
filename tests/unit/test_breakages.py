import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.facts import EntityType, Mention
from retold.model.page import Characters, Page, PageFormat, Pointer, page_id_of
from retold.model.report import Segment, SegmentKind, Sentence
from retold.model.story import Alignment, Change, Edit, EditKind, StemmaEdge, Story, StoryId
from retold.stages import breakages
from retold.tables import table as t
from retold.text.spans import Span
from tests.unit.stemma_story import STORY, Told, story

START = ["The storm closed the port of Ossel on Monday.", "Waves broke over the outer wall in the night."]
CALM = ["The ferries stayed in their berths until noon.", "Four cranes on the eastern quay were bent by the gusts."]


def alone(sentences: list[str]) -> list[str]:
    """Return the words that are flagged in a report that stands alone."""
    text, segments, found = " ".join(sentences), [], []
    page = page_id_of("a.txt", text.encode())
    at = 0
    for sentence in sentences:
        found.append(Sentence(page, at, at + len(sentence), SegmentKind.BODY))
        at += len(sentence) + 1
    segments.append(Segment(page, 0, len(text), SegmentKind.BODY))
    tables = MemoryTables()
    tables.put(t.PAGES, [Page(page, "a.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))])
    tables.put(t.SEGMENTS, segments)
    tables.put(t.SENTENCES, found)
    tables.put(t.STORIES, [Story(StoryId(page), StoryId(page), "", None, None, (page,))])
    run_stages(tables, [breakages.STAGE])
    return [row.word for row in tables.rows(t.BREAKAGES)]


@pytest.mark.parametrize(
    "sentences",
    [
        [*START, *CALM, "He posted a picture of the bent cranes and promised to send more."],
        [*START, *CALM, "She called it the worst night in forty years."],
        [
            *START,
            "One of the armed factions, Harat Nuur, fired shells at the wall.",
            CALM[1],
            "His picture showed it.",
        ],
    ],
)
def test_a_pronoun_with_nobody_near_is_told(sentences):
    assert alone(sentences) == [sentences[-1].split()[0]]


@pytest.mark.parametrize(
    "sentences",
    [
        [*START, *CALM, "A spokeswoman said the port would open on Tuesday.", "She gave no hour."],
        [*START, *CALM, "Marta Lindqvist runs the ferries.", "She gave no hour."],
        [*START, *CALM, "The harbour master closed the lock.", CALM[0], "He gave no hour."],
        [*START, *CALM, '"He has left us alone," the note on the door read.'],
        [*START, *CALM, "He is the last of his trade, Jon Berg of the pilots' guild admitted."],
        [*START, *CALM, "Lindqvist takes the first ferry every day.", "She gave no hour."],
        ["He was born in Ossel.", *START],
    ],
)
def test_a_normal_pronoun_is_not_told(sentences):
    assert alone(sentences) == []


def test_an_orphaned_pronoun_points_to_the_sentence_another_report_has():
    common = dict(enumerate([*START, *CALM]))
    named = "The pilot Jon Berg was the last to leave the quay."
    pronoun = "He watched the cranes bend and waited for the tide."
    told = {
        "A": Told(common | {8: named, 9: pronoun}),
        "B": Told(common | {9: pronoun}),
    }
    tables, pages = story(told)
    run_stages(tables, [breakages.STAGE])
    (row,) = tables.rows(t.BREAKAGES)
    assert (row.page, row.word, row.kind) == (pages["B"], "He", "orphaned pronoun")
    assert row.elsewhere == Pointer(pages["A"], *told["A"].spans[8])
    assert f"{{{pages['A']}}} has a sentence before it" in row.says


def test_a_pronoun_that_reports_have_in_common_is_told_once():
    common = dict(enumerate([*START, *CALM, "He watched the cranes bend and waited for the tide."]))
    first, second, other = "Rain fell as well.", "Hail fell as well.", "Two sheds lost their roofs in the storm."
    told = {
        "A": Told(common | {8: first}, published="2021-03-01T08:00:00Z"),
        "B": Told(common | {9: second}, published="2021-03-01T09:00:00Z"),
        "C": Told({**dict(enumerate(START)), 7: other, 4: common[4]}, published="2021-03-01T10:00:00Z"),
    }
    tables, pages = story(told)
    run_stages(tables, [breakages.STAGE])
    rows = [row for row in tables.rows(t.BREAKAGES) if row.kind == "orphaned pronoun"]
    assert rows[0].page == pages["A"]
    assert "another report has the same before it" in rows[0].says
    assert pages["B"] not in {row.page for row in rows}


def test_a_report_that_puts_a_sentence_between_shows_no_cut_in_the_others():
    pronoun = "He watched the cranes bend and waited for the tide."
    common = dict(enumerate([*START, *CALM])) | {9: pronoun}
    told = {
        "A": Told(common | {10: "Rain fell as well."}, published="2021-03-01T08:00:00Z"),
        "B": Told(common | {11: "Hail fell as well."}, published="2021-03-01T09:00:00Z"),
        "C": Told(common | {7: "The pilot Jon Berg was the last to leave."}, published="2021-03-01T10:00:00Z"),
    }
    tables, pages = story(told)
    run_stages(tables, [breakages.STAGE])
    (row,) = (row for row in tables.rows(t.BREAKAGES) if row.kind == "orphaned pronoun")
    assert (row.page, row.elsewhere) == (pages["A"], None)


def test_a_surname_is_told_when_only_the_other_report_introduces_it():
    full = "The ferries are run by Marta Lindqvist and her two brothers."
    bare = "The closure has cost Lindqvist a week of fares, the council reckons."
    told = {"A": Told({0: START[0], 1: full, 2: bare}), "B": Told({0: START[0], 2: bare})}
    tables, pages = story(told)
    full_at = told["A"].spans[1].start + full.index("Marta")
    bare_at = told["B"].spans[2].start + bare.index("Lindqvist")
    marked = [
        Mention(pages["A"], Span(full_at, full_at + 15), EntityType.PERSON, "marta lindqvist"),
        Mention(pages["B"], Span(bare_at, bare_at + 9), EntityType.PERSON, "lindqvist"),
    ]
    tables.put(t.MENTIONS, marked)
    run_stages(tables, [breakages.STAGE])
    (row,) = tables.rows(t.BREAKAGES)
    assert (row.page, row.word, row.kind) == (pages["B"], "Lindqvist", "orphaned name")
    assert "Marta Lindqvist" in row.says


def test_the_resolution_is_told_when_only_the_other_report_has_one():
    passed = "Last month the council passed a resolution to widen the lock."
    after = "The resolution came after three ships were stuck in the basin for days."
    told = {"A": Told({0: START[0], 1: passed, 2: after}), "B": Told({0: START[0], 2: after})}
    tables, pages = story(told)
    run_stages(tables, [breakages.STAGE])
    assert [(r.page, r.word) for r in tables.rows(t.BREAKAGES)] == [(pages["B"], "resolution")]


def test_the_pair_is_told_when_only_the_other_report_names_them():
    named = "Jon Berg and Marta Lindqvist were pulled from the water at dawn."
    after = "Boats had searched for the pair through the night despite the waves."
    told = {"A": Told({0: START[0], 1: CALM[1], 2: named, 3: after}), "B": Told({0: START[0], 1: CALM[1], 3: after})}
    tables, pages = story(told)
    run_stages(tables, [breakages.STAGE])
    assert [(r.page, r.word) for r in tables.rows(t.BREAKAGES)] == [(pages["B"], "the pair")]


def _edited(a: str, b: str, edits: tuple[tuple[str, str, EditKind], ...] = (), **more: str):
    told = {
        "A": Told({0: a}, published="2024-03-04", correction=more.get("correction")),
        "B": Told({0: b}, published=more.get("day", "2024-03-05")),
    }
    tables, pages = story(told)
    if "source" in more:
        tables.put(t.STEMMA_EDGES, [StemmaEdge(STORY, pages[more["source"]], pages["B"], 0.9, (), None)])
    one, two = told["A"].spans[0], told["B"].spans[0]
    spans = [Edit(_span(one, a, left), _span(two, b, right), (kind,)) for left, right, kind in edits]
    row = Alignment(STORY, pages["A"], pages["B"], (one,), (two,), Change.EDITED, False, (), tuple(spans))
    tables.put(t.ALIGNMENTS, [row])
    run_stages(tables, [breakages.STAGE])
    names = {page: name for name, page in pages.items()}
    return [(names[r.page], r.kind, r.word) for r in tables.rows(t.BREAKAGES)]


def _span(unit: Span, text: str, words: str) -> Span:
    start = unit.start + text.index(words)
    return Span(start, start + len(words))


def test_a_claim_turned_into_a_fact_is_told():
    a, b = "The northern lock was blocked by sabotage, police said.", "The northern lock was blocked by sabotage."
    found = _edited(a, b, (("police said", "", EditKind.ATTRIBUTION),))
    assert found == [("B", "lost attribution", "said")]


def test_a_quotation_without_its_speaker_is_still_a_quotation():
    a, b = '"The northern lock is shut for the week," she said.', '"The northern lock is shut for the week."'
    assert _edited(a, b, (("she said", "", EditKind.ATTRIBUTION),)) == []


def test_a_lost_hedge_is_told():
    a, b = "The lock was reportedly blocked on purpose.", "The lock was blocked on purpose."
    found = _edited(a, b, (("reportedly", "", EditKind.HEDGE),))
    assert found == [("B", "lost hedge", "reportedly")]


def test_a_changed_number_is_told_and_the_same_number_in_words_is_not():
    a, b = "The storm bent 4 cranes on the quay.", "The storm bent 14 cranes on the quay."
    assert _edited(a, b, (("4", "14", EditKind.NUMBER),)) == [("B", "changed number", "14")]
    assert _edited(a, a.replace("4", "four"), (("4", "four", EditKind.NUMBER),)) == []


@pytest.mark.parametrize(
    ("a", "b", "left", "right", "kind"),
    [
        (
            '"The harbour is shut," she said.',
            '"The harbor is shut," she said.',
            "harbour",
            "harbor",
            EditKind.HOUSE_STYLE,
        ),
        (
            '"Somebody is out there," she said.',
            '"Somebody\'s out there," she said.',
            "Somebody",
            "Somebody's",
            EditKind.QUOTE,
        ),
    ],
)
def test_spelling_and_contraction_change_no_quotation(a, b, left, right, kind):
    assert _edited(a, b, ((left, right, kind),)) == []


def test_a_changed_word_inside_a_quotation_is_told():
    a, b = '"The harbour is shut," she said.', '"The harbour is lost," she said.'
    assert _edited(a, b, (("shut", "lost", EditKind.QUOTE),)) == [("B", "changed quote", "lost")]


def test_a_post_printed_without_its_verb_is_no_claim_turned_into_a_fact():
    a = "The northern lock was blocked by sabotage all night, Reed tweeted."
    b = "The northern lock was blocked by sabotage all night. — Ann Reed (@annreed) May 3, 2021"
    assert _edited(a, b, (("Reed tweeted", "", EditKind.ATTRIBUTION),)) == []


def test_a_later_report_with_the_corrected_reading_missed_the_correction():
    found = _edited(
        "The storm bent 4 cranes on the quay.",
        "The storm bent 14 cranes on the quay.",
        (("4", "14", EditKind.NUMBER),),
        correction="Correction: an earlier version said 14 cranes were bent. It was 4.",
    )
    assert ("B", "missed correction", "14") in found


@pytest.mark.parametrize(
    ("a", "b", "left", "right"),
    [
        ('"The damned lock is shut," she said.', '"The d----- lock is shut," she said.', "damned", "d"),
        ('"The damned lock is shut," she said.', '"The dam—ed lock is shut," she said.', "damned", "dam—ed"),
        ('"They bent the cranes," she said.', '"[The gusts] bent the cranes," she said.', "They", "The gusts"),
        ('"It recalls World War II," she said.', '"It recalls World War Two," she said.', "II", "Two"),
    ],
)
def test_masked_letters_brackets_and_numerals_change_no_quotation(a, b, left, right):
    assert _edited(a, b, ((left, right, EditKind.QUOTE),)) == []


def test_another_telling_of_what_was_said_is_no_changed_quotation():
    a = '"I wish to give my warmest thanks to the pilots of Ossel," she said.'
    b = '"I want to offer my loving thanks to the pilots of Ossel," she said.'
    edits = (("wish", "want"), ("give", "offer"), ("warmest", "loving"))
    assert _edited(a, b, tuple((left, right, EditKind.QUOTE) for left, right in edits)) == []


def test_a_carrier_that_adds_a_source_shows_no_loss_in_the_report_it_copied():
    a = "The lock was blocked by sabotage in the night."
    b = "The lock was blocked by sabotage in the night, police said."
    edits = (("", ", police said", EditKind.ATTRIBUTION),)
    assert _edited(a, b, edits, day="2024-03-04") == [("A", "lost attribution", "said")]
    assert _edited(a, b, edits, day="2024-03-04", source="A") == []


SPOKEN = "“We saw the cranes bend,” Berg said."


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        ([*START, *CALM, SPOKEN], ["Berg"]),
        ([*START, "The pilot Jon Berg was on the quay.", *CALM, SPOKEN], []),
        ([*START, "The pilots' leader Berg was on the quay.", *CALM, SPOKEN], []),
        ([*START, "It bent the house of Berg, who owns the ferries.", *CALM, SPOKEN], []),
        ([*START, *CALM, "“We saw the cranes bend,” Obama said."], []),
        ([*START, *CALM, "“We saw the cranes bend,” Analysts said.", "The analysts were on the quay."], []),
        ([*START, *CALM, "“We saw the cranes bend,” Norwegians said."], []),
        ([*START, "Marta Lindkvist runs the ferries.", "“We saw it,” Lindqvist said."], []),
        ([*START, *CALM, "The note read “Berg said we may go” in large letters."], []),
    ],
)
def test_a_speaker_named_by_surname_alone_is_told_when_nothing_says_who_it_is(sentences, told):
    assert alone(sentences) == told


def test_letters_that_every_reader_knows_need_no_introduction():
    common = dict(enumerate([*START, *CALM]))
    known, unknown = "The FBI asked for the tapes of the night.", "The HPB asked for the tapes of the night."
    told = {
        "A": Told(
            common
            | {7: "The Federal Bureau of Investigation (FBI) and the Harbour Pilots Board (HPB) came on Tuesday."}
            | {8: known, 9: unknown}
        ),
        "B": Told(common | {8: known, 9: unknown}),
    }
    tables, pages = story(told)
    run_stages(tables, [breakages.STAGE])
    assert [(row.page, row.word) for row in tables.rows(t.BREAKAGES)] == [(pages["B"], "HPB")]
