"""Rows as CSV that a spreadsheet can open safely (RFC 4180).

A text that a spreadsheet would read as a formula gets an apostrophe in front. Numbers are Retold's own and stay
numbers; yes and no are words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from retold.exports.characters import printable

Cell = str | int | float | bool | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that start a formula in the spreadsheets in use (OWASP, CSV Injection)."""


def table_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table with its header; lines end in CR LF.

    >>> print(table_text(["word"], [["=1+1"]]).split())
    ['word', "'=1+1"]
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return sheet.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    return guarded(printable(value))


def guarded(text: str) -> str:
    """Return the text, an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
