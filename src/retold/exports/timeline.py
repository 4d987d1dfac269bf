"""The dated events as TimelineJS JSON.

TimelineJS needs a start date, so events without one are left out and counted on the title slide; an event whose date
is open on one side has none. TimelineJS shows texts as HTML: they are escaped.
"""

from __future__ import annotations

from html import escape
from typing import Any

from retold.exports.characters import json_text, printable
from retold.exports.places import Places, Point, address_of, dates_of, outlet_of, places_of
from retold.model.facts import Event
from retold.views.card import card_of
from retold.views.story_view import StoryView

Json = dict[str, Any]


def to_timeline(view: StoryView) -> str:
    """Return the timeline of the story."""
    places = places_of(view)
    slides = [slide for event in view.events if (slide := _slide(places, event)) is not None]
    n_undated = len(view.events) - len(slides)
    said = [card_of(view)]
    if n_undated:
        said.append(f"{n_undated} of {len(view.events)} events have no first day, month or year and are not shown")
    title = {"headline": _html(view.story.title), "text": "".join(f"<p>{_html(line)}</p>" for line in said)}
    return json_text({"title": {"text": title, "unique_id": "story", "autolink": False}, "events": slides})


def _slide(places: Places, event: Event) -> Json | None:
    dates = dates_of(event.date)
    if dates is None:
        return None
    first, last = dates
    slide: Json = {"unique_id": event.event, "start_date": _date(first)}
    if last != first:
        slide["end_date"] = _date(last)
    slide["display_date"] = _html(event.date or "")
    slide["text"] = {"headline": _html(places.words(event.what)), "text": _told(places, event)}
    slide["group"] = event.factuality.value
    slide["autolink"] = False
    return slide


def _told(places: Places, event: Event) -> str:
    lines = [f"Origins: {', '.join(event.origins)}"] if event.origins else []
    words = places.words(event.words)
    lines += [f"Date given by: {words}"] if words else []
    for page in dict.fromkeys(mention.page for mention in event.mentions):
        witness = places.witnesses[page]
        lines.append(f"{witness.siglum}: {' '.join(filter(None, (outlet_of(witness), address_of(witness))))}")
    return "".join(f"<p>{_html(line)}</p>" for line in lines)


def _date(point: Point) -> Json:
    named = zip(("year", "month", "day"), point, strict=True)
    return {name: value for name, value in named if value is not None}


def _html(text: str) -> str:
    return escape(printable(text))
