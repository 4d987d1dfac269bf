"""Evidence in the terminal: what joins two pages, and why a part of one page got its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.cli.card import print_alignment, totals_line
from retold.cli.terminal import clean, say, say_wrapped, shortened, styled
from retold.model.page import Page, PageId
from retold.model.report import SegmentReasons
from retold.model.story import Weighing
from retold.views.links import links_between
from retold.views.story_view import StoryView


def print_evidence(views: Sequence[StoryView], a: str, b: str, weighing: Weighing) -> None:
    """Print why a and b are one story and how they hang together, or that nothing joins them."""
    if len(views) != 1:
        say_wrapped(
            f"'{a}' and '{b}' tell two stories: neither has half of its main text copied from the other, and their "
            "words, names, leads and dates are not alike enough for one event.",
            indent="",
        )
        for view in views:
            say_wrapped(f"{view.story.title} ({view.story.first or 'no date'})", indent="    ", first="  ")
        print_weighing(weighing, {})
        return
    view = views[0]
    by_source = {witness.report.page.source: witness for witness in view.witnesses}
    pages = {by_source[a].page, by_source[b].page}
    for source in (a, b):
        say(f"{by_source[source].siglum}  {source}")
    say(styled("One story", "bold"))
    print_weighing(weighing, {page: view.witness(page).siglum for page in pages})
    _print_links(view, by_source[a].page, by_source[b].page)
    _print_passages(view, pages)
    _print_edges(view, pages)
    for pair in view.pairs:
        if {pair.alignments[0].a, pair.alignments[0].b} == pages:
            say(styled(f"{pair.b} against {pair.a}: {totals_line(pair)}", "bold"))
            for alignment in pair.alignments:
                print_alignment(view, pair, alignment)


def print_weighing(told: Weighing, names: Mapping[PageId, str]) -> None:
    """Print how alike two reports are: what each part adds, what time leaves of it, the words that weigh most."""
    parts = ", ".join(f"{name} {share:.2f}" for name, share in told.parts)
    apart = (
        "an unknown day" if told.days_apart is None else f"{told.days_apart} day{'s' * (told.days_apart != 1)} apart"
    )
    say_wrapped(
        f"likeness {told.likeness:.2f} ({parts}), times {told.time_factor:.2f} for {apart}, is {told.score:.2f}",
        indent="    ",
        first="  ",
    )
    for page, day in told.lent:
        whose = names.get(page, "the report without a day")
        say_wrapped(f"{whose} counts as of {day}, the day of the dated report most like it", indent="    ", first="  ")
    if told.words:
        words = ", ".join(f"{one.word} {one.share:.3f}" for one in told.words)
        say_wrapped(f"words that add most: {words}", indent="    ", first="  ")


def _print_links(view: StoryView, a: PageId, b: PageId) -> None:
    """Print the reasons of the link between two reports, or of the links that lead from the one to the other."""
    path = links_between(view.links, a, b)
    if len(path) > 1:
        say(f"  joined by {len(path)} links:")
    for link in path:
        if len(path) > 1:
            say(f"  {view.witness(link.a).siglum} - {view.witness(link.b).siglum}, score {link.score:.2f}")
        for reason in link.reasons:
            say_wrapped(reason, indent="    ", first="  - ")


_SIGNS_SHOWN = 12


def print_reasons(page: Page, found: SegmentReasons) -> None:
    """Print why a segment got its kind: what rules saw, the likeliest kinds, the signs that weighed most."""
    start, end = found.span
    say(f"{clean(page.source)}:{start}-{end}  {styled(found.kind.value, 'bold')}")
    say(f"  {shortened(page.text[start:end], 100)}")
    rules = "by the rules" if found.kind is found.by_rules else f"the rules alone would say {found.by_rules.value}"
    say_wrapped(f"{rules}: {'; '.join(found.says)}", indent="    ", first="  - ")
    if not found.shares:
        say_wrapped("decided by its form: the fitted weights have no say in it", indent="    ", first="  - ")
        return
    shares = ", ".join(f"{kind.value} {share:.0%}" for kind, share in found.shares[:3])
    runner_up = f"; runner-up: {found.runner_up.value}" if found.runner_up else ""
    say_wrapped(f"likeliest by the weights: {shares}{runner_up}", indent="    ", first="  - ")
    for name, weight in found.signs[:_SIGNS_SHOWN]:
        say(f"    {weight:+6.2f}  {clean(name)}")
    if len(found.signs) > _SIGNS_SHOWN:
        say(f"    and {len(found.signs) - _SIGNS_SHOWN} signs that weigh less")


def _print_passages(view: StoryView, pages: set[PageId]) -> None:
    for match in view.matches:
        if {match.a, match.b} != pages:
            continue
        first, second = view.witness(match.a), view.witness(match.b)
        say(
            styled(
                f"{match.shared_words} words shared: {match.containment_a:.0%} of {first.siglum}, "
                f"{match.containment_b:.0%} of {second.siglum}",
                "bold",
            )
        )
        for span in match.spans:
            words = shortened(first.report.page.text[span.a0 : span.a1], 70)
            say(f"  {first.siglum}:{span.a0}-{span.a1} {second.siglum}:{span.b0}-{span.b1} {span.type.value}  {words}")


def _print_edges(view: StoryView, pages: set[PageId]) -> None:
    for edge in view.edges:
        if not {edge.source, edge.target} & set(map(str, pages)):
            continue
        say(
            styled(
                f"{view.node_name(edge.source)} → {view.node_name(edge.target)}, confidence {edge.confidence:.2f}",
                "bold",
            )
        )
        for sentence in edge.evidence:
            say_wrapped(sentence, indent="    ", first="  - ")
        if edge.runner_up:
            say_wrapped(f"runner-up: {edge.runner_up}", indent="    ", first="  - ")
