"""Readings, claims, events and breakages as W3C Web Annotations (JSON-LD).

Every target names the report's address (or its page) and opens twice: by position in code points of the page's text,
and by quotation with what stands before and after; reports on the web also as a link to their text. Source: W3C Web
Annotation Data Model, 4.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from retold.exports.characters import json_text
from retold.exports.places import Places, address_of, places_of, web_address, words_of_spans
from retold.model.facts import Claim, Event
from retold.model.page import Pointer
from retold.model.story import Breakage, Locus, Reading
from retold.text.spans import Span
from retold.views.story_view import StoryView, Witness

Json = dict[str, Any]

CONTEXT_CHARACTERS = 32
"""Length of the prefix and suffix of a quotation, as the annotation tools in use write them."""

TEXT_FRAGMENTS = "https://wicg.github.io/scroll-to-text-fragment/"
FRAGMENT_WORDS = 5
"""Words at each end that name a long quotation in an address; the draft asks for enough to be unique, and for short."""


def to_annotations(view: StoryView) -> str:
    """Return one AnnotationCollection with everything said about places of the story's pages."""
    name = f"urn:retold:story:{view.story.story}"
    items = [
        {"id": f"{name}:annotation:{number}", "type": "Annotation", "motivation": "describing", **told}
        for number, told in enumerate(_all(view), start=1)
    ]
    page = {"id": f"{name}:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection: Json = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{name}:annotations",
        "type": "AnnotationCollection",
        "label": view.story.title,
        "total": len(items),
    }
    return json_text({**collection, "first": page} if items else collection)


def _all(view: StoryView) -> Iterator[Json]:
    places = places_of(view)
    for locus in view.loci:
        for reading in locus.readings:
            if reading.spans:
                yield _reading(places, locus, reading)
    for witness in view.witnesses:
        for claim in witness.report.claims:
            if claim.content or claim.cue:
                yield _claim(witness, claim)
    for event in view.events:
        yield _event(places, event)
    for row in view.breakages:
        yield _breakage(places, row)


def _reading(places: Places, locus: Locus, reading: Reading) -> Json:
    witness, lemma = places.witnesses[reading.page], places.siglum(locus.lemma)
    told = [f"locus L{locus.i_locus + 1}", f"told against {lemma}"]
    tags = ["reading", reading.change.value, *(["moved"] if reading.moved else []), *(k.value for k in reading.kinds)]
    return {"body": _bodies(tags, "; ".join(told)), "target": _targets(witness, reading.spans)}


def _claim(witness: Witness, claim: Claim) -> Json:
    text = witness.report.page.text
    source, addressee = words_of_spans(text, claim.source), words_of_spans(text, claim.to)
    hedge = text[claim.hedge.start : claim.hedge.end] if claim.hedge else ""
    parts = (("said by", source), ("cue", words_of_spans(text, claim.cue)), ("to", addressee), ("hedge", hedge))
    told = "; ".join(f"{name}: {words}" for name, words in parts if words)
    tags = ["claim", claim.kind.value, claim.polarity.value]
    return {"body": _bodies(tags, told), "target": _targets(witness, claim.content or claim.cue)}


def _event(places: Places, event: Event) -> Json:
    parts = (("date", event.date or ""), ("given by", places.words(event.words)), ("origins", ", ".join(event.origins)))
    told = "; ".join(f"{name}: {words}" for name, words in parts if words)
    tags = ["event", event.event, event.factuality.value, *(["series"] if event.series else [])]
    told_at = dict.fromkeys((event.what, *event.mentions))
    return {"body": _bodies(tags, told), "target": [_target(places, place) for place in told_at]}


def _breakage(places: Places, row: Breakage) -> Json:
    told: Json = {
        "body": _bodies(["breakage", row.kind], row.says),
        "target": _targets(places.witnesses[row.page], [row.span]),
    }
    if row.elsewhere is not None:
        told["body"].append({**_target(places, row.elsewhere), "purpose": "linking"})
    return told


def _bodies(tags: Iterable[str], told: str) -> list[Json]:
    bodies: list[Json] = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    if told:
        bodies.append({"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": told})
    return bodies


def _target(places: Places, place: Pointer) -> Json:
    return _resource(places.witnesses[place.page], place.span)


def _targets(witness: Witness, spans: Iterable[Span]) -> list[Json]:
    return [_resource(witness, span) for span in spans]


def _resource(witness: Witness, span: Span) -> Json:
    """Return the span of the report as a specific resource; the page's id tells two versions of one address apart."""
    selectors = selectors_of(witness.report.page.text, span)
    if web_address(witness) and span.size:
        selectors.append(fragment_of(witness.report.page.text[span.start : span.end]))
    return {
        "type": "SpecificResource",
        "source": address_of(witness),
        "dcterms:identifier": witness.page,
        "selector": selectors,
    }


def fragment_of(exact: str) -> Json:
    """Return the selector a browser opens as ``#:~:text=``: the words, of many only the first and last.

    >>> fragment_of("The pier - shut since May")["value"]
    ':~:text=The%20pier%20%2D%20shut%20since%20May'
    """
    words = exact.split()
    parts = [words] if len(words) <= 2 * FRAGMENT_WORDS else [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]]
    value = ",".join(quote(" ".join(part), safe="", errors="replace").replace("-", "%2D") for part in parts)
    return {"type": "FragmentSelector", "conformsTo": TEXT_FRAGMENTS, "value": f":~:text={value}"}


def selectors_of(text: str, span: tuple[int, int]) -> list[Json]:
    """Return a position selector and a quotation selector for the span of the text.

    >>> selectors_of("The pier is shut.", (4, 8))[1]["exact"]
    'pier'
    """
    start, end = span
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT_CHARACTERS) : start],
            "suffix": text[end : end + CONTEXT_CHARACTERS],
        },
    ]
