"""The lineage as a tree and the collation as columns, as a terminal shows them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retold.cli.columns import shown_width, words_of_parts, wrapped
from retold.cli.lineage import branches_of
from retold.cli.main import main
from retold.model.page import PageId
from retold.model.story import NodeKind, StemmaEdge, StemmaNode, StoryId
from retold.pipeline import retell
from tests.archive_pages import WIRE

STORY = StoryId("s")


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "wire.txt").write_text("Crane falls on ferry pier\n\n" + WIRE + "\n", "utf-8")
    changed = WIRE.replace("Three dock workers", "Four dock workers").replace(", the harbour office said", "")
    (tmp_path / "post.txt").write_text(
        "Crane falls on pier\n\n" + changed + " The pier stays shut for weeks.\n", "utf-8"
    )
    return [str(tmp_path / "wire.txt"), str(tmp_path / "post.txt")]


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main([*arguments])
    printed = capsys.readouterr()
    return left.value.code or 0, printed.out, printed.err


def test_lineage_of_pages_is_a_tree_with_confidence_and_runner_up(pages, capsys):
    code, out, _ = run(capsys, "show", *pages, "--lineage")
    assert code == 0
    assert "Halden Wire*  unseen, told from its carriers" in out
    lines = out.splitlines()
    assert sum(line.startswith(("  ├─ 0.", "  └─ 0.")) for line in lines) == 2
    assert "runner-up: " in out
    assert "Timeline" not in out


def test_lineage_of_one_report_says_that_it_stands_by_itself(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(
        "Rain falls\n\nRain fell on the town of Losk all night, and the dams held.\n", "utf-8"
    )
    _, out, _ = run(capsys, "show", str(tmp_path / "a.txt"), "--lineage")
    assert "By themselves, from no report here and no known source: A" in out


def test_collation_stands_side_by_side_with_marks(pages, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    code, out, _ = run(capsys, "show", *pages, "--collate")
    assert code == 0
    lines = out.splitlines()
    assert "= kept" in lines[3]
    assert any(line.startswith("= ") and " │ " in line for line in lines)
    assert "[-Three-]" in out or "{+Three+}" in out
    assert "(number)" in out
    assert all(shown_width(line) <= 100 for line in lines[3:])


def test_trivial_rows_are_hidden_and_counted(pages, capsys):
    _, out, _ = run(capsys, "show", *pages, "--collate", "--hide-trivial")
    assert not any(line.startswith("= A") for line in out.splitlines())
    assert "hidden: 1 unchanged" in out


def with_edges(pages, *edges):
    """Return the story of the pages with another lineage: pairs of letters, capital X unseen, * a second source."""
    (view,) = retell(*pages, jobs=0).stories
    ids = {name: PageId(name) for edge in edges for name in edge if name.isalpha()}
    nodes = [StemmaNode(STORY, n, NodeKind.ARCHETYPE if n.isupper() else NodeKind.REPORT, n) for n in ids]
    made = [StemmaEdge(STORY, edge[0], edge[1], 0.8, (), None, edge.endswith("*")) for edge in edges]
    return replace(view, nodes=tuple(nodes), edges=tuple(made))


def test_a_second_source_is_a_leaf_and_stands_in_full_at_its_first(pages):
    view = with_edges(pages, "Xa", "ab", "Yb*", "Yc")
    told = [(branch.node, branch.level, branch.is_second) for branch in branches_of(view)]
    assert told == [
        *[("X", 0, False), ("a", 1, False), ("b", 2, False)],
        *[("Y", 0, False), ("c", 1, False), ("b", 1, True)],
    ]


def test_words_that_an_edit_cuts_through_stay_one_word():
    words = words_of_parts([("The ", ""), ("har", "del"), ("bour held", "")])
    assert words == [[("The", "")], [("[-har-]", "red"), ("bour", "")], [("held", "")]]


def test_lines_never_pass_the_column():
    lines = wrapped([[("x" * 25, "red")], [("山山山", "")], [("held", "")]], 10)
    assert all(sum(shown_width(text) for text, _ in line) <= 10 for line in lines)
    assert "".join(text for line in lines for text, _ in line).replace(" ", "") == "x" * 25 + "山山山held"
