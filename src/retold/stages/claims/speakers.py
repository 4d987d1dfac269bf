"""Whose words a quotation is when its own sentence does not say so.

Owns the joining of sentences: a quotation that goes on after its attribution, one that opens again at each
paragraph, one that a colon before it announces. Whatever no rule reaches stays without a speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from retold.plain.quotations import quotations
from retold.text.spans import Span, trim

_DOUBLED = re.compile(r"'''|''|``|‘‘|’’")
_MISTYPED = re.compile(r"(?<=[\w,.?!…])“(?=[\s,.?!]|$)")
"""An opening mark that stands as only a closing one does: “It rained,“ he said."""
_GAP = 20
"""Characters looked at on either side of a quotation for the end of its paragraph."""
_FEWEST_WORDS = 3
"""Words of the shortest quotation that counts as speech where no cue carries it; shorter ones are scare quotes."""


def quotes_of(text: str) -> list[Span]:
    """Return the quotations of the text with their marks, in order, disjoint; two single marks count as a double."""
    folded = _DOUBLED.sub(lambda m: _folded(m.group(), opens=text[m.end() : m.end() + 1].isalnum()), text)
    folded = _MISTYPED.sub("”", folded)
    found: list[Span] = []
    for quotation in quotations(folded):
        start = quotation.start - (text[quotation.start - 1 : quotation.start + 1] in {"''", "``", "‘‘"})
        end = quotation.end + (text[quotation.end - 1 : quotation.end + 1] in {"''", "’’"})
        if not found or start >= found[-1].end:
            found.append(trim(text, (start, min(end, len(text)))))
    return [quote for quote in found if quote.size > 2]


def quotes_in(quotes: Sequence[Span], sentence: Span) -> list[Span]:
    """Return the quotations that touch the sentence; a quotation may run over several."""
    i = max(bisect_right(quotes, (sentence.start,)) - 1, 0)
    found: list[Span] = []
    while i < len(quotes) and quotes[i].start < sentence.end:
        if quotes[i].overlaps(sentence):
            found.append(quotes[i])
        i += 1
    return found


def _folded(marks: str, *, opens: bool) -> str:
    """Return a double mark for two single ones, at the same length; of three the inner one stays single."""
    if len(marks) == 3:
        return " \"'" if opens else "'\" "
    return ' "' if opens else '" '


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim in characters of the page, before its kind and hedge are told."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    to: tuple[Span, ...]
    strength: str
    group: str
    negated: bool
    hedge: Span | None
    sentence: Span
    after: bool


class _Waiting(NamedTuple):
    """Claims without words of their own, by where their sentence ends and starts."""

    by_end: dict[int, tuple[int, Spoken]]
    by_start: dict[int, tuple[int, Spoken]]


def is_speech(text: str, quote: Span) -> bool:
    """Tell whether a quotation is long enough to be speech, not a title or a word held at arm's length."""
    return len(text[quote.start : quote.end].split()) >= _FEWEST_WORDS


def joined(text: str, claims: Sequence[Spoken], quotes: Sequence[Span]) -> list[Spoken]:
    """Return the claims with the quotations that go on beyond their sentence added to their contents."""
    owner: dict[int, int] = {}
    for i, claim in enumerate(claims):
        for i_quote in _touched(quotes, claim.content):
            if i_quote not in owner or _is_closer(claims[owner[i_quote]], claim):
                owner[i_quote] = i
    waiting = _Waiting({}, {})
    for i, claim in enumerate(claims):
        if not claim.content:
            waiting.by_end[claim.sentence.end] = i, claim
            waiting.by_start[claim.sentence.start] = i, claim
    extra: dict[int, list[Span]] = {}
    last: int | None = None
    for i_quote, quote in enumerate(quotes):
        if i_quote not in owner and is_speech(text, quote):
            speaker = _announced(text, waiting, quote)
            if speaker is None and last is not None:
                speaker = _going_on(text, claims[owner[last]], quotes[last], quote, owner[last])
            if speaker is not None:
                owner[i_quote] = speaker
                extra.setdefault(speaker, []).append(quote)
        if i_quote in owner:
            last = i_quote
    owned: dict[int, list[Span]] = {}
    for i_quote, i in owner.items():
        owned.setdefault(i, []).append(quotes[i_quote])
    return [
        _with(text, claim, extra.get(i, []), owned.get(i, []), _last_quote(quotes, claim))
        for i, claim in enumerate(claims)
    ]


def _last_quote(quotes: Sequence[Span], claim: Spoken) -> Sequence[Span]:
    """Return the quotation in which the last words of the claim stand, if any."""
    if not claim.content:
        return ()
    k = bisect_right(quotes, (claim.content[-1].end,)) - 1
    return quotes[k : k + 1] if k >= 0 else ()


def _touched(quotes: Sequence[Span], pieces: Sequence[Span]) -> list[int]:
    found: list[int] = []
    for piece in pieces:
        k = max(bisect_right(quotes, (piece.start,)) - 1, 0)
        while k < len(quotes) and quotes[k].start < piece.end:
            if quotes[k].overlaps(piece):
                found.append(k)
            k += 1
    return found


def _is_closer(old: Spoken, new: Spoken) -> bool:
    return bool(new.source) and new.cue[0].start > old.cue[0].start and new.sentence == old.sentence and new.after


def _announced(text: str, waiting: _Waiting, quote: Span) -> int | None:
    """Return the claim without words that stands right before or right behind the quotation, or None."""
    before, behind = quote.start, quote.end
    while before > 0 and text[before - 1].isspace():
        before -= 1
    while behind < len(text) and text[behind].isspace():
        behind += 1
    if before in waiting.by_end:
        i, claim = waiting.by_end[before]
        if _hands_over(text, claim, text[before : quote.start]):
            return i
    if behind in waiting.by_start and "\n\n" not in text[quote.end : behind]:
        return waiting.by_start[behind][0]
    return None


def _hands_over(text: str, claim: Spoken, between: str) -> bool:
    """Tell whether a claim whose words are missing announces the quotation behind it."""
    if text[claim.sentence.start : claim.sentence.end].endswith(":"):
        return True
    return claim.group == "agree" and "\n\n" not in between


def _going_on(text: str, claim: Spoken, before: Span, quote: Span, i_claim: int) -> int | None:
    """Return the claim of the quotation before this one when its speaker goes on, or None."""
    between = text[before.end : quote.start]
    if not claim.source:
        return None
    if text[before.end - 1] not in "\"”'’»" and not between.strip():
        return i_claim  # left open, and opened again at the next paragraph
    if not _starts_sentence(text, quote):
        return None
    if "\n" in between.strip(" \t") and not _is_alone(text, quote):
        return None
    # '"…," X said. "…"': nothing but the attribution's own sentence stands between.
    tail = text[max(claim.sentence.end, before.end) : quote.start]
    return i_claim if not tail.strip(' \t\r\n"”.') else None


def _is_alone(text: str, quote: Span) -> bool:
    """Tell whether a quotation is a paragraph of its own."""
    before = text[max(0, quote.start - _GAP) : quote.start].rstrip(" \t")[-1:]
    behind = text[quote.end : quote.end + _GAP].lstrip(" \t")[:1]
    return before in {"", "\n"} and behind in {"", "\n"}


def _starts_sentence(text: str, quote: Span) -> bool:
    before = text[: quote.start].rstrip()[-1:]
    return not before or before in '.!?"”'


def _with(text: str, claim: Spoken, extra: Sequence[Span], owned: Sequence[Span], quotes: Sequence[Span]) -> Spoken:
    """Return the claim with more pieces, each quotation it owns taken to its closing mark."""
    # The last piece ends inside a quotation only where its sentence does: the quotation is said to its end.
    last = claim.content[-1] if claim.content else None
    open_ones = [q for q in quotes if last is not None and last.start <= q.start < last.end < q.end]
    owned = [*owned, *open_ones]
    pieces = [
        trim(text, (p.start, max([p.end, *(q.end for q in owned if q.start < p.end <= q.end)]))) for p in claim.content
    ]
    pieces.extend(extra)
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and piece.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, piece.end))
        elif piece.size:
            merged.append(piece)
    return Spoken(
        claim.source, claim.cue, tuple(merged), claim.to, claim.strength, claim.group, claim.negated, claim.hedge,
        claim.sentence, claim.after,
    )  # fmt: skip
