"""For any markup and any bytes: blocks tile, runs lead back to text nodes, no character is lost, nothing raises."""

import json
import re
from encodings import aliases

from hypothesis import given
from hypothesis import strategies as st

from retold.model.page import PageId, Rejected
from retold.readers import read_source
from retold.readers.characters import survey
from retold.readers.html import HtmlText, read_html
from retold.readers.json_ld import facts_of
from retold.readers.plain_text import blocks_of
from retold.text.spans import check_tiling

PAGE = PageId("p")
TAGS = [
    "p", "div", "span", "a", "b", "i", "table", "tr", "td", "ul", "li", "br", "pre", "textarea", "script", "style",
    "title", "template", "noscript", "svg", "math", "select", "option", "h1", "form", "button", "dialog", "body",
    "html", "head", "frameset", "iframe", "xmp", "desc", "foreignObject", "time", "label",
]  # fmt: skip
KEYS = st.sampled_from(["@type", "@id", "@graph", "author", "headline", "name", "url"])
tags = st.sampled_from(TAGS)
starts = st.builds(
    "<{}{}>".format, tags, st.sampled_from(["", " hidden", ' class="x Y"', " id=z", ' title="a>b"', "/", " a='"])
)
texts = st.text(alphabet=st.sampled_from("ab \n\t\r\0\xa0&;<>-é\u200b😀\ud800]"), max_size=8)
scraps = st.sampled_from(["<!--", "-->", "<!", "<?", "</", "<![CDATA[", "]]>", "&amp;", "&#0;", "&#xd800;", "</p", '"'])
markup = st.lists(st.one_of(starts, tags.map("</{}>".format), texts, scraps), max_size=30).map("".join)


@given(markup)
def test_blocks_tile_the_text_of_any_markup(source):
    page = read_html(PAGE, source)
    assert isinstance(page, HtmlText)
    check_tiling([(block.start, block.end) for block in page.blocks], len(page.text), page=PAGE)
    assert all(page.text[block.start : block.end].strip() for block in page.blocks)


@given(markup)
def test_runs_lead_back_to_the_text_nodes(source):
    page = read_html(PAGE, source)
    assert isinstance(page, HtmlText)
    for run in page.runs:
        node = _text_node(page, run.path)
        piece = node[run.offset : run.offset + run.end - run.start]
        assert re.sub("[\t\n\r\f]", " ", piece) == re.sub("[\t\n\r\f]", " ", page.text[run.start : run.end])


@given(markup)
def test_what_no_run_covers_is_white_space(source):
    page = read_html(PAGE, source)
    assert isinstance(page, HtmlText)
    at = 0
    for run in page.runs:
        assert not page.text[at : run.start].strip()
        at = run.end
    assert at == len(page.text)


@given(markup)
def test_both_ways_of_reading_agree_where_no_frames_are(source):
    page = read_html(PAGE, source)
    assert isinstance(page, HtmlText)
    if "frameset" not in source:
        assert page.characters.difference == 0, (source, survey(source).text, page.text)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_lines_tile_any_text(text):
    check_tiling([(block.start, block.end) for block in blocks_of(PAGE, text)], len(text), page=PAGE)


@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.html", "a"]))
def test_any_bytes_are_a_page_that_can_be_written_or_rejected(raw, source):
    page = read_source(source, raw)
    if isinstance(page, Rejected):
        assert source in page.reason
        return
    page.page.text.encode()
    check_tiling([(block.start, block.end) for block in page.blocks], len(page.page.text), page=source)
    assert page == read_source(source, raw)


@given(st.text(max_size=80), st.sampled_from(["cp1252", "cp1251", "utf-16", "gb18030", "shift_jis", "utf-8"]))
def test_text_in_any_encoding_keeps_its_length_in_bytes_or_is_told(text, encoding):
    raw = text.encode(encoding, "ignore")
    page = read_source("a.txt", raw)
    if not isinstance(page, Rejected):
        assert page.page.n_bytes == len(raw)
        page.page.text.encode()


LABELS = sorted({*aliases.aliases.values(), *aliases.aliases.keys(), "utf-7", "idna", "unicode_escape", "undefined"})


@given(st.binary(max_size=60), st.sampled_from(LABELS))
def test_any_bytes_can_be_declared_to_be_in_any_encoding(raw, label):
    page = read_source("a.html", b'<meta charset="' + label.encode() + b'"><p>Rain ' + raw)
    if not isinstance(page, Rejected):
        page.page.text.encode()
        assert page.page.text.startswith("Rain")


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(KEYS, inner, max_size=4),
    ),
    max_leaves=12,
)  # fmt: skip


@given(values)
def test_any_json_can_be_asked_for_facts(value):
    facts, _ = facts_of([json.dumps(value)])
    assert all(isinstance(name, str) and isinstance(text, str) for name, text in facts)


def _text_node(page: HtmlText, path: str) -> str:
    """Follow a run's path through the tree by itself, to the text node it names."""
    nth_text = 1
    if found := re.search(r"/text\(\)\[(\d+)\]$", path):
        nth_text, path = int(found[1]), path[: found.start()]
    node = page.tree.root
    assert node is not None
    for step in path.split("/")[1:]:
        found = re.match(r"([^\[]+)(?:\[(\d+)\])?$", step)
        assert found is not None
        node = [child for child in node.iter() if child.tag == found[1]][int(found[2] or 1) - 1]
    return [child for child in node.iter(include_text=True) if child.tag == "-text"][nth_text - 1].text_content or ""
