"""From bytes to text: encodings found, declared, wrong and broken; files that are no text."""

import pytest

from retold.readers.decode import Decoded, NotText, decode

FRENCH = "Le préfet a déclaré l’état d’urgence à Port-Alma. "
RUSSIAN = "Министр сообщил, что порт закрыт до вторника. "


def decoded(raw: bytes) -> Decoded:
    found = decode(raw)
    assert isinstance(found, Decoded), found
    return found


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (b"Rain fell.", "Rain fell.", "utf-8"),
        (FRENCH.encode(), FRENCH, "utf-8"),
        (b"\xef\xbb\xbf" + FRENCH.encode(), FRENCH, "utf-8"),
        (FRENCH.encode("utf-16"), FRENCH, "utf-16-le"),
        (b"\xfe\xff" + FRENCH.encode("utf-16-be"), FRENCH, "utf-16-be"),
        (FRENCH.encode("utf-32"), FRENCH, "utf-32-le"),
        (FRENCH.encode("utf-16-le"), FRENCH, "utf-16-le"),
        (FRENCH.encode("utf-16-be"), FRENCH, "utf-16-be"),
        (FRENCH.encode("cp1252"), FRENCH, "cp1252"),
        (20 * RUSSIAN.encode("cp1251"), 20 * RUSSIAN, "cp1251"),
        (b'<meta charset="koi8-r">' + RUSSIAN.encode("koi8-r"), '<meta charset="koi8-r">' + RUSSIAN, "koi8-r"),
        (
            b'<?xml version="1.0" encoding="iso-8859-1"?>\x93Shut\x94',
            '<?xml version="1.0" encoding="iso-8859-1"?>“Shut”', "cp1252",
        ),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n", "utf-8"),
        ("港は閉鎖".encode("iso2022_jp").join([b'<meta charset="iso-2022-jp">', b""]),
         '<meta charset="iso-2022-jp">港は閉鎖', "iso2022_jp"),
    ],
)  # fmt: skip
def test_the_encoding_is_found(raw, text, encoding):
    found = decoded(raw)
    assert (found.text, found.encoding) == (text, encoding)


def test_a_wrong_declaration_is_told():
    found = decoded(b'<meta charset="windows-1252">' + FRENCH.encode())
    assert found.text.endswith(FRENCH)
    assert found.remarks == ("declared as 'windows-1252' but is utf-8",)


def test_an_unknown_declaration_is_told():
    found = decoded(b'<meta charset="utf-ate">' + FRENCH.encode("cp1252"))
    assert found.text.endswith(FRENCH)
    assert found.remarks == ("declared as 'utf-ate' but read as cp1252",)


def test_bytes_that_do_not_fit_are_kept_and_told():
    found = decoded(100 * FRENCH.encode() + b"\x93Shut\x94")
    assert found.text.endswith("“Shut”")
    at = len(100 * FRENCH.encode())
    assert found.remarks == (f"2 bytes are no utf-8, the first at byte {at:,}; each is read as windows-1252",)


def test_every_byte_gives_a_character_that_can_be_written():
    for raw in (bytes(range(32, 256)), b"ok " * 40 + bytes(range(128, 256)), b"\xed\xa0\x80 " * 3):
        found = decoded(raw)
        assert found.text.encode("utf-8")


def test_a_torn_utf_16_file_is_told():
    found = decoded(FRENCH.encode("utf-16")[:-1])
    assert found.text[:20] == FRENCH[:20]
    assert "U+FFFD" in found.remarks[0]


def test_nul_characters_stay_and_are_told():
    found = decoded(b"Rain\0fell. " * 3 + b"It stopped at noon, the port said. " * 9)
    assert found.text.startswith("Rain\0fell.")
    assert found.remarks == ("3 NUL characters, the first at character 4",)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an Office document"),
        (b"\x1f\x8b\x08\x00", "compressed with gzip"),
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"{\\rtf1\\ansi Rain}", "an RTF document"),
        (b"WARC/1.0\r\nWARC-Type: response", "a WARC archive"),
        (bytes(range(32)) * 20, "a binary file"),
    ],
)
def test_files_that_are_no_text_are_told_by_what_they_are(raw, what):
    found = decode(raw)
    assert isinstance(found, NotText)
    assert found.what == what


@pytest.mark.parametrize("raw", [b"BZh is a name", b"ID3 asked", b"GIF89 is a format", b"PAR1 to PAR4", b"PKK said"])
def test_a_text_may_begin_like_a_signature(raw):
    assert decoded(raw).text == raw.decode()


@pytest.mark.parametrize("label", ["utf-16", "cp037", "utf-7", "rot13", "nothing"])
def test_a_declaration_that_could_not_have_been_read_is_not_believed(label):
    found = decoded(f'<meta charset="{label}">{FRENCH}'.encode())
    assert found.text.endswith(FRENCH)
    assert found.remarks == (f"declared as '{label}' but is utf-8",)
