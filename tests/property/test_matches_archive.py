"""Matches of an archive are those of the stage over all pages in memory, whatever was built when."""

from __future__ import annotations

import random

import pytest

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


FOOTER = "Write to the editor of this paper at the old mill in Arden, or leave your letter with the keeper of the lock."
RUMOUR = (
    "A whale was seen in the river at noon, said nine people who stood on the bridge with their lunch in their hands."
)


def crowd():
    """Pages by the hundred: a footer of one outlet all the year, a rumour that goes round, a wire, copies of a page."""
    found = many(260)
    for i, one in enumerate(found):
        if i < 120:
            one |= {"outlet": "arden-times", "published": f"2031-{i % 12 + 1:02}-{i % 28 + 1:02}"}
            one["text"] += FOOTER + "\n"
        elif i < 210:
            one |= {"published": f"2031-06-{i % 3 + 1:02}", "outlet": f"outlet-{i}"}
            one["text"] += (RUMOUR if i % 9 else RUMOUR.replace("noon", "night")) + "\n"
        elif i < 240:
            one["text"] += WIRE + "\n"
        else:
            one["text"] = found[240]["text"]
    return found


def test_new_pages_alone_are_compared_and_the_answer_is_that_of_one_run(tmp_path, monkeypatch):
    pytest.importorskip("numba")
    from retold.stages.matches import compared

    monkeypatch.setattr(archive, "COMPILED_FROM", 50)
    n_compared = []
    passages = compared._passages

    def counted(pairs, *more):
        n_compared.append(len(pairs))
        return passages(pairs, *more)

    monkeypatch.setattr(compared, "_passages", counted)
    records = crowd()
    random.Random(5).shuffle(records)
    build([write_jsonl(tmp_path / "all.jsonl", records)], tmp_path / "once", stages=CORPUS_STAGES[:1])
    expected, costs = digest_of_matches(tmp_path / "once"), [sum(n_compared)]
    # The footer comes to stand on more than 64 pages in the second step, and the rumour in the third.
    for first, end in ((0, 110), (110, 200), (200, 255), (255, 260)):
        n_compared.clear()
        some = write_jsonl(tmp_path / f"{first}.jsonl", records[first:end])
        build([some], tmp_path / "steps", stages=CORPUS_STAGES[:1])
        costs.append(sum(n_compared))
    assert digest_of_matches(tmp_path / "steps") == expected
    assert costs[-1] < 0.1 * costs[0]
