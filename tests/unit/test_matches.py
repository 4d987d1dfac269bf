"""Passages shared by invented reports: what is found, where it stands, and why it is shared."""

import functools
import operator
import subprocess
import sys
from itertools import pairwise

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.model.story import MatchType
from retold.plain import join
from retold.plain.align import align
from retold.plain.passages import paying
from retold.plain.refine import OFTEN, RUN, refine
from retold.plain.winnow import winnow
from retold.stages import matches, sentences
from retold.tables.table import MATCHES, META, PAGES, SEGMENTS

FIRE = (
    "A fire broke out early Monday in a timber warehouse at the northern port, "
    "sending black smoke across the bay. "
    "Two dock workers were treated for burns, the harbour master said. "
)
SHORT = "Nobody on board was hurt. "
CAUSE = "Investigators believe that a faulty cable in the loading crane started the blaze shortly after the shift. "
OTHER = "Ferry services to the outer islands resumed in the afternoon after crews cleared the main channel of debris. "
QUOTE = '"We will rebuild this quay stone by stone, and no insurer on earth is going to stop us doing it," {} said. '
FOOTER = "Sign up for our morning letter and get the ten stories that matter to this coast before your first coffee. "
WEATHER = "Rain is expected along the coast for most of the week while winds turn to the west by Thursday evening. "

BODY, FURNITURE = SegmentKind.BODY, SegmentKind.FURNITURE


def _tables(texts, *, days=(), outlets=()):
    """Return the tables of pages a, b, c ...; a text is a string or (kind, string) segments."""
    tables = MemoryTables()
    pages, segments, meta = [], [], []
    for i, parts in enumerate(texts):
        page = PageId(f"{i:032x}")
        parts = [(BODY, parts)] if isinstance(parts, str) else parts
        text = "".join(part for _, part in parts)
        pages.append(Page(page, f"{i}.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0)))
        at = 0
        for kind, part in parts:
            segments.append(Segment(page, at, at + len(part), kind))
            at += len(part)
        if days:
            meta.append(MetaValue(page, MetaField.PUBLISHED, days[i], "html"))
        if outlets:
            meta.append(MetaValue(page, MetaField.OUTLET, outlets[i], "html"))
    tables.put(PAGES, pages)
    tables.put(SEGMENTS, segments)
    tables.put(META, meta)
    return run_stages(tables, [sentences.STAGE])


def _matches(*texts, stage=matches.STAGE, **meta):
    return run_stages(_tables(texts, **meta), [stage]).rows(MATCHES)


def _words_of_spans(match, *texts):
    a, b = texts
    return [(a[s.a0 : s.a1], b[s.b0 : s.b1]) for s in match.spans]


def test_same_text_is_one_passage_of_the_whole():
    (match,) = _matches(FIRE, FIRE)
    assert _words_of_spans(match, FIRE, FIRE) == [(FIRE.strip(" ."), FIRE.strip(" ."))]
    assert (match.containment_a, match.containment_b) == (1.0, 1.0)
    assert match.a < match.b


def test_unrelated_reports_share_nothing():
    assert _matches(FIRE, WEATHER) == ()


def test_passage_under_twelve_words_alone_is_no_match():
    shared = "Two dock workers were treated for burns. "
    assert _matches(shared + OTHER, shared) == ()


def test_letter_case_quotes_and_apostrophes_do_not_count():
    (match,) = _matches(FIRE, FIRE.upper())
    assert match.containment_a == 1.0


def test_copied_passage_in_new_surroundings_has_its_borders():
    a, b = WEATHER + FIRE + OTHER, CAUSE + FIRE
    (match,) = _matches(a, b)
    assert _words_of_spans(match, a, b) == [(FIRE.strip(" ."), FIRE.strip(" ."))]
    assert match.shared_words == 31
    assert match.containment_b == pytest.approx(31 / 48)


def test_edited_words_inside_a_passage_are_bridged_and_not_counted():
    b = FIRE.replace("black", "thick").replace("early ", "").replace("dock workers", "young dock workers")
    (match,) = _matches(FIRE, b)
    assert len(match.spans) == 1
    assert match.shared_words == 29


def test_moved_passages_give_separate_spans():
    a, b = FIRE + CAUSE, CAUSE + FIRE
    (match,) = _matches(a, b)
    assert _words_of_spans(match, a, b) == [
        (FIRE.strip(" ."), FIRE.strip(" .")),
        (CAUSE.strip(" ."), CAUSE.strip(" .")),
    ]


def test_short_sentence_copied_whole_near_a_passage_is_kept():
    whole = (SHORT.strip(" ."), SHORT.strip(" ."))
    a, b = FIRE + WEATHER + SHORT, FIRE + OTHER + SHORT
    (match,) = _matches(a, b)
    assert whole in _words_of_spans(match, a, b)
    a, b = FIRE + WEATHER * 3 + SHORT, FIRE + OTHER * 3 + SHORT
    (match,) = _matches(a, b)
    assert whole not in _words_of_spans(match, a, b)


def test_each_word_is_in_one_span_when_a_passage_stands_twice():
    (match,) = _matches(FIRE + FIRE, FIRE)
    assert match.shared_words == 31
    assert match.containment_b == 1.0


def test_quotation_in_both_is_no_copy():
    a = WEATHER + QUOTE.format("Mayor Ann Marsh")
    b = OTHER + QUOTE.format("the mayor").replace('"', "“")
    (match,) = _matches(a, b.replace(",“", ",”"))
    assert [span.type for span in match.spans] == [MatchType.QUOTE]
    assert match.shared_words > 15


def test_passage_quoted_by_one_report_only_is_a_copy():
    quoted = WEATHER + "\n\n" + QUOTE.format("the mayor")
    bare = OTHER + "\n\n" + QUOTE.format("the mayor").replace('"', "")
    (match,) = _matches(quoted, bare)
    assert [span.type for span in match.spans] == [MatchType.COPY]


def test_post_in_one_report_and_quoted_in_the_other_is_no_copy():
    words = FIRE.strip()
    a = WEATHER + "\n\n" + words + " — Ann Reed (@annreed) May 3, 2021\n\n"
    b = OTHER + "\n\n“" + words + "”\n\n"
    (match,) = _matches(a, b)
    assert [span.type for span in match.spans] == [MatchType.QUOTE]


def test_embedded_post_is_no_copy():
    post = "\n\n" + FIRE.strip() + " — Ann Reed (@annreed) May 3, 2021\n\n"
    (match,) = _matches(WEATHER + post, OTHER + post)
    assert [span.type for span in match.spans] == [MatchType.QUOTE]


def test_quotation_with_its_surroundings_is_a_copy():
    (match,) = _matches(FIRE + QUOTE.format("she") + CAUSE, FIRE + QUOTE.format("she") + CAUSE)
    assert [span.type for span in match.spans] == [MatchType.COPY]


UNRELATED = (FIRE, CAUSE, OTHER, WEATHER)
DAYS = ("2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01")


def test_footer_of_unrelated_reports_is_boilerplate():
    found = _matches(*(text * 3 + FOOTER for text in UNRELATED), days=DAYS, outlets=("Coast Post",) * 4)
    assert len(found) == 6
    assert {span.type for match in found for span in match.spans} == {MatchType.BOILERPLATE}
    assert {match.shared_words for match in found} == {0}


def test_same_words_within_a_few_days_may_be_wire_copy():
    days = ("2020-01-01", "2020-01-02", "2020-01-02", "2020-01-03")
    found = _matches(*(text * 3 + FOOTER for text in UNRELATED), days=days, outlets=("a", "b", "c", "d"))
    assert {span.type for match in found for span in match.spans} == {MatchType.COPY}


def test_boilerplate_beside_a_copy_is_told_apart():
    # The two reports of the fire share the footer too; a weather line parts the passages.
    texts = [FIRE * 3 + FOOTER, FIRE * 3 + OTHER * 3 + FOOTER, CAUSE * 3 + FOOTER, WEATHER * 3 + FOOTER]
    found = {(m.a[-1], m.b[-1]): m for m in _matches(*texts, days=DAYS, outlets=("Coast Post",) * 4)}
    assert [span.type for span in found["0", "1"].spans] == [MatchType.COPY, MatchType.BOILERPLATE]
    assert found["0", "1"].containment_a == pytest.approx(93 / 113)


def test_an_item_reprinted_for_months_is_no_boilerplate():
    found = _matches(
        *(FIRE + CAUSE + text for text in ("", "", WEATHER, OTHER)), days=DAYS, outlets=("a", "b", "c", "d")
    )
    assert {span.type for match in found for span in match.spans} == {MatchType.COPY}


def test_passages_do_not_reach_over_other_segments():
    advert = "Advertisement "
    a = [(BODY, FIRE), (FURNITURE, advert), (BODY, CAUSE)]
    (match,) = _matches(a, FIRE + CAUSE)
    text = FIRE + advert + CAUSE
    assert [text[s.a0 : s.a1] for s in match.spans] == [FIRE.strip(" ."), CAUSE.strip(" .")]


def test_furniture_is_not_compared():
    page = [(FURNITURE, FIRE)]
    assert _matches(page, page) == ()


@pytest.mark.parametrize("text", ["", "\0", "\ud800 " * 20, "🙂 " * 20, "雨" * 40, "ha " * 3000, "a"])
def test_odd_text_gives_no_error(text):
    assert len(_matches(text, text)) <= 1


def test_no_page_gives_no_match():
    assert _matches() == ()


def test_order_of_pages_does_not_matter():
    tables = _tables((FIRE + CAUSE, CAUSE + WEATHER, FIRE + OTHER))
    forward = run_stages(tables, [matches.STAGE]).rows(MATCHES)
    tables.put(PAGES, reversed(tables.rows(PAGES)))
    tables.put(SEGMENTS, reversed(tables.rows(SEGMENTS)))
    assert run_stages(tables, [matches.STAGE]).rows(MATCHES) == forward


def test_few_pages_load_no_compiler():
    check = (
        "import sys; from retold.stages.matches import STAGE; "
        "from retold.engine.memory import MemoryTables, run_stages; run_stages(MemoryTables(), [STAGE]); "
        "print({'numba', 'numpy', 'duckdb', 'pyarrow'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_winnowing_shares_a_fingerprint_for_any_eight_words_in_a_row():
    left, right = list(range(100, 130)), [*range(500, 511), *range(110, 118), *range(600, 611)]
    hashes, pages, *_ = winnow(left + right, [0, 30, 60], 5, 4)
    by_page = [{h for h, page in zip(hashes, pages, strict=True) if page == i} for i in (0, 1)]
    assert by_page[0] & by_page[1]


def _joined(words, starts, days=None, outlets=None):
    """Return the pairs and what each fingerprint's hash is."""
    hashes, pages, _, tags = winnow(words, starts, 5, 4)
    unknown = [-1] * (len(starts) - 1)
    kinds = join.survey(hashes, pages, days or unknown, outlets or unknown)
    weights = join.weights_of(pages, kinds, len(unknown))
    return join.join(hashes, pages, tags, kinds, weights, join.frequent_tags(hashes, kinds)), kinds


def test_join_tells_two_pages_once():
    pairs, _ = _joined([*range(100, 300), *range(100, 180), 9, *range(181, 300)], [0, 200, 400])
    assert pairs == [(0, 1)]


def test_refine_tells_a_run_once_at_its_beginning():
    one, other = list(range(100, 160)), [*range(100, 130), 9, *range(131, 160)]
    assert refine([*one, *one], [0, 60, 120], [(0, 1)]) == [(0, 1, 0, 60)]
    assert refine([*one, *other], [0, 60, 120], [(0, 1)]) == [(0, 1, 0, 60), (0, 1, 31, 91)]


def test_refine_sees_three_words_in_a_row_between_edits():
    edited = [9 if i % 4 == 3 else 100 + i for i in range(60)]
    hits = refine([*range(100, 160), *edited], [0, 60, 120], [(0, 1)])
    assert hits == [(0, 1, i, 60 + i) for i in range(0, 60, 4)]
    assert refine([*range(100, 160), 0, 0, *range(102, 160)], [0, 60, 120], [(0, 1)]) == [(0, 1, 2, 62)]


def test_refine_looks_at_a_refrain_a_few_times_only():
    refrain = [word for i in range(50) for word in (1, 2, 3, 100 + i)]
    other = [word for i in range(50) for word in (1, 2, 3, 200 + i)]
    hits = refine([*refrain, *other], [0, 200, 400], [(0, 1)])
    assert len(hits) == OFTEN * OFTEN
    # One word repeated is one run from each of its first places.
    assert len(refine([7] * 6000, [0, 3000, 6000], [(0, 1)])) == OFTEN


def test_a_passage_with_every_fourth_word_edited_is_one_span():
    words = (FIRE + CAUSE + WEATHER).split()
    edited = " ".join("xyz" if i % 4 == 3 and i > 12 else word for i, word in enumerate(words))
    (match,) = _matches(FIRE + CAUSE + WEATHER, edited)
    (span,) = match.spans
    assert span.a1 - span.a0 > 0.9 * len(FIRE + CAUSE + WEATHER)


def test_join_links_the_pages_of_a_large_group_to_the_fullest():
    whole, n = list(range(100, 200)), 2 * join.GROUP + 40
    pages = [whole if i == 30 else whole[10:60] if i % 2 else whole[45:95] for i in range(n)]
    starts = [0]
    for page in pages:
        starts.append(starts[-1] + len(page))
    pairs, _ = _joined(functools.reduce(operator.iadd, pages, []), starts)
    # Fingerprints at the borders of an excerpt depend on its surroundings: few pages have them.
    assert {page for pair in pairs if 30 in pair for page in pair} == set(range(n))
    assert len(pairs) < n * (n - 1) / 8


@pytest.mark.parametrize(
    ("days", "outlets", "kind"),
    [
        (list(range(20)), [3] * 20, join.STANDING),
        ([1] * 20, [3] * 20, join.SMALL),
        (list(range(20)), list(range(20)), join.SMALL),
        (list(range(16)), [3] * 16, join.SMALL),
    ],
    ids=["footer", "versions of one report", "phrase", "few"],
)
def test_join_takes_what_one_outlet_prints_all_the_year_for_standing_text(days, outlets, kind):
    n = len(days)
    own = [[1000 * (i + 2) + j for j in range(20)] for i in range(n)]
    words = [word for page in own for word in [*page, *range(100, 130)]]
    _, kinds = _joined(words, list(range(0, 50 * n + 1, 50)), days, outlets)
    assert max(kinds) == kind


@pytest.mark.parametrize(
    ("days", "outlets", "kind"),
    [
        ([1] * 100, list(range(100)), join.LARGE),
        ([1] * 60 + [*range(10, 50)], list(range(100)), join.LARGE),
        (list(range(100)), list(range(100)), join.STANDING),
        (list(range(100)), [3] * 100, join.STANDING),
        ([1] * 100, [i // 20 for i in range(100)], join.STANDING),
        ([-1] * 100, [-1] * 100, join.LARGE),
    ],
    ids=["wire", "wire, told again later", "phrase all year", "footer", "footer, in one day", "nothing known"],
)
def test_join_takes_what_is_printed_all_the_time_for_standing_text(days, outlets, kind):
    own = [[1000 * (i + 2) + j for j in range(20)] for i in range(100)]
    words = [word for page in own for word in [*page, *range(100, 130)]]
    starts = list(range(0, 5001, 50))
    pairs, kinds = _joined(words, starts, days, outlets)
    assert set(kinds) == {join.SMALL, kind}
    _, _, positions, _ = winnow(words, starts, 5, 4)
    for position in (position for position, kind in zip(positions, kinds, strict=True) if kind == join.STANDING):
        words[position : position + 5] = [0] * 5
    assert bool(align(words, starts, refine(words, starts, pairs), RUN)) == (kind == join.LARGE)


def test_align_grows_on_both_sides():
    words = [*range(1, 41), 900, *range(1, 21), 901, 902, *range(21, 41)]
    starts = [0, 40, len(words)]
    ((a, b, pairs),) = align(words, starts, refine(words, starts, [(0, 1)]), RUN)
    assert (a, b, len(pairs)) == (0, 1, 40)
    assert all(x0 < x1 and y0 < y1 for (x0, y0), (x1, y1) in pairwise(pairs))


def test_paying_parts_runs_whose_gap_costs_more_than_they_gain():
    near = [(i, i) for i in range(10)] + [(i, i) for i in range(15, 25)]
    far = [(i, i) for i in range(10)] + [(i, i) for i in range(35, 45)]
    assert [len(part) for part in paying(near)] == [20]
    assert [len(part) for part in paying(far)] == [10, 10]
