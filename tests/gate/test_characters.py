"""Promise 1 on real pages: the second tokenizer finds the same visible characters. Prints the counts."""

import gzip
import json
import sys
import tarfile
from collections import Counter
from itertools import islice

import pytest

from retold.model.page import Rejected
from retold.readers import ReadPage, items_in, read_item, read_source
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


TEXT_SETS = (
    "stories/allsides/articles.jsonl.gz", "stories/basil.jsonl.gz", "stories/ecbplus.jsonl.gz",
    "reuse/saudinewsnet/articles.jsonl.gz", "scale/bbc2225.jsonl.gz", "scale/reuters21578.jsonl.gz",
    "attribution/polnear.jsonl.gz", "dates/timebank-aquaint.jsonl.gz", "facts/meantime.jsonl.gz", "events/muc4.jsonl.gz",
    "events/gvdb.jsonl.gz", "lines/fundus-inscriptis.jsonl.gz", "lines/fundus-wetlike.jsonl.gz",
)  # fmt: skip


def check_texts(shared, name, every):
    """Plain texts are kept as they are: the page's text is the record's, character for character, and blocks tile it."""
    n_read = n_empty = 0
    for i, item in enumerate(items_in([str(shared / "data" / name)])):
        if i % every:
            continue
        given = json.loads(item.raw)["text"]
        (page,) = read_item(item)
        if isinstance(page, Rejected):
            assert not given.strip() or page.reason.endswith("leave it out")
            n_empty += 1
            continue
        text = page.page.text
        assert text == given or "holds no text but its title" in page.page.remarks
        assert page.page.characters.difference == 0
        check_tiling([(block.start, block.end) for block in page.blocks], len(text), page=page.page.source)
        n_read += 1
    sys.stdout.write(f"\n{name}: {n_read:,} texts kept as they are, {n_empty:,} empty")
    assert n_read


@pytest.mark.parametrize("name", TEXT_SETS)
def test_a_sample_of_plain_texts_is_kept_as_it_is(shared, name):
    check_texts(shared, name, 50)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXT_SETS)
def test_every_plain_text_is_kept_as_it_is(shared, name):
    check_texts(shared, name, 1)
