"""What must hold for any two texts: every unit once, valid spans, mirror, self, permutation."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import SegmentKind, Sentence
from retold.model.story import Change, EditKind, Story, StoryId
from retold.stages.collation import STAGE, align
from retold.stages.collation.assignment import heaviest_matching, main_order
from retold.tables.table import ALIGNMENTS, LOCI, PAGES, SENTENCES, STORIES

WORDS = """
    the a of in on said told Reuters police port ferry Alma Velland dam held fire twelve 12 1,200 Monday
    Qasim Kassim mayor “flood” 'gate' harbour harbor U.S. US 5% apparently reef storm quarry bridge
    """
sentence = st.one_of(
    st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14).map(lambda words: " ".join(words) + "."),
    st.text(min_size=1, max_size=30).filter(lambda s: s.strip() != ""),
)
report = st.lists(sentence, max_size=8)
MIRROR = {Change.CUT: Change.ADDED, Change.ADDED: Change.CUT, Change.SPLIT: Change.MERGED, Change.MERGED: Change.SPLIT}


@given(report, report)
def test_every_unit_stands_in_exactly_one_row(a, b):
    rows = align(a, b)
    assert sorted(i for row in rows for i in row.a) == list(range(len(a)))
    assert sorted(j for row in rows for j in row.b) == list(range(len(b)))


@given(report, report)
def test_edits_are_in_order_inside_their_units_and_trimmed_to_the_text(a, b):
    text_a, text_b = "\n".join(a), "\n".join(b)
    for row in align(a, b):
        for edit in row.edits:
            assert 0 <= edit.a.start <= edit.a.end <= len(text_a)
            assert 0 <= edit.b.start <= edit.b.end <= len(text_b)
            assert edit.kinds == tuple(sorted(set(edit.kinds)))
            assert edit.kinds
        assert all(one.a.end <= two.a.start and one.b.end <= two.b.start for one, two in pairwise(row.edits))
        assert row.kinds == tuple(sorted({kind for edit in row.edits for kind in edit.kinds}))
        if row.change is Change.KEPT:
            assert set(row.kinds) <= {EditKind.TRIVIAL}
        assert bool(row.edits) <= (row.change not in (Change.CUT, Change.ADDED))


@given(report)
def test_report_against_itself_is_kept_and_unmoved(a):
    assert [(row.a, row.b, row.change, row.moved, row.kinds) for row in align(a, a)] == [
        ((i,), (i,), Change.KEPT, False, ()) for i in range(len(a))
    ]


@given(report, report)
def test_exchanged_reports_give_the_mirror(a, b):
    there = {(row.a, row.b, row.change, row.moved) for row in align(a, b)}
    back = {(row.b, row.a, MIRROR.get(row.change, row.change), row.moved) for row in align(b, a)}
    assert there == back


@given(report.flatmap(lambda a: st.tuples(st.just(a), st.permutations(a))))
def test_permuted_report_is_kept_and_partly_moved(both):
    a, b = both
    rows = align(a, b)
    assert {row.change for row in rows} <= {Change.KEPT}
    stays = [row.b for row in rows if not row.moved]
    assert stays == sorted(stays)


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0.1, 1), max_size=10))
def test_matching_is_the_heaviest(weights):
    def best(left: frozenset[int], edges: list) -> float:
        if not edges:
            return 0.0
        (i, j), *rest = edges
        without = best(left, rest)
        if i in left or ~j in left:
            return without
        return max(without, weights[i, j] + best(left | {i, ~j}, rest))

    found = heaviest_matching(weights)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert abs(sum(weights[edge] for edge in found) - best(frozenset(), sorted(weights))) < 1e-6


@given(st.permutations(range(7)), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_main_order_is_the_longest_and_then_the_heaviest(places, words):
    items = list(zip(places, words, strict=True))
    stays = main_order(items)
    chains = [[items[i] for i in range(7) if mask >> i & 1] for mask in range(1 << 7)]
    rising = [c for c in chains if all(x[0] < y[0] for x, y in pairwise(c))]
    best = max((len(c), sum(w for _, w in c)) for c in rising)
    assert (len(stays), sum(items[i][1] for i in stays)) == best


def tables_of(reports: list[list[str]], order: list[int]) -> MemoryTables:
    """Build the rows that collation reads, the pages standing in the tables in the given order."""
    tables = MemoryTables()
    pages, sentences = [], []
    for w in order:
        text = "\n".join(line.replace("\n", " ") for line in reports[w])
        page = PageId(f"{w:032d}")
        counted = Characters(0, 0, 0)
        pages.append(Page(page, f"{w}.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, counted))
        at = 0
        for line in text.split("\n"):
            if line:
                sentences.append(Sentence(page, at, at + len(line), SegmentKind.BODY))
            at += len(line) + 1
    ids = tuple(PageId(f"{w:032d}") for w in range(len(reports)))
    story = Story(StoryId("s"), StoryId("s"), "", None, None, ids)
    tables.put(PAGES, pages)
    tables.put(SENTENCES, sentences)
    tables.put(STORIES, [story])
    return run_stages(tables, [STAGE])


story = st.lists(report, min_size=1, max_size=4)


@given(story.flatmap(lambda r: st.tuples(st.just(r), st.permutations(range(len(r))))))
def test_order_of_input_rows_does_not_matter(both):
    reports, order = both
    one, other = tables_of(reports, list(range(len(reports)))), tables_of(reports, list(order))
    assert one.rows(ALIGNMENTS) == other.rows(ALIGNMENTS)
    assert one.rows(LOCI) == other.rows(LOCI)


@given(story)
def test_every_unit_of_every_witness_stands_in_exactly_one_locus(reports):
    tables = tables_of(reports, list(range(len(reports))))
    found = sorted((r.page, span) for locus in tables.rows(LOCI) for r in locus.readings for span in r.spans)
    texts = {page.page: page.text for page in tables.rows(PAGES)}
    units = sorted(
        (s.page, trimmed) for s in tables.rows(SENTENCES) if (trimmed := _trimmed(texts[s.page], s)) is not None
    )
    assert [(page, tuple(span)) for page, span in found] == units
    for i, locus in enumerate(tables.rows(LOCI)):
        assert locus.i_locus == i
        (lemma,) = [r for r in locus.readings if r.page == locus.lemma]
        assert (lemma.change, lemma.moved, lemma.kinds) == (Change.KEPT, False, ())
        assert len({r.page for r in locus.readings}) == len(locus.readings)
        assert all((r.change is Change.CUT) == (not r.spans) for r in locus.readings)


def _trimmed(text: str, s: Sentence) -> tuple[int, int] | None:
    cut = text[s.start : s.end]
    if not cut.strip():
        return None
    return s.start + len(cut) - len(cut.lstrip()), s.start + len(cut.rstrip())
