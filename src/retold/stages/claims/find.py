"""The claims of a text: sentences to drafts, drafts to spans, quotations joined, kind and polarity told.

Owns the way from a page's sentences to rows of ``claims``. Ranges of tokens become spans of the page here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retold.model.facts import Claim, ClaimKind, Polarity
from retold.model.page import PageId
from retold.plain.link_text import link_labels, link_texts, without_link_text
from retold.stages.claims.draft import Draft
from retold.stages.claims.hedges import hedge_of
from retold.stages.claims.labels import by_speakers
from retold.stages.claims.phrases import Range, Tokens
from retold.stages.claims.sentence import sentence_drafts
from retold.stages.claims.speakers import Spoken, joined, quotes_in, quotes_of
from retold.stages.claims.tokens import tokens_of
from retold.text.spans import Span, trim

_LONGEST_SENTENCE = 400
"""Tokens of a sentence that are read: what runs on longer is a list or a table; it keeps the work linear."""


def claims_of(page: PageId, text: str, sentences: Sequence[Span]) -> list[Claim]:
    """Return the claims told in the sentences, by the place of their cues.

    >>> [claim] = claims_of(PageId("0" * 32), "The ferry sank, police said.", [Span(0, 28)])
    >>> claim.source, claim.cue, claim.content
    ((Span(start=16, end=22),), (Span(start=23, end=27),), (Span(start=0, end=14),))
    """
    links = link_texts(text)
    links = sorted([*links, *(label for label in link_labels(text) if not any(label.overlaps(link) for link in links))])
    text = without_link_text(text)
    quotes = quotes_of(text)
    spoken: list[Spoken] = []
    for sentence in sentences:
        tokens = tokens_of(text, sentence, quotes_in(quotes, sentence))[:_LONGEST_SENTENCE]
        spoken.extend(_spoken(text, tokens, draft, sentence) for draft in sentence_drafts(tokens))
    told = [claim for claim in joined(text, by_speakers(text, spoken), quotes) if claim.content and claim.cue]
    return [_claim(page, text, _around_links(text, claim, links), quotes) for claim in told]


def _around_links(text: str, claim: Spoken, links: Sequence[Span]) -> Spoken:
    """Return the claim with its roles in pieces around the headlines of other stories that were run into them."""
    if not any(link.overlaps(piece) for link in links for piece in (*claim.source, *claim.content, *claim.to)):
        return claim
    source, content, to = (_pieces(text, role, links) for role in (claim.source, claim.content, claim.to))
    return replace(claim, source=source, content=content, to=to)


def _pieces(text: str, role: Sequence[Span], links: Sequence[Span]) -> tuple[Span, ...]:
    edges = [(piece, [link for link in links if link.overlaps(piece)]) for piece in role]
    found: list[Span] = []
    for piece, inside in edges:
        cuts = [piece.start, *(at for link in inside for at in link), piece.end]
        found.extend(trim(text, (a, b)) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b)
    return tuple(piece for piece in found if piece.size)


def _span(text: str, tokens: Tokens, piece: Range) -> Span:
    return trim(text, (tokens[piece[0]].start, tokens[piece[1] - 1].end))


def _spoken(text: str, tokens: Tokens, draft: Draft, sentence: Span) -> Spoken:
    def one(piece: Range | None) -> tuple[Span, ...]:
        return (_span(text, tokens, piece),) if piece is not None and piece[0] < piece[1] else ()

    content = tuple(span for piece in draft.content for span in one(piece))
    hedge = one(draft.hedge)
    return Spoken(
        source=one(draft.source),
        cue=tuple(span for piece in draft.cue for span in one(piece)),
        content=content,
        to=one(draft.to),
        strength=draft.strength,
        group=draft.group,
        negated=draft.negated,
        hedge=hedge[0] if hedge else None,
        sentence=sentence,
        after=draft.after,
    )


def _claim(page: PageId, text: str, spoken: Spoken, quotes: Sequence[Span]) -> Claim:
    denies = spoken.strength == "denial"
    negative = spoken.negated != denies if denies else spoken.negated
    return Claim(
        page,
        spoken.source,
        spoken.cue,
        spoken.content,
        _kind(text, spoken.content, quotes),
        Polarity.NEGATIVE if negative else Polarity.POSITIVE,
        spoken.hedge or hedge_of(text, spoken, quotes),
        spoken.to,
    )


def _kind(text: str, content: Sequence[Span], quotes: Sequence[Span]) -> ClaimKind:
    """Return direct when everything is quoted, mixed when a part is, else indirect."""
    size = sum(piece.size for piece in content)
    inside = sum(
        max(0, min(piece.end, quote.end) - max(piece.start, quote.start))
        for piece in content
        for quote in quotes_in(quotes, piece)
    )
    if not inside:
        return ClaimKind.INDIRECT
    return ClaimKind.DIRECT if size - inside <= 2 * len(content) else ClaimKind.MIXED
