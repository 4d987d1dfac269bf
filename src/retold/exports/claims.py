"""Who said what, as schema.org Claims (JSON-LD).

One Claim for each claim of each report, with the report as its appearance. Whether a speaker is a person or a body
is told only where a name inside the source says so; whether a claim is right is nobody's statement here.
"""

from __future__ import annotations

from typing import Any

from retold.exports.characters import json_text
from retold.exports.places import outlet_of, page_urn, published_of, title_of, web_address, words_of_spans
from retold.model.facts import Claim, EntityType, Mention
from retold.views.story_view import StoryView, Witness

Json = dict[str, Any]

_TYPES = {
    EntityType.PERSON: "Person",
    EntityType.ORGANISATION: "Organization",
    EntityType.AGENCY: "NewsMediaOrganization",
    EntityType.BROADCASTER: "NewsMediaOrganization",
    EntityType.GROUP: "Organization",
}


def to_claims(view: StoryView) -> str:
    """Return the claims of every report, in the order of the reports."""
    graph = [_claim(witness, claim) for witness in view.witnesses for claim in witness.report.claims if claim.content]
    return json_text({"@context": "https://schema.org", "@graph": graph})


def _claim(witness: Witness, claim: Claim) -> Json:
    text = witness.report.page.text
    first, last = claim.content[0].start, claim.content[-1].end
    told: Json = {
        "@type": "Claim",
        "@id": f"{page_urn(witness.page)}#char={first},{last}",
        "text": words_of_spans(text, claim.content),
        "appearance": _article(witness),
    }
    if claim.source:
        told["author"] = _author(witness, claim)
    if claim.to:
        told["audience"] = {"@type": "Audience", "name": words_of_spans(text, claim.to)}
    marks = [claim.kind.value, claim.polarity.value]
    if claim.hedge:
        marks.append(f"hedge: {text[claim.hedge.start : claim.hedge.end]}")
    return {**told, "keywords": marks}


def _author(witness: Witness, claim: Claim) -> Json:
    name = words_of_spans(witness.report.page.text, claim.source)
    kinds = {_TYPES[m.type] for m in witness.report.mentions if m.type in _TYPES and _names(m, claim)}
    return {"@type": kinds.pop(), "name": name} if len(kinds) == 1 else {"name": name}


def _names(mention: Mention, claim: Claim) -> bool:
    """Tell whether the mention ends a piece of the source: its last name is the speaker, others qualify it."""
    return any(piece.holds(mention.span) and piece.end == mention.span.end for piece in claim.source)


def _article(witness: Witness) -> Json:
    told: Json = {"@type": "NewsArticle", "@id": page_urn(witness.page)}
    outlet = outlet_of(witness)
    known = {
        "url": web_address(witness),
        "headline": title_of(witness),
        "datePublished": published_of(witness),
        "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
    }
    return told | {name: value for name, value in known.items() if value}
