"""Shared passages among hundreds of invented reports: copies of one page, footers, chains, refrains, large groups."""

import random

import numpy as np
import pytest

pytest.importorskip("numba")

import pyarrow as pa

from retold.kernels.types import BOILERPLATE, COPY
from retold.stages.matches.expand import expanded
from retold.stages.matches.scaled import Options, found_of, partitions_for
from retold.stages.matches.tabled import matches_tables

SPANS = pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())]))
WORDS = [f"{first}{last}" for first in "bcdfghjklmnpqrstvwz" for last in ("arn", "ell", "ick", "olt", "usk", "ane")]


def _text(seed, n):
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) + draw.choice(WORDS) for _ in range(n))


def _found(tmp_path, texts, *, days=None, outlets=None, ids=None, in_a_table=50, **options):
    """Return what is found among texts; page i has the id of i, or that asked for."""
    days, outlets = days or [1] * len(texts), outlets or [f"outlet {i}" for i in range(len(texts))]
    ids = ids or list(range(len(texts)))
    tables = []
    for at in range(0, len(texts), in_a_table):
        some = slice(at, at + in_a_table)
        tables.append(
            pa.table({
                "page": [f"{i:032x}" for i in ids[some]],
                "day": pa.array(days[some], pa.int32()).cast(pa.date32()),
                "outlet": pa.array(outlets[some], pa.string()),
                "text": pa.array(texts[some], pa.large_string()),
                "main": pa.array([[{"start": 0, "end": len(text)}] for text in texts[some]], SPANS),
                "sentences": pa.array([[] for _ in texts[some]], SPANS),
            })
        )  # fmt: skip
    options.setdefault("n_partitions", partitions_for(len(texts)))
    found = found_of(tables, tmp_path, **options)
    return found, list(expanded(found))


def _pairs(found, more=(), kind=COPY):
    rows = [found.rows[found.types == kind], *more]
    return {
        (min(a, b), max(a, b)) for part in rows for a, b in zip(part["a"].tolist(), part["b"].tolist(), strict=True)
    }


def test_a_wire_with_many_carriers_is_linked_and_all_its_pairs_are_found_again(tmp_path):
    wire = _text(1, 200).split()
    texts = []
    for i in range(150):
        first = (i * 7) % 100
        part = " ".join(wire if i % 5 == 0 else wire[first : first + 100])
        texts.append(f"{_text(100 + i, 30)} {part} {_text(500 + i, 30)}")
    texts += [_text(1000 + i, 200) for i in range(50)]
    found, more = _found(tmp_path, texts)
    assert len(_pairs(found)) < 150 * 149 / 2
    starts = [0 if i % 5 == 0 else (i * 7) % 100 for i in range(150)]
    ends = [200 if i % 5 == 0 else start + 100 for i, start in enumerate(starts)]
    shared = {(i, j): min(ends[i], ends[j]) - max(starts[i], starts[j]) for i in range(150) for j in range(i + 1, 150)}
    told = _pairs(found, more)
    assert {pair for pair, n in shared.items() if n >= 20} <= told
    assert all(j < 150 and shared[i, j] > 0 for i, j in told)
    for part in more:
        for row in part:
            a, b = int(row["a"]), int(row["b"])
            a0, a1, b0, b1 = row["span"].tolist()
            assert texts[a][a0:a1] == texts[b][b0:b1]
            assert row["n"] == shared[min(a, b), max(a, b)]


def test_many_copies_of_one_page_are_linked_to_one(tmp_path):
    found, _ = _found(tmp_path, [_text(1, 100)] * 3000 + [_text(2, 100)], in_a_table=1000)
    assert len(found.rows) == 2999
    assert {min(pair) for pair in _pairs(found)} == {0}
    assert set(found.rows["n"].tolist()) == {100}


def test_a_footer_on_all_pages_joins_none_of_them(tmp_path):
    footer = _text(1, 2000)
    texts = [f"{_text(10 + i, 60)} {footer}" for i in range(300)]
    found, more = _found(tmp_path, texts, days=[1 + i for i in range(300)], outlets=["one outlet"] * 300)
    assert _pairs(found, more) == set()


def test_chained_overlaps_join_neighbours_only(tmp_path):
    parts = [_text(i, 40) for i in range(301)]
    found, more = _found(tmp_path, [f"{parts[i]} {parts[i + 1]}" for i in range(300)])
    assert _pairs(found, more) == {(i, i + 1) for i in range(299)}


def test_a_word_repeated_is_one_passage(tmp_path):
    texts = ["ha " * 5000, "ha " * 4000, _text(1, 50)]
    found, _ = _found(tmp_path, [text.strip() for text in texts])
    assert _pairs(found, kind=COPY) == {(0, 1)}
    assert max(found.rows["n"].tolist()) >= 3900


def test_the_answer_depends_neither_on_the_order_of_pages_nor_on_tables_or_partitions(tmp_path):
    wire = _text(1, 150)
    texts = [f"{_text(100 + i, 40)} {wire if i % 3 == 0 else ''} {_text(i // 4 + 900, 30)}" for i in range(240)]
    expected = _told(tmp_path / "0", texts, range(240))
    assert expected == _told(tmp_path / "1", texts, range(240), in_a_table=7, n_partitions=1)
    assert expected == _told(tmp_path / "2", texts, random.Random(1).sample(range(240), 240))


def test_another_key_chooses_other_fingerprints_and_finds_the_same_pairs(tmp_path):
    wire = _text(1, 150)
    texts = [f"{_text(100 + i, 40)} {wire if i % 3 == 0 else ''} {_text(i // 4 + 900, 30)}" for i in range(120)]
    told = [_told(tmp_path / str(key), texts, range(120), options=Options(key=key)) for key in (0, 12345)]
    assert {row[:2] for row in told[0]} == {row[:2] for row in told[1]}


def _told(folder, texts, order, **options):
    """Return the matches as rows, pages given in an order."""
    folder.mkdir()
    found, _ = _found(folder, [texts[i] for i in order], ids=list(order), **options)
    return sorted(
        (row["a"], row["b"], row["shared_words"], str(row["spans"]))
        for rows in matches_tables(found, folder)
        for row in rows.to_pylist()
    )


def test_no_pages_give_nothing(tmp_path):
    found, more = _found(tmp_path, [], n_partitions=2)
    assert (len(found.rows), more) == (0, [])
    assert BOILERPLATE not in found.types


def test_words_of_other_scripts_are_found_with_their_places(tmp_path):
    part = (
        "Порт закрыт до мая, рабочие остаются дома, сказал мэр города журналистам в понедельник утром у старого причала"
    )
    texts = [f"🙂 {_text(1, 20)} {part}.", f"{part}; é {_text(2, 30)}", _text(3, 20)]
    found, _ = _found(tmp_path, texts)
    (row,) = found.rows
    a0, a1, b0, b1 = row["span"].tolist()
    assert texts[0][a0:a1] == texts[1][b0:b1] == part
    assert np.all(row["n"] == 17)
