"""No character is lost: sentences of a segment lie inside it, in order, trimmed, and hold all that is not white."""

from hypothesis import given
from hypothesis import strategies as st

from retold.plain.quotations import quotations
from retold.stages.sentences import cut_sentences

PIECES = st.sampled_from(
    ["The mayor", " said", ". ", ".",
     "? ", '"', "“", "”", "'", "’", "‘", "«", "»", ",", " ", "\n", "\n\n", "\t", "U.S. ",
     "No. 3", "Lt. ", "9 a.m. ", "Monday", "•", "- ", "…", "(", ")", "1. ", "J. ", "www.a.Com", "🙂", "\0", "\ud800",
     "Дождь. ", "雨。", "\u2028", "\u00a0", "said.The", "asked"]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@given(TEXT, st.integers(0, 9), st.integers(0, 9), st.sampled_from(["en", "de", "ar", "ja", ""]), st.booleans())
def test_every_character_that_is_not_white_lies_in_exactly_one_sentence(text, left, right, language, whole):
    start = min(left, len(text))
    end = max(start, len(text) - right)
    spans = cut_sentences(text, (start, end), language=language, whole=whole)
    at = start
    for a, b in spans:
        assert at <= a < b <= end
        assert text[at:a].isspace() or at == a
        assert not text[a].isspace()
        assert not text[b - 1].isspace()
        at = b
    assert text[at:end].isspace() or at == end


@given(TEXT)
def test_quotations_are_in_order_apart_and_inside_the_text(text):
    at = 0
    for start, end, _ in quotations(text):
        assert at <= start < end <= len(text)
        at = end
