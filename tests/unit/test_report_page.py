"""The report as one file: what stands in it, that it holds together, that a version of excerpts only quotes."""

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256

import pytest

from retold import retell
from retold.model.page import Rejected
from retold.report import readings
from retold.report.excerpts import QUOTED_SHARE, RUN, keys_of, runs_of
from retold.report.page import html_of
from tests.unit.report_story import BODY_A, BODY_B, harmless, page_view, read_back, story_of

MOST_WORDS_IN_A_ROW = 25
LONG = ". ".join(" ".join(f"word{i}x{j}" for j in range(40)) for i in range(6)) + "."


def report(*stories, excerpts=False, rejected=()):
    return html_of(stories or (harmless(),), rejected=rejected, excerpts=excerpts)


def test_ids_are_unique_and_every_inner_link_leads_somewhere():
    read = read_back(report(harmless(), harmless()))
    assert [name for name, count in Counter(read.ids).items() if count > 1] == []
    assert {href[1:] for href in read.hrefs if href.startswith("#")} <= set(read.ids)


def test_links_lead_inside_or_to_the_web():
    for excerpts in (False, True):
        for href in read_back(report(excerpts=excerpts)).hrefs:
            assert href.startswith(("#", "http://", "https://"))


def test_nothing_is_asked_of_any_host():
    read = read_back(report())
    assert not {tag for tag, _ in read.tags} & {"img", "link", "iframe", "object", "base", "form", "image", "use"}
    assert not [name for _, attributes in read.tags for name in attributes if name in {"src", "srcset", "style"}]
    assert "@import" not in read.inside["style"][0]
    assert "url(" not in read.inside["style"][0]


def test_policy_names_the_hashes_of_the_style_and_script_that_stand_in_the_file():
    read = read_back(report())
    policy = next(a["content"] for tag, a in read.tags if tag == "meta" and a.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    for name in ("style", "script"):
        digest = b64encode(sha256("".join(read.inside[name]).encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_headline_tells_the_origins():
    # The invented story has an edge that its runner-up could well replace.
    assert re.search(r"2 reports, probably <strong>1 origin</strong> \(Losk Tribune\)", report())


def test_every_report_stands_whole_in_its_file():
    words = " ".join(read_back(report()).words.replace(" | ", " ").split())
    for sentence in (*BODY_A.split(". "), *BODY_B.split(". ")):
        assert sentence in words


def test_every_sentence_has_an_anchor_and_leads_back():
    html = report()
    view = harmless()
    for witness in view.witnesses:
        for sentence in witness.report.sentences:
            assert f'id="s1-{witness.siglum}-{sentence.start}"' in html
    assert '<span class="vh">back to </span>Timeline' in html


def test_words_that_differ_are_marked_on_both_sides():
    html = report()
    assert html.count("<del") == 2  # the legend and the edit
    assert html.count("<ins") == 2


def test_several_stories_have_a_list_on_top():
    html = report(harmless(), harmless())
    assert '<nav class="contents"' in html
    assert html.count("<h1") == 1


def test_one_story_needs_no_list():
    html = report()
    assert 'class="contents"' not in html
    assert html.count("<h1") == 1


def test_pages_not_read_are_told_without_the_folders_above_them():
    html = report(rejected=(Rejected("/home/someone/private/x.html", "empty", 0),))
    assert "x.html" in html
    assert "private" not in html


def test_no_story_at_all_still_gives_a_page():
    html = html_of((), rejected=(Rejected("x.html", "empty", 0),), excerpts=False)
    assert "0 stories, 1 page not read" in read_back(html).words


def test_limits_tell_dates_lent_and_copies_inferred():
    words = read_back(report()).words
    assert "not printed on the page but inferred: B" in words
    assert "The Halden Wire copy was not among the pages" in words


def test_one_report_only_says_that_nothing_was_compared():
    words = read_back(report(story_of(page_view(1, BODY_A)))).words
    assert "Nothing could be compared" in words
    assert "Collation" not in words


def test_a_report_in_another_language_carries_its_tag():
    html = report(story_of(page_view(1, "Το πλοίο βυθίστηκε.", language="el"), page_view(2, BODY_B, language="x y")))
    assert '<div class="page" lang="el">' in html
    assert "x y" not in re.findall(r'lang="([^"]*)"', html)


def test_unknown_dates_are_told_as_unknown():
    words = read_back(report(story_of(page_view(1, BODY_A, published=None), edtf=None))).words
    assert "No report gives a date" in words
    assert "A has no date" in words


@pytest.mark.parametrize("body", [LONG, " ".join(LONG.replace(".", "").split())])
def test_excerpts_hold_no_long_run_of_a_page(body):
    pages = (page_view(1, body, title=LONG), page_view(2, body.upper(), title=LONG))
    html = report(story_of(*pages), excerpts=True)
    words = [word for word in read_back(html).words.split() if word != "|"]
    assert longest_run(words, pages[0].page.text.split()) <= MOST_WORDS_IN_A_ROW
    assert "Version of excerpts" in html


def test_excerpts_lead_to_the_words_on_the_page_itself():
    html = report(excerpts=True)
    assert "https://losk.example/barge#:~:text=The%20barge%20sank%20off%20Losk%20on" in html


def test_excerpts_without_an_address_lead_to_the_credit():
    html = report(story_of(page_view(1, BODY_A, url="javascript:alert(1)")), excerpts=True)
    assert 'href="#s1-A"' in html
    assert not [href for href in read_back(html).hrefs if "javascript" in href]


def longest_run(words, source):
    """Return the length of the longest run of words that also stands in the source."""
    places = {}
    for i, word in enumerate(source):
        places.setdefault(word, []).append(i)
    longest, ending = 0, {}
    for word in words:
        ending = {i: ending.get(i - 1, 0) + 1 for i in places.get(word, ())}
        longest = max([longest, *ending.values()])
    return longest


def test_excerpts_hold_no_more_than_their_share_of_any_report():
    told = retell("examples/harbour").stories
    printed = read_back(html_of(told, rejected=(), excerpts=True)).words
    found = set(runs_of(keys_of(printed.split())))
    for witness in (w for view in told for w in view.witnesses):
        keys = keys_of(witness.report.page.text.split())
        quoted = {i + k for i, run in enumerate(runs_of(keys)) if run in found for k in range(RUN)}
        assert len(quoted) <= QUOTED_SHARE * len(keys), witness.siglum


@pytest.fixture
def large(monkeypatch):
    """Have a story of more than one report count as large."""
    monkeypatch.setattr(readings, "MOST_IN_FULL", 1)


def test_a_large_story_is_told_by_its_readings_and_every_link_leads_to_one(large):
    read = read_back(report())
    assert {href[1:] for href in read.hrefs if href.startswith("#")} <= set(read.ids)
    assert [name for name, count in Counter(read.ids).items() if count > 1] == []
    assert "Readings" in read.words
    assert "Reports in full" not in read.words


def test_a_large_story_prints_every_sentence_in_each_wording_once(large):
    view = harmless()
    told, homes = readings.places_of(view, "s1-")
    wordings = [wording for place in told for wording in place.wordings]
    assert len({wording.id for wording in wordings}) == len(wordings)
    n_readings = sum(bool(reading.spans) for locus in view.loci for reading in locus.readings)
    assert sum(wording.n_reports for wording in wordings) == n_readings
    assert sum(map(len, homes.values())) >= n_readings


def test_a_wording_is_told_by_its_changes_and_whole_where_most_of_it_is_new():
    first = (
        "The boom of the crane came down on the ferry as crews of both yards went aboard for the first trip of the year"
    )
    told = readings.changes_of(first, first.replace("came down on", "fell onto"))
    assert [(part.mark, part.text) for part in told if part.mark] == [("del", "came down on"), ("ins", "fell onto")]
    shown = "".join(part.text for part in told if part.mark != "del")
    assert shown.split() == ["…", "the", "crane", "fell", "onto", "the", "ferry", "…"]
    assert readings.changes_of(first, "Six were hurt at the quay when a boom fell") == ()


def test_changes_of_a_hostile_wording_stay_text(large):
    first = "The boom of the crane came down on the old ferry in the port of Losk on Monday at noon."
    other = first.replace("old ferry", "<script>alert(1)</script> ferry")
    html = html_of((story_of(page_view(0, first), page_view(1, other)),), rejected=(), excerpts=False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</ins>" in html
    assert "<script>alert" not in html


def test_a_large_story_made_for_passing_on_names_what_several_reports_tell_only(large):
    html = html_of((harmless(),), rejected=(), excerpts=True)
    read = read_back(html)
    assert "Told by one report only" not in read.words
    assert {href[1:] for href in read.hrefs if href.startswith("#")} <= set(read.ids)


def test_a_large_story_is_printed_in_full_where_asked(large):
    html = html_of((harmless(),), rejected=(), excerpts=False, full=True)
    assert "Reports in full" in read_back(html).words


@pytest.mark.parametrize(("which", "told"), [("A", "A"), ("AB", "A, B"), ("ABC", "A–C"), ("ACD", "A, C, D")])
def test_sigla_of_neighbours_are_told_as_a_range(which, told):
    view = story_of(*(page_view(i, f"Report {i}. It rained in place {i}.") for i in range(4)))
    pages = [witness.page for witness in view.witnesses if witness.siglum in which]
    assert readings.in_ranges(view, pages) == told
