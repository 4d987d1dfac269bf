"""What of a sentence tells no event: the words that say who says so, questions, and the writer's own voice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.lexicon import entries
from retold.model.facts import Claim
from retold.model.report import Sentence
from retold.stages.timeline.deeds import words_passed_on
from retold.stages.timeline.judging import outside_quotes
from retold.stages.timeline.telling import Telling
from retold.stages.timeline.verbs import verb_at, words_in
from retold.text.spans import Span
from retold.text.words import words_of


def words_of_saying(text: str, sentence: Sentence, claims: Sequence[Claim]) -> list[Span]:
    """Return the stretches of a sentence that only say who says so."""
    plain = set(entries("events")["attribution"]["plain"])
    found: list[Span] = []
    for claim in claims:
        cue = [span for span in claim.cue if sentence.span.holds(span)]
        if not cue or not {word.key for span in cue for word in words_of(text, span)} & plain:
            continue
        if _REPORTED_THING.match(text, cue[-1].start):
            continue
        beside = [span for span in (*claim.source, *claim.to) if sentence.span.holds(span)]
        beside = [span for span in beside if not _is_object(text, sentence, span, cue[0])]
        parts = cue + [span for span in beside if not _verb_between(text, span, cue[0])]
        whole = Span(min(part.start for part in parts), max(part.end for part in parts))
        content = [span for span in claim.content if sentence.span.holds(span)]
        if content and not any(span.overlaps(whole) for span in content):
            found.append(whole)
    return found


def _is_object(text: str, sentence: Sentence, source: Span, cue: Span) -> bool:
    """Tell whether "saying" follows the object of the sentence's own verb: "berated Varn saying he ..."."""
    before = words_in(text[sentence.start : source.start])
    is_gerund = text[cue.start : cue.end].lower().endswith("ing")
    return is_gerund and bool(before) and verb_at(before, len(before) - 1) and not before[-1].low.endswith("n't")


def _verb_between(text: str, source: Span, cue: Span) -> bool:
    """Tell whether the source has a deed of its own before the saying: "Varn sold the quay on Monday, saying ..."."""
    words = words_in(text[source.end : cue.start])
    return any(verb_at(words, i) for i in range(len(words)))


# "A driver reported a fault" tells an act; "reported that the crane failed" passes words on.
_REPORTED_THING = re.compile(
    r"(?:was|were) (?:first |also )?reported (?:first )?(?:[\w-]+ ){0,4}by\b|"
    r"(?:reported|claimed) (?:an?|the|his|her|its|their)\b|wrote to\b|claimed (?:another|victory|responsibility)\b"
    r"|asked (?!(?:if|whether|about|why|how)\b)(?:[\w’'-]+\s){1,8}?to\b"
)


def without_bare_saying(text: str, sentence: Sentence, found: list[Telling]) -> list[Telling]:
    """Return the tellings without one that only says who announced the others: "..., the port announced Monday"."""
    return [t for t in found if len(found) == 1 or not _is_bare_saying(text, sentence, t)]


def _is_bare_saying(text: str, sentence: Sentence, telling: Telling) -> bool:
    ends = telling.time is not None and telling.time.span.end == telling.shown.end
    ends = ends and text[telling.shown.end : sentence.end].strip(" .") == ""
    after_comma = text[sentence.start : telling.shown.start].rstrip().endswith(",")
    return (
        ends and after_comma and telling.verb in words_passed_on() and len(words_of(text, telling.shown)) <= MOST_BARE
    )


MOST_BARE = 9
"""Words of a clause that has room only for who announced it and when."""


def is_no_statement(text: str, sentence: Sentence) -> bool:
    """Tell whether the sentence asks, or speaks for the writer: "Did the board know?", "We think ..."."""
    words = text[sentence.start : sentence.end].rstrip(" \"'”’)")
    return (
        words.endswith("?")
        or _LABELLED.match(words) is not None
        or _OWN_VOICE.search(outside_quotes(text, sentence.span)) is not None
    )


_LABELLED = re.compile(r"(?:OPINION|ANALYSIS|COMMENTARY|WATCH|VIDEO|PHOTOS|EXCLUSIVE|SEE ALSO|READ MORE|RELATED): ")
_OWN_VOICE = re.compile(r"(?<![\w.'’])(?:I|we|We|my|My|our|Our|you|You|your|Your|let['’]s|Let['’]s)(?![\w.]|['’]s)")
