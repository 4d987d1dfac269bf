"""The whole StoryView as JSON: what ``--json`` prints, for one story, laid out to be read.

Its shape is docs/schema/story_view.json, owned by ``views.json_view``.
"""

from __future__ import annotations

from retold.exports.characters import json_text
from retold.views.json_view import story_json
from retold.views.story_view import StoryView


def to_json(view: StoryView) -> str:
    """Return the StoryView."""
    return json_text(story_json(view))
