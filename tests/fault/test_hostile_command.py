"""Bad input through the command: each case ends within its caps, says what happened, and costs no neighbour.

The cases are those of `python -m bench.hostile`, which prints the table in docs/readers.md.
"""

import sys

import pytest

from bench.hostile import CASES, GOOD, MOST_MB, run, said

# What must be said of each, exit code of `retold read` alone, and whether it is quick enough for `make test`.
EXPECTED = {
    "200,000 attributes on one tag": (1, "has 200,000 attributes on one tag", True),
    "100,000 nested div": (1, "has 100,000 elements open at once", True),
    "300 nested tags around the article": (0, "1 pages, 0 characters differ", True),
    "a text node of 20 MB": (0, "1 pages, 0 characters differ", False),
    "a line of 10 MB": (0, "1 pages, 0 characters differ", False),
    "a word of 10 MB": (0, "1 pages, 0 characters differ", False),
    "gzip of 1000:1": (1, "it unpacks to over 200 times its size", True),
    "gzip of 1000:1 in a WARC": (0, "it unpacks to over 200 times its size", True),
    "50 records, cut off in the 26th": (0, "record 26 of 'http://news.example/25'", True),
    "50 records, one damaged": (0, "record 26", True),
    "nested entities in a feed": (1, "it declares entities of its own", True),
    "mixed encodings": (0, "declared as 'utf-8' but read as cp1252", True),
    "lone surrogates": (0, "lone surrogates are read as U+FFFD", True),
    "bidirectional marks": (0, "1 pages, 0 characters differ", True),
    "100,000 lines of JSON that is none": (1, "is no JSON", False),
    "60,000 unclosed tags": (0, "0 characters differ", True),
    "60,000 paragraphs": (0, "0 characters differ", False),
    "a table of 100,000 cells": (0, "0 characters differ", False),
}


@pytest.fixture(params=[pytest.param(name, marks=() if EXPECTED[name][2] else pytest.mark.slow) for name in CASES])
def case(request, tmp_path):
    file, make = CASES[request.param]
    (tmp_path / file).write_bytes(make())
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    return request.param, file, tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_bad_input_ends_says_what_happened_and_costs_no_neighbour(case):
    name, file, folder = case
    code, words, _ = EXPECTED[name]
    read = run(["read", "--json", file], folder)
    assert (read.code, "Traceback" in read.errors) == (code, False), read.errors
    assert words in said(read) + read.errors
    assert read.memory_mb < MOST_MB
    told = run(["good.txt", file], folder)
    assert (told.code, "Traceback" in told.errors) == (0, False), told.errors
    assert "good.txt" in told.out
    assert told.memory_mb < MOST_MB
