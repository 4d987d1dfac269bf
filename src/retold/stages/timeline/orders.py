"""Clauses that a noun puts in order: "Hours after the collapse, ...", "left about two weeks after the meeting".

The noun must name what another clause of the page tells; else the clause has no place in time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold.lexicon import entries
from retold.stages.timeline.telling import Telling, stem_of
from retold.text.spans import Span

_SIDE = (
    r"(?:(?:just|only|shortly|soon|about)\s+)*"
    r"(?:(?:an?|one|two|three|four|five|six|seven|several|a few|\d+)?\s*"
    r"\b(?P<unit>minutes?|moments|hours?|days?|weeks?|months?)\s+)?"
    r"(?P<side>after|before|following)\s+(?:the|its|his|her|their|that)\s+(?:[\w-]+\s){0,2}(?P<noun>[a-z]+)"
)
_OPENS = re.compile(_SIDE + r"(?=,\s)", re.IGNORECASE)
_CLOSES = re.compile(r"\s" + _SIDE + r"\Z", re.IGNORECASE)


def noun_order(text: str, span: Span) -> re.Match[str] | None:
    """Return the words by which a noun orders the clause: at its start before a comma, or at its end."""
    words = text[span.start : span.end]
    opens = _OPENS.match(words)
    if opens is not None:
        return opens if opens["unit"] or opens["noun"].lower() in entries("events")["verbs"]["nouns"] else None
    closes = _CLOSES.search(words)
    return closes if closes is not None and closes["noun"].lower() in entries("events")["verbs"]["nouns"] else None


def ordered_by_nouns(text: str, told: Sequence[Telling]) -> list[Telling]:
    """Order such clauses by the one clause that told the noun's event; drop those that nothing places."""
    kept: list[Telling] = []
    for telling in told:
        found = noun_order(text, telling.span) if telling.date is None else None
        if found is None:
            kept.append(telling)
            continue
        other = _telling_of(told, telling, stem_of(found["noun"].casefold()))
        if other is None:
            if telling.after:
                kept.append(telling)
            continue
        first, second = (telling, other) if found["side"].lower() == "before" else (other, telling)
        second.after.append(first)
        if (found["unit"] or "").lower() in entries("events")["order"]["units_within_a_day"]:
            second.close_after.append(first)
        kept.append(telling)
    return kept


def _telling_of(told: Sequence[Telling], telling: Telling, stem: str) -> Telling | None:
    """Return the telling of the noun's event: by its verb or noun, dated first, else a dated one with it."""
    others = [t for t in told if t.verb == stem and t is not telling]
    named = [t for t in told if stem in t.keys and t.date is not None and t.span.end <= telling.span.start]
    dated = next((t for t in others if t.date is not None), None)
    return dated or next(iter(others), None) or (named[-1] if named else None)
