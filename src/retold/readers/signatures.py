"""What a file is by its first bytes: the kinds that are neither text nor HTML, and what to do about each."""

from __future__ import annotations

_ASK_TEXT = "extract its text first"
_UNPACK = "unpack it first"
# First bytes, at which offset, what the file is, what to do. From the formats' own specifications.
_SIGNATURES: tuple[tuple[bytes, int, str, str], ...] = (
    (b"%PDF-", 0, "a PDF", _ASK_TEXT),
    (b"{\\rtf", 0, "an RTF document", "save it as plain text first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "an old Office document", "save it as plain text first"),
    (b"PK\x03\x04", 0, "a ZIP archive or an Office document", _UNPACK + ", or save it as plain text"),
    (b"PK\x05\x06", 0, "an empty ZIP archive", "give the files themselves"),
    (b"\x1f\x8b\x08", 0, "compressed with gzip", _UNPACK),
    (b"\x1f\x8b", 0, "broken gzip", "get it again"),
    (b"BZh", 0, "compressed with bzip2", _UNPACK),
    (b"\xfd7zXZ\x00", 0, "compressed with xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", 0, "compressed with zstd", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7-Zip archive", _UNPACK),
    (b"ustar", 257, "a tar archive", _UNPACK),
    (b"\x89PNG\r\n\x1a\n", 0, "a PNG picture", _ASK_TEXT),
    (b"\xff\xd8\xff", 0, "a JPEG picture", _ASK_TEXT),
    (b"GIF8", 0, "a GIF picture", _ASK_TEXT),
    (b"II*\x00", 0, "a TIFF picture", _ASK_TEXT),
    (b"MM\x00*", 0, "a TIFF picture", _ASK_TEXT),
    (b"WEBPVP8", 8, "a WebP picture", _ASK_TEXT),
    (b"ftyp", 4, "a video or HEIF picture", _ASK_TEXT),
    (b"ID3", 0, "an audio file", "transcribe it first"),
    (b"OggS", 0, "an audio or video file", "transcribe it first"),
    (b"\x1aE\xdf\xa3", 0, "a video file", "transcribe it first"),
    (b"SQLite format 3\x00", 0, "an SQLite database", "export its texts first"),
    (b"PAR1", 0, "a Parquet file", "export its texts first"),
    (b"ARROW1", 0, "an Arrow file", "export its texts first"),
    (b"\x7fELF", 0, "a program", "give text or HTML files"),
    (b"WARC/", 0, "a WARC archive", "take its records out first"),
)
# A short signature may also begin a text ("BZh", "ID3", "GIF8", "PAR1"): then a byte no text has must follow soon.
_LONG_ENOUGH = 5
_SOON = 64

_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r\f\v\x1b\0"))
_NUL_OR_CONTROLS = _CONTROLS + b"\0"
_SAMPLE = 1 << 16
_BINARY_SHARE = 0.1
"""Control characters in a file above this share make it no text (texts: under .001; programs and pictures: over .2)."""


def foreign_format(raw: bytes) -> tuple[str, str] | None:
    """Return what a file is and what to do about it, None when its first bytes say nothing against text.

    >>> foreign_format(b"%PDF-1.7 ...")
    ('a PDF', 'extract its text first')
    """
    for mark, at, what, advice in _SIGNATURES:
        if raw.startswith(mark, at) and (len(mark) >= _LONG_ENOUGH or _has_controls(raw[:_SOON])):
            return what, advice
    return None


def control_share(raw: bytes) -> float:
    """Return which share of a file's start are control characters and NULs."""
    sample = raw[:_SAMPLE]
    return 1 - len(sample.translate(None, _NUL_OR_CONTROLS)) / len(sample) if sample else 0.0


def is_binary(raw: bytes) -> bool:
    """Tell whether a file with this many control characters is no text."""
    return control_share(raw) > _BINARY_SHARE


def _has_controls(start: bytes) -> bool:
    return len(start.translate(None, _NUL_OR_CONTROLS)) < len(start) or not start.isascii()
