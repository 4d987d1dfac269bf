"""Stories over an archive are those of the stage over all pages, row for row, whatever was built when."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.archives import intake
from retold.archives.building import CORPUS_STAGES, build
from retold.engine.archive.digest import table_digests
from retold.engine.archive.running import whole
from retold.engine.archive.snapshot import open_snapshot
from retold.stages import stories
from retold.stages.stories.grouping import group
from retold.stages.stories.rounds import joined
from retold.stages.stories.scores import SCALE
from retold.tables import table as t
from tests.archive_pages import write_jsonl

EVENTS = (
    "A ferry ran aground off Skagen with {n} aboard, and rescue boats took everyone to Frederikshavn before noon.",
    "Senators in Canberra passed a lithium tax of {n} per cent after Treasurer Olivia Marchetti pleaded for schools.",
    "An avalanche buried {n} skiers near Zermatt, where rescuers with dogs searched the Theodul glacier all night.",
)
TAILS = (
    "Captain Mads Holgersen told reporters that the rudder had failed in heavy seas and that help came quickly.",
    "Nobody at the ministry would say what it had cost, although two officials hinted at a long inquiry in spring.",
    "The mayor thanked the volunteers, and the hotel kept its kitchen open until the last of them had eaten.",
)


def report(chance, number):
    event = chance.randrange(len(EVENTS))
    text = EVENTS[event].format(n=chance.randrange(3, 9)) + " " + chance.choice(TAILS)
    if chance.random() < 0.3:
        text += " " + chance.choice(TAILS)
    day = f"2031-0{event + 3}-{chance.randrange(1, 29):02}"
    published = chance.choice([day, day, day, day + "T09:30:00+02:00", day + "T08:00:00", None])
    record = {
        "id": f"r{number}",
        "url": f"https://o{chance.randrange(4)}.example/{number}",
        "text": f"Late news\n\n{text}\n",
    }
    return record | ({"published": published} if published else {})


def story_digests(folder):
    with open_snapshot(folder) as snapshot:
        found = table_digests(snapshot)
    return found[t.STORIES.name], found.get(t.STORY_LINKS.name)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 20))])
def test_builds_in_steps_give_what_one_run_over_all_pages_gives(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(intake, "MOST_PAGES", 7)
    chance = random.Random(seed)
    records = [report(chance, number) for number in range(24)]
    twin = [CORPUS_STAGES[0], whole(stories.STAGE)]
    build([write_jsonl(tmp_path / "all.jsonl", records)], tmp_path / "twin", stages=twin)
    build([str(tmp_path / "all.jsonl")], tmp_path / "once")
    chance.shuffle(records)
    for step in range(3):
        build([write_jsonl(tmp_path / f"{step}.jsonl", records[step::3])], tmp_path / "steps")
    assert story_digests(tmp_path / "once") == story_digests(tmp_path / "twin")
    assert story_digests(tmp_path / "steps") == story_digests(tmp_path / "twin")


scored = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
    st.one_of(st.integers(1, SCALE), st.sampled_from([SCALE // 4, SCALE // 8])),
    max_size=40,
)


@settings(max_examples=200)
@given(scored, st.sets(st.tuples(st.integers(0, 5), st.integers(6, 11)), max_size=3))
def test_grouping_in_arrays_is_grouping_by_its_definition(scores, must):
    groups, merges = group(12, dict(sorted(scores.items())), must, cut=0.14)
    columns = (np.array(column, np.int64) for column in ([i for i, _ in scores], [j for _, j in scores]))
    leader, made = joined(12, *columns, np.array(list(scores.values()), np.int64), must, cut=0.14)
    assert [leader[members[0]] for members in groups for _ in members] == [leader[i] for one in groups for i in one]
    assert len(set(leader.tolist())) == len(groups)
    told = zip(made.a.tolist(), made.b.tolist(), made.score.tolist(), made.mean.tolist(), strict=True)
    assert sorted((one.a, one.b, one.score, one.mean) for one in merges) == sorted(told)
