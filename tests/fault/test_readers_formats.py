"""Every format on hostile input: nothing raised, time and memory bounded, what happened said."""

import gzip
import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from time import process_time

import pytest

from retold.model.page import Rejected
from retold.readers import ReadPage, iter_pages, read_paths
from retold.text.spans import check_tiling
from tests.conftest import REPOSITORY
from tests.warc_archive import response, warc_record

AT_MOST_S = 20
MOST_MEMORY_MB = 500


@pytest.mark.parametrize(
    "bundle", ["feedparser", "lxml-tests", "cpython-testdata", "jsontestsuite", "fuzz-dictionaries"]
)
def test_hostile_collections_raise_nothing_in_any_format(shared, tmp_path, bundle):
    n_read = 0
    with tarfile.open(shared / "data" / "hostile" / f"{bundle}.tar.gz") as archive:
        for member in archive:
            if not member.isfile():
                continue
            raw = archive.extractfile(member).read()
            for name in ("a.xml", "a.jsonl", "a.csv", "a.json", "a.warc"):
                path = tmp_path / name
                path.write_bytes(raw)
                before = process_time()
                for page in iter_pages(path):
                    n_read += 1
                    if isinstance(page, Rejected):
                        page.reason.encode()
                        continue
                    page.page.text.encode()
                    "".join(row.value for row in page.declared).encode()
                    assert page.page.characters.difference == 0
                    check_tiling([(b.start, b.end) for b in page.blocks], len(page.page.text), page=member.name)
                assert process_time() - before < AT_MOST_S
    assert n_read


N = 60_000
FEED = b"<rss><channel><item><description>"
HOSTILE = {
    "deep.json": b"[" * 1_000_000,
    "deep.jsonl": b'{"a":' * 200_000,
    "numbers.json": b'[{"text": "x", "n": ' + b"9" * 1_000_000 + b"}]",
    "twice.jsonl": b'{"text": "x", ' + b'"a": 1, ' * N + b'"b": 2}',
    "fields.jsonl": json.dumps({"text": "x", **{f"f{i}": i for i in range(N)}}).encode(),
    "line.jsonl": json.dumps({"text": "x" * 10_000_000}).encode(),
    "empty.jsonl": b"\n" * 1_000_000,
    "quote.csv": b'id,text\n1,"' + b"x,\n" * 1_000_000,
    "commas.csv": b"text" + b",a" * N + b"\nx" + b",1" * N,
    "rows.csv": b"text,a\n" + b"x\n" * 20_000,
    "nul.csv": b"id,text\n\0,\0\0\n",
    "entities.xml": b'<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>' + FEED + b"&b;",
    "deep.xml": b"<rss><item>" + b"<a>" * N,
    "attributes.xml": b"<rss><item " + b"".join(b'a%d="" ' % i for i in range(N)) + b"/></rss>",
    "one-attribute.xml": b'<rss><item a="' + b"x" * 20_000_000 + b'"/></rss>',
    "comment.xml": b"<rss><!--" + b"x" * 20_000_000 + b"--></rss>",
    "open-comment.xml": b"<!--" + b"-x" * 10_000_000,
    "prolog.xml": b"<?x " + b"<?x ?>" * N,
    "node.xml": FEED + b"x" * 20_000_000 + b"</description></item></channel></rss>",
    "nodes.xml": FEED + b"<b/>x" * 400_000,
    "markup.xml": FEED + b"&lt;a " * N + b"</description></item></channel></rss>",
    "ampersands.xml": FEED + b"&nbsp;&zzz;" * N + b"</description></item></channel></rss>",
    "items.xml": b"<rss><channel>" + b"<item/>" * 200_000 + b"</channel></rss>",
    "doctype.xml": b"<!DOCTYPE rss [" + b"<!ELEMENT a ANY>" * N,
    "magic.warc.gz": b"\x1f\x8b\x08" * N,
    "begin.warc": b"WARC/1.0\r\nA:" * N,
    "short.warc": b"WARC/1.0\r\nContent-Length: 60000000\r\n\r\n" * 20_000,
    "bomb.warc.gz": gzip.compress(warc_record(1, bytes(64 << 20))),
    "bomb.txt.gz": gzip.compress(bytes(100 << 20)),
    "bomb.jsonl.gz": gzip.compress(b'{"text": "' + b"x" * (100 << 20)),
    "packed-bomb.warc": response(1, gzip.compress(bytes(100 << 20)), header="Content-Encoding: gzip"),
    "large.warc": warc_record(1, b"x" * (70 << 20)) + response(2, b"<p>Rain fell."),
    "broken.parquet": b"PAR1" + bytes(range(256)) * 4000 + b"\xff\xff\xff\x7fPAR1",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_time_and_say_what_happened(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    before = process_time()
    found = read_paths([str(path)])
    assert process_time() - before < AT_MOST_S
    assert found
    for page in found:
        if isinstance(page, Rejected):
            assert name in page.reason
        else:
            assert page.page.characters.difference == 0


def test_memory_stays_under_the_cap_on_all_of_them(tmp_path):
    for name, raw in HOSTILE.items():
        (tmp_path / name).write_bytes(raw)
    # Not getrusage: its peak is inherited from the process that forked.
    if not Path("/proc/self/status").exists():
        pytest.skip("needs /proc to measure memory")
    code = (
        "import sys\nfrom pathlib import Path\nfrom retold.readers import iter_pages\n"
        "for path in sorted(Path(sys.argv[1]).iterdir()):\n    for page in iter_pages(path): pass\n"
        "    peak = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "    print(path.name, int(peak) // 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    peaks = [line.split() for line in done.stdout.splitlines()]
    assert max(int(peak) for _, peak in peaks) < MOST_MEMORY_MB, peaks


STREAMED = """
import sys
from pathlib import Path
from retold.readers import ReadPage, iter_pages
n = sum(isinstance(page, ReadPage) for page in iter_pages(sys.argv[1], jobs=int(sys.argv[2])))
print(n, int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to measure memory")
@pytest.mark.parametrize("jobs", [0, 2])
def test_a_long_stream_needs_the_memory_of_what_is_under_way(tmp_path, jobs):
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for i in range(4_000):
            file.write(
                json.dumps({"id": i, "text": f"Rain fell on port {i}.\n" + "Hail lay under the bridge. " * 3_000})
                + "\n"
            )
    assert path.stat().st_size > 300 << 20
    done = subprocess.run(
        [sys.executable, "-c", STREAMED, str(path), str(jobs)],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
    )
    n_pages, peak_mb = map(int, done.stdout.split())
    assert n_pages == 4_000
    assert peak_mb < 250


def test_a_jsonl_file_cut_at_every_byte_keeps_its_whole_lines(tmp_path):
    lines = [json.dumps({"id": f"r{i}", "text": f"Rain fell on port {i}."}).encode() + b"\n" for i in range(12)]
    whole = b"".join(lines)
    path = tmp_path / "a.jsonl"
    for cut in range(1, len(whole), 3):
        path.write_bytes(whole[:cut])
        ids = [page.page.source_id for page in iter_pages(path) if isinstance(page, ReadPage)]
        n_whole = whole[:cut].count(b"\n")
        assert ids[:n_whole] == [f"r{i}" for i in range(n_whole)]


def test_a_damaged_gzip_file_of_records_keeps_what_stands_before(tmp_path):
    raw = io.BytesIO()
    with gzip.open(raw, "wb") as file:
        for i in range(20_000):
            file.write(json.dumps({"id": i, "text": f"Rain fell on port {i * 7919 % 10_007}."}).encode() + b"\n")
    packed = bytearray(raw.getvalue())
    packed[len(packed) // 2] ^= 0xFF
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(packed)
    found = list(iter_pages(path))
    assert sum(isinstance(page, ReadPage) for page in found) > 5_000
    last = found[-1]
    assert isinstance(last, Rejected)
    assert "cannot be unpacked" in last.reason
