"""Labelled pages in the terminal: what is known of the page, then every segment with its kind."""

from __future__ import annotations

import sys

from retold.cli.terminal import clean, say, shortened, styled
from retold.model.report import SegmentKind
from retold.views.story_view import PageView

_DIM = {SegmentKind.FURNITURE, SegmentKind.ADVERT, SegmentKind.RELATED, SegmentKind.CONTACT}


def print_page(view: PageView) -> None:
    """Print one page: address, metadata, dateline, credits, characters, segments."""
    page = view.page
    say(styled(page.source, "bold"))
    if page.source_id is not None:
        say(f"  {'id':<10} {clean(page.source_id)}  (record)")
    for value in view.meta:
        say(f"  {value.field.value:<10} {clean(value.value)}  ({value.came_from})")
    if view.dateline is not None:
        line = view.dateline
        parts = (("place", line.place), ("date", line.date), ("agency", line.agency))
        say(f"  {'dateline':<10} {', '.join(f'{name} {clean(said)}' for name, said in parts if said)}")
    for credit in view.credits:
        say(f"  {'credit':<10} {clean(credit.agency)}  ({credit.form.value}, at {credit.span.start})")
    counts = page.characters
    say(
        f"  {'characters':<10} {counts.visible} visible, {counts.kept} kept, difference {counts.difference}; "
        f"{page.format.value}, {page.encoding}"
    )
    for remark in page.remarks:
        say(f"  {'remark':<10} {clean(remark)}")
    for segment in view.segments:
        text = shortened(page.text[segment.start : segment.end], 78)
        told = f"  {segment.start:>7} {segment.kind.value:<10} {text}"
        say(styled_line(told, dim=segment.kind in _DIM))


def styled_line(line: str, *, dim: bool) -> str:
    """Return the line, dimmed where asked and the terminal can."""
    return f"\x1b[2m{line}\x1b[0m" if dim and sys.stdout.isatty() else line
