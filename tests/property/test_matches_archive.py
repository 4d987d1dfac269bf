"""Matches of an archive are those of the stage over all pages in memory, whatever was built when."""

from __future__ import annotations

import random

from retold.archives import intake
from retold.archives.building import CORPUS_STAGES, build
from retold.engine.archive.digest import table_digests
from retold.engine.archive.running import whole
from retold.engine.archive.snapshot import open_snapshot
from retold.stages import matches
from retold.stages.matches import archive
from retold.tables import table as t
from tests.archive_pages import BUDGET, OWN, WIRE, many, write_jsonl


def records():
    """Sixty pages, half of which carry passages of three others."""
    chance = random.Random(7)
    found = many(60)
    for one in found[::2]:
        for text in chance.sample([WIRE, OWN, BUDGET], chance.randrange(1, 3)):
            one["text"] += text + "\n"
    return found


def digest_of_matches(folder):
    with open_snapshot(folder) as snapshot:
        return table_digests(snapshot)[t.MATCHES.name]


def test_builds_in_steps_give_what_one_run_over_all_pages_gives(tmp_path, monkeypatch):
    all_records = records()
    path = write_jsonl(tmp_path / "all.jsonl", all_records)
    build([path], tmp_path / "twin", stages=[whole(matches.STAGE)])
    build([path], tmp_path / "plain", stages=CORPUS_STAGES[:1])
    monkeypatch.setattr(intake, "MOST_PAGES", 11)
    monkeypatch.setattr(archive, "COMPILED_FROM", 50)
    build([path], tmp_path / "once", stages=CORPUS_STAGES[:1])
    random.Random(3).shuffle(all_records)
    for step in range(2):
        some = write_jsonl(tmp_path / f"{step}.jsonl", all_records[step::2])
        build([some], tmp_path / "steps", stages=CORPUS_STAGES[:1])
    assert digest_of_matches(tmp_path / "plain") == digest_of_matches(tmp_path / "twin")
    assert digest_of_matches(tmp_path / "once") == digest_of_matches(tmp_path / "twin")
    assert digest_of_matches(tmp_path / "steps") == digest_of_matches(tmp_path / "twin")
