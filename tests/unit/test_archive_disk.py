"""An archive on disk: one writer, readers with a consistent view, parts that are what their names say."""

from __future__ import annotations

import json
import subprocess
import sys

import pyarrow as pa
import pytest

from retold.engine.archive import leases, manifest, parts
from retold.engine.archive.manifest import Batch, Manifest, Part, StageState, Step, from_json, to_json
from retold.engine.archive.snapshot import open_snapshot
from retold.engine.archive.writer import open_writer
from retold.errors import (
    ArchiveLockedError,
    BrokenManifestError,
    BrokenPartError,
    NewerArchiveError,
    NotAnArchiveError,
    OlderArchiveError,
)

ROWS = pa.table({"page": ["a" * 32, "b" * 32], "n": [1, 2]})


@pytest.fixture
def archive(tmp_path):
    with open_writer(tmp_path / "n", make=True) as writer:
        writer.commit(add=[writer.put("trial", ROWS, stage="trial", key="0")])
    return tmp_path / "n"


def files_of(archive):
    return sorted(path.name for path in archive.glob("parts/*/*"))


def test_a_manifest_comes_back_as_it_was():
    told = Manifest(
        version=3,
        parts=(Part("pages", "0" * 32, 2, 99, "b1", "", "read"),),
        batches=(Batch("b1", 2, "2031-05-06", None),),
        steps=(Step(1, ("b1",)),),
        stages=(StageState("matches", 1, ("b1",)),),
        forgotten=("c" * 32,),
        dropped=(manifest.Dropped("parts/pages/x.parquet", 2),),
    )
    text = to_json(told)
    assert from_json("m", text.encode()) == told
    assert json.loads(text)["version"] == 3


@pytest.mark.parametrize("at", range(0, 400, 7))
def test_a_changed_byte_of_a_manifest_is_noticed(at):
    content = bytearray(to_json(Manifest(2, (Part("pages", "0" * 32, 2, 99, "b1", "", "read"),))).encode())
    content[at % len(content)] ^= 1
    with pytest.raises((BrokenManifestError, NewerArchiveError, OlderArchiveError)):
        from_json("m", bytes(content))


def test_a_torn_manifest_is_noticed():
    content = to_json(Manifest(2)).encode()
    for end in range(0, len(content), 5):
        with pytest.raises(BrokenManifestError):
            from_json("m", content[:end])


def test_a_manifest_of_a_newer_format_is_refused_with_a_sentence():
    with pytest.raises(NewerArchiveError, match=r"format 99.*nothing was changed"):
        from_json("m", b'{"format": 99}')


def test_a_manifest_of_an_older_format_is_refused_with_what_to_do():
    with pytest.raises(OlderArchiveError, match=r"format 1.*build it anew"):
        from_json("m", b'{"format": 1}')


def test_a_part_is_read_back_as_it_was_written(archive):
    with open_snapshot(archive) as snapshot:
        (part,) = snapshot.parts("trial")
        parts.verify(archive, part)
        assert snapshot.read(part).equals(ROWS)


@pytest.mark.parametrize("damage", [lambda b: b[:-9], lambda b: b[:40] + bytes([b[40] ^ 1]) + b[41:], lambda b: b""])
def test_a_damaged_part_is_named(archive, damage):
    with open_snapshot(archive) as snapshot:
        (part,) = snapshot.parts("trial")
        path = archive / part.place
        path.write_bytes(damage(path.read_bytes()))
        with pytest.raises(BrokenPartError, match=part.name):
            parts.verify(archive, part)


def test_a_second_writer_is_told_who_writes(archive):
    code = (
        "import sys, pathlib; from retold.engine.archive.writer import open_writer\n"
        f"with open_writer(pathlib.Path({str(archive)!r}), started='noon'): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(ArchiveLockedError, match=f"process {other.pid} on .*started noon"), open_writer(archive):
            pass
        other.stdin.close()
    with open_writer(archive):
        pass


def test_a_process_is_no_second_writer_to_itself(archive):
    with open_writer(archive):
        with pytest.raises(ArchiveLockedError, match="this process"), open_writer(archive):
            pass
        code = (
            "import pathlib; from retold.engine.archive.writer import open_writer\n"
            f"with open_writer(pathlib.Path({str(archive)!r})): pass"
        )
        assert subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL, check=False).returncode == 1


def test_the_lock_of_a_dead_writer_is_taken_over_with_a_sentence(archive):
    code = (
        "import os, pathlib; from retold.engine.archive.writer import open_writer\n"
        f"with open_writer(pathlib.Path({str(archive)!r})): os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    said = []
    with open_writer(archive, say=said.append):
        pass
    assert len(said) == 1
    assert "ended without finishing" in said[0]


def test_a_reader_keeps_what_it_reads_while_a_writer_replaces_it(archive):
    with open_snapshot(archive) as snapshot:
        (part,) = snapshot.parts("trial")
        with open_writer(archive) as writer:
            for n in range(4):
                new = writer.put("trial", pa.table({"page": ["c" * 32], "n": [n]}), stage="trial", key="0")
                writer.commit(add=[new], drop=writer.snapshot().parts("trial"))
        assert snapshot.read(part).equals(ROWS)
    with open_writer(archive) as writer:
        writer.commit()
        assert part.name + ".parquet" not in files_of(archive)
    assert len(files_of(archive)) == 1


def test_the_lease_of_a_dead_reader_holds_nothing(archive):
    code = (
        "import os, pathlib; from retold.engine.archive.snapshot import open_snapshot\n"
        f"with open_snapshot(pathlib.Path({str(archive)!r})): os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert len(list((archive / leases.FOLDER).iterdir())) == 1
    assert leases.oldest_version(archive) is None
    assert list((archive / leases.FOLDER).iterdir()) == []


def test_a_part_in_no_manifest_is_collected_by_the_next_writer(archive):
    with open_writer(archive) as writer:
        writer.put("trial", pa.table({"page": ["d" * 32], "n": [9]}), stage="trial")
        (archive / "scratch" / "spill").mkdir(parents=True)
        (archive / "scratch" / "spill" / "x").write_bytes(b"1")
    assert len(files_of(archive)) == 2
    with open_writer(archive):
        pass
    assert len(files_of(archive)) == 1
    assert not list((archive / "scratch").iterdir())


def test_a_folder_that_is_no_archive_is_said_to_be_none(tmp_path):
    with pytest.raises(NotAnArchiveError, match="no such folder"), open_snapshot(tmp_path / "none"):
        pass
    assert not (tmp_path / "none").exists()
    with pytest.raises(NotAnArchiveError, match="manifest"), open_snapshot(tmp_path):
        pass
    assert not list(tmp_path.iterdir())
