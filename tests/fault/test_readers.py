"""Readers on hostile input: bounded time and memory, a reason instead of an error."""

import gzip
import tarfile
from time import process_time

import pytest

from retold.model.page import Rejected
from retold.readers import ReadPage, read_paths, read_source
from retold.readers.read import MOST_BYTES
from retold.text.spans import check_tiling

# Linear code needs under half a second for each of these; the quadratic code they were written against, minutes.
AT_MOST_S = 20
N = 60_000
HOSTILE = {
    "unclosed comments": "<!-- > " * N,
    "unclosed tags": "<a " * N,
    "unclosed end tags": "</a " * N,
    "unclosed declarations": "<!x " * N,
    "unclosed CDATA": "<svg>" + "<![CDATA[ > " * N,
    "unclosed quotes": "<a b='" * N,
    "unclosed scripts": "<script>" * N,
    "comments in scripts": "<script>" + "<!-- <script> " * N,
    "ampersands": "&" * N + "&#" * N + "&amp" * N,
    "paragraphs": "<p>x" * N,
    "spans": "<span>x" * (N // 4),
    "links": "<a>x" * N,
    "end tags": "</p>" * N,
    "breaks": "x<br>" * N,
    "tables": "<table>x" * (N // 8),
    "cells": "<table><tr>" + "<td>x" * N,
    "lists": "<ul><li>x" * (N // 8),
    "drawings": "<svg>x" * (N // 8),
    "options": "<select>" + "<option>x" * N,
    "many classes": '<p class="' + "a " * N + '">' + "x<br>" * N,
    "white space": "<p>" + " \n" * N + "x" + "\t" * N,
    "white space in pre": "<pre>" + " \n" * N + "x",
    "commas": '<script type="application/ld+json">{' + "," * N + " " * N + "</script>x",
    "brackets": '<script type="application/ld+json">' + "[" * N + "</script>x",
    "one long word": "x" * 10_000_000,
    "microdata": '<b itemprop="name">x' * (N // 8),
    "unclosed meta": "<meta charset" * N,
    "attributes": "<p " + "a " * N + ">x",
    "formatting": "".join(f"<p><b id={i}>x" for i in range(3_000)),
    "depth": "<div>x" * N,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_read_or_refused_in_time(name):
    before = process_time()
    page = read_source("a.html", f"<!DOCTYPE html>{HOSTILE[name]}".encode())
    assert process_time() - before < AT_MOST_S
    if isinstance(page, ReadPage):
        assert page.page.characters.difference == 0
        check_tiling([(block.start, block.end) for block in page.blocks], len(page.page.text), page=name)
    else:
        assert "no article needs that many" in page.reason


def test_a_line_of_10_mb_is_one_block():
    page = read_source("a.txt", b"x" * 10_000_000)
    assert isinstance(page, ReadPage)
    assert len(page.blocks) == 1


def test_a_page_over_the_size_is_rejected_unread(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 10)
    (page,) = read_paths([str(path)])
    assert isinstance(page, Rejected)
    assert "64 MB" in page.reason


def _files(bundle):
    """Give the files of an archive; of html5lib's tree tests also every case."""
    with tarfile.open(bundle) as archive:
        for member in archive:
            if not member.isfile():
                continue
            raw = archive.extractfile(member).read()
            yield member.name, raw
            if member.name.endswith(".dat"):
                yield from ((f"{member.name}.html", case.split(b"\n#errors")[0]) for case in raw.split(b"#data\n")[1:])


@pytest.mark.parametrize(
    "bundle",
    ["html5lib-tree", "html5lib-tests", "lxml-tests", "feedparser", "cpython-testdata", "charset", "fuzz-dictionaries",
     "jsontestsuite"],
)  # fmt: skip
def test_hostile_collections_raise_nothing(shared, bundle):
    for name, raw in _files(shared / "data" / "hostile" / f"{bundle}.tar.gz"):
        for source in (name, f"{name}.html"):
            page = read_source(source, raw)
            if isinstance(page, ReadPage):
                page.page.text.encode()
                "".join(row.value for row in page.declared).encode()
                check_tiling([(block.start, block.end) for block in page.blocks], len(page.page.text), page=source)


def test_naughty_strings_stand_in_the_text(shared):
    with gzip.open(shared / "data" / "hostile" / "blns.txt.gz") as file:
        raw = file.read()
    page = read_source("blns.txt", raw)
    assert isinstance(page, ReadPage)
    assert page.page.text.encode() == raw
