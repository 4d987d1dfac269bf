"""The stage that finds who said what, and how sure: reported and quoted claims of a page.

Owns which sentences are read. How a sentence is read stands in ``sentence`` (verbs in ``frames``, ``inversions``,
``idioms``, ``right`` and ``passives``, their subjects in ``subjects``, ``participles`` and ``lists``; nouns in
``nouns``; nobody's statements in ``unattributed``), what is none in ``sayings`` (``deeds``, ``showing``,
``statements``), where it ends in ``endings`` and ``tails``, how sure it is in ``hedges``, how sentences hang together
in ``speakers`` and ``labels``, whom a pronoun means in ``antecedents`` and ``pronouns``. Rules are for English; in
other languages only what their rules happen to meet is found.
"""

from __future__ import annotations

from retold.engine.stage import Stage, Written
from retold.model.facts import Claim, Mention
from retold.model.page import PageId
from retold.stages.claims.find import claims_of
from retold.stages.claims.pronouns import resolved
from retold.tables.table import CLAIMS, MENTIONS, PAGES, SEGMENTS, SENTENCES, Grain, Rows
from retold.text.spans import Span

__all__ = ["STAGE", "claims_of"]


def run(rows: Rows) -> Written:
    """Return the claims of each page, by the place of their cues."""
    sentences: dict[PageId, list[Span]] = {}
    for sentence in rows.rows(SENTENCES):
        sentences.setdefault(sentence.page, []).append(sentence.span)
    names: dict[PageId, list[Mention]] = {}
    for mention in rows.rows(MENTIONS):
        names.setdefault(mention.page, []).append(mention)
    found: list[Claim] = []
    for page in rows.rows(PAGES):
        told = claims_of(page.page, page.text, sentences.get(page.page, []))
        found.extend(resolved(page.text, told, names.get(page.page, [])))
    return {CLAIMS: found}


STAGE = Stage("claims", (PAGES, SEGMENTS, SENTENCES, MENTIONS), (CLAIMS,), Grain.PAGE, 9, run)
