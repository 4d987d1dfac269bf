"""Rare phrases: where one stands, the stretch that holds it says so, whatever its case and its white space."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from retold.lexicon.rare import RarePhrases
from retold.stages.segments.features import see
from retold.stages.segments.wording import PICTURED, Wording, may_hold
from tests.unit.test_segments_fast import seen_pages

PHRASES = {1: ["news tip", "l-r", "grösse", "our app"], 2: ["bild", "v. l."]}
RARE = RarePhrases(PHRASES)
PIECES = [
    "News",
    "tip",
    "NEWS  TIP",
    "news\ntip",
    "L-R",
    "Größe",
    "GRÖSSE",
    "our",
    "app",
    "Bıld",
    "v. l.",
    "ſ",
    "İ",
    "Ω",
    "x",
    " ",
]


def holds(stretch: str, phrase: str) -> bool:
    return phrase in " ".join(stretch.casefold().split())


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6))
def test_no_phrase_is_passed_over(stretches):
    text, starts = "", []
    for one in stretches:
        starts.append(len(text))
        text += one + "\n"
    for one, flags in zip(stretches, RARE.flags(text, starts), strict=True):
        for bit, phrases in PHRASES.items():
            assert flags & bit or not any(holds(one, phrase) for phrase in phrases)


def test_a_text_longer_than_is_looked_at_at_once_is_read_alike():
    lines = ["Dockers walked out on Monday", "a news tip", "Größe", "x" * 70_000, ""] * 40
    text, starts = "", []
    for line in lines:
        starts.append(len(text))
        text += line + "\n"
    flags = RARE.flags(text, starts)
    assert flags[:4] * 39 == [one for i, one in enumerate(flags[: 39 * 5]) if i % 5 != 4]
    assert (flags[0], flags[1] & 1, flags[2] & 1, flags[3]) == (0, 1, 1, 255)


def test_a_text_of_megabytes_takes_no_more_memory_than_a_page():
    line = "The council members voted under a bridge while hail lay.\n"
    text, starts = line * 50_000, list(range(0, len(line) * 50_000, len(line)))
    tracemalloc.start()
    try:
        assert len(RARE.flags(text, starts)) == 50_000
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_what_holds_no_phrase_is_mostly_left_alone():
    text = "Dockers walked out on Monday\nThe ministry said it would call both sides to a meeting\n"
    assert RARE.flags(text, [0, 29]) == [0, 0]


def test_a_text_is_read_alike_whatever_it_may_hold():
    texts = [
        "Pictured: cranes at dusk",
        "News tip? newsroom@",
        "Dockers (left) – AFP",
        "Ann Poe contributed",
        "File photo",
    ]
    for text in (*texts, *(one.text for _, seen, _ in seen_pages() for one in seen)):
        flags = may_hold("\n".join([text] * 12), [i * (len(text) + 1) for i in range(12)])[0]
        few, all_ = Wording(text, flags), Wording(text)
        for name in ("telltale", "picture_word", "credit", "ends_in_picture_credit", "is_mute", "folded"):
            assert getattr(few, name) == getattr(all_, name), (text, name)
    assert Wording(texts[0], 0).picture_word is None
    assert Wording(texts[0], PICTURED).picture_word == "pictured"
    assert see("", ()) == ()
