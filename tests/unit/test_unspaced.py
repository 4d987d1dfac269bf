"""Scripts without spaces: how many words a stretch of them counts as."""

import pytest

from retold.lexicon.calendar import dates_in
from retold.text.unspaced import has_no_stops, is_unspaced, overlapping, pieces


@pytest.mark.parametrize(
    ("text", "n_words"),
    [("港口工人罢工", 3), ("APの記者", 3), ("ท่าเรือประท้วง", 3), ("Dockers' pay", 2), ("부산 항만", 2), ("", 0)],
)
def test_pieces_are_about_as_many_as_words(text, n_words):
    assert len(pieces(text)) == n_words


def test_korean_and_latin_part_their_words():
    assert not is_unspaced("부산 항만")
    assert not is_unspaced("Häfen – überall")
    assert is_unspaced("Häfen 港口")


def test_texts_of_the_same_words_share_pieces_wherever_these_stand():
    assert overlapping("港口工人罢工") & overlapping("周一港口罢工") == {"港口", "罢工"}
    assert overlapping("港") == {"港"}


def test_thai_ends_its_sentences_with_nothing():
    assert has_no_stops("ท่าเรือประท้วง")
    assert not has_no_stops("港口罢工。")


def test_dates_of_year_month_and_day_are_read():
    assert [date.value for date in dates_in("于2019年3月12日罢工")] == []
    assert [date.value for date in dates_in("2019年3月12日 罢工, 2019년 3월 13일")] == ["2019-03-12", "2019-03-13"]
