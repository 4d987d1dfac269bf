"""Fetching on request: public addresses only on every hop, robots.txt obeyed, everything capped.

Servers of this machine stand in for the web: the judgement of addresses is given as an argument, as nobody who uses the
command can.
"""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from retold.model.page import Rejected
from retold.readers import ReadPage, read_item
from retold.readers.addresses import is_public
from retold.readers.fetch import Fetcher, Limits
from retold.readers.items import ServedPage, WholeFile

PAGE = b"<h1>Port shut</h1><p>Rain fell on Dunmara.</p>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


@contextmanager
def served(answers, *, robots=None, tls=None):
    """Serve answers by path: (status, headers, body), or a function of the handler; give the port and what was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, dict(self.headers)))
            default = (200, {}, robots) if self.path == "/robots.txt" and robots is not None else (404, {}, b"")
            answer = answers.get(self.path, default)
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fetcher(**changed):
    """Return a fetcher that takes every name for this machine, and this machine for public."""
    given = {
        "version": "1", "is_allowed": lambda _: True, "resolve": lambda *_: ["127.0.0.1"], "wait": lambda _: None,
        "limits": Limits(time_s=5.0), **changed,
    }  # fmt: skip
    return Fetcher(**given)


def refused(found):
    assert isinstance(found, Rejected), found
    return found.reason


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1", "192.168.1.1",
        "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "fc00::1",
        "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "localhost", "", "1.2.3",
    ],
)  # fmt: skip
def test_no_address_off_the_public_internet_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are(address):
    assert is_public(address)


def test_a_page_is_fetched_and_read():
    with served({"/a": (200, HTML, PAGE)}) as (port, asked):
        url = f"http://news.example:{port}/a?b=1#c"
        found = fetcher().fetch(url)
        assert refused(found) if not isinstance(found, ServedPage) else True
    assert [path for path, _ in asked] == ["/robots.txt", "/a?b=1"]


def test_what_is_fetched_is_a_page_with_its_address():
    with served({"/a": (200, HTML, PAGE)}) as (port, asked):
        found = fetcher().fetch(f"http://news.example:{port}/a")
        (page,) = read_item(found)
    assert isinstance(page, ReadPage)
    assert page.page.source == f"http://news.example:{port}/a"
    assert "Rain fell on Dunmara." in page.page.text
    headers = asked[-1][1]
    assert headers["Host"] == f"news.example:{port}"
    assert headers["User-Agent"].startswith("Retold/1 ")


def test_a_packed_page_is_unpacked_and_a_bomb_is_not():
    bomb = gzip.compress(bytes(100 << 20))
    packed = {**HTML, "Content-Encoding": "gzip"}
    with served({"/a": (200, packed, gzip.compress(PAGE)), "/b": (200, packed, bomb)}) as (port, _):
        good, bad = (read_item(fetcher().fetch(f"http://news.example:{port}/{name}"))[0] for name in "ab")
    assert isinstance(good, ReadPage)
    assert "unpacks to over 64 MB" in refused(bad)


def test_the_charset_of_the_server_is_believed():
    body = "<p>Zoë fell.".encode("latin-1")
    with served({"/a": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, body)}) as (port, _):
        (page,) = read_item(fetcher().fetch(f"http://news.example:{port}/a"))
    assert "Zoë fell." in page.page.text


def test_a_feed_is_read_entry_by_entry():
    feed = b"<rss><channel><item><title>One</title></item><item><title>Two</title></item></channel></rss>"
    with served({"/a": (200, {"Content-Type": "application/rss+xml"}, feed)}) as (port, _):
        found = fetcher().fetch(f"http://news.example:{port}/a")
    assert isinstance(found, WholeFile)
    assert [page.page.text for page in read_item(found)] == ["One", "Two"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "//a.example/", "a.example", "", "http://", "http:///a",
        "http://user:word@a.example/", "http://a.example:22/", "http://a.example:99999/", "http://[::1", "gopher://a/",
        "http://a b.example/", "http://a.example\\@b.example/", "data:text/html,x",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused_unasked(url):
    def nobody(*_):
        raise AssertionError("resolved")

    row = fetcher(resolve=nobody).fetch(url)
    assert isinstance(row, Rejected)
    assert row.n_bytes is None


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "0x7f.1", "2130706433", "127.1", "[::ffff:127.0.0.1]", "0"]
)
def test_this_machine_is_refused_under_all_its_names(host):
    with served({"/": (200, HTML, PAGE)}) as (port, asked):
        row = Fetcher("1").fetch(f"http://{host}:{port}/")
    assert isinstance(row, Rejected)
    assert asked == []


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    row = fetcher(is_allowed=is_public, resolve=lambda *_: ["93.184.216.34", "10.0.0.1"]).fetch("http://a.example/")
    assert "'10.0.0.1', which is not on the public internet" in refused(row)
    assert row.n_bytes is None


def test_a_second_answer_of_the_name_server_changes_nothing():
    """DNS rebinding: the first address is allowed, later ones lead elsewhere; only judged addresses are connected to."""
    judged = []

    def changing(*_):
        return ["127.0.0.1"] if len(judged) < 2 else ["10.0.0.1"]

    def judge(address):
        judged.append(address)
        return address == "127.0.0.1"

    with served({"/a": (200, HTML, PAGE)}) as (port, asked):
        found = fetcher(resolve=changing, is_allowed=judge).fetch(f"http://news.example:{port}/a")
    assert isinstance(found, ServedPage)
    assert judged == ["127.0.0.1", "127.0.0.1"]
    assert len(asked) == 2


def test_every_hop_of_a_redirect_is_judged():
    def resolve(host, _):
        return ["10.0.0.1"] if host == "inside.example" else ["127.0.0.1"]

    with served({"/a": lambda h: redirect(h, f"http://inside.example:{port}/secret")}) as (port, asked):
        row = fetcher(resolve=resolve, is_allowed=lambda one: one == "127.0.0.1").fetch(f"http://news.example:{port}/a")
    assert "'10.0.0.1'" in refused(row)
    assert [path for path, _ in asked] == ["/robots.txt", "/a"]


def redirect(handler, target, status=302):
    handler.send_response(status)
    handler.send_header("Location", target)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://user@a.example/", "//a.example:25/", "http://[x"])
def test_a_redirect_to_what_is_no_page_is_refused(target):
    with served({"/a": lambda h: redirect(h, target)}) as (port, _):
        assert isinstance(fetcher().fetch(f"http://news.example:{port}/a"), Rejected)


def test_a_redirect_is_followed_and_told():
    with served({"/a": lambda h: redirect(h, "/b?x=1#y", 308), "/b?x=1": (200, HTML, PAGE)}) as (port, _):
        (page,) = read_item(fetcher().fetch(f"http://news.example:{port}/a"))
    assert page.page.source == f"http://news.example:{port}/b?x=1"
    assert ("redirected-from", f"http://news.example:{port}/a") in {(row.name, row.value) for row in page.declared}


def test_redirects_without_end_are_ended():
    with served({"/a": lambda h: redirect(h, "/a")}) as (port, asked):
        row = fetcher().fetch(f"http://news.example:{port}/a")
    assert "redirected more than 5 times" in refused(row)
    assert len(asked) == 7


ROBOTS = {
    b"User-agent: *\nDisallow: /": True,
    b"User-agent: Retold\nDisallow: /a": True,
    b"User-agent: *\nDisallow: /\nAllow: /a": False,
    b"User-agent: *\nDisallow: /*.html$": False,
    b"User-agent: *\nDisallow: /*a": True,
    b"User-agent: other\nDisallow: /": False,
    b"": False,
    b"<html>not found</html>": False,
    b"\xff\xfe" * 1000: False,
}


@pytest.mark.parametrize("rules", ROBOTS)
def test_robots_txt_is_obeyed(rules):
    with served({"/a": (200, HTML, PAGE)}, robots=rules) as (port, asked):
        found = fetcher().fetch(f"http://news.example:{port}/a")
    assert isinstance(found, Rejected) == ROBOTS[rules]
    if ROBOTS[rules]:
        assert "robots.txt of 'news.example' forbids it" in found.reason
        assert [path for path, _ in asked] == ["/robots.txt"]


def test_robots_txt_of_a_redirect_s_host_is_obeyed_too():
    answers = {"/robots.txt": lambda h: robots_by_host(h), "/a": lambda h: redirect(h, f"http://b.example:{port}/a")}

    def robots_by_host(handler):
        body = b"User-agent: *\nDisallow: /" if handler.headers["Host"].startswith("b.") else b""
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    with served(answers) as (port, _):
        assert "robots.txt of 'b.example'" in refused(fetcher().fetch(f"http://a.example:{port}/a"))


def test_a_site_whose_robots_txt_fails_is_left_alone():
    with served({"/robots.txt": (503, {}, b""), "/a": (200, HTML, PAGE)}) as (port, asked):
        row = fetcher().fetch(f"http://news.example:{port}/a")
    assert "robots.txt of 'news.example' cannot be had" in refused(row)
    assert len(asked) == 1


def test_pages_of_one_host_are_fetched_with_a_wait_between():
    waits = []
    with served({"/a": (200, HTML, PAGE)}, robots=b"User-agent: *\nCrawl-delay: 7") as (port, asked):
        one = fetcher(wait=waits.append)
        for _ in range(3):
            assert isinstance(one.fetch(f"http://news.example:{port}/a"), ServedPage)
    assert waits == [7.0, 7.0]
    assert [path for path, _ in asked].count("/robots.txt") == 1


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"<p>x")
        time.sleep(0.05)


def drip_header(handler):
    for _ in range(200):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("slow", [drip, drip_header, lambda _: time.sleep(10)], ids=["body", "header", "silence"])
def test_a_slow_server_is_left(slow):
    with served({"/a": slow}) as (port, _):
        before = time.monotonic()
        row = fetcher(limits=Limits(time_s=0.7)).fetch(f"http://news.example:{port}/a")
        assert time.monotonic() - before < 4
    assert "was not there after 0.7 s" in refused(row)


def endless(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


def test_a_page_without_end_is_left():
    with served({"/a": endless}) as (port, _):
        row = fetcher(limits=Limits(time_s=20.0, size_bytes=1 << 20)).fetch(f"http://news.example:{port}/a")
    assert "has over 1 MB" in refused(row)


def test_a_page_that_is_cut_off_is_no_page():
    with served({"/a": (200, {**HTML, "Content-Length": "999"}, PAGE)}) as (port, _):
        assert "of 999 bytes came" in refused(fetcher().fetch(f"http://news.example:{port}/a"))


def test_headers_without_end_are_left():
    def many(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 10_000)

    with served({"/a": many}) as (port, _):
        assert "cannot be reached" in refused(fetcher().fetch(f"http://news.example:{port}/a"))


@pytest.mark.parametrize(
    "answer", [(404, HTML, PAGE), (500, HTML, PAGE), (200, {"Content-Type": "image/png"}, b"\x89PNG")]
)
def test_what_is_no_page_is_named(answer):
    with served({"/a": answer}) as (port, _):
        row = fetcher().fetch(f"http://news.example:{port}/a")
    assert isinstance(row, Rejected)
    assert row.n_bytes == 0


def test_a_host_that_is_not_there_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    row = fetcher().fetch(f"http://news.example:{port}/a")
    assert "robots.txt of 'news.example' cannot be had" in refused(row)


@pytest.fixture
def certified(tmp_path):
    """Make a certificate for news.example; give the server's and a client's context."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 -subj /CN=news.example "
        "-addext subjectAltName=DNS:news.example"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(certificate))


def test_tls_is_spoken_with_the_name_at_the_judged_address(certified):
    server, client = certified
    with served({"/a": (200, HTML, PAGE)}, tls=server) as (port, asked):
        found = fetcher(tls=client).fetch(f"https://news.example:{port}/a")
    assert isinstance(found, ServedPage), found
    assert asked[-1][1]["Host"] == f"news.example:{port}"


def test_a_certificate_for_another_name_is_refused(certified):
    server, client = certified
    with served({"/a": (200, HTML, PAGE)}, tls=server) as (port, asked):
        row = fetcher(tls=client).fetch(f"https://other.example:{port}/a")
    assert "certificate is not valid" in refused(row) or "robots.txt" in refused(row)
    assert asked == []


def test_a_certificate_nobody_vouches_for_is_refused(certified):
    server, _ = certified
    with served({"/a": (200, HTML, PAGE)}, tls=server) as (port, asked):
        assert isinstance(fetcher().fetch(f"https://news.example:{port}/a"), Rejected)
    assert asked == []
