"""All drafts of one sentence, put in order and kept from running into each other.

Owns which of two drafts at one cue stays, and where the words of one claim end because the next one starts.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.antecedents import with_antecedent
from retold.stages.claims.draft import Draft
from retold.stages.claims.frames import verb_drafts
from retold.stages.claims.nouns import noun_drafts
from retold.stages.claims.phrases import Range, Tokens
from retold.stages.claims.sayings import told
from retold.stages.claims.speech import colon_drafts, quote_drafts
from retold.stages.claims.statements import begins_clause, is_stated
from retold.stages.claims.tokens import BE
from retold.stages.claims.unattributed import unattributed_drafts


def sentence_drafts(tokens: Tokens) -> list[Draft]:
    """Return the drafts of a sentence by their cues, each cue once, contents cut where the next clause reports."""
    found = [*verb_drafts(tokens), *noun_drafts(tokens), *unattributed_drafts(tokens)]
    found.extend(quote_drafts(tokens, found))
    found.extend(colon_drafts(tokens, found))
    found = [draft for draft in found if not _is_nothing(tokens, draft)]
    found.sort(key=lambda d: (d.at, -d.cue[0][1]))
    kept: list[Draft] = []
    for draft in found:
        if not kept or draft.at >= kept[-1].cue[0][1]:
            kept.append(draft)
    cut = [_cut(tokens, draft, kept[i + 1 :]) for i, draft in enumerate(kept)]
    cut = [_before_next_that(tokens, draft, cut) for draft in cut]
    said = [
        saying
        for draft in cut
        if (saying := told(tokens, draft)) is not None
        and not _is_absence_told(draft, cut)
        and not _is_told_of(tokens, draft, cut)
        and not _names_itself(tokens, saying)
    ]
    whole = [_continued(tokens, draft, said[i + 1 :]) for i, draft in enumerate(said)]
    return [with_antecedent(tokens, draft) for draft in whole]


def _is_nothing(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether the cue is a bare auxiliary or the source a bare number or day."""
    if all(tokens[k].tag in "AZ" for start, end in draft.cue for k in range(start, end)) and draft.hedge is None:
        return True
    if draft.source is None:
        return False
    words = [tokens[k] for k in range(*draft.source)]
    if len(words) == 1 and words[0].low in _POINTING and (words[0].tag == "D" or draft.source[0] == 0):
        return True  # "that suggests S" is the writer's own thought
    if len(words) == 1 and words[0].low in _WRITER and not draft.own_source:
        return True
    return all(t.tag in "MX" for t in words)


def _names_itself(tokens: Tokens, draft: Draft) -> bool:
    """Tell whether a participle's content names the one it was given to: "Roe left ..., alleging that Roe"."""
    source = draft.source
    if draft.own_source or source is None or tokens[source[1] - 1].tag != "K" or not draft.content:
        return False
    name, (start, end) = tokens[source[1] - 1].low, draft.content[0]
    return any(tokens[k].low == name for k in range(start, min(start + _NEAR, end)))


def _is_told_of(tokens: Tokens, draft: Draft, others: list[Draft]) -> bool:
    """Tell whether the cue is a deed inside what somebody else says: "said he had shared facts", "he expects rain"."""
    if draft.group not in _DEEDS or not draft.content or draft.source is None:
        return False
    if is_stated(tokens, *draft.content[0]):
        return False
    return any(
        start <= draft.first and draft.at < end
        for other in others
        if other is not draft and other.source is not None
        for start, end in other.content
    )


def _is_absence_told(draft: Draft, others: list[Draft]) -> bool:
    """Tell whether somebody else says that there is no evidence: then it is not the writer who found none."""
    return draft.group == "no report" and any(
        start <= draft.first and draft.at < end
        for other in others
        if other.source is not None
        for start, end in other.content
    )


_DEEDS = frozenset(
    {
        "express", "praise", "expect", "note", "announce", "promise", "believe", "adjective", "want", "report",
        "agree", "vote", "rule", "learn", "admit", "speak", "threaten", "declare", "suggest",
    }
)  # fmt: skip
"""Groups whose verbs, with a mere noun behind them, do as often as they say."""


_NEAR = 4
"""Tokens at the start of a content in which its subject is named."""
_CONCEDING = frozenset({"although", "though", "while", "if", "because", "since", "when", "unless", "even"})
_POINTING = frozenset({"that", "this"})
_WRITER = frozenset({"we", "you"})


@cache
def _continuing() -> frozenset[str]:
    return frozenset(entries("reporting_verbs")["continuing"]["forms"])


def _continued(tokens: Tokens, draft: Draft, later: list[Draft]) -> Draft:
    """Return the draft with the quotation that ", adding: Q" adds to what the same speaker says."""
    for other in later:
        is_added = tokens[other.at].low in _continuing() and other.source == draft.source and not other.own_source
        if is_added and other.content and any(tokens[k].tag in "Qq" for k in range(*other.content[0])):
            return replace(draft, content=(*draft.content, *other.content))
    return draft


def _before_next_that(tokens: Tokens, draft: Draft, others: list[Draft]) -> Draft:
    """Return the draft without a second that-clause of who holds it: "said he feared rain and that he would stay"."""
    if len(draft.content) != 1 or not draft.after or tokens[draft.content[0][0]].low == "that":
        return draft
    start, end = draft.content[0]
    is_held = any(
        a <= draft.first and draft.at < b and tokens[a].low != "that"
        for other in others
        if other is not draft and other.after
        for a, b in other.content
    )
    stop = next((k for k in range(start + 1, end - 1) if tokens[k].low == "and" and tokens[k + 1].low == "that"), end)
    return replace(draft, content=((start, stop),)) if is_held and begins_clause(tokens, stop + 2, end) else draft


def _is_around(draft: Draft, other: Draft) -> bool:
    """Tell whether the subject of a later verb stands before this saying, which is inserted behind it."""
    source = other.source
    is_before = source is not None and draft.source is not None and source[0] < draft.source[0] < other.at
    return is_before and other.own_source and source is not None and source[0] <= draft.first


def _cut(tokens: Tokens, draft: Draft, later: list[Draft]) -> Draft:
    """Return the draft with what follows its cue ending where a later claim of the same rank begins."""
    if not draft.after:
        return draft
    for other in later:
        stop = _boundary(tokens, draft, other)
        if not other.after and other.content and other.content[0][0] <= draft.at < other.content[0][1]:
            stop = other.content[0][1]  # it stands in what a later "X said" gives to X
        if stop is None:
            continue
        pieces: list[Range] = []
        for start, end in draft.content:
            if start < stop:
                pieces.append((start, min(end, stop)))
        is_left_hanging = (
            bool(pieces) and tokens[pieces[-1][1] - 1].low in BE and tokens[stop].tag != "C"
        )  # "it was | because he knew that"
        opening = pieces[-1] if pieces else (0, 0)
        is_bare = not any(t.tag in "VANQqG" for t in tokens[slice(*opening)])
        is_left_hanging |= (
            bool(pieces)
            and is_bare
            and (tokens[opening[0]].low == "that" or (draft.group == "say" and tokens[opening[0]].tag in "DWK"))
        )
        if tokens[opening[0]].low == "that" and tokens[stop].tag == "," and opening[1] - opening[0] > 1:
            # "that despite the rain, | Reed had shown"
            has_verb = any(t.tag in "VA" for t in tokens[slice(*opening)])
            is_circumstance = tokens[opening[0] + 1].low in _CONCEDING and not any(
                t.tag == "," for t in tokens[slice(*opening)]
            )  # "that although he was ill, | he believed"
            is_left_hanging |= is_circumstance or (tokens[opening[0] + 1].tag in "PS" and not has_verb)
        if pieces and pieces[-1][1] > pieces[-1][0] and not is_left_hanging:
            return replace(draft, content=tuple(pieces))
    return draft


def _boundary(tokens: Tokens, draft: Draft, other: Draft) -> int | None:
    """Return where the clause of a later draft starts, if a comma or conjunction parts it from what is before."""
    k = other.first - 1
    if not other.after or k < 1:
        return None
    if _is_around(draft, other):
        return other.at - (tokens[other.at - 1].tag == ",")  # "Roe, who said S, warned that"
    if other.own_source and (tokens[k].tag == ";" or (tokens[k].tag == "Q" and k > draft.at)):
        return k + (tokens[k].tag == "Q")
    if tokens[k].tag == "," and tokens[k - 1].tag in "RP":
        return (
            k - 2 if tokens[k - 1].tag == "R" and tokens[k - 2].tag == "P" else None
        )  # "a dinner at which, Roe wrote"
    if tokens[k].low == "with" and tokens[k - 1].tag == "," and tokens[other.at].tag == "G":
        return k - 1  # "threatened a strike, with Roe telling the crews"
    if tokens[k].tag == "C" and k and tokens[k - 1].tag == ",":
        return k - 1
    if tokens[k].tag == ",":
        return k
    if tokens[k].tag == "C":
        return k
    if (
        tokens[k].low in {"while", "after", "before", "although", "though", "when", "as", "because"}
        and other.own_source
        and not (
            tokens[k].low in {"because", "before"} and other.source is not None and tokens[other.source[0]].tag == "N"
        )
    ):
        return k - (tokens[k - 1].tag == ",")
    return None
