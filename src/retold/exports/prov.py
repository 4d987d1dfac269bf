"""Derivations between reports as PROV-JSON.

Reports and unseen originals are entities, outlets agents; an edge of the stemma is a derivation with its confidence,
evidence and runner-up. Source: W3C Member Submission PROV-JSON, 2013.
"""

from __future__ import annotations

from typing import Any

from retold.exports.characters import json_text
from retold.exports.places import address_of, outlet_of, published_of, title_of
from retold.exports.stemma_graph import GraphEdge, graph_of
from retold.views.story_view import StoryView, Witness

Json = dict[str, Any]


def to_prov(view: StoryView) -> str:
    """Return the provenance document of the story's reports."""
    nodes, edges = graph_of(view)
    entities: Json = {f"story:{witness.siglum}": _report(witness) for witness in view.witnesses}
    for node in nodes:
        if node.is_unseen:
            entities[f"story:{node.id}"] = {"prov:type": _name("retold:UnseenOriginal"), "prov:label": node.label}
    outlets = list(dict.fromkeys(filter(None, map(outlet_of, view.witnesses))))
    agents = {f"story:outlet{i}": _agent(name) for i, name in enumerate(outlets, start=1)}
    attributed = {
        f"_:by{witness.siglum}": {
            "prov:entity": f"story:{witness.siglum}",
            "prov:agent": f"story:outlet{outlets.index(outlet_of(witness)) + 1}",
        }
        for witness in view.witnesses
        if outlet_of(witness)
    }
    document: Json = {
        "prefix": {"retold": "urn:retold:terms:", "story": f"urn:retold:story:{view.story.story}:"},
        "entity": entities,
        "agent": agents,
        "wasAttributedTo": attributed,
        "wasDerivedFrom": {f"_:edge{i}": _derivation(edge) for i, edge in enumerate(edges, start=1)},
    }
    return json_text({name: part for name, part in document.items() if part})


def _report(witness: Witness) -> Json:
    told: Json = {
        "prov:type": _name("retold:Report"),
        "prov:location": address_of(witness),
        "retold:page": witness.page,
    }
    origin = witness.origin
    known = {
        "prov:label": title_of(witness),
        "retold:published": published_of(witness),
        "retold:origin": origin.origin if origin else "",
        "retold:derivation": origin.derivation.value if origin else "",
    }
    return told | {name: value for name, value in known.items() if value}


def _agent(name: str) -> Json:
    return {"prov:type": _name("prov:Organization"), "prov:label": name}


def _name(qualified: str) -> Json:
    return {"$": qualified, "type": "xsd:QName"}


def _derivation(edge: GraphEdge) -> Json:
    told: Json = {
        "prov:generatedEntity": f"story:{edge.target}",
        "prov:usedEntity": f"story:{edge.source}",
        "prov:type": _name(f"retold:{edge.kind}"),
        "retold:confidence": {"$": f"{edge.confidence:.4g}", "type": "xsd:double"},
    }
    if edge.evidence:
        told["retold:evidence"] = list(edge.evidence)
    if edge.runner_up:
        told["retold:runner_up"] = edge.runner_up
    return told
