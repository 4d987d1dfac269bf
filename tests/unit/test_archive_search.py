"""The read model: added to where an archive grew, made anew where it changed, and always what the parts say."""

from __future__ import annotations

import sqlite3

import pytest

from retold.archives import intake, read_model, upkeep
from retold.archives.building import build
from retold.archives.intake import Options
from retold.archives.listing import Wanted, stories_in
from retold.engine.archive.running import Means
from tests.archive_pages import RECORDS, many, write_jsonl

MEANS = Means(1 << 30, 0, lambda what, done, of: None)


def listed(folder, **wanted):
    return [row.as_json() for row in stories_in(folder, Wanted(**wanted))]


def calls_of(monkeypatch):
    """Count the batches whose reports are put into a model."""
    calls = []
    put = read_model._put_reports
    monkeypatch.setattr(read_model, "_put_reports", lambda *given: calls.append(given[2]) or put(*given))
    return calls


def test_a_grown_archive_adds_to_its_model_what_a_fresh_one_has(tmp_path, monkeypatch):
    calls = calls_of(monkeypatch)
    for i in range(3):
        build([write_jsonl(tmp_path / f"{i}.jsonl", [*RECORDS, *many(6)][i::3])], tmp_path / "n")
    assert len(calls) == 3
    build([str(tmp_path / f"{i}.jsonl") for i in range(3)], tmp_path / "fresh")
    for words in (None, "ferry", '"was opened by mayor"', "taxes"):
        assert listed(tmp_path / "n", words=words) == listed(tmp_path / "fresh", words=words)


@pytest.mark.parametrize("change", ["forget", "compact", "facts"])
def test_a_changed_archive_has_a_model_of_what_is_left(tmp_path, monkeypatch, change):
    monkeypatch.setattr(intake, "MOST_PAGES", 2)
    build([write_jsonl(tmp_path / "n.jsonl", RECORDS)], tmp_path / "n")
    before = listed(tmp_path / "n")
    if change == "forget":
        upkeep.forget(tmp_path / "n", ["o1"], MEANS)
        assert listed(tmp_path / "n", words="passengers slept") == []
        assert [name for row in listed(tmp_path / "n") for name in row["reports"]] == ["w1", "w2", "b1", "b2"]
        return
    if change == "compact":
        upkeep.compact(tmp_path / "n")
    else:
        build([], tmp_path / "n", options=Options(facts=True))
    assert listed(tmp_path / "n") == before
    assert len(listed(tmp_path / "n", words="passengers slept")) == 1


def test_a_model_of_another_layout_is_made_anew(tmp_path, monkeypatch):
    build([write_jsonl(tmp_path / "n.jsonl", RECORDS)], tmp_path / "n")
    monkeypatch.setattr(read_model, "LAYOUT", 99)
    calls = calls_of(monkeypatch)
    build([], tmp_path / "n")
    assert len(calls) == 1
    with sqlite3.connect(tmp_path / "n/read.sqlite") as model:
        assert model.execute("SELECT layout FROM about").fetchone() == (99,)
    model.close()
