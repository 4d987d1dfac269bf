"""From paths and bytes to pages and rejected rows."""

import os

import pytest

from retold.model.page import PageFormat, Rejected, page_id_of
from retold.readers import ReadPage, read_paths, read_source
from retold.readers.plain_text import blocks_of


def read(raw: bytes, source: str = "a.txt") -> ReadPage:
    page = read_source(source, raw)
    assert isinstance(page, ReadPage), page
    return page


def test_a_text_is_kept_as_it_is():
    page = read("\ufeffPort shut\r\n\r\nRain fell.\n".encode())
    assert page.page.text == "Port shut\r\n\r\nRain fell.\n"
    assert page.page.format is PageFormat.TEXT
    assert page.page.text_version == "text-1"
    assert (page.page.characters.visible, page.page.characters.difference) == (17, 0)
    assert page.page.page == page_id_of("a.txt", "\ufeffPort shut\r\n\r\nRain fell.\n".encode())


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("One.", [0]),
        ("One.\nTwo.\n", [0, 5]),
        ("\n\n  One.\n\n\nTwo.", [0, 11]),
        ("One.\r\nTwo.\rThree.", [0, 6, 11]),
        ("One.\n  Two.", [0, 5]),
    ],
)
def test_lines_tile_a_text(text, starts):
    assert [block.start for block in blocks_of("p", text)] == starts


@pytest.mark.parametrize(
    ("source", "raw", "form"),
    [
        ("a.txt", b"<!DOCTYPE html><html><p>Rain fell.</p>", PageFormat.HTML),
        ("a.txt", b"<p>One.</p><p>Two.</p><p>Three.</p>", PageFormat.HTML),
        ("a", b"<html><body>Rain fell.", PageFormat.HTML),
        ("a.html", b"Rain fell. 1 < 2", PageFormat.TEXT),
        ("a.html", b"Rain <b>fell</b>.", PageFormat.HTML),
        ("a.txt", b"He wrote <p> where <b>bold</b> was meant.", PageFormat.TEXT),
        ("a.md", b"# Port shut\n\nRain fell.", PageFormat.TEXT),
        ("a.txt", b"[Updated] Rain fell.", PageFormat.TEXT),
    ],
)
def test_content_decides_whether_a_page_is_html(source, raw, form):
    assert read(raw, source).page.format is form


def test_a_wrong_name_is_remarked():
    assert read(b"<html><p>Rain fell.").page.remarks == ("named '.txt' but read as HTML",)
    assert read(b"Rain fell.", "a.html").page.remarks == ("named '.html' but has no markup: read as plain text",)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "'a.txt' is empty; leave it out"),
        (b" \r\n\t", "'a.txt' holds nothing but white space; leave it out"),
        ("\u3000\xa0".encode(), "'a.txt' holds nothing but white space; leave it out"),
        (b"%PDF-1.4 ...", "'a.txt' is a PDF, not text or HTML; extract its text first"),
        (b'{"id": 1}\n{"id": 2}\n', "'a.txt' is JSON, not text or HTML; take its texts out first"),
        (b'<?xml version="1.0"?><rss></rss>', "'a.txt' is XML, not text or HTML; take its texts out first"),
        (b"<!-- x --><rss version='2.0'>", "'a.txt' is XML, not text or HTML; take its texts out first"),
    ],
)
def test_what_is_no_page_is_rejected_with_what_to_do(raw, reason):
    assert read_source("a.txt", raw) == Rejected("a.txt", reason, len(raw))


def test_an_html_page_brings_its_rows():
    page = read(b'<html lang="en"><title>Port shut</title><p>Rain fell.</p>', "a.html")
    assert page.page.text == "Rain fell."
    assert page.page.text_version == "html-1"
    assert [run.path for run in page.runs] == ["html/body/p"]
    assert [(row.name, row.value) for row in page.declared] == [("lang", "en"), ("title", "Port shut")]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("news/b.txt", "news/a.html", "news/sub/c", "news/README.md", "news/truth.json", "news/.d.txt",
                 "news/.git/e.txt", "news/f.jpg", "bare/x.jpg"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Rain fell on {name}.")
    return tmp_path


def sources(*paths: str) -> list[str]:
    return [row.page.source if isinstance(row, ReadPage) else f"! {row.source}" for row in read_paths(paths)]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("news/b.txt",), ["news/b.txt"]),
        (("news/truth.json", "news/b.txt"), ["news/truth.json", "news/b.txt"]),
        (("news",), ["news/a.html", "news/b.txt", "news/sub/c"]),
        (("news/",), ["news/a.html", "news/b.txt", "news/sub/c"]),
        (("news/*.*",), ["news/README.md", "news/a.html", "news/b.txt", "news/f.jpg", "news/truth.json"]),
        (("news/**/*",), ["news/README.md", "news/a.html", "news/b.txt", "news/f.jpg", "news/sub/c",
                          "news/truth.json"]),
        (("n[a-z]ws",), ["news/a.html", "news/b.txt", "news/sub/c"]),
        (("gone.txt", "news/b.txt"), ["! gone.txt", "news/b.txt"]),
        (("news/*.pdf",), ["! news/*.pdf"]),
        (("bare",), ["! bare"]),
        (("",), ["! "]),
        (("a\0b",), ["! a\ufffdb"]),
        (("-",), ["! -"]),
        (("news/b.txt", "./news/b.txt", "news"), ["news/b.txt", "news/a.html", "news/sub/c"]),
        ((), []),
    ],
)  # fmt: skip
def test_arguments_name_sources_in_order(folder, paths, expected):
    assert sources(*paths) == expected


def test_a_file_given_twice_is_read_once_and_remarked(folder):
    (page,) = read_paths(["news/b.txt", str(folder / "news" / "b.txt")])
    assert isinstance(page, ReadPage)
    assert page.page.remarks == ("given 2 times, read once",)


def test_the_same_text_under_two_names_makes_two_pages(folder):
    (folder / "copy.txt").write_bytes((folder / "news" / "b.txt").read_bytes())
    first, second = read_paths(["news/b.txt", "copy.txt"])
    assert isinstance(first, ReadPage)
    assert isinstance(second, ReadPage)
    assert first.page.page != second.page.page
    assert first.page.bytes_hash == second.page.bytes_hash


def test_reasons_name_the_file_and_say_what_to_do(folder):
    for row in read_paths(["gone.txt", "x*.txt", "bare", "-"]):
        assert isinstance(row, Rejected)
        assert f"'{row.source}'" in row.reason
        assert "; " in row.reason


def test_standard_input_is_a_page():
    (page,) = read_paths(["-"], stdin=b"Rain fell.")
    assert isinstance(page, ReadPage)
    assert (page.page.source, page.page.text) == ("-", "Rain fell.")


def test_an_unreadable_file_is_rejected_and_the_others_go_on(folder):
    link = folder / "news" / "a.txt"
    link.symlink_to(folder / "nowhere.txt")
    assert sources("news") == ["news/a.html", "! news/a.txt", "news/b.txt", "news/sub/c"]


def test_a_name_that_is_no_utf_8_can_be_written(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    with open(path, "w") as file:  # noqa: PTH123
        file.write("Rain fell.")
    (page,) = read_paths([path])
    assert isinstance(page, ReadPage)
    assert page.page.source.endswith("caf\ufffd.txt")
