"""What a report tells without a day: the event its first sentences are about, and clauses that may tell a known one.

A report names no day for what it was written about: that was before it was printed, a plan is after, and no more is
said. Elsewhere in the page a clause without a day is kept only to be joined to an event that another one dates.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial

from retold.lexicon import entries
from retold.model.facts import Factuality, TimeExpression, TimeType
from retold.model.report import SegmentKind, Sentence
from retold.stages.timeline.judging import has_own_subject, outside_quotes
from retold.stages.timeline.linked import linked_part
from retold.stages.timeline.telling import Telling
from retold.stages.timeline.verbs import Word, core_of, words_in
from retold.text.spans import Span

LEAD_SENTENCES = 3
"""Sentences of running text in which a report says what it is about (the open reading groups)."""

LEAST_WORDS = 7
"""A shorter sentence at the top is a caption, a credit or a teaser."""

MOST_SUBJECT_WORDS = 24
"""More words before the verb hold clauses of their own."""


def lead_starts(text: str, sentences: Sequence[Sentence]) -> dict[int, int]:
    """Return where the first sentences of running text begin, with their rank from 1."""
    starts: list[int] = []
    for sentence in sentences:
        words = text[sentence.start : sentence.end]
        if sentence.kind is SegmentKind.BODY and len(words.split()) >= LEAST_WORDS and _ENDS.search(words):
            starts.append(sentence.start)
        if len(starts) == LEAD_SENTENCES:
            break
    return {start: rank for rank, start in enumerate(starts, 1)}


_ENDS = re.compile(r"[.!?][\"”’')\]]*\s*\Z")  # no title, no caption, no label


def is_central(text: str, telling: Telling, times: Sequence[TimeExpression], *, is_said: bool = False) -> bool:
    """Tell whether a clause of the lead without a day tells by its own verb and subject what happened or is planned.

    ``is_said``: the sentence tells who says so; then "will" is a plan, else it may only foretell.
    """
    if not is_plain(text, telling) or linked_part(text, telling.sentence) is not None:
        return False
    if text[telling.sentence.start : telling.span.start].strip(" \"'“‘•–—-"):
        return False
    words = words_in(text[telling.span.start : telling.span.end])
    if tells_a_length(text, telling.span, times) or _opens_vaguely(words):
        return False
    core = core_of(words)
    if core is None or _length_of_subject(words, core.first) > MOST_SUBJECT_WORDS or core.head.endswith("ing"):
        return False
    if _is_described(words, core.first) or any(_is_present(words, i) for i in range(1, core.first)):
        return False
    alone = core.last == core.first + 1 and words[core.last : core.last + 1]
    if (
        alone
        and words[core.last].low in entries("events")["verbs"]["after_participle"]
        and any(map(partial(_is_present, words), range(core.last, len(words) - 1)))
    ):
        return False  # "A note released by the board shows ..."
    group = {word.low for word in words[core.first : core.last]}
    if telling.factuality is Factuality.EXPECTED:
        return _is_plan(group) or (is_said and "will" in group)
    return core.modal is None and not group & {"is", "are", "am"}


def is_plain(text: str, telling: Telling) -> bool:
    """Tell whether a clause without a day plainly tells one deed of somebody named, in nobody's quotation."""
    if telling.series or telling.refers or telling.factuality not in (Factuality.HAPPENED, Factuality.EXPECTED):
        return False
    shown = text[telling.shown.start : telling.shown.end]
    if not has_own_subject(text, telling.shown) or shown[:1] in '"“(' or not telling.verb:
        return False
    return _NO_SUBJECT.match(shown) is None and outside_quotes(text, telling.shown) != ""


_NO_SUBJECT = re.compile(
    r"(?:(?:and|but|so|yet)\s+)?(?:there|this|that|these|those|what|which|who|how|why|it|everyone|nobody|no one|"
    r"nothing|something|many|some|most|few|all|much|one|others|both|each|people|such|none|neither)\b",
    re.IGNORECASE,
)


def tells_a_length(text: str, span: Span, times: Sequence[TimeExpression]) -> bool:
    """Tell whether the clause says how long, how often, or only about when: "for two years", "in recent weeks"."""
    for time in times:
        if not span.holds(time.span):
            continue
        if time.type in (TimeType.DURATION, TimeType.SET) or time.value.endswith("_REF"):
            return True
    return re.search(r"\b(?:since|for (?:years|months|weeks|decades)|over the years)\b", text[slice(*span)]) is not None


def _length_of_subject(words: Sequence[Word], at: int) -> int:
    """Return how many words the subject has before what commas set off: "Lund, a docker who was hurt in May, has"."""
    aside = words[at - 1].text == ","
    return next((k for k, word in enumerate(words[:at]) if word.text == ","), at) if aside else at


def _opens_vaguely(words: Sequence[Word]) -> bool:
    """Tell whether the clause opens with a condition or a comparison: "As long as ...", "Like others, ..."."""
    return bool(words) and words[0].low in {"like", "unlike", "if", "unless", "whether", "for", "since", "given", "by"}


def _is_described(words: Sequence[Word], at: int) -> bool:
    """Tell whether the word behind the only comma so far just describes a noun: "The map, drawn by the board"."""
    alone = sum(word.text == "," for word in words[:at]) == 1
    return words[at - 1].text == "," and (alone or any(word.low == "by" for word in words[at + 1 : at + 3]))


def _is_present(words: Sequence[Word], i: int) -> bool:
    """Tell whether a present verb stands at i: "The case involves a plan called ...", the past form only inside it."""
    word, after = words[i], words[i + 1].low
    if word.low in entries("events")["verbs"]["present"]:
        return word.text.islower()
    if not word.text.islower() or not word.low.endswith("s") or word.low.endswith(("ss", "'s")):
        return False
    names = words[i - 1].text == "," or words[i - 1].text[:1].isupper()
    return after in _OPENS_OBJECT or (names and (after in {"to", "that"} or after.endswith("ing") or after in '"“'))


_OPENS_OBJECT = frozenset({"a", "an", "the", "his", "her", "its", "their", "all", "any", "each", "every", "no", "that"})


def _is_plan(group: Collection[str]) -> bool:
    """Tell whether the verb's words say that something is planned; "will" may only foretell."""
    planned = set(entries("events")["factuality"]["to_come"]) - {"going"}
    return bool(planned & set(group))


def open_date(factuality: Factuality, published: str) -> str:
    """Return all days up to print for what happened, all from print on for what is planned.

    >>> open_date(Factuality.HAPPENED, "2025-03-06"), open_date(Factuality.EXPECTED, "2025-03-06")
    ('../2025-03-06', '2025-03-06/..')
    """
    return f"{published}/.." if factuality is Factuality.EXPECTED else f"../{published}"
