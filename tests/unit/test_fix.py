"""What people overrule holds: on the next build, after compacting and forgetting, and until it is undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retold.archives import fixing, upkeep
from retold.archives.amending import amend
from retold.archives.building import build
from retold.archives.fixing import FixError, Signed, fix, log_of
from retold.archives.holding import holding
from retold.archives.listing import stories_in
from retold.archives.telling import UnknownArchiveStoryError, stories_told
from retold.cli.main import main
from retold.engine.archive.running import Means
from retold.engine.memory import MemoryTables
from retold.model.facts import Entity, EntityType
from retold.model.fix import Fix, FixKind
from retold.model.page import PageId, Pointer
from retold.model.story import Story, StoryId
from retold.stages.stories.stage import story_id_of
from retold.tables import table as t
from tests.archive_pages import RECORDS, record, write_jsonl

ANN = Signed("ann", "2031-06-01", "read both")
MEANS = Means(1 << 30, 0, lambda what, done, of: None)
LATER = record(
    "o2", "Ferry hall empties", "The ferry hall at Dunmara emptied when a boat came at last.", "2031-05-08", "kirk"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    build([write_jsonl(tmp_path / "a.jsonl", RECORDS)], tmp_path / "news.retold")
    return tmp_path / "news.retold"


def told(archive: Path) -> list[tuple[str, ...]]:
    return [row.reports for row in stories_in(archive)]


def merged(archive: Path) -> list[tuple[str, ...]]:
    fix(archive, FixKind.MERGE, ["w1", "b1"], ANN, MEANS)
    return told(archive)


def test_two_stories_are_merged_and_parted_again(archive):
    before = told(archive)
    assert len(before) == 2
    assert merged(archive) == [(*before[0], *before[1])]
    assert "merge by ann on 2031-06-01 (fix 1): read both" in [
        r for x in holding(archive, "b1").links for r in x.reasons
    ]
    fix(archive, FixKind.UNDO, ["1"], Signed("bo", "2031-06-02"), MEANS)
    assert told(archive) == before
    fix(archive, FixKind.UNDO, ["2"], ANN, MEANS)
    assert len(told(archive)) == 1
    assert [one.number for one in log_of(archive)] == [1, 2, 3]


def test_a_fix_holds_when_pages_come_and_when_everything_is_formed_afresh(archive, tmp_path):
    (story,) = merged(archive)
    build([write_jsonl(tmp_path / "b.jsonl", [LATER])], archive)
    assert set(story) <= set(next(one for one in told(archive) if "w1" in one))
    assert upkeep.check_fresh(archive, MEANS) == ()
    upkeep.compact(archive)
    assert set(story) <= set(next(one for one in told(archive) if "w1" in one))
    assert upkeep.check(archive, lambda what, done, of: None) == ()


def test_reports_are_split_off_and_moved(archive):
    (crane, budget) = told(archive)
    fix(archive, FixKind.SPLIT, ["w1", crane[-1]], ANN, MEANS)
    assert told(archive)[:2] == [crane[:-1], crane[-1:]] or (crane[-1],) in told(archive)
    fix(archive, FixKind.MOVE, [crane[-1], "b1"], ANN, MEANS)
    assert {*budget, crane[-1]} in [set(one) for one in told(archive)]
    assert len(told(archive)) == 2
    for row in stories_in(archive):
        joined = {name for link in holding(archive, row.story).links for name in (link.a, link.b)}
        assert joined == set(row.reports), "every report hangs by a link"


def test_forgetting_a_page_takes_out_the_fixes_that_name_it(archive):
    fix(archive, FixKind.RELABEL, ["b1", "A title that quotes the page"], ANN, MEANS)
    fix(archive, FixKind.ALIAS, ["Dunmara", "Losk"], ANN, MEANS)
    assert next(stories_in(archive)).title != "A title that quotes the page"
    assert [row.title for row in stories_in(archive)][1] == "A title that quotes the page"
    page = log_of(archive)[0].pages[0]
    upkeep.forget(archive, [page], MEANS)
    assert [one.kind for one in log_of(archive)] == [FixKind.ALIAS]
    assert not any(b"quotes the page" in path.read_bytes() for path in archive.rglob("*") if path.is_file())


def test_two_names_of_one_are_one_entity():
    said = Fix(3, FixKind.ALIAS, (), (), ("Ines Torvald", "the harbour master"), None, "ann", "2031-06-01", None)
    tables = MemoryTables()
    page, story = PageId("0" * 32), StoryId("1" * 32)
    named = [("Torvald", ("Ines Torvald",)), ("Losk", ()), ("Harbour Master", ("the harbour master",))]
    tables.put(
        t.ENTITIES,
        [
            Entity(story, str(i), EntityType.PERSON, name, forms, (Pointer(page, 9 - i, 9),))
            for i, (name, forms) in enumerate(named)
        ],
    )
    amend(tables, Story(story, story, "", None, None, (page,)), [said])
    joined, losk = tables.rows(t.ENTITIES)
    assert (joined.name, joined.variants) == (
        "Ines Torvald", ("Ines Torvald", "Torvald", "the harbour master", "Harbour Master"),
    )  # fmt: skip
    assert [pointer.start for pointer in joined.mentions] == [7, 9]
    assert losk.name == "Losk"


def test_lineage_is_told_as_people_want_it(archive):
    fix(archive, FixKind.EDGE, ["o1", "from", "w2"], ANN, MEANS)
    (view,) = stories_told(archive, ["o1"])
    page = {w.report.page.source_id: w.page for w in view.witnesses}
    edge = next(edge for edge in view.edges if edge.target == page["o1"])
    assert (edge.source, edge.confidence) == (page["w2"], 1.0)
    assert any("edge by ann on 2031-06-01" in reason for reason in edge.evidence)
    fix(archive, FixKind.EDGE, ["o1", "not-from", "w2"], ANN, MEANS)
    (view,) = stories_told(archive, ["o1"])
    assert (page["w2"], page["o1"]) not in [(edge.source, edge.target) for edge in view.edges]


@pytest.mark.parametrize(
    ("kind", "asked", "says"),
    [
        ("merge", ["w1", "w2"], "they are one story already"),
        ("merge", ["w1"], "merge STORY STORY..."),
        ("split", ["w1", "b1"], "'b1' is no report of story 'w1'"),
        ("move", ["nobody", "w1"], "no report 'nobody'"),
        ("move", ["w1", "w2"], "is in that story already"),
        ("relabel", ["w1", "  "], "the title is empty"),
        ("edge", ["w1", "by", "w2"], "neither 'from' nor 'not-from'"),
        ("alias", ["Losk", "losk"], "two different names"),
        ("undo", ["7"], "there is no such fix"),
    ],
)
def test_what_cannot_be_fixed_is_refused_and_leaves_no_trace(archive, kind, asked, says):
    with pytest.raises(FixError, match=says.replace(".", r"\.")):
        fix(archive, FixKind(kind), asked, ANN, MEANS)
    assert log_of(archive) == ()


def test_an_unknown_story_and_a_fix_without_who_or_when_are_refused(archive):
    with pytest.raises(UnknownArchiveStoryError, match="no story 'ffff'"):
        fix(archive, FixKind.MERGE, ["w1", "ffff"], ANN, MEANS)
    with pytest.raises(FixError, match="is no date"):
        fix(archive, FixKind.UNDO, ["1"], Signed("ann", "yesterday"), MEANS)
    with pytest.raises(FixError, match="--by"):
        fix(archive, FixKind.UNDO, ["1"], Signed(" ", "2031-06-01"), MEANS)


def test_a_fix_cut_off_before_the_stories_are_formed_is_done_by_the_next_build(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(fixing, "run_corpus_stages", lambda *told, due: None)
    fix(archive, FixKind.MERGE, ["w1", "b1"], ANN, MEANS)
    assert len(told(archive)) == 2
    build([str(tmp_path / "a.jsonl")], archive)
    assert len(told(archive)) == 1


def test_an_id_that_a_story_had_leads_to_it_after_an_earlier_report_came(archive, tmp_path):
    old = next(stories_in(archive)).story
    early = record("w0", "Crane falls at Dunmara", RECORDS[0]["text"].split("\n\n")[1], "2031-05-05", "early")
    build([write_jsonl(tmp_path / "c.jsonl", [early])], archive)
    new = next(stories_in(archive)).story
    assert new != old
    assert holding(archive, old[:12]).story == new
    assert story_id_of(stories_told(archive, [old])[0].witnesses[0].page) == new


def test_the_command_logs_lists_and_tells_its_way_out(archive, capsys):
    for arguments, code in ((["merge", "w1", "b1", "--by", "ann", "--at", "2031-06-01"], 0), (["list", "--json"], 0), (["mend"], 2), (["merge", "w1"], 2)):  # fmt: skip
        with pytest.raises(SystemExit) as left:
            main(["fix", str(archive), *arguments])
        assert left.value.code == code
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[-1])["kind"] == "merge"
    assert "no action 'mend'" in err
    assert "--by NAME" in err
