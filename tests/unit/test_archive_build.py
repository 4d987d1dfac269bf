"""Building an archive: what is in, what a rerun does, what the order of pages and batches leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

import retold
from retold.archives import arriving, building, intake
from retold.archives.building import CORPUS_STAGES, build
from retold.archives.intake import Options
from retold.archives.labelling import label
from retold.archives.telling import all_story_ids, stories_told
from retold.engine.archive.digest import digest, table_digests
from retold.engine.archive.snapshot import open_snapshot
from retold.engine.pool import Failed, Failure
from retold.errors import NewerArchiveError, NoInputError, NotAnArchiveError
from retold.pipeline import retell
from retold.tables import table as t
from retold.views.json_view import story_json
from tests.archive_pages import RECORDS, many, write_jsonl


def digest_in(folder):
    with open_snapshot(folder) as snapshot:
        return digest(snapshot)


def pages_in(folder):
    with open_snapshot(folder) as snapshot:
        return sorted(page.source_id for page in snapshot.rows(t.PAGES))


def test_stories_of_an_archive_are_told_as_those_of_its_pages(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    build([path], tmp_path / "n")
    told = stories_told(tmp_path / "n", all_story_ids(tmp_path / "n"))
    assert [story_json(view) for view in told] == [story_json(view) for view in retell(path).stories]
    assert len(told) == 2


def test_the_verbs_in_python_take_an_archive_by_its_name(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    folder = str(tmp_path / "n")
    assert retold.build([path], folder).added == 5
    rows = list(retold.stories_in(folder))
    told = retold.stories_told(folder, [rows[0].story])
    assert [len(view.witnesses) for view in told] == [3]
    assert len(list(retold.matches_in(folder))) >= 2


def test_a_rerun_adds_nothing_and_writes_nothing(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    first = build([path], tmp_path / "n")
    second = build([path], tmp_path / "n")
    assert (first.added, second.added) == (5, 0)
    assert second.manifest == first.manifest


def test_a_file_that_grew_gives_only_its_new_pages(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS[:3])
    build([path], tmp_path / "n")
    write_jsonl(tmp_path / "news.jsonl", RECORDS)
    built = build([path], tmp_path / "n")
    assert (built.added, built.known) == (2, 3)
    assert pages_in(tmp_path / "n") == ["b1", "b2", "o1", "w1", "w2"]


def test_order_batches_and_steps_leave_the_digest_alone(tmp_path, monkeypatch):
    records = [*RECORDS, *many(9)]
    build([write_jsonl(tmp_path / "all.jsonl", records)], tmp_path / "one")
    monkeypatch.setattr(intake, "MOST_PAGES", 4)
    monkeypatch.setattr(arriving, "CHUNK_ITEMS", 2)
    build([write_jsonl(tmp_path / "back.jsonl", records[::-1])], tmp_path / "two")
    for i in (2, 0, 1):
        build([write_jsonl(tmp_path / f"{i}.jsonl", records[i::3])], tmp_path / "three")
    with open_snapshot(tmp_path / "two") as snapshot:
        assert len(snapshot.manifest.batches) == 4
    with open_snapshot(tmp_path / "three") as snapshot:
        assert len(snapshot.manifest.steps) == 3
    assert digest_in(tmp_path / "one") == digest_in(tmp_path / "two") == digest_in(tmp_path / "three")


def test_workers_leave_the_digest_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(arriving, "CHUNK_ITEMS", 3)
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    build([path], tmp_path / "none")
    build([path], tmp_path / "two", options=Options(jobs=2))
    assert digest_in(tmp_path / "none") == digest_in(tmp_path / "two")


def test_a_chunk_that_fails_is_labelled_item_by_item(tmp_path, monkeypatch):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    build([path], tmp_path / "whole")
    monkeypatch.setattr(intake, "_label_here", lambda chunk: Failed(Failure.RAISED, "broke"))
    built = build([path], tmp_path / "singly")
    assert built.rejected == ()
    assert digest_in(tmp_path / "singly") == digest_in(tmp_path / "whole")


def test_an_item_that_no_worker_can_label_is_left_out_and_said(tmp_path, monkeypatch):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    monkeypatch.setattr(intake, "_label_here", lambda chunk: Failed(Failure.RAISED, "broke"))
    monkeypatch.setattr(intake, "map_capped", lambda label, chunks, **how: map(all_but_o1, chunks))
    built = build([path], tmp_path / "n")
    assert [item.source for item in built.rejected] == [f"{path}#3"]
    assert "was not done after 10 s; it is left out" in built.rejected[0].reason
    assert pages_in(tmp_path / "n") == ["b1", "b2", "w1", "w2"]


def all_but_o1(chunk):
    return Failed(Failure.TIME, "was not done after 10 s") if b"o1" in chunk.items[0].raw else label(chunk)


def test_a_page_given_twice_is_in_once(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", [*RECORDS, *RECORDS])
    assert build([path], tmp_path / "n").manifest.n_pages == 5


def test_what_cannot_be_read_is_kept_once_with_its_reason(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    with (tmp_path / "news.jsonl").open("a") as file:
        file.write('{"id": "torn", "text": "The fer\n')
    first = build([path], tmp_path / "n")
    write_jsonl(tmp_path / "more.jsonl", RECORDS[:1])
    build([path, str(tmp_path / "more.jsonl")], tmp_path / "n")
    assert len(first.rejected) == 1
    with open_snapshot(tmp_path / "n") as snapshot:
        assert list(snapshot.rows(t.REJECTED)) == list(first.rejected)


def test_no_page_at_all_is_nothing_found(tmp_path):
    with pytest.raises(NoInputError):
        build([str(tmp_path / "gone.jsonl")], tmp_path / "n")


def test_a_folder_of_other_files_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear reader")
    with pytest.raises(NotAnArchiveError, match="other files"):
        build([str(tmp_path / "letter.txt")], tmp_path)


def test_facts_wanted_afterwards_are_added(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    build([path], tmp_path / "late")
    build([], tmp_path / "late", options=Options(facts=True))
    build([path], tmp_path / "at-once", options=Options(facts=True))
    assert digest_in(tmp_path / "late") == digest_in(tmp_path / "at-once")
    with open_snapshot(tmp_path / "late") as snapshot:
        assert "claims" in table_digests(snapshot)
    told = stories_told(tmp_path / "late", all_story_ids(tmp_path / "late"))
    assert [story_json(view) for view in told] == [story_json(view) for view in retell(path).stories]


def test_a_stage_that_grew_is_run_again_with_what_depends_on_it(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    build([path], tmp_path / "n")
    grown = [replace(stage, version=stage.version + 1) if stage.name == "matches" else stage for stage in CORPUS_STAGES]
    calls = []
    watched = [
        replace(stage, run=lambda work, stage=stage: calls.append((stage.name, len(work.new))) or stage.run(work))
        for stage in grown
    ]
    before = digest_in(tmp_path / "n")
    build([path], tmp_path / "n", stages=watched)
    assert calls == [("matches", 1), ("stories", 1)]
    assert digest_in(tmp_path / "n") == before


def test_a_page_stage_that_grew_is_run_again_from_what_was_read(tmp_path, monkeypatch):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    build([path], tmp_path / "n")
    before = digest_in(tmp_path / "n")
    monkeypatch.setattr(
        "retold.archives.labelling.PAGE_STAGES",
        tuple(replace(stage, version=99) if stage.name == "segments" else stage for stage in building_stages()),
    )
    built = build([], tmp_path / "n")
    assert built.manifest.stage("segments").version == 99
    assert digest_in(tmp_path / "n") == before


def building_stages():
    from retold.pipeline import PAGE_STAGES

    return PAGE_STAGES


def test_an_archive_that_a_newer_stage_has_seen_is_left_alone(tmp_path):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    build([path], tmp_path / "n", stages=[replace(CORPUS_STAGES[0], version=CORPUS_STAGES[0].version + 1)])
    with pytest.raises(NewerArchiveError, match="nothing was changed"):
        build([path], tmp_path / "n", stages=building.CORPUS_STAGES)
