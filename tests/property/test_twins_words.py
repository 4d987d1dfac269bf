"""Words as numbers, compiled, equal their plain twin and ``text.words`` in any language and on odd strings."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retold.plain.words import number_of, numbered, units_of

kernel = pytest.importorskip("retold.kernels.words")

LANGUAGES = [
    "The port's 1,200 dock-workers didn't strike; 3.5m tonnes lay idle, she said.",
    "Der Straßenbahnfahrer sagte: „Wir bleiben ruhig!“ Über 1.000,50 Euro fehlen.",
    "L’été dernier, l'équipage n’avait qu’une idée : rentrer à Brème à 8 h 30.",
    "ΟΔΥΣΣΕΥΣ και Σίσυφος είπαν «όχι» στις 12.30.", "Порт закрыт до 1 мая; рабочие «не уйдут», – сказал мэр.",
    "أعلن الميناء إغلاقه حتى ١٢٬٥ أيار، وقال العمال إنهم باقون.", "नौका सेवा १२.५ घंटे बंद रही।",
    "港は閉鎖された。労働者は「残る」と語った。", "항구가 문을 닫았다. 노동자들은 남겠다고 말했다.",
    "İstanbul'da IĞDIR'lı işçiler 3.000,25 lira istedi.", "ท่าเรือปิดแล้ว คนงานบอกว่าจะอยู่ต่อ", "הנמל נסגר ב-12.5 בחודש",
    "ﬁne ﬂuﬀy ﬃ ß ẞ ŉ ǰ ΐ և ﬗ ᾳ ᾼ Ǆ ǅ 𐐀𐐁 𞤀", "a_b __x__ 1_000 1,2,3 1.2.a 12abc 1a.5 1,2's '' 'a' a''b aʼb ʼʼ a’’b a＇b",
    "\0 \t\r\n\x85\u2028 a\u0301 e\u200db 🙂🙂🏽 \ufdd0 \ufdd0ab \ud800 x\udfffy 1\ud8002", "１２，３ ²³ ½ Ⅷ ① 4⁄5 ٣.٤ 1٫5",
]  # fmt: skip


def _escaped(text):
    """Return the text as the tables store it: lone surrogates and the mark itself as the mark and four digits."""
    return "".join(f"\ufdd0{ord(c):04x}" if 0xD800 <= ord(c) < 0xE000 or ord(c) == 0xFDD0 else c for c in text).encode()


def _compiled(pages, key):
    encoded = [_escaped(text) for text, _ in pages]
    offsets = np.cumsum([0, *map(len, encoded)]).astype(np.int64)
    spans = np.array([span for _, spans in pages for span in spans], np.int64).reshape(-1, 2)
    span_starts = np.cumsum([0, *(len(spans) for _, spans in pages)]).astype(np.int64)
    text = np.frombuffer(b"".join(encoded), np.uint8)
    return text, offsets, spans, span_starts, *kernel.character_tables(), np.uint64(key)


def _check(pages, key=0):
    arguments = _compiled(pages, key)
    for function in _compiled_and_not():
        *columns, firsts = function(*arguments)
        for i, (text, spans) in enumerate(pages):
            own = slice(firsts[i], firsts[i + 1])
            assert [column[own].tolist() for column in columns] == list(numbered(text, spans, key))


def _compiled_and_not():
    """Yield the kernel as compiled, then with every kernel of its file replaced by its plain function."""
    yield kernel.numbered
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        for name in ("numbered", "_mixed", "_decoded", "_hexadecimal", "_stirred", "_number", "_word"):
            patch.setattr(kernel, name, getattr(kernel, name).py_func)
        yield kernel.numbered


def test_languages_and_odd_characters_give_the_same_words():
    _check([(text, [(0, len(text))]) for text in LANGUAGES])
    for text in LANGUAGES:
        assert numbered(text, [(0, len(text))])[0] == [number_of(word.key) for word in units_of(text)]


def test_every_character_is_in_the_same_class_and_case():
    points = [chr(i) for i in range(0x110000)]
    random.Random(1).shuffle(points)
    pages = [" ".join(points[i : i + 4096]) for i in range(0, len(points), 4096)]
    text, offsets, spans, span_starts, *rest = _compiled([(page, [(0, len(page))]) for page in pages], 5)
    numbers, starts, ends, _, firsts = kernel.numbered(text, offsets, spans, span_starts, *rest)
    for i, page in enumerate(pages):
        own = slice(firsts[i], firsts[i + 1])
        plain = numbered(page, [(0, len(page))], 5)
        assert [column[own].tolist() for column in (numbers, starts, ends)] == list(plain[:3])


def test_naughty_strings_give_the_same_words(shared):
    import gzip

    lines = gzip.decompress((shared / "data/hostile/blns.txt.gz").read_bytes()).decode().split("\n")
    _check([(line, [(0, len(line))]) for line in lines])


TEXT = st.text(
    st.one_of(
        st.sampled_from("ab1٣2.,'’ʼ＇ _İßﬁ\ud800\ufdd0é港口工人ทา่๑၊々🙂"), st.characters(codec=None, categories=None)
    ),
    max_size=40,
)


@st.composite
def cut_texts(draw):
    """A text and sorted, disjoint spans of it; some touch."""
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [(a, b) for a, b in itertools.pairwise(cuts) if draw(st.booleans())]
    return text, spans


@settings(max_examples=80)
@given(st.lists(cut_texts(), max_size=4), st.integers(0, 2**64 - 1))
@example([("a'b", [(0, 2)]), ("", []), ("1,2", [(0, 2), (2, 3)])], 0)
def test_cut_texts_give_the_same_words(pages, key):
    _check(pages, key)
