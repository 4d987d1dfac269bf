"""Sigla, cards and what the terminal may print."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retold import retell
from retold.cli.card import print_stories, print_story
from retold.cli.terminal import clean, shortened
from retold.model.page import PageId
from retold.views.card import card_of
from retold.views.sigla import name_pages, sigla_of
from retold.views.story_view import OriginCount
from tests.conftest import REPOSITORY

HARBOUR = str(REPOSITORY / "examples/harbour")


def test_sigla_follow_the_order_of_the_pages():
    pages = [PageId(f"{i:032x}") for i in range(28)]
    sigla = sigla_of(pages)
    assert [sigla[page] for page in (pages[0], pages[25], pages[26], pages[27])] == ["A", "Z", "AA", "AB"]


def test_unknown_pages_keep_their_id():
    assert name_pages("as {" + "f" * 32 + "} has it", {}) == "as {" + "f" * 32 + "} has it"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\u202eb", "ab"),
        ("a\n\tb", "a b"),
        ("caf\u00e9 \u2013 x", "café – x"),
        ("\ud800x", "x"),
    ],
)
def test_control_characters_are_not_printed(text, printed):
    assert clean(text) == printed


def test_long_words_are_cut_with_an_ellipsis():
    assert shortened("one two three", 9) == "one two …"


def test_the_card_counts_reports_and_origins():
    views = {len(view.witnesses): view for view in retell(HARBOUR).stories}
    assert card_of(views[8]).startswith("8 reports, 3 origins: Halden Wire 5, Talvane Press 2, own 1")
    assert card_of(views[1]) == "1 report, 1 origin (own)"


def test_the_card_does_not_claim_an_unseen_source_where_none_is_credited():
    view = next(view for view in retell(HARBOUR).stories if len(view.witnesses) == 8)
    unnamed = OriginCount("unseen source", ("C", "A"), own=False)
    one = card_of(replace(view, origins=(unnamed,)))
    assert "1 origin (A, C or a source none of them names)" in one
    two = card_of(replace(view, origins=(unnamed, OriginCount("own (B)", ("B",), own=True))))
    assert "2 origins: A, C or a source none of them names 2, own 1" in two


def test_a_report_of_its_own_is_told_as_its_own_text(capsys):
    view = next(view for view in retell(HARBOUR).stories if len(view.witnesses) == 1)
    print_story(view)
    told = " ".join(capsys.readouterr().out.split())
    assert "own text" in told
    assert "of its words stand in other reports too, quotations counted" in told


def test_two_stories_are_not_said_to_share_nothing(capsys):
    print_stories(retell(HARBOUR).stories)
    told = capsys.readouterr().out.splitlines()[0]
    assert told == "2 stories: what the pages of two have in common is too little for one event."
