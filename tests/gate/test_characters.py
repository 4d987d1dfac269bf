"""Promise 1 on real pages: the second tokenizer finds the same visible characters. Prints the counts."""

import gzip
import json
import sys
import tarfile
from collections import Counter
from itertools import islice

import pytest

from retold.readers import ReadPage, read_source
from retold.text.spans import check_tiling

# Pages looked at, and the least share of those read on which nothing may differ. Floors go up only.
SAMPLES = {"fundus": (101, 1.0), "trafilatura": (200, 1.0), "readability": (60, 1.0)}
# One file of readability is an RSS feed, and rejected as such.
MOST_REJECTED = 1
WHOLE = {"trafilatura": (990, 1.0), "readability": (157, 1.0)}


def pages(bundle):
    with tarfile.open(bundle) as archive:
        for line in archive.extractfile("gold.jsonl").read().decode("utf-8").splitlines():
            gold = json.loads(line)
            yield gold["id"], gzip.decompress(archive.extractfile(gold["file"]).read())


def check(shared, name, n_pages, floor):
    found = Counter()
    for page_id, raw in islice(pages(shared / "data" / "pages" / f"{name}.tar.gz"), n_pages):
        page = read_source(f"{page_id}.html", raw)
        found["given"] += 1
        if not isinstance(page, ReadPage):
            sys.stdout.write(f"\n{page.reason}")
            continue
        text, characters = page.page.text, page.page.characters
        check_tiling([(block.start, block.end) for block in page.blocks], len(text), page=page_id)
        found["pages"] += 1
        found["equal"] += characters.difference == 0
        found["visible"] += characters.visible
        found["difference"] += characters.difference
    sys.stdout.write(
        f"\n{name}: {found['equal']} of {found['pages']} pages without difference;"
        f" {found['difference']} of {found['visible']:,} visible characters differ"
    )
    assert found["given"] == n_pages
    assert found["pages"] >= n_pages - MOST_REJECTED
    assert found["equal"] / found["pages"] >= floor


@pytest.mark.parametrize("name", SAMPLES)
def test_no_visible_character_is_lost_on_a_sample(shared, name):
    check(shared, name, *SAMPLES[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE)
def test_no_visible_character_is_lost_on_all_pages(shared, name):
    check(shared, name, *WHOLE[name])
