"""A story as CSV tables, one file a table.

Reports go by siglum, places by ``start`` and ``end`` in code points of the page's text; several values in one cell
are parted by " | ". ``reports.csv`` ties sigla to pages and addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retold.exports.csv_cells import Cell, table_text
from retold.exports.places import address_of, outlet_of, places_of, published_of, title_of, words_of_spans
from retold.exports.stemma_graph import graph_of
from retold.text.spans import Span
from retold.views.story_view import StoryView

Row = tuple[Cell, ...]
BETWEEN = " | "


def to_csv(view: StoryView) -> dict[str, str]:
    """Return the text of each table by the name of its file."""
    tables: dict[str, tuple[str, Iterable[Row]]] = {
        "reports.csv": (_REPORTS, _reports(view)),
        "alignments.csv": (_ALIGNMENTS, _alignments(view)),
        "loci.csv": (_LOCI, _loci(view)),
        "edges.csv": (_EDGES, _edges(view)),
        "archetypes.csv": (_ARCHETYPES, _archetypes(view)),
        "breakages.csv": (_BREAKAGES, _breakages(view)),
        "claims.csv": (_CLAIMS, _claims(view)),
        "quantities.csv": (_QUANTITIES, _quantities(view)),
        "agreements.csv": (_AGREEMENTS, _agreements(view)),
        "events.csv": (_EVENTS, _events(view)),
    }
    return {name: table_text(columns.split(), rows) for name, (columns, rows) in tables.items()}


_REPORTS = "siglum page source source_id address outlet title published published_how origin derivation churn credited"


def _reports(view: StoryView) -> Iterator[Row]:
    for w in view.witnesses:
        page, origin = w.report.page, w.origin
        told = (origin.origin, origin.derivation.value, origin.churn, origin.credited) if origin else (None,) * 4
        how = w.published.how if w.published else None
        named = (w.siglum, w.page, page.source, page.source_id, address_of(w), outlet_of(w), title_of(w))
        yield (*named, published_of(w), how, *told)


_ALIGNMENTS = "a b change moved kinds a_spans b_spans a_text b_text"


def _alignments(view: StoryView) -> Iterator[Row]:
    places = places_of(view)
    for pair in view.pairs:
        for row in pair.alignments:
            a, b = places.text(row.a), places.text(row.b)
            kinds = BETWEEN.join(kind.value for kind in row.kinds)
            spans = (_spans(row.a_units), _spans(row.b_units))
            texts = (words_of_spans(a, row.a_units), words_of_spans(b, row.b_units))
            yield (pair.a, pair.b, row.change.value, row.moved, kinds, *spans, *texts)


_LOCI = "locus lemma witness change moved kinds spans text"


def _loci(view: StoryView) -> Iterator[Row]:
    places = places_of(view)
    for locus in view.loci:
        for reading in locus.readings:
            text = words_of_spans(places.text(reading.page), reading.spans)
            kinds = BETWEEN.join(kind.value for kind in reading.kinds)
            place = (f"L{locus.i_locus + 1}", places.siglum(locus.lemma), places.siglum(reading.page))
            yield (*place, reading.change.value, reading.moved, kinds, _spans(reading.spans), text)


_EDGES = "source target source_name target_name source_unseen confidence contamination evidence runner_up"


def _edges(view: StoryView) -> Iterator[Row]:
    nodes, edges = graph_of(view)
    named = {node.id: node for node in nodes}
    for edge in edges:
        source, target = named[edge.source], named[edge.target]
        told = (round(edge.confidence, 4), edge.is_contamination, BETWEEN.join(edge.evidence), edge.runner_up)
        yield (edge.source, edge.target, source.label, target.label, source.is_unseen, *told)


_ARCHETYPES = "original locus witness start end text support carriers witnesses"


def _archetypes(view: StoryView) -> Iterator[Row]:
    places = places_of(view)
    for row in view.archetype_readings:
        place = row.text_from
        held = BETWEEN.join(places.siglum(page) for page in row.support)
        told = (
            places.siglum(place.page),
            place.start,
            place.end,
            places.words(place),
            len(row.support),
            row.carriers,
            held,
        )
        yield (row.node, f"L{row.i_locus + 1}", *told)


_BREAKAGES = "witness start end word kind says elsewhere elsewhere_start elsewhere_end"


def _breakages(view: StoryView) -> Iterator[Row]:
    places = places_of(view)
    for row in view.breakages:
        there = row.elsewhere
        other = (places.siglum(there.page), there.start, there.end) if there else (None, None, None)
        yield (places.siglum(row.page), row.span.start, row.span.end, row.word, row.kind, row.says, *other)


_CLAIMS = "witness source cue content to kind polarity hedge source_spans cue_spans content_spans to_spans hedge_spans"


def _claims(view: StoryView) -> Iterator[Row]:
    for witness in view.witnesses:
        text = witness.report.page.text
        for claim in witness.report.claims:
            hedge = (claim.hedge,) if claim.hedge else ()
            parts = (claim.source, claim.cue, claim.content, claim.to)
            words = tuple(words_of_spans(text, spans) for spans in parts)
            marks = (claim.kind.value, claim.polarity.value, words_of_spans(text, hedge))
            yield (witness.siglum, *words, *marks, *(_spans(spans) for spans in (*parts, hedge)))


_QUANTITIES = "witness start end words value low high unit counted approximate ordinal"


def _quantities(view: StoryView) -> Iterator[Row]:
    for witness in view.witnesses:
        text = witness.report.page.text
        for row in witness.report.quantities:
            words = text[row.span.start : row.span.end]
            counted = text[row.counted.start : row.counted.end] if row.counted else None
            told = (row.value, row.low, row.high, row.unit, counted, row.approximate, row.ordinal)
            yield (witness.siglum, row.span.start, row.span.end, words, *told)


_AGREEMENTS = "status about says witnesses places origins"


def _agreements(view: StoryView) -> Iterator[Row]:
    places = places_of(view)
    for row in view.agreements:
        holding = BETWEEN.join(dict.fromkeys(places.siglum(place.page) for place in row.pointers))
        held_at = BETWEEN.join(f"{places.siglum(place.page)}:{place.start}-{place.end}" for place in row.pointers)
        yield (row.status.value, row.about, row.says, holding, held_at, BETWEEN.join(row.origins))


_EVENTS = "event date words witness start end what factuality series after before origins mentions"


def _events(view: StoryView) -> Iterator[Row]:
    places = places_of(view)
    for row in view.events:
        place = row.what
        lists = (
            row.after,
            row.before,
            row.origins,
            tuple(f"{places.siglum(m.page)}:{m.start}-{m.end}" for m in row.mentions),
        )
        what = (places.siglum(place.page), place.start, place.end, places.words(place))
        joined = (BETWEEN.join(values) for values in lists)
        yield (row.event, row.date, places.words(row.words), *what, row.factuality.value, row.series, *joined)


def _spans(spans: Iterable[Span]) -> str:
    """Return spans as ``12:40``: a hyphen could read as a date in a spreadsheet."""
    return BETWEEN.join(f"{span.start}:{span.end}" for span in spans)
