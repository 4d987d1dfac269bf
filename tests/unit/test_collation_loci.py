"""Loci of several witnesses: clusters, order, lemma, cut and moved readings; which pairs are collated."""

from collections import Counter

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import SegmentKind, Sentence
from retold.model.story import Alignment, Change, Locus, Match, Story, StoryId
from retold.stages.collation import STAGE
from retold.tables.table import ALIGNMENTS, LOCI, MATCHES, PAGES, SENTENCES, STORIES

SANK = "The ferry Alma sank in heavy seas off the coast of Velland."
DIVERS = "Divers found nine bodies in the wreck on the second day."
CREW = "Most of the crew had trained at the naval school in Osterby."
OWNER = "The owner of the line declined to take calls from relatives."
INQUIRY = "An inquiry opens in the old harbour court next spring."
BUOYS = "Fishermen had complained for years that the buoys were unlit."


def collated(*reports: list[str], matches: tuple[Match, ...] = ()) -> MemoryTables:
    """Collate reports given as lists of sentences; page ids are their places, "0" first."""
    tables, pages, sentences = MemoryTables(), [], []
    for w, report in enumerate(reports):
        page, at = PageId(str(w)), 0
        for sentence in report:
            sentences.append(Sentence(page, at, at + len(sentence), SegmentKind.BODY))
            at += len(sentence) + 1
        text = "\n".join(report)
        pages.append(Page(page, "", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0)))
    ids = tuple(page.page for page in pages)
    tables.put(PAGES, pages)
    tables.put(SENTENCES, sentences)
    tables.put(MATCHES, matches)
    tables.put(STORIES, [Story(StoryId("s"), StoryId("s"), "", None, None, ids)])
    return run_stages(tables, [STAGE])


def table(tables: MemoryTables) -> list[str]:
    """Write each locus as its readings, ``0:kept 1:cut``, the lemma's witness with a star."""

    def written(locus: Locus) -> str:
        stars = {True: "*", False: ""}
        moved = {True: "!", False: ""}
        return " ".join(f"{r.page}{stars[r.page == locus.lemma]}:{r.change}{moved[r.moved]}" for r in locus.readings)

    return [written(locus) for locus in tables.rows(LOCI)]


def test_loci_are_common_to_all_witnesses():
    changed = SANK.replace("heavy", "rough")
    tables = collated([SANK, DIVERS, CREW, OWNER], [changed, DIVERS, CREW, OWNER], [changed, BUOYS, DIVERS, CREW])
    assert table(tables) == [
        "0:edited 1*:kept 2:kept",
        "0:cut 1:cut 2*:kept",
        "0*:kept 1:kept 2:kept",
        "0*:kept 1:kept 2:kept",
        "0*:kept 1:kept 2:cut",
    ]


def test_witness_with_nothing_in_common_has_no_cut_readings():
    assert table(collated([SANK, DIVERS], [INQUIRY, BUOYS])) == ["0*:kept", "0*:kept", "1*:kept", "1*:kept"]


def test_moved_reading_stands_in_the_lemma_place():
    tables = collated([SANK, DIVERS, CREW, OWNER], [SANK, CREW, OWNER, DIVERS])
    assert table(tables) == ["0*:kept 1:kept", "0*:kept 1:kept!", "0*:kept 1:kept", "0*:kept 1:kept"]


def test_split_sentence_is_one_locus():
    whole = f"{SANK[:-1]} and divers found nine bodies in the wreck on the second day."
    tables = collated([whole, CREW], [SANK, DIVERS, CREW], [SANK, DIVERS, CREW])
    changes = Counter(reading.change for locus in tables.rows(LOCI) for reading in locus.readings if reading.spans)
    assert sum(len(reading.spans) for locus in tables.rows(LOCI) for reading in locus.readings) == 8
    assert changes[Change.SPLIT] + changes[Change.MERGED] >= 1


def test_chain_of_rewordings_does_not_give_a_witness_two_places():
    near = DIVERS.replace("nine", "ten")
    tables = collated([DIVERS, near], [near, DIVERS], [DIVERS])
    for locus in tables.rows(LOCI):
        assert all(len(reading.spans) <= 1 for reading in locus.readings)


def test_places_of_later_witnesses_follow_what_stands_before_them():
    tables = collated([SANK, CREW], [SANK, DIVERS, CREW], [BUOYS, SANK, CREW, OWNER])
    texts = {page.page: page.text for page in tables.rows(PAGES)}
    order = [
        texts[locus.lemma][slice(*next(r.spans[0] for r in locus.readings if r.page == locus.lemma))]
        for locus in tables.rows(LOCI)
    ]
    assert order == [BUOYS, SANK, DIVERS, CREW, OWNER]


def pairs_of(tables: MemoryTables) -> set[tuple[str, str]]:
    return {(row.a, row.b) for row in tables.rows(ALIGNMENTS)}


def test_every_pair_of_twelve_is_collated():
    assert len(pairs_of(collated(*[[SANK, DIVERS]] * 12))) == 66


def test_larger_stories_are_collated_with_the_earliest_and_the_nearest():
    reports = [[SANK, CREW]] * 6 + [[SANK, DIVERS, OWNER]] * 7
    found = pairs_of(collated(*reports))
    assert ("0", "5") in found
    assert {("0", "12"), ("6", "12")} <= found
    assert ("5", "12") not in found
    assert len(found) < 2 * len(reports)


def test_matches_say_who_is_nearest_in_larger_stories():
    match = Match(PageId("12"), PageId("4"), 40, 0.9, 0.9, ())
    assert ("4", "12") in pairs_of(collated(*[[SANK, DIVERS]] * 13, matches=(match,)))


def test_alignment_spans_open_on_their_sentences():
    tables = collated([SANK, DIVERS], [DIVERS, CREW])
    texts = {page.page: page.text for page in tables.rows(PAGES)}

    def words(row: Alignment) -> tuple[list[str], list[str], Change]:
        return (
            [texts[row.a][s.start : s.end] for s in row.a_units],
            [texts[row.b][s.start : s.end] for s in row.b_units],
            row.change,
        )

    assert [words(row) for row in tables.rows(ALIGNMENTS)] == [
        ([SANK], [], Change.CUT),
        ([DIVERS], [DIVERS], Change.KEPT),
        ([], [CREW], Change.ADDED),
    ]
