"""Every JSON output against its schema in docs/schema, on the invented pages of examples/harbour."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from retold import read, retell
from retold.pipeline import reasons
from retold.views.json_view import match_json, page_json, reasons_json, story_json, story_row_json
from tests.conftest import REPOSITORY

SCHEMAS = REPOSITORY / "docs/schema"
HARBOUR = str(REPOSITORY / "examples/harbour")


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text("utf-8")))


def as_sent(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row as a reader of the JSON gets it."""
    sent: dict[str, Any] = json.loads(json.dumps(row, ensure_ascii=False))
    return sent


@pytest.fixture(scope="module")
def told():
    return retell(HARBOUR)


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_is_a_schema(path: Path):
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("facts", [False, True])
def test_pages_fit_their_schema(facts):
    for view in read(HARBOUR, facts=facts).pages:
        validator("page").validate(as_sent(page_json(view, facts=facts)))


def test_stories_fit_their_schema(told):
    for view in told.stories:
        validator("story_view").validate(as_sent(story_json(view)))
        validator("story_row").validate(as_sent(story_row_json(view)))


def test_matches_fit_their_schema(told):
    matches = [match for view in told.stories for match in view.matches]
    assert matches
    for match in matches:
        validator("match").validate(as_sent(match_json(match, {})))


def test_every_pointer_of_a_story_lies_in_its_page(told):
    for view in told.stories:
        row = story_json(view)
        lengths = {w["siglum"]: len(w["text"]) for w in row["witnesses"]}
        pointers = list(_pointers(row))
        assert pointers
        for pointer in pointers:
            assert 0 <= pointer["start"] <= pointer["end"] <= lengths[pointer["witness"]]


def _pointers(value: Any):
    if isinstance(value, dict):
        if {"witness", "page", "start", "end"} <= set(value):
            yield value
        for inner in value.values():
            yield from _pointers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pointers(inner)


@pytest.mark.parametrize("offset", [0, 300])
def test_reasons_fit_their_schema(offset):
    page, found = reasons(str(next((REPOSITORY / "examples/harbour").glob("*.txt"))), offset)
    validator("segment_reasons").validate(as_sent(reasons_json(page, found)))
