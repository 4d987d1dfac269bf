"""Statements by nobody, or by those who were there: "it was unclear", "no reports of", "witnesses heard".

Owns claims with an empty source, and those of eyewitnesses. Verbs in the passive ("is believed to") are found in
``passives``.
"""

from __future__ import annotations

from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.antecedents import antecedent
from retold.stages.claims.draft import Draft, clause_start, end_of_sentence
from retold.stages.claims.group import group_start
from retold.stages.claims.phrases import Range, Tokens, subject_before
from retold.stages.claims.verbs import uses


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(entries("hedges")["unattributed"][kind])


def unattributed_drafts(tokens: Tokens) -> list[Draft]:
    """Return the drafts of statements by nobody, in order."""
    witnesses = _witnesses()
    found: list[Draft | None] = []
    for i, token in enumerate(tokens):
        if token.low in _words("unclear"):
            found.append(_unclear(tokens, i))
        elif token.low in _words("reports") and i:
            found.append(_no_report(tokens, i))
        elif token.low in witnesses["forms"] and (draft := _witnessed(tokens, i)):
            found.append(draft)
        elif token.low in _words("adverbs"):
            found.append(_adverb(tokens, i))
        elif token.tag in "VW" and any(use.group == "seem" for use in uses().get(token.low, ())):
            found.append(_seeming(tokens, i))
    return [draft for draft in found if draft is not None]


@cache
def _witnesses() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in entries("reporting_verbs")["witnesses"].items()}


def _witnessed(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "witnesses heard shots": told on the word of those who were there."""
    subject, end = subject_before(tokens, i), end_of_sentence(tokens)
    if subject is None or i + 1 >= end:
        return None
    head = subject[1]
    for k in range(subject[0] + 1, subject[1]):
        if tokens[k].tag in "P,":
            head = k
            break
    if tokens[head - 1].low not in _witnesses()["nouns"]:
        return None
    return Draft(subject, ((i, i + 1),), ((i + 1, end),), "neutral", "witness")


def _unclear(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "it was unclear how many" and "how many died was unclear"."""
    end = end_of_sentence(tokens)
    start = i
    while start > 0 and tokens[start - 1].tag in "AZV":
        start -= 1
    if not any(t.tag in "AV" for t in tokens[start:i]):
        return None
    if start and tokens[start - 1].low in {"it", "what"}:
        start -= tokens[start - 1].low == "it"
        if i + 1 < end:
            return Draft(None, ((start, i + 1),), ((i + 1, end),), "hedging", "unclear", hedge=(start, i + 1))
        return None
    subject = subject_before(tokens, start)
    opening = clause_start(tokens, start)
    if opening < start and (tokens[opening].tag == "S" or tokens[opening].low in {"who", "whoever", "which"}):
        subject = (opening, start)  # "Who is charged and whether they paid is unclear"
    if subject is None:
        return None
    return Draft(None, ((start, i + 1),), (subject,), "hedging", "unclear", hedge=(start, i + 1), after=False)


def _no_report(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "there were no immediate reports of" and "no one claimed": nothing was said of it."""
    end = end_of_sentence(tokens)
    start = i
    while start > 0 and tokens[start - 1].tag in "WZ" and i - start < 4:
        start -= 1
    if start == 0 or tokens[start - 1].low not in {"no", "any", "little"}:
        return None
    start -= 1
    negated = tokens[start].low != "any"
    while start > 0 and tokens[start - 1].tag in "AZ" and tokens[start - 1].low != "there":
        start -= 1
        negated |= tokens[start].low == "not" or tokens[start].low.endswith(("n't", "n’t"))
    if start == 0 or tokens[start - 1].low != "there" or not negated:
        return None
    start -= 1
    if i + 1 >= end or tokens[i + 1].low not in {"of", "that", "on", "from", "whether", "about", "yet"}:
        return None
    if (tokens[i].low == "comment" and tokens[i + 1].low == "from") or tokens[i].low in _SIGNS:
        return None  # nobody has said anything; "there is no sign of" is the writer's own look
    content = (i + 2 if tokens[i + 1].low == "of" else i + 1, end)
    return (
        Draft(None, ((start, i + 1),), (content,), "hedging", "no report", True, hedge=(start, i + 1))
        if content[0] < end
        else None
    )


_SIGNS = frozenset({"sign", "signs", "evidence", "indication", "indications"})


def _adverb(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of a sentence told by hearsay: "The boat reportedly sank"."""
    end = end_of_sentence(tokens)
    stop = next((k for k in range(i + 2, end) if _is_over(tokens, k, end)), end)
    if i + 1 >= stop:
        return None
    if tokens[i + 1].tag == "S":
        return None  # "left, reportedly because": only the reason is hearsay
    if i and tokens[i - 1].tag == "D":
        return None  # "an allegedly unfair map": only the adjective is
    if i and tokens[i - 1].tag == "," and tokens[i + 1].tag == "P":
        return _inserted(tokens, i, stop)
    subject = (
        None if i == 0 or tokens[i - 1].tag in {"P", "T", ",", "C"} else subject_before(tokens, group_start(tokens, i))
    )
    before: tuple[Range, ...] = ()
    if subject is not None and tokens[subject[0]].tag == "R":
        head = antecedent(tokens, subject[0])
        before = (head, subject) if head is not None else (subject,)
    elif subject is not None:
        before = ((subject[0], i),)
    return Draft(None, ((i, i + 1),), (*before, (i + 1, stop)), "hedging", "hearsay", hedge=(i, i + 1))


def _inserted(tokens: Tokens, i: int, stop: int) -> Draft | None:
    """Return the draft of "Crews, reportedly in search of a leak, came": only the search is hearsay."""
    comma = next((k for k in range(i + 1, stop) if tokens[k].tag == ","), stop)
    subject = subject_before(tokens, i - 1)
    before = () if subject is None else (subject,)
    return Draft(None, ((i, i + 1),), (*before, (i + 1, comma)), "hedging", "hearsay", hedge=(i, i + 1))


def _is_over(tokens: Tokens, k: int, end: int) -> bool:
    """Tell whether the writer goes on behind the comma, dash or bracket at ``k``."""
    if tokens[k].tag in {"-", ")", ";"}:
        return True
    return tokens[k].tag == "," and k + 1 < end and tokens[k + 1].tag in "CRSG"


def _seeming(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "it appeared that the deal was off"; "the mayor seemed to smile" is the writer's own look."""
    end = end_of_sentence(tokens)
    start = i
    while start > 0 and tokens[start - 1].tag in "AZ":
        start -= 1
    subject = subject_before(tokens, start)
    if subject is None or i + 1 >= end or not (tokens[i + 1].tag == "T" or tokens[i + 1].low in {"like", "as", "that"}):
        return None
    if tokens[subject[0]].low != "it" or tokens[i + 1].tag == "T":
        return None
    negated = any(t.low in {"not", "never"} or t.low.endswith(("n't", "n’t")) for t in tokens[start:i])
    return Draft(None, ((start, i + 1),), ((i + 1, end),), "hedging", "seem", negated, hedge=(start, i + 1))
