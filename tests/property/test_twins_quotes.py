"""Quoted words, compiled, equal those of the plain quotations."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retold.plain.quotations import quotations
from retold.text.words import words_of

kernel = pytest.importorskip("retold.kernels.quotes")

PIECES = [
    *"\"“”„«»＂「」『』'‘’", "(@", *" \n\t\r.,?!…:;-–—([", " ", " ", "\n\n", "the ", "Port ", "crew's ", "docks' ", "said", "I ", "ß", "９", "Ⅷ", "Ⓐ",
    "²", "é", "雨", "🙂", "\ud800", "\ufdd0", '"We ', 'stay," ', "“We ", "stay,” ", " 'no ", "way' ",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def _stretches(spans):
    joined = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@st.composite
def cut_texts(draw):
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    if draw(st.booleans()):
        return text, [(0, len(text))]
    return text, [(a, b) for a, b in itertools.pairwise(cuts) if draw(st.booleans())]


@settings(max_examples=100)
@given(st.lists(cut_texts(), max_size=4))
@example([("He said: \"We stay,\" and “they “all” go”.\n \n«Oui» »nein« „gut“ 'no way' the docks' end", [(0, 90)])])
def test_quoted_words_equal_those_of_the_plain_quotations(pages):
    encoded = [
        "".join(f"\ufdd0{ord(c):04x}" if 0xD800 <= ord(c) < 0xE000 or ord(c) == 0xFDD0 else c for c in text).encode()
        for text, _ in pages
    ]
    words = [[word.start for span in spans for word in words_of(text, span)] for text, spans in pages]
    arguments = (
        np.frombuffer(b"".join(encoded), np.uint8), np.cumsum([0, *map(len, encoded)]).astype(np.int64),
        np.array([span for _, spans in pages for span in spans], np.int64).reshape(-1, 2),
        np.cumsum([0, *(len(spans) for _, spans in pages)]).astype(np.int64),
        np.array([start for own in words for start in own], np.uint32),
        np.cumsum([0, *map(len, words)]).astype(np.int64), kernel.character_classes(),
    )  # fmt: skip
    expected = []
    for (text, spans), own in zip(pages, words, strict=True):
        marks = [mark for stretch in _stretches(spans) for mark in quotations(text, stretch)]
        expected += [any(mark.start <= start < mark.end for mark in marks) for start in own]
    for function in _compiled_and_not():
        found, has_handle = function(*arguments)
        assert found.tolist() == expected
        assert has_handle.tolist() == ["(@" in text for text, _ in pages]


def _compiled_and_not():
    yield kernel.quoted
    with pytest.MonkeyPatch.context() as patch:
        inner = (
            "_points",
            "_decoded",
            "_stretch",
            "_paragraph",
            "_nested",
            "_closes",
            "_doubles",
            "_singles",
            "_cuts_into",
        )
        for name in ("quoted", *inner):
            patch.setattr(kernel, name, getattr(kernel, name).py_func)
        yield kernel.quoted


def test_every_character_is_in_the_class_that_python_says():
    classes = kernel.character_classes()
    for bit, tells in ((1, str.isspace), (2, str.isalnum), (4, str.isalpha), (8, str.isupper)):
        assert [bool(c & bit) for c in classes.tolist()] == [tells(chr(i)) for i in range(0x110000)]
