"""The stage that finds shared passages gives the same rows with compiled kernels as with their plain twins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import Segment, SegmentKind
from retold.stages import matches, sentences
from retold.tables.table import MATCHES, PAGES, SEGMENTS

pytest.importorskip("numba")

VOCABULARY = [
    "the", "a", "of", "in", "on", "at", "to", "and", "port", "ferry", "mayor", "storm", "crew", "harbour",
    "night", "police", "fire", "dock", "said", "told", "were", "was", "two", "nine", "vote", "council",
    "quay", "rain", "wind", "bridge", "train", "school", "strike", "union", "wage", "budget", "court",
    "judge", "trial", "jury", "minister", "talks",
]  # fmt: skip
SENTENCE = st.lists(st.sampled_from(VOCABULARY), min_size=3, max_size=25).map(lambda words: " ".join(words) + ".")


@st.composite
def corpora(draw):
    """Reports made of a few shared sentences, some with a word changed, some quoted, and of their own."""
    shared = draw(st.lists(SENTENCE, min_size=1, max_size=6))
    reports = []
    for _ in range(draw(st.integers(0, 7))):
        parts = []
        for _ in range(draw(st.integers(0, 6))):
            part = draw(st.one_of(st.sampled_from(shared), SENTENCE))
            change = draw(st.sampled_from(["keep", "keep", "edit", "quote"]))
            if change == "edit":
                part = part.replace(" the ", " that ", 1)
            parts.append(f'"{part}"' if change == "quote" else part)
        reports.append(" ".join(parts))
    return reports


def _tables(reports):
    tables = MemoryTables()
    pages = [
        Page(PageId(f"{i:032x}"), f"{i}.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))
        for i, text in enumerate(reports)
    ]
    tables.put(PAGES, pages)
    tables.put(SEGMENTS, (Segment(p.page, 0, len(p.text), SegmentKind.BODY) for p in pages if p.text))
    return run_stages(tables, [sentences.STAGE])


def _check_spans(match, texts):
    length_a, length_b = len(texts[match.a]), len(texts[match.b])
    for span in match.spans:
        assert 0 <= span.a0 < span.a1 <= length_a
        assert 0 <= span.b0 < span.b1 <= length_b
        assert texts[match.a][span.a0 : span.a1].strip() == texts[match.a][span.a0 : span.a1]
    assert 0 <= match.containment_a <= 1
    assert 0 <= match.containment_b <= 1
    assert match.a < match.b


@settings(max_examples=20)
@given(corpora())
def test_few_pages_give_the_same_rows_compiled_and_plain(reports):
    tables = _tables(reports)
    texts = {page.page: page.text for page in tables.rows(PAGES)}
    plain = run_stages(tables, [matches.STAGE]).rows(MATCHES)
    for match in plain:
        _check_spans(match, texts)
    assert run_stages(tables, [matches.STAGE_COMPILED]).rows(MATCHES) == plain


@settings(max_examples=3)
@given(st.lists(corpora(), min_size=14, max_size=16))
def test_many_pages_give_the_same_rows_compiled_and_plain(groups):
    reports = [report for group in groups for report in group] + [f"{word} strike ended." for word in VOCABULARY * 2]
    tables = _tables(reports)
    assert len(tables.rows(PAGES)) >= matches.SMALL
    plain = run_stages(tables, [matches.STAGE]).rows(MATCHES)
    assert run_stages(tables, [matches.STAGE_COMPILED]).rows(MATCHES) == plain
