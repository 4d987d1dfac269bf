"""Pages as a stream: from any mix of sources, in order, the same from workers as from here, with their place."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from retold.engine.worker import Caps
from retold.model.page import Rejected
from retold.readers import ReadPage, items_in, iter_pages, map_items, read_paths
from retold.readers import read as reader
from tests.fault.pool_functions import read_or_hang
from tests.warc_archive import response

TEXT = "Rain fell on the port of Dunmara.\n"


@pytest.fixture
def sources(tmp_path):
    """Make one file of each kind; give their paths in order."""
    made = {
        "a.txt": TEXT.encode(),
        "b.html": f"<h1>Port shut</h1><p>{TEXT}</p>".encode(),
        "c.warc.gz": gzip.compress(response(1, b"<p>One.")) + gzip.compress(response(2, b"<p>Two.")),
        "d.jsonl": "".join(json.dumps({"id": f"d{i}", "text": f"{TEXT} {i}"}) + "\n" for i in range(3)).encode(),
        "e.csv": b"id,text\ne1,Hail fell.\n",
        "f.rss": b"<rss><channel><item><title>Port shut</title></item></channel></rss>",
        "g.txt": b"",
        "h.json": json.dumps([{"text": "Snow fell."}]).encode(),
    }
    for name, raw in made.items():
        (tmp_path / name).write_bytes(raw)
    return [str(tmp_path / name) for name in made]


def test_pages_of_any_mix_come_in_order_with_their_places(sources, tmp_path):
    found = list(iter_pages(sources, jobs=0))
    places = [
        (one.page.place or one.page.source if isinstance(one, ReadPage) else one.source).removeprefix(f"{tmp_path}/")
        for one in found
    ]
    assert places == [
        "a.txt", "b.html", "c.warc.gz#1", "c.warc.gz#2", "d.jsonl#1", "d.jsonl#2", "d.jsonl#3", "e.csv#1", "f.rss#1",
        "g.txt", "h.json#1",
    ]  # fmt: skip


def test_a_record_says_where_it_begins_in_its_file(sources):
    pages = {one.page.place: one.page for one in iter_pages(sources) if isinstance(one, ReadPage) and one.page.place}
    (packed,) = (path for path in sources if path.endswith(".warc.gz"))
    (lines,) = (path for path in sources if path.endswith(".jsonl"))
    with Path(packed).open("rb") as file:
        file.seek(pages[f"{packed}#2"].offset)
        assert b"Two." in gzip.decompress(file.read())
    with Path(lines).open("rb") as file:
        file.seek(pages[f"{lines}#3"].offset)
        assert json.loads(file.readline())["id"] == "d2"


def test_workers_give_the_same_pages(sources, monkeypatch):
    here = list(iter_pages(sources, jobs=0))
    monkeypatch.setattr(reader, "FEW_BYTES", 20)
    assert list(iter_pages(sources, jobs=2)) == here


def test_the_small_form_is_the_stream_held(sources):
    assert read_paths(sources) == list(iter_pages(sources))


def test_a_stream_can_be_standard_input():
    (page,) = iter_pages("-", stdin=io.BytesIO(TEXT.encode()))
    assert isinstance(page, ReadPage)
    assert page.page.text == TEXT


def test_files_are_opened_one_after_the_other(tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(json.dumps({"text": TEXT}).encode() + b"\n")
    pages = iter_pages([tmp_path / "a.jsonl", tmp_path / "b.jsonl"])
    next(pages)
    (tmp_path / "b.jsonl").unlink()
    last = next(pages)
    assert isinstance(last, Rejected)
    assert "cannot be read" in last.reason


TIGHT = Caps(cpu_s=1, wall_s=300, memory_mb=200)
SAID = {
    "spin": "was not done after 1 s of the processor's time",
    "crash": "ended the process that worked on it (signal SIGSEGV)",
    "raise": "could not be worked on (ValueError: no such port)",
    "swell": "needed more than 200 MB of memory",
}


@pytest.mark.parametrize("what", SAID)
def test_a_page_that_cannot_be_read_is_rejected_with_its_place_and_its_neighbours_are_read(tmp_path, monkeypatch, what):
    monkeypatch.setattr(reader, "FEW_BYTES", 20)
    bodies = [response(i, f"<p>{f'please {what}' if i == 2 else i}".encode()) for i in range(5)]
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(bodies))
    found = list(map_items(read_or_hang, items_in([str(path)]), jobs=2, caps=TIGHT))
    bad = found.pop(2)
    assert [page.page.source_id for (page,) in found] == [f"urn:uuid:{i}" for i in (0, 1, 3, 4)]
    offset = len(b"".join(bodies[:2]))
    assert bad == Rejected(
        f"{path}#3", f"'{path}#3' (at byte {offset:,}) {SAID[what]}; it is left out", bad.n_bytes, offset
    )
    assert 0 < bad.n_bytes < 200


def test_what_fails_here_is_rejected_too(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"please raise")
    (bad,) = map_items(read_or_hang, items_in([str(path)]))
    assert isinstance(bad, Rejected)
    assert "ValueError" in bad.reason


def test_a_large_page_is_read_by_a_worker(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"please spin" + bytes(reader.SMALL_BYTES))
    (bad,) = map_items(read_or_hang, items_in([str(path)]), caps=TIGHT)
    assert isinstance(bad, Rejected)
    assert "was not done" in bad.reason
