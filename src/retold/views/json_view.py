"""The JSON contracts: pages, matches, story rows and StoryViews as plain dicts, ready for ``json.dumps``.

The shapes are fixed by ``docs/schema/*.json``. Spans are ``[start, end]`` in code points of the page's text;
witnesses go by siglum, and every pointer names its page as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from retold.lexicon import entries
from retold.model.entity_timeline import EntityEntry
from retold.model.facts import Agreement, Claim, Entity, Event, Mention, Quantity, TimeExpression
from retold.model.page import Page, PageId, Pointer
from retold.model.report import MetaField, MetaValue, SegmentReasons
from retold.model.story import Alignment, ArchetypeReading, Breakage, Locus, Match, StemmaEdge, Weighing
from retold.text.spans import Span
from retold.views.card import card_of
from retold.views.story_view import PageView, Pair, StoryView, Witness

Json = dict[str, Any]


def page_json(view: PageView, *, facts: bool = False) -> Json:
    """Return the labelled page; with ``facts`` also its claims, times, quantities and mentions."""
    page = view.page
    told: Json = {
        "page": page.page,
        "source": page.source,
        "source_id": page.source_id,
        "text_version": page.text_version,
        "language": view.meta_value(MetaField.LANGUAGE),
        "text": page.text,
        "segments": [{"start": s.start, "end": s.end, "kind": s.kind.value} for s in view.segments],
        "sentences": [[s.start, s.end] for s in view.sentences],
        "meta": _meta_json(view.meta),
        "dateline": _dateline_json(view),
        "credits": _credits_json(view),
        "notes": [{"kind": note.kind.value, "span": list(note.span)} for note in view.notes],
        "images": [{"caption": _span(i.caption), "credit": _span(i.credit)} for i in view.images],
        "characters": asdict(page.characters),
        "remarks": list(page.remarks),
    }
    if facts:
        told["claims"] = [claim_json(claim) for claim in view.claims]
        told["times"] = [_time_json(time) for time in view.times]
        told["quantities"] = [_quantity_json(quantity) for quantity in view.quantities]
        told["mentions"] = [_mention_json(mention) for mention in view.mentions]
    return told


def match_json(match: Match, name: dict[str, str]) -> Json:
    """Return the passages two pages share; ``name`` gives what each page is called (source_id, path or siglum)."""
    return {
        "a": name.get(match.a, match.a),
        "b": name.get(match.b, match.b),
        "shared_words": match.shared_words,
        "containment_a": round(match.containment_a, 4),
        "containment_b": round(match.containment_b, 4),
        "spans": [[s.a0, s.a1, s.b0, s.b1, s.type.value] for s in match.spans],
    }


def entity_timeline_json(entries: Sequence[EntityEntry], names: Mapping[PageId, str]) -> Json:
    """Return the timeline of one entity; ``names`` gives what each page is called (source_id or address)."""
    return {
        "entries": [
            {
                "order": entry.order,
                "date": entry.date,
                "events": [
                    {"page": names[e.page], "sentence": e.i_sentence, "span": [e.span.start, e.span.end]}
                    for e in entry.events
                ],
            }
            for entry in entries
        ]
    }


def story_row_json(view: StoryView) -> Json:
    """Return the story as one row of a list of stories."""
    return {
        "story": view.story.story,
        "saga": view.story.saga,
        "title": view.story.title,
        "first": view.story.first,
        "last": view.story.last,
        "reports": [w.report.page.source_id or w.report.page.source for w in view.witnesses],
        "origins": [{"name": o.name, "reports": len(o.reports)} for o in view.origins],
    }


def story_json(view: StoryView) -> Json:
    """Return the whole StoryView."""
    sigla: dict[str, str] = {str(page): siglum for page, siglum in view.sigla.items()}
    return {
        "story": view.story.story,
        "title": view.story.title,
        "card": card_of(view),
        "witnesses": [_witness_json(witness) for witness in view.witnesses],
        "links": [
            {"a": sigla[k.a], "b": sigla[k.b], "score": round(k.score, 4), "reasons": list(k.reasons)}
            for k in view.links
        ],
        "matches": [match_json(match, sigla) for match in view.matches],
        "pairs": [_pair_json(pair) for pair in view.pairs],
        "loci": [_locus_json(locus, sigla) for locus in view.loci],
        "breakages": [_breakage_json(row, sigla) for row in view.breakages],
        "stemma": {
            "nodes": [{"id": view.node_name(n.node), "kind": n.kind.value, "name": n.name} for n in view.nodes],
            "edges": [_edge_json(edge, view) for edge in view.edges],
        },
        "archetypes": _archetypes_json(view.archetype_readings, sigla),
        "origins": [{"name": o.name, "reports": list(o.reports)} for o in view.origins],
        **_facts_json(view, sigla),
        "agreement": [_agreement_json(row, sigla) for row in view.agreements],
        "timeline": [_event_json(event, sigla) for event in view.events],
    }


def _facts_json(view: StoryView, sigla: dict[str, str]) -> Json:
    """Return the names of the story, and the claims, quantities and times of each of its reports."""
    reports = [(witness.siglum, witness.report) for witness in view.witnesses]
    return {
        "entities": [_entity_json(entity, sigla) for entity in view.entities],
        "claims": [{"witness": siglum, **claim_json(claim)} for siglum, report in reports for claim in report.claims],
        "quantities": [
            {"witness": siglum, **_quantity_json(quantity)}
            for siglum, report in reports
            for quantity in report.quantities
        ],
        "times": [{"witness": siglum, **_time_json(time)} for siglum, report in reports for time in report.times],
    }


def _pair_json(pair: Pair) -> Json:
    return {
        "a": pair.a,
        "b": pair.b,
        "totals": {change.value: count for change, count in pair.totals.items()},
        "alignments": [_alignment_json(alignment) for alignment in pair.alignments],
    }


def _breakage_json(row: Breakage, sigla: dict[str, str]) -> Json:
    return {
        "witness": sigla[row.page],
        "span": [row.span.start, row.span.end],
        "word": row.word,
        "kind": row.kind,
        "says": row.says,
        "elsewhere": _pointer(row.elsewhere, sigla),
    }


def _entity_json(entity: Entity, sigla: dict[str, str]) -> Json:
    return {
        "id": entity.entity,
        "type": entity.type.value,
        "name": entity.name,
        "variants": list(entity.variants),
        "mentions": _pointers(entity.mentions, sigla),
        "because": list(entity.because),
    }


def _agreement_json(row: Agreement, sigla: dict[str, str]) -> Json:
    return {
        "status": row.status.value,
        "claim": row.about,
        "says": row.says,
        "witnesses": list(dict.fromkeys(sigla[pointer.page] for pointer in row.pointers)),
        "mentions": _pointers(row.pointers, sigla),
        "origins": list(row.origins),
    }


def claim_json(claim: Claim) -> Json:
    """Return one claim; source, cue, content, to and hedge as lists of spans."""
    return {
        "source": _spans(claim.source),
        "cue": _spans(claim.cue),
        "content": _spans(claim.content),
        "kind": claim.kind.value,
        "hedge": _span(claim.hedge),
        "polarity": claim.polarity.value,
        "to": _spans(claim.to),
    }


def _witness_json(witness: Witness) -> Json:
    page, origin, published = witness.report.page, witness.origin, witness.published
    return {
        "siglum": witness.siglum,
        "page": page.page,
        "source": page.source,
        "source_id": page.source_id,
        "outlet": witness.report.meta_value(MetaField.OUTLET),
        "title": witness.report.meta_value(MetaField.TITLE),
        "text_version": page.text_version,
        "text": page.text,
        "segments": [{"start": s.start, "end": s.end, "kind": s.kind.value} for s in witness.report.segments],
        "sentences": [[s.start, s.end] for s in witness.report.sentences],
        "published": {
            "value": published.value if published else None,
            "how": published.how if published else "unknown",
            "because": published.because if published else None,
        },
        "origin": origin.origin if origin else None,
        "derivation": origin.derivation.value if origin else None,
        "churn": round(origin.churn, 4) if origin else None,
        "credited": origin.credited if origin else None,
        "dateline": _dateline_json(witness.report),
        "credits": _credits_json(witness.report),
    }


def weighing_json(told: Weighing) -> Json:
    """Return how alike two reports are, and why."""
    return {
        "likeness": told.likeness,
        "parts": dict(told.parts),
        "words": [{"word": one.word, "parts": list(one.parts), "adds": one.share} for one in told.words],
        "days_apart": told.days_apart,
        "time_factor": told.time_factor,
        "lent_days": dict(told.lent),
        "score": told.score,
    }


def reasons_json(page: Page, found: SegmentReasons) -> Json:
    """Return why a segment got its kind, the weightiest sign first."""
    return {
        "page": page.page,
        "source": page.source,
        "span": list(found.span),
        "kind": found.kind.value,
        "by_rules": found.by_rules.value,
        "says": list(found.says),
        "shares": [{"kind": kind.value, "share": round(share, 4)} for kind, share in found.shares],
        "runner_up": found.runner_up.value if found.runner_up else None,
        "signs": [{"sign": sign, "weight": weight} for sign, weight in found.signs],
    }


def _meta_json(meta: Iterable[MetaValue]) -> Json:
    told: Json = {field.value: None for field in MetaField}
    for value in meta:
        if value.field is MetaField.AUTHORS:
            earlier = told["authors"] or {"value": [], "from": value.came_from, "span": _span(value.span)}
            told["authors"] = {**earlier, "value": [*earlier["value"], value.value]}
        elif told[value.field.value] is None:
            told[value.field.value] = {
                "value": value.value,
                "from": value.came_from,
                "span": _span(value.span),
            }
    return told


def _dateline_json(view: PageView) -> Json | None:
    line = view.dateline
    if line is None:
        return None
    return {"place": line.place, "date": line.date, "agency": line.agency, "span": list(line.span)}


def _credits_json(view: PageView) -> list[Json]:
    return [{"agency": c.agency, "form": c.form.value, "span": list(c.span)} for c in view.credits]


def _alignment_json(alignment: Alignment) -> Json:
    return {
        "a": _spans(alignment.a_units),
        "b": _spans(alignment.b_units),
        "change": alignment.change.value,
        "moved": alignment.moved,
        "kinds": [kind.value for kind in alignment.kinds],
        "edits": [
            {"a": list(edit.a), "b": list(edit.b), "kinds": [kind.value for kind in edit.kinds]}
            for edit in alignment.edits
        ],
    }


def _locus_json(locus: Locus, sigla: dict[str, str]) -> Json:
    return {
        "id": f"L{locus.i_locus + 1}",
        "lemma": sigla[locus.lemma],
        "readings": [
            {
                "witness": sigla[reading.page],
                "spans": _spans(reading.spans),
                "change": reading.change.value,
                "moved": reading.moved,
                "kinds": [kind.value for kind in reading.kinds],
            }
            for reading in locus.readings
        ],
    }


def _edge_json(edge: StemmaEdge, view: StoryView) -> Json:
    return {
        "from": view.node_name(edge.source),
        "to": view.node_name(edge.target),
        "confidence": round(edge.confidence, 3),
        "evidence": list(edge.evidence),
        "runner_up": edge.runner_up,
        "contamination": edge.contamination,
    }


def _archetypes_json(readings: Iterable[ArchetypeReading], sigla: dict[str, str]) -> list[Json]:
    by_node: dict[str, list[Json]] = {}
    for row in readings:
        by_node.setdefault(row.node, []).append(
            {
                "locus": f"L{row.i_locus + 1}",
                "text_from": _pointer(row.text_from, sigla),
                "support": [sigla[page] for page in row.support],
                "of": row.carriers,
            }
        )
    return [{"id": node, "readings": told} for node, told in by_node.items()]


def _event_json(event: Event, sigla: dict[str, str]) -> Json:
    return {
        "id": event.event,
        "date": event.date,
        "words": _pointer(event.words, sigla),
        "after": list(event.after),
        "before": list(event.before),
        "what": _pointer(event.what, sigla),
        "mentions": _pointers(event.mentions, sigla),
        "factuality": event.factuality.value,
        "series": event.series,
        "origins": list(event.origins),
    }


def _time_json(time: TimeExpression) -> Json:
    return {
        "span": list(time.span),
        "type": time.type.value,
        "value": time.value,
        "edtf": time.edtf,
        "anchor": time.anchor,
        "order": time.order,
    }


def _quantity_json(quantity: Quantity) -> Json:
    low, high = _bounds(quantity)
    return {
        "span": list(quantity.span),
        "value": quantity.value,
        "low": low,
        "high": high,
        "unit": quantity.unit,
        "counted": _span(quantity.counted),
        "approximate": quantity.approximate,
        "ordinal": quantity.ordinal,
    }


def _bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    """Return the range as told; "more than 40" has its value as the low end, "up to 40" as the high end."""
    senses = entries("numbers")["approximators"]
    told = (quantity.approximate or "").lower()
    low = quantity.value if told in senses["at_least"] else None
    high = quantity.value if told in senses["at_most"] else None
    return quantity.low if low is None else low, quantity.high if high is None else high


def _mention_json(mention: Mention) -> Json:
    return {"span": list(mention.span), "type": mention.type.value, "entity": mention.key}


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _pointer(pointer: Pointer | None, sigla: dict[str, str]) -> Json | None:
    if pointer is None:
        return None
    return {
        "witness": sigla[pointer.page],
        "page": pointer.page,
        "start": pointer.start,
        "end": pointer.end,
    }


def _pointers(pointers: Iterable[Pointer], sigla: dict[str, str]) -> list[Json]:
    return [told for pointer in pointers if (told := _pointer(pointer, sigla)) is not None]
