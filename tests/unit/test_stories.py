"""What stories are formed from invented reports, in which order their reports stand, and which reasons are given."""

from dataclasses import dataclass
from importlib.resources import files

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId, page_id_of
from retold.model.report import Credit, CreditForm, Dateline, MetaField, MetaValue, Segment, SegmentKind, Sentence
from retold.model.story import Match, MatchSpan, MatchType, Story, StoryLink
from retold.stages.stories import STAGE, rarity
from retold.stages.stories import profiles as p
from retold.stages.stories.evidence import _longest_in_order
from retold.stages.stories.grouping import group
from retold.stages.stories.profiles import moment_of
from retold.stages.stories.scores import SCALE
from retold.stages.stories.stage import story_id_of
from retold.tables import table as t
from retold.text.spans import Span

FERRY = [
    "A ferry with 80 passengers ran aground off Skagen early Tuesday, the Danish coastguard said.",
    "Rescue boats took everyone aboard to the harbour of Frederikshavn before noon.",
    "Captain Mads Holgersen told reporters that the rudder had failed in heavy seas.",
]
FERRY_OTHER = [
    "Passengers of a Danish ferry were brought ashore on Tuesday after it ran aground near Skagen.",
    "The ship's rudder failed, Captain Mads Holgersen said at Frederikshavn.",
    "The coastguard is looking into the grounding.",
]
BUDGET = [
    "Senators in Canberra passed a budget on Thursday that raises taxes on lithium exports.",
    "Treasurer Olivia Marchetti called it a fair share for schools and hospitals.",
]


@dataclass
class Report:
    """An invented report: headline, sentences, and what is known beside the text."""

    source: str
    sentences: list[str]
    headline: str | None = None
    published: str | None = None
    dateline: str | None = None
    credit: str | None = None
    form: CreditForm = CreditForm.CREDIT_LINE

    @property
    def text(self) -> str:
        return (f"{self.headline}\n" if self.headline else "") + "\n".join(self.sentences)

    @property
    def page(self) -> PageId:
        return page_id_of(self.source, self.text.encode("utf-8", "surrogatepass"))


def tables_of(reports: list[Report], matches: list[Match] | None = None) -> MemoryTables:
    """Return the upstream tables of invented reports."""
    tables = MemoryTables()
    tables.put(t.PAGES, [_page(r) for r in reports])
    tables.put(t.SEGMENTS, [s for r in reports for s in _segments(r)])
    tables.put(t.SENTENCES, [s for r in reports for s in _sentences(r)])
    tables.put(t.META, [MetaValue(r.page, MetaField.PUBLISHED, r.published, "meta") for r in reports if r.published])
    tables.put(t.DATELINES, [Dateline(r.page, Span(0, 1), None, r.dateline, None) for r in reports if r.dateline])
    tables.put(t.CREDITS, [Credit(r.page, r.credit, r.form, Span(0, 1)) for r in reports if r.credit])
    tables.put(t.MATCHES, matches or [])
    return tables


def _page(r: Report) -> Page:
    return Page(r.page, r.source, None, PageFormat.TEXT, "utf-8", len(r.text), "", "1", r.text, Characters(0, 0, 0))


def _segments(r: Report) -> list[Segment]:
    cut = len(r.headline) + 1 if r.headline else 0
    rows = [Segment(r.page, 0, cut, SegmentKind.HEADLINE)] if cut else []
    return [*rows, Segment(r.page, cut, len(r.text), SegmentKind.BODY)] if len(r.text) > cut else rows


def _sentences(r: Report) -> list[Sentence]:
    at, rows = len(r.text) - len("\n".join(r.sentences)), []
    for sentence in r.sentences:
        if sentence.strip():
            rows.append(Sentence(r.page, at, at + len(sentence), SegmentKind.BODY))
        at += len(sentence) + 1
    return rows


def stories_of(*reports: Report, matches: list[Match] | None = None) -> tuple[list[Story], list[StoryLink]]:
    tables = run_stages(tables_of(list(reports), matches), (STAGE,))
    return list(tables.rows(t.STORIES)), list(tables.rows(t.STORY_LINKS))


def reasons(*reports: Report) -> list[str]:
    _, links = stories_of(*reports)
    assert len(links) == 1
    return list(links[0].reasons)


def test_no_page_makes_no_story() -> None:
    assert stories_of() == ([], [])


def test_one_page_is_a_story_of_one() -> None:
    report = Report("a.txt", FERRY, "Ferry runs aground off Skagen", "2031-03-04")
    stories, links = stories_of(report)
    assert stories == [
        Story(
            story_id_of(report.page), story_id_of(report.page), "Ferry runs aground off Skagen",
            "2031-03-04", "2031-03-04", (report.page,),
        )
    ]  # fmt: skip
    assert links == []


def test_two_reports_of_one_event_are_one_story_and_an_unrelated_one_is_another() -> None:
    a = Report("a.txt", FERRY, "Ferry runs aground", "2031-03-04")
    b = Report("b.txt", FERRY_OTHER, "Danish ferry stranded", "2031-03-05")
    c = Report("c.txt", BUDGET, "Budget passes", "2031-03-05")
    stories, links = stories_of(c, b, a)
    assert [story.pages for story in stories] == [(a.page, b.page), (c.page,)]
    assert [(link.a, link.b) for link in links] == [(a.page, b.page)]
    assert (stories[0].first, stories[0].last) == ("2031-03-04", "2031-03-05")


def test_the_same_event_told_a_month_later_is_another_story() -> None:
    a = Report("a.txt", FERRY, "Ferry runs aground", "2031-03-04")
    b = Report("b.txt", FERRY_OTHER, "Danish ferry stranded", "2031-04-05")
    assert len(stories_of(a, b)[0]) == 2


def test_texts_are_enough_when_dates_are_unknown() -> None:
    assert len(stories_of(Report("a.txt", FERRY), Report("b.txt", FERRY_OTHER))[0]) == 1


def test_the_same_text_is_one_story_however_far_apart() -> None:
    a, b = Report("a.txt", FERRY, None, "2031-03-04"), Report("b.txt", FERRY, None, "2032-03-04")
    stories, links = stories_of(a, b)
    assert len(stories) == 1
    assert links[0].score == 1.0
    assert links[0].reasons[0] == "the main texts are the same, word for word"


def test_empty_pages_are_stories_of_their_own() -> None:
    assert len(stories_of(Report("a.txt", []), Report("b.txt", []), Report("c.txt", ["No."]))[0]) == 3


def _match(a: Report, b: Report, size: int, share_a: float, share_b: float, kind: MatchType) -> Match:
    if b.page < a.page:
        a, b, share_a, share_b = b, a, share_b, share_a
    return Match(a.page, b.page, 20, share_a, share_b, (MatchSpan(0, size, 0, size, kind),))


@pytest.mark.parametrize(("kind", "n_stories"), [("copy", 1), ("quote", 2), ("boilerplate", 2)])
def test_copied_main_text_is_a_must_link_and_a_shared_quotation_is_not(kind: str, n_stories: int) -> None:
    a = Report("a.txt", FERRY[:1] + BUDGET, None, "2031-03-04")
    b = Report("b.txt", [*FERRY[:1], "Nothing else was known on the pier by dusk."], None, "2031-09-04")
    stories, _ = stories_of(a, b, matches=[_match(a, b, len(FERRY[0]), 0.3, 0.6, MatchType(kind))])
    assert len(stories) == n_stories


def test_a_small_shared_passage_is_no_must_link() -> None:
    a, b = Report("a.txt", BUDGET, None, "2031-03-04"), Report("b.txt", FERRY, None, "2031-09-04")
    assert len(stories_of(a, b, matches=[_match(a, b, 20, 0.1, 0.1, MatchType.COPY)])[0]) == 2


def test_reports_stand_by_instant_then_unknown_dates_by_address() -> None:
    late = Report("late.txt", FERRY, None, "2031-03-04T23:30:00-05:00")
    early = Report("zz.txt", FERRY, None, "2031-03-04T10:00:00+01:00")
    day_only = Report("day.txt", FERRY, None, "2031-03-04")
    filed = Report("filed.txt", FERRY, None, None, "2031-03-03")
    unknown = [Report("x.txt", FERRY), Report("m.txt", FERRY)]
    stories, _ = stories_of(*unknown, day_only, late, early, filed)
    assert stories[0].pages == tuple(r.page for r in (filed, early, day_only, late, unknown[1], unknown[0]))
    assert (stories[0].first, stories[0].last) == ("2031-03-03", "2031-03-04")


def test_the_title_is_the_most_central_headline_or_the_first_words_of_the_lead() -> None:
    a = Report("a.txt", FERRY, "Ferry\n aground", "2031-03-04")
    assert stories_of(a)[0][0].title == "Ferry aground"
    told = stories_of(Report("b.txt", FERRY))[0][0].title
    assert told.endswith(" …")
    assert FERRY[0].startswith(told.removesuffix(" …"))
    assert stories_of(Report("c.txt", ["Calm."]))[0][0].title == "Calm."


def test_reasons_for_copied_text_say_what_is_the_same() -> None:
    a = Report("a.txt", FERRY, "Ferry aground", "2031-03-04", credit="DPA")
    b = Report("b.txt", [*FERRY[:2], FERRY[2].replace("heavy", "rough")], "Ship stuck", "2031-03-05", credit="DPA")
    found = reasons(a, b)
    assert found[:2] == ["the leads are identical", "both credit DPA"]
    assert found[2] == "3 sentences in the same order, 2 of them word for word"
    assert found[-1] == "published 1 day apart"
    rare = next(reason for reason in found if reason.startswith("rare words"))
    words = rare.partition(": ")[2].split(", ")
    assert 0 < len(words) <= 5
    assert all(word in a.text and word in b.text for word in words)


def test_a_picture_credit_is_no_common_credit() -> None:
    a = Report("a.txt", FERRY, credit="DPA", form=CreditForm.PICTURE)
    b = Report("b.txt", FERRY, credit="DPA")
    assert not any("credit" in reason for reason in reasons(a, b))


def test_leads_that_differ_in_quotes_or_case_are_not_called_identical() -> None:
    a = Report("a.txt", ["The “Nordlys” sank off Bergen on Monday, police said."])
    b = Report("b.txt", ['The "Nordlys" sank off Bergen on Monday, Police said.'])
    assert "the leads are the same, word for word" in reasons(a, b)


def test_shared_text_is_told_with_both_shares() -> None:
    a, b = Report("x/a.txt", FERRY, None, "2031-03-04"), Report("y/b.txt", FERRY, None, "2031-03-04")
    _, links = stories_of(a, b, matches=[_match(a, b, len(a.text), 1.0, 1.0, MatchType.COPY)])
    assert "main text shared: 100 % of a.txt, 100 % of b.txt" in links[0].reasons
    assert "published the same day" in links[0].reasons


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2031-05-02", "2031-05-02"),
        ("2031-05-02T00:10:00Z", "2031-05-02"),
        ("2031-05-02T23:30:00-09:00", "2031-05-02"),
        ("0001-01-01T00:00:00+10:00", None),
        ("9999-12-31T23:59:59-10:00", None),
        ("2031-05", None),
        ("XXXX-05-02", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_moments_keep_the_printed_day(value: str, day: str | None) -> None:
    moment = moment_of(value, printed=True)
    assert (moment.day.isoformat() if moment else None) == day


def grouped(n: int, scores: dict[tuple[int, int], float], must: list[tuple[int, int]], *, cut: float):
    return group(n, {pair: round(score * SCALE) for pair, score in scores.items()}, must, cut=cut)


def test_average_link_joins_by_the_mean_over_all_pairs() -> None:
    chain = {(0, 1): 0.9, (1, 2): 0.5}
    assert grouped(3, chain, [], cut=0.3)[0] == [[0, 1], [2]]
    assert grouped(3, chain, [], cut=0.2)[0] == [[0, 1, 2]]
    groups, merges = grouped(3, {(0, 2): 0.4}, [(0, 1)], cut=0.19)
    assert groups == [[0, 1, 2]]
    assert [(merge.a, merge.b, merge.score) for merge in merges] == [(0, 2, round(0.4 * SCALE))]


def test_two_tight_groups_join_only_when_they_are_nearly_as_alike_across() -> None:
    tight = {(0, 1): 0.24, (2, 3): 0.24}
    across = [(0, 2), (0, 3), (1, 2), (1, 3)]
    assert grouped(4, tight | dict.fromkeys(across, 0.18), [], cut=0.1)[0] == [[0, 1], [2, 3]]
    assert grouped(4, tight | dict.fromkeys(across, 0.20), [], cut=0.1)[0] == [[0, 1, 2, 3]]


def test_copies_of_two_wires_join_when_they_are_alike_enough() -> None:
    copies = {(0, 1): 1.0, (2, 3): 1.0}
    across = [(0, 2), (0, 3), (1, 2), (1, 3)]
    assert grouped(4, copies | dict.fromkeys(across, 0.25), [], cut=0.1)[0] == [[0, 1, 2, 3]]


def test_every_line_of_the_shipped_table_is_a_level_and_its_words() -> None:
    path = files("retold.lexicon") / "idf_en.txt"
    content = path.read_text(encoding="utf-8")
    assert len(content.encode("utf-8")) < 400_000
    rows = [line.split() for line in content.splitlines() if not line.startswith("#")]
    assert all(0 <= int(level) < rarity.UNLISTED_LEVEL and words for level, *words in rows)
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)


def test_the_longest_order_is_found() -> None:
    assert _longest_in_order([(0, 3), (1, 0), (2, 1), (3, 2)]) == [(1, 0), (2, 1), (3, 2)]
    assert _longest_in_order([]) == []


def test_rare_words_weigh_more_and_common_ones_nothing() -> None:
    assert rarity.weight_of("the") == 0
    assert 0 < rarity.weight_of("police") < rarity.weight_of("embassy") < rarity.weight_of("qwertzuiop")
    assert len(rarity.levels()) == 30_000


def test_pages_in_another_language_are_told_apart() -> None:
    a = ["Die Fähre lief am Dienstag vor Skagen auf Grund, wie die Küstenwache mitteilte."]
    b = ["Der Senat in Canberra hat am Donnerstag wie erwartet den Haushalt beschlossen."]
    assert len(stories_of(Report("a.txt", a), Report("b.txt", b))[0]) == 2


def test_a_page_without_body_is_compared_whole() -> None:
    tables = tables_of([Report("a.txt", FERRY)])
    tables.put(t.SEGMENTS, [])
    assert len(p.profiles_of(tables)[0].words) > 30
