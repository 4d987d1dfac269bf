"""What pages declare of themselves: JSON-LD, OpenGraph, meta, microdata, link, title, language, times."""

import pytest

from retold.model.page import PageId
from retold.readers.declared import declared_of
from retold.readers.html import HtmlText, read_html
from retold.readers.json_ld import facts_of

PAGE = PageId("p")


def declared(markup: str) -> list[tuple[str, str, str]]:
    page = read_html(PAGE, markup)
    assert isinstance(page, HtmlText)
    rows, _ = declared_of(PAGE, page.tree, page.meta_nodes)
    return [(row.origin, row.name, row.value) for row in rows]


@pytest.mark.parametrize(
    ("script", "facts"),
    [
        ('{"@type": "NewsArticle", "headline": "Port shut"}', [("headline", "Port shut")]),
        ('[{"@type": "Article", "datePublished": "2021-05-03"}]', [("datepublished", "2021-05-03")]),
        ('{"@graph": [{"@type": ["Report"], "dateModified": "2021"}]}', [("datemodified", "2021")]),
        ('{"@type": "WebPage", "name": "x", "mainEntity": {"@type": "BlogPosting", "url": "/a"}}', [("url", "/a")]),
        ('{"@type": "Article", "author": [{"name": "A. Reed"}, "B. Moss"]}',
         [("author", "A. Reed"), ("author", "B. Moss")]),
        ('{"@graph": [{"@type": "Article", "author": {"@id": "#r"}}, {"@id": "#r", "name": "A. Reed"}]}',
         [("author", "A. Reed")]),
        ('{"@type": "Article", "articleSection": ["World", "Sea"]}',
         [("articlesection", "World"), ("articlesection", "Sea")]),
        ('{"@type": "Article", "mainEntityOfPage": {"@id": "https://x.test/a"}}',
         [("mainentityofpage", "https://x.test/a")]),
        ('{"@type": "Article", "publisher": {"@type": "Organization", "name": "The Mole"}}',
         [("publisher", "The Mole")]),
        ('{"@type": "Article", "headline": "Reed &amp; Moss"}', [("headline", "Reed & Moss")]),
        ('{"@type": "Article", "headline": "Line\nfeed",}', [("headline", "Line\nfeed")]),
        ('<!-- {"@type": "Article", "url": "/a"} -->', [("url", "/a")]),
        ('//<![CDATA[\n{"@type": "Article", "url": "/a"};\n//]]>', [("url", "/a")]),
        ('{"@type": "Article", "url": "/a"}\n{"@type": "Article", "url": "/b"}', [("url", "/a"), ("url", "/b")]),
        ('{"@type": "Organization", "name": "The Mole"}', []),
        ('{"@type": "Article", "headline": 7, "author": {"name": null}}', []),
        ('{"@type": "ItemList", "itemListElement": [{"@type": "Article", "headline": "Other"}]}', []),
    ],
)  # fmt: skip
def test_json_ld_speaks_of_articles_only(script, facts):
    assert facts_of([script]) == (facts, 0)


@pytest.mark.parametrize("script", ["{", "no json", '{"a": }', "[" * 100_000, "9" * 10_000 + "x"])
def test_json_ld_that_cannot_be_read_is_counted(script):
    assert facts_of([script, '{"@type": "Article", "url": "/a"}']) == ([("url", "/a")], 1)


def test_elements_declare_in_their_order():
    found = declared(
        '<html lang="en-GB"><head><title>Port  shut</title><meta property="og:title" content="Port shut">'
        '<meta name="Author" content="A. Reed"><meta name="viewport" content="x"><link rel="canonical" href="/a">'
        '</head><body><time class="Posted" datetime="2021-05-03">3 May</time></body></html>'
    )
    assert found == [
        ("html", "lang", "en-GB"),
        ("title", "title", "Port shut"),
        ("opengraph", "og:title", "Port shut"),
        ("meta", "author", "A. Reed"),
        ("link", "canonical", "/a"),
        ("html", "time.posted", "2021-05-03"),
    ]


def test_microdata_of_the_article_is_told_and_of_others_not():
    found = declared(
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Port shut</h1>'
        '<p itemprop="author" itemscope itemtype="https://schema.org/Person">By <b itemprop="name">A. Reed</b></p>'
        '<time itemprop="datePublished" datetime="2021-05-03">x</time></div>'
        '<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Boat</b></div>'
    )
    assert [row for row in found if row[0] == "microdata"] == [
        ("microdata", "headline", "Port shut"),
        ("microdata", "author", "A. Reed"),
        ("microdata", "datepublished", "2021-05-03"),
    ]


def test_values_can_be_written_and_long_ones_are_left_out():
    long = "x" * 3_000
    script = '{"@type": "Article", "headline": "a\\ud83d", "description": "%s"}' % long  # noqa: UP031
    found = declared(f'<script type="application/ld+json">{script}</script><meta name="description" content="{long}">')
    assert found == [("json-ld", "headline", "a\ufffd")]
