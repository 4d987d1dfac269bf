"""What may stand on a timeline: whether a clause tells an event, which words a reader is shown, how sure it is.

Precision before recall: what is only said, thought, owned or asked is left out, and a time that belongs to a noun or
to the words of attribution dates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from retold.lexicon import entries
from retold.model.facts import Factuality
from retold.stages.timeline.resumed import resumes
from retold.stages.timeline.verbs import Core, Word, is_past, past_opening, verb_at, words_in
from retold.text.spans import Span, trim

_OPENING = re.compile(
    r"[•*·\s]*(?:(?:(?:afterwards?|later|earlier|then) that|and|but|(?-i:that)|because|so|yet|adding that|adding)"
    r"\b[\s,]+)*",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"[\s,;:–—-]+(?:nearly|almost|about|only|just|even|where|which|whom|whose|in|of|on|at|by|for|to|with|and|but|or|the|a|an|what|as|from|when|while|not"
    r"|(?<!day )(?<!week )(?<!month )(?<!year )(?<!night )(?:after|before|since))\Z",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:who|which|where|whose|whom)\b", re.IGNORECASE)
_QUOTE = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_SUBJECT_PRONOUN = re.compile(
    r"(?:(?:on|in|at|by)\s[\w\s]{2,20},?\s|(?:[\w-]+\s){0,3}(?:later|earlier|ago),?\s)?"
    r"(?:he|she|it|they)\b(?!\s+and\b)",
    re.IGNORECASE,
)
MOST_HEAD_WORDS = 8
"""A relative clause is shown with at most so many words of the noun before it."""


@cache
def _events() -> dict[str, Any]:
    return entries("events")


def outside_quotes(text: str, span: tuple[int, int]) -> str:
    """Return the words of the span that stand in no double quotation marks."""
    return _QUOTE.sub(" ", text[span[0] : span[1]])


def is_quoted(text: str, sentence: Span, span: Span) -> bool:
    """Tell whether the words at ``span`` stand inside, or begin with, quotation marks."""
    before = text[sentence.start : span.start]
    curly = before.count("“") > before.count("”")
    return curly or before.count('"') % 2 == 1 or text[span.start : span.start + 1] in {'"', "“"}


def opened(text: str, span: Span) -> Span:
    """Return the clause without the conjunction it begins with and without a word left hanging at its end."""
    lead = _OPENING.match(text, span.start, span.end)
    start = lead.end() if lead else span.start
    end = span.end
    hanging = _HANGING.search(text, start, end)
    while hanging is not None:
        end = hanging.start()
        hanging = _HANGING.search(text, start, end)
    return trim(text, (start, max(start, end)))


def whole_quotes(text: str, span: Span) -> Span:
    """Return the clause with quotation marks in pairs: up to the closing sign right behind it, else before the last.

    What then hangs at its end ("saying that", "in a statement saying") is left out too.
    """
    words = text[span.start : span.end]
    curly = words.count("“") - words.count("”")
    if words.count('"') % 2 == 0 and curly <= 0:
        return span
    sign, closing = ("“", "”") if curly > 0 else ('"', '"')
    behind = re.match(rf"[.,!]?{closing}", text[span.end : span.end + 2])
    if behind is not None:
        return Span(span.start, span.end + behind.end())
    kept = opened(text, Span(span.start, span.start + words.rindex(sign)))
    lead = re.search(
        r"[\s,]+(?:(?:saying|adding|writing|declaring|warning|arguing)(?:\s+that)?|that|called|calling)\Z",
        text[kept.start : kept.end],
    )
    return Span(kept.start, kept.start + lead.start()) if lead else kept


def is_of_cue(text: str, time: Span, apart: Sequence[Span]) -> bool:
    """Tell whether the time dates the saying: it stands right after the words of attribution."""
    for part in apart:
        between = text[part.end : time.start] if part.end <= time.start else None
        if between is not None and re.fullmatch(r"[\s,]*(?:(?:on|in|at|late|early|earlier|later)\s+)*", between):
            return True
    return False


def after_the_time_of_saying(text: str, span: Span, times: Sequence[tuple[int, int]]) -> Span:
    """Return the clause without a time that dates its being said: "on Monday that the quay was shut"."""
    lead = re.match(r"(?:[\w:.-]+\s){1,8}?that\s+", text[span.start : span.end])
    if lead is None:
        return span
    before = words_in(lead.group())
    timed = any(span.start <= start < span.start + lead.end() for start, _ in times)
    if timed and not any(verb_at(before, i) for i in range(len(before))):
        return Span(span.start + lead.end(), span.end)
    return span


def is_modifier(text: str, span: Span, time: Span) -> bool:
    """Tell whether the time only describes a noun: "the 2016 race", "Monday's vote", "his Friday speech"."""
    if _is_in_a_setting(text, span, time):
        return False
    after = text[time.end : min(span.end, time.end + 40)]
    before = text[max(span.start, time.start - 30) : time.start].split()
    last = before[-1].lower() if before else ""
    printed = text[time.start : time.end]
    if last.endswith(("'s", "’s")):
        return True
    if after[:2] in {"'s", "’s"} or after[:1] in {"-", "‑", "–"} or printed.endswith(("'s", "’s")):
        return True
    if re.match(r"\s+of\b", after) or (
        re.match(r"\s+(?:an?|the)\s", after)
        and re.search(r"\b(?:declared|proclaimed|designated|named|made|called)\s\Z", text[span.start : time.start])
    ):
        return True  # "declared Monday a day of mourning"
    if last in _BEFORE_A_NOUN:
        return True
    follows = re.match(r"\s+([^\W\d_]+)", after)
    if follows is None:
        return re.fullmatch(r"\d{4}s?", printed) is not None and last not in {"in", "by", "during"} and bool(after)
    if re.fullmatch(r"\d{4}s?", printed) and last not in {"in", "by", "during", "early", "late", "mid"}:
        return True
    word = follows[1]
    if printed.isdigit() and last == "in" and word.islower() and not _may_follow_a_time(word):
        return True  # "takes in 2012 harbour dues"
    if last in {"on", "in", "by", "at", "late", "early", "earlier", "during"}:
        return False
    return word.islower() and not _may_follow_a_time(word)


_SETTING_BEFORE = re.compile(
    r"\b(?:(?:in|at|during|with)\s+(?:the|an?|his|her|its|their)\s+(?:[\w-]+\s+){0,2}|(?P<own>(?:on|at|in|during)\s+))\Z",
    re.IGNORECASE,
)
_SETTING_AFTER = re.compile(
    r"(?P<owner>['’]s)?(?:\s+(?:morning|afternoon|evening|night))?(?:['’]s)?(?:\s+[\w-]+){0,2}?\s+"
    r"(?:tweets?|post|statement|interview|speech"
    r"|letter|e-?mail|memo|message|briefing|news conference|press conference|conference call|call|address|op-ed|filing"
    r"|meeting|hearing|rally|debate|show|session|vote|election|ceremony|appearance|edition)\b"
)


def _is_in_a_setting(text: str, span: Span, time: Span) -> bool:
    """Tell whether the day stands in a phrase that says how or where the verb's deed was done.

    "threatened the board in an early Tuesday tweet", "revealed the plan at Monday's meeting": the deed's own day.
    """
    before = _SETTING_BEFORE.search(text, span.start, time.start)
    after = _SETTING_AFTER.match(text, time.end, span.end)
    if before is None or after is None or text[time.start : time.end].isdigit():
        return False
    return bool(after["owner"]) if before["own"] else True


_BEFORE_A_NOUN = frozenset({
    "of", "the", "a", "an", "his", "her", "its", "their", "this", "that", "between", "than", "dated", "to", "least",
    "like",
})  # fmt: skip


def _may_follow_a_time(word: str) -> bool:
    rules = _events()["verbs"]
    if word in {"following", "during"}:
        return True  # "pushed back Monday evening following the report"
    if word in rules["ing_nouns"] or word in rules["nouns"]:
        return False
    return (
        is_past(word)
        or word.endswith(("ing", "ly"))
        or any(word in rules[name] for name in ("auxiliaries", "modals", "links", "after_participle"))
        or word in _AFTER_TIME
    )


_AFTER_TIME = frozenset({
    "and", "or", "but", "to", "without", "through", "via", "amid", "morning", "afternoon", "evening", "night", "local",
    "while", "alone", "until", "then", "not", "following", "because", "despite", "he", "she", "they", "it", "the", "a",
    "an", "his", "her", "its", "their", "when", "where", "inside", "off", "across", "over",
})  # fmt: skip


def is_event(words: Sequence[Word], core: Core) -> bool:
    """Tell whether the clause's own verb tells that something happened or will."""
    rules = _events()
    if words[0].low in {"if", "unless", "whether", "to", "of", "than", "("} or core.first == 0 or words[0].text == "as":
        return False
    lead = words[: core.first]
    if _is_phrase_alone(lead) or _describes_a_noun(words, core) or _compares(lead):
        return False
    opens = {*rules["verbs"]["subordinators"], "from", "until", "between"}
    if words[0].low in opens and not any(word.text == "," for word in lead):
        return False
    if any(word.low in rules["verbs"]["habitual"] for word in words[: core.last + 1]):
        return False
    if core.modal is not None:
        low = {word.low for word in words[core.first : core.last + 3]}
        is_being = core.copula and not low & {"there"} and core.head in rules["verbs"]["copulas"]
        return core.modal in {"will", "would", "shall"} and not low & {"if", "have"} and not is_being
    if core.copula or is_state(words, core):
        return False
    if core.head.endswith("ing") and words[core.first].low in {"was", "were"}:
        return False  # "was driving winds of 110 mph on Monday": how it stood, not what happened
    if core.head == "going" and (core.last >= len(words) or words[core.last - 1].low != "to"):
        return False
    if core.head in rules["attribution"]["plain"] and not _has_object(words, core):
        return False
    rest = {word.low for word in words[core.first : core.last + 2]}
    return not (core.negated and rest & set(rules["verbs"]["unsaid"]))


def _compares(lead: Sequence[Word]) -> bool:
    """Tell whether "than" stands before the verb, but for "more than two dozen crews left"."""
    return any(word.low == "than" and lead[k - 1].low not in {"more", "fewer", "less"} for k, word in enumerate(lead))


_WHERE = frozenset({"on", "before", "at", "with", "alongside", "outside", "in", "early", "late", "for"})


def is_state(words: Sequence[Word], core: Core) -> bool:
    """Tell whether the verb says what somebody is, thinks or seems; "appeared before the board" is a deed."""
    after = words[core.last].low if core.last < len(words) else ""
    if core.head == "appeared" and (after in _WHERE or after.endswith("day")):
        return False
    return core.head in _events()["verbs"]["states"]


def _is_phrase_alone(lead: Sequence[Word]) -> bool:
    """Tell whether only a phrase stands before the verb: "In a statement released ...", its sentence a quotation."""
    verbs = _events()["verbs"]
    fronted = len(lead) > 1 and lead[0].low in verbs["fronting"]
    opens = fronted and (lead[1].low in _DETERMINERS or lead[1].low.endswith("ly"))
    return opens and not any(word.text == "," for word in lead)


def _describes_a_noun(words: Sequence[Word], core: Core) -> bool:
    """Tell whether the verb is a participle of a phrase set off by a comma: "The port, in a note put out Monday"."""
    verbs = _events()["verbs"]
    commas = [k for k in range(core.first) if words[k].text == ","]
    if not commas or core.last - core.first > 1 or core.modal is not None:
        return False
    opens = words[commas[-1] + 1]
    follows = words[commas[-1] + 2] if commas[-1] + 2 < core.first else None
    return opens.low in verbs["fronting"] and follows is not None and follows.low in _DETERMINERS


_DETERMINERS = frozenset({"a", "an", "his", "her", "its", "their", "another", "one"})


def _has_object(words: Sequence[Word], core: Core) -> bool:
    """Tell whether the verb reports a thing, not words: "reported a fault"."""
    after = words[core.last].low if core.last < len(words) else ""
    if core.head == "wrote":
        return after == "to"
    if core.head == "asked":
        return any(word.low == "to" for word in words[core.last + 1 : core.last + 8])  # "asked the board to leave"
    return core.head in {"reported", "claimed"} and after in _OBJECT_OPENS


_OBJECT_OPENS = frozenset({
    "a", "an", "the", "its", "his", "her", "their", "another", "victory", "responsibility",
})  # fmt: skip


def is_result(words: Sequence[Word]) -> bool:
    """Tell whether the clause begins with what came of another: "prompting ...", "later forcing ..."."""
    results = {phrase.split()[0] for phrase in _events()["order"]["result_participles"]}
    return any(word.low in results for word in words[:2])


def factuality_of(words: Sequence[Word], core: Core | None, lead: str = "") -> Factuality:
    """Return how the clause's own verb is told: denied, uncertain, expected, or plainly happened.

    ``lead`` is what is shown before the clause: "the filing alleges that ...".
    """
    if core is None:
        return Factuality.HAPPENED
    rules = _events()["factuality"]
    own = words[min(past_opening(words), core.first) : core.last + 1]
    around = {word.low for word in own if word.text != "May"}  # a name, or a month
    before = {word.low for word in words_in(lead) if word.text != "May"}
    group = [word.low for word in words[core.first : core.last + 3]]
    if core.negated:
        return Factuality.DENIED
    if "had" in group[: core.last - core.first] and set(group) & set(rules["to_come"]):
        return Factuality.UNCERTAIN  # "had been expected to leave": whether it came to pass is not said
    if around & set(rules["uncertain"]) or before & set(rules["claimed"] + rules["uncertain"]):
        return Factuality.UNCERTAIN
    bare = [word.low for word in words[core.first : core.last]]
    planned = set(bare if core.head not in {"is", "are", "has", "have"} else group) & set(rules["to_come"])
    if _WAS_TO_HAVE.search(" ".join(word.low for word in words)):
        return Factuality.UNCERTAIN
    if core.modal is not None or (planned and ("to" in group or ("for" in group and set(bare) & _SET_FOR))):
        return Factuality.EXPECTED
    return Factuality.HAPPENED


# "was to have been replaced in 2023": planned, and the words leave open or deny that it came to pass.
_WAS_TO_HAVE = re.compile(r"\b(?:was|were) to have\b")
_SET_FOR = frozenset({"scheduled", "slated", "set"})


def shown(text: str, sentence: Span, span: Span) -> Span | None:
    """Return what a reader is shown of the clause: with its head noun, or its subject, where it has none itself.

    None where the clause is no part of a sentence that reads alone.
    """
    words = text[span.start : span.end]
    if re.search(r"\bthat\Z", words):
        return trim(text, (span.start, sentence.end - (text[sentence.end - 1] in ".!")))
    if _RELATIVE.match(words):
        if text[sentence.start : span.start].rstrip().endswith(("—", "–", "-")):
            return None  # what a relative clause behind a dash describes is not sure
        start = head_before(text, sentence, span.start)
        return Span(start, span.end) if is_sure_antecedent(text, sentence, start, span.start) else None
    if span.start == sentence.start:
        return span
    if not has_own_subject(text, span):
        return Span(sentence.start, span.end) if _joins(text, sentence, span) else None
    if not begins_with_verb(words):
        return span
    if resumes(text, sentence, span.start):
        return Span(sentence.start, span.end)
    before = text[max(sentence.start, span.start - 12) : span.start].rstrip(" ,").lower()
    coordinated = before.endswith((" and", " but", " then", " or")) or is_result(words_in(words))
    coordinated = coordinated or _closes_aside(text, sentence, span.start)
    return Span(sentence.start, span.end) if coordinated else None


def _closes_aside(text: str, sentence: Span, at: int) -> bool:
    """Tell whether a dash closes an aside right before: "The firm - long in debt - sold the quay"."""
    lead = text[sentence.start : at].rstrip()
    dashes = re.findall(r"\s[–—]|—|\s--?(?=\s)", lead + " ")
    return lead.endswith(("–", "—", "-")) and len(dashes) % 2 == 0


def _joins(text: str, sentence: Span, span: Span) -> bool:
    """Tell whether the clause is joined by "and", or only a phrase stands before it."""
    lead = text[sentence.start : span.start]
    before = words_in(lead)
    return lead.rstrip(" ,").lower().endswith((" and", " but", " then", " or")) or not any(
        verb_at(before, i) for i in range(len(before))
    )


def begins_with_verb(words: str) -> bool:
    """Tell whether the clause begins with its verb, its subject standing before it."""
    first = words.split()[0].lower().strip(",") if words.split() else ""
    verbs = _events()["verbs"]
    is_verb = is_past(first) or first in (*verbs["auxiliaries"], *verbs["modals"]) or first.endswith("ing")
    return words[:1].islower() and (is_verb or is_result(words_in(words)))


def head_before(text: str, sentence: Span, at: int) -> int:
    """Return where the noun phrase before ``at`` begins: after the last verb, preposition or comma before it."""
    tokens = list(re.finditer(r"[^\W_]+(?:[-'’][^\W_]+)*|[,;:“”\"]", text[sentence.start : at]))
    while tokens and tokens[-1].group() in ",;:":
        tokens.pop()
    begin = at
    small = (
        _events()["verbs"]["before_time"] + _events()["verbs"]["after_participle"] + [",", ";", ":", "“", '"', "told"]
    )
    for token in reversed(tokens[-MOST_HEAD_WORDS:]):
        low = token.group().lower()
        if low != "the" and (
            low in small
            or low in _events()["verbs"]["present"]
            or is_past(low)
            or low in {"and", "with", "without", "of", "than", "is", "was", "among"}
        ):
            break
        begin = sentence.start + token.start()
    return begin


def is_sure_antecedent(text: str, sentence: Span, start: int, relative: int) -> bool:
    """Tell whether the noun phrase at ``start`` is what a relative clause describes: "of" leaves a choice."""
    lead = text[sentence.start : start].rstrip()
    before = lead.rpartition(" ")[2].lower()
    verb = words_in(lead.rpartition(" ")[0])[-1:]
    if before in {"in", "from", "near", "on", "at"} and verb and (is_past(verb[0].low) or verb[0].low.endswith("ing")):
        return True  # "said in the brief clip, which aired": no other noun before it
    if re.search(r"\bto \Z", text[max(sentence.start, start - 3) : start]):
        return False  # "to learn who fell": a question, no description
    named = re.search(r"\b(?:[A-Z]\w*|\d+),?\s*\Z", text[start:relative]) is not None
    if before == "of" and named and text[relative : relative + 5].lower() == "which":
        return True  # "the wreck of the Lark, which sank"
    if text[relative : relative + 4].lower() == "that" and before in {"with", "by", "between", "among"}:
        return False  # "in a talk with the mayor that aired": what aired is not sure
    if text[:relative].rstrip().endswith(",") and before in {"on", "at", "against", "outside"}:
        return False  # "the attack on the suburbs, which killed five"
    return before not in {"of", "in", "from", "near"}


def has_own_subject(text: str, span: Span) -> bool:
    """Tell whether the clause names who or what it is about, by more than a pronoun."""
    return _SUBJECT_PRONOUN.match(text[span.start : span.end]) is None
