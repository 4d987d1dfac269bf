"""Bad input makes no nonsense story: no dates, wrong clocks, one report a second, tickers, live blogs, empty pages."""

from __future__ import annotations

import random

import pytest

from retold.stages.stories import scores
from tests.unit.test_stories import BUDGET, FERRY, FERRY_OTHER, Report, stories_of


def _name(chance: random.Random) -> str:
    return "".join(chance.choice("aeiou" if i % 2 else "bdfgklmnprstv") for i in range(8)).title()


def event(chance: random.Random, number: int) -> list[str]:
    """Return an invented event told in words of its own."""
    names = [_name(chance) for _ in range(6)]
    return [
        f"{names[0]} and {names[1]} closed the {names[2]} works near {names[3]} on Monday, the {names[4]} office said.",
        f"The {names[5]} crew of {number + 3} had left {names[3]} before the {names[2]} gates were shut.",
    ]


def weather(city: str, degrees: int, wind: int) -> list[str]:
    return [
        f"The weather in {city} today: {degrees} degrees, wind {wind} metres a second, some cloud over the coast.",
        "The outlook is given by the regional weather office and holds until the evening hours of the day.",
    ]


def sizes(*reports: Report) -> list[int]:
    return sorted((len(story.pages) for story in stories_of(*reports)[0]), reverse=True)


@pytest.mark.parametrize("published", [None, "2031-03-04", "1970-01-01", "2099-12-31"])
def test_unrelated_reports_stay_apart_whatever_their_dates(published: str | None) -> None:
    chance = random.Random(7)
    reports = [Report(f"{i}.txt", event(chance, i), None, published) for i in range(60)]
    assert sizes(*reports)[0] <= 2


@pytest.mark.parametrize("published", [None, "1970-01-01", "2099-12-31"])
def test_two_reports_of_one_event_are_found_without_a_true_date(published: str | None) -> None:
    a = Report("a.txt", FERRY, "Ferry runs aground", published)
    b = Report("b.txt", FERRY_OTHER, "Danish ferry stranded", published)
    c = Report("c.txt", BUDGET, "Budget passes", published)
    assert sizes(a, b, c) == [2, 1]


@pytest.mark.parametrize("published", ["1970-01-01", "2099-12-31T00:00:00Z"])
def test_a_wrong_clock_does_not_part_a_report_from_its_event_and_is_said(published: str) -> None:
    a = Report("a.txt", FERRY, "Ferry runs aground", "2031-03-04")
    b = Report("b.txt", FERRY_OTHER, "Danish ferry stranded", published)
    ((story,), (link,)) = stories_of(a, b)
    assert story.last == "2031-03-04"
    assert f"the date {published[:10]} of b.txt is that of a wrong clock and counts as unknown" in link.reasons


def test_one_report_a_second_of_one_outlet_makes_no_story_of_all() -> None:
    chance = random.Random(3)
    reports = [
        Report(f"https://coast.example/{i}", event(chance, i), None, f"2031-03-04T09:{i // 60:02}:{i % 60:02}Z")
        for i in range(200)
    ]
    assert sizes(*reports)[0] <= 2


def test_a_daily_series_of_one_outlet_is_no_story_of_a_whole_year() -> None:
    reports = [
        Report(f"https://coast.example/weather/{day}", weather("Lund", day % 17, day % 5), None, f"2031-{m:02}-{d:02}")
        for day, (m, d) in enumerate((m, d) for m in range(1, 13) for d in range(1, 29, 3))
    ]
    assert sizes(*reports)[0] <= 12


def test_empty_pages_and_one_word_titles_make_no_story() -> None:
    reports = [Report(f"{i}.txt", [], "Live", "2031-03-04") for i in range(40)]
    assert sizes(*reports, *(Report(f"n{i}.txt", []) for i in range(40))) == [1] * 80


def test_a_live_blog_of_20_000_words_joins_nothing_by_its_length() -> None:
    chance = random.Random(5)
    events = [event(chance, i) for i in range(150)]
    blog = [sentence for one in events for sentence in one] * 5
    reports = [Report(f"{i}.txt", one, None, "2031-03-04") for i, one in enumerate(events[20:])]
    assert len(" ".join(blog).split()) > 18_000
    assert sizes(Report("blog.txt", blog, "Live: the day as it happened", "2031-03-04"), *reports)[0] <= 2


def test_pairs_asked_of_near_identical_tickers_grow_with_their_number_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scores, "CROWD", 8)
    n_asked = []
    for n in (100, 200, 400):
        found = [[1, 2, 3, 100 + i % (n // 4)] for i in range(n)]
        n_asked.append(sum(len(words) for words in scores.finders_in_week(found, [0] * n)))
    assert n_asked == [100, 200, 400]
