"""Facts as tables: agreement with its origins, claims by who said them, numbers with what they count, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retold.model.facts import Agreement, Claim, Polarity, Quantity, Status
from retold.model.page import PageId, Pointer
from retold.report.origins import origins_of, told_origins
from retold.report.places import OPENING_WORDS, Link, Places, Quote
from retold.text.spans import Span
from retold.text.words import words_of
from retold.views.story_view import StoryView, Witness

MOST_MENTIONS = 12
"""Links a name shows; the rest are counted."""

PART = "Facts"

PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who", "you"})
UNRESOLVED = "he, she, they"
"""Sources that are only a pronoun stand together: whom each means is not resolved."""


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A statement, how reports stand to it, what was compared, the places and origins."""

    about: Quote
    says: str
    links: tuple[Link, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One of the ways a disputed statement is told, in the sentence of the first report that tells it so."""

    sentence: Quote
    links: tuple[Link, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A statement that reports tell differently, and each way it is told."""

    says: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """What one report alone tells."""

    siglum: str
    name: str
    rows: tuple[AgreementRow, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim as told by one or more reports; ``reworded`` leads to those that tell it in other words."""

    pronoun: str
    cue: str
    content: Quote
    hedge: str
    to: str
    kind: str
    is_denied: bool
    links: tuple[Link, ...]
    reworded: tuple[Link, ...]
    origins: tuple[str, ...]
    n_reports: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source and what it is told to have said."""

    name: str
    rows: tuple[ClaimRow, ...]

    @property
    def is_unresolved(self) -> bool:
        """Whether the source is only a pronoun."""
        return self.name == UNRESOLVED


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number and what it counts, with the reports that print it."""

    number: str
    counted: str
    links: tuple[Link, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name, its type and variants, why they are one, and where it stands."""

    name: str
    type: str
    variants: tuple[str, ...]
    because: tuple[str, ...]
    links: tuple[Link, ...]
    more: int


def agreement_rows(view: StoryView, places: Places, status: Status) -> list[AgreementRow]:
    """Return the statements of this status, such as those that reports agree on."""
    return [
        AgreementRow(
            _about(row, places),
            "" if places.excerpts else row.says,
            places.links(row.pointers, PART),
            told_origins(view, row.origins, [pointer.page for pointer in row.pointers]),
        )
        for row in view.agreements
        if row.status is status and row.pointers
    ]


def disputed_rows(view: StoryView, places: Places, status: Status) -> list[Disputed]:
    """Return what reports tell differently or contradict each other in, each way with who tells it so."""
    rows = []
    for row in view.agreements:
        if row.status is not status or not row.pointers:
            continue
        ways: dict[str, list[Pointer]] = {}
        for pointer in row.pointers:
            ways.setdefault(_keys(view.witness(pointer.page), (pointer.span,)), []).append(pointer)
        rows.append(Disputed(places.clip(row.says, 24), tuple(_version(view, told, places) for told in ways.values())))
    return rows


def _version(view: StoryView, told: Sequence[Pointer], places: Places) -> Version:
    shown = told[0] if places.excerpts else places.sentence(told[0])
    return Version(places.quote_at(shown), places.links(told, PART), origins_of(view, [p.page for p in told]))


def only_in_rows(view: StoryView, places: Places) -> list[OnlyIn]:
    """Return what one report alone tells, by report, each statement once."""
    by_report: dict[PageId, dict[str, list[Agreement]]] = {}
    for row in view.agreements:
        if row.status is Status.ADD and row.pointers:
            by_report.setdefault(row.pointers[0].page, {}).setdefault(row.about, []).append(row)
    return [
        OnlyIn(
            witness.siglum,
            places.clip(witness.name),
            tuple(_added(rows, view, places) for rows in by_report[witness.page].values()),
        )
        for witness in view.witnesses
        if witness.page in by_report
    ]


def _added(rows: Sequence[Agreement], view: StoryView, places: Places) -> AgreementRow:
    pointers = {pointer for row in rows for pointer in row.pointers}
    told = dict.fromkeys(origin for row in rows for origin in row.origins)
    origins = told_origins(view, told, [pointer.page for pointer in pointers])
    repeated = rows[0].about in rows[0].says
    says = "" if repeated else "; ".join(dict.fromkeys(row.says for row in rows))
    return AgreementRow(_about(rows[0], places), places.clip(says, 24), places.links(pointers, PART), origins)


def _about(row: Agreement, places: Places) -> Quote:
    return Quote(places.clip(row.about, OPENING_WORDS), places.quote_at(row.pointers[0], 1).lang)


def speakers(view: StoryView, places: Places) -> list[Speaker]:
    """Return the story's claims by who made them, those with most claims first and unnamed sources last."""
    names = _names_at(view)
    groups: dict[str, dict[tuple[object, ...], list[tuple[Witness, Claim]]]] = {}
    labels: dict[str, str] = {}
    at_locus = _loci(view)
    for witness in view.witnesses:
        for claim in witness.report.claims:
            if not claim.content:
                continue
            label = _speaker(witness, claim, names, places)
            key = " ".join(label.casefold().split())
            labels.setdefault(key, label)
            same = at_locus.get((witness.page, claim.content[0].start)) or _keys(witness, claim.content)
            rows = groups.setdefault(key, {})
            place: tuple[object, ...] = (same, 0)
            while any(earlier is witness for earlier, _ in rows.get(place, ())):
                place = (same, int(str(place[1])) + 1)
            rows.setdefault(place, []).append((witness, claim))
    told = [
        Speaker(labels[key], tuple(_claim_row(view, told, places) for told in rows.values()))
        for key, rows in groups.items()
    ]
    return sorted(told, key=lambda s: (not s.name, s.name == UNRESOLVED, -len(s.rows), s.name.casefold()))


def shared_speakers(speakers: Sequence[Speaker]) -> list[Speaker]:
    """Return the speakers with what more than one report gives them: for a story told by its readings."""
    kept = [replace(s, rows=tuple(row for row in s.rows if row.n_reports > 1)) for s in speakers]
    return [speaker for speaker in kept if speaker.rows]


def _names_at(view: StoryView) -> dict[PageId, list[tuple[int, int, str]]]:
    names: dict[PageId, list[tuple[int, int, str]]] = {}
    for entity in view.entities:
        for mention in entity.mentions:
            names.setdefault(mention.page, []).append((mention.start, mention.end, entity.name))
    return names


def _speaker(
    witness: Witness, claim: Claim, names: Mapping[PageId, Sequence[tuple[int, int, str]]], places: Places
) -> str:
    """Return the name of the entity the source names alone, else the source's own words."""
    if not claim.source:
        return ""
    inside = {
        name
        for start, end, name in names.get(witness.page, ())
        for span in claim.source
        if span.start <= start and end <= span.end
    }
    if len(inside) == 1:
        return inside.pop()
    told = places.quote(witness.page, claim.source, 8).text
    if told.casefold() in PRONOUNS:
        return UNRESOLVED
    return told.removeprefix("the ").removeprefix("The ")


def _loci(view: StoryView) -> dict[tuple[PageId, int], int]:
    """Return the locus of every character at which a claim's content begins."""
    spans: dict[PageId, list[tuple[Span, int]]] = {}
    for locus in view.loci:
        for reading in locus.readings:
            spans.setdefault(reading.page, []).extend((span, locus.i_locus + 1) for span in reading.spans)
    found: dict[tuple[PageId, int], int] = {}
    for witness in view.witnesses:
        for claim in witness.report.claims:
            if claim.content:
                start = claim.content[0].start
                for span, i_locus in spans.get(witness.page, ()):
                    if span.start <= start < span.end:
                        found[witness.page, start] = i_locus
    return found


def _claim_row(view: StoryView, told: Sequence[tuple[Witness, Claim]], places: Places) -> ClaimRow:
    witness, claim = told[0]
    own = _keys(witness, claim.content)
    source = places.quote(witness.page, claim.source[:1], 8).text
    same = [Pointer(c.page, *c.content[0]) for w, c in told if _keys(w, c.content) == own]
    other = [Pointer(c.page, *c.content[0]) for w, c in told if _keys(w, c.content) != own]
    return ClaimRow(
        pronoun=source if source.casefold() in PRONOUNS else "",
        cue=places.quote(witness.page, claim.cue).text,
        content=places.quote(witness.page, claim.content),
        hedge=places.quote(witness.page, (claim.hedge,)).text if claim.hedge is not None else "",
        to=places.quote(witness.page, claim.to).text,
        kind=claim.kind.value,
        is_denied=claim.polarity is Polarity.NEGATIVE,
        links=places.links(same, PART),
        reworded=places.links(other, PART),
        origins=origins_of(view, [c.page for _, c in told]),
        n_reports=len({c.page for _, c in told}),
    )


def number_rows(view: StoryView, places: Places) -> list[NumberRow]:
    """Return the numbers that count something, equal ones of several reports as one row."""
    rows: dict[tuple[str, str], list[tuple[str, str, Pointer]]] = {}
    for witness in view.witnesses:
        for quantity in witness.report.quantities:
            if quantity.counted is None and quantity.unit is None:
                continue
            number, counted = _number(witness, quantity, places)
            pointer = Pointer(quantity.page, *_whole(quantity))
            rows.setdefault((number.casefold(), counted.casefold()), []).append((number, counted, pointer))
    return list(_numbers(view, rows.values(), places))


def _numbers(
    view: StoryView, rows: Iterable[Sequence[tuple[str, str, Pointer]]], places: Places
) -> Iterator[NumberRow]:
    for told in rows:
        number, counted, _ = told[0]
        pointers = [pointer for *_, pointer in told]
        links = places.once_a_report(pointers, PART)
        yield NumberRow(number, counted, links, origins_of(view, [pointer.page for pointer in pointers]))


def _number(witness: Witness, quantity: Quantity, places: Places) -> tuple[str, str]:
    number = places.quote(witness.page, (quantity.span,), 8).text
    if quantity.approximate and not number.casefold().startswith(quantity.approximate.casefold()):
        number = f"{quantity.approximate} {number}"
    counted = places.quote(witness.page, (quantity.counted,), 8).text if quantity.counted is not None else ""
    return number, counted or quantity.unit or ""


def _whole(quantity: Quantity) -> Span:
    counted = quantity.counted or quantity.span
    return Span(min(quantity.span.start, counted.start), max(counted.end, quantity.span.end))


def name_rows(view: StoryView, places: Places) -> list[NameRow]:
    """Return the names of the story by type, those most reports print first."""
    spread = {entity.entity: len({m.page for m in entity.mentions}) for entity in view.entities}
    ordered = sorted(view.entities, key=lambda e: (e.type.value, -spread[e.entity], e.name.casefold()))
    return [
        NameRow(
            name=places.clip(entity.name, 8),
            type=entity.type.value,
            variants=tuple(places.clip(variant, 8) for variant in entity.variants if variant != entity.name),
            because=tuple(places.clip(told, 24) for told in entity.because),
            links=places.once_a_report(entity.mentions, PART, MOST_MENTIONS),
            more=max(0, spread[entity.entity] - MOST_MENTIONS),
        )
        for entity in ordered
    ]


def _keys(witness: Witness, spans: Iterable[Span]) -> str:
    text = witness.report.page.text
    return " ".join(word.key for span in spans for word in words_of(text, span))
