"""JSON, JSON lines, CSV and Parquet in Retold's, passim's and news-please's fields."""

import codecs
import gzip
import json

import pytest

from retold.model.page import PageFormat, Rejected
from retold.readers import ReadPage, iter_pages, read_paths

RETOLD = {
    "id": "losk-1", "url": "http://losk.example/1", "outlet": "Losk Tribune", "published": "2020-02-16T10:00:00Z",
    "modified": "2020-02-17", "title": "Port shut", "authors": ["Ada Reed", "Bo Lind"], "language": "en",
    "text": "Rain fell.\nThe port closed.", "desk": 4, "seen": {"by": "x"}, "empty": None,
}  # fmt: skip
PASSIM = {"id": "p-1", "series": "losk", "text": "Rain fell."}
NEWS_PLEASE = {
    "maintext": "Rain fell.", "title": "Port shut", "date_publish": "2020-02-16 10:00:00",
    "date_modify": None, "source_domain": "losk.example", "url": "http://losk.example/1", "authors": [],
}  # fmt: skip


def _packed(raw):
    """Return the bytes packed without the time of day, which would stand in the names of tests."""
    return gzip.compress(raw, mtime=0)


def read(tmp_path, raw: bytes | str, name: str) -> list[ReadPage | Rejected]:
    path = tmp_path / name
    path.write_bytes(raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw)
    return list(iter_pages(path))


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def facts(page: ReadPage) -> list[tuple[str, str]]:
    return [(row.name, row.value) for row in page.declared if row.origin == "record"]


def test_a_record_in_retolds_fields(tmp_path):
    (page,) = read(tmp_path, lines(RETOLD), "a.jsonl")
    assert isinstance(page, ReadPage)
    assert (page.page.source, page.page.source_id) == ("http://losk.example/1", "losk-1")
    assert (page.page.text, page.page.format) == ("Rain fell.\nThe port closed.", PageFormat.TEXT)
    assert page.page.characters.difference == 0
    assert facts(page) == [
        ("url", "http://losk.example/1"), ("outlet", "Losk Tribune"), ("published", "2020-02-16T10:00:00Z"),
        ("modified", "2020-02-17"), ("title", "Port shut"), ("authors", "Ada Reed"), ("authors", "Bo Lind"),
        ("language", "en"), ("desk", "4"), ("seen", '{"by": "x"}'),
    ]  # fmt: skip


def test_records_of_passim_and_news_please(tmp_path):
    first, second = read(tmp_path, lines(PASSIM, NEWS_PLEASE), "a.jsonl")
    assert isinstance(first, ReadPage)
    assert (first.page.source_id, facts(first)) == ("p-1", [("outlet", "losk")])
    assert first.page.source.endswith("a.jsonl#1")
    assert isinstance(second, ReadPage)
    assert second.page.text == "Rain fell."
    assert facts(second) == [
        ("title", "Port shut"), ("published", "2020-02-16 10:00:00"), ("outlet", "losk.example"),
        ("url", "http://losk.example/1"),
    ]  # fmt: skip


def test_html_in_a_record_is_laid_out_and_keeps_its_own_metadata(tmp_path):
    (page,) = read(tmp_path, lines({"html": "<html lang=en><p>Rain fell.", "text": "other", "title": "T"}), "a.jsonl")
    assert isinstance(page, ReadPage)
    assert (page.page.text, page.page.format) == ("Rain fell.", PageFormat.HTML)
    assert [row.origin for row in page.declared] == ["html", "record"]
    assert page.page.remarks == ("read from its field 'html'; its field 'text' is not used",)


def test_text_that_looks_like_markup_or_data_stays_text(tmp_path):
    for text in ("<p>One</p><p>Two</p><p>Three</p>", '{"a": 1}', "%PDF-1.4", "# Rain"):
        (page,) = read(tmp_path, lines({"text": text}), "a.jsonl")
        assert isinstance(page, ReadPage)
        assert (page.page.text, page.page.format) == (text, PageFormat.TEXT)


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        ('{"text": "Rain', "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ('{"id": ' + "9" * 5000 + "}", "is no JSON"),
        ("[1, 2]", "no record with named fields"),
        ('{"name": "x"}', "has no field for a text"),
        ('{"text": ""}', "holds no text"),
        ('{"text": null, "id": 1}', "holds no text"),
        ('{"text": ["a"]}', "holds no text"),
        ("\0\1\2\3\4\5\6\7", "is no JSON"),
        ('{"html": "<script>x</script>"}', "shows no text"),
    ],
)
def test_a_bad_record_is_named_and_its_neighbours_are_read(tmp_path, bad, what):
    first, row, last = read(tmp_path, f"{lines(PASSIM)}{bad}\n{lines(NEWS_PLEASE)}", "a.jsonl")
    assert isinstance(first, ReadPage)
    assert isinstance(last, ReadPage)
    assert isinstance(row, Rejected)
    assert row.source.endswith("a.jsonl#2")
    assert "a.jsonl#2'" in row.reason
    assert what in row.reason


def test_odd_json_is_read(tmp_path):
    raw = '\ufeff{"text": "Rain \\ud800 fell\\u0000.", "n": NaN, "m": Infinity, "text2": 1, "n": 2}\r\n\r\n'
    (page,) = read(tmp_path, raw, "a.jsonl")
    assert isinstance(page, ReadPage)
    assert page.page.text == "Rain \ufffd fell\0."
    assert facts(page) == [("n", "2"), ("m", "Infinity"), ("text2", "1"), ("n (2)", "NaN")]
    assert page.page.remarks == ("lone surrogates are read as U+FFFD",)
    (page,) = read(tmp_path, '{"text": "Café"}\n'.encode("cp1252"), "a.jsonl")
    assert isinstance(page, ReadPage)
    assert page.page.text == "Café"


@pytest.mark.parametrize(
    ("raw", "name", "n_pages"),
    [
        (json.dumps([PASSIM, NEWS_PLEASE]), "a.json", 2),
        (json.dumps({"items": [PASSIM, 3]}), "a.json", 1),
        (json.dumps(RETOLD, indent=1), "a.json", 1),
        (lines(PASSIM, NEWS_PLEASE), "a.json", 2),
        (lines(PASSIM, NEWS_PLEASE), "a.txt", 2),
        (_packed(lines(PASSIM, NEWS_PLEASE).encode()), "a.jsonl.gz", 2),
        (_packed(json.dumps([PASSIM]).encode()), "a", 1),
        (json.dumps([PASSIM]).encode("utf-16"), "a.json", 1),
        (_packed(b"<html><p>Rain fell."), "a.html.gz", 1),
        (_packed(b"Rain fell."), "a.txt.gz", 1),
        ("id,text\n1,Rain fell.\n", "a.csv", 1),
        ('\ufeffid;text;title\r\n1;"Rain ""fell"".\r\nIt stopped.";Port\r\n\r\n2;x;y', "a.csv", 2),
        ("id\tmaintext\n1\tRain fell.\n", "a.tsv", 1),
    ],
)
def test_forms_of_a_file_of_records(tmp_path, raw, name, n_pages):
    assert sum(isinstance(page, ReadPage) for page in read(tmp_path, raw, name)) == n_pages


def test_a_text_that_begins_like_json_stays_a_text(tmp_path):
    for text in ('{"Rain", he said}', '[{"quoted"}] Rain fell.', "[Updated] Rain fell.", "{rain}"):
        (page,) = read(tmp_path, text, "a.txt")
        assert isinstance(page, ReadPage)
        assert page.page.text == text


def test_csv_cells_keep_their_lines_and_bytes(tmp_path):
    raw = b'id,text,authors\n1,"Caf\xe9 shut\nRain fell.",Ada Reed\n2,x\n3,y,z\n'
    first, row, last = read(tmp_path, raw, "a.csv")
    assert isinstance(first, ReadPage)
    assert first.page.text == "Café shut\nRain fell."
    assert first.page.source_id == "1"
    assert isinstance(row, Rejected)
    assert "near line 4) has 2 fields, but 3 are named" in row.reason
    assert isinstance(last, ReadPage)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ('["Ada Reed", "Bo Lind"]', ["Ada Reed", "Bo Lind"]),
        ("['Ada Reed']", ["Ada Reed"]),
        ("['Ada Reed', \"Pat O'Dell\"]", ["Ada Reed", "Pat O'Dell"]),
        ("[]", []),
        ("Ada Reed [Losk]", ["Ada Reed [Losk]"]),
        ("[Ada Reed]", ["[Ada Reed]"]),
    ],
)
def test_a_list_of_names_written_into_one_cell_is_a_list(tmp_path, cell, names):
    quoted = cell.replace('"', '""')
    (page,) = read(tmp_path, f'text,authors,desk\nRain fell.,"{quoted}","[""x""]"\n', "a.csv")
    assert isinstance(page, ReadPage)
    assert facts(page) == [*[("authors", name) for name in names], ("desk", '["x"]')]


def test_a_quotation_mark_that_is_never_closed_is_remarked(tmp_path):
    good, bad = read(tmp_path, 'id,text\n1,"Rain ""fell""\nall day."\n2,"Rain\n3,fell\n', "a.csv")
    assert isinstance(good, ReadPage)
    assert isinstance(bad, ReadPage)
    assert good.page.remarks == ()
    assert any("is not closed: 2 lines are read as one record" in remark for remark in bad.page.remarks)


@pytest.mark.parametrize(
    ("raw", "name", "what"),
    [
        ("a,b\n1,2\n", "a.csv", "is CSV that has no field for a text"),
        ('{"a": 1}', "a.json", "is JSON that has no field for a text"),
        ("[]", "a.json", "is JSON without a record"),
        ('{"text": ', "a.json", "is no JSON"),
        (b"PAR1\0\0\0\0", "a.parquet", "is broken Parquet: "),
        ("", "a.jsonl", "is empty"),
        ("\n\n", "a.jsonl", "holds no record"),
        ("id,text\n", "a.csv", "holds no record"),
        (b"\x1f\x8bxyz\0\1", "a.gz", "broken gzip"),
        (_packed(_packed(b"x")), "a.gz", "compressed with gzip"),
        (_packed(b"Rain fell. " * 90)[:-9], "b.txt.gz", "it is cut off"),
        (_packed(bytes(9 << 20)), "c.txt.gz", "over 200 times its size"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, raw, name, what):
    assert any(isinstance(row, Rejected) and what in row.reason for row in read(tmp_path, raw, name))


def test_parquet(tmp_path):
    import pyarrow
    import pyarrow.parquet

    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": [1, 2, 3], "text": ["Rain.", None, "Wind."]}), path)
    first, row, last = iter_pages(path)
    assert isinstance(first, ReadPage)
    assert first.page.source_id == "1"
    assert isinstance(row, Rejected)
    assert row.source.endswith("#2")
    assert isinstance(last, ReadPage)


def test_standard_input_may_be_records():
    assert len(read_paths(["-"], stdin=lines(PASSIM, NEWS_PLEASE).encode())) == 2


def test_records_stream(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(lines(PASSIM) * 3 + "{broken")
    pages = iter_pages(path)
    assert isinstance(next(pages), ReadPage)
    assert len(list(pages)) == 3


def test_a_folder_reads_archives_but_not_files_that_may_hold_anything(tmp_path):
    for name in ("a.jsonl", "b.jsonl.gz", "c.json", "d.csv", ".e.jsonl", "README.gz", "f.gz"):
        raw = lines({**PASSIM, "id": name}).encode()
        (tmp_path / name).write_bytes(_packed(raw) if name.endswith("gz") else raw)
    assert [page.page.source_id for page in read_paths([str(tmp_path)]) if isinstance(page, ReadPage)] == [
        "a.jsonl",
        "b.jsonl.gz",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.tsv"])
def test_lines_in_utf_16_are_read(tmp_path, name, encoding):
    text = (
        '{"id": "r1", "text": "Zoë fell."}\n' * 2 if name == "a.jsonl" else "id\ttext\nr1\tZoë fell.\nr1\tZoë fell.\n"
    )
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    path = tmp_path / name
    path.write_bytes(mark + text.encode(encoding))
    pages = list(iter_pages(path))
    assert [(page.page.source_id, page.page.text) for page in pages] == [("r1", "Zoë fell.")] * 2


def test_a_binary_column_of_parquet_is_text(tmp_path):
    import pyarrow
    import pyarrow.parquet

    path = tmp_path / "a.parquet"
    table = pyarrow.table({"id": ["r1"], "html": pyarrow.array(["<p>Zoë fell.".encode()], pyarrow.binary())})
    pyarrow.parquet.write_table(table, path)
    (page,) = iter_pages(path)
    assert page.page.text == "Zoë fell."
