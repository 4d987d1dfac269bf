"""The timeline of one entity in the terminal: a day, then the sentences that tell what it did."""

from __future__ import annotations

import json
from collections.abc import Sequence

from retold.cli.terminal import say, say_wrapped, styled
from retold.model.entity_timeline import EntityEntry, EntityEvent
from retold.views.story_view import StoryView, Witness


def tell_entity(views: Sequence[StoryView], name: str, *, as_json: bool) -> None:
    """Print the timeline of one entity over these stories."""
    from retold.pipeline import entity_timeline
    from retold.views.json_view import entity_timeline_json

    entries = entity_timeline(views, name)
    if not as_json:
        print_entity_timeline(entries, views)
        return
    pages = [witness.report.page for view in views for witness in view.witnesses]
    names = {page.page: page.source_id or page.source for page in pages}
    print(json.dumps(entity_timeline_json(entries, names), ensure_ascii=False))


def print_entity_timeline(entries: Sequence[EntityEntry], views: Sequence[StoryView]) -> None:
    """Print each entry with the sentences that tell it, the event's words in brackets."""
    witnesses = {witness.page: witness for view in views for witness in view.witnesses}
    for entry in entries:
        say(styled(entry.date or "no date", "bold"))
        for event in entry.events:
            say_wrapped(_told(event, witnesses[event.page]), indent="    ", first="  ")


def _told(event: EntityEvent, witness: Witness) -> str:
    page, sentence = witness.report.page, witness.report.sentences[event.i_sentence]
    before, words, after = (
        page.text[sentence.start : event.span.start],
        page.text[event.span.start : event.span.end],
        page.text[event.span.end : sentence.end],
    )
    return f"{page.source_id or page.source}: {before}[{words}]{after}"
