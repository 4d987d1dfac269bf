"""What one person, body or thing does and what befalls it: event words whose subject, object or agent it is.

Feeds the entity timeline, which lists every such word, dated or not, told in the writer's voice or another's. Works
from the entity's mentions outwards, on words; a mention whose verb is not next to it in its clause tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold.lexicon import entries
from retold.model.facts import TimeExpression, TimeType
from retold.stages.timeline.verbs import Word, is_past, verb_at, words_in
from retold.text.edtf import parse
from retold.text.spans import Span

MOST_TO_VERB = 22
"""Words between a subject and its verb, appositions counted."""
MOST_OBJECT = 4
"""Words between a verb and an object's name: "unveiled the company's new Lark"."""
NEAR_DAYS = 10
"""A day within so many of print goes on to date what the report tells next; an older one is background."""

GOES_ON_SENTENCES = 5
"""A day goes on to date deeds for so many sentences after the one that gave it; sayings for as long as the report."""

_PARTICLES = frozenset({"off", "up", "down", "out", "over", "back", "away", "on", "for"})
_PERSON = frozenset({"he", "she"})
_THING = frozenset({"it", "they"})
_SIGNS = frozenset({";", ":", "–", "—"})
_QUOTES = frozenset({'"', "“", "”"})


@dataclass(frozen=True, slots=True)
class Doing:
    """An event word: its span, the index of its sentence, its day (EDTF, ``?`` where it is taken over) or None."""

    i_sentence: int
    span: Span
    date: str | None


def name_spans(text: str, name: str) -> list[Span]:
    """Return where the text names the entity: in full, by the end of its name, by the last word of a person's.

    >>> text = "Ann Lee spoke. Lee left."
    >>> [text[slice(*span)] for span in name_spans(text, "Ann Lee")]
    ['Ann Lee', 'Lee']
    """
    parts = name.replace("_", " ").split()
    forms = [(r"\s+(?:\w+\s+)?".join(map(re.escape, parts[k:])), re.IGNORECASE) for k in range(max(1, len(parts) - 1))]
    if len(parts) > 1 and parts[-1].isalpha():
        named = parts[-1][:1].isupper()
        forms.append((re.escape(parts[-1]), re.NOFLAG) if named else (rf"the\s+{re.escape(parts[-1])}", re.IGNORECASE))
    if len(parts) == 2 and all(part.isalpha() and part.istitle() for part in parts):
        forms.append((rf"{re.escape(parts[0])}(?!\s+[A-Z])", re.NOFLAG))
    found: list[Span] = []
    for form, flags in forms:
        if found or form == forms[0][0] or len(parts) > 2:
            _add_matches(text, form, flags, found)
    return sorted(found)


def _add_matches(text: str, form: str, flags: int, found: list[Span]) -> None:
    for match in re.finditer(rf"(?<!\w)(?:{form})s?(?!\w)", text, flags):
        span = Span(match.start(), match.end())
        if not any(span.overlaps(other) for other in found):
            found.append(span)


def doings_of(
    text: str,
    sentences: Sequence[Span],
    mentions: Sequence[Span],
    times: Sequence[TimeExpression],
    published: str | None,
) -> list[Doing]:
    """Return the entity's doings in one report, in reading order."""
    found: list[Doing] = []
    in_focus = False
    running, told_at = published, None
    for i, sentence in enumerate(sentences):
        words = words_in(text[sentence.start : sentence.end])
        named = [_at(words, sentence, span) for span in mentions if sentence.holds(span)]
        heads = _heads(words, [place for place in named if place is not None], in_focus)
        in_focus = _keeps_focus(words, heads, named, in_focus)
        here = [time for time in times if sentence.holds(time.span)]
        for first, last in heads:
            span = Span(sentence.start + words[first].start, sentence.start + words[last - 1].end)
            own = _own_time(sentence, words, first, here)
            if own is not None and own.edtf is not None:
                near = _running(own.edtf, published)
                running, told_at = (near, i) if near is not None else (running, told_at)
            goes_on = told_at is not None and i - told_at <= GOES_ON_SENTENCES
            day = published if _is_present(words, first) else running
            found.append(Doing(i, span, _date(words, first, own, day if goes_on or _is_news(words, first) else None)))
    return found


def _at(words: Sequence[Word], sentence: Span, span: Span) -> tuple[int, int] | None:
    inside = [i for i, w in enumerate(words) if span.start <= sentence.start + w.start < span.end]
    return (inside[0], inside[-1] + 1) if inside else None


def _heads(words: Sequence[Word], named: Sequence[tuple[int, int]], in_focus: bool) -> list[tuple[int, int]]:
    """Return the event words (ranges) of a sentence, each once, in order."""
    found: set[tuple[int, int]] = set()
    subject = False
    for first, last in named:
        owns = words[last - 1].low.endswith(("'s", "s'"))
        inside = first > 0 and words[first - 1].text == "," and last < len(words) and words[last].text == ","
        group = list(_owned(words, last) if owns else _as_subject(words, last + inside))  # "the master, Lund, said"
        subject = subject or bool(group)
        found.update(group or _as_other(words, first, last))
    for i, word in enumerate(words):
        opens = i == 0 or (i < 4 and words[i - 1].text == ",")
        known = (word.low in _PERSON and (subject or in_focus)) or (word.low in _THING and in_focus and opens)
        if known and (opens or word.low in _PERSON):
            found.update(_as_subject(words, i + 1))
    return sorted(found)


def _keeps_focus(
    words: Sequence[Word],
    heads: Sequence[tuple[int, int]],
    named: Sequence[tuple[int, int] | None],
    in_focus: bool,
) -> bool:
    """Tell whether a pronoun of the next sentence means the entity: it was this one's first subject."""
    if not heads:
        return False
    return in_focus or any(place is not None and place[0] <= heads[0][0] for place in named)


def _as_subject(words: Sequence[Word], at: int) -> Iterator[tuple[int, int]]:
    """Yield the verb whose subject ends at ``at``, and the verbs that share it."""
    k = _past_aside(words, at)
    while k < len(words) and (words[k].low in _ADVERBS or words[k].low.endswith("ly")):
        k += 1
    if k >= len(words) or k - at > MOST_TO_VERB or not _is_predicate(words, k):
        return
    group = _verb_group(words, k)
    if group is None:
        return
    if _opens_with_gerund(words, at):
        yield 1, 2
    yield from _meant(words, group)
    yield from _shared(words, group[1])


def _opens_with_gerund(words: Sequence[Word], at: int) -> bool:
    """Tell whether the sentence opens with a deed of its subject: "While opening the lock, Lee ..."."""
    opens = words[0].low in {"while", "after", "before", "by", "when", "since"} and words[1].low.endswith("ing")
    return opens and any(word.text == "," for word in words[2:at])


def _meant(words: Sequence[Word], group: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the deed that a verb group means: "decided to leave" the leaving, "made an offer" the offer."""
    verbs = entries("events")["verbs"]
    head, after = words[group[0]].low, group[1]
    to = next((i for i in range(after, min(after + 2, len(words))) if words[i].low == "to"), None)
    bare = to is not None and to + 1 < len(words) and words[to + 1].text.islower() and words[to + 1].low.isalpha()
    if to is not None and bare and words[to + 1].low not in verbs["before_adjective"]:
        if head not in _ONLY_LEADS:
            yield group
        yield _with_particle(words, to + 1)
        return
    noun = _noun_of(words, after) if head in _LIGHT else None
    yield (noun, noun + 1) if noun is not None else group


_ONLY_LEADS = frozenset({
    "chosen", "chose", "decided", "continue", "continued", "continues", "began", "begun", "begin", "started", "plans",
    "agreed", "attempted", "tried", "expected", "set", "due", "wants", "wanted", "moved", "managed", "able", "going",
})  # fmt: skip
_LIGHT = frozenset(
    {"made", "gave", "took", "had", "makes", "gives", "takes", "make", "give", "take", "extended", "taken"}
)


def _noun_of(words: Sequence[Word], at: int) -> int | None:
    """Return the noun of event that is a light verb's object, or None."""
    nouns = entries("events")["verbs"]["nouns"]
    for i in range(at, min(len(words), at + MOST_OBJECT + 2)):
        if not words[i].low.isalpha() or words[i].low in entries("events")["verbs"]["after_participle"]:
            return None
        ends = i + 1 == len(words) or not words[i + 1].low.isalpha() or not words[i + 1].text.islower()
        ends = ends or words[i + 1].low in {"to", "in", "on", "of", "at", "for", "with", "by", "that"}
        if ends:
            return (
                i if words[i].low in nouns or words[i].low.endswith(_DEED_ENDINGS) or words[i].low in _DEEDS else None
            )
    return None


_DEED_ENDINGS = ("tion", "sion", "ement", "ance", "ence")
_DEEDS = frozenset(
    {"keynote", "offer", "promise", "request", "leave", "address", "statement", "decision", "pledge", "bid"}
)


def _past_aside(words: Sequence[Word], at: int) -> int:
    """Return the place behind an apposition, a bracket or a relative clause that commas enclose."""
    if at < len(words) and words[at].text in {",", "("}:
        sign = "," if words[at].text == "," else ")"
        stop = next((i for i in range(at + 1, min(len(words), at + MOST_TO_VERB)) if words[i].text == sign), None)
        return stop + 1 if stop is not None else at
    return at


def _is_predicate(words: Sequence[Word], k: int) -> bool:
    """Tell whether a finite verb stands at k, right behind its subject."""
    word = words[k]
    if not word.text.islower():
        return False
    if verb_at(words, k) or word.low in entries("events")["verbs"]["present"]:
        return True
    plural = k + 1 < len(words) and verb_at(words, k + 1)  # "Lark owners have"
    return word.low.endswith("s") and len(word.low) > 3 and not word.low.endswith(_NOUN_ENDINGS) and not plural


_NOUN_ENDINGS = ("ss", "us", "'s", "ers", "ors", "ions", "ments", "ings", "ists")


def _verb_group(words: Sequence[Word], k: int) -> tuple[int, int] | None:
    """Return the head of the verb group that begins at k, with its particle; None for a bare copula."""
    verbs = entries("events")["verbs"]
    i, head = k, k
    while i < len(words):
        low = words[i].low
        if low in verbs["auxiliaries"] or low in verbs["modals"] or low in _ADVERBS or low.endswith("ly"):
            i += 1
            continue
        after_modal = i > k and words[i].text.islower() and low.isalpha()
        if i == k or is_past(low) or low.endswith("ing") or low in verbs["participles"] or _after_modal(words, k, i):
            head = i
            return _with_particle(words, head) if i == k or after_modal else None
        return (k, k + 1) if words[k].low in {"has", "have", "had"} and i == k + 1 else None
    return None


def _after_modal(words: Sequence[Word], k: int, i: int) -> bool:
    verbs = entries("events")["verbs"]
    group = {word.low for word in words[k:i]}
    return bool(group & {*verbs["modals"], "did", "does", "do"}) and "be" not in group


def _with_particle(words: Sequence[Word], head: int) -> tuple[int, int]:
    after = words[head + 1].low if head + 1 < len(words) else ""
    phrasal = after in _PARTICLES - {"on", "for"} or (words[head].low, after) in {("accounts", "for"), ("carry", "on")}
    return head, head + 2 if phrasal else head + 1


def _shared(words: Sequence[Word], at: int) -> Iterator[tuple[int, int]]:
    """Yield the verbs that go on with the same subject: "and left", ", saying ...", "by opening ..."."""
    inside = False
    for i in range(at, len(words)):
        low, before = words[i].low, words[i - 1]
        if low in {"that", "which", "who", "where", "when", "because", "while", "after"}:
            inside = True
        if words[i].text in _SIGNS:
            return
        if inside:
            if before.low == "but" and words[i - 2].text == "," and is_past(low) and words[i].text.islower():
                yield _with_particle(words, i)
            continue
        behind = words[i - 2].text == "," and (before.low.endswith("ly") or before.low in {"later", "then"})
        if low.endswith("ing") and (before.text == "," or before.low == "by" or behind) and len(low) > 4:
            if low not in {"including", "according", "during"}:
                yield i, i + 1
        elif before.low in {"and", "but", "then"} and words[i].text.islower() and is_past(low) and verb_at(words, i):
            yield _with_particle(words, i)
        elif verb_at(words, i) and before.text.isalpha() and not is_past(low):
            inside = True


def _as_other(words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the verb whose agent ("by ..."), inverted subject ('" said ...') or object the name is."""
    k = first
    while k and (words[k - 1].text[:1].isupper() or words[k - 1].low in _ADJECTIVES) and first - k < MOST_OBJECT:
        k -= 1
    if not k:
        return
    before = words[k - 1]
    if before.low == "by":
        yield from _passive(words, k - 1)
    elif _governs(words, k - 1) or _is_inverted(words, k - 1):
        yield k - 1, k
    if last < len(words) and words[last].low in {"'s", "s", "'"}:
        yield from _owned(words, last + 1)


_ADJECTIVES = frozenset({"the", "a", "its", "his", "their", "new", "latest", "own", "first", "current", "president"})


def _is_inverted(words: Sequence[Word], i: int) -> bool:
    """Tell whether the word at i is a saying behind what is said: '"...", said Lee'."""
    return words[i].low in entries("events")["attribution"]["plain"] and i > 0 and words[i - 1].text in _QUOTES | {","}


def _passive(words: Sequence[Word], by: int) -> Iterator[tuple[int, int]]:
    for i in range(by - 1, max(-1, by - MOST_OBJECT), -1):
        if is_past(words[i].low) or words[i].low in entries("events")["verbs"]["participles"]:
            yield i, i + 1
            return


def _governs(words: Sequence[Word], i: int) -> bool:
    """Tell whether the word before an object is a verb: a past form, "-ing", or a bare form behind "to" or "will"."""
    low = words[i].low
    if not words[i].text.islower() or low in entries("events")["verbs"]["auxiliaries"]:
        return False
    if is_past(low) or (low.endswith("ing") and low not in entries("events")["verbs"]["ing_nouns"] and len(low) > 5):
        return low not in entries("events")["attribution"]["plain"]
    lead = words[i - 1].low if i else ""
    return lead in {"to", "will", "would"} and low.isalpha()


def _owned(words: Sequence[Word], at: int) -> Iterator[tuple[int, int]]:
    """Yield the event that the name owns: "Lee's resignation"."""
    nouns = entries("events")["verbs"]["nouns"]
    for i in range(at, min(len(words), at + 3)):
        if words[i].low in nouns or words[i].low.endswith(("ation", "ement", "earance")):
            yield i, i + 1
            return
        if not words[i].text.islower():
            return


_ADVERBS = frozenset({
    "also", "then", "now", "later", "again", "first", "once", "still", "just", "soon", "even", "not", "never",
    "already", "since", "however", "twice", "before", "meanwhile", "both", "all", "itself", "himself", "herself",
})  # fmt: skip


def _own_time(sentence: Span, words: Sequence[Word], i: int, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """Return the time in the event word's stretch of the sentence, a day before a month, the nearest of its kind."""
    best: tuple[tuple[int, int], TimeExpression] | None = None
    for time in times:
        if time.edtf is None or time.type not in (TimeType.DATE, TimeType.TIME) or time.value.endswith("_REF"):
            continue
        at = next((k for k, w in enumerate(words) if sentence.start + w.start >= time.span.start), len(words))
        low, high = min(i, at), max(i, at)
        between = words[low + 1 : high]
        if any(w.text in _SIGNS or w.low in {"that", "which", "who", "because", "while"} for w in between):
            continue
        if at > i and sum(verb_at(words, k) for k in range(i + 1, at)) > (not verb_at(words, i)):
            continue  # a noun's own verb may stand between: "her resignation came on Monday"
        rank = (_size(time), high - low)
        if best is None or rank < best[0]:
            best = (rank, time)
    return best[1] if best else None


def _size(time: TimeExpression) -> int:
    days = parse(time.edtf or "")
    return days.size if days is not None else 0


def _running(edtf: str, published: str | None) -> str | None:
    """Return the day that what follows goes on with, where the time is one day near print."""
    days, day = parse(edtf), parse(published) if published else None
    near = days is not None and day is not None and days.size == 1 and 0 <= day.first - days.first <= NEAR_DAYS
    return edtf if near else None


def _date(words: Sequence[Word], head: int, own: TimeExpression | None, running: str | None) -> str | None:
    if own is not None:
        return own.edtf
    return None if running is None or _is_open(words, head) else f"{running}?"


def _is_news(words: Sequence[Word], head: int) -> bool:
    """Tell whether the word is a saying or an announcing: what is said undated in a report is said for it, or then."""
    rules = entries("events")
    return words[head].low in {
        *rules["attribution"]["plain"],
        *rules["verbs"]["with_clause"],
        *rules["verbs"]["published"],
    }


def _is_open(words: Sequence[Word], head: int) -> bool:
    """Tell whether the verb is behind a modal, "had" or "to": its day is not that of what is told around it."""
    verbs = entries("events")["verbs"]
    for k in range(head - 1, max(-1, head - MOST_OBJECT - 1), -1):
        low = words[k].low
        if low in verbs["modals"] or low in {"had", "to"}:
            return True
        if low not in verbs["auxiliaries"] and low not in _ADVERBS and not low.endswith("ly"):
            return False
    return False


def _is_present(words: Sequence[Word], head: int) -> bool:
    low = words[head].low
    return low in entries("events")["verbs"]["present"] or low == "has" or (low.endswith("s") and not is_past(low))
