"""What an outlet repeats on pages of different matter is its furniture; what two versions of a report share is not."""

import json

import pytest
from typer.testing import CliRunner

from retold.cli.main import app
from retold.model.page import PageId
from retold.model.report import SegmentKind
from retold.pipeline import read, reasons
from retold.readers.single import read_source
from retold.stages.repeats import outlet_key, repeats_among

PITCH = "Our harbour desk never sleeps and neither should you miss what it finds out every single morning of the year."
BACKGROUND = "The ferry Aldwick was lost in 1953 with all of its crew, and an inquiry blamed the harbour for the loss."
STORIES = {
    "crane": (
        "Crane falls on the pier at Dunmara",
        "A crane fell onto the pier on Tuesday and crushed two sheds, the harbour office said in a statement.",
        "Nobody was hurt because the dockers had gone home an hour before, a foreman told the harbour radio.",
    ),
    "budget": (
        "Council votes budget through by one voice",
        "The council of Losk passed its budget late on Monday after nine hours of talks and two walkouts.",
        "Members of both parties said that the schools would have to wait for another year for new roofs.",
    ),
    "hail": (
        "Hail breaks windows in forty villages",
        "Hail as large as plums fell on the valley on Sunday and broke windows in some forty villages.",
        "Farmers said that the vines had been spared, but that the apples could not be sold any more.",
    ),
}


def page(name, *more, title=None, host="post.example", text=None):
    headline, *paragraphs = STORIES[name]
    body = "".join(f"<p>{words}</p>" for words in (*(text or paragraphs), *more))
    source = f"https://{host}/{name}"
    markup = f"<head><meta property=og:title content='{title or headline}'></head><body><h1>{headline}</h1>{body}"
    return read_source(source, markup.encode())


def repeated(*pages):
    found = repeats_among([(one.page, one.blocks, one.declared) for one in pages])
    text = {one.page.page: one.page.text for one in pages}
    return {(text[row.page][row.start : row.end].strip(), row.n_pages, row.n_outlet_pages) for row in found}


def test_what_three_pages_of_different_matter_carry_is_repeated():
    pages = [page(name, PITCH) for name in STORIES]
    assert repeated(*pages) == {(PITCH, 3, 3)}
    assert repeated(*reversed(pages)) == {(PITCH, 3, 3)}


def test_a_short_block_is_repeated_on_two_pages_and_a_paragraph_on_three():
    assert repeated(page("crane", PITCH), page("hail", PITCH)) == {(PITCH, 2, 2)}
    long = f"{PITCH} {PITCH}"
    assert repeated(page("crane", long), page("hail", long)) == set()


@pytest.mark.parametrize("title", ["Crane falls on the pier at Dunmara: what we know", "Two sheds crushed"])
def test_versions_of_one_report_repeat_nothing(title):
    more = "The pier was closed until further notice, the office said."
    assert repeated(page("crane"), page("crane", more, title=title)) == set()


def test_the_background_of_an_affair_is_no_furniture_however_often_it_is_told():
    titles = ("Divers find the ferry Aldwick", "Ferry Aldwick: diver tells of the find", "Who owns the ferry Aldwick?")
    pages = [page(name, BACKGROUND, title=title) for name, title in zip(STORIES, titles, strict=True)]
    assert repeated(*pages) == set()


def test_pages_of_two_outlets_or_of_none_repeat_nothing():
    apart = [page(name, PITCH, host=f"{name}.example") for name in STORIES]
    assert repeated(*apart) == set()
    unknown = [read_source(f"{name}.txt", page(name, PITCH).page.text.encode()) for name in STORIES]
    assert repeated(*unknown) == set()


def test_an_outlet_is_known_by_its_host_and_else_by_its_name():
    assert outlet_key(page("crane", host="www.Post.example").page, ()) == "post.example"
    named = read_source("a.html", b"<meta property=og:site_name content='Port Post'><p>Rain.")
    assert outlet_key(named.page, named.declared) == "port post"


@pytest.fixture
def folder(tmp_path):
    # The pitch stands among the paragraphs, where nothing on one page alone tells it from them.
    for name, (headline, first, last) in STORIES.items():
        rows = f"<link rel=canonical href='https://post.example/{name}'><h1>{headline}</h1>"
        (tmp_path / f"{name}.html").write_text(f"{rows}<p>{first}</p><p>{PITCH}</p><p>{last}</p>", "utf-8")
    return tmp_path


def kinds_of_pitch(views):
    return [
        segment.kind
        for view in views
        for segment in view.segments
        if PITCH in view.page.text[segment.start : segment.end]
    ]


def test_what_an_outlet_repeats_is_furniture_where_its_pages_are_read_together(folder):
    alone = read(str(folder / "crane.html"))
    assert kinds_of_pitch(alone.pages) == [SegmentKind.BODY]
    together = read(str(folder))
    assert kinds_of_pitch(together.pages) == [SegmentKind.FURNITURE] * 3
    others = [segment.kind for view in together.pages for segment in view.segments]
    assert others.count(SegmentKind.BODY) == 6


def test_the_command_says_the_same_page_by_page(folder):
    lines = CliRunner().invoke(app, ["read", "--json", str(folder)]).stdout.splitlines()
    told = [json.loads(line) for line in lines]
    for one in told:
        kinds = {one["text"][s["start"] : s["end"]].strip(): s["kind"] for s in one["segments"]}
        assert kinds[PITCH] == "furniture"


def test_why_says_on_how_many_pages_a_block_stands(folder):
    path = str(folder / "crane.html")
    text = read(path).pages[0].page.text
    _, alone = reasons(path, text.index(PITCH))
    assert alone.kind is SegmentKind.BODY
    _, found = reasons(path, text.index(PITCH), among=[str(folder)])
    assert (found.kind, found.by_rules) == (SegmentKind.FURNITURE, SegmentKind.BODY)
    assert found.says[0] == "stands on 3 of 3 pages of post.example, of different matter"


def test_a_repeat_points_at_its_page():
    one = page("crane", PITCH)
    found = list(repeats_among([(p.page, p.blocks, p.declared) for p in (one, page("hail", PITCH), page("budget"))]))
    assert {row.page for row in found} == {one.page.page, PageId(page("hail", PITCH).page.page)}
