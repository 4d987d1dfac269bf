"""Quotations in a paragraph: where a pair of quotation marks opens and closes.

Owns the pairing of double and single marks of English and the marks of other European languages. Knows nothing of
who speaks (that is the claims' work) nor of where sentences end. One pass per kind of mark, linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from retold.text.spans import Span


class Quotation(NamedTuple):
    """A quotation with its marks, ``[start, end)``; ``closed`` is False when it runs to the paragraph's end."""

    start: int
    end: int
    closed: bool


_DOUBLE = re.compile('["“”„«»＂「」『』]')
_SINGLE = re.compile("['‘’]")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
# What closes what: German opens low and closes with the English opening mark, or turns the guillemets inward.
_CLOSERS = {"“": '”"', "„": "“”", "«": "»", "»": "«", '"': '"”', "＂": "＂", "「": "」", "『": "』"}
_BEFORE_OPENING = frozenset("([{—–-/:=>\"“„«‘'")
_STOPS = frozenset(",.?!…")


def quotations(text: str, span: tuple[int, int] | None = None) -> list[Quotation]:
    """Return the quotations of each paragraph inside the span, in order, nested ones left out.

    >>> [text[q.start : q.end] for text in ['"It is over," she said.'] for q in quotations(text)]
    ['"It is over,"']
    """
    start, end = span or (0, len(text))
    found: list[Quotation] = []
    for paragraph in paragraphs(text, start, end):
        doubles = list(_paired_doubles(text, paragraph))
        singles = [q for q in _paired_singles(text, paragraph) if not _cuts_into(q, doubles)]
        found.extend(sorted([*(d for d in doubles if not _is_inside(d, singles)), *singles]))
    return found


# An embedded post ends with its writer's name, handle and day: "— Ann Reed (@annreed) May 3, 2021".
_SIGNATURE = re.compile(r"(?:[—–]{1,2}|(?<!\w)-{1,2}) ?[^\n()@—–]{1,60} ?\(@\w{1,30}\) [A-Z][a-z]{2,9} \d{1,2}, \d{4}")

_LONGEST_POST = 600
"""A post has 280 characters, some 500 with its replies; a longer paragraph only ends in one."""


def posts(text: str, span: tuple[int, int] | None = None) -> list[Quotation]:
    r"""Return the embedded posts inside the span, signatures included: somebody's words, printed without marks.

    A signature that begins its paragraph signs the paragraph before it.

    >>> text = "So he wrote.\n\nIt never rained! — Ann Reed (@annreed) May 3, 2021\n"
    >>> [text[post.start : post.end] for post in posts(text)]
    ['It never rained! — Ann Reed (@annreed) May 3, 2021']
    """
    start, end = span or (0, len(text))
    found: list[Quotation] = []
    before = start
    for paragraph in paragraphs(text, start, end):
        has_handle = text.find("(@", paragraph.start, paragraph.end) >= 0
        signature = _SIGNATURE.search(text, paragraph.start, paragraph.end) if has_handle else None
        if signature is not None:
            begins = before if signature.start() == paragraph.start else paragraph.start
            if signature.end() - begins <= _LONGEST_POST:
                found.append(Quotation(begins, signature.end(), True))
        before = paragraph.start
    return found


def signatures(text: str, span: tuple[int, int]) -> list[Span]:
    """Return the signatures of embedded posts inside the span, in order: name, handle and day, no sentence of anybody.

    >>> text = "It never rained! — Ann Reed (@annreed) May 3, 2021"
    >>> [text[a:b] for a, b in signatures(text, (0, len(text)))]
    ['— Ann Reed (@annreed) May 3, 2021']
    """
    return [Span(match.start(), match.end()) for match in _SIGNATURE.finditer(text, *span)]


def paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches of ``[start, end)`` that blank lines part; together they cover it."""
    at = start
    for match in _PARAGRAPH.finditer(text, start, end):
        if match.end() > at:
            yield Span(at, match.end())
            at = match.end()
    if at < end:
        yield Span(at, end)


def _opens(text: str, at: int, paragraph: Span) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if before in _STOPS:  # two sentences run together: '…said."The'
        return after.isupper()
    return (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()


def _paired_doubles(text: str, paragraph: Span) -> Iterator[Quotation]:
    if _nests(text, paragraph):
        yield from _nested_curly(text, paragraph)
        return
    opened = -1
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        at, mark = match.start(), match.group()
        is_straight = mark in '"＂'
        if opened >= 0 and mark in _CLOSERS[text[opened]] and not (is_straight and _is_fresh(text, at, paragraph)):
            yield Quotation(opened, at + 1, True)
            opened = -1
        elif mark in _CLOSERS and (not is_straight or _opens(text, at, paragraph)):
            opened = at
    if opened >= 0:
        yield Quotation(opened, paragraph.end, False)


def _nests(text: str, paragraph: Span) -> bool:
    """Tell whether the paragraph has curly marks only, as many opening as closing, and one inside another."""
    marks = [match.group() for match in _DOUBLE.finditer(text, *paragraph)]
    if set(marks) != {"“", "”"} or marks.count("“") != marks.count("”"):
        return False
    return any(one == other == "“" for one, other in pairwise(marks))


def _nested_curly(text: str, paragraph: Span) -> Iterator[Quotation]:
    """Yield the outermost quotations: “They call it “the wall” here.” is one."""
    opened, depth = -1, 0
    for match in _DOUBLE.finditer(text, *paragraph):
        if match.group() == "“":
            opened = match.start() if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield Quotation(opened, match.end(), True)
    if depth:
        yield Quotation(opened, paragraph.end, False)


def _is_fresh(text: str, at: int, paragraph: Span) -> bool:
    """Tell whether a straight mark stands as only an opening one does: after white space, before a letter."""
    before = text[at - 1] if at > paragraph.start else " "
    return before.isspace() and at + 1 < paragraph.end and text[at + 1].isalnum()


def _paired_singles(text: str, paragraph: Span) -> Iterator[Quotation]:
    opened = -1
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        before = text[at - 1] if at > paragraph.start else " "
        after = text[at + 1] if at + 1 < paragraph.end else " "
        if match.group() != "’" and after.isalpha() and (before.isspace() or before in _BEFORE_OPENING):
            opened = at
        elif opened >= 0 and match.group() != "‘" and _closes_single(before, after):
            yield Quotation(opened, at + 1, True)
            opened = -1


def _closes_single(before: str, after: str) -> bool:
    """Tell whether a single mark closes a quotation: an apostrophe inside a word or after a plural does not."""
    return not before.isspace() and not after.isalnum() and (before != "s" or not after.isspace())


def _is_inside(quotation: Quotation, others: list[Quotation]) -> bool:
    """Tell whether one of the others, sorted and disjoint, holds the quotation."""
    i_other = bisect_left(others, (quotation.start,)) - 1
    return i_other >= 0 and quotation.end < others[i_other].end


def _cuts_into(single: Quotation, doubles: list[Quotation]) -> bool:
    """Tell whether a single-mark quotation stands in a double-mark one or crosses its border."""
    first = max(bisect_left(doubles, (single.start,)) - 1, 0)
    last = bisect_left(doubles, (single.end,)) - 1
    # Disjoint and sorted: only the outermost two can cross a border.
    return any(
        d.start < single.end and single.start < d.end and not (single.start < d.start and d.end < single.end)
        for d in (*doubles[first : first + 2], *doubles[max(last, 0) : last + 1])
    )
