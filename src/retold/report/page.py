"""The report as one HTML file: the values each template shows, the style and script put in, the policy that holds both.

Reads without script and asks no host for anything. All text of pages is escaped by the templates; no markup of a page
is ever printed. How each part is made stands in the modules beside this one.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from retold.model.facts import Status
from retold.model.page import Pointer, Rejected
from retold.report import archetypes, chronology, collation, facts, fulltext, limits, lineage, readings
from retold.report.dates import in_words
from retold.report.origins import N_COLOURS, colours_of
from retold.report.places import EXCERPT_WORDS, Link, Places, Quote, language_of
from retold.views.card import card_of
from retold.views.story_view import StoryView

_UNPRINTABLE = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - set(map(ord, "\t\n\r")),
    "\N{REPLACEMENT CHARACTER}",
)

MOST_BROKEN = 60
"""Breakages shown of a large story; the rest are counted."""

_ORIGINS = re.compile(r"\d+ origins?\b")
_BREAKS = "What broke"


@dataclass(frozen=True, slots=True)
class BreakageRow:
    """Something a cut or an edit broke, the words it stands in, and the report that has what is missing."""

    kind: str
    says: str
    before: str
    words: Quote
    after: str
    link: Link
    elsewhere: Link | None


@dataclass(frozen=True, slots=True)
class Headline:
    """The sentence at the top, parted at the count of origins."""

    before: str
    origins: str
    after: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Everything the template of a story shows."""

    prefix: str
    level: int
    is_large: bool
    title: Quote
    headline: Headline
    span: str
    sections: tuple[tuple[str, str], ...]
    colours: dict[str, int]
    origins: tuple[tuple[str, tuple[str, ...], int, bool], ...]
    drawing: lineage.Drawing
    edges: list[lineage.EdgeRow]
    unseen: list[archetypes.Unseen]
    readings: list[readings.Place]
    pairs: list[collation.Told]
    unlike: list[tuple[str, str]]
    breakages: list[BreakageRow]
    n_more_broken: int
    contradict: list[facts.Disputed]
    differ: list[facts.Disputed]
    agree: list[facts.AgreementRow]
    only_in: list[facts.OnlyIn]
    speakers: list[facts.Speaker]
    numbers: list[facts.NumberRow]
    names: list[facts.NameRow]
    entries: list[chronology.Entry]
    strip: chronology.Strip | None
    limits: tuple[str, ...]
    reports: list[fulltext.Full]

    @property
    def of(self) -> str:
        """What a part's label adds where several stories have parts of that name: a reference to the story's title."""
        return f" {self.prefix}title" if self.level > 1 else ""

    @property
    def ordinal(self) -> str:
        """What the story is called in labels."""
        return f"story {self.prefix[1:-1]}" if self.level > 1 else "this story"

    @property
    def n_only_in(self) -> int:
        """Number of statements that one report alone makes."""
        return sum(len(own.rows) for own in self.only_in)


def html_of(stories: Sequence[StoryView], *, rejected: Sequence[Rejected], excerpts: bool, full: bool = False) -> str:
    """Return the stories as the text of one self-contained HTML file.

    With ``excerpts`` no report is printed whole and every quotation is cut to a few words, for passing on. A story of
    many reports is told by its readings, each once; with ``full`` every report is printed whole all the same.
    """
    style, script = _asset("report.css"), _asset("report.js")
    level = 1 if len(stories) == 1 else 2
    told = [_story_page(view, i, rejected, level=level, excerpts=excerpts, full=full) for i, view in enumerate(stories)]
    html = (
        _templates()
        .get_template("report.html.j2")
        .render(
            stories=told,
            rejected=[(fulltext.source_name(page.source), page.reason) for page in rejected],
            excerpts=excerpts,
            excerpt_words=EXCERPT_WORDS,
            policy=_policy(style, script),
            style=style,
            script=script,
        )
    )
    return html.translate(_UNPRINTABLE)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("retold.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> str:
    return files("retold.report").joinpath("assets", name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Return the content security policy: nothing may load, only this style and this script may run."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(source: str) -> str:
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"


def _story_page(
    view: StoryView, i_story: int, rejected: Sequence[Rejected], *, level: int, excerpts: bool, full: bool
) -> StoryPage:
    prefix = f"s{i_story + 1}-"
    is_large = readings.is_large(view) and not full
    sentences, homes = readings.places_of(view, prefix) if is_large else ([], None)
    sentences = [] if excerpts else sentences
    places = Places(view, prefix=prefix, excerpts=excerpts, homes=homes)
    # What matters most comes first: in a version of excerpts it is quoted before a report's share is used up.
    contradict = facts.disputed_rows(view, places, Status.CONTRADICT)
    differ = facts.disputed_rows(view, places, Status.DIFFER)
    unseen = archetypes.unseen_copies(view, places)
    pairs = [] if is_large else collation.told_pairs(view, places)
    breakages = _breakages(view, places)
    entries = chronology.entries(view, places)
    agree = facts.agreement_rows(view, places, Status.AGREE)
    speakers, numbers = facts.speakers(view, places), facts.number_rows(view, places)
    return StoryPage(
        prefix=places.prefix,
        level=level,
        is_large=is_large,
        title=_title(view, places),
        headline=_headline(card_of(view)),
        span=_span(view),
        sections=tuple(_sections(view, unseen, sentences, pairs, excerpts=excerpts or is_large)),
        colours=colours_of(view),
        origins=tuple(
            (o.name, tuple(sorted(o.reports, key=lambda s: (len(s), s))), i % N_COLOURS, o.own)
            for i, o in enumerate(view.origins)
        ),
        drawing=lineage.draw(view, places),
        edges=lineage.edge_rows(view, places),
        unseen=unseen,
        readings=sentences,
        pairs=pairs,
        unlike=[(pair.a, pair.b) for pair in collation.unlike_pairs(view)],
        breakages=breakages[:MOST_BROKEN] if is_large else breakages,
        n_more_broken=max(0, len(breakages) - MOST_BROKEN) if is_large else 0,
        contradict=contradict,
        differ=differ,
        agree=agree,
        only_in=[] if is_large else facts.only_in_rows(view, places),
        speakers=facts.shared_speakers(speakers) if is_large else speakers,
        numbers=[row for row in numbers if len(row.origins) > 1 or not is_large],
        names=facts.name_rows(view, places),
        entries=entries,
        strip=chronology.strip(view),
        limits=limits.limits_of(view, rejected),
        # Last: the ways back of a sentence are known when everything else has been told.
        reports=[fulltext.full_report(witness, places, is_whole=not is_large) for witness in view.witnesses],
    )


def _title(view: StoryView, places: Places) -> Quote:
    first = view.witnesses[0]
    title = " ".join(view.story.title.split()) or "Story without a title"
    return Quote(places.clip(title), language_of(first))


def _headline(card: str) -> Headline:
    found = _ORIGINS.search(card)
    if found is None:
        return Headline(card, "", "")
    return Headline(card[: found.start()], found[0], card[found.end() :])


def _span(view: StoryView) -> str:
    first, last = view.story.first, view.story.last
    if not first:
        return "No report gives a date"
    told = in_words(first[:10])
    return told if not last or last[:10] == first[:10] else f"{told} to {in_words(last[:10])}"


def _sections(
    view: StoryView,
    unseen: Sequence[archetypes.Unseen],
    sentences: Sequence[readings.Place],
    pairs: Sequence[collation.Told],
    *,
    excerpts: bool,
) -> list[tuple[str, str]]:
    told = [("lineage", "Lineage")]
    if unseen:
        told.append(("unseen", "Unseen copy"))
    if sentences:
        told.append(("readings", "Readings"))
    if pairs:
        told.append(("collation", "Collation"))
    if view.breakages:
        told.append(("broken", "What broke"))
    told += [("facts", "Facts"), ("timeline", "Timeline"), ("limits", "What this cannot tell you")]
    told.append(("reports", "Credits" if excerpts else "Reports in full"))
    return told


def _breakages(view: StoryView, places: Places) -> list[BreakageRow]:
    rows, known = [], set[tuple[str, str, str]]()
    for row in view.breakages:
        told_as = (row.kind, row.says, view.witness(row.page).report.page.text[row.span.start : row.span.end])
        if not places.is_printed_full and told_as in known:
            continue
        known.add(told_as)
        pointer = Pointer(row.page, row.span.start, row.span.end)
        before, words, after = places.context(pointer)
        rows.append(
            BreakageRow(
                kind=row.kind,
                says=places.clip(row.says, 24),
                before=before,
                words=words,
                after=after,
                link=places.link(pointer, _BREAKS),
                elsewhere=places.link(row.elsewhere, _BREAKS) if row.elsewhere is not None else None,
            )
        )
    return rows
