"""Dated acts told by a participle after a noun: "papers filed on Monday", "the deal unveiled Thursday".

Such a day belongs to no clause's own verb; the noun with its participle is what a reader is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from retold.lexicon import entries
from retold.model.facts import TimeExpression, TimeType
from retold.stages.timeline.dating import is_modifier
from retold.stages.timeline.judging import head_before, is_quoted
from retold.stages.timeline.verbs import Word, is_past, verb_at, words_in
from retold.text.spans import Span

MOST_BETWEEN = 8
"""Words between a participle and its day."""
_LISTS = ("auxiliaries", "modals", "adverbs", "before_adjective", "links", "subordinators", "habitual")
LEAST_VERBS = 2
_BOUNDS = frozenset({"since", "until", "after", "before", "from", "to", "between"})
_NO_NOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "and", "or", "but"})


def acts_of_nouns(
    text: str, sentence: Span, times: Sequence[TimeExpression]
) -> Iterator[tuple[Span, str, TimeExpression]]:
    """Yield the noun phrase with participle and time, the participle, and the time of each such act."""
    words = words_in(text[sentence.start : sentence.end])
    present = entries("events")["verbs"]["present"]
    if sum(verb_at(words, i) or word.low in present for i, word in enumerate(words)) < LEAST_VERBS:
        return  # "In a statement released on Monday.": its sentence says nothing else
    verbs = entries("events")["verbs"]
    acts = {*verbs["acts_after_nouns"], *verbs["acts_after_commas"]}
    for time in times:
        if time.edtf is None or time.type not in (TimeType.DATE, TimeType.TIME):
            continue
        act = _act_before(words, time.span.start - sentence.start, acts)
        if act is None or is_modifier(text, sentence, time.span):
            continue
        at = Span(sentence.start + act.start, sentence.start + act.end)
        before = words_in(text[sentence.start : at.start])
        if _describes_subject(before):
            yield Span(sentence.start, time.span.end), act.low, time
            continue
        if act.low not in verbs["acts_after_nouns"]:
            continue
        if not before or _is_no_noun(before[-1]) or is_quoted(text, sentence, at):
            continue
        head = head_before(text, sentence, at.start)
        start = _from_occasion(before, sentence, head, MOST_TO_PRINTED if act.low in _PUBLISHING else 2)
        is_printed = before[-1].low in _PRINTED or before[-1].low in verbs["nouns"]
        if act.low in _PUBLISHING and start == head and not is_printed and _is_in_a_phrase(before, sentence, head):
            continue  # "a list of the cranes released on Monday": not sure what was released
        if words_in(text[start : at.start]):
            yield Span(start, time.span.end), act.low, time


_PUBLISHING = frozenset({"released", "published", "issued", "posted", "leaked", "unveiled", "aired", "broadcast"})
MOST_TO_PRINTED = 12
"""Words between what was published and the phrase that says what it is about."""


def _is_in_a_phrase(before: Sequence[Word], sentence: Span, start: int) -> bool:
    """Tell whether a preposition stands before the noun at ``start``."""
    k = next((i for i, word in enumerate(before) if sentence.start + word.start >= start), len(before)) - 1
    return k >= 0 and before[k].low in {"on", "about", "of", "over", "for", "with", "to", "between", "against"}


def _from_occasion(before: Sequence[Word], sentence: Span, start: int, most: int) -> int:
    """Return where the noun begins that was published: "an interview with Varn published Friday", not "Varn"."""
    k = next((i for i, word in enumerate(before) if sentence.start + word.start >= start), len(before)) - 1
    if k < 1 or before[k].low not in {"with", "by", "from", "of", "in", "to", "on"}:
        return start
    nouns = entries("events")["verbs"]["nouns"]
    noun = None
    for i in range(k - 1, max(-1, k - 1 - most), -1):
        if verb_at(before, i) or not before[i].low[:1].isalnum():
            break
        if before[i].low in _PRINTED or (k - i <= 2 and before[i].low in nouns):
            noun = i
            break
    if noun is None:
        return start
    begin = noun
    while begin and noun - begin < 4 and before[begin - 1].text.islower() and before[begin - 1].low not in _BEFORE_NOUN:
        begin -= 1
        if before[begin].low in {"the", "a", "an", "his", "her", "its", "their"}:
            break
    return sentence.start + before[begin].start


_PRINTED = frozenset(
    {
        "article",
        "excerpts",
        "excerpt",
        "report",
        "video",
        "story",
        "poll",
        "survey",
        "statement",
        "post",
        "profile",
        "documents",
        "transcript",
        "column",
        "book",
        "study",
        "letters",
        "paper",
        "list",
        "footage",
        "recording",
        "analysis",
        "audit",
        "findings",
        "draft",
        "photos",
        "advert",
    }
)
_BEFORE_NOUN = frozenset({"in", "on", "at", "of", "from", "by", "to", "with", "for", "after", "and", "as"})


def _describes_subject(before: Sequence[Word]) -> bool:
    """Tell whether only the sentence's subject and a comma stand before: "That list, first reported by ..."."""
    at = len(before)
    while at and (before[at - 1].low in {"first", "later"} or before[at - 1].low.endswith("ly")):
        at -= 1
    if at < 2 or before[at - 1].text != "," or at - 1 > MOST_BETWEEN:
        return False
    subject, verbs = before[: at - 1], entries("events")["verbs"]
    opens = subject[0].low
    if opens in {*verbs["fronting"], *_BOUNDS, "according", "despite", "with", "for", "of"} or opens.endswith("ing"):
        return False
    return not any(verb_at(subject, i) or w.text == "," or w.low in verbs["links"] for i, w in enumerate(subject))


def _act_before(words: Sequence[Word], at: int, acts: Collection[str]) -> Word | None:
    """Return the participle that the time at ``at`` dates, at most a phrase between: "filed by the port on Monday"."""
    links = entries("events")["verbs"]["links"]
    last = next((i for i, word in enumerate(words) if word.start >= at), len(words)) - 1
    for k in range(last, max(-1, last - MOST_BETWEEN), -1):
        word = words[k]
        if word.text.islower() and word.low in acts:
            return word if k == last or _opens_phrase(words[k + 1]) else None
        if not word.low[:1].isalnum() or word.low in links or word.low in _BOUNDS or verb_at(words, k):
            return None
    return None


def _opens_phrase(word: Word) -> bool:
    """Tell whether the word behind a participle goes on with a phrase; an object would make it a clause's verb."""
    verbs = entries("events")["verbs"]
    return word.low in verbs["after_participle"] or word.low in verbs["before_time"] or word.low.endswith("ly")


def _is_no_noun(word: Word) -> bool:
    verbs = entries("events")["verbs"]
    return (
        not word.low[:1].isalpha()
        or any(word.low in verbs[name] for name in _LISTS)
        or word.low in _NO_NOUNS
        or word.low.endswith("ly")
        or is_past(word.low)
    )
