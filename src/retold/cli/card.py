"""The story card in the terminal: who reports, from which origin, what changed, what broke, what happened when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retold.cli.lineage import print_lineage
from retold.cli.terminal import clean, say, say_wrapped, shortened, styled
from retold.model.facts import Status
from retold.model.story import Alignment, Change, Derivation, EditKind, ReportOrigin
from retold.views.card import card_of
from retold.views.story_view import Pair, StoryView, Witness

MOST_LINES = 40
"""Lines of a pair told before the rest is counted; --json and the report have all."""


def print_stories(views: Sequence[StoryView]) -> None:
    """Print one card a story, and say plainly where pages tell different stories."""
    if len(views) > 1:
        say(f"{len(views)} stories: what the pages of two have in common is too little for one event.")
        say()
    for i_view, view in enumerate(views):
        if i_view:
            say("\n" + "─" * 60 + "\n")
        print_story(view)


def print_story(view: StoryView) -> None:
    """Print the card of one story."""
    say(styled(view.story.title, "bold"))
    say(styled(card_of(view), "green"))
    if len(view.witnesses) == 1:
        say_wrapped("One report only: there is nothing to compare it with.", indent="")
    _print_reports(view)
    if view.edges:
        print_lineage(view)
    print_collation(view)
    _print_breakages(view)
    _print_facts(view)
    _print_timeline(view)


def _heading(title: str) -> None:
    say()
    say(styled(title, "cyan"))


def _print_reports(view: StoryView) -> None:
    _heading("Reports")
    for witness in view.witnesses:
        say_wrapped(f"{witness.siglum:<3} {_report_line(witness)}", indent="      ", first="  ")


def _report_line(witness: Witness) -> str:
    parts = [clean(witness.name)]
    date = witness.published
    if date is not None and date.value:
        parts.append(date.value if date.how == "printed" else f"{date.value} ({date.how}: {date.because})")
    else:
        parts.append("no date")
    origin = witness.origin
    if origin is not None:
        parts.append(_origin_told(origin))
        parts.append(_churn_told(origin))
    return "; ".join(parts)


def _origin_told(origin: ReportOrigin) -> str:
    if origin.derivation is Derivation.NOT:
        return "own text" if origin.origin == "own" else f"own text ({clean(origin.origin)})"
    credited = "credited" if origin.credited else "not credited"
    return f"{origin.derivation.value} from {clean(origin.origin)}, {credited}"


def _churn_told(origin: ReportOrigin) -> str:
    """Say how much of the text stands elsewhere; what is only taken to stand in an unseen source is said to be so."""
    share = f"{origin.churn:.0%} of its words"
    if origin.derivation is Derivation.NOT:
        return f"{share} stand in other reports too, quotations counted"
    return f"{share} stand in other reports or are taken for its source's"


def print_collation(view: StoryView) -> None:
    """Print each report against the earlier one it shares most with."""
    if not view.pairs:
        return
    _heading("Collation")
    for pair in view.closest_pairs():
        say(f"  {pair.b} against {pair.a}: {totals_line(pair)}")
        changed = [alignment for alignment in pair.alignments if alignment.change is not Change.KEPT]
        if not pair.n_shared:
            say("    no sentence in common")
            continue
        for alignment in changed[:MOST_LINES]:
            print_alignment(view, pair, alignment)
        if len(changed) > MOST_LINES:
            say(f"    and {len(changed) - MOST_LINES} more changes (--json or `retold report` for all)")


def totals_line(pair: Pair) -> str:
    """Return the counts of each change that occurs, as one line."""
    moved = sum(alignment.moved for alignment in pair.alignments)
    told = [f"{count} {change.value}" for change, count in pair.totals.items() if count]
    return ", ".join(told) + (f"; {moved} moved" if moved else "")


def print_alignment(view: StoryView, pair: Pair, alignment: Alignment) -> None:
    """Print one alignment: its change, where it stands, and the words that differ."""
    label = alignment.change.value + (", moved" if alignment.moved else "")
    kinds = ", ".join(kind.value for kind in alignment.kinds)
    if alignment.change in (Change.CUT, Change.ADDED):
        page, units = (alignment.a, alignment.a_units) if alignment.a_units else (alignment.b, alignment.b_units)
        where = pair.a if alignment.a_units else pair.b
        text = view.witness(page).report.page.text
        words = shortened(" ".join(text[span.start : span.end] for span in units), 90)
        say(f"    {label:<10} {where}:{units[0].start}  {words}")
        return
    say(f"    {label:<10} {pair.a}:{alignment.a_units[0].start} {pair.b}:{alignment.b_units[0].start}  [{kinds}]")
    text_a = view.witness(alignment.a).report.page.text
    text_b = view.witness(alignment.b).report.page.text
    for edit in alignment.edits:
        if set(edit.kinds) == {EditKind.TRIVIAL}:
            continue
        cut, added = text_a[edit.a.start : edit.a.end], text_b[edit.b.start : edit.b.end]
        told = " ".join(
            part for part in (cut and styled(f"[-{cut}-]", "red"), added and styled(f"{{+{added}+}}", "green")) if part
        )
        say(f"               {told}  {', '.join(kind.value for kind in edit.kinds)}")


def _print_breakages(view: StoryView) -> None:
    if not view.breakages:
        return
    _heading("Broken by a cut or an edit")
    for row in view.breakages:
        siglum = view.sigla[row.page]
        say_wrapped(f"{siglum}:{row.span.start}  “{row.word}”: {row.says} ({row.kind})", indent="        ", first="  ")


def _print_facts(view: StoryView) -> None:
    if not view.agreements:
        return
    _heading("Agreement")
    alone = Counter(view.sigla[row.pointers[0].page] for row in view.agreements if row.status is Status.ADD)
    for siglum, count in sorted(alone.items(), key=lambda item: (len(item[0]), item[0])):
        say(f"  {'add':<10} {siglum:<6} {count} checkable statements only in {siglum}")
    for row in view.agreements:
        if row.status is Status.ADD:
            continue
        sigla = ", ".join(dict.fromkeys(view.sigla[pointer.page] for pointer in row.pointers))
        say_wrapped(f"{row.status.value:<10} {sigla:<6} {row.says}", indent="                    ", first="  ")


def _print_timeline(view: StoryView) -> None:
    if not view.events:
        return
    _heading("Timeline")
    for event in view.events:
        text = view.witness(event.what.page).report.page.text
        what = shortened(text[event.what.start : event.what.end], 100)
        sigla = ", ".join(dict.fromkeys(view.sigla[pointer.page] for pointer in event.mentions))
        order = "".join(f"; after {earlier}" for earlier in event.after)
        say_wrapped(
            f"{event.event:<4} {event.date or 'undated':<23} {what} ({sigla}{order})",
            indent=" " * 31,
            first="  ",
        )
