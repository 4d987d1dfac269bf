"""The text, blocks and runs of HTML pages, by rows of invented markup."""

import pytest

from retold.model.page import PageId
from retold.readers.html import HtmlText, Refused, read_html

PAGE = PageId("p")


def laid_out(markup: str) -> HtmlText:
    page = read_html(PAGE, markup)
    assert isinstance(page, HtmlText), page
    return page


def blocks(markup: str) -> list[tuple[str, str]]:
    page = laid_out(markup)
    return [(block.tag, page.text[block.start : block.end].rstrip("\n")) for block in page.blocks]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Rain  fell\n on <b>Port</b> Alma.</p>", [("p", "Rain fell on Port Alma.")]),
        ("<div>Kicker<h1>Port shut</h1>After</div>", [("div", "Kicker"), ("h1", "Port shut"), ("div", "After")]),
        ("<p>One.<br><br>Two.</p>", [("p", "One."), ("p", "Two.")]),
        ("<table><tr><td>Dead</td><td>12</td></tr></table>", [("td", "Dead"), ("td", "12")]),
        ("<ul><li>A</li><li>B</li></ul>", [("li", "A"), ("li", "B")]),
        ("Bare text", [("body", "Bare text")]),
        ("<p>&nbsp;</p><p> </p><p>Left</p>", [("p", "Left")]),
        ("<p>12&nbsp;dead</p>", [("p", "12\xa0dead")]),
        ("<pre>One\n  two\n\nthree</pre>", [("pre", "One\n  "), ("pre", "two"), ("pre", "three")]),
        ("<p>A<b> </b>B</p>", [("p", "A B")]),
        ("<p>A<script>x</script>B<style>y</style>C</p>", [("p", "ABC")]),
        ("<title>T</title><template><p>T</p></template><p>Seen</p>", [("p", "Seen")]),
        ('<p>See <img alt="A crane">below</p>', [("p", "See below")]),
        ("<svg><title>Logo</title><text>Map</text></svg>", [("body", "Map")]),
        ("<textarea>\nYour comment</textarea>", [("textarea", "Your comment")]),
        ("<p><span>By A. Reed</span><span>3 May</span></p>", [("p", "By A. Reed 3 May")]),
        ("<div><a>World</a><a>Sea</a></div>", [("div", "World Sea")]),
        ("<p><span>P</span><span>ort</span></p>", [("p", "Port")]),
        ("<p><a>Port</a>s <b>Al</b><i>ma</i></p>", [("p", "Ports Alma")]),
        ("<p><a>港は</a><a>閉鎖</a></p>", [("p", "港は閉鎖")]),
        ("<p>a\0b</p>", [("p", "a\ufffdb")]),
    ],
)  # fmt: skip
def test_blocks_are_the_own_text_of_the_innermost_block_elements(markup, expected):
    assert blocks(markup) == expected


def test_ancestors_name_what_holds_the_block_from_the_outside_in():
    page = laid_out('<div ID=Story class="Lead Big"><span class=byline>By <i>A. Reed</i></span></div>')
    assert page.blocks[0].tag == "div"
    assert page.blocks[0].ancestors == ("html", "body", "div.lead.big#story", "span.byline")


def test_ancestors_stop_at_the_element_that_holds_all_of_the_block():
    page = laid_out("<p><b>Port</b> shut <i>today</i></p><p><i>All</i></p>")
    assert [block.ancestors[-1] for block in page.blocks] == ["p", "i"]


def test_hidden_script_and_style_text_is_counted_apart():
    page = laid_out(
        "<style>p { x }</style><p>Rain fell<span hidden> in vain</span>.</p><noscript><p>Turn on</noscript>"
        "<script type='application/ld+json'>{ }</script><script>no()</script><svg><style>q</style></svg>"
    )
    counted = page.characters
    assert (counted.visible, counted.kept, counted.difference) == (21, 21, 0)
    assert (counted.hidden, counted.script, counted.style) == (len("invainTurnon"), len("{}no()"), len("p{x}q"))


def test_link_characters_count_what_stands_in_links():
    (block,) = laid_out('<p>See <a href="/x">the<b>map</b></a>.</p>').blocks
    assert block.link_characters == len("themap")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<div hidden><p>x</p></div>", True),
        ('<p style="color:red; DISPLAY : none">x</p>', True),
        ('<p aria-hidden="true">x</p>', True),
        ("<body><noscript><p>x</p></noscript>", True),
        ("<dialog>x</dialog>", True),
        ("<dialog open>x</dialog>", False),
        ("<p>x<span hidden>y</span></p>", False),
        ('<p aria-hidden="false">x</p>', False),
    ],
)
def test_hidden_says_that_all_of_the_block_is_hidden_by_markup(markup, expected):
    assert [block.hidden for block in laid_out(markup).blocks] == [expected]


def test_runs_name_the_text_node_and_the_place_in_it_before_folding():
    page = laid_out("<div><p>First</p><p>  Two\n\n words <b>here</b> now</p></div>")
    found = [(run.path, run.offset, page.text[run.start : run.end]) for run in page.runs]
    assert found == [
        ("html/body/div/p", 0, "First"),
        ("html/body/div/p[2]", 2, "Two"),
        ("html/body/div/p[2]", 8, "words"),
        ("html/body/div/p[2]/b", 0, "here"),
        ("html/body/div/p[2]/text()[2]", 1, "now"),
    ]


@pytest.mark.parametrize("depth", [300, 15_000])
def test_deep_nesting_loses_nothing(depth):
    page = laid_out("<div>x" * depth)
    assert page.text == "\n".join("x" * depth)
    assert page.characters.difference == 0
    assert len(page.blocks[-1].ancestors) == 256


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<div>" * 100_000 + "x", "100,000 elements open at once"),
        ("<p " + " ".join(f"a{i}" for i in range(200_000)) + ">x", "200,000 attributes on one tag"),
        ("".join(f"<p><b id={i}>" for i in range(3_000)), "elements opened again"),
    ],
)
def test_pages_that_hang_tree_builders_are_refused_with_the_reason(markup, reason):
    refused = read_html(PAGE, markup)
    assert isinstance(refused, Refused)
    assert reason in refused.reason


def test_a_page_without_text_is_told():
    page = laid_out("<html><head><title>x</title></head><body></body></html>")
    assert (page.text, page.blocks, page.remarks) == ("", (), ("the page has no visible text",))
