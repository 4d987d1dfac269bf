"""Wire formats of the IPTC: ninjs, NewsML-G2, NITF."""

import json

import pytest

from retold.model.page import PageFormat, Rejected
from retold.readers import ReadPage, iter_pages

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.example/nitf-3-5.dtd">
<nitf><head><title>Port shut</title><docdata><doc-id id-string="n-1"/><date.issue norm="20200216T100000Z"/>
<key-list><keyword key="ports"/></key-list></docdata>
<pubdata type="print" date.publication="20200217" name="Losk Tribune" ex-ref="http://losk.example/1"/></head>
<body><body.head><hedline><hl1>Port shut by storm</hl1></hedline><byline>By <person>Ada Reed</person></byline>
<dateline><location>LOSK</location>, Feb 16</dateline></body.head>
<body.content><p>Rain fell on <location>Losk</location> &amp; the coast.</p>
<media media-type="image"><media-reference source="p.jpg"/><media-caption>The port.</media-caption></media>
<p>It closed.</p></body.content></body></nitf>"""

NEWSML = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2020-02-16T10:00:01Z</sent></header>
<itemSet><newsItem guid="tag:losk:1" version="3"><itemMeta><provider literal="Losk Wire"/>
<versionCreated>2020-02-16T10:30:00Z</versionCreated><firstCreated>2020-02-16T10:00:00Z</firstCreated></itemMeta>
<contentMeta><headline>Port shut</headline><by>Ada Reed</by><language tag="en"/><slugline>LOSK-PORT/</slugline>
</contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>No</title></head><body><p>Rain fell.</p><p>It closed.</p></body></html>
</inlineXML></contentSet></newsItem>
<newsItem guid="tag:losk:2"><contentMeta><headline>Second</headline></contentMeta><contentSet>
<inlineData contenttype="text/plain">Wind rose.</inlineData></contentSet></newsItem>
<newsItem guid="tag:losk:3"><contentSet><remoteContent href="p.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>"""

NINJS_1 = {
    "uri": "urn:losk:1", "type": "text", "versioncreated": "2020-02-16T10:30:00Z", "byline": "Ada Reed",
    "headline": "Port shut", "body_html": "<p>Rain fell.</p>", "body_text": "Rain fell.", "language": "en",
    "urgency": 3, "subject": [{"name": "ports", "code": "x"}],
}  # fmt: skip
NINJS_2 = {
    "uri": "urn:losk:1", "versioncreated": "2020-02-16T10:30:00Z", "firstcreated": "2020-02-16T10:00:00Z",
    "headlines": [{"role": "main", "value": "Port shut"}], "infosources": [{"name": "Losk Wire"}],
    "bodies": [{"contenttype": "text/plain", "value": "Rain fell."}],
}  # fmt: skip
NINJS_3 = {
    "uri": "urn:losk:1", "standard": {"name": "ninjs", "version": "3.0"}, "versionCreated": "2020-02-16T10:30:00Z",
    "headlines": [{"value": "Port shut"}], "bodies": [{"contentType": "text/html", "value": "<p>Rain fell.</p>"}],
}  # fmt: skip


def read(tmp_path, text: str, name: str) -> list[ReadPage | Rejected]:
    path = tmp_path / name
    path.write_text(text)
    return list(iter_pages(path))


def facts(page: ReadPage) -> dict[str, str]:
    return {row.name: row.value for row in page.declared if row.origin == "record"}


def test_nitf_keeps_headline_byline_and_dateline_in_place(tmp_path):
    (page,) = read(tmp_path, NITF, "a.nitf")
    assert isinstance(page, ReadPage)
    words = "Port shut by storm By Ada Reed LOSK, Feb 16 Rain fell on Losk & the coast. The port. It closed."
    assert page.page.text.split() == words.split()
    assert page.page.characters.difference == 0
    assert (page.page.source, page.page.source_id) == ("http://losk.example/1", "n-1")
    assert {block.tag for block in page.blocks} >= {"h1", "p", "figcaption"}
    assert facts(page) == {
        "title": "Port shut", "authors": "By Ada Reed", "published": "20200217", "outlet": "Losk Tribune",
        "url": "http://losk.example/1", "keywords": "ports",
    }  # fmt: skip
    first = next(row.value for row in page.declared if row.name == "published")
    assert first == "20200216T100000Z"


def test_newsml_items_are_pages(tmp_path):
    first, second, third = read(tmp_path, NEWSML, "a.xml")
    assert isinstance(first, ReadPage)
    assert first.page.text.split() == ["Rain", "fell.", "It", "closed."]
    assert (first.page.source_id, first.page.format) == ("tag:losk:1", PageFormat.HTML)
    said = facts(first)
    assert (said["title"], said["authors"], said["language"]) == ("Port shut", "Ada Reed", "en")
    assert (said["published"], said["modified"]) == ("2020-02-16T10:00:00Z", "2020-02-16T10:30:00Z")
    assert (said["outlet"], said["slugline"]) == ("Losk Wire", "LOSK-PORT/")
    assert isinstance(second, ReadPage)
    assert (second.page.text, second.page.format) == ("Wind rose.", PageFormat.TEXT)
    assert isinstance(third, Rejected)
    assert third.source.endswith("a.xml#3")


@pytest.mark.parametrize("item", [NINJS_1, NINJS_2, NINJS_3], ids=["1", "2", "3"])
def test_ninjs_of_every_version(tmp_path, item):
    for text in (json.dumps(item), json.dumps([item]), json.dumps({"items": [item]})):
        (page,) = read(tmp_path, text, "a.json")
        assert isinstance(page, ReadPage)
        assert page.page.text.strip() == "Rain fell."
        assert page.page.source_id == "urn:losk:1"
        said = facts(page)
        assert said["title"] == "Port shut"
        assert said["published"].startswith("2020-02-16T10:")
        assert said["modified"] == "2020-02-16T10:30:00Z"


def test_ninjs_in_lines_keeps_what_it_does_not_know(tmp_path):
    (page,) = read(tmp_path, json.dumps(NINJS_1) + "\n", "a.jsonl")
    assert isinstance(page, ReadPage)
    said = facts(page)
    assert (said["urgency"], said["subject"], said["authors"]) == ("3", "ports", "Ada Reed")


def test_messages_to_editors_and_corrections_of_nitf_are_kept(tmp_path):
    told = '<ed-msg info="Eds: updates with names"/><correction info="Corrects the day"/><key-list>'
    (page,) = read(tmp_path, NITF.replace("<key-list>", told), "a.xml")
    facts = {row.name: row.value for row in page.declared}
    assert facts["ednote"] == "Eds: updates with names"
    assert facts["correction"] == "Corrects the day"
