"""An archive under faults: power cuts at every call, full disks, damage, other writers and readers, forgetting.

``make test`` takes a sample of the calls; ``make fault`` takes every one (`-m slow`).
"""

from __future__ import annotations

import errno
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from retold.archives import arriving, intake, upkeep
from retold.archives.building import build
from retold.archives.listing import Wanted, stories_in
from retold.archives.telling import all_story_ids, stories_told
from retold.engine.archive.digest import digest
from retold.engine.archive.running import Means
from retold.engine.archive.snapshot import open_snapshot
from retold.engine.archive.writer import open_writer
from retold.errors import (
    ArchiveChangedError,
    ArchiveWriteError,
    BrokenManifestError,
    BrokenPartError,
    NotAnArchiveError,
)
from retold.tables import table as t
from tests.archive_pages import OWN, RECORDS, many, write_jsonl
from tests.fault.faulty_disk import CountingDisk, CutDisk, FailingDisk, FullDisk, PowerCut

MEANS = Means(1 << 30, 0, lambda what, done, of: None)
SAMPLE = 23
"""Every so many calls a power cut in the sample: all kinds of calls are among them, in under half a minute."""
MOST_CALLS = 400


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(intake, "MOST_PAGES", 3)
    monkeypatch.setattr(arriving, "CHUNK_ITEMS", 2)


@pytest.fixture
def news(tmp_path):
    return write_jsonl(tmp_path / "news.jsonl", RECORDS)


def quietly(what, done, of):
    pass


def digest_in(folder):
    with open_snapshot(folder) as snapshot:
        return digest(snapshot)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The digest of an undisturbed build of the same pages."""
    folder = tmp_path_factory.mktemp("undisturbed")
    build([write_jsonl(folder / "news.jsonl", RECORDS)], folder / "n")
    return digest_in(folder / "n")


def is_whole(folder):
    """Check the whole state: nothing is broken, and what is committed can be told."""
    assert upkeep.check(folder, quietly) == ()


def finish(news, folder, expected):
    build([news], folder)
    is_whole(folder)
    assert digest_in(folder) == expected
    assert len(all_story_ids(folder)) == 2


def cut_build(news, folder, n, expected):
    """Build with the power going out before call n, look at what is left, finish; return whether it went out."""
    try:
        build([news], folder, files=CutDisk(n))
    except PowerCut:
        if (folder / "manifest.json").exists():
            is_whole(folder)
        finish(news, folder, expected)
        return True
    return False


@pytest.mark.parametrize("n", range(0, MOST_CALLS, SAMPLE))
def test_a_build_cut_off_at_a_call_is_finished_by_the_next(news, tmp_path, small_batches, expected, n):
    cut_build(news, tmp_path / "n", n, expected)


@pytest.mark.slow
def test_a_build_cut_off_at_every_call_is_finished_by_the_next(news, tmp_path, small_batches, expected):
    n = 0
    while cut_build(news, tmp_path / f"n{n}", n, expected):
        n += 1
    assert n > 100


def test_an_update_cut_off_keeps_what_was_there(news, tmp_path, small_batches, expected):
    first = write_jsonl(tmp_path / "first.jsonl", RECORDS[:3])
    for n in range(3, 60, 14):
        folder = tmp_path / f"n{n}"
        build([first], folder)
        before = digest_in(folder)
        with pytest.raises(PowerCut):
            build([news], folder, files=CutDisk(n))
        is_whole(folder)
        with open_snapshot(folder) as snapshot:
            ids = [page.source_id for page in snapshot.rows(t.PAGES)]
        assert len(ids) == len(set(ids))
        assert {"w1", "w2", "o1"} <= set(ids)
        assert digest_in(folder) == before or len(ids) > 3
        finish(news, folder, expected)


def cut_forget(tmp_path, news, n):
    """Forget a page with the power going out before call n; forget again where it did; return whether it did."""
    folder = tmp_path / f"f{n}"
    build([news], folder)
    try:
        upkeep.forget(folder, ["o1"], MEANS, files=CutDisk(n))
    except PowerCut:
        is_whole(folder)
        with open_snapshot(folder) as snapshot:
            is_there = "o1" in {page.source_id for page in snapshot.rows(t.PAGES)}
        if is_there:
            upkeep.forget(folder, ["o1"], MEANS)
        else:
            build([], folder)
        assert_nothing_left(folder)
        return True
    assert_nothing_left(folder)
    return False


def test_forgetting_cut_off_is_finished_by_the_next_writer(tmp_path, news):
    for n in range(0, 120, 29):
        cut_forget(tmp_path, news, n)


@pytest.mark.slow
def test_forgetting_cut_off_at_every_call_is_finished_by_the_next_writer(tmp_path, news):
    n = 0
    while cut_forget(tmp_path, news, n):
        n += 1
    assert n > 30


def assert_nothing_left(folder):
    """No file holds words of the page, packed or not."""
    words = [OWN[:40], "slept in the ferry hall", "A night in the ferry hall"]
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for word in words:
                assert word.encode() not in content, path
    with open_snapshot(folder) as snapshot:
        for part in snapshot.manifest.parts:
            told = repr(snapshot.read(part).to_pylist())
            assert not any(word in told for word in words), part.table
    named = {part.place for part in snapshot.manifest.parts}
    assert {path.relative_to(folder).as_posix() for path in folder.glob("parts/*/*")} == named


@pytest.mark.parametrize("seconds", [0.9, 1.4, 2.0])
def test_a_build_killed_by_a_signal_is_finished_by_the_next(tmp_path, expected, seconds):
    news = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    command = [sys.executable, "-m", "retold", "build", news, "-o", str(tmp_path / "n"), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
    finish(news, tmp_path / "n", expected)


@pytest.mark.parametrize("n", range(0, 115, 19))
def test_a_full_disk_is_said_and_costs_nothing(news, tmp_path, small_batches, expected, n):
    with pytest.raises(ArchiveWriteError, match=r"No space left.*what was committed stands"):
        build([news], tmp_path / "n", files=FullDisk(n))
    if (tmp_path / "n/manifest.json").exists():
        is_whole(tmp_path / "n")
    finish(news, tmp_path / "n", expected)


def test_a_disk_full_while_passages_are_spilled_is_said_and_costs_nothing(news, tmp_path, monkeypatch):
    exchange = pytest.importorskip("retold.engine.exchange")
    monkeypatch.setattr("retold.stages.matches.archive.COMPILED_FROM", 1)
    append, calls = exchange.Exchange.append, []

    def full(self, partition, rows):
        calls.append(partition)
        if len(calls) > 3:
            raise OSError(errno.ENOSPC, "No space left on device", str(self._paths[partition]))
        append(self, partition, rows)

    with monkeypatch.context() as patch:
        patch.setattr(exchange.Exchange, "append", full)
        with pytest.raises(ArchiveWriteError, match=r"scratch.*No space left.*what was committed stands"):
            build([news], tmp_path / "n")
    is_whole(tmp_path / "n")
    build([news], tmp_path / "n")
    is_whole(tmp_path / "n")
    assert not list((tmp_path / "n/scratch").iterdir())
    assert len(all_story_ids(tmp_path / "n")) == 2


def test_a_folder_that_may_only_be_read_is_said_to_be_one(news, tmp_path):
    every = frozenset({"make_folder", "write", "sync", "rename", "remove"})
    with pytest.raises(ArchiveWriteError, match="Read-only"):
        build([news], tmp_path / "n", files=FailingDisk(every))


def test_an_archive_that_may_only_be_read_can_be_asked(news, tmp_path, monkeypatch):
    build([news], tmp_path / "n")

    monkeypatch.setattr("retold.engine.archive.leases._locked", lambda path: None)
    assert len(list(stories_in(tmp_path / "n", Wanted()))) == 2


def parts_of(folder, table):
    with open_snapshot(folder) as snapshot:
        return [folder / part.place for part in snapshot.parts(table)]


DAMAGES = {
    "torn": lambda content: content[: len(content) // 2],
    "flipped": lambda content: content[:-200] + bytes([content[-200] ^ 4]) + content[-199:],
    "gone": None,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("table", ["segments", "sentences", "meta", "matches", "stories"])
def test_a_damaged_derived_part_is_named_and_mended(news, tmp_path, expected, table, damage):
    build([news], tmp_path / "n")
    (path,) = parts_of(tmp_path / "n", table)
    if DAMAGES[damage] is None:
        path.unlink()
    else:
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    (problem, *_) = upkeep.check(tmp_path / "n", quietly)
    assert path.name in problem.says
    mended = upkeep.repair(tmp_path / "n", MEANS)
    assert mended.lost_pages == 0
    is_whole(tmp_path / "n")
    assert digest_in(tmp_path / "n") == expected


@pytest.mark.parametrize("table", ["pages", "blocks", "declared"])
def test_a_damaged_part_of_what_was_read_is_read_again(news, tmp_path, small_batches, expected, table):
    build([news], tmp_path / "n")
    path = parts_of(tmp_path / "n", table)[0]
    path.write_bytes(path.read_bytes()[:100])
    assert path.name in upkeep.check(tmp_path / "n", quietly)[0].says
    assert upkeep.repair(tmp_path / "n", MEANS).lost_pages > 0
    is_whole(tmp_path / "n")
    finish(news, tmp_path / "n", expected)


def test_a_torn_manifest_is_mended_by_the_one_before(news, tmp_path, expected):
    build([news], tmp_path / "n")
    path = tmp_path / "n/manifest.json"
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(BrokenManifestError, match="--repair"):
        build([news], tmp_path / "n")
    upkeep.repair(tmp_path / "n", MEANS)
    finish(news, tmp_path / "n", expected)


def test_a_lost_manifest_is_mended_by_the_one_before(news, tmp_path, expected):
    build([news], tmp_path / "n")
    (tmp_path / "n/manifest.json").unlink()
    with pytest.raises(NotAnArchiveError):
        upkeep.check(tmp_path / "n", quietly)
    upkeep.repair(tmp_path / "n", MEANS)
    finish(news, tmp_path / "n", expected)


def test_a_damaged_read_model_is_made_anew(news, tmp_path):
    build([news], tmp_path / "n")
    (tmp_path / "n/read.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 900)
    assert len(list(stories_in(tmp_path / "n", Wanted()))) == 2
    (tmp_path / "n/read.sqlite").unlink()
    assert len(list(stories_in(tmp_path / "n", Wanted(words="ferry")))) == 1


def test_a_read_model_with_a_changed_page_is_named_and_mended(news, tmp_path):
    build([news], tmp_path / "n")
    path = tmp_path / "n/read.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[: 3 * 4096] + b"\x7f" * (len(content) - 3 * 4096))
    with pytest.raises(BrokenPartError, match=r"read\.sqlite.*retold check"):
        list(stories_in(tmp_path / "n", Wanted()))
    (problem,) = upkeep.check(tmp_path / "n", quietly)
    assert "read.sqlite" in problem.says
    upkeep.repair(tmp_path / "n", MEANS)
    is_whole(tmp_path / "n")
    assert len(list(stories_in(tmp_path / "n", Wanted()))) == 2


def test_telling_a_story_of_a_damaged_archive_names_the_part(news, tmp_path):
    build([news], tmp_path / "n")
    (path,) = parts_of(tmp_path / "n", "sentences")
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(BrokenPartError, match="retold check"):
        stories_told(tmp_path / "n", ["w1"])


def test_rows_that_break_a_rule_are_named(news, tmp_path):
    build([news], tmp_path / "n")
    with open_writer(tmp_path / "n") as writer:
        (old,) = writer.snapshot().parts("segments")
        rows = writer.snapshot().read(old).slice(1)
        writer.commit(add=[writer.put("segments", rows, stage=old.stage, batch=old.batch)], drop=[old])
    (problem,) = upkeep.check(tmp_path / "n", quietly)
    assert "do not tile" in problem.says


def test_readers_read_while_a_build_and_a_compaction_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MOST_PAGES", 3)
    build([write_jsonl(tmp_path / "0.jsonl", RECORDS)], tmp_path / "n")
    problems = []
    is_over = threading.Event()

    def read():
        while not is_over.is_set():
            try:
                with open_snapshot(tmp_path / "n") as snapshot:
                    n_pages = sum(1 for _ in snapshot.rows(t.PAGES))
                    assert n_pages == snapshot.manifest.n_pages
                    digest(snapshot)
            except BaseException as error:
                problems.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for i in range(3):
            build([write_jsonl(tmp_path / f"{i + 1}.jsonl", many(9)[i::3])], tmp_path / "n")
            upkeep.compact(tmp_path / "n")
    finally:
        is_over.set()
        for reader in readers:
            reader.join()
    assert problems == []


def test_compaction_leaves_the_digest_alone_and_fewer_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MOST_PAGES", 2)
    for i in range(3):
        build([write_jsonl(tmp_path / f"{i}.jsonl", RECORDS[i::3])], tmp_path / "n")
    before = digest_in(tmp_path / "n")
    assert upkeep.compact(tmp_path / "n") > 0
    assert digest_in(tmp_path / "n") == before
    is_whole(tmp_path / "n")
    with open_snapshot(tmp_path / "n") as snapshot:
        assert [batch.pages for batch in snapshot.manifest.batches] == [5]
    assert build([], tmp_path / "n").manifest.version == snapshot.manifest.version


def cut_compaction(tmp_path, n):
    """Compact with the power going out before call n, then again; return whether it went out."""
    folder = tmp_path / f"c{n}"
    shutil.copytree(tmp_path / "n", folder)
    before = digest_in(folder)
    try:
        upkeep.compact(folder, files=CutDisk(n))
    except PowerCut:
        is_whole(folder)
        assert digest_in(folder) == before
        upkeep.compact(folder)
        is_out = True
    else:
        is_out = False
    assert digest_in(folder) == before
    with open_snapshot(folder) as snapshot:
        assert len(snapshot.manifest.batches) == 1
    return is_out


@pytest.fixture
def scattered(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MOST_PAGES", 2)
    for i in range(3):
        build([write_jsonl(tmp_path / f"{i}.jsonl", RECORDS[i::3])], tmp_path / "n")
    return tmp_path


def test_compaction_cut_off_changes_nothing(scattered):
    for n in range(0, 90, 17):
        cut_compaction(scattered, n)


@pytest.mark.slow
def test_compaction_cut_off_at_every_call_changes_nothing(scattered):
    n = 0
    while cut_compaction(scattered, n):
        n += 1
    assert n > 40


def test_a_forgotten_page_leaves_nothing_and_does_not_come_back(news, tmp_path):
    build([news], tmp_path / "n")
    assert upkeep.forget(tmp_path / "n", ["o1"], MEANS) == 1
    assert_nothing_left(tmp_path / "n")
    is_whole(tmp_path / "n")
    build([news], tmp_path / "n")
    build([write_jsonl(tmp_path / "again.jsonl", RECORDS[:3])], tmp_path / "n")
    assert_nothing_left(tmp_path / "n")
    left = write_jsonl(tmp_path / "left.jsonl", [one for one in RECORDS if one["id"] != "o1"])
    build([left], tmp_path / "fresh")
    assert digest_in(tmp_path / "n") == digest_in(tmp_path / "fresh")


def test_who_reads_while_a_page_is_forgotten_is_told_so(news, tmp_path):
    build([news], tmp_path / "n")
    with open_snapshot(tmp_path / "n") as snapshot:
        upkeep.forget(tmp_path / "n", ["o1"], MEANS)
        assert_nothing_left(tmp_path / "n")
        with pytest.raises(ArchiveChangedError, match="ask again"):
            list(snapshot.rows(t.PAGES))


def test_all_pages_of_a_file_are_forgotten_by_its_address(news, tmp_path):
    other = write_jsonl(tmp_path / "other.jsonl", many(4))
    build([news, other], tmp_path / "n")
    assert upkeep.forget(tmp_path / "n", [other], MEANS, by_source=True) == 4
    with pytest.raises(upkeep.UnknownPagesError, match="never-there"):
        upkeep.forget(tmp_path / "n", ["never-there"], MEANS)
    with open_snapshot(tmp_path / "n") as snapshot:
        assert snapshot.manifest.n_pages == 5


def test_a_fresh_build_gives_the_same(news, tmp_path, small_batches):
    for i in range(3):
        build([write_jsonl(tmp_path / f"{i}.jsonl", RECORDS[i::3])], tmp_path / "n")
    assert upkeep.check_fresh(tmp_path / "n", MEANS) == ()
    assert not list((tmp_path / "n/scratch").iterdir())


def test_calls_to_the_disk_are_counted_for_the_sweep(news, tmp_path, small_batches):
    disk = CountingDisk()
    build([news], tmp_path / "n", files=disk)
    assert 100 < disk.n_calls < MOST_CALLS
    assert (tmp_path / "n/manifest.json").exists()
