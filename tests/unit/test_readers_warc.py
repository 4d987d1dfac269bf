"""WARC and WET: which records become pages, and how the reader finds its way after damage."""

import gzip
import io
import re
import zlib
from functools import partial

import pytest

from retold.model.page import PageFormat, Rejected
from retold.readers import ReadPage, iter_pages, read_paths
from retold.readers.warc import Torn, WarcRecord, records
from tests.warc_archive import http, response, warc_record

zipped = partial(gzip.compress, mtime=0)  # the same bytes, and the same name of a test, at any time

PAGE = b"<!DOCTYPE html><html lang='en'><title>Port shut</title><p>Rain fell on the port of Losk.</p>"


def read(tmp_path, raw: bytes, name: str = "a.warc") -> list[ReadPage | Rejected]:
    path = tmp_path / name
    path.write_bytes(raw)
    return list(iter_pages(path))


def test_a_response_becomes_a_page_with_its_address_and_id(tmp_path):
    (page,) = read(tmp_path, response(7, PAGE))
    assert isinstance(page, ReadPage)
    assert page.page.source == "http://news.example/7"
    assert page.page.source_id == "urn:uuid:7"
    assert page.page.text == "Rain fell on the port of Losk."
    assert page.page.format is PageFormat.HTML
    assert page.page.characters.difference == 0
    declared = {(row.origin, row.name): row.value for row in page.declared}
    assert declared["record", "url"] == "http://news.example/7"
    assert declared["record", "warc-date"] == "2020-02-16T10:00:00Z"
    assert declared["title", "title"] == "Port shut"


def test_a_conversion_becomes_a_text_page(tmp_path):
    raw = warc_record(1, b"Port shut\nRain fell.\n", kind="conversion", media="text/plain")
    (page,) = read(tmp_path, zipped(raw), "a.warc.wet.gz")
    assert isinstance(page, ReadPage)
    assert (page.page.text, page.page.format) == ("Port shut\nRain fell.\n", PageFormat.TEXT)


def test_what_is_no_page_is_counted_in_one_row(tmp_path):
    raw = b"".join(
        [
            warc_record(1, b"software: x", kind="warcinfo", media="application/warc-fields"),
            warc_record(2, b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            response(3, b"\x89PNG", media="image/png"),
            response(4, b"gone", status="404 Not Found"),
            response(5, PAGE),
        ]
    )
    page, row = read(tmp_path, raw)
    assert isinstance(page, ReadPage)
    assert isinstance(row, Rejected)
    assert "2 records that are no pages: 1 of status 404, 1 of type image/png" in row.reason


CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (CHUNKED, "Transfer-Encoding: chunked"),
        (PAGE, "Transfer-Encoding: chunked"),
        (zipped(PAGE), "Content-Encoding: gzip"),
        (PAGE, "Content-Encoding: gzip"),
        (zlib.compress(PAGE), "Content-Encoding: deflate"),
        (zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate"),
        (PAGE, "Content-Encoding: br"),
    ],
)
def test_what_the_server_packed_is_unpacked(tmp_path, body, header):
    (page,) = read(tmp_path, response(1, body, header=header))
    assert isinstance(page, ReadPage)
    assert page.page.text == "Rain fell on the port of Losk."


def test_the_servers_charset_is_believed_where_the_page_says_nothing(tmp_path):
    body = "<p>Дождь шёл всю ночь.</p><p>Порт закрыт.</p>".encode("koi8-r")
    (page,) = read(tmp_path, response(1, body, media="text/html; charset=KOI8-R"))
    assert isinstance(page, ReadPage)
    assert page.page.text.startswith("Дождь")
    assert page.page.encoding == "koi8-r"


def test_a_body_that_unpacks_to_too_much_is_rejected(tmp_path):
    (row,) = read(tmp_path, response(1, zipped(bytes(65 << 20)), header="Content-Encoding: gzip"))
    assert isinstance(row, Rejected)
    assert "over 64 MB" in row.reason


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b"WARC/1.0", b"\0ARC/1.0", "no record begins here"),
        (b"Content-Length: ", b"Content-Length: 9", "its length is wrong"),
        (b"Content-Length: ", b"Content-Length: 99999999999", "more than the 64 MB"),
        (b"Content-Length: ", b"Content-Length: x", "its length is 'x"),
    ],
)
def test_a_damaged_record_costs_no_neighbour(old, new, what):
    bodies = [response(i, PAGE) for i in range(5)]
    bodies[2] = bodies[2].replace(old, new, 1)
    found = list(records(io.BytesIO(b"".join(bodies))))
    assert [r.fields["warc-record-id"][10:-1] for r in found if isinstance(r, WarcRecord)] == ["0", "1", "3", "4"]
    (torn,) = [r for r in found if isinstance(r, Torn)]
    assert what in torn.what
    assert (torn.number, torn.offset) == (3, len(bodies[0]) + len(bodies[1]))


def test_a_length_too_short_rejects_the_record():
    good = response(1, PAGE)
    bad = re.sub(rb"Content-Length: \d+", b"Content-Length: 60", good)
    found = list(records(io.BytesIO(good + bad + good)))
    assert [isinstance(r, WarcRecord) for r in found] == [True, False, True]


def test_the_torn_record_is_named_with_file_number_place_and_address(tmp_path):
    raw = response(1, PAGE) + response(2, PAGE)
    page, row = read(tmp_path, raw[:-40])
    assert isinstance(page, ReadPage)
    assert isinstance(row, Rejected)
    assert row.source.endswith("a.warc#2")
    assert f"record 2 of 'http://news.example/2' at byte {len(response(1, PAGE)):,}: it is cut off" in row.reason


def test_a_gzip_bomb_is_refused_and_the_next_member_read():
    bomb = zipped(warc_record(2, bytes(50 << 20)))
    assert len(bomb) * 900 < 50 << 20
    raw = zipped(response(1, PAGE)) + bomb + zipped(response(3, PAGE))
    found = list(records(io.BytesIO(raw)))
    assert [r.number for r in found if isinstance(r, WarcRecord)] == [1, 3]
    (torn,) = [r for r in found if isinstance(r, Torn)]
    assert "over 200 times its size" in torn.what


def test_one_gzip_member_may_hold_all_records():
    raw = zipped(b"".join(response(i, PAGE) for i in range(20)))
    assert sum(isinstance(r, WarcRecord) for r in records(io.BytesIO(raw))) == 20


def test_padding_and_rubbish_between_members_is_passed_over():
    raw = zipped(response(1, PAGE)) + b"rubbish" * 30 + zipped(response(2, PAGE)) + bytes(512)
    found = list(records(io.BytesIO(raw)))
    assert [isinstance(r, WarcRecord) for r in found] == [True, False, True]


def test_a_page_archived_twice_is_kept_once(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(response(1, PAGE) + response(1, PAGE))
    (page,) = read_paths([str(path)])
    assert isinstance(page, ReadPage)
    assert "given 2 times, read once" in page.page.remarks


def test_an_http_head_helper_is_well_formed():
    assert http(b"x").endswith(b"\r\n\r\nx")


def test_what_an_archive_cut_off_or_found_out_is_kept_with_the_page(tmp_path):
    raw = warc_record(1, b"Rain fell.", kind="conversion", media="text/plain").replace(
        b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Identified-Content-Language: eng\r\nWARC-Date"
    )
    path = tmp_path / "a.wet"
    path.write_bytes(raw)
    (page,) = iter_pages(path)
    assert page.page.remarks == ("cut off when it was fetched, its archive says (length)",)
    facts = {row.name: row.value for row in page.declared}
    assert facts["warc-identified-content-language"] == "eng"
    assert facts["warc-truncated"] == "length"
