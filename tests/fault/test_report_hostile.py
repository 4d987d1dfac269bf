"""Hostile words in every place a page can put them: they stay text."""

import gzip
import os
from pathlib import Path

import pytest

from retold.report.page import html_of
from tests.unit.report_story import BODY_B, harmless, page_view, read_back, story_of

SHARED = Path(os.environ.get("RETOLD_SHARED", Path(__file__).parents[3] / "shared"))
NAUGHTY = SHARED / "data" / "hostile" / "blns.txt.gz"

INJECTIONS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</bdi></td></table></title></svg><iframe src=//evil.example>",
    "<!-- --!> ]]> <![CDATA[ <plaintext>",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &#x3c;b&#x3e;",
    "{" + "0" * 32 + "}",
)
ODD = (
    "a\0b\x01\x1b[31m",
    "\ud800 lone \udfff",
    "\u202eflip \u2066open \u200f",
    "\uffff\ufffe\U0001f4a9\u0000",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
    "",
    "   \n\t ",
    "…",
)


def tree(html):
    """Return the elements and attribute names of the file, which no text may change."""
    return [(tag, sorted(attributes)) for tag, attributes in read_back(html).tags]


def hostile(told):
    page = page_view(
        1, f"{told} ends. A tug lies there.", title=told, outlet=told, author=told, url=told, language=told
    )
    other = page_view(2, BODY_B, title=told, outlet=told, author=told, url=f"https://x.example/{told}", language="en")
    return story_of(page, other, says=told)


def check(html):
    read = read_back(html)
    names = [tag for tag, _ in read.tags]
    assert names.count("script") == names.count("style") == 1
    assert not set(names) & {
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "plaintext",
        "xss",
        "b",
        "video",
    }
    for tag, attributes in read.tags:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "autofocus"}], tag
    for href in read.hrefs:
        assert href.startswith(("#", "http://", "https://"))
    html.encode("utf-8")
    assert "\0" not in html


@pytest.mark.parametrize("excerpts", [False, True])
@pytest.mark.parametrize("told", INJECTIONS + ODD)
def test_hostile_words_stay_text(told, excerpts):
    check(html_of((hostile(told),), rejected=(), excerpts=excerpts))


@pytest.mark.parametrize("told", INJECTIONS)
def test_injections_are_shown_as_they_stand(told):
    words = read_back(html_of((hostile(told),), rejected=(), excerpts=False)).words
    assert " ".join(told.split()) in words


@pytest.mark.parametrize("i_part", range(8))
def test_naughty_strings_stay_text(i_part):
    if not NAUGHTY.exists():
        pytest.skip(f"{NAUGHTY} is not here")
    with gzip.open(NAUGHTY, "rt", encoding="utf-8", errors="surrogateescape") as lines:
        naughty = [line.rstrip("\n") for line in lines if line.strip() and not line.startswith("#")]
    for told in naughty[i_part::8]:
        check(html_of((hostile(told),), rejected=(), excerpts=False))


def test_the_elements_are_the_same_whatever_the_words():
    plain, sly = (
        html_of((hostile(told),), rejected=(), excerpts=False) for told in ("aa<bb", "<script>alert(1)</script>")
    )
    assert tree(plain) == tree(sly)


def test_a_very_long_page_is_laid_out():
    body = ". ".join("The tug came back with nine sailors on board" for _ in range(2_300)) + "."
    html = html_of((story_of(page_view(1, body), page_view(2, BODY_B)),), rejected=(), excerpts=False)
    check(html)
    assert len(html) < 15 * len(body)


@pytest.mark.parametrize("body", ["", " ", "\n\n", "."])
def test_a_page_with_hardly_any_text_is_laid_out(body):
    check(html_of((story_of(page_view(1, body), page_view(2, body, title="")),), rejected=(), excerpts=False))


def test_characters_that_turn_the_direction_stay_out_of_pictures():
    html = html_of((hostile("\u202eflip"),), rejected=(), excerpts=False)
    picture = html[html.index('<svg class="stemma"') : html.index("</svg>")]
    assert "\u202e" not in picture


def test_the_same_story_gives_the_same_file():
    assert html_of((harmless(),), rejected=(), excerpts=False) == html_of((harmless(),), rejected=(), excerpts=False)
