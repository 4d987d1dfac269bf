"""Events that several reports tell, as the timeline joined them: they agree that it happened, in whatever words.

Owns which mentions of an event are statements of their own. Whether two clauses tell one event is the timeline's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.model.facts import Event
from retold.model.page import PageId, Pointer
from retold.stages.agreement.material import Material
from retold.text.spans import Span

LEAST_LENGTH = 25
"""Characters from which a mention is a statement, no bare name of the event."""

LEAST_NAMED_LENGTH = 45
"""The same of a phrase inside a sentence: a longer one says what happened too."""


def events_told_alike(material: Material, events: Sequence[Event]) -> Iterator[list[tuple[PageId, Span]]]:
    """Yield the first mention of each event in every report that tells it, where several do."""
    order = {page: i for i, page in enumerate(material.pages)}
    for event in events:
        first: dict[PageId, Span] = {}
        for mention in sorted(event.mentions, key=lambda mention: mention.start):
            if _is_statement(material, mention):
                first.setdefault(mention.page, Span(mention.start, mention.end))
        if len(first) > 1 and not event.series:
            yield sorted(first.items(), key=lambda item: order[item[0]])


def _is_statement(material: Material, mention: Pointer) -> bool:
    """Tell whether the mention says what happened, and does not only name it: "a joint session on Monday"."""
    words = material.texts[mention.page][mention.start : mention.end]
    return len(words) >= (LEAST_NAMED_LENGTH if _NOUN_PHRASE.match(words) else LEAST_LENGTH)


_NOUN_PHRASE = re.compile(r"(?:an?|his|her|its|their|the)\s")


def mentions_elsewhere(events: Sequence[Event]) -> dict[PageId, list[Span]]:
    """Return the mentions of each report whose event another report tells too."""
    found: dict[PageId, list[Span]] = {}
    for event in events:
        if len({mention.page for mention in event.mentions}) > 1:
            for mention in event.mentions:
                found.setdefault(mention.page, []).append(Span(mention.start, mention.end))
    return found
