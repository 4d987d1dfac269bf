"""Whatever the text: spans valid and trimmed, nothing crashes, input order does not matter, time runs one way."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import retell
from retold.errors import RetoldError
from retold.model.page import PageId
from retold.stages.quantities.stage import quantities_of
from retold.stages.timeline.solving import Before, Window, solve
from retold.text.edtf import parse
from retold.views.json_view import story_json

PAGE = PageId("0" * 32)
WORDS = st.sampled_from(
    ["The", "crane", "fell", "on", "Monday", "killing", "two", "dozen", "1.3", "million", "3,000", "$", "%", "-", "–",
     "after", "hours", "before", "and", "days", "later", "prompting", "in", "2019", "since", "October", "19th", "attack",
     "Gen.", "Anneke", "Tolland", "said", "that", "“", "”", '"', "who", ",", ".", ";", "will", "not", "(", ")", "of",
     "the", "MSB", "Maritime", "Safety", "Board", "'s", "’s", "Orvania", "\n\n", "🙂", "\x00", "他", "Zürich", "was",
     "half", "to", "between", "dozens", "people", "injured", "aboard", "10-20", "May", "March", "3", "2025", "£2m"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


def views(*texts):
    with tempfile.TemporaryDirectory() as folder:
        for i, text in enumerate(texts):
            Path(folder, f"{i}.txt").write_text(f"Crane falls in Losk\n\nMarch 6, 2025\n\n{text}\n", "utf-8")
        try:
            told = retell(folder)
        except RetoldError:
            return []
    return [story_json(story) for story in told.stories]


@given(TEXTS)
def test_numbers_lie_in_the_sentence_and_are_trimmed(text):
    for quantity in quantities_of(text, (0, len(text)), PAGE):
        for start, end in (quantity.span, quantity.counted or quantity.span):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
        assert quantity.value is not None or quantity.low is not None


@given(st.text(max_size=300))
def test_any_text_has_numbers_without_a_crash(text):
    assert quantities_of(text, (0, len(text)), PAGE) == quantities_of(text, (0, len(text)), PAGE)


@settings(max_examples=40)
@given(TEXTS, TEXTS)
def test_every_pointer_opens_and_time_runs_one_way(a, b):
    for view in views(a, b):
        texts = {w["siglum"]: w["text"] for w in view["witnesses"]}
        entries = view["timeline"]
        pointers = [p for e in entries for p in [e["what"], *e["mentions"]]]
        pointers += [m for e in view["entities"] for m in e["mentions"]]
        pointers += [m for row in view["agreement"] for m in row["mentions"]]
        for pointer in pointers:
            part = texts[pointer["witness"]][pointer["start"] : pointer["end"]]
            assert part
            assert part == part.strip()
        ids = [entry["id"] for entry in entries]
        for entry in entries:
            assert parse(entry["date"]) is not None
            assert all(ids.index(earlier) < ids.index(entry["id"]) for earlier in entry["after"])


@settings(max_examples=15)
@given(TEXTS, TEXTS)
def test_the_order_of_pages_does_not_matter(a, b):
    if a == b:
        return
    assert sorted(map(told_of, views(a, b))) == sorted(map(told_of, views(b, a)))


def told_of(view):
    """Return what a view tells, without names that come from the order of files."""
    timeline = [(e["date"], e["factuality"], words(view, e["what"])) for e in view["timeline"]]
    names = sorted((e["type"], e["name"]) for e in view["entities"])
    return repr((len(view["witnesses"]), sorted(timeline), names))


def words(view, pointer):
    text = next(w["text"] for w in view["witnesses"] if w["siglum"] == pointer["witness"])
    return text[pointer["start"] : pointer["end"]]


WINDOWS = st.lists(
    st.tuples(st.integers(0, 9) | st.none(), st.integers(10, 19) | st.none()).map(lambda ends: Window(*ends)),
    min_size=2,
    max_size=6,
)


@given(WINDOWS, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=12))
def test_constraints_kept_are_acyclic_and_windows_only_narrow(windows, pairs):
    n = len(windows)
    constraints = [Before(a % n, b % n, close) for a, b, close in pairs]
    narrowed, kept = solve(windows, constraints)
    assert all(c.earlier != c.later for c in kept)
    reach = {(c.earlier, c.later) for c in kept}
    for _ in range(n):
        reach |= {(a, d) for a, b in reach for c, d in reach if b == c}
    assert not any((i, i) in reach for i in range(n))
    for before, after in zip(windows, narrowed, strict=True):
        assert before.first is None or (after.first is not None and after.first >= before.first)
        assert before.last is None or (after.last is not None and after.last <= before.last)
        assert after.first is None or after.last is None or after.first <= after.last


@pytest.mark.parametrize("text", ["", "\x00", "🙂" * 50, "1" * 500, "." * 500, "The " * 500, "“" * 200, "and 3 " * 300])
def test_odd_pages_are_read(text):
    for view in views(text):
        assert view["witnesses"]
