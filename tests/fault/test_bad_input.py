"""What the command does with input that is broken, missing or beside the point: a sentence, an exit code, no loss."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warc_archive import warc_record

LEAD = "A crane fell onto the ferry pier at Dunmara early on Tuesday, the harbour office said."
MORE = "Three dock workers were treated for cuts, and the evening crossing to Losk was called off."
REPORT = f"Crane falls on ferry pier\n\n{LEAD}\n\n{MORE}\n"
OTHER = (
    "Council agrees budget\n\nThe town council of Aldwick agreed its budget for schools and roads after a long debate."
    "\n\nTaxes on empty houses will rise by four per cent, the treasurer told members.\n"
)


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "retold", *arguments], input=stdin, capture_output=True, cwd=cwd, check=False
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(REPORT, "utf-8")
    return tmp_path


def test_an_empty_file_is_named_and_the_other_page_told(folder):
    (folder / "empty.txt").write_bytes(b"")
    done = run("good.txt", "empty.txt", cwd=folder)
    assert done.returncode == 0
    assert "empty.txt" in done.stderr
    assert "empty" in done.stderr
    assert "Crane falls on ferry pier" in done.stdout


def test_only_an_empty_file_finds_nothing(folder):
    (folder / "empty.txt").write_bytes(b"")
    done = run("empty.txt", cwd=folder)
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_one_page_is_a_story_of_one(folder):
    done = run("good.txt", cwd=folder)
    assert done.returncode == 0
    assert "1 report" in done.stdout
    assert "nothing to compare" in done.stdout


def test_two_unrelated_pages_are_two_stories_said_plainly(folder):
    (folder / "other.txt").write_text(OTHER, "utf-8")
    done = run("good.txt", "other.txt", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.startswith("2 stories")
    rows = [json.loads(line) for line in run("--json", "good.txt", "other.txt", cwd=folder).stdout.splitlines()]
    assert [len(row["witnesses"]) for row in rows] == [1, 1]
    assert all(not row["matches"] and not row["pairs"] for row in rows)


def test_why_says_that_nothing_joins_two_unrelated_pages(folder):
    (folder / "other.txt").write_text(OTHER, "utf-8")
    done = run("why", "good.txt", "other.txt", cwd=folder)
    assert done.returncode == 0
    assert "two stories" in done.stdout


def test_a_binary_file_is_named_for_what_it_is(folder):
    (folder / "scan.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4)
    done = run("good.txt", "scan.txt", cwd=folder)
    assert done.returncode == 0
    assert "scan.txt" in done.stderr
    assert "PDF" in done.stderr
    assert "Crane falls" in done.stdout


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1252", "wrong.txt"), ("utf-16", "bom16.txt"), ("utf-8-sig", "bom8.txt"), ("latin-1", "latin.txt")],
)
def test_another_encoding_loses_no_character(folder, encoding, name):
    text = REPORT.replace("office", "café office’s" if encoding != "latin-1" else "café office")
    (folder / name).write_bytes(text.encode(encoding))
    row = json.loads(run("read", "--json", name, cwd=folder).stdout)
    assert row["text"].lstrip("\ufeff") == text


def test_wrongly_declared_encoding_of_html_loses_no_character(folder):
    html = f'<html><head><meta charset="utf-8"></head><body><h1>Crane at café pier</h1><p>{LEAD}</p></body></html>'
    (folder / "wrong.html").write_bytes(html.encode("cp1252"))
    row = json.loads(run("read", "--json", "wrong.html", cwd=folder).stdout)
    assert "Crane at café pier" in row["text"]
    assert row["characters"]["difference"] == 0


def test_nul_bytes_stay_characters(folder):
    (folder / "nul.txt").write_bytes(REPORT.replace("crane", "cra\0ne").encode())
    row = json.loads(run("read", "--json", "nul.txt", cwd=folder).stdout)
    assert "cra\0ne" in row["text"] or "Cra\0ne" in row["text"] or "\0" not in REPORT
    assert len(row["text"]) == len(REPORT.replace("crane", "cra\0ne"))


def test_a_page_without_body_is_told(folder):
    (folder / "menu.html").write_text("<html><body><nav><a href=/>Home</a> <a href=/s>Sport</a></nav></body></html>")
    done = run("menu.html", "good.txt", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.startswith("2 stories")
    assert "'menu.html' has no report text" in done.stderr
    assert run("menu.html", cwd=folder).returncode == 1


def test_the_same_page_twice_is_one_story(folder):
    (folder / "again.txt").write_text(REPORT, "utf-8")
    row = json.loads(run("--json", "good.txt", "again.txt", cwd=folder).stdout)
    assert len(row["witnesses"]) == 2
    assert row["pairs"][0]["totals"]["added"] == row["pairs"][0]["totals"]["cut"] == 0
    once = json.loads(run("--json", "good.txt", "good.txt", cwd=folder).stdout)
    assert len(once["witnesses"]) == 1


def test_names_with_spaces_and_letters_of_other_scripts(folder):
    name = "Bericht über Dünmara – 港.txt"
    (folder / name).write_text(REPORT, "utf-8")
    done = run(name, cwd=folder)
    assert done.returncode == 0
    row = json.loads(run("read", "--json", name, cwd=folder).stdout)
    assert row["source"].endswith(name)


def test_a_missing_path_is_named_and_the_others_told(folder):
    done = run("good.txt", "gone.txt", cwd=folder)
    assert done.returncode == 2
    assert "gone.txt" in done.stderr
    assert "Crane falls" in done.stdout


def test_only_missing_paths_are_a_wrong_command(folder):
    done = run("gone.txt", cwd=folder)
    assert done.returncode == 2
    assert "gone.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_or_pattern_without_pages_finds_nothing(folder):
    (folder / "bare").mkdir()
    for arguments, code in ((("bare",), 1), (("*.html",), 1), (("bare", "good.txt"), 0)):
        done = run(*arguments, cwd=folder)
        assert done.returncode == code, arguments
        assert done.stderr.startswith("retold: ")


def test_standard_input_is_a_page(folder):
    done = run("-", "good.txt", stdin=REPORT.encode(), cwd=folder)
    assert done.returncode == 0
    assert "2 reports" in done.stdout


def test_a_folder_and_a_quoted_glob_are_read(folder):
    (folder / "pages").mkdir()
    (folder / "pages" / "two.txt").write_text(REPORT.replace("Three", "Four"), "utf-8")
    assert "2 reports" in run("good.txt", "pages", cwd=folder).stdout
    assert "2 reports" in run("good.txt", "pages/*.txt", cwd=folder).stdout


def test_an_unknown_option_is_a_usage_error(folder):
    assert run("good.txt", "--no-such-option", cwd=folder).returncode == 2


def test_control_characters_of_a_page_do_not_reach_the_terminal(folder):
    (folder / "esc.txt").write_text(REPORT.replace("Crane falls", "Crane \x1b[31mfalls\x07"), "utf-8")
    done = run("esc.txt", cwd=folder)
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_control_characters_of_names_and_records_do_not_reach_the_terminal(folder):
    torn = warc_record(1, b"x").replace(b"http://news.example/1", b"http://news.example/\x1b[31m1\x07")
    (folder / "a.warc").write_bytes(torn[:-5])
    (folder / "b\x1b[31m.txt").write_bytes(b"")
    done = run(".", cwd=folder)
    assert "is cut off" in done.stderr
    assert "is empty" in done.stderr
    assert not {"\x1b", "\x07"} & set(done.stdout + done.stderr)


def test_many_reasons_are_counted_in_one_message_and_listed_beside_pages(folder):
    (folder / "a.jsonl").write_text('{"text": "x\n' * 100, "utf-8")
    done = run("read", "a.jsonl", cwd=folder)
    assert done.returncode == 1
    assert "and 80 more like these" in done.stderr
    assert len(run("read", "--json", "a.jsonl", "good.txt", cwd=folder).stderr.splitlines()) == 100


def test_a_page_that_was_read_is_never_overwritten(folder):
    done = run("report", "good.txt", "-o", "good.txt", cwd=folder)
    assert done.returncode == 2
    assert "not overwritten" in done.stderr
    assert (folder / "good.txt").read_text("utf-8") == REPORT


@pytest.mark.parametrize(
    "arguments",
    [("report", "good.txt", "-o", "no/such/folder/x.html"), ("export", "good.txt", "-f", "dot", "-o", "good.txt/x")],
)
def test_a_place_that_cannot_be_written_is_named(folder, arguments):
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments", [("good.txt",), ("--json", "good.txt"), ("read", "good.txt"), ("report", "good.txt", "-o", "-")]
)
def test_a_full_disk_is_a_sentence(folder, arguments):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "retold", *arguments], stdout=full, stderr=subprocess.PIPE, cwd=folder, check=False
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"cannot write" in done.stderr


def test_a_reader_that_has_enough_is_no_error(folder):
    command = f"set -o pipefail; {sys.executable} -m retold --json good.txt good.txt . | head -c 20"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=folder, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_why_says_that_a_page_does_not_exist(folder):
    done = run("why", "gone.txt", "good.txt", cwd=folder)
    assert done.returncode == 2
    assert "does not exist" in done.stderr
