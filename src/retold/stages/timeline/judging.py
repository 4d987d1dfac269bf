"""What may stand on a timeline: whether a clause tells an event, which words a reader is shown, how sure it is.

Precision before recall: what is only said, thought, owned or asked is left out.
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
    r"|named|called|titled|dubbed"
    r"|(?<!the day )(?<!a day )(?<!the week )(?<!a week )(?<!a month )(?<!the year )(?<!a year )(?<!the night )"
    r"(?:after|before|since))\Z",
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


def is_event(words: Sequence[Word], core: Core) -> bool:
    """Tell whether the clause's own verb tells that something happened or will."""
    rules = _events()
    if words[0].low in _NO_EVENT_OPENS or core.first == 0 or words[0].text == "as":
        return False
    lead = words[: core.first]
    if _tells_that_nothing_was(words, core):
        return False
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
    group = {word.low for word in words[core.first : core.last]}
    if core.head.endswith("ing") and group & {"was", "were", "been"}:
        return False  # "was driving winds of 110 mph on Monday": how it stood, not what happened
    if core.head == "going" and (core.last >= len(words) or words[core.last - 1].low != "to"):
        return False
    if core.head == "found" and core.last < len(words) and words[core.last].low in _SELVES:
        return False  # "the town found itself split"
    if core.head == "so":
        return False  # "the board did so at once": what was told just before
    if core.head in rules["attribution"]["plain"] and not (_has_object(words, core) or _is_put_out(words, core)):
        return False
    rest = {word.low for word in words[core.first : core.last + 2]}
    return not (core.negated and rest & set(rules["verbs"]["unsaid"]))


_SELVES = frozenset({"itself", "himself", "herself", "themselves"})
_NO_EVENT_OPENS = frozenset({"if", "unless", "whether", "to", "of", "than", "(", "nor"})


def _tells_that_nothing_was(words: Sequence[Word], core: Core) -> bool:
    """Tell whether the clause only says what was not: "made no mention of", "there had been no link"."""
    after = words[core.last].low if core.last < len(words) else ""
    is_there = words[core.first - 1].low == "there" and core.head in _events()["verbs"]["copulas"]
    return after == "no" and (is_there or core.head in _EMPTY_WITH_NO)


_EMPTY_WITH_NO = frozenset({"made", "gave", "had", "took", "saw", "found", "offered", "showed", "did", "provided"})


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


def _is_put_out(words: Sequence[Word], core: Core) -> bool:
    """Tell whether the clause tells who brought the news: "The sale was first reported on Friday by the Herald"."""
    passive = core.head == "reported" and words[core.first].low in {"was", "were"}
    return passive and any(word.low == "by" for word in words[core.last : core.last + 6])


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
    around = {w.low for i, w in enumerate(own) if w.text != "May" and not _is_of_adjective(own, i)}  # a name, a month
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


def _is_of_adjective(words: Sequence[Word], i: int) -> bool:
    """Tell whether an adverb only tells of the word behind it: "an apparently new crane was sold"."""
    return i > 0 and words[i].low.endswith("ly") and words[i - 1].low in {"a", "an", "the", *_DETERMINERS}


def is_doubted(text: str, sentence: Span, span: Span) -> bool:
    """Tell whether somebody cannot say, before the clause, that it is so: "could not prove that the crane fell"."""
    return _DOUBTED.search(text[max(sentence.start, span.start - MOST_BEFORE_DOUBT) : span.start]) is not None


MOST_BEFORE_DOUBT = 80
"""Characters before a clause in which its being doubted is looked for."""
_DOUBTED = re.compile(
    r"\b(?:could|can|did|do|does|would|was|were|is|are)(?:n['’]t|not| not| never)\s(?:[\w-]+\s){0,3}?"
    r"(?:say|prove|confirm|show|establish|know|believe|think|verify|tell|claim|clear|sure|certain|say for sure)\s"
    r"(?:[\w-]+\s){0,2}?(?:that|whether|if)\s*\Z"
)

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
    tokens = list(re.finditer(r"\d+(?:,\d{3})+|[^\W_]+(?:[-'’][^\W_]+)*|[,;:“”\"]", text[sentence.start : at]))
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
