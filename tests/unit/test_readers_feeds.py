"""Feeds and news sitemaps in local files."""

import pytest

from retold.model.page import PageFormat, Rejected
from retold.readers import ReadPage, iter_pages

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Losk Tribune</title><language>en-gb</language>
<image><url>http://losk.example/logo.png</url><title>Logo</title></image>
<item><title>Port shut</title><link>http://losk.example/1</link><guid>losk-1</guid>
<pubDate>Sun, 16 Feb 2020 10:00:00 GMT</pubDate><dc:creator>Ada Reed</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>Rain fell.</p><p>The port&nbsp;closed.</p>]]></content:encoded></item>
<item><title>Second &amp;amp; last</title><description>Plain words only.</description></item>
<item><title>Only a title</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Losk Tribune</title>
<entry><id>urn:x:1</id><title type="html">Port &lt;b&gt;shut&lt;/b&gt;</title>
<link rel="alternate" href="http://losk.example/1"/><link rel="enclosure" href="http://losk.example/1.mp3"/>
<author><name>Ada Reed</name><email>a@losk.example</email></author>
<published>2020-02-16T10:00:00Z</published><updated>2020-02-16T11:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rain &amp; wind.</p><br/><p>Port 1 &lt; 2.</p></div></content>
</entry></feed>"""

SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>http://losk.example/1</loc><news:news><news:publication><news:name>Losk Tribune</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2020-02-16</news:publication_date>
<news:title>Port shut after storm</news:title></news:news></url>
<url><loc>http://losk.example/2</loc></url></urlset>"""


def read(tmp_path, text: str | bytes, name: str = "a.xml") -> list[ReadPage | Rejected]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(iter_pages(path))


def facts(page: ReadPage) -> dict[str, str]:
    return {row.name: row.value for row in page.declared if row.origin == "record"}


def test_rss_entries_are_pages(tmp_path):
    first, second, third = read(tmp_path, RSS, "a.rss")
    assert isinstance(first, ReadPage)
    assert first.page.text.split() == ["Rain", "fell.", "The", "port", "closed."]
    assert (first.page.source, first.page.source_id) == ("http://losk.example/1", "losk-1")
    assert facts(first) == {
        "title": "Port shut", "url": "http://losk.example/1", "published": "2020-02-16T10:00:00+00:00",
        "authors": "Ada Reed", "outlet": "Losk Tribune", "language": "en-gb", "guid": "losk-1",
        "pubdate": "Sun, 16 Feb 2020 10:00:00 GMT",
    }  # fmt: skip
    assert isinstance(second, ReadPage)
    assert (second.page.text, second.page.format) == ("Plain words only.", PageFormat.TEXT)
    assert facts(second)["title"] == "Second & last"
    assert second.page.source.endswith("a.rss#2")
    assert isinstance(third, ReadPage)
    assert (third.page.text, third.page.remarks) == ("Only a title", ("holds no text but its title",))


@pytest.mark.parametrize("text", [ATOM, ATOM.replace("<feed xmlns=", "<a:feed xmlns:a=").replace("</feed", "</a:feed")
    .replace("<entry", "<a:entry").replace("</entry", "</a:entry").replace("<title", "<a:title")
    .replace("</title", "</a:title").replace("<content", "<a:content").replace("</content", "</a:content")
    .replace("<link", "<a:link").replace("<author", "<a:author").replace("</author", "</a:author")
    .replace("<id>", "<a:id>").replace("</id>", "</a:id>").replace("<published>", "<a:published>")
    .replace("</published>", "</a:published>")])  # fmt: skip
def test_atom_entries_are_pages(tmp_path, text):
    (page,) = read(tmp_path, text)
    assert isinstance(page, ReadPage)
    assert page.page.text.split() == ["Rain", "&", "wind.", "Port", "1", "<", "2."]
    assert page.page.characters.difference == 0
    assert page.page.source_id == "urn:x:1"
    said = facts(page)
    assert (said["title"], said["url"], said["authors"]) == ("Port shut", "http://losk.example/1", "Ada Reed")
    assert said["published"] == "2020-02-16T10:00:00Z"
    assert said["language"] == "en"


def test_a_news_sitemap_gives_headlines_and_counts_bare_addresses(tmp_path):
    page, row = read(tmp_path, SITEMAP)
    assert isinstance(page, ReadPage)
    assert page.page.text == "Port shut after storm"
    assert facts(page) == {
        "url": "http://losk.example/1", "outlet": "Losk Tribune", "language": "en", "published": "2020-02-16",
        "title": "Port shut after storm",
    }  # fmt: skip
    assert isinstance(row, Rejected)
    assert "1 entries without text or title" in row.reason


def test_a_broken_feed_gives_the_entries_before(tmp_path):
    *pages, row = read(tmp_path, RSS.replace("<item><title>Only", "<item><oops><title>Only"))
    assert sum(isinstance(page, ReadPage) for page in pages) == 2
    assert isinstance(row, Rejected)
    assert "is broken XML at line 10" in row.reason
    assert "the 2 entries before it are read" in row.reason


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://losk.example/x.dtd"> %p;',
    ],
)
def test_entities_are_refused(tmp_path, entities):
    (row,) = read(tmp_path, f"<!DOCTYPE rss [{entities}]>" + RSS.partition("?>")[2])
    assert isinstance(row, Rejected)
    assert "declares entities of its own" in row.reason


def test_a_named_document_type_is_not_fetched(tmp_path):
    pages = read(tmp_path, '<!DOCTYPE rss SYSTEM "file:///etc/passwd">' + RSS.partition("?>")[2])
    assert len(pages) == 3


def test_other_encodings_are_read(tmp_path):
    text = RSS.replace('version="1.0"', 'version="1.0" encoding="iso-8859-1"', 1).replace("Plain", "Café")
    page = read(tmp_path, text.encode("latin-1"))[1]
    assert isinstance(page, ReadPage)
    assert page.page.text == "Café words only."
    assert len(read(tmp_path, RSS.encode("utf-16"))) == 3


def test_a_guid_is_the_address_unless_it_says_otherwise(tmp_path):
    item = "<item><title>Port shut</title>{}</item>"
    guids = (
        "<guid>http://losk.example/1</guid>",
        '<guid isPermaLink="false">http://losk.example/2</guid>',
        "<guid>http://[losk</guid>",
        "<guid>http://losk.example/3</guid><link>http://losk.example/4</link>",
    )
    pages = read(tmp_path, f"<rss><channel>{''.join(item.format(guid) for guid in guids)}</channel></rss>")
    assert [page.page.source.removeprefix(str(tmp_path)) for page in pages] == [
        "http://losk.example/1", "/a.xml#2", "/a.xml#3", "http://losk.example/4",
    ]  # fmt: skip


def test_an_entry_of_rss_1_has_its_id_from_rdf(tmp_path):
    (page,) = read(
        tmp_path,
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<item rdf:about="http://losk.example/1"><title>Port shut</title><link>http://losk.example/1</link></item></rdf:RDF>',
    )
    assert page.page.source_id == "http://losk.example/1"


def test_an_atom_entry_has_its_feed_s_author_and_base(tmp_path):
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://losk.example/news/"><title>Losk Tribune</title>'
        "<author><name>Ada Reed</name><email>a@losk.example</email></author>"
        '<entry><id>urn:x:1</id><title>Port shut</title><link href="1.html"/></entry>'
        "<entry><id>urn:x:2</id><title>Port open</title><author><name>Bo Lind</name></author></entry></feed>"
    )
    first, second = read(tmp_path, feed)
    assert first.page.source == "http://losk.example/news/1.html"
    assert [facts(page)["authors"] for page in (first, second)] == ["Ada Reed", "Bo Lind"]
