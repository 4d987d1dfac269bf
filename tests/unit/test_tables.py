"""Tables: Arrow schemas and lossless round trips of every table, and a meaning for every column."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.errors import TableError
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.pipeline import STAGES
from retold.tables.arrow import escaped, from_arrow, schema_of, to_arrow, unescaped
from retold.tables.hints import bare, is_optional, item, members
from retold.tables.meanings import MEANINGS, docs_page
from retold.tables.table import ALL_TABLES, MATCHES, PAGES, SENTENCES, TIMES

pa = pytest.importorskip("pyarrow")

DOCS = Path(__file__).parents[2] / "docs" / "tables.md"

# Any code point, lone surrogates, NUL and the mark of the escape among them.
TEXT = st.text(st.one_of(st.characters(), st.sampled_from("\ud800\udfff\ufdd0\0")), max_size=8)
PLAIN = {
    str: TEXT,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
}


def values_of(hint):
    if is_optional(hint):
        return st.none() | values_of(bare(hint))
    hint = bare(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if inner := item(hint):
        return st.lists(values_of(inner), max_size=3).map(tuple)
    if issubclass(hint, str):
        return st.sampled_from(hint)
    return st.builds(hint, *(values_of(member) for _, member in members(hint)))


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
@settings(max_examples=25)
@given(st.data())
def test_rows_come_back_equal_from_arrow(table, data):
    rows = tuple(data.draw(st.lists(values_of(table.row), max_size=4)))
    stored = to_arrow(table, rows)
    stored.validate(full=True)
    assert stored.schema == schema_of(table)
    back = from_arrow(table, stored)
    assert back == rows
    assert [repr(row) for row in back] == [repr(row) for row in rows]


@given(TEXT)
def test_escaped_text_is_utf_8_and_comes_back(text):
    escaped(text).encode()
    assert unescaped(escaped(text)) == text


def test_ordinary_text_is_stored_as_it_is():
    assert escaped("Rain fell — 🙂 on “the” port.\0") == "Rain fell — 🙂 on “the” port.\0"


def test_schema_has_the_types_and_nulls_of_the_row_class():
    schema = schema_of(TIMES)
    assert schema.field("value").type == pa.string()
    assert not schema.field("value").nullable
    assert schema.field("edtf").nullable
    assert schema.field("span").type.names == ["start", "end"]
    assert schema_of(MATCHES).field("shared_words").type == pa.int64()
    spans = schema_of(MATCHES).field("spans").type
    assert pa.types.is_list(spans)
    assert spans.value_type.names == ["a0", "a1", "b0", "b1", "type"]


def test_value_that_does_not_fit_names_its_table():
    with pytest.raises(TableError, match="table 'sentences': a value does not fit"):
        to_arrow(SENTENCES, [Sentence(PageId("a"), 2**63, 2**63 + 1, SegmentKind.BODY)])


def test_table_with_other_columns_is_refused():
    with pytest.raises(TableError, match="table 'pages': got the columns"):
        from_arrow(PAGES, pa.table({"page": ["a"]}))


def test_every_table_and_column_has_a_meaning():
    assert list(MEANINGS) == [table.name for table in ALL_TABLES]
    for table in ALL_TABLES:
        meaning = MEANINGS[table.name]
        assert list(meaning.columns) == [field.name for field in fields(table.row)], table.name
        assert meaning.writer
        for column in (meaning.row, *(column.meaning for column in meaning.columns.values())):
            assert column.endswith(".")
            assert "\n" not in column
        assert all(column.unit for column in meaning.columns.values())


def test_every_table_has_the_writer_that_its_meaning_names():
    writers = {"fixes": "people"} | {table.name: stage.name for stage in STAGES for table in stage.writes}
    assert {name: writers.get(name, "readers") for name in MEANINGS} == {
        name: meaning.writer for name, meaning in MEANINGS.items()
    }


def test_reference_page_is_current():
    assert DOCS.read_text(encoding="utf-8") == docs_page(), "run: python -m retold.tables > docs/tables.md"
