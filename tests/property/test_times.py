"""Whatever the text, time expressions are spans inside their sentences, and dates are dates."""

import time

from hypothesis import given
from hypothesis import strategies as st

from retold.lexicon.times import time_words
from retold.text.edtf import Days, compare, format_days, intersect, overlaps, parse
from retold.text.times import find_numeric_dates, find_times

WORDS = [
    "on", "in", "the", "a", "an", "of", "at", "to", "from", "since", "until", "between", "and", "early", "late", "mid", "-", ",",
    "last", "next", "this", "past", "two", "10", "16", "31", "2020", "1999", "'96", "3/4", "12:30", "a.m.", "GMT", "noon", "May",
    "March", "Feb.", "December", "Monday", "Fridays", "Sun", "morning", "night", "hour", "days", "weeks", "month", "quarter",
    "year", "years", "decade", "century", "weekend", "ago", "later", "earlier", "before", "after", "every", "each", "twice",
    "times", "first", "third", "21st", "half", "more", "than", "least", "few", "couple", "summer", "fall", "1980s", "'90s",
    "nineties", "Christmas", "Election Day", "9/11", "2020-02-30", "02/30/2020", "31.12.2019", "will", "said", "to", "'s", "old",
    "fiscal", "end", "now", "daily", "year-ago", "following", "previous", "that", "same", "0735", "overnight", "tomorrow", ".",
    "\u0665\u0665", "\u00bd", "99999999999999999999", "\x00", "\ud800", "\U0001f680", "2,5", "0", "00:99", "29", "1/0",
]  # fmt: skip

texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
anchors = st.one_of(
    st.none(), st.dates().map(str), st.sampled_from(["2020-02-16", "2020-02-29", "9999-12-31", "0001-01-01", "soon"])
)
days = st.integers(700_000, 760_000)
edtfs = st.builds(lambda a, b: format_days(Days(min(a, b), max(a, b))), days, days)


@given(texts, anchors)
def test_every_time_is_a_trimmed_span_with_a_readable_date(text: str, anchor: str | None) -> None:
    found = find_times(text, [(0, len(text))], anchor, time_words())
    at = 0
    for expression in found:
        start, end = expression.span
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert expression.value
        assert expression.edtf is None or parse(expression.edtf) is not None
        assert expression.order in (None, "after", "before")
        at = end


@given(texts, anchors)
def test_numeric_dates_are_days(text: str, anchor: str | None) -> None:
    for expression in find_numeric_dates(text, [(0, len(text))], anchor):
        assert expression.edtf is not None
        assert parse(expression.edtf) is not None


@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join), st.text(max_size=30))
def test_a_sentence_is_read_alike_wherever_it_stands(sentence: str, before: str) -> None:
    alone = find_times(sentence, [(0, len(sentence))], "2020-02-16", time_words())
    shift = len(before) + 1
    moved = find_times(f"{before}\n{sentence}", [(shift, shift + len(sentence))], "2020-02-16", time_words())
    assert [(t.span.start + shift, t.value, t.edtf) for t in alone] == [(t.span.start, t.value, t.edtf) for t in moved]


@given(edtfs)
def test_format_and_parse_are_inverse(edtf: str) -> None:
    read = parse(edtf)
    assert read is not None
    assert format_days(read) == edtf


@given(edtfs, edtfs)
def test_two_dates_overlap_or_one_is_before_the_other(a: str, b: str) -> None:
    common = intersect(a, b)
    assert overlaps(a, b) == (common is not None) == (compare(a, b) in (0, None))
    assert common == intersect(b, a) or parse(str(common)) == parse(str(intersect(b, a)))
    if common is not None:
        assert overlaps(common, a)
        assert overlaps(common, b)


@given(st.text(max_size=30))
def test_parse_takes_any_text(text: str) -> None:
    parse(text)


def test_reading_is_linear_in_the_length_of_a_sentence() -> None:
    def seconds(n: int) -> float:
        text = "two and a half to the end of the last twenty - five - " * n
        start = time.process_time()
        find_times(text, [(0, len(text))], "2020-02-16", time_words())
        return time.process_time() - start

    seconds(50)
    assert min(seconds(800) for _ in range(3)) < 60 * min(seconds(50) for _ in range(3)) + 0.05
