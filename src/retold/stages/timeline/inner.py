"""Dated clauses inside a sentence: subordinate, relative, or told as what somebody says.

Begins from the time: the finite verb right before it, the subject before that, and nothing else. Where one of them
cannot be found with confidence there is no clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from retold.lexicon import entries
from retold.stages.timeline.judging import has_own_subject, head_before, is_state, is_sure_antecedent
from retold.stages.timeline.verbs import Core, Word, core_of, is_past, nothing_between, verb_at
from retold.text.spans import Span, trim

MOST_SUBJECT_WORDS = 14
"""A subject of more words is seldom one (the open reading groups)."""
MOST_SHARED_WORDS = 40
"""Words of a sentence before a second verb that is told with it."""
MOST_TAIL_WORDS = 14
"""Words shown after the time, to the clause's end."""

_RELATIVES = frozenset({"who", "which", "that"})
_OPENERS = frozenset({
    "that", "when", "where", "because", "since", "after", "as", "while", "before", "although", "though", "whom", "why",
    "how", "once", "until", "and", "but",
})  # fmt: skip
_UNSURE = frozenset({"if", "whether", "unless", "than", "until"})
_STOPS = frozenset({",", ";", ":", "–", "—", "(", ")", '"', "“", "”"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "this", "these", "those", "there", "one", "some"})


_DAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|to(?:day|night)|yesterday|week|month|year|morning|afternoon|evening"
    r"|night|january|february|march|april|may|june|july|august|september|october|november|december|\d{1,4}"
)


class Inner(NamedTuple):
    """A clause found around a time: its span, its verb group in the sentence's words."""

    span: Span
    core: Core


def inner_clause(text: str, sentence: Span, words: Sequence[Word], time: Span) -> Inner | None:
    """Return the clause whose verb the time dates, or None; ``words`` are those of the sentence."""
    first = next((i for i, word in enumerate(words) if sentence.start + word.start >= time.start), len(words))
    core = _verb_before(words, first)
    if core is None or not _is_told(words, core):
        return None
    start = _subject_start(text, sentence, words, core)
    if start is None:
        return None
    after = next((i for i, word in enumerate(words) if sentence.start + word.start >= time.end), len(words))
    verbs = entries("events")["verbs"]
    if core.head in verbs["published"] and _opens_aside(text, start):
        return None
    if core.head in verbs["with_clause"] or core.head in verbs["published"]:
        return _with_content(text, sentence, words, Span(start, time.end), core, after)
    alone = all(word.low in entries("events")["verbs"]["before_time"] for word in words[core.last : first])
    if alone and _opens_aside(text, start):
        return None  # "as the town saw on Monday, ...": what was seen stands elsewhere
    end = max(time.end, sentence.start + _tail_end(words, after))
    span = trim(text, (start, end))
    return Inner(span, core)


def _opens_aside(text: str, start: int) -> bool:
    return text[:start].rstrip()[-3:].lower().strip() == "as"


def _with_content(
    text: str, sentence: Span, words: Sequence[Word], begun: Span, core: Core, after: int
) -> Inner | None:
    """Return the clause of a verb that needs what was announced or found: to the next sign, with no quotation in it."""
    stop = next((k for k in range(after, len(words)) if words[k].text in _STOPS), len(words))
    if stop < len(words) and words[stop].text in '"“”':
        return None
    if stop < len(words) and [word.low for word in words[after:stop]] == ["that"]:
        words = words[:-1] if words[-1].text in ".?!" else words
        if any(word.text in '"“”' for word in words[stop:]):
            return None
        stop = len(words)  # "announced on Monday that, if the board agrees, ..."
    end = max(begun.end, sentence.start + words[stop - 1].end) if stop else begun.end
    return Inner(trim(text, (begun.start, end - (text[end - 1] in ".!"))), core)


def _verb_before(words: Sequence[Word], first: int) -> Core | None:
    """Return the finite verb group before the word at ``first`` that a time there dates."""
    verbs = entries("events")["verbs"]
    i = first - 1
    while i >= 0 and (words[i].low in verbs["before_time"] or words[i].low.endswith("ly")) and words[i].text != ",":
        i -= 1
    for k in range(i, max(-1, i - MOST_TAIL_WORDS), -1):
        if words[k].low in verbs["present"] and k and words[k - 1].low in verbs["modals"]:
            continue  # "will appear before the board on Friday"
        if words[k].text in _STOPS or words[k].low in verbs["links"] or words[k].low in verbs["present"]:
            return None
        if verb_at(words, k):
            group = _group(words, k)
            return group if nothing_between(words, group, first) else None
    return None


def _group(words: Sequence[Word], k: int) -> Core:
    verbs = entries("events")["verbs"]
    begin = k
    while begin and (
        words[begin - 1].low in verbs["auxiliaries"]
        or words[begin - 1].low in verbs["modals"]
        or (begin > 1 and words[begin - 1].low.endswith("ly"))
        or words[begin - 1].low in {"not", "never", "also", "then", "first", "already", "later", "again"}
    ):
        begin -= 1
    low = [word.low for word in words[begin : k + 1]]
    modal = next((word for word in low if word in verbs["modals"]), None)
    negated = bool({"not", "never"} & set(low)) or any(word.endswith("n't") for word in low)
    return Core(begin, k + 1, words[k].low, negated, modal, words[k].low in verbs["copulas"])


def _is_told(words: Sequence[Word], core: Core) -> bool:
    """Tell whether the verb group tells that something happened or will: no other modal, no state, no saying."""
    rules = entries("events")
    if core.copula or core.negated or core.first == 0 or core.modal not in {None, "will"}:
        return False
    if core.modal == "will":
        after = words[core.last].low if core.last < len(words) else ""
        return core.head != "will" or (after.isalpha() and after not in {"be", "have", "not", "never"})
    said = core.head in rules["attribution"]["plain"] and core.head not in rules["verbs"]["published"]
    if is_state(words, core) or said:
        return False
    if any(word.low in rules["verbs"]["habitual"] for word in words[core.first - 1 : core.last + 1]):
        return False
    return is_past(core.head) and not {"is", "are", "be", "being"} & {
        word.low for word in words[core.first : core.last]
    }


def _subject_start(text: str, sentence: Span, words: Sequence[Word], core: Core) -> int | None:
    """Return where what is shown begins: the subject, or the noun a relative clause describes."""
    before = words[core.first - 1]
    if before.low == "and":
        return sentence.start if _shares_subject(text, sentence, words, core) else None
    if before.low in _RELATIVES:
        return _antecedent(text, sentence, words, core.first - 1)
    begin = core.first
    for k in range(core.first - 1, -1, -1):
        word = words[k]
        if word.low in _UNSURE:
            return None
        if word.low == "that" and k and _follows_noun(words, k):
            return _antecedent(text, sentence, words, k)
        if word.low in _OPENERS or word.text in _STOPS:
            break
        if verb_at(words, k) or word.low in _RELATIVES or (word.low == "to" and k + 1 < core.first):
            return None
        begin = k
    if begin == core.first or begin == 0 or core.first - begin > MOST_SUBJECT_WORDS:
        return None  # the main clause of a sentence is read elsewhere
    return sentence.start + words[begin].start if _is_subject(words, begin, core.first) else None


def _shares_subject(text: str, sentence: Span, words: Sequence[Word], core: Core) -> bool:
    """Tell whether the verb shares the subject of the sentence's own verb: "Varn sold it and left on Monday"."""
    own = core_of(words[: core.first - 1])
    if own is None or own.copula or own.modal is not None or own.first == 0 or core.first > MOST_SHARED_WORDS:
        return False
    signs = [word for word in words[: core.first] if word.text in ';:–—"“”']
    plain = entries("events")["attribution"]["plain"]
    return not signs and own.head not in plain and has_own_subject(text, sentence)


def _follows_noun(words: Sequence[Word], i: int) -> bool:
    """Tell whether "that" at i stands behind the noun it describes, not behind a verb of saying or knowing."""
    verbs = entries("events")
    before = words[i - 1]
    if before.text in _STOPS or before.low in verbs["verbs"]["present"] or before.low in verbs["attribution"]["plain"]:
        return False
    if _DAY.fullmatch(before.low):
        return False  # "announced last week that ...": the saying's own day
    return not (verb_at(words, i - 1) or is_past(before.low) or before.low.endswith(("ly", "ing")))


def _is_subject(words: Sequence[Word], begin: int, end: int) -> bool:
    """Tell whether the words can be a clause's subject, its opener right before it."""
    subject = words[begin:end]
    opener = words[begin - 1]
    if opener.text in _STOPS or opener.low in {"and", "but"}:
        return False
    if subject[0].low in _PRONOUNS and len(subject) == 1:
        return False
    prepositions = entries("events")["verbs"]["after_participle"]
    return subject[0].low not in prepositions and subject[0].low[:1].isalnum() and not subject[0].low.endswith("ing")


def _antecedent(text: str, sentence: Span, words: Sequence[Word], i: int) -> int | None:
    """Return the start of the noun phrase before the relative word at i; None after a verb ("said that ...")."""
    k = i - 1
    if k >= 0 and words[k].text == ",":
        k -= 1
    if words[k].text in _STOPS:
        return None
    if k < 0 or verb_at(words, k) or words[k].low in _PRONOUNS or words[k].low.endswith("ly"):
        return None
    if words[i].low == "that" and words[k].text == ",":
        return None
    start = head_before(text, sentence, sentence.start + words[i].start)
    sure = (
        is_sure_antecedent(text, sentence, start, sentence.start + words[i].start)
        and start < sentence.start + words[k].end
    )
    return start if sure else None


def _tail_end(words: Sequence[Word], after: int) -> int:
    """Return the end (characters) of the words after the time that still belong to its clause."""
    verbs = entries("events")["verbs"]
    end = after
    for k in range(after, min(len(words), after + MOST_TAIL_WORDS)):
        low = words[k].low
        if words[k].text in _STOPS or words[k].text in ".?!-" or low in verbs["links"] or low in verbs["subordinators"]:
            break
        if verb_at(words, k) or low in verbs["present"]:
            return words[after - 1].end if after else 0  # the words before it are its subject
        if low in {"and", "but", "or", "following", "amid"}:
            break
        if low == "from" and k + 1 < len(words) and words[k + 1].low.endswith("ing"):
            break  # "crews who sailed in 2012 from sailing again"
        end = k + 1
    else:
        if after + MOST_TAIL_WORDS < len(words):
            end = after
    while end > after and (words[end - 1].low in verbs["before_adjective"] or words[end - 1].low in {"to", "not"}):
        end -= 1
    return words[end - 1].end if end else 0
