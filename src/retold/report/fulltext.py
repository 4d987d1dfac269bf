"""Reports in full: every segment in its tint, every sentence with its anchor and its ways back, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retold.model.report import MetaField, Segment, SegmentKind
from retold.report.dates import in_words
from retold.report.places import Places, address_of, language_of
from retold.text.spans import Span, trim
from retold.views.story_view import Witness

CAME_FROM = {
    "json-ld": "the page’s JSON-LD",
    "opengraph": "the page’s OpenGraph tags",
    "meta": "the page’s meta tags",
    "microdata": "the page’s microdata",
    "link": "the page’s link tags",
    "title": "the page’s title tag",
    "html": "the page’s html tag",
    "record": "the record it came in",
    "visible": "its visible text",
    "dateline": "its dateline",
    "url": "its address",
    "path": "its file name",
    "text": "the text itself",
}
"""What a value's origin is called; others are told as they stand."""

DIM_KINDS = frozenset({SegmentKind.FURNITURE, SegmentKind.RELATED, SegmentKind.ADVERT, SegmentKind.CONTACT})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a segment; ``anchor`` is set where a sentence begins, ``back`` leads to what refers to it."""

    text: str
    anchor: str | None
    back: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A segment as shown: its kind, its anchor where no sentence has it, its pieces."""

    kind: str
    why: str
    anchor: str | None
    is_dim: bool
    is_new_kind: bool
    back: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One thing known about a report: its name, value, and how it is known."""

    name: str
    value: str
    source: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Full:
    """A report as shown whole, or in a version of excerpts as a credit."""

    id: str
    siglum: str
    name: str
    title: str
    lang: str | None
    address: str | None
    known: tuple[Known, ...]
    segments: tuple[Shown, ...]


def full_report(witness: Witness, places: Places, *, is_whole: bool) -> Full:
    """Return the report as shown, whole or as a credit; to be called after everything that refers to it."""
    return Full(
        id=places.report(witness.page),
        siglum=witness.siglum,
        name=places.clip(witness.name),
        title=places.clip(witness.report.meta_value(MetaField.TITLE) or ""),
        lang=language_of(witness),
        address=address_of(witness),
        known=tuple(_known(witness, places) if is_whole or places.excerpts else _dates_known(witness, places)),
        segments=() if places.excerpts or not is_whole else tuple(shown_segments(witness, places)),
    )


def shown_segments(witness: Witness, places: Places) -> Iterator[Shown]:
    """Yield the report's segments; joined, their pieces give the page's text back, but for white space between them."""
    earlier = None
    for segment in witness.report.segments:
        pieces = tuple(_pieces(witness, segment, places))
        own = places.anchor(witness.page, segment.start)
        begins = any(piece.anchor == own for piece in pieces)
        yield Shown(
            kind=segment.kind.value,
            why="; ".join(segment.why),
            anchor=None if begins else own,
            is_dim=segment.kind in DIM_KINDS,
            is_new_kind=segment.kind is not earlier,
            back=() if begins else places.back(own),
            pieces=pieces,
        )
        earlier = segment.kind


def _pieces(witness: Witness, segment: Segment, places: Places) -> Iterator[Piece]:
    text, at = witness.report.page.text, segment.start
    for sentence in _inside(witness, segment):
        if sentence.start < at:
            continue
        if sentence.start > at:
            yield Piece(text[at : sentence.start], None)
        anchor = places.anchor(witness.page, sentence.start)
        yield Piece(text[sentence.start : sentence.end], anchor, places.back(anchor))
        at = sentence.end
    rest = text[at : segment.end].rstrip()
    if rest:
        yield Piece(rest, None)


def _inside(witness: Witness, segment: Segment) -> list[Span]:
    return [s.span for s in witness.report.sentences if segment.start <= s.start and s.end <= segment.end]


def source_name(source: str) -> str:
    """Return what the page is called to others: its address, or the name of its file without the folders above."""
    return source if "://" in source else source.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _known(witness: Witness, places: Places) -> Iterator[Known]:
    report = witness.report
    yield from _dates_known(witness, places)
    for value in report.meta:
        if value.field not in (MetaField.PUBLISHED, MetaField.URL):
            name = "author" if value.field is MetaField.AUTHORS else value.field.value
            yield Known(name, places.clip(value.value), CAME_FROM.get(value.came_from, value.came_from))
    for value in report.meta:
        if value.field is MetaField.URL:
            href = address_of(witness) if address_of(witness) == value.value else None
            yield Known("address", value.value, CAME_FROM.get(value.came_from, value.came_from), href)
    yield from _marks_known(witness, places)
    page = report.page
    yield Known("read from", source_name(page.source), f"{page.format.value}, {page.encoding}, {page.n_bytes:,} bytes")
    seen = page.characters
    lost = "none differs" if not seen.difference else f"{seen.difference:,} differ from a second, independent reading"
    yield Known("characters", f"{seen.visible:,} visible, {seen.kept:,} kept", lost)
    for remark in page.remarks:
        yield Known("remark", places.clip(remark, 24), "reading the page")


def _dates_known(witness: Witness, places: Places) -> Iterator[Known]:
    known = witness.published
    printed = next((v for v in witness.report.meta if v.field is MetaField.PUBLISHED), None)
    if printed is not None:
        how = CAME_FROM.get(printed.came_from, printed.came_from)
        yield Known("published", in_words(printed.value), how)
    if known is None or known.value is None:
        if printed is None:
            yield Known("published", "not known", "no date on the page, none could be inferred")
    elif known.how != "printed" or printed is None:
        why = known.because or "the page gives it"
        told = "inferred" if known.how == "inferred" else known.how
        yield Known("published", in_words(known.value), f"{told}: {places.clip(why, 24)}")


def _marks_known(witness: Witness, places: Places) -> Iterator[Known]:
    report, text = witness.report, witness.report.page.text
    if report.dateline is not None:
        parts = [report.dateline.place, report.dateline.date and in_words(report.dateline.date), report.dateline.agency]
        told = ", ".join(part for part in parts if part)
        yield Known("dateline", places.clip(told), f"the words “{places.clip(_line(text, report.dateline.span))}”")
    for credit in report.credits:
        words = places.clip(_line(text, credit.span))
        yield Known("credit", credit.agency, f"{credit.form.value}: “{words}”")
    for note in report.notes:
        yield Known(note.kind.value, places.clip(_line(text, note.span)), "printed on the page")
    for image in report.images:
        caption = places.clip(_line(text, image.caption)) if image.caption else "no caption"
        credit_words = places.clip(_line(text, image.credit)) if image.credit else "no credit"
        yield Known("picture", caption, credit_words)
    if witness.origin is not None:
        told = {"wholly": "wholly from", "partly": "partly from", "not": "its own:"}[witness.origin.derivation.value]
        share = f"; {witness.origin.churn:.0%} of its words stand elsewhere"
        because = "; ".join(witness.origin.because) or "no evidence kept"
        yield Known("origin", f"{told} {witness.origin.origin}{share}", places.clip(because, 24))


def _line(text: str, span: Span) -> str:
    kept = trim(text, span)
    return " ".join(text[kept.start : kept.end].split())
