"""A claim while it is being found: token ranges instead of spans, with what the later steps need to know.

Owns ``Draft`` and the clause around a cue: where the words before a postponed cue start, where those after end.
"""

from __future__ import annotations

from dataclasses import dataclass

from retold.stages.claims.phrases import Range, Tokens

ENDS = frozenset({".", ";"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim of one sentence, in token indices. ``after`` tells that the content follows the cue."""

    source: Range | None
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    strength: str
    group: str
    negated: bool = False
    to: Range | None = None
    hedge: Range | None = None
    after: bool = True
    own_source: bool = True
    """False where the source was taken over from an earlier verb of the sentence."""

    @property
    def at(self) -> int:
        """Index of the first token of the cue."""
        return self.cue[0][0]

    @property
    def first(self) -> int:
        """Index of the first token of the cue or, when it stands before the cue, of the source."""
        start = self.at
        if self.own_source and self.source is not None and self.source[0] < start:
            return self.source[0]
        return start


def cue_words(tokens: Tokens, draft: Draft) -> frozenset[str]:
    """Return the words of the cue in lower case."""
    return frozenset(tokens[k].low for a, b in draft.cue for k in range(a, b))


def end_of_sentence(tokens: Tokens) -> int:
    """Return the index behind the last token that is no final stop."""
    n = len(tokens)
    while n and tokens[n - 1].tag in ENDS:
        n -= 1
    return n


def clause_start(tokens: Tokens, end: int) -> int:
    """Return where the words that end at ``end`` start: behind a semicolon, a bracket or a leading conjunction."""
    start = 0
    for i in range(end - 1, -1, -1):
        if tokens[i].tag == ";" or (tokens[i].tag == "(" and not _closes(tokens, i, end)):
            start = i + 1
            break
    while start < end and (tokens[start].tag in {"C", ",", ".", "-"}):
        start += 1
    return start


def _closes(tokens: Tokens, opening: int, end: int) -> bool:
    return any(tokens[i].tag == ")" for i in range(opening, end))
