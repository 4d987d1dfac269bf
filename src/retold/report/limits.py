"""What a story's report cannot tell: what is inferred, what was not in the input, what silence does not prove.

Every sentence is read off the view; a story without dates lent to it is told nothing about dates lent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.model.facts import Factuality
from retold.model.page import Rejected
from retold.model.story import Derivation, NodeKind
from retold.report.fulltext import source_name
from retold.report.places import language_of
from retold.views.story_view import StoryView

UNSURE = 0.75
"""Confidence under which an edge is named here."""

MOST_REJECTED = 12


def limits_of(view: StoryView, rejected: Sequence[Rejected]) -> tuple[str, ...]:
    """Return the sentences of the panel, gravest first."""
    told = [*_input(view), *_lineage(view), *_dates(view), *_text(view)]
    return (*told, *_rejected(rejected))


def _input(view: StoryView) -> Iterator[str]:
    n_reports = len(view.witnesses)
    if n_reports == 1:
        yield (
            "There is one report only. Nothing could be compared: whether it copies another, what it left out, and "
            "whether others tell it differently is not known."
        )
        return
    yield (
        f"These {n_reports} reports are all that was given. Others may exist, and an earlier or fuller one could "
        "change who is shown as a source. “Only in” means only in one of these."
    )
    yield (
        "That two reports share no passage is no proof that they are independent: a rewriter can leave no words of the "
        "source. That they share words is no proof of who copied whom where the clock and the credits are silent."
    )


def _lineage(view: StoryView) -> Iterator[str]:
    unseen = [view.node_name(n.node).rstrip("*") for n in view.nodes if n.kind is NodeKind.ARCHETYPE]
    if unseen:
        noun, its = ("copy was", "its wording is") if len(unseen) == 1 else ("copies were", "their wording is")
        yield (
            f"The {_listed(unseen)} {noun} not among the pages: that it existed, and {its}, inferred from what its "
            "carriers share. What every carrier cut cannot be recovered, and an addition that several share may be "
            "theirs."
        )
    unsure = [e for e in view.edges if e.confidence < UNSURE]
    if unsure:
        told = [f"{view.node_name(e.source)} to {view.node_name(e.target)} ({e.confidence:.2f})" for e in unsure]
        yield (
            f"Least sure in the lineage: {_listed(told)}. The table gives what speaks for each line and the runner-up. "
            "Confidence is a score of the evidence, not a measured probability."
        )
    elif view.edges:
        yield "Confidence of a line is a score of the evidence, not a measured probability."
    unknown = [w.siglum for w in view.witnesses if w.origin is None or "unknown" in w.origin.origin]
    if unknown:
        yield f"Where the text of {_listed(unknown)} comes from is not known; it may be its own or copied from outside."
    sources = {edge.source for edge in view.edges}
    own = [
        w.siglum
        for w in view.witnesses
        if w.origin is not None and w.origin.derivation is Derivation.NOT and w.page not in sources
    ]
    if own and len(view.witnesses) > 1:
        yield (
            f"{_listed(own)} {'counts' if len(own) == 1 else 'count'} as own reporting because no copied passage was "
            "found, not because anyone checked how it was reported."
        )


def _dates(view: StoryView) -> Iterator[str]:
    lent = [
        w for w in view.witnesses if w.published is not None and w.published.how == "inferred" and w.published.value
    ]
    if lent:
        told = [f"{w.siglum} ({w.published.because or 'reason not kept'})" for w in lent if w.published is not None]
        yield f"Dates not printed on the page but inferred: {_listed(told)}."
    undated = [w.siglum for w in view.witnesses if w.published is None or not w.published.value]
    if undated:
        yield (
            f"{_listed(undated)} {'has' if len(undated) == 1 else 'have'} no date; "
            f"{'its place' if len(undated) == 1 else 'their places'} in the order of reports is not by time."
        )
    floating = sum(1 for event in view.events if not event.date)
    if floating:
        undated_told = _counted(floating, "entry", "entries")
        yield f"{undated_told} of the timeline could not be dated; only the order told is kept."
    open_ = sum(1 for event in view.events if event.factuality is not Factuality.HAPPENED)
    if open_:
        open_told = _counted(open_, "entry of the timeline is", "entries of the timeline are")
        yield f"{open_told} told as denied, uncertain or still to come."
    if view.events:
        yield (
            "“Monday” or “last month” is placed by the day of the report that says it. Where two reports tell of one "
            "event in other words, it may stand twice."
        )


def _text(view: StoryView) -> Iterator[str]:
    foreign = [w.siglum for w in view.witnesses if (language_of(w) or "en").partition("-")[0].lower() != "en"]
    if foreign:
        yield (
            f"{_listed(foreign)} {'is' if len(foreign) == 1 else 'are'} not in English: claims, dates and numbers are "
            "read less well there, and reports in different languages are not compared word by word."
        )
    lossy = [w.siglum for w in view.witnesses if w.report.page.characters.difference]
    if lossy:
        yield (
            f"Of {_listed(lossy)} two independent readings of the page do not agree on every visible character; the "
            "counts stand with the report."
        )
    empty = [w.siglum for w in view.witnesses if not w.report.sentences]
    if empty:
        yield f"In {_listed(empty)} no sentence of running text was found."
    yield "Nothing here says whether a statement is true. Agreement of reports with one origin is one source, repeated."


def _rejected(rejected: Sequence[Rejected]) -> Iterator[str]:
    if rejected:
        told = [f"{source_name(page.source)} ({page.reason})" for page in rejected[:MOST_REJECTED]]
        more = f" and {len(rejected) - MOST_REJECTED} more" if len(rejected) > MOST_REJECTED else ""
        head = _counted(len(rejected), "page could not be read and is", "pages could not be read and are")
        yield f"{head} not counted: {'; '.join(told)}{more}."


def _listed(told: Sequence[str]) -> str:
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
