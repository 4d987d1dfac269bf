"""The docs name what there is: every command, option, stage, table and package, and no page that is not there."""

from __future__ import annotations

import re
import shlex

import pytest
import typer.main

from retold.cli.main import VERBS, app, main
from retold.pipeline import STAGES
from retold.tables import ALL_TABLES
from tests.conftest import REPOSITORY

DOCS = REPOSITORY / "docs"
COMMANDS = (DOCS / "commands.md").read_text("utf-8")
MAP = (DOCS / "map.md").read_text("utf-8")


def test_every_command_and_option_has_its_place():
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert set(commands) == set(VERBS)
    for name, command in commands.items():
        assert f"retold {name}" in COMMANDS
        for parameter in command.params:
            for option in (o for o in parameter.opts if o.startswith("-") and o not in {"--help", "-h"}):
                assert option in COMMANDS, f"{name} {option}"


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_every_stage_is_on_the_map(stage):
    row = next((line for line in MAP.splitlines() if line.startswith(f"| {stage.name} |")), None)
    assert row is not None
    assert f"| {stage.grain.value} |" in row
    for table in stage.writes:
        assert table.name in row


def test_every_package_is_on_the_map():
    for package in (REPOSITORY / "src/retold").iterdir():
        if (package / "__init__.py").exists():
            assert f"`{package.name}`" in MAP


def test_every_table_is_written_by_one_stage_or_by_the_readers():
    writers = {table.name: [s.name for s in STAGES if table in s.writes] for table in ALL_TABLES}
    assert {name for name, stages in writers.items() if not stages} == {
        "pages",
        "runs",
        "blocks",
        "declared",
        "rejected",
        "fixes",
    }
    assert all(len(stages) <= 1 for stages in writers.values())


@pytest.mark.parametrize("page", sorted([*DOCS.glob("*.md"), *REPOSITORY.glob("*.md")]), ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_commands_of_the_tutorial_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(REPOSITORY)
    blocks = re.findall(r"```sh\n(.*?)```", (DOCS / "tutorial.md").read_text("utf-8"), re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    ran = 0
    for line in lines:
        if line.startswith(".venv/bin/retold") and "saved" not in line:
            words = shlex.split(line)[1:]
            with pytest.raises(SystemExit) as left:
                main([str(tmp_path / word) if word == "story.html" else word for word in words])
            assert left.value.code in (0, None), line
            ran += 1
    assert ran >= 3
    assert (tmp_path / "story.html").stat().st_size > 10_000
