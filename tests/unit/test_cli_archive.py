"""The commands over an archive: what they print, and with which code they leave."""

from __future__ import annotations

import json

import jsonschema
import pytest

from retold.archives.building import build
from retold.cli.archive import SizeError, size_of
from retold.cli.main import main
from retold.cli.progress import progress
from tests.archive_pages import BUDGET, RECORDS, WIRE, many, write_jsonl
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    build([write_jsonl(folder / "news.jsonl", RECORDS)], folder / "n")
    return str(folder / "n")


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main([*arguments])
    printed = capsys.readouterr()
    return left.value.code or 0, printed.out, printed.err


def schema(name):
    return json.loads((REPOSITORY / "docs/schema" / name).read_text("utf-8"))


def test_build_says_what_it_did(tmp_path, capsys):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    code, out, err = run(capsys, "build", path, "-o", str(tmp_path / "n"), "--jobs", "0", "--json")
    assert code == 0
    told = json.loads(out)
    assert (told["added"], told["pages"], told["stories"]) == (5, 5, 2)
    stages = {json.loads(line)["stage"].partition(":")[0] for line in err.splitlines()}
    assert stages >= {"read", "matches", "stories"}


def test_build_of_a_path_that_is_not_there_leaves_with_2(tmp_path, capsys):
    code, _, err = run(capsys, "build", str(tmp_path / "gone.jsonl"), "-o", str(tmp_path / "n"), "--jobs", "0")
    assert code == 2
    assert "gone.jsonl" in err


def test_stories_are_rows_of_the_schema(archive, capsys):
    code, out, _ = run(capsys, "stories", archive, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["reports"] for row in rows] == [["w1", "w2", "o1"], ["b1", "b2"]]
    assert rows[0]["origins"][0] == {"name": "Halden Wire", "reports": 2}
    for row in rows:
        jsonschema.validate(row, schema("story_row.json"))


@pytest.mark.parametrize(
    ("asked", "n_found"),
    [
        (["--since", "2031-05-08"], 1),
        (["--until", "2031-05-06"], 1),
        (["--outlet", "Dunmara-Post"], 2),
        (["--outlet", "aldwick-news"], 1),
        (["--wire", "halden wire"], 1),
        (["--min-reports", "3"], 1),
        (["--min-origins", "9"], 0),
        (["-q", "taxes council"], 1),
        (["-q", '"empty houses will rise"'], 1),
        (["-q", '"rise will houses"'], 0),
        (["-q", "harbour OR -( NEAR"], 0),
    ],
)
def test_stories_are_chosen(archive, capsys, asked, n_found):
    code, out, err = run(capsys, "stories", archive, "--json", *asked)
    assert len(out.splitlines()) == n_found
    assert code == (0 if n_found else 1)
    assert ("no story" in err) == (not n_found)


def test_a_day_that_is_none_is_said_to_be_none(archive, capsys):
    code, _, err = run(capsys, "stories", archive, "--since", "yesterday")
    assert code == 2
    assert "yesterday" in err


def test_show_tells_a_story_by_id_and_by_report(archive, capsys):
    _, out, _ = run(capsys, "stories", archive, "--json")
    story = json.loads(out.splitlines()[0])["story"]
    _, by_id, _ = run(capsys, "show", archive, story[:9], "--json")
    _, by_report, _ = run(capsys, "show", archive, "o1", "--json")
    assert by_id == by_report
    jsonschema.validate(json.loads(by_id), schema("story_view.json"))
    _, lineage, _ = run(capsys, "show", archive, "o1", "--lineage")
    assert "Lineage" in lineage
    assert "Timeline" not in lineage


def test_a_story_that_is_not_there_is_said_to_be_unknown(archive, capsys):
    code, _, err = run(capsys, "show", archive, "zzzz")
    assert code == 2
    assert "no story 'zzzz'" in err


def test_matches_are_rows_of_the_schema(archive, capsys):
    code, out, _ = run(capsys, "matches", archive, "--json", "--type", "copy", "--min-words", "12")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {frozenset((row["a"], row["b"])) for row in rows} >= {frozenset(("w1", "w2")), frozenset(("b1", "b2"))}
    for row in rows:
        jsonschema.validate(row, schema("match.json"))
    assert run(capsys, "matches", archive, "--min-words", "9999")[0] == 1
    assert run(capsys, "matches", archive, "--type", "theft")[0] == 2


def test_matches_behind_a_report_that_stands_for_many_are_told_when_asked_for(tmp_path, capsys):
    found = many(90)
    for i, one in enumerate(found[:80]):
        one |= {"published": f"2031-06-{i % 3 + 1:02}", "outlet": f"outlet-{i}"}
        one["text"] += (WIRE if i % 3 else BUDGET + " " + WIRE) + "\n"
    build([write_jsonl(tmp_path / "wire.jsonl", found)], tmp_path / "wire.retold")
    _, out, _ = run(capsys, "matches", str(tmp_path / "wire.retold"), "--json", "--min-words", "40")
    told = {frozenset((row["a"], row["b"])) for row in map(json.loads, out.splitlines())}
    assert len(told) < 80 * 79 / 2
    _, out, _ = run(capsys, "matches", str(tmp_path / "wire.retold"), "--json", "--min-words", "40", "--expand")
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == 80 * 79 / 2
    assert len({frozenset((row["a"], row["b"])) for row in rows}) == len(rows)
    texts = {one["id"]: one["text"] for one in found}
    for row in rows:
        jsonschema.validate(row, schema("match.json"))
        shared = [
            texts[row[side]][span[2 * at] : span[2 * at + 1]] for span in row["spans"] for at, side in enumerate("ab")
        ]
        assert sum(WIRE[30:-1] in text for text in shared) == 2


def test_matches_are_written_as_csv_and_parquet(archive, tmp_path, capsys):
    import pyarrow.parquet as pq

    _, out, _ = run(capsys, "matches", archive, "--csv")
    n_pairs = len({tuple(line.split(",")[:2]) for line in out.splitlines()[1:]})
    run(capsys, "matches", archive, "--parquet", str(tmp_path / "m.parquet"))
    assert pq.read_table(tmp_path / "m.parquet").num_rows == n_pairs


def test_why_report_and_export_take_an_archive(archive, tmp_path, capsys):
    code, out, _ = run(capsys, "why", archive, "w1", "w2")
    assert code == 0
    assert "One story" in out
    assert "two stories" in " ".join(run(capsys, "why", archive, "w1", "b1")[1].split())
    assert run(capsys, "why", archive, "w1", "nobody")[0] == 2
    assert run(capsys, "report", archive, "w1", "-o", str(tmp_path / "s.html"))[0] == 0
    assert "Crane falls on ferry pier" in (tmp_path / "s.html").read_text("utf-8")
    assert "digraph" in run(capsys, "export", archive, "w1", "-f", "dot", "-o", "-")[1]
    assert "name a story of it" in run(capsys, "report", archive)[2]


def test_a_folder_that_is_no_archive_is_refused(tmp_path, capsys):
    code, _, err = run(capsys, "stories", str(tmp_path))
    assert code == 2
    assert "is no archive" in err


def test_check_compact_and_forget(tmp_path, capsys):
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    folder = str(tmp_path / "n")
    build([path], tmp_path / "n")
    assert run(capsys, "check", folder, "--fresh")[:2] == (0, f"{folder} is whole\n")
    assert run(capsys, "compact", folder)[0] == 0
    assert "1 page forgotten" in run(capsys, "forget", folder, "o1")[1]
    (part, *_) = (tmp_path / "n").glob("parts/matches/*")
    part.write_bytes(b"")
    code, out, _ = run(capsys, "check", folder)
    assert (code, part.name in out) == (1, True)
    assert run(capsys, "check", folder, "--repair")[0] == 0


def test_sizes_are_read_and_nonsense_refused():
    assert (size_of("1G"), size_of("500 MB".replace(" ", "")), size_of("1.5g")) == (1 << 30, 500 << 20, 3 << 29)
    for wrong in ("", "much", "-1G", "3K", "nan"):
        with pytest.raises(SizeError):
            size_of(wrong)


def told_by(capsys, moments, *, as_json):
    clock = iter(moments)
    say = progress(as_json=as_json, clock=lambda: next(clock))
    for i in range(len(moments)):
        say("read", i * 50, (len(moments) - 1) * 50)
    return capsys.readouterr().err.splitlines()


def test_progress_tells_rate_and_time_left(capsys):
    lines = [json.loads(line) for line in told_by(capsys, [0.0, 10.0, 20.0], as_json=True)]
    assert [(one["done"], one["rate_per_s"], one["left_s"]) for one in lines] == [(50, 5.0, 10), (100, 5.0, 0)]


def test_progress_of_what_takes_no_time_is_not_told(capsys):
    assert told_by(capsys, [0.0, 1.0, 2.0], as_json=False) == []
    assert told_by(capsys, [0.0, 11.0, 12.0], as_json=False) == [
        "retold: read:  50% (50 of 100, 5 a second, 11 s left)",
        "retold: read: 100% (100 of 100, 8 a second)",
    ]


def test_an_archive_given_as_a_page_is_said_to_be_one(archive, capsys):
    code, _, err = run(capsys, archive)
    assert code == 2
    assert "retold stories" in err
    assert "Crane falls on ferry pier" in run(capsys, archive, "w1")[1]


def test_origins_of_one_name_are_told_together(tmp_path, capsys):
    texts = [one | {"outlet": ""} for one in RECORDS[:1] + RECORDS[2:3]]
    for one in texts:
        one["text"] = one["text"].replace("(Halden Wire) ", "")
        del one["url"]
    build([write_jsonl(tmp_path / "n.jsonl", texts)], tmp_path / "n")
    _, out, _ = run(capsys, "stories", str(tmp_path / "n"))
    assert "2 reports, 2 origins: own 2" in out


def test_show_tells_the_timeline_of_an_entity_over_all_its_stories(archive, capsys):
    code, out, _ = run(capsys, "show", archive, "--timeline", "--entity", "Ines Torvald", "--json")
    assert code == 0
    told = json.loads(out)
    jsonschema.validate(told, schema("entity_timeline.json"))
    assert {event["page"] for entry in told["entries"] for event in entry["events"]} == {"w1", "w2", "o1"}
    assert run(capsys, "show", archive, "--timeline", "--entity", "Ulm Varn")[0] == 1
    assert run(capsys, "show", archive, "--timeline")[0] == 2
    assert run(capsys, "show", archive)[0] == 2


def test_why_of_a_story_gives_links_and_runner_up(archive, capsys):
    code, out, _ = run(capsys, "why", archive, "w1", "--json")
    held = json.loads(out)
    assert code == 0
    assert held["reports"] == ["w1", "w2", "o1"]
    assert {frozenset((one["a"], one["b"])) for one in held["links"]} >= {frozenset(("w1", "w2"))}
    assert all(one["reasons"] for one in held["links"])
    assert held["runner_up"] is None or held["runner_up"]["score"] < held["needed"]
    assert "runner-up" in run(capsys, "why", archive, "b1")[1]


def test_a_runner_up_is_the_story_most_like_it(tmp_path, capsys):
    near = RECORDS[2] | {"id": "n1", "url": "https://n.example/1", "published": "2031-05-19"}
    near["text"] = (
        "Ferry traffic resumes\n\nFerries to Losk left the Dunmara pier again, weeks after the crane came down.\n"
    )
    build([write_jsonl(tmp_path / "n.jsonl", [*RECORDS, near])], tmp_path / "n")
    held = json.loads(run(capsys, "why", str(tmp_path / "n"), "n1", "--json")[1])
    assert held["reports"] == ["n1"]
    assert held["runner_up"]["title"] == "Crane falls on ferry pier"
    assert 0 < held["runner_up"]["score"] < held["needed"]
