"""From bytes to text: which encoding a page is in, and what was odd about it.

The order: byte-order mark; UTF-16 by its pattern of zero bytes; UTF-8 where it fits; what the page declares; then the
likeliest guess. No byte is lost: where a byte does not fit, the character it is in windows-1252 stands in the text, and
a remark says how many there were and where the first one was. Line ends and NUL characters stay as they are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from retold.readers.signatures import foreign_format, is_binary


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was in, and remarks on what did not fit."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotText:
    """What a file is instead of text, and what to do about it."""

    what: str
    advice: str


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# WHATWG Encoding Standard: the labels whose meaning on the web is wider than their name, by Python's names.
_LABELS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
_TEXT_ENCODING = re.compile(
    r"(?:utf-8|cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*"
    r"|iso2022_\w+|hz|johab|tis-620|ptcp154|ascii)$"
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})|<\?xml[^>]{0,80}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
"""The standard stops at 1,024 bytes; pages with long comments in front declare later."""

_PLAIN_ASCII = b'<meta charset="A-z_09">'
_ESCAPED = re.compile("[\udc80-\udcff]")
_BYTE_AS_CHARACTER = {
    0xDC00 + byte: bytes([byte]).decode("cp1252" if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1")
    for byte in range(0x80, 0x100)
}
_MOST_MISFITS = 0.05
"""Bytes that do not fit, as a share of those above 127, up to which an encoding is still believed."""

_GUESS_SAMPLE = 1 << 16
_WESTERN = frozenset("àâäçéèêëíîïñóôöúùûüßæøåœáãìòõÀÂÄÇÉÈÊËÍÎÏÑÓÔÖÚÙÛÜÆØÅŒÁÃÌÒÕ“”‘’„‚–—…•€£©®™«»°§·¡¿´½\xa0")
_WESTERN_SHARE = 0.25
"""Bytes above 127 in text of a Latin alphabet stay under this share; in Greek or Cyrillic they are over half."""


def decode(raw: bytes) -> Decoded | NotText:
    """Return the text of a file's bytes, or what the file is instead of text.

    >>> decode("Zoë said".encode("cp1252")).text
    'Zoë said'
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _with_nuls(_decode_wide(raw[len(mark) :], encoding))
    if (foreign := foreign_format(raw)) is not None:
        return NotText(*foreign)
    if (wide := _wide_without_mark(raw)) is not None:
        decoded = _decode_wide(raw, wide)
        return _with_nuls(Decoded(decoded.text, wide, (*decoded.remarks, f"{wide} without a byte-order mark")))
    if is_binary(raw):
        return NotText("a binary file", "give text or HTML files")
    return _with_nuls(_decode_unmarked(raw))


def declared_encoding(raw: bytes) -> str | None:
    """Return the label of the encoding that a page declares in its first bytes, as it stands there."""
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def python_encoding(label: str) -> str | None:
    """Return Python's name of the encoding a label means on the web; None when it is none of text.

    Nor is it one whose ASCII is not plain (UTF-16, EBCDIC): then the label could not have been read as it was.

    >>> python_encoding("ISO-8859-1")
    'cp1252'
    """
    try:
        name = codecs.lookup(label).name
        if _TEXT_ENCODING.match(name) is None or _PLAIN_ASCII.decode(name) != _PLAIN_ASCII.decode():
            return None
    except (LookupError, ValueError):
        return None
    return _LABELS.get(name, name)


def _decode_unmarked(raw: bytes) -> Decoded:
    """Decode bytes without a byte-order mark: UTF-8, what is declared, or a guess."""
    label = declared_encoding(raw)
    declared = python_encoding(label) if label else None
    is_escaping = declared is not None and declared.startswith(("iso2022", "hz"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(raw, label, declared)
    if is_escaping and declared is not None:
        decoded, n_misfits = _decode_keeping(raw, declared)
        if not n_misfits:
            return decoded
    if label and declared != "utf-8" and not raw.isascii():
        return Decoded(text, "utf-8", (f"declared as '{label}' but is utf-8",))
    return Decoded(text, "utf-8")


def _decode_other(raw: bytes, label: str | None, declared: str | None) -> Decoded:
    """Decode bytes that are not clean UTF-8."""
    n_high = len(raw) - len(raw.translate(None, bytes(range(0x80, 0x100))))
    for encoding in dict.fromkeys((declared, "utf-8")):
        if encoding is None:
            continue
        decoded, n_misfits = _decode_keeping(raw, encoding)
        if n_misfits <= _MOST_MISFITS * n_high or (encoding == "utf-8" and n_misfits < n_high // 2 and n_misfits < 3):
            return decoded if encoding == declared or not label else _wrongly_declared(decoded, label)
    decoded, _ = _decode_keeping(raw, _guess(raw))
    return _wrongly_declared(decoded, label) if label else decoded


def _wrongly_declared(decoded: Decoded, label: str) -> Decoded:
    remark = f"declared as '{label}' but read as {decoded.encoding}"
    return Decoded(decoded.text, decoded.encoding, (remark, *decoded.remarks))


def _decode_keeping(raw: bytes, encoding: str) -> tuple[Decoded, int]:
    """Decode, bytes that do not fit as windows-1252; return also how many those were."""
    try:
        text = raw.decode(encoding, "surrogateescape")
    except (UnicodeDecodeError, LookupError):  # some codecs cannot pass on a byte below 128
        return _decode_wide(raw, encoding), len(raw)
    first = _ESCAPED.search(text)
    if first is None:
        return Decoded(text, encoding), 0
    n_misfits = len(_ESCAPED.findall(text))
    try:
        at = len(text[: first.start()].encode(encoding, "surrogateescape"))
        where = f"the first at byte {at:,}"
    except UnicodeEncodeError:
        where = f"the first at character {first.start():,}"
    remark = f"{n_misfits:,} bytes are no {encoding}, {where}; each is read as windows-1252"
    if encoding == "cp1252":
        remark = f"{n_misfits:,} bytes have no character in cp1252, {where}; each is kept as a control character"
    return Decoded(text.translate(_BYTE_AS_CHARACTER), encoding, (remark,)), n_misfits


def _decode_wide(raw: bytes, encoding: str) -> Decoded:
    """Decode what follows a byte-order mark; what does not fit becomes U+FFFD and is counted."""
    if encoding == "utf-8":
        return _decode_keeping(raw, encoding)[0]
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = raw.decode(encoding, "replace")
        n_replaced = text.count("\ufffd")
        where = f"the first at byte {error.start:,}"
        remark = f"{n_replaced:,} characters are no {encoding}, {where}; each is read as U+FFFD"
        return Decoded(text, encoding, (remark,))


def _wide_without_mark(raw: bytes) -> str | None:
    """Return the UTF-16 byte order of bytes whose every second one is mostly zero, None for anything else.

    Text of other scripts than Latin cannot be told this way and needs its mark.
    """
    sample = raw[: min(len(raw), 4096) // 2 * 2]
    if len(sample) < 8:
        return None
    n_units = len(sample) // 2
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > 0.6 * n_units and low < 0.1 * n_units:
        return "utf-16-le"
    if low > 0.6 * n_units and high < 0.1 * n_units:
        return "utf-16-be"
    return None


def _guess(raw: bytes) -> str:
    """Return the likeliest encoding of bytes that are no UTF-8 and declare nothing that fits."""
    sample = raw[:_GUESS_SAMPLE]
    high = sample.translate(None, bytes(range(0x80)))
    as_western = high.decode("cp1252", "replace")
    if len(high) < _WESTERN_SHARE * len(sample) and sum(c in _WESTERN for c in as_western) > 0.95 * len(high):
        return "cp1252"
    from charset_normalizer import from_bytes  # a slow import that hardly any page needs

    best = from_bytes(sample).best()
    return (python_encoding(best.encoding) if best else None) or "cp1252"


def _with_nuls(decoded: Decoded) -> Decoded:
    """Remark on NUL characters; they stay in the text."""
    n_nuls = decoded.text.count("\0")
    if not n_nuls:
        return decoded
    remark = f"{n_nuls:,} NUL characters, the first at character {decoded.text.index(chr(0)):,}"
    return Decoded(decoded.text, decoded.encoding, (*decoded.remarks, remark))
