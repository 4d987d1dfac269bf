"""The verbs of a clause: which one carries it, and what stands between it and a time.

Works on words without a parser: a clause's own verb is its first finite one that is no reduced relative ("the ad
released on Monday drew ..."). A time belongs to that verb only when no other verb stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from retold.lexicon import entries

_WORD = re.compile(r"\bvs?\.(?=\s[A-Z])|\d+(?:,\d{3})+|[^\W_]+(?:[-‑'’][^\W_]+)*|[,;:.?!()“”\"–—-]")


class Word(NamedTuple):
    """A word or sign of a clause; ``start`` counts from the clause's start."""

    start: int
    end: int
    low: str
    text: str


@dataclass(frozen=True, slots=True)
class Core:
    """A clause's own verb: words ``[first, last)``, its head word, and whether "not" or a modal stands in it."""

    first: int
    last: int
    head: str
    negated: bool
    modal: str | None
    copula: bool


def words_in(clause: str) -> list[Word]:
    """Return the words and signs of a clause."""
    return [Word(m.start(), m.end(), m.group().lower().replace("’", "'"), m.group()) for m in _WORD.finditer(clause)]


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(entries("events")["verbs"][name])


def is_past(word: str) -> bool:
    """Tell whether the word may be a past verb or a participle.

    >>> [is_past(word) for word in ("collapsed", "fell", "hundred", "crane")]
    [True, True, False, False]
    """
    if word in _list("not_verbs"):
        return False
    return word in _list("past") or (len(word) > 3 and word.endswith("ed") and "-" not in word)


_MORE = frozenset({"more", "less", "fewer", "rather", "other"})
_NOT_YET = frozenset({"likely", "possible", "planned", "upcoming", "proposed", "looming", "potential"})
"""Before a noun: the day behind it is that of something to come."""
_QUOTES = frozenset('"“”')
_PLANNED = frozenset({"expected", "scheduled", "slated", "set", "due", "planning", "going"})
_CONTRACTED = frozenset({"that's", "it's", "he's", "she's", "there's", "here's", "what's", "who's"})
_DAY_PARTS = frozenset({"day", "night", "morning", "evening", "afternoon", "week", "month", "year"})
_INTENTS = frozenset({"plans", "intends"})
"""Present verbs that tell what is to come, with "to" after them; the only present ones read as a clause's own."""


def verb_at(words: Sequence[Word], i: int) -> bool:
    """Tell whether a finite verb or a participle stands at i: no infinitive, no adjective after an article."""
    word = words[i]
    if word.text[:1].isupper() and i:
        return False
    if i > 1 and words[i - 1].low == "be" and words[i - 2].low == "to":
        return False
    if word.low in {"be", "have"} and i and words[i - 1].low == "to":
        return False  # "a note to be released on Monday": what is to come, no verb of the clause
    if (
        word.low in _list("auxiliaries")
        or word.low in _list("modals")
        or word.low.endswith(("n't", "'ve", "'ll", "'re"))
    ):
        return True
    if word.low in _CONTRACTED:
        return True
    before = words[i - 1].low if i else ""
    plural = i and words[i - 1].text.islower() and before.endswith("s") and not before.endswith(("'s", "ss"))
    plural = plural or (before == "," and any(w.low == "and" for w in words[:i]))  # "Varn and his son, Pat, plan to"
    if (
        word.low in _INTENTS | ({"plan", "intend"} if plural else set())
        and i
        and i + 1 < len(words)
        and words[i + 1].low == "to"
    ):
        return before not in _list("before_adjective") and not is_past(before) and not before.endswith("ing")
    if not is_past(word.low):
        return False
    owned = before.endswith(("'s", "s'")) and before not in _CONTRACTED  # "the firm's embattled board"
    return before not in _list("before_adjective") and before != "to" and not owned


def core_of(words: Sequence[Word]) -> Core | None:
    """Return the clause's own verb, or None where there is none.

    >>> clause = words_in("An advert released on Monday drew complaints")
    >>> core_of(clause).head
    'drew'
    """
    at = [i for i in range(past_opening(words), len(words)) if verb_at(words, i)]
    before = -1
    for n, i in enumerate(at):
        if i < before:
            continue  # the same verb group: "should have begun"
        later = at[n + 1] if n + 1 < len(at) else None
        if (later is not None and _is_reduced(words, i, later)) or _is_subordinate(words, before - 1, i):
            before = _core_at(words, i).last
            continue
        return _core_at(words, i)
    return None


def past_opening(words: Sequence[Word]) -> int:
    """Return where the main clause begins: after "As the crane fell, ..." and "Flanked by aides, ..."."""
    low = words[0].low if words else ""
    opens = low in _list("subordinators") or is_past(low) or low.endswith("ing") or low in _OPENING_PHRASES
    comma = next((i for i, word in enumerate(words) if word.text == ","), None)
    if comma is None:
        return 0
    if opens:
        return comma + 1
    if low in _list("fronting") and any(word.low in {"that", "which"} for word in words[2:MOST_FRONTED]):
        return comma + 1 if comma + 1 < len(words) else 0  # "In a vote that may end the row, the board ..."
    if low in _list("fronting") and comma <= MOST_FRONTED and words[comma + 1].low in _list("subordinators"):
        if any(verb_at(words, i) for i in range(comma)):
            return 0
        second = next((i for i in range(comma + 1, len(words)) if words[i].text == ","), None)
        return second + 1 if second is not None else 0  # "On Monday, after the crane that stood there fell, ..."
    return 0


_OPENING_PHRASES = frozenset({"with", "despite", "amid", "given", "without", "unlike", "under", "following"})
MOST_FRONTED = 6
"""Words of a phrase with a day before a clause that commas set off ("On Monday night, after ..., ")."""


def _is_subordinate(words: Sequence[Word], before: int, i: int) -> bool:
    """Tell whether the verb at i belongs to a clause inside this one: "the order, since the board took over, was"."""
    opening = _list("links") | _list("subordinators")
    links = [
        k
        for k in range(max(before + 1, 1), i)
        if words[k].low in opening
        and not (words[k].low == "even" and k == i - 1)
        and not (words[k].low == "than" and words[k - 1].low in _MORE)
    ]
    return bool(links) and not any(words[k].text == "," for k in range(links[-1], i))


def _is_reduced(words: Sequence[Word], i: int, later: int) -> bool:
    """Tell whether the participle at i only describes the noun before it, the finite verb coming later."""
    if i == 0 or words[i].low in _list("auxiliaries") or words[i].low in _list("modals") or later == i + 1:
        return False
    if words[later].low in {"be", "been", "being"} or words[later - 1].low in {"be", "been", "being", "to"}:
        return False
    if not (words[i].low.endswith("ed") or words[i].low in _list("participles")):
        return False
    if words[later - 1].low in {"he", "she", "they", "it"}:
        return False  # "a talk ended with Varn saying he would leave": the later verb has a subject of its own
    commas = [k for k in range(i) if words[k].text == ","]
    if commas and words[commas[-1] + 1].low in {"the", "a", "an"} and _comma_before(words, later):
        return True  # "Varn, the smith jailed in May, waved": jailed in an apposition
    if _done_by(words, i) and words[i - 1].low not in _list("auxiliaries"):
        return True
    if any(word.low in _list("links") or word.text in ",;:" for word in words[i + 1 : later]):
        return False
    return words[i + 1].low in _list("after_participle") or words[i + 1].text[:1].isupper()


def _done_by(words: Sequence[Word], i: int) -> bool:
    """Tell whether "by" follows the participle at i, at most a particle between: "signed by", "struck down by"."""
    after = [word.low for word in words[i + 1 : i + 3]]
    return after[:1] == ["by"] or (after[1:] == ["by"] and after[0] in {"down", "up", "out", "over", "off", "on", "in"})


def _comma_before(words: Sequence[Word], i: int) -> bool:
    while i > 0 and (words[i - 1].low.endswith("ly") or words[i - 1].low in _list("adverbs")):
        i -= 1
    return i > 0 and words[i - 1].text == ","


def _core_at(words: Sequence[Word], i: int) -> Core:
    last, negated, modal, head = i, False, None, words[i].low
    first_copula = words[i].low in _list("copulas")
    while last < len(words):
        low = words[last].low
        negated = negated or low in {"not", "never", "no", "cannot"} or low.endswith("n't")
        if low in _list("modals") or low.endswith("'ll"):
            modal = head = "will" if low.endswith("'ll") else low
        elif low in _NEGATED_MODALS:
            modal = head = _NEGATED_MODALS[low]
        elif low == "that" and last > i and last + 1 < len(words) and words[last + 1].low in _DAY_PARTS:
            last += 1  # "had that day signed"
        elif verb_at(words, last) or (last > i and _continues(words, last)):
            head = low
        elif low not in {"not", "never"} and not low.endswith("ly") and low not in _list("adverbs"):
            break
        last += 1
        if is_past(head) and head not in _list("auxiliaries"):
            break
    told = words[i].low in {"is", "are", "was", "were"}
    if told and words[last - 1].low == "to" and last == i + 2 and _base_form(words, last):
        modal, head, last = "will", words[last].low, last + 1  # "are to meet on Friday", "is to be held"
        if head == "be" and last < len(words) and is_past(words[last].low):
            head, last = words[last].low, last + 1
    copula = (first_copula or modal is not None) and (head in _list("copulas") or head in _list("ing_adjectives"))
    planned = last > i + 1 and head in _PLANNED
    copula = copula or (words[i].low in _CONTRACTED and not planned)  # "it's expected to reach the port on Friday"
    return Core(i, last, head, negated, modal, copula)


def _continues(words: Sequence[Word], i: int) -> bool:
    """Tell whether the word at i goes on a verb group: a base form after a modal, "-ing" after "was"."""
    before = words[i - 2 if words[i - 1].low == "not" and i > 1 else i - 1].low
    if before in _list("modals") or before in {"did", "does", "do"} or before in _NEGATED_HELPERS:
        return words[i].low.isalpha()
    return words[i].low.endswith("ing") or words[i].low in _list("participles") or words[i].low in _list("after_copula")


_NEGATED_HELPERS = frozenset(
    f"{stem}n't" for stem in ("did", "does", "do", "wo", "would", "could", "ca", "should", "sha", "might", "must")
)


_NEGATED_MODALS = {
    "won't": "will", "wouldn't": "would", "can't": "can", "couldn't": "could", "shouldn't": "should",
}  # fmt: skip


def attaches(words: Sequence[Word], core: Core, time: tuple[int, int]) -> bool:
    """Tell whether the time at ``time`` (characters of the clause) dates the clause's own verb.

    It does at the clause's start, right before the verb, and after the verb with no other verb between.
    """
    first = next((i for i, word in enumerate(words) if word.start >= time[0]), len(words))
    after = next((i for i, word in enumerate(words) if word.start >= time[1]), len(words))
    if core.first < first < core.last:
        return True  # "had that day signed"
    if first >= core.last:
        aside = core.last == first and words[after : after + 1] and words[after].text == ","
        if aside and any(word.text == "," for word in words[: core.first]):
            return False  # "X, analysts reckoned Tuesday, Y": the time of the reckoning
        return nothing_between(words, core, first)
    if after < core.first and _is_set_off(words, core, first, after):
        return True
    opening = past_opening(words)
    begin = opening if opening <= first else 0
    gerund = any(words[i].low.endswith("ing") and words[i].low not in _list("ing_nouns") for i in range(begin, first))
    if gerund or any(verb_at(words, i) for i in range(begin, first)) or after > core.first:
        return False
    if words[0].low in {"from", "since", "until", "between"}:
        return False  # "From 2005 until it closed in 2010, the school had ..."
    alone = not any(word.text == "," for word in words[1:first])
    if words[after].text == "," and words[0].low in _list("fronting") and alone:
        return True
    lead = [word for word in words[begin:first] if word.low not in _list("before_time") and not word.low.endswith("ly")]
    gap = [
        word
        for word in _without_count(words[after : core.first])
        if word.text not in ",–—" and not word.low.endswith("ly") and word.low not in _REPEATS
    ]
    return not lead or (
        not gap and words[after].text != "," and not any(word.low in _list("after_copula") for word in lead)
    )


def _without_count(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words before a verb without "for the first time"."""
    counted = [word.low for word in words[:2]] == ["for", "the"] and [word.low for word in words[3:4]] == ["time"]
    return words[4:] if counted else words


def _is_set_off(words: Sequence[Word], core: Core, first: int, after: int) -> bool:
    """Tell whether the day ends a phrase between subject and verb: "Varn, in a talk with crews in May, raised ..."."""
    if words[after].text != "," or any(not word.low.endswith("ly") for word in words[after + 1 : core.first]):
        return False
    opens = next((k for k in range(first - 1, 0, -1) if words[k].text == ","), None)
    if opens is None or any(verb_at(words, i) for i in range(opens, first)):
        return False
    return words[opens + 1].low in _list("fronting") and opens > 0


_REPEATS = frozenset({"again", "once", "also", "then", "first", "still", "even", "already"})
"""Adverbs that may stand between a day and its verb: "the board on Monday again shut the quay"."""


def nothing_between(words: Sequence[Word], core: Core, end: int) -> bool:
    """Tell whether no other verb stands between the core and the word at ``end`` that could own a time there.

    A verb that "and" makes the subject's own is no other; nor is the infinitive of "voted to shut the quay".
    """
    tried = core.head in {"convicted", "acquitted"} and words[core.first].low in {"was", "were"}
    if core.head in _BLAMES and not tried and any(w.low in {"of", "for", "over"} for w in words[core.last : end]):
        return False  # "have accused Varn of theft in 2019": the day of the theft
    quoted = False
    shares = core.head in _list("with_infinitive") and words[core.last : core.last + 1]
    aims = core.head in _list("with_purpose")
    for i in range(core.last, end):
        low, before = words[i].low, words[i - 1].low
        quoted = quoted != (words[i].text in _QUOTES)
        if quoted or words[i].text in _QUOTES:
            continue  # a term in quotation marks: "issued a 'continued notice' on Monday"
        if low == "than" and before in _MORE:
            continue
        present = low in _list("present") and not (i == core.last and core.modal is not None) and before != "to"
        is_link = low in _list("links") and not (low == "as" and core.head in _list("with_role"))
        if is_link or low in {"since", "until", "following"} or present:
            return False
        compares = low in {"from", "versus", "compared", "up", "down"}
        if compares and _is_figure(words, i + 1):
            return False  # "up from 4 million on Monday", "up 28% on last year": the day of the figure
        if low == "to" and _base_form(words, i + 1) and not (shares and i == core.last):
            if before in _list("before_to") or (i == core.last and core.head in _MOVED):
                continue  # "voiced his opposition to net fishing in 2014": no infinitive
            if aims and i > core.last:
                continue  # "named Varn as head to lead the yard on May 3": the day of the naming
            return False
        if verb_at(words, i) and (before not in {"and", "but", "or", "then"} or low in _list("modals")):
            return False
        if _is_gerund(words, i) and i == core.last and core.head in _PHASES:
            continue  # "cranes began moving on Monday"
        if _is_gerund(words, i) or low in _NOT_YET:
            return False
    return True


_MOVED = frozenset({"released", "transferred", "deported", "extradited", "returned", "donated", "handed", "referred"})
"""With "to" right behind, these tell where somebody or something went: "will be freed to parole on August 7"."""
_BLAMES = frozenset({
    "accused", "charged", "convicted", "acquitted", "suspected", "blamed", "praised", "thanked", "criticized",
    "faulted",
})  # fmt: skip
_PHASES = frozenset({"began", "started", "stopped", "resumed", "kept", "finished", "begun"})
"""With a gerund right behind, these and it are one deed."""


def _is_figure(words: Sequence[Word], i: int) -> bool:
    return any(word.text[:1].isdigit() for word in words[i : i + 2])


def _is_gerund(words: Sequence[Word], i: int) -> bool:
    """Tell whether an "-ing" form at i tells a deed of its own: "defended sharing", "after joining", "Varn firing"."""
    low, before = words[i].low, words[i - 1] if i else None
    if not low.endswith("ing") or len(low) < 5 or before is None or words[i].text[:1].isupper():
        return False
    if before.low in _list("before_gerund"):
        return low not in _list("ing_nouns") or not (
            i + 1 < len(words) and words[i + 1].low in _list("after_participle")
        )
    if low in _list("ing_nouns"):
        return before.text == "," and low == "ending"  # "swept across the land, ending in Losk in May"
    return (
        is_past(before.low)
        or before.text in ",–—"
        or before.text[:1].isupper()
        or before.low not in _list("before_adjective")
    )


def end_of_predicate(words: Sequence[Word], after: int, *, relative: bool = False) -> int | None:
    """Return the comma (index) at which another predicate begins: "fell on Monday, now lies on the quay".

    Behind a ``relative`` clause a past verb is one too: "Varn, who fell on Monday, left".
    """
    for k in range(after, len(words) - 1):
        if relative and words[k].low == "from" and words[k + 1].low.endswith("ing"):
            return k  # "barred crews who sailed in 2012 from sailing again"
        if words[k].low in _list("links") or verb_at(words, k):
            return None
        if words[k].text != ",":
            continue
        i = k + 1
        if relative and words[i].low == "but":
            return k  # "Varn, who fell on Monday, but Lund stayed"
        while i < len(words) - 1 and (words[i].low in _list("adverbs") or words[i].low.endswith("ly")):
            i += 1
        if words[i].low in _list("auxiliaries") or words[i].low in _list("modals") or words[i].low in _list("present"):
            return k
        if relative and verb_at(words, i) and words[i].text.islower():
            return k
    return None


def _base_form(words: Sequence[Word], i: int) -> bool:
    """Tell whether an infinitive's verb may stand at i: a small word that is no article, name or number."""
    return i < len(words) and words[i].text.islower() and words[i].low not in _list("before_adjective")
