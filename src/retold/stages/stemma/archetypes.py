"""The text of an unseen source, reading by reading, as its carriers have it.

Owns ``archetype_readings``: never composed prose, always a pointer to the words of one carrier with the others that
have them so. Owns too how much of a report stands in others or in its source (churn).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from retold.model.page import PageId, Pointer
from retold.model.story import ArchetypeReading, Match, MatchType, StoryId
from retold.stages.stemma.places import Place
from retold.stages.stemma.witnesses import Witness


def readings_of(
    story: StoryId, node: str, source: Mapping[int, int], carriers: Sequence[PageId], places: Sequence[Place]
) -> list[ArchetypeReading]:
    """Return the readings of an unseen copy by order of place; ``source`` gives its variant by index of the place."""
    made: list[ArchetypeReading] = []
    for i, variant in sorted(source.items()):
        place = places[i]
        holding = [page for page in carriers if place.variant.get(page) == variant]
        if not holding:
            continue
        spans = place.spans[holding[0]]
        pointer = Pointer(holding[0], spans[0].start, spans[-1].end)
        made.append(ArchetypeReading(story, node, place.i_locus, pointer, tuple(holding), len(carriers)))
    return made


def churn_of(
    witness: Witness,
    places: Sequence[Place],
    matches: Sequence[Match],
    sourced: frozenset[int],
) -> float:
    """Return the share (0..1) of the main text's words that stand in another report or in the inferred source.

    ``sourced`` are the places whose reading in this report is the source's.
    """
    if not witness.words:
        return 0.0
    common: set[int] = set()
    for i, place in enumerate(places):
        if witness.page in place.variant:
            common |= _common_in(witness, place, whole=i in sourced)
    spans = sorted(
        (span.a0, span.a1) if match.a == witness.page else (span.b0, span.b1)
        for match in matches
        if witness.page in (match.a, match.b)
        for span in match.spans
        if span.type is not MatchType.BOILERPLATE
    )
    common |= _words_inside(witness, spans)
    return round(min(1.0, len(common) / witness.n_words), 4)


def _common_in(witness: Witness, place: Place, *, whole: bool) -> set[int]:
    """Return the starts of the report's words at a place that stand in another's wording of the sentence."""
    mine = place.variant[witness.page]
    words = [word for span in place.spans[witness.page] for word in witness.words_in(span)]
    if whole or sum(variant == mine for variant in place.variant.values()) > 1:
        return {word.start for word in words}
    found: set[int] = set()
    left = Counter(place.elsewhere(mine))
    for word in words:
        if left[word.key] > 0:
            left[word.key] -= 1
            found.add(word.start)
    return found


def _words_inside(witness: Witness, spans: Sequence[tuple[int, int]]) -> set[int]:
    found: set[int] = set()
    words, i, reached = witness.words, 0, -1
    for start, end in spans:
        if end <= reached:
            continue
        reached = end
        while i < len(words) and words[i].start < start:
            i += 1
        while i < len(words) and words[i].end <= end:
            found.add(words[i].start)
            i += 1
    return found
