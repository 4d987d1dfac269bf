"""Bad input through the command, one process a case: what is said, seconds, memory: `python -m bench.hostile`.

Every case is made here, read by `retold read --json` and told beside a good page by `retold`; a row gives the exit
codes, the processor's seconds and the most memory of any one process (ru_maxrss), and the first words that were said.
"""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

MOST_MB = 500
MOST_S = 120.0
GOOD = "Crane falls on pier\n\nA crane fell onto the pier at Dunmara on Tuesday, the harbour office said.\n"


@dataclass(frozen=True, slots=True)
class Run:
    """One process and all below it: exit code, seconds by clock and processor, most memory of one, what it said."""

    code: int
    wall_s: float
    cpu_s: float
    memory_mb: float
    out: str
    errors: str


def words(n_bytes: int, seed: int = 1) -> str:
    """Return running text of about this size, the same every time."""
    chance = random.Random(seed)
    known = ["hail", "lay", "under", "a", "bridge", "of", "Aldwick", "while", "council", "members", "voted", "budget"]
    sentences = n_bytes // 70
    return " ".join(f"The {' '.join(chance.choice(known) for _ in range(11))}." for _ in range(sentences))


def _warc(n_records: int) -> list[bytes]:
    """Return the records of an archive, each its own gzip member."""
    members = []
    for i in range(n_records):
        body = (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            + f"<h1>Aldwick {i * 7919}</h1><p>{words(400, i)}".encode()
        )
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/{i}\r\n"
            f"WARC-Record-ID: <urn:uuid:{i}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + body + b"\r\n\r\n", mtime=0))
    return members


def _damaged() -> bytes:
    members = _warc(50)
    middle = bytearray(members[25])
    middle[len(middle) // 2] ^= 0xFF
    return b"".join([*members[:25], bytes(middle), *members[26:]])


def _entities() -> bytes:
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    kind = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>'
    return f"{kind}<rss><channel><item><title>&l9;</title></item></channel></rss>".encode()


CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "200,000 attributes on one tag": (
        "attributes.html",
        lambda: ("<html><p " + " ".join(f"a{i}=b" for i in range(200_000)) + ">Rain fell.").encode(),
    ),
    "100,000 nested div": ("nested.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"Rain fell."),
    "300 nested tags around the article": (
        "deep.html",
        lambda: b"<html><body>" + b"<div>" * 300 + b"<p>" + words(3_000).encode() + b"</p>" + b"</div>" * 300,
    ),
    "a text node of 20 MB": ("node.html", lambda: b"<html><body><p>" + words(20_000_000).encode()),
    "a line of 10 MB": ("line.txt", lambda: words(10_000_000).encode()),
    "a word of 10 MB": ("word.txt", lambda: b"x" * 10_000_000),
    "gzip of 1000:1": ("bomb.txt.gz", lambda: gzip.compress(bytes(300 << 20))),
    "gzip of 1000:1 in a WARC": ("bomb.warc.gz", lambda: b"".join([*_warc(2), gzip.compress(bytes(300 << 20))])),
    "50 records, cut off in the 26th": ("cut.warc.gz", lambda: b"".join(_warc(50)[:25]) + _warc(26)[25][:200]),
    "50 records, one damaged": ("damaged.warc.gz", _damaged),
    "nested entities in a feed": ("entities.xml", _entities),
    "mixed encodings": (
        "mixed.html",
        lambda: (
            '<meta charset="utf-8"><p>Zoë and Åsa saw “rain”.'.encode() + "<p>Zoë and Åsa saw “rain”.".encode("cp1252")
        ),
    ),
    "lone surrogates": (
        "surrogates.jsonl",
        lambda: json.dumps({"text": "Rain \ud800 fell \udfff on the port."}).encode(),
    ),
    "bidirectional marks": (
        "bidi.txt",
        lambda: "Rain \u202efell\u202c on \u2066Dunmara\u2069, \u200fthe office said.\n".encode(),
    ),
    "100,000 lines of JSON that is none": ("lines.jsonl", lambda: b'{"text": "x\n' * 100_000),
    "60,000 unclosed tags": ("unclosed.html", lambda: b"<html>" + b"<a " * 60_000),
    "60,000 paragraphs": ("paragraphs.html", lambda: b"<html>" + b"<p>Rain fell on the port." * 60_000),
    "a table of 100,000 cells": ("cells.html", lambda: b"<html><table>" + b"<tr><td>x<td>Rain fell." * 50_000),
}


# Between us and the command stands a small process: a forked one counts the memory of the process it was forked from.
_MEASURED = """
import os, sys
pid = os.fork()
if pid == 0:
    os.execv(sys.executable, [sys.executable, "-m", "retold", *sys.argv[2:]])
_, status, used = os.wait4(pid, 0)
with open(sys.argv[1], "w", encoding="ascii") as file:
    print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, file=file)
"""


def run(arguments: list[str], folder: Path) -> Run:
    """Run the command in the folder and measure it."""
    out, errors, usage = folder / ".out", folder / ".errors", folder / ".usage"
    before = monotonic()
    with out.open("wb") as told, errors.open("wb") as warned:
        command = [sys.executable, "-S", "-c", _MEASURED, str(usage), *arguments]
        subprocess.run(command, cwd=folder, stdout=told, stderr=warned, check=True)
    code, seconds, kilobytes = usage.read_text("ascii").split()
    return Run(
        int(code), monotonic() - before, float(seconds), int(kilobytes) / 1024,
        out.read_text("utf-8", "replace"), errors.read_text("utf-8", "replace"),
    )  # fmt: skip


def said(done: Run) -> str:
    """Return what `read --json` said of its pages and of what it could not read, in few words."""
    rows = [json.loads(line) for line in done.out.splitlines()]
    differences = sum(row["characters"]["difference"] for row in rows)
    parts = [f"{len(rows)} pages, {differences} characters differ"] if rows else []
    remarks = [remark for row in rows for remark in row["remarks"]]
    errors = [line.removeprefix("retold: ") for line in done.errors.splitlines() if "pages (" not in line]
    return "; ".join([*parts, *(one[:100] for one in (*remarks[:1], *errors[:1]))])


def main(wanted: list[str]) -> None:
    """Print the table."""
    print(
        "| case | read: exit, CPU-s, MB | told beside a good page: exit, CPU-s, MB | what is said |\n|---|---|---|---|"
    )
    for name, (file, make) in CASES.items():
        if wanted and not any(word in name for word in wanted):
            continue
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            (folder / file).write_bytes(make())
            (folder / "good.txt").write_text(GOOD, "utf-8")
            read = run(["read", "--json", file], folder)
            told = run(["good.txt", file], folder)
        figures = " | ".join(f"{one.code}, {one.cpu_s:.1f}, {one.memory_mb:.0f}" for one in (read, told))
        print(f"| {name} | {figures} | {said(read)} |", flush=True)
        for one in (read, told):
            if "Traceback" in one.errors or one.memory_mb > MOST_MB or one.wall_s > MOST_S or one.code not in (0, 1):
                print(f"  !! {one.code} {one.wall_s:.0f} s {one.memory_mb:.0f} MB {one.errors[-300:]}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
