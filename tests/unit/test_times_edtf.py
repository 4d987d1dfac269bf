"""Dates as EDTF: read, written, compared, cut."""

from datetime import date

import pytest

from retold.text.edtf import Days, compare, format_days, intersect, interval, overlaps, parse


def day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2020-02-16", "2020-02-16", "2020-02-16"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2019-10/2020-02-16", "2019-10-01", "2020-02-16"),
        ("../2020-02-16", "0001-01-01", "2020-02-16"),
        ("2020-02-16/..", "2020-02-16", "9999-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_date_means_its_days(edtf: str, first: str, last: str) -> None:
    assert parse(edtf) == Days(day(first), day(last))


@pytest.mark.parametrize(
    "text", ["", "soon", "2020-13", "2020-02-31", "2020-2-3", "0000", "2021/2020", "2020-02-16T10:30", "/x"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2019-12", "2020-01", -1),
        ("2020-01-03", "2019-12", 1),
        ("2020-02", "2020-02-01/2020-02-29", 0),
        ("2020-02", "2020-02-16", None),
        ("2020-02", "soon", None),
    ],
)
def test_compare_orders_dates_that_do_not_overlap(a: str, b: str, expected: int | None) -> None:
    assert compare(a, b) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2019-12", "2019-12-21/2020-01-31", "2019-12-21/2019-12-31"),
        ("2020", "2020-02", "2020-02"),
        ("2020-02-16", "2020-02", "2020-02-16"),
        ("2019", "2020", None),
        ("../2020-02-16", "2020-02-10/..", "2020-02-10/2020-02-16"),
    ],
)
def test_intersect_keeps_what_both_mean(a: str, b: str, expected: str | None) -> None:
    assert intersect(a, b) == expected
    assert overlaps(a, b) is (expected is not None)


def test_interval_runs_from_the_first_to_the_last_day() -> None:
    assert interval("2019-10", "2020-02-16") == "2019-10/2020-02-16"
    assert interval("2019-10/2019-11", "2020-01/2020-02") == "2019-10/2020-02"
    assert interval("2019-10", "2019-10") == "2019-10"


def test_days_are_written_as_short_as_they_can_be() -> None:
    assert format_days(Days(day("2020-01-01"), day("2020-12-31"))) == "2020"
    assert format_days(Days(day("2020-02-01"), day("2020-02-29"))) == "2020-02"
    assert format_days(Days(day("2020-02-01"), day("2020-02-28"))) == "2020-02-01/2020-02-28"
    assert format_days(Days(1, day("2020-02-28"))) == "../2020-02-28"
