"""Why a part of a page got its kind: the command, and what it says."""

import json

import pytest

from retold.cli.main import main
from retold.errors import NoSuchPlaceError, SeveralPagesError
from retold.model.report import SegmentKind
from retold.pipeline import reasons
from tests.unit.test_segments import PASTED


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(PASTED, "utf-8")
    return str(path)


def test_a_paragraph_says_what_weighed_for_it_and_what_came_second(page):
    _, found = reasons(page, PASTED.index("The walkout left"))
    assert found.kind is SegmentKind.BODY
    assert found.shares[0][0] is SegmentKind.BODY
    assert found.runner_up in (SegmentKind.STANDFIRST, SegmentKind.FURNITURE)
    weights = [abs(weight) for _, weight in found.signs]
    assert weights == sorted(weights, reverse=True)
    assert found.says


def test_the_signs_add_up_to_the_odds_of_the_two_kinds(page):
    import math

    _, found = reasons(page, PASTED.index("The labour ministry"))
    shares = dict(found.shares)
    odds = math.log(shares[found.kind] / shares[found.runner_up])
    assert sum(weight for _, weight in found.signs) == pytest.approx(odds, abs=1e-6)


def test_what_has_a_form_of_its_own_is_decided_by_the_rules(page):
    _, found = reasons(page, PASTED.index("Dockers walk out"))
    assert (found.kind, found.by_rules) == (SegmentKind.HEADLINE, SegmentKind.HEADLINE)
    assert not found.signs
    _, found = reasons(page, PASTED.index("PORT HALDEN, March"))
    assert found.kind is SegmentKind.DATELINE


def test_a_place_that_is_not_there_is_said(page, tmp_path):
    with pytest.raises(NoSuchPlaceError, match="has no character"):
        reasons(page, len(PASTED))
    (tmp_path / "two").mkdir()
    for name in "ab":
        (tmp_path / "two" / f"{name}.txt").write_text(f"{name} {PASTED}", "utf-8")
    with pytest.raises(SeveralPagesError, match="holds 2 pages"):
        reasons(str(tmp_path / "two"), 0)


def test_a_page_of_a_file_of_many_is_named_by_its_number(tmp_path):
    file = tmp_path / "two.jsonl"
    file.write_text("".join(json.dumps({"text": f"{name} {PASTED}"}) + "\n" for name in "ab"), "utf-8")
    page, _ = reasons(f"{file}#2", 0)
    assert page.text.startswith("b ")
    with pytest.raises(SeveralPagesError, match=r"two\.jsonl#1.*give one of them"):
        reasons(str(file), 0)
    with pytest.raises(SeveralPagesError, match="holds 2 pages"):
        reasons(f"{file}#3", 0)


def test_the_command_prints_it(page, capsys):
    place = f"{page}:{PASTED.index('The walkout left')}"
    with pytest.raises(SystemExit, match="0"):
        main(["why", place])
    assert "body" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="0"):
        main(["why", place, "--json"])
    assert json.loads(capsys.readouterr().out)["kind"] == "body"


@pytest.mark.parametrize("place", ["report.txt", "report.txt:", "report.txt:x", ":3"])
def test_a_place_without_a_number_is_a_wrong_command(place, capsys):
    with pytest.raises(SystemExit) as left:
        main(["why", place])
    assert left.value.code == 2
    assert "report.txt:120" in capsys.readouterr().err
