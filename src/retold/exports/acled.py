"""Events in ACLED's columns (since March 2023), one CSV.

Retold knows when, who reported it and in what words. It does not code types, actors, places or deaths: those columns
stay empty for the person who does. A date is written only where the day is known.
"""

from __future__ import annotations

from retold.exports.csv_cells import Cell, table_text
from retold.exports.places import Places, dates_of, outlet_of, places_of
from retold.model.facts import Event
from retold.views.story_view import StoryView

_COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
    "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location "
    "latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)

EXACT_DAY = 1
"""ACLED's time_precision for a known day; its other values are a coder's judgement."""


def to_acled(view: StoryView) -> str:
    """Return the events of the story, in timeline order."""
    places = places_of(view)
    return table_text(_COLUMNS.split(), [_row(places, event) for event in view.events])


def _row(places: Places, event: Event) -> list[Cell]:
    dates = dates_of(event.date)
    same_year = dates is not None and dates[0].year == dates[1].year
    is_day = dates is not None and dates[0] == dates[1] and dates[0].day is not None
    sources = dict.fromkeys(outlet_of(places.witnesses[mention.page]) for mention in event.mentions)
    told: dict[str, Cell] = {
        "event_date": event.date if is_day else None,
        "year": dates[0].year if dates and same_year else None,
        "time_precision": EXACT_DAY if is_day else None,
        "source": "; ".join(filter(None, sources)),
        "notes": places.words(event.what),
        "tags": f"retold: {event.event}; {event.factuality.value}",
    }
    return [told.get(column) for column in _COLUMNS.split()]
