"""Whether the words before a colon are a speaker: "Holt: Quay must close", "Hurricane Ada: 1m flee".

Owns that test, which needs the whole page: a speaker speaks again under the same name, is quoted behind the colon, or
opens several lines of a transcript, each of which is then his or hers to the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.speakers import Spoken
from retold.text.spans import trim

_QUOTE = "\"'“‘«"
_FEWEST_TURNS = 2
"""Lines that open with a label before it counts as a speaker of a transcript."""
_LONGEST_NAME = 3
"""Words of the longest label that a quotation alone makes a speaker: a longer one is a headline of its own."""
_POSSESSIVE = re.compile(r"['’]s?$")


def by_speakers(text: str, claims: Sequence[Spoken]) -> list[Spoken]:
    """Return the claims without labels that nobody speaks under; a turn of a transcript runs to the end of its line."""
    speaking = {name for claim in claims if claim.group != "label" for name in _last_words(text, claim)}
    turns = Counter(_label(text, claim) for claim in claims if claim.group == "label" and _is_turn(text, claim))
    kept: list[Spoken] = []
    for claim in claims:
        if claim.group != "label":
            kept.append(claim)
        elif turns[_label(text, claim)] >= _FEWEST_TURNS:
            kept.append(_whole_turn(text, claim))
        elif (
            _label(text, claim).casefold() in _surveys()
            or _is_quoted(text, claim)
            or _last_words(text, claim) & speaking
        ):
            kept.append(claim)
    return kept


@cache
def _surveys() -> frozenset[str]:
    """Return what a headline names before its colon when it tells what a poll or report says."""
    return frozenset(entries("reporting_verbs")["surveys"]["nouns"]) | {"report"}


def _label(text: str, claim: Spoken) -> str:
    return " ".join(text[a:b] for a, b in claim.source)


def _is_turn(text: str, claim: Spoken) -> bool:
    """Tell whether the label opens a line in capitals, as transcripts print their speakers."""
    start = claim.source[0].start
    return (start == 0 or text[start - 1] == "\n") and _label(text, claim).isupper()


def _whole_turn(text: str, claim: Spoken) -> Spoken:
    """Return the claim with all that is said up to the end of the line."""
    start = claim.content[0].start
    end = text.find("\n", start)
    return replace(claim, content=(trim(text, (start, end if end >= 0 else len(text))),))


def _is_quoted(text: str, claim: Spoken) -> bool:
    is_short = len(_label(text, claim).split()) <= _LONGEST_NAME
    return is_short and bool(claim.content) and text[claim.content[0].start] in _QUOTE


def _last_words(text: str, claim: Spoken) -> set[str]:
    """Return the last word of the source in small letters; of several pieces that of each."""
    words = (text[piece.start : piece.end].split() for piece in claim.source)
    return {_POSSESSIVE.sub("", found[-1].casefold()) for found in words if found}
