"""Fetching one page from the web, on request only: the one function through which Retold opens a connection.

Every hop is judged anew: http or https, a name all of whose addresses are public, and the connection goes to the very
address that was judged, under the name's own certificate, so that a second answer of the name server changes nothing.
robots.txt is obeyed (RFC 9309). Redirects, time, received bytes and unpacked bytes have caps. What is not fetched is a
row of ``rejected``.

http.client is enough here: what a larger library would add (pools, cookies, credentials, proxies of the environment) is
what must not happen.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import sleep
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from protego import Protego

from retold.model.page import Rejected
from retold.readers.addresses import is_public
from retold.readers.formats import HEAD_BYTES, Kind, kind_of
from retold.readers.items import ServedPage, WholeFile, WholeKind
from retold.readers.warc import PAGE_TYPES, unpacked

ROBOT = "Retold"
"""The name by which robots.txt may speak of us."""
_AGENT_VERSION = re.compile(r"[^\w.+-]")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, application/rss+xml;q=0.5, application/atom+xml;q=0.5"
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_LEAST_FREE_PORT = 1024
_READ = 1 << 16
_SAFE = "/%:=&?~#+!$,;'@()*[]"

Resolve = Callable[[str, int], list[str]]
"""From a host and a port to its addresses."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What fetching one page may take, robots.txt and redirects apart from each other."""

    time_s: float = 20.0
    size_bytes: int = 16 << 20
    robots_bytes: int = 512 << 10
    n_redirects: int = 5
    wait_s: float = 30.0
    """The longest wait between two pages of a host that is kept to; a host that asks for more is not asked again."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said."""

    status: int
    fields: dict[str, str]
    body: bytes


class _NotFetched(Exception):  # noqa: N818  # a reason on its way to a row of rejected, never shown as an error
    """Why a page is not fetched, as the end of a sentence; ``is_wrong`` when it is the address that is wrong."""

    def __init__(self, said: str, *, is_wrong: bool = False) -> None:
        self.said, self.is_wrong = said, is_wrong
        super().__init__(said)


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses that the system gives for a host, best first. Raises OSError when it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(slots=True)
class Fetcher:
    """Fetches pages one after the other, politely: one robots.txt a host, and a wait between two pages of one host.

    ``is_allowed`` judges an address and ``resolve`` finds those of a host; both are for tests, which have only this
    machine to fetch from.
    """

    version: str
    limits: Limits = field(default_factory=Limits)
    is_allowed: Callable[[str], bool] = is_public
    resolve: Resolve = addresses_of
    tls: ssl.SSLContext | None = None
    wait: Callable[[float], None] = sleep
    _rules: dict[str, Protego | None] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def fetch(self, url: str) -> ServedPage | WholeFile | Rejected:
        """Return the page at an address, or why it is not fetched."""
        shown = re.sub(r"[^ -~]", "\ufffd", url)[:500]
        try:
            return self._followed(_parsed(url))
        except _NotFetched as reason:
            return Rejected(shown, f"'{shown}' {reason.said}", None if reason.is_wrong else 0)

    def _followed(self, parts: SplitResult) -> ServedPage | WholeFile:
        """Follow redirects to the page."""
        asked = urlunsplit(parts)
        for _ in range(self.limits.n_redirects + 1):
            self._check_robots(parts)
            answer = self._ask(parts, self.limits.size_bytes)
            if answer.status not in _REDIRECTS:
                return _page(asked, parts, answer)
            target = answer.fields.get("location", "")
            if not target:
                raise _NotFetched("is redirected to nowhere; open it in a browser")
            parts = _parsed(_joined(parts, target))
        raise _NotFetched(f"is redirected more than {self.limits.n_redirects} times; give the address it leads to")

    def _check_robots(self, parts: SplitResult) -> None:
        """Raise where robots.txt of the host speaks against the address; wait where it asks for that."""
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._robots_of(parts)
        rules = self._rules[site]
        if rules is None:
            raise _NotFetched(f"is not fetched: robots.txt of '{parts.hostname}' cannot be had; try later")
        if not rules.can_fetch(urlunsplit(parts), ROBOT):
            raise _NotFetched(f"is not fetched: robots.txt of '{parts.hostname}' forbids it; ask its publisher")
        if site in self._asked:
            wait_s = max(1.0, float(rules.crawl_delay(ROBOT) or 0))
            if wait_s > self.limits.wait_s:
                raise _NotFetched(f"is not fetched: its host asks to wait {wait_s:,.0f} s; fetch it alone")
            self.wait(wait_s)
        self._asked.add(site)

    def _robots_of(self, parts: SplitResult) -> Protego | None:
        """Return the rules of a site; none of its own where it has no such file, None where that cannot be learned."""
        where = parts._replace(path="/robots.txt", query="", fragment="")
        for _ in range(self.limits.n_redirects + 1):
            try:
                answer = self._ask(where, self.limits.robots_bytes, is_cut=True)
            except _NotFetched as reason:
                if reason.is_wrong:
                    raise
                return None
            if answer.status in _REDIRECTS and answer.fields.get("location"):
                where = _parsed(_joined(where, answer.fields["location"]))
            elif answer.status < 300:
                return Protego.parse(answer.body.decode("utf-8", "replace"))
            else:
                return Protego.parse("") if answer.status < 500 else None
        return None

    def _ask(self, parts: SplitResult, most_bytes: int, *, is_cut: bool = False) -> _Answer:
        """Ask one server once; ``is_cut`` takes the beginning of what is too long."""
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            with self._connected(host, port, is_tls=parts.scheme == "https") as connection:
                return self._exchange(connection, parts, most_bytes, is_cut=is_cut)
        except ssl.SSLCertVerificationError as error:
            raise _NotFetched(f"is not fetched: its certificate is not valid ({error.verify_message})") from error
        except TimeoutError as error:
            raise _NotFetched(f"was not there after {self.limits.time_s:g} s; try later") from error
        except (OSError, http.client.HTTPException) as error:
            why = " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())[:200]
            raise _NotFetched(f"cannot be reached: {why}; check the address and the network") from error

    @contextlib.contextmanager
    def _connected(self, host: str, port: int, *, is_tls: bool) -> Iterator[http.client.HTTPConnection]:
        """Connect to a host at an address that was judged; end after the time limit, whatever the server sends."""
        plain = self._opened(host, port)
        is_over = threading.Event()

        def end() -> None:
            is_over.set()
            with contextlib.suppress(OSError):
                plain.shutdown(socket.SHUT_RDWR)

        clock = threading.Timer(self.limits.time_s, end)
        clock.daemon = True
        clock.start()
        connection = (http.client.HTTPSConnection if is_tls else http.client.HTTPConnection)(host, port)
        connection.auto_open = 0  # never a second connection, to an address nobody judged
        try:
            context = (self.tls or ssl.create_default_context()) if is_tls else None
            connection.sock = context.wrap_socket(plain, server_hostname=host) if context else plain
            yield connection
            if is_over.is_set():  # the end of the connection looks like the end of the page
                raise TimeoutError
        except (OSError, http.client.HTTPException) as error:
            if is_over.is_set():
                raise TimeoutError from error
            raise
        finally:
            clock.cancel()
            connection.close()
            plain.close()

    def _opened(self, host: str, port: int) -> socket.socket:
        """Return a connection to one of the host's addresses, all of which must be allowed."""
        addresses = self.resolve(host, port)
        for address in addresses:
            if not self.is_allowed(address):
                found = f"leads to '{address}', which is not on the public internet; nothing else is fetched from"
                raise _NotFetched(found, is_wrong=True)
        failed: OSError = OSError(f"no address is known for '{host}'")
        for address in addresses:
            try:
                return socket.create_connection((address, port), timeout=self.limits.time_s)
            except OSError as error:
                failed = error
        raise failed

    def _exchange(
        self, connection: http.client.HTTPConnection, parts: SplitResult, most_bytes: int, *, is_cut: bool
    ) -> _Answer:
        """Send the request and read the answer, up to the cap."""
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        headers = {
            "User-Agent": f"{ROBOT}/{_AGENT_VERSION.sub('', self.version)} (reads single pages on a person's request)",
            "Accept": _ACCEPT, "Accept-Encoding": "gzip, identity;q=0.5", "Connection": "close",
        }  # fmt: skip
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in reversed(response.getheaders())}
        if response.status in _REDIRECTS:
            return _Answer(response.status, fields, b"")
        body = bytearray()
        while len(body) <= most_bytes and (piece := response.read(_READ)):
            body += piece
        if len(body) > most_bytes and not is_cut:
            raise _NotFetched(f"has over {most_bytes >> 20} MB, more than is fetched; save it and give the file")
        length = fields.get("content-length", "")
        if length.isascii() and length.isdigit() and len(body) < min(int(length[:18]), most_bytes):
            raise OSError(f"only {len(body):,} of {int(length[:18]):,} bytes came")
        return _Answer(response.status, fields, bytes(body[:most_bytes]))


def _joined(parts: SplitResult, target: str) -> str:
    """Return where a redirect leads; what is no address is judged as it is."""
    try:
        return urljoin(urlunsplit(parts), target)
    except ValueError:
        return target


def _parsed(url: str) -> SplitResult:
    """Return the parts of an address that may be fetched, written in ASCII without its fragment."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        name = (host or "").encode("idna").decode("ascii") if host and not host.isascii() else host or ""
    except ValueError:  # UnicodeError among them
        raise _NotFetched("is no address of a page; give one like https://news.example/page", is_wrong=True) from None
    if parts.scheme not in ("http", "https") or not name or re.search(r"[\s\x00-\x20\x7f/\\@]", name):
        raise _NotFetched("is no address of a page; give one that begins with https:// or http://", is_wrong=True)
    if "@" in parts.netloc:
        raise _NotFetched("names a user; give the address without", is_wrong=True)
    if port is not None and port < _LEAST_FREE_PORT and port not in (80, 443):
        raise _NotFetched(f"asks for port {port}, where no web server is; give the address of a page", is_wrong=True)
    netloc = (f"[{name}]" if ":" in name else name) + (f":{port}" if port is not None else "")
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return SplitResult(parts.scheme, netloc, path, query, "")


def _page(asked: str, parts: SplitResult, answer: _Answer) -> ServedPage | WholeFile:
    """Return what an answer holds, unread. Raises _NotFetched where it holds nothing that can be read."""
    if not 200 <= answer.status < 300:
        raise _NotFetched(f"is not there: its server answers {answer.status}; check the address")
    url = urlunsplit(parts)
    kind = answer.fields.get("content-type", "")
    media = kind.partition(";")[0].strip().lower()
    packing = answer.fields.get("content-encoding", "").lower()
    if media not in PAGE_TYPES:
        return _many(url, answer.body, packing, media)
    charset = _CHARSET.search(kind)
    facts = [("url", url), ("media-type", media)]
    if url != asked:
        facts.append(("redirected-from", asked))
    return ServedPage(
        url, answer.body, None, url, charset=charset[1] if charset else None,
        packing=("", packing), facts=tuple(facts),
    )  # fmt: skip


def _many(url: str, body: bytes, packing: str, media: str) -> WholeFile:
    """Return a feed, a news item or JSON, unread."""
    content = unpacked(body, "", packing)
    if isinstance(content, str):
        raise _NotFetched(content)
    kind = kind_of(urlsplit(url).path, content[:HEAD_BYTES])
    if kind not in (Kind.FEED, Kind.WIRE, Kind.JSON):
        raise _NotFetched(f"is of type {media[:60] or 'unknown'}, not a page or a feed")
    return WholeFile(url, content, WholeKind(kind.value))
