"""Claims without a reporting verb: "according to X", "X's claim that", "X is confident that".

Owns prepositional phrases, nouns and adjectives that give words to a source.
"""

from __future__ import annotations

from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.draft import Draft, clause_start, end_of_sentence
from retold.stages.claims.group import group_start
from retold.stages.claims.phrases import Range, Tokens, named_after, phrase_after, subject_before
from retold.stages.claims.statements import begins_clause
from retold.stages.claims.tokens import word_set

_ACCORDING = {
    ("according", "to"): "neutral",
    ("in", "the", "words", "of"): "neutral",
    ("in", "the", "view", "of"): "neutral",
}
_LONGEST_LABEL = 6
"""Words of the longest name before a colon that is taken for a speaker."""
_POSSESSIVES = word_set("his her their its our my your")
_COPULAS = word_set(
    "is are was were be been being am remain remains remained seem seems seemed feel feels felt sound sounded appear "
    "appeared appears become became isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t"
)


@cache
def _by_follower(kind: str) -> dict[str, frozenset[str]]:
    """Return, for each noun or adjective, the words that may follow it."""
    found: dict[str, set[str]] = {}
    for follower, words in entries("reporting_verbs")[kind].items():
        for word in words:
            head, *rest = word.split()
            found.setdefault(head, set()).add(rest[0] if rest else follower)
    return {word: frozenset(followers) for word, followers in found.items()}


def noun_drafts(tokens: Tokens) -> list[Draft]:
    """Return the drafts of phrases, nouns and adjectives of the sentence, in order."""
    nouns, adjectives = _by_follower("nouns"), _by_follower("adjectives")
    surveys = frozenset(entries("reporting_verbs")["surveys"]["nouns"])
    found: list[Draft | None] = []
    for i, token in enumerate(tokens):
        if token.tag == ":" and i < _LONGEST_LABEL and not any(found):
            found.append(_labelled(tokens, i))
        elif token.low in surveys:
            found.append(_survey(tokens, i))
        elif token.low == "according":
            found.append(_according(tokens, i))
        elif token.low in nouns and i + 1 < len(tokens) and tokens[i + 1].low in nouns[token.low]:
            found.append(_noun(tokens, i))
        elif token.low == "clear" and (made := _made_clear(tokens, i)) is not None:
            found.append(made)
        elif token.low in adjectives and i + 1 < len(tokens) and tokens[i + 1].low in adjectives[token.low]:
            found.append(_adjective(tokens, i))
    return [draft for draft in found if draft is not None]


def _labelled(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "Holt: S", as headlines and transcripts print it."""
    end = end_of_sentence(tokens)
    names = tokens[:i]
    is_quoted = i + 1 < len(tokens) and tokens[i + 1].tag in "Qq"
    if (
        (end - i < 4 and not is_quoted)
        or not names
        or any(t.tag not in "KW" for t in names)
        or any(t.tag != "K" for t in names[1:])
    ):
        return None
    is_place = len(names) == 1 and names[0].low in _places()
    if is_place or " ".join(t.low for t in names) in entries("reporting_verbs")["labels"]["forms"]:
        return None
    if not _may_be_clause(tokens[i + 1 : end]):
        return None  # a topic: "Ann Reed: Sacked mayor in parting shot"
    return Draft((0, i), ((i, i + 1),), ((i + 1, end),), "neutral", "label")


@cache
def _places() -> frozenset[str]:
    """Return the names of countries in lower case: before a colon they are topics."""
    return frozenset(name.lower() for name in entries("places")["countries"])


def _may_be_clause(words: Tokens) -> bool:
    """Tell whether the words of a headline hold a verb, or have capitals throughout so that none can be told."""
    if words and words[0].tag == "P" and not any(t.tag in "VAN" for t in words):
        return False  # "Ann Reed: In the mold of Roe"
    if any(t.tag in "VANqQ" or (t.tag == "W" and t.low.endswith("s")) for t in words):
        return True
    return sum(t.tag == "K" for t in words) > 2 * sum(t.tag == "W" for t in words)


def _survey(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "In a poll by the institute, S"."""
    end = end_of_sentence(tokens)
    k = i
    while k > 0 and tokens[k - 1].tag in "DWKMX-":
        k -= 1
    if k != 1 or tokens[0].low != "in" or i + 1 >= end:
        return None
    comma = next((c for c in range(i + 1, min(i + 12, end)) if tokens[c].tag == ","), None)
    if comma is None or comma + 2 >= end:
        return None
    return Draft((1, comma), ((0, 1),), ((comma + 1, end),), "neutral", "survey")


def _according(tokens: Tokens, i: int) -> Draft | None:
    end = end_of_sentence(tokens)
    if i + 2 >= end or tokens[i + 1].low != "to":
        return None
    stop = phrase_after(tokens, i + 2)
    if stop == i + 2:
        return None
    if i and tokens[i - 1].tag == ",":
        content = (clause_start(tokens, i - 1), i - 1)
        stop = named_after(tokens, i + 2, stop)
        if i > 2 and tokens[i - 2].low == "and" and stop + 1 < end and tokens[stop].tag == ",":
            return _in_second_clause(tokens, i, stop, end)
    elif clause_start(tokens, end) == i or i == 0 or tokens[i - 1].tag in {"C", "S", "R"}:
        stop = named_after(tokens, i + 2, stop, opens=True)
        dash = (
            next((k for k in range(stop + 1, end) if tokens[k].tag == "-"), None) if tokens[stop].tag == "-" else None
        )
        first = next((k + 1 for k in range(stop, end) if tokens[k].tag == ","), stop)
        if first < end and tokens[first].low in {"which", "who"}:
            first = next((k + 1 for k in range(first, end) if tokens[k].tag == ","), first)
        first = first if dash is None else dash + 1  # "According to Roe — who is ill — it rained"
        content = (first, end)
    else:
        content = (clause_start(tokens, i), i)
        stop = named_after(tokens, i + 2, stop)
    pieces: tuple[Range, ...] = (content,)
    if content[1] <= i and stop + 1 < end and tokens[stop].tag == "," and tokens[stop + 1].tag in "AV":
        pieces = (content, (stop + 1, end))  # "The gift, according to Roe, is a quay"
    words = [token for a, b in pieces for token in tokens[a:b]]
    if content[0] >= content[1] or not _may_be_clause(words):
        return None
    return Draft((i + 2, stop), ((i, i + 2),), pieces, "neutral", "according", after=content[0] > i)


def _in_second_clause(tokens: Tokens, i: int, stop: int, end: int) -> Draft | None:
    """Return the draft of "She took a prize and, according to Roe, has written since": only the second is Roe's."""
    if tokens[stop + 1].tag not in "AV":
        return Draft((i + 2, stop), ((i, i + 2),), ((stop + 1, end),), "neutral", "according")
    for k in range(i - 3, -1, -1):
        if tokens[k].tag == "N" and tokens[k + 1].tag != "V" and "'" in tokens[k].low.replace("’", "'"):
            subject: Range | None = (k, k + 1)  # "she's"
        else:
            subject = subject_before(tokens, group_start(tokens, k)) if tokens[k].tag in "AV" else None
        if subject is not None:
            return Draft((i + 2, stop), ((i, i + 2),), (subject, (stop + 1, end)), "neutral", "according", after=False)
    return None


def _noun(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "X's claim that S": only where the page says whose claim it is."""
    end = end_of_sentence(tokens)
    k = i - 1
    while k > 0 and tokens[k].tag in "WZG" and tokens[k].low not in _POSSESSIVES and not _is_possessive(tokens, k):
        k -= 1
    if k < 0 or i + 1 >= end:
        return None
    source: Range
    if tokens[k].low in _POSSESSIVES:
        source = (k, k + 1)
    elif _is_possessive(tokens, k):
        start = k
        while start > 0 and tokens[start - 1].tag in "KWDM" and k - start < 6:
            start -= 1
            if tokens[start].tag == "D":
                break
        source = (start, k + 1)
    else:
        return None
    is_literal = tokens[i + 1].low not in {"that", "to"}
    return (
        Draft(source, ((i, i + 1 + is_literal),), ((i + 1 + is_literal, end),), "neutral", "noun")
        if i + 2 < end
        else None
    )


def _is_possessive(tokens: Tokens, k: int) -> bool:
    return tokens[k].tag in "KW" and tokens[k].low.endswith(("'s", "’s", "s'", "s’"))


def _made_clear(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "X made (it) clear that S"."""
    end = end_of_sentence(tokens)
    k = i - 1 - (tokens[i - 1].low == "it")
    if k < 1 or tokens[k].low not in _MAKING or i + 2 >= end:
        return None
    start = group_start(tokens, k)
    source = subject_before(tokens, start)
    is_that = tokens[i + 1].low == "that"
    if source is None or tokens[source[0]].low in {"it", "there", "this", "that"}:
        return None
    if not is_that and not begins_clause(tokens, i + 1, end):
        return None
    negated = any(t.low == "not" or t.low.endswith(("n't", "n’t")) for t in tokens[start:k])
    return Draft(source, ((start, i + 1),), ((i + 1, end),), "neutral", "clear", negated)


_MAKING = word_set("make makes made making")


def _adjective(tokens: Tokens, i: int) -> Draft | None:
    """Return the draft of "X is confident that S"."""
    end = end_of_sentence(tokens)
    start, negated = i, False
    while (
        start > 0
        and tokens[start - 1].tag in "ZAV"
        and (tokens[start - 1].tag != "V" or tokens[start - 1].low in _COPULAS)
    ):
        start -= 1
        negated |= tokens[start].low == "not" or tokens[start].low.endswith(("n't", "n’t"))
    if not any(t.low in _COPULAS for t in tokens[start:i]) or i + 2 >= end:
        return None
    source = subject_before(tokens, start)
    if source is None or tokens[source[0]].low in {"it", "there", "that", "this", "which"}:
        return None
    is_literal = tokens[i + 1].low not in {"that", "to"}
    stop = i + 1 + is_literal
    return Draft(source, ((start, stop),), ((stop, end),), "belief", "adjective", negated) if stop < end else None
