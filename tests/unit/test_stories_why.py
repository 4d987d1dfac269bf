"""Why two reports are one story: what weighs in their likeness, which day counts, and which links lead between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model.page import PageId
from retold.model.story import StoryId, StoryLink
from retold.stages.stories.lending import (
    LIKE_ENOUGH,
    NO_DAY,
    lent_days,
    lent_days_in_arrays,
    with_lent_days,
    with_lent_days_in_arrays,
)
from retold.stages.stories.profiles import profiles_of
from retold.stages.stories.scores import DECAY, SCALE, UNKNOWN, score_of
from retold.stages.stories.weighing import weighed, weighing_of
from retold.views.links import links_between
from tests.unit.test_stories import BUDGET, FERRY, FERRY_OTHER, Report, stories_of, tables_of


def link(a: str, b: str) -> StoryLink:
    return StoryLink(StoryId("s"), PageId(a), PageId(b), 0.5, ("because",))


def weigh(a: Report, b: Report, lent: dict[PageId, str] | None = None):
    return weighing_of(tables_of([a, b]), a.page, b.page, lent)


@pytest.mark.parametrize("days", [("2031-03-04", "2031-03-04"), ("2031-03-04", "2031-03-07"), (None, "2031-03-04")])
def test_what_is_told_adds_up_to_the_score_that_grouping_used(days: tuple[str | None, str]) -> None:
    a, b = Report("a.txt", FERRY, "Ferry aground", days[0]), Report("b.txt", FERRY_OTHER, "Ferry stranded", days[1])
    one, other = profiles_of(tables_of([a, b]))
    told = weighed(one, other, {})
    assert told.score == pytest.approx(score_of(one, other) / SCALE, abs=0.002)
    assert sum(share for _, share in told.parts) == pytest.approx(told.likeness, abs=0.001)


def test_the_heaviest_words_come_first_as_they_are_printed() -> None:
    told = weigh(Report("a.txt", FERRY), Report("b.txt", FERRY_OTHER))
    shares = [one.share for one in told.words]
    assert shares == sorted(shares, reverse=True)
    assert {"Skagen", "Holgersen"} <= {one.word for one in told.words}
    assert {part for one in told.words for part in one.parts} <= {name for name, _ in told.parts}
    assert len({one.word for one in told.words}) == len(told.words)


def test_reports_without_a_common_word_are_not_alike() -> None:
    told = weigh(Report("a.txt", ["Zug hielt."]), Report("b.txt", BUDGET))
    assert (told.likeness, told.words) == (0, ())


def test_a_lent_day_counts_and_is_told() -> None:
    a, b = Report("a.txt", FERRY, None, "2031-03-04"), Report("b.txt", FERRY_OTHER)
    assert (weigh(a, b).days_apart, weigh(a, b).time_factor) == (None, 0.75)
    told = weigh(a, b, {b.page: "2031-03-06"})
    assert (told.days_apart, told.lent) == (2, ((b.page, "2031-03-06"),))
    assert told.time_factor == round(DECAY[2] / SCALE, 4)


def test_of_undated_reports_only_those_like_a_dated_one_are_lent_its_day() -> None:
    scores = {(0, 1): LIKE_ENOUGH, (0, 2): LIKE_ENOUGH - 1, (1, 2): SCALE // 2}
    assert lent_days([700, NO_DAY, NO_DAY], scores) == [700, 700, NO_DAY]


def test_the_likest_lends_and_of_equals_the_first() -> None:
    assert lent_days([700, 900, NO_DAY], {(0, 2): SCALE // 3, (1, 2): SCALE // 2}) == [700, 900, 900]
    assert lent_days([900, 700, NO_DAY], {(0, 2): SCALE // 2, (1, 2): SCALE // 2}) == [900, 700, 900]


def test_undated_reports_of_months_apart_are_parted_by_the_days_lent_to_them() -> None:
    days, like = [700, 790, NO_DAY, NO_DAY], SCALE // 2
    told = with_lent_days(days, {(0, 2): like, (1, 3): like, (2, 3): like})
    assert told == {(0, 2): like * SCALE // UNKNOWN, (1, 3): like * SCALE // UNKNOWN, (2, 3): 0}


pairs = st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1])
near_scores = st.one_of(st.integers(1, SCALE), st.sampled_from([LIKE_ENOUGH, LIKE_ENOUGH - 1, SCALE // 2]))


@settings(max_examples=200)
@given(
    st.lists(st.one_of(st.just(NO_DAY), st.integers(700, 730)), min_size=9, max_size=9),
    st.dictionaries(pairs, near_scores),
)
def test_days_lent_in_arrays_are_those_of_the_definition(days, scores):  # fmt: skip
    np = pytest.importorskip("numpy")
    columns = [np.array(one, np.int64) for one in (days, [i for i, _ in scores], [j for _, j in scores], [*scores.values()])]  # fmt: skip
    assert lent_days_in_arrays(*columns).tolist() == lent_days(days, scores)
    found = with_lent_days_in_arrays(*columns).tolist()
    assert dict(zip(scores, found, strict=True)) == with_lent_days(days, scores)


def test_two_undated_reports_of_one_affair_are_two_stories_where_dated_ones_tell_their_days() -> None:
    rescue = [
        "The ferry Margrete was towed off the Skagen reef, Captain Mads Holgersen and the Danish coastguard said."
    ]
    a = Report("a.txt", FERRY, "Ferry runs aground off Skagen", "2031-03-04")
    b = Report("b.txt", [*FERRY[:2], "Nobody was hurt."], "Ferry aground off Skagen")
    c = Report("c.txt", [*rescue, "Salvage took nine weeks."], "Ferry Margrete towed off", "2031-05-09")
    d = Report("d.txt", [*rescue, "Its owner paid for the salvage."], "Ferry Margrete off the reef")
    stories, _ = stories_of(a, b, c, d)
    assert sorted(sorted(story.pages) for story in stories) == sorted(
        (sorted((a.page, b.page)), sorted((c.page, d.page)))
    )


def test_the_fewest_links_lead_from_one_report_to_another() -> None:
    links = [link("a", "b"), link("b", "c"), link("c", "d"), link("b", "d")]
    assert links_between(links, PageId("a"), PageId("d")) == (links[0], links[3])
    assert links_between(links, PageId("d"), PageId("c")) == (links[2],)
    assert links_between(links, PageId("a"), PageId("z")) == ()


def test_the_words_told_are_those_that_weigh_most_not_the_rarest() -> None:
    debate = [
        "Olsen and Marchetti met in the Canberra debate on Monday.",
        "Olsen said Marchetti had no plan, and no scruples.",
    ]
    a, b = Report("a.txt", debate, "Olsen debates Marchetti"), Report("b.txt", debate[::-1], "Marchetti debates Olsen")
    _, (told,) = stories_of(a, b)
    (words,) = [reason for reason in told.reasons if "words in common" in reason]
    assert {"Marchetti", "Olsen"} <= set(words.split(": ")[1].split(", ")[:2])
