"""The text of a page laid out in columns is that of the plain walk, on invented markup and on real pages."""

import tarfile
from gzip import decompress

from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from retold.model.page import PageId
from retold.readers.decode import Decoded, decode
from retold.readers.layout import lay_out
from retold.readers.tree import texts_of
from tests.property.plain_layout import Sheet, walk
from tests.property.test_readers import markup

PAGE = PageId("p")


def assert_alike(source: str) -> None:
    tree = LexborHTMLParser(source.replace("\0", "\ufffd").encode("utf-8", "replace"), options=1)
    assert tree.root is not None
    sheet = Sheet(PAGE)
    walk(tree.root, sheet)
    page = lay_out(PAGE, texts_of(tree.root))
    assert page.text == "".join(sheet.pieces), source
    assert page.blocks == sheet.blocks(), source
    assert page.runs == tuple(sheet.runs), source
    assert page.hidden == "".join(sheet.hidden), source


@given(markup)
def test_any_markup_is_laid_out_as_the_plain_walk_does(source):
    assert_alike(source)


def test_white_space_is_kept_and_folded_as_the_plain_walk_does():
    for inner in (
        "<pre>a\n\n</pre> <pre>\n b</pre>", "<pre>\n\n</pre> \n<p>x", "<p>a <a>b</a> \xa0<a>c</a>", "<pre><a>x</a>\xa0<a>y</a>",
        "<p>a</p> <pre>\n  b\n c</pre>d", "a<pre>b<i>c\nd</i>e</pre>", "<pre>\xa0</pre>\n<b>c</b>", "<p>\xa0 a\t b\r\fc",
        "<div hidden>a<p style='display: none'>b</div>", "<svg><foreignObject><title>a</title><p>b", "<a>a</a><a>b</a>",
        "<div>" * 300 + "deep<p>er", "<pre>a\n <b>b</b></pre>c<pre>\td</pre>", "<p>a<!-- -->b<br> <br>c</p> d",
        "<pre>a\n\n</pre>b", "<div><pre><code><i>a</i>\nb <b>c</b>\n\nd</code></pre>",
        "<dialog>a</dialog><dialog open>b</dialog><video>c</video><p aria-hidden=TRUE>d", "<ul><li>a<li>b</ul>c<span>",
    ):  # fmt: skip
        assert_alike(inner)


def test_real_pages_are_laid_out_as_the_plain_walk_does(shared):
    with tarfile.open(shared / "data/pages/readability.tar.gz") as bundle:
        names = [one.name for one in bundle if one.name.endswith(".gz")]
        for name in names[::8]:
            file = bundle.extractfile(name)
            assert file is not None
            decoded = decode(decompress(file.read()))
            assert not isinstance(decoded, Decoded) or assert_alike(decoded.text) is None
