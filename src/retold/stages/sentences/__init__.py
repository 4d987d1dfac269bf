"""The stage that cuts the prose of a page into sentences.

Owns which segments are cut and which language's rules are used; where a sentence ends is said by ``cut``.
Sentences lie inside their segment, are trimmed, and together hold every character of it that is not white space.
"""

from __future__ import annotations

from retold.engine.stage import Stage, Written
from retold.model.page import PageId
from retold.model.report import PROSE_KINDS, MetaField, SegmentKind, Sentence
from retold.stages.sentences.cut import cut_sentences, language_of_script
from retold.tables.table import META, PAGES, SEGMENTS, SENTENCES, Grain, Rows

__all__ = ["STAGE", "cut_sentences"]

_WHOLE_KINDS = frozenset({SegmentKind.HEADLINE, SegmentKind.CROSSHEAD})
"""Kinds that are one sentence however they are punctuated."""


def run(rows: Rows) -> Written:
    """Return the sentences of the prose segments, in the order of the segments."""
    texts = {page.page: page.text for page in rows.rows(PAGES)}
    declared = {row.page: row.value for row in rows.rows(META) if row.field is MetaField.LANGUAGE}
    languages: dict[PageId, str] = {}
    sentences: list[Sentence] = []
    for segment in rows.rows(SEGMENTS):
        if segment.kind not in PROSE_KINDS:
            continue
        page, text = segment.page, texts[segment.page]
        if page not in languages:
            languages[page] = declared.get(page) or language_of_script(text)
        whole = segment.kind in _WHOLE_KINDS
        spans = cut_sentences(text, segment.span, language=languages[page], whole=whole)
        sentences.extend(Sentence(page, start, end, segment.kind) for start, end in spans)
    return {SENTENCES: sentences}


STAGE = Stage("sentences", (PAGES, SEGMENTS, META), (SENTENCES,), Grain.PAGE, 2, run)
