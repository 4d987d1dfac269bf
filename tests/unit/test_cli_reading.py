"""The read command at size: pages as they come, progress on standard error, workers that give the same answer."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from retold import pipeline
from retold.cli.main import main
from retold.cli.reading import PLAIN_EVERY_S, told, watched
from retold.engine.stage import Grain
from retold.model.page import Rejected
from retold.pipeline import FACT_STAGES, PAGE_STAGES, read
from retold.readers import read as reader
from retold.readers.walk import Walk
from tests.conftest import REPOSITORY

TEXT = "Crane falls on pier\n\nA crane fell onto the pier at Dunmara on Tuesday, the harbour office said.\n"


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join(json.dumps({"id": i, "text": f"{TEXT}{i} people left."}) + "\n" for i in range(12)), "utf-8"
    )
    return path


class Terminal(io.StringIO):
    def isatty(self):
        return True


def seconds_of(step):
    now = [0.0]

    def clock():
        now[0] += step
        return now[0]

    return clock


def test_plain_lines_come_now_and_then(lines, capsys):
    walk = Walk([str(lines)])
    assert list(watched(walk, walk, clock=seconds_of(PLAIN_EVERY_S / 4))) == list(Walk([str(lines)]))
    said = capsys.readouterr().err.splitlines()
    assert all(line.startswith("retold: [") and "pages (" in line for line in said)
    assert len(said) == 4
    assert "12 pages" in said[-1]


def test_little_input_says_nothing(lines, capsys):
    walk = Walk([str(lines)])
    list(watched(walk, walk, clock=seconds_of(0)))
    assert capsys.readouterr().err == ""


def test_a_terminal_has_a_bar(lines, monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    walk = Walk([str(lines)])
    list(watched(walk, walk, clock=seconds_of(1.0)))
    assert sys.stderr.getvalue().count("\r\x1b[K[") == 13
    assert "100%" in sys.stderr.getvalue()


def test_a_page_tells_its_id_and_only_what_its_dateline_says(tmp_path, capsys):
    path = tmp_path / "one.jsonl"
    path.write_text(
        '{"id": "h-1", "text": "PORT HALDEN, March 4\\n\\nDockers walked out at the port on Monday."}', "utf-8"
    )
    with pytest.raises(SystemExit, match="0"):
        main(["read", str(path)])
    out = capsys.readouterr().out
    assert "id         h-1  (record)" in out
    assert "place PORT HALDEN, date XXXX-03-04\n" in out


def test_small_input_is_told_in_kilobytes():
    assert told(1, 0, 1.0, 35_000, 70_000).startswith("[############            ]  50% of 70 kB, ")


def test_a_file_without_a_field_for_a_text_is_no_wrong_command(tmp_path, capsys):
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(SystemExit, match="1"):
        main(["read", str(path)])
    assert "has no field for a text" in capsys.readouterr().err


def test_what_is_not_read_is_counted_apart():
    assert told(3, 2, 1.0, 0, None) == "3 pages (3 a second), 2 not read"


def test_marking_in_workers_gives_the_same_answer(lines, monkeypatch):
    here = read(str(lines), facts=True, jobs=0)
    monkeypatch.setattr(reader, "FEW_BYTES", 300)
    assert read(str(lines), facts=True, jobs=2) == here


def test_a_page_larger_than_any_report_is_labelled_and_not_asked_what_it_asserts(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    asked = read(str(path), facts=True, jobs=0).pages[0]
    monkeypatch.setattr(pipeline, "MOST_ASSERTING", len(asked.page.text) - 1)
    told_apart = read(str(path), facts=True, jobs=0).pages[0]
    assert [s.kind for s in told_apart.segments] == [s.kind for s in asked.segments]
    assert (asked.page.remarks, told_apart.claims, told_apart.times) == ((), (), ())
    assert told_apart.page.remarks[0].endswith("more than a report can have: what it asserts is not looked for")


def test_a_page_larger_than_any_report_is_left_out_of_the_stories(tmp_path, monkeypatch):
    (tmp_path / "large.txt").write_text(TEXT * 3, "utf-8")
    (tmp_path / "small.txt").write_text(TEXT, "utf-8")
    monkeypatch.setattr(pipeline, "MOST_ASSERTING", len(TEXT))
    told_of = pipeline.retell(str(tmp_path), jobs=0)
    assert [witness.report.page.source for view in told_of.stories for witness in view.witnesses] == [
        str(tmp_path / "small.txt")
    ]
    assert [
        row.reason.endswith("it is left out of the stories; `retold read` labels it") for row in told_of.rejected
    ] == [True]


def test_stages_that_workers_run_look_at_one_page_alone():
    assert {stage.grain for stage in PAGE_STAGES + FACT_STAGES} == {Grain.PAGE}


def test_pages_that_come_again_are_told_once_and_counted(lines):
    code = [sys.executable, "-m", "retold", "read", "--json", str(lines), "-"]
    done = subprocess.run(code, input=lines.read_bytes() * 2, capture_output=True, check=True, cwd=REPOSITORY)
    assert len(done.stdout.splitlines()) == 36
    lines.write_text(
        "".join(json.dumps({"url": "https://a.example/1", "text": TEXT}) + "\n" for _ in range(3)), "utf-8"
    )
    done = subprocess.run(code[:-1], capture_output=True, check=True, cwd=REPOSITORY)
    assert len(done.stdout.splitlines()) == 1
    assert b"2 pages came again" in done.stderr


def test_a_path_given_twice_is_a_remark_on_its_page(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    code = [sys.executable, "-m", "retold", "read", "--json", str(path), str(path)]
    done = subprocess.run(code, capture_output=True, check=True, cwd=REPOSITORY)
    assert json.loads(done.stdout)["remarks"] == ["given 2 times, read once"]


def test_the_number_of_workers_cannot_be_negative(lines):
    code = [sys.executable, "-m", "retold", "read", "--jobs", "-1", str(lines)]
    assert subprocess.run(code, capture_output=True, check=False, cwd=REPOSITORY).returncode == 2


def test_a_rejected_row_is_passed_on():
    row = Rejected("a.txt", "gone", None)
    assert list(watched([row], Walk([]), clock=seconds_of(0))) == [row]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give pages to read"),
        (("--fetch", "http://127.0.0.1:8000/"), "'127.0.0.1', which is not on the public internet"),
        (("--fetch", "http://[::ffff:7f00:1]/"), "which is not on the public internet"),
        (("--fetch", "file:///etc/hostname"), "is no address of a page"),
    ],
)
def test_what_must_not_be_fetched_is_a_wrong_command(arguments, said):
    code = [sys.executable, "-m", "retold", "read", *arguments]
    done = subprocess.run(code, capture_output=True, check=False, cwd=REPOSITORY)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.decode().replace("│", " ").split())


def test_files_are_read_beside_what_cannot_be_fetched(lines):
    code = [sys.executable, "-m", "retold", "read", "--json", str(lines), "--fetch", "http://10.0.0.1/"]
    done = subprocess.run(code, capture_output=True, check=False, cwd=REPOSITORY)
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 12
