"""Words of many texts as numbers with their places, compiled. ``plain.words`` defines it.

Reads UTF-8 as Arrow stores it, one pass over the bytes; ``text.words`` says what a word is. What characters are comes
as a table, made once from Python's own, so both always agree.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from retold.text.unspaced import CJK, SOUTH_EAST_ASIAN, STOPS

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S32 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(32)
_WORD, _DIGIT, _JOINS, _SILENT = 1, 2, 4, 8
_UNSPACED, _SYLLABLE = 16, 32
_CUTS, _CUTS_SYLLABLES = np.uint64(2), np.uint64(4)
_APOSTROPHE = 0x27
_N_FOLDED = 0x20000
"""Code points from here on have no case."""
_ESCAPE = 0xFDD0
"""Stands before four hexadecimal digits for a lone surrogate or itself (see ``tables.arrow``)."""


@cache
def character_tables() -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Return the class of every code point ``(0x110000,)`` and the case folding of the first ``(0x20000, 3)``.

    Classes are bits: in a word, digit, joins the parts of a word, left out of its key, of a script without spaces, of
    those the ones with marks. Foldings are filled with -1.
    """
    characters = "".join(map(chr, range(0x110000)))
    classes = np.zeros(0x110000, np.uint8)
    patterns = (
        (r"\w+", _WORD), (r"\d+", _DIGIT), ("['’ʼ＇]", _JOINS | _SILENT), (f"[{CJK}]+", _UNSPACED),
        (f"(?:(?![{STOPS}])[{SOUTH_EAST_ASIAN}])+", _UNSPACED | _SYLLABLE),
    )  # fmt: skip
    for pattern, bit in patterns:
        for match in re.finditer(pattern, characters):
            classes[match.start() : match.end()] |= bit
    folds = np.full((_N_FOLDED, 3), -1, np.int32)
    folds[:, 0] = np.arange(_N_FOLDED)
    for i, character in enumerate(characters[:_N_FOLDED]):
        folded = character.casefold()
        if folded != character:
            folds[i, : len(folded)] = [ord(part) for part in folded]
    return classes, folds


@njit(cache=True)
def numbered(
    text: NDArray[np.uint8], offsets: NDArray[np.int64], spans: NDArray[np.int64], span_starts: NDArray[np.int64],
    classes: NDArray[np.uint8], folds: NDArray[np.int32], key: np.uint64,
) -> tuple[
    NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32], NDArray[np.bool_], NDArray[np.int64]
]:  # fmt: skip
    """Return number, start, end and border of every word, each ``(n_words,)``, and the first word of each page.

    Page ``i`` is ``text[offsets[i]:offsets[i + 1]]``; of it only ``spans[span_starts[i]:span_starts[i + 1]]``, rows of
    start and end in code points, sorted and disjoint, are read. Starts and ends are code points of the page.
    """
    n_most = 16
    for i in range(spans.shape[0]):
        n_most += spans[i, 1] - spans[i, 0] + 1
    numbers, starts, ends = np.empty(n_most, np.uint32), np.empty(n_most, np.uint32), np.empty(n_most, np.uint32)
    borders = np.empty(n_most, np.bool_)
    firsts = np.zeros(offsets.size, np.int64)
    seed = _mixed(key + _FACTOR)
    lower = folds[:128, 0].astype(np.uint8)
    n = 0
    for page in range(offsets.size - 1):
        byte, point = offsets[page], 0
        end_byte = offsets[page + 1]
        before, breaks = -1, False
        for i_span in range(span_starts[page], span_starts[page + 1]):
            first, end = spans[i_span, 0], spans[i_span, 1]
            breaks = breaks or first != before
            while point < first and byte < end_byte:
                byte = _decoded(text, byte, end_byte)[1]
                point += 1
            while point < end and byte < end_byte:
                # Most text is ASCII, where a byte is a character.
                lead = text[byte]
                if lead < 0x80:
                    kind = classes[lead]
                    if not kind & _WORD:
                        byte, point = byte + 1, point + 1
                        continue
                    if not kind & _DIGIT:
                        # A word of ASCII letters to its end, or to the first other character.
                        value, first_point, last = seed, point, min(end_byte, byte + end - point)
                        at = byte
                        while at < last and text[at] < 0x80 and classes[text[at]] & _WORD:
                            value = (value ^ np.uint64(lower[text[at]])) * _FACTOR
                            value ^= value >> _S32
                            at += 1
                        point += at - byte
                        byte = at
                        if at == last or (text[at] < 0x80 and text[at] != _APOSTROPHE):
                            number = np.uint32(_mixed(value) >> _S32)
                            numbers[n], starts[n], ends[n] = number if number != 0 else np.uint32(1), first_point, point
                            borders[n] = breaks
                            breaks = False
                            n += 1
                            continue
                        starts[n] = first_point
                        numbers[n], byte, point = _rest(text, byte, end_byte, point, end, classes, folds, value)
                    else:
                        starts[n] = point
                        numbers[n], byte, point = _word(text, byte, end_byte, point, end, classes, folds, seed)
                else:
                    code, after = _decoded(text, byte, end_byte)
                    if not classes[code] & (_WORD | _UNSPACED):
                        byte, point = after, point + 1
                        continue
                    starts[n] = point
                    numbers[n], byte, point = _word(text, byte, end_byte, point, end, classes, folds, seed)
                ends[n] = point
                borders[n] = breaks
                breaks = False
                n += 1
            before = end
        firsts[page + 1] = n
    return numbers[:n].copy(), starts[:n].copy(), ends[:n].copy(), borders[:n].copy(), firsts


@njit(cache=True)
def _mixed(value: np.uint64) -> np.uint64:
    """Return the 64 bits stirred."""
    value = (value ^ (value >> _S30)) * _MIX_1
    value = (value ^ (value >> _S27)) * _MIX_2
    return value ^ (value >> _S31)


@njit(cache=True)
def _decoded(text: NDArray[np.uint8], byte: int, end: int) -> tuple[int, int]:
    """Return the code point at a byte and where the next one begins; an escaped one counts once."""
    lead = int(text[byte])
    if lead < 0x80:
        return lead, byte + 1
    if lead < 0xE0:
        return (lead & 0x1F) << 6 | int(text[byte + 1]) & 0x3F, byte + 2
    if lead < 0xF0:
        code = (lead & 0x0F) << 12 | (int(text[byte + 1]) & 0x3F) << 6 | int(text[byte + 2]) & 0x3F
        if code == _ESCAPE and byte + 7 <= end:
            return _hexadecimal(text, byte + 3), byte + 7
        return code, byte + 3
    code = (lead & 0x07) << 18 | (int(text[byte + 1]) & 0x3F) << 12
    return code | (int(text[byte + 2]) & 0x3F) << 6 | int(text[byte + 3]) & 0x3F, byte + 4


@njit(cache=True)
def _hexadecimal(text: NDArray[np.uint8], byte: int) -> int:
    """Return the value of four hexadecimal digits."""
    value = 0
    for i in range(4):
        digit = int(text[byte + i])
        value = value << 4 | (digit - 48 if digit < 58 else (digit | 32) - 87)
    return value


@njit(cache=True)
def _stirred(value: np.uint64, code: int, classes: NDArray[np.uint8], folds: NDArray[np.int32]) -> np.uint64:
    """Return the hash with one more character of a word's key."""
    if code < 0x80:
        folded = code + 32 if 65 <= code <= 90 else code
        if code != 39:
            value = (value ^ np.uint64(folded)) * _FACTOR
            value ^= value >> _S32
        return value
    if classes[code] & _SILENT:
        return value
    if code >= _N_FOLDED:
        value = (value ^ np.uint64(code)) * _FACTOR
        return value ^ (value >> _S32)
    for i in range(3):
        folded = int(folds[code, i])
        if folded >= 0:
            value = (value ^ np.uint64(folded)) * _FACTOR
            value ^= value >> _S32
    return value


@njit(cache=True)
def _number(
    text: NDArray[np.uint8], byte: int, end_byte: int, point: int, end: int, classes: NDArray[np.uint8],
) -> tuple[int, int]:  # fmt: skip
    """Return where digits with their separators end, in bytes and code points; the start when there are none."""
    first = point
    kept_byte, kept_point = byte, point
    n_parts = 0
    while point < end and byte < end_byte:
        at = point
        while point < end and byte < end_byte:
            code, after = _decoded(text, byte, end_byte)
            if not classes[code] & _DIGIT:
                break
            byte, point = after, point + 1
        if point == at:
            break
        n_parts += 1
        kept_byte, kept_point = byte, point
        if point >= end or byte >= end_byte or (text[byte] != 44 and text[byte] != 46):
            break
        byte, point = byte + 1, point + 1
    return (kept_byte, kept_point) if n_parts > 1 else (byte, first)


@njit(cache=True)
def _word(
    text: NDArray[np.uint8], byte: int, end_byte: int, point: int, end: int, classes: NDArray[np.uint8],
    folds: NDArray[np.int32], seed: np.uint64,
) -> tuple[np.uint32, int, int]:  # fmt: skip
    """Return the number of the word that begins at a byte, and where it ends in bytes and code points."""
    value = seed
    code = _decoded(text, byte, end_byte)[0]
    to_byte, to_point = byte, point
    if classes[code] & _DIGIT:
        to_byte, to_point = _number(text, byte, end_byte, point, end, classes)
    if to_point > point:
        while byte < to_byte:
            code, byte = _decoded(text, byte, end_byte)
            value = _stirred(value, code, classes, folds)
        point = to_point
    elif classes[code] & _UNSPACED:
        return _piece(text, byte, end_byte, point, end, classes, folds, seed)
    else:
        return _rest(text, byte, end_byte, point, end, classes, folds, value)
    number = np.uint32(_mixed(value) >> _S32)
    return (number if number != 0 else np.uint32(1)), byte, point


@njit(cache=True)
def _rest(
    text: NDArray[np.uint8], byte: int, end_byte: int, point: int, end: int, classes: NDArray[np.uint8],
    folds: NDArray[np.int32], value: np.uint64,
) -> tuple[np.uint32, int, int]:  # fmt: skip
    """Return the number of a word of which ``value`` holds what stands before a byte, and where it ends."""
    while point < end and byte < end_byte:
        code, after = _decoded(text, byte, end_byte)
        if not classes[code] & _WORD or classes[code] & _UNSPACED:
            if not classes[code] & _JOINS or point + 1 >= end or after >= end_byte:
                break
            following = _decoded(text, after, end_byte)[0]
            if not classes[following] & _WORD or classes[following] & _UNSPACED:
                break
        value = _stirred(value, code, classes, folds)
        byte, point = after, point + 1
    number = np.uint32(_mixed(value) >> _S32)
    return (number if number != 0 else np.uint32(1)), byte, point


@njit(cache=True)
def _piece(
    text: NDArray[np.uint8], byte: int, end_byte: int, point: int, end: int, classes: NDArray[np.uint8],
    folds: NDArray[np.int32], seed: np.uint64,
) -> tuple[np.uint32, int, int]:  # fmt: skip
    """Return the number of the piece of a script without spaces that begins at a byte, and where it ends."""
    value = seed
    last = -1
    while point < end and byte < end_byte:
        code, after = _decoded(text, byte, end_byte)
        kind = classes[code]
        if not kind & _UNSPACED:
            break
        if last >= 0 and kind & _WORD and not kind & _DIGIT:
            cut = (seed ^ np.uint64(last)) * _FACTOR
            cut = (cut ^ (cut >> _S32) ^ np.uint64(code)) * _FACTOR
            if (_mixed(cut) >> _S32) % (_CUTS_SYLLABLES if kind & _SYLLABLE else _CUTS) == np.uint64(0):
                break
        value = _stirred(value, code, classes, folds)
        byte, point, last = after, point + 1, code
    number = np.uint32(_mixed(value) >> _S32)
    return (number if number != 0 else np.uint32(1)), byte, point


@njit(cache=True)
def words_in(
    spans: NDArray[np.int64], span_starts: NDArray[np.int64], words: NDArray[np.uint32], firsts: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """Return the first word and the end ``(n_spans, 2)`` of the words of a page that begin inside each span.

    Words are counted from the page's first; spans of a page are sorted and disjoint.
    """
    found = np.zeros((spans.shape[0], 2), np.uint32)
    for page in range(firsts.size - 1):
        word = firsts[page]
        for i in range(span_starts[page], span_starts[page + 1]):
            while word < firsts[page + 1] and words[word] < spans[i, 0]:
                word += 1
            found[i, 0] = word - firsts[page]
            while word < firsts[page + 1] and words[word] < spans[i, 1]:
                word += 1
            found[i, 1] = word - firsts[page]
    return found


@njit(cache=True)
def whole(numbers: NDArray[np.uint32], firsts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return one hash for all words of each page, equal where all words are."""
    found = np.empty(firsts.size - 1, np.uint64)
    for page in range(firsts.size - 1):
        value = _FACTOR
        for word in range(firsts[page], firsts[page + 1]):
            value = (value ^ np.uint64(numbers[word])) * _FACTOR
            value ^= value >> _S32
        found[page] = _mixed(value)
    return found
