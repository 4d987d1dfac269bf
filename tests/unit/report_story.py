"""A small invented story with something in every table, and the report read back as HTML, for tests of the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from retold.model.facts import (
    Agreement,
    Claim,
    ClaimKind,
    Entity,
    EntityType,
    Event,
    Factuality,
    Polarity,
    Quantity,
    Status,
)
from retold.model.page import Characters, Page, PageFormat, PageId, Pointer, page_id_of
from retold.model.report import (
    Credit,
    CreditForm,
    Dateline,
    MetaField,
    MetaValue,
    Note,
    NoteKind,
    Segment,
    SegmentKind,
    Sentence,
)
from retold.model.story import (
    Alignment,
    ArchetypeReading,
    Breakage,
    Change,
    Derivation,
    Edit,
    EditKind,
    Locus,
    NodeKind,
    Reading,
    ReportDate,
    ReportOrigin,
    StemmaEdge,
    StemmaNode,
    Story,
    StoryId,
)
from retold.text.spans import Span
from retold.views.story_view import OriginCount, PageView, Pair, StoryView, Witness

STORY = StoryId("0" * 32)
UNSEEN = "Halden Wire*"


BODY_A = "The barge sank off Losk on Monday. Nine sailors were saved, the coast guard said. A tug lies at the spot."
BODY_B = "The barge sank off Losk on Monday. Seven sailors were saved. The owner did not answer calls."


def page_view(
    i_page: int,
    body: str,
    *,
    title: str = "Barge sinks off Losk",
    outlet: str = "Losk Tribune",
    author: str = "Ida Brand",
    url: str = "https://losk.example/barge",
    language: str = "en",
    published: str | None = "2025-03-03T12:24",
) -> PageView:
    """Return a page of a headline, a line of furniture and one body paragraph cut at its full stops."""
    text = f"{title}\nShare this\n{body}"
    page = page_id_of(f"{i_page}.txt", text.encode("utf-8", "surrogatepass"))
    body_at = len(text) - len(body)
    cuts = [0, len(title) + 1, body_at, len(text)]
    kinds = (SegmentKind.HEADLINE, SegmentKind.FURNITURE, SegmentKind.BODY)
    segments = tuple(
        Segment(page, a, b, kind, ("its place",)) for a, b, kind in zip(cuts, cuts[1:], kinds, strict=False) if b > a
    )
    meta = [
        MetaValue(page, MetaField.TITLE, title, "visible"),
        MetaValue(page, MetaField.AUTHORS, author, "json-ld"),
        MetaValue(page, MetaField.OUTLET, outlet, "opengraph"),
        MetaValue(page, MetaField.URL, url, "link"),
        MetaValue(page, MetaField.LANGUAGE, language, "html"),
    ]
    if published is not None:
        meta.append(MetaValue(page, MetaField.PUBLISHED, published, "json-ld"))
    sentences = tuple(Sentence(page, a, b, SegmentKind.BODY) for a, b in sentence_spans(text, body_at))
    first = sentences[0].span if sentences else Span(body_at, len(text))
    claim = Claim(page, (first,), (first,), (first,), ClaimKind.MIXED, Polarity.NEGATIVE, first, (first,))
    return PageView(
        page=Page(
            page,
            f"{i_page}.txt",
            None,
            PageFormat.TEXT,
            "utf-8",
            len(text),
            "0",
            "1",
            text,
            Characters(9, 8, 1),
            (title,),
        ),
        segments=segments,
        sentences=sentences,
        meta=tuple(meta),
        dateline=Dateline(page, first, outlet, "2025-03-03", outlet),
        credits=(Credit(page, outlet, CreditForm.CREDIT_LINE, first),),
        notes=(Note(page, NoteKind.CORRECTION, first),),
        images=(),
        claims=(claim,),
        times=(),
        quantities=(Quantity(page, first, 9.0, None, None, None, first, outlet),),
        mentions=(),
    )


def sentence_spans(text: str, start: int) -> list[Span]:
    """Return the stretches from here that end in a full stop and a blank."""
    spans, at = [], start
    while at < len(text):
        end = text.find(". ", at)
        end = len(text) if end < 0 else end + 1
        if text[at:end].strip():
            spans.append(Span(at, end))
        at = end + 1
    return spans


def story_of(*pages: PageView, says: str = "seen in {}", edtf: str | None = "2025-03-03") -> StoryView:
    """Return a story of these pages; with two or more, everything that is told of several reports."""
    ids = [view.page.page for view in pages]
    origin = pages[0].meta_value(MetaField.OUTLET) or "own"
    witnesses = tuple(
        Witness(
            siglum="ABCDEFGH"[i],
            report=view,
            published=ReportDate(STORY, ids[i], edtf, "printed" if i == 0 else "inferred", says),
            origin=ReportOrigin(STORY, ids[i], origin, Derivation.WHOLLY, 1.0, True, (says,)),
        )
        for i, view in enumerate(pages)
    )
    places = [Pointer(view.page.page, *_first(view)) for view in pages]
    several = len(pages) > 1
    event = Event(
        STORY, "E1", edtf, places[0], ("E2",), (), places[-1], tuple(places), Factuality.EXPECTED, (origin,), True
    )
    other = Event(
        STORY, "E2", "2024-10/2025-03", None, (), ("E1",), places[0], (places[0],), Factuality.HAPPENED, (says,)
    )
    return StoryView(
        story=Story(STORY, STORY, pages[0].meta_value(MetaField.TITLE) or "", edtf, edtf, tuple(ids)),
        witnesses=witnesses,
        links=(),
        matches=(),
        pairs=(_pair(pages[0], pages[1]),) if several else (),
        loci=_loci(pages) if several else (),
        breakages=(Breakage(STORY, ids[0], places[0].span, "pair", "orphaned pronoun", says, places[-1]),),
        nodes=(
            StemmaNode(STORY, UNSEEN, NodeKind.ARCHETYPE, says),
            *(StemmaNode(STORY, page, NodeKind.REPORT, says) for page in ids),
        ),
        edges=_edges(ids, says) if several else (),
        archetype_readings=(ArchetypeReading(STORY, UNSEEN, 0, places[0], tuple(ids), len(ids)),) if several else (),
        origins=(OriginCount(origin, tuple("ABCDEFGH"[: len(pages)]), own=False),),
        entities=(Entity(STORY, "e", EntityType.PERSON, origin, (says, origin), tuple(places), (says,)),),
        agreements=tuple(Agreement(STORY, status, says, tuple(places), (origin, says), says) for status in Status),
        events=(event, other),
    )


def _first(view: PageView) -> Span:
    return view.sentences[0].span if view.sentences else Span(0, len(view.page.text))


def _edges(ids: list[PageId], says: str) -> tuple[StemmaEdge, ...]:
    wire = tuple(StemmaEdge(STORY, UNSEEN, page, 0.5, (says,), says) for page in ids)
    return (*wire, StemmaEdge(STORY, ids[0], ids[1], 0.9, (says,), None, True))


def _pair(a: PageView, b: PageView) -> Pair:
    left, right = _first(a), _first(b)
    edit = Edit(left, right, (EditKind.WORDING,))
    edited = Alignment(
        STORY, a.page.page, b.page.page, (left,), (right,), Change.EDITED, True, (EditKind.WORDING,), (edit,)
    )
    rest = tuple(Alignment(STORY, a.page.page, b.page.page, (s.span,), (), Change.CUT, False) for s in a.sentences[1:])
    totals = dict.fromkeys(Change, 0) | {Change.EDITED: 1, Change.CUT: len(rest)}
    return Pair("A", "B", totals, (edited, *rest))


def _loci(pages: tuple[PageView, ...]) -> tuple[Locus, ...]:
    readings = tuple(Reading(view.page.page, (_first(view),), Change.KEPT, False) for view in pages)
    return (Locus(STORY, 0, pages[0].page.page, readings),)


def harmless() -> StoryView:
    """Return the story of two reports that most tests need."""
    return story_of(page_view(1, BODY_A), page_view(2, BODY_B, outlet="Ostley Today", url="https://ostley.example/b"))


@dataclass
class Read:
    """A report as an independent parser reads it."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    inside: dict[str, list[str]] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """The ids of all elements, in order."""
        return [attributes["id"] for _, attributes in self.tags if attributes.get("id")]

    @property
    def hrefs(self) -> list[str]:
        """The addresses of all links, in order."""
        return [attributes["href"] for tag, attributes in self.tags if tag == "a" and attributes.get("href")]

    @property
    def words(self) -> str:
        """All text but that of style and script, on one line, elements parted by a bar."""
        return " | ".join(" ".join(told.split()) for told in self.text if told.strip())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read, self.open = Read(), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.tags.append((tag, dict(attrs)))
        self.open = tag if tag in {"script", "style"} else ""

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            self.read.inside.setdefault(self.open, []).append(data)
        else:
            self.read.text.append(data)


def read_back(html: str) -> Read:
    """Read the report with the standard library's tokenizer."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.read
