"""The same pages give the same stories, whatever the order they are named in."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from retold import retell
from retold.views.json_view import story_json
from tests.conftest import REPOSITORY

PAGES = sorted(str(path) for path in (REPOSITORY / "examples/harbour").glob("0*"))
ONCE = [json.dumps(story_json(view), sort_keys=True) for view in retell(*PAGES).stories]


@settings(max_examples=8)
@given(st.permutations(PAGES))
def test_the_order_of_the_pages_changes_nothing(paths: list[str]):
    told = [json.dumps(story_json(view), sort_keys=True) for view in retell(*paths).stories]
    assert told == ONCE


def test_the_example_is_there():
    assert len(PAGES) == 9
    assert len(ONCE) == 2
