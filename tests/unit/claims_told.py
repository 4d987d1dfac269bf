"""The claims of an invented text with words for spans, for the tests of claims."""

from __future__ import annotations

from retold.model.facts import Claim
from retold.model.page import PageId
from retold.stages.claims import claims_of
from retold.stages.sentences import cut_sentences

PAGE = PageId("0" * 32)


def told(text: str) -> list[tuple[str, str, str, str, Claim]]:
    """Return the claims of a text with words for spans: source, cue, content, to."""
    found = claims_of(PAGE, text, cut_sentences(text, (0, len(text))))

    def words(spans):
        return " … ".join(text[s:e] for s, e in spans)

    return [(words(c.source), words(c.cue), words(c.content), words(c.to), c) for c in found]


def words_of(text: str) -> list[tuple[str, str, str, str]]:
    """Return the source, cue, content and person told of each claim of a text."""
    return [row[:4] for row in told(text)]
