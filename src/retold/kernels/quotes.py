"""Which words stand inside quotation marks, compiled. ``plain.quotations`` defines it.

Embedded posts are not told here: they are rare and found by their signature.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

_SPACE, _ALNUM, _ALPHA, _UPPER, _DOUBLE, _SINGLE, _BEFORE, _STOP = 1, 2, 4, 8, 16, 32, 64, 128
_ESCAPE, _LONE = 0xFDD0, 0xD800
_STRAIGHT, _WIDE, _LEFT, _RIGHT, _LOW, _LEFT_ANGLE, _RIGHT_ANGLE = 0x22, 0xFF02, 0x201C, 0x201D, 0x201E, 0xAB, 0xBB
_CORNER, _CORNER_END, _WHITE_CORNER, _WHITE_CORNER_END = 0x300C, 0x300D, 0x300E, 0x300F
_SINGLE_LEFT, _SINGLE_RIGHT, _LETTER_S = 0x2018, 0x2019, 0x73


@cache
def character_classes() -> NDArray[np.uint8]:
    """Return the class of every code point ``(0x110000,)`` as bits."""
    characters = "".join(map(chr, range(0x110000)))
    classes = np.zeros(0x110000, np.uint8)
    for match in re.finditer(r"\w", characters):
        i, character = match.start(), match.group()
        is_alnum, is_alpha, is_upper = character.isalnum(), character.isalpha(), character.isupper()
        classes[i] = _ALNUM * is_alnum | _ALPHA * is_alpha | _UPPER * is_upper
    for match in re.finditer(r"\s", characters):
        classes[match.start()] |= _SPACE
    for some, bit in (
        ('"“”„«»＂「」『』', _DOUBLE),
        ("'‘’", _SINGLE),
        ("([{—–-/:=>\"“„«‘'", _BEFORE),
        (",.?!…", _STOP),
    ):
        for character in some:
            classes[ord(character)] |= bit
    for i, character in enumerate(characters):
        if not classes[i] & (_ALNUM | _UPPER) and character.isupper():
            classes[i] |= _UPPER
    return classes


@njit(cache=True)
def quoted(
    text: NDArray[np.uint8], offsets: NDArray[np.int64], spans: NDArray[np.int64], span_starts: NDArray[np.int64],
    words: NDArray[np.uint32], firsts: NDArray[np.int64], classes: NDArray[np.uint8],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:  # fmt: skip
    """Return of every word ``(n_words,)`` whether it stands in a quotation, and of every page whether it has ``(@``.

    Arguments as of ``kernels.words.numbered``; ``words`` are the starts of words in code points, those of page ``i``
    from ``firsts[i]`` to ``firsts[i + 1]``. Spans that touch are read as one.
    """
    found = np.zeros(words.size, np.bool_)
    has_handle = np.zeros(offsets.size - 1, np.bool_)
    points, events = np.empty(1024, np.int32), np.empty(1024, np.int64)
    for page in range(offsets.size - 1):
        if points.size < offsets[page + 1] - offsets[page]:
            points = np.empty(2 * (offsets[page + 1] - offsets[page]), np.int32)
            events = np.empty(points.size, np.int64)
        n, n_events, has_handle[page] = _points(text, offsets[page], offsets[page + 1], classes, points, events)
        if n_events == 0 or firsts[page] == firsts[page + 1]:
            continue
        inside = np.zeros(n, np.bool_)
        i = span_starts[page]
        while i < span_starts[page + 1]:
            j = i
            while j + 1 < span_starts[page + 1] and spans[j + 1, 0] == spans[j, 1]:
                j += 1
            first, last = (
                np.searchsorted(events[:n_events], spans[i, 0]),
                np.searchsorted(events[:n_events], spans[j, 1]),
            )
            _stretch(points, spans[i, 0], min(spans[j, 1], n), events[first:last], classes, inside)
            i = j + 1
        for word in range(firsts[page], firsts[page + 1]):
            found[word] = inside[words[word]]
    return found, has_handle


@njit(cache=True)
def _points(
    text: NDArray[np.uint8], byte: int, end_byte: int, classes: NDArray[np.uint8], points: NDArray[np.int32],
    events: NDArray[np.int64],
) -> tuple[int, int, bool]:  # fmt: skip
    """Write a page's code points and the places of marks and ends of lines; return how many, and whether ``(@`` stands.

    Without a mark there is no event.
    """
    n = n_events = n_marks = 0
    has_handle = False
    last = 0
    while byte < end_byte:
        code = int(text[byte])
        size = 1
        if code >= 0x80:
            code, size = _decoded(text, byte, end_byte)
        if code == _STRAIGHT or code == 39 or (code >= 0x80 and classes[code] & (_DOUBLE | _SINGLE) != 0):
            events[n_events] = n
            n_events += 1
            n_marks += 1
        elif code == 10:
            events[n_events] = n
            n_events += 1
        elif code == 64 and last == 40:
            has_handle = True
        points[n] = code
        last = code
        n += 1
        byte += size
    return n, n_events if n_marks else 0, has_handle


@njit(cache=True)
def _decoded(text: NDArray[np.uint8], byte: int, end_byte: int) -> tuple[int, int]:
    """Return the code point of more than one byte, and how many; what is escaped is of no class."""
    lead, second = int(text[byte]), int(text[byte + 1]) & 0x3F
    if lead < 0xE0:
        return (lead & 0x1F) << 6 | second, 2
    third = int(text[byte + 2]) & 0x3F
    if lead < 0xF0:
        code = (lead & 0x0F) << 12 | second << 6 | third
        if code == _ESCAPE and byte + 7 <= end_byte:
            return _LONE, 7
        return code, 3
    return (lead & 0x07) << 18 | second << 12 | third << 6 | int(text[byte + 3]) & 0x3F, 4


@njit(cache=True)
def _stretch(
    points: NDArray[np.int32], start: int, end: int, events: NDArray[np.int64], classes: NDArray[np.uint8],
    inside: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Mark the characters of the quotations of each paragraph of a stretch; ``events`` are those inside it."""
    at = start
    first = 0
    for i_event in range(events.size):
        i = events[i_event]
        if points[i] != 10 or i < at:
            continue
        j = i + 1
        while j < end and (points[j] == 32 or points[j] == 9 or points[j] == 13):
            j += 1
        if j < end and points[j] == 10:
            _paragraph(points, at, j + 1, events[first:i_event], classes, inside)
            at = j + 1
            first = i_event
    _paragraph(points, at, end, events[first:], classes, inside)


@njit(cache=True)
def _paragraph(
    points: NDArray[np.int32], start: int, end: int, events: NDArray[np.int64], classes: NDArray[np.uint8],
    inside: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Mark the characters of the quotations of one paragraph."""
    n_marks = n_singles = 0
    for i in events:
        n_marks += classes[points[i]] & _DOUBLE != 0
        n_singles += classes[points[i]] & _SINGLE != 0
    doubles = np.empty((n_marks + 1, 2), np.int64)
    n_doubles = 0
    if n_marks:
        n_doubles = _nested(points, events, end, doubles)
        if n_doubles < 0:
            n_doubles = _doubles(points, start, end, events, classes, doubles)
    singles = np.empty((n_singles + 1, 2), np.int64)
    if n_singles:
        n_singles = _singles(points, start, end, events, classes, doubles[:n_doubles], singles)
    for i in range(n_doubles):
        j = np.searchsorted(singles[:n_singles, 0], doubles[i, 0]) - 1
        if j < 0 or doubles[i, 1] >= singles[j, 1]:
            inside[doubles[i, 0] : doubles[i, 1]] = True
    for i in range(n_singles):
        inside[singles[i, 0] : singles[i, 1]] = True


@njit(cache=True)
def _nested(points: NDArray[np.int32], events: NDArray[np.int64], end: int, found: NDArray[np.int64]) -> int:
    """Write the outermost quotations in curly marks; return how many, or -1 where marks do not nest."""
    n_left = n_right = 0
    last = 0
    nests = False
    for i in events:
        code = points[i]
        if code == _LEFT:
            nests = nests or last == _LEFT
            n_left += 1
        elif code == _RIGHT:
            n_right += 1
        elif code in (_STRAIGHT, _WIDE, _LOW, _LEFT_ANGLE, _RIGHT_ANGLE, _CORNER, _CORNER_END, _WHITE_CORNER,
                      _WHITE_CORNER_END):  # fmt: skip
            return -1
        else:
            continue
        last = code
    if not nests or n_left != n_right:
        return -1
    n = depth = 0
    opened = 0
    for i in events:
        if points[i] == _LEFT:
            if depth == 0:
                opened = i
            depth += 1
        elif points[i] == _RIGHT and depth > 0:
            depth -= 1
            if depth == 0:
                found[n, 0], found[n, 1] = opened, i + 1
                n += 1
    if depth > 0:
        found[n, 0], found[n, 1] = opened, end
        n += 1
    return n


@njit(cache=True)
def _closes(opening: int, mark: int) -> bool:
    """Tell whether a mark closes what the other has opened."""
    if opening in (_LEFT, _STRAIGHT):
        return mark in (_RIGHT, _STRAIGHT)
    if opening == _LOW:
        return mark in (_LEFT, _RIGHT)
    if opening == _LEFT_ANGLE:
        return mark == _RIGHT_ANGLE
    if opening == _RIGHT_ANGLE:
        return mark == _LEFT_ANGLE
    if opening == _CORNER:
        return mark == _CORNER_END
    if opening == _WHITE_CORNER:
        return mark == _WHITE_CORNER_END
    return mark == opening


@njit(cache=True)
def _doubles(
    points: NDArray[np.int32], start: int, end: int, events: NDArray[np.int64], classes: NDArray[np.uint8],
    found: NDArray[np.int64],
) -> int:  # fmt: skip
    """Write the quotations in double marks; return how many."""
    n = 0
    opened = -1
    for i in events:
        mark = points[i]
        if not classes[mark] & _DOUBLE:
            continue
        before = classes[points[i - 1]] if i > start else np.uint8(_SPACE)
        after = classes[points[i + 1]] if i + 1 < end else np.uint8(_SPACE)
        is_straight = mark in (_STRAIGHT, _WIDE)
        is_fresh = before & _SPACE != 0 and i + 1 < end and after & _ALNUM != 0
        if opened >= 0 and _closes(points[opened], mark) and not (is_straight and is_fresh):
            found[n, 0], found[n, 1] = opened, i + 1
            n += 1
            opened = -1
        elif mark in (_RIGHT, _CORNER_END, _WHITE_CORNER_END):
            continue
        elif not is_straight:
            opened = i
        elif before & _STOP:
            opened = i if after & _UPPER else opened
        elif before & (_SPACE | _BEFORE) and not after & _SPACE:
            opened = i
    if opened >= 0:
        found[n, 0], found[n, 1] = opened, end
        n += 1
    return n


@njit(cache=True)
def _singles(
    points: NDArray[np.int32], start: int, end: int, events: NDArray[np.int64], classes: NDArray[np.uint8],
    doubles: NDArray[np.int64], found: NDArray[np.int64],
) -> int:  # fmt: skip
    """Write the quotations in single marks that cross none in double marks; return how many."""
    n = 0
    opened = -1
    for i in events:
        mark = points[i]
        if not classes[mark] & _SINGLE:
            continue
        before_code = points[i - 1] if i > start else 32
        before = classes[before_code]
        after = classes[points[i + 1]] if i + 1 < end else np.uint8(_SPACE)
        if mark != _SINGLE_RIGHT and after & _ALPHA and before & (_SPACE | _BEFORE):
            opened = i
        elif (
            opened >= 0 and mark != _SINGLE_LEFT and not before & _SPACE and not after & _ALNUM
            and (before_code != _LETTER_S or not after & _SPACE)
        ):  # fmt: skip
            if not _cuts_into(opened, i + 1, doubles):
                found[n, 0], found[n, 1] = opened, i + 1
                n += 1
            opened = -1
    return n


@njit(cache=True)
def _cuts_into(start: int, end: int, doubles: NDArray[np.int64]) -> bool:
    """Tell whether a quotation in single marks stands in one in double marks or crosses its border."""
    first = max(int(np.searchsorted(doubles[:, 0], start)) - 1, 0)
    last = int(np.searchsorted(doubles[:, 0], end)) - 1
    for i in range(first, last + 1):
        if i > first + 1 and i != last:
            continue
        is_held = start < doubles[i, 0] and doubles[i, 1] < end
        if doubles[i, 0] < end and start < doubles[i, 1] and not is_held:
            return True
    return False
