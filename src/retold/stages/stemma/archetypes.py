"""The text of an unseen source, reading by reading, as its carriers have it.

Owns ``archetype_readings``: never composed prose, always a pointer to the words of one carrier with the others that
have them so. Owns too which words of a report stand in others (churn).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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


def common_words(witness: Witness, places: Iterable[Place], matches: Sequence[Match]) -> set[int]:
    """Return where the words of the main text start that stand in another report; ``places`` are those it has."""
    common: set[int] = set()
    for place in places:
        common |= _common_in(witness, place)
    spans = sorted(
        (span.a0, span.a1) if match.a == witness.page else (span.b0, span.b1)
        for match in matches
        for span in match.spans
        if span.type is not MatchType.BOILERPLATE
    )
    return common | _words_inside(witness, spans)


def words_at(witness: Witness, place: Place) -> set[int]:
    """Return where the words of a report's reading at a place start."""
    return {word.start for span in place.spans[witness.page] for word in witness.words_in(span)}


def _common_in(witness: Witness, place: Place) -> set[int]:
    """Return the starts of the report's words at a place that stand in another's wording of the sentence."""
    mine = place.variant[witness.page]
    if place.n_holding(mine) > 1:
        return words_at(witness, place)
    found: set[int] = set()
    left = Counter(place.elsewhere(mine))
    for word in (word for span in place.spans[witness.page] for word in witness.words_in(span)):
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
