"""Archives to test with: records as ISO 28500 writes them."""


def warc_record(
    number: int, content: bytes, *, kind: str = "response", media: str = "application/http; msgtype=response"
) -> bytes:
    """Return one record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://news.example/{number}\r\n"
        f"WARC-Date: 2020-02-16T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def http(body: bytes, *, media: str = "text/html", status: str = "200 OK", header: str = "") -> bytes:
    """Return a server's answer."""
    more = f"{header}\r\n" if header else ""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


def response(number: int, body: bytes, *, media: str = "text/html", status: str = "200 OK", header: str = "") -> bytes:
    """Return a record with a server's answer."""
    return warc_record(number, http(body, media=media, status=status, header=header))
