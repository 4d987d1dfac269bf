"""Whatever the text, claims point into it, trimmed and inside bounds, and come out the same each time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retold.model.page import PageId
from retold.stages.claims import claims_of
from retold.text.spans import Span

PAGE = PageId("0" * 32)
WORDS = st.sampled_from(
    ["The", "mayor", "said", "that", "she", "“", "”", '"', "''", ",", ".", ":", "told", "AFP", "according", "to", "by", "was",
     "believed", "\n\n", "and", "who", "(", ")", "adding", "no", "reports", "of", "there", "it", "unclear", "what", "in",
     "claimed", "not", "called", "\x00", "\ud800", "🙂", "’s", "—", "Zürich", "他", "asked", "whether"]
)  # fmt: skip


def halves(text: str, cut: int) -> list[Span]:
    return [span for span in (Span(0, cut), Span(cut, len(text))) if text[span.start : span.end].strip()]


@given(st.lists(WORDS, max_size=40).map(" ".join), st.integers(0, 60))
def test_spans_lie_in_the_text_and_are_trimmed(text, cut):
    found = claims_of(PAGE, text, halves(text, min(cut, len(text))))
    for claim in found:
        assert claim.cue
        assert claim.content
        hedge = (claim.hedge,) if claim.hedge else ()
        for start, end in (*claim.source, *claim.cue, *claim.content, *claim.to, *hedge):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


@given(st.text(max_size=200))
def test_any_text_is_read_twice_alike(text):
    sentences = halves(text, len(text) // 2)
    assert claims_of(PAGE, text, sentences) == claims_of(PAGE, text, sentences)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_pieces_of_a_content_are_in_order_and_apart(text):
    for claim in claims_of(PAGE, text, halves(text, len(text))):
        for before, after in zip(claim.content, claim.content[1:], strict=False):
            assert before.end <= after.start
